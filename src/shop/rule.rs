//! A rule of a shop: what is asked, how firmly, and who says so.

use super::Kind;
use crate::diag::Severity;

/// What a shop asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A cover inside the file.
    Cover,
    /// The least pixels of the cover's shorter and longer side.
    CoverLeast(u32, u32),
    /// The most pixels of the cover's longer side.
    CoverMost(u32),
    /// The cover's height by its width, in thousandths.
    CoverRatio(u32),
    /// The most bytes of the cover.
    CoverBytes(u64),
    /// The kinds of files that a cover may be.
    CoverKinds(Vec<Kind>),
    /// The cover in a document of its own.
    CoverPage,
    /// The most pixels of a picture, width by height.
    PicturePixels(u64),
    /// The most bytes of a picture.
    PictureBytes(u64),
    /// The kinds of files that a picture may be.
    PictureKinds(Vec<Kind>),
    /// No picture in four inks.
    PictureColors,
    /// No picture that lets the page show through.
    PictureGround,
    /// No picture whose width or height is given in fixed units.
    PictureSides,
    /// Contents that a reading system can show.
    Contents,
    /// The most levels of contents.
    ContentsDepth(u8),
    /// The pages of the printed book, where there is one.
    PageList,
    /// The link back to the text at the start of each note.
    NoteLinks,
    /// Body text without size, leading and colour of its own.
    BodyText,
    /// The most bytes of the whole file.
    FileBytes(u64),
    /// A file without protection.
    Unprotected,
    /// A file that EPUBCheck finds no error in.
    EpubCheck,
    /// Properties that the package's metadata must have.
    Claims(Vec<String>),
}

impl Ask {
    /// All names, as rules are written, in the order of the manual.
    pub const NAMES: &'static [&'static str] = &[
        "cover",
        "cover-least",
        "cover-most",
        "cover-ratio",
        "cover-bytes",
        "cover-kinds",
        "cover-page",
        "picture-pixels",
        "picture-bytes",
        "picture-kinds",
        "picture-colors",
        "picture-ground",
        "picture-sides",
        "contents",
        "contents-depth",
        "page-list",
        "note-links",
        "body-text",
        "file-bytes",
        "unprotected",
        "epubcheck",
        "claims",
    ];

    /// The rule's name.
    pub fn name(&self) -> &'static str {
        match self {
            Ask::Cover => "cover",
            Ask::CoverLeast(..) => "cover-least",
            Ask::CoverMost(_) => "cover-most",
            Ask::CoverRatio(_) => "cover-ratio",
            Ask::CoverBytes(_) => "cover-bytes",
            Ask::CoverKinds(_) => "cover-kinds",
            Ask::CoverPage => "cover-page",
            Ask::PicturePixels(_) => "picture-pixels",
            Ask::PictureBytes(_) => "picture-bytes",
            Ask::PictureKinds(_) => "picture-kinds",
            Ask::PictureColors => "picture-colors",
            Ask::PictureGround => "picture-ground",
            Ask::PictureSides => "picture-sides",
            Ask::Contents => "contents",
            Ask::ContentsDepth(_) => "contents-depth",
            Ask::PageList => "page-list",
            Ask::NoteLinks => "note-links",
            Ask::BodyText => "body-text",
            Ask::FileBytes(_) => "file-bytes",
            Ask::Unprotected => "unprotected",
            Ask::EpubCheck => "epubcheck",
            Ask::Claims(_) => "claims",
        }
    }
}

/// How firmly something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Force {
    /// What does not keep to it is refused at the door, or taken from sale.
    Must,
    /// The shop advises it.
    Advice,
}

/// A rule of a shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is asked.
    pub ask: Ask,
    /// How firmly.
    pub force: Force,
    /// Whether it is known from the shop itself and as it is today; else it only warns.
    pub sure: bool,
    /// Whether a book hears of it that names no shops: what few books keep to by chance and all should know.
    pub always: bool,
    /// Where the shop says it: an address.
    pub source: String,
}

impl Rule {
    /// How bad a breach of it is.
    pub fn severity(&self) -> Severity {
        match self.force {
            Force::Must if self.sure => Severity::Error,
            _ => Severity::Warning,
        }
    }
}
