//! Pixels: from files by their decoders, through the colours of the device, into PDF's streams.
//!
//! In: a file, or its pixels. Out: an image object. Steps: decode; take the opacity apart, or lay the picture on white where
//! nothing may show through; convert, filter and compress strip by strip, so that beside the decoded picture only a strip
//! is in memory. What came as a JPEG and has to change its colours becomes one again: a photograph's rows do not deflate.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::DynamicImage;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use printpdf::{DictItem, ExternalStream};

use crate::pdf::color::{Converter, Origin};
use crate::typeset::pages::{ImageFile, ImageKind};

use super::rows::Rows;
use super::{Device, Prepared, name, pixels, upright};

/// A strip's samples, in bytes, about.
const STRIP: usize = 1 << 16;

/// How well a converted photograph is kept, of 100: at 95 and with whole chroma a second coding moves samples by one or two
/// steps of 255.
const QUALITY: u8 = 95;

/// How far a second coding may move the inks of a place, all four together, in 255ths of one. A trial picture of dark shades
/// with hard edges stays within it (a test codes it).
const ROOM: u32 = 16;

/// Decoded pixels.
pub struct Pixels {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Bytes a sample: one, or two with the higher first.
    pub bytes: usize,
    /// What the samples mean.
    pub origin: Origin,
    /// Side by side, row by row, without the opacity.
    pub samples: Vec<u8>,
    /// Opacities; none where all is opaque.
    pub opacity: Option<Vec<u8>>,
}

/// Decodes a file of which no more is known than its kind; of an animation, its first picture.
pub fn decode(file: &ImageFile, colors: &dyn Fn(usize) -> Origin) -> Option<Pixels> {
    let format = match file.kind {
        ImageKind::Png => image::ImageFormat::Png,
        ImageKind::Jpeg => image::ImageFormat::Jpeg,
        ImageKind::Gif => image::ImageFormat::Gif,
        ImageKind::WebP => image::ImageFormat::WebP,
        ImageKind::Svg => return None,
    };
    let (image, _) = crate::picture::open(&file.data, format)?;
    let (width, height) = (image.width(), image.height());
    let (samples, channels, bytes) = match image {
        DynamicImage::ImageLuma8(p) => (p.into_raw(), 1, 1),
        DynamicImage::ImageLumaA8(p) => (p.into_raw(), 2, 1),
        DynamicImage::ImageRgb8(p) => (p.into_raw(), 3, 1),
        DynamicImage::ImageRgba8(p) => (p.into_raw(), 4, 1),
        DynamicImage::ImageLuma16(p) => (wide(&p), 1, 2),
        DynamicImage::ImageLumaA16(p) => (wide(&p), 2, 2),
        DynamicImage::ImageRgb16(p) => (wide(&p), 3, 2),
        DynamicImage::ImageRgba16(p) => (wide(&p), 4, 2),
        other => (other.into_rgba8().into_raw(), 4, 1),
    };
    let (samples, opacity) = match channels {
        2 | 4 => parted(samples, channels, bytes),
        _ => (samples, None),
    };
    Some(Pixels {
        width,
        height,
        bytes,
        origin: colors(if channels > 2 { 3 } else { 1 }),
        samples,
        opacity,
    })
}

/// Numbers of 16 bits as PDF has them.
fn wide(samples: &[u16]) -> Vec<u8> {
    samples.iter().flat_map(|s| s.to_be_bytes()).collect()
}

/// Takes the last sample of each pixel away from the others; drops it where it says nothing.
fn parted(mut samples: Vec<u8>, channels: usize, bytes: usize) -> (Vec<u8>, Option<Vec<u8>>) {
    let (stride, colors) = (channels * bytes, (channels - 1) * bytes);
    let mut opacity = Vec::with_capacity(samples.len() / channels);
    let count = samples.len() / stride;
    for pixel in 0..count {
        let from = pixel * stride;
        opacity.extend_from_slice(&samples[from + colors..from + stride]);
        samples.copy_within(from..from + colors, pixel * colors);
    }
    samples.truncate(count * colors);
    let opaque = opacity.iter().all(|&sample| sample == 0xff);
    (samples, (!opaque).then_some(opacity))
}

impl Pixels {
    /// The pixels as an object in the device's colours.
    pub fn object(mut self, device: &Device<'_>, photograph: bool) -> Option<Prepared> {
        if !device.deep {
            self.shallow();
        }
        if !device.spec.transparency {
            self.flatten();
        }
        // A picture without colour needs one ink only, whatever its file says.
        if matches!(self.origin, Origin::Srgb) && self.colorless() {
            let step = 3 * self.bytes;
            let bytes = self.bytes;
            self.samples = self
                .samples
                .chunks_exact(step)
                .flat_map(|pixel| pixel[..bytes].iter().copied())
                .collect();
            self.origin = Origin::Grey;
        }
        let converter = device.conversion.converter(&self.origin);
        let converter = match photograph {
            true => converter.map(|converter| converter.with_room(ROOM)),
            false => converter,
        };
        if converter.is_some() {
            self.shallow();
        }
        let opacity = self.opacity.take();
        let channels = match &converter {
            Some(converter) => converter.channels(),
            None => self.origin.channels(),
        };
        let (mut entries, data) = if photograph {
            self.photograph(converter.as_ref(), channels)?
        } else {
            self.deflated(converter.as_ref(), channels)
        };
        if let Some(samples) = opacity {
            let mask = Pixels {
                origin: Origin::Grey,
                samples,
                ..self
            };
            let (dict, content) = mask.deflated(None, 1);
            let stream = ExternalStream {
                dict,
                content,
                compress: false,
            };
            entries.insert("SMask".to_owned(), DictItem::Stream { stream });
        }
        Some(upright(entries, data))
    }

