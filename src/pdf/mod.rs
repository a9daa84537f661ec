//! Writes pages as a PDF file: searchable, the same bytes every time; for a screen tagged and linked, for a press in its
//! colours and with what it wants around the trim.
//!
//! In: a [`PageList`] and a [`Profile`]. Out: the file. printpdf makes the document: pages, page tree, resources, fonts, images. The
//! pages' streams are encoded here, on all threads; then ordered steps ([`finish`]) complete what printpdf hands over.
//! Steps: which glyphs are used ([`usage`]); subsets ([`fonts`]) and pictures ([`images`]); streams ([`content`], with
//! [`text`], [`marks`], [`color`] and [`slug`]); printpdf's document; the finish.
//!
//! The writer knows no chapters, themes or numbers. Everything an author could do wrong has been told before; what still
//! does not fit together (a mark of no slot, a slot of no element) is written as well as it can be.

mod clusters;
mod color;
mod content;
mod face;
mod finish;
mod fonts;
mod images;
mod marks;
mod naming;
mod slug;
mod spacing;
mod syntax;
mod tagging;
mod text;
mod usage;
mod version;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use printpdf::{FontId, Mm, PdfDocument, PdfPage, PdfSaveOptions, XObject, XObjectId};
use rayon::prelude::*;

use crate::profile::Profile;
use crate::typeset::pages::PageList;

pub use images::thinnest_line;

use color::{Conversion, Palette};
use content::{Kit, Sheet};
use images::{Device, Gallery, Picture};
use tagging::Tagging;
use usage::Usage;
use version::Version;

/// Why a PDF could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A font cannot be embedded.
    Font {
        /// Its PostScript name.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The document that the library made is not as it should be.
    Document(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Font { name, reason } => {
                write!(f, "the font {name} cannot be embedded: {reason}")
            }
            Error::Document(reason) => write!(f, "the PDF could not be put together: {reason}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<lopdf::Error> for Error {
    fn from(error: lopdf::Error) -> Error {
        Error::Document(error.to_string())
    }
}

/// Writes the file for what it is made for. The same pages give the same bytes, on any number of threads.
pub fn write(list: &PageList, profile: &Profile) -> Result<Vec<u8>, Error> {
    write_with(list, profile).map(|(bytes, _)| bytes)
}

/// The images, by their numbers, that would be grey fields in the file, as they cannot be made.
pub fn blank(list: &PageList, profile: &Profile) -> BTreeSet<u32> {
    if list.images.is_empty() {
        return BTreeSet::new();
    }
    let conversion = Conversion::new(&profile.file);
    let device = Device::new(&profile.file, &conversion);
    let shown = images::shown(&list.pages);
    images::prepare(&list.images, &shown, &list.fonts, &device).blank()
}

/// Writes the file, and names the images that are grey fields in it, as [`blank`] does.
pub fn write_with(list: &PageList, profile: &Profile) -> Result<(Vec<u8>, BTreeSet<u32>), Error> {
    let conversion = Conversion::new(&profile.file);
    let (fonts, images) = rayon::join(
        || {
            let usage = Usage::collect(&list.pages, list.fonts.len());
            fonts::prepare(&list.fonts, &usage, profile.file.embedding)
        },
        || {
            let shown = match list.images.is_empty() {
                true => BTreeMap::new(),
                false => images::shown(&list.pages),
            };
            let device = Device::new(&profile.file, &conversion);
            images::prepare(&list.images, &shown, &list.fonts, &device)
        },
    );
    let fonts = fonts?;
    let version = Version::of(&profile.file);
    let tagging = Tagging::new(&list.structure, version);
    let palette = Palette::new(profile.file.color, &conversion);
    let kit = Kit {
        spec: &profile.file,
        palette: &palette,
        faces: fonts
            .iter()
            .map(|font| font.as_ref().map(|font| &font.face))
            .collect(),
        images: &images,
        tagging: &tagging,
    };
    let sheets: Vec<Sheet> = list
        .pages
        .par_iter()
        .map(|page| content::encode(page, &kit))
        .collect();
    let doc = document(list.pages.len(), &fonts, &images);
    let book = finish::Book {
        list,
        spec: &profile.file,
        version,
        sheets,
        page_ids: Vec::new(),
        tagging: &tagging,
        fonts: &fonts,
        images: &images,
    };
    let blank = images.blank();
    finish::finish(doc, book).map(|bytes| (bytes, blank))
}

/// printpdf's document: its pages still empty but for the operators that name the fonts' glyphs.
fn document(pages: usize, fonts: &[Option<fonts::Prepared>], images: &Gallery) -> lopdf::Document {
    let mut pdf = PdfDocument::new("");
    for (index, font) in fonts.iter().enumerate() {
        if let Some(font) = font {
            let id = FontId(fonts::resource_name(index));
            pdf.resources.fonts.map.insert(id, font.font.clone());
        }
    }
    for (index, image) in images.iter() {
        if let Picture::Object(object) = &image.object {
            let id = XObjectId(images::resource_name(index));
            let object = XObject::External(object.clone());
            pdf.resources.xobjects.map.insert(id, object);
        }
    }
    let mut naming = fonts::naming_ops(fonts);
    pdf.pages = (0..pages)
        // The boxes are set later.
        .map(|_| PdfPage::new(Mm(1.0), Mm(1.0), std::mem::take(&mut naming)))
        .collect();
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        ..PdfSaveOptions::default()
    };
    pdf.to_lopdf_document(&options, &mut Vec::new())
}
