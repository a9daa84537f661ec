//! A line each, in the form that editors and `grep` know.

use super::{Map, Place, tame};
use crate::diag::Diagnostic;

/// `path:line:column: error[code]: message (hint)`; without a place, from `error` on.
pub(super) fn render(found: &Diagnostic, map: Map<'_>) -> String {
    let place = found.at.and_then(|at| Place::of(at, map));
    let place = place.map(|at| format!("{}:{}:{}: ", tame(&at.path), at.line, at.column));
    format!(
        "{}{}[{}]: {}\n",
        place.unwrap_or_default(),
        found.severity.name(),
        found.code.name(),
        said(found),
    )
}

/// `message (hint; hint)`, in one line.
pub(super) fn said(found: &Diagnostic) -> String {
    let message = tame(&found.message);
    match found.hints.join("; ") {
        hints if hints.is_empty() => message,
        hints => format!("{message} ({})", tame(&hints)),
    }
}
