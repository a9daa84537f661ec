//! The contents of EPUB 2, and that those of EPUB 3 say the same.

use std::collections::BTreeMap;

use super::super::address::Target;
use super::super::publication::{NavEntry, Ncx, Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::Space;
use super::super::xml::is_name;
use super::links::leads;
use crate::diag::Code;

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    let Some(ncx) = &publication.ncx else {
        let root = package
            .tree
            .as_ref()
            .filter(|tree| tree.is_whole)
            .and_then(|tree| tree.root());
        let is_listed = package
            .items
            .iter()
            .any(|item| item.kind() == "application/x-dtbncx+xml");
        if let Some(root) = root.filter(|_| package.version == Version::Two && !is_listed) {
            let at = root.child(Space::Package, "spine").unwrap_or(root).span();
            tally.tell(
                Code::MissingNavigation,
                at,
                "the book has no NCX, which lists its contents",
            );
        }
        return;
    };
    if !ncx.tree.is_whole {
        return;
    }
    form(ncx, tally);
    for entry in ncx.points.iter().chain(&ncx.pages) {
        if let Some(target) = &entry.target {
            leads(publication, &ncx.path, target, entry.at, true, tally);
        }
    }
    let own = ncx.uid.as_ref();
    match (own, &package.identifier) {
        (Some((uid, at)), Some(identifier)) if !uid.is_empty() && uid != identifier => {
            let message = format!(
                "the NCX is of the book `{}`, and this is `{}`",
                shown(uid),
                shown(identifier)
            );
            tally.tell(Code::BadNavigation, *at, message);
        }
        _ => {}
    }
    if package.version == Version::Two && package.toc.is_none() {
        let part = package.tree.as_ref().and_then(|tree| tree.root());
        let part = part.and_then(|root| root.child(Space::Package, "spine"));
        if let Some(part) = part {
            tally.tell(
                Code::MissingNavigation,
                part.span(),
                "the spine does not name the NCX: `toc`",
            );
        }
    }
    differs(publication, ncx, tally);
}

fn form(ncx: &Ncx, tally: &Tally<'_>) {
    let bad = |at, message: &str| tally.tell(Code::BadNavigation, at, message);
    let root = ncx.tree.root().filter(|root| root.is(Space::Ncx, "ncx"));
    let Some(root) = root else {
        return bad(
            ncx.tree.start(),
            "the NCX is none: its outermost element is no `ncx`",
        );
    };
    let map = root.child(Space::Ncx, "navMap");
    if map.is_none_or(|map| map.child(Space::Ncx, "navPoint").is_none()) {
        bad(map.unwrap_or(root).span(), "the NCX has no entries");
    }
    let mut ids = BTreeMap::new();
    for node in ncx.tree.nodes() {
        if let Some(id) = node.attr("id")
            && ids.insert(id, ()).is_some()
        {
            tally.tell(
                Code::RepeatedId,
                node.span_of("id"),
                format!("the id `{}` is given twice", shown(id)),
            );
        }
        if let Some((id, at)) = node
            .attr_of(Space::None, "id")
            .filter(|(id, _)| !is_name(id) || id.contains(':'))
        {
            bad(at, &format!("`{}` is no id", shown(id)));
        }
        if node.is(Space::Ncx, "pageTarget") {
            let kind = node.attr("type").unwrap_or_default();
            if !matches!(kind, "front" | "normal" | "special") {
                let message = format!(
                    "the `type` of a page is `front`, `normal` or `special`, not `{}`",
                    shown(kind)
                );
                bad(node.span_of("type"), &message);
            }
        }
        if node.is(Space::Ncx, "navPoint") {
            for part in ["navLabel", "content"] {
                if node.child(Space::Ncx, part).is_none() {
                    bad(node.span(), &format!("an entry of the NCX has no `{part}`"));
                }
            }
            if node.attr("id").is_none() {
                bad(node.span(), "an entry of the NCX has no `id`");
            }
        }
    }
}

/// Entries of one place that are called differently, and lists of which one lacks half of the other.
fn differs(publication: &Publication, ncx: &Ncx, tally: &Tally<'_>) {
    let Some(toc) = publication.nav.as_ref().and_then(|nav| nav.list("toc")) else {
        return;
    };
    let mut named: BTreeMap<&Target, &NavEntry> = BTreeMap::new();
    for entry in toc.entries.iter().rev() {
        if let Some(target) = &entry.target {
            named.insert(target, entry);
        }
    }
    let mut seen = BTreeMap::new();
    for point in &ncx.points {
        let Some(target) = &point.target else {
            continue;
        };
        // Of several entries that lead to one place none is another's counterpart.
        if seen.insert(target, ()).is_some() {
            continue;
        }
        let Some(entry) = named.get(target) else {
            continue;
        };
        if entry.label != point.label && !entry.label.is_empty() {
            let message = format!(
                "the NCX calls it `{}`, the contents `{}`",
                shown(&point.label),
                shown(&entry.label)
            );
            tally.tell(Code::NcxDiffers, point.at, message);
        }
    }
    // Titles and covers are often in one of them alone, and the lowest levels; half of the book is not.
    let lead = |entries: &[NavEntry]| {
        entries
            .iter()
            .filter(|entry| entry.target.is_some())
            .count()
    };
    let (ours, theirs) = (lead(&toc.entries), lead(&ncx.points));
    if ours.max(theirs) > 2 * ours.min(theirs) + 2 {
        let message = format!("the NCX has {theirs} entries, and the contents have {ours}");
        tally.tell(Code::NcxDiffers, ncx.tree.start(), message);
    }
}
