//! Points, sizes and rectangles. The y axis points down, as a page is read.

use super::Abs;

/// A place, from the upper left corner of whatever holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Point {
    /// To the right.
    pub x: Abs,
    /// Down.
    pub y: Abs,
}

impl Point {
    /// The upper left corner.
    pub const ZERO: Point = Point {
        x: Abs::ZERO,
        y: Abs::ZERO,
    };

    /// A place.
    pub const fn new(x: Abs, y: Abs) -> Point {
        Point { x, y }
    }
}

impl std::ops::Add for Point {
    type Output = Point;
    fn add(self, other: Point) -> Point {
        Point::new(self.x + other.x, self.y + other.y)
    }
}

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Size {
    /// Across.
    pub width: Abs,
    /// Down.
    pub height: Abs,
}

impl Size {
    /// Nothing by nothing.
    pub const ZERO: Size = Size {
        width: Abs::ZERO,
        height: Abs::ZERO,
    };

    /// A size.
    pub const fn new(width: Abs, height: Abs) -> Size {
        Size { width, height }
    }
}

/// A rectangle by its upper left corner and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rect {
    /// The upper left corner.
    pub at: Point,
    /// The size.
    pub size: Size,
}

/// Which page of a spread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The right-hand page; odd.
    #[default]
    Recto,
    /// The left-hand page; even.
    Verso,
}

/// The four margins of a page, in the book's own directions: they swap left and right with the side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sides<T> {
    /// At the spine.
    pub inner: T,
    /// At the fore edge.
    pub outer: T,
    /// Above.
    pub head: T,
    /// Below.
    pub foot: T,
}
