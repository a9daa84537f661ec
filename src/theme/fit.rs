//! How lines are fitted to their measure: the properties that say how far words, spaces and edges give.
//!
//! In: a property's YAML. Out: its value, or the sentence that says what would have been right. What the defaults stand
//! on is said where lines are judged (`typeset::paragraph`).

use crate::unit::Em;
use crate::yaml::{Key, Node};

use super::schema::{flag, length, number};

/// Spaces between words, in parts of the font's own space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordSpace {
    /// As it should be.
    pub natural: Em,
    /// How far it may be stretched at a price.
    pub stretch: Em,
    /// How far it may be shrunk at most.
    pub shrink: Em,
}

impl Default for WordSpace {
    /// Found by setting a long novel in many ways and to three measures: see the demerits, which were weighed with it. The
    /// font's own space, which may shrink almost as far as it may stretch: lines are more even, and fewer end in hyphens,
    /// than where it may not.
    fn default() -> WordSpace {
        WordSpace {
            natural: Em::new(1.0),
            stretch: Em::new(0.27),
            shrink: Em::new(0.23),
        }
    }
}

/// How far the glyphs of a line may give, either way, before its spaces are stretched or shrunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Give {
    /// How much wider or narrower glyphs may become, in parts of their width.
    pub expansion: Em,
    /// How far letters may be set apart or closer.
    pub tracking: Em,
}

impl Default for Give {
    /// 2 % of the width is what Hàn Thế Thành found readers do not see ("Micro-typographic extensions to the TeX
    /// typesetting system", 2000); ±0.5 % of an em was found as invisible in trial settings, ±1 % was not.
    fn default() -> Give {
        Give {
            expansion: Em::new(0.02),
            tracking: Em::new(0.005),
        }
    }
}

/// How far each kind of character hangs out at a straight edge, in percent of what it does by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Protrusion {
    /// Hyphens.
    pub hyphens: u8,
    /// Dashes.
    pub dashes: u8,
    /// Full stops, commas, colons and the like.
    pub stops: u8,
    /// Quotation marks.
    pub quotes: u8,
    /// Brackets and asterisks.
    pub brackets: u8,
    /// Letters whose sides are not straight.
    pub letters: u8,
}

impl Protrusion {
    /// All kinds alike.
    pub const fn all(percent: u8) -> Protrusion {
        Protrusion {
            hyphens: percent,
            dashes: percent,
            stops: percent,
            quotes: percent,
            brackets: percent,
            letters: percent,
        }
    }
}

impl Default for Protrusion {
    fn default() -> Protrusion {
        Protrusion::all(100)
    }
}

/// Where words may be hyphenated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HyphenLimits {
    /// No word of fewer letters is.
    pub word: u8,
    /// So many letters stay before the hyphen at least; a language may want more.
    pub before: u8,
    /// So many letters follow it at least; a language may want more.
    pub after: u8,
    /// So many lines in a row may end in a hyphen.
    pub ladder: u8,
}

impl Default for HyphenLimits {
    /// A word of four letters is not worth a hyphen, a single letter never is, and a third hyphen is a ladder.
    fn default() -> HyphenLimits {
        HyphenLimits {
            word: 5,
            before: 2,
            after: 2,
            ladder: 2,
        }
    }
}

/// Expansion and tracking beyond these would be seen by everyone.
const MOST_GIVE: (f64, f64) = (0.05, 0.02);

/// `104%`, or a map of `natural`, `stretch`, `shrink`.
pub(super) fn word_space(node: &Node) -> Result<WordSpace, String> {
    let mut space = WordSpace::default();
    let Some(entries) = map(node) else {
        space.natural = share(node, 0.5, 3.0)?;
        return Ok(space);
    };
    for (key, value) in entries {
        match key.name.as_str() {
            "natural" => space.natural = share(value, 0.5, 3.0)?,
            "stretch" => space.stretch = share(value, 0.0, 3.0)?,
            "shrink" => space.shrink = share(value, 0.0, 1.0)?,
            other => {
                return Err(format!(
                    "`{other}` is none of `natural`, `stretch`, `shrink`"
                ));
            }
        }
    }
    // Words must not meet.
    let most = Em::new((space.natural.get() - 0.3).max(0.0));
    space.shrink = space.shrink.min(most);
    Ok(space)
}

/// Glyphs' own give: a percentage, or `false` for none.
pub(super) fn expansion(node: &Node) -> Result<Em, String> {
    match node.bool() {
        Some(false) => Ok(Em::ZERO),
        _ => share(node, 0.0, MOST_GIVE.0),
    }
}

