//! Content documents as wholes: type, outermost element, title, languages, ids.

use std::collections::BTreeMap;

use super::super::publication::{Document, Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space, Tree};
use super::super::xml::is_name;
use super::metadata::is_language;
use crate::diag::{Code, Diagnostic};

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let version = publication.package.version;
    for document in &publication.documents {
        doctype(document, version, tally);
        ids(document, version, tally);
        let nodes = document.tree.nodes();
        nodes.for_each(|node| languages(node, version, tally));
        if version == Version::Three && !document.is_drawing && document.tree.is_wide {
            let message = "the document is in UTF-16, and XHTML of a book is in UTF-8";
            tally.tell(Code::BadMarkup, document.tree.start(), message);
        }
        if document.tree.is_whole && !document.is_drawing {
            whole(document, tally);
        }
    }
    if let Some(ncx) = &publication.ncx {
        defined(&ncx.tree, &[DEFINITIONS[0]], version, tally);
    }
    for overlay in &publication.overlays {
        defined(&overlay.tree, &[], version, tally);
    }
    if let Some(tree) = &publication.package.tree {
        defined(tree, &[DEFINITIONS[2]], version, tally);
    }
}

/// Definitions that a file which is no XHTML may name: of an NCX, of a drawing (EPUB 3.3, B), and of a package of EPUB 2.
const DEFINITIONS: [(&str, &str); 3] = [
    (
        "-//NISO//DTD ncx 2005-1//EN",
        "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd",
    ),
    (
        "-//W3C//DTD SVG 1.1//EN",
        "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd",
    ),
    (
        "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN",
        "http://openebook.org/dtds/oeb-1.2/oebpkg12.dtd",
    ),
];

fn defined(tree: &Tree, known: &[(&str, &str)], version: Version, tally: &Tally<'_>) {
    let Some(doctype) = &tree.doctype else { return };
    let is_old = version == Version::Two;
    let is_known = match (doctype.public.as_deref(), doctype.system.as_deref()) {
        (None, None) => true,
        // EPUB 2 says nothing of where a definition lies, nor of that of a drawing.
        (Some(public), _) if is_old => known.iter().any(|(own, _)| *own == public),
        (Some(public), system) => known.contains(&(public, system.unwrap_or_default())),
        (None, Some(_)) => false,
    };
    let is_package = tree
        .root()
        .is_some_and(|root| root.is(Space::Package, "package"));
    if !is_known && (!is_old || is_package) {
        let message = "the document type names a definition that EPUB does not know";
        let found = Diagnostic::new(Code::BadDoctype, doctype.at, message);
        tally.push(found.hint("leave the document type out"));
    }
}

/// EPUB 3.3, 6.1.1 and HTML, 13.1.1: a type, if any, names no definition but the one that is none.
fn doctype(document: &Document, version: Version, tally: &Tally<'_>) {
    let Some(doctype) = &document.tree.doctype else {
        return;
    };
    if document.is_drawing {
        return defined(&document.tree, &[DEFINITIONS[1]], version, tally);
    }
    if version == Version::Two {
        let known = [
            "-//W3C//DTD XHTML 1.1//EN",
            "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Document//EN",
        ];
        if !doctype
            .public
            .as_deref()
            .is_some_and(|public| known.contains(&public))
        {
            let message = "the document type is not that of XHTML 1.1, which EPUB 2 uses";
            let found = Diagnostic::new(Code::BadDoctype, doctype.at, message);
            tally.push(found.hint("write that of XHTML 1.1, or none"));
        }
        return;
    }
    let known = doctype
        .system
        .as_deref()
        .is_none_or(|system| system == "about:legacy-compat");
    if doctype.public.is_some() || !known || !doctype.root.eq_ignore_ascii_case("html") {
        let found = Diagnostic::new(
            Code::BadDoctype,
            doctype.at,
            "the document type is one of an older HTML",
        );
        tally.push(found.hint("write `<!DOCTYPE html>`"));
    }
}

fn ids(document: &Document, version: Version, tally: &Tally<'_>) {
    let mut seen: BTreeMap<&str, Node<'_>> = BTreeMap::new();
    for node in document.tree.nodes() {
        let Some((id, at)) = node.attr_of(Space::None, "id") else {
            continue;
        };
        let is_bad = match version {
            Version::Three => id.is_empty() || id.contains(char::is_whitespace),
            Version::Two => !is_name(id) || id.contains(':'),
        };
        if is_bad {
            tally.tell(Code::BadMarkup, at, format!("`{}` is no id", shown(id)));
        } else if let Some(first) = seen.insert(id, node) {
            let found = Diagnostic::new(
                Code::RepeatedId,
                at,
                format!("the id `{}` is given twice", shown(id)),
            );
            tally.push(found.label(first.span(), "here first".to_owned()));
        }
    }
}

/// `lang` and `xml:lang` are tags, and say the same.
fn languages(node: Node<'_>, version: Version, tally: &Tally<'_>) {
    let own = |space| node.attr_of(space, "lang");
    let (html, xml) = (own(Space::None), own(Space::Xml));
    for (lang, at) in html.iter().chain(&xml) {
        // An empty one says that the language is not known.
        let is_wrong = match version {
            Version::Three => !lang.is_empty() && (*lang != lang.trim() || !is_language(lang)),
            Version::Two => lang.split('-').any(|part| {
                !matches!(part.len(), 1..=8) || !part.bytes().all(|b| b.is_ascii_alphanumeric())
            }),
        };
        if is_wrong {
            tally.tell(
                Code::BadMarkup,
                *at,
                format!("`{}` is no language tag like `en-GB`", shown(lang)),
            );
        }
    }
    if let (Some((html, at)), Some((xml, _))) = (html, xml)
        && node.space() == Space::Xhtml
        && version == Version::Three
        && !html.eq_ignore_ascii_case(xml)
    {
        let message = format!(
            "`lang` says `{}`, and `xml:lang` says `{}`",
            shown(html),
            shown(xml)
        );
        tally.tell(Code::BadMarkup, at, message);
    }
}

fn whole(document: &Document, tally: &Tally<'_>) {
    let Some(root) = document.tree.root() else {
        return;
    };
    let bad = |node: Node<'_>, message: &str| tally.tell(Code::BadMarkup, node.span(), message);
    if root.name() == "html" && root.space() != Space::Xhtml {
        return bad(
            root,
            "`<html>` lacks the namespace `http://www.w3.org/1999/xhtml`",
        );
    }
    if !root.is(Space::Xhtml, "html") {
        return;
    }
    let parts: Vec<&str> = root.children().map(Node::name).take(3).collect();
    if parts != ["head", "body"] && parts != ["head", "frameset"] {
        bad(
            root,
            "`<html>` holds a `<head>` and a `<body>`, and nothing else",
        );
    }
    let head = root.child(Space::Xhtml, "head");
    let titles = head
        .iter()
        .flat_map(|head| head.children())
        .filter(|node| node.is(Space::Xhtml, "title"));
    if titles.count() > 1 {
        bad(head.unwrap_or(root), "a document has one title");
    }
    if document.title.as_deref() == Some("") {
        let title = head.and_then(|head| head.child(Space::Xhtml, "title"));
        bad(title.unwrap_or(root), "the `<title>` is empty");
    } else if document.title.is_none() {
        let at = head.unwrap_or(root).span();
        tally.tell(Code::UntitledDocument, at, "the document has no title");
    }
}
