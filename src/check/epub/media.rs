//! What files are by their first bytes, and whether pictures are whole.
//!
//! In: bytes. Out: a [`Medium`], a [`Raster`]. Nothing is decoded: a picture's size stands in its header, and its blocks must lead to its
//! end. So a header that asks for a billion pixels costs as little as any.

use flate2::Crc;

/// Kinds of files that are known by their first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the formats' own names")]
pub enum Medium {
    Jpeg,
    Png,
    Gif,
    WebP,
    Avif,
    Bmp,
    Tiff,
    TrueType,
    OpenType,
    Woff,
    Woff2,
    Mp3,
    Mp4,
    Ogg,
    Pdf,
    Zip,
}

impl Medium {
    /// By a file's first bytes.
    pub fn of(head: &[u8]) -> Option<Medium> {
        let brand = head.get(4..12).filter(|brand| brand.starts_with(b"ftyp"));
        Some(match head {
            [0xff, 0xd8, 0xff, ..] => Medium::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Medium::Png,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Medium::Gif,
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Medium::WebP,
            [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Medium::Bmp,
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Medium::Tiff,
            [0, 1, 0, 0, ..] | [b't', b'r', b'u', b'e', ..] => Medium::TrueType,
            [b'O', b'T', b'T', b'O', ..] => Medium::OpenType,
            [b'w', b'O', b'F', b'F', ..] => Medium::Woff,
            [b'w', b'O', b'F', b'2', ..] => Medium::Woff2,
            [b'I', b'D', b'3', ..] | [0xff, 0xf2 | 0xf3 | 0xfa | 0xfb, ..] => Medium::Mp3,
            [b'O', b'g', b'g', b'S', ..] => Medium::Ogg,
            [b'%', b'P', b'D', b'F', b'-', ..] => Medium::Pdf,
            [b'P', b'K', 3, 4, ..] => Medium::Zip,
            _ => match brand? {
                [.., b'a', b'v', b'i', b'f'] => Medium::Avif,
                _ => Medium::Mp4,
            },
        })
    }

    /// As authors call it.
    pub fn title(self) -> &'static str {
        match self {
            Medium::Jpeg => "JPEG",
            Medium::Png => "PNG",
            Medium::Gif => "GIF",
            Medium::WebP => "WebP",
            Medium::Avif => "AVIF",
            Medium::Bmp => "BMP",
            Medium::Tiff => "TIFF",
            Medium::TrueType => "TrueType",
            Medium::OpenType => "OpenType",
            Medium::Woff => "WOFF",
            Medium::Woff2 => "WOFF2",
            Medium::Mp3 => "MP3",
            Medium::Mp4 => "MP4",
            Medium::Ogg => "Ogg",
            Medium::Pdf => "PDF",
            Medium::Zip => "ZIP",
        }
    }

    /// Whether a media type names it; `None` if the type is none of those that are known here.
    pub fn fits(self, media_type: &str) -> Option<bool> {
        let of: &[Medium] = match media_type {
            "image/jpeg" | "image/jpg" => &[Medium::Jpeg],
            "image/png" => &[Medium::Png],
            "image/gif" => &[Medium::Gif],
            "image/webp" => &[Medium::WebP],
            "image/avif" => &[Medium::Avif],
            "audio/mpeg" => &[Medium::Mp3],
            "audio/mp4" | "video/mp4" => &[Medium::Mp4],
            "audio/ogg" | "video/ogg" => &[Medium::Ogg],
            "font/ttf" | "application/x-font-ttf" | "application/x-font-truetype" => {
                &[Medium::TrueType, Medium::OpenType]
            }
            "font/otf" | "application/vnd.ms-opentype" | "application/font-sfnt" => {
                &[Medium::TrueType, Medium::OpenType]
            }
            "font/woff" | "application/font-woff" => &[Medium::Woff],
            "font/woff2" => &[Medium::Woff2],
            "application/xhtml+xml"
            | "image/svg+xml"
            | "text/css"
            | "application/x-dtbncx+xml"
            | "application/smil+xml" => &[],
            _ => return None,
        };
        Some(of.contains(&self))
    }
}

/// A picture of pixels, as its file describes itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Its format.
    pub medium: Medium,
    /// Width and height in pixels; 0 by 0 where the header cannot be read.
    pub size: (u32, u32),
    /// Whether it is in four inks.
    pub inks: bool,
    /// Whether it may let something show through.
    pub see_through: bool,
    /// What is wrong with it, in the part of a sentence.
    pub fault: Option<&'static str>,
}

/// Reads a picture's blocks; `None` for what is none of these formats.
pub fn raster(bytes: &[u8]) -> Option<Raster> {
    let medium = Medium::of(bytes)?;
    let mut found = Raster {
        medium,
        size: (0, 0),
        inks: false,
        see_through: false,
        fault: None,
    };
    let read = match medium {
        Medium::Png => png(bytes, &mut found),
        Medium::Jpeg => jpeg(bytes, &mut found),
        Medium::Gif => gif(bytes, &mut found),
        Medium::WebP => webp(bytes, &mut found),
        _ => return None,
    };
    if read.is_none() {
        found.fault = Some("is cut off");
    } else if found.fault.is_none() && (found.size.0 == 0 || found.size.1 == 0) {
        found.fault = Some("has no width or no height");
    }
    Some(found)
}

