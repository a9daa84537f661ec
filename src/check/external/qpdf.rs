//! What qpdf prints: `--check`.
//!
//! Lines for people, each with the file, and an object and an offset where it has one: `WARNING: a.pdf (object 116 0, offset 50251):
//! expected endobj`. It exits with 0 if all is well, 2 on errors and 3 on warnings.

use super::{Complaint, Said, Where, sentence};
use crate::diag::Severity;

/// What it prints after its warnings; it says nothing more.
const SUMMARY: &str = "operation succeeded with warnings";

/// Reads what it printed.
pub(super) fn read(said: &Said) -> Result<Vec<Complaint>, String> {
    let mut found = Vec::new();
    for line in said.report.lines().chain(said.printed.lines()) {
        let line = line.trim();
        let (severity, rest) = if let Some(rest) = line.strip_prefix("WARNING: ") {
            (Severity::Warning, rest)
        } else if let Some(rest) = line.strip_prefix("ERROR: ") {
            (Severity::Error, rest)
        } else if let Some(rest) = line.strip_prefix("qpdf: ") {
            (Severity::Error, rest)
        } else {
            continue;
        };
        if rest.starts_with(SUMMARY) {
            continue;
        }
        found.push(Complaint {
            rule: String::new(),
            severity,
            message: sentence(&without_file(rest)),
            at: Where::File,
            more: 0,
            hint: String::new(),
        });
    }
    let exit = said.exit;
    match exit {
        Some(0 | 2 | 3) if exit == Some(0) || !found.is_empty() => Ok(found),
        _ => Err(String::from("it says nothing of the file")),
    }
}

/// `a.pdf (object 3 0, offset 9): no stream` without the file's name, the object behind: `no stream (object 3 0, offset 9)`.
fn without_file(line: &str) -> String {
    if let Some(at) = line.find(".pdf (")
        && let Some(end) = line[at..].find("): ")
    {
        let end = at + end;
        return format!("{} {}", &line[end + 3..], &line[at + 5..=end]);
    }
    match line.split_once(".pdf: ") {
        Some((_, rest)) => rest.to_owned(),
        None => line.to_owned(),
    }
}
