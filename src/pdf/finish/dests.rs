//! Where links and the outline lead: named destinations, so that links into the book from outside outlive a new edition;
//! in PDF 2.0 they lead to elements of the structure as well (ISO 32000-2, 12.3.2.3).

use std::collections::BTreeMap;

use lopdf::ObjectId;

use crate::pdf::syntax::{write_milli, write_ref, write_string};
use crate::pdf::version::Version;
use crate::typeset::frame::DestId;

use super::boxes::{on_page, slug};
use super::tags::Tree;
use super::{Book, Draft, tree};

/// Where destinations are in the file.
pub struct Targets<'a> {
    book: &'a Book<'a>,
    /// By destination, in PDF 2.0: the element that begins there.
    elements: Vec<Option<ObjectId>>,
}

impl<'a> Targets<'a> {
    /// Finds them.
    pub fn new(book: &'a Book<'a>, tags: Option<&Tree<'_>>) -> Targets<'a> {
        let tags = tags.filter(|_| book.version == Version::V2_0);
        let dests = |tags: &Tree<'_>| {
            let dests = book.list.dests.iter();
            dests.map(|dest| tags.object(dest.element)).collect()
        };
        let elements = tags.map(dests).unwrap_or_default();
        Targets { book, elements }
    }

    /// A destination's name.
    pub fn name(&self, dest: DestId) -> &'a str {
        let dest = self.book.list.dests.get(dest.0 as usize);
        dest.map_or("", |dest| dest.name.as_str())
    }

    /// Writes that an annotation or a bookmark leads to a destination.
    pub fn lead(&self, out: &mut Vec<u8>, dest: DestId) {
        let name = self.name(dest).as_bytes();
        if !self.elements.is_empty()
            && let Some((_, element)) = self.place(dest)
        {
            out.extend_from_slice(b"/A<</S/GoTo/D");
            write_string(out, name);
            out.extend_from_slice(b"/SD");
            out.extend_from_slice(&element);
            out.extend_from_slice(b">>");
        } else {
            out.extend_from_slice(b"/Dest");
            write_string(out, name);
        }
    }

    /// A destination on its page, and in its element where there is one to name.
    fn place(&self, id: DestId) -> Option<(Vec<u8>, Vec<u8>)> {
        let list = self.book.list;
        let dest = list.dests.get(id.0 as usize)?;
        let object = *self.book.page_ids.get(dest.page as usize)?;
        let page = list.pages.get(dest.page as usize)?;
        let (x, y) = on_page(page, slug(self.book.spec.marks), dest.at);
        let at = |object: ObjectId| {
            let mut place = vec![b'['];
            write_ref(&mut place, object.0);
            place.extend_from_slice(b"/XYZ ");
            write_milli(&mut place, x);
            place.push(b' ');
            write_milli(&mut place, y);
            place.extend_from_slice(b" null]");
            place
        };
        let element = self.elements.get(id.0 as usize).copied().flatten();
        Some((at(object), element.map(at).unwrap_or_default()))
    }

    /// Writes the tree of names; `None` without destinations.
    pub fn write(&self, draft: &mut Draft) -> Option<ObjectId> {
        let mut places = BTreeMap::new();
        for (id, dest) in (0u32..).zip(&self.book.list.dests) {
            let Some((page, element)) = self.place(DestId(id)) else {
                continue;
            };
            let place = match element.is_empty() {
                true => page,
                false => [b"<</D", page.as_slice(), b"/SD", &element, b">>"].concat(),
            };
            // Readers search by the plain bytes, not by what escapes them.
            places.entry(dest.name.as_bytes()).or_insert(place);
        }
        let entries: Vec<_> = places
            .into_iter()
            .map(|(name, place)| {
                let mut key = Vec::new();
                write_string(&mut key, name);
                (key, place)
            })
            .collect();
        (!entries.is_empty()).then(|| tree::write(draft, "Names", &entries))
    }
}
