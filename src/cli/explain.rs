//! `recto explain`.

use super::options::unknown_code;
use super::{Failure, say};
use crate::diag::{self, Code};

/// Lists all codes as the manual's appendix.
///
/// # Errors
/// When it cannot be printed.
pub fn appendix() -> Result<bool, Failure> {
    say::data(&diag::appendix())?;
    Ok(true)
}

/// Says what a code means; without one, lists all.
///
/// # Errors
/// When there is no such code.
pub fn explain(code: Option<&str>) -> Result<bool, Failure> {
    let Some(name) = code else {
        let width = Code::ALL
            .iter()
            .map(|code| code.name().len())
            .max()
            .unwrap_or(0);
        let line = |code: &Code| {
            let level = code.level().name();
            format!(
                "{:width$}  {level:7}  {}\n",
                code.name(),
                code.explanation().what
            )
        };
        say::data(&Code::ALL.iter().map(line).collect::<String>())?;
        return Ok(true);
    };
    // As it is copied from a diagnostic: `error[missing-alt]`.
    let bare = name
        .rsplit('[')
        .next()
        .unwrap_or(name)
        .trim_end_matches(']');
    let code = Code::named(bare).ok_or_else(|| Failure(unknown_code(bare)))?;
    let text = code.explanation();
    say::data(&format!(
        "{} ({})\n\n{}\n\nWhy it matters: {}\n\nExample: {}\n\nInstead: {}\n",
        code.name(),
        code.level().name(),
        text.what,
        text.why,
        text.example,
        text.instead,
    ))?;
    Ok(true)
}
