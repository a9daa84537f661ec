//! A document for programs, as `report.schema.json` describes it: one finding on each line.

use serde::Serialize;

use super::report::Report;
use super::{Map, Place};
use crate::diag::{Finding, Severity};

/// The JSON Schema of what is written here. Its version goes up when a program that reads the report would have to change.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// The version in it.
const VERSION: u32 = 1;

/// The lines before the findings.
#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// The line behind them.
#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
    known: usize,
    exit: u8,
}

/// A finding.
#[derive(Serialize)]
struct Line<'a> {
    /// `missing-image`.
    code: &'a str,
    /// `manuscript`.
    family: &'a str,
    /// `error`, `warning` or `note`.
    severity: &'a str,
    /// One sentence.
    message: &'a str,
    /// What to do about it.
    hints: &'a [String],
    /// `null` for what has no place in any text.
    place: Option<Place>,
    /// The printed number of the page that shows it.
    page: Option<&'a str>,
    /// Further places.
    labels: Vec<Label<'a>>,
    /// The same in every run until the place is edited.
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Label<'a> {
    message: &'a str,
    place: Option<Place>,
}

/// The report: an object.
pub(super) fn render(report: &Report<'_>) -> String {
    let lines: Vec<String> = report
        .all()
        .map(|(found, map)| format!("\n    {}", compact(&line(found, map))))
        .collect();
    let tool = Tool {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
    };
    let summary = Summary {
        errors: report.count(Severity::Error),
        warnings: report.count(Severity::Warning),
        notes: report.count(Severity::Note),
        known: report.known,
        exit: report.exit,
    };
    let end = if lines.is_empty() { "" } else { "\n  " };
    format!(
        "{{\n  \"version\": {VERSION},\n  \"tool\": {},\n  \"findings\": [{}{end}],\n  \"summary\": {}\n}}\n",
        compact(&tool),
        lines.join(","),
        compact(&summary)
    )
}

fn line<'a>(found: &'a Finding, map: Map<'_>) -> Line<'a> {
    let diagnostic = &found.diagnostic;
    let label = |(at, message): &'a (_, String)| Label {
        message,
        place: Place::of(*at, map),
    };
    Line {
        code: diagnostic.code.name(),
        family: diagnostic.code.family().name(),
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        hints: &diagnostic.hints,
        place: diagnostic.at.and_then(|at| Place::of(at, map)),
        page: diagnostic.page.as_deref(),
        labels: diagnostic.labels.iter().map(label).collect(),
        fingerprint: &found.fingerprint,
    }
}

/// On one line. Text and numbers are always JSON.
fn compact(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// On many lines, with a line end.
pub(super) fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
