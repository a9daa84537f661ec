//! Which glyphs the book uses, and for which letters.
//!
//! In: the pages. Out: per font, each used glyph with the text it mostly stands for. That text becomes its `ToUnicode`
//! entry; wherever the glyph stands for another, the content says so (`ActualText`).

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::typeset::frame::{Item, Run};
use crate::typeset::pages::Page;

use super::clusters::{Cluster, clusters};
use super::walk::Walk;

/// No single letter was seen for a glyph.
const NONE: u32 = u32::MAX;

/// What is known of all fonts, by their numbers.
#[derive(Debug, Default)]
pub struct Usage {
    fonts: Vec<FontUsage>,
}

/// What is known of one font.
#[derive(Debug, Default)]
pub struct FontUsage {
    /// By glyph: the letter seen first, how often, and whether the glyph is used at all.
    first: Vec<Seen>,
    /// By glyph: every other text, how often.
    others: BTreeMap<u16, BTreeMap<String, u32>>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    used: bool,
    letter: u32,
    count: u32,
}

const UNSEEN: Seen = Seen {
    used: false,
    letter: NONE,
    count: 0,
};

impl FontUsage {
    fn slot(&mut self, glyph: u16) -> &mut Seen {
        let index = usize::from(glyph);
        if index >= self.first.len() {
            self.first.resize(index + 1, UNSEEN);
        }
        &mut self.first[index]
    }

    /// Notes that a glyph is drawn.
    fn mark(&mut self, glyph: u16) {
        self.slot(glyph).used = true;
    }

    /// Notes that a glyph stood for a letter, so many times.
    fn letter(&mut self, glyph: u16, letter: char, count: u32) {
        let seen = self.slot(glyph);
        seen.used = true;
        if seen.letter == NONE {
            seen.letter = u32::from(letter);
        }
        if seen.letter == u32::from(letter) {
            seen.count = seen.count.saturating_add(count);
        } else {
            self.other(glyph, letter.encode_utf8(&mut [0; 4]), count);
        }
    }

    /// Notes that a glyph stood for some other text.
    fn other(&mut self, glyph: u16, text: &str, count: u32) {
        let texts = self.others.entry(glyph).or_default();
        match texts.get_mut(text) {
            Some(known) => *known = known.saturating_add(count),
            None => {
                texts.insert(text.to_owned(), count);
            }
        }
    }

    fn add(&mut self, run: &Run, scratch: &mut Vec<Cluster>) {
        clusters(run, scratch);
        for cluster in scratch.iter() {
            let glyphs = &run.glyphs[cluster.glyphs.clone()];
            let text = cluster.text(run);
            let mut letters = text.chars();
            match (glyphs, letters.next(), letters.next()) {
                ([glyph], Some(letter), None) => self.letter(glyph.id, letter, 1),
                ([glyph], Some(_), Some(_)) => {
                    self.mark(glyph.id);
                    self.other(glyph.id, text, 1);
                }
                (_, Some(_), Some(_)) if text.chars().count() == glyphs.len() => {
                    for (index, letter) in text.chars().enumerate() {
                        self.letter(in_text_order(glyphs, index, run.rtl).id, letter, 1);
                    }
                }
                _ => glyphs.iter().for_each(|glyph| self.mark(glyph.id)),
            }
        }
    }

    /// The sum of two; the order does not matter to [`FontUsage::texts`].
    fn merge(&mut self, other: FontUsage) {
        for (glyph, seen) in other.first.into_iter().enumerate() {
            let glyph = glyph as u16;
            match char::from_u32(seen.letter) {
                Some(letter) => self.letter(glyph, letter, seen.count),
                None if seen.used => self.mark(glyph),
                None => {}
            }
        }
        for (glyph, texts) in other.others {
            for (text, count) in texts {
                match single(&text) {
                    Some(letter) => self.letter(glyph, letter, count),
                    None => self.other(glyph, &text, count),
                }
            }
        }
    }

    /// Each used glyph, in order, with the text it stands for most often; among equals, the first in the alphabet.
    pub fn texts(&self) -> Vec<(u16, Option<String>)> {
        let mut all = Vec::new();
        for (glyph, seen) in self.first.iter().enumerate() {
            if !seen.used {
                continue;
            }
            let glyph = glyph as u16;
            let mut best = char::from_u32(seen.letter).map(|c| (seen.count, c.to_string()));
            for (text, &count) in self.others.get(&glyph).into_iter().flatten() {
                let better = best
                    .as_ref()
                    .is_none_or(|(most, known)| count > *most || (count == *most && text < known));
                if better {
                    best = Some((count, text.clone()));
                }
            }
            all.push((glyph, best.map(|(_, text)| text)));
        }
        all
    }
}

/// The glyph of a cluster for the n-th letter of its text: glyphs of a run from right to left stand backwards.
pub fn in_text_order<T>(glyphs: &[T], index: usize, rtl: bool) -> &T {
    if rtl {
        &glyphs[glyphs.len() - 1 - index]
    } else {
        &glyphs[index]
    }
}

/// The letter, of a text of just one.
fn single(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.next().filter(|_| letters.next().is_none())
}

impl Usage {
    /// Looks through all pages.
    pub fn collect(pages: &[Page], fonts: usize) -> Usage {
        let empty = || Usage {
            fonts: (0..fonts).map(|_| FontUsage::default()).collect(),
        };
        pages
            .par_chunks(64)
            .fold(empty, |mut usage, pages| {
                let mut scratch = Vec::new();
                for page in pages {
                    for item in Walk::new(&page.frame) {
                        if let Item::Glyphs { run, .. } = item
                            && let Some(font) = usage.fonts.get_mut(usize::from(run.font.0))
                        {
                            font.add(run, &mut scratch);
                        }
                    }
                }
                usage
            })
            .reduce(empty, |mut left, right| {
                for (left, right) in left.fonts.iter_mut().zip(right.fonts) {
                    left.merge(right);
                }
                left
            })
    }

    /// By font.
    pub fn fonts(&self) -> &[FontUsage] {
        &self.fonts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_text_wins_whatever_the_order() {
        let half = |texts: &[(u16, &str, u32)]| {
            let mut usage = FontUsage::default();
            for &(glyph, text, count) in texts {
                match single(text) {
                    Some(letter) => usage.letter(glyph, letter, count),
                    None => {
                        usage.mark(glyph);
                        usage.other(glyph, text, count);
                    }
                }
            }
            usage
        };
        let parts = [
            vec![(5, "-", 3), (9, "ffi", 2)],
            vec![(5, "\u{ad}", 4), (9, "f", 1)],
            vec![(5, "-", 2), (7, "a", 1)],
        ];
        let wanted = vec![
            (5, Some("-".to_owned())),
            (7, Some("a".to_owned())),
            (9, Some("ffi".to_owned())),
        ];
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
            let mut sum = FontUsage::default();
            for part in order {
                sum.merge(half(&parts[part]));
            }
            assert_eq!(sum.texts(), wanted, "{order:?}");
        }
    }
}
