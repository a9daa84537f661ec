//! Notes: asides at the end of their chapter, below their table, or behind the line that a note of the margin belongs to.
//!
//! In: the calls that were written. Out: the notes, each with the ways back to its calls. The first way back stands before
//! the note, where Kindle looks for it, and is its mark.

use std::collections::BTreeMap;

use super::inline::call_id;
use super::page::Page;
use crate::model::{
    Block, BlockKind, Chapter, Inline, InlineKind, NodeId, Note, NoteKind, Role, Target, Visit,
    walk_blocks, walk_inlines,
};

/// The sign of a way back, as text and not as a picture.
const RETURN: &str = "\u{21A9}\u{FE0E}";

impl<'a> Page<'a> {
    /// The notes that were called, at the end of the chapter; reading systems show them where they are called.
    pub fn notes(&mut self) {
        self.notes_of("section", "footnotes", |_| true);
    }

    /// The notes that were called in a table, right below it.
    pub fn table_notes(&mut self, table: NodeId) {
        self.aside(|page| {
            page.notes_of("div", "table-notes", |note| {
                note.kind == NoteKind::Table(table)
            });
        });
    }

    /// The notes for the margin that were called in what was written last.
    pub fn margin_notes(&mut self) {
        for index in std::mem::take(&mut self.margins) {
            let Some(note) = self.chapter.notes.get(index as usize) else {
                continue;
            };
            self.open_node(
                "aside",
                Some(Role::MarginNote),
                &["margin-note"],
                note.id,
                None,
            )
            .attr("role", "note")
            .line();
            self.aside(|page| page.blocks(&note.blocks));
            self.close_block();
        }
    }

    /// The notes of some kind that were called and not yet written.
    fn notes_of(&mut self, name: &'static str, class: &str, takes: impl Fn(&Note) -> bool) {
        let notes = &self.chapter.notes;
        let next = |page: &Self| {
            let mut waiting = page.waiting.iter().copied();
            waiting.find(|index| notes.get(*index as usize).is_some_and(&takes))
        };
        let Some(mut index) = next(self) else {
            return;
        };
        // The rule above the notes belongs to the first of them: an anchor must not come between the section and it.
        self.turn_before_note(&notes[index as usize]);
        self.open(name, None).attr("class", class);
        if name == "section" {
            self.out
                .attr("epub:type", "footnotes")
                .attr("aria-label", self.words.notes);
        }
        self.out.line();
        // A note may call another, before it or behind it.
        loop {
            self.waiting.remove(&index);
            let note = &notes[index as usize];
            self.turn_before_note(note);
            // Reading systems take notes out of the text: an anchor in one would lead nowhere.
            self.aside(|page| page.note(index, note));
            match next(self) {
                Some(further) => index = further,
                None => break,
            }
        }
        self.close_block();
    }

    /// The anchors of pages that begin with a note's first words or before them.
    fn turn_before_note(&mut self, note: &Note) {
        self.turn_before(note.id);
        if let Some(BlockKind::Paragraph(words)) = note.blocks.first().map(|block| &block.kind) {
            self.turn_before_words(words);
        }
    }

    fn note(&mut self, index: u32, note: &'a Note) {
        self.open_node("aside", Some(Role::Footnote), &["footnote"], note.id, None)
            .attr("epub:type", "footnote")
            .attr("role", "doc-footnote")
            .line();
        let again = self.called.get(&index).is_some_and(|count| *count > 1);
        let is_line = |block: &Block| matches!(block.kind, BlockKind::Paragraph(_));
        if !note.blocks.first().is_some_and(is_line) {
            self.open("p", None);
            self.back_link(index, note);
            self.close_block();
        }
        for (at, block) in note.blocks.iter().enumerate() {
            let last = again && at + 1 == note.blocks.len();
            let BlockKind::Paragraph(content) = &block.kind else {
                self.block(block);
                continue;
            };
            if at > 0 && !last {
                self.block(block);
                continue;
            }
            self.open_node("p", None, &[], block.id, block.attrs.as_deref());
            if at == 0 {
                self.back_link(index, note);
            }
            self.inlines(content);
            if last {
                self.text(" ");
                self.further_links(index);
            }
            self.close_block();
        }
        if again && !note.blocks.last().is_some_and(is_line) {
            self.open("p", None);
            self.further_links(index);
            self.close_block();
        }
        self.close_block();
    }

