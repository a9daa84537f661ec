//! Images: from files to objects, each once.
//!
//! In: the image files, which of them are shown, how the file is written. Out: printpdf's external objects for pixels, whole
//! little documents for SVG. JPEG is kept as it is where its colours may stay, PNG where its own compression can; all else
//! is decoded and written anew in the device's colours. A file that cannot be used becomes a grey field, and is named to who asks
//! for it. Files with the same bytes share one object.

mod drawing;
mod jpeg;
mod png;
mod raster;
mod rows;
mod strokes;
mod svg;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use lopdf::dictionary;
use printpdf::{DictItem, ExternalStream, ExternalXObject};
use rayon::prelude::*;

use crate::profile::{ColorSpace, FileSpec};
use crate::typeset::frame::Item;
use crate::typeset::pages::{FontFile, ImageFile, ImageKind, Page};
use crate::unit::Abs;

use super::color::{Conversion, Meaning, Origin};
use super::walk::Walk;

pub use strokes::thinnest_line;
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
}

/// An image's object.
pub enum Picture {
    /// Pixels, or a grey field.
    Object(ExternalXObject),
    /// A drawing.
    Vector(Box<Vector>),
}

/// What a file's images are made for.
pub struct Device<'a> {
    /// The way into its colours.
    pub conversion: &'a Conversion,
    /// How it is written.
    pub spec: &'a FileSpec,
    /// Whether samples may have more than eight bits. For reading on a screen only: no press prints the difference, and old
    /// versions of PDF do not know them.
    pub deep: bool,
}

impl Device<'_> {
    /// For a file.
    pub fn new<'a>(spec: &'a FileSpec, conversion: &'a Conversion) -> Device<'a> {
        Device {
            conversion,
            spec,
            deep: spec.interactive,
        }
    }

    /// The colours of an image by its own profile, where readers may be left to manage them: in RGB on a screen. A press is
    /// given its own colours alone.
    fn managed(&self, colors: &Colors) -> Option<DictItem> {
        let profile = colors.profile.as_ref()?;
        let channels = colors.origin.channels();
        let may = self.spec.interactive && self.spec.color == ColorSpace::Rgb && channels < 4;
        may.then(|| {
            DictItem::Array(vec![
                name("ICCBased"),
                DictItem::Stream {
                    stream: ExternalStream {
                        dict: dict([("N", int(channels as i64))]),
                        content: profile.clone(),
                        compress: true,
                    },
                },
            ])
        })
    }
}

/// What a file's samples mean, and the profile that says it.
pub struct Colors {
    origin: Origin,
    /// The profile's bytes, if it may stand in a PDF.
    profile: Option<Vec<u8>>,
}

impl Colors {
    /// By the file's own profile; `None` if it is of no use.
    fn profiled(bytes: &[u8], channels: usize) -> Option<Colors> {
        let meaning = Meaning::read(bytes, channels)?;
        if meaning.is_srgb() {
            return Some(Colors::plain(channels));
        }
        // PDF/A-2 (6.2.4.2) lets profiles of devices and spaces stand.
        let class = bytes.get(12..16)?;
        let known = [b"prtr", b"mntr", b"scnr", b"spac"];
        Some(Colors {
            origin: Origin::Profiled(Arc::new(meaning)),
            profile: known
                .iter()
                .any(|known| class == *known)
                .then(|| bytes.to_vec()),
        })
    }

    /// Of samples of which nothing is said.
    fn plain(channels: usize) -> Colors {
        Colors {
            origin: match channels {
                1 => Origin::Grey,
                4 => Origin::Inks,
                _ => Origin::Srgb,
            },
            profile: None,
        }
    }
}

/// Pictures of so many pixels are prepared one after the other: decoded, each may take a hundred megabytes and more.
const LARGE: u64 = 32_000_000;

/// All images of a file.
#[derive(Default)]
pub struct Gallery {
    /// By image number: which of `prepared` it is; `None` if nothing shows it.
    places: Vec<Option<usize>>,
    /// Each once.
    prepared: Vec<Prepared>,
    /// Which of them are grey fields.
    blank: BTreeSet<usize>,
}

impl Gallery {
    /// What is written of an image, and its number as an object.
    pub fn of(&self, image: u32) -> Option<(usize, &Prepared)> {
        let place = (*self.places.get(image as usize)?)?;
        Some((place, &self.prepared[place]))
    }

    /// The numbers of the images that could not be made.
    pub fn blank(&self) -> BTreeSet<u32> {
        let images = (0u32..).zip(&self.places);
        let blank = images.filter(|(_, place)| place.is_some_and(|at| self.blank.contains(&at)));
        blank.map(|(image, _)| image).collect()
    }

    /// Each object's picture, by its number.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Prepared)> {
        self.prepared.iter().enumerate()
    }
}

