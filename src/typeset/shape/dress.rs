//! From a text style to a voice, a size and a place.

use std::sync::Arc;

use unicode_script::Script;

use crate::font::{Face, FaceId};
use crate::model::Lang;
use crate::theme::Caps;
use crate::unit::{Abs, Em};

use super::super::notes::SIGNS;
use super::super::style::{Position, TextStyle};
use super::{Lack, Shaper, Voice, VoiceKey};

/// How a style's wish is met for a particular word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// By the font's own glyphs.
    Plain,
    /// Superior or inferior, by glyphs that the font has for it.
    Own,
    /// Superior or inferior: smaller glyphs, moved.
    Moved,
    /// As written: the font has no small capitals for the word, and capitals made small would be too thin.
    Written,
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

/// Figures and letters above or below the line that the font has no glyphs for: EB Garamond's own have this size.
const MOVED: f64 = 0.64;
/// How far inferior ones stand below the baseline.
const DROP: Em = Em::new(0.14);
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
            _ => (1.0, Abs::ZERO),
        };
        let key = VoiceKey {
            face,
            features: features(style, manner),
            script,
            rtl,
            lang: lang.clone(),
            capitals: style.caps == Caps::All,
            verbatim: style.fixed_pitch,
            protrusion: style.protrusion,
            hyphens: style.hyphens,
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
                    width: style.word_space.natural.at(space) + letterspace,
                    stretch: style.word_space.stretch.at(space),
                    shrink: style.word_space.shrink.at(space),
                }
            },
        }
    }

    /// The manner in which a face meets a style for a word.
    pub fn manner(shaper: &Shaper<'_>, style: &TextStyle, face: FaceId, word: &str) -> Manner {
        let face = shaper.fonts().face(face);
        let all = |tag| !word.is_empty() && word.chars().all(|c| face.covers(tag, c));
        match style.position {
            Position::Normal => match style.caps {
                Caps::None | Caps::All => Manner::Plain,
                caps if has_small_capitals(face, caps, word) => Manner::Plain,
                Caps::Small | Caps::AllSmall => Manner::Written,
            },
            // An asterisk is a superior sign already, and the signs that follow it are as tall as letters.
            Position::Superior if word.chars().all(|c| SIGNS.contains(&c)) => Manner::Plain,
            Position::Superior if all(*b"sups") => Manner::Own,
            Position::Inferior if all(*b"subs") => Manner::Own,
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

/// Whether a face has a small capital for each letter of a word that is to be one.
fn has_small_capitals(face: &Face, caps: Caps, word: &str) -> bool {
    word.chars().all(|c| {
        if c.is_lowercase() {
            face.covers(*b"smcp", c)
        } else {
            caps != Caps::AllSmall || !c.is_uppercase() || face.covers(*b"c2sc", c)
        }
    })
}

/// The features that a style asks for, and what they are set to. Later ones win.
fn features(style: &TextStyle, manner: Manner) -> Vec<([u8; 4], u32)> {
    let mut features: Vec<([u8; 4], u32)> = Vec::new();
    match (manner, style.position) {
        (Manner::Own, Position::Superior) => features.push((*b"sups", 1)),
        (Manner::Own, Position::Inferior) => features.push((*b"subs", 1)),
        _ => {}
    }
    if let Some(figures) = style.figures
        && manner != Manner::Own
    {
        // Among capitals, figures with descenders would stand like small letters.
        let old_style = figures.old_style && style.caps != Caps::All;
        features.push((if old_style { *b"onum" } else { *b"lnum" }, 1));
        features.push((if figures.tabular { *b"tnum" } else { *b"pnum" }, 1));
    }
    match (style.caps, manner) {
        (Caps::None, _) | (_, Manner::Written) => {}
        (Caps::Small, _) => features.push((*b"smcp", 1)),
        (Caps::AllSmall, _) => {
            features.push((*b"smcp", 1));
            features.push((*b"c2sc", 1));
        }
        (Caps::All, _) => {
            features.push((*b"case", 1));
            // The font's own space between capitals, unless the theme gives some.
            features.push((*b"cpsp", u32::from(style.tracking.is_zero())));
        }
    }
    let ligatures = style.ligatures;
    let loose = style.tracking.abs() > LOOSE.at(style.size);
    if loose || !ligatures.common {
        features.push((*b"liga", 0));
        features.push((*b"clig", 0));
    }
    if ligatures.discretionary && !loose {
        features.push((*b"dlig", 1));
    }
    if ligatures.historical && !loose {
        features.push((*b"hlig", 1));
    }
    for (tag, value) in style.features.iter() {
        features.push((*tag, *value));
    }
    features
}

/// What a style asks for by name that a face does not have.
pub fn lacks(style: &TextStyle, face: &Face) -> Vec<Lack> {
    let mut lacks = Vec::new();
    let mut ask = |tag: [u8; 4]| {
        // Kerning may be in a table of its own.
        if std::str::from_utf8(&tag).is_ok_and(|name| !face.has_feature(name)) && tag != *b"kern" {
            lacks.push(Lack::Feature(tag));
        }
    };
    if style.ligatures.discretionary {
        ask(*b"dlig");
    }
    if style.ligatures.historical {
        ask(*b"hlig");
    }
    let on = style.features.iter().filter(|(_, value)| *value > 0);
    on.for_each(|(tag, _)| ask(*tag));
    lacks
}
