//! A finished PDF as a reader has it before his eyes: pages, lines, words, pictures, and what the file says of itself.
//!
//! In: a file's bytes, of any origin. Out: a [`Print`]. Steps: the file is opened by `hayro`; each page's drawing instructions are
//! followed and what they draw is noted ([`ink`]); glyphs become words and lines by where they stand ([`lines`]); what pages repeat at
//! their edges is told from their text ([`furniture`]); the lines of all pages become one text, in which a word that is broken between
//! lines or pages is one word; the file's own account of itself is read ([`record`], [`links`]).

mod furniture;
mod ink;
mod lines;
mod links;
mod objects;
mod record;

use hayro::hayro_interpret::InterpreterCache;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use rayon::prelude::*;

use super::words::{Words, joins};
use crate::unit::{Abs, Rect, Size};

pub use ink::Drawing;
pub use links::{Aim, Link};
pub use record::Record;

/// Pages beyond this are not looked at: the longest books have some thousands.
const MOST_PAGES: usize = 20_000;

/// A finished PDF.
#[derive(Debug, Default)]
pub struct Print {
    /// In order.
    pub pages: Vec<Page>,
    /// The running text of all pages, without what they repeat at their edges.
    pub words: Words,
    /// What the file says of itself.
    pub record: Record,
    /// Its links, in the order of pages.
    pub links: Vec<Link>,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its printed number by the file's page labels; without these, its number in the file.
    pub label: String,
    /// As it is shown.
    pub size: Size,
    /// Its running text, in the order in which it is drawn.
    pub lines: Vec<Line>,
    /// Notes at its foot.
    pub notes: Vec<Line>,
    /// What it repeats of other pages at its edges: running heads, folios.
    pub furniture: Vec<Line>,
    /// Its pictures of pixels, in the order in which they are drawn.
    pub pictures: Vec<Picture>,
    /// What else is drawn.
    pub drawings: Vec<Drawing>,
    /// Whether the file says what is text and what is an artifact.
    pub marked: bool,
}

/// A line of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// From the page's upper edge.
    pub baseline: Abs,
    /// Its words, or parts of words, from left to right as they are drawn.
    pub bits: Vec<Bit>,
}

/// A word, or the part of one that stands on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bit {
    /// As it is read.
    pub text: String,
    /// Where it stands, from the page's upper left corner.
    pub place: Rect,
    /// Whether nothing parts it from the bit before.
    pub glued: bool,
    /// Which word of [`Print::words`] it belongs to; 0 in furniture.
    pub word: u32,
    /// The same number for the same fonts, sizes and colours.
    pub look: u64,
}

/// A picture of pixels.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Picture {
    /// The same number for the same file.
    pub file: u64,
    /// In pixels: width and height.
    pub pixels: (u32, u32),
    /// Where it stands: left, top, width, height.
    pub place: [Abs; 4],
}

/// Why a PDF cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is locked.
    Locked,
    /// It is damaged, or none at all.
    Damaged,
    /// It asks for more than any book needs.
    Hostile,
}

impl Line {
    /// Where it stands.
    pub fn place(&self) -> Rect {
        around(self.bits.iter().map(|bit| bit.place)).unwrap_or_default()
    }

    /// As it is read.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (at, bit) in self.bits.iter().enumerate() {
            if at > 0 && !bit.glued {
                text.push(' ');
            }
            text.push_str(&bit.text);
        }
        text
    }
}

/// The least rectangle around others.
pub fn around(places: impl IntoIterator<Item = Rect>) -> Option<Rect> {
    places.into_iter().reduce(|one, other| {
        let left = one.at.x.min(other.at.x);
        let top = one.at.y.min(other.at.y);
        let right = (one.at.x + one.size.width).max(other.at.x + other.size.width);
        let foot = (one.at.y + one.size.height).max(other.at.y + other.size.height);
        Rect {
            at: crate::unit::Point::new(left, top),
            size: Size::new(right - left, foot - top),
        }
    })
}

/// Opens a file.
///
/// # Errors
/// Why it cannot be read.
pub fn open(bytes: &[u8]) -> Result<Pdf, Unreadable> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Unreadable::Locked,
        LoadPdfError::Invalid => Unreadable::Damaged,
    })?;
    match pdf.pages().is_empty() {
        true => Err(Unreadable::Damaged),
        false => Ok(pdf),
    }
}

/// Reads a file.
pub fn read(pdf: &Pdf) -> Print {
    let pages = pdf.pages();
    let told = &pages[..pages.len().min(MOST_PAGES)];
    let mut read: Vec<Page> = told
        .par_iter()
        .map_init(InterpreterCache::new, |cache, page| ink::page(page, cache))
        .collect();
    for (page, label) in read.iter_mut().zip(record::labels(pdf, told.len())) {
        page.label = label;
    }
    furniture::part(&mut read);
    let words = join(&mut read);
    let links = links::links(pdf, &read);
    Print {
        words,
        record: record::read(pdf, &read),
        links,
        pages: read,
    }
}

/// Makes one text of the running text of all pages and, behind it, one of all notes, and tells each bit which word of it it is: so a
/// note that comes to another page is the same text, and so are the lines around it.
fn join(pages: &mut [Page]) -> Words {
    let mut words = Words::default();
    for lines in [
        |page: &mut Page| &mut page.lines,
        |page: &mut Page| &mut page.notes,
    ] as [fn(&mut Page) -> &mut Vec<Line>; 2]
    {
        // A bit that ends in a soft hyphen goes on in the next line, be it on the next page.
        let mut open = false;
        for bit in pages
            .iter_mut()
            .flat_map(lines)
            .flat_map(|line| &mut line.bits)
        {
            match open {
                true => words.extend(&bit.text),
                false => words.push(&bit.text, bit.glued),
            }
            bit.word = words.len() - 1;
            open = joins(&bit.text);
        }
    }
    words
}
