//! SVG as drawings: paths stay paths, text becomes paths.
//!
//! In: the file, and the book's fonts for its text. Out: a [`Vector`]: a document of one page, whose objects
//! [`Import`] takes over into the book's as a form; what several drawings have in common is kept once. A drawing that a
//! press cannot have as it is (see [`drawing`]) is drawn as pixels, finely enough for lines.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use usvg::fontdb;

use crate::pdf::color::Origin;
use crate::pdf::syntax::write_object;
use crate::typeset::pages::{FontFile, ImageFile, ImageKind};
use crate::unit::Abs;

use super::raster::Pixels;
use super::{Device, Orientation, Picture, Prepared, drawing};

/// How deep values may hold one another within one object; svg2pdf's own are a few.
const DEPTH: usize = 64;

/// The entries of a drawing's page that its form has too.
const KEPT: [&str; 2] = ["Resources", "Group"];

/// How many pixels to the inch a drawing gets that has to become pixels: what printers ask of line art at the least.
const DENSITY: f64 = 600.0;

/// No more pixels than these, about 10 by 10 inches.
const MOST_PIXELS: f64 = 40e6;

/// A drawing.
pub struct Vector {
    document: Document,
    page: ObjectId,
    /// The objects that its page refers to, each behind those that it refers to itself.
    order: Vec<ObjectId>,
}

/// What all drawings share: the fonts for their text.
pub struct Shared(Arc<fontdb::Database>);

