//! Pixels into files.
//!
//! In: a [`Raster`], a colour profile to keep. Out: the bytes of a JPEG or a PNG. A PNG of few colours gets a palette, in
//! as few bits as they need.

use std::collections::BTreeMap;

use color_quant::NeuQuant;
use jpeg_encoder::{ChromaSubsamplingMethod, ColorType as Coded, Encoder};
use png::{BitDepth, ColorType, Compression, Filter, Info};

use super::Raster;

/// How thoroughly a palette is sought, from 1 to 30; lower is better and slower. Every tenth pixel is what the method's
/// author advises for pictures, and drawings have far fewer colours.
const SAMPLING: i32 = 10;

/// A JPEG of such a quality, of 100; `None` if a side is longer than JPEG can have.
pub fn jpeg(raster: &Raster, quality: u8, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut data = Vec::new();
    let mut encoder = Encoder::new(&mut data, quality);
    // With tables of its own the encoder parts the colours into scans, which some reading systems show green or grey.
    encoder.set_optimized_huffman_tables(false);
    // Where chroma is halved, neighbours are averaged: taking every other one makes coloured rings of fine patterns.
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    if let Some(profile) = profile {
        // One that is too long for a JPEG is no profile of a picture.
        let _ = encoder.add_icc_profile(profile);
    }
    let colors = match raster.channels {
        1 => Coded::Luma,
        _ => Coded::Rgb,
    };
    let (width, height) = (
        raster.width.try_into().ok()?,
        raster.height.try_into().ok()?,
    );
    encoder
        .encode(&raster.samples, width, height, colors)
        .ok()?;
    Some(data)
}

/// How many colours a PNG may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shades {
    /// As many as there are.
    All,
    /// No more than a palette holds: the picture had one before, of so many colours.
    Palette(usize),
    /// Sixteen greys: it was of black and white alone, and its edges want no more.
    Sixteen,
}

/// A PNG; `None` only if it cannot be put together.
pub fn png(raster: &Raster, shades: Shades, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    if shades == Shades::Sixteen && matches!(raster.channels, 1 | 3) {
        // A palette of black and white is read as three colours, all alike.
        let levels = raster
            .samples
            .chunks_exact(raster.channels)
            .map(|pixel| ((u32::from(pixel[0]) * 15 + 127) / 255) as u8);
        let rows = packed(levels, raster.width, 4);
        return written(
            raster,
            ColorType::Grayscale,
            BitDepth::Four,
            None,
            &rows,
            profile,
        );
    }
    let few = palette(raster);
    let plain = match raster.channels {
        1 => ColorType::Grayscale,
        2 => ColorType::GrayscaleAlpha,
        3 => ColorType::Rgb,
        _ => ColorType::Rgba,
    };
    // A palette says grey in more bytes than grey does.
    match (few, plain, shades) {
        (Some(colors), ..) if plain != ColorType::Grayscale || colors.len() <= 16 => {
            let numbers = raster
                .samples
                .chunks_exact(raster.channels)
                .map(|pixel| colors[&color(pixel)]);
            let table: Vec<[u8; 4]> = colors.keys().copied().collect();
            indexed(raster, &table, numbers, profile)
        }
        (None, ColorType::Rgb | ColorType::Rgba, Shades::Palette(colors)) => {
            quantised(raster, colors, profile)
        }
        _ => written(
            raster,
            plain,
            BitDepth::Eight,
            None,
            &raster.samples,
            profile,
        ),
    }
}

/// How many colours a picture has; 256 for more.
pub fn colors(raster: &Raster) -> usize {
    palette(raster).map_or(256, |colors| colors.len())
}

/// Red, green, blue, opacity. What cannot be seen has no colour.
fn color(pixel: &[u8]) -> [u8; 4] {
    match *pixel {
        [_, 0] | [_, _, _, 0] => [0; 4],
        [grey] => [grey, grey, grey, 255],
        [grey, opacity] => [grey, grey, grey, opacity],
        [r, g, b] => [r, g, b, 255],
        [r, g, b, opacity] => [r, g, b, opacity],
        _ => [0; 4],
    }
}

