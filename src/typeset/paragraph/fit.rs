//! How a line fills its measure.

use super::demerits::Mode;
use super::stops::Sums;

/// How a line fills its measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fit {
    /// How far its spaces are stretched (above 0) or shrunk (below 0), in parts of what they may be.
    pub ratio: f64,
    /// How much of what its glyphs give is used, from -1 to 1.
    pub flex: f64,
    /// How much of what its glyphs give in bad lines alone is used, from 0 to 1.
    pub track: f64,
    /// How far it sticks out, in scaled points.
    pub excess: i64,
    /// It keeps its own width: a last line, a ragged one.
    pub natural: bool,
}

/// Below this share of the spaces' stretch, glyphs give no more than they do in every line: word spaces of 1.32 of the font's
/// own, less than what is called wide.
const BAD: f64 = 1.18;

/// A line without spaces is judged as if it had this part of its room for stretch: half empty, it costs less than a word
/// that sticks out.
const RIGID: i64 = 200;

/// A wide ragged line may fall short by this part of its room, in hundredths.
const RAG: i64 = 12;

/// How a line of some content and width fills its room.
pub(super) fn fill(content: Sums, width: i64, room: i64, ends: bool, mode: Mode) -> Fit {
    let need = room - width;
    let mut fit = Fit::default();
    let ragged = match mode {
        Mode::Justified => None,
        Mode::Ragged(short) => Some(short.raw().max(room / 100 * RAG)),
        Mode::Balanced(short) => Some(short.raw()),
    };
    if let Some(short) = ragged {
        fit.natural = true;
        fit.excess = (-need).max(0);
        let counts = !ends || matches!(mode, Mode::Balanced(_));
        if need > 0 && counts {
            fit.ratio = need as f64 / (short as f64).max(1.0);
        }
        return fit;
    }
    if need >= 0 {
        if ends {
            fit.natural = true;
            return fit;
        }
        if need <= content.flex {
            fit.flex = need as f64 / (content.flex as f64).max(1.0);
            return fit;
        }
        fit.flex = if content.flex > 0 { 1.0 } else { 0.0 };
        let stretch = content.stretch.max(room / RIGID).max(1) as f64;
        let mut rest = (need - content.flex) as f64;
        let over = rest - BAD * stretch;
        if over > 0.0 && content.track > 0 {
            let used = over.min(content.track as f64);
            fit.track = used / content.track as f64;
            rest -= used;
        }
        fit.ratio = rest / stretch;
        return fit;
    }
    if -need <= content.flex {
        fit.flex = need as f64 / (content.flex as f64).max(1.0);
        return fit;
    }
    fit.flex = if content.flex > 0 { -1.0 } else { 0.0 };
    let rest = -need - content.flex;
    if rest <= content.shrink {
        fit.ratio = -(rest as f64) / (content.shrink as f64).max(1.0);
    } else {
        fit.ratio = -1.0;
        fit.excess = rest - content.shrink;
    }
    fit
}
