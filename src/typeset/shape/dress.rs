//! From a text style to a voice, a size and a place.

use std::sync::Arc;

use unicode_script::Script;

use crate::font::FaceId;
use crate::model::Lang;
use crate::theme::Caps;
use crate::unit::{Abs, Em};

use super::super::notes::SIGNS;
use super::super::style::{Position, TextStyle};
use super::{Shaper, Voice, VoiceKey};

/// How a style's wish is met for a particular word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// By the font's own glyphs.
    Plain,
    /// Superior or inferior figures, by the font's own glyphs.
    Figures,
    /// Superior or inferior: smaller glyphs, moved.
    Moved,
    /// Small capitals of a font that has none: smaller capitals.
    Capitals,
}

/// How words are set: in which voice, how large, how high.
#[derive(Clone)]
pub struct Dress {
    /// The voice.
    pub voice: Arc<Voice>,
    /// The font size.
    pub size: Abs,
    /// Above the baseline.
    pub rise: Abs,
    /// Between words.
    pub space: Spacing,
    /// A font unit at this size, in 1/65 536 of a scaled point.
    unit: i64,
}

/// A space between words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spacing {
    /// As it is.
    pub width: Abs,
    /// How far it may be stretched at a price.
    pub stretch: Abs,
    /// How far it may be shrunk at most.
    pub shrink: Abs,
}

/// The space between words, in parts of the font's own space. Found by setting a long novel in many ways: see the
/// demerits, which were weighed with it.
const SPACE: (f64, f64, f64) = (1.04, 0.28, 0.21);

/// Figures and letters above or below the line that the font has no glyphs for: EB Garamond's own have this size.
const MOVED: f64 = 0.64;
/// How far inferior ones stand below the baseline.
const DROP: Em = Em::new(0.14);
/// Capitals of this size are as tall as most fonts' small capitals.
const SMALL_CAPITALS: f64 = 0.78;
/// Letters this far apart must not be joined in ligatures.
const LOOSE: Em = Em::new(0.015);

impl Dress {
    /// How a style sets words of a script in a face of its own choice or one that stands in for it.
    pub fn new(
        shaper: &Shaper<'_>,
        style: &TextStyle,
        face: FaceId,
        manner: Manner,
        (script, rtl): (Script, bool),
        lang: &Lang,
    ) -> Dress {
        let metrics = *shaper.fonts().face(face).metrics();
        let (scale, rise) = match (manner, style.position) {
            (Manner::Moved, Position::Superior) => {
                // Superior letters hang from the height of capitals.
                let top = metrics.cap_height.get() * (1.0 - MOVED);
                (
                    MOVED,
                    Em::new(top.max(metrics.superior_rise.get() * 0.8)).at(style.size),
                )
            }
            (Manner::Moved, Position::Inferior) => (MOVED, -DROP.at(style.size)),
            (Manner::Capitals, _) => (SMALL_CAPITALS, Abs::ZERO),
            _ => (1.0, Abs::ZERO),
        };
        let key = VoiceKey {
            face,
            features: features(style, manner),
            script,
            rtl,
            lang: lang.clone(),
            capitals: style.caps == Caps::All || manner == Manner::Capitals,
            verbatim: style.fixed_pitch,
        };
        let size = style.size.scale(scale);
        let space = metrics.space.at(style.size);
        let letterspace = style.tracking * 2;
        let per_em = i64::from(metrics.units_per_em.max(1));
        Dress {
            voice: shaper.voice(&key),
            unit: ((size.raw() << 16) + per_em / 2) / per_em,
            size,
            rise,
            space: if style.fixed_pitch {
                // Columns of code keep their places.
                Spacing {
                    width: space + letterspace,
                    ..Spacing::default()
                }
            } else {
                Spacing {
                    width: space.scale(SPACE.0) + letterspace,
                    stretch: space.scale(SPACE.1),
                    shrink: space.scale(SPACE.2),
                }
            },
        }
    }

    /// The manner in which a face meets a style for a word.
    pub fn manner(shaper: &Shaper<'_>, style: &TextStyle, face: FaceId, word: &str) -> Manner {
        let face = shaper.fonts().face(face);
        let figures = || !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        match style.position {
            Position::Normal => Manner::Plain,
            Position::Superior if figures() && face.has_feature("sups") => Manner::Figures,
            // An asterisk is a superior sign already, and the signs that follow it are as tall as letters.
            Position::Superior if word.chars().all(|c| SIGNS.contains(&c)) => Manner::Plain,
            Position::Inferior if figures() && face.has_feature("subs") => Manner::Figures,
            Position::Superior | Position::Inferior => Manner::Moved,
        }
    }

    /// Font units at this size.
    pub fn units(&self, units: i32) -> Abs {
        Scale { unit: self.unit }.at(i64::from(units))
    }

    /// How font units become lengths where glyphs are widened by so many thousandths.
    pub fn scale(&self, expansion: i64) -> Scale {
        Scale {
            unit: self.unit + self.unit * expansion / 1000,
        }
    }
}

/// How font units become lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    unit: i64,
}

impl Scale {
    /// So many font units. Sums of glyphs are best scaled as sums: then no rounding adds up.
    pub fn at(self, units: i64) -> Abs {
        Abs::from_raw((units * self.unit + 32_768) >> 16)
    }
}

/// The features that a style asks for.
fn features(style: &TextStyle, manner: Manner) -> Vec<([u8; 4], bool)> {
    let mut features: Vec<([u8; 4], bool)> = Vec::new();
    match (manner, style.position) {
        (Manner::Figures, Position::Superior) => features.push((*b"sups", true)),
        (Manner::Figures, Position::Inferior) => features.push((*b"subs", true)),
        _ => {}
    }
    if let Some(figures) = style.figures
        && manner != Manner::Figures
    {
        features.push((
            if figures.old_style {
                *b"onum"
            } else {
                *b"lnum"
            },
            true,
        ));
        features.push((if figures.tabular { *b"tnum" } else { *b"pnum" }, true));
    }
    match (style.caps, manner) {
        (Caps::None, _) | (_, Manner::Capitals) => {}
        (Caps::Small, _) => features.push((*b"smcp", true)),
        (Caps::AllSmall, _) => {
            features.push((*b"smcp", true));
            features.push((*b"c2sc", true));
        }
        (Caps::All, _) => features.push((*b"case", true)),
    }
    if style.tracking.abs() > LOOSE.at(style.size) {
        features.push((*b"liga", false));
        features.push((*b"clig", false));
    }
    for (name, on) in style.features.iter() {
        if let Ok(tag) = name.as_bytes().try_into() {
            features.push((tag, *on));
        }
    }
    features
}
