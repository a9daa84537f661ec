//! What a line costs.
//!
//! The numbers were found by setting a long novel of 52,000 words in many ways and measuring its lines: how many have
//! spaces a third wider than the font's own, how much neighbours differ, how many end in a hyphen. What decides is how
//! much glyphs may give (±2 % of their width, ±0.5 % of an em between them): it is used up before any space is stretched.

use std::cmp::Ordering;

use crate::unit::Abs;

use super::super::hyphen::Joint;
use super::fit::Fit;
use super::stops::Sums;

/// How a paragraph's lines are judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Params {
    /// What a line is fitted to.
    pub mode: Mode,
    /// What a perfect line costs, before squaring: more lines cost more.
    pub line: f64,
    /// What a fully stretched line costs besides, before squaring.
    pub badness: f64,
    /// Beyond these, stretched lines cost extra.
    pub steps: [Step; 2],
    /// A hyphen.
    pub hyphen: f64,
    /// A second hyphen in a row.
    pub double_hyphen: f64,
    /// No more hyphens in a row than this.
    pub ladder: u8,
    /// A hyphen in the last line but one.
    pub last_hyphen: f64,
    /// Neighbours of which one is loose and the other tight. Of ragged lines, three of which each is shorter than the one
    /// before, or each longer: their ends make a wedge.
    pub contrast: f64,
    /// A ragged line that ends in a word of one or two letters, which hangs there.
    pub hanging: f64,
    /// A last line that is just shorter than [`Params::runt_below`]; one of a letter costs four times as much and more.
    pub runt: f64,
    /// What a last line should be at least.
    pub runt_below: Abs,
    /// In how many lines more, or fewer if below 0, the paragraph is to be set than is best for it, as far as it can be.
    pub looseness: i8,
    /// No line is stretched beyond this while there is another way.
    pub loosest: f64,
    /// How lines are judged: by us, or as TeX does.
    pub school: School,
    /// A setting in more lines than the best is not offered if it stretches a line beyond this, and beyond what the best
    /// does: rather a page falls short.
    pub loosest_choice: f64,
}

/// How lines are judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum School {
    /// By how far their spaces are from what they should be, once glyphs have given what they can.
    #[default]
    Own,
    /// By TeX's badness, in whole numbers; none is worse than this tolerance.
    Tex(u32),
}

/// What is thought of a line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Judgement {
    /// What it costs by itself.
    pub cost: f64,
    /// How loose it looks beside its neighbours; `None` if it looks as the one before.
    pub class: Option<u8>,
    /// It should not be while there is another way.
    pub too_loose: bool,
}

/// What lines are fitted to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mode {
    /// Both edges.
    Justified,
    /// One edge or none: lines stay as they are, and should not fall short of the measure by more than this, or than a
    /// share of a wide measure.
    Ragged(Abs),
    /// As ragged, in as few lines as possible and those as even as possible: headings.
    Balanced(Abs),
}

/// An extra cost of stretched lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Where it begins, in parts of what spaces may be stretched.
    pub above: f64,
    /// How much it grows per part.
    pub slope: f64,
}

/// How much more than [`Params::runt`] a last line costs as it gets shorter: by the square of what it lacks of
/// [`Params::runt_below`].
const RUNT_GROWS: f64 = 4.0;

/// A last line shorter than this part of [`Params::runt_below`] is hardly ever worth another number of lines than the
/// best.
const RUNT_OFFERED: (i64, i64) = (2, 3);

/// Ragged lines that differ by less than this, in parts of what they may fall short, end at one place.
const DEPTH: f64 = 0.2;

/// How the ends of ragged lines go on: not at all, inwards, outwards.
const TRENDS: [u8; 3] = [0, 1 << 4, 2 << 4];

const fn squared(x: f64) -> f64 {
    x * x
}

impl Params {
    /// For justified books. `size` is the font size.
    pub fn justified(size: Abs) -> Params {
        Params {
            mode: Mode::Justified,
            line: 47.0,
            badness: 100.0,
            // Word spaces of 1.22 and of 1.39 of the font's own.
            steps: [
                Step {
                    above: 0.82,
                    slope: squared(250.0),
                },
                Step {
                    above: 1.43,
                    slope: squared(450.0),
                },
            ],
            hyphen: squared(294.0),
            double_hyphen: squared(1366.0),
            ladder: 2,
            last_hyphen: squared(87.0),
            contrast: squared(70.0),
            hanging: 0.0,
            runt: squared(350.0),
            runt_below: size * 3,
            looseness: 0,
            loosest: 5.0,
            school: School::Own,
            // Word spaces of 1.6 of the font's own.
            loosest_choice: 2.2,
        }
    }

    /// For lines that keep one edge: hyphens disturb more than an uneven edge, until a line is but two thirds full.
    pub fn ragged(size: Abs) -> Params {
        Params {
            mode: Mode::Ragged(size * 2),
            hyphen: squared(700.0),
            contrast: squared(250.0),
            hanging: squared(300.0),
            loosest: f64::INFINITY,
            ..Params::justified(size)
        }
    }

    /// For headings and other centred lines.
    pub fn balanced(size: Abs) -> Params {
        Params {
            mode: Mode::Balanced(size * 6),
            contrast: 0.0,
            ..Params::ragged(size)
        }
    }

    /// The parameters of plain TeX (The TeXbook, appendix B), with a tolerance: 100 in its
    /// first pass, 200 in its second.
    pub fn tex(tolerance: u32) -> Params {
        Params {
            line: 10.0,
            hyphen: squared(50.0),
            double_hyphen: 10_000.0,
            ladder: u8::MAX,
            last_hyphen: 5_000.0,
            contrast: 10_000.0,
            runt: 0.0,
            runt_below: Abs::ZERO,
            school: School::Tex(tolerance),
            ..Params::justified(Abs::ZERO)
        }
    }

