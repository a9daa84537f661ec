//! Image files of every kind, made here: four squares side by side (red, blue, white, middle grey), 64 × 16 pixels.

use std::io::{Cursor, Write};

use flate2::{Compression, Crc, write::ZlibEncoder};
use image::codecs::gif::GifEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, Frame, RgbaImage};
use jpeg_encoder::{ColorType, Encoder};
use moxcms::{ColorProfile, ToneReprCurve};

/// Across and down, in pixels.
pub const SIZE: (u32, u32) = (64, 16);
/// The squares.
pub const SQUARES: [[u8; 3]; 4] = [[255, 0, 0], [0, 0, 255], [255, 255, 255], [128, 128, 128]];
/// The same as light alone, by sRGB's formulas.
pub const LIGHT: [u8; 4] = [127, 76, 255, 128];
/// The same in inks: cyan, magenta, yellow, black of 255.
pub const INKS: [[u8; 4]; 4] = [[0, 255, 255, 0], [255, 255, 0, 0], [0; 4], [0, 0, 0, 128]];

/// Pixels, each from its square.
fn squares<T: Copy, const N: usize>(colors: [[T; N]; 4]) -> Vec<T> {
    let row = (0..SIZE.0 as usize).flat_map(|x| colors[x / 16]);
    let row: Vec<T> = row.collect();
    row.repeat(SIZE.1 as usize)
}

/// Red, green, blue.
pub fn rgb() -> Vec<u8> {
    squares(SQUARES)
}

fn rgba(opacity: u8) -> Vec<u8> {
    squares(SQUARES.map(|[r, g, b]| [r, g, b, opacity]))
}

fn grey() -> Vec<u8> {
    squares(LIGHT.map(|light| [light]))
}

/// Numbers of two bytes.
fn wide(samples: &[u8]) -> Vec<u8> {
    samples.iter().flat_map(|&s| [s, s]).collect()
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut out = (data.len() as u32).to_be_bytes().to_vec();
    out.extend(name);
    out.extend(data);
    let mut crc = Crc::new();
    crc.update(&out[4..]);
    out.extend(crc.sum().to_be_bytes());
    out
}

/// What zlib packs.
pub fn packed(data: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(data).expect("memory can be written");
    packer.finish().expect("memory can be written")
}