/// The images that pages show, by number, and how wide at most.
pub fn shown(pages: &[Page]) -> BTreeMap<u32, Abs> {
    let mut shown = BTreeMap::new();
    for item in pages.iter().flat_map(|page| Walk::new(&page.frame)) {
        if let Item::Image { image, size, .. } = item {
            let widest = shown.entry(image.0).or_insert(size.width);
            *widest = size.width.max(*widest);
        }
    }
    shown
}

/// Prepares the images that are shown, on all threads.
pub fn prepare(
    files: &[ImageFile],
    shown: &BTreeMap<u32, Abs>,
    fonts: &[FontFile],
    device: &Device<'_>,
) -> Gallery {
    let mut known: BTreeMap<&[u8], usize> = BTreeMap::new();
    let mut once: Vec<(&ImageFile, Abs)> = Vec::new();
    let places = (0u32..)
        .zip(files)
        .map(|(number, file)| {
            shown.get(&number).map(|&width| {
                let place = *known.entry(&file.data).or_insert_with(|| {
                    once.push((file, width));
                    once.len() - 1
                });
                once[place].1 = width.max(once[place].1);
                place
            })
        })
        .collect();
    let shared = svg::Shared::new(once.iter().map(|(file, _)| *file), fonts);
    let make = |(file, width): (&ImageFile, Abs)| {
        // The decoders read untrusted files; were one to panic, the file cannot be used.
        catch_unwind(AssertUnwindSafe(|| {
            prepare_one(file, width, &shared, device)
        }))
        .ok()
        .flatten()
    };
    let large = |file: &ImageFile| {
        file.kind != ImageKind::Svg && u64::from(file.size.0) * u64::from(file.size.1) > LARGE
    };
    let mut prepared: Vec<Option<Option<Prepared>>> = once
        .par_iter()
        .map(|&(file, width)| (!large(file)).then(|| make((file, width))))
        .collect();
    for (slot, &placed) in prepared.iter_mut().zip(&once) {
        slot.get_or_insert_with(|| make(placed));
    }
    let prepared: Vec<Option<Prepared>> = prepared.into_iter().flatten().collect();
    let blank = prepared.iter().enumerate();
    let blank = blank.filter(|(_, made)| made.is_none());
    Gallery {
        places,
        blank: blank.map(|(place, _)| place).collect(),
        prepared: (prepared.into_iter())
            .map(|made| made.unwrap_or_else(field))
            .collect(),
    }
}

/// Prepares a file that is shown so wide at most.
fn prepare_one(
    file: &ImageFile,
    width: Abs,
    shared: &svg::Shared,
    device: &Device<'_>,
) -> Option<Prepared> {
    match file.kind {
        ImageKind::Jpeg => jpeg::prepare(&file.data, device),
        ImageKind::Png => {
            let chunks = png::chunks(&file.data)?;
            let colors = chunks.colors();
            png::keep(&chunks, &colors, device).or_else(|| {
                let pixels = raster::decode(file, &|channels| {
                    // A decoder may find colours where the file says grey, never the other way; what the file says of
                    // them is then of no use.
                    if channels == colors.origin.channels() {
                        colors.origin.clone()
                    } else {
                        Colors::plain(channels).origin
                    }
                })?;
                pixels.object(device, false)
            })
        }
        ImageKind::Gif | ImageKind::WebP => {
            raster::decode(file, &|channels| Colors::plain(channels).origin)?.object(device, false)
        }
        ImageKind::Svg => svg::prepare(&file.data, width, shared, device),
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
fn upright(dict: Entries, content: Vec<u8>) -> Prepared {
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
    }
}

fn name(text: &str) -> DictItem {
    DictItem::Name(text.as_bytes().to_vec())
}

fn int(value: impl Into<i64>) -> DictItem {
    DictItem::Int(value.into())
}

/// A dictionary's entries.
type Entries = BTreeMap<String, DictItem>;

/// Says that no ink is stored as 255.
fn inverted() -> DictItem {
    DictItem::Array([1, 0, 1, 0, 1, 0, 1, 0].map(DictItem::Int).to_vec())
}

fn dict<const N: usize>(entries: [(&str, DictItem); N]) -> Entries {
    entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

/// What the dictionary of any image of pixels says.
fn pixels(width: u32, height: u32, bits: u8, colors: DictItem, filter: &str) -> Entries {
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
    use crate::profile::Profile;

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
            let profile = Profile::screen();
            let conversion = Conversion::new(&profile.file);
            let gallery = prepare(
                std::slice::from_ref(&file),
                &BTreeMap::from([(0, Abs::pt(9.0))]),
                &[],
                &Device::new(&profile.file, &conversion),
            );
            let (_, prepared) = gallery.of(0).unwrap();
            assert_eq!(gallery.blank(), BTreeSet::from([0]), "{kind:?}");
            let Picture::Object(object) = &prepared.object else {
                panic!("{kind:?} was read");
            };
            assert!(object.stream.dict.contains_key("BBox"), "{kind:?}");
        }
    }
}
