//! What printpdf's document still lacks, in ordered steps.
//!
//! In: printpdf's document, handed over as lopdf's, and the pages as they were encoded. Out: the file's bytes. Steps:
//! streams and boxes, fonts, drawings, destinations, links, tags, outline, labels, metadata, output intent, the file.

pub mod boxes;
mod dests;
mod drawn;
mod file;
mod intent;
mod labels;
mod links;
mod metadata;
mod outline;
mod tags;
mod tree;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::profile::{FileSpec, Standard};
use crate::typeset::pages::PageList;

use super::Error;
use super::content::Sheet;
use super::fonts;
use super::images::{self, Gallery, Import, Picture};
use super::syntax::{Packed, name, text};
use super::tagging::Tagging;

/// The file as far as it is made.
pub struct Draft {
    /// What is few and may change.
    pub doc: Document,
    /// What is many and does not.
    pub packed: Packed,
    /// Numbers of objects that were removed, to be given again.
    free: Vec<u32>,
    /// By page.
    pub pages: Vec<ObjectId>,
}

impl Draft {
    /// A number for a new object.
    pub fn id(&mut self) -> ObjectId {
        match self.free.pop() {
            Some(id) => (id, 0),
            None => self.doc.new_object_id(),
        }
    }

    /// Adds an object.
    pub fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        let id = self.id();
        self.doc.objects.insert(id, object.into());
        id
    }

    /// Removes an object that nothing refers to any more.
    fn remove(&mut self, id: ObjectId) {
        if self.doc.objects.remove(&id).is_some() {
            self.free.push(id.0);
        }
    }

    /// The document's catalogue.
    pub fn catalog(&mut self) -> Result<&mut Dictionary, Error> {
        Ok(self.doc.catalog_mut()?)
    }
}

/// The book, ready to be written.
pub struct Book<'a> {
    /// What the layout made.
    pub list: &'a PageList,
    /// How the file is written.
    pub spec: &'a FileSpec,
    /// By page.
    pub sheets: Vec<Sheet>,
    /// What is known of elements and slots.
    pub tagging: &'a Tagging,
    /// By font number.
    pub fonts: &'a [Option<fonts::Prepared>],
    /// The pictures.
    pub images: &'a Gallery,
}

/// Finishes the file.
pub fn finish(doc: Document, mut book: Book<'_>) -> Result<Vec<u8>, Error> {
    let mut draft = Draft {
        doc,
        packed: Packed::default(),
        free: Vec::new(),
        pages: Vec::new(),
    };
    draft.pages = page_ids(&draft.doc)?;
    let resources = pages(&mut draft, &mut book)?;
    embed(&mut draft, &book, resources)?;

    let names = dests::write(&mut draft, book.list);
    let links = links::write(&mut draft, &book);
    let tags = tags::write(&mut draft, &book, &links);
    let outline = outline::write(&mut draft, book.list);
    let labels = labels::write(book.list);
    let asks = |standard| book.spec.standards.contains(&standard);
    let claims = metadata::Claims {
        accessible: tags.accessible && asks(Standard::Ua1),
        archival: asks(Standard::A2a),
    };
    let metadata = metadata::write(&mut draft, &book.list.info, claims);
    let intent = intent::write(&mut draft);

    let info = &book.list.info;
    let catalog = draft.catalog()?;
    catalog.remove(b"PageLayout");
    catalog.set("Lang", text(info.lang.tag()));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    let mut preferences = dictionary! { "DisplayDocTitle" => true };
    if info.rtl {
        preferences.set("Direction", name("R2L"));
    }
    catalog.set("ViewerPreferences", preferences);
    catalog.set("StructTreeRoot", tags.root);
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    let has_outline = outline.is_some();
    catalog.set(
        "PageMode",
        name(if has_outline {
            "UseOutlines"
        } else {
            "UseNone"
        }),
    );
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
    }
    if let Some(labels) = labels {
        catalog.set("PageLabels", labels);
    }
    if let Some(names) = names {
        catalog.set("Names", dictionary! { "Dests" => names });
    }
    Ok(file::write(draft))
}

/// The pages' objects in order.
fn page_ids(doc: &Document) -> Result<Vec<ObjectId>, Error> {
    let tree = doc.catalog()?.get(b"Pages")?.as_reference()?;
    let kids = doc.get_dictionary(tree)?.get(b"Kids")?.as_array()?;
    Ok(kids
        .iter()
        .map(Object::as_reference)
        .collect::<Result<_, _>>()?)
}

/// Sets the pages' streams and boxes, and makes the pages share their resources; returns these.
fn pages(draft: &mut Draft, book: &mut Book<'_>) -> Result<Option<ObjectId>, Error> {
    let mut shared = None;
    let mut gone = Vec::new();
    let sheets = book.list.pages.iter().zip(&mut book.sheets);
    for ((page, sheet), &id) in sheets.zip(&draft.pages) {
        let dict = draft.doc.get_dictionary_mut(id)?;
        boxes::set(dict, page);
        // Each page names the resources itself: PDF/A (6.2.2) does not let it inherit them.
        let own = dict.get(b"Resources")?.as_reference()?;
        let first = *shared.get_or_insert(own);
        if own != first {
            dict.set("Resources", first);
            gone.push(own);
        }
        let contents = dict.get(b"Contents")?.as_reference()?;
        let stream = draft.doc.get_object_mut(contents)?.as_stream_mut()?;
        stream.set_content(std::mem::take(&mut sheet.stream));
        stream.dict.set("Filter", "FlateDecode");
    }
    // Given out again from the end: in the order of their numbers.
    gone.reverse();
    for id in gone {
        draft.remove(id);
    }
    Ok(shared)
}

/// Completes the fonts, and brings the drawings in.
fn embed(draft: &mut Draft, book: &Book<'_>, resources: Option<ObjectId>) -> Result<(), Error> {
    let Some(resources) = resources else {
        return Ok(());
    };
    let entry = |draft: &Draft, key: &[u8]| -> Result<ObjectId, Error> {
        let dict = draft.doc.get_dictionary(resources)?;
        Ok(dict.get(key)?.as_reference()?)
    };
    let font_objects = entry(draft, b"Font")?;
    let objects = draft.doc.get_dictionary(font_objects)?.clone();
    fonts::finish(&mut draft.doc, &objects, book.fonts);

    let picture_objects = entry(draft, b"XObject")?;
    let mut import = Import::default();
    for (index, image) in book.images.iter() {
        if let Picture::Vector(vector) = &image.object {
            let form = import
                .add(&mut draft.doc, vector)
                .unwrap_or_else(|| draft.doc.add_object(images::blank_form()));
            let dict = draft.doc.get_dictionary_mut(picture_objects)?;
            dict.set(images::resource_name(index), form);
        }
    }
    // printpdf lists what pages might have; a book's have none of it.
    for key in [b"ExtGState".as_slice(), b"Shading"] {
        let dict = draft.doc.get_dictionary_mut(resources)?;
        if let Some(Object::Reference(id)) = dict.remove(key) {
            draft.remove(id);
        }
    }
    Ok(())
}
