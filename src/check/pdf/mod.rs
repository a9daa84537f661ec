//! A finished PDF of any origin, read and judged without the code that writes them.
//!
//! In: a file's name and its bytes, whoever made them. Out: a [`Document`], and what is wrong with it. Steps: `syntax` turns bytes into
//! objects and tells of all that has to be guessed for it; `gather` turns objects into pages, fonts, tags and so on; `rules` judge
//! those, a file for each family of rules.
//!
//! Files are hostile until proved otherwise: every step is linear in the file's size, up to limits that no book comes near, past which
//! the file is refused with `hostile-pdf`.

mod document;
mod fault;
mod feature;
mod gather;
mod rules;
mod standard;
mod syntax;

pub use document::{
    Annotation, Colour, Document, Element, Entry, Font, Image, Intent, Kid, Page, Placed, Program,
    Rect, Stretch, Structure, Target, Xmp,
};

use crate::diag::Sink;
use crate::source::{Sources, Span};
use fault::Faults;

/// Opens a PDF. What is wrong with the file itself is pushed; `None` if nothing of it can be judged.
pub fn read(name: &str, bytes: &[u8], sources: &Sources, sink: &Sink) -> Option<Document> {
    let file = sources.add(name.to_owned(), String::new());
    let at = Span::new(file.id, 0, 0);
    let mut faults = Faults::new(at);
    let opened = syntax::open(bytes, &mut faults);
    let document = opened.and_then(|file| gather::document(&file, name, at, &mut faults));
    for fault in faults.finish() {
        sink.push(fault);
    }
    document
}

/// Judges a document that was read: its pages, fonts, tags, links, colours and what it says of itself.
pub fn judge(document: &Document, sink: &Sink) {
    let mut faults = Faults::new(document.at);
    rules::judge(document, &mut faults);
    for fault in faults.finish() {
        sink.push(fault);
    }
}
