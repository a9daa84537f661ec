//! Texts as their letters, so that one can be looked for in another that was broken into lines and pages differently.
//!
//! In: text. Out: its letters without case, accents and ligatures; no spaces, marks, digits. So hyphens at the ends of lines, folios,
//! numbers of lists and calls of notes make no difference. Letters of scripts that PDFs often give in the order in which they are
//! painted are left out. A stretch of [`LENGTH`] letters, a *gram*, is as good as unique in a book; what a text has of the grams of
//! another is what it has of its words.

use std::ops::Range;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

/// How many letters are looked at together: about three words.
pub(super) const LENGTH: usize = 16;

/// The letters of a text, each with its place.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters {
    letters: Vec<char>,
    /// Where in the text each stands, in bytes.
    at: Vec<u32>,
    /// Whether others were left out, or stand with those of East Asia: the order of letters from several fonts may be another in a PDF.
    pub is_mixed: bool,
}

impl Letters {
    /// Those of a text.
    pub fn of(text: &str) -> Letters {
        let mut out = Letters::default();
        for (at, c) in text.char_indices() {
            out.push(c, at as u32);
        }
        let wide = |letter: &char| {
            use Script as S;
            let script = letter.script();
            matches!(script, S::Han | S::Hiragana | S::Katakana | S::Hangul)
        };
        let count = out.letters.iter().filter(|letter| wide(letter)).count();
        out.is_mixed |= count > 0 && count < out.letters.len();
        out
    }

    fn push(&mut self, c: char, at: u32) {
        let mut add = |letter: char| {
            self.letters.push(letter);
            self.at.push(at);
        };
        if c.is_ascii() {
            if c.is_ascii_alphabetic() {
                add(c.to_ascii_lowercase());
            }
            return;
        }
        if !c.is_alphabetic() {
            return;
        }
        if !is_simple(c) {
            self.is_mixed |= !matches!(c.script(), Script::Common | Script::Inherited);
            return;
        }
        if c == 'ß' || c == 'ẞ' {
            add('s');
            return add('s');
        }
        // One syllable would become three letters.
        if c.script() == Script::Hangul {
            return add(c);
        }
        for part in std::iter::once(c).nfkd() {
            if part.is_alphabetic() {
                part.to_lowercase().for_each(&mut add);
            }
        }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.letters.len()
    }

    /// The range of the text that a range of letters stands in.
    pub fn place(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.at.get(range.start).copied().unwrap_or_default();
        let last = self.at.get(range.end.saturating_sub(1)).copied();
        first as usize..last.unwrap_or(first) as usize + 1
    }

    /// The letters alone.
    pub fn text(&self) -> String {
        self.letters.iter().collect()
    }

    /// Each gram, by the number of its first letter.
    fn grams(&self) -> impl Iterator<Item = (usize, u64)> {
        // A polynomial in the letters, reckoned on from one to the next.
        const BASE: u64 = 0x0100_0000_01b3;
        let gone = (1..LENGTH).fold(1u64, |power, _| power.wrapping_mul(BASE));
        let mut hash = 0u64;
        self.letters
            .iter()
            .enumerate()
            .filter_map(move |(at, letter)| {
                if at >= LENGTH {
                    let old = self.letters[at - LENGTH] as u64;
                    hash = hash.wrapping_sub(old.wrapping_mul(gone));
                }
                hash = hash.wrapping_mul(BASE).wrapping_add(*letter as u64);
                (at + 1 >= LENGTH).then(|| (at + 1 - LENGTH, hash))
            })
    }
}

/// Whether the letters of a script come out of a PDF in the order in which they are read.
fn is_simple(c: char) -> bool {
    matches!(
        c.script(),
        Script::Latin
            | Script::Greek
            | Script::Cyrillic
            | Script::Armenian
            | Script::Georgian
            | Script::Ethiopic
            | Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Hangul
    )
}

/// All grams of some texts.
#[derive(Debug, Default)]
pub(super) struct Grams {
    /// Where each first begins; `None` for one that comes again.
    first: FxHashMap<u64, Option<u32>>,
    /// How many letters the texts have.
    length: u32,
}

impl Grams {
    /// Takes a text in.
    pub fn add(&mut self, letters: &Letters) {
        for (at, gram) in letters.grams() {
            let at = self.length.saturating_add(at as u32);
            self.first
                .entry(gram)
                .and_modify(|first| *first = None)
                .or_insert(Some(at));
        }
        self.length = self.length.saturating_add(letters.len() as u32);
    }

    /// The stretches of a text that none of these texts has, of at least so many letters.
    pub fn lacks(&self, letters: &Letters, least: usize) -> Vec<Range<usize>> {
        let mut missing = Vec::new();
        let mut known = 0;
        for (at, gram) in letters.grams() {
            if !self.first.contains_key(&gram) {
                continue;
            }
            if at > known {
                missing.push(known..at);
            }
            known = at + LENGTH;
        }
        if letters.len() > known {
            missing.push(known..letters.len());
        }
        missing.retain(|range| range.len() >= least);
        missing
    }

    /// Where in these texts a text stands: the middle one of the places of grams that are there once, and once among its own; `None` if
    /// there are few.
    pub fn place(&self, letters: &Letters, own: &Grams) -> Option<u32> {
        // As many as a sentence has, and a good part of the text.
        const FEWEST: usize = 40;
        let grams = letters.grams();
        let mut places: Vec<u32> = grams
            .filter(|(_, gram)| own.first.get(gram).is_some_and(Option::is_some))
            .filter_map(|(_, gram)| *self.first.get(&gram)?)
            .collect();
        let middle = places.len() / 2;
        if places.len() < FEWEST || places.len() * 4 < letters.len() {
            return None;
        }
        Some(*places.select_nth_unstable(middle).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_count() {
        let letters = |text: &str| Letters::of(text).text();
        assert_eq!(letters("Sir, 1 or-\n thur!"), "sirorthur");
        assert_eq!(
            letters("ﬁne Œuvre Straße ÉTÉ e\u{301}"),
            "fineœuvrestrasseetee"
        );
        assert_eq!(letters("Ελλάδα ЙОД 漢字かな 한글"), "ελλαδαиод漢字かな한글");
        assert_eq!(letters("שלום سلام नमस्ते"), "");
    }

    #[test]
    fn what_is_broken_differently_is_found_and_what_is_not_there_missed() {
        let book = "You have found an ounce in the pound. I know you will have weighed the shavings of lead.";
        let pages = "You have found an ounce in the\npou-\n12\nthe letter\nnd. I know you will have weighed the sha-\nvings of lead.";
        let mut grams = Grams::default();
        grams.add(&Letters::of(pages));
        let letters = Letters::of(book);
        assert!(grams.lacks(&letters, LENGTH).is_empty());
        let other = Letters::of(
            "You have found an ounce in the pound. Nobody has ever seen it. I know you will have weighed the shavings.",
        );
        let missing = grams.lacks(&other, LENGTH);
        assert_eq!(missing.len(), 1, "{missing:?}");
        let place = other.place(&missing[0]);
        assert!(
            (33..40).contains(&place.start) && (60..70).contains(&place.end),
            "{place:?}"
        );
    }

    #[test]
    fn short_texts_have_no_grams() {
        let grams = Grams::default();
        assert_eq!(grams.lacks(&Letters::of("short"), 1), vec![0..5]);
        assert!(grams.lacks(&Letters::of(""), 1).is_empty());
        assert_eq!(grams.place(&Letters::of("short"), &grams), None);
    }
}
