//! Variable fonts: one file, a face for each place on its axes that a book may ask for.
//!
//! In: a font with axes. Out: its [`Place`]s: weights by the hundred, optical sizes as a type founder would have cut them,
//! slants; other axes stay where their maker put them. And, for readers that know no axes, a file that stands still at one
//! place ([`freeze`]).

use skrifa::Font;
use skrifa::raw::{FontRef, TableProvider};
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;

/// An axis' tag and a value on it, in the axis' own units.
pub type Setting = ([u8; 4], f32);

/// A place on a font's axes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Place {
    /// Of the axes that are not at their default.
    pub(super) settings: Vec<Setting>,
    /// 100 to 900, where the font has an axis for it.
    pub(super) weight: Option<u16>,
    /// Where the font has an axis for it.
    pub(super) italic: Option<bool>,
    /// The size in points that it is drawn for, where the font has an axis for it.
    pub(super) optical: Option<f32>,
}

/// Optical sizes, in points: closer than a tenth, which nobody sees, and no further than a seventh. Where a font's axis
/// begins or ends between them, that is one too.
const OPTICAL: &[f32] = &[
    5.0, 5.5, 6.0, 6.5, 7.0, 7.5, 8.0, 8.5, 9.0, 9.5, 10.0, 10.5, 11.0, 12.0, 13.0, 14.0, 15.0,
    16.0, 18.0, 20.0, 22.0, 24.0, 27.0, 30.0, 34.0, 38.0, 42.0, 48.0, 54.0, 60.0, 66.0, 72.0, 80.0,
    90.0, 100.0, 112.0, 128.0, 144.0,
];

/// Weights, by their CSS numbers.
const WEIGHTS: &[f32] = &[
    100.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0, 800.0, 900.0,
];

/// The places of a font that are offered; one at which nothing is set if it has no axes.
pub(super) fn places(font: &Font) -> Vec<Place> {
    let mut places = vec![Place::default()];
    for axis in font.axes().iter() {
        let tag = axis.tag().to_be_bytes();
        let (least, usual, most) = (axis.min_value(), axis.default_value(), axis.max_value());
        // A damaged font may say anything.
        if !(least <= usual && usual <= most) {
            continue;
        }
        let stops = match &tag {
            b"wght" => stops(WEIGHTS, least, usual, most),
            b"opsz" => stops(OPTICAL, least, usual, most),
            // Upright and slanted; a slant to the right is below 0.
            b"slnt" if least < 0.0 => vec![usual, least],
            b"ital" if most > 0.0 => vec![usual, most],
            _ => continue,
        };
        let along = |place: &Place, stop: f32| {
            let mut place = place.clone();
            if stop != usual {
                place.settings.push((tag, stop));
            }
            match &tag {
                b"wght" => place.weight = Some(stop as u16),
                b"opsz" => place.optical = Some(stop),
                _ => place.italic = Some(place.italic == Some(true) || stop != 0.0),
            }
            place
        };
        places = places
            .iter()
            .flat_map(|place| {
                stops
                    .iter()
                    .map(|stop| along(place, *stop))
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    places
}

/// Those of a ladder that an axis has, its ends and its default; the default first, so that it is what a font is known by.
fn stops(ladder: &[f32], least: f32, usual: f32, most: f32) -> Vec<f32> {
    let mut stops: Vec<f32> = ladder
        .iter()
        .copied()
        .filter(|stop| (least..=most).contains(stop))
        .chain([least, most])
        .collect();
    stops.sort_by(f32::total_cmp);
    stops.dedup();
    stops.retain(|stop| *stop != usual);
    stops.insert(0, usual);
    stops
}

/// Tables of a variable font that one standing still does not have, and hints, which are true of the default place only.
const MOVING: &[&[u8; 4]] = &[
    b"avar", b"cvar", b"fvar", b"gvar", b"HVAR", b"MVAR", b"STAT", b"VVAR", b"CFF2", b"cvt ",
    b"fpgm", b"prep", b"DSIG",
];

/// A font at a place of its axes as a file without axes: outlines and widths are those of the place; what places glyphs
/// is the default's, for layout tables cannot be frozen. `None` if the file cannot be read.
pub fn freeze(data: &[u8], settings: &[Setting]) -> Option<Vec<u8>> {
    let font = FontRef::new(data).ok()?;
    let mut all = GlyphRemapper::new();
    for glyph in 1..font.maxp().ok()?.num_glyphs() {
        all.remap(glyph);
    }
    let drawn = subsetter::subset_with_variations(data, 0, &of_subsetter(settings), &all).ok()?;
    let drawn = FontRef::new(&drawn).ok()?;
    let mut builder = FontBuilder::new();
    for record in font.table_directory().table_records() {
        let tag = record.tag();
        if !MOVING.contains(&&tag.to_be_bytes()) {
            builder.add_raw(tag, font.table_data(tag)?.as_bytes().to_vec());
        }
    }
    for record in drawn.table_directory().table_records() {
        // Its names are those of a font for a PDF, which nobody asks for one.
        if record.tag() != skrifa::Tag::new(b"name") {
            builder.add_raw(
                record.tag(),
                drawn.table_data(record.tag())?.as_bytes().to_vec(),
            );
        }
    }
    Some(builder.build())
}

/// Settings as the subsetter takes them.
fn of_subsetter(settings: &[Setting]) -> Vec<(subsetter::Tag, f32)> {
    let of = |(tag, value): &Setting| (subsetter::Tag::new(tag), *value);
    settings.iter().map(of).collect()
}
