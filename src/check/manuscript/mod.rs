//! What only an author can mend, found in the words themselves: slips that a build has no reason to stop at.
//!
//! In: refined chapters, the texts they came from, the book's language. Out: diagnostics. Steps: each chapter is flattened into
//! [`line::Line`]s, in parallel; the rules that need no more than a chapter judge it at once (`words`, `marks`, `quotes`, `links`,
//! `straight`, `stray`, `odd`); what takes the whole book to see is counted and judged at the end (`spelling`, `tongue`). Time is linear in the text, but for the names of a book:
//! those are few.
//!
//! A false finding costs more than a missed one: each rule keeps to what is wrong in nearly every book, and says so where it
//! lets something pass.

mod line;
mod links;
mod marks;
mod odd;
mod quotes;
mod spelling;
mod straight;
mod stray;
mod tongue;
mod words;

use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{Chapter, Lang};
use crate::source::{Sources, Span};
use line::Line;

pub use straight::titles;

/// The codes that are found here and nowhere else: a build does not look for them.
pub const CODES: [Code; 15] = [
    Code::PlaceholderText,
    Code::DoubledWord,
    Code::DoubledSpace,
    Code::PoorAlt,
    Code::EmptyLink,
    Code::UnbalancedBracket,
    Code::UnbalancedQuote,
    Code::StraightQuote,
    Code::OddHyphen,
    Code::OddName,
    Code::OddCharacter,
    Code::OddPunctuation,
    Code::StrayMarkup,
    Code::WrongLanguage,
    Code::UnusedFile,
];

/// A chapter with its lines, and the way back to its source.
struct Page<'a> {
    chapter: &'a Chapter,
    sources: &'a Sources,
    lines: Vec<Line>,
}

impl Page<'_> {
    /// The place of some bytes of a line.
    fn span(&self, line: &Line, start: usize, end: usize) -> Option<Span> {
        line.span(start, end, self.chapter, self.sources)
    }
}

/// Judges the chapters of a book. `lang` is the book's language.
pub fn judge(chapters: &[Arc<Chapter>], lang: &Lang, sources: &Sources, sink: &Sink) {
    let pages: Vec<Page<'_>> = chapters
        .par_iter()
        .map(|chapter| {
            let page = Page {
                chapter,
                sources,
                lines: line::lines(chapter, lang),
            };
            words::judge(&page, sink);
            marks::judge(&page, sink);
            links::judge(&page, sink);
            straight::judge(&page, sink);
            stray::judge(&page, sink);
            odd::judge(&page, sink);
            page
        })
        .collect();
    spelling::judge(&pages, sink);
    tongue::judge(&pages, lang, sources, sink);
}

/// Tells of files that no edition reads, each with its first line.
pub fn unused(files: &[(String, Span)], sink: &Sink) {
    for (path, at) in files {
        let found = Diagnostic::new(
            Code::UnusedFile,
            *at,
            format!("`{path}` is no part of the book"),
        );
        sink.push(
            found.hint(
                "list it under `chapters:`, include it somewhere, or move it to another folder",
            ),
        );
    }
}
