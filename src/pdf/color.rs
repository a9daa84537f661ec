//! Colours as operators: `g` where there is no hue, so that a black book prints on the black plate alone, else `rg`.

pub mod conversion;
mod ink;
mod light;
mod meaning;

use crate::theme::Color;

use super::syntax::write_milli;

pub use conversion::{Conversion, Converter};
pub use meaning::{Meaning, Origin};

/// Writes the operator that sets the colour of what follows.
pub fn write_fill(out: &mut Vec<u8>, color: Color) {
    if color.is_grey() {
        write_milli(out, component(color.r));
        out.extend_from_slice(b" g\n");
    } else {
        for value in [color.r, color.g, color.b] {
            write_milli(out, component(value));
            out.push(b' ');
        }
        out.extend_from_slice(b"rg\n");
    }
}

/// From 0…255 to thousandths.
fn component(value: u8) -> i64 {
    (i64::from(value) * 1000 + 127) / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_stays_on_one_plate() {
        let mut out = Vec::new();
        write_fill(&mut out, Color::BLACK);
        write_fill(&mut out, Color::WHITE);
        write_fill(
            &mut out,
            Color {
                r: 255,
                g: 0,
                b: 51,
            },
        );
        assert_eq!(out, b"0 g\n1 g\n1 0 .2 rg\n");
    }
}
