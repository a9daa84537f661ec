//! SVG as drawings: paths stay paths, text becomes paths.
//!
//! In: the file, and the book's fonts for its text. Out: a [`Vector`]: a document of one page, whose objects
//! [`Import`] takes over into the book's as a form; what several drawings have in common is kept once.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use usvg::fontdb;

use crate::pdf::syntax::write_object;
use crate::typeset::pages::{FontFile, ImageFile, ImageKind};

/// How deep objects may hold one another; deeper is no drawing that anyone made.
const DEPTH: usize = 64;

/// A drawing.
pub struct Vector {
    document: Document,
    page: ObjectId,
}

/// What all drawings share: the fonts for their text.
pub struct Shared(Arc<fontdb::Database>);

impl Shared {
    /// The book's fonts, if there are drawings at all.
    pub fn new(files: &[&ImageFile], fonts: &[FontFile]) -> Shared {
        let mut database = fontdb::Database::new();
        if files.iter().any(|file| file.kind == ImageKind::Svg) {
            for font in fonts {
                database.load_font_source(fontdb::Source::Binary(Arc::new(font.data.clone())));
            }
            let family = |wanted: &dyn Fn(&fontdb::FaceInfo) -> bool| {
                database
                    .faces()
                    .find(|face| wanted(face))
                    .or_else(|| database.faces().next())
                    .and_then(|face| face.families.first())
                    .map(|(name, _)| name.clone())
            };
            let named = |part: &'static str| {
                move |face: &fontdb::FaceInfo| {
                    face.families.iter().any(|(name, _)| name.contains(part))
                }
            };
            let serif = family(&|_| true);
            let sans = family(&named("Sans"));
            let mono = family(&|face| face.monospaced);
            if let (Some(serif), Some(sans), Some(mono)) = (serif, sans, mono) {
                database.set_serif_family(serif);
                database.set_cursive_family(sans.clone());
                database.set_fantasy_family(sans.clone());
                database.set_sans_serif_family(sans);
                database.set_monospace_family(mono);
            }
        }
        Shared(Arc::new(database))
    }
}

/// Reads a file; `None` if it is not SVG or cannot be drawn.
pub fn prepare(data: &[u8], shared: &Shared) -> Option<Vector> {
    let mut options = usvg::Options {
        fontdb: shared.0.clone(),
        ..usvg::Options::default()
    };
    // A drawing gets no other file of the machine.
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    let tree = usvg::Tree::from_data(data, &options).ok()?;
    let conversion = svg2pdf::ConversionOptions {
        embed_text: false,
        pdfa: true,
        ..svg2pdf::ConversionOptions::default()
    };
    let pdf = svg2pdf::to_pdf(&tree, conversion, svg2pdf::PageOptions::default()).ok()?;
    let document = Document::load_mem(&pdf).ok()?;
    let page = document.page_iter().next()?;
    Some(Vector { document, page })
}

/// Takes drawings over into a document.
#[derive(Default)]
pub struct Import {
    /// Objects taken over already, by what they say.
    known: BTreeMap<Vec<u8>, ObjectId>,
}

impl Import {
    /// Takes a drawing over as a form of one by one; returns its number.
    pub fn add(&mut self, doc: &mut Document, vector: &Vector) -> Option<ObjectId> {
        let page = vector.document.get_dictionary(vector.page).ok()?;
        let content = vector.document.get_page_content(vector.page);
        let media = page.get(b"MediaBox").ok()?.as_array().ok()?;
        let side = |at: usize| media.get(at).and_then(|v| v.as_float().ok());
        let (width, height) = (side(2)?, side(3)?);
        if !(width > 0.0 && height > 0.0) {
            return None;
        }
        let mut form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => media.clone(),
            "Matrix" => vec![
                Object::Real(1.0 / width), 0.into(), 0.into(), Object::Real(1.0 / height), 0.into(), 0.into(),
            ],
        };
        let mut moved = BTreeMap::new();
        for key in ["Resources", "Group"] {
            if let Ok(value) = page.get(key.as_bytes()) {
                let value = self.copy(doc, &vector.document, value, &mut moved, DEPTH)?;
                form.set(key, value);
            }
        }
        Some(doc.add_object(Stream::new(form, content)))
    }

    /// Copies an object and what it refers to.
    fn copy(
        &mut self,
        doc: &mut Document,
        from: &Document,
        object: &Object,
        moved: &mut BTreeMap<ObjectId, ObjectId>,
        depth: usize,
    ) -> Option<Object> {
        let depth = depth.checked_sub(1)?;
        Some(match object {
            Object::Reference(id) => {
                if let Some(new) = moved.get(id) {
                    return Some(Object::Reference(*new));
                }
                let inner = from.get_object(*id).ok()?;
                let inner = self.copy(doc, from, inner, moved, depth)?;
                let new = self.put(doc, inner);
                moved.insert(*id, new);
                Object::Reference(new)
            }
            Object::Array(items) => Object::Array(
                items
                    .iter()
                    .map(|item| self.copy(doc, from, item, moved, depth))
                    .collect::<Option<_>>()?,
            ),
            Object::Dictionary(dict) => {
                Object::Dictionary(self.copy_dictionary(doc, from, dict, moved, depth)?)
            }
            Object::Stream(stream) => {
                let dict = self.copy_dictionary(doc, from, &stream.dict, moved, depth)?;
                Object::Stream(Stream::new(dict, stream.content.clone()))
            }
            plain => plain.clone(),
        })
    }

    fn copy_dictionary(
        &mut self,
        doc: &mut Document,
        from: &Document,
        dict: &Dictionary,
        moved: &mut BTreeMap<ObjectId, ObjectId>,
        depth: usize,
    ) -> Option<Dictionary> {
        let mut copy = Dictionary::new();
        for (key, value) in dict {
            copy.set(key.clone(), self.copy(doc, from, value, moved, depth)?);
        }
        Some(copy)
    }

    /// Adds an object, unless one that says the same is there.
    fn put(&mut self, doc: &mut Document, object: Object) -> ObjectId {
        let mut said = Vec::new();
        write_object(&mut said, &object);
        if let Object::Stream(stream) = &object {
            said.extend_from_slice(&stream.content);
        }
        *self
            .known
            .entry(said)
            .or_insert_with(|| doc.add_object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_drawn_in_the_books_fonts() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/fonts/eb-garamond/EBGaramond-Regular.ttf"
        );
        let font = FontFile {
            data: std::fs::read(path).unwrap().into(),
            index: 0,
            name: "EBGaramond-Regular".to_owned(),
            settings: Vec::new(),
        };
        let text = r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">S</text></svg>"#;
        let file = ImageFile {
            data: text.as_bytes().into(),
            kind: ImageKind::Svg,
            size: (9, 9),
        };
        let files = &[&file];
        let length = |fonts: &[FontFile]| {
            let vector = prepare(&file.data, &Shared::new(files, fonts)).unwrap();
            vector.document.get_page_content(vector.page).len()
        };
        assert!(length(&[font]) > length(&[]) + 100);
    }

    #[test]
    fn drawings_share_what_they_have_in_common() {
        let text = r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>"#;
        let vector = prepare(text.as_bytes(), &Shared::new(&[], &[])).unwrap();
        let (mut doc, mut import) = (Document::new(), Import::default());
        import.add(&mut doc, &vector).unwrap();
        let first = doc.objects.len();
        import.add(&mut doc, &vector).unwrap();
        assert_eq!(doc.objects.len(), first + 1);
    }
}
