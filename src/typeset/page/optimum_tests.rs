//! The pages that were found cost no more than any others.

use proptest::prelude::*;

use super::column::{Column, Item, Text, Way};
use super::cost::{Costs, LIST, LONELY_IN_NOTE};
use super::exhaustive::{cheapest, cost_of};
use super::float::{Float, Floats, Limits};
use super::paginate::{Begins, paginate};
use super::paginate_tests::{STEP, column, lines};
use super::standing::Standing;
use crate::theme::{FloatPlaces, PageEnds};
use crate::unit::{Abs, Side};

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
                text.repeat = Abs::pt(if more { 9.0 } else { 0.0 });
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

fn any_float() -> impl Strategy<Value = Float> {
    let names = prop::sample::subsequence(vec!["here", "top", "bottom", "page"], 1..=4);
    let room = prop_oneof![Just(0.0), Just(STEP), 0.0f64..20.0];
    (0.0f64..9.0, names.prop_shuffle(), room.clone(), room).prop_map(
        |(height, names, above, below)| Float {
            item: 0,
            height: Abs::pt(height * STEP),
            above: Abs::pt(above),
            below: Abs::pt(below),
            places: FloatPlaces::read(names).expect("places that there are"),
            chapter: 0,
        },
    )
}

/// A piece of a column.
#[derive(Clone, Debug)]
enum Piece {
    Text(Text, Vec<u32>),
    Space(u32, bool),
    Break,
    Float(Float),
}

/// Columns of few items: with notes in half of them, with at most so many floats.
fn any_column(most_floats: usize) -> impl Strategy<Value = Column> {
    let piece = prop_oneof![
        6 => any_text().prop_map(|(text, notes)| Piece::Text(text, notes)),
        2 => (0u32..30, any::<bool>()).prop_map(|(height, stretch)| Piece::Space(height, stretch)),
        1 => Just(Piece::Break),
        4 => any_float().prop_map(Piece::Float),
    ];
    let weights = prop_oneof![
        Just(Costs::new(PageEnds::STRICT, true)),
        Just(Costs::new(PageEnds::STRICT, false)),
        Just(Costs::new(PageEnds::RELAXED, true)),
    ];
    let limits = (1u32..4, 0.4f64..1.0, 0.4f64..1.0);
    let shape = (5u32..12, weights, any::<bool>(), limits);
    (shape, prop::collection::vec(piece, 1..9)).prop_map(
        move |((depth, costs, noted, (most, share, alone)), pieces)| {
            let mut column = column(depth, Vec::new());
            column.costs = costs;
            column.notes.gap = Abs::pt(8.0);
            column.floats = Floats {
                list: Vec::new(),
                limits: Limits {
                    most,
                    share: column.depth.scale(share),
                    alone: column.depth.scale(alone),
                },
            };
            for piece in pieces {
                put(&mut column, piece, noted, most_floats);
            }
            column
        },
    )
}

fn put(column: &mut Column, piece: Piece, noted: bool, most_floats: usize) {
    let item = match piece {
        Piece::Text(mut text, notes) => {
            let varies = |item: &&Item| matches!(item, Item::Text(text) if text.ways.len() > 1);
            // At most three lines more or fewer on a page are looked at.
            if column.items.iter().filter(varies).count() == 3 {
                text.ways.truncate(1);
            }
            text.calls_before = column.notes.count();
            if !noted {
                text.ways.iter_mut().for_each(|way| way.calls.clear());
            }
            for note in notes.into_iter().filter(|_| noted) {
                let end = |line| if line == 1 { LONELY_IN_NOTE } else { 0.0 };
                let lines = (0..note).map(|line| (Abs::pt(8.5), end(line)));
                column.notes.push(lines);
            }
            Item::Text(text)
        }
        Piece::Space(height, stretch) => Item::Space {
            height: Abs::pt(f64::from(height)),
            stretch,
        },
        Piece::Break => Item::Break,
        Piece::Float(_) if column.floats.list.len() >= most_floats => return,
        Piece::Float(mut float) => {
            float.item = column.items.len() as u32;
            float.height = float.height.min(column.depth);
            column.floats.list.push(float);
            Item::Float
        }
    };
    column.items.push(item);
}

/// That no other pages of a column cost less than those that were found.
fn prove(column: &Column) -> Result<(), TestCaseError> {
    let cuts = paginate(column, Begins::Anywhere);
    for side in [Side::Recto, Side::Verso] {
        let standing = Standing::first(side, &column.costs);
        let found = cost_of(column, cuts.on(side), standing);
        // Nothing but a note that had to be put off is beyond the search.
        prop_assert!(found.is_finite() || column.notes.count() > 0);
        if !cuts.on(side).is_empty() && found.is_finite() {
            let least = cheapest(column, standing);
            prop_assert!(
                found <= least * (1.0 + 1e-9),
                "{found} is more than {least}"
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn no_other_pages_are_cheaper(column in any_column(0)) {
        prove(&column)?;
    }

    #[test]
    fn no_other_pages_with_floats_are_cheaper(column in any_column(4)) {
        prove(&column)?;
    }
}
