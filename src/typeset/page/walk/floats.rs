//! Which floats a page takes.

use super::ends::Turn;
use super::{Cell, NO_CHAIN, Page, Walk};
use crate::typeset::page::column::Item;
use crate::typeset::page::float::MOST_WAITING;
use crate::typeset::page::paginate::Place;
use crate::unit::Abs;

impl Walk<'_> {
    /// Floats wait or are called here, and before any text the page is forced to end: they stand on pages of their own.
    pub(super) fn must_hold_floats(&self) -> bool {
        self.ahead.must_hold_floats(self.column, self.from)
    }

    /// Finds the ends of pages that have floats at their heads or nothing else.
    pub(super) fn run_with_floats(&mut self) {
        let floats = &self.column.floats;
        if floats.list.len() == self.from.floats as usize {
            return;
        }
        let standing = self.ahead.called_at(self.column, self.from);
        if !self.must_hold_floats() {
            for head in 1..=floats.limits.most {
                let last = self.from.floats + head - 1;
                if last >= standing.max(self.reach) || !self.stands_at_head(last, standing) {
                    break;
                }
                if floats.depth(self.from.floats, last + 1) > floats.limits.share {
                    break;
                }
                self.head = head;
                self.run_below_head();
            }
        }
        self.head = 0;
        self.floats_alone(standing);
    }

    /// Whether a float may stand at the page's head, where so many are called before its text.
    fn stands_at_head(&self, number: u32, standing: u32) -> bool {
        let float = &self.column.floats.list[number as usize];
        let places = float.places;
        if number < standing {
            // The head of the page is where it is called, or it had to wait.
            let here = float.item >= self.from.item && !places.only_page();
            return places.top > 0 || places.here > 0 || here;
        }
        let chapter = float.chapter;
        let inside = self.from.item > chapter || self.from.item == chapter && self.from.line > 0;
        places.top > 0 && inside
    }

    /// Puts floats at the page's head, and at its foot those that waited. Whether this can be.
    pub(super) fn begin(&mut self, page: &mut Page) -> bool {
        let column = self.column;
        let floats = &column.floats;
        let (from, to) = (self.from.floats, self.from.floats + self.head);
        page.y = floats.head(from, to, column.step);
        self.cells.clear();
        let called = floats.called(self.from);
        // What waited, or is called here, stands as near as can be.
        let moved = self.ahead.called_at(column, self.from).max(from)..to;
        let price = moved.map(|number| self.costs().float(floats.list[number as usize].places.top));
        let first = Cell {
            more: 0,
            cost: price.sum(),
            chain: NO_CHAIN,
            floats: self.head,
            foot: 0,
            foot_depth: Abs::ZERO,
            shift: 0,
        };
        self.cells.push(first);
        for number in to..called {
            let last = self.cells[self.cells.len() - 1];
            match self.at_foot(number, last, page.y) {
                Some(cell) => self.cells.push(cell),
                None => break,
            }
        }
        page.y < column.depth || self.head == 0
    }

    /// A float more at the foot of a page whose text reaches down to `y`, if it may stand there.
    fn at_foot(&self, number: u32, cell: Cell, y: Abs) -> Option<Cell> {
        let column = self.column;
        let floats = &column.floats;
        let first = number - cell.foot;
        let limits = &floats.limits;
        let head = floats.depth(self.from.floats, self.from.floats + self.head);
        let foot = floats.depth(first, number + 1);
        let foot_depth = floats.foot(first, number + 1, column.step);
        let rank = floats.list[number as usize].places.bottom;
        let may = rank > 0
            && self.head + cell.foot < limits.most
            && head + foot <= limits.share
            && y + foot_depth <= column.depth;
        may.then_some(Cell {
            cost: cell.cost + self.costs().float(rank),
            floats: cell.floats + 1,
            foot: cell.foot + 1,
            foot_depth,
            ..cell
        })
    }

    /// The text calls a float: it stands there, at the page's foot, or waits.
    pub(super) fn float(&mut self, index: u32, number: u32, page: &Page) {
        let column = self.column;
        let float = &column.floats.list[number as usize];
        let steps = column.floats.steps(number, column.step);
        self.reach = self.reach.max(number + 1);
        for at in 0..self.cells.len() {
            let cell = self.cells[at];
            let y = page.y + column.step * cell.steps();
            let set = self.from.floats + cell.floats;
            let to = Place {
                item: index + 1,
                ..Place::default()
            };
            let is_end = self.is_end(to);
            let to = Place {
                item: if is_end {
                    column.items.len() as u32
                } else {
                    to.item
                },
                ..to
            };
            if set == number && float.places.here > 0 && cell.foot == 0 {
                let bottom = y + float.above + float.height;
                if bottom <= column.depth {
                    let here = Cell {
                        cost: cell.cost + self.costs().float(float.places.here),
                        floats: cell.floats + 1,
                        shift: cell.shift + steps,
                        ..cell
                    };
                    self.cells.push(here);
                    if is_end || bottom >= page.floor {
                        self.end(Turn::at(to, bottom, here, is_end), page);
                    }
                }
            }
            if set == number
                && let Some(foot_cell) = self.at_foot(number, cell, y)
            {
                self.cells.push(foot_cell);
                let price = if is_end { 0.0 } else { page.after };
                if is_end || y >= page.floor - foot_cell.foot_depth {
                    let turn = Turn {
                        price,
                        ..Turn::at(to, y, foot_cell, is_end)
                    };
                    self.end(turn, page);
                }
            }
            if set <= number && float.places.only_here() {
                self.cells[at].cost += self.costs().stranded();
            }
        }
    }

    /// Pages without text: so many floats from the front of the queue that they fill it, or that no text is left.
    fn floats_alone(&mut self, standing: u32) {
        let column = self.column;
        let floats = &column.floats;
        let from = self.from.floats;
        let ends = self.must_hold_floats() || self.is_end(self.from);
        let flush = ends || standing - from > MOST_WAITING;
        for to in from + 1..=standing {
            let depth = floats.depth(from, to);
            if depth > column.depth {
                break;
            }
            let float = &floats.list[to as usize - 1];
            let alone = float.height > floats.limits.share;
            if !(flush || alone || self.relaxed || float.places.page > 0) {
                break;
            }
            let only = to == from + 1 && (alone || float.places.only_page());
            if !(flush || only || self.relaxed || depth >= floats.limits.alone) {
                continue;
            }
            let cell = Cell {
                more: 0,
                cost: self
                    .costs()
                    .floats_alone(ends && depth < floats.limits.alone),
                chain: NO_CHAIN,
                floats: to - from,
                foot: 0,
                foot_depth: Abs::ZERO,
                shift: 0,
            };
            self.head = to - from;
            let mut turn = self.without_text(depth, cell, true);
            if self.is_end(turn.to) {
                turn.to.item = column.items.len() as u32;
            }
            self.end(turn, &Page::default());
        }
        self.head = 0;
    }

    /// Says in the place behind a page how many floats stand before it; `None` if one of them is called only later. What
    /// those that wait cost.
    pub(super) fn settle_floats(&self, to: &mut Place, cell: Cell) -> Option<f64> {
        let column = self.column;
        let floats = &column.floats;
        to.floats = self.from.floats + cell.floats;
        if floats.list.len() == self.from.floats as usize {
            return Some(0.0);
        }
        *to = column.behind_floats(*to);
        let called = floats.called(*to);
        if to.floats > called {
            return None;
        }
        let waiting = called - to.floats;
        let late = floats.called(self.from).saturating_sub(to.floats);
        if waiting > 0 && to.line == 0 && to.item > 0 {
            // They come before what a forced end is followed by.
            let before = column.items.get(to.item as usize - 1);
            if matches!(before, Some(Item::Break)) {
                to.item -= 1;
            }
        }
        let forced = matches!(column.items.get(to.item as usize), None | Some(Item::Break));
        if waiting > MOST_WAITING && !forced {
            return None;
        }
        Some(self.costs().floats_wait(waiting - late.min(waiting), late))
    }
}
