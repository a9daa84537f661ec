//! What the author says about the book as a whole.
//!
//! In: a folder's `book.yaml`, or its `.md` files, or one `.md` file, or an mdBook's `book.toml` and `SUMMARY.md`.
//! Out: a [`Project`]: one [`Manifest`] per edition, with the edition's own touches laid over the book's.

mod accessibility;
mod chapters;
mod editions;
mod hyphenation;
mod identifiers;
mod levels;
mod load;
mod mdbook;
mod metadata;
mod names;
mod pagination;
mod people;
mod record;
mod schema;
mod series;
mod settings;
mod shops;
mod spine;
mod subjects;
mod summary;
#[cfg(test)]
mod tests;
mod titles;
mod values;
mod vocabulary;
mod wrap;

pub use accessibility::{Accessibility, Certifier, Conformance, Exemption, WcagLevel};
pub use identifiers::{Identifiers, isbn13};
pub use load::{Entry, load};
pub use metadata::{Metadata, date_of, days_of};
pub use pagination::PageListOf;
pub use people::Contributor;
pub use record::{Record, Status};
pub use series::{Series, SeriesKind};
pub use spine::{SpineItem, SpineKind};
pub use subjects::{KnownScheme, Scheme, Subject};
pub use titles::article;
pub use vocabulary::{Feature, Hazard};
pub use wrap::{Back, Barcode, Front, Price, SpineDirection, Wrap};

use std::collections::BTreeMap;

use crate::diag::{Code, Named, Severity};
use crate::model::{AnswerPlace, Dialect, Lang, Numeral};
use crate::picture::Wanted;
use crate::profile::Purpose;
use crate::source::Spanned;
use crate::yaml::Fragment;

/// A book and the editions to make of it.
#[derive(Clone, Debug)]
pub struct Project {
    /// The book as it is without any edition's touches: what `check` and `dump` look at.
    pub book: Manifest,
    /// At least one; in the order of book.yaml.
    pub editions: Vec<Edition>,
}

/// One output.
#[derive(Clone, Debug)]
pub struct Edition {
    /// `ebook`, `print`: its key in book.yaml; `epub` and `pdf` where none are named.
    pub name: String,
    /// The format.
    pub format: Format,
    /// The output's file name, with its ending.
    pub file_name: String,
    /// Everything it says, the book's keys and its own laid over them.
    pub manifest: Manifest,
}

/// What an edition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// An EPUB.
    Epub,
    /// The book's pages, as a PDF.
    Pdf,
    /// What goes round a printed book, as a PDF of one page.
    Cover,
    /// What the book trade is told of the others, as an ONIX message.
    Onix,
}

impl Format {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Epub => "epub",
            Format::Pdf | Format::Cover => "pdf",
            Format::Onix => "xml",
        }
    }
}

