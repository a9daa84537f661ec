//! Tables that stand across: on pages of their own, turned a quarter to the left.
//!
//! Such a page's text area is turned as a whole: its head is at the left on either page of a spread, so that a reader
//! turns the book once, to the right. Caption and notes are turned with the table. The pages float: text fills what is left
//! before them.

use std::sync::Arc;

use super::stack::Parts;
use super::{Columns, Job, Prepared};
use crate::model::Role;
use crate::theme::FloatPlaces;
use crate::typeset::frame::{Frame, Item};
use crate::typeset::galley::stick::Stick;
use crate::typeset::galley::{ChildKind, Float, NoteLine};
use crate::typeset::page::findings::inner::Within;
use crate::typeset::structure::ElementId;
use crate::unit::{Abs, Point, Size};

/// A page under way, as it is read.
struct Side {
    frame: Frame,
    /// What is above the rows.
    top: Abs,
    /// How far down it is filled.
    y: Abs,
}

/// A table's sides under way.
struct Sides {
    /// All but the last.
    full: Vec<Side>,
    here: Side,
    size: Size,
    /// Where the table begins on each.
    left: Abs,
    repeat: Option<Arc<Frame>>,
    /// What is drawn below the last row where the table goes on.
    close: Option<Arc<Frame>>,
}

impl Sides {
    fn new(size: Size, left: Abs) -> Sides {
        Sides {
            full: Vec::new(),
            here: Side {
                frame: Frame::new(size),
                top: Abs::ZERO,
                y: Abs::ZERO,
            },
            size,
            left,
            repeat: None,
            close: None,
        }
    }

    /// Puts something below what is there.
    fn put(&mut self, x: Abs, height: Abs, frame: Arc<Frame>) {
        self.here.y += height;
        let at = Point::new(self.left + x, self.here.y - frame.size.height);
        self.here.frame.push_frame(at, frame);
    }

    /// Goes on to the next side if there is no room for so much, unless that would leave this one without a row.
    fn make_room(&mut self, height: Abs) {
        if self.here.y + height <= self.size.height || self.here.y <= self.here.top {
            return;
        }
        if let Some(close) = self.close.clone() {
            let at = Point::new(self.left, self.here.y);
            self.here.frame.push_frame(at, close);
        }
        let next = Side {
            frame: Frame::new(self.size),
            top: Abs::ZERO,
            y: Abs::ZERO,
        };
        self.full.push(std::mem::replace(&mut self.here, next));
        if let Some(repeat) = self.repeat.clone() {
            self.put(Abs::ZERO, repeat.size.height, repeat);
            self.here.top = self.here.y;
        }
    }

    /// The pages' frames: a table of one side stands in its middle.
    fn finish(self) -> Vec<Frame> {
        if !self.full.is_empty() {
            let sides = self.full.into_iter().chain([self.here]);
            return sides.map(|side| side.frame).collect();
        }
        let free = (self.size.height - self.here.y).max(Abs::ZERO);
        let mut whole = Frame::new(self.size);
        whole.push_frame(Point::new(Abs::ZERO, free / 2), self.here.frame);
        vec![whole]
    }
}

