//! Text in columns.
//!
//! In: the blocks of a container, and how many columns it asks for. Out: blocks of the galley that are not broken, with
//! all columns of a stretch side by side in each. Steps:
//!
//! 1. set the blocks at the measure of one column, into a galley of their own;
//! 2. what is left of it goes into columns of about one height, as low as can be, if that is no more than two thirds of
//!    a page;
//! 3. else as much of it as fills columns of half a page, so that two such stretches make a page; then step 2 again.
//!
//! A stretch is read column by column. No column ends with a heading, and none begins or ends with a line of a
//! paragraph alone, as long as there is another way.

use std::ops::Range;

use super::pieces::first_calls;
use super::stick::Stick;
use super::{Block as Piece, ChildKind, Galley, NoteBody, NoteLine};
use crate::diag::{Code, Diagnostic};
use crate::model::Block;
use crate::theme::Justify;
use crate::typeset::frame::Frame;
use crate::typeset::page::cost;
use crate::typeset::page::findings::inner::Within;
use crate::unit::{Abs, Point, Size};

/// So many columns where nothing is said, as in the EPUB.
const USUAL: u32 = 2;
/// Columns narrower than so many em hold no text; there are fewer of them then.
const NARROWEST: i64 = 5;
/// In columns narrower than so many em, some 35 letters, even spaces at both edges are not to be had.
const RAGGED: i64 = 16;
/// A stretch that can be read at a glance may leave so much of the page before it empty.
const WHOLE: (i64, i64) = (2, 3);
/// To keep a line from standing alone, columns may be so many lines longer.
const LONELY: i64 = 2;

/// What a column's end parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// Nothing that asks to stay together.
    Free,
    /// A line from its paragraph.
    Lonely,
    /// A heading from its text, or what may not be parted.
    Tied,
}

/// What stands in columns, cut into pieces.
struct Text<'a> {
    pieces: &'a [(NoteLine, Vec<NoteBody>)],
    grid: Abs,
    /// The depth of a page.
    depth: Abs,
    columns: usize,
}

impl Stick<'_, '_> {
    /// Sets blocks in as many columns as the container asks for.
    pub(super) fn columns(&mut self, block: &Block, blocks: &[Block]) {
        let em = self.text.size();
        let gutter = self.plan.page.column_gap.at(em, self.plan.grid);
        let room = self.room.width;
        let width_of = |count: u32| (room + gutter) / i64::from(count) - gutter;
        let mut count = self.count(block);
        while count > 1 && width_of(count) < em * NARROWEST {
            count -= 1;
        }
        if count == 1 || self.inner {
            return self.blocks(blocks);
        }
        let width = width_of(count);
        let plan = self.plan;
        let mut inner = Stick::new(self.cx, plan, width, self.room.parent);
        inner.inner = true;
        inner.headed = !self.inner;
        inner.least = width / 2;
        inner.tight = self.tight;
        inner.origin = self.origin;
        inner.calls = std::mem::take(&mut self.calls);
        inner.text = self.text.clone();
        if width < em * RAGGED && inner.text.align == Justify::Both {
            std::sync::Arc::make_mut(&mut inner.text).align = Justify::Start;
        }
        inner.blocks(blocks);
        self.calls = std::mem::take(&mut inner.calls);
        let mut galley = inner.finish();
        self.galley.refused.append(&mut galley.refused);
        for child in &mut galley.children {
            child.end_cost = match child.end_cost {
                // Between any two items of a list a column may end.
                price if price <= cost::LIST => 0.0,
                price if price <= cost::COLON => cost::LONELY_IN_NOTE,
                _ => cost::KEEP,
            };
        }
        let marks = self.galley.marks.len() as u32;
        self.galley.marks.append(&mut galley.marks);
        let begun = marks_of_pieces(&galley, marks);
        let pieces = self.noted_pieces(galley, Within::Text);
        let text = Text {
            pieces: &pieces,
            // Heights are tried in steps of it.
            grid: plan.grid.max(Abs::pt(1.0)),
            depth: plan.depth,
            columns: count as usize,
        };
        self.space(plan.grid);
        let mut from = 0;
        for ends in text.stretches() {
            let to = ends.last().copied().unwrap_or(from);
            let frame = text.draw(from, &ends, width, gutter, plan.rtl);
            let notes = pieces[from..to].iter().flat_map(|(_, notes)| notes);
            let before = self.galley.notes.len();
            self.galley.notes.extend(notes.cloned());
            let notes = (self.galley.notes.len() - before) as u32;
            let child = self.push(ChildKind::Block(Piece {
                frame: frame.into(),
                notes,
                repeat: None,
                close: None,
                grid: true,
            }));
            // What waited for the columns begins with the first of them.
            let waited = (!child.marks.is_empty()).then_some(child.marks.start..marks);
            let here = begun[from..to].iter().filter(|marks| !marks.is_empty());
            let mut all = waited.into_iter().chain(here.cloned());
            let first = all.next().unwrap_or(0..0);
            let end = all.last().map_or(first.end, |last| last.end);
            child.marks = first.start..end;
            self.stretchable_space(plan.grid);
            from = to;
        }
    }

