//! What shops and libraries ask of a book.

use crate::model::Lang;
use crate::source::Spanned;

/// What is said of the book, by the author, once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title; the folder's or file's name, made readable, if none was given.
    pub title: String,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// In the order given.
    pub contributors: Vec<Contributor>,
    /// The book's language.
    pub language: Lang,
    /// Right to left; from the language unless given.
    pub rtl: bool,
    /// `2026-11-01`, `2026-11` or `2026`.
    pub date: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The copyright line.
    pub rights: Option<String>,
    /// A paragraph for the shops.
    pub description: Option<String>,
    /// Keywords.
    pub subjects: Vec<String>,
    /// The series it belongs to.
    pub series: Option<Series>,
    /// ISBN and the like.
    pub identifiers: Identifiers,
    /// The cover's image file, relative to the book's folder.
    pub cover: Option<Spanned<String>>,
}

impl Metadata {
    /// The names of those with a role, in order: `aut` for the authors.
    pub fn names(&self, role: &str) -> impl Iterator<Item = &str> {
        self.contributors
            .iter()
            .filter(move |c| c.role == role)
            .map(|c| c.name.as_str())
    }
}

/// Someone who made the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contributor {
    /// As printed.
    pub name: String,
    /// A MARC relator code: `aut`, `edt`, `trl`, `ill`, …
    pub role: String,
    /// As sorted: `Berg, Jo`.
    pub sort: Option<String>,
}

/// A series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The book's place in it, as written.
    pub position: Option<String>,
}

/// What names the book to machines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identifiers {
    /// Of the EPUB.
    pub isbn_epub: Option<String>,
    /// Of the printed book.
    pub isbn_print: Option<String>,
    /// A DOI.
    pub doi: Option<String>,
    /// A UUID; made from the book's own data if none is given.
    pub uuid: Option<String>,
}
