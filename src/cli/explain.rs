//! `recto explain`.

use super::args::SchemaOf;
use super::options::unknown_code;
use super::{Failure, say};
use crate::diag::{self, Code, Family, Named};
use crate::diff;

/// Lists all codes as the manual's appendix.
///
/// # Errors
/// When it cannot be printed.
pub fn appendix() -> Result<bool, Failure> {
    say::data(&diag::appendix())?;
    Ok(true)
}

/// Prints the JSON Schema of a document.
///
/// # Errors
/// When it cannot be printed.
pub fn schema(of: SchemaOf) -> Result<bool, Failure> {
    say::data(match of {
        SchemaOf::Report => diag::render::SCHEMA,
        SchemaOf::Diff => diff::render::SCHEMA,
    })?;
    Ok(true)
}

/// Says what a code means, or what a family holds; without one, lists all, by family.
///
/// # Errors
/// When there is no such code.
pub fn explain(code: Option<&str>) -> Result<bool, Failure> {
    let Some(name) = code else {
        let families: Vec<String> = Family::ALL.into_iter().map(list).collect();
        say::data(&families.join("\n"))?;
        return Ok(true);
    };
    // As it is copied from a diagnostic: `error[missing-alt]`.
    let bare = name
        .rsplit('[')
        .next()
        .unwrap_or(name)
        .trim_end_matches(']');
    let code = match Named::read(bare) {
        Ok(Named::Code(code)) => code,
        Ok(Named::Family(family)) => {
            say::data(&list(family))?;
            return Ok(true);
        }
        Ok(Named::Warnings) => return Err(Failure(unknown_code(bare, None))),
        Err(near) => return Err(Failure(unknown_code(bare, near))),
    };
    let text = code.explanation();
    say::data(&format!(
        "{} ({}, {})\n\n{}\n\nWhy it matters: {}\n\nExample: {}\n\nInstead: {}\n",
        code.name(),
        code.level().name(),
        code.family().name(),
        text.what,
        text.why,
        text.example,
        text.instead,
    ))?;
    Ok(true)
}

/// A family, and its codes in a line each.
fn list(family: Family) -> String {
    let widths = Code::ALL.iter().map(|code| code.name().len());
    let width = widths.max().unwrap_or(0);
    let line = |code: Code| {
        let (name, level) = (code.name(), code.level().name());
        format!("  {name:width$}  {level:7}  {}\n", code.explanation().what)
    };
    let lines: String = family.codes().map(line).collect();
    format!("{}: {}\n{lines}", family.name(), family.about())
}
