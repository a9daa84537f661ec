//! Whether the EPUB and the PDF of one book say the same.
//!
//! In: a [`Publication`] and a [`Document`], of any origin; what is known to be in one of them alone ([`Apart`]). Out: a finding for
//! each thing that one has and the other lacks, or that they say differently, at its place. Steps: both are read into one form
//! ([`Reading`]); the words of each are looked for in the other (`words`), then titles, names, languages, contents, links, pictures and
//! pages are compared (`facts`). What is in the nature of the two (lines, pages, running heads, folios, numbers, ligatures) makes no
//! difference, nor do pages that books have besides their text: title pages, imprints, contents, indexes.

mod document;
mod facts;
mod letters;
mod publication;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;

use super::epub::Publication;
use super::pdf::Document;
use crate::diag::{Code, Diagnostic, Sink};
use crate::source::Span;

/// What the author wants in one of the two alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    /// Words of the EPUB.
    pub epub: String,
    /// Words of the PDF.
    pub pdf: String,
}

/// Compares an EPUB and a PDF.
pub fn judge(epub: &Publication, pdf: &Document, apart: &Apart, sink: &Sink) {
    compare(
        &publication::reading(epub),
        &document::reading(pdf),
        apart,
        sink,
    );
}

fn compare(epub: &Reading, pdf: &Reading, apart: &Apart, sink: &Sink) {
    if words::compare(epub, pdf, apart, sink) {
        facts::compare(epub, pdf, sink);
    }
}

/// What a book says, whichever form it has.
#[derive(Clone, Debug, Default)]
struct Reading {
    /// The file's name.
    name: String,
    /// Its own place.
    at: Option<Span>,
    /// Empty where it says none.
    title: String,
    /// As they are called, in order.
    authors: Vec<String>,
    /// As written, the first one first.
    languages: Vec<String>,
    /// Its text: of an EPUB by documents, of a PDF by pages.
    parts: Vec<Part>,
    /// What the reader finds his way by.
    contents: Vec<Entry>,
    /// Addresses of the web that links lead to.
    links: BTreeSet<String>,
    /// Whether it has links at all.
    has_links: bool,
    /// How many pictures it tells a reader of who cannot see; `None` if that is not known.
    pictures: Option<usize>,
    /// Whether its words come in the order in which they are read, those of cells beside each other too.
    in_order: bool,
    /// The pages it knows, by their printed numbers; `None` if it knows none.
    pages: Option<Vec<String>>,
}

/// A document or a page.
#[derive(Clone, Debug, Default)]
struct Part {
    /// What it is called: a path, a printed number.
    name: String,
    /// Whether it is of the text, and not a title page, an imprint, contents, an index.
    is_text: bool,
    /// Its pieces: what is read in one go.
    pieces: Vec<Piece>,
}

/// Words that are read in one go, whatever stands around them.
#[derive(Clone, Debug, Default)]
struct Piece {
    /// The words.
    text: String,
    /// Where stretches of them come from: their first byte in the text, and their place.
    places: Vec<(usize, Span)>,
    /// Whether it is a note.
    is_note: bool,
    /// Whether it is a cell of a table.
    is_cell: bool,
}

impl Piece {
    /// Where a byte of the text comes from.
    fn place(&self, byte: usize) -> Option<Span> {
        let behind = self.places.partition_point(|(at, _)| *at <= byte);
        let (_, span) = self.places.get(behind.checked_sub(1)?)?;
        Some(*span)
    }
}

/// An entry of the contents.
#[derive(Clone, Debug, Default)]
struct Entry {
    /// From 0.
    depth: usize,
    /// What it says.
    label: String,
    /// Where it stands.
    at: Option<Span>,
    /// Whether it leads to what is beside the text, such as the contents themselves.
    is_beside: bool,
}

/// A finding of one of the two.
fn finding(code: Code, of: &Reading, at: Option<Span>, message: String) -> Diagnostic {
    Diagnostic::new(code, at.or(of.at), message)
}
