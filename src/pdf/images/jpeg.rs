//! JPEG files: kept as they are where their colours may stay, else decoded.

use printpdf::DictItem;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace as Coded;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use crate::pdf::color::{Converter, Origin};

use super::raster::{Pixels, device_colors};
use super::{Colors, Device, Orientation, Prepared, dict, int, inverted, name, pixels, upright};

/// What a JPEG file says of itself.
#[derive(Debug, Default)]
struct Facts {
    width: u16,
    height: u16,
    components: u8,
    /// Three components that name themselves red, green and blue.
    named_rgb: bool,
    /// Some header says how colours are coded.
    told: bool,
    /// Adobe's marker is there: four inks are stored inverted.
    adobe: bool,
    orientation: u16,
    /// Parts of a colour profile, with their numbers.
    profile: Vec<(u8, Vec<u8>)>,
}

impl Facts {
    fn colors(&self) -> Colors {
        let channels = usize::from(self.components);
        self.profile()
            .and_then(|bytes| Colors::profiled(&bytes, channels))
            .unwrap_or_else(|| Colors::plain(channels))
    }

    /// The colour profile, if it is whole.
    fn profile(&self) -> Option<Vec<u8>> {
        let mut parts: Vec<_> = self.profile.iter().collect();
        parts.sort_by_key(|(number, _)| *number);
        let whole: Vec<u8> = parts
            .into_iter()
            .flat_map(|(_, part)| part.iter().copied())
            .collect();
        let size = u32::from_be_bytes(whole.get(..4)?.try_into().ok()?) as usize;
        (size == whole.len()).then_some(whole)
    }
}

/// An image object of the file's own bytes, or of its pixels in the device's colours; `None` if it cannot be read.
pub fn prepare(data: &[u8], device: &Device<'_>) -> Option<Prepared> {
    let facts = facts(data)?;
    let colors = facts.colors();
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
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX));
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(data), options);
    decoder.decode_headers().ok()?;
    let coded = decoder.input_colorspace()?;
    let wanted = match (facts.components, coded) {
        (1, _) => Coded::Luma,
        (3, _) => Coded::RGB,
        (_, Coded::YCCK) => Coded::YCCK,
        _ => Coded::CMYK,
    };
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let mut samples = decoder.decode().ok()?;
    let count = usize::from(facts.width) * usize::from(facts.height);
    if samples.len() != count * usize::from(facts.components) {
        return None;
    }
    if facts.components == 4 {
        if wanted == Coded::YCCK {
            samples.chunks_exact_mut(4).for_each(unmix);
        }
        if facts.adobe {
            samples.iter_mut().for_each(|ink| *ink = 255 - *ink);
        }
    }
    Some(Pixels {
        width: u32::from(facts.width),
        height: u32::from(facts.height),
        bytes: 1,
        origin,
        samples,
        opacity: None,
    })
}

/// Luma and chroma to three inks (Adobe's technical note 5116: the inverse of JFIF's, taken from 255); the fourth is stored
/// as it is.
fn unmix(pixel: &mut [u8]) {
    let [y, cb, cr, _] = pixel else {
        return;
    };
    // In 65 536ths: 1.402, 0.344136, 0.714136, 1.772.
    let luma = i32::from(*y) << 16;
    let (blue, red) = (i32::from(*cb) - 128, i32::from(*cr) - 128);
    let ink = |light: i32| 255 - ((light + 32_768) >> 16).clamp(0, 255) as u8;
    let inks = [
        ink(luma + 91_881 * red),
        ink(luma - 22_553 * blue - 46_802 * red),
        ink(luma + 116_130 * blue),
    ];
    [*y, *cb, *cr] = inks;
}

