//! From chunks to stops: the numbers that a paragraph is broken by.

use super::bind::{Bond, bond};
use super::content::{ChunkKind, Content, RunStyle};
use super::demerits::{Mode, Params};
use super::stops::{Place, StopKind, Stops, Sums};
use super::{Extent, Measure, content::Chunk};
use crate::theme::Justify;
use crate::unit::Abs;

use super::super::shape::Word;

/// How the lines of a paragraph are judged.
pub(super) fn params(content: &Content) -> Params {
    let style = &content.style;
    let params = match style.align {
        Justify::Both => Params::justified(style.size()),
        Justify::Start | Justify::End => Params::ragged(style.size()),
        Justify::Center => Params::balanced(style.size()),
    };
    Params {
        // A last line ends behind where the next paragraph begins.
        runt_below: style.runt.unwrap_or(params.runt_below.max(style.indent)),
        ladder: style.text.hyphens.ladder,
        looseness: style.looseness,
        ..params
    }
}

/// How far a sign of a script without spaces may stand from its neighbour, in parts of its size: stretched, shrunk.
const GAP: (f64, f64) = (0.06, 0.02);

/// What an ordinary space, a gap or a fixed space adds to a line.
pub(super) fn space_sums(run: &RunStyle, kind: &ChunkKind) -> Sums {
    match kind {
        ChunkKind::Gap => Sums {
            stretch: run.dress.size.scale(GAP.0).raw(),
            shrink: run.dress.size.scale(GAP.1).raw(),
            ..Sums::default()
        },
        ChunkKind::Space(c) => {
            let (width, _, gives) = run.space(*c);
            let space = run.dress.space;
            Sums {
                width: width.raw(),
                stretch: if gives { space.stretch.raw() } else { 0 },
                shrink: if gives { space.shrink.raw() } else { 0 },
                ..Sums::default()
            }
        }
        _ => Sums::default(),
    }
}

/// What so much of a word adds to a line: `letters` of it.
pub(super) fn word_sums(run: &RunStyle, units: i32, letters: u16) -> Sums {
    let (flex, track) = run.give(units, letters);
    Sums {
        width: run.width(units, letters).raw(),
        flex: flex.raw(),
        track: track.raw(),
        ..Sums::default()
    }
}

/// The letters of a word that have another of it behind them.
pub(super) fn joined(word: &Word) -> u16 {
    word.clusters.saturating_sub(1)
}

impl Content {
    fn word_at(&self, mut chunks: impl Iterator<Item = usize>) -> Option<(&Word, &RunStyle)> {
        let at = chunks.find(|at| !matches!(self.chunks[*at].kind, ChunkKind::Anchor(_)))?;
        match &self.chunks[at].kind {
            ChunkKind::Word(word) => Some((word, self.run(&self.chunks[at]))),
            _ => None,
        }
    }

    /// How strongly the words on either side of a space are bound.
    fn bond(&self, space: usize) -> Bond {
        let (Some((before, run)), Some((after, _))) = (
            self.word_at((0..space).rev()),
            self.word_at(space + 1..self.chunks.len()),
        ) else {
            return Bond::Loose;
        };
        bond(&before.text, &after.text, &run.dress.voice.key().lang)
    }

    /// What it costs that a line ends behind the word before a space, because that word is short. Of headings the articles
    /// and the conjunctions go to what follows, too.
    fn hanging(&self, space: usize, measure: &Measure, params: &Params) -> f64 {
        // In the narrow columns of tables it is not seen, and would cost lines.
        if measure.width < self.style.size() * NARROW {
            return 0.0;
        }
        let most = match params.mode {
            Mode::Justified => return 0.0,
            Mode::Ragged(_) => 2,
            Mode::Balanced(_) => 3,
        };
        let Some((word, _)) = self.word_at((0..space).rev()) else {
            return 0.0;
        };
        // Behind a full stop or a comma a line may well end; syllables of Korean are words.
        let letters = word.text.trim_start_matches(['(', '[', '“', '‘', '„', '«']);
        let short = !letters.is_empty() && letters.chars().count() <= most;
        if short && letters.chars().all(|c| c.is_alphabetic() && c < ALPHABETS) {
            params.hanging
        } else {
            0.0
        }
    }

    /// The look of a chunk.
    pub fn run(&self, chunk: &Chunk) -> &RunStyle {
        &self.runs[usize::from(chunk.run)]
    }

    /// Only edges that are straight on both sides are made straighter: columns of figures must not move.
    fn hangs(&self) -> bool {
        self.style.align == Justify::Both
    }

    /// How far what stands at or behind a chunk sticks out at the start of a line.
    pub fn hang_start(&self, chunk: usize) -> Abs {
        if !self.hangs() {
            return Abs::ZERO;
        }
        let word = self.word_at(chunk..self.chunks.len());
        word.map_or(Abs::ZERO, |(word, run)| run.dress.units(word.hang_start))
    }

