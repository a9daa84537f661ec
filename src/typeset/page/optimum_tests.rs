//! The pages that were found cost no more than any others: a search through all of them, written once more and plainly.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::column::{Column, Item, Text, Way};
use super::cost::{Costs, LIST, LONELY_IN_NOTE, MOST_EARLY, MOST_STRETCH};
use super::paginate::{Begins, Cut, paginate};
use super::paginate_tests::{column, lines};
use super::standing::{Foot, Standing};
use crate::theme::PageEnds;
use crate::unit::{Abs, Side};

/// A place: an item, a line in it, a line of the notes.
type At = (u32, u32, u32);

/// A page that ends somewhere.
struct Page {
    to: At,
    cost: f64,
    foot: Foot,
}

/// All pages of a column of which every text has one way.
struct Search<'a> {
    column: &'a Column,
    known: BTreeMap<(At, usize), f64>,
}

impl Search<'_> {
    fn texts(&self, from: usize) -> impl Iterator<Item = &Text> {
        let items = self.column.items.get(from..).unwrap_or_default();
        items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text),
            _ => None,
        })
    }

    /// What the cheapest pages from a place on cost.
    fn rest(&mut self, at: At, standing: Standing) -> f64 {
        if at.0 as usize == self.column.items.len() && at.2 == self.column.notes.lines() {
            return 0.0;
        }
        let key = (at, standing.index());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let mut least = f64::INFINITY;
        for page in self.pages(at) {
            let (turn, next) = standing.turn(page.foot, &self.column.costs);
            least = least.min(page.cost + turn + self.rest(page.to, next));
        }
        self.known.insert(key, least);
        least
    }

    /// Every page that may begin at a place.
    fn pages(&self, at: At) -> Vec<Page> {
        let column = self.column;
        let mut pages = Vec::new();
        if at.2 < self.called((at.0, at.1)) {
            self.end(at, (at.0, at.1), Abs::ZERO, 0, (0.0, false), &mut pages);
        }
        let (mut y, mut space, mut stretch, mut waiting) = (Abs::ZERO, Abs::ZERO, 0, 0);
        let (mut empty, mut cost) = (true, 0.0);
        for (index, item) in (0u32..).zip(&column.items).skip(at.0 as usize) {
            match item {
                Item::Break if empty => {}
                Item::Break => {
                    self.end(at, (index + 1, 0), y, stretch, (cost, true), &mut pages);
                    break;
                }
                Item::Space { height, stretch } if !empty => {
                    space += *height;
                    waiting += u32::from(*stretch);
                }
                // Columns here have no floats.
                Item::Space { .. } | Item::Float => {}
                Item::Text(text) => {
                    let way = &text.ways[0];
                    let first = if index == at.0 { at.1 } else { 0 };
                    y += std::mem::take(&mut space);
                    stretch += std::mem::take(&mut waiting);
                    if text.grid {
                        y = y.round_up_to(column.step);
                    }
                    if first == 0 {
                        cost += way.cost;
                    }
                    for line in first + 1..=way.lines {
                        let y = y + text.height * i64::from(line - first);
                        if y > column.depth {
                            return pages;
                        }
                        let (to, price) = if line < way.lines {
                            ((index, line), text.end_within(way, line, &column.costs))
                        } else {
                            ((index + 1, 0), text.after)
                        };
                        self.end(at, to, y, stretch, (cost + price, false), &mut pages);
                    }
                    y += text.height * i64::from(way.lines - first);
                    empty = false;
                    if self.texts(index as usize + 1).next().is_none() {
                        break;
                    }
                }
            }
        }
        pages
    }

    /// How many lines of notes are called before a place.
    fn called(&self, to: (u32, u32)) -> u32 {
        let calls = self.texts(to.0 as usize).next().map(|text| {
            let here = if to.1 > 0 {
                text.ways[0].calls_to(to.1)
            } else {
                0
            };
            text.calls_before + here
        });
        self.column.notes.start(calls.unwrap_or(u32::MAX))
    }

    /// A page that ends here, in all the ways in which it may be filled.
    fn end(
        &self,
        from: At,
        to: (u32, u32),
        y: Abs,
        stretch: u32,
        (mut cost, mut free): (f64, bool),
        pages: &mut Vec<Page>,
    ) {
        let (column, costs, notes) = (self.column, &self.column.costs, &self.column.notes);
        let mut item = to.0;
        let mut hyphen = false;
        if to.1 > 0 {
            let text = self
                .texts(item as usize)
                .next()
                .expect("it ends within one");
            hyphen = text.ways[0].hyphen_before(to.1);
        } else if self.texts(item as usize).next().is_none() {
            item = column.items.len() as u32;
            if !free && to.0 > from.0 {
                // Nothing is parted from what follows.
                let text = match &column.items[to.0 as usize - 1] {
                    Item::Text(text) => text.after,
                    _ => 0.0,
                };
                cost -= text;
            }
            free = true;
        }
        let room = column.depth - y;
        let called = self.called(to);
        let mut splits = vec![(called, room, 0.0)];
        if from.2 < called {
            let left = room - notes.gap - notes.height(from.2, called);
            splits = vec![(called, left, 0.0)];
            if left < Abs::ZERO {
                // The first line of the note that is called last.
                let last = (0..notes.count()).map(|note| notes.start(note));
                let last = last.filter(|start| *start < called).max().unwrap_or(0);
                let fits = notes.fitting(from.2, room - notes.gap).max(from.2);
                let needed = if last >= from.2 {
                    last + (called - last).min(2)
                } else {
                    from.2 + 1
                };
                if y.is_zero() {
                    cost += costs.notes_alone();
                }
                let few = fits.saturating_sub(MOST_EARLY).max(needed);
                let split = |noted| {
                    let early = costs.notes_early(fits - noted);
                    let end = notes.end_before(noted, called, costs);
                    (noted, Abs::ZERO, costs.note_split() + early + end)
                };
                splits = (few..=fits).map(split).collect();
            }
        }
        let foot = Foot {
            short: 0,
            free,
            hyphen,
        };
        for (noted, left, price) in splits {
            let to = (item, to.1, noted);
            if to != from {
                self.close(from, to, left, stretch, (cost + price, foot), pages);
            }
        }
    }

    /// Pages whose notes are known, with the room that is left.
    fn close(
        &self,
        from: At,
        to: At,
        left: Abs,
        stretch: u32,
        (mut cost, foot): (f64, Foot),
        pages: &mut Vec<Page>,
    ) {
        let (column, costs) = (self.column, &self.column.costs);
        let noted = to.2;
        let step = column.step.raw();
        let missing = (left.raw() / step) as u32;
        if foot.free {
            cost += costs.last_page((column.depth - left).raw() / step);
            pages.push(Page { to, cost, foot });
            return;
        }
        for short in 0..=missing {
            for fill in 0..=(missing - short).min(stretch).min(MOST_STRETCH) {
                let above = missing - short - fill;
                if above > 0 && noted == from.2 || short > 1 && noted > from.2 {
                    continue;
                }
                let cost = cost + costs.stretch(fill) + costs.above_notes(above);
                let foot = Foot { short, ..foot };
                pages.push(Page { to, cost, foot });
            }
        }
    }
}

