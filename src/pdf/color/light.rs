//! The light that colours give, as grey.

use std::sync::OnceLock;

/// The grey of sRGB's curve that gives as much light as a colour (luminance by the primaries of ITU-R BT.709).
pub fn light([r, g, b]: [u8; 3]) -> u8 {
    let (linear, curve) = tables();
    let of = |sample: u8| u32::from(linear[usize::from(sample)]);
    // 2126, 7152 and 722 of 10 000, as parts of 65 536.
    let sum = (of(r) * 13_933 + of(g) * 46_871 + of(b) * 4_732) >> 16;
    // The nearest grey: between two, the one whose light is nearer.
    let above = curve.partition_point(|&edge| u32::from(edge) <= sum);
    above.min(255) as u8
}

/// By sample: its light, of 65 535; and where the next grey begins.
fn tables() -> &'static ([u16; 256], [u16; 255]) {
    static TABLES: OnceLock<([u16; 256], [u16; 255])> = OnceLock::new();
    TABLES.get_or_init(|| {
        let linear: [u16; 256] = std::array::from_fn(|sample| {
            let value = sample as f64 / 255.0;
            // IEC 61966-2-1.
            let light = if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            };
            (light * 65_535.0).round() as u16
        });
        let edges = std::array::from_fn(|at| {
            ((u32::from(linear[at]) + u32::from(linear[at + 1])) / 2) as u16 + 1
        });
        (linear, edges)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_gives_its_own_light() {
        for grey in 0..=255 {
            assert_eq!(light([grey; 3]), grey);
        }
    }

    #[test]
    fn green_is_lighter_than_red_and_red_than_blue() {
        // By the standard's formula.
        assert_eq!(light([255, 0, 0]), 127);
        assert_eq!(light([0, 255, 0]), 220);
        assert_eq!(light([0, 0, 255]), 76);
    }
}
