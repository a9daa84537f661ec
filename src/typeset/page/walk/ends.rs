//! Where a page ends: with which notes, how full, at what cost.

use super::{Cell, End, Page, Walk};
use crate::typeset::page::column::Item;
use crate::typeset::page::cost;
use crate::typeset::page::paginate::Place;
use crate::typeset::page::standing::{Foot, Standing};
use crate::unit::Abs;

/// A page end to be looked at.
#[derive(Clone, Copy)]
pub(super) struct Turn {
    pub to: Place,
    /// Where the text ends.
    pub y: Abs,
    pub cell: Cell,
    /// What ending here costs, beside notes and an unfilled page.
    pub price: f64,
    pub split: Option<(u32, u8)>,
    /// It may end anywhere.
    pub free: bool,
    /// It ends within a word.
    pub hyphen: bool,
}

impl Turn {
    pub fn at(to: Place, y: Abs, cell: Cell, free: bool) -> Turn {
        Turn {
            to,
            y,
            cell,
            price: 0.0,
            split: None,
            free,
            hyphen: false,
        }
    }
}

impl Walk<'_> {
    /// The end of a page that has no line of the text: a word that goes on behind it is divided at its end too.
    pub(super) fn without_text(&self, y: Abs, cell: Cell, free: bool) -> Turn {
        let place = self.from;
        let hyphen = match self.column.items.get(place.item as usize) {
            Some(Item::Text(text)) => text.ways[usize::from(place.way)].hyphen_before(place.line),
            _ => false,
        };
        Turn {
            hyphen,
            ..Turn::at(place, y, cell, free)
        }
    }

    /// Whether no text follows.
    pub(super) fn is_end(&self, place: Place) -> bool {
        self.ahead.text(place.item) as usize == self.column.items.len()
    }

    /// How many notes were called before a place.
    pub(super) fn calls_at(&self, place: Place) -> u32 {
        let text = self.column.items.get(self.ahead.text(place.item) as usize);
        match text {
            Some(Item::Text(text)) if place.line > 0 => {
                text.calls_before + text.ways[usize::from(place.way)].calls_to(place.line)
            }
            Some(Item::Text(text)) => text.calls_before,
            _ => u32::MAX,
        }
    }

    /// Takes up a page end if it is worth it: places the notes and adds up what the page costs.
    pub(super) fn end(&mut self, turn: Turn, page: &Page) {
        let column = self.column;
        let mut to = turn.to;
        let mut cost = turn.cell.cost + turn.price;
        let room = column.depth - turn.cell.foot_depth - turn.y;
        let Some(waiting) = self.settle_floats(&mut to, turn.cell) else {
            return;
        };
        cost += waiting;
        if cost > self.least + self.worth || room < Abs::ZERO {
            return;
        }
        let done = self.from.notes;
        let calls = self.calls_at(to);
        let called = column.notes.start(calls);
        to.notes = called;
        if done >= called {
            return self.close(turn, page, to, cost, room);
        }
        let left = room - column.notes.gap - column.notes.height(done, called);
        if left >= Abs::ZERO {
            return self.close(turn, page, to, cost, left);
        }
        let last = column.notes.start(calls.min(column.notes.count()) - 1);
        let fitting = column.notes.fitting(done, room - column.notes.gap);
        let fitting = fitting.max(done);
        let needed = if last >= done {
            last + (called - last).min(2)
        } else {
            done + 1
        };
        if turn.y.is_zero() {
            cost += column.costs.notes_alone();
        }
        if fitting < needed {
            if self.relaxed {
                to.notes = fitting;
                let late = fitting <= last && last >= done;
                cost += if late {
                    column.costs.note_away()
                } else {
                    column.costs.note_split()
                };
                self.close(turn, page, to, cost, Abs::ZERO);
            }
            return;
        }
        // A few lines more may go overleaf where the notes are better parted then.
        for notes in needed.max(fitting.saturating_sub(cost::MOST_EARLY))..=fitting {
            to.notes = notes;
            let price = column.notes.end_before(notes, called, &column.costs)
                + column.costs.note_split()
                + column.costs.notes_early(fitting - notes);
            self.close(turn, page, to, cost + price, Abs::ZERO);
        }
    }

    /// Takes up a page end whose notes are known; `left` is the room that text and notes leave.
    fn close(&mut self, turn: Turn, page: &Page, to: Place, cost: f64, left: Abs) {
        let column = self.column;
        let done = self.from.notes;
        if to == self.from {
            return;
        }
        let step = column.step.raw().max(1);
        let missing = (left.raw() / step) as u32;
        let mut end = End {
            to,
            cost,
            chain: turn.cell.chain,
            split: turn.split,
            stretch: 0,
            above_notes: 0,
            floats: (self.head, turn.cell.foot),
            foot: Foot {
                short: 0,
                free: turn.free,
                hyphen: turn.hyphen,
            },
        };
        if turn.free {
            end.cost += column.costs.last_page((column.depth - left).raw() / step);
            return self.take(end);
        }
        let noted = to.notes > done;
        let from = self.from.floats;
        let around = column.floats.spaces(from, from + turn.cell.floats);
        let most = (page.stretch + around).min(cost::MOST_STRETCH);
        for fill in 0..=missing.min(most) {
            let mut end = end;
            end.stretch = fill;
            end.cost += column.costs.stretch(fill);
            if !noted {
                end.foot.short = missing - fill;
                self.take(end);
                continue;
            }
            // Notes end at the foot, or a line higher beside a page that does.
            for short in 0..=(missing - fill).min(1) {
                let mut end = end;
                end.foot.short = short;
                end.above_notes = missing - fill - short;
                end.cost += column.costs.above_notes(end.above_notes);
                self.take(end);
            }
        }
    }

    /// Takes up a page end if it is worth it wherever the page may stand.
    fn take(&mut self, end: End) {
        let cost = end.cost + Standing::least(end.foot, self.costs());
        self.least = self.least.min(cost);
        if cost <= self.least + self.worth {
            self.ends.push(end);
        }
    }
}
