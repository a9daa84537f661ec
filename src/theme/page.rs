//! The printed page.

use crate::unit::{Abs, Sides, Size};

/// The page and its furniture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageSpec {
    /// After trimming.
    pub trim: Size,
    /// From the trim to the type area.
    pub margins: Sides<Abs>,
    /// Whether left and right pages differ. A one-sided page has its `inner` margin on the left and no blank versos.
    pub spread: Spread,
    /// The line above the text on left-hand pages.
    pub head_verso: Head,
    /// The line above the text on right-hand pages.
    pub head_recto: Head,
    /// From the baseline of the running head to the top of the type area.
    pub head_gap: Abs,
    /// Where the folio stands.
    pub folio: FolioPlace,
    /// From the bottom of the type area to the baseline of a folio at the foot.
    pub folio_gap: Abs,
    /// No running head, and the folio at the foot or nowhere, on a page that opens a chapter.
    pub bare_openings: bool,
}

/// Whether left and right pages differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spread {
    /// A bound book.
    Facing,
    /// Loose sheets, screens.
    Single,
}

/// What a running head says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Head {
    /// Nothing.
    #[default]
    None,
    /// The book's title.
    Title,
    /// The first author.
    Author,
    /// The part's title.
    Part,
    /// The chapter's title.
    Chapter,
    /// The title of the last section on the page or before it.
    Section,
}

/// Where a folio stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FolioPlace {
    /// In the running head's line, at the outer edge.
    #[default]
    HeadOuter,
    /// At the foot, in the middle.
    FootCenter,
    /// At the foot, at the outer edge.
    FootOuter,
    /// Nowhere.
    None,
}
