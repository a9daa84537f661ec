//! The papers of a printer: how thick, for how many pages, with which inks.

use super::limits::alike;
use super::{ColorSpace, Rule};
use crate::unit::{Abs, Size};

/// A paper, with the inks that it is printed with where the printer offers them together.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// As an author names it: `white`, `cream`.
    pub name: String,
    /// What a page adds to the spine: half a leaf's thickness; `None` where the printer does not tell.
    pub thickness: Option<Rule<Abs>>,
    /// The colours that it is printed in; the profile's own if it says nothing.
    pub color: Option<ColorSpace>,
    /// How many pages a book of it has, by its trim.
    pub pages: Vec<PageRange>,
}

/// How many pages a book may have.
#[derive(Clone, Debug, PartialEq)]
pub struct PageRange {
    /// For these trims; for all others if there are none.
    pub trims: Vec<Size>,
    /// The fewest pages and the most.
    pub pages: Rule<(u32, u32)>,
}

impl Paper {
    /// The fewest and the most pages of a trim; `None` where the printer says nothing.
    pub fn range(&self, trim: Size) -> Option<Rule<(u32, u32)>> {
        let of = |range: &&PageRange| range.trims.iter().any(|known| alike(*known, trim));
        let others = |range: &&PageRange| range.trims.is_empty();
        let mut ranges = self.pages.iter();
        let found = ranges.find(of).or(self.pages.iter().find(others));
        found.map(|range| range.pages)
    }
}
