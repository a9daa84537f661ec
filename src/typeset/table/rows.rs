//! Cells set and put into rows, and rows cut into what a page end may part.

use super::cells::CellWork;
use super::split::{Cut, Set, cuts, loosen};
use super::{Columns, Look};
use crate::model::{NodeId, Row};
use crate::theme::Color;
use crate::typeset::frame::{Artifact, Frame, Item, Owner};
use crate::typeset::galley::NoteBody;
use crate::typeset::galley::stick::{Stick, background, rule};
use crate::typeset::page::cost;
use crate::unit::{Abs, Point, Size};

/// The thin rules in a table: below the head, below what is said of several columns.
pub(super) const LIGHT: Abs = Abs::pt(0.4);
/// A row of more lines than this may be cut.
const WHOLE: i64 = 3;
/// A stretch of a row, in lines, in which there should be a place for a page end.
const FAR: i64 = 8;
/// What a page end within a row costs: as much as some four lines left empty.
const WITHIN_ROW: f64 = cost::ORPHAN / 4.0;
/// The same between rows that a cell ties together: half of that.
const WITHIN_BAND: f64 = cost::ORPHAN / 8.0;

/// Rows that cannot be told apart: a row, or several that a cell spans.
pub(super) struct Band {
    /// Each cell's pieces.
    cells: Vec<Vec<Set>>,
    /// From its top to its foot.
    pub height: Abs,
    /// Where each of its rows ends.
    bounds: Vec<Abs>,
    /// Rules below cells of the head that span columns: their height, where they begin, how long they are.
    rules: Vec<(Abs, Abs, Abs)>,
    /// Its first row.
    origin: NodeId,
}

/// A row, or a part of one.
pub(super) struct Segment {
    /// What it looks like.
    pub frame: Frame,
    /// The notes called in it for the first time.
    pub notes: Vec<NoteBody>,
    /// What a page end below it costs, if it is within a row.
    pub end_cost: f64,
    /// A rule is drawn below it.
    pub ruled: bool,
    /// The row.
    pub origin: NodeId,
}

/// What is drawn behind and below a row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dressing {
    /// Behind it.
    pub background: Option<Color>,
    /// Below it.
    pub rule: Abs,
    /// The rule's colour.
    pub color: Color,
}

impl Stick<'_, '_> {
    /// Sets cells and puts them into bands.
    pub(super) fn bands(
        &mut self,
        rows: &[Row],
        cells: Vec<CellWork<'_>>,
        grid: &Columns,
        look: &Look,
        is_head: bool,
    ) -> Vec<Band> {
        let mut bands = Vec::with_capacity(rows.len());
        let mut cells = cells.into_iter().peekable();
        let padding = look.padding;
        let mut row = 0;
        while row < rows.len() {
            // The rows that cells tie to this one.
            let mut end = row + 1;
            let mut tops: Vec<Abs> = vec![Abs::ZERO];
            let mut tied = Vec::new();
            let mut at = row;
            while at < end {
                while let Some(cell) = cells.next_if(|cell| cell.placed.row == at) {
                    end = end.max(at + cell.placed.rows);
                    let (set, height) = self.set_cell(&cell, grid);
                    tied.push((cell.placed, set, height));
                }
                // The next row begins below what ends in this one.
                let top = tops[at - row];
                let bottom = tied
                    .iter()
                    .filter(|(placed, ..)| placed.row + placed.rows == at + 1)
                    .map(|(placed, _, height)| tops[placed.row - row] + *height + padding * 2)
                    .fold(top, Abs::max);
                tops.push(bottom);
                at += 1;
            }
            let height = tops.last().copied().unwrap_or_default();
            let mut rules = Vec::new();
            let mut pieces = Vec::with_capacity(tied.len());
            for (placed, mut set, height_here) in tied {
                let bottom = tops[placed.row + placed.rows - row];
                let mut top = tops[placed.row - row] + padding;
                if is_head {
                    // Heads stand on the rule below them.
                    top = (bottom - padding - height_here).max(top);
                    let (left, width) = grid.span(placed.column, placed.columns);
                    if placed.columns > 1 && placed.row + placed.rows < rows.len() {
                        let x = if self.plan.rtl {
                            grid.width - left - width
                        } else {
                            left
                        };
                        rules.push((bottom - LIGHT / 2, x, width));
                    }
                }
                for set in &mut set {
                    set.top += top;
                    set.bottom += top;
                }
                pieces.push(set);
            }
            tops.remove(0);
            bands.push(Band {
                cells: pieces,
                height,
                bounds: tops,
                rules,
                origin: rows[row].id,
            });
            row = end;
        }
        bands
    }
}

