//! What is added between all letters of a line.
//!
//! Letters are set a little wider or closer where a line is fitted. Said once (`Tc`), it need not be said at each letter,
//! which halves a justified page's stream.

use crate::typeset::frame::Run;

use super::face::Face;

/// 1/100 000 of a point, before it is stretched by thousandths, in 1/100 000 000 scaled points.
pub const POINT: i64 = 65_536;

/// What most glyphs of a run have added to their width: letters are set a little wider or closer where a line is fitted.
/// Said once, it need not be said at each letter. In the unit of `ahead`; `None` if there is no such thing.
pub fn spacing(run: &Run, face: &Face, unit: i64) -> Option<i64> {
    // Fewer glyphs than the operator has letters.
    if run.glyphs.len() < 8 {
        return None;
    }
    let extras = || {
        run.glyphs.iter().map(|glyph| {
            let width = i64::from(face.width(glyph.id)).saturating_mul(unit / 100);
            (i64::from(glyph.advance) * 100_000_000).saturating_sub(width)
        })
    };
    // The layout rounds to scaled points; a few of them are no difference.
    let near = |a: i64, b: i64| a.abs_diff(b) <= 400_000_000;
    // The majority's vote (Boyer and Moore), then whether it is a majority worth the name.
    let (mut most, mut lead) = (0, 0);
    for extra in extras() {
        if near(extra, most) {
            lead += 1;
        } else if lead == 0 {
            (most, lead) = (extra, 1);
        } else {
            lead -= 1;
        }
    }
    // A tenth of a thousandth of the font size is the font's own rounding.
    if most.unsigned_abs() < unit as u64 / 10 {
        most = 0;
    }
    let count = extras().filter(|extra| near(*extra, most)).count();
    (count * 3 >= run.glyphs.len() && most.abs() < unit.saturating_mul(1000)).then_some(most)
}
