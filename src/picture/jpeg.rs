//! JPEG files: what they say of themselves, and their samples.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace as Coded;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// What a JPEG file says of itself.
#[derive(Debug, Default)]
pub struct Facts {
    /// In pixels, as stored.
    pub width: u16,
    /// In pixels, as stored.
    pub height: u16,
    /// Samples a pixel: 1, 3 or 4.
    pub components: u8,
    /// Three components that name themselves red, green and blue.
    pub named_rgb: bool,
    /// Some header says how colours are coded.
    pub told: bool,
    /// Adobe's marker is there: four inks are stored inverted.
    pub adobe: bool,
    /// EXIF's orientation, 1 to 8; 0 if nothing is said.
    pub orientation: u16,
    /// Parts of a colour profile, with their numbers.
    profile: Vec<(u8, Vec<u8>)>,
}

impl Facts {
    /// The colour profile, if it is whole.
    pub fn profile(&self) -> Option<Vec<u8>> {
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

/// The samples, side by side, row by row; of four inks with 255 for full ink. `None` if they cannot be read.
///
/// Without the decoder's vector code: what a machine's processor has must not be seen in a book.
pub fn decode(data: &[u8], facts: &Facts) -> Option<Vec<u8>> {
    let options = DecoderOptions::new_safe()
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
    Some(samples)
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

/// Reads the markers up to the first scan; `None` where they are not those of a JPEG that browsers and PDF read.
pub fn facts(data: &[u8]) -> Option<Facts> {
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
