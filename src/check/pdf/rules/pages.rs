//! The boxes of pages (ISO 32000-1, 14.11.2; PDF/X: ISO 15930-7, 6.11).

use super::super::document::{Document, Page, Rect};
use super::super::fault::{Faults, Several};
use crate::diag::Code;

/// Boxes may stick out by as much, in points: writers round.
const ROUNDED: f64 = 0.5;

/// The shortest and the longest side of a page in points (ISO 32000-1, annex C).
const SIDES: std::ops::RangeInclusive<f64> = 3.0..=14_400.0;

/// Tells of pages without a size and of boxes that stick out.
pub(super) fn judge(document: &Document, faults: &mut Faults) {
    let mut none = Several::default();
    let (mut outside, mut first_outside) = (Several::default(), None);
    let mut first_none = None;
    for page in &document.pages {
        if !page.media.is_some_and(is_size) {
            none.add(|| format!("page {} (object {})", page.label, page.object));
            first_none = first_none.or(Some(&page.label));
        }
        if let Some(what) = sticking_out(page) {
            outside.add(|| format!("{what} of page {} (object {})", page.label, page.object));
            first_outside = first_outside.or(Some(&page.label));
        }
    }
    let hint = "set the boxes anew: trim within bleed, bleed within media";
    if let (Some(which), Some(page)) = (none.told(), first_none) {
        faults.tell_on(
            page,
            Code::PageBox,
            format!("no size that a page can have: {which}"),
            hint,
        );
    }
    if let (Some(which), Some(page)) = (outside.told(), first_outside) {
        faults.tell_on(
            page,
            Code::PageBox,
            format!("what sticks out: {which}"),
            hint,
        );
    }
}

fn is_size([left, bottom, right, top]: Rect) -> bool {
    SIDES.contains(&(right - left)) && SIDES.contains(&(top - bottom))
}

/// The first box that sticks out of one that should hold it.
fn sticking_out(page: &Page) -> Option<String> {
    let media = page.media?;
    let bleed = page.boxes.get("BleedBox");
    for (name, own) in &page.boxes {
        if !within(*own, media) {
            return Some(format!("the `{name}` out of the `MediaBox`"));
        }
        if matches!(*name, "TrimBox" | "ArtBox") && bleed.is_some_and(|bleed| !within(*own, *bleed))
        {
            return Some(format!("the `{name}` out of the `BleedBox`"));
        }
    }
    None
}

fn within(inner: Rect, outer: Rect) -> bool {
    inner[0] >= outer[0] - ROUNDED
        && inner[1] >= outer[1] - ROUNDED
        && inner[2] <= outer[2] + ROUNDED
        && inner[3] <= outer[3] + ROUNDED
}
