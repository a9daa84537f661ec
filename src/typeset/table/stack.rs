//! Head, rows and rules one below the other.

use std::sync::Arc;

use super::rows::{Dressing, LIGHT, Segment, as_artifact};
use super::{Columns, Job, Look, Prepared};
use crate::model::{Inline, Role, plain_words};
use crate::resolve::Words;
use crate::theme::{Color, Justify};
use crate::typeset::frame::{Artifact, Frame};
use crate::typeset::galley::opening::{text, text_as};
use crate::typeset::galley::stick::{Stick, rule};
use crate::typeset::galley::{Block as Piece, ChildKind, NoteBody};
use crate::typeset::page::cost;
use crate::typeset::paragraph::{Measure, Voice, prepare};
use crate::unit::{Abs, Point, Size};

/// The rules above and below a table.
const HEAVY: Abs = Abs::pt(0.8);
/// A head taller than this part of a page is not repeated.
const REPEATED: i64 = 3;

/// A table's parts, drawn.
pub(super) struct Parts {
    /// The rule above, the head's rows, the rule below them.
    pub head: Arc<Frame>,
    /// The notes called in the head.
    pub notes: Vec<NoteBody>,
    /// What stands above the rows where they go on: that the table is continued, and its head.
    pub repeat: Option<Arc<Frame>>,
    /// The rows.
    pub rows: Vec<Vec<Segment>>,
    /// The rule below.
    pub foot: Frame,
    /// The rule over the foot of the last row on a page where the table goes on.
    pub close: Arc<Frame>,
}

impl Stick<'_, '_> {
    /// Sets the rows, from `x` on, with the rules above and below them.
    pub(super) fn stack(&mut self, job: &Job<'_>, prepared: Prepared<'_>, grid: &Columns, x: Abs) {
        let deepest = self.plan.depth / REPEATED;
        let parts = self.parts(job, prepared, grid, deepest);
        let head = ChildKind::Block(Piece {
            frame: parts.head,
            notes: parts.notes.len() as u32,
            repeat: None,
            close: None,
            grid: false,
        });
        self.galley.notes.extend(parts.notes);
        let child = self.push(head);
        child.x += x;
        child.end_cost = cost::KEEP;
        let count = parts.rows.len();
        let origin = self.origin;
        for (at, row) in parts.rows.into_iter().enumerate() {
            let (segments, last) = (row.len(), row.len().saturating_sub(1));
            for (number, segment) in row.into_iter().enumerate() {
                // A row of a few lines is not alone at either end.
                let lonely = segments == 1 && (at == 0 || at + 2 == count) && at + 1 < count;
                let end_cost = match number {
                    number if number < last => segment.end_cost,
                    _ if lonely => cost::KEEP,
                    _ => 0.0,
                };
                self.origin = self.node(segment.origin);
                // A row that has a rule below it needs no other; below the last stands the table's.
                let closes = !(segment.ruled || at + 1 == count && number == last);
                let block = ChildKind::Block(Piece {
                    frame: segment.frame.into(),
                    notes: segment.notes.len() as u32,
                    repeat: parts.repeat.clone(),
                    close: closes.then(|| parts.close.clone()),
                    grid: false,
                });
                self.galley.notes.extend(segment.notes);
                let child = self.push(block);
                child.x += x;
                child.end_cost = end_cost;
            }
        }
        self.keep_last(cost::KEEP);
        self.push_block(parts.foot).x += x;
        self.origin = origin;
    }

