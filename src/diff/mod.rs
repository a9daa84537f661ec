//! What is different between two copies of a book.
//!
//! In: two finished files of one kind, of any origin. Out: [`Changes`], and from these texts for people and programs ([`render`]). A PDF
//! is read from its drawing instructions, not from what was written into it, so that what is told is what a reader sees: pages are
//! paired by the words that they share, and a page that only came to another number is the same page.

mod align;
mod bound;
mod breaks;
mod changes;
mod ebook;
mod facts;
mod look;
mod pages;
mod print;
pub mod render;
mod texts;
mod words;
mod xmp;

pub use changes::{
    About, Changes, Fact, Kind, Look, Mark, Marks, Moved, PartChange, Place, TextChange,
};
pub use print::Unreadable;

use hayro::RenderCache;
use hayro::hayro_syntax::Pdf;
use rayon::prelude::*;

use crate::check::{epub, pdf};
use crate::diag::{Code, Sink};
use crate::source::Sources;
use ebook::Ebook;
use print::Print;
use render::Sheet;

/// A finished file, opened.
pub struct Copy {
    inner: Inner,
}

enum Inner {
    Pdf(Box<(Pdf, Print)>),
    Epub(Box<Ebook>),
}

impl Copy {
    /// Opens a file.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(kind: Kind, bytes: &[u8]) -> Result<Copy, Unreadable> {
        let inner = match kind {
            Kind::Pdf => {
                // hayro knows no limits on what a file may unpack; the reader that checks files does.
                let (sources, sink) = (Sources::new(), Sink::new());
                pdf::read("", bytes, &sources, &sink);
                let found = sink.finish(&sources);
                if found.iter().any(|found| found.code == Code::HostilePdf) {
                    return Err(Unreadable::Hostile);
                }
                let pdf = print::open(bytes)?;
                let read = print::read(&pdf);
                Inner::Pdf(Box::new((pdf, read)))
            }
            Kind::Epub => {
                // What is wrong with it is a check's to tell.
                let publication = epub::read("", bytes, &Sources::new(), &Sink::new());
                let publication = publication.ok_or(Unreadable::Damaged)?;
                Inner::Epub(Box::new(ebook::read(&publication)))
            }
        };
        Ok(Copy { inner })
    }

    /// Some of its pages as pictures; `None` for those that cannot be drawn, and of an EPUB.
    pub fn sheets(&self, pages: &[usize]) -> Vec<Option<Sheet>> {
        let Inner::Pdf(copy) = &self.inner else {
            return pages.iter().map(|_| None).collect();
        };
        let (pdf, read) = &**copy;
        let pages = pages.par_iter();
        let sheets = pages.map_init(RenderCache::new, |cache, page| {
            Some(Sheet {
                png: render::picture(pdf.pages().get(*page)?, cache)?,
                size: read.pages.get(*page)?.size,
            })
        });
        sheets.collect()
    }
}

/// Compares two copies; `None` if they are of different kinds.
pub fn compare(old: &Copy, new: &Copy) -> Option<Changes> {
    match (&old.inner, &new.inner) {
        (Inner::Pdf(old), Inner::Pdf(new)) => Some(bound::compare(&old.1, &new.1)),
        (Inner::Epub(old), Inner::Epub(new)) => Some(ebook::compare(old, new)),
        (Inner::Pdf(_), Inner::Epub(_)) | (Inner::Epub(_), Inner::Pdf(_)) => None,
    }
}
