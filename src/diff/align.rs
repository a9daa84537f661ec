//! Two sequences of words laid beside each other.
//!
//! In: the words of two texts. Out: an [`Alignment`]: which words are the same, and the stretches between them that are not. The
//! differences are imara-diff's, whose bounds on the search depend on the words alone and never on a clock.

use std::hash::Hash;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Hunk, Token};
use indexmap::IndexSet;

/// Which words of one text are which of another.
#[derive(Debug, Default)]
pub struct Alignment {
    /// By word of the old text: the word of the new one, or [`NONE`].
    forward: Vec<u32>,
    /// Where they differ, in order.
    hunks: Vec<Hunk>,
    /// How many words the new text has.
    new: u32,
}

/// No word.
const NONE: u32 = u32::MAX;

/// A place in a text: twice a word's number before that word, one more within it.
pub type Gap = u32;

impl Alignment {
    /// Of two sequences of anything that can be equal. What is beyond 2³⁰ words is not looked at.
    pub fn of<T: Hash + Eq>(
        old: impl IntoIterator<Item = T>,
        new: impl IntoIterator<Item = T>,
    ) -> Alignment {
        let mut known: IndexSet<T> = IndexSet::new();
        let mut tokens = |sequence: &mut dyn Iterator<Item = T>| -> Vec<Token> {
            let sequence = sequence.take(1 << 30);
            sequence
                .map(|item| Token(known.insert_full(item).0 as u32))
                .collect()
        };
        let old = tokens(&mut old.into_iter());
        let new = tokens(&mut new.into_iter());
        let mut diff = Diff::default();
        diff.compute_with(Algorithm::Histogram, &old, &new, known.len() as u32);
        let hunks: Vec<Hunk> = diff.hunks().collect();
        let mut forward = vec![NONE; old.len()];
        let (mut here, mut there) = (0, 0);
        let last = Hunk {
            before: old.len() as u32..old.len() as u32,
            after: new.len() as u32..new.len() as u32,
        };
        for hunk in hunks.iter().chain([&last]) {
            for (place, image) in (here..hunk.before.start).zip(there..hunk.after.start) {
                forward[place as usize] = image;
            }
            (here, there) = (hunk.before.end, hunk.after.end);
        }
        Alignment {
            forward,
            hunks,
            new: new.len() as u32,
        }
    }

    /// Where the texts differ: ranges of words of the old and the new one, at least one of them not empty.
    pub fn hunks(&self) -> &[Hunk] {
        &self.hunks
    }

    /// The word of the new text that a word of the old one is.
    pub fn image(&self, word: u32) -> Option<u32> {
        let image = self.forward.get(word as usize).copied();
        image.filter(|image| *image != NONE)
    }

    /// Says of words that they are those of the new text, which stand elsewhere.
    pub fn link(&mut self, old: u32, new: u32, words: u32) {
        for word in 0..words {
            if let Some(image) = self.forward.get_mut((old + word) as usize) {
                *image = new + word;
            }
        }
    }

    /// Where in the new text a place of the old one may be: any between these, both included.
    pub fn images(&self, gap: Gap) -> Range<Gap> {
        let word = gap / 2;
        if gap % 2 == 1 {
            return match self.image(word) {
                Some(image) => 2 * image + 1..2 * image + 2,
                None => self.around(word, |after| 2 * after.start..2 * after.end + 1),
            };
        }
        let before = match word.checked_sub(1) {
            None => 0,
            Some(last) => match self.image(last) {
                Some(image) => 2 * (image + 1),
                None => self.around(last, |after| 2 * after.start),
            },
        };
        let behind = match self.image(word) {
            Some(image) => 2 * image,
            None if word as usize >= self.forward.len() => 2 * self.new,
            None => self.around(word, |after| 2 * after.end),
        };
        before..behind + 1
    }

    /// What the hunk of a word of the old text that is no more has in the new one.
    fn around<T>(&self, word: u32, take: impl Fn(&Range<u32>) -> T) -> T {
        let at = self.hunks.partition_point(|hunk| hunk.before.end <= word);
        let after = self.hunks.get(at).map(|hunk| hunk.after.clone());
        take(&after.unwrap_or(self.new..self.new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(old: &str, new: &str) -> Alignment {
        let split = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        Alignment::of(&split(old), &split(new))
    }

    #[test]
    fn words_keep_their_places() {
        let found = aligned("a b c d", "a x y c d e");
        let images: Vec<_> = (0..4).map(|word| found.image(word)).collect();
        assert_eq!(images, [Some(0), None, Some(3), Some(4)]);
        assert_eq!(found.hunks().len(), 2);
        // Before `b`: before or behind any word that stands for it.
        assert_eq!(found.images(2), 2..7);
        // Within `c`.
        assert_eq!(found.images(5), 7..8);
        // At the end: before or behind what was added.
        assert_eq!(found.images(8), 10..13);
    }

    #[test]
    fn equal_texts_have_no_hunks() {
        let found = aligned("a b a b", "a b a b");
        assert!(found.hunks().is_empty());
        assert_eq!(found.images(6), 6..7);
        let nothing: [String; 0] = [];
        let empty = Alignment::of(&nothing, &nothing);
        assert_eq!(empty.images(0), 0..1);
    }

    /// Two texts that share no order cost no more than their length allows.
    #[test]
    fn texts_that_have_nothing_in_common_are_told_apart() {
        let old: Vec<u32> = (0..40_000).map(|n| n % 251).collect();
        let new: Vec<u32> = (0..40_000).map(|n| (n * 7 + n / 3) % 241).collect();
        let found = Alignment::of(&old, &new);
        assert!(!found.hunks().is_empty());
    }
}
