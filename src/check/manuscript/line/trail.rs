//! The way from printed text back to what was typed.
//!
//! In: a stretch of printed text, and the place of its node in the Markdown. Out: the place of any of its characters. The two are gone
//! through side by side (`typed`). To do that from the beginning each time would be quadratic in a paragraph of megabytes: so every so
//! many characters it is noted where both texts are.

use std::ops::Range;

use super::typed::step;
use crate::model::{Chapter, NodeId};
use crate::source::Sources;

/// Every so many characters it is noted where both texts are.
const STEP: usize = 256;

/// Where every [`STEP`]th character of a stretch is, from the first: in the printed text, and in the file.
#[derive(Debug, Default)]
pub(super) struct Trail(Vec<(usize, usize)>);

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
        let (mut notes, mut there) = (Vec::new(), 0);
        for (number, (at, c)) in printed.char_indices().enumerate() {
            if number.is_multiple_of(STEP) {
                notes.push((start + at, from + there));
            }
            if step(typed, &mut there, c, &printed[at + c.len_utf8()..]).is_none() {
                break;
            }
        }
        Trail(notes)
    }

    /// What was typed for the character at a byte of the printed text, in a file's text that ends where its stretch does.
    pub fn typed(&self, printed: &str, at: usize, file: &str) -> Option<Range<usize>> {
        let noted = self.0.partition_point(|(place, _)| *place <= at);
        let (near, mut there) = *self.0.get(noted.checked_sub(1)?)?;
        for (far, c) in printed.get(near..)?.char_indices().take(STEP) {
            let behind = near + far + c.len_utf8();
            let found = step(file, &mut there, c, printed.get(behind..)?)?;
            if near + far == at {
                return Some(found);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_among_others_like_them() {
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
                '—' => Some("--"),
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
    fn what_was_typed_otherwise_is_stepped_over() {
        for (typed, printed, word, wanted) in [
            ("so it is", "so it is", "it", "it"),
            (
                "\\* and &amp; &eacute;t&#233; TK",
                "* and & été TK",
                "TK",
                "TK",
            ),
            (
                "\\* and &amp; &eacute;t&#233; TK",
                "* and & été TK",
                "&",
                "&amp;",
            ),
            ("p.&nbsp; 7", "p.\u{A0} 7", "\u{A0}", "&nbsp;"),
            ("AT&T; and AT&T TK", "AT&T; and AT&T TK", "TK", "TK"),
            (
                "\"So,\" he -- it --- was... TK",
                "“So,” he – it — was… TK",
                "…",
                "...",
            ),
            (
                "Quoi? \"Oui\" TK",
                "Quoi\u{202F}? «\u{A0}Oui\u{A0}» TK",
                "TK",
                "TK",
            ),
            ("<p>So <b>it</b> is", "So it is", "is", "is"),
            ("<p>So \\\\ it < 3", "So \\ it < 3", "<", "< 3"),
            ("日本、TK 'n'", "日本、TK ’n’", "’", "'"),
        ] {
            let at = printed.find(word).unwrap();
            let trail = Trail::of((printed, 0), (typed, 0));
            let found = trail.typed(printed, at, typed).unwrap();
            assert!(wanted.starts_with(&typed[found.clone()]), "{typed}");
            assert_eq!(found.start, typed.find(wanted).unwrap(), "{typed}");
        }
        let other = Trail::of(("Starbuck", 0), ("Ahab", 0));
        assert_eq!(other.typed("Starbuck", 3, "Ahab"), None);
    }

    #[test]
    fn tags_before_the_words_are_passed_over() {
        let (printed, typed) = ("Words here", "<b class=\"Wo\">Words here</b>");
        let trail = Trail::of((printed, 0), (typed, 0));
        assert_eq!(trail.typed(printed, 6, typed), Some(20..21));
    }
}
