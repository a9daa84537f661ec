//! Paragraphs: from a block's inlines to the ways in which its lines can be set.
//!
//! In: inlines, a style and a [`Measure`]. Out: a [`Paragraph`]: its settings in different numbers of lines, from which
//! the paginator chooses. What it chooses by stands in [`Line`]; frames are made afterwards, and only of the setting
//! that was chosen.

mod breaks;
mod demerits;
mod stops;

pub use breaks::{Breaker, Breaks, Broken, Fit, Fitted};
pub use demerits::{Mode, Params, Step};
pub use stops::{Place, Stop, StopKind, Stops, Sums};

use crate::unit::Abs;

use super::frame::Artifact;
use super::structure::ElementId;

/// How long lines are and where they begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// From the start edge to the end edge; also the width of each line's frame.
    pub width: Abs,
    /// How far the first line stands in from the start edge.
    pub first: Abs,
    /// How far every other line stands in.
    pub rest: Abs,
    /// How many lines an initial letter takes away room from.
    pub initial_lines: u8,
    /// How much room it takes from each of them, at the start edge; instead of `first` and `rest`.
    pub initial: Abs,
}

impl Measure {
    /// Lines that all begin at the start edge.
    pub fn of(width: Abs) -> Measure {
        Measure {
            width,
            ..Measure::default()
        }
    }

    /// How far a line, counted from 0, stands in from the start edge.
    pub fn inset(&self, line: u32) -> Abs {
        if line < u32::from(self.initial_lines) {
            self.initial
        } else if line == 0 {
            self.first
        } else {
            self.rest
        }
    }

    /// How long a line is, in scaled points.
    fn room(&self, line: u32) -> i64 {
        (self.width - self.inset(line)).raw()
    }

    /// How long the longest line is.
    fn widest(&self) -> i64 {
        let mut inset = self.first.min(self.rest);
        if self.initial_lines > 0 {
            inset = self.rest.min(self.initial);
        }
        (self.width - inset).raw()
    }
}

/// One way to set a paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setting {
    /// From the first to the last; at least one.
    pub lines: Vec<Line>,
    /// What it costs: the sum of its lines' demerits.
    pub demerits: f64,
}

/// What pages need to know of a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Notes called in it, in order.
    pub calls: Vec<Call>,
    /// It ends within a word.
    pub hyphenated: bool,
    /// How far its spaces are stretched (above 0) or shrunk (below 0), in parts of what they may be; 0 if its last.
    pub ratio: f32,
    /// How far it sticks out.
    pub overfull: Abs,
}

/// A note's call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The note's index in [`crate::model::Chapter::notes`].
    pub note: u32,
    /// The empty element that waits for the note's body.
    pub element: ElementId,
}

/// Whose words a paragraph's are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The book's: they belong to this element.
    Element(ElementId),
    /// The page's: running heads, folios, line numbers, repeated heads.
    Artifact(Artifact),
}
