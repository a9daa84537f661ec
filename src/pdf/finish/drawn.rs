//! What the pages' streams said, put together by slot and by element.

use std::collections::BTreeMap;

use crate::pdf::content::Corners;
use crate::typeset::structure::{SlotId, Tag};

use super::Book;

/// A stretch of content: its page and number there.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The page, from 0.
    pub page: usize,
    /// The mark's number on it.
    pub number: usize,
}

/// By slot: what is drawn of it.
pub struct Marks {
    /// Where each slot's marks begin in `marks`; one more than there are slots.
    starts: Vec<usize>,
    marks: Vec<Mark>,
    /// Marks of slots that do not exist.
    pub strays: Vec<Mark>,
}

impl Marks {
    /// All marks of all pages.
    pub fn of(book: &Book<'_>) -> Marks {
        let count = book.list.structure.slots as usize;
        let all = || {
            book.sheets.iter().enumerate().flat_map(|(page, sheet)| {
                let numbered = sheet.marks.iter().enumerate();
                numbered.map(move |(number, slot)| (slot.0 as usize, Mark { page, number }))
            })
        };
        let mut starts = vec![0; count + 1];
        let mut strays = Vec::new();
        for (slot, mark) in all() {
            match starts.get_mut(slot + 1) {
                Some(next) => *next += 1,
                None => strays.push(mark),
            }
        }
        for slot in 0..count {
            starts[slot + 1] += starts[slot];
        }
        let mut fill = starts.clone();
        let mut marks = vec![Mark { page: 0, number: 0 }; starts[count]];
        for (slot, mark) in all().filter(|(slot, _)| *slot < count) {
            marks[fill[slot]] = mark;
            fill[slot] += 1;
        }
        Marks {
            starts,
            marks,
            strays,
        }
    }

    /// A slot's, in the order of the pages.
    pub fn of_slot(&self, slot: SlotId) -> &[Mark] {
        let slot = slot.0 as usize;
        match (self.starts.get(slot), self.starts.get(slot + 1)) {
            (Some(&start), Some(&end)) => &self.marks[start..end],
            _ => &[],
        }
    }
}

/// What each figure covers on the first page it is on.
pub fn figures(book: &Book<'_>) -> BTreeMap<u32, (usize, Corners)> {
    let mut figures: BTreeMap<u32, (usize, Corners)> = BTreeMap::new();
    for (page, sheet) in book.sheets.iter().enumerate() {
        for (slot, corners) in &sheet.figures {
            let Some(figure) = book.tagging.figure(*slot) else {
                continue;
            };
            let (first, known) = figures.entry(figure).or_insert((page, *corners));
            if *first == page {
                *known = [
                    known[0].min(corners[0]),
                    known[1].min(corners[1]),
                    known[2].max(corners[2]),
                    known[3].max(corners[3]),
                ];
            }
        }
    }
    figures
}

/// Formulas as they are written, where nothing else says what they are.
pub fn formulas(book: &Book<'_>) -> BTreeMap<u32, String> {
    let elements = &book.list.structure.elements;
    let mut formulas: BTreeMap<u32, String> = BTreeMap::new();
    for (slot, text) in book.sheets.iter().flat_map(|sheet| &sheet.texts) {
        // A formula that stands alone may hold the one that it is.
        let mut around = book.tagging.figure(*slot);
        while let Some(id) = around {
            if let Some(element) = elements.get(id as usize)
                && element.tag == Tag::Formula
                && element.alt.is_none()
            {
                formulas.entry(id).or_default().push_str(text);
            }
            around = book.tagging.parent(id);
        }
    }
    formulas
}
