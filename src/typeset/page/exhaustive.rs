//! All pages that a small column may have, one by one: what [`super::paginate`] promises, written once more and plainly.
//!
//! In: a column. Out: what its cheapest pages cost, and what given pages cost. Every text is set in every way, every page
//! ends wherever it may with as many lines of notes as it may, and every float stands in every place where it may.

mod ends;

use std::collections::BTreeMap;

use super::column::{Column, Item, Text};
use super::float::MOST_WAITING;
use super::paginate::{Cut, Place};
use super::standing::{Foot, Standing};
use crate::unit::Abs;

/// A page that ends somewhere.
struct Page {
    to: Place,
    cost: f64,
    foot: Foot,
    /// How many floats stand at its head and at its foot.
    floats: (u32, u32),
}

/// A page on the way down.
#[derive(Clone, Copy)]
struct Sheet {
    y: Abs,
    /// Space that waits for what follows it, and how many such spaces grow.
    space: (Abs, u32),
    /// How many spaces on the page grow.
    stretch: u32,
    /// No text stands on it.
    empty: bool,
    cost: f64,
    /// What a page end behind the last text costs.
    after: f64,
    /// Floats at its head, in its text, at its foot.
    head: u32,
    here: u32,
    foot: u32,
}

/// All pages of a column of which every text has one way.
struct Search<'a> {
    column: &'a Column,
    known: BTreeMap<(Place, usize), f64>,
}

