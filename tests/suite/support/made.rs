//! Files that cannot be written out in a case, made here: `(made jpeg 400x300 turned)` behind a name says what.
//!
//! The first word is the kind, then come the size in pixels and what is odd about the file:
//! - `png`: `clear` (half of it lets the page show through), `grey`, `noise` (does not pack), `bomb` (claims its size and has one row);
//! - `jpeg`: `inks` (four of them), `grey`, `turned` (lies on its side and says so), `bomb`;
//! - `gif`: `moving`, `bomb`; `webp`: `bomb`;
//! - `font`: EB Garamond, `closed`: its licence forbids to embed it, `renamed`: its family is `Planted One`, which no book has;
//! - `icc`: `inks`, a profile of a press, or `screen`, one of a screen.

use std::io::Cursor;
use std::path::Path;

use image::codecs::gif::GifEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, Frame, ImageFormat, RgbImage, RgbaImage};
use jpeg_encoder::{ColorType, Encoder};

use crate::images::files::png_of;

/// The bytes of a made file.
///
/// # Panics
/// When nobody knows how to make it.
pub fn made(what: &str) -> Vec<u8> {
    let mut words = what.split_whitespace();
    let kind = words.next().unwrap_or_default();
    let rest: Vec<&str> = words.collect();
    let has = |word: &str| rest.contains(&word);
    let size = rest.iter().find_map(|word| {
        let (width, height) = word.split_once('x')?;
        Some((width.parse().ok()?, height.parse().ok()?))
    });
    let (width, height): (u32, u32) = size.unwrap_or((16, 16));
    match kind {
        "png" if has("bomb") => png_of((width, height), 2, 8, false, &[], &[0; 64]),
        "png" if has("clear") => png(width, height, |x| {
            [20, 20, 20, if x % 2 == 0 { 255 } else { 0 }]
        }),
        "png" if has("grey") => png(width, height, |_| [128, 128, 128, 255]),
        "png" if has("noise") => png(width, height, noise),
        "png" => png(width, height, |x| [200, (x % 200) as u8, 40, 255]),
        "jpeg" if has("bomb") => claimed(&jpeg(16, 16, ColorType::Rgb, false), width, height),
        "jpeg" if has("inks") => jpeg(width, height, ColorType::Cmyk, false),
        "jpeg" if has("grey") => jpeg(width, height, ColorType::Luma, false),
        "jpeg" => jpeg(width, height, ColorType::Rgb, has("turned")),
        "gif" if has("bomb") => {
            let mut gif = gif(16, 16, 1);
            gif[6..8].copy_from_slice(&(width as u16).to_le_bytes());
            gif[8..10].copy_from_slice(&(height as u16).to_le_bytes());
            gif
        }
        "gif" if has("torn") => {
            // Behind the block that says where the picture stands: how long codes are, how many bytes follow, and codes that
            // nothing was said of yet.
            let mut gif = gif(width, height, 1);
            let at = gif.windows(10).rposition(|bytes| {
                bytes[0] == b','
                    && bytes[1..5] == [0; 4]
                    && bytes[5..7] == (width as u16).to_le_bytes()
            });
            let at = at.expect("a picture stands at its corner") + 10;
            let at = at
                + if gif[at - 1] & 0x80 != 0 {
                    3 << ((gif[at - 1] & 7) + 1)
                } else {
                    0
                };
            let count = usize::from(gif[at + 1]);
            gif[at + 2..at + 2 + count].fill(0xff);
            gif
        }
        "gif" => gif(width, height, if has("moving") { 2 } else { 1 }),
        "webp" if has("bomb") => {
            // Without loss: a sign, then fourteen bits each for width and height, less one.
            let mut webp = webp(16, 16);
            let bits = (width - 1) & 0x3fff | ((height - 1) & 0x3fff) << 14;
            webp[21..25].copy_from_slice(&bits.to_le_bytes());
            webp
        }
        "webp" => webp(width, height),
        "font" => {
            let font = font(if has("closed") { 2 } else { 0 });
            if has("renamed") { renamed(font) } else { font }
        }
        "icc" if has("inks") => {
            let path = "src/profile/icc/fogra39.icc";
            std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
                .expect("the profile is part of the source")
        }
        "icc" => moxcms::ColorProfile::new_srgb()
            .encode()
            .expect("the profile is whole"),
        _ => panic!("nobody knows how to make `{what}`"),
    }
}