impl Shared {
    /// The book's fonts, if there are drawings at all.
    pub fn new<'a>(mut files: impl Iterator<Item = &'a ImageFile>, fonts: &[FontFile]) -> Shared {
        let mut database = fontdb::Database::new();
        if files.any(|file| file.kind == ImageKind::Svg) {
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

/// Reads a file that is shown so wide at most; `None` if it is not SVG or cannot be drawn. What the device cannot have as a
/// drawing becomes pixels.
pub fn prepare(data: &[u8], width: Abs, shared: &Shared, device: &Device<'_>) -> Option<Prepared> {
    let mut options = usvg::Options {
        fontdb: shared.0.clone(),
        ..usvg::Options::default()
    };
    // A drawing gets no other file of the machine.
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    let tree = usvg::Tree::from_data(data, &options).ok()?;
    let mut vector = vector(&tree)?;
    if drawing::bring(&mut vector.document, vector.page, device) {
        vector.order = order(&vector.document, vector.page)?;
        return Some(Prepared {
            object: Picture::Vector(Box::new(vector)),
            orientation: Orientation::UPRIGHT,
        });
    }
    pixels(&tree, width, device)?.object(device, false)
}

/// A drawing with the colours that it was made in.
fn vector(tree: &usvg::Tree) -> Option<Vector> {
    let conversion = svg2pdf::ConversionOptions {
        embed_text: false,
        pdfa: true,
        ..svg2pdf::ConversionOptions::default()
    };
    let pdf = svg2pdf::to_pdf(tree, conversion, svg2pdf::PageOptions::default()).ok()?;
    let document = Document::load_mem(&pdf).ok()?;
    let page = document.page_iter().next()?;
    Some(Vector {
        document,
        page,
        order: Vec::new(),
    })
}

/// What a page's entries that a form keeps refer to, each object behind those that it refers to itself: groups may hold one another
/// many times. `None` if one refers to itself in the end, or holds values too deep.
fn order(document: &Document, page: ObjectId) -> Option<Vec<ObjectId>> {
    let mut order = Vec::new();
    // An object is met on the way down, and once more when all that it refers to is in order.
    let mut met: BTreeMap<ObjectId, bool> = BTreeMap::new();
    let mut next = Vec::new();
    let page = document.get_dictionary(page).ok()?;
    for key in KEPT {
        if let Ok(value) = page.get(key.as_bytes()) {
            references(value, &mut next, DEPTH)?;
        }
    }
    let mut next: Vec<(ObjectId, bool)> = next.into_iter().map(|id| (id, false)).collect();
    while let Some((id, is_done)) = next.pop() {
        if is_done {
            met.insert(id, true);
            order.push(id);
            continue;
        }
        match met.get(&id) {
            Some(true) => continue,
            Some(false) => return None,
            None => {}
        }
        met.insert(id, false);
        next.push((id, true));
        let mut inner = Vec::new();
        references(document.get_object(id).ok()?, &mut inner, DEPTH)?;
        let new = inner.into_iter().filter(|id| met.get(id) != Some(&true));
        next.extend(new.map(|id| (id, false)));
    }
    Some(order)
}

/// The objects that a value refers to.
fn references(value: &Object, found: &mut Vec<ObjectId>, depth: usize) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    match value {
        Object::Reference(id) => found.push(*id),
        Object::Array(items) => {
            for item in items {
                references(item, found, depth)?;
            }
        }
        Object::Dictionary(dict) | Object::Stream(Stream { dict, .. }) => {
            for (_, value) in dict {
                references(value, found, depth)?;
            }
        }
        _ => {}
    }
    Some(())
}

/// A drawing as pixels: on white where nothing may show through.
fn pixels(tree: &usvg::Tree, width: Abs, device: &Device<'_>) -> Option<Pixels> {
    let size = tree.size();
    let (own_width, own_height) = (f64::from(size.width()), f64::from(size.height()));
    let wanted = width.to_pt() / 72.0 * DENSITY / own_width;
    let most = (MOST_PIXELS / (own_width * own_height)).sqrt();
    let scale = wanted.min(most);
    let side = |own: f64| (own * scale).round().max(1.0) as u32;
    let (width, height) = (side(own_width), side(own_height));
    let mut canvas = resvg::tiny_skia::Pixmap::new(width, height)?;
    if !device.spec.transparency {
        canvas.fill(resvg::tiny_skia::Color::WHITE);
    }
    let to_canvas = resvg::tiny_skia::Transform::from_scale(
        width as f32 / size.width(),
        height as f32 / size.height(),
    );
    resvg::render(tree, to_canvas, &mut canvas.as_mut());
    let count = canvas.pixels().len();
    let (mut samples, mut opacity) = (Vec::with_capacity(count * 3), Vec::with_capacity(count));
    for pixel in canvas.pixels() {
        let pixel = pixel.demultiply();
        samples.extend([pixel.red(), pixel.green(), pixel.blue()]);
        opacity.push(pixel.alpha());
    }
    let opaque = opacity.iter().all(|&alpha| alpha == 255);
    Some(Pixels {
        width,
        height,
        bytes: 1,
        origin: Origin::Srgb,
        samples,
        opacity: (!opaque).then_some(opacity),
    })
}

/// A value that refers to objects by their new numbers. How deep it is was seen when they were put in order.
fn copy(value: &Object, moved: &BTreeMap<ObjectId, ObjectId>) -> Option<Object> {
    let of_entries = |dict: &Dictionary| {
        let mut new = Dictionary::new();
        for (key, value) in dict {
            new.set(key.clone(), copy(value, moved)?);
        }
        Some(new)
    };
    Some(match value {
        Object::Reference(id) => Object::Reference(*moved.get(id)?),
        Object::Array(items) => {
            let items = items.iter().map(|item| copy(item, moved));
            Object::Array(items.collect::<Option<_>>()?)
        }
        Object::Dictionary(dict) => Object::Dictionary(of_entries(dict)?),
        Object::Stream(stream) => Object::Stream(Stream::new(
            of_entries(&stream.dict)?,
            stream.content.clone(),
        )),
        plain => plain.clone(),
    })
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
        for id in &vector.order {
            let object = copy(vector.document.get_object(*id).ok()?, &moved)?;
            moved.insert(*id, self.put(doc, object));
        }
        for key in KEPT {
            if let Ok(value) = page.get(key.as_bytes()) {
                form.set(key, copy(value, &moved)?);
            }
        }
        Some(doc.add_object(Stream::new(form, content)))
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
mod tests;
