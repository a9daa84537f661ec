//! Images: from files to objects, each once.
//!
//! In: the image files. Out: printpdf's external objects for pixels, whole little documents for SVG. JPEG is kept as it
//! is, PNG where its own compression can be; all else is decoded and written anew. A file that cannot be used becomes a
//! grey field: by now all authors' mistakes have been told.

mod jpeg;
mod png;
mod raster;
mod svg;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::dictionary;
use printpdf::{DictItem, ExternalStream, ExternalXObject};
use rayon::prelude::*;

use crate::typeset::pages::{FontFile, ImageFile, ImageKind};

pub use svg::{Import, Vector};

/// How a picture has to be turned and mirrored to stand upright: EXIF's numbers, 1 to 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orientation(u8);

impl Orientation {
    /// As it is.
    pub const UPRIGHT: Orientation = Orientation(1);

    /// From EXIF's number; upright if it is none.
    pub fn exif(number: u16) -> Orientation {
        match number {
            2..=8 => Orientation(number as u8),
            _ => Orientation::UPRIGHT,
        }
    }

    /// From the picture's unit square to the place's.
    pub fn matrix(self) -> [i64; 6] {
        match self.0 {
            2 => [-1, 0, 0, 1, 1, 0],
            3 => [-1, 0, 0, -1, 1, 1],
            4 => [1, 0, 0, -1, 0, 1],
            5 => [0, -1, -1, 0, 1, 1],
            6 => [0, -1, 1, 0, 0, 1],
            7 => [0, 1, 1, 0, 0, 0],
            8 => [0, 1, -1, 0, 1, 0],
            _ => [1, 0, 0, 1, 0, 0],
        }
    }
}

/// An image, ready.
pub struct Prepared {
    /// What to write.
    pub object: Picture,
    /// How to turn it.
    pub orientation: Orientation,
    /// Its colours are inks whose meaning the file does not say; PDF/A wants to know.
    pub bare_inks: bool,
}

/// An image's object.
pub enum Picture {
    /// Pixels, or a grey field.
    Object(ExternalXObject),
    /// A drawing.
    Vector(Box<Vector>),
}

/// Prepares all images, on all threads.
pub fn prepare(files: &[ImageFile], fonts: &[FontFile]) -> Vec<Prepared> {
    let shared = svg::Shared::new(files, fonts);
    files
        .par_iter()
        .map(|file| {
            // The decoders read untrusted files; were one to panic, the file cannot be used.
            catch_unwind(AssertUnwindSafe(|| prepare_one(file, &shared)))
                .ok()
                .flatten()
                .unwrap_or_else(field)
        })
        .collect()
}

fn prepare_one(file: &ImageFile, shared: &svg::Shared) -> Option<Prepared> {
    match file.kind {
        ImageKind::Jpeg => jpeg::prepare(&file.data).or_else(|| raster::decode(file)),
        ImageKind::Png => png::prepare(&file.data).or_else(|| raster::decode(file)),
        ImageKind::Gif | ImageKind::WebP => raster::decode(file),
        ImageKind::Svg => svg::prepare(&file.data, shared).map(|vector| Prepared {
            object: Picture::Vector(Box::new(vector)),
            orientation: Orientation::UPRIGHT,
            bare_inks: false,
        }),
    }
}

/// What a grey field draws, one by one.
const FIELD: &[u8] = b".85 g 0 0 1 1 re f";

/// What stands for an image that cannot be shown.
fn field() -> Prepared {
    let unit = [0, 0, 1, 1].map(DictItem::Int).to_vec();
    let dict = dict([
        ("Type", name("XObject")),
        ("Subtype", name("Form")),
        ("BBox", DictItem::Array(unit)),
    ]);
    upright(dict, FIELD.to_vec())
}

/// The same for a drawing that cannot be taken over.
pub fn blank_form() -> lopdf::Stream {
    let dict = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), 1.into(), 1.into()],
    };
    lopdf::Stream::new(dict, FIELD.to_vec())
}

/// A stream as an upright picture.
fn upright(dict: BTreeMap<String, DictItem>, content: Vec<u8>) -> Prepared {
    Prepared {
        object: Picture::Object(ExternalXObject {
            stream: ExternalStream {
                dict,
                content,
                compress: false,
            },
            width: None,
            height: None,
            dpi: None,
        }),
        orientation: Orientation::UPRIGHT,
        bare_inks: false,
    }
}

fn name(text: &str) -> DictItem {
    DictItem::Name(text.as_bytes().to_vec())
}

fn int(value: impl Into<i64>) -> DictItem {
    DictItem::Int(value.into())
}

fn dict<const N: usize>(entries: [(&str, DictItem); N]) -> BTreeMap<String, DictItem> {
    entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

/// What the dictionary of any image of pixels says.
fn pixels(
    width: u32,
    height: u32,
    bits: u8,
    colors: DictItem,
    filter: &str,
) -> BTreeMap<String, DictItem> {
    dict([
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", int(width)),
        ("Height", int(height)),
        ("BitsPerComponent", int(bits)),
        ("ColorSpace", colors),
        ("Filter", name(filter)),
    ])
}

/// The image's name among the pages' resources.
pub fn resource_name(image: usize) -> String {
    format!("I{image}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orientations_keep_to_the_unit_square() {
        for number in 1..=8 {
            let [a, b, c, d, e, f] = Orientation::exif(number).matrix();
            for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let at = (a * x + c * y + e, b * x + d * y + f);
                assert!(
                    (0..=1).contains(&at.0) && (0..=1).contains(&at.1),
                    "{number}"
                );
            }
        }
        // 6: the stored upper left comes to lie at the upper right.
        let [a, b, c, d, e, f] = Orientation::exif(6).matrix();
        assert_eq!((c + e, d + f), (1, 1));
        assert_eq!((a + e, b + f), (0, 0));
    }

    #[test]
    fn what_is_no_image_becomes_a_field() {
        for kind in [
            ImageKind::Jpeg,
            ImageKind::Png,
            ImageKind::Gif,
            ImageKind::WebP,
            ImageKind::Svg,
        ] {
            let file = ImageFile {
                data: b"no image".as_slice().into(),
                kind,
                size: (1, 1),
            };
            let prepared = prepare(std::slice::from_ref(&file), &[]);
            let Picture::Object(object) = &prepared[0].object else {
                panic!("{kind:?} was read");
            };
            assert!(object.stream.dict.contains_key("BBox"), "{kind:?}");
        }
    }
}
