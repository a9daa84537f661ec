//! One page from one place: every end that it may have.

mod ahead;
mod ends;
mod floats;

use super::column::{Column, Item, Text};
use super::cost::{self, Costs};
use super::paginate::Place;
use super::standing::Foot;
use crate::unit::Abs;
use ahead::Ahead;
use ends::Turn;

/// A page end that was found.
#[derive(Clone, Copy)]
pub(super) struct End {
    pub to: Place,
    pub cost: f64,
    chain: u32,
    /// The way of the text that the page begins and ends in, if it is not the best.
    split: Option<(u32, u8)>,
    /// How many floats stand at its head and at its foot.
    pub floats: (u32, u32),
    pub stretch: u32,
    pub above_notes: u32,
    pub foot: Foot,
}

/// A number of lines more or fewer than the best, with some floats on the page, and what it costs at least.
#[derive(Clone, Copy)]
struct Cell {
    more: i64,
    cost: f64,
    chain: u32,
    /// How many floats are on the page.
    floats: u32,
    /// How many of them stand at its foot.
    foot: u32,
    /// How much of the page those take.
    foot_depth: Abs,
    /// How many steps those in the text take.
    shift: i64,
}

impl Cell {
    /// How many steps lower things stand than in the cell of no lines more.
    fn steps(&self) -> i64 {
        self.more + self.shift
    }
}

/// By how many lines the texts of a page may together be longer or shorter than is best for them: whatever can be mended
/// at all is mended by two.
const MOST_MORE: i64 = 3;

/// No choice was made yet.
const NO_CHAIN: u32 = u32::MAX;

/// Fills one page.
pub(super) struct Walk<'a> {
    column: &'a Column,
    ahead: Ahead,
    from: Place,
    /// Notes that do not fit may begin overleaf: there was no other way.
    relaxed: bool,
    /// Ends that cost so much more than the best are not wanted.
    pub worth: f64,
    /// A page without notes that ends above this is too short to be wanted.
    floor: Abs,
    pub ends: Vec<End>,
    least: f64,
    /// So many floats stand at the page's head.
    head: u32,
    /// So many floats are called above where the page can end at all.
    reach: u32,
    /// Choices of ways other than the best: the choice before, the item, the way.
    chains: Vec<(u32, u32, u8)>,
    cells: Vec<Cell>,
    next: Vec<Cell>,
}

impl<'a> Walk<'a> {
    pub fn new(column: &'a Column) -> Walk<'a> {
        Walk {
            column,
            ahead: Ahead::of(column),
            from: Place::default(),
            relaxed: false,
            worth: 0.0,
            floor: Abs::ZERO,
            ends: Vec::new(),
            least: f64::MAX,
            head: 0,
            reach: 0,
            chains: Vec::new(),
            cells: Vec::new(),
            next: Vec::new(),
        }
    }

    /// Finds the ends of a page that begins at a place; at least one.
    pub fn fill(&mut self, from: Place) {
        self.from = from;
        self.relaxed = false;
        let up =
            self.column.costs.lines_worth(self.worth) + cost::MOST_STRETCH + cost::MOST_ABOVE_NOTES;
        self.floor = self.column.depth - self.column.step * i64::from(up);
        self.run();
        if self.ends.is_empty() {
            self.floor = Abs::ZERO;
            self.run();
        }
        if self.ends.is_empty() {
            self.relaxed = true;
            self.run();
        }
    }

    /// What page ends cost.
    pub fn costs(&self) -> &'a Costs {
        &self.column.costs
    }

    /// The ways chosen on the way to an end.
    pub fn ways(&self, end: &End) -> Vec<(u32, u8)> {
        let mut ways = Vec::new();
        let mut at = end.chain;
        while let Some(&(before, item, way)) = self.chains.get(at as usize) {
            ways.push((item, way));
            at = before;
        }
        ways.reverse();
        ways.extend(end.split);
        ways
    }

    /// Finds all ends, with every number of floats at the page's head.
    fn run(&mut self) {
        self.ends.clear();
        self.chains.clear();
        self.least = f64::MAX;
        self.head = 0;
        self.reach = self.from.floats;
        if !self.must_hold_floats() {
            self.run_below_head();
        }
        self.run_with_floats();
    }

    /// Finds the ends of a page with so many floats at its head as are set.
    fn run_below_head(&mut self) {
        let column = self.column;
        let start = self.from;
        let mut page = Page::default();
        if !self.begin(&mut page) {
            return;
        }
        if self.head == 0 && start.notes < column.notes.start(self.calls_at(start)) {
            // Notes from earlier pages may take the whole page.
            let free = self.is_end(start);
            self.end(self.without_text(Abs::ZERO, self.cells[0], free), &page);
        }
        let mut empty = true;
        // Nothing before the first text is on the page: what floats there waits or stands at its head.
        let first = self.ahead.text(start.item);
        let mut floats = column.floats.called(Place {
            item: first,
            ..Place::default()
        });
        for (index, item) in (first..).zip(&column.items[first as usize..]) {
            match item {
                Item::Break => return self.ends_behind(index, &page, 0.0, true),
                Item::Space { height, stretch } => {
                    page.space += *height;
                    page.spaces += u32::from(*stretch);
                }
                Item::Float => {
                    self.float(index, floats, &page);
                    floats += 1;
                }
                Item::Text(text) => {
                    if empty && index > 0 {
                        page.y += text.repeated(column.depth);
                    }
                    page.y += std::mem::take(&mut page.space);
                    page.stretch += std::mem::take(&mut page.spaces);
                    if text.grid {
                        page.y = page.y.round_up_to(column.step);
                    }
                    self.text(index, text, &mut page);
                    if self.cells.is_empty() {
                        return;
                    }
                    empty = false;
                    page.after = text.after;
                    self.ends_behind(index, &page, text.after, false);
                }
            }
        }
    }

