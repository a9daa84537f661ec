//! The navigation document of EPUB 3 (section 7).

use std::collections::BTreeSet;

use super::super::address::Target;
use super::super::navigation::said;
use super::super::publication::{Nav, NavEntry, NavList, Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use crate::diag::{Code, Diagnostic};

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    let Some(tree) = package
        .tree
        .as_ref()
        .filter(|_| package.version == Version::Three)
    else {
        return;
    };
    let items: Vec<_> = package
        .items
        .iter()
        .filter(|item| item.has("nav"))
        .collect();
    match items.as_slice() {
        [] if tree.is_whole => {
            let found = Diagnostic::new(
                Code::MissingNavigation,
                tree.start(),
                "no item has the property `nav`",
            );
            tally.push(found.hint("add `properties=\"nav\"` to the item of the contents"));
        }
        [_, again, ..] => tally.tell(
            Code::BadNavigation,
            again.at,
            "a second item has the property `nav`",
        ),
        [item] if item.kind() != "application/xhtml+xml" => {
            let message = format!("the contents are `{}`, not XHTML", shown(&item.media_type));
            tally.tell(Code::BadNavigation, item.at, message);
        }
        _ => {}
    }
    let Some(nav) = &publication.nav else { return };
    let Some(document) = publication
        .document(&nav.path)
        .filter(|document| document.tree.is_whole)
    else {
        return;
    };
    if nav.list("toc").is_none() {
        let message = "no `nav` in it has the type `toc`";
        tally.tell(Code::MissingNavigation, document.tree.start(), message);
    }
    let mut kinds = BTreeSet::new();
    for list in &nav.lists {
        let Some(node) = document.tree.node(list.node) else {
            continue;
        };
        let is_known = matches!(list.kind.as_str(), "toc" | "page-list" | "landmarks");
        if is_known && !kinds.insert(list.kind.as_str()) {
            tally.tell(
                Code::BadNavigation,
                node.span(),
                format!("a second `nav` has the type `{}`", list.kind),
            );
        }
        // Lists of no kind are the author's own.
        if !list.kind.is_empty() {
            form(node, list, tally);
            entries(list, tally);
        }
    }
    order(publication, nav, tally);
    pages(publication, nav, tally);
}

/// A list is a heading, if it has one, and one `ol` of `li`, each with a link or a heading and perhaps an `ol` of its own.
fn form(nav: Node<'_>, list: &NavList, tally: &Tally<'_>) {
    let bad = |at, message: String| tally.tell(Code::BadNavigation, at, message);
    let mut lists = 0;
    for kid in nav.children() {
        match kid.name() {
            "ol" => lists += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hgroup" if lists == 0 => {
                if said(kid).is_empty() {
                    bad(kid.span(), "the heading of a `nav` says nothing".to_owned());
                }
            }
            other => bad(
                kid.span(),
                format!(
                    "`<{}>` stands in a `nav`, which holds a heading and an `<ol>`",
                    shown(other)
                ),
            ),
        }
    }
    let is_own = !matches!(list.kind.as_str(), "toc" | "page-list" | "landmarks");
    let first = nav.children().next().map(Node::name);
    if is_own && first.is_none_or(|name| !name.starts_with('h')) {
        let message = format!(
            "a `nav` of the type `{}` begins with a heading",
            shown(&list.kind)
        );
        bad(nav.span(), message);
    }
    if lists != 1 {
        bad(nav.span(), format!("a `nav` has one `<ol>`, not {lists}"));
    }
    for node in nav
        .descendants()
        .filter(|node| node.space() == Space::Xhtml)
    {
        match node.name() {
            "ol" if node.children().next().is_none() => {
                bad(node.span(), "a list has no entries".to_owned())
            }
            "li" => {
                let kids: Vec<Node<'_>> = node.children().take(3).collect();
                match kids.as_slice() {
                    [first] if first.name() == "a" => {}
                    [first, below]
                        if matches!(first.name(), "a" | "span") && below.name() == "ol" =>
                    {
                        if matches!(list.kind.as_str(), "page-list" | "landmarks") {
                            let message = format!("a list in a list of the type `{}`", list.kind);
                            tally.tell(Code::BadPageList, below.span(), message);
                        }
                    }
                    [first] if first.name() == "span" => {
                        bad(
                            first.span(),
                            "a heading among the entries has no list below it".to_owned(),
                        );
                    }
                    [] => bad(node.span(), "an entry is empty".to_owned()),
                    [first, ..] => {
                        let message = format!(
                            "an entry is a link and perhaps an `<ol>`; here it begins with `<{}>`",
                            shown(first.name())
                        );
                        bad(first.span(), message);
                    }
                }
            }
            _ => {}
        }
    }
}

