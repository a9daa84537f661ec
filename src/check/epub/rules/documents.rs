//! Content documents as wholes: type, outermost element, title, languages, ids.

use std::collections::BTreeMap;

use super::super::publication::{Document, Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use super::super::xml::is_name;
use super::metadata::is_language;
use crate::diag::{Code, Diagnostic};

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let version = publication.package.version;
    for document in &publication.documents {
        doctype(document, version, tally);
        ids(document, version, tally);
        // EPUB 2 asks for no form.
        let nodes = document.tree.nodes().filter(|_| version == Version::Three);
        nodes.for_each(|node| languages(node, tally));
        if document.tree.is_whole && !document.is_drawing {
            whole(document, tally);
        }
    }
}

/// EPUB 3.3, 6.1.1 and HTML, 13.1.1: a type, if any, names no definition but the one that is none.
fn doctype(document: &Document, version: Version, tally: &Tally<'_>) {
    let Some(doctype) = document
        .tree
        .doctype
        .as_ref()
        .filter(|_| version == Version::Three)
    else {
        return;
    };
    if document.is_drawing {
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
fn languages(node: Node<'_>, tally: &Tally<'_>) {
    let own = |space| node.attr_of(space, "lang");
    let (html, xml) = (own(Space::None), own(Space::Xml));
    for (lang, at) in html.iter().chain(&xml) {
        // An empty one says that the language is not known.
        if !lang.trim().is_empty() && !is_language(lang) {
            tally.tell(
                Code::BadMarkup,
                *at,
                format!("`{}` is no language tag like `en-GB`", shown(lang)),
            );
        }
    }
    if let (Some((html, at)), Some((xml, _))) = (html, xml)
        && node.space() == Space::Xhtml
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
    if document.title.as_deref().unwrap_or_default().is_empty() {
        let at = head.unwrap_or(root).span();
        tally.tell(Code::UntitledDocument, at, "the document has no title");
    }
}
