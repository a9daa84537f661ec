//! The order of a book's files.

use crate::model::Matter;
use crate::source::Span;

/// One entry of the spine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpineItem {
    /// What stands there.
    pub kind: SpineKind,
    /// Which third of the book.
    pub matter: Matter,
    /// How deep it is nested among its chapters: 0 for most.
    pub depth: u8,
    /// Where the book lists it.
    pub at: Option<Span>,
}

/// A file or a part's title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpineKind {
    /// A Markdown file, relative to the book's folder.
    File {
        /// The path, with `/`.
        path: String,
        /// The name the list of chapters gives it, where it gives one.
        title: Option<String>,
        /// Numbered or not, where the list of chapters says so (an mdBook's prefix and suffix chapters are not).
        numbered: Option<bool>,
    },
    /// A part begins; the chapters of its matter up to the next part belong to it.
    Part {
        /// What it is called; inline Markdown.
        title: String,
    },
    /// A draft of an mdBook: listed in the contents, without a text.
    Draft {
        /// What it is called.
        title: String,
    },
    /// The part is over: chapters that follow stand for themselves.
    EndPart,
}
