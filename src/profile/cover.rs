//! What a printer asks of a cover that goes round the whole book in one sheet.

use super::{Paper, Rule};
use crate::unit::{Abs, Size};

/// What a printer asks of a cover: back, spine and front side by side, and what runs beyond them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CoverRules {
    /// What is cut off, or turned in round the boards of a hardcover, on all four sides of the sheet.
    pub bleed: Rule<Abs>,
    /// By how much front and back are wider than the page, from the spine to where the board ends; nothing for a paperback.
    pub overhang_width: Rule<Abs>,
    /// By how much boards are higher than the page, at its head and at its foot.
    pub overhang_height: Rule<Abs>,
    /// How much of front and back bends where a hardcover is opened: on both sides of the spine, within their width;
    /// nothing for a paperback.
    pub hinge: Rule<Abs>,
    /// What cover and boards add to the spine, whatever the paper.
    pub spine_extra: Rule<Abs>,
    /// The fewest pages of a book with a text on its spine; `None` where the printer says nothing.
    pub spine_text_from: Option<Rule<u32>>,
    /// What stays clear on both sides of a text on the spine.
    pub spine_clear: Rule<Abs>,
    /// How far text stays from where the cover is cut or folded.
    pub safety: Rule<Abs>,
    /// Where the barcode stands; `None` where the printer says nothing.
    pub barcode: Option<BarcodeArea>,
}

/// A white field for the barcode, low on the back of the book at the spine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarcodeArea {
    /// How large it is.
    pub size: Rule<Size>,
    /// How far it is from the spine, or from its hinge.
    pub from_spine: Abs,
    /// How far it is from the foot of the back.
    pub from_foot: Abs,
}

impl CoverRules {
    /// How wide the spine of a book is: of so many pages, on a paper; `None` where the paper's thickness is not known.
    pub fn spine(&self, pages: u32, paper: &Paper) -> Option<Rule<Abs>> {
        let page = paper.thickness?;
        Some(Rule {
            value: page.value * i64::from(pages) + self.spine_extra.value,
            sure: page.sure && self.spine_extra.sure,
        })
    }
}
