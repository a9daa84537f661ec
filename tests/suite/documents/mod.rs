//! Finished PDFs, read and judged: a small sound book, ways to spoil it, and such as are made to do harm.

mod book;
mod cases;
mod encrypted;
mod hostile;
mod kept;
mod property;

use std::collections::BTreeSet;

pub use cases::codes;
use recto::check::pdf::{Document, judge, read};
use recto::diag::{Diagnostic, Sink};
use recto::source::Sources;

/// What is found in a file, and the document if it could be read.
fn checked(bytes: &[u8]) -> (Option<Document>, Vec<Diagnostic>) {
    let (sources, sink) = (Sources::new(), Sink::new());
    let document = read("book.pdf", bytes, &sources, &sink);
    if let Some(document) = &document {
        judge(document, &sink);
    }
    (document, sink.finish(&sources))
}

/// The names of the codes found.
fn raised(bytes: &[u8]) -> BTreeSet<&'static str> {
    checked(bytes)
        .1
        .iter()
        .map(|found| found.code.name())
        .collect()
}
