//! Addresses in documents: that they lead to files and places that are there, and may be used so.

use super::super::address::Target;
use super::super::publication::{Document, Publication, Reference, Role, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::Space;
use super::manifest::{any_of, missing};
use crate::diag::Code;
use crate::source::Span;

/// Pictures that every reading system knows (EPUB 3.3, 3.2; WebP is new there).
const PICTURES: [&str; 6] = [
    "image/gif",
    "image/jpeg",
    "image/jpg",
    "image/png",
    "image/svg+xml",
    "image/webp",
];

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    for document in &publication.documents {
        for reference in &document.references {
            let is_link = reference.role == Role::Link;
            match &reference.target {
                _ if reference.role == Role::Cited => {}
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
                    if reference.role == Role::Image {
                        picture(publication, document, reference, tally);
                    }
                }
                Target::Remote(_) => remote(publication, reference, tally),
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
    for reference in &publication.package.guide {
        leads(
            publication,
            &publication.package.path,
            &reference.target,
            reference.at,
            false,
            tally,
        );
    }
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
    if path != from {
        // A link to a folder leads to no file either.
        if !publication.container.files.contains_key(path) {
            return tally.push(missing(publication, at, path));
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

/// A picture is of a kind that every reader shows, or has something to stand in for it.
fn picture(
    publication: &Publication,
    document: &Document,
    reference: &Reference,
    tally: &Tally<'_>,
) {
    let Some(item) = reference
        .target
        .path()
        .and_then(|path| publication.item(path))
    else {
        return;
    };
    let shows = any_of(publication, item, |item| {
        PICTURES.contains(&item.kind().as_str())
    });
    // One of several in a `picture` may be of any kind; a drawing in itself is `use`d.
    let node = document.tree.node(reference.node);
    let among = node
        .and_then(|node| node.parent())
        .is_some_and(|up| matches!(up.name(), "picture"));
    if !shows && !among && !document.is_drawing {
        let message = format!(
            "`{}` is `{}`, which readers need not show, and nothing stands in for it",
            shown(&item.href),
            shown(&item.media_type)
        );
        tally.tell(Code::MissingFallback, reference.at, message);
    }
}

/// What lies elsewhere: sound and films may, in EPUB 3.
fn remote(publication: &Publication, reference: &Reference, tally: &Tally<'_>) {
    let is_old = publication.package.version == Version::Two;
    let may = matches!(reference.role, Role::Link | Role::Cited)
        || reference.role == Role::Media && !is_old;
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
