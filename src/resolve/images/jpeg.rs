//! JPEG: every marker from SOI to EOI, with what JFIF and EXIF say on the way.

use super::raster::{SHORT, take};
use super::{Fault, Header, Nature, Tone};

/// Markers as ITU-T T.81, annex B, has them.
pub(super) fn jpeg(bytes: &[u8]) -> Result<Header, Fault> {
    let mut at = 2;
    let mut header: Option<Header> = None;
    let mut dpi = None;
    let mut orientation = 1;
    let mut scans = false;
    loop {
        if take::<1>(bytes, at)?[0] != 0xff {
            return Err(Fault::Broken("a marker is missing"));
        }
        // Fill bytes may stand before a marker.
        while take::<1>(bytes, at + 1)?[0] == 0xff {
            at += 1;
        }
        let marker = take::<1>(bytes, at + 1)?[0];
        at += 2;
        match marker {
            0xd9 => break,
            // Markers without a segment.
            0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(take(bytes, at)?));
        let segment = bytes.get(at + 2..at + length.max(2)).ok_or(SHORT)?;
        match marker {
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let height = u16::from_be_bytes(take(segment, 1)?);
                let width = u16::from_be_bytes(take(segment, 3)?);
                header = Some(Header {
                    nature: Nature::of(tone(marker, segment)?),
                    ..Header::new(u32::from(width), u32::from(height))
                });
            }
            0xe0 => dpi = dpi.or(jfif(segment)),
            0xe1 => orientation = exif(segment).unwrap_or(orientation),
            0xda => {
                scans = true;
                at = scan(bytes, at + length)?;
                continue;
            }
            _ => {}
        }
        at += length.max(2);
    }
    match header {
        Some(header) if scans => Ok(Header {
            dpi,
            orientation,
            ..header
        }),
        _ => Err(Fault::Broken("it holds no picture")),
    }
}

/// The colours that a frame's header tells of, if the frame is coded as PDF and browsers read it: by Huffman's method in
/// eight bits (markers C0 to C2).
fn tone(marker: u8, segment: &[u8]) -> Result<Tone, Fault> {
    match (marker, take::<1>(segment, 0)?[0], take::<1>(segment, 5)?[0]) {
        (0xc3, ..) => Err(Fault::Rare("a lossless JPEG")),
        (0xc9.., ..) => Err(Fault::Rare("a JPEG with arithmetic coding")),
        (0xc5.., ..) => Err(Fault::Rare("a hierarchical JPEG")),
        (_, 8, 1) => Ok(Tone::Grey),
        (_, 8, 3) => Ok(Tone::Color),
        (_, 8, 4) => Ok(Tone::Inks),
        (_, 8, _) => Err(Fault::Rare("a JPEG of neither one, three nor four colours")),
        _ => Err(Fault::Rare("a JPEG of more than eight bits a sample")),
    }
}

/// The end of a scan's coded data: the next marker that is neither a stuffed zero nor a restart.
fn scan(bytes: &[u8], mut at: usize) -> Result<usize, Fault> {
    loop {
        let rest = bytes.get(at..).ok_or(SHORT)?;
        at += rest.iter().position(|b| *b == 0xff).ok_or(SHORT)?;
        match take::<1>(bytes, at + 1)?[0] {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Ok(at),
        }
    }
}

/// Pixels per inch of a JFIF header.
fn jfif(segment: &[u8]) -> Option<f64> {
    if !segment.starts_with(b"JFIF\0") {
        return None;
    }
    let across = f64::from(u16::from_be_bytes(take(segment, 8).ok()?));
    match segment.get(7) {
        _ if across == 0.0 => None,
        Some(1) => Some(across),
        Some(2) => Some(across * 2.54),
        _ => None,
    }
}

/// EXIF's orientation (tag 0x0112), 1 to 8.
fn exif(segment: &[u8]) -> Option<u8> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let pair = take(tiff, at).ok()?;
        Some(if little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        })
    };
    let long = |at: usize| -> Option<usize> {
        let (a, b) = (usize::from(short(at)?), usize::from(short(at + 2)?));
        Some(if little { b << 16 | a } else { a << 16 | b })
    };
    let directory = long(4)?;
    let count = usize::from(short(directory)?);
    (0..count)
        .map(|entry| directory + 2 + 12 * entry)
        .find(|at| short(*at) == Some(0x0112))
        .and_then(|at| short(at + 8))
        .filter(|value| (1..=8).contains(value))
        .map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut out = b"\xff\xd8".to_vec();
        out.extend(b"\xff\xe0\x00\x10JFIF\0\x01\x01\x01\x01\x2c\x01\x2c\0\0");
        out.extend(b"\xff\xe1\x00\x22Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
        out.extend(b"\xff\xc0\x00\x0b\x08\0\x03\0\x02\x01\x01\x11\0");
        out.extend(b"\xff\xda\x00\x08\x01\x01\0\0\x3f\0ab\xff\0c\xff\xd0d\xff\xd9");
        out
    }

    #[test]
    fn a_jpeg_is_walked_to_its_end() {
        let whole = sample();
        let header = jpeg(&whole).unwrap();
        assert_eq!(
            header,
            Header {
                size: (2, 3),
                dpi: Some(300.0),
                orientation: 6,
                nature: Nature::of(Tone::Grey),
            }
        );
        for length in 3..whole.len() {
            assert_eq!(jpeg(&whole[..length]), Err(SHORT), "cut at {length}");
        }
        let frame = whole.windows(2).position(|pair| pair == b"\xff\xc0");
        let frame = frame.expect("the sample has a frame");
        for (marker, bits, components, fine) in [
            (0xc2, 8, 4, true),
            (0xc1, 12, 1, false),
            (0xc9, 8, 1, false),
            (0xc3, 8, 1, false),
            (0xc0, 8, 2, false),
        ] {
            let mut other = whole.clone();
            (other[frame + 1], other[frame + 4], other[frame + 9]) = (marker, bits, components);
            match jpeg(&other) {
                Ok(header) => assert!(fine && header.nature.tone == Tone::Inks),
                Err(fault) => assert!(!fine && matches!(fault, Fault::Rare(_)), "{fault:?}"),
            }
        }
    }
}
