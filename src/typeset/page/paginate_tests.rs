//! Properties of every cut, and that no cheaper cuts exist.

use proptest::prelude::*;

use super::column::{Column, Item, Text, Way};
use super::cost::Costs;
use super::paginate::{Begins, Cut, Place};
use super::proof::check;
use crate::theme::PageEnds;
use crate::unit::{Abs, Side};

pub(super) const STEP: f64 = 10.0;

/// The pages of a column that begins on a right-hand page.
pub(super) fn paginate(column: &Column) -> Vec<Cut> {
    super::paginate::paginate(column, Begins::On(Side::Recto))
        .on(Side::Recto)
        .to_vec()
}

pub(super) fn lines(counts: &[u32], best: u8) -> Text {
    let ways = counts.iter().enumerate().map(|(i, lines)| Way {
        lines: *lines,
        cost: if i == usize::from(best) { 0.0 } else { 1000.0 },
        ..Way::default()
    });
    Text {
        ways: ways.collect(),
        best,
        height: Abs::pt(STEP),
        grid: true,
        least: 2,
        within: 0.0,
        after: 0.0,
        tied: false,
        calls_before: 0,
        repeat: Abs::ZERO,
    }
}

pub(super) fn column(depth: u32, items: Vec<Item>) -> Column {
    Column {
        depth: Abs::pt(STEP) * i64::from(depth),
        step: Abs::pt(STEP),
        items,
        ..Column::default()
    }
}

#[test]
fn a_widow_is_avoided_by_setting_an_earlier_paragraph_longer() {
    // 10 lines a page: 4 + 7 lines leave one line over, unless the first takes five lines.
    let items = vec![
        Item::Text(lines(&[4, 5], 0)),
        Item::Text(lines(&[7], 0)),
        Item::Text(lines(&[14], 0)),
    ];
    let column = column(10, items);
    let cuts = paginate(&column);
    assert_eq!(cuts[0].ways, [(0, 1)]);
    assert_eq!((cuts[0].to.item, cuts[0].to.line), (1, 5));
    assert_eq!(check(&column, &cuts)[0], column.depth);
}

#[test]
fn where_no_page_end_weighs_anything_all_lines_stand_on_pages() {
    let items: Vec<Item> = (0..200).map(|_| Item::Text(lines(&[5, 6], 0))).collect();
    let mut column = column(10, items);
    let nothing = PageEnds {
        widow: 0.0,
        orphan: 0.0,
        short: 0.0,
        ..PageEnds::STRICT
    };
    column.costs = Costs::new(nothing, true);
    for uneven in [true, false] {
        column.costs.level = uneven;
        check(&column, &paginate(&column));
    }
}

#[test]
fn a_heading_goes_with_its_text() {
    let mut heading = Text::block(Abs::pt(STEP));
    heading.after = Costs::default().stranded();
    let items = vec![
        Item::Text(lines(&[8], 0)),
        Item::Space {
            height: Abs::pt(STEP),
            stretch: false,
        },
        Item::Text(heading),
        Item::Text(lines(&[8], 0)),
    ];
    let column = column(10, items);
    let cuts = paginate(&column);
    check(&column, &cuts);
    assert_eq!((cuts[0].to.item, cuts[0].to.line), (1, 0));
    assert_eq!(cuts[0].short, 2);
}

#[test]
fn a_note_stands_on_the_page_of_its_call_or_goes_on_overleaf() {
    let mut text = lines(&[12], 0);
    text.ways[0].calls = vec![1, 9];
    let mut column = column(10, vec![Item::Text(text)]);
    column.notes.push([(Abs::pt(STEP), 0.0); 2]);
    column.notes.push([(Abs::pt(STEP), 0.0); 12]);
    let cuts = paginate(&column);
    check(&column, &cuts);
    // The first note fills two lines of page one; the second begins where its call is and needs two pages.
    assert_eq!((cuts[0].to.line, cuts[0].to.notes), (8, 2));
    assert!(cuts[1].to.notes > 3 && cuts[1].to.notes <= 14);
}

#[test]
fn a_forced_break_may_leave_a_page_short() {
    let items = vec![
        Item::Text(lines(&[6], 0)),
        Item::Break,
        Item::Text(lines(&[6], 0)),
        Item::Break,
    ];
    let column = column(10, items);
    let cuts = paginate(&column);
    check(&column, &cuts);
    assert_eq!(cuts.len(), 2);
    assert_eq!((cuts[0].free, cuts[1].free), (true, true));
}

#[test]
fn facing_pages_end_one_line_higher_together() {
    // Two headings that cannot stand on the last line of their pages, of 10 lines each.
    let mut heading = Text::block(Abs::pt(STEP));
    heading.after = Costs::default().stranded();
    let items = vec![
        Item::Text(lines(&[9], 0)),
        Item::Text(heading.clone()),
        Item::Text(lines(&[8], 0)),
        Item::Text(heading),
        Item::Text(lines(&[9], 0)),
    ];
    let column = column(10, items);
    let cuts = super::paginate::paginate(&column, Begins::Anywhere);
    let feet = |side| {
        let cuts = cuts.on(side);
        check(&column, cuts);
        cuts.iter().map(|cut| cut.short).collect::<Vec<_>>()
    };
    assert_eq!(feet(Side::Verso), [1, 1, 0]);
    // On a right-hand page that nothing faces a line less is not seen; on the left-hand page behind it, it is.
    assert_eq!(feet(Side::Recto)[0], 1);
}

