//! The labels of marks: outside the page, at the heights of their lines or as near as there is room.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::entry::put_sign;
use super::super::form::EDGE;
use super::super::looks::{SIGN, pale};
use super::super::noted::Noted;
use super::super::scribe::Scribe;
use super::{Bed, STEP};
use crate::diag::Severity;
use crate::typeset::frame::{Artifact, DestId, Frame, Item, LinkTarget, Owner};
use crate::typeset::paragraph::Voice;
use crate::typeset::structure::{ElementId, Tag};
use crate::unit::{Abs, Point, Rect, Size};

/// A hairline.
const LEADER: Abs = Abs::pt(0.35);
/// From what is around the page to where hairlines bend, from there to where they end, and on to the labels.
const REACH: (Abs, Abs, Abs) = (Abs::pt(4.0), Abs::pt(10.0), Abs::pt(3.0));
/// Between sign, number and code.
const GAPS: (Abs, Abs) = (Abs::pt(2.6), Abs::pt(4.0));

/// Draws the labels outside the page, with their hairlines.
pub(super) fn labels(
    scribe: &mut Scribe<'_>,
    frame: &mut Frame,
    bed: &Bed<'_>,
    noted: &[(&Noted<'_>, DestId)],
    reach: &BTreeMap<(Abs, Abs), Abs>,
    parent: ElementId,
) {
    let room = bed.page.trim.height;
    let most = (room.raw() / STEP.raw()).max(1) as usize;
    let (mut shown, more) = (noted.to_vec(), noted.len() > most);
    if more {
        // The worst are named, and of those as bad the first ones of each line.
        let mut on_line: BTreeMap<Option<(Abs, Abs)>, usize> = BTreeMap::new();
        let ranks = noted.iter().map(|(noted, _)| {
            let line = noted.stand.and_then(|stand| stand.line);
            let before = on_line.entry(line.map(|line| (line.at.y, line.at.x)));
            let before = before.or_default();
            *before += 1;
            (Reverse(noted.found.severity), *before)
        });
        let ranks: Vec<_> = ranks.collect();
        let mut order: Vec<usize> = (0..noted.len()).collect();
        order.sort_by_key(|at| ranks[*at]);
        order.truncate(most - 1);
        order.sort_unstable();
        shown = order.into_iter().map(|at| noted[at]).collect();
    }
    let middle = |noted: &Noted<'_>| {
        let line = noted.stand.map(|stand| bed.outward(bed.line(stand)));
        line.unwrap_or_default()
    };
    let wishes = shown.iter().map(|(noted, _)| {
        let line = middle(noted);
        line.at.y + line.size.height / 2
    });
    let below = if more { STEP } else { Abs::ZERO };
    let heights = apart(
        &wishes.collect::<Vec<_>>(),
        STEP / 2,
        room - STEP / 2 - below,
    );
    let bend = bed.edge() + REACH.0;
    let end = bend + REACH.1;
    for ((noted, dest), y) in shown.iter().zip(&heights) {
        let line = middle(noted);
        let severity = noted.found.severity;
        let from = line.at.y + line.size.height / 2;
        let begins = reach.get(&(line.at.y, line.at.x)).copied();
        let begins = begins.unwrap_or(bed.page.trim.width).min(bend);
        let straight = Rect {
            at: Point::new(begins, from - LEADER / 2),
            size: Size::new(bend - begins, LEADER),
        };
        bed.bar(frame, straight, severity, true);
        slant(frame, bed, (bend, from), (end, *y), severity);
        label(
            scribe,
            frame,
            bed,
            noted,
            *dest,
            (end + REACH.2, *y),
            parent,
        );
    }
    if more {
        let text = format!("+ {} more", noted.len() - shown.len());
        let style = scribe.looks.place.clone();
        let voice = Voice::Artifact(Artifact::Layout);
        let line = scribe.line(&text, &style, voice);
        let rect = Rect {
            at: Point::new(end + REACH.2, room - line.size.height),
            size: line.size,
        };
        frame.push_frame(bed.on_sheet(rect).at, line);
    }
}

/// A hairline from one place to another.
fn slant(frame: &mut Frame, bed: &Bed<'_>, from: (Abs, Abs), to: (Abs, Abs), severity: Severity) {
    let place = |x: Abs, y: Abs| {
        bed.on_sheet(Rect {
            at: Point::new(x, y),
            size: Size::ZERO,
        })
    };
    let half = LEADER / 2;
    let corners = [
        place(from.0, from.1 - half),
        place(to.0, to.1 - half),
        place(to.0, to.1 + half),
        place(from.0, from.1 + half),
    ];
    let item = Item::Path {
        points: corners.iter().map(|corner| corner.at).collect(),
        color: pale(severity),
        owner: Owner::Artifact(Artifact::Layout),
    };
    frame.push(Point::ZERO, item);
}

/// A sign, a number and, where there is room, a code, that lead to an entry; the number next to the page.
fn label(
    scribe: &mut Scribe<'_>,
    frame: &mut Frame,
    bed: &Bed<'_>,
    noted: &Noted<'_>,
    dest: DestId,
    (x, y): (Abs, Abs),
    parent: ElementId,
) {
    let severity = noted.found.severity;
    let element = scribe.open(parent, Tag::Link);
    let (bold, plain) = (
        scribe.looks.mark(severity).clone(),
        scribe.looks.code(severity).clone(),
    );
    let number = scribe.line(&noted.number.to_string(), &bold, Voice::Element(element));
    let code = scribe.line(noted.found.code.name(), &plain, Voice::Element(element));
    // The middle of figures is a third of their size above the baseline.
    let baseline = bed.at.y + y + bold.size().scale(0.33);
    let outer = bed.on_sheet(Rect {
        at: Point::new(x, y),
        size: Size::ZERO,
    });
    let room = match bed.right {
        true => bed.sheet.width - EDGE - outer.at.x,
        false => outer.at.x - EDGE,
    };
    let mut at = Abs::ZERO;
    let mut place = |width: Abs, gap: Abs| {
        let left = match bed.right {
            true => outer.at.x + at,
            false => outer.at.x - at - width,
        };
        at += width + gap;
        left
    };
    let left = place(SIGN, GAPS.0);
    put_sign(frame, Point::new(left, baseline - Abs::pt(0.3)), severity);
    let left = place(number.size.width, GAPS.1);
    let width = number.size.width;
    frame.push_frame(Point::new(left, baseline - number.baseline), number);
    let mut whole = SIGN + GAPS.0 + width;
    if whole + GAPS.1 + code.size.width <= room {
        whole += GAPS.1 + code.size.width;
        let left = place(code.size.width, Abs::ZERO);
        frame.push_frame(Point::new(left, baseline - code.baseline), code);
    }
    let left = match bed.right {
        true => outer.at.x,
        false => outer.at.x - whole,
    };
    let link = Item::Link {
        size: Size::new(whole, STEP),
        target: LinkTarget::Dest(dest),
        element,
    };
    frame.push(Point::new(left, bed.at.y + y - STEP / 2), link);
}

/// Moves heights apart, by [`STEP`] each at least and as little as needed, within limits; they come in order and stay so.
fn apart(wishes: &[Abs], top: Abs, bottom: Abs) -> Vec<Abs> {
    let mut heights: Vec<Abs> = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let least = heights.last().map_or(top, |last| *last + STEP);
        heights.push(least.max(*wish));
    }
    let mut most = bottom;
    for height in heights.iter_mut().rev() {
        *height = most.min(*height);
        most = *height - STEP;
    }
    heights
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_move_no_farther_than_they_must() {
        let pt = |points: &[f64]| points.iter().map(|pt| Abs::pt(*pt)).collect::<Vec<_>>();
        let (top, bottom) = (Abs::pt(4.0), Abs::pt(100.0));
        assert_eq!(apart(&pt(&[20.0, 40.0]), top, bottom), pt(&[20.0, 40.0]));
        let moved = apart(&pt(&[0.0, 20.0, 22.0, 40.0]), top, bottom);
        assert_eq!(moved, pt(&[4.0, 20.0, 28.6, 40.0]));
        let moved = apart(&pt(&[95.0, 120.0]), top, bottom);
        assert_eq!(moved, pt(&[91.4, 100.0]));
    }

    proptest! {
        #[test]
        fn labels_stand_on_no_other(
            mut wishes in prop::collection::vec(-50.0f64..900.0, 0..60),
        ) {
            wishes.sort_by(f64::total_cmp);
            let wishes: Vec<Abs> = wishes.into_iter().map(Abs::pt).collect();
            let (top, bottom) = (STEP / 2, STEP * 60);
            let heights = apart(&wishes, top, bottom);
            prop_assert_eq!(heights.len(), wishes.len());
            prop_assert!(heights.iter().all(|height| (top..=bottom).contains(height)));
            prop_assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= STEP));
        }
    }
}
