//! Where a span is, as reports say it.

use serde::Serialize;

use super::Map;
use crate::source::Span;

/// Lines and columns from 1, columns in characters (Unicode scalar values), ends exclusive; `start` and `end` in bytes from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Place {
    pub path: String,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
    pub start: u32,
    pub end: u32,
}

impl Place {
    /// The place of a span; `None` if its text is not of this run.
    pub fn of(span: Span, map: Map<'_>) -> Option<Place> {
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

    /// The line that its last character is on: a place may end at the start of the next.
    pub fn last_line(&self) -> u32 {
        let behind = self.end_column == 1 && self.end_line > self.line;
        self.end_line - u32::from(behind)
    }

    /// The same, if it is in a file: a setting of the command line is none.
    pub fn in_file(span: Span, map: Map<'_>) -> Option<Place> {
        let file = map.sources.get(span.file)?;
        let place = (!Map::is_setting(&file)).then(|| Place::of(span, map));
        place.flatten()
    }
}
