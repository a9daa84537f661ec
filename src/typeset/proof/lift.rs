//! Pages lifted onto sheets that hold several of them.
//!
//! A page's frame counts the elements and slots of its own flow, and the page says what to add. On a sheet two pages lie side by
//! side, so what is to be added is added to the frame itself.

use std::sync::Arc;

use crate::typeset::frame::{Frame, Item, Owner};
use crate::typeset::pages::Page;
use crate::typeset::structure::{ElementId, SlotId};
use crate::unit::{Point, Rect, Size};

/// A page's frame, its elements and slots numbered through the book.
pub(super) fn lifted(page: &Page) -> Arc<Frame> {
    if page.element_base == 0 && page.slot_base == 0 {
        return Arc::clone(&page.frame);
    }
    Arc::new(frame(&page.frame, page))
}

fn frame(given: &Frame, page: &Page) -> Frame {
    let inner = |inner: &Arc<Frame>| Arc::new(frame(inner, page));
    let owned = |owner: &Owner| match owner {
        Owner::Slot(slot) => Owner::Slot(SlotId(slot.0.saturating_add(page.slot_base))),
        artifact => *artifact,
    };
    let items = given.items.iter().map(|(at, item)| {
        let mut item = item.clone();
        match &mut item {
            Item::Group(held) | Item::Turned(held) | Item::Clipped(held) => *held = inner(held),
            Item::Glyphs { owner, .. }
            | Item::Rule { owner, .. }
            | Item::Path { owner, .. }
            | Item::Image { owner, .. } => *owner = owned(owner),
            Item::Link { element, .. } => {
                *element = ElementId(element.0.saturating_add(page.element_base));
            }
            Item::Anchor(_) => {}
        }
        (*at, item)
    });
    Frame {
        size: given.size,
        baseline: given.baseline,
        items: items.collect(),
    }
}

/// From a frame's places to its page's: shifts and quarter turns.
#[derive(Clone, Copy)]
struct View {
    origin: Point,
    /// Where the frame's own axes point on the page: to the right and down are `(1, 0)` and `(0, 1)`.
    across: (i64, i64),
    down: (i64, i64),
}

impl View {
    fn place(&self, at: Point) -> Point {
        let part = |across: i64, down: i64| at.x * across + at.y * down;
        Point::new(
            self.origin.x + part(self.across.0, self.down.0),
            self.origin.y + part(self.across.1, self.down.1),
        )
    }

    fn rect(&self, at: Point, size: Size) -> Rect {
        let one = self.place(at);
        let other = self.place(Point::new(at.x + size.width, at.y + size.height));
        Rect {
            at: Point::new(one.x.min(other.x), one.y.min(other.y)),
            size: Size::new((one.x - other.x).abs(), (one.y - other.y).abs()),
        }
    }
}

/// How much of its size type takes above its baseline, and below: about, from the tops of the tall letters to the feet of
/// the long ones.
const RISE: (f64, f64) = (0.72, 0.22);

/// Shows all glyphs and pictures of a page, with the rectangle that each takes there.
pub(super) fn walk<'a>(page: &'a Page, see: &mut impl FnMut(&'a Item, Rect)) {
    let view = View {
        origin: Point::ZERO,
        across: (1, 0),
        down: (0, 1),
    };
    visit(&page.frame, view, see);
}

fn visit<'a>(frame: &'a Frame, view: View, see: &mut impl FnMut(&'a Item, Rect)) {
    for (at, item) in &frame.items {
        match item {
            Item::Group(inner) | Item::Clipped(inner) => {
                let origin = view.place(*at);
                visit(inner, View { origin, ..view }, see);
            }
            Item::Turned(inner) => {
                let corner = Point::new(at.x, at.y + inner.size.width);
                let turned = View {
                    origin: view.place(corner),
                    across: (-view.down.0, -view.down.1),
                    down: view.across,
                };
                visit(inner, turned, see);
            }
            Item::Glyphs { run, .. } => {
                let (up, below) = (run.size.scale(RISE.0), run.size.scale(RISE.1));
                let size = Size::new(run.width(), up + below);
                see(item, view.rect(Point::new(at.x, at.y - up), size));
            }
            Item::Image { size, .. } => see(item, view.rect(*at, *size)),
            Item::Rule { .. } | Item::Path { .. } | Item::Link { .. } | Item::Anchor(_) => {}
        }
    }
}
