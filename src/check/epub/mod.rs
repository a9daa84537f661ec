//! A finished EPUB of any origin, read and judged without the code that writes them.
//!
//! In: a file's name and its bytes, whoever made them. Out: a [`Publication`], and what is wrong with it.

use std::io::Cursor;

use crate::diag::{Code, Diagnostic, Sink};
use crate::source::{Sources, Span};

/// An EPUB, opened.
#[derive(Debug)]
pub struct Publication {
    /// The file's name.
    pub name: String,
    /// Its place in the texts read: an empty text that stands for the file.
    pub at: Span,
}

/// Opens an EPUB. What hinders that is pushed; `None` if nothing of it can be judged.
pub fn read(name: &str, bytes: &[u8], sources: &Sources, sink: &Sink) -> Option<Publication> {
    let file = sources.add(name.to_owned(), String::new());
    let at = Span::new(file.id, 0, 0);
    if let Err(error) = zip::ZipArchive::new(Cursor::new(bytes)) {
        let message = format!("`{name}` is no zip archive: {error}");
        sink.push(Diagnostic::new(Code::UnreadableEpub, at, message).hint("make it anew"));
        return None;
    }
    Some(Publication {
        name: name.to_owned(),
        at,
    })
}
