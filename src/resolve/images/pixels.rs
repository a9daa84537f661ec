//! Whether pixels can be had of a file whose frame is whole: found out here, where its place in the Markdown is known.
//!
//! A PNG's compressed rows are unpacked and counted, not kept. GIF and WebP are decoded as far as their first picture. JPEG's
//! decoders show whatever they are given.

use std::io::{Cursor, Read};

use flate2::read::ZlibDecoder;
use image::{ImageFormat, ImageReader, Limits};

use super::raster::take;
use super::{Fault, MOST_MEMORY};
use crate::resolve::AssetKind;

/// Checks a file's pixels.
pub(super) fn check(kind: AssetKind, bytes: &[u8]) -> Result<(), Fault> {
    let good = match kind {
        AssetKind::Png => png(bytes).is_some(),
        AssetKind::Gif => decodes(bytes, ImageFormat::Gif),
        AssetKind::WebP => decodes(bytes, ImageFormat::WebP),
        AssetKind::Jpeg | AssetKind::Svg => true,
    };
    good.then_some(())
        .ok_or(Fault::Broken("its pixels cannot be unpacked"))
}

fn decodes(bytes: &[u8], format: ImageFormat) -> bool {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(2 * MOST_MEMORY);
    reader.limits(limits);
    // The decoders read untrusted files; one that panics cannot read this one.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| reader.decode().is_ok()))
        .unwrap_or(false)
}

/// Unpacks a PNG's rows; `None` if they are damaged or too few, or its header is not one of the standard's.
fn png(bytes: &[u8]) -> Option<()> {
    let mut parts: Vec<&[u8]> = Vec::new();
    let mut at = 8;
    let mut header: [u8; 13] = [0; 13];
    let mut palette = false;
    while at + 12 <= bytes.len() {
        let length = u32::from_be_bytes(take(bytes, at).ok()?) as usize;
        let body = bytes.get(at + 8..(at + 8).checked_add(length)?)?;
        match &bytes[at + 4..at + 8] {
            b"IHDR" => header = body.try_into().ok()?,
            b"PLTE" => palette = body.len() % 3 == 0 && (3..=768).contains(&body.len()),
            b"IDAT" => parts.push(body),
            b"IEND" => break,
            _ => {}
        }
        at += 12 + length;
    }
    let [
        w3,
        w2,
        w1,
        w0,
        h3,
        h2,
        h1,
        h0,
        bits,
        color,
        0,
        0,
        lace @ (0 | 1),
    ] = header
    else {
        return None;
    };
    let channels = match (color, bits) {
        (0, 1 | 2 | 4 | 8 | 16) => 1,
        (3, 1 | 2 | 4 | 8) if palette => 1,
        (2, 8 | 16) => 3,
        (4, 8 | 16) => 2,
        (6, 8 | 16) => 4,
        _ => return None,
    };
    let width = u64::from(u32::from_be_bytes([w3, w2, w1, w0]));
    let height = u64::from(u32::from_be_bytes([h3, h2, h1, h0]));
    let rows = |width: u64, height: u64| match width {
        0 => 0,
        _ => height * (1 + (width * channels * u64::from(bits)).div_ceil(8)),
    };
    let wanted: u64 = if lace == 0 {
        rows(width, height)
    } else {
        // Adam's seven passes: where each begins, and its steps.
        let passes = [
            (0, 0, 8, 8),
            (4, 0, 8, 8),
            (0, 4, 4, 8),
            (2, 0, 4, 4),
            (0, 2, 2, 4),
            (1, 0, 2, 2),
            (0, 1, 1, 2),
        ];
        let pass = |(x, y, across, down): (u64, u64, u64, u64)| {
            rows(
                width.saturating_sub(x).div_ceil(across),
                height.saturating_sub(y).div_ceil(down),
            )
        };
        passes.into_iter().map(pass).sum()
    };
    let mut unpacked = ZlibDecoder::new(Parts {
        now: &[],
        later: parts.into_iter(),
    })
    .take(wanted);
    let mut buffer = vec![0; 1 << 16];
    let mut count = 0;
    while count < wanted {
        match unpacked.read(&mut buffer).ok()? {
            0 => return None,
            some => count += some as u64,
        }
    }
    Some(())
}

/// Chunks, read one after the other.
struct Parts<'a> {
    now: &'a [u8],
    later: std::vec::IntoIter<&'a [u8]>,
}

impl Read for Parts<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        while self.now.is_empty() {
            match self.later.next() {
                Some(next) => self.now = next,
                None => return Ok(0),
            }
        }
        self.now.read(out)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let length = (data.len() as u32).to_be_bytes();
        // Checksums were looked at before.
        [&length[..], name, data, &[0; 4]].concat()
    }

    fn file(header: [u8; 5], parts: &[&[u8]]) -> Vec<u8> {
        let size = [0, 0, 0, 3, 0, 0, 0, 2];
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        png.extend(chunk(b"IHDR", &[&size[..], &header].concat()));
        for part in parts {
            png.extend(chunk(b"IDAT", part));
        }
        png.extend(chunk(b"IEND", &[]));
        png
    }

    #[test]
    fn rows_are_unpacked_and_counted() {
        let packed = |count: usize| {
            let mut packer =
                flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            packer.write_all(&vec![0; count]).unwrap();
            packer.finish().unwrap()
        };
        // Two rows of a filter's number and three pixels of three bytes.
        let whole = packed(20);
        let rgb = [8, 2, 0, 0, 0];
        let good = |header, parts: &[&[u8]]| check(AssetKind::Png, &file(header, parts)).is_ok();
        assert!(good(rgb, &[&whole]));
        assert!(good(rgb, &[&whole[..3], &[], &whole[3..]]));
        assert!(!good(rgb, &[&packed(19)]));
        assert!(!good(rgb, &[&whole[..whole.len() / 2]]));
        assert!(!good(rgb, &[b"no zlib at all"]));
        assert!(!good(rgb, &[]));
        // Interlaced: passes of 1, 1, 1, 2 and 1 pixels.
        assert!(good([8, 0, 0, 0, 1], &[&packed(4 + 6 + 1)]));
        // Sixteen bits of a palette, and a palette that is not there.
        assert!(!good([16, 3, 0, 0, 0], &[&whole]));
        assert!(!good([8, 3, 0, 0, 0], &[&whole]));
    }

    #[test]
    fn what_is_no_picture_does_not_decode() {
        for kind in [AssetKind::Gif, AssetKind::WebP] {
            assert!(check(kind, b"GIF89a and more").is_err());
        }
    }
}
