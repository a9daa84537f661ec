//! From a line's ends to its frame: glyphs in their places, links, rules, images.
//!
//! The words at the line's ends are shaped again where they were broken; glyphs are fitted by expansion and tracking,
//! spaces by what is left; then everything gets its place on paper, by its direction, and goes there in reading order.

use unicode_bidi::{BidiInfo, Level};

use super::super::frame::Frame;
use super::super::shape::{Scale, Word};
use super::Measure;
use super::content::{ChunkKind, Content, RunStyle};
use super::cut::{joined, space_sums, word_sums};
use super::demerits::Mode;
use super::fit::{Fit, fill};
use super::setter::Setter;
use super::stops::{Place, Sums};
use crate::theme::Justify;
use crate::unit::{Abs, Size};

/// Composes lines of a paragraph.
pub(super) struct Composer<'a> {
    content: &'a Content,
    mode: Mode,
}

/// A piece of a line.
pub(super) struct Part<'a> {
    /// Its look.
    pub run: &'a RunStyle,
    /// Its bidirectional level.
    pub level: Level,
    /// What it is.
    pub kind: PartKind<'a>,
    /// The byte of the paragraph's text that it begins with.
    pub begins: u32,
    /// What it adds to a line.
    sums: Sums,
}

pub(super) enum PartKind<'a> {
    /// A whole word.
    Word(&'a Word),
    /// The part of a word that was broken.
    Broken(Box<Word>),
    /// A space.
    Space(char),
    /// Anything else.
    Chunk(&'a ChunkKind),
}

impl Part<'_> {
    fn word(&self) -> Option<&Word> {
        match &self.kind {
            PartKind::Word(word) => Some(word),
            PartKind::Broken(word) => Some(word),
            _ => None,
        }
    }
}

/// How glyphs of a line are fitted: how much of what they give is used.
#[derive(Clone, Copy)]
pub(super) struct Fitting {
    /// Of expansion and tracking together, from -1 to 1.
    flex: f64,
    /// Of the tracking of bad lines, from 0 to 1.
    track: f64,
}

impl Fitting {
    /// How much glyphs of a look are widened, in thousandths.
    pub fn expansion(&self, run: &RunStyle) -> i64 {
        if run.is_flexible() {
            (self.flex * run.style.give.expansion.get() * 1000.0).round() as i64
        } else {
            0
        }
    }

    /// How their units become lengths.
    pub fn scale(&self, run: &RunStyle) -> Scale {
        run.dress.scale(self.expansion(run))
    }

    /// What is added between letters.
    pub fn pitch(&self, run: &RunStyle) -> Abs {
        if !run.is_flexible() {
            return run.style.tracking;
        }
        let em = (self.flex + self.track) * run.style.give.tracking.get();
        run.style.tracking + run.dress.size.scale(em)
    }
}

