//! Everything that the end of a page may be like.

use super::{Page, Search, Sheet};
use crate::typeset::page::column::Item;
use crate::typeset::page::cost::{MOST_EARLY, MOST_STRETCH};
use crate::typeset::page::float::MOST_WAITING;
use crate::typeset::page::paginate::Place;
use crate::typeset::page::standing::Foot;
use crate::unit::Abs;

impl Search<'_> {
    /// How many lines of notes are called before a place.
    pub(super) fn called(&self, to: Place) -> u32 {
        let calls = self.texts(to.item).next().map(|text| {
            let here = if to.line > 0 {
                text.ways[0].calls_to(to.line)
            } else {
                0
            };
            text.calls_before + here
        });
        self.column.notes.start(calls.unwrap_or(u32::MAX))
    }

    /// A page that ends here, in all the ways in which it may be filled.
    pub(super) fn end(
        &self,
        from: Place,
        mut to: Place,
        sheet: Sheet,
        (price, mut free): (f64, bool),
        pages: &mut Vec<Page>,
    ) {
        let (column, costs, notes) = (self.column, &self.column.costs, &self.column.notes);
        let mut cost = sheet.cost + price;
        // No float stands before a break that it is called behind.
        let next = column.items[to.item as usize..].iter();
        let called_there = next
            .take_while(|item| to.line == 0 && matches!(item, Item::Float | Item::Space { .. }))
            .filter(|item| matches!(item, Item::Float))
            .count() as u32;
        let reach = column.floats.called(to) + called_there;
        let mut hyphen = false;
        match self.texts(to.item).next() {
            Some(text) if to.line > 0 => hyphen = text.ways[0].hyphen_before(to.line),
            // Behind the break that it ends at.
            Some(_) => to.item += u32::from(free && !sheet.empty),
            None => {
                to.item = column.items.len() as u32;
                free = true;
            }
        }
        to.floats = from.floats + sheet.head + sheet.here + sheet.foot;
        to = column.behind_floats(to);
        let called = column.floats.called(to);
        if to.floats > called || !sheet.empty && to.floats > reach {
            return;
        }
        let (waiting, before) = (called - to.floats, column.floats.called(from));
        let late = before.saturating_sub(to.floats);
        if waiting > 0
            && to.line == 0
            && to.item > 0
            && matches!(column.items[to.item as usize - 1], Item::Break)
        {
            to.item -= 1;
        }
        let next = column.items.get(to.item as usize);
        if waiting > MOST_WAITING && !matches!(next, None | Some(Item::Break)) {
            return;
        }
        cost += costs.floats_wait(waiting - late.min(waiting), late);
        let room = self.lowest(from, sheet) - sheet.y;
        if room < Abs::ZERO {
            return;
        }
        let called = self.called(to);
        let mut splits = vec![(called, room, 0.0)];
        if from.notes < called {
            let left = room - notes.gap - notes.height(from.notes, called);
            splits = vec![(called, left, 0.0)];
            if left < Abs::ZERO {
                // The first line of the note that is called last.
                let last = (0..notes.count()).map(|note| notes.start(note));
                let last = last.filter(|start| *start < called).max().unwrap_or(0);
                let fits = notes.fitting(from.notes, room - notes.gap).max(from.notes);
                let needed = if last >= from.notes {
                    last + (called - last).min(2)
                } else {
                    from.notes + 1
                };
                if sheet.y.is_zero() {
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
            let page = Page {
                to: Place { notes: noted, ..to },
                cost: cost + price,
                foot,
                floats: (sheet.head, sheet.foot),
            };
            if page.to != from {
                self.close(from, page, left, sheet.stretch, pages);
            }
        }
    }

    /// Pages whose notes are known, with the room that is left.
    fn close(&self, from: Place, page: Page, left: Abs, stretch: u32, pages: &mut Vec<Page>) {
        let (column, costs) = (self.column, &self.column.costs);
        let step = column.step.raw();
        let missing = (left.raw() / step) as u32;
        if page.foot.free {
            let cost = page.cost + costs.last_page((column.depth - left).raw() / step);
            pages.push(Page { cost, ..page });
            return;
        }
        let noted = page.to.notes > from.notes;
        let stretch = stretch + column.floats.spaces(from.floats, page.to.floats);
        for short in 0..=missing {
            for fill in 0..=(missing - short).min(stretch).min(MOST_STRETCH) {
                let above = missing - short - fill;
                if above > 0 && !noted || short > 1 && noted {
                    continue;
                }
                pages.push(Page {
                    cost: page.cost + costs.stretch(fill) + costs.above_notes(above),
                    foot: Foot { short, ..page.foot },
                    ..page
                });
            }
        }
    }
}
