//! Which glyphs the book uses, and for which letters.
//!
//! In: the pages. Out: per font, each used glyph with the texts it stands for, the most frequent first. Mostly that is
//! one; but the same hyphen is an author's, or was put in where a word is broken.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::typeset::frame::{Item, Run};
use crate::typeset::pages::Page;

use super::clusters::{Clusters, SILENT, in_text_order, shares};
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
    /// By glyph: the letter seen first, and how often.
    first: Vec<Seen>,
    /// By glyph: every other text, how often.
    others: BTreeMap<u16, BTreeMap<String, u32>>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    letter: u32,
    count: u32,
}

const UNSEEN: Seen = Seen {
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

    /// Notes that a glyph stood for a text, so many times.
    fn text(&mut self, glyph: u16, text: &str, count: u32) {
        let mut letters = text.chars();
        let single = letters.next().filter(|_| letters.next().is_none());
        let seen = self.slot(glyph);
        if let Some(letter) = single {
            if seen.letter == NONE {
                seen.letter = u32::from(letter);
            }
            if seen.letter == u32::from(letter) {
                seen.count = seen.count.saturating_add(count);
                return;
            }
        }
        let texts = self.others.entry(glyph).or_default();
        match texts.get_mut(text) {
            Some(known) => *known = known.saturating_add(count),
            None => {
                texts.insert(text.to_owned(), count);
            }
        }
    }

    fn add(&mut self, run: &Run) {
        for cluster in Clusters::of(run) {
            let glyphs = &run.glyphs[cluster.glyphs.clone()];
            // Nearly all text is one known letter a glyph.
            if let ([glyph], 1) = (glyphs, cluster.text.len())
                && let Some(&byte) = run.text.as_bytes().get(cluster.text.start)
                && let Some(seen) = self.first.get_mut(usize::from(glyph.id))
                && seen.letter == u32::from(byte)
                && byte.is_ascii()
            {
                seen.count = seen.count.saturating_add(1);
                continue;
            }
            let text = cluster.text(run);
            match glyphs {
                [glyph] if !text.is_empty() => self.text(glyph.id, text, 1),
                _ => {
                    let shares = shares(glyphs, text, run.rtl);
                    for (place, share) in shares.into_iter().enumerate() {
                        let glyph = in_text_order(glyphs, place, run.rtl);
                        self.text(glyph.id, share.unwrap_or(SILENT), 1);
                    }
                }
            }
        }
    }

    /// The sum of two; the order does not matter to [`FontUsage::texts`].
    fn merge(&mut self, other: FontUsage) {
        for (glyph, seen) in other.first.into_iter().enumerate() {
            let glyph = glyph as u16;
            if let Some(letter) = char::from_u32(seen.letter) {
                self.text(glyph, letter.encode_utf8(&mut [0; 4]), seen.count);
            }
        }
        for (glyph, texts) in other.others {
            for (text, count) in texts {
                self.text(glyph, &text, count);
            }
        }
    }

    /// Each used glyph, in order, with the texts it stands for: the most frequent first, equals by the alphabet.
    pub fn texts(&self) -> Vec<(u16, Vec<String>)> {
        let mut all = Vec::new();
        for (glyph, seen) in self.first.iter().enumerate() {
            let glyph = glyph as u16;
            let mut texts: Vec<(std::cmp::Reverse<u32>, String)> = Vec::new();
            if let Some(letter) = char::from_u32(seen.letter) {
                texts.push((std::cmp::Reverse(seen.count), letter.to_string()));
            }
            for (text, &count) in self.others.get(&glyph).into_iter().flatten() {
                texts.push((std::cmp::Reverse(count), text.clone()));
            }
            if texts.is_empty() {
                continue;
            }
            texts.sort();
            all.push((glyph, texts.into_iter().map(|(_, text)| text).collect()));
        }
        all
    }
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
                for page in pages {
                    for item in Walk::new(&page.frame) {
                        if let Item::Glyphs { run, .. } = item
                            && let Some(font) = usage.fonts.get_mut(usize::from(run.font.0))
                        {
                            font.add(run);
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
    fn the_most_frequent_text_comes_first_whatever_the_order() {
        let parts = [
            vec![(5, "-", 3), (9, "ffi", 2)],
            vec![(5, "\u{ad}", 4), (9, "f", 1)],
            vec![(5, "-", 2), (7, "a", 1)],
        ];
        let wanted = [
            (5, vec!["-".to_owned(), "\u{ad}".to_owned()]),
            (7, vec!["a".to_owned()]),
            (9, vec!["ffi".to_owned(), "f".to_owned()]),
        ];
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
            let mut sum = FontUsage::default();
            for part in order {
                let mut usage = FontUsage::default();
                for &(glyph, text, count) in &parts[part] {
                    usage.text(glyph, text, count);
                }
                sum.merge(usage);
            }
            assert_eq!(sum.texts(), wanted, "{order:?}");
        }
    }
}
