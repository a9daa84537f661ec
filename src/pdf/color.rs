//! Colours as a device has them.
//!
//! In: colours of sRGB, what the file is made for. Out: operators ([`Palette`]) and pixels ([`Conversion`]). What has no hue
//! stays in one ink everywhere, so that a black book prints on the black plate alone. In a job of black alone the rest
//! becomes grey by its light; in one of four inks it goes through the press's colour profile.

pub mod conversion;
mod ink;
mod light;

use crate::profile::ColorSpace;
use crate::theme::Color;

use super::syntax::write_milli;

pub use crate::picture::{Meaning, Origin};
pub use conversion::{Conversion, Converter};

/// What single colours become.
pub struct Palette {
    space: ColorSpace,
    converter: Option<Converter>,
}

/// A colour of a device, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Light: 0 is black.
    Grey(i64),
    /// Red, green, blue.
    Rgb([i64; 3]),
    /// Cyan, magenta, yellow, black: 0 is bare paper.
    Inks([i64; 4]),
}

impl Palette {
    /// For a device.
    pub fn new(space: ColorSpace, conversion: &Conversion) -> Palette {
        Palette {
            space,
            converter: conversion.converter(&Origin::Srgb),
        }
    }

    /// The device's colours.
    pub fn space(&self) -> ColorSpace {
        self.space
    }

    /// A colour on this device.
    pub fn paint(&self, color: Color) -> Paint {
        let rgb = [color.r, color.g, color.b];
        let mut samples = Vec::with_capacity(4);
        match &self.converter {
            Some(converter) if !color.is_grey() => converter.run(&rgb, &mut samples),
            _ => samples.extend(rgb),
        }
        match (self.space, samples.as_slice()) {
            // Black and greys of a press that has black are not mixed.
            (ColorSpace::Cmyk, [grey, _, _]) => Paint::Inks([0, 0, 0, 1000 - thousandths(*grey)]),
            // Whole percents: nobody sees or mixes finer. What is over is dropped, so that the limit holds.
            (ColorSpace::Cmyk, &[c, m, y, k]) => {
                Paint::Inks([c, m, y, k].map(|ink| i64::from(ink) * 100 / 255 * 10))
            }
            (ColorSpace::Rgb, _) if !color.is_grey() => Paint::Rgb(rgb.map(thousandths)),
            (_, samples) => Paint::Grey(thousandths(samples.first().copied().unwrap_or(0))),
        }
    }
}

impl Paint {
    /// Its numbers, in thousandths.
    pub fn numbers(&self) -> &[i64] {
        match self {
            Paint::Grey(grey) => std::slice::from_ref(grey),
            Paint::Rgb(rgb) => rgb,
            Paint::Inks(inks) => inks,
        }
    }

    /// The operator that sets it for areas, and for lines.
    pub fn operator(&self, lines: bool) -> &'static str {
        match (self, lines) {
            (Paint::Grey(_), false) => "g",
            (Paint::Grey(_), true) => "G",
            (Paint::Rgb(_), false) => "rg",
            (Paint::Rgb(_), true) => "RG",
            (Paint::Inks(_), false) => "k",
            (Paint::Inks(_), true) => "K",
        }
    }

    /// Writes the operator that sets the colour of areas.
    pub fn write(&self, out: &mut Vec<u8>) {
        for value in self.numbers() {
            write_milli(out, *value);
            out.push(b' ');
        }
        out.extend_from_slice(self.operator(false).as_bytes());
        out.push(b'\n');
    }
}

/// From 0…255 to thousandths.
fn thousandths(value: u8) -> i64 {
    (i64::from(value) * 1000 + 127) / 255
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    fn palette(color: ColorSpace, ink_limit: Option<u16>) -> Palette {
        let mut spec = Profile::screen().file;
        (spec.color, spec.ink_limit) = (color, ink_limit);
        Palette::new(color, &Conversion::new(&spec))
    }

    fn written(color: ColorSpace, colors: &[Color]) -> String {
        let (palette, mut out) = (palette(color, None), Vec::new());
        for color in colors {
            palette.paint(*color).write(&mut out);
        }
        String::from_utf8(out).unwrap()
    }

    fn rgb([r, g, b]: [u8; 3]) -> Color {
        Color { r, g, b }
    }

    #[test]
    fn what_has_no_hue_stays_in_one_ink() {
        let colors = [Color::BLACK, Color::WHITE];
        assert_eq!(written(ColorSpace::Rgb, &colors), "0 g\n1 g\n");
        assert_eq!(written(ColorSpace::Grey, &colors), "0 g\n1 g\n");
        assert_eq!(written(ColorSpace::Cmyk, &colors), "0 0 0 1 k\n0 0 0 0 k\n");
    }

    #[test]
    fn hues_become_what_the_device_has() {
        let red = [rgb([255, 0, 51])];
        assert_eq!(written(ColorSpace::Rgb, &red), "1 0 .2 rg\n");
        // As light as that red: sRGB 128, by hand from 0.2126 × 1 + 0.0722 × 0.0331 of the light.
        assert_eq!(written(ColorSpace::Grey, &red), ".502 g\n");
        let palette = palette(ColorSpace::Cmyk, None);
        // What littleCMS makes of these by the profile of coated paper, give or take two percent.
        for (color, wanted) in [
            ([255, 0, 0], [0, 950, 920, 0]),
            ([0, 0, 255], [980, 670, 40, 50]),
            ([250, 240, 200], [30, 50, 280, 0]),
            ([20, 90, 60], [890, 400, 820, 330]),
        ] {
            let paint = palette.paint(rgb(color));
            let inks = paint.numbers().iter().zip(wanted);
            let near = inks.clone().all(|(ink, wanted)| (ink - wanted).abs() <= 20);
            assert!(near, "{color:?}: {paint:?}, not {wanted:?}");
        }
    }

    #[test]
    fn no_colour_takes_more_ink_than_the_limit() {
        let palette = palette(ColorSpace::Cmyk, Some(240));
        for color in [[20, 30, 10], [60, 10, 20], [10, 10, 90]] {
            let paint = palette.paint(rgb(color));
            let sum: i64 = paint.numbers().iter().sum();
            assert!(sum <= 2400, "{paint:?}");
        }
    }
}
