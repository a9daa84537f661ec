//! An EPUB as a reading.

use std::collections::BTreeSet;

use super::{Entry, Part, Piece, Reading};
use crate::check::epub::{Document, Node, Publication, Role, Space, Target};

/// What documents are that a PDF has otherwise or not at all, as `epub:type`, `role` and guides call them.
const BESIDE: &[&str] = &[
    "cover",
    "titlepage",
    "title-page",
    "halftitlepage",
    "copyright-page",
    "imprint",
    "imprimatur",
    "colophon",
    "seriespage",
    "toc",
    "landmarks",
    "page-list",
    "loi",
    "lot",
    "loa",
    "lov",
    "index",
    "doc-cover",
    "doc-colophon",
    "doc-toc",
    "doc-index",
    "doc-pagelist",
];

/// Elements whose words are read in one go: in a PDF something else may stand before and behind them.
const ALONE: &[&str] = &[
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "caption",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "aside",
];

/// Elements within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd",
    "mark", "q", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    "wbr",
];

/// Kinds of notes.
const NOTES: &[&str] = &[
    "footnote",
    "endnote",
    "rearnote",
    "note",
    "doc-footnote",
    "doc-endnote",
];

/// What stands in the text and is not of it.
const UNREAD: &[&str] = &[
    "pagebreak",
    "doc-pagebreak",
    "noteref",
    "doc-noteref",
    "backlink",
    "referrer",
    "doc-backlink",
];

pub(super) fn reading(epub: &Publication) -> Reading {
    let said = |name: &'static str| -> Vec<String> {
        let all = epub.package.said(name);
        all.map(|meta| meta.value.clone())
            .filter(|value| !value.is_empty())
            .collect()
    };
    let beside = beside(epub);
    let documents: Vec<&Document> = epub
        .spine()
        .filter(|document| !document.is_drawing)
        .collect();
    let parts: Vec<Part> = documents
        .iter()
        .map(|document| part(document, &beside))
        .collect();
    let aside: BTreeSet<&str> = parts
        .iter()
        .filter(|part| !part.is_text)
        .map(|part| part.name.as_str())
        .chain(beside.iter().copied())
        .collect();
    let references = || documents.iter().flat_map(|document| &document.references);
    let mut followed = references().filter(|reference| reference.role == Role::Link);
    let links = references().filter_map(|reference| match (&reference.role, &reference.target) {
        (Role::Link, Target::Remote(address)) if address.starts_with("http") => {
            Some(address.clone())
        }
        _ => None,
    });
    let toc = epub.nav.as_ref().and_then(|nav| nav.list("toc"));
    let toc = toc.map(|list| &list.entries);
    let points = toc.or(epub.ncx.as_ref().map(|ncx| &ncx.points));
    let list = epub.nav.as_ref().and_then(|nav| nav.list("page-list"));
    let list = list.map(|list| &list.entries);
    let pages = list.or(epub.ncx.as_ref().map(|ncx| &ncx.pages));
    let shown = documents
        .iter()
        .zip(&parts)
        .filter(|(_, part)| part.is_text);
    Reading {
        name: epub.name.clone(),
        at: Some(epub.at),
        title: said("dc:title").into_iter().next().unwrap_or_default(),
        authors: said("dc:creator"),
        languages: said("dc:language"),
        contents: points.map_or(Vec::new(), |points| {
            let entries = points.iter().map(|entry| Entry {
                depth: entry.depth,
                label: entry.label.clone(),
                at: Some(entry.at),
                is_beside: entry
                    .target
                    .as_ref()
                    .and_then(Target::path)
                    .is_none_or(|path| aside.contains(path)),
            });
            entries.collect()
        }),
        links: links.collect(),
        has_links: followed.next().is_some(),
        pictures: Some(shown.map(|(document, _)| pictures(document)).sum()),
        in_order: true,
        pages: pages
            .filter(|pages| !pages.is_empty())
            .map(|pages| pages.iter().map(|entry| entry.label.clone()).collect()),
        parts,
    }
}

/// The paths of documents that are said to be no part of the text, by the landmarks or the guide.
fn beside(epub: &Publication) -> BTreeSet<&str> {
    let mut paths: BTreeSet<&str> = BTreeSet::new();
    let landmarks = epub.nav.as_ref().and_then(|nav| nav.list("landmarks"));
    for entry in landmarks.map_or(&[][..], |list| &list.entries) {
        let path = entry.target.as_ref().and_then(Target::path);
        // A fragment is a place in a document of more.
        let whole = entry.target.as_ref().and_then(Target::fragment).is_none();
        if whole
            && entry
                .types
                .iter()
                .any(|kind| BESIDE.contains(&kind.as_str()))
        {
            paths.extend(path);
        }
    }
    for reference in &epub.package.guide {
        if reference
            .types
            .iter()
            .any(|kind| BESIDE.contains(&kind.as_str()))
        {
            paths.extend(reference.target.path());
        }
    }
    paths.extend(epub.nav.as_ref().map(|nav| nav.path.as_str()));
    paths
}

