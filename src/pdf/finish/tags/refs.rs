//! Which elements refer to which others (ISO 32000-2, table 355): calls and their notes to each other, entries of
//! contents to what they list.

use std::collections::BTreeMap;

use crate::typeset::frame::LinkTarget;
use crate::typeset::structure::Tag;

use super::Tree;

/// By element: those that it refers to.
pub fn refs(tree: &Tree<'_>) -> BTreeMap<u32, Vec<u32>> {
    let (book, tagging) = (tree.book, tree.book.tagging);
    let elements = &book.list.structure.elements;
    let mut refs: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let written = || {
        let ids = tagging.order().iter().copied();
        ids.filter(|id| tree.ids[*id as usize].is_some())
    };
    let notes: BTreeMap<_, u32> = written()
        .filter(|id| elements[*id as usize].tag == Tag::Note)
        .filter_map(|id| Some((elements[id as usize].origin?, id)))
        .collect();
    for id in written() {
        let note = elements[id as usize].refers.and_then(|to| notes.get(&to));
        if let Some(note) = note {
            refs.entry(id).or_default().push(*note);
            refs.entry(*note).or_default().push(id);
        }
    }
    for link in tree.links {
        let LinkTarget::Dest(dest) = &link.target else {
            continue;
        };
        let Some(dest) = book.list.dests.get(dest.0 as usize) else {
            continue;
        };
        let mut around = Some(link.element);
        while let Some(id) = around {
            match elements.get(id as usize).map(|element| &element.tag) {
                Some(Tag::TocItem) => {
                    refs.entry(id).or_default().push(dest.element.0);
                    break;
                }
                Some(Tag::Toc | Tag::Sect | Tag::P) | None => break,
                _ => around = tagging.parent(id),
            }
        }
    }
    refs
}
