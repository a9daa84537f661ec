//! Notes: how each is marked.
//!
//! In: the chapters and how their notes are to be numbered. Out: each note's mark. Notes of a text are numbered in the
//! order of their first calls; those of a table have letters, which begin anew with each table, so that they are never
//! taken for figures of the table or for notes of the text.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::manifest::NoteNumbers;
use crate::model::{Chapter, ChapterId, NodeRef, NoteKind};
use crate::numeral::doubled;

/// Each note's mark, by the note's own node. What is numbered by the page is numbered by the chapter here: there are no
/// pages yet. Notes in the margin have none; `beside` says which of those for the margin stand there.
pub fn note_marks(
    chapters: &[Arc<Chapter>],
    numbers: NoteNumbers,
    beside: impl Fn(NodeRef) -> bool,
) -> BTreeMap<NodeRef, String> {
    let mut marks = BTreeMap::new();
    let mut number = 0;
    for (chapter, data) in (0u32..).zip(chapters) {
        if numbers != NoteNumbers::Book {
            number = 0;
        }
        let mut of_tables = BTreeMap::new();
        for note in &data.notes {
            let node = NodeRef {
                chapter: ChapterId(chapter),
                node: note.id,
            };
            let mark = match note.kind {
                NoteKind::Margin if beside(node) => continue,
                NoteKind::Text | NoteKind::Margin => {
                    number += 1;
                    number.to_string()
                }
                NoteKind::Table(table) => {
                    let count = of_tables.entry(table).or_insert(0);
                    *count += 1;
                    doubled(*count as u32)
                }
            };
            marks.insert(node, mark);
        }
    }
    marks
}
