//! Finished books, of any origin, from their bytes to what is wrong with them.
//!
//! In: the files of one folder that are judged together. Out: diagnostics at their levels. Each is judged by itself (`prove`).

use std::io;
use std::path::Path;

use super::prove::{self, File};
use super::{Levels, Press, judged};
use crate::check::Kind;
use crate::diag::{Code, Diagnostic, Sink};
use crate::manifest::Manifest;
use crate::source::{Sources, Span};

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// Its name in its folder.
    pub name: String,
    /// What it is: [`Kind::Epub`] or [`Kind::Pdf`].
    pub kind: Kind,
}

/// Judges finished files of one folder.
pub fn judge_finished(press: Press<'_>, files: &[Finished], levels: &Levels) -> Vec<Diagnostic> {
    let sink = Sink::new();
    for Finished { name, kind } in files {
        match press.world.read(Path::new(name)) {
            Ok(bytes) => {
                let file = File {
                    name,
                    kind: *kind,
                    bytes: &bytes,
                    origins: None,
                };
                prove::judge(file, press, &sink);
            }
            Err(error) => sink.push(unreadable(name, *kind, &error, press.sources)),
        }
    }
    // A finished file has no `check:` of its own.
    judged(&sink, levels, &Manifest::default(), press.sources)
}

fn unreadable(name: &str, kind: Kind, error: &io::Error, sources: &Sources) -> Diagnostic {
    let code = match kind {
        Kind::Pdf => Code::UnreadablePdf,
        _ => Code::UnreadableEpub,
    };
    let file = sources.add(name.to_owned(), String::new());
    let message = format!("`{name}` cannot be read: {error}");
    Diagnostic::new(code, Span::new(file.id, 0, 0), message)
}
