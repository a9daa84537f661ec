//! A book's pages: all that the PDF writer needs, and nothing that it would have to understand.

use std::sync::Arc;

pub use crate::font::Setting;
use crate::model::Lang;
pub use crate::resolve::AssetKind as ImageKind;
use crate::unit::{Point, Rect, Side, Size};

use super::frame::{DestId, Frame};
use super::structure::{ElementId, Structure};

/// A whole PDF to be.
#[derive(Clone, Debug, Default)]
pub struct PageList {
    /// In order.
    pub pages: Vec<Page>,
    /// The book's structure; element 0 is the document.
    pub structure: Structure,
    /// Destinations, by [`DestId`].
    pub dests: Vec<Dest>,
    /// The outline, in order; depth grows by at most one at a time.
    pub outline: Vec<OutlineEntry>,
    /// Title, authors and so on.
    pub info: Info,
    /// The fonts that glyphs name.
    pub fonts: Vec<FontFile>,
    /// The images that items name.
    pub images: Vec<ImageFile>,
}

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Left or right.
    pub side: Side,
    /// The printed number; empty on a page without one (it still counts).
    pub folio: String,
    /// How the number is written, for the page labels.
    pub label: Label,
    /// After trimming.
    pub trim: Size,
    /// The trim and beyond it, where colour runs off the page; same as `trim`'s rectangle without bleed.
    pub bleed: Rect,
    /// What stands on it, from the trim's upper left corner.
    pub frame: Arc<Frame>,
    /// What to add to each element number in `frame`.
    pub element_base: u32,
    /// What to add to each slot number in `frame`.
    pub slot_base: u32,
}

/// A page label: style and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    /// i, ii, iii
    Roman(u32),
    /// 1, 2, 3
    Arabic(u32),
}

/// A place to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dest {
    /// Its name in the file: unique, ASCII.
    pub name: String,
    /// The page's place in the file, from 0.
    pub page: u32,
    /// On that page, from the trim's upper left corner.
    pub at: Point,
    /// What begins there.
    pub element: ElementId,
}

/// A bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// From 0.
    pub depth: u8,
    /// As shown, with its number.
    pub title: String,
    /// Where it leads.
    pub dest: DestId,
}

/// What the PDF says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// The title, with the subtitle.
    pub title: String,
    /// The authors.
    pub authors: Vec<String>,
    /// The description.
    pub subject: Option<String>,
    /// The subjects.
    pub keywords: Vec<String>,
    /// The book's language.
    pub lang: Lang,
    /// Seconds since 1970.
    pub date: i64,
    /// The publisher.
    pub publisher: Option<String>,
    /// The copyright line.
    pub rights: Option<String>,
    /// Pages turn from right to left.
    pub rtl: bool,
}

/// A font file.
#[derive(Clone, Debug)]
pub struct FontFile {
    /// The whole file.
    pub data: Arc<[u8]>,
    /// Which face of a collection.
    pub index: u32,
    /// The font's PostScript name.
    pub name: String,
    /// Where on its axes a variable font is: those that are not at their default.
    pub settings: Vec<Setting>,
}

/// An image file.
#[derive(Clone, Debug)]
pub struct ImageFile {
    /// The whole file, known to be whole.
    pub data: Arc<[u8]>,
    /// What it is.
    pub kind: ImageKind,
    /// In pixels.
    pub size: (u32, u32),
}
