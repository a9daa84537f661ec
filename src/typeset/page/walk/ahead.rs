//! What stands next in a column from anywhere in it: hundreds of pictures in a row are not to be passed one by one from each of them.

use crate::typeset::page::column::{Column, Item};
use crate::typeset::page::paginate::Place;

/// For each item of a column, and for what is behind the last.
pub(super) struct Ahead {
    /// The first text from there on; the number of all items if none follows.
    texts: Vec<u32>,
    /// The first forced page end from there on, in the same way.
    breaks: Vec<u32>,
    /// Behind the last forced page end before it; 0 if there is none.
    ended: Vec<u32>,
}

impl Ahead {
    pub fn of(column: &Column) -> Ahead {
        let count = column.items.len();
        let behind = count as u32;
        let mut ahead = Ahead {
            texts: vec![behind; count + 1],
            breaks: vec![behind; count + 1],
            ended: vec![0; count + 1],
        };
        for (at, item) in column.items.iter().enumerate() {
            ahead.ended[at + 1] = match item {
                Item::Break => at as u32 + 1,
                _ => ahead.ended[at],
            };
        }
        for (at, item) in column.items.iter().enumerate().rev() {
            ahead.texts[at] = match item {
                Item::Text(_) => at as u32,
                _ => ahead.texts[at + 1],
            };
            ahead.breaks[at] = match item {
                Item::Break => at as u32,
                _ => ahead.breaks[at + 1],
            };
        }
        ahead
    }

    /// The first text from an item on; the number of all items if none follows.
    pub fn text(&self, item: u32) -> u32 {
        self.texts[item as usize]
    }

    /// How many floats were called before a place or are called there, before any text: what [`Column::called_at`] counts.
    pub fn called_at(&self, column: &Column, place: Place) -> u32 {
        let floats = &column.floats;
        let called = floats.called(place);
        if place.line > 0 || called as usize == floats.list.len() {
            return called;
        }
        let text = self.text(place.item);
        // A page that is empty so far is not ended by a break.
        let full = match called == place.floats {
            true => floats.list[called as usize].item + 1,
            false => place.item,
        };
        if full > text {
            return called;
        }
        let stop = self.breaks[full as usize].min(text);
        floats.called(before(stop))
    }

    /// Whether floats wait or are called at a place, and before any text the page is forced to end.
    pub fn must_hold_floats(&self, column: &Column, place: Place) -> bool {
        let text = self.text(place.item);
        let stop = match text as usize == column.items.len() {
            true => text,
            false => match self.ended[text as usize] {
                end if end > place.item => end - 1,
                _ => return false,
            },
        };
        column.floats.called(before(stop)) > place.floats
    }
}

/// Where an item begins.
fn before(item: u32) -> Place {
    Place {
        item,
        ..Place::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::typeset::page::column::Text;
    use crate::typeset::page::float::{Float, Places};
    use crate::unit::Abs;

    proptest! {
        #[test]
        fn what_is_counted_ahead_is_what_stands_there(
            kinds in prop::collection::vec(0..4u8, 0..24), at in 0usize..24, waiting in 0u32..4
        ) {
            let mut column = Column::default();
            for (number, kind) in (0u32..).zip(&kinds) {
                column.items.push(match kind {
                    0 => Item::Text(Text::block(Abs::pt(1.0))),
                    1 => Item::Break,
                    2 => Item::Space { height: Abs::pt(1.0), stretch: false },
                    _ => {
                        column.floats.list.push(Float {
                            item: number,
                            height: Abs::pt(1.0),
                            above: Abs::ZERO,
                            below: Abs::ZERO,
                            places: Places::HERE,
                            chapter: 0,
                        });
                        Item::Float
                    }
                });
            }
            let ahead = Ahead::of(&column);
            let mut place = before(at.min(kinds.len()) as u32);
            place.floats = column.floats.called(place).saturating_sub(waiting);
            prop_assert_eq!(ahead.called_at(&column, place), column.called_at(place));
            let mut called = column.floats.called(place);
            let mut held = None;
            for item in &column.items[place.item as usize..] {
                match item {
                    Item::Text(_) => held = Some(false),
                    Item::Float => called += 1,
                    Item::Break if called > place.floats => held = Some(true),
                    Item::Break | Item::Space { .. } => {}
                }
                if held.is_some() {
                    break;
                }
            }
            let held = held.unwrap_or(called > place.floats);
            prop_assert_eq!(ahead.must_hold_floats(&column, place), held);
        }
    }
}
