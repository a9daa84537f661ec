//! What an author should hear of lines: those that stick out, those with gaps between their words, and hyphens one below
//! the other; each at the words of the manuscript with which the line begins.

use std::ops::Range;

use super::inner::Within;
use super::words::Words;
use super::{Judge, Pages, text};
use crate::diag::{Code, Diagnostic, Sink};
use crate::source::Span;
use crate::theme::Spread;
use crate::typeset::frame::{Frame, Item as FrameItem};
use crate::typeset::galley::{Child, ChildKind, Lines};
use crate::typeset::page::column::Item;
use crate::typeset::page::compose::{lines_on, way_of};
use crate::typeset::page::paginate::Cut;
use crate::typeset::paragraph::{Line, Paragraph};
use crate::typeset::spacing::GAPING;
use crate::unit::{Abs, Point, Side};

/// How far a line may stick out before its author hears of it: less is not seen.
const VISIBLE: Abs = Abs::pt(0.5);
/// So many lines of a paragraph are told of on a page, the loosest: where more are loose, the measure is to blame.
const MOST: usize = 6;
/// So much of a line is quoted, in letters.
const QUOTED: usize = 64;
/// Words of fewer letters can hardly be divided.
const DIVISIBLE: usize = 9;

/// Lines of a paragraph in the setting that was chosen.
pub(super) struct Chosen<'a> {
    pub child: &'a Child,
    pub paragraph: &'a Paragraph,
    pub setting: usize,
    pub lines: &'a [Line],
    /// Those of them that stand on the page; one at least.
    pub here: Range<usize>,
    /// What they look like, and where they stand in the type area.
    pub frames: Vec<(Point, &'a Frame)>,
    /// Whether they stand in the text, or in what.
    pub within: Within,
    /// ` of page 12`, ` of a note`; empty where neither is known.
    pub page: String,
    /// The page's printed number; empty where it has none.
    pub folio: &'a str,
    /// Behind its last line here the page is turned: where pages face each other, an eye goes from the left one to the right one as
    /// from line to line.
    pub turns: bool,
}

impl<'a> Pages<'a> {
    /// Tells of the lines on a page.
    pub fn lines(&self, number: usize, cut: &Cut, sink: &Sink) {
        let plan = self.plan;
        Judge { plan, sink }.paragraphs(&self.chosen(number, cut));
    }

    /// The paragraphs on a page.
    fn chosen(&self, number: usize, cut: &Cut) -> Vec<Chosen<'a>> {
        let (galley, column) = (self.galley, self.column);
        let folio = self.folios.get(number);
        let faces = self.plan.page.spread == Spread::Facing;
        let turns = !faces || self.side_of(number) == Side::Recto;
        let Some(area) = self.areas.get(number) else {
            return Vec::new();
        };
        let items = &area.frame.items;
        let chosen = area.set.iter().filter_map(|(item, at)| {
            let child = galley.children.get(*item as usize)?;
            let (Item::Text(text), ChildKind::Lines(lines)) =
                (&column.items[*item as usize], &child.kind)
            else {
                return None;
            };
            let Lines { paragraph, .. } = lines;
            let setting = if lines.varies {
                usize::from(way_of(cut, *item, text.best))
            } else {
                paragraph.best
            };
            let lines = &paragraph.settings.get(setting)?.lines;
            let (first, end) = lines_on(cut, *item, lines.len() as u32);
            let here = first as usize..(end as usize).min(lines.len());
            Some(Chosen {
                child,
                paragraph,
                setting,
                lines,
                frames: (items.get(*at..*at + here.len())?.iter())
                    .filter_map(|(at, item)| match item {
                        FrameItem::Group(frame) => Some((*at, &**frame)),
                        _ => None,
                    })
                    .collect(),
                here,
                within: Within::Text,
                page: folio.map_or(String::new(), |folio| format!(" of page {folio}")),
                folio: folio.map_or("", String::as_str),
                turns,
            })
        });
        chosen.filter(|chosen| !chosen.here.is_empty()).collect()
    }
}

