//! Straight quotation marks and apostrophes that are printed so.
//!
//! The refiner makes the language's own marks of those that an author types; what is left stands in a book that asks for no such
//! thing, or where the refiner does not go: the title. A mark typed with a backslash is meant.

use super::Page;
use super::line::Line;
use crate::diag::{Code, Diagnostic, Sink};
use crate::source::{Sources, Span};

const MARKS: [char; 2] = ['"', '\''];

/// How many marks of a chapter are looked up in the Markdown: each look-up reads a paragraph.
const MOST: usize = 64;

/// Tells of a chapter's first mark, and how many follow it: where one is left, as a rule all are.
pub(super) fn judge(page: &Page<'_>, sink: &Sink) {
    let marks = page.lines.iter().flat_map(|line| {
        let found = line.text.match_indices(MARKS);
        found.map(move |(at, mark)| (line, at, mark))
    });
    let meant = |(line, at, _): &(&Line, usize, &str)| {
        let place = page.span(line, *at, at + 1);
        place.is_some_and(|place| is_escaped(place, page.sources))
    };
    let mut left = marks.clone().take(MOST).skip_while(meant);
    let Some((line, at, mark)) = left.next() else {
        return;
    };
    let more = match marks.count() {
        0 | 1 => String::new(),
        all => format!(", one of {all} in this chapter"),
    };
    let place = page.span(line, at, at + 1);
    let told = Diagnostic::new(
        Code::StraightQuote,
        place,
        format!("`{mark}` is printed straight{more}"),
    );
    sink.push(
        told.hint("let `markdown: {smart: true}` make the language's own marks, or type them"),
    );
}

fn is_escaped(place: Span, sources: &Sources) -> bool {
    let file = sources.get(place.file);
    let before = (place.start as usize).checked_sub(1);
    let byte = before.and_then(|at| file.as_ref()?.text.as_bytes().get(at).copied());
    byte == Some(b'\\')
}

/// Tells of marks in what the book is called: its title and the like, each where `file` says it.
pub fn titles(titles: &[&str], file: Option<&crate::source::SourceFile>, sink: &Sink) {
    for title in titles {
        let Some((at, mark)) = title.match_indices(MARKS).next() else {
            continue;
        };
        let place = file.and_then(|file| {
            // As typed, or at least the word: YAML has ways to write marks that look otherwise.
            let word = title[..at].rfind(' ').map_or(0, |space| space + 1);
            let word = title[word..].split(' ').next().unwrap_or(title);
            let (start, text) = [*title, word]
                .into_iter()
                .find_map(|text| Some((file.text.find(text)?, text)))?;
            Some(Span::new(file.id, start, start + text.len()))
        });
        let told = Diagnostic::new(
            Code::StraightQuote,
            place,
            format!("`{mark}` in `{title}` is printed straight"),
        );
        sink.push(
            told.hint(
                "type the language's own marks: what `book.yaml` says is printed as it stands",
            ),
        );
    }
}
