//! Notes: their bodies as lines for the foot of the page, below a table, or as text at the end of a chapter or the book.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::opening::text;
use super::pieces::pieces;
use super::stick::Stick;
use super::{MarginNote, MarkKind, NoteBody};
use crate::manifest::NotePlace;
use crate::model::{BlockKind, ChapterId, NodeId, NodeRef, NoteKind, Role};
use crate::resolve::Words;
use crate::typeset::frame::{Frame, Item, LinkTarget};
use crate::typeset::page::cost;
use crate::typeset::page::findings::inner::Within;
use crate::typeset::page::heads::chapter_title;
use crate::typeset::paragraph::Voice;
use crate::typeset::plan::Plan;
use crate::typeset::structure::{Element, ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Size};

/// From a note's mark to its words, in parts of the font size.
const MARK_GAP: f64 = 0.35;

/// From a table to its notes, in lines.
const BELOW_TABLE: f64 = 0.25;

/// The notes called so far in a chapter.
#[derive(Debug, Default)]
pub struct Calls {
    /// All of them.
    seen: BTreeSet<u32>,
    /// Those to be set at the chapter's end, with their elements.
    waiting: Vec<(u32, ElementId)>,
    /// Those to be set below the table at hand; `None` outside tables.
    of_table: Option<Vec<(u32, ElementId)>>,
    /// Those to be set behind the note at hand, at the foot of the page; `None` outside such notes.
    of_note: Option<Vec<(u32, ElementId)>>,
}

impl Stick<'_, '_> {
    /// Takes up a call: sets the note's body if this is its first call. Whether a body for the foot of the page was set.
    pub(super) fn note(&mut self, note: u32, element: ElementId) -> bool {
        if !self.calls.seen.insert(note) {
            return false;
        }
        let data = self.cx.data.notes.get(note as usize);
        let kind = data.map(|note| note.kind);
        if let Some(data) = data.filter(|note| note.kind == NoteKind::Margin)
            && self.plan.in_margin(self.node(data.id))
        {
            self.margin_note(note, data.id, element);
            return false;
        }
        if let (Some(NoteKind::Table(_)), Some(below)) = (kind, &mut self.calls.of_table) {
            below.push((note, element));
            return false;
        }
        if self.plan.edition.book.notes() != NotePlace::Foot {
            self.calls.waiting.push((note, element));
            return false;
        }
        // Notes may call notes without end: they are set one after the other, not one within the other.
        if let Some(behind) = &mut self.calls.of_note {
            behind.push((note, element));
            return false;
        }
        let body = self.note_body(note, element);
        self.galley.notes.push(body);
        true
    }

    /// Sets a note for the margin.
    fn margin_note(&mut self, number: u32, id: NodeId, element: ElementId) {
        let plan = self.plan;
        let node = self.node(id);
        if self.inner {
            // Nor can what a note calls stand in the margin.
            self.galley.refused.push(node);
            return;
        }
        let width = plan.margin.unwrap_or_default();
        let calls = std::mem::take(&mut self.calls);
        let mut inner = Stick::new(self.cx, plan, width, element);
        inner.inner = true;
        inner.calls = calls;
        inner.text = plan.style(Role::MarginNote, &[], &plan.body);
        inner.origin = node;
        inner.anchor(id);
        if let Some(note) = inner.cx.data.notes.get(number as usize) {
            inner.blocks(&note.blocks);
        }
        let lines = pieces(&inner.galley);
        let notes = std::mem::take(&mut inner.galley.notes);
        self.calls = std::mem::take(&mut inner.calls);
        let height: Abs = lines.iter().map(|line| line.height).sum();
        if height > plan.depth || !notes.is_empty() {
            // Nor can what calls a note for the foot stand in the margin.
            self.galley.refused.push(node);
            return;
        }
        inner.tell(&inner.galley, Within::Note);
        let mut frame = Frame::new(Size::new(width, height));
        let mut y = Abs::ZERO;
        for (at, line) in lines.into_iter().enumerate() {
            y += line.height;
            if at == 0 {
                frame.baseline = line.height - line.frame.size.height + line.frame.baseline;
            }
            let top = y - line.frame.size.height;
            frame.push_frame(Point::new(line.x, top), line.frame);
        }
        self.galley.margins.push(MarginNote {
            note: node,
            frame: frame.into(),
        });
    }

