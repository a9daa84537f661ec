//! A line each, in the form that editors and `grep` know.

use super::tame;
use crate::diag::Diagnostic;
use crate::source::Sources;

/// `path:line:column: error[code]: message (hint)`; without a place, from `error` on.
pub(super) fn render(found: &Diagnostic, sources: &Sources) -> String {
    let place = found.at.and_then(|at| sources.place(at));
    let place = place.map(|p| format!("{}:{}:{}: ", tame(&p.path), p.line, p.column));
    let hints = match found.hints.join(" ") {
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
