//! A page as a picture.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::picture::{Raster, Shades, png};

/// How wide a picture is, and how high at most; in pixels. So a page beside another fills half of a usual screen, sharp.
const WIDTH: f32 = 720.0;
const HEIGHT: f32 = 1600.0;

/// How many colours it has where it is not of greys alone.
const COLORS: usize = 64;

/// A PNG; `None` if the page cannot be drawn.
pub fn picture<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>) -> Option<Vec<u8>> {
    let (width, height) = page.render_dimensions();
    let scale = (WIDTH / width.max(1.0)).min(HEIGHT / height.max(1.0));
    let drawn = catch_unwind(AssertUnwindSafe(|| {
        let settings = RenderSettings {
            // Fitting letters to pixels would show another page than the one that is printed.
            hinting: false,
            ..RenderSettings::default()
        };
        let pixels = PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
        };
        render(
            page,
            cache,
            &InterpreterSettings::default(),
            &settings,
            &pixels,
        )
    }));
    let pixels = drawn.ok()?;
    let (width, height) = (usize::from(pixels.width()), usize::from(pixels.height()));
    let samples = pixels.data_as_u8_slice();
    // Letters in grey differ by nothing else than rounding.
    let is_grey = |pixel: &[u8]| pixel[0].abs_diff(pixel[1]) < 3 && pixel[1].abs_diff(pixel[2]) < 3;
    let grey = samples.chunks_exact(4).all(is_grey);
    let channels = if grey { 1 } else { 3 };
    let kept = samples.chunks_exact(4).flat_map(|pixel| &pixel[..channels]);
    let raster = Raster {
        width,
        height,
        channels,
        samples: kept.copied().collect(),
    };
    let shades = match grey {
        true => Shades::Sixteen,
        false => Shades::Palette(COLORS),
    };
    png(&raster, shades, None)
}