fn entries(list: &NavList, tally: &Tally<'_>) {
    let bad = |at, message: &str| tally.tell(Code::BadNavigation, at, message);
    let mut places = BTreeSet::new();
    for entry in &list.entries {
        let is_again = list.kind == "landmarks"
            && entry.target.is_some()
            && entry
                .types
                .iter()
                .any(|kind| !places.insert((&entry.target, kind)));
        if is_again {
            bad(entry.at, "a landmark is listed twice");
        }
        if entry.label.is_empty() {
            bad(entry.at, "an entry says nothing");
        }
        let leads_out = matches!(
            entry.target,
            Some(Target::Remote(_) | Target::Other(_) | Target::Data(_))
        );
        if leads_out && matches!(list.kind.as_str(), "toc" | "page-list" | "landmarks") {
            bad(entry.at, "an entry leads out of the book");
        }
        if list.kind == "landmarks" && entry.types.is_empty() && entry.target.is_some() {
            bad(entry.at, "a landmark does not say what it is: `epub:type`");
        }
    }
}

/// A place in the reading order: the document's, and the element's in it.
type Place = (usize, u32);

/// Where an entry leads, if that is in the reading order.
fn place(publication: &Publication, entry: &NavEntry) -> Option<Place> {
    let target = entry.target.as_ref()?;
    let path = target.path()?;
    let at = publication.package.in_spine.get(path)?;
    let document = publication
        .document(path)
        .filter(|document| document.tree.is_whole)?;
    match target.fragment().filter(|id| !id.is_empty()) {
        Some(id) => Some((*at, *document.ids.get(id)?)),
        None => Some((*at, 0)),
    }
}

/// The first entry that leads back behind the one before it.
fn first_back<'e>(publication: &Publication, entries: &'e [NavEntry]) -> Option<&'e NavEntry> {
    let mut last = None;
    entries.iter().find(|entry| {
        let place = place(publication, entry);
        let back = place.is_some() && place < last;
        last = place.or(last);
        back
    })
}

fn order(publication: &Publication, nav: &Nav, tally: &Tally<'_>) {
    let back = nav
        .list("toc")
        .and_then(|toc| first_back(publication, &toc.entries));
    if let Some(entry) = back {
        let message = format!("the contents lead back at `{}`", shown(&entry.label));
        tally.tell(Code::NavigationOrder, entry.at, message);
    }
}

fn pages(publication: &Publication, nav: &Nav, tally: &Tally<'_>) {
    let Some(list) = nav
        .list("page-list")
        .filter(|list| !list.entries.is_empty())
    else {
        return;
    };
    let bad = |at, message: String| tally.tell(Code::BadPageList, at, message);
    if let Some(entry) = first_back(publication, &list.entries) {
        bad(
            entry.at,
            format!("the page list leads back at page `{}`", shown(&entry.label)),
        );
    }
    let mut labels = BTreeSet::new();
    for entry in &list.entries {
        if !entry.label.is_empty() && !labels.insert(entry.label.as_str()) {
            bad(
                entry.at,
                format!("page `{}` is listed twice", shown(&entry.label)),
            );
        }
    }
    // Accessibility 1.1, 3.2.2: where pages are told, so is the book that has them.
    let names = [
        "dc:source",
        "pageBreakSource",
        "dcterms:source",
        "a11y:pageBreakSource",
    ];
    let has_source = names
        .iter()
        .any(|name| publication.package.said(name).next().is_some());
    if let Some(first) = list.entries.first().filter(|_| !has_source) {
        bad(
            first.at,
            "the metadata does not say which printed book's pages these are".to_owned(),
        );
    }
}
