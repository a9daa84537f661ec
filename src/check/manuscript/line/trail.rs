//! The way from printed text back to what was typed.
//!
//! In: a stretch of printed text, and the place of its node in the Markdown. Out: the place of any of its characters. Letters and digits
//! are the same in both, in the same order, so a character is found again by the letters before it, and of marks by how many like it stand
//! between. To count from the beginning each time would be quadratic in a paragraph of megabytes: so every so many letters it is
//! noted where both texts are.

use std::ops::Range;

use crate::model::{Chapter, NodeId};
use crate::source::Sources;

/// Every so many letters it is noted where both texts are.
const STEP: usize = 256;
/// Of marks without a letter between them nobody counts more.
const MARKS: usize = 1000;
/// So far into a node that begins with a tag its first word is looked for, in bytes.
const TAGS: usize = 10_000;

/// Where every [`STEP`]th letter of a stretch is, from the first.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// Where the stretch begins in the printed text.
    start: usize,
    /// Where what was typed for it begins in the file; behind the tags before it.
    begins: usize,
    /// In the printed text.
    printed: Vec<usize>,
    /// In the file.
    typed: Vec<usize>,
}

/// The trails of all stretches of a printed text: `pieces` says where each begins and which node it is of.
pub(super) fn trails(
    text: &str,
    pieces: &[(usize, NodeId)],
    chapter: &Chapter,
    sources: &Sources,
) -> Vec<Trail> {
    let ends = pieces.iter().skip(1).map(|(start, _)| *start);
    let ends = ends.chain([text.len()]);
    let of_piece = |((start, node), end): (&(usize, NodeId), usize)| {
        let whole = chapter.spans.get(*node)?;
        let file = sources.get(whole.file)?;
        let typed = file.text.get(whole.start as usize..whole.end as usize)?;
        let printed = text.get(*start..end)?;
        Some(Trail::of((printed, *start), (typed, whole.start as usize)))
    };
    let trails = pieces.iter().zip(ends).map(of_piece);
    trails.map(Option::unwrap_or_default).collect()
}

impl Trail {
    /// Of a printed stretch and what was typed for it, each with where it begins.
    fn of((printed, start): (&str, usize), (typed, from): (&str, usize)) -> Trail {
        // What is made of HTML has a span with tags before its words.
        let skipped = match typed.starts_with('<') {
            true => behind_tags(printed, typed).unwrap_or(typed.len()),
            false => 0,
        };
        let mut letters = 0;
        let every = |letters: &mut usize, c: char| {
            let here = c.is_alphanumeric() && letters.is_multiple_of(STEP);
            *letters += usize::from(c.is_alphanumeric());
            here
        };
        let notes = |text: &str, letters: &mut usize| {
            let noted = text
                .char_indices()
                .filter(|(_, c)| every(letters, *c))
                .map(|(at, _)| at);
            noted.collect::<Vec<_>>()
        };
        let places = notes(printed, &mut letters);
        // Spans may be longer than what is printed of them, each by all that follows.
        let far = printed.len().saturating_mul(2).saturating_add(TAGS);
        let begins = typed.get(skipped..).unwrap_or_default();
        let near = begins
            .char_indices()
            .nth(far)
            .map_or(begins.len(), |(at, _)| at);
        let mut letters = 0;
        let there = notes(&begins[..near], &mut letters);
        Trail {
            start,
            begins: from + skipped,
            printed: places.into_iter().map(|at| start + at).collect(),
            typed: there.into_iter().map(|at| from + skipped + at).collect(),
        }
    }

    /// What was typed for the character at a byte of the printed text, in a file's text that ends where its stretch does.
    pub fn typed(&self, printed: &str, at: usize, file: &str) -> Option<Range<usize>> {
        let wanted = printed.get(at..)?.chars().next()?;
        let noted = self.printed.partition_point(|place| *place <= at);
        let (near, counted) = match noted.checked_sub(1) {
            Some(step) => (self.printed[step], step * STEP),
            None => (self.start, 0),
        };
        let since = printed.get(near..at)?;
        let letters = counted + since.chars().filter(|c| c.is_alphanumeric()).count();
        let before = printed.get(self.start..at)?.chars().rev();
        let mut marks = 0;
        for (far, c) in before.take_while(|c| !c.is_alphanumeric()).enumerate() {
            if far == MARKS {
                return None;
            }
            marks += usize::from(like(c, wanted));
        }
        // From a letter before it: what stands between two letters is behind the first.
        let (from, mut seen) = match letters.checked_sub(1) {
            Some(before) => (*self.typed.get(before / STEP)?, before / STEP * STEP),
            None => (self.begins, 0),
        };
        let mut like_it = 0;
        let typed = file.get(from..)?.char_indices();
        for (offset, c) in typed.take(STEP + 2 * MARKS) {
            if seen == letters && like(c, wanted) {
                if like_it == marks || c.is_alphanumeric() {
                    let first = from + offset;
                    return Some(first..first + c.len_utf8());
                }
                like_it += 1;
            }
            seen += usize::from(c.is_alphanumeric());
            if seen > letters {
                return None;
            }
        }
        None
    }
}

/// Where the first printed word stands behind the tag that its node begins with.
fn behind_tags(printed: &str, typed: &str) -> Option<usize> {
    let letters = printed.chars().take(TAGS);
    let first: String = letters
        .skip_while(|c| !c.is_alphanumeric())
        .take_while(|c| c.is_alphanumeric())
        .collect();
    let near = typed
        .char_indices()
        .nth(TAGS)
        .map_or(typed.len(), |(at, _)| at);
    let tag = typed[..near].find('>')?;
    Some(tag + typed[tag..near].find(&first)?)
}

/// Whether a typed character may have become a printed one.
fn like(typed: char, printed: char) -> bool {
    const QUOTES: &str = "\"“”„«»「」";
    typed == printed
        || QUOTES.contains(typed) && QUOTES.contains(printed)
        || typed.is_whitespace() && printed.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_by_the_letters_before_them() {
        let typed = "He said \"so *it* is\" -- and \"went\" away. ".repeat(200);
        let printed = typed
            .replace(" \"", " “")
            .replace("\" ", "” ")
            .replace("--", "—")
            .replace('*', "");
        let trail = Trail::of((&printed, 0), (&typed, 0));
        for (at, c) in printed.char_indices() {
            let found = trail.typed(&printed, at, &typed).map(|place| &typed[place]);
            let wanted = match c {
                '“' | '”' => Some("\""),
                '—' => None,
                c => Some(&printed[at..at + c.len_utf8()]),
            };
            assert_eq!(found, wanted, "{at}");
            if c == 'w' {
                // The right one of all.
                let place = trail.typed(&printed, at, &typed).unwrap();
                let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
                assert_eq!(letters(&typed[..place.start]), letters(&printed[..at]));
            }
        }
    }

    #[test]
    fn tags_before_the_words_are_passed_over() {
        let (printed, typed) = ("Words here", "<b class=\"Wo\">Words here</b>");
        let trail = Trail::of((printed, 0), (typed, 0));
        assert_eq!(trail.typed(printed, 6, typed), Some(20..21));
    }
}
