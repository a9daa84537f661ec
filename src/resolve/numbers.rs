//! What is numbered, and with which number.
//!
//! In: the chapters in order, their surveys, `numbering:` of the manifest. Out: a [`Number`] for each part, chapter,
//! section, figure and table that has one. Chapters count on through parts. Sections count in their chapter; figures and
//! tables with an id that asks for it (`#fig-…`, `#tbl-…`) count in their chapter or through the book.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::survey::Survey;
use super::words::Words;
use crate::manifest::{ExerciseNumbers, Numbering};
use crate::model::{
    Chapter, ChapterId, ChapterRole, Lang, Matter, NodeId, NodeRef, Number, Numeral,
};
use crate::numeral::roman;

/// Numbers everything.
pub(super) fn numbers(
    chapters: &[Arc<Chapter>],
    surveys: &[Survey<'_>],
    numbering: &Numbering,
    lang: &Lang,
) -> BTreeMap<NodeRef, Number> {
    let mut counter = Counter {
        numbering,
        words: Words::of(lang),
        out: BTreeMap::new(),
        parts: 0,
        chapters: Vec::new(),
        appendices: Vec::new(),
        floats: [0, 0],
        exercises: 0,
    };
    for (index, (chapter, survey)) in chapters.iter().zip(surveys).enumerate() {
        counter.chapter(ChapterId(index as u32), chapter, survey);
    }
    counter.out
}

struct Counter<'a> {
    numbering: &'a Numbering,
    words: &'static Words,
    out: BTreeMap<NodeRef, Number>,
    parts: u32,
    /// One per level of nesting.
    chapters: Vec<u32>,
    appendices: Vec<u32>,
    /// Figures and tables through the book.
    floats: [u32; 2],
    /// Exercises through the book.
    exercises: u32,
}

impl Counter<'_> {
    fn chapter(&mut self, id: ChapterId, chapter: &Chapter, survey: &Survey<'_>) {
        let here = |node| NodeRef { chapter: id, node };
        if chapter.role == ChapterRole::Part {
            if self.numbering.parts != Numeral::None && chapter.numbered != Some(false) {
                self.parts += 1;
                let text = numeral(self.parts, self.numbering.parts, self.words);
                let number = Number {
                    parts: vec![self.parts],
                    label: self.words.part.replace("{}", &text),
                    text,
                };
                self.out.insert(here(NodeId(0)), number);
            }
            return;
        }
        let own = self.own(chapter);
        if let Some((number, _)) = &own {
            self.out.insert(here(NodeId(0)), number.clone());
        }
        // Where the book numbers its chapters, an unnumbered one has unnumbered sections; where it does not, the
        // sections of each file count from one.
        let counts_sections = own.is_some() || self.numbering.chapters == Numeral::None;
        if counts_sections && chapter.numbered != Some(false) {
            self.sections(id, survey, own.as_ref());
        }
        self.figures(id, survey, own.as_ref());
        self.exercises(id, survey, own.as_ref());
    }

    fn exercises(&mut self, id: ChapterId, survey: &Survey<'_>, own: Option<&(Number, Numeral)>) {
        let mut within = 0;
        for &node in &survey.exercises {
            let count = match self.numbering.exercises {
                ExerciseNumbers::None => return,
                ExerciseNumbers::Chapter => &mut within,
                ExerciseNumbers::Book => &mut self.exercises,
            };
            *count += 1;
            let chapter = own.filter(|_| self.numbering.exercises == ExerciseNumbers::Chapter);
            let first = chapter.map(|(number, _)| number.parts[0]);
            let parts: Vec<u32> = first.into_iter().chain([*count]).collect();
            let text = match chapter {
                Some((_, style)) => nested(&parts, *style),
                None => count.to_string(),
            };
            let number = Number {
                label: format!("{}\u{a0}{text}", self.words.exercise),
                text,
                parts,
            };
            self.out.insert(NodeRef { chapter: id, node }, number);
        }
    }

    /// The chapter's own number and the numerals it is written in; moves the count on.
    fn own(&mut self, chapter: &Chapter) -> Option<(Number, Numeral)> {
        let style = self.numbering.chapters;
        if style == Numeral::None || chapter.numbered == Some(false) {
            return None;
        }
        let appendix = chapter.role == ChapterRole::Appendix;
        let plain = chapter.role == ChapterRole::Chapter && chapter.matter == Matter::Body;
        if !appendix && !plain && chapter.numbered != Some(true) {
            return None;
        }
        let (counts, style, phrase) = if appendix {
            (&mut self.appendices, Numeral::Alpha, self.words.appendix)
        } else {
            (&mut self.chapters, style, self.words.chapter)
        };
        let depth = usize::from(chapter.depth);
        counts.resize(depth + 1, 0);
        counts[depth] += 1;
        // A sub-chapter under an unnumbered chapter counts as if that were the chapter before.
        let parts: Vec<u32> = counts.iter().map(|n| (*n).max(1)).collect();
        let first = numeral(parts[0], style, self.words);
        let (text, label) = if depth == 0 {
            let label = phrase.replace("{}", &first);
            (first, label)
        } else {
            let text = nested(&parts, style);
            (text.clone(), text)
        };
        Some((Number { parts, text, label }, style))
    }

    fn sections(&mut self, id: ChapterId, survey: &Survey<'_>, own: Option<&(Number, Numeral)>) {
        let mut counts: Vec<u32> = Vec::new();
        let style = own.map_or(Numeral::Arabic, |(_, style)| *style);
        for heading in &survey.outline {
            if heading.level < 2 || heading.level > self.numbering.sections_to || heading.unnumbered
            {
                continue;
            }
            counts.resize(usize::from(heading.level) - 1, 0);
            if let Some(last) = counts.last_mut() {
                *last += 1;
            }
            let mut parts = own.map(|(n, _)| n.parts.clone()).unwrap_or_default();
            parts.extend(&counts);
            let text = nested(&parts, style);
            let number = Number {
                label: self.words.section.replace("{}", &text),
                text,
                parts,
            };
            let node = heading.node;
            self.out.insert(NodeRef { chapter: id, node }, number);
        }
    }

    fn figures(&mut self, id: ChapterId, survey: &Survey<'_>, own: Option<&(Number, Numeral)>) {
        let per_chapter = own.filter(|_| self.numbering.figures_per_chapter);
        let mut within = [0, 0];
        for float in &survey.floats {
            let prefix = if float.table { "tbl-" } else { "fig-" };
            if !float.id.is_some_and(|id| id.starts_with(prefix)) {
                continue;
            }
            let counts = match per_chapter {
                Some(_) => &mut within,
                None => &mut self.floats,
            };
            let count = &mut counts[usize::from(float.table)];
            *count += 1;
            let mut parts = per_chapter
                .map(|(n, _)| vec![n.parts[0]])
                .unwrap_or_default();
            parts.push(*count);
            let text = match per_chapter {
                Some((_, style)) => nested(&parts, *style),
                None => count.to_string(),
            };
            let phrase = if float.table {
                self.words.table
            } else {
                self.words.figure
            };
            let number = Number {
                label: phrase.replace("{}", &text),
                text,
                parts,
            };
            let node = float.node;
            self.out.insert(NodeRef { chapter: id, node }, number);
        }
    }
}