    /// How many columns a container asks for.
    fn count(&mut self, block: &Block) -> u32 {
        let attrs = block.attrs.as_deref();
        let Some(asked) = attrs.and_then(|attrs| attrs.get("count")) else {
            return USUAL;
        };
        if let Some(count) = attrs.and_then(|attrs| attrs.columns()) {
            return count;
        }
        let message = format!("text cannot be set in `{asked}` columns");
        let found = Diagnostic::new(Code::BadAttribute, None, message);
        self.cx
            .report(found.hint("2, 3 or 4 is wanted"), self.origin);
        USUAL
    }
}

/// Which marks begin with each of a galley's pieces; the first of them has this number.
fn marks_of_pieces(galley: &Galley, first: u32) -> Vec<Range<u32>> {
    let mut begun = Vec::new();
    for child in &galley.children {
        let pieces = first_calls(child).len();
        let marks = child.marks.start + first..child.marks.end + first;
        let all = std::iter::once(marks).chain(std::iter::repeat(0..0));
        begun.extend(all.take(pieces));
    }
    begun
}

impl Text<'_> {
    /// Where the columns of each stretch end, in pieces.
    fn stretches(&self) -> Vec<Vec<usize>> {
        let page = (self.depth.raw() / self.grid.raw().max(1)).max(1);
        let whole = self.grid * (page * WHOLE.0 / WHOLE.1).max(1);
        // With an empty line between them, two fill a page.
        let half = self.grid * ((page - 1) / 2).max(1);
        let mut rest: Abs = self.pieces.iter().map(|(piece, _)| piece.height).sum();
        let mut from = 0;
        let mut stretches = Vec::new();
        while from < self.pieces.len() {
            let even = rest / self.columns as i64;
            let balanced = (even <= whole)
                .then(|| self.balanced(from, even, whole))
                .flatten();
            let ends = balanced.unwrap_or_else(|| self.filled(from, half));
            let to = ends.last().copied().unwrap_or(self.pieces.len());
            rest -= self.heights(from, to);
            from = to;
            stretches.push(ends);
        }
        stretches
    }

    fn heights(&self, from: usize, to: usize) -> Abs {
        let pieces = self.pieces[from..to].iter();
        pieces.map(|(piece, _)| piece.height).sum()
    }

    /// All from a piece on in columns of about one height, between two heights; `None` if that is not possible without
    /// parting what must stay together.
    fn balanced(&self, from: usize, least: Abs, most: Abs) -> Option<Vec<usize>> {
        let lowest = |part| {
            let found = self.lowest(from, self.columns, (least, most), part)?;
            Some((found.0, part))
        };
        let (height, part) = match (lowest(Part::Free), lowest(Part::Lonely)) {
            (Some(free), Some(lonely)) if free.0 <= lonely.0 + self.grid * LONELY => free,
            (free, lonely) => lonely.or(free)?,
        };
        // What the first columns are rounded up by is not to be missing in the last alone.
        let mut ends = Vec::new();
        let mut at = from;
        for columns in (1..=self.columns).rev() {
            let least = self.heights(at, self.pieces.len()) / columns as i64;
            let (_, end) = self.lowest(at, columns, (least, height), part)?;
            ends.push(end);
            at = end;
            if at == self.pieces.len() {
                break;
            }
        }
        Some(ends)
    }

    /// The least height, between two, of so many columns that take all from a piece on, and where the first of them ends.
    fn lowest(
        &self,
        from: usize,
        columns: usize,
        (least, most): (Abs, Abs),
        part: Part,
    ) -> Option<(Abs, usize)> {
        let mut height = least.round_up_to(self.grid).max(self.grid);
        while height <= most {
            let first = self.end(from, height, part);
            let mut at = first;
            for _ in 1..columns {
                let rest = at.filter(|at| *at < self.pieces.len());
                at = match rest {
                    Some(from) => self.end(from, height, part),
                    None => break,
                };
            }
            if at == Some(self.pieces.len()) {
                return first.map(|first| (height, first));
            }
            height += self.grid;
        }
        None
    }

    /// As much as fills columns of a height.
    fn filled(&self, from: usize, height: Abs) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut at = from;
        while at < self.pieces.len() && ends.len() < self.columns {
            let ways = [
                (height, Part::Free),
                (height, Part::Lonely),
                (self.depth, Part::Free),
                (self.depth, Part::Lonely),
                (height, Part::Tied),
            ];
            let mut ends_here = ways
                .iter()
                .map(|(height, part)| self.end(at, *height, *part));
            let end = ends_here.find_map(|end| end).unwrap_or(at + 1);
            ends.push(end);
            at = end;
        }
        ends
    }

    /// The last piece, and one more, of a column of at most a height that parts no more than `part`.
    fn end(&self, from: usize, height: Abs, part: Part) -> Option<usize> {
        let mut y = Abs::ZERO;
        let mut end = None;
        for (at, (piece, _)) in self.pieces.iter().enumerate().skip(from) {
            y = self.below(y, piece, at == from) + piece.frame.size.height;
            if y > height {
                break;
            }
            let parts = match piece.end_cost {
                _ if at + 1 == self.pieces.len() => Part::Free,
                price if price <= 0.0 => Part::Free,
                price if price <= cost::LONELY_IN_NOTE => Part::Lonely,
                _ => Part::Tied,
            };
            if parts <= part {
                end = Some(at + 1);
            }
        }
        end
    }

    /// The top of a piece that follows what ends at a height. Lines of running text stand on the grid, so that they do
    /// beside each other.
    fn below(&self, y: Abs, piece: &NoteLine, first: bool) -> Abs {
        let height = piece.frame.size.height;
        let top = if first { y } else { y + piece.height - height };
        if height == self.grid {
            top.round_up_to(self.grid)
        } else {
            top
        }
    }

    /// The columns from a piece on that end at these, side by side.
    fn draw(&self, mut from: usize, ends: &[usize], width: Abs, gutter: Abs, rtl: bool) -> Frame {
        let count = self.columns as i64;
        let mut frame = Frame::new(Size::new((width + gutter) * count - gutter, Abs::ZERO));
        for (number, end) in (0i64..).zip(ends) {
            let place = if rtl { count - 1 - number } else { number };
            let x = (width + gutter) * place;
            let mut y = Abs::ZERO;
            for (at, (piece, _)) in self.pieces[from..*end].iter().enumerate() {
                y = self.below(y, piece, at == 0);
                if number == 0 && at == 0 {
                    frame.baseline = piece.frame.baseline;
                }
                frame.push_frame(Point::new(x + piece.x, y), piece.frame.clone());
                y += piece.frame.size.height;
            }
            frame.size.height = frame.size.height.max(y.round_up_to(self.grid));
            from = *end;
        }
        frame
    }
}