fn large(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes([four[0], four[1], four[2], four[3]]))
}

/// PNG: chunks of length, name, data and checksum, from IHDR to IEND.
fn png(bytes: &[u8], found: &mut Raster) -> Option<()> {
    let mut at = 8;
    loop {
        let length = large(bytes, at)? as usize;
        let chunk = bytes.get(at + 4..at.checked_add(8)?.checked_add(length)?)?;
        let sum = large(bytes, at + 8 + length)?;
        let mut crc = Crc::new();
        crc.update(chunk);
        let (name, data) = chunk.split_at(4);
        if at == 8 {
            if name != b"IHDR" || length != 13 {
                found.fault = Some("does not begin with its header");
                return Some(());
            }
            found.size = (large(data, 0)?, large(data, 4)?);
            // Colour types 4 and 6 have an alpha channel.
            found.see_through = matches!(data.get(9), Some(4 | 6));
        }
        if crc.sum() != sum {
            found.fault = Some("has a block without its checksum");
            return Some(());
        }
        match name {
            b"tRNS" => found.see_through = true,
            b"IEND" => return Some(()),
            _ => {}
        }
        at += 12 + length;
    }
}

/// JPEG: segments up to the frame and the first scan, and the mark of the end behind it.
fn jpeg(bytes: &[u8], found: &mut Raster) -> Option<()> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            found.fault = Some("has other bytes where a segment begins");
            return Some(());
        }
        let mark = *bytes.get(at + 1)?;
        match mark {
            // Filling, and marks that stand alone.
            0xff => {
                at += 1;
                continue;
            }
            0x01 | 0xd0..=0xd7 => {
                at += 2;
                continue;
            }
            0xd9 => {
                found.fault = Some("ends before it has shown anything");
                return Some(());
            }
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes([
            *bytes.get(at + 2)?,
            *bytes.get(at + 3)?,
        ]));
        let segment = bytes.get(at + 4..at + 2 + length.max(2))?;
        // Frames of all kinds; C4, C8 and CC are tables.
        if matches!(mark, 0xc0..=0xcf) && !matches!(mark, 0xc4 | 0xc8 | 0xcc) {
            let two = |at: usize| {
                Some(u32::from(u16::from_be_bytes([
                    *segment.get(at)?,
                    *segment.get(at + 1)?,
                ])))
            };
            found.size = (two(3)?, two(1)?);
            found.inks = segment.get(5) == Some(&4);
        }
        at += 2 + length.max(2);
        if mark == 0xda {
            if found.size == (0, 0) {
                found.fault = Some("shows something before it says how large it is");
                return Some(());
            }
            let rest = bytes.get(at..)?;
            // Within a scan, FF is followed by 00.
            return rest
                .windows(2)
                .rev()
                .any(|two| two == [0xff, 0xd9])
                .then_some(());
        }
    }
}

/// GIF: blocks up to the trailer.
fn gif(bytes: &[u8], found: &mut Raster) -> Option<()> {
    let two = |at: usize| {
        Some(u32::from(u16::from_le_bytes([
            *bytes.get(at)?,
            *bytes.get(at + 1)?,
        ])))
    };
    found.size = (two(6)?, two(8)?);
    let table = |packed: u8| match packed & 0x80 {
        0 => 0,
        _ => 3usize << ((packed & 7) + 1),
    };
    let mut at = 13 + table(*bytes.get(10)?);
    loop {
        let mut data = match *bytes.get(at)? {
            0x3b => return Some(()),
            0x21 => {
                let is_control = bytes.get(at + 1) == Some(&0xf9);
                found.see_through |= is_control && bytes.get(at + 3)? & 1 == 1;
                at + 2
            }
            0x2c => at + 11 + table(*bytes.get(at + 9)?),
            _ => {
                found.fault = Some("has other bytes where a block begins");
                return Some(());
            }
        };
        loop {
            let length = usize::from(*bytes.get(data)?);
            data += 1 + length;
            if length == 0 {
                break;
            }
        }
        at = data;
    }
}

/// WebP: a RIFF whose first chunk says the size.
fn webp(bytes: &[u8], found: &mut Raster) -> Option<()> {
    let small = |at: usize, length: usize| {
        let part = bytes.get(at..at + length)?;
        let place = |(n, byte): (usize, &u8)| u32::from(*byte) << (8 * n);
        Some(part.iter().enumerate().map(place).sum::<u32>())
    };
    let length = small(4, 4)? as usize;
    match bytes.get(12..16)? {
        b"VP8X" => {
            found.see_through = small(20, 1)? & 0x10 != 0;
            found.size = (small(24, 3)? + 1, small(27, 3)? + 1);
        }
        b"VP8 " => found.size = (small(26, 2)? & 0x3fff, small(28, 2)? & 0x3fff),
        b"VP8L" => {
            let bits = small(21, 4)?;
            found.see_through = bits >> 28 & 1 == 1;
            found.size = ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
        }
        _ => found.fault = Some("does not begin with its header"),
    }
    (length.checked_add(8)? <= bytes.len()).then_some(())
}