    /// Sets a note for the foot of the page, and behind it those that it calls first.
    fn note_body(&mut self, number: u32, element: ElementId) -> NoteBody {
        let plan = self.plan;
        let mut body = NoteBody {
            lines: Vec::new(),
            notes: Vec::new(),
        };
        let of_table = self.calls.of_table.take();
        // The next one last.
        let mut next = vec![(number, element)];
        while let Some((number, element)) = next.pop() {
            if let Some(note) = self.cx.data.notes.get(number as usize) {
                body.notes.push(self.node(note.id));
            }
            let calls = std::mem::take(&mut self.calls);
            let mut inner = Stick::new(self.cx, plan, plan.measure, element);
            inner.inner = true;
            inner.calls = Calls {
                of_note: Some(Vec::new()),
                ..calls
            };
            inner.text = plan.style(Role::Footnote, &[], &plan.body);
            inner.marked_note(number);
            body.lines.extend(inner.pieces(&inner.galley, Within::Note));
            self.calls = std::mem::take(&mut inner.calls);
            let called = self.calls.of_note.take().unwrap_or_default();
            next.extend(called.into_iter().rev());
        }
        self.calls.of_table = of_table;
        body
    }

    /// A note's mark and its blocks, in the style of the paragraphs here. If their first line is to be indented, the mark
    /// stands in with it; if the others are, the mark hangs in their indent.
    fn marked_note(&mut self, number: u32) {
        let Some(note) = self.cx.data.notes.get(number as usize) else {
            return;
        };
        self.origin = self.node(note.id);
        self.anchor(note.id);
        let before = self.galley.children.len();
        let style = self.plan.style(Role::NoteMark, &[], &self.text);
        let mark = self.note_mark(note.id, &style);
        let size = mark.size;
        let gap = style.size().scale(MARK_GAP);
        let room = self.room;
        let begins_with_words = note
            .blocks
            .first()
            .is_some_and(|block| matches!(block.kind, BlockKind::Paragraph(_)));
        let hangs = self.text.indent < Abs::ZERO || !begins_with_words;
        // How far from the start edge the mark and the words begin.
        let (mark_at, words_at) = if hangs {
            let words_at = (-self.text.indent).max(size.width + gap);
            Arc::make_mut(&mut self.text).indent = Abs::ZERO;
            self.narrow(words_at, Abs::ZERO);
            if self.room == room {
                // Too narrow for that.
                (Abs::ZERO, size.width + gap)
            } else {
                (words_at - gap - size.width, Abs::ZERO)
            }
        } else {
            let mark_at = self.text.indent;
            (mark_at, mark_at + size.width + gap)
        };
        let x = if self.plan.rtl {
            room.x + room.width - mark_at - size.width
        } else {
            room.x + mark_at
        };
        self.put_beside(x, mark, true);
        self.lead = words_at;
        self.first = true;
        self.blocks(&note.blocks);
        self.lead = Abs::ZERO;
        self.room = room;
        if self.galley.children.len() == before {
            // The mark alone, so that the call leads somewhere.
            let mut line = Frame::new(Size::new(room.width, self.text.leading));
            line.baseline = self.text.baseline(self.plan.fonts);
            self.push_block(line);
        }
    }

    /// A note's mark, which leads back to its first call.
    fn note_mark(&mut self, note: NodeId, style: &Arc<Style>) -> Arc<Frame> {
        let node = self.node(note);
        let mark = self.plan.note_marks.get(&node).cloned().unwrap_or_default();
        let label = self.open(Tag::Label, note);
        let call = self.plan.edition.facts.note_calls.get(&node);
        let Some(dest) = call.and_then(|call| self.plan.dest(*call)) else {
            return self.label(&mark, style, Voice::Element(label));
        };
        let link = Element::of(Tag::Link, node);
        let link = self.cx.structure.open(label, link);
        let words = self.label(&mark, style, Voice::Element(link));
        let mut frame = Frame::new(words.size);
        frame.baseline = words.baseline;
        let item = Item::Link {
            size: words.size,
            target: LinkTarget::Dest(dest),
            element: link,
        };
        frame.push_frame(Point::ZERO, words);
        frame.push(Point::ZERO, item);
        frame.into()
    }

    /// From here on, notes are a table's. Returns what to give to [`Stick::leave_table`].
    pub fn enter_table(&mut self) -> Option<Vec<(u32, ElementId)>> {
        self.calls.of_table.replace(Vec::new())
    }

