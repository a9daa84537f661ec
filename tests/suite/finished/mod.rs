//! Finished EPUBs, read and judged: good ones, good ones with one thing done to them, and such as are made to do harm.

pub mod book;
mod hostile;
mod mutants;
mod property;

pub use mutants::codes;
use recto::check::epub;
use recto::diag::{Diagnostic, Sink};
use recto::source::Sources;

/// What is found in a file.
fn found(bytes: &[u8]) -> (Vec<Diagnostic>, Sources) {
    let (sources, sink) = (Sources::new(), Sink::new());
    if let Some(publication) = epub::read("book.epub", bytes, &sources, &sink) {
        epub::judge(&publication, &sink);
    }
    (sink.finish(&sources), sources)
}

/// The findings, a line each.
fn lines(bytes: &[u8]) -> Vec<String> {
    let (found, sources) = found(bytes);
    let line = |one: &Diagnostic| {
        let place = one.at.and_then(|at| sources.place(at));
        let place = place.map(|place| format!("{}:{}:{}", place.path, place.line, place.column));
        let place = place.unwrap_or_default();
        format!("{place}: {}: {}", one.code.name(), one.message)
    };
    found.iter().map(line).collect()
}
