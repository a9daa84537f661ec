//! Columns of figures stand by their decimal signs.
//!
//! A column whose cells are all figures, and that its author has set to the end or in the middle, is aligned by what
//! stands behind the figures' whole parts: the shorter that is, the further the cell stands in from the end.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{CellWork, Stand};
use super::place::Placed;
use super::{Job, Look};
use crate::model::{Align, BlockKind, plain_words};
use crate::typeset::frame::Artifact;
use crate::typeset::galley::stick::Stick;
use crate::typeset::paragraph::Voice;
use crate::unit::Abs;

/// Longer than this behind its digits, a cell is no figure any more but text that begins with one.
const LONGEST_UNIT: usize = 4;

/// What stands in a cell of a column of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Figure<'a> {
    /// Nothing, or a dash for it.
    None,
    /// A figure: what of it stands behind its whole part.
    Tail(&'a str),
}

/// Reads a figure with a decimal sign; `None` if it is none.
fn read(text: &str, sign: char) -> Option<Figure<'_>> {
    let text = text.trim();
    if matches!(text, "" | "-" | "\u{2013}" | "\u{2014}" | "\u{2212}") {
        return Some(Figure::None);
    }
    let before = |c: char| {
        matches!(
            c,
            '+' | '-'
                | '\u{2212}'
                | '\u{2013}'
                | '±'
                | '~'
                | '≈'
                | '<'
                | '>'
                | '$'
                | '€'
                | '£'
                | '¥'
        ) || c.is_whitespace()
    };
    let digits = text.trim_start_matches(before);
    if text.len() - digits.len() > 8 {
        return None;
    }
    let mut whole = 0;
    let bytes = digits.as_bytes();
    loop {
        whole += bytes[whole..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        let rest = &digits[whole..];
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { break };
        let groups = c != sign
            && whole > 0
            && matches!(
                c,
                ',' | '.' | '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'
            );
        let after = chars.as_str().as_bytes();
        let three = after.len() >= 3 && after[..3].iter().all(u8::is_ascii_digit);
        if !(groups && three && !after.get(3).is_some_and(u8::is_ascii_digit)) {
            break;
        }
        whole += c.len_utf8() + 3;
    }
    let tail = &digits[whole..];
    let fraction = match tail.strip_prefix(sign) {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => tail,
    };
    let has_digits = whole > 0 || fraction.len() + 1 < tail.len();
    let is_unit = !fraction
        .contains(|c: char| c.is_numeric() || matches!(c, ',' | '.' | ':' | '/'))
        && fraction.chars().count() <= LONGEST_UNIT;
    (has_digits && is_unit).then_some(Figure::Tail(tail))
}

/// Reads a column; `None` if not all of it are figures. The language's decimal sign is tried first.
fn column<'a>(texts: &'a [String], sign: char) -> Option<Vec<Figure<'a>>> {
    let other = if sign == '.' { ',' } else { '.' };
    let by = |sign: char| -> Option<Vec<Figure<'a>>> {
        texts.iter().map(|text| read(text, sign)).collect()
    };
    let found = by(sign).or_else(|| by(other))?;
    let some = found.iter().any(|figure| *figure != Figure::None);
    some.then_some(found)
}

/// The decimal sign of a language.
fn sign(language: &str) -> char {
    match language {
        "en" | "zh" | "ja" | "ko" | "he" | "hi" | "th" | "ga" | "mt" | "cy" | "bn" | "ta"
        | "te" | "ur" | "ms" => '.',
        _ => ',',
    }
}

/// A cell's words, if they are one plain paragraph or none.
fn words(placed: &Placed<'_>) -> Option<String> {
    match placed.cell.blocks.as_slice() {
        [] => Some(String::new()),
        [block] if block.attrs.is_none() => match &block.kind {
            BlockKind::Paragraph(content) => Some(plain_words(content)),
            _ => None,
        },
        _ => None,
    }
}

