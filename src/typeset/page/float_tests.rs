//! Where floats come to stand, and properties of every cut that has some.

use proptest::prelude::*;

use super::column::{Column, Item};
use super::float::{Float, Floats, Limits, MOST_WAITING, Places};
use super::paginate_tests::{STEP, any_text, column, lines, paginate};
use super::proof::check;
use crate::unit::Abs;

fn float(height: f64, places: &str) -> Float {
    Float {
        item: 0,
        height: Abs::pt(height * STEP),
        above: Abs::pt(STEP),
        below: Abs::pt(STEP),
        places: Places::read(places.split(' ')).unwrap(),
        chapter: 0,
    }
}

/// A column of these: texts of so many lines, and floats.
enum Given {
    Lines(u32),
    Float(f64, &'static str),
    Break,
}

use Given::{Float as F, Lines as L};

fn of(depth: u32, given: &[Given]) -> Column {
    let mut column = column(depth, Vec::new());
    column.floats.limits = limits(&column);
    for given in given {
        let item = match given {
            Given::Lines(count) => Item::Text(lines(&[*count], 0)),
            Given::Break => Item::Break,
            Given::Float(height, places) => {
                let mut float = float(*height, places);
                float.item = column.items.len() as u32;
                column.floats.list.push(float);
                Item::Float
            }
        };
        column.items.push(item);
    }
    column
}

fn limits(column: &Column) -> Limits {
    Limits {
        most: 3,
        share: column.depth.scale(0.7),
        alone: column.depth.scale(0.7),
    }
}

/// For each page: the floats at its head, in its text and at its foot.
fn placed(column: &Column) -> Vec<(Vec<u32>, Vec<u32>, Vec<u32>)> {
    let cuts = paginate(column);
    check(column, &cuts);
    cuts.iter()
        .map(|cut| {
            let (head, foot) = (cut.from.floats + cut.head, cut.to.floats - cut.foot);
            (
                (cut.from.floats..head).collect(),
                (head..foot).collect(),
                (foot..cut.to.floats).collect(),
            )
        })
        .collect()
}

#[test]
fn a_float_stands_where_it_is_called_if_there_is_room() {
    let column = of(20, &[L(6), F(4.0, "auto"), L(30)]);
    assert_eq!(placed(&column)[0].1, [0]);
}

#[test]
fn a_float_without_room_stands_at_the_head_of_the_next_page_and_text_fills_the_page_that_it_left() {
    let column = of(20, &[L(15), F(8.0, "here top"), L(30)]);
    let pages = placed(&column);
    assert_eq!(pages[0], (vec![], vec![], vec![]));
    assert_eq!(pages[1].0, [0]);
    assert_eq!(paginate(&column)[0].short, 0);
}

#[test]
fn a_float_goes_to_the_head_of_its_own_page_but_not_above_a_chapter_s_opening() {
    let column = of(20, &[L(30), F(4.0, "top"), L(30)]);
    assert_eq!(placed(&column)[1].0, [0]);
    let column = of(20, &[L(3), F(4.0, "top"), L(40)]);
    let pages = placed(&column);
    assert_eq!((pages[0].0.len(), pages[1].0.len()), (0, 1));
}

#[test]
fn a_float_goes_to_the_foot_of_its_own_page() {
    let column = of(20, &[L(3), F(4.0, "bottom"), L(40)]);
    assert_eq!(placed(&column)[0].2, [0]);
}

#[test]
fn floats_do_not_overtake_each_other() {
    let column = of(20, &[L(14), F(8.0, "top"), L(3), F(2.0, "auto"), L(40)]);
    let order: Vec<u32> = placed(&column)
        .into_iter()
        .flat_map(|(head, here, foot)| [head, here, foot].concat())
        .collect();
    assert_eq!(order, [0, 1]);
}

#[test]
fn large_floats_share_a_page_without_text() {
    let column = of(20, &[L(10), F(8.0, "top page"), F(8.0, "top page"), L(60)]);
    let pages = placed(&column);
    assert!(pages.iter().any(|(head, ..)| *head == [0, 1]), "{pages:?}");
}

#[test]
fn of_many_floats_in_a_row_few_wait_behind_text() {
    let mut given = vec![L(10)];
    given.extend((0..60).map(|number| F(f64::from(2 + number % 9), "auto")));
    given.extend([L(30), Given::Break, L(3)]);
    given.extend((0..20).map(|_| F(6.0, "top")));
    let column = of(20, &given);
    let cuts = paginate(&column);
    check(&column, &cuts);
    for cut in &cuts {
        let waiting = column.floats.called(cut.to) - cut.to.floats;
        let ends = column.items.get(cut.to.item as usize);
        let forced = matches!(ends, None | Some(Item::Break));
        assert!(forced || waiting <= MOST_WAITING, "{cut:?}");
    }
}

#[test]
fn a_plate_has_a_page_to_itself_and_text_goes_on_before_and_behind_it() {
    let column = of(20, &[L(10), F(18.0, "page"), L(60)]);
    let cuts = paginate(&column);
    check(&column, &cuts);
    assert_eq!((cuts[0].short, cuts[1].to.floats), (0, 1));
    assert!(!cuts[1].has_text(&column));
}

#[test]
fn a_chapter_does_not_end_with_a_small_float_alone() {
    let column = of(20, &[L(19), F(8.0, "auto")]);
    let cuts = paginate(&column);
    check(&column, &cuts);
    assert!(cuts[1].has_text(&column), "{cuts:?}");
}

#[test]
fn a_small_float_called_last_before_a_break_stands_with_the_text() {
    let before_break = of(20, &[L(19), F(8.0, "auto"), Given::Break, L(30)]);
    let cuts = paginate(&before_break);
    check(&before_break, &cuts);
    assert!(cuts[1].has_text(&before_break), "{cuts:?}");
    assert_eq!(cuts[1].to.floats, 1);
}

#[test]
fn what_waits_comes_before_a_forced_break_and_before_the_end() {
    let column = of(
        20,
        &[
            L(16),
            F(8.0, "top"),
            L(2),
            Given::Break,
            L(5),
            F(18.0, "auto"),
        ],
    );
    let cuts = paginate(&column);
    check(&column, &cuts);
    let (before, end) = (&cuts[1], &cuts[3]);
    assert_eq!(cuts.len(), 4);
    assert_eq!((before.to.item, before.to.floats), (4, 1));
    assert_eq!((end.head, end.has_text(&column)), (1, false));
}

fn any_float() -> impl Strategy<Value = Float> {
    let names = prop::sample::subsequence(vec!["here", "top", "bottom", "page"], 1..=4);
    (0.0f64..14.0, names, 0.0f64..20.0, 0.0f64..20.0).prop_map(|(height, places, above, below)| {
        Float {
            above: Abs::pt(above),
            below: Abs::pt(below),
            ..float(height, &places.join(" "))
        }
    })
}

fn any_column() -> impl Strategy<Value = Column> {
    #[derive(Clone, Debug)]
    enum Any {
        Text(super::column::Text, Vec<u32>),
        Space(u32, bool),
        Break,
        Float(Float),
    }
    let item = prop_oneof![
        4 => any_text().prop_map(|(text, notes)| Any::Text(text, notes)),
        1 => (0u32..30, any::<bool>()).prop_map(|(height, stretch)| Any::Space(height, stretch)),
        1 => Just(Any::Break),
        3 => any_float().prop_map(Any::Float),
    ];
    (4u32..14, prop::collection::vec(item, 1..12)).prop_map(|(depth, items)| {
        let mut column = column(depth, Vec::new());
        column.notes.gap = Abs::pt(8.0);
        column.floats = Floats {
            list: Vec::new(),
            limits: limits(&column),
        };
        let mut calls = 0;
        for item in items {
            let item = match item {
                Any::Text(mut text, notes) => {
                    text.calls_before = calls;
                    calls += notes.len() as u32;
                    for note in notes {
                        column.notes.push((0..note).map(|_| (Abs::pt(8.5), 0.0)));
                    }
                    Item::Text(text)
                }
                Any::Space(height, stretch) => Item::Space {
                    height: Abs::pt(f64::from(height)),
                    stretch,
                },
                Any::Break => Item::Break,
                Any::Float(mut float) => {
                    float.item = column.items.len() as u32;
                    float.height = float.height.min(column.depth);
                    column.floats.list.push(float);
                    Item::Float
                }
            };
            column.items.push(item);
        }
        column
    })
}

proptest! {
    #[test]
    fn no_float_is_lost_or_before_its_call_and_no_page_overflows(column in any_column()) {
        let shows = |item: &Item| matches!(item, Item::Text(_) | Item::Float);
        if column.items.iter().any(shows) {
            check(&column, &paginate(&column));
        }
    }
}