impl Judge<'_> {
    /// Tells of the lines of paragraphs that stand one below the other.
    pub(super) fn paragraphs(&self, paragraphs: &[Chosen<'_>]) {
        let mut words = Words::default();
        for chosen in paragraphs {
            self.overfull(chosen);
            // A cell is no place for even lines, and few of its words have another.
            if chosen.within == Within::Cell {
                continue;
            }
            self.loose(chosen);
            self.ladders(chosen);
            self.words(chosen, &mut words);
        }
        self.rivers(paragraphs);
    }

    /// The line of a paragraph that sticks out the farthest.
    fn overfull(&self, chosen: &Chosen<'_>) {
        let here = chosen.here.clone();
        let Some(worst) = here.rev().max_by_key(|line| chosen.lines[*line].overfull) else {
            return;
        };
        let excess = chosen.lines[worst].overfull;
        if excess <= VISIBLE {
            return;
        }
        let message = format!(
            "a line{} sticks out by {:.1} mm: {}",
            chosen.page,
            excess.to_mm(),
            chosen.quote(worst),
        );
        let found = Diagnostic::new(Code::OverfullLine, self.place(chosen, worst), message)
            .on_page(chosen.folio);
        self.sink
            .push(found.hint("allow a break with a soft hyphen, or reword"));
    }

    /// Lines with gaps between their words, or before their end.
    fn loose(&self, chosen: &Chosen<'_>) {
        let style = chosen.paragraph.style();
        let here = chosen.here.clone();
        let mut worst: Vec<usize> = here.filter(|line| chosen.gapes(*line)).collect();
        if worst.is_empty() {
            return;
        }
        worst.sort_by(|a, b| chosen.lines[*b].ratio.total_cmp(&chosen.lines[*a].ratio));
        for line in worst.into_iter().take(MOST) {
            let set = &chosen.lines[line];
            let quote = chosen.quote(line);
            let page = &chosen.page;
            let message = if set.spaces {
                let wider = (style.word_space(set.ratio) - 1.0) * 100.0;
                format!("a line{page} has spaces {wider:.0} % wider than the font's own: {quote}")
            } else {
                format!("a line{page} does not reach its end and has no space: {quote}")
            };
            let mut found = Diagnostic::new(Code::LooseLine, self.place(chosen, line), message)
                .on_page(chosen.folio);
            if let Some(word) = chosen.next_word(line) {
                let hint = format!(
                    "let `{word}` be divided, by `&shy;` in it or by its syllables in `hyphenation:`"
                );
                found = found.hint(hint);
            }
            self.sink.push(found.hint(REWORD));
        }
    }

    /// More lines in a row with a hyphen than the theme allows.
    fn ladders(&self, chosen: &Chosen<'_>) {
        let here = &chosen.here;
        let most = usize::from(chosen.paragraph.style().text.hyphens.ladder);
        let mut from = 0;
        while from < here.end {
            let rest = chosen.lines[from..].iter();
            let rungs = rest.take_while(|line| line.hyphenated).count();
            if rungs > most && here.contains(&from) {
                let message = format!(
                    "{rungs} lines{} in a row end in a hyphen, where the theme allows {most}: {}",
                    chosen.page,
                    chosen.quote(from)
                );
                let place = self.place(chosen, from);
                let found = Diagnostic::new(Code::HyphenLadder, place, message);
                let found = found.on_page(chosen.folio);
                self.sink.push(found.hint(REWORD));
            }
            from += rungs + 1;
        }
    }

    /// Where the manuscript has the words of a line.
    pub(super) fn place(&self, chosen: &Chosen<'_>, line: usize) -> Option<Span> {
        let precise = || {
            let spot = chosen.paragraph.spot(chosen.setting, line)?;
            let span = self.plan.span(spot.node)?;
            let file = self.plan.sources.get(span.file)?;
            Some(spot.find(&file.text, span))
        };
        precise().or_else(|| self.plan.span(chosen.child.origin))
    }
}

/// What helps against lines that could not be set well.
pub(super) const REWORD: &str =
    "reword, ask for a line more or fewer by `{looseness=1}`, or give the text a wider measure";

impl Chosen<'_> {
    /// What a line that stands on the page looks like.
    pub(super) fn frame(&self, line: usize) -> Option<&Frame> {
        let (_, frame) = self.frames.get(line.checked_sub(self.here.start)?)?;
        Some(frame)
    }

    /// Whether a line should fill its measure, but has gaps that are seen: between its words, or, where it is but a word, at
    /// its end. A typewriter's spaces do not give, and its lines are not even.
    fn gapes(&self, line: usize) -> bool {
        let set = &self.lines[line];
        if !set.justified {
            false
        } else if set.spaces {
            self.paragraph.style().word_space(set.ratio) > GAPING
        } else {
            // Of such a line's room a two-hundredth part is taken for its stretch.
            let words = || self.paragraph.spot(self.setting, line);
            set.ratio > 1.0 && words().is_some_and(|spot| spot.count == 1)
        }
    }

    /// Whether a line ends within a word, not at a hyphen that the word has.
    pub(super) fn is_divided(&self, line: usize) -> bool {
        self.lines[line].hyphenated && self.words(line).trim_end().ends_with('\u{ad}')
    }

    /// The words of a line, in backticks, cut short if they are many.
    pub(super) fn quote(&self, line: usize) -> String {
        let words = self.words(line).replace('\u{ad}', "-").replace('`', "'");
        let words = words.trim();
        match words.char_indices().nth(QUOTED) {
            Some((at, _)) => format!("`{}…`", words[..at].trim_end()),
            None => format!("`{words}`"),
        }
    }

    /// The words of a line.
    fn words(&self, line: usize) -> String {
        let mut words = String::new();
        match self.frame(line) {
            Some(frame) => text(frame, &mut words),
            // It stands on another page.
            None => {
                for frame in self.paragraph.frames(self.setting, line..=line) {
                    text(&frame, &mut words);
                }
            }
        }
        words
    }

    /// The word behind a line's end, if dividing it would help.
    fn next_word(&self, line: usize) -> Option<String> {
        let next = self.paragraph.spot(self.setting, line + 1)?;
        let word = next.first.trim_matches(|c: char| !c.is_alphanumeric());
        let long = word.chars().count() >= DIVISIBLE && word.chars().all(char::is_alphabetic);
        (long && next.divisible).then(|| word.to_owned())
    }
}