#[test]
fn nothing_makes_no_page() {
    assert!(paginate(&column(10, Vec::new())).is_empty());
    assert!(paginate(&column(10, vec![Item::Break])).is_empty());
}

pub(super) fn any_text() -> impl Strategy<Value = (Text, Vec<u32>)> {
    let ways = (1u32..14, 0u8..3, any::<bool>());
    (
        ways,
        any::<bool>(),
        any::<bool>(),
        prop::collection::vec(1u32..16, 0..2),
    )
        .prop_map(|((count, more, less), keep, odd, notes)| {
            let mut counts = vec![count];
            counts.extend((1..=u32::from(more)).map(|m| count + m));
            if less && count > 1 {
                counts.push(count - 1);
            }
            let mut text = lines(&counts, 0);
            if odd {
                text.ways.truncate(1);
                text.grid = false;
                text.height = Abs::pt(7.3);
            }
            if keep {
                text.after = Costs::default().stranded();
            }
            for way in &mut text.ways {
                way.calls = notes.iter().map(|n| n % way.lines).collect();
                way.calls.sort_unstable();
            }
            (text, notes)
        })
}

pub fn any_column() -> impl Strategy<Value = Column> {
    let item = prop_oneof![
        4 => any_text().prop_map(|(text, notes)| (Item::Text(text), notes)),
        1 => (0u32..30, any::<bool>()).prop_map(|(h, stretch)| {
            (Item::Space { height: Abs::pt(f64::from(h)), stretch }, Vec::new())
        }),
        1 => Just((Item::Break, Vec::new())),
    ];
    (1u32..12, prop::collection::vec(item, 0..12)).prop_map(|(depth, items)| {
        let mut column = column(depth + 3, Vec::new());
        column.notes.gap = Abs::pt(8.0);
        let mut calls = 0;
        for (mut item, notes) in items {
            if let Item::Text(text) = &mut item {
                text.calls_before = calls;
                calls += notes.len() as u32;
                for note in notes {
                    column.notes.push((0..note).map(|_| (Abs::pt(8.5), 0.0)));
                }
            }
            column.items.push(item);
        }
        column
    })
}

/// Paragraphs of lines on the grid, at most one call in a line, on pages that hold a line and two of notes at least.
fn noted_column() -> impl Strategy<Value = Column> {
    let text = (
        1u32..12,
        prop::collection::btree_map(0u32..12, 1u32..30, 0..3),
    );
    (6u32..14, prop::collection::vec(text, 1..8)).prop_map(|(depth, texts)| {
        let mut column = column(depth, Vec::new());
        column.notes.gap = Abs::pt(8.0);
        let mut calls = 0;
        for (count, notes) in texts {
            let mut text = lines(&[count, count + 1], 0);
            text.calls_before = calls;
            let notes: Vec<(u32, u32)> = notes.into_iter().filter(|(at, _)| *at < count).collect();
            calls += notes.len() as u32;
            for way in &mut text.ways {
                way.calls = notes.iter().map(|(at, _)| *at).collect();
            }
            for (_, note) in notes {
                column.notes.push((0..note).map(|_| (Abs::pt(8.5), 0.0)));
            }
            column.items.push(Item::Text(text));
        }
        column
    })
}

/// How many notes are called before a place.
fn calls_before(column: &Column, place: Place) -> u32 {
    match column.items.get(place.item as usize) {
        Some(Item::Text(text)) => {
            let way = &text.ways[usize::from(place.way)];
            text.calls_before
                + if place.line > 0 {
                    way.calls_to(place.line)
                } else {
                    0
                }
        }
        _ => column.notes.count(),
    }
}

proptest! {
    #[test]
    fn no_line_is_lost_or_repeated_and_no_page_overflows(column in any_column()) {
        let texts = column.items.iter().any(|item| matches!(item, Item::Text(_)));
        let cuts = super::paginate::paginate(&column, Begins::Anywhere);
        for side in [Side::Recto, Side::Verso] {
            prop_assert_eq!(cuts.on(side).is_empty(), !texts);
            if texts {
                check(&column, cuts.on(side));
            }
        }
    }

    #[test]
    fn every_note_begins_on_the_page_of_its_call(column in noted_column()) {
        for cut in &paginate(&column) {
            let (first, end) = (calls_before(&column, cut.from), calls_before(&column, cut.to));
            for note in first..end {
                let begin = column.notes.start(note);
                prop_assert!((cut.from.notes..cut.to.notes).contains(&begin), "{cut:?}: {note}");
            }
            // What is carried over belongs to the last note that is called on the page or before it.
            prop_assert!(cut.to.notes == column.notes.start(end) || cut.to.notes > column.notes.start(end - 1));
        }
    }
}