fn png(width: u32, height: u32, pixel: impl Fn(u32) -> [u8; 4]) -> Vec<u8> {
    let pixels = RgbaImage::from_fn(width, height, |x, y| image::Rgba(pixel(x ^ (y << 16))));
    let opaque = pixels.pixels().all(|pixel| pixel.0[3] == 255);
    let grey = pixels
        .pixels()
        .all(|image::Rgba([r, g, b, _])| r == g && g == b);
    let mut data = Cursor::new(Vec::new());
    let image = image::DynamicImage::ImageRgba8(pixels);
    let image = match (opaque, grey) {
        (true, true) => image.into_luma8().into(),
        (true, false) => image::DynamicImage::ImageRgb8(image.into_rgb8()),
        _ => image,
    };
    image
        .write_to(&mut data, ImageFormat::Png)
        .expect("memory can be written");
    data.into_inner()
}

/// Colours that do not pack.
fn noise(x: u32) -> [u8; 4] {
    let state = x.wrapping_mul(2_654_435_761).rotate_left(13) ^ x.wrapping_mul(40_503);
    let state = state.wrapping_mul(2_246_822_519);
    [state as u8, (state >> 8) as u8, (state >> 16) as u8, 255]
}

fn jpeg(width: u32, height: u32, colors: ColorType, turned: bool) -> Vec<u8> {
    let parts = match colors {
        ColorType::Luma => 1,
        ColorType::Cmyk => 4,
        _ => 3,
    };
    let samples: Vec<u8> = (0..width * height * parts)
        .map(|at| (at / parts % 251) as u8)
        .collect();
    let mut data = Vec::new();
    let mut encoder = Encoder::new(&mut data, 90);
    if turned {
        let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend([6, 0, 0, 0, 0, 0, 0, 0]);
        encoder.add_exif_metadata(&exif).expect("it is short");
    }
    encoder
        .encode(&samples, width as u16, height as u16, colors)
        .expect("the samples fit");
    data
}

/// A JPEG that says that it has another size: behind the mark of its frame stand a length, the depth, the height, the width.
fn claimed(jpeg: &[u8], width: u32, height: u32) -> Vec<u8> {
    let at = jpeg
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .expect("a JPEG has a frame");
    let mut jpeg = jpeg.to_vec();
    jpeg[at + 5..at + 7].copy_from_slice(&(height as u16).to_be_bytes());
    jpeg[at + 7..at + 9].copy_from_slice(&(width as u16).to_be_bytes());
    jpeg
}

fn gif(width: u32, height: u32, pictures: u8) -> Vec<u8> {
    let mut data = Vec::new();
    let mut encoder = GifEncoder::new(&mut data);
    for number in 0..pictures {
        let picture = RgbaImage::from_fn(width, height, |x, _| {
            image::Rgba([number * 90, (x % 7) as u8 * 30, 20, 255])
        });
        encoder
            .encode_frame(Frame::new(picture))
            .expect("memory can be written");
    }
    drop(encoder);
    data
}

fn webp(width: u32, height: u32) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]));
    let mut data = Cursor::new(Vec::new());
    WebPEncoder::new_lossless(&mut data)
        .encode(&pixels, width, height, ExtendedColorType::Rgb8)
        .expect("memory can be written");
    data.into_inner()
}

/// EB Garamond under a name that is as long.
fn renamed(mut font: Vec<u8>) -> Vec<u8> {
    let wide = |name: &str| -> Vec<u8> { name.encode_utf16().flat_map(u16::to_be_bytes).collect() };
    let (old, new) = (wide("EB Garamond"), wide("Planted One"));
    for at in 0..font.len() - old.len() {
        if font[at..].starts_with(&old) {
            font[at..at + new.len()].copy_from_slice(&new);
        }
    }
    font
}

/// A bundled font as its maker might have closed it: with these bits in `fsType` (OS/2, offset 8).
pub fn font(bits: u16) -> Vec<u8> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/eb-garamond/EBGaramond-Regular.ttf");
    let mut font = std::fs::read(path).expect("the font is part of the source");
    let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let entry = (0..tables)
        .map(|table| 12 + 16 * table)
        .find(|entry| &font[*entry..entry + 4] == b"OS/2")
        .expect("a font for text has the table");
    let offset: [u8; 4] = font[entry + 8..entry + 12].try_into().expect("four bytes");
    let at = u32::from_be_bytes(offset) as usize + 8;
    font[at..at + 2].copy_from_slice(&bits.to_be_bytes());
    font
}
