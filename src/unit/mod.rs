//! Lengths and the plane.
//!
//! Everything that has a size in recto is an integer count of 1/65 536 pt ([`Abs`]), so that a sum does not depend on
//! its order and a layout made by two threads is the one made by one. Relative lengths ([`Em`]) are kept as the
//! author wrote them and become [`Abs`] once, where the font size is known.

mod abs;
mod em;
mod geometry;

pub use abs::{Abs, ParseLengthError};
pub use em::{Em, Length};
pub use geometry::{Point, Rect, Side, Sides, Size};
