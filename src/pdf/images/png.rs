//! PNG files: those whose pixels can be taken over compressed as they are, for PDF knows PNG's own row filters; and what all
//! of them say of their colours.

use std::io::Read;
use std::sync::Arc;

use flate2::read::ZlibDecoder;
use moxcms::{Chromaticity, ColorPrimaries, ColorProfile, ToneReprCurve, XyY};
use printpdf::DictItem;

use crate::pdf::color::{Meaning, Origin};

use super::raster::device_colors;
use super::{Colors, Device, Prepared, dict, int, name, pixels, upright};

/// What stands before and between the pixels.
#[derive(Debug, Default)]
pub struct Chunks<'a> {
    width: u32,
    height: u32,
    bits: u8,
    color: u8,
    interlaced: bool,
    palette: &'a [u8],
    see_through: bool,
    srgb: bool,
    /// Of 100 000, as the file has it: of the curve from light to samples.
    gamma: Option<u32>,
    /// White, red, green and blue, each x and y, of 100 000.
    primaries: Option<[u32; 8]>,
    profile: Option<Vec<u8>>,
    packed: Vec<&'a [u8]>,
}

/// No colour profile that a file may hold is larger when it is unpacked.
const MOST_PROFILE: u64 = 8 << 20;

/// Reads a file's chunks; `None` if it is no PNG.
pub fn chunks(data: &[u8]) -> Option<Chunks<'_>> {
    let mut rest = data.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let mut chunks = Chunks::default();
    while rest.len() >= 12 {
        let len = u32::from_be_bytes(rest[..4].try_into().ok()?) as usize;
        let kind = &rest[4..8];
        let body = rest.get(8..8usize.checked_add(len)?)?;
        match kind {
            b"IHDR" => {
                let [w3, w2, w1, w0, h3, h2, h1, h0, bits, color, 0, 0, lace] = *body else {
                    return None;
                };
                chunks.width = u32::from_be_bytes([w3, w2, w1, w0]);
                chunks.height = u32::from_be_bytes([h3, h2, h1, h0]);
                (chunks.bits, chunks.color, chunks.interlaced) = (bits, color, lace != 0);
            }
            b"PLTE" => chunks.palette = body,
            b"tRNS" => chunks.see_through = true,
            b"sRGB" => chunks.srgb = true,
            b"gAMA" => chunks.gamma = body.try_into().ok().map(u32::from_be_bytes),
            b"cHRM" if body.len() == 32 => {
                let mut values = [0; 8];
                for (value, bytes) in values.iter_mut().zip(body.chunks_exact(4)) {
                    *value = u32::from_be_bytes(bytes.try_into().ok()?);
                }
                chunks.primaries = Some(values);
            }
            b"iCCP" => chunks.profile = unpacked(body),
            b"IDAT" => chunks.packed.push(body),
            b"IEND" => break,
            _ => {}
        }
        rest = rest.get(len + 12..)?;
    }
    (chunks.width > 0 && chunks.height > 0).then_some(chunks)
}

/// A profile's bytes: behind its name and the number of its compression.
fn unpacked(body: &[u8]) -> Option<Vec<u8>> {
    let name = body.iter().position(|&byte| byte == 0)?;
    let packed = body.get(name + 2..)?;
    let mut profile = Vec::new();
    let mut reader = ZlibDecoder::new(packed).take(MOST_PROFILE);
    reader.read_to_end(&mut profile).ok()?;
    Some(profile)
}

