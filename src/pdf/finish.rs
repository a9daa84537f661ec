//! What printpdf's document still lacks, in ordered steps.
//!
//! In: printpdf's document, handed over as lopdf's, and the pages as they were encoded. Out: the file's bytes. Steps:
//! streams and boxes, fonts, drawings, links, tags, metadata, output intent, destinations, outline, labels, the file. What
//! the file is made for ([`FileSpec`]) says which of them are taken.

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
use sha2::{Digest, Sha256};

use crate::profile::{FileSpec, Standard};
use crate::typeset::pages::{Info, PageList};

use super::Error;
use super::content::Sheet;
use super::fonts;
use super::images::{self, Gallery, Import, Picture};
use super::slug;
use super::syntax::{Packed, name, text};
use super::tagging::Tagging;
use super::version::{Version, press};

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
    /// The version of PDF.
    pub version: Version,
    /// By page.
    pub sheets: Vec<Sheet>,
    /// By page: its object.
    pub page_ids: Vec<ObjectId>,
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
    book.page_ids.clone_from(&draft.pages);
    let seal = seal(&book);
    let resources = pages(&mut draft, &mut book)?;
    embed(&mut draft, &book, resources)?;

    let (spec, version) = (book.spec, book.version);
    let links = if spec.interactive {
        links::collect(&mut draft, &book)
    } else {
        Vec::new()
    };
    let tree = spec
        .tagged
        .then(|| tags::Tree::new(&mut draft, &book, &links));
    let targets = dests::Targets::new(&book, tree.as_ref());
    links::write(&mut draft, &book, &links, &targets);
    let tags = tree.as_ref().map(|tree| tree.write(&mut draft));
    let claims = claims(&book, tags.as_ref());
    let metadata = metadata::write(&mut draft, &book.list.info, &claims, version, &seal);
    let intent = intent::write(&mut draft, spec);
    if spec.interactive {
        interactive(&mut draft, &book, &targets)?;
    }
    let catalog = draft.catalog()?;
    catalog.remove(b"PageLayout");
    if let Some(intent) = intent {
        catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    }
    if version > Version::V1_3 {
        catalog.set("Metadata", metadata);
        describe(catalog, &book.list.info);
    } else {
        // The first version to know of it is 1.4.
        draft.remove(metadata);
    }
    if let Some(tags) = tags {
        let catalog = draft.catalog()?;
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
        catalog.set("StructTreeRoot", tags.root);
    }
    Ok(file::write(draft, version))
}

/// What the file may say that it keeps to, of what it is asked to.
fn claims(book: &Book<'_>, tags: Option<&tags::Tags>) -> Vec<Standard> {
    let press = press(book.spec);
    let keeps = |standard: &Standard| match standard {
        Standard::Ua1 | Standard::Ua2 => tags.is_some_and(|tags| tags.accessible),
        Standard::A2a => tags.is_some(),
        Standard::A2u | Standard::A2b | Standard::A4 => true,
        Standard::X1a | Standard::X4 => press == Some(*standard),
    };
    book.spec.standards.iter().copied().filter(keeps).collect()
}

/// Says in which language the book is, and how it is shown.
fn describe(catalog: &mut Dictionary, info: &Info) {
    catalog.set("Lang", text(info.lang.tag()));
    let mut preferences = dictionary! { "DisplayDocTitle" => true };
    if info.rtl {
        preferences.set("Direction", name("R2L"));
    }
    catalog.set("ViewerPreferences", preferences);
}

/// What leads readers about: named places, the outline, page labels.
fn interactive(
    draft: &mut Draft,
    book: &Book<'_>,
    targets: &dests::Targets<'_>,
) -> Result<(), Error> {
    let names = targets.write(draft);
    let outline = outline::write(draft, book.list, targets);
    let labels = labels::write(book.list);
    let catalog = draft.catalog()?;
    if let Some(outline) = outline {
        catalog.set("PageMode", name("UseOutlines"));
        catalog.set("Outlines", outline);
    }
    if let Some(labels) = labels {
        catalog.set("PageLabels", labels);
    }
    if let Some(names) = names {
        catalog.set("Names", dictionary! { "Dests" => names });
    }
    Ok(())
}

/// A digest of all that the pages show, where the file's name for itself is made of it.
fn seal(book: &Book<'_>) -> Vec<u8> {
    if !book.spec.standards.contains(&Standard::X4) {
        return Vec::new();
    }
    let mut hash = Sha256::new();
    for sheet in &book.sheets {
        hash.update(&sheet.stream);
    }
    hash.finalize().to_vec()
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
    let slug = boxes::slug(book.spec.marks);
    let mut shared = None;
    let mut gone = Vec::new();
    let sheets = book.list.pages.iter().zip(&mut book.sheets);
    for ((page, sheet), &id) in sheets.zip(&draft.pages) {
        let dict = draft.doc.get_dictionary_mut(id)?;
        boxes::set(dict, page, slug);
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
    let dict = draft.doc.get_dictionary_mut(resources)?;
    slug::resources(dict, book.spec);
    Ok(())
}