/// All colours, numbered in their order; `None` if a palette does not hold them.
fn palette(raster: &Raster) -> Option<BTreeMap<[u8; 4], u8>> {
    let mut colors = BTreeMap::new();
    let mut last = None;
    for pixel in raster.samples.chunks_exact(raster.channels) {
        let color = color(pixel);
        if last != Some(color) {
            colors.insert(color, 0);
            last = Some(color);
            if colors.len() > 256 {
                return None;
            }
        }
    }
    for (number, place) in (0u8..=255).zip(colors.values_mut()) {
        *place = number;
    }
    Some(colors)
}

/// With the nearest of some colours that suit the picture. Where two of its old ones meet, it needs a few between them: eight
/// for each, and never fewer than the method finds.
fn quantised(raster: &Raster, old: usize, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let colors = (old * 8).clamp(64, 256);
    let pixels: Vec<u8> = raster
        .samples
        .chunks_exact(raster.channels)
        .flat_map(color)
        .collect();
    let found = NeuQuant::new(SAMPLING, colors, &pixels);
    let table: Vec<[u8; 4]> = found
        .color_map_rgba()
        .chunks_exact(4)
        .map(|c| [c[0], c[1], c[2], c[3]])
        .collect();
    let numbers = pixels
        .chunks_exact(4)
        .map(|pixel| found.index_of(pixel) as u8);
    indexed(raster, &table, numbers, profile)
}

fn indexed(
    raster: &Raster,
    table: &[[u8; 4]],
    numbers: impl Iterator<Item = u8>,
    profile: Option<&[u8]>,
) -> Option<Vec<u8>> {
    let (bits, depth) = match table.len() {
        0..=2 => (1, BitDepth::One),
        3..=4 => (2, BitDepth::Two),
        5..=16 => (4, BitDepth::Four),
        _ => (8, BitDepth::Eight),
    };
    let rows = packed(numbers, raster.width, bits);
    written(
        raster,
        ColorType::Indexed,
        depth,
        Some(table),
        &rows,
        profile,
    )
}

/// Numbers in so many bits each, every row from a whole byte on.
fn packed(numbers: impl Iterator<Item = u8>, width: usize, bits: usize) -> Vec<u8> {
    let mut rows = Vec::new();
    let (mut byte, mut used, mut column) = (0u8, 0, 0);
    for number in numbers {
        byte |= number << (8 - bits - used);
        used += bits;
        column += 1;
        if used == 8 || column == width {
            rows.push(byte);
            (byte, used) = (0, 0);
        }
        if column == width {
            column = 0;
        }
    }
    rows
}

fn written(
    raster: &Raster,
    color: ColorType,
    depth: BitDepth,
    table: Option<&[[u8; 4]]>,
    rows: &[u8],
    profile: Option<&[u8]>,
) -> Option<Vec<u8>> {
    let mut info = Info::with_size(raster.width as u32, raster.height as u32);
    (info.color_type, info.bit_depth) = (color, depth);
    info.icc_profile = profile.map(|profile| profile.to_vec().into());
    if let Some(table) = table {
        let colors = table.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]);
        info.palette = Some(colors.collect::<Vec<u8>>().into());
        if table.iter().any(|color| color[3] != 255) {
            let opacities = table.iter().map(|color| color[3]);
            info.trns = Some(opacities.collect::<Vec<u8>>().into());
        }
    }
    let mut data = Vec::new();
    let mut encoder = png::Encoder::with_info(&mut data, info).ok()?;
    encoder.set_compression(Compression::High);
    // Neighbours in a palette are no neighbours in colour.
    encoder.set_filter(match depth {
        BitDepth::Eight if table.is_none() => Filter::Adaptive,
        _ => Filter::NoFilter,
    });
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(rows).ok()?;
    writer.finish().ok()?;
    Some(data)
}
