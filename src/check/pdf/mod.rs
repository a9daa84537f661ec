//! A finished PDF of any origin, read and judged without the code that writes them.
//!
//! In: a file's name and its bytes, whoever made them. Out: a [`Document`], and what is wrong with it.

use crate::diag::{Code, Diagnostic, Sink};
use crate::source::{Sources, Span};

/// A PDF, opened.
#[derive(Debug)]
pub struct Document {
    /// The file's name.
    pub name: String,
    /// Its place in the texts read: an empty text that stands for the file.
    pub at: Span,
}

/// Opens a PDF. What hinders that is pushed; `None` if nothing of it can be judged.
pub fn read(name: &str, bytes: &[u8], sources: &Sources, sink: &Sink) -> Option<Document> {
    let file = sources.add(name.to_owned(), String::new());
    let at = Span::new(file.id, 0, 0);
    if let Err(error) = lopdf::Document::load_mem(bytes) {
        let message = format!("`{name}` cannot be opened: {error}");
        sink.push(Diagnostic::new(Code::UnreadablePdf, at, message).hint("make it anew"));
        return None;
    }
    Some(Document {
        name: name.to_owned(),
        at,
    })
}
