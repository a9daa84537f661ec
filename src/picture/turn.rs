//! Photographs turned upright.

use super::Raster;

/// Turns a picture as EXIF's orientation says, 1 to 8; anything else leaves it.
pub fn upright(raster: Raster, orientation: u8) -> Raster {
    if !(2..=8).contains(&orientation) {
        return raster;
    }
    let (w, h, channels) = (raster.width, raster.height, raster.channels);
    let (width, height) = if orientation >= 5 { (h, w) } else { (w, h) };
    let mut samples = Vec::with_capacity(raster.samples.len());
    for y in 0..height {
        for x in 0..width {
            // Which stored pixel is seen here (EXIF 2.32, 4.6.4, tag 0x0112).
            let (column, row) = match orientation {
                2 => (w - 1 - x, y),
                3 => (w - 1 - x, h - 1 - y),
                4 => (x, h - 1 - y),
                5 => (y, x),
                6 => (y, h - 1 - x),
                7 => (w - 1 - y, h - 1 - x),
                _ => (w - 1 - y, x),
            };
            let at = (row * w + column) * channels;
            samples.extend_from_slice(&raster.samples[at..at + channels]);
        }
    }
    Raster {
        width,
        height,
        channels,
        samples,
    }
}
