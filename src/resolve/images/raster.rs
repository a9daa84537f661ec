//! PNG, GIF and WebP: walked from end to end, pixels untouched.

use flate2::Crc;

use super::{Fault, Header, Nature, Tone};

/// What a reader says of a file that ends too early.
pub(super) const SHORT: Fault = Fault::Broken("it is cut short");

/// `N` bytes at a place.
pub(super) fn take<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Fault> {
    bytes
        .get(at..at.saturating_add(N))
        .and_then(|slice| slice.try_into().ok())
        .ok_or(SHORT)
}

/// Every chunk with its checksum, from IHDR to IEND (PNG, third edition, section 5).
pub(super) fn png(bytes: &[u8]) -> Result<Header, Fault> {
    let mut at = 8;
    let mut header: Option<Header> = None;
    let mut data = false;
    loop {
        let length = u32::from_be_bytes(take(bytes, at)?) as usize;
        let body = bytes
            .get(at + 4..(at + 8).saturating_add(length))
            .ok_or(SHORT)?;
        let end = at + 8 + length;
        let mut crc = Crc::new();
        crc.update(body);
        if crc.sum() != u32::from_be_bytes(take(bytes, end)?) {
            return Err(Fault::Broken("a checksum is wrong"));
        }
        let chunk = &body[4..];
        match (&body[..4], &mut header) {
            (b"IHDR", None) => {
                let [bits, color] = take(chunk, 8)?;
                header = Some(Header {
                    nature: Nature {
                        see_through: matches!(color, 4 | 6),
                        ..Nature::of(match (color, bits) {
                            (0, 1) => Tone::Line,
                            (0 | 4, _) => Tone::Grey,
                            _ => Tone::Color,
                        })
                    },
                    ..Header::new(
                        u32::from_be_bytes(take(chunk, 0)?),
                        u32::from_be_bytes(take(chunk, 4)?),
                    )
                });
            }
            (b"tRNS", Some(header)) => header.nature.see_through = true,
            // Two colours of a palette that have no hue: line art again.
            (b"PLTE", Some(header)) if chunk.len() <= 6 => {
                let hueless = |color: &[u8]| color.iter().all(|part| *part == color[0]);
                if chunk.chunks(3).all(hueless) {
                    header.nature.tone = Tone::Line;
                }
            }
            // What APNG calls the control of an animation, with its number of pictures.
            (b"acTL", Some(header)) => {
                header.nature.animated = u32::from_be_bytes(take(chunk, 0)?) > 1;
            }
            (_, None) => return Err(Fault::Broken("it does not begin with its header")),
            (b"IDAT", _) => data = true,
            // Pixels per metre, if the unit says so.
            (b"pHYs", Some(header)) if chunk.get(8) == Some(&1) => {
                let across = u32::from_be_bytes(take(chunk, 0)?);
                header.dpi = (across > 0).then(|| f64::from(across) * 0.0254);
            }
            (b"IEND", Some(_)) => break,
            _ => {}
        }
        at = end + 4;
    }
    match header {
        Some(header) if data => Ok(header),
        _ => Err(Fault::Broken("it holds no picture")),
    }
}

