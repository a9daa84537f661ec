//! Elements: that HTML has them, and has them there. EPUB 2 has another HTML, by other tables.
//!
//! Only where a document is well formed, and in each element the first thing wrong with it.

use super::super::publication::{Document, Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use super::attributes;
use super::oldtables::{OLD_BLOCKS, OLD_ELEMENTS, OLD_HOLDERS, OLD_NEEDS};
use super::tables::{
    ELEMENTS, EMPTY, HOLDERS, KEPT, LINES, TOUCHED, TRANSPARENT, WORDLESS, WORDS, beside, has,
};
use crate::diag::Code;

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let version = publication.package.version;
    let documents = publication.documents.iter();
    for document in documents.filter(|document| document.tree.is_whole) {
        let root = document.tree.root();
        if !root.is_some_and(|root| root.is(Space::Xhtml, "html") || document.is_drawing) {
            continue;
        }
        for node in document
            .tree
            .nodes()
            .filter(|node| node.space() == Space::Xhtml)
        {
            let wrong = unknown(node, version)
                .or_else(|| misplaced(node, version))
                .or_else(|| lacks(node, version));
            if let Some(message) = wrong {
                tally.tell(Code::BadMarkup, node.span(), message);
            }
            match version {
                Version::Three => attributes::judge(node, tally),
                Version::Two => attributes::old(node, tally),
            }
        }
        words(document, version, tally);
    }
}

fn unknown(node: Node<'_>, version: Version) -> Option<String> {
    let name = node.name();
    let (list, html) = match version {
        Version::Three => (ELEMENTS, "HTML"),
        Version::Two => (OLD_ELEMENTS, "XHTML 1.1, which EPUB 2 uses,"),
    };
    if version == Version::Three && name == "noscript" {
        return Some("XML has no `<noscript>`: programs write what they need".to_owned());
    }
    // Elements of a book's own have a hyphen.
    let is_own = version == Version::Three && name.contains('-');
    (!is_own && !has(list, name)).then(|| format!("{html} has no `<{}>`", shown(name)))
}

/// What is wrong with where an element stands.
fn misplaced(node: Node<'_>, version: Version) -> Option<String> {
    let name = node.name();
    let Some(parent) = node.parent() else {
        return (name != "html").then(|| format!("`<{name}>` is the outermost element"));
    };
    let up = parent.name();
    // What other vocabularies hold is theirs; HTML in a drawing begins anew.
    if parent.space() != Space::Xhtml {
        let is_part =
            parent.is(Space::Svg, "foreignObject") && has("html head title base meta style", name);
        return (parent.space() == Space::Svg && is_part)
            .then(|| format!("`<{name}>` stands in a `<{up}>` of a drawing"));
    }
    let stands = |up: &str| Some(format!("`<{name}>` stands in a `<{up}>`"));
    if has(EMPTY, up) {
        return Some(format!("`<{up}>` is empty, and here holds a `<{name}>`"));
    }
    if beside(KEPT, name).is_some_and(|parents| !has(parents, up) && !has("template", up)) {
        return stands(up);
    }
    let is_holder = version == Version::Three || up != "iframe";
    if is_holder && beside(HOLDERS, up).is_some_and(|kids| !has(kids, name)) {
        return stands(up);
    }
    let is_grouped = || {
        parent
            .parent()
            .is_some_and(|list| list.is(Space::Xhtml, "dl"))
    };
    if name == "div" && up == "dl" && version == Version::Two
        || matches!(name, "dt" | "dd") && up == "div" && !is_grouped()
        || name == "col" && up == "table" && version == Version::Three
        || name == "html"
    {
        return stands(up);
    }
    // In EPUB 3 these need an attribute that makes them say something of the text.
    let says = node.attr("itemprop").or(node.attr("property")).is_some();
    if matches!(name, "link" | "meta") && !matches!(up, "head" | "noscript" | "template") && !says {
        return stands(up);
    }
    if let Some(holder) = around(node, version) {
        return match holder == name {
            true => Some(format!("a `<{name}>` stands in another")),
            false => stands(holder),
        };
    }
    if version == Version::Two && has(OLD_HOLDERS, up) && !has(OLD_BLOCKS, name) {
        return stands(up);
    }
    if !has(WORDS, name) && !name.contains('-') {
        // What holds what its own parent may hold.
        let mut around = std::iter::once(parent).chain(parent.ancestors());
        let holder =
            around.find(|up| !has(TRANSPARENT, up.name()) || up.space() != Space::Xhtml)?;
        let kind = holder.name();
        // XHTML 1.1 takes paragraphs wherever these stand.
        if version == Version::Two && has("del ins object map noscript applet", up) {
            return None;
        }
        let heading = matches!(kind, "summary" | "legend")
            && matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hgroup");
        let is_line = has(LINES, kind) || version == Version::Two && kind == "address";
        if holder.space() == Space::Xhtml && is_line && !heading {
            return stands(kind);
        }
    }
    None
}