    /// The ways back to the second call of a note and those behind it.
    fn further_links(&mut self, index: u32) {
        let back = self.words.back;
        for count in 2..=self.called.get(&index).copied().unwrap_or(0) {
            let label = format!("{back} ({count})");
            if count > 2 {
                self.text(" ");
            }
            self.open("a", Some(Role::NoteMark))
                .attr("class", "note-return")
                .attr("href", &format!("#{}", call_id(index, count)))
                .attr("epub:type", "backlink")
                .attr("role", "doc-backlink")
                .attr("aria-label", &label);
            self.text(&format!("{RETURN}{count}"));
            self.close();
        }
    }

    /// The note's mark leads back to its call; it stands first, where Kindle looks for it.
    fn back_link(&mut self, index: u32, note: &'a Note) {
        let facts = &self.volume.edition.facts;
        let mark = facts.note_marks.get(&self.node(note.id));
        let back = self.words.back;
        self.open("a", Some(Role::NoteMark))
            .attr("class", "note-mark")
            .attr("href", &format!("#{}", call_id(index, 1)))
            .attr("epub:type", "backlink")
            .attr("role", "doc-backlink")
            .attr("title", back);
        self.text(mark.map_or("*", String::as_str));
        self.close();
        self.text(" ");
    }
}

/// How often each note of a chapter is called in the EPUB: from its text, and from notes that are called themselves.
pub(super) fn calls(chapter: &Chapter) -> BTreeMap<u32, u32> {
    let mut counts = BTreeMap::new();
    let mut seen = Calls::default();
    walk_blocks(&chapter.blocks, &mut seen);
    let mut waiting = seen.shown();
    while let Some((note, count)) = waiting.pop_first() {
        let known = counts.entry(note).or_insert(0);
        let is_new = *known == 0;
        *known += count;
        if let (true, Some(body)) = (is_new, chapter.notes.get(note as usize)) {
            let mut seen = Calls::default();
            walk_blocks(&body.blocks, &mut seen);
            for (note, count) in seen.shown() {
                *waiting.entry(note).or_insert(0) += count;
            }
        }
    }
    counts
}

/// The calls in a stretch of text.
#[derive(Default)]
struct Calls {
    all: BTreeMap<u32, u32>,
    /// Those of them that are for the PDF alone.
    printed: BTreeMap<u32, u32>,
}

impl Calls {
    fn shown(mut self) -> BTreeMap<u32, u32> {
        for (note, count) in &mut self.all {
            *count = count.saturating_sub(self.printed.get(note).copied().unwrap_or(0));
        }
        self.all.retain(|_, count| *count > 0);
        self.all
    }

    fn print(&mut self, walk: impl FnOnce(&mut Calls)) {
        let mut inside = Calls::default();
        walk(&mut inside);
        for (note, count) in inside.all {
            *self.printed.entry(note).or_insert(0) += count;
        }
    }
}

impl<'a> Visit<'a> for Calls {
    fn block(&mut self, block: &'a Block) {
        if let BlockKind::Only {
            target: Target::Pdf,
            blocks,
        } = &block.kind
        {
            self.print(|inside| walk_blocks(blocks, inside));
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match &inline.kind {
            InlineKind::NoteCall(note) => *self.all.entry(*note).or_insert(0) += 1,
            InlineKind::Only {
                target: Target::Pdf,
                content,
            } => self.print(|inside| walk_inlines(content, inside)),
            _ => {}
        }
    }
}