impl<'a> Composer<'a> {
    pub(super) fn new(content: &'a Content, mode: Mode) -> Composer<'a> {
        Composer { content, mode }
    }

    /// The frame of a line from one place to another.
    pub(super) fn compose(
        &self,
        start: Place,
        end: Place,
        number: u32,
        measure: &Measure,
    ) -> Frame {
        let content = self.content;
        let parts = self.parts(start, end);
        // The space at the end is there for readers of the text alone: it has no width of the line's.
        let tail = parts
            .last()
            .is_some_and(|part| matches!(part.kind, PartKind::Space(_)));
        let inner = &parts[..parts.len() - usize::from(tail)];
        let mut sums = Sums::default();
        for part in inner {
            sums = add(sums, part.sums);
        }
        let (hang_start, hang_end) = self.hangs(inner, number, measure);
        let room = measure.width - measure.inset(number);
        let at_end = end.chunk as usize >= content.chunks.len()
            || matches!(content.chunks[end.chunk as usize].kind, ChunkKind::Break)
                && end.point == 0;
        let width = sums.width - hang_start.raw() - hang_end.raw();
        let fit = fill(sums, width, room.raw(), at_end, self.mode);
        let fitting = Fitting {
            flex: fit.flex,
            track: fit.track,
        };
        let goal = match self.mode {
            // What sticks out all the same has its spaces shrunk as far as they go.
            Mode::Justified if !fit.natural => {
                Some(room + hang_start + hang_end + Abs::from_raw(fit.excess))
            }
            _ => None,
        };
        let widths = self.widths(&parts, tail, fitting, goal, &fit);
        let used: Abs = widths[..inner.len()].iter().copied().sum();
        let free = room - (used - hang_start - hang_end);
        // From the edge at which lines start to where this one does.
        let shift = match (self.mode, content.style.align) {
            (Mode::Justified, _) | (_, Justify::Both | Justify::Start) => Abs::ZERO,
            (_, Justify::Center) => free / 2,
            (_, Justify::End) => free,
        };
        let begin = measure.inset(number) + shift - hang_start;
        let mut x = if content.rtl {
            let trailing = if tail { widths[inner.len()] } else { Abs::ZERO };
            measure.width - begin - used - trailing
        } else {
            begin
        };
        let height = content.style.leading;
        let mut frame = Frame::new(Size::new(measure.width, height));
        frame.baseline = content.baseline;
        let mut setter = Setter::new(content, frame);
        let mut places = vec![Abs::ZERO; parts.len()];
        for index in visual(&parts, tail, content.rtl) {
            if index < inner.len() {
                setter.decorate(&parts[index], x, widths[index]);
            }
            places[index] = x;
            x += widths[index];
        }
        // Places are as seen, but glyphs come in reading order: who reads the PDF aloud takes them as they come.
        for (index, part) in parts.iter().enumerate() {
            setter.put(part, places[index], widths[index], fitting);
        }
        setter.finish()
    }

    fn parts(&self, start: Place, end: Place) -> Vec<Part<'a>> {
        let content = self.content;
        let last = (end.chunk as usize).min(content.chunks.len());
        let from = (start.chunk as usize).min(last);
        // The chunk at the end: a broken word's first part, or the space that the line ends at.
        let to = (last + 1).min(content.chunks.len());
        let mut parts = Vec::with_capacity(to - from);
        for (at, chunk) in content.chunks[from..to]
            .iter()
            .enumerate()
            .map(|(n, c)| (from + n, c))
        {
            let run = content.run(chunk);
            let mut begins = chunk.at;
            let kind = match &chunk.kind {
                ChunkKind::Word(word) => {
                    let starts = at == start.chunk as usize;
                    let cut_before = if starts { start.point } else { 0 };
                    let cut_after = (at == end.chunk as usize).then_some(end.point);
                    match cut_after {
                        // The line ends before this word.
                        Some(0) => continue,
                        None if cut_before == 0 => PartKind::Word(word),
                        cut_after => {
                            let before = &word.text[..begin(word, cut_before)];
                            if !before.is_empty() {
                                begins = content.byte_behind(chunk, before);
                            }
                            broken(word, run, cut_before, cut_after.unwrap_or(0))
                        }
                    }
                }
                // To whoever listens, the words on its two sides are two.
                ChunkKind::Break if at == last => PartKind::Space(' '),
                ChunkKind::Break => continue,
                // What else stands at the end begins the next line.
                ChunkKind::Image(..) | ChunkKind::Anchor(_) if at == last => continue,
                ChunkKind::Space(c) => PartKind::Space(*c),
                ChunkKind::Gap if at == last => continue,
                kind => PartKind::Chunk(kind),
            };
            let sums = match (&kind, &chunk.kind) {
                (PartKind::Word(word), _) => word_sums(run, word.width, joined(word)),
                (PartKind::Broken(word), _) => word_sums(run, word.width, joined(word)),
                (_, ChunkKind::Image(_, size)) => Sums {
                    width: size.width.raw(),
                    ..Sums::default()
                },
                (_, kind) => space_sums(run, kind),
            };
            parts.push(Part {
                run,
                level: Level::new(chunk.level).unwrap_or(Level::ltr()),
                kind,
                begins,
                sums,
            });
        }
        if content.goes_on
            && end.chunk as usize >= content.chunks.len()
            && let Some((run, begins)) = parts.last().map(|part| (part.run, part.begins))
        {
            parts.push(Part {
                run,
                level: if content.rtl {
                    Level::rtl()
                } else {
                    Level::ltr()
                },
                kind: PartKind::Space(' '),
                begins,
                sums: Sums::default(),
            });
        }
        parts
    }

