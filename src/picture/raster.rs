//! Pixels in memory.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// The most memory that a decoder may take. The reader of files lets no picture of more pixels pass than fit.
const MOST_MEMORY: u64 = 2 << 30;

/// Decodes a file of a kind; of an animation, its first picture. With the colour profile that it holds; `None` if it cannot
/// be read.
pub fn open(data: &[u8], format: ImageFormat) -> Option<(DynamicImage, Option<Vec<u8>>)> {
    let mut reader = ImageReader::with_format(Cursor::new(data), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).ok()?;
    (image.width() > 0 && image.height() > 0).then_some((image, profile))
}

/// Whether any pixel of a file lets something show through. Many files say that they could, and do not.
pub fn shows_through(data: &[u8], format: ImageFormat) -> bool {
    open(data, format).is_some_and(|(image, _)| Raster::of(image).see_through())
}

/// Pixels of eight bits a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Samples a pixel: 1 grey, 2 grey and opacity, 3 red, green and blue, 4 these and opacity.
    pub channels: usize,
    /// Side by side, row by row.
    pub samples: Vec<u8>,
}

impl Raster {
    /// Of a decoded file.
    pub fn of(image: DynamicImage) -> Raster {
        let (width, height) = (image.width() as usize, image.height() as usize);
        let (channels, samples) = match image.color() {
            color if !color.has_color() && color.has_alpha() => {
                (2, image.into_luma_alpha8().into_raw())
            }
            color if !color.has_color() => (1, image.into_luma8().into_raw()),
            color if color.has_alpha() => (4, image.into_rgba8().into_raw()),
            _ => (3, image.into_rgb8().into_raw()),
        };
        Raster {
            width,
            height,
            channels,
            samples,
        }
    }

    /// Whether its last channel is opacity.
    pub fn has_opacity(&self) -> bool {
        matches!(self.channels, 2 | 4)
    }

    /// Whether any pixel lets something show through.
    pub fn see_through(&self) -> bool {
        self.has_opacity()
            && self
                .samples
                .chunks_exact(self.channels)
                .any(|pixel| pixel.last() != Some(&255))
    }

    /// Without opacity: on a ground of red, green and blue. As painting programs mix it, in the samples' own scale, for so
    /// the edges were drawn.
    pub fn on(self, ground: [u8; 3]) -> Raster {
        if !self.has_opacity() {
            return self;
        }
        let hueless = ground[0] == ground[1] && ground[1] == ground[2];
        let source = self.channels - 1;
        // A grey picture stays grey unless its ground has a hue.
        let channels = if source == 1 && hueless { 1 } else { 3 };
        let mix = |over: u8, under: u8, opacity: u8| {
            let opacity = u32::from(opacity);
            let sum = u32::from(over) * opacity + u32::from(under) * (255 - opacity);
            ((sum + 127) / 255) as u8
        };
        let mut samples = Vec::with_capacity(self.width * self.height * channels);
        for pixel in self.samples.chunks_exact(self.channels) {
            for (channel, under) in ground.iter().enumerate().take(channels) {
                samples.push(mix(pixel[channel.min(source - 1)], *under, pixel[source]));
            }
        }
        Raster {
            channels,
            samples,
            ..self
        }
    }

    /// Without an opacity that says nothing.
    pub fn trimmed(self) -> Raster {
        if self.see_through() {
            self
        } else {
            self.on([255; 3])
        }
    }
}
