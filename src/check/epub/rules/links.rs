//! Addresses in documents: that they lead to files and places that are there, and may be used so.

use std::collections::BTreeMap;

use super::super::address::{Target, fault};
use super::super::publication::{Document, Item, Publication, Reference, Role, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::Space;
use super::manifest::{any_of, missing};
use crate::diag::Code;
use crate::source::Span;

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let elsewhere = elsewhere(publication);
    for document in &publication.documents {
        for reference in &document.references {
            let is_link = reference.role == Role::Link;
            if reference.role != Role::Cited || publication.package.version == Version::Three {
                misspelt(&reference.address, reference.at, tally);
            }
            match &reference.target {
                Target::Inside { .. } if reference.address.trim().is_empty() && !is_link => {
                    tally.tell(Code::BadAddress, reference.at, "the address is empty");
                }
                target @ (Target::Inside { .. } | Target::Nowhere(_)) => {
                    leads(
                        publication,
                        &document.path,
                        target,
                        reference.at,
                        is_link,
                        tally,
                    );
                    if reference.role == Role::Style && target.fragment().is_some() {
                        let message = "a style sheet is taken whole: its address has no `#`";
                        tally.tell(Code::BadAddress, reference.at, message);
                    }
                }
                Target::Remote(_) => remote(publication, &elsewhere, reference, tally),
                Target::Data(_) if is_link => {
                    tally.tell(
                        Code::BadAddress,
                        reference.at,
                        "a link leads to data that stand in it",
                    );
                }
                Target::Data(_) | Target::Other(_) => {}
            }
        }
        named(publication, document, tally);
    }
    // Reading systems offer these places beside the contents.
    let package = &publication.package;
    for reference in &package.guide {
        let (target, at) = (&reference.target, reference.at);
        misspelt(&reference.address, at, tally);
        leads(publication, &package.path, target, at, false, tally);
        if let Some(item) = target.path().and_then(|path| publication.item(path)) {
            page(publication, item, at, tally);
        }
    }
}

/// An address that is not written as addresses are.
pub(super) fn misspelt(address: &str, at: Span, tally: &Tally<'_>) {
    // A backslash is told with where the address leads.
    if let Some(why) = fault(address).filter(|_| !address.contains('\\') || address.contains(':')) {
        let message = format!("the address `{}` {why}", shown(address));
        tally.tell(Code::BadAddress, at, message);
    }
}

/// Something that is to be opened is a document, or a document stands in for it.
fn page(publication: &Publication, item: &Item, at: Span, tally: &Tally<'_>) {
    let version = publication.package.version;
    if !any_of(publication, item, |item| item.is_document(version)) {
        let message = format!(
            "`{}` is `{}`, no document that can be a page",
            shown(&item.href),
            shown(&item.media_type)
        );
        tally.tell(Code::OutsideSpine, at, message);
    }
}

/// The items that lie elsewhere, by their addresses.
pub(super) fn elsewhere(publication: &Publication) -> BTreeMap<&Target, &Item> {
    let items = publication.package.items.iter();
    let far = items.filter(|item| matches!(item.target, Target::Remote(_)));
    far.map(|item| (&item.target, item)).collect()
}

/// Follows an address into the book.
pub(super) fn leads(
    publication: &Publication,
    from: &str,
    target: &Target,
    at: Span,
    is_link: bool,
    tally: &Tally<'_>,
) {
    let (path, fragment) = match target {
        Target::Inside { path, fragment } => (path.as_str(), fragment.as_deref()),
        Target::Nowhere(why) => {
            return tally.tell(Code::BadAddress, at, format!("the address {why}"));
        }
        _ => return,
    };
    let package = &publication.package;
    // A place in a book may be told by its package.
    let is_cfi = fragment.is_some_and(|fragment| fragment.starts_with("epubcfi("));
    if path != from && !(is_cfi && path == package.path) {
        // A link to a folder leads to no file either.
        if !publication.container.files.contains_key(path) {
            return tally.push(missing(publication, at, path, tally));
        }
        match publication.item(path) {
            // What a package that broke off does not name, it may have named.
            _ if !package.is_whole() => {}
            None => {
                let message = format!("the manifest does not list `{}`", shown(path));
                return tally.tell(Code::UndeclaredFile, at, message);
            }
            Some(item) => {
                let is_page = item.is_document(package.version);
                if is_link && is_page && !package.in_spine.contains_key(path) {
                    let message = format!("`{}` is not in the spine", shown(path));
                    return tally.tell(Code::OutsideSpine, at, message);
                }
                if is_link {
                    page(publication, item, at, tally);
                }
            }
        }
    }
    let document = publication
        .document(path)
        .filter(|document| document.tree.is_whole);
    let (Some(document), Some(fragment)) = (document, fragment) else {
        return;
    };
    // `epubcfi(…)`, `xpointer(…)`, `t=…`, `xywh=…` and `svgView(…)` are no ids.
    let is_id =
        !fragment.is_empty() && !fragment.contains(['(', '=']) && !fragment.starts_with(":~:");
    if is_id && !document.ids.contains_key(fragment) {
        let message = format!(
            "nothing in `{}` has the id `{}`",
            shown(path),
            shown(fragment)
        );
        tally.tell(Code::BrokenReference, at, message);
    }
}

/// What lies elsewhere: sound and films may, in EPUB 3.
fn remote(
    publication: &Publication,
    elsewhere: &BTreeMap<&Target, &Item>,
    reference: &Reference,
    tally: &Tally<'_>,
) {
    let is_old = publication.package.version == Version::Two;
    let item = elsewhere.get(&reference.target);
    let is_heard = item.is_some_and(|item| {
        let kind = item.kind();
        kind.starts_with("audio/") || kind.starts_with("video/")
    });
    let is_sound = reference.role == Role::Media || reference.role == Role::Embedded && is_heard;
    let may = matches!(reference.role, Role::Link | Role::Cited) || is_sound && !is_old;
    if is_sound && !is_old && item.is_none() {
        let message = format!("the manifest does not list `{}`", shown(&reference.address));
        return tally.tell(Code::UndeclaredFile, reference.at, message);
    }
    if !may {
        let message = format!("`{}` is not in the book", shown(&reference.address));
        tally.tell(Code::RemoteResource, reference.at, message);
    }
}

/// Attributes that name ids of their own document.
const NAMING: [&str; 9] = [
    "aria-activedescendant",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-flowto",
    "aria-labelledby",
    "aria-owns",
    "for",
    "headers",
];

fn named(publication: &Publication, document: &Document, tally: &Tally<'_>) {
    if !document.tree.is_whole || publication.package.version == Version::Two {
        return;
    }
    for node in document
        .tree
        .nodes()
        .filter(|node| node.space() == Space::Xhtml)
    {
        for (space, name, value, at) in node.attrs() {
            if space != Space::None || !NAMING.contains(&name) {
                continue;
            }
            for id in value.split_ascii_whitespace() {
                if !document.ids.contains_key(id) {
                    let message = format!(
                        "`{name}` names `{}`, and nothing here has that id",
                        shown(id)
                    );
                    tally.tell(Code::BrokenReference, at, message);
                }
            }
        }
    }
}