/// Reads the markers up to the first scan.
fn facts(data: &[u8]) -> Option<Facts> {
    let mut rest = data.strip_prefix(&[0xff, 0xd8])?;
    let mut facts = Facts::default();
    loop {
        // Any number of fill bytes may stand before a marker.
        while rest.first() == Some(&0xff) && rest.get(1) == Some(&0xff) {
            rest = &rest[1..];
        }
        let [0xff, marker, ..] = *rest else {
            return None;
        };
        rest = &rest[2..];
        if matches!(marker, 0x01 | 0xd0..=0xd7) {
            continue;
        }
        let len = usize::from(u16::from_be_bytes(rest.get(..2)?.try_into().ok()?));
        let body = rest.get(2..len)?;
        match marker {
            // Baseline, extended and progressive Huffman coding: what DCTDecode reads.
            0xc0..=0xc2 => {
                let [8, h1, h0, w1, w0, components, ref named @ ..] = *body else {
                    return None;
                };
                facts.height = u16::from_be_bytes([h1, h0]);
                facts.width = u16::from_be_bytes([w1, w0]);
                facts.components = components;
                let names = named.iter().step_by(3).copied();
                facts.named_rgb = components == 3 && names.eq(*b"RGB");
            }
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => return None,
            0xe0 if body.starts_with(b"JFIF\0") => facts.told = true,
            0xe1 if body.starts_with(b"Exif\0\0") => {
                facts.orientation = orientation(&body[6..]).unwrap_or(1);
            }
            0xe2 if body.starts_with(b"ICC_PROFILE\0") => {
                if let [number, _, part @ ..] = &body[12..] {
                    facts.profile.push((*number, part.to_vec()));
                }
            }
            0xee if body.starts_with(b"Adobe") => (facts.adobe, facts.told) = (true, true),
            0xda => {
                let drawn = facts.width > 0 && facts.height > 0;
                return (drawn && matches!(facts.components, 1 | 3 | 4)).then_some(facts);
            }
            0xd9 => return None,
            _ => {}
        }
        rest = &rest[len..];
    }
}

/// The orientation in EXIF data, which is a TIFF header and a directory.
fn orientation(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let u16_at = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let u32_at = |at: usize| {
        let bytes: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    };
    let directory = u32_at(4)? as usize;
    let entries = usize::from(u16_at(directory)?);
    (0..entries)
        .map(|entry| directory + 2 + entry * 12)
        // 0x0112 is the orientation's tag.
        .find(|&entry| u16_at(entry) == Some(0x0112))
        .and_then(|entry| u16_at(entry + 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG's markers, without pixels.
    fn markers(components: u8, extra: &[u8]) -> Vec<u8> {
        let mut data = vec![0xff, 0xd8];
        data.extend_from_slice(extra);
        let len = 8 + 3 * components;
        data.extend_from_slice(&[0xff, 0xc0, 0, len, 8, 0, 20, 0, 30, components]);
        data.extend(std::iter::repeat_n(0, 3 * usize::from(components)));
        data.extend_from_slice(&[0xff, 0xda, 0, 2]);
        data
    }

    #[test]
    fn size_colours_and_orientation_are_found() {
        let exif = b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let found = facts(&markers(3, exif)).unwrap();
        assert_eq!(
            (
                found.width,
                found.height,
                found.components,
                found.orientation
            ),
            (30, 20, 3, 6)
        );
        assert!(!found.named_rgb);
        assert!(facts(&markers(2, b"")).is_none());
    }

    #[test]
    fn cut_files_are_none() {
        let whole = markers(3, b"");
        for len in 0..whole.len() - 2 {
            assert!(facts(&whole[..len]).is_none(), "{len}");
        }
    }

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

    #[test]
    fn luma_and_chroma_become_inks() {
        // No light at all is all three inks.
        let mut pixel = [0, 128, 128, 7];
        unmix(&mut pixel);
        assert_eq!(pixel, [255, 255, 255, 7]);
        // JFIF's red.
        let mut pixel = [76, 85, 255, 0];
        unmix(&mut pixel);
        assert_eq!(pixel, [1, 255, 255, 0]);
    }
}