    /// How far the line sticks out at its start and at its end.
    fn hangs(&self, parts: &[Part<'_>], number: u32, measure: &Measure) -> (Abs, Abs) {
        if self.content.style.align != Justify::Both {
            return (Abs::ZERO, Abs::ZERO);
        }
        let mut words = parts
            .iter()
            .filter(|part| !matches!(part.kind, PartKind::Chunk(ChunkKind::Anchor(_))));
        let indented = number == 0 && measure.inset(0) > measure.rest;
        let hang = |part: Option<&Part<'_>>, pick: fn(&Word) -> i32| {
            part.and_then(|part| Some(part.run.dress.units(pick(part.word()?))))
                .unwrap_or(Abs::ZERO)
        };
        let start = match words.clone().next() {
            first if !indented => hang(first, |word| word.hang_start),
            _ => Abs::ZERO,
        };
        (start, hang(words.next_back(), |word| word.hang_end))
    }

    /// The width of each part, fitted; together those before the tail fill the goal.
    fn widths(
        &self,
        parts: &[Part<'_>],
        tail: bool,
        fitting: Fitting,
        goal: Option<Abs>,
        fit: &Fit,
    ) -> Vec<Abs> {
        let mut widths = Vec::with_capacity(parts.len());
        let mut used = Abs::ZERO;
        let mut weights = 0;
        let inner = parts.len() - usize::from(tail);
        let weight = |part: &Part<'_>| {
            if fit.ratio < 0.0 {
                part.sums.shrink
            } else {
                part.sums.stretch
            }
        };
        for (at, part) in parts.iter().enumerate() {
            let width = match part.word() {
                Some(word) => {
                    let letters = i64::from(joined(word));
                    let scale = fitting.scale(part.run);
                    scale.at(i64::from(word.width)) + fitting.pitch(part.run) * letters
                }
                None => Abs::from_raw(part.sums.width),
            };
            widths.push(width);
            if at < inner {
                used += width;
                if part.word().is_none() {
                    weights += weight(part);
                }
            }
        }
        let Some(goal) = goal.filter(|_| weights > 0) else {
            return widths;
        };
        // What is left goes to the spaces by their own stretch; sums are rounded, so that nothing is lost.
        let rest = goal - used;
        let (mut before, mut given) = (0, Abs::ZERO);
        for (part, width) in parts[..inner].iter().zip(&mut widths) {
            if part.word().is_none() {
                before += weight(part);
                let share = rest.fraction(before, weights) - given;
                *width += share;
                given += share;
            }
        }
        widths
    }
}

fn add(a: Sums, b: Sums) -> Sums {
    Sums {
        width: a.width + b.width,
        stretch: a.stretch + b.stretch,
        shrink: a.shrink + b.shrink,
        flex: a.flex + b.flex,
        track: a.track + b.track,
    }
}

/// The byte of a word at one of its points, counted from 1; 0 for its start.
fn begin(word: &Word, point: u32) -> usize {
    let point = word.points.get((point as usize).wrapping_sub(1));
    point.map_or(0, |point| usize::from(point.at))
}

/// The part of a word between two of its points, counted from 1; 0 for its ends.
fn broken<'a>(word: &Word, run: &RunStyle, from: u32, to: u32) -> PartKind<'a> {
    let point = |number: u32| word.points.get((number as usize).wrapping_sub(1));
    let start = begin(word, from);
    let end = point(to).map_or(word.text.len(), |point| usize::from(point.at));
    let hyphen = point(to).is_some_and(|point| point.kind.adds_hyphen());
    PartKind::Broken(Box::new(run.dress.voice.part(word, start..end, hyphen)))
}

/// The order in which parts stand from left to right.
fn visual(parts: &[Part<'_>], tail: bool, rtl: bool) -> Vec<usize> {
    let base = if rtl { Level::rtl() } else { Level::ltr() };
    if parts.iter().all(|part| part.level == base) && !rtl {
        return (0..parts.len()).collect();
    }
    let mut levels: Vec<Level> = parts.iter().map(|part| part.level).collect();
    // The space at the end stands at the end, whatever stands before it: rule L1 of Unicode's algorithm.
    if tail && let Some(last) = levels.last_mut() {
        *last = base;
    }
    BidiInfo::reorder_visual(&levels)
}
