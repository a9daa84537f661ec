//! Named destinations, so that links into the book from outside outlive a new edition.

use std::collections::BTreeMap;

use lopdf::ObjectId;

use super::boxes::{on_page, slug};
use super::{Book, Draft, tree};
use crate::pdf::syntax::{write_milli, write_ref, write_string};

/// Writes the tree of names; `None` without destinations.
pub fn write(draft: &mut Draft, book: &Book<'_>) -> Option<ObjectId> {
    let (list, slug) = (book.list, slug(book.spec.marks));
    let mut places = BTreeMap::new();
    for dest in &list.dests {
        let page = dest.page as usize;
        let (Some(id), Some(page)) = (draft.pages.get(page), list.pages.get(page)) else {
            continue;
        };
        let (x, y) = on_page(page, slug, dest.at);
        let mut place = vec![b'['];
        write_ref(&mut place, id.0);
        place.extend_from_slice(b"/XYZ ");
        write_milli(&mut place, x);
        place.push(b' ');
        write_milli(&mut place, y);
        place.extend_from_slice(b" null]");
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
