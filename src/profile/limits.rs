//! What a printer takes and what not: sizes of pages, of type, of lines, of files.

use super::Rule;
use crate::unit::{Abs, Size};

/// What a printer takes. `None`, or an empty list: nothing is said of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// The trims on offer.
    pub trims: Rule<Vec<Size>>,
    /// Other trims, between two sizes.
    pub custom: Option<Rule<TrimRange>>,
    /// The smallest text.
    pub text: Option<Rule<Abs>>,
    /// The thinnest line.
    pub line: Option<Rule<Abs>>,
    /// The lightest grey of an area, in percent of black.
    pub grey: Option<Rule<u8>>,
    /// The least resolution of a picture as it stands on the page, in pixels per inch.
    pub resolution: Option<Rule<u32>>,
    /// The highest resolution that is of use.
    pub resolution_most: Option<Rule<u32>>,
    /// The largest file, in bytes.
    pub file: Option<Rule<u64>>,
}

/// Trims between two sizes, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrimRange {
    /// The smallest width and height.
    pub least: Size,
    /// The largest width and height.
    pub most: Size,
}

/// By how much a trim may differ from one that is on offer: inches and millimetres of one size do not meet exactly, and
/// no guillotine cuts to a third of a millimetre.
const NEAR: Abs = Abs::pt(1.0);

/// Whether two trims are one.
pub(super) fn alike(a: Size, b: Size) -> bool {
    (a.width - b.width).abs() <= NEAR && (a.height - b.height).abs() <= NEAR
}

impl Limits {
    /// Whether a trim is on offer, and whether that is sure; `None` where the printer says nothing of trims.
    pub fn offers(&self, trim: Size) -> Option<Rule<bool>> {
        if self.trims.value.iter().any(|known| alike(*known, trim)) {
            return Some(Rule::sure(true));
        }
        match self.custom {
            Some(range) => Some(range.map(|TrimRange { least, most }| {
                let within =
                    |side: Abs, least: Abs, most: Abs| (least - NEAR..=most + NEAR).contains(&side);
                within(trim.width, least.width, most.width)
                    && within(trim.height, least.height, most.height)
            })),
            None if self.trims.value.is_empty() => None,
            None => Some(Rule {
                value: false,
                sure: self.trims.sure,
            }),
        }
    }
}