    /// Makes samples of two bytes ones of one.
    fn shallow(&mut self) {
        if self.bytes == 1 {
            return;
        }
        for samples in [Some(&mut self.samples), self.opacity.as_mut()]
            .into_iter()
            .flatten()
        {
            let narrow = samples.chunks_exact(2).map(|pair| {
                let wide = u32::from(u16::from_be_bytes([pair[0], pair[1]]));
                ((wide * 255 + 32_767) / 65_535) as u8
            });
            *samples = narrow.collect();
        }
        self.bytes = 1;
    }

    /// Lays the picture on white paper.
    fn flatten(&mut self) {
        let Some(opacity) = self.opacity.as_ref() else {
            return;
        };
        if self.bytes != 1 {
            self.shallow();
            return self.flatten();
        }
        // White is no ink where samples are inks, all light elsewhere.
        let white = match self.origin.channels() {
            4 => 0u32,
            _ => 255,
        };
        let channels = self.origin.channels();
        for (pixel, &opacity) in self.samples.chunks_exact_mut(channels).zip(opacity) {
            let opacity = u32::from(opacity);
            for sample in pixel {
                let mixed = u32::from(*sample) * opacity + white * (255 - opacity);
                *sample = ((mixed + 127) / 255) as u8;
            }
        }
        self.opacity = None;
    }

    /// Whether red, green and blue are the same everywhere.
    fn colorless(&self) -> bool {
        let bytes = self.bytes;
        self.samples.chunks_exact(3 * bytes).all(|pixel| {
            pixel[..bytes] == pixel[bytes..2 * bytes] && pixel[..bytes] == pixel[2 * bytes..]
        })
    }

    /// The rows as they are to be, strip by strip.
    fn strips(&self, converter: Option<&Converter>, mut take: impl FnMut(&[u8])) {
        let row = self.width as usize * self.origin.channels() * self.bytes;
        let rows = (STRIP / row.max(1)).max(1);
        let mut strip = Vec::new();
        for samples in self.samples.chunks(row.max(1) * rows) {
            match converter {
                Some(converter) => {
                    strip.clear();
                    converter.run(samples, &mut strip);
                    take(&strip);
                }
                None => take(samples),
            }
        }
    }

    fn deflated(
        &self,
        converter: Option<&Converter>,
        channels: usize,
    ) -> (super::Entries, Vec<u8>) {
        let pixel = channels * self.bytes;
        let mut rows = Rows::new(self.width as usize * pixel, pixel);
        let mut out = ZlibEncoder::new(Vec::new(), Compression::new(6));
        let mut filtered = Vec::new();
        self.strips(converter, |strip| {
            filtered.clear();
            rows.filter(strip, &mut filtered);
            // Writing to memory does not fail.
            let _ = out.write_all(&filtered);
        });
        let bits = self.bytes as u8 * 8;
        let mut entries = pixels(
            self.width,
            self.height,
            bits,
            name(device_colors(channels)),
            "FlateDecode",
        );
        let predictor = super::png::predictor(self.width, channels as u8, bits);
        entries.insert("DecodeParms".to_owned(), predictor);
        (entries, out.finish().unwrap_or_default())
    }

    fn photograph(
        &self,
        converter: Option<&Converter>,
        channels: usize,
    ) -> Option<(super::Entries, Vec<u8>)> {
        let mut samples = Vec::with_capacity(self.width as usize * self.height as usize * channels);
        self.strips(converter, |strip| samples.extend_from_slice(strip));
        let colors = match channels {
            1 => ColorType::Luma,
            3 => ColorType::Rgb,
            _ => ColorType::Cmyk,
        };
        let mut data = Vec::new();
        let mut encoder = Encoder::new(&mut data, QUALITY);
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
        encoder.set_optimized_huffman_tables(true);
        let (width, height) = (self.width.try_into().ok()?, self.height.try_into().ok()?);
        encoder.encode(&samples, width, height, colors).ok()?;
        let colors = name(device_colors(channels));
        let mut entries = pixels(self.width, self.height, 8, colors, "DCTDecode");
        if channels == 4 {
            // The encoder writes Adobe's marker, and with it inks upside down.
            entries.insert("Decode".to_owned(), super::inverted());
        }
        Some((entries, data))
    }
}

/// The device's colours with so many samples.
pub fn device_colors(channels: usize) -> &'static str {
    match channels {
        1 => "DeviceGray",
        4 => "DeviceCMYK",
        _ => "DeviceRGB",
    }
}
