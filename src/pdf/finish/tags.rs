//! The structure tree: what a screen reader reads (ISO 32000-1, 14.7).
//!
//! In: the structure, what the pages' marks say, the links. Out: an object per element that has content, and the parent
//! tree, which leads from marks and links back to elements.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::ObjectId;

use crate::pdf::content::Corners;
use crate::pdf::syntax::{text_bytes, write_int, write_milli, write_ref, write_string, write_text};
use crate::pdf::tagging::{role, tag_name};
use crate::typeset::structure::{Element, ElementId, Kid, SlotId, Tag};

use super::drawn::{Mark, Marks, figures, formulas};
use super::links::Link;
use super::{Book, Draft, tree};

/// What was written.
pub struct Tags {
    /// The tree's root.
    pub root: ObjectId,
    /// Nothing was found that PDF/UA-1 forbids: pictures without words, headings that skip a level.
    pub accessible: bool,
}

struct Writer<'a> {
    book: &'a Book<'a>,
    marks: Marks,
    /// By element.
    ids: Vec<Option<ObjectId>>,
    links: BTreeMap<u32, Vec<&'a Link>>,
    figures: BTreeMap<u32, (usize, Corners)>,
    /// The text of formulas that no one put into words.
    formulas: BTreeMap<u32, String>,
    /// Content that no element claims: read with the root.
    unclaimed: Vec<Mark>,
}

/// Writes the tree.
pub fn write(draft: &mut Draft, book: &Book<'_>, links: &[Link]) -> Tags {
    let elements = &book.list.structure.elements;
    let fallback = Element::new(Tag::Document);
    let mut writer = Writer {
        book,
        marks: Marks::of(book),
        ids: vec![None; elements.len().max(1)],
        links: BTreeMap::new(),
        figures: figures(book),
        formulas: formulas(book),
        unclaimed: Vec::new(),
    };
    for link in links {
        let element = if book.tagging.holds(link.element) {
            link.element
        } else {
            0
        };
        writer.links.entry(element).or_default().push(link);
    }
    writer.unclaimed = writer.unclaimed_marks();
    writer.give_ids(draft);

    let root = draft.id();
    let order: &[u32] = match book.tagging.order() {
        [] => &[0],
        order => order,
    };
    let mut tags = Tags {
        root,
        accessible: true,
    };
    let mut seen = Seen::default();
    let mut headings = Headings::default();
    for &id in order {
        let Some(object) = writer.ids[id as usize] else {
            continue;
        };
        let element = elements.get(id as usize).unwrap_or(&fallback);
        let described = element.tag != Tag::Figure || element.alt.is_some();
        tags.accessible &= headings.follow(&element.tag) && described;
        seen.roles
            .extend(role(&element.tag).map(|role| (tag_name(&element.tag), role)));
        if element.tag == Tag::Note {
            seen.notes.insert(note_id(id), object);
        }
        let parent = book
            .tagging
            .parent(id)
            .and_then(|parent| writer.ids[parent as usize])
            .unwrap_or(root);
        writer.element(draft, id, object, element, parent);
    }
    let parents = writer.parent_tree(draft, links);
    let next = book.sheets.len() + links.len();
    let notes: Vec<_> = seen
        .notes
        .iter()
        .map(|(name, object)| {
            let (mut key, mut value) = (Vec::new(), Vec::new());
            write_string(&mut key, name.as_bytes());
            write_ref(&mut value, object.0);
            (key, value)
        })
        .collect();
    let notes = (!notes.is_empty()).then(|| tree::write(draft, "Names", &notes));

    let top = writer.ids[0];
    let out = draft.packed.begin(root);
    out.extend_from_slice(b"<</Type/StructTreeRoot");
    if let Some(top) = top {
        out.extend_from_slice(b"/K ");
        write_ref(out, top.0);
    }
    out.extend_from_slice(b"/ParentTree ");
    write_ref(out, parents.0);
    out.extend_from_slice(b"/ParentTreeNextKey ");
    write_int(out, next as i64);
    if let Some(notes) = notes {
        out.extend_from_slice(b"/IDTree ");
        write_ref(out, notes.0);
    }
    if !seen.roles.is_empty() {
        out.extend_from_slice(b"/RoleMap<<");
        for (name, role) in seen.roles {
            out.extend_from_slice(format!("/{name}/{role}").as_bytes());
        }
        out.extend_from_slice(b">>");
    }
    out.extend_from_slice(b">>");
    tags
}

/// What the root has to list.
#[derive(Default)]
struct Seen {
    roles: BTreeSet<(&'static str, &'static str)>,
    notes: BTreeMap<String, ObjectId>,
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

/// A note's name: PDF/UA-1 (7.9) wants one for each.
fn note_id(element: u32) -> String {
    format!("note-{element:06}")
}

impl Writer<'_> {
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
                || self.links.contains_key(&id)
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

    fn element(
        &self,
        draft: &mut Draft,
        id: u32,
        object: ObjectId,
        element: &Element,
        parent: ObjectId,
    ) {
        let Draft { packed, pages, .. } = draft;
        let out = packed.begin(object);
        out.extend_from_slice(b"<</S/");
        out.extend_from_slice(self.name(id, &element.tag).as_bytes());
        out.extend_from_slice(b"/P ");
        write_ref(out, parent.0);
        if let Some(lang) = &element.lang {
            out.extend_from_slice(b"/Lang");
            write_text(out, lang.tag());
        }
        let alt = element.alt.as_ref().or_else(|| self.formulas.get(&id));
        for (key, value) in [("/Alt", alt), ("/E", element.expansion.as_ref())] {
            if let Some(value) = value {
                out.extend_from_slice(key.as_bytes());
                write_string(out, &text_bytes(value));
            }
        }
        if element.tag == Tag::Note {
            out.extend_from_slice(b"/ID");
            write_string(out, note_id(id).as_bytes());
        }
        self.attributes(out, id, &element.tag);
        self.kids(out, pages, id, element);
        out.extend_from_slice(b">>");
    }