    /// How far what stands before a chunk sticks out at the end of a line.
    pub fn hang_end(&self, chunk: usize) -> Abs {
        if !self.hangs() {
            return Abs::ZERO;
        }
        let word = self.word_at((0..chunk).rev());
        word.map_or(Abs::ZERO, |(word, run)| run.dress.units(word.hang_end))
    }

    /// How far the first line sticks out at its start. A quotation mark that begins an indented paragraph does not: the
    /// indent is seen, not the edge.
    pub fn hang_first(&self, measure: &Measure) -> Abs {
        if measure.inset(0) > measure.rest {
            Abs::ZERO
        } else {
            self.hang_start(0)
        }
    }
}

/// Fills in the stops of a paragraph.
pub(super) fn stops(content: &Content, measure: &Measure, params: &Params, out: &mut Stops) {
    out.clear();
    out.start(-content.hang_first(measure));
    let hyphenate = content.style.hyphenate && !measure.whole_words;
    let count = content.chunks.len();
    for (at, chunk) in content.chunks.iter().enumerate() {
        let run = content.run(chunk);
        let place = Place {
            chunk: at as u32,
            point: 0,
        };
        match &chunk.kind {
            ChunkKind::Word(word) => push_word(word, run, hyphenate, params, place, out),
            ChunkKind::Space(c) => {
                let sums = space_sums(run, &chunk.kind);
                let (_, breaks, _) = run.space(*c);
                // The last thing in a paragraph, or before a line end, vanishes there anyway.
                if breaks && at + 1 < count {
                    let (end, start) = (content.hang_end(at), content.hang_start(at + 1));
                    let cost = content.bond(at).hyphens() * params.hyphen
                        + content.hanging(at, measure, params);
                    out.space(sums, -end, -start, cost, place);
                } else {
                    out.push(sums);
                }
            }
            ChunkKind::Gap => {
                let sums = space_sums(run, &chunk.kind);
                let (end, start) = (content.hang_end(at), content.hang_start(at + 1));
                out.space(sums, -end, -start, 0.0, place);
            }
            ChunkKind::Break => {
                let (end, start) = (content.hang_end(at), content.hang_start(at + 1));
                out.end(-end, -start, place);
            }
            ChunkKind::Image(_, size) => out.push(Sums {
                width: size.width.raw(),
                ..Sums::default()
            }),
            ChunkKind::Anchor(_) => {}
        }
    }
    let place = Place {
        chunk: count as u32,
        point: 0,
    };
    out.end(-content.hang_end(count), Abs::ZERO, place);
}

fn push_word(
    word: &Word,
    run: &RunStyle,
    hyphenate: bool,
    params: &Params,
    place: Place,
    out: &mut Stops,
) {
    let mut done = Sums::default();
    for (number, point) in (1..).zip(word.points.iter()) {
        if !hyphenate && !point.kind.without_hyphenation() {
            continue;
        }
        let before = word_sums(run, point.width, point.clusters);
        out.push(before - done);
        done = before;
        let place = Place {
            point: number,
            ..place
        };
        let (end, start) = (run.dress.units(point.end), run.dress.units(-point.hang));
        out.joint(point.kind, end, start, params.joint(point.kind), place);
    }
    out.push(word_sums(run, word.width, joined(word)) - done);
}

/// How wide a paragraph is at least and at most.
pub(super) fn extent(content: &Content, stops: &mut Stops) -> Extent {
    let params = Params {
        mode: Mode::Ragged(Abs::ZERO),
        ..params(content)
    };
    self::stops(content, &Measure::default(), &params, stops);
    let mut most = Extent::default();
    let start = (0, stops.start);
    let (mut broken, mut word, mut line) = (start, start, start);
    for stop in &stops.list {
        let (breaks, hyphen) = match stop.kind {
            StopKind::Space | StopKind::End => (true, true),
            StopKind::Joint(joint) => {
                let cheap = params.joint(joint) < params.hyphen;
                // A figure broken where it need not be is misread.
                let anywhere = params.joint(joint) > params.hyphen * ANYWHERE;
                (joint.without_hyphenation() && cheap, !anywhere)
            }
        };
        let reach = |from: (i64, i64)| stop.before.width - from.0 + from.1 + stop.end;
        let next = (stop.after.width, stop.start);
        if hyphen {
            most.broken = most.broken.max(Abs::from_raw(reach(broken)));
            broken = next;
        }
        if breaks {
            most.word = most.word.max(Abs::from_raw(reach(word)));
            word = next;
        }
        if stop.kind == StopKind::End {
            most.line = most.line.max(Abs::from_raw(reach(line)));
            line = next;
        }
    }
    most
}

/// Lines are narrow below so many times the size of their type.
const NARROW: i64 = 18;

/// Below are the letters of Latin, Greek and Cyrillic.
const ALPHABETS: char = '\u{530}';

/// A joint that costs so many hyphens is one of last resort.
const ANYWHERE: f64 = 10.0;