/// What the cheapest pages cost, in whatever ways the texts are set.
fn cheapest(column: &Column, standing: Standing) -> f64 {
    let texts: Vec<usize> = (0..column.items.len())
        .filter(|at| matches!(&column.items[*at], Item::Text(text) if text.ways.len() > 1))
        .collect();
    let mut chosen = vec![0; texts.len()];
    let mut least = f64::INFINITY;
    loop {
        let mut fixed = column.clone();
        for (at, way) in texts.iter().zip(&chosen) {
            if let Item::Text(text) = &mut fixed.items[*at] {
                text.ways = vec![text.ways[*way].clone()];
                text.best = 0;
            }
        }
        let mut search = Search {
            column: &fixed,
            known: BTreeMap::new(),
        };
        least = least.min(search.rest((0, 0, 0), standing));
        let next = texts
            .iter()
            .zip(&chosen)
            .position(|(at, way)| match &column.items[*at] {
                Item::Text(text) => way + 1 < text.ways.len(),
                _ => false,
            });
        let Some(next) = next else { return least };
        chosen[next] += 1;
        chosen[..next].fill(0);
    }
}

/// What pages cost, read off from where they end.
fn cost_of(column: &Column, cuts: &[Cut], mut standing: Standing) -> f64 {
    let mut ways: BTreeMap<u32, u8> = BTreeMap::new();
    for cut in cuts {
        ways.extend(cut.ways.iter().copied());
    }
    let mut fixed = column.clone();
    for (index, item) in (0u32..).zip(&mut fixed.items) {
        if let Item::Text(text) = item {
            let way = ways.get(&index).copied().unwrap_or(text.best);
            text.ways = vec![text.ways[usize::from(way)].clone()];
            text.best = 0;
        }
    }
    let search = Search {
        column: &fixed,
        known: BTreeMap::new(),
    };
    let mut sum = 0.0;
    for cut in cuts {
        let at = (cut.from.item, cut.from.line, cut.from.notes);
        let to = (cut.to.item, cut.to.line, cut.to.notes);
        let mut pages = search.pages(at);
        pages.retain(|page| page.to == to && page.foot.short == cut.short);
        let prices = pages.iter().map(|page| {
            let (turn, next) = standing.turn(page.foot, &column.costs);
            (page.cost + turn, next)
        });
        let Some((cost, next)) = prices.min_by(|a, b| a.0.total_cmp(&b.0)) else {
            // A note that had to be put off.
            return f64::INFINITY;
        };
        (sum, standing) = (sum + cost, next);
    }
    sum
}

