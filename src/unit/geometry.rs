//! Points, sizes and rectangles. The y axis points down, as a page is read.

use std::str::FromStr;

use super::{Abs, ParseLengthError};

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

/// Sizes of paper by name, in millimetres.
const NAMED: &[(&str, f64, f64)] = &[
    ("a4", 210.0, 297.0),
    ("a5", 148.0, 210.0),
    ("b5", 176.0, 250.0),
    ("a6", 105.0, 148.0),
    ("letter", 215.9, 279.4),
    ("legal", 215.9, 355.6),
];

/// `a5`, `6x9in`, `5.5in x 8.5in`, in capitals or not. What stands behind the last number is the unit of both where the
/// first has none.
impl FromStr for Size {
    type Err = ParseLengthError;

    fn from_str(text: &str) -> Result<Size, ParseLengthError> {
        let name = text.trim().to_ascii_lowercase();
        if let Some((_, width, height)) = NAMED.iter().find(|(known, ..)| *known == name) {
            return Ok(Size::new(Abs::mm(*width), Abs::mm(*height)));
        }
        let sides = name.split_once(['x', '\u{d7}']);
        let (width, height) = sides.ok_or_else(|| ParseLengthError::Number(text.to_owned()))?;
        let (width, height) = (width.trim(), height.trim());
        let unit = height.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
        let has_unit = width.ends_with(|c: char| c.is_alphabetic());
        let width = if has_unit {
            width.parse()?
        } else {
            format!("{width}{unit}").parse()?
        };
        Ok(Size::new(width, height.parse()?))
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
