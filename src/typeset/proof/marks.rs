//! Marks in the margins: a bar beside each line that something was found in, and outside the trim its numbers and codes, with a
//! hairline from one to the other.
//!
//! Marks stand over nothing: a bar stands in the first gap at the outer end of its line, or nowhere; labels that would stand on
//! one another move apart; those for which a page is not high enough are named by their number alone, `+ 12 more`.

mod labels;

use std::collections::BTreeMap;

use super::ground::bar;
use super::lift::walk;
use super::locate::Stand;
use super::looks::{ink, pale};
use super::noted::Noted;
use super::scribe::Scribe;
use crate::diag::Severity;
use crate::typeset::frame::{DestId, Frame};
use crate::typeset::pages::Page;
use crate::typeset::structure::ElementId;
use crate::unit::{Abs, Point, Rect, Size};
use labels::labels;

/// How wide a bar is.
const BAR: Abs = Abs::pt(1.4);
/// From the type area's end to the bars of its lines: marks and hyphens may hang out by half as much.
const BESIDE: Abs = Abs::pt(6.0);
/// Around a bar at least.
const CLEAR: Abs = Abs::pt(1.5);
/// Words with no more between them stand on one line of text.
const WORDS: Abs = Abs::pt(8.0);
/// From one label to the next.
const STEP: Abs = Abs::pt(8.6);
/// A page on its sheet.
pub(super) struct Bed<'a> {
    /// The page.
    pub page: &'a Page,
    /// Where its trim's upper left corner lies.
    pub at: Point,
    /// Its type area, on the page.
    pub area: Rect,
    /// Whether its outer edge is the right one.
    pub right: bool,
    /// The sheet.
    pub sheet: Size,
}

/// A line with a mark, as if its outer edge were the right one.
struct Marked {
    line: Rect,
    severity: Severity,
}

impl Bed<'_> {
    /// A rectangle as it is seen from the other side of the paper, where the outer edge is the left one; the same for the right.
    fn outward(&self, rect: Rect) -> Rect {
        if self.right {
            return rect;
        }
        let x = self.page.trim.width - rect.at.x - rect.size.width;
        Rect {
            at: Point::new(x, rect.at.y),
            ..rect
        }
    }

    /// The same on the sheet.
    fn on_sheet(&self, rect: Rect) -> Rect {
        let rect = self.outward(rect);
        Rect {
            at: self.at + rect.at,
            ..rect
        }
    }

    /// Draws something as wide as it says, seen with the outer edge on the right.
    fn bar(&self, frame: &mut Frame, rect: Rect, severity: Severity, faint: bool) {
        let color = if faint { pale(severity) } else { ink(severity) };
        let rect = self.on_sheet(rect);
        bar(frame, rect.at, rect.size, color);
    }

    /// The line of a finding; of one about the whole page, the first of the type area.
    fn line(&self, stand: Stand) -> Rect {
        stand.line.unwrap_or(Rect {
            at: self.area.at,
            size: Size::new(self.area.size.width, STEP),
        })
    }

    /// How far right the page reaches, with what runs off it.
    fn edge(&self) -> Abs {
        let bleed = self.outward(self.page.bleed);
        self.page.trim.width.max(bleed.at.x + bleed.size.width)
    }
}

/// Draws the marks of a page's findings, each with the entry that it leads to.
pub(super) fn draw(
    scribe: &mut Scribe<'_>,
    frame: &mut Frame,
    bed: &Bed<'_>,
    noted: &[(&Noted<'_>, DestId)],
    parent: ElementId,
) {
    let mut lines: BTreeMap<(Abs, Abs), Marked> = BTreeMap::new();
    for (noted, _) in noted {
        let Some(stand) = noted.stand else { continue };
        let line = bed.outward(bed.line(stand));
        let severity = noted.found.severity;
        let marked = lines
            .entry((line.at.y, line.at.x))
            .or_insert(Marked { line, severity });
        marked.severity = marked.severity.max(severity);
    }
    let mut taken = Vec::new();
    walk(bed.page, &mut |_, rect| taken.push(bed.outward(rect)));
    taken.sort_by_key(|rect| rect.at.y);
    let reach: BTreeMap<(Abs, Abs), Abs> = lines
        .iter()
        .map(|(key, marked)| (*key, beside(bed, frame, marked, &taken)))
        .collect();
    labels(scribe, frame, bed, noted, &reach, parent);
}

/// Draws a line's bar; returns from where a hairline may run to the page's edge.
fn beside(bed: &Bed<'_>, frame: &mut Frame, marked: &Marked, taken: &[Rect]) -> Abs {
    let Rect { at, size } = marked.line;
    let limit = bed.page.trim.width;
    let area = bed.outward(bed.area);
    // What stands beside the line, from left to right. Type of no page is higher than this.
    let from = at.y - Abs::pt(200.0);
    let first = taken.partition_point(|rect| rect.at.y < from);
    let mut row: Vec<&Rect> = taken[first..]
        .iter()
        .take_while(|rect| rect.at.y < at.y + size.height)
        .filter(|rect| rect.at.y + rect.size.height > at.y)
        .collect();
    row.sort_by_key(|rect| rect.at.x);
    let mut end = at.x + size.width;
    let mut next = limit;
    for rect in row {
        let right = rect.at.x + rect.size.width;
        if right <= end {
            continue;
        }
        if rect.at.x > end + WORDS {
            next = rect.at.x;
            break;
        }
        end = right;
    }
    let edge = area.at.x + area.size.width;
    // In line with the others, then as near as it may be.
    let wishes = [edge + BESIDE, end + CLEAR * 2, end + CLEAR];
    let fits = |x: &Abs| *x >= end + CLEAR && *x + BAR + CLEAR <= next;
    let Some(x) = wishes.into_iter().find(fits) else {
        return limit;
    };
    let rect = Rect {
        at: Point::new(x, at.y),
        size: Size::new(BAR, size.height),
    };
    bed.bar(frame, rect, marked.severity, false);
    if next == limit {
        x + BAR + CLEAR
    } else {
        limit
    }
}
