//! The structure tree: what a screen reader reads (ISO 32000-1, 14.7).
//!
//! In: the structure, what the pages' marks say, the links. Out: an object per element that has content ([`element`]), and
//! the parent tree, which leads from marks and links back to elements. Steps: each element that is written gets its number
//! ([`Tree::new`]), so that destinations may name it; then all are written ([`Tree::write`]).

mod cells;
mod element;
mod refs;

use std::collections::{BTreeMap, BTreeSet};

use lopdf::ObjectId;

use crate::pdf::content::Corners;
use crate::pdf::naming::{name, role};
use crate::pdf::syntax::{write_int, write_ref, write_string};
use crate::pdf::version::Version;
use crate::typeset::structure::{Element, ElementId, Kid, SlotId, Tag};

use super::drawn::{Mark, Marks, figures, formulas};
use super::links::Link;
use super::{Book, Draft, tree};

/// PDF 2.0's own names (ISO 32000-2, 14.8.6.1).
const NAMESPACE: &[u8] = b"<</Type/Namespace/NS(http://iso.org/pdf2/ssn)>>";

/// What was written.
pub struct Tags {
    /// The tree's root.
    pub root: ObjectId,
    /// Nothing was found that PDF/UA forbids: pictures without words, headings that skip a level.
    pub accessible: bool,
}

/// The tree, its elements numbered.
pub struct Tree<'a> {
    book: &'a Book<'a>,
    version: Version,
    links: &'a [Link],
    marks: Marks,
    /// By element.
    ids: Vec<Option<ObjectId>>,
    /// By element: places in `links`.
    taps: BTreeMap<u32, Vec<usize>>,
    figures: BTreeMap<u32, (usize, Corners)>,
    /// The text of formulas that no one put into words.
    formulas: BTreeMap<u32, String>,
    /// Content that no element claims: read with the root.
    unclaimed: Vec<Mark>,
    /// The namespace of PDF 2.0, in a file of that version.
    namespace: Option<ObjectId>,
    /// By cell: the cells that head it, where scopes alone do not tell.
    headers: BTreeMap<u32, Vec<u32>>,
    /// By element: those that it refers to.
    refs: BTreeMap<u32, Vec<u32>>,
}