/// A PNG of any size: its colour type, bits a sample, chunks before the pixels, and unfiltered rows.
pub fn png_of(
    size: (u32, u32),
    color: u8,
    bits: u8,
    interlaced: bool,
    extra: &[u8],
    rows: &[u8],
) -> Vec<u8> {
    let mut header = size.0.to_be_bytes().to_vec();
    header.extend(size.1.to_be_bytes());
    header.extend([bits, color, 0, 0, u8::from(interlaced)]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(chunk(b"IHDR", &header));
    png.extend(extra);
    png.extend(chunk(b"IDAT", &packed(rows)));
    png.extend(chunk(b"IEND", &[]));
    png
}

fn png(color: u8, bits: u8, extra: &[u8], samples: &[u8]) -> Vec<u8> {
    let row = samples.len() / SIZE.1 as usize;
    let rows = samples.chunks(row).flat_map(|row| {
        let mut line = vec![0];
        line.extend(row);
        line
    });
    png_of(SIZE, color, bits, false, extra, &rows.collect::<Vec<_>>())
}

/// By Adam's seven passes.
fn interlaced() -> Vec<u8> {
    let samples = rgb();
    let (width, height) = (SIZE.0 as usize, SIZE.1 as usize);
    let mut rows = Vec::new();
    for (x0, y0, dx, dy) in [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ] {
        for y in (y0..height).step_by(dy) {
            rows.push(0);
            for x in (x0..width).step_by(dx) {
                rows.extend(&samples[(y * width + x) * 3..][..3]);
            }
        }
    }
    png_of(SIZE, 2, 8, true, &[], &rows)
}

fn jpeg(samples: &[u8], colors: ColorType, more: impl Fn(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut data = Vec::new();
    let mut encoder = Encoder::new(&mut data, 95);
    more(&mut encoder);
    encoder
        .encode(samples, SIZE.0 as u16, SIZE.1 as u16, colors)
        .expect("the samples fit");
    data
}

/// A photograph that says how it is to be turned.
pub fn turned(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    jpeg(&rgb(), ColorType::Rgb, |encoder| {
        encoder.add_exif_metadata(&exif).expect("it is short");
    })
}

/// sRGB's primaries with a straight curve: middle grey is a light grey to the eye.
fn linear() -> Vec<u8> {
    let mut profile = ColorProfile::new_srgb();
    let straight = Some(ToneReprCurve::Lut(Vec::new()));
    (profile.red_trc, profile.green_trc, profile.blue_trc) =
        (straight.clone(), straight.clone(), straight);
    profile.cicp = None;
    profile.encode().expect("the profile is whole")
}

/// A profile made so long that a JPEG needs several segments for it: what follows its tags is of no meaning.
fn long(mut profile: Vec<u8>) -> Vec<u8> {
    profile.resize(150_000, 0);
    let size = (profile.len() as u32).to_be_bytes();
    profile[..4].copy_from_slice(&size);
    profile
}

fn gif(pictures: &[Vec<u8>]) -> Vec<u8> {
    let mut data = Vec::new();
    let frames = pictures.iter().map(|samples| {
        let image = RgbaImage::from_raw(SIZE.0, SIZE.1, samples.clone());
        Frame::new(image.expect("the samples fit"))
    });
    GifEncoder::new(&mut data)
        .encode_frames(frames)
        .expect("memory can be written");
    data
}

fn webp(samples: &[u8], colors: ExtendedColorType) -> Vec<u8> {
    let mut data = Cursor::new(Vec::new());
    WebPEncoder::new_lossless(&mut data)
        .encode(samples, SIZE.0, SIZE.1, colors)
        .expect("memory can be written");
    data.into_inner()
}

/// What the squares of a kind look like on white paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As they are.
    Plain,
    /// As light alone.
    Grey,
    /// Half of it, half paper.
    Half,
    /// The same of the light alone.
    HalfGrey,
    /// Middle grey brightened by a straight curve.
    Linear,
    /// As four inks.
    Inks,
    /// Mirrored.
    Mirrored,
    /// Upright, from the top.
    Down,
    /// Upright, from the foot.
    Up,
}

/// Every kind by its file's name.
pub fn kinds() -> Vec<(String, Vec<u8>, Look)> {
    let palette: Vec<u8> = SQUARES.concat();
    let indexed = squares([[0u8], [1], [2], [3]]);
    let iccp = {
        let mut body = b"linear\0\0".to_vec();
        body.extend(packed(&linear()));
        chunk(b"iCCP", &body)
    };
    let icc = |profile: Vec<u8>| {
        move |encoder: &mut Encoder<&mut Vec<u8>>| {
            encoder.add_icc_profile(&profile).expect("it fits");
        }
    };
    let plain = |_: &mut Encoder<&mut Vec<u8>>| {};
    let pixels = rgb();
    let inks = squares(INKS);
    let half = rgba(128);
    let one_bit: Vec<u8> = [0u8, 0, 0xff, 0].map(|bits| [bits, bits]).concat();
    let two = chunk(b"PLTE", &palette);
    let trns = chunk(b"tRNS", &[128; 4]);
    let mut kinds: Vec<(&str, Vec<u8>, Look)> = vec![
        ("rgb.png", png(2, 8, &[], &pixels), Look::Plain),
        ("rgb-16.png", png(2, 16, &[], &wide(&pixels)), Look::Plain),
        ("rgba.png", png(6, 8, &[], &half), Look::Half),
        ("rgba-16.png", png(6, 16, &[], &wide(&half)), Look::Half),
        ("grey.png", png(0, 8, &[], &grey()), Look::Grey),
        ("grey-16.png", png(0, 16, &[], &wide(&grey())), Look::Grey),
        (
            "grey-alpha.png",
            png(4, 8, &[], &squares(LIGHT.map(|light| [light, 128]))),
            Look::HalfGrey,
        ),
        ("indexed.png", png(3, 8, &two, &indexed), Look::Plain),
        (
            "indexed-alpha.png",
            png(3, 8, &[two.clone(), trns].concat(), &indexed),
            Look::Half,
        ),
        ("interlaced.png", interlaced(), Look::Plain),
        ("profile.png", png(2, 8, &iccp, &pixels), Look::Linear),
        (
            "profile-indexed.png",
            png(3, 8, &[iccp.clone(), two].concat(), &indexed),
            Look::Linear,
        ),
        (
            "gamma.png",
            png(2, 8, &chunk(b"gAMA", &100_000u32.to_be_bytes()), &pixels),
            Look::Linear,
        ),
        ("rgb.jpg", jpeg(&pixels, ColorType::Rgb, plain), Look::Plain),
        (
            "grey.jpg",
            jpeg(&grey(), ColorType::Luma, plain),
            Look::Grey,
        ),
        (
            "progressive.jpg",
            jpeg(&pixels, ColorType::Rgb, |e| e.set_progressive(true)),
            Look::Plain,
        ),
        (
            "profile.jpg",
            jpeg(&pixels, ColorType::Rgb, icc(long(linear()))),
            Look::Linear,
        ),
        ("cmyk.jpg", jpeg(&inks, ColorType::Cmyk, plain), Look::Inks),
        (
            "ycck.jpg",
            jpeg(&inks, ColorType::CmykAsYcck, plain),
            Look::Inks,
        ),
        ("still.gif", gif(&[rgba(255)]), Look::Plain),
        ("moving.gif", gif(&[rgba(255), vec![90; 4096]]), Look::Plain),
        (
            "rgb.webp",
            webp(&pixels, ExtendedColorType::Rgb8),
            Look::Plain,
        ),
        (
            "alpha.webp",
            webp(&half, ExtendedColorType::Rgba8),
            Look::Half,
        ),
    ];
    kinds.push((
        "bilevel.png",
        png_of(
            SIZE,
            0,
            1,
            false,
            &[],
            &[&[0], &one_bit[..]].concat().repeat(16),
        ),
        Look::Grey,
    ));
    let mut kinds: Vec<(String, Vec<u8>, Look)> = kinds
        .into_iter()
        .map(|(name, data, look)| (name.to_owned(), data, look))
        .collect();
    for orientation in 1..=8 {
        let look = match orientation {
            1 | 4 => Look::Plain,
            2 | 3 => Look::Mirrored,
            5 | 6 => Look::Down,
            _ => Look::Up,
        };
        kinds.push((
            format!("turned-{orientation}.jpg"),
            turned(orientation),
            look,
        ));
    }
    kinds
}
