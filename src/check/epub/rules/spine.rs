//! The reading order.

use std::collections::BTreeSet;

use super::super::publication::{Item, Publication, Role, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::Space;
use super::manifest::any_of;
use crate::diag::Code;

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    let part = package.tree.as_ref().and_then(|tree| tree.root());
    let Some(part) = part.and_then(|root| root.child(Space::Package, "spine")) else {
        return;
    };
    let bad = |at, message: String| tally.tell(Code::BadSpine, at, message);
    if package.spine.is_empty() {
        return bad(part.span(), "the spine is empty".to_owned());
    }
    if !package.spine.iter().any(|place| place.is_linear) {
        bad(
            part.span(),
            "no document is read in its turn: all are `linear=\"no\"`".to_owned(),
        );
    }
    if let Some((direction, at)) = part.attr_of(Space::None, "page-progression-direction")
        && !matches!(direction.trim(), "ltr" | "rtl" | "default")
    {
        tally.tell(
            Code::BadPackage,
            at,
            format!(
                "pages turn `ltr`, `rtl` or by `default`, not `{}`",
                shown(direction)
            ),
        );
    }
    let mut seen = BTreeSet::new();
    for place in &package.spine {
        let Some(item) = place.item.and_then(|at| package.items.get(at)) else {
            if !place.idref.is_empty() {
                bad(
                    place.at,
                    format!("no item has the id `{}`", shown(&place.idref)),
                );
            }
            continue;
        };
        if !seen.insert(place.item) {
            tally.tell(
                Code::DuplicateItem,
                place.at,
                format!("`{}` stands in the spine twice", shown(&item.id)),
            );
        }
        if !any_of(publication, item, |item| item.is_document(package.version)) {
            let message = format!(
                "`{}` is `{}`, no document that can be a page, and has no `fallback`",
                shown(&item.href),
                shown(&item.media_type)
            );
            tally.tell(Code::MissingFallback, place.at, message);
        }
    }
    toc(publication, tally);
    unreached(publication, tally);
}

/// What `toc` of the spine names.
fn toc(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    let Some((id, at)) = &package.toc else {
        let ncx = package
            .items
            .iter()
            .find(|item| item.kind() == "application/x-dtbncx+xml");
        if let Some(item) = ncx.filter(|_| package.version == Version::Three) {
            let message = format!(
                "the spine does not name the NCX: `toc=\"{}\"`",
                shown(&item.id)
            );
            tally.tell(Code::BadSpine, item.at, message);
        }
        return;
    };
    match package.by_id.get(id).and_then(|at| package.items.get(*at)) {
        None => tally.tell(
            Code::BadSpine,
            *at,
            format!("no item has the id `{}`", shown(id)),
        ),
        Some(item) if item.kind() != "application/x-dtbncx+xml" => {
            let message = format!("`{}` is `{}`, no NCX", shown(id), shown(&item.media_type));
            tally.tell(Code::BadSpine, *at, message);
        }
        Some(_) => {}
    }
}

/// Documents out of turn that nothing leads to (EPUB 3.3, 5.7.2).
fn unreached(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    let aside: Vec<(&Item, _)> = package
        .spine
        .iter()
        .filter(|place| !place.is_linear)
        .filter_map(|place| Some((package.items.get(place.item?)?, place.at)))
        // The contents are always at hand.
        .filter(|(item, _)| !item.has("nav"))
        .collect();
    // A program may lead there.
    let scripted = package.items.iter().any(|item| item.has("scripted"));
    // Whether all could be read from which a link may lead.
    let read = |item: &&Item| {
        let document = item
            .target
            .path()
            .and_then(|path| publication.document(path));
        document.is_some_and(|document| document.tree.is_whole)
    };
    let items = package
        .items
        .iter()
        .filter(|item| item.kind() == "application/xhtml+xml");
    let whole = items.clone().filter(read).count() == items.count();
    if aside.is_empty() || scripted || !whole || package.version == Version::Two {
        return;
    }
    let reached: BTreeSet<&str> = publication
        .documents
        .iter()
        .flat_map(|document| document.references.iter().map(move |to| (document, to)))
        .filter(|(_, to)| to.role == Role::Link)
        .filter_map(|(from, to)| to.target.path().filter(|path| *path != from.path))
        .collect();
    for (item, at) in aside {
        if let Some(path) = item.target.path().filter(|path| !reached.contains(path)) {
            let message = format!(
                "`{}` is not read in its turn, and no link leads to it",
                shown(path)
            );
            tally.tell(Code::BadSpine, at, message);
        }
    }
}
