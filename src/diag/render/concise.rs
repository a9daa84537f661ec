//! A line each, in the form that editors and `grep` know.

use super::{Map, tame};
use crate::diag::Diagnostic;

/// `path:line:column: error[code]: message (hint)`; without a place, from `error` on.
pub(super) fn render(found: &Diagnostic, map: Map<'_>) -> String {
    let place = found.at.and_then(|at| {
        let file = map.sources.get(at.file)?;
        let (line, column) = file.line_column(at.start);
        Some(format!("{}:{line}:{column}: ", map.path(&file)))
    });
    let hints = match found.hints.join("; ") {
        hints if hints.is_empty() => String::new(),
        hints => format!(" ({})", tame(&hints)),
    };
    format!(
        "{}{}[{}]: {}{hints}\n",
        place.unwrap_or_default(),
        found.severity.name(),
        found.code.name(),
        tame(&found.message),
    )
}