    /// Sets a text: finds the page ends within it and the cells behind it.
    fn text(&mut self, index: u32, text: &Text, page: &mut Page) {
        let column = self.column;
        let continued = index == self.from.item && self.from.line > 0;
        let before = if continued { self.from.line } else { 0 };
        let usual = if continued { self.from.way } else { text.best };
        let usual_lines = i64::from(text.ways[usize::from(usual)].lines);
        // Notes fill a page from below.
        let called = column
            .notes
            .start(text.calls_before + text.ways[0].calls.len() as u32);
        let notes = match called > self.from.notes {
            true => column.notes.gap + column.notes.height(self.from.notes, called),
            false => Abs::ZERO,
        };
        page.floor = self.floor - notes;
        self.next.clear();
        for cell_index in 0..self.cells.len() {
            let cell = self.cells[cell_index];
            let top = page.y + column.step * cell.steps();
            let foot = column.depth - cell.foot_depth;
            // The first line that reaches down to where a page may end.
            let short = (page.floor - cell.foot_depth - top)
                .raw()
                .div_euclid(text.height.raw().max(1));
            let first = before + 1 + u32::try_from(short).unwrap_or(0);
            for (number, way) in (0u8..).zip(&text.ways) {
                if continued && number != usual {
                    continue;
                }
                let extra = if continued { 0.0 } else { way.cost };
                let more = cell.more + i64::from(way.lines) - usual_lines;
                let fits = top + text.height * i64::from(way.lines - before) <= foot;
                if fits && more.abs() <= MOST_MORE {
                    let chain = self.chain(cell.chain, index, number, usual);
                    self.next.push(Cell {
                        more,
                        cost: cell.cost + extra,
                        chain,
                        ..cell
                    });
                }
                for line in first..way.lines {
                    let y = top + text.height * i64::from(line - before);
                    if y > foot {
                        break;
                    }
                    let to = Place {
                        item: index,
                        way: number,
                        line,
                        ..Place::default()
                    };
                    let turn = Turn {
                        price: extra + text.end_within(way, line, &column.costs),
                        split: (number != usual).then_some((index, number)),
                        hyphen: way.hyphen_before(line),
                        ..Turn::at(to, y, cell, false)
                    };
                    self.end(turn, page);
                }
            }
        }
        // How many floats stand in the text follows from these.
        let key = |cell: &Cell| (cell.floats, cell.foot, cell.more);
        self.next
            .sort_by(|a, b| key(a).cmp(&key(b)).then(a.cost.total_cmp(&b.cost)));
        self.next.dedup_by_key(|cell| key(cell));
        std::mem::swap(&mut self.cells, &mut self.next);
        page.y += text.height * (usual_lines - i64::from(before));
    }

    /// Remembers a choice that is not the usual one.
    fn chain(&mut self, before: u32, item: u32, way: u8, usual: u8) -> u32 {
        if way == usual {
            return before;
        }
        self.chains.push((before, item, way));
        self.chains.len() as u32 - 1
    }

    /// The page ends behind a whole item, one per cell.
    fn ends_behind(&mut self, index: u32, page: &Page, price: f64, free: bool) {
        let to = Place {
            item: index + 1,
            ..Place::default()
        };
        let (to, free, price) = if self.is_end(to) {
            let item = self.column.items.len() as u32;
            (Place { item, ..to }, true, 0.0)
        } else {
            (to, free, price)
        };
        for cell_index in 0..self.cells.len() {
            let cell = self.cells[cell_index];
            let y = page.y + self.column.step * cell.steps();
            if !free && y < page.floor - cell.foot_depth {
                continue;
            }
            let turn = Turn {
                price,
                ..Turn::at(to, y, cell, free)
            };
            self.end(turn, page);
        }
    }
}

/// What is on the page so far.
#[derive(Default)]
struct Page {
    /// Where the next thing would stand, in the cell of no lines more.
    y: Abs,
    /// Space that waits for something to follow it.
    space: Abs,
    /// How many of the waiting spaces may be stretched.
    spaces: u32,
    /// A page that ends above this, with the notes called so far, is too short to be wanted.
    floor: Abs,
    /// How many spaces on the page may be stretched.
    stretch: u32,
    /// What a page end behind the last text costs.
    after: f64,
}
