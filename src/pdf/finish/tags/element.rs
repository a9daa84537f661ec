//! One element: its name, what is said of it, what is in it.

use lopdf::ObjectId;

use crate::pdf::finish::Draft;
use crate::pdf::finish::drawn::Mark;
use crate::pdf::naming::{Name, name, numbering};
use crate::pdf::syntax::{
    text_bytes, write_corners, write_int, write_ref, write_string, write_text,
};
use crate::pdf::version::Version;
use crate::typeset::structure::{Element, ElementId, Kid, Tag};

use super::Tree;

impl Tree<'_> {
    /// The name by which others find an element: PDF/UA-1 (7.9) wants one for each note; cells name those that head them.
    pub(super) fn id_of(&self, id: u32, tag: &Tag) -> Option<String> {
        match tag {
            Tag::Note => Some(format!("note-{id:06}")),
            Tag::TableHeader { .. } if self.headers.contains_key(&id) => {
                Some(format!("head-{id:06}"))
            }
            _ => None,
        }
    }

    /// Writes an element.
    pub(super) fn element(
        &self,
        draft: &mut Draft,
        id: u32,
        object: ObjectId,
        element: &Element,
        parent: ObjectId,
    ) {
        let Draft { packed, pages, .. } = draft;
        let out = packed.begin(object);
        let name = self.name(id, &element.tag);
        out.extend_from_slice(b"<</S/");
        out.extend_from_slice(name.text.as_bytes());
        out.extend_from_slice(b"/P ");
        write_ref(out, parent.0);
        if let Some(namespace) = self.namespace.filter(|_| name.modern) {
            out.extend_from_slice(b"/NS ");
            write_ref(out, namespace.0);
        }
        if let Some(lang) = &element.lang {
            out.extend_from_slice(b"/Lang");
            write_text(out, lang.tag());
        }
        let alt = element.alt.as_ref().or_else(|| self.formulas.get(&id));
        for (key, value) in [
            ("/Alt", alt),
            ("/ActualText", element.actual.as_ref()),
            ("/E", element.expansion.as_ref()),
        ] {
            if let Some(value) = value {
                out.extend_from_slice(key.as_bytes());
                write_string(out, &text_bytes(value));
            }
        }
        if let Some(name) = self.id_of(id, &element.tag) {
            out.extend_from_slice(b"/ID");
            write_string(out, name.as_bytes());
        }
        if let Some(refs) = self.refs.get(&id) {
            out.extend_from_slice(b"/Ref[");
            let mut objects: Vec<u32> = refs
                .iter()
                .filter_map(|to| Some(self.object(ElementId(*to))?.0))
                .collect();
            objects.dedup();
            for (index, object) in objects.into_iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write_ref(out, object);
            }
            out.push(b']');
        }
        self.attributes(out, id, &element.tag);
        self.kids(out, pages, id, element);
        out.extend_from_slice(b">>");
    }

    /// What an element is written as where PDF 2.0 does not let it stand (ISO/TS 32005, table 5): asides in quotations, cells
    /// and each other, quotations in cells, headings in notes.
    fn misfit(&self, id: u32, tag: &Tag) -> Option<Tag> {
        if !matches!(tag, Tag::Aside | Tag::BlockQuote | Tag::Heading(_)) {
            return None;
        }
        let elements = &self.book.list.structure.elements;
        let mut boxed = false;
        let mut around = self.book.tagging.parent(id);
        while let Some(id) = around {
            match elements.get(id as usize).map(|element| &element.tag) {
                Some(Tag::Aside | Tag::BlockQuote) => boxed = true,
                // What is in a division counts as in what is around it.
                Some(Tag::Div) => {}
                found => {
                    let in_cell =
                        matches!(found, Some(Tag::TableCell { .. } | Tag::TableHeader { .. }));
                    let free = matches!(
                        found,
                        Some(Tag::Document | Tag::Part | Tag::Sect | Tag::ListBody)
                    );
                    return match tag {
                        Tag::Heading(_) => (found == Some(&Tag::Note)).then_some(Tag::P),
                        Tag::Aside => (boxed || !free).then_some(Tag::Div),
                        _ => in_cell.then_some(Tag::Div),
                    };
                }
            }
            around = self.book.tagging.parent(id);
        }
        (*tag == Tag::Aside && boxed).then_some(Tag::Div)
    }

    /// An element's name. Rows that would be a table's head without a body are its body (PDF/UA-1, 7.2).
    fn name(&self, id: u32, tag: &Tag) -> Name {
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
                return name(&Tag::TableBody, self.version);
            }
        }
        if self.version == Version::V2_0
            && let Some(other) = self.misfit(id, tag)
        {
            return name(&other, self.version);
        }
        name(tag, self.version)
    }

    fn attributes(&self, out: &mut Vec<u8>, id: u32, tag: &Tag) {
        match *tag {
            Tag::List { numbering: kind } => {
                out.extend_from_slice(b"/A<</O/List/ListNumbering/");
                out.extend_from_slice(numbering(kind, self.version).as_bytes());
                out.extend_from_slice(b">>");
            }
            Tag::TableHeader { row, columns, rows } => {
                out.extend_from_slice(b"/A<</O/Table/Scope/");
                out.extend_from_slice(if row { b"Row" } else { b"Column".as_slice() });
                spans(out, columns, rows);
                self.headed(out, id);
                out.extend_from_slice(b">>");
            }
            Tag::TableCell { columns, rows }
                if columns > 1 || rows > 1 || self.headers.contains_key(&id) =>
            {
                out.extend_from_slice(b"/A<</O/Table");
                spans(out, columns, rows);
                self.headed(out, id);
                out.extend_from_slice(b">>");
            }
            Tag::Figure | Tag::Formula => {
                if let Some((_, corners)) = self.figures.get(&id) {
                    out.extend_from_slice(b"/A<</O/Layout/BBox[");
                    write_corners(out, *corners);
                    out.extend_from_slice(b"]>>");
                }
            }
            _ => {}
        }
    }

    /// Writes which cells head a cell.
    fn headed(&self, out: &mut Vec<u8>, id: u32) {
        let elements = &self.book.list.structure.elements;
        let Some(headers) = self.headers.get(&id).filter(|headers| !headers.is_empty()) else {
            return;
        };
        out.extend_from_slice(b"/Headers[");
        for header in headers {
            if let Some(name) = self.id_of(*header, &elements[*header as usize].tag) {
                write_string(out, name.as_bytes());
            }
        }
        out.push(b']');
    }

    /// Writes an element's page and what is in it: numbers of marks on that page, references to all else.
    fn kids(&self, out: &mut Vec<u8>, pages: &[ObjectId], id: u32, element: &Element) {
        let page_of = |page: usize| pages.get(page).map_or(0, |id| id.0);
        let own = |kid: &Kid| match kid {
            Kid::Slot(slot) if self.book.tagging.element(*slot) == id => self.marks.of_slot(*slot),
            _ => &[],
        };
        let taps = self.taps.get(&id).map(Vec::as_slice).unwrap_or_default();
        let unclaimed: &[Mark] = if id == 0 { &self.unclaimed } else { &[] };
        let first = element.kids.iter().flat_map(own).chain(unclaimed).next();
        let home = first
            .map(|mark| mark.page)
            .or(taps.first().map(|at| self.links[*at].page));
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
        for at in taps {
            let link = &self.links[*at];
            gap(out);
            out.extend_from_slice(b"<</Type/OBJR/Pg ");
            write_ref(out, page_of(link.page));
            out.extend_from_slice(b"/Obj ");
            write_ref(out, link.id.0);
            out.extend_from_slice(b">>");
        }
        out.push(b']');
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
