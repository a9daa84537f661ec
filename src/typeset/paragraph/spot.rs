//! Where in the manuscript a line begins: the inline, and how many words into it.
//!
//! In: a paragraph's setting, and a line of it. Out: a [`Spot`], which [`Spot::find`] turns into a place of the source
//! text. Glyphs know no bytes of the manuscript: quotes were turned, marks were taken out, lines were joined. But its words
//! stand there in the same order, so the place is found by counting words, and by their letters.

use super::content::ChunkKind;
use super::{Paragraph, Place};
use crate::model::NodeRef;
use crate::source::Span;

/// Where a line begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The inline that its first word is of.
    pub node: NodeRef,
    /// How many words of that inline stand before it.
    pub words: usize,
    /// The word that it begins with; the whole word where the line begins within it.
    pub first: String,
    /// How many words stand in the line.
    pub count: usize,
    /// It begins with a whole word of running text, which its author may give hyphens.
    pub divisible: bool,
}

/// By so many words the count may be wrong: spaces were put in or taken out, marks of Markdown stand alone.
const ASTRAY: usize = 12;

/// Further back than so many words and spaces nobody counts: a paragraph so long is no author's, and its every line might be
/// asked for.
const FAR: usize = 5000;
/// So many characters of a word are enough to know it by.
const LONG: usize = 500;

impl Paragraph {
    /// Whether a line of a setting ends where its author says so.
    pub fn ends_by_author(&self, setting: usize, line: usize) -> bool {
        let lines = self.settings.get(setting).map(|set| set.lines.as_slice());
        let end = lines.unwrap_or_default().get(line).map(|line| line.end);
        let chunk = end.and_then(|end| self.content.chunks.get(end.chunk as usize));
        chunk.is_some_and(|chunk| matches!(chunk.kind, ChunkKind::Break))
    }

    /// Where a line of a setting begins in the manuscript; `None` if there is no such line, or no word in it, or if it is too far
    /// from where its inline begins.
    pub fn spot(&self, setting: usize, line: usize) -> Option<Spot> {
        let lines = &self.settings.get(setting)?.lines;
        let end = lines.get(line)?.end;
        let start = match line.checked_sub(1) {
            Some(before) => lines[before].end.next_line(),
            None => Place::default(),
        };
        let chunks = &self.content.chunks;
        let is_word = |at: &usize| matches!(chunks[*at].kind, ChunkKind::Word(_));
        let stop = (end.chunk as usize + usize::from(end.point > 0)).min(chunks.len());
        let word = (start.chunk as usize..stop).find(is_word)?;
        let node_of = |at: usize| {
            let run = self.content.runs.get(usize::from(chunks[at].run));
            run.map(|run| run.node)
        };
        let node = node_of(word)?;
        let run = self.content.run(&chunks[word]);
        // Back to where the inline begins, over the words that are parted by spaces.
        let (mut words, mut parted) = (0, false);
        for (gone, at) in (0..word).rev().enumerate() {
            if node_of(at) != Some(node) {
                break;
            }
            if gone == FAR {
                return None;
            }
            match chunks[at].kind {
                ChunkKind::Space(_) | ChunkKind::Break => parted = true,
                ChunkKind::Word(_) => words += usize::from(std::mem::take(&mut parted)),
                _ => {}
            }
        }
        let before = (0..word).rev().take(FAR).take_while(is_word);
        let begins = before.last().unwrap_or(word);
        let letters = chunks[begins..]
            .iter()
            .map_while(|chunk| match &chunk.kind {
                ChunkKind::Word(word) => Some(&*word.text),
                _ => None,
            });
        let spaces = chunks[word..stop]
            .windows(2)
            .filter(|pair| {
                !matches!(pair[0].kind, ChunkKind::Word(_))
                    && matches!(pair[1].kind, ChunkKind::Word(_))
            })
            .count();
        Some(Spot {
            node: NodeRef {
                chapter: self.content.origin.chapter,
                node,
            },
            words,
            first: letters.flat_map(str::chars).take(LONG).collect(),
            count: spaces + 1,
            divisible: start.point == 0 && !run.style.fixed_pitch,
        })
    }
}

impl Spot {
    /// The words of the line in a source text, where its inline has this span there: as far as they stand in one line of
    /// it.
    pub fn find(&self, text: &str, inline: Span) -> Span {
        let from = (inline.start as usize).min(text.len());
        let Some(rest) = text.get(from..) else {
            return inline;
        };
        let letters = letters(&self.first);
        let found = tokens(rest)
            .enumerate()
            .take(self.words + ASTRAY)
            .skip(self.words.saturating_sub(ASTRAY))
            .map(|(number, token)| {
                let same = !letters.is_empty()
                    && self::letters(&rest[token.0..token.1]).contains(&letters);
                // The right word, or the nearest that may be it; else the one that was counted to.
                let far = number.abs_diff(self.words);
                (if same { far } else { far + 2 * ASTRAY }, token)
            })
            .min_by_key(|(far, _)| *far);
        let Some((_, (start, _))) = found else {
            return inline;
        };
        let line = rest[start..]
            .find('\n')
            .map_or(rest.len(), |end| start + end);
        let end = tokens(&rest[start..line]).take(self.count).last();
        let end = end.map_or(line, |(_, end)| start + end);
        Span::new(inline.file, from + start, from + end)
    }
}

/// What of a word is the same in the manuscript and in print.
fn letters(word: &str) -> String {
    let known = word.chars().take(2 * LONG);
    known.filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a Markdown text, by their first byte and the one after their last; the signs of quotations that a line
/// begins with are none.
fn tokens(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = &text[at..];
            let start = at + rest.find(|c: char| !c.is_whitespace())?;
            let word = &text[start..];
            let end = start + word.find(char::is_whitespace).unwrap_or(word.len());
            let new_line = text[at..start].contains('\n');
            at = end;
            if new_line && text[start..end].bytes().all(|byte| byte == b'>') {
                // What follows still begins the line.
                continue;
            }
            return Some((start, end));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn words_are_found_among_the_marks_of_markdown() {
        let text = "# Title\n\n> He said \"so *it* is\" --\n> and went [away](x.md) again.\n";
        let find = |words, first: &str, count, node: &str| {
            let start = text.find(node).expect("the text has it");
            let spot = Spot {
                node: NodeRef::default(),
                words,
                first: first.to_owned(),
                count,
                divisible: true,
            };
            let span = spot.find(text, Span::new(FileId(0), start, start + node.len()));
            text[span.start as usize..span.end as usize].to_owned()
        };
        assert_eq!(find(2, "“so", 2, "He said"), "\"so *it*");
        assert_eq!(find(2, "and", 3, "is\" --"), "and went [away](x.md)");
        // The count is one short of the word.
        assert_eq!(find(2, "went", 9, "is\" --"), "went [away](x.md) again.");
        // The word is not there: it was put in by a variable.
        assert_eq!(find(1, "Ahab", 1, "He said"), "said");
        assert_eq!(find(99, "x", 1, "He said"), "He said");
    }
}
