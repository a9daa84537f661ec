//! Notes: their bodies as lines for the foot of the page, or as text at a chapter's end.

use std::sync::Arc;

use super::opening::text;
use super::stick::Stick;
use super::{ChildKind, Galley, NoteBody, NoteLine};
use crate::manifest::NotePlace;
use crate::model::{ChapterId, NodeId, Role};
use crate::typeset::frame::{Frame, Item};
use crate::typeset::page::cost;
use crate::typeset::page::furniture::chapter_title;
use crate::typeset::paragraph::Voice;
use crate::typeset::structure::{Element, ElementId, Tag};
use crate::unit::{Abs, Point, Size};

/// From a note's mark to its words, in parts of the font size.
const MARK_GAP: f64 = 0.35;

impl Stick<'_, '_> {
    /// Takes up a call: sets the note's body if this is its first call. Whether a body for the foot of the page was set.
    pub(super) fn note(&mut self, note: u32, element: ElementId) -> bool {
        if self.noted.contains(&note) {
            return false;
        }
        self.noted.push(note);
        if self.plan.edition.book.notes() != NotePlace::Foot {
            self.waiting.push((note, element));
            return false;
        }
        let body = self.note_body(note, element);
        self.galley.notes.push(body);
        true
    }

    fn note_body(&mut self, number: u32, element: ElementId) -> NoteBody {
        let plan = self.plan;
        let noted = std::mem::take(&mut self.noted);
        let mut inner = Stick::new(self.cx, plan, plan.measure, element);
        inner.inner = true;
        inner.noted = noted;
        inner.text = plan.style(Role::Footnote, &[], &plan.body);
        inner.marked_note(number);
        let mut lines = pieces(&inner.galley);
        for nested in std::mem::take(&mut inner.galley.notes) {
            lines.extend(nested.lines);
        }
        self.noted = std::mem::take(&mut inner.noted);
        if lines.is_empty() {
            // The mark alone, so that the call leads somewhere.
            let frame = Arc::new(Frame::new(Size::new(plan.measure, inner.text.leading)));
            lines.push(NoteLine {
                x: Abs::ZERO,
                height: frame.size.height,
                frame,
            });
        }
        NoteBody { lines }
    }

    /// A note's mark and its blocks.
    fn marked_note(&mut self, number: u32) {
        let Some(chapter) = self.plan.edition.book.chapter(self.cx.chapter).cloned() else {
            return;
        };
        let Some(note) = chapter.notes.get(number as usize) else {
            return;
        };
        self.origin = self.node(note.id);
        self.anchor(note.id);
        let marks = &self.plan.edition.facts.note_marks;
        let mark = marks
            .get(&self.origin)
            .cloned()
            .unwrap_or_else(|| (number + 1).to_string());
        let style = self.plan.style(Role::NoteMark, &[], &self.text);
        let label = self.open(Tag::Label, note.id);
        let frame = self.label(&mark, &style, Voice::Element(label));
        let lead = frame.size.width + style.size().scale(MARK_GAP);
        let x = if self.plan.rtl {
            self.room.x + self.room.width - frame.size.width
        } else {
            self.room.x
        };
        self.put_beside(x, frame, true);
        self.lead = lead;
        self.first = true;
        self.blocks(&note.blocks);
    }

    /// The notes that were called in the chapter, if they stand at its end.
    pub(super) fn chapter_notes(&mut self) {
        if self.plan.edition.book.notes() == NotePlace::Book {
            self.waiting.clear();
            return;
        }
        let outer = self.text.clone();
        let mut begun = false;
        // A note may call a further one.
        while !self.waiting.is_empty() {
            for (note, element) in std::mem::take(&mut self.waiting) {
                if !std::mem::replace(&mut begun, true) {
                    self.space(self.plan.grid * 2);
                }
                let room = self.room;
                self.room.parent = element;
                self.text = self.plan.style(Role::Footnote, &[], &self.plan.body);
                self.marked_note(note);
                self.room = room;
            }
        }
        self.text = outer;
    }

    /// The notes of all chapters, at the end of the book: under each chapter's title.
    pub fn book_notes(&mut self, own: ChapterId) {
        let plan = self.plan;
        for (index, chapter) in plan.edition.book.chapters.iter().enumerate() {
            if chapter.notes.is_empty() {
                continue;
            }
            let id = ChapterId(index as u32);
            self.cx.enter(id, chapter);
            self.origin = self.node(NodeId(0));
            self.text = plan.body.clone();
            let title = chapter_title(plan, id);
            if !title.is_empty() {
                let style = plan.style(Role::Heading3, &[], &plan.body);
                self.paragraph(
                    &[text(NodeId(0), title)],
                    &style,
                    Tag::Heading(2),
                    NodeId(0),
                );
                self.keep_last(cost::KEEP);
            }
            self.text = plan.style(Role::Footnote, &[], &plan.body);
            for note in 0..chapter.notes.len() as u32 {
                let room = self.room;
                let element = Element::of(Tag::Note, self.node(chapter.notes[note as usize].id));
                self.room.parent = self.cx.structure.open(room.parent, element);
                self.marked_note(note);
                self.room = room;
            }
        }
        if let Some(chapter) = plan.edition.book.chapter(own) {
            self.cx.enter(own, chapter);
        }
        self.text = plan.body.clone();
    }
}

/// A galley as pieces one below the other, each with the room above it: for notes and table cells, which stand on no
/// grid and whose panels are cut with them.
pub fn pieces(galley: &Galley) -> Vec<NoteLine> {
    let mut pieces: Vec<NoteLine> = Vec::new();
    let mut space = Abs::ZERO;
    for child in &galley.children {
        let frames: Vec<Arc<Frame>> = match &child.kind {
            ChildKind::Space { height, .. } => {
                if !pieces.is_empty() {
                    space += *height;
                }
                continue;
            }
            ChildKind::Break => continue,
            ChildKind::Block(block) => vec![block.frame.clone()],
            ChildKind::Lines(lines) => lines.paragraph.frames(lines.paragraph.best, ..),
        };
        for (at, frame) in frames.into_iter().enumerate() {
            let besides = if at == 0 {
                child.beside.as_slice()
            } else {
                &[]
            };
            let mut panels = Vec::new();
            let mut panel = child.panel;
            while let Some(there) = panel.and_then(|panel| galley.panels.get(panel as usize)) {
                panels.push(there);
                panel = there.parent;
            }
            let height = frame.size.height + std::mem::take(&mut space);
            if besides.is_empty() && panels.is_empty() {
                let x = child.x;
                pieces.push(NoteLine { x, height, frame });
                continue;
            }
            let mut whole = Frame::new(Size::new(child.x + frame.size.width, frame.size.height));
            whole.baseline = frame.baseline;
            for panel in panels.iter().rev() {
                let above = frame.size.height - height;
                panel.draw(&mut whole, above, frame.size.height, false, false);
            }
            for beside in besides {
                let y = if beside.on_baseline {
                    frame.baseline - beside.frame.baseline
                } else {
                    Abs::ZERO
                };
                whole.push(Point::new(beside.x, y), Item::Group(beside.frame.clone()));
            }
            whole.push_frame(Point::new(child.x, Abs::ZERO), frame);
            pieces.push(NoteLine {
                x: Abs::ZERO,
                height,
                frame: whole.into(),
            });
        }
    }
    pieces
}