impl Chunks<'_> {
    /// Colours a pixel: grey has one, a palette three.
    fn channels(&self) -> usize {
        if matches!(self.color, 0 | 4) { 1 } else { 3 }
    }

    /// What the samples mean, in the order of PNG's third edition (section 13.14): a profile, sRGB, a gamma.
    pub fn colors(&self) -> Colors {
        let channels = self.channels();
        if let Some(bytes) = &self.profile
            && let Some(colors) = Colors::profiled(bytes, channels)
        {
            return colors;
        }
        let made = match (self.srgb, self.gamma) {
            (false, Some(gamma)) => self.calibrated(gamma),
            _ => None,
        };
        match made.filter(|meaning| !meaning.is_srgb()) {
            Some(meaning) => Colors {
                origin: Origin::Profiled(Arc::new(meaning)),
                profile: None,
            },
            None => Colors::plain(channels),
        }
    }

    /// A profile from a gamma, and from primaries where there are any.
    fn calibrated(&self, gamma: u32) -> Option<Meaning> {
        // Outside of these, the file is wrong: screens have 2.2, cameras 1.
        let exponent = (20_000..=200_000)
            .contains(&gamma)
            .then(|| 100_000.0 / gamma as f32)?;
        let grey = ColorProfile::new_gray_with_gamma(exponent);
        if self.channels() == 1 {
            return Meaning::of(grey);
        }
        let curve: Option<ToneReprCurve> = grey.gray_trc;
        let mut profile = ColorProfile::new_srgb();
        profile.cicp = None;
        if let Some([wx, wy, rx, ry, gx, gy, bx, by]) = self.primaries {
            let at = |x: u32, y: u32| Chromaticity::new(x as f32 / 1e5, y as f32 / 1e5);
            let white = XyY::new(f64::from(wx) / 1e5, f64::from(wy) / 1e5, 1.0);
            let primaries = ColorPrimaries {
                red: at(rx, ry),
                green: at(gx, gy),
                blue: at(bx, by),
            };
            profile.update_rgb_colorimetry(white, primaries);
        }
        profile.red_trc = curve.clone();
        profile.green_trc = curve.clone();
        profile.blue_trc = curve;
        Meaning::of(profile)
    }
}

/// An image object of the file's own compressed pixels; `None` if they have to be decoded: where something shows through,
/// where rows are interlaced, or where colours change that no palette holds.
pub fn keep(chunks: &Chunks<'_>, colors: &Colors, device: &Device<'_>) -> Option<Prepared> {
    let &Chunks {
        width,
        height,
        bits,
        color,
        palette,
        ..
    } = chunks;
    if chunks.packed.is_empty()
        || chunks.interlaced
        || chunks.see_through
        || !matches!(bits, 1 | 2 | 4 | 8 | 16)
        || (bits == 16 && !device.deep)
    {
        return None;
    }
    let converter = device.conversion.converter(&colors.origin);
    let managed = device.managed(colors);
    let (components, space) = match color {
        0 if converter.is_none() => (1, name("DeviceGray")),
        2 if bits >= 8 && converter.is_none() => (3, name("DeviceRGB")),
        0 => (1, managed?),
        2 if bits >= 8 => (3, managed?),
        3 if bits <= 8 && palette.len() >= 3 => {
            let count = (palette.len() / 3).min(256);
            let palette = &palette[..count * 3];
            let (base, table) = match (managed, &converter) {
                (Some(base), _) => (base, palette.to_vec()),
                (None, None) => (name("DeviceRGB"), palette.to_vec()),
                (None, Some(converter)) => {
                    let mut table = Vec::new();
                    converter.run(palette, &mut table);
                    (name(device_colors(converter.channels())), table)
                }
            };
            let table = DictItem::String {
                data: table,
                literal: true,
            };
            let last = int(count as i64 - 1);
            (1, DictItem::Array(vec![name("Indexed"), base, last, table]))
        }
        _ => return None,
    };
    let mut entries = pixels(width, height, bits, space, "FlateDecode");
    entries.insert("DecodeParms".to_owned(), predictor(width, components, bits));
    Some(upright(entries, chunks.packed.concat()))
}

/// Says that the rows are filtered as PNG has it.
pub fn predictor(width: u32, components: u8, bits: u8) -> DictItem {
    DictItem::Dict {
        map: dict([
            ("Predictor", int(15)),
            ("Colors", int(components)),
            ("BitsPerComponent", int(bits)),
            ("Columns", int(width)),
        ]),
    }
}
