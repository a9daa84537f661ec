//! Finished books, of any origin, from their bytes to what is wrong with them.
//!
//! In: the files of one folder that are judged together. Out: diagnostics at their levels. Each is judged by itself (`prove`)
//! and by shops and printers, an EPUB and a PDF of one name against each other (`pair`).

use std::io;
use std::path::Path;

use super::pair::{self, Own, Proved};
use super::prove::{self, File, Form};
use super::{Levels, Press, judged};
use crate::check::Kind;
use crate::check::external::Origins;
use crate::check::store::{self, Outlets, Print};
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

/// Judges finished files of one folder, for shops and printers of these names.
pub fn judge_finished(
    press: Press<'_>,
    files: &[Finished],
    levels: &Levels,
    outlets: &[String],
) -> Vec<Diagnostic> {
    let sink = Sink::new();
    let asked = Outlets::named(outlets, press.world, press.sources, &sink);
    let mut proved: Vec<Proved> = Vec::new();
    for Finished { name, kind } in files {
        let bytes = match press.world.read(Path::new(name)) {
            Ok(bytes) => bytes,
            Err(error) => {
                sink.push(unreadable(name, *kind, &error, press.sources));
                continue;
            }
        };
        let file = File {
            name,
            kind: *kind,
            bytes: &bytes,
            origins: None,
        };
        let Some(form) = prove::judge(file, press, &sink) else {
            continue;
        };
        sell(&form, bytes.len() as u64, &asked, press.sources, &sink);
        proved.push(Proved {
            name: name.clone(),
            form,
            origins: Origins::default(),
            own: Own::default(),
        });
    }
    for epub in &proved {
        for pdf in &proved {
            if pair::is_pair(&epub.name, &pdf.name) {
                let found = pair::compare(epub, pdf, press.sources).into_iter();
                found.for_each(|found| sink.push(found));
            }
        }
    }
    // A finished file has no `check:` of its own.
    judged(&sink, levels, &Manifest::default(), press.sources)
}

/// What shops and printers say of a file.
fn sell(form: &Form, bytes: u64, outlets: &Outlets, sources: &Sources, sink: &Sink) {
    let (name, at, silent) = match form {
        Form::Epub(epub) => {
            let wares = store::wares(epub, sources);
            outlets.judge_wares(&wares, Some(epub.at), sink);
            (&epub.name, epub.at, outlets.shops.is_empty())
        }
        Form::Pdf(pdf) => {
            let at = Some(pdf.at);
            outlets.judge_print(Print { pdf, bytes, at }, sink);
            (&pdf.name, pdf.at, outlets.houses.is_empty())
        }
    };
    if silent && !outlets.is_empty() {
        let message = format!("nobody whom `{name}` is checked for says anything of such files");
        sink.push(Diagnostic::new(Code::NothingAsked, at, message));
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
