//! Everything that is printed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::Failure;
use super::options::Manner;
use crate::build::output;
use crate::diag::render::{Format, Map, render};
use crate::diag::{Diagnostic, Severity};
use crate::source::Sources;

/// Prints data that was asked for. A reader who has seen enough and closed the pipe is no fault.
///
/// # Errors
/// When it cannot be written for any other reason.
pub fn data(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure(format!(
            "standard output cannot be written: {error}"
        ))),
        _ => Ok(()),
    }
}

/// Prints words for the user.
pub fn words(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Why the command could not do its work at all.
pub fn failure(message: &str) {
    words(&format!("error: {message}\n"));
}

/// Prints what was found, and writes the reports. `root` is the book's folder as the user named it.
///
/// # Errors
/// A sentence for the user, when a report cannot be written.
pub fn findings(
    found: &[Diagnostic],
    sources: &Sources,
    root: &Path,
    manner: &Manner,
) -> Result<(), String> {
    let map = Map { sources, root };
    let heard: Vec<&Diagnostic> = found
        .iter()
        .filter(|found| !manner.quiet || found.severity > Severity::Note)
        .collect();
    let fold = !manner.verbose && manner.format != Format::Json;
    let (shown, folded) = if fold {
        folded(&heard)
    } else {
        (heard.clone(), String::new())
    };
    let mut text = rendered(&shown, map, manner.format, manner.color);
    text.push_str(&folded);
    if manner.format != Format::Json && !manner.quiet {
        text.push_str(&summary(found));
    }
    words(&text);
    for (format, path) in &manner.reports {
        output::write(path, rendered(&heard, map, *format, false).as_bytes()).map_err(|error| {
            format!("the report `{}` cannot be written: {error}", path.display())
        })?;
    }
    Ok(())
}

fn rendered(found: &[&Diagnostic], map: Map<'_>, format: Format, color: bool) -> String {
    found
        .iter()
        .map(|found| render(found, map, format, color))
        .collect()
}

/// Warnings and notes of one code that are shown for one file; an author mends that many at once.
const MOST_IN_FILE: usize = 10;

/// Warnings and notes of one code that are shown for a book.
const MOST_IN_BOOK: usize = 40;

/// What to show, with so many repeats of a code left out that the rest can be read; and a line per code on what was
/// left out. Errors are all shown.
fn folded<'d>(found: &[&'d Diagnostic]) -> (Vec<&'d Diagnostic>, String) {
    let (mut in_file, mut in_book) = (BTreeMap::new(), BTreeMap::new());
    let mut more: BTreeMap<&str, (usize, BTreeSet<_>)> = BTreeMap::new();
    let mut shown = Vec::new();
    for one in found {
        let file = one.at.map(|at| at.file);
        let here: &mut usize = in_file.entry((one.code, file)).or_default();
        let all: &mut usize = in_book.entry(one.code).or_default();
        if one.severity < Severity::Error && (*here >= MOST_IN_FILE || *all >= MOST_IN_BOOK) {
            let (count, files) = more.entry(one.code.name()).or_default();
            *count += 1;
            files.insert(file);
            continue;
        }
        *here += 1;
        *all += 1;
        shown.push(*one);
    }
    let line = |(code, (count, files)): (&str, (usize, BTreeSet<_>))| {
        let files = match files.len() {
            1 => String::from("1 file"),
            files => format!("{files} files"),
        };
        format!("and {count} more of {code} in {files} (`-v` shows them)\n")
    };
    (shown, more.into_iter().map(line).collect())
}

/// `2 errors, 1 warning`, or nothing.
fn summary(found: &[Diagnostic]) -> String {
    let count = |severity: Severity| {
        let number = found
            .iter()
            .filter(|found| found.severity == severity)
            .count();
        let plural = if number == 1 { "" } else { "s" };
        (number > 0).then(|| format!("{number} {}{plural}", severity.name()))
    };
    let counts = [Severity::Error, Severity::Warning]
        .into_iter()
        .filter_map(count);
    match counts.collect::<Vec<_>>().join(", ") {
        counts if counts.is_empty() => String::new(),
        counts => format!("{counts}\n"),
    }
}

/// `812 B`, `14 kB`, `2.1 MB`.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{} kB", (bytes as f64 / 1000.0).round()),
        _ => format!("{:.1} MB", bytes as f64 / 1_000_000.0),
    }
}

/// A path as a user would type it: without `./`.
pub fn path(path: &Path) -> String {
    let text = path.display().to_string();
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

/// What is being done right now: shown on a terminal, and a line each for those who want to know more.
pub struct Progress {
    bar: Option<ProgressBar>,
    lines: bool,
}

impl Progress {
    /// Begins.
    pub fn new(manner: &Manner) -> Progress {
        let lines = manner.verbose;
        if !manner.terminal || manner.quiet || lines {
            return Progress { bar: None, lines };
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(80));
        Progress {
            bar: Some(bar),
            lines,
        }
    }

    /// The next step.
    pub fn step(&self, what: &str) {
        match &self.bar {
            Some(bar) => bar.set_message(what.to_owned()),
            None if self.lines => words(&format!("{what}\n")),
            None => {}
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn sizes_are_for_people() {
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1499, "1 kB"),
            (999_499, "999 kB"),
            (2_149_000, "2.1 MB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn repeats_are_folded_and_errors_are_not() {
        let found = |code, file| {
            let at = crate::source::Span::new(crate::source::FileId(file), 0, 0);
            Diagnostic::new(code, at, "")
        };
        let mut all = Vec::new();
        for file in 0..10 {
            for _ in 0..12 {
                all.push(found(Code::DeadLink, file));
                all.push(found(Code::MissingImage, file));
            }
        }
        let (shown, more) = folded(&all.iter().collect::<Vec<_>>());
        let count = |code| shown.iter().filter(|found| found.code == code).count();
        assert_eq!(
            (count(Code::DeadLink), count(Code::MissingImage)),
            (40, 120)
        );
        assert_eq!(
            more,
            "and 80 more of dead-link in 10 files (`-v` shows them)\n"
        );
        let few: Vec<&Diagnostic> = all[..20].iter().collect();
        assert_eq!(folded(&few).0.len(), 20);
    }
}
