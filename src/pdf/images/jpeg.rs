//! JPEG files: kept as they are where their colours may stay, else decoded.

use printpdf::DictItem;

use crate::pdf::color::{Converter, Origin};
use crate::picture::jpeg::{Facts, facts};

use super::raster::{Pixels, device_colors};
use super::{Colors, Device, Orientation, Prepared, dict, int, inverted, name, pixels, upright};

/// What the samples mean.
fn colors(facts: &Facts) -> Colors {
    let channels = usize::from(facts.components);
    facts
        .profile()
        .and_then(|bytes| Colors::profiled(&bytes, channels))
        .unwrap_or_else(|| Colors::plain(channels))
}

/// An image object of the file's own bytes, or of its pixels in the device's colours; `None` if it cannot be read.
pub fn prepare(data: &[u8], device: &Device<'_>) -> Option<Prepared> {
    let facts = facts(data)?;
    let colors = colors(&facts);
    let converter = device.conversion.converter(&colors.origin);
    let space = match &converter {
        None => Some(name(device_colors(colors.origin.channels()))),
        Some(_) => device.managed(&colors),
    };
    let orientation = Orientation::exif(facts.orientation);
    let prepared = match (space, converter) {
        (Some(space), _) => keep(data, &facts, space),
        (None, converter) => {
            let pixels = decode(data, &facts, colors.origin)?;
            // Inks that stay within the limit stay as they are.
            match converter {
                Some(converter) if facts.components == 4 && same(&converter, &pixels.samples) => {
                    keep(data, &facts, name("DeviceCMYK"))
                }
                _ => pixels.object(device, true)?,
            }
        }
    };
    Some(Prepared {
        orientation,
        ..prepared
    })
}

/// Whether a converter leaves all samples as they are.
fn same(converter: &Converter, samples: &[u8]) -> bool {
    let mut out = Vec::new();
    converter.channels() == 4
        && samples.chunks(1 << 16).all(|strip| {
            out.clear();
            converter.run(strip, &mut out);
            out == strip
        })
}

fn keep(data: &[u8], facts: &Facts, space: DictItem) -> Prepared {
    let (width, height) = (u32::from(facts.width), u32::from(facts.height));
    let mut entries = pixels(width, height, 8, space, "DCTDecode");
    if facts.components == 4 && facts.adobe {
        entries.insert("Decode".to_owned(), inverted());
    }
    if facts.named_rgb && !facts.told {
        // Without a header PDF takes three components for luma and chroma, JPEG's own readers look at their names.
        let map = dict([("ColorTransform", int(0))]);
        entries.insert("DecodeParms".to_owned(), DictItem::Dict { map });
    }
    upright(entries, data.to_vec())
}

/// The pixels; four inks with 255 for full ink.
fn decode(data: &[u8], facts: &Facts, origin: Origin) -> Option<Pixels> {
    Some(Pixels {
        width: u32::from(facts.width),
        height: u32::from(facts.height),
        bytes: 1,
        origin,
        samples: crate::picture::jpeg::decode(data, facts)?,
        opacity: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photographs_coded_anew_keep_to_the_limit_of_ink() {
        let mut spec = crate::profile::Profile::screen().file;
        spec.color = crate::profile::ColorSpace::Cmyk;
        spec.ink_limit = Some(240);
        let conversion = crate::pdf::color::Conversion::new(&spec);
        let side = 96u32;
        // Dark shades with edges among them: where the most ink is, and where coding moves it the most.
        let shade = |x: u32, y: u32| {
            let edge = if (x / 12 + y / 12).is_multiple_of(2) {
                0
            } else {
                40
            };
            [(x / 3) as u8 + edge, (y / 3) as u8, edge]
        };
        let samples = (0..side * side).flat_map(|at| shade(at % side, at / side));
        let pixels = Pixels {
            width: side,
            height: side,
            bytes: 1,
            origin: Origin::Srgb,
            samples: samples.collect(),
            opacity: None,
        };
        let device = Device::new(&spec, &conversion);
        let prepared = pixels.object(&device, true).unwrap();
        let crate::pdf::images::Picture::Object(object) = prepared.object else {
            panic!("pixels are no drawing");
        };
        let coded = object.stream.content;
        let facts = facts(&coded).unwrap();
        assert!(facts.adobe && facts.components == 4);
        let inks = decode(&coded, &facts, Origin::Inks).unwrap().samples;
        let sums = inks
            .chunks_exact(4)
            .map(|pixel| pixel.iter().map(|&ink| u32::from(ink)).sum::<u32>());
        let most = sums.max().unwrap();
        // 240 of 400 percent, and not far below it either.
        assert!((560..=612).contains(&most), "{most}");
    }
}
