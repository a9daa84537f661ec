//! Total fit against all ways there are.

use proptest::prelude::*;

use super::super::super::hyphen::Joint;
use super::super::demerits::{Mode, Params};
use super::super::fit::fill;
use super::super::stops::{Place, Stop, StopKind, Stops, Sums};
use super::*;
use crate::unit::Abs;

/// A point in scaled points.
const PT: i64 = 65_536;

fn words(width: i64) -> Sums {
    Sums {
        width: width * PT,
        flex: width * PT / 50,
        ..Sums::default()
    }
}

fn space() -> Sums {
    Sums {
        width: 3 * PT,
        stretch: PT,
        shrink: PT / 2,
        ..Sums::default()
    }
}

/// Words of some widths; a word below 0 is broken in its middle by a hyphen of 2 pt.
fn paragraph(widths: &[i64]) -> Stops {
    let mut stops = Stops::new();
    let params = Params::justified(Abs::pt(10.0));
    for (at, width) in widths.iter().enumerate() {
        if at > 0 {
            stops.space(space(), Abs::ZERO, Abs::ZERO, 0.0, Place::default());
        }
        if *width < 0 {
            stops.push(words(-width / 2));
            let cost = params.joint(Joint::Syllable);
            let (end, start) = (Abs::pt(2.0), Abs::ZERO);
            stops.joint(Joint::Syllable, end, start, cost, Place::default());
            stops.push(words(-width - -width / 2));
        } else {
            stops.push(words(*width));
        }
    }
    stops.end(Abs::ZERO, Abs::ZERO, Place::default());
    stops
}

/// What a paragraph costs that is broken at these stops; `None` if it may not be.
fn price(stops: &Stops, ends: &[usize], measure: &Measure, params: &Params) -> Option<f64> {
    let (mut total, mut before, mut hyphens) = (0.0, 1, 0);
    let mut from: Option<Stop> = None;
    for (line, end) in ends.iter().enumerate() {
        let to = stops.list[*end];
        let content = to.before - from.map_or(Sums::default(), |from| from.after);
        let width = content.width + from.map_or(0, |from| from.start) + to.end;
        let last = to.kind == StopKind::End;
        let fit = fill(content, width, measure.room(line as u32), last, params.mode);
        if fit.excess > 0 || fit.ratio > params.loosest && !last {
            return None;
        }
        total += params.line(fit.ratio) + to.cost;
        if last && line > 0 {
            let from_hyphen = from.is_some_and(|from| from.kind.hyphenated());
            total += params.last_line(content.width, from_hyphen);
        }
        hyphens = if to.kind.hyphenated() { hyphens + 1 } else { 0 };
        if hyphens > 2 {
            return None;
        }
        if hyphens > 1 {
            total += params.double_hyphen;
        }
        let need = measure.room(line as u32) - width;
        let judged = params.judge(&fit, content, need, last);
        let (class, step) = params.follow(before, judged.class, line == 0);
        total += step;
        before = class;
        from = Some(to);
    }
    Some(total)
}

/// The cheapest of all ways, by numbers of lines.
fn all_ways(stops: &Stops, measure: &Measure, params: &Params) -> Vec<Option<f64>> {
    let inner = stops.len() - 1;
    let mut best: Vec<Option<f64>> = vec![None; inner + 2];
    for ways in 0..1_u32 << inner {
        let mut ends: Vec<usize> = (0..inner).filter(|bit| ways & (1 << bit) != 0).collect();
        ends.push(inner);
        if let Some(price) = price(stops, &ends, measure, params) {
            let slot = &mut best[ends.len()];
            *slot = Some(slot.map_or(price, |old| old.min(price)));
        }
    }
    best
}

proptest! {
    #[test]
    fn nothing_cheaper_is_found_by_trying_all(
        widths in prop::collection::vec(prop_oneof![10_i64..60, -60_i64..-20], 1..9),
        width in 60_i64..140,
        first in 0_i64..20,
    ) {
        let stops = paragraph(&widths);
        let measure = Measure { first: Abs::from_raw(first * PT), ..Measure::of(Abs::from_raw(width * PT)) };
        for params in [Params::justified(Abs::pt(10.0)), Params::ragged(Abs::pt(10.0))] {
            let ways = all_ways(&stops, &measure, &params);
            let breaks = Breaker::default().break_lines(&stops, &measure, &params);
            let cheapest = ways.iter().flatten().copied().min_by(f64::total_cmp);
            let best = &breaks.settings[breaks.best];
            let Some(cheapest) = cheapest else {
                // No way without a line too loose or too long: the second pass found one nonetheless.
                prop_assert_eq!(best.lines.last().map(|line| line.stop as usize), Some(stops.len() - 1));
                return Ok(());
            };
            prop_assert!((best.demerits - cheapest).abs() < 1e-6 * cheapest);
            for setting in &breaks.settings {
                let count = setting.lines.len();
                let found = ways[count].unwrap();
                prop_assert!((setting.demerits - found).abs() < 1e-6 * found, "{count} lines");
            }
            let fewer: Vec<usize> = (1..best.lines.len())
                .rev()
                .take(1)
                .filter(|count| params.mode == Mode::Justified && ways[*count].is_some())
                .collect();
            let offered: Vec<usize> = breaks.settings[..breaks.best]
                .iter()
                .map(|setting| setting.lines.len())
                .collect();
            prop_assert_eq!(offered, fewer);
        }
    }

    #[test]
    fn every_paragraph_ends(
        widths in prop::collection::vec(prop_oneof![1_i64..400, -400_i64..-20], 1..40),
        width in 1_i64..140,
    ) {
        let stops = paragraph(&widths);
        let measure = Measure::of(Abs::from_raw(width * PT));
        for params in [
            Params::justified(Abs::pt(10.0)),
            Params::ragged(Abs::pt(10.0)),
            Params::balanced(Abs::pt(10.0)),
        ] {
            let breaks = Breaker::default().break_lines(&stops, &measure, &params);
            for setting in &breaks.settings {
                let ends: Vec<u32> = setting.lines.iter().map(|line| line.stop).collect();
                prop_assert!(ends.is_sorted());
                prop_assert_eq!(ends.last().copied(), Some(stops.len() as u32 - 1));
            }
            prop_assert!(breaks.best < breaks.settings.len());
        }
    }
}

#[test]
fn a_word_wider_than_the_measure_sticks_out_alone() {
    let stops = paragraph(&[30, 200, 30]);
    let measure = Measure::of(Abs::pt(100.0));
    let params = Params::justified(Abs::pt(10.0));
    let breaks = Breaker::default().break_lines(&stops, &measure, &params);
    let excess: Vec<bool> = breaks.settings[breaks.best]
        .lines
        .iter()
        .map(|line| line.fit.excess > 0)
        .collect();
    assert_eq!(excess, [false, true, false]);
}
