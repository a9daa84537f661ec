//! The contents, as EPUB 3 and as EPUB 2 have them.

use super::address::follow;
use super::publication::{Nav, NavEntry, NavList, Ncx, Publication};
use super::tree::{Node, Space, Tree};

/// The navigation document, if the manifest names one that could be read.
pub(super) fn nav(publication: &Publication) -> Option<Nav> {
    let item = publication
        .package
        .items
        .iter()
        .find(|item| item.has("nav"))?;
    let document = publication.document(item.target.path()?)?;
    let navs = document
        .tree
        .nodes()
        .filter(|node| node.is(Space::Xhtml, "nav"));
    let lists = navs.map(|node| NavList {
        kind: node
            .listed(Space::Ops, "type")
            .next()
            .unwrap_or_default()
            .to_owned(),
        node: node.number(),
        entries: entries(node, &document.path),
    });
    Some(Nav {
        path: document.path.clone(),
        lists: lists.collect(),
    })
}

/// The entries of a list: in each `li` one link or heading.
fn entries(nav: Node<'_>, path: &str) -> Vec<NavEntry> {
    let words = |node: &Node<'_>| {
        matches!(node.name(), "a" | "span") && node.parent().is_some_and(|up| up.name() == "li")
    };
    let depth = |node: Node<'_>| {
        let up = node
            .ancestors()
            .take_while(|up| up.number() != nav.number());
        up.filter(|up| up.name() == "ol").count().saturating_sub(1)
    };
    let found = nav.descendants().filter(words);
    found
        .map(|node| NavEntry {
            depth: depth(node),
            label: said(node),
            target: node.attr("href").map(|address| follow(path, address)),
            types: node.listed(Space::Ops, "type").map(str::to_owned).collect(),
            at: node.span(),
        })
        .collect()
}

/// The words of a link: its text, and what stands for its pictures.
pub(super) fn said(node: Node<'_>) -> String {
    let words = node.words();
    if !words.is_empty() {
        return words;
    }
    let own = node.attr("aria-label").or_else(|| node.attr("title"));
    let mut alts = node
        .descendants()
        .filter_map(|inner| inner.attr("alt").or_else(|| inner.attr("aria-label")));
    let found = own.or_else(|| alts.find(|alt| !alt.trim().is_empty()));
    found.unwrap_or_default().trim().to_owned()
}

/// Reads the contents of EPUB 2.
pub(super) fn ncx(path: String, tree: Tree) -> Ncx {
    let (mut points, mut pages) = (Vec::new(), Vec::new());
    let mut uid = None;
    for node in tree.nodes().filter(|node| node.space() == Space::Ncx) {
        let kind = node.name();
        match kind {
            "meta" if node.attr("name") == Some("dtb:uid") => {
                let value = node.attr("content").unwrap_or_default().trim();
                uid = Some((value.to_owned(), node.span_of("content")));
            }
            "navPoint" | "pageTarget" => {
                let label = node.child(Space::Ncx, "navLabel").map(Node::words);
                let content = node.child(Space::Ncx, "content");
                let source = content.and_then(|content| content.attr("src"));
                let entry = NavEntry {
                    depth: node
                        .ancestors()
                        .filter(|up| up.name() == "navPoint")
                        .count(),
                    label: label.unwrap_or_default(),
                    target: source.map(|source| follow(&path, source)),
                    types: Vec::new(),
                    at: content.unwrap_or(node).span(),
                };
                match kind {
                    "navPoint" => points.push(entry),
                    _ => pages.push(entry),
                }
            }
            _ => {}
        }
    }
    Ncx {
        path,
        tree,
        uid,
        points,
        pages,
    }
}
