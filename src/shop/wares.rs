//! What a shop looks at.
//!
//! Filled from a book that is being made, or from a finished EPUB of any origin: nothing here knows of either. What is not
//! known is `None`, and no rule is broken by it.

use std::collections::BTreeSet;

use crate::source::Span;

/// What a shop looks at in an EPUB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wares {
    /// The size of the whole file, in bytes.
    pub bytes: Option<u64>,
    /// The cover, if there is one.
    pub cover: Option<Cover>,
    /// All pictures, the cover's among them.
    pub pictures: Vec<Picture>,
    /// The contents that a reading system shows.
    pub contents: Contents,
    /// Whether the pages of a printed book are listed; `None` where there is no printed book.
    pub page_list: Option<bool>,
    /// Whether each note begins with the link back to its call; `None` where there are no notes.
    pub note_links: Option<bool>,
    /// What is said of body text that is the reader's to choose: `font-size`, `line-height`, `color` and the like.
    pub forced: BTreeSet<String>,
    /// Whether the file is protected against copying.
    pub protected: bool,
    /// How many errors EPUBCheck found; `None` if it was not asked.
    pub epubcheck: Option<u32>,
    /// The properties that the package's metadata has: `schema:accessMode`, `dcterms:conformsTo` …; `None` if nobody looked.
    pub claims: Option<BTreeSet<String>>,
}

/// A cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Its place among the pictures.
    pub picture: usize,
    /// Whether it is alone in a document.
    pub own_page: bool,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// As the author, or the file, calls it.
    pub name: String,
    /// Where the book shows it first.
    pub at: Option<Span>,
    /// What it is.
    pub kind: Kind,
    /// Width and height as it is shown, in pixels; of a drawing, in CSS pixels.
    pub size: (u32, u32),
    /// In bytes.
    pub bytes: u64,
    /// Whether it is in four inks.
    pub inks: bool,
    /// Whether something shows through.
    pub see_through: bool,
    /// Where its width or height is given in fixed units, and how: `300px`.
    pub fixed: Option<(Option<Span>, String)>,
}

impl Picture {
    /// Width by height; a drawing has none.
    pub fn pixels(&self) -> u64 {
        match self.kind {
            Kind::Svg => 0,
            _ => u64::from(self.size.0) * u64::from(self.size.1),
        }
    }
}

/// The kinds of pictures in an EPUB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the formats' own names")]
pub enum Kind {
    Jpeg,
    Png,
    Gif,
    WebP,
    Svg,
}

impl Kind {
    /// All, by the names that rules call them.
    pub const NAMES: &'static [(&'static str, Kind)] = &[
        ("jpeg", Kind::Jpeg),
        ("png", Kind::Png),
        ("gif", Kind::Gif),
        ("webp", Kind::WebP),
        ("svg", Kind::Svg),
    ];

    /// As authors call it.
    pub fn title(self) -> &'static str {
        match self {
            Kind::Jpeg => "JPEG",
            Kind::Png => "PNG",
            Kind::Gif => "GIF",
            Kind::WebP => "WebP",
            Kind::Svg => "SVG",
        }
    }
}

/// Contents as a reading system shows them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// How many entries.
    pub entries: usize,
    /// How many levels.
    pub depth: u8,
}