/// Every block up to the trailer (GIF89a, section 17 and on).
pub(super) fn gif(bytes: &[u8]) -> Result<Header, Fault> {
    let width = u16::from_le_bytes(take(bytes, 6)?);
    let height = u16::from_le_bytes(take(bytes, 8)?);
    let table = |flags: u8| {
        if flags & 0x80 == 0 {
            0
        } else {
            3 << ((flags & 7) + 1)
        }
    };
    let mut at = 13 + table(take::<1>(bytes, 10)?[0]);
    let mut pictures = 0;
    let mut see_through = false;
    loop {
        match take::<1>(bytes, at)?[0] {
            0x3b => break,
            0x21 => {
                // A graphic control of the first picture, with its flag for a transparent colour.
                if take::<1>(bytes, at + 1)?[0] == 0xf9 && pictures == 0 {
                    see_through = take::<1>(bytes, at + 3)?[0] & 1 != 0;
                }
                at += 2;
            }
            0x2c => {
                pictures += 1;
                at += 11 + table(take::<1>(bytes, at + 9)?[0]);
            }
            _ => return Err(Fault::Broken("a block is of no known kind")),
        }
        // Sub-blocks, each with its length, up to an empty one.
        loop {
            let length = usize::from(take::<1>(bytes, at)?[0]);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
    }
    if pictures == 0 {
        return Err(Fault::Broken("it holds no picture"));
    }
    Ok(Header {
        nature: Nature {
            see_through,
            animated: pictures > 1,
            tone: Tone::Color,
        },
        ..Header::new(u32::from(width), u32::from(height))
    })
}

/// Every chunk of the RIFF container, and the picture's size from the first that tells it.
pub(super) fn webp(bytes: &[u8]) -> Result<Header, Fault> {
    let size = u32::from_le_bytes(take(bytes, 4)?) as usize;
    let end = size.saturating_add(8);
    if bytes.len() < end {
        return Err(SHORT);
    }
    let mut at = 12;
    let mut header = None;
    let mut picture = false;
    while at + 8 <= end {
        let name: [u8; 4] = take(bytes, at)?;
        let length = u32::from_le_bytes(take(bytes, at + 4)?) as usize;
        let body = bytes
            .get(at + 8..(at + 8).saturating_add(length))
            .ok_or(SHORT)?;
        let found = match &name {
            b"VP8X" => {
                let side = |at| -> Result<u32, Fault> {
                    let [a, b, c] = take(body, at)?;
                    Ok(u32::from_le_bytes([a, b, c, 0]) + 1)
                };
                let flags = take::<1>(body, 0)?[0];
                Some(Header {
                    nature: Nature {
                        see_through: flags & 0x10 != 0,
                        animated: flags & 0x02 != 0,
                        tone: Tone::Color,
                    },
                    ..Header::new(side(4)?, side(7)?)
                })
            }
            b"VP8 " => {
                picture = true;
                let width = u16::from_le_bytes(take(body, 6)?) & 0x3fff;
                let height = u16::from_le_bytes(take(body, 8)?) & 0x3fff;
                Some(Header::new(u32::from(width), u32::from(height)))
            }
            b"VP8L" => {
                picture = true;
                let bits = u32::from_le_bytes(take(body, 1)?);
                Some(Header {
                    nature: Nature {
                        see_through: bits & (1 << 28) != 0,
                        ..Nature::of(Tone::Color)
                    },
                    ..Header::new((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)
                })
            }
            b"ANMF" => {
                picture = true;
                None
            }
            _ => None,
        };
        if header.is_none() {
            header = found;
        }
        // Chunks are padded to an even length.
        at += 8 + length + (length & 1);
    }
    match header {
        Some(header) if picture => Ok(header),
        _ => Err(Fault::Broken("it holds no picture")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let mut out = (data.len() as u32).to_be_bytes().to_vec();
        out.extend(name);
        out.extend(data);
        let mut crc = Crc::new();
        crc.update(&out[4..]);
        out.extend(crc.sum().to_be_bytes());
        out
    }

    fn sample() -> Vec<u8> {
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        png.extend(chunk(b"IHDR", &[0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0]));
        png.extend(chunk(b"pHYs", &[0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1]));
        png.extend(chunk(b"IDAT", &[1, 2, 3]));
        png.extend(chunk(b"IEND", &[]));
        png
    }

    #[test]
    fn a_png_is_walked_to_its_end() {
        let whole = sample();
        let header = png(&whole).unwrap();
        assert_eq!(header.size, (3, 2));
        assert!((header.dpi.unwrap() - 300.0).abs() < 0.01);
        for length in 8..whole.len() {
            assert_eq!(png(&whole[..length]), Err(SHORT), "cut at {length}");
        }
        let mut bad = whole;
        bad[20] ^= 1;
        assert_eq!(png(&bad), Err(Fault::Broken("a checksum is wrong")));
    }

    #[test]
    fn a_gif_is_walked_to_its_end() {
        let mut whole = b"GIF89a\x02\x00\x03\x00\x80\x00\x00".to_vec();
        whole.extend([0; 6]);
        whole.extend(b"\x21\xf9\x04\x00\x00\x00\x00\x00");
        whole.extend(b"\x2c\0\0\0\0\x02\0\x03\0\0\x02\x02\x4c\x01\x00\x3b");
        assert_eq!(gif(&whole), Ok(Header::new(2, 3)));
        for length in 6..whole.len() {
            assert_eq!(gif(&whole[..length]), Err(SHORT), "cut at {length}");
        }
    }

    #[test]
    fn a_webp_tells_its_size() {
        let mut whole = b"RIFF\x16\x00\x00\x00WEBPVP8L\x05\x00\x00\x00\x2f".to_vec();
        whole.extend((1u32 | (2 << 14)).to_le_bytes());
        whole.extend([0; 5]);
        assert_eq!(webp(&whole), Ok(Header::new(2, 3)));
        assert_eq!(webp(&whole[..20]), Err(SHORT));
    }
}