impl Band {
    /// All of it in one frame, from a height down, and its notes.
    pub fn draw(self, on: &mut Frame, top: Abs, color: Color) -> Vec<NoteBody> {
        let mut notes = Vec::new();
        for (y, x, width) in self.rules {
            on.push(Point::new(x, top + y), rule(Size::new(width, LIGHT), color));
        }
        for set in self.cells.into_iter().flatten() {
            on.push_frame(set.point(top), set.piece.frame);
            notes.extend(set.notes);
        }
        notes
    }

    /// Cuts it into segments: one, if it is low.
    pub fn segments(mut self, grid: &Columns, look: &Look, dressing: Dressing) -> Vec<Segment> {
        let leading = look.body.leading;
        let mut ends = Vec::new();
        if self.height > leading * WHOLE + look.padding * 2 {
            if self.bounds.len() == 1 {
                let far = leading * FAR;
                loosen(&mut self.cells, far);
                let lowest = self.cells.iter().flatten().map(|set| set.bottom).max();
                let lowest = lowest.unwrap_or_default() + look.padding;
                self.height = self.height.max(lowest);
            }
            ends = self.ends(look.padding);
        }
        ends.push((self.height, 0.0));
        let mut pieces: Vec<Set> = self.cells.into_iter().flatten().collect();
        // In the order of the page; cells beside each other in their own.
        pieces.sort_by_key(|set| set.top);
        let mut pieces = pieces.into_iter().peekable();
        let mut segments = Vec::with_capacity(ends.len());
        let mut from = Abs::ZERO;
        let last = self.height;
        for (to, end_cost) in ends {
            let mut frame = Frame::new(Size::new(grid.width, to - from));
            if let Some(color) = dressing.background {
                frame.push(Point::ZERO, background(frame.size, color));
            }
            let mut notes = Vec::new();
            while let Some(set) = pieces.next_if(|set| set.top < to || to == last) {
                frame.push_frame(set.point(-from), set.piece.frame);
                notes.extend(set.notes);
            }
            let ruled = to == last && !dressing.rule.is_zero();
            if ruled {
                let y = frame.size.height - dressing.rule / 2;
                let line = rule(Size::new(grid.width, dressing.rule), dressing.color);
                frame.push(Point::new(Abs::ZERO, y), line);
            }
            segments.push(Segment {
                frame,
                notes,
                end_cost,
                ruled,
                origin: self.origin,
            });
            from = to;
        }
        segments
    }

    /// Where it may be cut, and what that costs.
    fn ends(&self, padding: Abs) -> Vec<(Abs, f64)> {
        let mut ends: Vec<(Abs, f64)> = Vec::new();
        for Cut { at, lonely } in cuts(&self.cells) {
            // Between rows the cut is where the rows meet.
            let bound = self.bounds.iter().find(|bound| **bound >= at);
            let met = bound.filter(|bound| **bound < self.height && **bound - at <= padding * 2);
            let (at, end_cost) = match met {
                Some(bound) => (*bound, WITHIN_BAND),
                None if lonely => (at, WITHIN_ROW + cost::ORPHAN),
                None => (at, WITHIN_ROW),
            };
            if ends.last().is_none_or(|(last, _)| *last < at) {
                ends.push((at, end_cost));
            }
        }
        ends
    }
}

impl Set {
    /// Where its frame stands, in a row that begins at a height: at the foot of the piece's own height.
    fn point(&self, row: Abs) -> Point {
        Point::new(self.x, row + self.bottom - self.piece.frame.size.height)
    }
}

/// A head as the page's own: it is read where it stands first.
pub(super) fn as_artifact(frame: &Frame) -> Frame {
    let disowned = |owner: Owner| match owner {
        Owner::Slot(_) => Owner::Artifact(Artifact::Layout),
        artifact => artifact,
    };
    let mut copy = frame.clone();
    copy.items
        .retain(|(_, item)| !matches!(item, Item::Link { .. } | Item::Anchor(_)));
    for (_, item) in &mut copy.items {
        match item {
            Item::Group(inner) | Item::Turned(inner) | Item::Clipped(inner) => {
                *inner = as_artifact(inner).into()
            }
            Item::Glyphs { owner: own, .. }
            | Item::Rule { owner: own, .. }
            | Item::Path { owner: own, .. }
            | Item::Image { owner: own, .. } => *own = disowned(*own),
            Item::Link { .. } | Item::Anchor(_) => {}
        }
    }
    copy
}
