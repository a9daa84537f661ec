//! Finished books, of any origin, from their bytes to what is wrong with them.
//!
//! In: the files of one folder that are judged together. Out: diagnostics at their levels. Each is read by the reader of its kind
//! and judged by itself.

use std::io;
use std::path::Path;

use super::{Levels, judged};
use crate::check::{Kind, epub, pdf};
use crate::diag::{Code, Diagnostic, Sink};
use crate::manifest::Manifest;
use crate::source::{Sources, Span, World};

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// Its name in its folder.
    pub name: String,
    /// What it is: [`Kind::Epub`] or [`Kind::Pdf`].
    pub kind: Kind,
}

/// Judges finished files of one folder.
pub fn judge_finished(
    world: &dyn World,
    files: &[Finished],
    levels: &Levels,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let sink = Sink::new();
    for Finished { name, kind } in files {
        match world.read(Path::new(name)) {
            Ok(bytes) => judge_one(name, *kind, &bytes, sources, &sink),
            Err(error) => sink.push(unreadable(name, *kind, &error, sources)),
        }
    }
    // A finished file has no `check:` of its own.
    judged(&sink, levels, &Manifest::default(), sources)
}

fn judge_one(name: &str, kind: Kind, bytes: &[u8], sources: &Sources, sink: &Sink) {
    match kind {
        Kind::Epub => {
            epub::read(name, bytes, sources, sink);
        }
        Kind::Pdf => {
            pdf::read(name, bytes, sources, sink);
        }
        // Manuscripts are books to be built.
        Kind::Manifest | Kind::Markdown => {}
    }
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