    /// What is thought of a line that fills its room in a way; its content lacked `need` of it. It `ends` a paragraph, or
    /// where the author said so.
    pub(super) fn judge(&self, fit: &Fit, content: Sums, need: i64, ends: bool) -> Judgement {
        let School::Tex(tolerance) = self.school else {
            return Judgement {
                cost: self.line(fit.ratio),
                class: match self.mode {
                    Mode::Justified => (!fit.natural).then(|| class(fit.ratio)),
                    Mode::Ragged(_) => (!ends).then(|| depth(fit.ratio)),
                    Mode::Balanced(_) => None,
                },
                too_loose: fit.ratio > self.loosest,
            };
        };
        let badness = match need {
            _ if fit.natural => 0,
            need if need < 0 => tex_badness(-need, content.shrink),
            need => tex_badness(need, content.stretch),
        };
        let class = match (need < 0, badness) {
            (true, 13..) => 0,
            (false, 100..) => 3,
            (false, 13..) => 2,
            _ => 1,
        };
        Judgement {
            cost: squared(self.line + f64::from(badness)),
            class: Some(class),
            too_loose: badness > tolerance,
        }
    }

    /// What a line's class is behind one of the class `before`, with what their difference costs; the `first` of a
    /// paragraph has none before it.
    pub(super) fn follow(&self, before: u8, class: Option<u8>, first: bool) -> (u8, f64) {
        let Some(class) = class else {
            return (before, 0.0);
        };
        if matches!(self.mode, Mode::Ragged(_)) {
            let (depth, trend) = (before & 0xf, before & !0xf);
            let [_, inwards, outwards] = TRENDS;
            let goes = match class.cmp(&depth) {
                _ if first => return (class, 0.0),
                Ordering::Equal => return (class, 0.0),
                Ordering::Greater => inwards,
                Ordering::Less => outwards,
            };
            let cost = if goes == trend { self.contrast } else { 0.0 };
            return (class | goes, cost);
        }
        // TeX compares a first line with one that is neither loose nor tight.
        let compared = !first || self.school != School::Own;
        let differ = compared && class.abs_diff(before) > 1;
        (class, if differ { self.contrast } else { 0.0 })
    }

    /// The most that ways of different classes can differ by from there on: ragged lines remember two that came before.
    pub(super) fn most_apart(&self) -> f64 {
        match self.mode {
            Mode::Ragged(_) => 2.0 * self.contrast,
            Mode::Justified | Mode::Balanced(_) => self.contrast,
        }
    }

    /// What the last of several lines costs by its length, and by beginning within a word.
    pub(super) fn last_line(&self, width: i64, from_hyphen: bool) -> f64 {
        let mut cost = if from_hyphen { self.last_hyphen } else { 0.0 };
        let below = self.runt_below.raw();
        if width < below {
            let lacks = (1.0 - width as f64 / below as f64).min(1.0);
            cost += self.runt * (1.0 + RUNT_GROWS * squared(lacks));
            if from_hyphen {
                // The rest of a word alone.
                cost += self.runt;
            }
        }
        cost
    }

    /// Whether a last line is so short that another number of lines is hardly worth it.
    pub(super) fn is_runt(&self, width: i64) -> bool {
        let (part, whole) = RUNT_OFFERED;
        width < self.runt_below.raw() * part / whole
    }

    /// What a break at a joint of a word costs.
    pub fn joint(&self, joint: Joint) -> f64 {
        self.hyphen
            * match joint {
                Joint::Soft => 0.5,
                Joint::Syllable => 1.0,
                // Names and first words of sentences.
                Joint::Capitalised => 1.8,
                Joint::Compound => 4.0,
                Joint::Hyphen => 0.35,
                Joint::Dash => 0.02,
                Joint::Slash => 0.5,
                Joint::Verbatim => 0.8,
                Joint::Anywhere => 60.0,
            }
    }

    /// What a line costs that is stretched or shrunk by `ratio`, by itself.
    pub(super) fn line(&self, ratio: f64) -> f64 {
        let size = ratio.abs();
        let mut cost = squared(self.line + self.badness * power(size));
        if ratio > 0.0 && self.mode == Mode::Justified {
            for step in &self.steps {
                cost += (ratio - step.above).max(0.0) * step.slope;
            }
        }
        cost
    }
}

/// About 100 (t/s)³, as TeX reckons it: Knuth, "TeX: The Program", § 108.
fn tex_badness(t: i64, s: i64) -> u32 {
    const WORST: u32 = 10_000;
    if t == 0 {
        return 0;
    }
    if s <= 0 {
        return WORST;
    }
    let r = match (t, s) {
        (..=7_230_584, s) => t * 297 / s,
        (t, 1_663_497..) => t / (s / 297),
        (t, _) => t,
    };
    if r > 1290 {
        return WORST;
    }
    ((r * r * r + (1 << 17)) >> 18) as u32
}

/// `x` to the power of 15/8: close to the 1.9 that was found best, and by square roots alone, which every machine
/// rounds alike.
fn power(x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    x * x / x.sqrt().sqrt().sqrt()
}

/// How far a ragged line falls short, in steps that are seen.
fn depth(ratio: f64) -> u8 {
    (ratio / DEPTH).min(15.0) as u8
}

/// How loose a line looks beside its neighbours, from tight to very loose.
pub(super) fn class(ratio: f64) -> u8 {
    // The bounds are those of TeX: The TeXbook, chapter 14.
    match ratio {
        r if r < -0.5 => 0,
        r if r <= 0.5 => 1,
        r if r <= 1.0 => 2,
        _ => 3,
    }
}
