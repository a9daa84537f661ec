//! Finished files as shops and printers look at them.
//!
//! In: names of shops and of printers' profiles (`--for`), a finished file. Out: for each breach a finding with the rule, whose it is
//! and as of when; what is not known for sure only warns. Steps: the names are looked up ([`Outlets`]); an EPUB is made the wares that
//! shops look at (`wares`) and judged by [`crate::shop`]; a PDF's pages, type, colours and file are held against the printer's profile
//! (`sheet`, `file`). A house with several profiles, such as one for paperbacks and one for hardcovers, takes what one of them takes.

mod file;
mod outlets;
mod sheet;
#[cfg(test)]
mod tests;
mod wares;

pub use outlets::Outlets;
pub use wares::wares;

use super::pdf::Document;
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::profile::Profile;
use crate::source::Span;

/// A PDF for a press.
#[derive(Clone, Copy)]
pub struct Print<'a> {
    /// What was read of it.
    pub pdf: &'a Document,
    /// How large the file is.
    pub bytes: u64,
    /// Where findings are told.
    pub at: Option<Span>,
}

/// Holds a PDF against a printer's profile.
pub fn judge_print(print: Print<'_>, profile: &Profile, sink: &Sink) {
    sheet::judge(print, profile, sink);
    file::judge(print, profile, sink);
}

/// A finding against a rule of a profile.
fn breach(
    print: Print<'_>,
    profile: &Profile,
    code: Code,
    (rule, sure): (&str, bool),
    message: String,
) -> Diagnostic {
    let mut found = profile.finding(code, print.at, rule, sure, message);
    // The code's level is for books whose profile nobody named.
    if sure && code == Code::UnembeddedFont {
        found.severity = Severity::Error;
    }
    found
}

/// `page 3`, `page 3 and 7 others`.
fn pages(labels: &[&str]) -> String {
    match labels {
        [] => String::new(),
        [one] => format!("page {one}"),
        [one, _] => format!("page {one} and 1 other"),
        [one, others @ ..] => format!("page {one} and {} others", others.len()),
    }
}
