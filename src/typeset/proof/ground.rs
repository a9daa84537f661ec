//! What lies under and around the pages: the lines that a book is made by.

use super::looks::{AREA, BLEED, FINE, GRID, HAIR, SAFETY, TRIM};
use crate::theme::Color;
use crate::typeset::Grid;
use crate::typeset::frame::{Artifact, Frame, Item, Owner};
use crate::typeset::pages::Page;
use crate::unit::{Abs, Point, Rect, Sides, Size};

/// A dash, and the gap behind it.
const DASH: (Abs, Abs) = (Abs::pt(3.0), Abs::pt(2.0));

/// A line that nobody reads, from its upper left corner.
pub(super) fn bar(frame: &mut Frame, at: Point, size: Size, color: Color) {
    let owner = Owner::Artifact(Artifact::Layout);
    frame.push(at, Item::Rule { size, color, owner });
}

/// A rectangle's four sides, their middles on its edges.
pub(super) fn outline(frame: &mut Frame, rect: Rect, thick: Abs, color: Color) {
    let half = thick / 2;
    let Size { width, height } = rect.size;
    let (left, top) = (rect.at.x - half, rect.at.y - half);
    let across = Size::new(width + thick, thick);
    let down = Size::new(thick, height + thick);
    bar(frame, Point::new(left, top), across, color);
    bar(frame, Point::new(left, top + height), across, color);
    bar(frame, Point::new(left, top), down, color);
    bar(frame, Point::new(left + width, top), down, color);
}

/// The same in dashes.
pub(super) fn dashes(frame: &mut Frame, rect: Rect, thick: Abs, color: Color) {
    let half = thick / 2;
    let mut side = |length: Abs, put: &dyn Fn(Abs, Abs) -> (Point, Size)| {
        let mut from = Abs::ZERO;
        while from < length {
            let long = DASH.0.min(length - from);
            let (at, size) = put(from, long);
            bar(frame, at, size, color);
            from += DASH.0 + DASH.1;
        }
    };
    let (Point { x, y }, Size { width, height }) = (rect.at, rect.size);
    for y in [y - half, y + height - half] {
        side(width, &|from, long| {
            (Point::new(x + from, y), Size::new(long, thick))
        });
    }
    for x in [x - half, x + width - half] {
        side(height, &|from, long| {
            (Point::new(x, y + from), Size::new(thick, long))
        });
    }
}

/// A page's lines.
pub(super) struct Ground<'a> {
    /// Where text stands.
    pub grid: &'a Grid,
    /// How far the printer wants text to keep inside.
    pub safety: Sides<Abs>,
    /// Whether the spine is at the left.
    pub spine_left: bool,
}

impl Ground<'_> {
    /// A rectangle of the page, so far inside its trim.
    fn inside(&self, trim: Size, sides: Sides<Abs>) -> Rect {
        let (left, right) = match self.spine_left {
            true => (sides.inner, sides.outer),
            false => (sides.outer, sides.inner),
        };
        Rect {
            at: Point::new(left, sides.head),
            size: Size::new(
                (trim.width - left - right).max(Abs::ZERO),
                (trim.height - sides.head - sides.foot).max(Abs::ZERO),
            ),
        }
    }

    /// The type area.
    pub(super) fn area(&self, trim: Size) -> Rect {
        self.inside(trim, self.grid.margins)
    }

    /// Draws what lies under a page.
    pub(super) fn under(&self, frame: &mut Frame, page: &Page, at: Point) {
        let area = self.area(page.trim);
        let corner = at + area.at;
        for line in 0..i64::from(self.grid.lines) {
            let y = corner.y + self.grid.first + self.grid.step * line;
            let size = Size::new(area.size.width, FINE);
            bar(frame, Point::new(corner.x, y - FINE / 2), size, GRID);
        }
        let rect = Rect { at: corner, ..area };
        outline(frame, rect, HAIR, AREA);
        if has(self.safety) {
            let safe = self.inside(page.trim, self.safety);
            let at = at + safe.at;
            dashes(frame, Rect { at, ..safe }, HAIR, SAFETY);
        }
    }

    /// Draws what lies around a page, over pictures that run off it.
    pub(super) fn around(&self, frame: &mut Frame, page: &Page, at: Point) {
        if bleeds(page) {
            let place = at + page.bleed.at;
            let rect = Rect {
                at: place,
                ..page.bleed
            };
            dashes(frame, rect, HAIR, BLEED);
        }
        let trim = Rect {
            at,
            size: page.trim,
        };
        outline(frame, trim, HAIR, TRIM);
    }
}

/// Whether anything is asked for on any side.
pub(super) fn has(sides: Sides<Abs>) -> bool {
    let Sides {
        inner,
        outer,
        head,
        foot,
    } = sides;
    [inner, outer, head, foot]
        .iter()
        .any(|side| *side > Abs::ZERO)
}

/// Whether colour may run off a page.
pub(super) fn bleeds(page: &Page) -> bool {
    page.bleed.size != page.trim
}