/// All that an edition says of the book.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// Title, authors, identifiers and so on.
    pub metadata: Metadata,
    /// The chapters in their order, front matter first.
    pub spine: Vec<SpineItem>,
    /// Pages to make: `half-title`, `title-page`, …
    pub generate: Vec<Generated>,
    /// How deep the printed contents go: 1 for chapters alone.
    pub contents_depth: u8,
    /// What is numbered.
    pub numbering: Numbering,
    /// Where the PDF sets notes.
    pub notes: NotePlace,
    /// Where answers to exercises stand.
    pub answers: AnswerPlace,
    /// BibTeX, Hayagriva YAML or CSL-JSON files, in the book's folder.
    pub bibliography: Vec<String>,
    /// A citation style's name.
    pub citation_style: Option<String>,
    /// A theme's name, or a file in the book's folder.
    pub theme: Option<Spanned<String>>,
    /// Words broken as the author says, with hyphens where they may be, each with its language if that is another than the
    /// book's.
    pub hyphenation: Vec<(Option<Lang>, String)>,
    /// `style:`, `trim:`, `margins:` and the other keys that the theme reads: as YAML, for `theme::load` to lay over it.
    pub style: Vec<Fragment>,
    /// What a PDF is made for.
    pub purpose: Purpose,
    /// The shops that an EPUB goes to, as they were named.
    pub shops: Vec<Spanned<String>>,
    /// What the pictures of an EPUB are to be; `None` where they stay as they are.
    pub images: Option<Wanted>,
    /// The folder of the book's own fonts, if it has one.
    pub fonts: Option<Spanned<String>>,
    /// Whether fonts of the machine may be used.
    pub system_fonts: bool,
    /// Whether an EPUB's fonts of the book's own are of no use outside it; by what each font says, if the book does not.
    pub obfuscate_fonts: Option<bool>,
    /// For `{{name}}`.
    pub variables: BTreeMap<String, String>,
    /// `check:` levels.
    pub levels: BTreeMap<Code, Level>,
    /// The Markdown's dialect.
    pub dialect: Dialect,
    /// What the author says of how accessible it is.
    pub accessibility: Accessibility,
    /// Whose pages the EPUB tells.
    pub page_list: PageListOf,
    /// A PDF for those who correct the book, in the place of its pages.
    pub proof: bool,
    /// What stands on a cover; of editions that are one.
    pub wrap: Option<Wrap>,
    /// What the book trade is told besides; of editions that tell it.
    pub record: Option<Record>,
}

/// A page that recto makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the words an author types")]
pub enum Generated {
    HalfTitle,
    TitlePage,
    Copyright,
    Contents,
    Notes,
    Bibliography,
    Index,
    Colophon,
}

/// What is numbered, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbering {
    /// Parts.
    pub parts: Numeral,
    /// Chapters of the body.
    pub chapters: Numeral,
    /// Down to which heading level sections are numbered: 1 for none.
    pub sections_to: u8,
    /// Figures and tables: by chapter (`3.2`) or through the book (`12`).
    pub figures_per_chapter: bool,
    /// Exercises.
    pub exercises: ExerciseNumbers,
    /// Notes.
    pub notes: NoteNumbers,
}

/// How exercises are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ExerciseNumbers {
    /// From 1 in each chapter, behind the chapter's number if it has one: `3.2`.
    #[default]
    Chapter,
    /// Through the book.
    Book,
    /// Not at all.
    None,
}

/// How notes are numbered. Those of tables have letters, from table to table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NoteNumbers {
    /// From 1 in each chapter.
    #[default]
    Chapter,
    /// Through the book.
    Book,
    /// From 1 on each page of the PDF; the EPUB, which has none, numbers by chapter.
    Page,
    /// By signs (* † ‡ …), from the first on each page of the PDF; the EPUB numbers by chapter.
    Symbols,
}

impl Default for Numbering {
    fn default() -> Numbering {
        Numbering {
            parts: Numeral::None,
            chapters: Numeral::None,
            sections_to: 1,
            figures_per_chapter: false,
            exercises: ExerciseNumbers::Chapter,
            notes: NoteNumbers::Chapter,
        }
    }
}

/// Where the PDF sets notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NotePlace {
    /// At the foot of their page.
    #[default]
    Foot,
    /// At the end of their chapter.
    Chapter,
    /// At the end of the book.
    Book,
}

/// What `check:`, `--deny`, `--warn` and `--allow` make of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not said at all.
    Allow,
    /// A warning.
    Warn,
    /// An error.
    Deny,
}

impl Level {
    /// The severity it stands for; `None` for silence.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Allow => None,
            Level::Warn => Some(Severity::Warning),
            Level::Deny => Some(Severity::Error),
        }
    }

    /// The level of each code that some words name. Where several name one, the narrowest has the say: a code before its
    /// family, a family before `warnings`; of equals the last.
    pub fn of_codes(mut named: Vec<(Named, Level)>) -> BTreeMap<Code, Level> {
        named.sort_by_key(|(word, _)| word.breadth());
        let codes = named.into_iter().flat_map(|(word, level)| {
            let codes = word.codes().into_iter();
            codes.map(move |code| (code, level))
        });
        codes.collect()
    }
}
