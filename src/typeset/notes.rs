//! Notes that pages have a say in: the marks of those that are numbered by the page, and what the running heads of the
//! notes at the end of a book say.

use std::collections::BTreeMap;

use super::flow::Laid;
use super::plan::Plan;
use crate::manifest::{NoteNumbers, NotePlace};
use crate::model::{ChapterId, NodeRef, NoteKind};
use crate::resolve::{Edition, Words, note_marks};
use crate::unit::Side;

/// The signs of notes in their order, as English and French printers have used them since the 18th century.
pub const SIGNS: [char; 6] = ['*', '†', '‡', '§', '‖', '¶'];

/// How notes of text are numbered by the page, if they are.
pub fn by_page(edition: &Edition) -> Option<fn(usize) -> String> {
    if edition.book.notes() != NotePlace::Foot {
        return None;
    }
    match edition.book.manifest.numbering.notes {
        NoteNumbers::Page => Some(|count| (count + 1).to_string()),
        NoteNumbers::Symbols => Some(sign),
        NoteNumbers::Chapter | NoteNumbers::Book => None,
    }
}

/// The sign of a page's first, second … note, counted from 0; after the last sign, doubled.
fn sign(count: usize) -> String {
    std::iter::repeat_n(SIGNS[count % SIGNS.len()], count / SIGNS.len() + 1).collect()
}

/// Marks to begin with; `beside` says which notes for the margin stand there. Where they go by the page, each note is taken for the first of its page: most are, and the others'
/// marks are about as wide.
pub fn first_marks(
    edition: &Edition,
    beside: impl Fn(NodeRef) -> bool,
) -> BTreeMap<NodeRef, String> {
    let numbers = edition.book.manifest.numbering.notes;
    let mut marks = note_marks(&edition.book.chapters, numbers, &beside);
    if let Some(mark) = by_page(edition) {
        for (chapter, data) in (0u32..).map(ChapterId).zip(&edition.book.chapters) {
            for note in data.notes.iter() {
                let node = NodeRef {
                    chapter,
                    node: note.id,
                };
                let of_text = match note.kind {
                    NoteKind::Text => true,
                    NoteKind::Margin => !beside(node),
                    NoteKind::Table(_) => false,
                };
                if of_text {
                    marks.insert(node, mark(0));
                }
            }
        }
    }
    marks
}

/// The marks that notes should have where they stand now, by the pages of their first calls.
pub fn page_marks(plan: &Plan<'_>, laid: &[(Side, Laid)]) -> BTreeMap<NodeRef, String> {
    let mut marks = plan.note_marks.clone();
    let Some(mark) = by_page(plan.edition) else {
        return marks;
    };
    for (_, laid) in laid {
        let pages: BTreeMap<_, _> = laid
            .anchors
            .iter()
            .map(|(dest, page, _)| (*dest, *page))
            .collect();
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for note in &laid.notes {
            let call = plan.edition.facts.note_calls.get(note);
            let dest = call.and_then(|call| plan.dest(*call));
            let Some(page) = dest.and_then(|dest| pages.get(&dest)) else {
                continue;
            };
            let count = counts.entry(*page).or_insert(0);
            marks.insert(*note, mark(*count));
            *count += 1;
        }
    }
    marks
}

/// What stands above notes at the end of a book: on which pages they are called. `None` if that is not known.
pub fn running_head(plan: &Plan<'_>, notes: &[NodeRef]) -> Option<String> {
    let facts = &plan.edition.facts;
    let folios = notes.iter().filter_map(|note| {
        let call = facts.note_calls.get(note)?;
        let chapter = plan.edition.book.chapter(call.chapter)?;
        // A note that is called in another has no page of text.
        if chapter
            .notes
            .first()
            .is_some_and(|first| call.node >= first.id)
        {
            return None;
        }
        plan.folios.0.get(call)
    });
    let folios: Vec<_> = folios.collect();
    let first = folios.iter().min_by_key(|folio| folio.page)?;
    let last = folios.iter().max_by_key(|folio| folio.page)?;
    let words = Words::of(&plan.edition.book.manifest.metadata.language);
    Some(if first.page == last.page {
        words.notes_to_page.replace("{}", &first.text)
    } else {
        let range = format!("{}\u{2013}{}", first.text, last.text);
        words.notes_to_pages.replace("{}", &range)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_doubled_after_the_last() {
        assert_eq!([0, 1, 5, 6, 12].map(sign), ["*", "†", "¶", "**", "***"]);
    }
}