impl Search<'_> {
    fn texts(&self, from: u32) -> impl Iterator<Item = &Text> {
        let items = self.column.items.get(from as usize..).unwrap_or_default();
        items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text),
            _ => None,
        })
    }

    /// What the cheapest pages from a place on cost.
    fn rest(&mut self, at: Place, standing: Standing) -> f64 {
        let column = self.column;
        let items = column.items.len() as u32;
        if (at.item, at.notes) == (items, column.notes.lines())
            && at.floats as usize == column.floats.list.len()
        {
            return 0.0;
        }
        let key = (at, standing.index());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let mut least = f64::INFINITY;
        for page in self.pages(at) {
            let (turn, next) = standing.turn(page.foot, &column.costs);
            least = least.min(page.cost + turn + self.rest(page.to, next));
        }
        self.known.insert(key, least);
        least
    }

    /// Every page that may begin at a place.
    fn pages(&self, at: Place) -> Vec<Page> {
        let mut pages = Vec::new();
        let blank = Sheet {
            y: Abs::ZERO,
            space: (Abs::ZERO, 0),
            stretch: 0,
            empty: true,
            cost: 0.0,
            after: 0.0,
            head: 0,
            here: 0,
            foot: 0,
        };
        self.floats_alone(at, blank, &mut pages);
        if self.nothing_but_floats(at) {
            return pages;
        }
        if at.notes < self.called(at) {
            self.end(at, at, blank, (0.0, false), &mut pages);
        }
        for head in 0..=self.column.floats.limits.most {
            for sheet in self.with_head(at, Sheet { head, ..blank }) {
                self.fill(at, at.item, sheet, &mut pages);
            }
        }
        pages
    }

    /// Whether a forced end follows on floats that do not stand yet, without text before it.
    fn nothing_but_floats(&self, at: Place) -> bool {
        let column = self.column;
        let mut called = column.floats.called(at);
        for item in &column.items[at.item as usize..] {
            match item {
                Item::Text(_) => return false,
                Item::Float => called += 1,
                Item::Break if called > at.floats => return true,
                Item::Break | Item::Space { .. } => {}
            }
        }
        called > at.floats
    }

    /// Pages with floats at their heads and, of those that were called before, as many at their feet as can be.
    fn with_head(&self, at: Place, blank: Sheet) -> Vec<Sheet> {
        let (column, floats) = (self.column, &self.column.floats);
        let end = at.floats + blank.head;
        if end as usize > floats.list.len() || floats.depth(at.floats, end) > floats.limits.share {
            return Vec::new();
        }
        let standing = column.called_at(at);
        let mut sheet = blank;
        for number in at.floats..end {
            let float = &floats.list[number as usize];
            let places = float.places;
            let fits = if number < standing {
                let called_here = float.item >= at.item && !places.only_page();
                places.top > 0 || places.here > 0 || called_here
            } else {
                let opened = (at.item, at.line) > (float.chapter, 0);
                sheet.cost += column.costs.float(places.top);
                places.top > 0 && opened
            };
            if !fits {
                return Vec::new();
            }
        }
        sheet.y = floats.head(at.floats, end, column.step);
        if sheet.head > 0 && sheet.y >= column.depth {
            return Vec::new();
        }
        let mut sheets = vec![sheet];
        for number in end..floats.called(at) {
            let Some(more) = self.at_foot(at, number, sheet) else {
                break;
            };
            sheet = more;
            sheets.push(sheet);
        }
        sheets
    }

    /// A page with one float more at its foot.
    fn at_foot(&self, at: Place, number: u32, sheet: Sheet) -> Option<Sheet> {
        let (column, floats) = (self.column, &self.column.floats);
        let rank = floats.list[number as usize].places.bottom;
        let (head, first) = (at.floats + sheet.head, number - sheet.foot);
        let taken = floats.depth(at.floats, head) + floats.depth(first, number + 1);
        let may = rank > 0
            && sheet.head + sheet.foot < floats.limits.most
            && taken <= floats.limits.share
            && sheet.y + floats.foot(first, number + 1, column.step) <= column.depth;
        may.then_some(Sheet {
            cost: sheet.cost + column.costs.float(rank),
            foot: sheet.foot + 1,
            ..sheet
        })
    }

    /// Where the foot of the text may be at most.
    fn lowest(&self, at: Place, sheet: Sheet) -> Abs {
        let first = at.floats + sheet.head + sheet.here;
        let floats = &self.column.floats;
        self.column.depth - floats.foot(first, first + sheet.foot, self.column.step)
    }

    /// All ends of a page that goes on with an item.
    fn fill(&self, at: Place, index: u32, mut sheet: Sheet, pages: &mut Vec<Page>) {
        let column = self.column;
        let Some(item) = column.items.get(index as usize) else {
            return;
        };
        let behind = Place {
            item: index + 1,
            ..Place::default()
        };
        let last = self.texts(behind.item).next().is_none();
        match item {
            Item::Break if sheet.empty => {}
            Item::Break => {
                let to = Place {
                    item: index,
                    ..Place::default()
                };
                return self.end(at, to, sheet, (0.0, true), pages);
            }
            Item::Space { height, stretch } if !sheet.empty => {
                sheet.space.0 += *height;
                sheet.space.1 += u32::from(*stretch);
            }
            Item::Space { .. } => {}
            Item::Float => {
                if !sheet.empty {
                    self.float(at, index, sheet, pages);
                    let number = column.floats.called(Place {
                        item: index,
                        ..Place::default()
                    });
                    let float = &column.floats.list[number as usize];
                    let set = at.floats + sheet.head + sheet.here + sheet.foot;
                    if set <= number && float.places.only_here() {
                        sheet.cost += column.costs.stranded();
                    }
                }
            }
            Item::Text(text) => {
                let way = &text.ways[0];
                let first = if index == at.item { at.line } else { 0 };
                if sheet.empty && index > 0 {
                    sheet.y += text.repeated(column.depth);
                }
                let (space, grow) = std::mem::take(&mut sheet.space);
                sheet.y += space;
                sheet.stretch += grow;
                if text.grid {
                    sheet.y = sheet.y.round_up_to(column.step);
                }
                if first == 0 {
                    sheet.cost += way.cost;
                }
                sheet.empty = false;
                sheet.after = text.after;
                for line in first + 1..=way.lines {
                    sheet.y += text.height;
                    if sheet.y > self.lowest(at, sheet) {
                        return;
                    }
                    let (to, price) = if line < way.lines {
                        let to = Place {
                            item: index,
                            line,
                            ..Place::default()
                        };
                        (to, text.end_within(way, line, &column.costs))
                    } else {
                        (behind, if last { 0.0 } else { text.after })
                    };
                    self.end(at, to, sheet, (price, false), pages);
                }
            }
        }
        self.fill(at, index + 1, sheet, pages);
    }

    /// All ends of a page that takes a float that its text calls.
    fn float(&self, at: Place, index: u32, sheet: Sheet, pages: &mut Vec<Page>) {
        let column = self.column;
        let behind = Place {
            item: index + 1,
            ..Place::default()
        };
        let number = at.floats + sheet.head + sheet.here + sheet.foot;
        let called = column.floats.list.get(number as usize);
        let Some(float) = called.filter(|float| float.item == index) else {
            return;
        };
        let bottom = sheet.y + float.above + float.height;
        if float.places.here > 0 && sheet.foot == 0 && bottom <= column.depth {
            let cost = sheet.cost + column.costs.float(float.places.here);
            let mut here = Sheet {
                cost,
                y: bottom,
                here: sheet.here + 1,
                ..sheet
            };
            self.end(at, behind, here, (0.0, false), pages);
            here.y = sheet.y + column.step * column.floats.steps(number, column.step);
            self.fill(at, index + 1, here, pages);
        }
        if let Some(foot) = self.at_foot(at, number, sheet) {
            let last = self.texts(behind.item).next().is_none();
            let price = if last { 0.0 } else { sheet.after };
            self.end(at, behind, foot, (price, false), pages);
            self.fill(at, index + 1, foot, pages);
        }
    }

    /// Pages without text: of floats that fill them, that need them, or behind which no text follows.
    fn floats_alone(&self, at: Place, blank: Sheet, pages: &mut Vec<Page>) {
        let (column, floats) = (self.column, &self.column.floats);
        let standing = column.called_at(at);
        let rest = self.nothing_but_floats(at) || self.texts(at.item).next().is_none();
        let flush = rest || standing.saturating_sub(at.floats) > MOST_WAITING;
        for to in at.floats + 1..=standing {
            let depth = floats.depth(at.floats, to);
            let float = &floats.list[to as usize - 1];
            let tall = float.height > floats.limits.share;
            let first = to == at.floats + 1;
            let likes = first && (tall || float.places.only_page());
            if depth > column.depth || !(flush || tall || float.places.page > 0) {
                return;
            }
            if flush || likes || depth >= floats.limits.alone {
                let sheet = Sheet {
                    y: depth,
                    head: to - at.floats,
                    cost: column
                        .costs
                        .floats_alone(rest && depth < floats.limits.alone),
                    ..blank
                };
                self.end(at, at, sheet, (0.0, true), pages);
            }
        }
    }
}

