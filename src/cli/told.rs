//! What was found, told: printed as the user wants it, and written into reports.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::options::Manner;
use super::place::Place;
use super::{Failure, say};
use crate::build::output;
use crate::diag::render::{Format, Map, Report, Subject, render};
use crate::diag::{Finding, Severity};
use crate::source::Sources;

/// What was found in one book.
pub struct Heard<'a> {
    /// Where it lies.
    pub place: &'a Place,
    /// Its texts.
    pub sources: &'a Sources,
    /// What is to be told, in order.
    pub found: Vec<Finding>,
}

impl Heard<'_> {
    /// Whether anything is an error.
    pub fn has_errors(&self) -> bool {
        let mut found = self.found.iter();
        found.any(|found| found.diagnostic.severity == Severity::Error)
    }
}

/// A book's number in a run, and a finding's in the book.
type Number = (usize, usize);

/// What a run has found.
pub struct Told<'a> {
    /// One for each book.
    pub heard: &'a [Heard<'a>],
    /// How many findings the baseline knows, and what the user called it.
    pub known: (usize, Option<&'a Path>),
    /// The exit code.
    pub exit: u8,
    /// Whether it should be said that nothing was found.
    pub praise: bool,
}

impl Told<'_> {
    /// What one book has to tell, without what is left out.
    fn subject(&self, format: Format, book: usize, left_out: &BTreeSet<Number>) -> Subject<'_> {
        let heard = &self.heard[book];
        let Place { checkout, root, .. } = heard.place;
        let numbered = (0..).zip(&heard.found);
        let told = numbered.filter(|(number, _)| !left_out.contains(&(book, *number)));
        Subject {
            name: &heard.place.name,
            found: told.map(|(_, found)| found).collect(),
            map: Map {
                sources: heard.sources,
                root: if format.is_for_servers() {
                    checkout
                } else {
                    root
                },
            },
        }
    }

    fn report(&self, format: Format, left_out: &BTreeSet<Number>) -> Report<'_> {
        let books = 0..self.heard.len();
        Report {
            subjects: books
                .map(|book| self.subject(format, book, left_out))
                .collect(),
            editions: self
                .heard
                .first()
                .map_or(&[], |heard| &heard.place.request.editions),
            known: self.known.0,
            exit: self.exit,
        }
    }

    fn numbered(&self) -> impl Iterator<Item = (Number, &Finding)> {
        let books = (0..).zip(self.heard);
        books.flat_map(|(book, heard)| {
            let found = (0..).zip(&heard.found);
            found.map(move |(number, found)| ((book, number), found))
        })
    }

    /// Prints it, and writes the reports.
    ///
    /// # Errors
    /// When a report cannot be written.
    pub fn tell(&self, manner: &Manner) -> Result<(), Failure> {
        let format = manner.format;
        let quiet = |found: &Finding| manner.quiet && found.diagnostic.severity == Severity::Note;
        let (silent, loud): (Vec<_>, Vec<_>) = self.numbered().partition(|(_, found)| quiet(found));
        let mut left_out: BTreeSet<Number> = silent.into_iter().map(|(at, _)| at).collect();
        let mut more = String::new();
        if format.is_list() && !manner.verbose {
            let (folded, lines) = folded(loud);
            left_out.extend(folded);
            more = lines;
        }
        let mut text = render(&self.report(format, &left_out), format, manner.color);
        text.push_str(&more);
        if (format.is_list() || format == Format::Github) && !manner.quiet {
            text.push_str(&self.summary());
        }
        say::words(&text);
        for (format, path) in &manner.reports {
            let text = render(&self.report(*format, &BTreeSet::new()), *format, false);
            match path {
                None => say::data(&text)?,
                Some(path) => {
                    let written = output::write(path, text.as_bytes());
                    written.map_err(|error| {
                        let path = path.display();
                        Failure(format!("the report `{path}` cannot be written: {error}"))
                    })?;
                }
            }
        }
        Ok(())
    }

    /// `2 errors, 1 warning; 12 known in base.yaml`, or nothing.
    fn summary(&self) -> String {
        let report = self.report(Format::Full, &BTreeSet::new());
        let count = |severity: Severity| {
            let number = report.count(severity);
            let plural = if number == 1 { "" } else { "s" };
            (number > 0).then(|| format!("{number} {}{plural}", severity.name()))
        };
        let counts = [Severity::Error, Severity::Warning]
            .into_iter()
            .filter_map(count);
        let mut line = counts.collect::<Vec<_>>().join(", ");
        let nothing = self.heard.iter().all(|heard| heard.found.is_empty());
        if self.praise && nothing {
            let new = if self.known.0 > 0 {
                "nothing new"
            } else {
                "nothing"
            };
            line = format!("found {new}");
        }
        if let (known @ 1.., Some(path)) = self.known {
            let before = if line.is_empty() { "" } else { "; " };
            line.push_str(&format!("{before}{known} known in {}", say::path(path)));
        }
        if line.is_empty() {
            return line;
        }
        line + "\n"
    }
}

/// Warnings and notes of one code that are shown for one file; an author mends that many at once.
const MOST_IN_FILE: usize = 10;

/// Warnings and notes of one code that are shown for a book.
const MOST_IN_BOOK: usize = 40;

/// What to leave out, so that the rest can be read where a code repeats; and a line per code on what that is. Errors are all
/// shown.
fn folded<'f>(
    found: impl IntoIterator<Item = (Number, &'f Finding)>,
) -> (BTreeSet<Number>, String) {
    let (mut in_file, mut in_book) = (BTreeMap::new(), BTreeMap::new());
    let mut more: BTreeMap<&str, (usize, BTreeSet<_>)> = BTreeMap::new();
    let mut left_out = BTreeSet::new();
    for (at, one) in found {
        let (code, book) = (one.diagnostic.code, at.0);
        let file = (book, one.diagnostic.at.map(|at| at.file));
        let here: &mut usize = in_file.entry((code, file)).or_default();
        let all: &mut usize = in_book.entry((code, book)).or_default();
        let full = *here >= MOST_IN_FILE || *all >= MOST_IN_BOOK;
        if one.diagnostic.severity < Severity::Error && full {
            let (count, files) = more.entry(code.name()).or_default();
            *count += 1;
            files.insert(file);
            left_out.insert(at);
            continue;
        }
        *here += 1;
        *all += 1;
    }
    let line = |(code, (count, files)): (&str, (usize, BTreeSet<_>))| {
        let files = match files.len() {
            1 => String::from("1 file"),
            files => format!("{files} files"),
        };
        format!("and {count} more of {code} in {files} (`-v` shows them)\n")
    };
    (left_out, more.into_iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic, findings};
    use crate::source::{FileId, Span};

    #[test]
    fn repeats_are_folded_and_errors_are_not() {
        let found = |code, file| {
            let at = Span::new(FileId(file), 0, 0);
            Diagnostic::new(code, at, "")
        };
        let mut all = Vec::new();
        for file in 0..10 {
            for _ in 0..12 {
                all.push(found(Code::DeadLink, file));
                all.push(found(Code::MissingImage, file));
            }
        }
        let all = findings(all, &Sources::new());
        let numbered = |found| (0..).map(|number| (0, number)).zip(found);
        let (left_out, more) = folded(numbered(&all[..]));
        assert_eq!(left_out.len(), 80);
        assert!(
            left_out
                .iter()
                .all(|(_, at)| all[*at].diagnostic.code == Code::DeadLink)
        );
        assert_eq!(
            more,
            "and 80 more of dead-link in 10 files (`-v` shows them)\n"
        );
        assert!(folded(numbered(&all[..20])).0.is_empty());
    }
}
