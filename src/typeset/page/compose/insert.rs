//! Floats on their page: at its head, in its text, at its foot, or alone on it.

use super::{Composer, Stretch};
use crate::typeset::galley::ChildKind;
use crate::typeset::page::column::{Column, Item};
use crate::typeset::page::float::{Float, gap};
use crate::typeset::page::foot::ends_early;
use crate::typeset::page::paginate::Cut;
use crate::typeset::plan::Plan;
use crate::unit::{Abs, Point};

/// How far a page of floats alone stands below its head, in parts of the room that it leaves: above the middle, where
/// the eye takes the middle to be.
const OPTICAL_MIDDLE: f64 = 0.4;

/// The floats that stand in the text of a page, on their way to it.
pub(super) struct InText {
    /// How many were called.
    called: u32,
    /// The first that stands in the text, and the first behind those.
    range: (u32, u32),
    /// Those that wait for the text below to be placed: the float and where its room begins and ends.
    waiting: Vec<(u32, Abs, Abs)>,
}

impl InText {
    pub fn new(column: &Column, cut: &Cut) -> InText {
        InText {
            called: column.floats.called(cut.from),
            range: (
                cut.from.floats + cut.head,
                cut.to.floats.saturating_sub(cut.foot),
            ),
            waiting: Vec::new(),
        }
    }

    /// A float is called: leaves room for it if it stands here. Whether it does.
    pub fn call(
        &mut self,
        column: &Column,
        plan: &Plan<'_>,
        y: &mut Abs,
        stretch: &mut Stretch,
    ) -> bool {
        let number = self.called;
        self.called += 1;
        let here = (self.range.0..self.range.1).contains(&number);
        if here {
            let top = *y;
            let steps = column.floats.steps(number, plan.grid);
            let more = if steps > 0 { stretch.next() } else { 0 };
            *y += plan.grid * (steps + more);
            self.waiting.push((number, top, *y));
        }
        here
    }
}

/// How much of a page the floats at its foot take.
pub(super) fn foot_depth(column: &Column, cut: &Cut) -> Abs {
    let first = cut.to.floats - cut.foot;
    column.floats.foot(first, cut.to.floats, column.step)
}

impl Composer<'_> {
    /// Puts floats at the page's head; where its text begins.
    pub(super) fn head(&mut self, column: &Column, cut: &Cut, stretch: &mut Stretch) -> Abs {
        let (from, to) = (cut.from.floats, cut.from.floats + cut.head);
        if from == to {
            return Abs::ZERO;
        }
        let list = &column.floats.list;
        let alone = !cut.has_text(column);
        let next = column.items.get(cut.to.item as usize);
        let is_last = matches!(next, None | Some(Item::Break));
        let free = self.plan.depth - column.floats.depth(from, to);
        let mut y = Abs::ZERO;
        if alone && !is_last && cut.to.notes == cut.from.notes {
            y += free.scale(OPTICAL_MIDDLE);
        }
        let mut more = Abs::ZERO;
        for number in from..to {
            let float = &list[number as usize];
            self.put(float, y);
            y += float.height;
            let room = match float.height.is_zero() {
                true => Abs::ZERO,
                false => self.plan.grid * stretch.next(),
            };
            more += room;
            if number + 1 < to {
                y += gap(float, &list[number as usize + 1]) + room;
            }
        }
        if alone {
            self.area.used = y;
        }
        column.floats.head(from, to, self.plan.grid) + more
    }

    /// Puts the floats that stand in the text above what stands at `next`, each in the middle of the room that its
    /// spaces leave. Space that belongs to what follows, as a heading's, stays below.
    pub(super) fn in_text(&mut self, column: &Column, floats: &mut InText, next: Abs) {
        let waiting = std::mem::take(&mut floats.waiting);
        for (at, (number, top, end)) in waiting.iter().enumerate() {
            let float = &column.floats.list[*number as usize];
            let below = waiting.get(at + 1).map_or(next, |(_, top, _)| *top);
            let below = below.min(*end);
            let wanted = float.above + float.below;
            let free = (below - *top - float.height).max(Abs::ZERO);
            let y = *top + free.fraction(float.above.raw(), wanted.raw().max(1));
            self.put(float, y);
        }
    }

    /// Puts the last floats in the text, below which nothing follows: at the foot if little is missing there. Where the
    /// page's text ends, with them.
    pub(super) fn floats_behind(
        &mut self,
        column: &Column,
        cut: &Cut,
        floats: &mut InText,
        y: Abs,
    ) -> Abs {
        let Some((number, top, _)) = floats.waiting.last().copied() else {
            return y;
        };
        let float = &column.floats.list[number as usize];
        let bottom = top + float.above + float.height;
        let free = self.room(column, cut) - bottom;
        let drop = if free < self.plan.grid * 2 {
            free.max(Abs::ZERO)
        } else {
            Abs::ZERO
        };
        floats.waiting.pop();
        self.in_text(column, floats, top);
        self.put(float, top + float.above + drop);
        bottom + drop
    }

    /// Puts floats at the page's foot, above the notes; below the text where it ends early.
    pub(super) fn foot(&mut self, column: &Column, cut: &Cut) {
        let first = cut.to.floats - cut.foot;
        if first == cut.to.floats {
            return;
        }
        let list = &column.floats.list;
        let depth = column.floats.depth(first, cut.to.floats);
        let room = self.room(column, cut) + foot_depth(column, cut);
        let lowest = room - depth;
        let mut y = if ends_early(cut, column) {
            let below = self.area.used + list[first as usize].above;
            below.round_up_to(self.plan.grid).min(lowest)
        } else {
            lowest
        };
        for number in first..cut.to.floats {
            let float = &list[number as usize];
            self.put(float, y);
            y += float.height;
            if number + 1 < cut.to.floats {
                y += gap(float, &list[number as usize + 1]);
            }
        }
        self.area.used = self.area.used.max(y);
    }

    /// Puts a float at a height.
    fn put(&mut self, float: &Float, y: Abs) {
        let child = &self.galley.children[float.item as usize];
        if let Some(bleed) = &child.bleed {
            self.bleed(bleed);
        }
        if let ChildKind::Float(floated) = &child.kind {
            let at = Point::new(child.x, y);
            self.area.frame.push_frame(at, floated.frame.clone());
        }
    }
}