impl<'a> Tree<'a> {
    /// Gives a number to each element that will be written.
    pub fn new(draft: &mut Draft, book: &'a Book<'a>, links: &'a [Link]) -> Tree<'a> {
        let elements = &book.list.structure.elements;
        let version = book.version;
        let mut tree = Tree {
            book,
            version,
            links,
            marks: Marks::of(book),
            ids: vec![None; elements.len().max(1)],
            taps: BTreeMap::new(),
            figures: figures(book),
            formulas: formulas(book),
            unclaimed: Vec::new(),
            namespace: (version == Version::V2_0).then(|| draft.id()),
            headers: cells::headers(&book.list.structure),
            refs: BTreeMap::new(),
        };
        for (at, link) in links.iter().enumerate() {
            let element = match book.tagging.holds(link.element) {
                true => link.element,
                false => 0,
            };
            tree.taps.entry(element).or_default().push(at);
        }
        tree.unclaimed = tree.unclaimed_marks();
        tree.give_ids(draft);
        if version == Version::V2_0 {
            tree.refs = refs::refs(&tree);
        }
        tree
    }

    /// The object of an element; of one that is not written, that of the nearest around it that is.
    pub fn object(&self, element: ElementId) -> Option<ObjectId> {
        let mut at = element.0;
        loop {
            if let Some(Some(id)) = self.ids.get(at as usize) {
                return Some(*id);
            }
            match self.book.tagging.parent(at) {
                Some(parent) => at = parent,
                None => return self.ids[0],
            }
        }
    }

    /// Writes the tree.
    pub fn write(&self, draft: &mut Draft) -> Tags {
        let book = self.book;
        let elements = &book.list.structure.elements;
        let fallback = Element::new(Tag::Document);
        let root = draft.id();
        let order: &[u32] = match book.tagging.order() {
            [] => &[0],
            order => order,
        };
        let mut tags = Tags {
            root,
            accessible: true,
        };
        let mut roles = BTreeSet::new();
        let mut named = BTreeMap::new();
        let mut headings = Headings::default();
        for &id in order {
            let Some(object) = self.ids[id as usize] else {
                continue;
            };
            let element = elements.get(id as usize).unwrap_or(&fallback);
            let described = element.tag != Tag::Figure || element.alt.is_some();
            tags.accessible &= headings.follow(&element.tag) && described;
            let stands_for = role(&element.tag, self.version);
            roles.extend(stands_for.map(|role| (name(&element.tag, self.version).text, role)));
            if let Some(name) = self.id_of(id, &element.tag) {
                named.insert(name, object);
            }
            let parent = book
                .tagging
                .parent(id)
                .and_then(|parent| self.ids[parent as usize])
                .unwrap_or(root);
            self.element(draft, id, object, element, parent);
        }
        let parents = self.parent_tree(draft);
        let next = book.sheets.len() + self.links.len();
        let names: Vec<_> = named
            .iter()
            .map(|(name, object)| {
                let (mut key, mut value) = (Vec::new(), Vec::new());
                write_string(&mut key, name.as_bytes());
                write_ref(&mut value, object.0);
                (key, value)
            })
            .collect();
        let names = (!names.is_empty()).then(|| tree::write(draft, "Names", &names));

        let out = draft.packed.begin(root);
        out.extend_from_slice(b"<</Type/StructTreeRoot");
        if let Some(top) = self.ids[0] {
            out.extend_from_slice(b"/K ");
            write_ref(out, top.0);
        }
        out.extend_from_slice(b"/ParentTree ");
        write_ref(out, parents.0);
        out.extend_from_slice(b"/ParentTreeNextKey ");
        write_int(out, next as i64);
        if let Some(names) = names {
            out.extend_from_slice(b"/IDTree ");
            write_ref(out, names.0);
        }
        if !roles.is_empty() {
            out.extend_from_slice(b"/RoleMap<<");
            for (name, role) in roles {
                out.extend_from_slice(format!("/{name}/{role}").as_bytes());
            }
            out.extend_from_slice(b">>");
        }
        if let Some(namespace) = self.namespace {
            out.extend_from_slice(b"/Namespaces[");
            write_ref(out, namespace.0);
            out.push(b']');
        }
        out.extend_from_slice(b">>");
        if let Some(namespace) = self.namespace {
            let out = draft.packed.begin(namespace);
            out.extend_from_slice(NAMESPACE);
        }
        tags
    }

    /// Marks of slots that are in no element, in reading order.
    fn unclaimed_marks(&self) -> Vec<Mark> {
        let structure = &self.book.list.structure;
        let mut claimed = vec![false; structure.slots as usize];
        for &id in self.book.tagging.order() {
            for kid in &structure.elements[id as usize].kids {
                if let Kid::Slot(SlotId(slot)) = kid
                    && self.book.tagging.element(SlotId(*slot)) == id
                    && let Some(claimed) = claimed.get_mut(*slot as usize)
                {
                    *claimed = true;
                }
            }
        }
        let mut marks = self.marks.strays.clone();
        for (slot, claimed) in claimed.iter().enumerate() {
            if !claimed {
                marks.extend_from_slice(self.marks.of_slot(SlotId(slot as u32)));
            }
        }
        marks
    }

    /// Gives a number to each element that has content: of its own, or in what it holds. Cells count even when empty,
    /// else the columns of a table would shift.
    fn give_ids(&mut self, draft: &mut Draft) {
        let (book, elements) = (self.book, &self.book.list.structure.elements);
        let mut kept = vec![false; self.ids.len()];
        kept[0] = true;
        let order = book.tagging.order();
        for &id in order.iter().rev() {
            let element = &elements[id as usize];
            let own = kept[id as usize]
                || self.taps.contains_key(&id)
                || matches!(element.tag, Tag::TableCell { .. } | Tag::TableHeader { .. })
                || element.kids.iter().any(
                    |kid| matches!(kid, Kid::Slot(slot) if !self.marks.of_slot(*slot).is_empty()),
                );
            if own {
                kept[id as usize] = true;
                if let Some(parent) = book.tagging.parent(id) {
                    kept[parent as usize] = true;
                }
            }
        }
        self.ids[0] = Some(draft.id());
        for &id in order.iter().filter(|&&id| id != 0) {
            if kept[id as usize] {
                self.ids[id as usize] = Some(draft.id());
            }
        }
    }

    /// From pages' marks, and then from links, back to their elements.
    fn parent_tree(&self, draft: &mut Draft) -> ObjectId {
        let object = |element: u32| {
            let found = self.ids.get(element as usize).copied().flatten();
            found.or(self.ids[0]).map_or(0, |id| id.0)
        };
        let key = |number: usize| {
            let mut key = Vec::new();
            write_int(&mut key, number as i64);
            key
        };
        let mut entries = Vec::new();
        for (page, sheet) in self.book.sheets.iter().enumerate() {
            if sheet.marks.is_empty() {
                continue;
            }
            let mut value = vec![b'['];
            for (number, slot) in sheet.marks.iter().enumerate() {
                if number > 0 {
                    value.push(b' ');
                }
                write_ref(&mut value, object(self.book.tagging.element(*slot)));
            }
            value.push(b']');
            entries.push((key(page), value));
            let dict = draft.pages.get(page).copied();
            if let Some(Ok(dict)) = dict.map(|id| draft.doc.get_dictionary_mut(id)) {
                dict.set("StructParents", page as i64);
            }
        }
        for link in self.links {
            let mut value = Vec::new();
            write_ref(&mut value, object(link.element));
            entries.push((key(link.parent), value));
        }
        tree::write(draft, "Nums", &entries)
    }
}

/// Whether headings step down one level at a time (PDF/UA-1, 7.4.2).
#[derive(Default)]
struct Headings(u8);

impl Headings {
    fn follow(&mut self, tag: &Tag) -> bool {
        let Tag::Heading(level) = tag else {
            return true;
        };
        let level = (*level).clamp(1, 6);
        let steps = level <= self.0 + 1;
        self.0 = level;
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_may_not_skip() {
        let follows = |levels: &[u8]| {
            let mut headings = Headings::default();
            levels
                .iter()
                .all(|&level| headings.follow(&Tag::Heading(level)))
        };
        assert!(follows(&[1, 2, 3, 1, 2, 2, 1]));
        assert!(!follows(&[2]) && !follows(&[1, 3]));
    }
}
