//! What an author should hear of the words at the ends of lines: a last line that is hardly one, the same word one below the
//! other, a word that the end of a page divides.
//!
//! The rules are those that typographers teach (R. Bringhurst, *The Elements of Typographic Style*, 2.4.2, 2.4.7 and 2.4.10). They
//! are told where the setting could do no better; mending is for who may change the words.

use super::inner::Within;
use super::lines::{Chosen, REWORD};
use super::rivers::{White, white};
use super::{Judge, text};
use crate::diag::{Code, Diagnostic};
use crate::theme::Justify;
use crate::unit::Abs;

/// A last line of one word has so many letters at least: Bringhurst's rule, for scripts of capitals and small letters.
const LETTERS: usize = 4;
/// And one of the end of a word so many. Bringhurst has none at all; but a longer end fills the line as far as a word does, and in
/// Russian or German every eighth page has one that nothing but other words could mend.
const END_LETTERS: usize = 5;
/// So many lines in a row begin or end alike before their author hears of it: Bringhurst allows two.
const STACKED: usize = 3;

/// Room for words, kept from one paragraph to the next.
#[derive(Default)]
pub(super) struct Words {
    line: String,
    white: White,
    /// Of the lines before, at their beginnings and at their ends.
    stacks: [Stack; 2],
}

/// Lines in a row that have the same word at one of their ends.
#[derive(Default)]
struct Stack {
    word: String,
    /// The first of them.
    from: usize,
    /// How many.
    lines: usize,
}

/// Which end of a line.
const ENDS: [&str; 2] = ["begin", "end"];

impl Judge<'_> {
    /// Tells of the words at the ends of a paragraph's lines on a page.
    pub(super) fn words(&self, chosen: &Chosen<'_>, words: &mut Words) {
        self.runt(chosen, words);
        // A note may be divided between pages, but where is not known yet; many are lists of names, which begin alike.
        if chosen.within == Within::Text {
            self.hyphen_at_turn(chosen);
            self.stacked(chosen, words);
        }
    }

    /// A last line that is but the end of a word, a short word, or shorter than the indent of the next paragraph.
    fn runt(&self, chosen: &Chosen<'_>, words: &mut Words) {
        let last = chosen.lines.len() - 1;
        let Some(before) = last.checked_sub(1) else {
            return;
        };
        let running = chosen.paragraph.style().align == Justify::Both;
        let ended = chosen.paragraph.ends_by_author(chosen.setting, before);
        if !chosen.here.contains(&last) || !running || ended {
            return;
        }
        let Some(frame) = chosen.frame(last) else {
            return;
        };
        words.line.clear();
        text(frame, &mut words.line);
        white(frame, &mut words.white);
        let width = words.white.ink().map_or(Abs::ZERO, |(from, to)| to - from);
        let alone = words.line.split_whitespace().count() < 2;
        let letters = words.line.chars().filter(|c| c.is_alphanumeric());
        let (many, cased) = letters.fold((0, true), |(many, cased), c| {
            (many + 1, cased && (c.is_lowercase() || c.is_uppercase()))
        });
        let what = if many == 0 {
            return;
        } else if alone && many < END_LETTERS && chosen.is_divided(before) {
            "only the end of a word"
        } else if chosen.within == Within::Note {
            // Most end with the number of a page.
            return;
        } else if alone && many < LETTERS && cased {
            "only a short word"
        } else if width < self.plan.body.indent {
            "shorter than the indent of a paragraph"
        } else {
            return;
        };
        let message = format!(
            "the last line of a paragraph{} is {what}: {}",
            chosen.page.replacen(" of page", " on page", 1),
            chosen.quote(last)
        );
        let found = Diagnostic::new(Code::Runt, self.place(chosen, last), message);
        self.sink.push(found.on_page(chosen.folio).hint(REWORD));
    }

    /// A word of which the rest stands overleaf.
    fn hyphen_at_turn(&self, chosen: &Chosen<'_>) {
        let end = chosen.here.end;
        let parted = end < chosen.lines.len() && chosen.lines[end - 1].hyphenated;
        if !parted || !chosen.turns {
            return;
        }
        let message = match chosen.folio {
            "" => format!("a page ends within a word: {}", chosen.quote(end - 1)),
            folio => format!("page {folio} ends within a word: {}", chosen.quote(end - 1)),
        };
        let place = self.place(chosen, end - 1);
        let found = Diagnostic::new(Code::HyphenAtTurn, place, message);
        self.sink.push(found.on_page(chosen.folio).hint(REWORD));
    }

    /// Lines in a row that begin or end with the same word.
    fn stacked(&self, chosen: &Chosen<'_>, words: &mut Words) {
        // Lines of code begin as their author would have them.
        if chosen.paragraph.style().text.fixed_pitch {
            return;
        }
        for line in chosen.here.clone() {
            let Some(frame) = chosen.frame(line) else {
                continue;
            };
            let begins = line == chosen.here.start
                || line
                    .checked_sub(1)
                    .is_some_and(|before| chosen.paragraph.ends_by_author(chosen.setting, before));
            words.line.clear();
            text(frame, &mut words.line);
            for (end, stack) in words.stacks.iter_mut().enumerate() {
                let mut all = words.line.split_whitespace();
                let word = if end == 0 {
                    all.next()
                } else {
                    all.next_back()
                };
                let word = bare(word.unwrap_or_default());
                if !begins && !word.is_empty() && alike(word, &stack.word) {
                    stack.lines += 1;
                } else {
                    self.tell_stack(chosen, end, stack);
                    stack.word.clear();
                    stack.word.push_str(word);
                    (stack.from, stack.lines) = (line, 1);
                }
            }
        }
        for (end, stack) in words.stacks.iter_mut().enumerate() {
            self.tell_stack(chosen, end, stack);
            stack.lines = 0;
        }
    }

    fn tell_stack(&self, chosen: &Chosen<'_>, end: usize, stack: &Stack) {
        if stack.lines < STACKED {
            return;
        }
        let message = format!(
            "{} lines{} in a row {} with `{}`",
            stack.lines, chosen.page, ENDS[end], stack.word
        );
        let found = Diagnostic::new(Code::StackedWords, self.place(chosen, stack.from), message);
        self.sink.push(found.on_page(chosen.folio).hint(REWORD));
    }
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn alike(a: &str, b: &str) -> bool {
    let lower = |text: &'_ str| {
        text.chars()
            .flat_map(char::to_lowercase)
            .collect::<Vec<_>>()
    };
    a == b || a.len() == b.len() && lower(a) == lower(b)
}