/// The words of a column's cells, without those that take more than it; `None` where one has more than a line.
fn texts(body: &[Placed<'_>], number: usize) -> Option<Vec<String>> {
    let here = body
        .iter()
        .filter(|placed| placed.column == number && placed.columns == 1);
    here.map(words).collect()
}

/// The columns of figures that are to stand by their decimal signs.
pub(super) fn figure_columns(
    body: &[Placed<'_>],
    aligns: &[Align],
    language: &str,
) -> BTreeSet<usize> {
    let columns = (0..aligns.len()).filter(|number| aligns[*number] != Align::Start);
    columns
        .filter(|number| {
            texts(body, *number).is_some_and(|texts| column(&texts, sign(language)).is_some())
        })
        .collect()
}

impl Stick<'_, '_> {
    /// Says of the cells of columns of figures how they stand.
    pub(super) fn align_figures(&mut self, job: &Job<'_>, cells: &mut [CellWork<'_>], look: &Look) {
        let sign = sign(&self.cx.lang.primary());
        for number in job.figures.iter().copied() {
            let align = job.table.aligns.get(number).copied().unwrap_or_default();
            let here: Vec<usize> = (0..cells.len())
                .filter(|at| cells[*at].placed.column == number && cells[*at].placed.columns == 1)
                .collect();
            let texts = texts(&job.body, number).unwrap_or_default();
            let figures = column(&texts, sign).unwrap_or_default();
            let mut known: BTreeMap<String, Abs> = BTreeMap::new();
            let tails: Vec<Abs> = figures
                .iter()
                .map(|figure| match figure {
                    Figure::None => Abs::ZERO,
                    Figure::Tail(tail) => self.tail(tail, look, &mut known),
                })
                .collect();
            let longest = tails.iter().copied().max().unwrap_or_default();
            let heads = here.iter().zip(&tails);
            let whole = heads
                .map(|(at, tail)| cells[*at].natural() - *tail)
                .max()
                .unwrap_or_default();
            let block = (align == Align::Center).then_some(whole + longest);
            for (at, tail) in here.into_iter().zip(tails) {
                cells[at].stand = Stand::Figure {
                    inset: longest - tail,
                    block,
                };
            }
        }
    }

    /// How wide it is what stands behind a figure's whole part.
    fn tail(&mut self, tail: &str, look: &Look, known: &mut BTreeMap<String, Abs>) -> Abs {
        if tail.is_empty() {
            return Abs::ZERO;
        }
        let tabular = look
            .body
            .text
            .figures
            .is_some_and(|figures| figures.tabular);
        let shape = if tabular {
            // All digits are of one width.
            tail.replace(|c: char| c.is_ascii_digit(), "0")
        } else {
            tail.to_owned()
        };
        if let Some(width) = known.get(&shape) {
            return *width;
        }
        let voice = Voice::Artifact(Artifact::Layout);
        let width = self.words(&shape, &look.body, voice).max_width();
        known.insert(shape, width);
        width
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_from_text() {
        for (text, tail) in [
            ("12", ""),
            ("0.95", ".95"),
            ("12,500.25", ".25"),
            ("−3.5 %", ".5 %"),
            ("£12.00", ".00"),
            ("9\u{202f}999", ""),
            (".5", ".5"),
            ("17%", "%"),
        ] {
            assert_eq!(read(text, '.'), Some(Figure::Tail(tail)), "{text}");
        }
        for text in [
            "A4",
            "1.2.3",
            "2026-11-09",
            "10:30",
            "3 of 7",
            "12 monkeys",
            "12,50",
            ".",
            "+",
            "1/2",
            "x",
        ] {
            assert_eq!(read(text, '.'), None, "{text}");
        }
        assert_eq!(read("–", '.'), Some(Figure::None));
        assert_eq!(read("1.234,5", ','), Some(Figure::Tail(",5")));
    }

    #[test]
    fn a_column_may_have_the_other_sign() {
        let texts = ["0.5".to_owned(), "12.25".to_owned()];
        let found = column(&texts, ',').unwrap();
        assert_eq!(found, [Figure::Tail(".5"), Figure::Tail(".25")]);
        assert_eq!(column(&["".to_owned()], '.'), None);
    }
}
