//! JPEG files, kept as they are.

use printpdf::{DictItem, ExternalStream};

use super::{Orientation, Picture, Prepared, dict, int, name, pixels, upright};

/// What a JPEG file says of itself.
#[derive(Debug, Default)]
struct Facts {
    width: u16,
    height: u16,
    components: u8,
    /// Adobe's marker is there: four inks are stored inverted.
    adobe: bool,
    orientation: u16,
    /// Parts of a colour profile, with their numbers.
    profile: Vec<(u8, Vec<u8>)>,
}

/// An image object of the file's own bytes; `None` if it is of a kind that PDF does not know.
pub fn prepare(data: &[u8]) -> Option<Prepared> {
    let facts = facts(data)?;
    let mut bare_inks = false;
    let colors = match facts.components {
        1 => name("DeviceGray"),
        3 => name("DeviceRGB"),
        4 => match profile(&facts) {
            Some(profile) => DictItem::Array(vec![
                name("ICCBased"),
                DictItem::Stream {
                    stream: ExternalStream {
                        dict: dict([("N", int(4))]),
                        content: profile,
                        compress: true,
                    },
                },
            ]),
            None => {
                bare_inks = true;
                name("DeviceCMYK")
            }
        },
        _ => return None,
    };
    let mut entries = pixels(
        u32::from(facts.width),
        u32::from(facts.height),
        8,
        colors,
        "DCTDecode",
    );
    if facts.components == 4 && facts.adobe {
        let inverted = [1, 0, 1, 0, 1, 0, 1, 0].map(DictItem::Int).to_vec();
        entries.insert("Decode".to_owned(), DictItem::Array(inverted));
    }
    let Prepared { object, .. } = upright(entries, data.to_vec());
    debug_assert!(matches!(object, Picture::Object(_)));
    Some(Prepared {
        object,
        orientation: Orientation::exif(facts.orientation),
        bare_inks,
    })
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
                let [8, h1, h0, w1, w0, components, ..] = *body else {
                    return None;
                };
                facts.height = u16::from_be_bytes([h1, h0]);
                facts.width = u16::from_be_bytes([w1, w0]);
                facts.components = components;
            }
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => return None,
            0xe1 if body.starts_with(b"Exif\0\0") => {
                facts.orientation = orientation(&body[6..]).unwrap_or(1);
            }
            0xe2 if body.starts_with(b"ICC_PROFILE\0") => {
                if let [number, _, part @ ..] = &body[12..] {
                    facts.profile.push((*number, part.to_vec()));
                }
            }
            0xee if body.starts_with(b"Adobe") => facts.adobe = true,
            0xda => return (facts.width > 0 && facts.height > 0).then_some(facts),
            0xd9 => return None,
            _ => {}
        }
        rest = &rest[len..];
    }
}

/// The colour profile, if it is whole and one of four inks.
fn profile(facts: &Facts) -> Option<Vec<u8>> {
    let mut parts: Vec<_> = facts.profile.iter().collect();
    parts.sort_by_key(|(number, _)| *number);
    let whole: Vec<u8> = parts
        .into_iter()
        .flat_map(|(_, part)| part.clone())
        .collect();
    let size = u32::from_be_bytes(whole.get(..4)?.try_into().ok()?) as usize;
    let inks = whole.get(16..20) == Some(b"CMYK") && whole.get(36..40) == Some(b"acsp");
    (inks && size == whole.len()).then_some(whole)
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
        let facts = facts(&markers(3, exif)).unwrap();
        assert_eq!(
            (
                facts.width,
                facts.height,
                facts.components,
                facts.orientation
            ),
            (30, 20, 3, 6)
        );
        assert!(prepare(&markers(4, b"")).unwrap().bare_inks);
        assert!(prepare(&markers(2, b"")).is_none());
    }

    #[test]
    fn cut_files_are_none() {
        let whole = markers(3, b"");
        for len in 0..whole.len() - 2 {
            assert!(prepare(&whole[..len]).is_none(), "{len}");
        }
    }
}