    /// An element's name. Rows that would be a table's head without a body are its body (PDF/UA-1, 7.2).
    fn name(&self, id: u32, tag: &Tag) -> &'static str {
        let elements = &self.book.list.structure.elements;
        if *tag == Tag::TableHead
            && let Some(table) = self.book.tagging.parent(id)
        {
            let mut kids = elements[table as usize].kids.iter();
            let has_body = kids.any(|kid| match kid {
                Kid::Element(ElementId(kid)) => {
                    let body = elements.get(*kid as usize).map(|e| &e.tag) == Some(&Tag::TableBody);
                    body && self.ids.get(*kid as usize).is_some_and(Option::is_some)
                }
                Kid::Slot(_) => false,
            });
            if !has_body {
                return "TBody";
            }
        }
        tag_name(tag)
    }

    fn attributes(&self, out: &mut Vec<u8>, id: u32, tag: &Tag) {
        match *tag {
            Tag::List { ordered } => out.extend_from_slice(if ordered {
                b"/A<</O/List/ListNumbering/Decimal>>"
            } else {
                b"/A<</O/List/ListNumbering/Disc>>".as_slice()
            }),
            Tag::TableHeader { row, columns, rows } => {
                out.extend_from_slice(b"/A<</O/Table/Scope/");
                out.extend_from_slice(if row { b"Row" } else { b"Column".as_slice() });
                spans(out, columns, rows);
                out.extend_from_slice(b">>");
            }
            Tag::TableCell { columns, rows } if columns > 1 || rows > 1 => {
                out.extend_from_slice(b"/A<</O/Table");
                spans(out, columns, rows);
                out.extend_from_slice(b">>");
            }
            Tag::Figure | Tag::Formula => {
                if let Some((_, corners)) = self.figures.get(&id) {
                    out.extend_from_slice(b"/A<</O/Layout/BBox[");
                    for (index, side) in corners.iter().enumerate() {
                        if index > 0 {
                            out.push(b' ');
                        }
                        write_milli(out, *side);
                    }
                    out.extend_from_slice(b"]>>");
                }
            }
            _ => {}
        }
    }

    /// Writes an element's page and what is in it: numbers of marks on that page, references to all else.
    fn kids(&self, out: &mut Vec<u8>, pages: &[ObjectId], id: u32, element: &Element) {
        let page_of = |page: usize| pages.get(page).map_or(0, |id| id.0);
        let own = |kid: &Kid| match kid {
            Kid::Slot(slot) if self.book.tagging.element(*slot) == id => self.marks.of_slot(*slot),
            _ => &[],
        };
        let links = self.links.get(&id).map(Vec::as_slice).unwrap_or_default();
        let unclaimed: &[Mark] = if id == 0 { &self.unclaimed } else { &[] };
        let first = element.kids.iter().flat_map(own).chain(unclaimed).next();
        let home = first
            .map(|mark| mark.page)
            .or(links.first().map(|link| link.page));
        if let Some(page) = home {
            out.extend_from_slice(b"/Pg ");
            write_ref(out, page_of(page));
        }
        out.extend_from_slice(b"/K[");
        let start = out.len();
        let gap = |out: &mut Vec<u8>| {
            if out.len() > start {
                out.push(b' ');
            }
        };
        let mark = |out: &mut Vec<u8>, mark: &Mark| {
            gap(out);
            if home == Some(mark.page) {
                write_int(out, mark.number as i64);
            } else {
                out.extend_from_slice(b"<</Type/MCR/Pg ");
                write_ref(out, page_of(mark.page));
                out.extend_from_slice(b"/MCID ");
                write_int(out, mark.number as i64);
                out.extend_from_slice(b">>");
            }
        };
        for kid in &element.kids {
            match kid {
                Kid::Element(ElementId(kid)) => {
                    let is_child = self.book.tagging.parent(*kid) == Some(id);
                    if let Some(Some(object)) = self.ids.get(*kid as usize).filter(|_| is_child) {
                        gap(out);
                        write_ref(out, object.0);
                    }
                }
                slot => own(slot).iter().for_each(|m| mark(out, m)),
            }
        }
        unclaimed.iter().for_each(|m| mark(out, m));
        for link in links {
            gap(out);
            out.extend_from_slice(b"<</Type/OBJR/Pg ");
            write_ref(out, page_of(link.page));
            out.extend_from_slice(b"/Obj ");
            write_ref(out, link.id.0);
            out.extend_from_slice(b">>");
        }
        out.push(b']');
    }

    /// From pages' marks, and then from links, back to their elements.
    fn parent_tree(&self, draft: &mut Draft, links: &[Link]) -> ObjectId {
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
        for link in links {
            let mut value = Vec::new();
            write_ref(&mut value, object(link.element));
            entries.push((key(link.parent), value));
        }
        tree::write(draft, "Nums", &entries)
    }
}

/// Writes how many columns and rows a cell covers, where more than one.
fn spans(out: &mut Vec<u8>, columns: u32, rows: u32) {
    for (name, count) in [("/ColSpan ", columns), ("/RowSpan ", rows)] {
        if count > 1 {
            out.extend_from_slice(name.as_bytes());
            write_int(out, i64::from(count));
        }
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
