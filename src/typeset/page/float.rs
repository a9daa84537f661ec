//! Floats as the paginator sees them: figures and tables that need not stand where they are called.
//!
//! All floats of a column form one queue in the order of their calls, so that none overtakes another. A page takes floats
//! from the front of the queue: the first at its head, the next in its text, the last at its foot; or it holds floats
//! alone. What the page does not take waits for the next.

use super::column::{Column, Item};
use super::paginate::Place;
use crate::unit::Abs;

pub use crate::theme::FloatPlaces as Places;

/// Something that floats.
#[derive(Clone, Debug)]
pub struct Float {
    /// The item that calls it.
    pub item: u32,
    /// How tall it is; at most a page.
    pub height: Abs,
    /// Room above it, below other things.
    pub above: Abs,
    /// Room below it, beside the space that the column has there anyway.
    pub below: Abs,
    /// Where it may stand.
    pub places: Places,
    /// The item that its chapter begins with: it does not stand above that.
    pub chapter: u32,
}

/// So many floats at most wait behind text that was set after their calls; before more do, pages of floats alone come. It
/// bounds the states of the paginator, and eight pictures are as many as a reader will look out for.
pub const MOST_WAITING: u32 = 8;

/// What pages take of floats.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// So many at most at the head and the foot of a page that has text.
    pub most: u32,
    /// So much of the depth at most.
    pub share: Abs,
    /// So deep floats must be to have a page to themselves.
    pub alone: Abs,
}

/// The floats of a column, in the order of their calls.
#[derive(Clone, Debug, Default)]
pub struct Floats {
    /// One by one.
    pub list: Vec<Float>,
    /// What pages take of them.
    pub limits: Limits,
}

impl Floats {
    /// How many were called before a place.
    pub fn called(&self, place: Place) -> u32 {
        self.list.partition_point(|float| float.item < place.item) as u32
    }

    /// How deep floats are that stand one below the other: from one to before another.
    pub fn depth(&self, from: u32, to: u32) -> Abs {
        let range = self.list.get(from as usize..to as usize).unwrap_or(&[]);
        let heights: Abs = range.iter().map(|float| float.height).sum();
        let gaps = range.windows(2).map(|pair| gap(&pair[0], &pair[1]));
        heights + gaps.sum()
    }

    /// How much of a page they take at its head, with the room below them: whole steps.
    pub fn head(&self, from: u32, to: u32, step: Abs) -> Abs {
        let depth = self.depth(from, to);
        let last = to.checked_sub(1).filter(|last| *last >= from);
        match last.and_then(|last| self.list.get(last as usize)) {
            Some(last) if !depth.is_zero() => (depth + last.below.max(step)).round_up_to(step),
            _ => Abs::ZERO,
        }
    }

    /// How much of a page they take at its foot, with the room above them: whole steps.
    pub fn foot(&self, from: u32, to: u32, step: Abs) -> Abs {
        let depth = self.depth(from, to);
        match self.list.get(from as usize) {
            Some(first) if !depth.is_zero() => (depth + first.above.max(step)).round_up_to(step),
            _ => Abs::ZERO,
        }
    }

    /// How many of them have room around them that may grow.
    pub fn spaces(&self, from: u32, to: u32) -> u32 {
        let range = self.list.get(from as usize..to as usize).unwrap_or(&[]);
        range.iter().filter(|float| !float.height.is_zero()).count() as u32
    }

    /// How many steps one takes in the text.
    pub fn steps(&self, float: u32, step: Abs) -> i64 {
        let float = &self.list[float as usize];
        if float.height.is_zero() {
            return 0;
        }
        let height = float.above + float.height + float.below;
        height.round_up_to(step).raw() / step.raw().max(1)
    }
}

/// The room between two floats that stand one below the other.
pub fn gap(upper: &Float, lower: &Float) -> Abs {
    upper.below.max(lower.above)
}

impl Column {
    /// How many floats were called before a place or are called there, before any text.
    pub fn called_at(&self, place: Place) -> u32 {
        let mut called = self.floats.called(place);
        if place.line > 0 || called as usize == self.floats.list.len() {
            return called;
        }
        for item in &self.items[place.item as usize..] {
            match item {
                Item::Float => called += 1,
                Item::Space { .. } => {}
                // The page is empty so far: there is nothing to end.
                Item::Break if called == place.floats => {}
                Item::Break | Item::Text(_) => break,
            }
        }
        called
    }

    /// The same place behind floats that are called there and stand on earlier pages.
    pub fn behind_floats(&self, place: Place) -> Place {
        let mut called = self.floats.called(place);
        let mut behind = place;
        if place.line > 0 || called >= place.floats {
            return place;
        }
        for (index, item) in (place.item..).zip(&self.items[place.item as usize..]) {
            if matches!(item, Item::Text(_)) || called == place.floats {
                break;
            }
            if matches!(item, Item::Float) {
                called += 1;
                behind.item = index + 1;
            }
        }
        behind
    }
}