fn any_text() -> impl Strategy<Value = (Text, Vec<u32>)> {
    let shape = (1u32..9, any::<bool>(), any::<bool>(), 0u8..8);
    let notes = prop::collection::vec(1u32..5, 0..2);
    (shape, notes).prop_map(|((count, more, less, kind), notes)| {
        let mut counts = vec![count];
        if more {
            counts.push(count + 1);
        }
        if less && count > 1 {
            counts.push(count - 1);
        }
        let mut text = lines(&counts, 0);
        match kind {
            0 => {
                text.ways.truncate(1);
                text.grid = false;
                text.height = Abs::pt(7.3);
            }
            1 => text.after = Costs::default().stranded(),
            2 => text.within = Costs::default().stranded(),
            3 => text.after = Costs::default().galley(LIST),
            _ => {}
        }
        let kept = |way: &mut Way| {
            way.calls = notes.iter().map(|n| n % way.lines).collect();
            way.calls.sort_unstable();
            way.hyphens = (0..way.lines)
                .filter(|line| (line + way.lines).is_multiple_of(3))
                .collect();
            way.runt = way.lines.is_multiple_of(2);
        };
        text.ways.iter_mut().for_each(kept);
        (text, notes)
    })
}

fn any_column() -> impl Strategy<Value = Column> {
    let item = prop_oneof![
        6 => any_text().prop_map(|(text, notes)| (Item::Text(text), notes)),
        2 => (0u32..30, any::<bool>()).prop_map(|(height, stretch)| {
            (Item::Space { height: Abs::pt(f64::from(height)), stretch }, Vec::new())
        }),
        1 => Just((Item::Break, Vec::new())),
    ];
    let weights = prop_oneof![
        Just(Costs::new(PageEnds::STRICT, true)),
        Just(Costs::new(PageEnds::STRICT, false)),
        Just(Costs::new(PageEnds::RELAXED, true)),
    ];
    let shape = (5u32..12, weights, 0u32..2);
    (shape, prop::collection::vec(item, 1..9)).prop_map(|((depth, costs, noted), items)| {
        let mut column = column(depth, Vec::new());
        column.costs = costs;
        column.notes.gap = Abs::pt(8.0);
        let (mut calls, mut varied) = (0, 0);
        for (mut item, notes) in items {
            if let Item::Text(text) = &mut item {
                // At most three lines more or fewer on a page are looked at.
                varied += u32::from(text.ways.len() > 1);
                if varied > 3 {
                    text.ways.truncate(1);
                }
                text.calls_before = calls;
                if noted == 0 {
                    text.ways.iter_mut().for_each(|way| way.calls.clear());
                } else {
                    calls += notes.len() as u32;
                    for note in notes {
                        let end = |line| if line == 1 { LONELY_IN_NOTE } else { 0.0 };
                        column
                            .notes
                            .push((0..note).map(|line| (Abs::pt(8.5), end(line))));
                    }
                }
            }
            column.items.push(item);
        }
        column
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn no_other_pages_are_cheaper(column in any_column()) {
        let cuts = paginate(&column, Begins::Anywhere);
        for side in [Side::Recto, Side::Verso] {
            let standing = Standing::first(side, &column.costs);
            let found = cost_of(&column, cuts.on(side), standing);
            if !cuts.on(side).is_empty() && found.is_finite() {
                let least = cheapest(&column, standing);
                // Where notes are parted a hyphen may stand on the dearer side of a spread.
                let noted = column.notes.count() > 0;
                let spare = if noted { column.costs.hyphen(true) } else { 0.0 };
                prop_assert!(found <= least * (1.0 + 1e-9) + spare, "{found} is more than {least}");
            }
        }
    }
}
