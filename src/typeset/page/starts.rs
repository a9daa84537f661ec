//! Where in the book's text a page begins.
//!
//! In: a page's type area, and the structure of its flow. Out: the first of the book's words on it, as they are read: of its
//! running text if it has any, else of what floats there. What a page repeats, and notes at its foot, begin no page; notes
//! at the end of a chapter are text.

use std::cell::OnceCell;

use super::compose::Area;
use crate::manifest::NotePlace;
use crate::model::{Chapter, Locus, NoteKind};
use crate::resolve::{Book, PageStart, PageStarts};
use crate::typeset::flow::{Flow, Laid};
use crate::typeset::frame::{Frame, Item, Owner};
use crate::typeset::page::finalize::{Sheet, printed};
use crate::typeset::structure::{Kid, SlotId, Structure};

/// Where each page of a flow begins, if it has words of the flow's chapters.
pub fn of_flow(
    areas: &[Area],
    flow: &Flow,
    structure: &Structure,
    book: &Book,
) -> Vec<Option<Locus>> {
    let mut search = Search {
        flow,
        structure,
        book,
        least: Locus::default(),
        owners: OnceCell::new(),
    };
    let first = areas.iter().map(|area| {
        let first = search.first(area);
        search.least = first.unwrap_or(search.least);
        first
    });
    first.collect()
}

struct Search<'a> {
    flow: &'a Flow,
    structure: &'a Structure,
    book: &'a Book,
    /// Where the page before begins. What comes of an earlier place is a title of our own, as the one over notes is.
    least: Locus,
    /// The element of each slot; found out when it is asked for.
    owners: OnceCell<Vec<u32>>,
}

impl Search<'_> {
    fn first(&self, area: &Area) -> Option<Locus> {
        let items = &area.frame.items;
        let mut first = None;
        let text = items.get(area.text.clone()).unwrap_or_default();
        text.iter()
            .for_each(|(_, item)| self.item(item, &mut first));
        if first.is_none() {
            items
                .iter()
                .for_each(|(_, item)| self.item(item, &mut first));
        }
        first
    }

    fn item(&self, item: &Item, first: &mut Option<Locus>) {
        let here = match item {
            Item::Group(frame) | Item::Turned(frame) | Item::Clipped(frame) => {
                return self.frame(frame, first);
            }
            Item::Glyphs {
                run,
                owner: Owner::Slot(_),
                ..
            } => run.from,
            Item::Image {
                owner: Owner::Slot(slot),
                ..
            } => self.image(*slot),
            _ => None,
        };
        let Some(here) = here.filter(|here| first.is_none_or(|first| *here < first)) else {
            return;
        };
        if here >= self.least && self.is_text(here) {
            *first = Some(here);
        }
    }

    fn frame(&self, frame: &Frame, first: &mut Option<Locus>) {
        frame
            .items
            .iter()
            .for_each(|(_, item)| self.item(item, first));
    }

    /// The node of an image.
    fn image(&self, slot: SlotId) -> Option<Locus> {
        let owners = self.owners.get_or_init(|| owners(self.structure));
        let element = *owners.get(slot.0 as usize)?;
        let node = self.structure.elements.get(element as usize)?.origin?;
        Some(Locus { node, byte: 0 })
    }

    /// Whether it is text of the flow's chapters that stands in its order: no note but those at the end of a chapter.
    fn is_text(&self, here: Locus) -> bool {
        let chapter = here.node.chapter.0 as usize;
        let chapter = self.book.chapters.get(chapter);
        let ends_chapter = self.book.notes() == NotePlace::Chapter;
        self.flow.chapters.contains(&(here.node.chapter.0 as usize))
            && chapter.is_some_and(|chapter| {
                note_of(chapter, here).is_none_or(|kind| ends_chapter && kind == NoteKind::Text)
            })
    }
}

/// The number of the element that each slot is of.
fn owners(structure: &Structure) -> Vec<u32> {
    let mut owners = vec![u32::MAX; structure.slots as usize];
    for (number, element) in (0u32..).zip(&structure.elements) {
        for kid in &element.kids {
            if let Kid::Slot(slot) = kid
                && let Some(owner) = owners.get_mut(slot.0 as usize)
            {
                *owner = number;
            }
        }
    }
    owners
}

/// The kind of the note that a place is in. Notes are numbered behind the text of their chapter.
fn note_of(chapter: &Chapter, here: Locus) -> Option<NoteKind> {
    let behind = chapter
        .notes
        .partition_point(|note| note.id <= here.node.node);
    Some(chapter.notes[behind.checked_sub(1)?].kind)
}

/// Puts the pages of all flows together. A page without words of its own, such as a blank one, begins where the next one
/// does; those behind the last words have no place.
pub fn of_book(sheets: &[Sheet], laid: &[Laid]) -> PageStarts {
    let mut latest = Locus::default();
    let own: Vec<Option<Locus>> = sheets
        .iter()
        .map(|sheet| {
            let (flow, page) = sheet.content?;
            let here = (*laid.get(flow)?.starts.get(page)?)?;
            // What floats may stand pages behind the words around it.
            let here = Some(here).filter(|here| *here >= latest)?;
            latest = here;
            Some(here)
        })
        .collect();
    let mut next = None;
    let mut pages: Vec<PageStart> = sheets
        .iter()
        .zip(own)
        .rev()
        .map(|(sheet, own)| {
            next = own.or(next);
            PageStart {
                label: printed(sheet.label),
                at: next,
            }
        })
        .collect();
    pages.reverse();
    PageStarts(pages)
}
