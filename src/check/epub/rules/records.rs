//! Links of the metadata: records of the book that lie elsewhere, or beside it (EPUB 3.3, 5.5.6).

use super::super::address::{Target, follow};
use super::super::publication::{Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use super::metadata::is_language;
use crate::diag::Code;

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    if package.version == Version::Two {
        return;
    }
    let root = package.tree.as_ref().and_then(|tree| tree.root());
    let part = root.and_then(|root| root.child(Space::Package, "metadata"));
    for node in part.into_iter().flat_map(Node::children) {
        if node.is(Space::Package, "link") {
            link(publication, node, tally);
        }
    }
}

fn link(publication: &Publication, node: Node<'_>, tally: &Tally<'_>) {
    let bad = |at, message: String| tally.tell(Code::InvalidMetadata, at, message);
    let rels: Vec<&str> = node.listed(Space::None, "rel").collect();
    let rel = |name: &str| rels.contains(&name);
    for name in ["href", "rel"] {
        if node.attr(name).is_none_or(|value| value.trim().is_empty()) {
            tally.tell(
                Code::BadPackage,
                node.span(),
                format!("a `link` has no `{name}`"),
            );
        }
    }
    if rel("alternate") && rels.len() > 1 {
        bad(
            node.span_of("rel"),
            "`alternate` stands alone in `rel`".to_owned(),
        );
    }
    let refines = node.attr("refines").is_some();
    if rel("record") && refines {
        bad(
            node.span(),
            "a `record` is of the whole book, and has no `refines`".to_owned(),
        );
    }
    if rel("voicing") && !refines {
        bad(
            node.span(),
            "a `voicing` is of something that is said: it has a `refines`".to_owned(),
        );
    }
    if let Some((tag, at)) = node.attr_of(Space::None, "hreflang")
        && !tag.is_empty()
        && (tag != tag.trim() || !is_language(tag))
    {
        bad(
            at,
            format!("`{}` is no language tag like `en-GB`", shown(tag)),
        );
    }
    if let Some((_, at)) = node
        .attr_of(Space::None, "properties")
        .filter(|(said, _)| said.trim().is_empty())
    {
        bad(at, "`properties` is empty".to_owned());
    }
    for name in node.listed(Space::None, "properties") {
        if !name.contains(':') && !matches!(name, "onix" | "xmp") {
            let message = format!("there is no property `{}` of a link", shown(name));
            bad(node.span_of("properties"), message);
        }
    }
    let (href, at) = match node.attr_of(Space::None, "href") {
        Some((href, at)) if !href.trim().is_empty() => (href, at),
        _ => return,
    };
    let kind = node.attr("media-type").map(str::trim);
    let package = &publication.package;
    match follow(&package.path, href) {
        Target::Nowhere(why) => {
            tally.tell(Code::BadAddress, at, format!("the address {why}"));
        }
        Target::Data(_) => {
            tally.tell(
                Code::BadAddress,
                at,
                "a `link` leads to data that stand in it",
            );
        }
        Target::Inside { path, fragment } if path == package.path => {
            if fragment.is_some_and(|fragment| !fragment.starts_with("epubcfi(")) {
                let message = "a `link` leads to a file, not to a part of the package";
                tally.tell(Code::BadAddress, at, message);
            }
        }
        Target::Inside { path, .. } => {
            if kind.is_none() && publication.item(&path).is_none() {
                bad(
                    node.span(),
                    "a `link` to a file of the book has a `media-type`".to_owned(),
                );
            }
        }
        Target::Remote(_) | Target::Other(_) => {}
    }
    if rel("record") && kind.is_none() {
        bad(
            node.span(),
            "a `record` says of what kind it is: `media-type`".to_owned(),
        );
    }
    if rel("voicing") && kind.is_none_or(|kind| !kind.starts_with("audio/")) {
        bad(
            node.span(),
            "a `voicing` is sound: its `media-type` is one of `audio/`".to_owned(),
        );
    }
}