    /// Draws head, rows and rules. A head deeper than `deepest` is not repeated.
    pub(super) fn parts(
        &mut self,
        job: &Job<'_>,
        prepared: Prepared<'_>,
        grid: &Columns,
        deepest: Abs,
    ) -> Parts {
        let Prepared {
            look, head, body, ..
        } = prepared;
        let head = self.bands(job.head_rows, head, grid, &look, true);
        let body = self.bands(&job.table.body, body, grid, &look, false);
        let color = look.body.text.color;
        let bar = |thick: Abs| rule(Size::new(grid.width, thick), color);
        let space = look.padding;
        let height: Abs = head.iter().map(|band| band.height).sum();
        let mut frame = Frame::new(Size::new(
            grid.width,
            if head.is_empty() {
                space
            } else {
                height + space * 2
            },
        ));
        frame.push(Point::ZERO, bar(HEAVY));
        let mut notes = Vec::new();
        if !head.is_empty() {
            let mut y = space / 2;
            for band in head {
                let height = band.height;
                notes.extend(band.draw(&mut frame, y, color));
                y += height;
            }
            // A head alone has the rule at the foot below it.
            if !body.is_empty() {
                let y = frame.size.height - space / 2 - LIGHT;
                frame.push(Point::new(Abs::ZERO, y), bar(LIGHT));
            }
        }
        let count = body.len();
        let rows = body.into_iter().enumerate().map(|(at, band)| {
            let is_last = at + 1 == count;
            let dressing = Dressing {
                background: look.body.stripes.filter(|_| at % 2 == 1),
                rule: if is_last {
                    Abs::ZERO
                } else {
                    look.body.row_rule
                },
                color,
            };
            band.segments(grid, &look, dressing)
        });
        let rows = rows.collect();
        let mut foot = Frame::new(Size::new(grid.width, space));
        foot.push(Point::new(Abs::ZERO, space / 2), bar(HEAVY));
        let size = Size::new(grid.width, LIGHT);
        let mut close = Frame::new(size);
        close.push(Point::ZERO, rule(size, color));
        let continued = self.continued(job, grid, color);
        let mut repeat = Frame::new(Size::new(grid.width, Abs::ZERO));
        if let Some(line) = continued {
            let top = line.size.height + self.plan.grid / 4;
            repeat.push_frame(Point::ZERO, line);
            repeat.size.height = top;
        }
        let top = repeat.size.height;
        repeat.push_frame(Point::new(Abs::ZERO, top), as_artifact(&frame));
        repeat.size.height += frame.size.height;
        let repeat = (repeat.size.height < deepest).then(|| Arc::new(repeat));
        Parts {
            head: Arc::new(frame),
            notes,
            repeat,
            rows,
            foot,
            close: Arc::new(close),
        }
    }

    /// The line that says that a table is continued, if it has a caption.
    fn continued(&mut self, job: &Job<'_>, grid: &Columns, color: Color) -> Option<Arc<Frame>> {
        job.caption.as_ref()?;
        let id = job.block.id;
        let number = self.plan.edition.facts.numbers.get(&self.node(id));
        let phrase = Words::of(&self.cx.lang).continued;
        let (before, after) = phrase.split_once("{}").unwrap_or(("", phrase));
        let name = match number {
            Some(number) => text_as(id, number.label.clone(), Role::CaptionLabel),
            None => text(id, plain_words(&job.table.caption)),
        };
        let words: Vec<Inline> = vec![
            text(id, before.to_owned()),
            name,
            text(id, after.to_owned()),
        ];
        let mut style = (*self.plan.style(Role::Caption, &[], &self.plan.body)).clone();
        style.align = Justify::Start;
        let mut colored = (*style.text).clone();
        colored.color = color;
        style.text = Arc::new(colored);
        let voice = Voice::Artifact(Artifact::Layout);
        let material = prepare(self.cx, &words, &Arc::new(style), voice);
        let room = self.room.width.max(grid.width);
        // A title that needs two lines is not worth them.
        if material.max_width() > room {
            return None;
        }
        let width = if self.plan.rtl { grid.width } else { room };
        let paragraph = material.set(&Measure::of(width));
        let line = paragraph.frames(paragraph.best, 0..1).into_iter().next()?;
        // Links lead to the table's beginning.
        Some(as_artifact(&line).into())
    }
}

impl Look {
    /// What a line of the table's text takes, with the room around it.
    pub fn row(&self) -> Abs {
        self.body.leading + self.padding * 2
    }
}
