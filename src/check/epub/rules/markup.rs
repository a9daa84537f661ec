//! Elements and attributes: that HTML has them, and has them there.
//!
//! Only where a document is well formed, and in each element the first thing wrong with it.

use super::super::publication::{Document, Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use super::tables::{
    ARIA, ATTRIBUTES, ELEMENTS, EMPTY, GLOBAL, HOLDERS, KEPT, LINES, NEEDED, NUMBERS, OLD_BLOCKS,
    OLD_ELEMENTS, TRANSPARENT, WORDLESS, WORDS, beside, has,
};
use crate::diag::Code;

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let version = publication.package.version;
    let documents = publication.documents.iter();
    for document in documents.filter(|document| !document.is_drawing && document.tree.is_whole) {
        if !document
            .tree
            .root()
            .is_some_and(|root| root.is(Space::Xhtml, "html"))
        {
            continue;
        }
        for node in document
            .tree
            .nodes()
            .filter(|node| node.space() == Space::Xhtml)
        {
            if let Some(message) = unknown(node, version).or_else(|| misplaced(node, version)) {
                tally.tell(Code::BadMarkup, node.span(), message);
            }
            attributes(node, version, tally);
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
        return None;
    }
    let stands = |up: &str| Some(format!("`<{name}>` stands in a `<{up}>`"));
    if has(EMPTY, up) {
        return Some(format!("`<{up}>` is empty, and here holds a `<{name}>`"));
    }
    if beside(KEPT, name).is_some_and(|parents| !has(parents, up) && !has("template", up)) {
        return stands(up);
    }
    if beside(HOLDERS, up).is_some_and(|kids| !has(kids, name)) {
        return stands(up);
    }
    if name == "div" && up == "dl" && version == Version::Two {
        return stands(up);
    }
    // In EPUB 3 these need an attribute that makes them say something of the text.
    let says = node.attr("itemprop").or(node.attr("property")).is_some();
    if matches!(name, "link" | "meta") && !matches!(up, "head" | "noscript" | "template") && !says {
        return stands(up);
    }
    if matches!(name, "a" | "dfn" | "form" | "meter" | "progress")
        && node.ancestors().any(|up| up.is(Space::Xhtml, name))
    {
        return Some(format!("a `<{name}>` stands in another"));
    }
    if version == Version::Two
        && matches!(up, "body" | "blockquote" | "form")
        && !has(OLD_BLOCKS, name)
    {
        return stands(up);
    }
    if !has(WORDS, name) {
        // What holds what its own parent may hold.
        let mut around = std::iter::once(parent).chain(parent.ancestors());
        let holder =
            around.find(|up| !has(TRANSPARENT, up.name()) || up.space() != Space::Xhtml)?;
        let kind = holder.name();
        let heading = matches!(kind, "summary" | "legend")
            && matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hgroup");
        if holder.space() == Space::Xhtml && has(LINES, kind) && !heading {
            return stands(kind);
        }
    }
    None
}

fn attributes(node: Node<'_>, version: Version, tally: &Tally<'_>) {
    let element = node.name();
    let bad = |at, message: String| tally.tell(Code::BadMarkup, at, message);
    for (space, name, value, at) in node.attrs() {
        if version == Version::Two {
            // What EPUB 3 brought.
            let is_late = space == Space::Ops
                || space == Space::None
                    && (name == "role" || name.starts_with("data-") || name.starts_with("aria-"));
            if is_late {
                bad(at, format!("EPUB 2 has no attribute `{}`", shown(name)));
            }
            continue;
        }
        if space != Space::None {
            continue;
        }
        if let Some(state) = name.strip_prefix("aria-")
            && !has(ARIA, state)
        {
            bad(at, format!("ARIA has no `{}`", shown(name)));
        }
        if element == "table" && name == "border" && !matches!(value, "" | "1") {
            bad(
                at,
                format!(
                    "the `border` of a `<table>` is `1` or empty, not `{}`",
                    shown(value)
                ),
            );
        }
        let open = ["data-", "aria-", "its-", "on"]
            .iter()
            .any(|start| name.starts_with(start))
            || name.contains(':')
            || element.contains('-');
        let own = || beside(ATTRIBUTES, element).is_some_and(|list| has(list, name));
        if !open && !has(GLOBAL, name) && !own() {
            bad(
                at,
                format!(
                    "a `<{}>` has no attribute `{}`",
                    shown(element),
                    shown(name)
                ),
            );
            continue;
        }
        let is_number = beside(NUMBERS, name).is_some_and(|elements| has(elements, element));
        let digits = value.trim().strip_prefix('-').unwrap_or(value.trim());
        if is_number && (digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit())) {
            bad(
                at,
                format!("`{name}` is a whole number, not `{}`", shown(value)),
            );
        }
        if name == "dir" && !matches!(value.to_ascii_lowercase().as_str(), "ltr" | "rtl" | "auto") {
            bad(
                at,
                format!("`dir` is `ltr`, `rtl` or `auto`, not `{}`", shown(value)),
            );
        }
    }
    encoding(node, tally);
    if let Some(name) = beside(NEEDED, element).filter(|name| node.attr(name).is_none()) {
        let either = element == "img" && node.attr("srcset").is_some();
        if !either {
            bad(node.span(), format!("a `<{element}>` has no `{name}`"));
        }
    }
}

/// What a `meta` says of the encoding: in a book it is UTF-8, and of HTML.
fn encoding(node: Node<'_>, tally: &Tally<'_>) {
    let is_type = |name: &str| name.trim().eq_ignore_ascii_case("content-type");
    let said = match node.name() {
        "meta" if node.attr("http-equiv").is_some_and(is_type) => node.attr("content"),
        _ => return,
    };
    let plain: String = said
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    if !plain.eq_ignore_ascii_case("text/html;charset=utf-8") {
        let message = format!(
            "`{}` is not `text/html; charset=utf-8`",
            shown(said.unwrap_or_default())
        );
        tally.tell(Code::BadMarkup, node.span_of("content"), message);
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
        let is_old = version == Version::Two && matches!(name, "body" | "blockquote" | "form");
        if has(WORDLESS, name) || has(EMPTY, name) || is_old {
            last = Some(text.owner);
            let message = format!("words stand right in a `<{name}>`");
            tally.tell(Code::BadMarkup, document.tree.place(text), message);
        }
    }
}