/// What an element says that it is.
fn kinds<'n>(node: Node<'n>) -> impl Iterator<Item = &'n str> {
    node.listed(Space::Ops, "type")
        .chain(node.listed(Space::None, "role"))
}

/// How an element's words are read.
#[derive(Clone, Copy, Default)]
struct Manner {
    is_read: bool,
    is_note: bool,
    is_cell: bool,
    /// The nearest element around them that is read alone.
    alone: u32,
    /// The nearest one that begins a line.
    block: u32,
}

fn part(document: &Document, beside: &BTreeSet<&str>) -> Part {
    let tree = &document.tree;
    let described = descriptions(document);
    let mut manners: Vec<Manner> = Vec::new();
    let mut is_text = !beside.contains(document.path.as_str());
    let mut outermost = true;
    for node in tree.nodes() {
        let name = node.name();
        let around = node.parent().map(|up| manners[up.number() as usize]);
        let mut manner = around.unwrap_or_default();
        let mut kinds = kinds(node);
        match node.space() {
            Space::Xhtml => {
                manner.is_read |= name == "body";
                let unread = matches!(name, "rt" | "rp" | "script" | "style" | "nav" | "template");
                let hidden = node.attr("hidden").is_some();
                let description = node.attr("id").is_some_and(|id| described.contains(id));
                if unread || hidden || description {
                    manner.is_read = false;
                }
            }
            // Drawings and formulas: what a PDF has of them are no words.
            _ => manner.is_read = false,
        }
        // What the body, and what begins it, is.
        if manner.is_read && outermost {
            is_text &= !kinds.by_ref().any(|kind| BESIDE.contains(&kind));
            outermost = matches!(name, "body" | "div" | "section" | "article" | "main")
                && manners.len() < FIRST;
        }
        let mut kinds = self::kinds(node);
        if !INLINE.contains(&name) {
            manner.block = node.number();
        }
        let is_note = self::kinds(node).any(|kind| NOTES.contains(&kind));
        manner.is_note |= is_note;
        manner.is_cell |= matches!(name, "td" | "th");
        if is_note || ALONE.contains(&name) {
            manner.alone = node.number();
        }
        manner.is_read &= !kinds.any(|kind| UNREAD.contains(&kind));
        manners.push(manner);
    }
    let mut pieces: Vec<(u32, u32, Piece)> = Vec::new();
    for (text, words) in tree.texts() {
        let Some(manner) = manners
            .get(text.owner as usize)
            .filter(|manner| manner.is_read)
        else {
            continue;
        };
        if words.trim().is_empty() && pieces.is_empty() {
            continue;
        }
        if pieces
            .last()
            .is_none_or(|(alone, ..)| *alone != manner.alone)
        {
            if words.trim().is_empty() {
                continue;
            }
            let piece = Piece {
                is_note: manner.is_note,
                is_cell: manner.is_cell,
                ..Piece::default()
            };
            pieces.push((manner.alone, manner.block, piece));
        }
        let Some((_, block, piece)) = pieces.last_mut() else {
            continue;
        };
        if *block != manner.block {
            piece.text.push('\n');
            *block = manner.block;
        }
        piece.places.push((piece.text.len(), tree.place(text)));
        piece.text.push_str(words);
    }
    Part {
        name: document.path.clone(),
        is_text,
        pieces: pieces.into_iter().map(|(.., piece)| piece).collect(),
    }
}

/// The ids of what tells at length what pictures show: a PDF has that beside its pictures, where it is no text of a page.
fn descriptions(document: &Document) -> BTreeSet<&str> {
    let mut ids = BTreeSet::new();
    for node in document.tree.nodes() {
        if matches!(node.name(), "img" | "svg") {
            let lists = ["aria-details", "aria-describedby"].map(|name| node.attr(name));
            let lists = lists.into_iter().flatten();
            ids.extend(lists.flat_map(str::split_whitespace));
        }
    }
    ids
}

/// The element that says what a document is stands among the first of it.
const FIRST: usize = 24;

/// The pictures that are described to who cannot see them.
fn pictures(document: &Document) -> usize {
    let described = |node: &Node<'_>| {
        let says = |name: &str| {
            node.attr(name)
                .is_some_and(|words| !words.trim().is_empty())
        };
        match node.space() {
            Space::Xhtml => node.name() == "img" && says("alt"),
            Space::Svg => node.name() == "svg" && (says("aria-label") || says("aria-labelledby")),
            _ => false,
        }
    };
    document.tree.nodes().filter(described).count()
}