/// Between letters: in em, or `false` for none.
pub(super) fn tracking_limit(node: &Node) -> Result<Em, String> {
    match node.bool() {
        Some(false) => Ok(Em::ZERO),
        _ => share(node, 0.0, MOST_GIVE.1),
    }
}

/// `true`, `false`, a percentage for all kinds, or a map of kinds.
pub(super) fn protrusion(node: &Node) -> Result<Protrusion, String> {
    if let Ok(on) = flag(node) {
        return Ok(Protrusion::all(if on { 100 } else { 0 }));
    }
    let percent = |node: &Node| -> Result<u8, String> {
        if let Ok(on) = flag(node) {
            return Ok(if on { 100 } else { 0 });
        }
        Ok((share(node, 0.0, 2.0)?.get() * 100.0).round() as u8)
    };
    let Some(entries) = map(node) else {
        return Ok(Protrusion::all(percent(node)?));
    };
    let mut protrusion = Protrusion::default();
    for (key, value) in entries {
        let kind = match key.name.as_str() {
            "hyphens" => &mut protrusion.hyphens,
            "dashes" => &mut protrusion.dashes,
            "stops" => &mut protrusion.stops,
            "quotes" => &mut protrusion.quotes,
            "brackets" => &mut protrusion.brackets,
            "letters" => &mut protrusion.letters,
            other => {
                return Err(format!(
                    "`{other}` is none of `hyphens`, `dashes`, `stops`, `quotes`, `brackets`, `letters`"
                ));
            }
        };
        *kind = percent(value)?;
    }
    Ok(protrusion)
}

/// A map of `word`, `before`, `after`, `ladder`.
pub(super) fn hyphen_limits(node: &Node) -> Result<HyphenLimits, String> {
    let wanted = "a map of `word`, `before`, `after` and `ladder` is wanted";
    let mut limits = HyphenLimits::default();
    for (key, value) in map(node).ok_or(wanted)? {
        match key.name.as_str() {
            "word" => limits.word = number(value, 40)?,
            "before" => limits.before = number(value, 20)?.max(1),
            "after" => limits.after = number(value, 20)?.max(1),
            "ladder" => limits.ladder = number(value, 20)?.max(1),
            other => {
                return Err(format!(
                    "`{other}` is none of `word`, `before`, `after`, `ladder`"
                ));
            }
        }
    }
    Ok(limits)
}

/// The entries of a mapping that has some.
fn map(node: &Node) -> Option<&[(Key, Node)]> {
    let entries = node.entries();
    (!entries.is_empty()).then_some(entries)
}

/// A percentage or a number of em between two bounds.
fn share(node: &Node, least: f64, most: f64) -> Result<Em, String> {
    let wanted = || {
        format!(
            "something from {}% to {}% is wanted",
            (least * 100.0).round(),
            (most * 100.0).round()
        )
    };
    match length(node).map_err(|_| wanted())? {
        crate::unit::Length::Em(em) if (least..=most).contains(&em.get()) => Ok(em),
        // A bare zero.
        crate::unit::Length::Abs(abs) if abs.is_zero() && least <= 0.0 => Ok(Em::ZERO),
        _ => Err(wanted()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(yaml: &str) -> Node {
        let sources = crate::source::Sources::new();
        crate::yaml::read(&sources.add("x", yaml), &crate::diag::Sink::new()).unwrap()
    }

    #[test]
    fn limits_are_read_and_kept_within_reason() {
        assert_eq!(expansion(&node("1.5%")), Ok(Em::new(0.015)));
        assert_eq!(expansion(&node("false")), Ok(Em::ZERO));
        assert!(expansion(&node("20%")).is_err());
        assert_eq!(tracking_limit(&node("0.003em")), Ok(Em::new(0.003)));
        assert_eq!(tracking_limit(&node("0")), Ok(Em::ZERO));
        assert!(tracking_limit(&node("0.1em")).is_err());
        assert_eq!(protrusion(&node("50%")), Ok(Protrusion::all(50)));
        let quotes = protrusion(&node("{quotes: false, stops: 120%}")).unwrap();
        assert_eq!((quotes.quotes, quotes.stops, quotes.hyphens), (0, 120, 100));
        assert!(protrusion(&node("{comma: 3%}")).is_err());
        let space = word_space(&node("{natural: 60%, shrink: 90%}")).unwrap();
        assert_eq!(space.shrink, Em::new(space.natural.get() - 0.3));
        assert_eq!(hyphen_limits(&node("{after: 3}")).unwrap().after, 3);
        assert!(hyphen_limits(&node("3")).is_err());
    }
}
