//! Files that a run reads, and writes anew where it is asked to.

use std::path::Path;

use super::{Failure, say};
use crate::build::output;

/// Reads such a file by `parse`, which is given what the user calls it and its text. One that is to be written may be missing: then
/// it is as if it said nothing. `update` is the flag that has it written, `what` what the file is.
///
/// # Errors
/// When it cannot be read, or is none.
pub fn read<T: Default>(
    path: &Path,
    (update, flag, what): (bool, &str, &str),
    parse: impl Fn(&str, &str) -> Result<T, String>,
) -> Result<T, Failure> {
    let shown = say::path(path);
    match std::fs::read_to_string(path) {
        Ok(text) => parse(&shown, &text).map_err(Failure),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => match update {
            true => Ok(T::default()),
            false => Err(Failure(format!(
                "there is no {what}`{shown}`; `{flag}` writes it"
            ))),
        },
        Err(error) => Err(Failure(format!("`{shown}` cannot be read: {error}"))),
    }
}

/// Writes it.
///
/// # Errors
/// When it cannot be written.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error| Failure(format!("`{}` cannot be written: {error}", say::path(path)));
    output::write(path, text.as_bytes())
        .map(drop)
        .map_err(failed)
}
