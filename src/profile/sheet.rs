//! What a printer asks of each page's shape and of their number.

use super::Rule;
use crate::unit::{Abs, Sides};

/// What a printer asks of the pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetRules {
    /// The pages are bound: left and right ones differ, the inner margin is at the spine.
    pub bound: bool,
    /// How far beyond the trim colour runs that is to reach the edge; `None` where nothing may bleed.
    pub bleed: Option<Sides<Abs>>,
    /// The least margins; at the spine, [`SheetRules::inside`] may ask for more.
    pub margins: Option<Rule<Sides<Abs>>>,
    /// The same where anything bleeds.
    pub margins_bleeding: Option<Rule<Sides<Abs>>>,
    /// What the spine swallows of thick books: the least inner margin by the number of pages, the thinnest book first.
    pub inside: Vec<Inside>,
    /// Whether running heads and folios keep to the margins too.
    pub furniture_inside: Option<Rule<bool>>,
    /// Whether the number of pages is even.
    pub even: bool,
    /// Whether the last page is blank.
    pub last_blank: bool,
    /// Whether crop marks and colour bars are taken.
    pub marks: Option<Rule<bool>>,
}

/// The least inner margin of books up to a number of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inside {
    /// The thickest book it holds for.
    pub to: u32,
    /// The margin.
    pub least: Rule<Abs>,
}

impl SheetRules {
    /// The least margins of a book of a number of pages, in which something bleeds or not; no less than nothing where the
    /// printer says nothing. A book thicker than any that is taken has the thickest one's.
    pub fn least_margins(&self, pages: u32, bleeds: bool) -> Rule<Sides<Abs>> {
        let bleeding = self.margins_bleeding.filter(|_| bleeds);
        let least = bleeding.or(self.margins);
        let mut least = least.unwrap_or(Rule::sure(Sides::default()));
        let inside = self.inside.iter().find(|inside| pages <= inside.to);
        if let Some(inside) = inside.or(self.inside.last())
            && inside.least.value > least.value.inner
        {
            least.value.inner = inside.least.value;
            least.sure &= inside.least.sure;
        }
        least
    }
}