/// What an element stands in, however deep, that may not hold it.
fn around<'t>(node: Node<'t>, version: Version) -> Option<&'t str> {
    let name = node.name();
    let mut around = node.ancestors().filter(|up| up.space() == Space::Xhtml);
    if version == Version::Two {
        return around.map(Node::name).find(|up| name == "a" && *up == "a");
    }
    let is_touched = has(TOUCHED, name)
        || name == "input" && node.attr("type") != Some("hidden")
        || matches!(name, "audio" | "video") && node.attr("controls").is_some();
    // A chapter's own header may stand in that of the book.
    let parts = ["article", "aside", "nav", "section", "body"];
    let mut is_inner = false;
    around
        .find(|up| {
            let up = up.name();
            is_inner |= parts.contains(&up);
            match up {
                "a" | "button" if is_touched => true,
                "header" | "footer" if !is_inner => matches!(name, "header" | "footer"),
                "address" => matches!(name, "address" | "header" | "footer"),
                "audio" | "video" => matches!(name, "audio" | "video"),
                "caption" => name == "table",
                "dfn" | "form" | "label" | "meter" | "progress" => up == name,
                _ => false,
            }
        })
        .map(Node::name)
}

/// What an element must hold, and does not.
fn lacks(node: Node<'_>, version: Version) -> Option<String> {
    let name = node.name();
    if let Some(message) = disordered(node, version) {
        return Some(message);
    }
    let mut kids = node.children();
    if version == Version::Two {
        let needs = beside(OLD_NEEDS, name)?;
        return kids
            .all(|kid| !has(needs, kid.name()))
            .then(|| format!("a `<{name}>` holds nothing that it is for"));
    }
    let first = kids.find(|kid| !matches!(kid.name(), "script" | "template"));
    match (name, first.map(Node::name)) {
        ("details", first) if first != Some("summary") => {
            Some("a `<details>` begins with a `<summary>`".to_owned())
        }
        ("dl", Some("dd")) => Some("a `<dl>` begins with a `<dt>`".to_owned()),
        ("dl", Some(_)) if node.children().last().is_some_and(|kid| kid.name() == "dt") => {
            Some("a `<dl>` ends with a `<dt>` that nothing is said of".to_owned())
        }
        // Without that it is the words that say when.
        ("time", Some(inner)) if node.attr("datetime").is_none() => Some(format!(
            "a `<time>` without `datetime` holds words alone, and here a `<{inner}>`"
        )),
        _ => None,
    }
}

/// Parts of a table, in their order; in EPUB 2 its foot comes before its rows.
const PARTS: [&str; 4] = ["caption", "col colgroup", "thead", "tbody tr"];
const OLD_PARTS: [&str; 5] = ["caption", "col colgroup", "thead", "tfoot", "tbody tr"];

/// Children of which there may be but one, or that have their place.
fn disordered(node: Node<'_>, version: Version) -> Option<String> {
    let name = node.name();
    let kids = || node.children().filter(|kid| kid.space() == Space::Xhtml);
    match name {
        "table" => {
            let parts: Vec<&str> = match version {
                Version::Three => PARTS.iter().copied().chain(["tfoot"]).collect(),
                Version::Two => OLD_PARTS.to_vec(),
            };
            let mut last = 0;
            for kid in kids() {
                let Some(place) = parts.iter().position(|part| has(part, kid.name())) else {
                    continue;
                };
                let again = place == last && matches!(kid.name(), "caption" | "thead" | "tfoot");
                let is_first = kids()
                    .next()
                    .is_some_and(|first| first.number() == kid.number());
                if place < last
                    || again
                        && !is_first
                        && kids().filter(|one| one.name() == kid.name()).count() > 1
                {
                    return Some(format!(
                        "the `<{}>` of a `<table>` stands too late, or twice",
                        kid.name()
                    ));
                }
                last = place;
            }
            None
        }
        "figure" if version == Version::Three => {
            let captions = kids().filter(|kid| kid.name() == "figcaption").count();
            let at_end = kids().next().is_some_and(|kid| kid.name() == "figcaption")
                || kids().last().is_some_and(|kid| kid.name() == "figcaption");
            (captions > 1 || captions == 1 && !at_end)
                .then(|| "a `<figure>` has one `<figcaption>`, first or last in it".to_owned())
        }
        "fieldset" if version == Version::Three => kids()
            .skip(1)
            .any(|kid| kid.name() == "legend")
            .then(|| "the `<legend>` of a `<fieldset>` comes first".to_owned()),
        "audio" | "video" => {
            let mut shown_instead = false;
            let late = kids().any(|kid| {
                let is_source = matches!(kid.name(), "source" | "track");
                shown_instead |= !is_source;
                is_source && shown_instead
            });
            let both = node.attr("src").is_some() && kids().any(|kid| kid.name() == "source");
            match (late, both) {
                (true, _) => Some(format!(
                    "a `<source>` of `<{name}>` comes before what is shown instead"
                )),
                (_, true) => Some(format!("`<{name}>` has a `src`, and a `<source>` besides")),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Words where only elements may stand; one finding an element.
fn words(document: &Document, version: Version, tally: &Tally<'_>) {
    let mut last = None;
    for (text, said) in document.tree.texts() {
        if last == Some(text.owner) || said.trim_matches([' ', '\t', '\n', '\r']).is_empty() {
            continue;
        }
        let Some(owner) = document
            .tree
            .node(text.owner)
            .filter(|node| node.space() == Space::Xhtml)
        else {
            continue;
        };
        let name = owner.name();
        let is_old = version == Version::Two && has(OLD_HOLDERS, name);
        if has(WORDLESS, name) || has(EMPTY, name) || is_old {
            last = Some(text.owner);
            let message = format!("words stand right in a `<{name}>`");
            tally.tell(Code::BadMarkup, document.tree.place(text), message);
        }
    }
}
