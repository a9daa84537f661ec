//! Text that changed.
//!
//! In: the words of two copies and their [`Alignment`]. Out: [`TextChange`]s. What only moved is no change: notes that came to another
//! page, a figure's caption that floats elsewhere; nor is a word that is only broken, or joined, at a hyphen.

use std::collections::BTreeMap;
use std::ops::Range;

use super::align::Alignment;
use super::changes::{Place, TextChange};
use super::words::Words;

/// Changes that so many equal words stand between are told as one.
const BETWEEN: u32 = 1;

/// Words before and behind a change that are told with it.
const AROUND: u32 = 3;

/// Of a change, so many words are quoted.
const QUOTED: u32 = 400;

/// So many words or more that are gone at one place and have come at another have moved.
const MOVED: u32 = 3;

/// A stretch of words of the old text, and what it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Words of the old text.
    pub old: Range<u32>,
    /// Words of the new one.
    pub new: Range<u32>,
}

/// Notes words that only moved, and gives the stretches that changed.
pub fn stretches(old: &Words, new: &Words, alignment: &mut Alignment) -> Vec<Stretch> {
    let moved = moved(old, new, alignment);
    let mut found: Vec<Stretch> = Vec::new();
    for hunk in alignment.hunks() {
        let (was, is) = (hunk.before.clone(), hunk.after.clone());
        if moved.contains_key(&(was.start, is.start)) {
            continue;
        }
        if plain(old, was.clone()) == plain(new, is.clone()) {
            continue;
        }
        match found.last_mut() {
            Some(last)
                if was.start - last.old.end <= BETWEEN && is.start - last.new.end <= BETWEEN =>
            {
                (last.old.end, last.new.end) = (was.end, is.end);
            }
            _ => found.push(Stretch { old: was, new: is }),
        }
    }
    for (from, to, words) in moved.into_values() {
        alignment.link(from, to, words);
    }
    found
}

/// Words without hyphens, as they would be if they were never broken.
fn plain(words: &Words, range: Range<u32>) -> String {
    let mut text = words.text(range);
    text.retain(|c| !matches!(c, ' ' | '-' | '\u{2010}'));
    text
}

/// Hunks by where they begin in both texts: what is gone at one place and has come at another.
type Moves = BTreeMap<(u32, u32), (u32, u32, u32)>;

fn moved(old: &Words, new: &Words, alignment: &Alignment) -> Moves {
    let mut gone: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
    for hunk in alignment.hunks() {
        if hunk.after.is_empty() && hunk.before.len() as u32 >= MOVED {
            let text = old.text(hunk.before.clone());
            let places = gone.entry(text).or_default();
            places.push((hunk.before.start, hunk.after.start));
        }
    }
    let mut moves = Moves::new();
    for hunk in alignment.hunks() {
        if !hunk.before.is_empty() || (hunk.after.len() as u32) < MOVED {
            continue;
        }
        let text = new.text(hunk.after.clone());
        let Some((from, was)) = gone.get_mut(&text).and_then(Vec::pop) else {
            continue;
        };
        let words = hunk.after.len() as u32;
        moves.insert((from, was), (from, hunk.after.start, words));
        moves.insert(
            (hunk.before.start, hunk.after.start),
            (from, hunk.after.start, words),
        );
    }
    moves
}

/// Tells of the stretches. `was` and `is` say where a word is in each copy.
pub fn tell(
    (old, new): (&Words, &Words),
    stretches: &[Stretch],
    was: impl Fn(u32) -> Place,
    is: impl Fn(u32) -> Place,
) -> Vec<TextChange> {
    let told = stretches.iter().map(|stretch| {
        let Stretch {
            old: gone,
            new: come,
        } = stretch;
        let before = come.start.saturating_sub(AROUND)..come.start;
        let behind = come.end..come.end.saturating_add(AROUND).min(new.len());
        TextChange {
            old: old.first(gone.clone(), QUOTED),
            new: new.first(come.clone(), QUOTED),
            words: (gone.len() as u32, come.len() as u32),
            around: (new.text(before), new.text(behind)),
            was: was(gone.start.min(old.len().saturating_sub(1))),
            is: is(come.start.min(new.len().saturating_sub(1))),
        }
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(old: &str, new: &str) -> Vec<(String, String)> {
        let words = |text: &str| {
            let mut words = Words::default();
            words.read(text);
            words
        };
        let (old, new) = (words(old), words(new));
        let mut alignment = Alignment::of(old.iter(), new.iter());
        let stretches = stretches(&old, &new, &mut alignment);
        let place = |_| Place::default();
        tell((&old, &new), &stretches, place, place)
            .into_iter()
            .map(|change| (change.old, change.new))
            .collect()
    }

    fn pair(old: &str, new: &str) -> (String, String) {
        (old.to_owned(), new.to_owned())
    }

    #[test]
    fn changes_are_told_by_words() {
        assert_eq!(
            changed(
                "call me Ishmael some years ago",
                "call me Ahab some days ago"
            ),
            [pair("Ishmael some years", "Ahab some days")]
        );
        assert_eq!(changed("a b c d e", "a b c d x e"), [pair("", "x")]);
        assert!(changed("the same words", "the same words").is_empty());
    }

    #[test]
    fn broken_words_are_no_changes() {
        assert!(changed("an inter- national ship", "an international ship").is_empty());
        assert!(changed("a well-known ship", "a wellknown ship").is_empty());
    }

    #[test]
    fn what_moved_is_no_change() {
        let old = "1 See the old chart. and so the ship went on to sea";
        let new = "and so the ship went on to sea 1 See the old chart.";
        assert!(changed(old, new).is_empty());
    }
}
