//! Findings, so many of a kind and no more.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::limits;
use crate::diag::{Code, Diagnostic, Sink};
use crate::source::{FileId, Span};

/// A code's name, and the file that it is found in.
type Kind = (&'static str, Option<FileId>);

/// Hands findings on, and counts those of one code in one file that nobody would read.
#[derive(Debug)]
pub(super) struct Tally<'s> {
    sink: &'s Sink,
    seen: RefCell<BTreeMap<Kind, (Code, usize)>>,
}

impl<'s> Tally<'s> {
    pub fn new(sink: &'s Sink) -> Tally<'s> {
        Tally {
            sink,
            seen: RefCell::default(),
        }
    }

    pub fn push(&self, found: Diagnostic) {
        let file = found.at.map(|at| at.file);
        let mut seen = self.seen.borrow_mut();
        let (_, count) = seen
            .entry((found.code.name(), file))
            .or_insert((found.code, 0));
        *count += 1;
        if *count <= limits::TOLD {
            self.sink.push(found);
        }
    }

    /// Whether further findings of a kind are only counted.
    pub fn is_full(&self, code: Code, at: Span) -> bool {
        let seen = self.seen.borrow();
        let kind = seen.get(&(code.name(), Some(at.file)));
        kind.is_some_and(|(_, count)| *count >= limits::TOLD)
    }

    /// A finding without a hint.
    pub fn tell(&self, code: Code, at: Span, message: impl Into<String>) {
        self.push(Diagnostic::new(code, at, message));
    }

    /// Tells how many were only counted.
    pub fn finish(self) {
        for ((_, file), (code, count)) in self.seen.into_inner() {
            let more = count.saturating_sub(limits::TOLD);
            if more > 0 {
                let at = file.map(|file| Span::new(file, 0, 0));
                let message = format!("{more} more of this kind are in this file");
                self.sink.push(Diagnostic::new(code, at, message));
            }
        }
    }
}

/// A text from a file as a message shows it: one line, and not a long one.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 80;
    let clean = |c: char| match c {
        '`'
        | '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    };
    let mut out: String = text.chars().take(MOST).map(clean).collect();
    if out.len() < text.len() && text.chars().nth(MOST).is_some() {
        out.push('…');
    }
    out
}
