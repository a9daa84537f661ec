//! Images that have to be decoded: pixels written anew, transparency as a mask beside them.

use image::DynamicImage;
use printpdf::{DictItem, ExternalStream};

use crate::pdf::syntax::deflate;
use crate::typeset::pages::{ImageFile, ImageKind};

use super::png::predictor;
use super::{Prepared, name, pixels, upright};

/// Decodes a file; of an animation, its first picture.
pub fn decode(file: &ImageFile) -> Option<Prepared> {
    let format = match file.kind {
        ImageKind::Png => image::ImageFormat::Png,
        ImageKind::Jpeg => image::ImageFormat::Jpeg,
        ImageKind::Gif => image::ImageFormat::Gif,
        ImageKind::WebP => image::ImageFormat::WebP,
        ImageKind::Svg => return None,
    };
    let image = image::load_from_memory_with_format(&file.data, format).ok()?;
    let (width, height) = (image.width(), image.height());
    if width == 0 || height == 0 {
        return None;
    }
    let plane = Plane { width, height };
    Some(match image {
        DynamicImage::ImageLuma8(p) => plane.object(&p, 1, 1, false),
        DynamicImage::ImageLumaA8(p) => plane.object(&p, 2, 1, true),
        DynamicImage::ImageRgb8(p) => plane.object(&p, 3, 1, false),
        DynamicImage::ImageRgba8(p) => plane.object(&p, 4, 1, true),
        DynamicImage::ImageLuma16(p) => plane.object(&wide(&p), 1, 2, false),
        DynamicImage::ImageLumaA16(p) => plane.object(&wide(&p), 2, 2, true),
        DynamicImage::ImageRgb16(p) => plane.object(&wide(&p), 3, 2, false),
        DynamicImage::ImageRgba16(p) => plane.object(&wide(&p), 4, 2, true),
        other => plane.object(&other.to_rgba8(), 4, 1, true),
    })
}

/// Numbers of 16 bits as PDF has them.
fn wide(samples: &[u16]) -> Vec<u8> {
    samples.iter().flat_map(|s| s.to_be_bytes()).collect()
}

struct Plane {
    width: u32,
    height: u32,
}

impl Plane {
    /// An object from samples side by side, the last of each pixel its opacity if `alpha`.
    fn object(&self, samples: &[u8], channels: usize, bytes: usize, alpha: bool) -> Prepared {
        if !alpha {
            let (entries, data) = self.stream(samples, channels as u8, bytes);
            return upright(entries, data);
        }
        let (stride, colors) = (channels * bytes, (channels - 1) * bytes);
        let count = self.width as usize * self.height as usize;
        let mut solid = Vec::with_capacity(count * colors);
        let mut mask = Vec::with_capacity(count * bytes);
        for pixel in samples.chunks_exact(stride) {
            let (color, opacity) = pixel.split_at(colors);
            solid.extend_from_slice(color);
            mask.extend_from_slice(opacity);
        }
        let (mut entries, data) = self.stream(&solid, (channels - 1) as u8, bytes);
        if mask.iter().any(|&opacity| opacity != 0xff) {
            let (dict, content) = self.stream(&mask, 1, bytes);
            let stream = ExternalStream {
                dict,
                content,
                compress: false,
            };
            entries.insert("SMask".to_owned(), DictItem::Stream { stream });
        }
        upright(entries, data)
    }

    fn stream(
        &self,
        samples: &[u8],
        channels: u8,
        bytes: usize,
    ) -> (std::collections::BTreeMap<String, DictItem>, Vec<u8>) {
        let pixel = usize::from(channels) * bytes;
        let rows = filtered(samples, self.width as usize * pixel, pixel);
        let colors = name(if channels == 1 {
            "DeviceGray"
        } else {
            "DeviceRGB"
        });
        let bits = bytes as u8 * 8;
        let mut entries = pixels(self.width, self.height, bits, colors, "FlateDecode");
        entries.insert(
            "DecodeParms".to_owned(),
            predictor(self.width, channels, bits),
        );
        (entries, deflate(&rows))
    }
}

/// Rows with PNG's filters: for each the one that leaves the smallest numbers, which deflate best.
fn filtered(samples: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(samples.len() + samples.len() / row.max(1) + 1);
    let blank = vec![0; row];
    let mut above = blank.as_slice();
    let mut tries: [Vec<u8>; 4] = std::array::from_fn(|_| Vec::with_capacity(row));
    for line in samples.chunks_exact(row.max(1)) {
        for (filter, tried) in tries.iter_mut().enumerate() {
            tried.clear();
            tried.extend((0..row).map(|at| {
                let left = if at >= pixel { line[at - pixel] } else { 0 };
                let corner = if at >= pixel { above[at - pixel] } else { 0 };
                line[at].wrapping_sub(match filter {
                    0 => 0,
                    1 => left,
                    2 => above[at],
                    _ => paeth(left, above[at], corner),
                })
            }));
        }
        let weight = |tried: &Vec<u8>| -> u64 {
            tried
                .iter()
                .map(|&b| u64::from((b as i8).unsigned_abs()))
                .sum()
        };
        let best = (0..4).min_by_key(|&f| weight(&tries[f])).unwrap_or(0);
        // PNG's fourth filter is Paeth's; its third, the mean, is hardly ever best.
        out.push([0, 1, 2, 4][best]);
        out.extend_from_slice(&tries[best]);
        above = line;
    }
    out
}

/// The one of the three neighbours that is nearest to left + above − corner.
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let (to_a, to_b, to_c) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        above
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_rows_become_zeros() {
        let samples = [9, 9, 9, 9, 9, 9];
        // Sub leaves one number of the first row, Up none of the second.
        assert_eq!(filtered(&samples, 3, 1), [1, 9, 0, 0, 2, 0, 0, 0]);
    }

    #[test]
    fn opaque_pictures_have_no_mask() {
        let plane = Plane {
            width: 1,
            height: 2,
        };
        for (opacity, masked) in [(255, false), (7, true)] {
            let prepared = plane.object(&[1, 2, 3, 255, 4, 5, 6, opacity], 4, 1, true);
            let super::super::Picture::Object(object) = prepared.object else {
                panic!("pixels are no drawing");
            };
            assert_eq!(object.stream.dict.contains_key("SMask"), masked);
        }
    }
}
