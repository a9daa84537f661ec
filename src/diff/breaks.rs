//! Lines and pages that begin at other words.
//!
//! In: where the lines and pages of two copies begin, and which of their words are the same. Out: which of these beginnings moved, and
//! by how many lines. A beginning within words that changed is at the same place if it is so in both copies.

use super::align::{Alignment, Gap};
use super::bound::Pair;
use super::changes::{Mark, Moved, PartChange};
use super::print::{Line, Page, Print, around};
use super::words::Words;

/// Words that tell where a page begins or ends.
const TOLD: u32 = 5;

/// Where the lines of a copy begin and end.
pub struct Cuts {
    /// By page: by line, first the text's, then the notes'.
    lines: Vec<Vec<(Gap, Gap)>>,
    /// The beginnings of all lines of text, in order.
    starts: Vec<Gap>,
    /// By page: where its text begins and ends.
    pages: Vec<Option<(Gap, Gap)>>,
}

impl Cuts {
    /// Of a copy.
    pub fn of(print: &Print) -> Cuts {
        // A bit goes on if the one before is of the same word.
        let mut spans: Vec<Vec<(Gap, Gap)>> = print.pages.iter().map(|_| Vec::new()).collect();
        let lists: [fn(&Page) -> &[Line]; 2] = [|page| &page.lines, |page| &page.notes];
        let mut starts = Vec::new();
        for (list, lines) in lists.into_iter().enumerate() {
            let mut last = None;
            for (page, spans) in print.pages.iter().zip(&mut spans) {
                for line in lines(page) {
                    let (Some(first), Some(end)) = (line.bits.first(), line.bits.last()) else {
                        spans.push((0, 0));
                        continue;
                    };
                    let begins = 2 * first.word + u32::from(last == Some(first.word));
                    let ends = match end.text.ends_with('\u{ad}') {
                        true => 2 * end.word + 1,
                        false => 2 * end.word + 2,
                    };
                    spans.push((begins, ends));
                    last = Some(end.word);
                    if list == 0 {
                        starts.push(begins);
                    }
                }
            }
        }
        let of_text = |(page, spans): (&Page, &Vec<(Gap, Gap)>)| {
            let text = &spans[..page.lines.len().min(spans.len())];
            Some((text.first()?.0, text.last()?.1))
        };
        let pages = print.pages.iter().zip(&spans).map(of_text).collect();
        starts.sort_unstable();
        Cuts {
            lines: spans,
            starts,
            pages,
        }
    }

    /// All beginnings and ends of lines.
    fn all(&self) -> impl Iterator<Item = Gap> {
        let lines = self.lines.iter().flatten();
        lines.flat_map(|(begins, ends)| [*begins, *ends])
    }

    /// How many lines of text begin between two places.
    fn between(&self, from: Gap, to: Gap) -> i64 {
        let before = |gap: Gap| self.starts.partition_point(|start| *start < gap) as i64;
        before(to) - before(from)
    }
}

/// The breaks of two copies.
pub struct Breaks<'a> {
    old: &'a Cuts,
    new: &'a Cuts,
    /// Where in the new copy the old one's lines begin or end: from here to there, sorted.
    images: Vec<(Gap, Gap)>,
}

impl<'a> Breaks<'a> {
    /// Of two copies.
    pub fn of(old: &'a Cuts, new: &'a Cuts, pair: &Pair<'_>) -> Breaks<'a> {
        let images = old.all().map(|gap| pair.alignment.images(gap));
        let mut images: Vec<(Gap, Gap)> = images
            .filter(|range| !range.is_empty())
            .map(|range| (range.start, range.end))
            .collect();
        images.sort_unstable();
        images.dedup();
        // Those within others say nothing more; of the others, ends are sorted too.
        let mut least: Vec<(Gap, Gap)> = Vec::with_capacity(images.len());
        for image in images {
            match least.last_mut() {
                Some(last) if image.0 < last.1 => last.1 = last.1.max(image.1),
                _ => least.push(image),
            }
        }
        Breaks {
            old,
            new,
            images: least,
        }
    }

    /// Whether the old copy has a line that begins or ends at a place of the new one.
    fn was_cut(&self, gap: Gap) -> bool {
        let at = self.images.partition_point(|(_, end)| *end <= gap);
        self.images.get(at).is_some_and(|(start, _)| *start <= gap)
    }

    /// Whether a line of a new page is broken elsewhere. `line` counts its text, then its notes.
    pub fn is_broken_anew(&self, page: usize, line: usize) -> bool {
        let span = self.new.lines.get(page).and_then(|lines| lines.get(line));
        span.is_some_and(|(begins, ends)| !self.was_cut(*begins) || !self.was_cut(*ends))
    }

    /// Tells of a pair of pages.
    pub fn tell(&self, pair: &Pair<'_>, old: usize, new: usize, part: &mut PartChange) {
        let page = &pair.new.pages[new];
        // Lines below each other are marked by one bar.
        let mut bar = None;
        for (number, line) in page.lines.iter().chain(&page.notes).enumerate() {
            if !self.is_broken_anew(new, number) {
                part.marks
                    .new
                    .extend(bar.take().map(|bar| (Mark::Line, bar)));
                continue;
            }
            part.lines.push(number + 1);
            bar = around(bar.into_iter().chain([line.place()]));
        }
        part.marks.new.extend(bar.map(|bar| (Mark::Line, bar)));
        let (Some(was), Some(is)) = (self.old.pages[old], self.new.pages[new]) else {
            return;
        };
        let (first, last) = (&pair.old.words, &pair.new.words);
        let quoted = |gap: Gap, words: &Words| {
            let first = gap / 2;
            words.text(first..first.saturating_add(TOLD).min(words.len()))
        };
        part.begins = self.moved(pair.alignment, was.0, is.0).map(|lines| Moved {
            was: quoted(was.0, first),
            is: quoted(is.0, last),
            lines,
        });
        let quoted = |gap: Gap, words: &Words| {
            let last = gap.div_ceil(2);
            words.text(last.saturating_sub(TOLD)..last)
        };
        part.ends = self.moved(pair.alignment, was.1, is.1).map(|lines| Moved {
            was: quoted(was.1, first),
            is: quoted(is.1, last),
            lines,
        });
    }

    /// By how many lines a place moved; `None` if it did not.
    fn moved(&self, alignment: &Alignment, was: Gap, is: Gap) -> Option<i64> {
        let image = alignment.images(was);
        if image.contains(&is) {
            return None;
        }
        let nearest = match is < image.start {
            true => image.start,
            false => image.end.saturating_sub(1),
        };
        Some(self.new.between(nearest, is))
    }
}