/// `3.1.2`, the first part in the chapters' numerals; words would read badly there and become figures.
fn nested(parts: &[u32], style: Numeral) -> String {
    let style = match style {
        Numeral::Words | Numeral::None => Numeral::Arabic,
        other => other,
    };
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index == 0 {
            text.push_str(&written(*part, style));
        } else {
            text.push('.');
            text.push_str(&part.to_string());
        }
    }
    text
}

/// A number as a book writes it. Words are English, or figures in any other language.
fn numeral(n: u32, style: Numeral, words: &Words) -> String {
    match style {
        Numeral::Words if words.tag == "en" => english(n),
        Numeral::Words => n.to_string(),
        style => written(n, style),
    }
}

fn written(n: u32, style: Numeral) -> String {
    match style {
        Numeral::None => String::new(),
        Numeral::Arabic | Numeral::Words => n.to_string(),
        Numeral::Roman => roman(n),
        Numeral::LowerRoman => roman(n).to_lowercase(),
        Numeral::Alpha => alpha(n),
    }
}

/// A to Z, then AA, AB.
fn alpha(mut n: u32) -> String {
    let mut letters = Vec::new();
    while n > 0 {
        n -= 1;
        letters.push(char::from(b'A' + (n % 26) as u8));
        n /= 26;
    }
    letters.iter().rev().collect()
}

/// One to Nine Hundred and Ninety-Nine; figures beyond.
fn english(n: u32) -> String {
    const ONES: [&str; 20] = [
        "",
        "One",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Eight",
        "Nine",
        "Ten",
        "Eleven",
        "Twelve",
        "Thirteen",
        "Fourteen",
        "Fifteen",
        "Sixteen",
        "Seventeen",
        "Eighteen",
        "Nineteen",
    ];
    const TENS: [&str; 10] = [
        "", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety",
    ];
    match n {
        0 | 1000.. => n.to_string(),
        1..=19 => ONES[n as usize].to_owned(),
        20..=99 if n.is_multiple_of(10) => TENS[n as usize / 10].to_owned(),
        20..=99 => format!("{}-{}", TENS[n as usize / 10], ONES[n as usize % 10]),
        _ if n.is_multiple_of(100) => format!("{} Hundred", ONES[n as usize / 100]),
        _ => format!(
            "{} Hundred and {}",
            ONES[n as usize / 100],
            english(n % 100)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_written_out() {
        let english = Words::of(&Lang::default());
        let shown = |n, style| numeral(n, style, english);
        assert_eq!(shown(1994, Numeral::Roman), "MCMXCIV");
        assert_eq!(shown(4, Numeral::LowerRoman), "iv");
        assert_eq!(shown(28, Numeral::Alpha), "AB");
        assert_eq!(shown(121, Numeral::Words), "One Hundred and Twenty-One");
        assert_eq!(nested(&[3, 1, 2], Numeral::Roman), "III.1.2");
        assert_eq!(nested(&[3, 1], Numeral::Words), "3.1");
    }
}