impl Stick<'_, '_> {
    /// Sets a table across, one child per page.
    pub(super) fn table_across(&mut self, job: &Job<'_>, prepared: Prepared<'_>, grid: &Columns) {
        let (depth, measure) = (self.plan.depth, self.plan.measure);
        let room = self.room;
        (self.room.x, self.room.width) = (Abs::ZERO, depth);
        let around = self.enter_table();
        let low = prepared.look.row();
        // Caption and notes may be longer than the table; all begin at one line.
        let wide = grid.width.max(measure).min(depth);
        let (caption, long) = self.caption_across(job, wide);
        let Parts {
            head,
            notes,
            repeat,
            rows,
            foot,
            close,
        } = self.parts(job, prepared, grid, measure / 2);
        let left = (depth - grid.width.max(long)).max(Abs::ZERO) / 2;
        let mut bodies = notes;
        let mut sides = Sides::new(Size::new(depth, measure), left);
        let captioned = !caption.is_empty();
        for line in caption {
            sides.put(line.x, line.height, line.frame);
        }
        if captioned {
            sides.here.y += self.plan.grid / 4;
        }
        sides.put(Abs::ZERO, head.size.height, head);
        sides.here.top = sides.here.y;
        sides.repeat = repeat;
        let count = rows.len();
        for (at, row) in rows.into_iter().enumerate() {
            for segment in row {
                let height = segment.frame.size.height;
                // The last row but one takes the last one with it.
                let next = if at + 2 == count { low } else { Abs::ZERO };
                sides.make_room(height + foot.size.height + next);
                sides.put(Abs::ZERO, height, segment.frame.into());
                sides.close = (!segment.ruled).then(|| close.clone());
                bodies.extend(segment.notes);
            }
        }
        sides.put(Abs::ZERO, foot.size.height, foot.into());
        let mut notes = self.notes_across(around, wide.min(depth - left));
        notes.extend(bodies.into_iter().flat_map(|note| note.lines));
        (sides.repeat, sides.close) = (None, None);
        for line in notes {
            sides.make_room(line.height);
            sides.put(line.x, line.height, line.frame);
        }
        // In a list or a box the pages stay among what is around them.
        let floats = self.is_free();
        for frame in sides.finish() {
            let mut page = Frame::new(Size::new(measure, depth));
            page.push(Point::ZERO, Item::Turned(Arc::new(frame)));
            let child = if floats {
                self.push(ChildKind::Float(Float {
                    frame: page.into(),
                    above: Abs::ZERO,
                    below: Abs::ZERO,
                    places: FloatPlaces::PAGE,
                }))
            } else {
                self.push_block(page)
            };
            child.x = Abs::ZERO;
        }
        self.room = room;
    }

    /// The caption's lines in a width, and how long the longest is.
    fn caption_across(&mut self, job: &Job<'_>, width: Abs) -> (Vec<NoteLine>, Abs) {
        let Some((words, element)) = &job.caption else {
            return (Vec::new(), Abs::ZERO);
        };
        let plan = self.plan;
        let mut inner = Stick::new(self.cx, plan, width, *element);
        inner.inner = true;
        inner.calls = std::mem::take(&mut self.calls);
        let style = plan.style(Role::Caption, &[], &plan.body);
        inner.paragraph_in(words, &style, *element);
        self.calls = std::mem::take(&mut inner.calls);
        let mut galley = std::mem::take(&mut inner.galley);
        let notes = std::mem::take(&mut galley.notes);
        let long = match galley.children.last().map(|child| &child.kind) {
            Some(ChildKind::Lines(lines))
                if lines.paragraph.settings[lines.paragraph.best].lines.len() == 1 =>
            {
                let frames = lines.paragraph.frames(lines.paragraph.best, ..);
                frames
                    .iter()
                    .map(|frame| frame.reach())
                    .max()
                    .unwrap_or_default()
            }
            _ => width,
        };
        let mut lines = self.pieces(&galley, Within::Text);
        // A note called in a caption stands right below it.
        lines.extend(notes.into_iter().flat_map(|note| note.lines));
        (lines, long)
    }

    /// The lines of the table's notes in a width.
    fn notes_across(&mut self, around: Option<Vec<(u32, ElementId)>>, width: Abs) -> Vec<NoteLine> {
        let plan = self.plan;
        let mut inner = Stick::new(self.cx, plan, width, self.room.parent);
        inner.inner = true;
        inner.calls = std::mem::take(&mut self.calls);
        // So that there is something that the notes stand below.
        inner.push_block(Frame::default());
        inner.leave_table(around, Abs::ZERO, width);
        self.calls = std::mem::take(&mut inner.calls);
        let galley = std::mem::take(&mut inner.galley);
        let mut lines = self.pieces(&galley, Within::Note);
        lines.remove(0);
        lines
    }
}