    /// Sets the notes of a table below it, as wide as it is: `x` is how far from the left edge of the room it stands.
    pub fn leave_table(&mut self, around: Option<Vec<(u32, ElementId)>>, x: Abs, width: Abs) {
        let notes = std::mem::replace(&mut self.calls.of_table, around);
        let room = self.room;
        let outer = self.text.clone();
        self.room.x += x;
        // A table of a word or two is too narrow for any words.
        self.room.width = width.max(room.width / 2).min(room.width - x);
        for (at, (note, element)) in notes.into_iter().flatten().enumerate() {
            if at == 0 {
                self.keep_last(cost::KEEP);
                self.space(self.plan.grid.scale(BELOW_TABLE));
            }
            self.room.parent = element;
            self.text = self.plan.style(Role::Footnote, &[], &self.plan.body);
            self.marked_note(note);
        }
        self.text = outer;
        self.room = room;
    }

    /// The notes that were called in the chapter, if they stand at its end.
    pub(super) fn chapter_notes(&mut self) {
        if self.plan.edition.book.notes() == NotePlace::Book {
            self.calls.waiting.clear();
            return;
        }
        let outer = self.text.clone();
        let mut begun = false;
        // A note may call a further one.
        while !self.calls.waiting.is_empty() {
            for (note, element) in std::mem::take(&mut self.calls.waiting) {
                if !std::mem::replace(&mut begun, true) {
                    let depth = self.cx.data.depth;
                    let words = Words::of(&self.cx.lang);
                    self.begin(MarkKind::Section(words.notes.to_owned()));
                    self.notes_heading(words.notes, depth.saturating_add(2).min(6));
                }
                let room = self.room;
                self.room.parent = element;
                self.text = self.plan.style(Role::Endnote, &[], &self.plan.body);
                self.marked_note(note);
                self.room = room;
            }
        }
        self.text = outer;
    }

    /// A heading above notes.
    fn notes_heading(&mut self, words: &str, level: u8) {
        let style = self.plan.style(Role::heading(level), &[], &self.plan.body);
        self.stretchable_space(style.before);
        let words = [text(NodeId(0), words.to_owned())];
        self.paragraph(&words, &style, Tag::Heading(level), NodeId(0));
        self.keep_last(cost::KEEP);
        self.first = true;
    }

    /// The notes of all chapters, at the end of the book: under each chapter's title.
    pub fn book_notes(&mut self, own: ChapterId) {
        let plan = self.plan;
        for (id, chapter) in (0u32..).map(ChapterId).zip(&plan.edition.book.chapters) {
            self.cx.enter(id, chapter);
            let waiting: Vec<u32> = (0u32..)
                .zip(&chapter.notes)
                .filter(|(_, note)| {
                    let called = &plan.edition.facts.note_calls;
                    let node = self.node(note.id);
                    let here = match note.kind {
                        NoteKind::Text => true,
                        NoteKind::Margin => !plan.in_margin(node),
                        NoteKind::Table(_) => false,
                    };
                    here && called.contains_key(&node)
                })
                .map(|(number, _)| number)
                .collect();
            if waiting.is_empty() {
                continue;
            }
            self.origin = self.node(NodeId(0));
            let title = notes_title(plan, id);
            if !title.is_empty() {
                self.notes_heading(&title, 2);
            }
            for number in waiting {
                let room = self.room;
                let node = self.node(chapter.notes[number as usize].id);
                let element = Element::of(Tag::Note, node);
                self.room.parent = self.cx.structure.open(room.parent, element);
                self.text = plan.style(Role::Endnote, &[], &plan.body);
                self.marked_note(number);
                self.room = room;
            }
        }
        if let Some(chapter) = plan.edition.book.chapter(own) {
            self.cx.enter(own, chapter);
        }
        self.text = plan.body.clone();
    }
}

/// What stands above the notes of a chapter at the end of the book: its number and its title.
fn notes_title(plan: &Plan<'_>, chapter: ChapterId) -> String {
    let node = NodeRef {
        chapter,
        node: NodeId(0),
    };
    let toc = &plan.edition.facts.toc;
    let number = toc.iter().find(|entry| entry.to == node);
    let number = number.map_or("", |entry| entry.number.as_str());
    let title = chapter_title(plan, chapter);
    if number.is_empty() || number == title {
        title
    } else {
        format!("{number}\u{2003}{title}")
    }
}
