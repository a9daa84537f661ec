//! Pages of a fixed size (EPUB 3.3, section 8): each says how large it is.

use std::collections::BTreeMap;

use super::super::publication::{Document, Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use crate::diag::{Code, Diagnostic};

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    let root = package.tree.as_ref().and_then(|tree| tree.root());
    let spine = root.and_then(|root| root.child(Space::Package, "spine"));
    let Some(spine) = spine.filter(|_| package.version == Version::Three) else {
        return;
    };
    let all = package
        .said("rendition:layout")
        .any(|meta| meta.value == "pre-paginated");
    let places = spine.children().filter(|node| node.name() == "itemref");
    for (node, place) in places.zip(&package.spine) {
        let own = |value: &str| {
            node.listed(Space::None, "properties")
                .any(|one| one == value)
        };
        let is_fixed =
            own("rendition:layout-pre-paginated") || all && !own("rendition:layout-reflowable");
        let item = place.item.and_then(|at| package.items.get(at));
        let document = item.and_then(|item| publication.document(item.target.path()?));
        if let Some(document) = document.filter(|document| is_fixed && document.tree.is_whole) {
            sized(document, tally);
        }
    }
}

/// A page that says how large it is: in a `viewport`, or as a drawing does.
fn sized(document: &Document, tally: &Tally<'_>) {
    let Some(root) = document.tree.root() else {
        return;
    };
    let bad = |at, message: String| {
        let found = Diagnostic::new(Code::BadViewport, at, message);
        tally.push(
            found.hint("write `<meta name=\"viewport\" content=\"width=1200, height=1600\"/>`"),
        );
    };
    if document.is_drawing {
        if root.attr("viewBox").is_none() {
            let message = "the drawing is a page of a fixed size and has no `viewBox`";
            tally.tell(Code::BadViewport, root.span(), message);
        }
        return;
    }
    let head = root.child(Space::Xhtml, "head");
    let is_viewport =
        |node: &Node<'_>| node.name() == "meta" && node.attr("name") == Some("viewport");
    let meta = head.and_then(|head| head.children().find(is_viewport));
    let Some(meta) = meta else {
        return bad(
            head.unwrap_or(root).span(),
            "the page is of a fixed size and does not say of which".to_owned(),
        );
    };
    let mut said: BTreeMap<&str, &str> = BTreeMap::new();
    let parts = meta.attr("content").unwrap_or_default().split([',', ';']);
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if said.insert(name.trim(), value.trim()).is_some() {
            bad(
                meta.span_of("content"),
                format!("`{}` is said twice", shown(name)),
            );
        }
    }
    for (name, device) in [("width", "device-width"), ("height", "device-height")] {
        let at = meta.span_of("content");
        match said.get(name) {
            None => bad(at, format!("the `viewport` has no `{name}`")),
            Some(value)
                if *value != device && !value.parse::<f64>().is_ok_and(|value| value > 0.0) =>
            {
                bad(
                    at,
                    format!(
                        "the `{name}` of a page is a number of pixels, not `{}`",
                        shown(value)
                    ),
                );
            }
            Some(_) => {}
        }
    }
}
