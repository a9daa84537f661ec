//! An object per line, for programs.

use serde::Serialize;

use super::Map;
use crate::diag::Diagnostic;
use crate::source::Span;

/// A diagnostic.
#[derive(Serialize)]
struct Line<'a> {
    /// `missing-image`.
    code: &'a str,
    /// `error`, `warning` or `note`.
    severity: &'a str,
    /// One sentence.
    message: &'a str,
    /// `null` for what has no place in any text.
    place: Option<Place>,
    /// Further places.
    labels: Vec<Label<'a>>,
    /// What to do about it.
    hints: &'a [String],
}

/// Lines and columns from 1, columns in characters, ends exclusive; `start` and `end` in bytes from 0.
#[derive(Serialize)]
struct Place {
    path: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Label<'a> {
    message: &'a str,
    place: Option<Place>,
}

fn place(span: Span, map: Map<'_>) -> Option<Place> {
    let file = map.sources.get(span.file)?;
    let (line, column) = file.line_column(span.start);
    let (end_line, end_column) = file.line_column(span.end);
    Some(Place {
        path: map.path(&file),
        line,
        column,
        end_line,
        end_column,
        start: span.start,
        end: span.end,
    })
}

pub(super) fn render(found: &Diagnostic, map: Map<'_>) -> String {
    let line = Line {
        code: found.code.name(),
        severity: found.severity.name(),
        message: &found.message,
        place: found.at.and_then(|at| place(at, map)),
        labels: found
            .labels
            .iter()
            .map(|(at, message)| Label {
                message,
                place: place(*at, map),
            })
            .collect(),
        hints: &found.hints,
    };
    // Text and numbers are always JSON.
    let mut text = serde_json::to_string(&line).unwrap_or_default();
    text.push('\n');
    text
}