/// The same column with every text in one of its ways.
fn fixed(column: &Column, way_of: impl Fn(u32, &Text) -> u8) -> Column {
    let mut fixed = column.clone();
    for (index, item) in (0u32..).zip(&mut fixed.items) {
        if let Item::Text(text) = item {
            text.ways = vec![text.ways[usize::from(way_of(index, text))].clone()];
            text.best = 0;
        }
    }
    fixed
}

/// What the cheapest pages cost, in whatever ways the texts are set.
pub(super) fn cheapest(column: &Column, standing: Standing) -> f64 {
    let texts: Vec<(u32, u8)> = (0u32..)
        .zip(&column.items)
        .filter_map(|(at, item)| match item {
            Item::Text(text) if text.ways.len() > 1 => Some((at, text.ways.len() as u8)),
            _ => None,
        })
        .collect();
    let mut chosen = vec![0; texts.len()];
    let mut least = f64::INFINITY;
    loop {
        let fixed = fixed(column, |index, text| {
            let varied = texts.iter().position(|(at, _)| *at == index);
            varied.map_or(text.best, |at| chosen[at])
        });
        let mut search = Search {
            column: &fixed,
            known: BTreeMap::new(),
        };
        least = least.min(search.rest(Place::default(), standing));
        let mut ways = texts.iter().zip(&chosen);
        let Some(next) = ways.position(|((_, ways), way)| way + 1 < *ways) else {
            return least;
        };
        chosen[next] += 1;
        chosen[..next].fill(0);
    }
}

/// What pages cost, read off from where they end; infinite where a note had to be put off.
pub(super) fn cost_of(column: &Column, cuts: &[Cut], mut standing: Standing) -> f64 {
    let mut ways: BTreeMap<u32, u8> = BTreeMap::new();
    for cut in cuts {
        ways.extend(cut.ways.iter().copied());
    }
    let fixed = fixed(column, |index, text| {
        ways.get(&index).copied().unwrap_or(text.best)
    });
    let search = Search {
        column: &fixed,
        known: BTreeMap::new(),
    };
    let mut sum = 0.0;
    for cut in cuts {
        let one_way = |place: Place| Place { way: 0, ..place };
        let mut pages = search.pages(one_way(cut.from));
        pages.retain(|page| {
            page.to == one_way(cut.to)
                && page.foot.short == cut.short
                && page.floats == (cut.head, cut.foot)
        });
        let prices = pages.iter().map(|page| {
            let (turn, next) = standing.turn(page.foot, &column.costs);
            (page.cost + turn, next)
        });
        let Some((cost, next)) = prices.min_by(|a, b| a.0.total_cmp(&b.0)) else {
            return f64::INFINITY;
        };
        (sum, standing) = (sum + cost, next);
    }
    sum
}
