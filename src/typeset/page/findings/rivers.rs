//! Rivers: white that runs down a page through the spaces of lines one below the other.
//!
//! In: the lines of a page. Out: findings. Steps: find the spaces of each line ([`white`]); go down the page line by line, and for
//! each space find the one above it that the longest stream comes down through; tell of streams that are seen.
//!
//! There is no agreed measure of a river. What those who looked for one agree on is that it is the worse the longer, the wider and the
//! steeper it is: so here a space takes up a stream only if it stands below the one above, and a stream is told of by the width of its
//! spaces and their sum. The constants are by eye, on pages of a long novel set well and set too narrow.

use std::collections::BTreeMap;

use super::Judge;
use super::lines::{Chosen, REWORD};
use crate::diag::{Code, Diagnostic};
use crate::theme::Justify;
use crate::typeset::frame::{Frame, Item};
use crate::unit::Abs;

/// A stream through fewer lines is no river, however wide its spaces are.
const LINES: u32 = 4;
/// The spaces of a river are as wide together as so many of the font's own: those of four lines are half as wide again.
const WHITE: f32 = 6.0;
/// And each by so much wider than that, in the mean: spaces as wide as they should be are not seen as one, even below each other.
const WIDE: f32 = 1.25;
/// The spaces of neighbouring lines that are in one stream share this part of the narrower: its divisor.
const SHARED: i64 = 3;

/// The spaces in a line.
#[derive(Debug, Default)]
pub(super) struct White {
    /// Where each begins and ends from the line's left, from left to right.
    spaces: Vec<(Abs, Abs)>,
    /// Where the first letter begins and the last ends.
    ink: Option<(Abs, Abs)>,
}

impl White {
    /// Where the line's letters begin and end.
    pub fn ink(&self) -> Option<(Abs, Abs)> {
        self.ink
    }
}

/// Finds the spaces in a line.
pub(super) fn white(line: &Frame, white: &mut White) {
    white.spaces.clear();
    white.ink = None;
    gather(line, Abs::ZERO, white);
    let Some((from, to)) = white.ink else { return };
    // The one at the line's end is there for readers of the text alone.
    let spaces = &mut white.spaces;
    spaces.retain(|space| space.0 > from && space.1 < to);
    spaces.sort_unstable();
    spaces.dedup_by(|next, space| {
        let joined = next.0 <= space.1;
        if joined {
            space.1 = space.1.max(next.1);
        }
        joined
    });
}

fn gather(frame: &Frame, from: Abs, white: &mut White) {
    for (at, item) in &frame.items {
        let mut x = from + at.x;
        let run = match item {
            Item::Group(inner) => {
                gather(inner, x, white);
                continue;
            }
            Item::Glyphs { run, .. } => run,
            _ => continue,
        };
        let mut byte = if run.rtl { run.text.len() } else { 0 };
        for glyph in &run.glyphs {
            let bytes = usize::from(glyph.bytes);
            let begin = if run.rtl {
                byte = byte.saturating_sub(bytes);
                byte
            } else {
                byte += bytes;
                byte - bytes
            };
            let end = x + glyph.advance();
            let said = run.text.get(begin..begin + bytes).unwrap_or_default();
            if !said.is_empty() && said.chars().all(char::is_whitespace) {
                white.spaces.push((x, end));
            } else {
                let (first, last) = white.ink.unwrap_or((x, end));
                white.ink = Some((first.min(x), last.max(end)));
            }
            x = end;
        }
    }
}

/// A stream that has come down to a space.
#[derive(Clone, Copy, Debug)]
struct Stream {
    /// The space that it begins with.
    spring: Spring,
    /// Through how many lines.
    lines: u32,
    /// The sum of its spaces, in parts of the font's own.
    white: f32,
}

/// Where a stream begins: which paragraph on the page, its line, and the space in that.
type Spring = (usize, usize, usize);

/// What comes down from line to line.
#[derive(Default)]
struct Valley {
    /// The spaces of the last line, from left to right, each with the stream that has come down to it, and whether that goes on.
    last: Vec<((Abs, Abs), Stream, bool)>,
    /// The same for the line at hand.
    here: Vec<((Abs, Abs), Stream, bool)>,
    /// The rivers. Of those that part from one spring, the widest.
    rivers: BTreeMap<Spring, Stream>,
}

impl Valley {
    /// Takes in the spaces of a line below the last, each so wide in parts of the font's own.
    fn line(&mut self, spaces: impl Iterator<Item = (Abs, Abs)>, wide: f32, at: (usize, usize)) {
        let mut from = 0;
        for (number, space) in spaces.enumerate() {
            while self
                .last
                .get(from)
                .is_some_and(|above| above.0.1 <= space.0)
            {
                from += 1;
            }
            let over = self.last[from..].iter_mut();
            let over = over.take_while(|above| above.0.0 < space.1);
            let over = over.filter(|above| {
                let shared = above.0.1.min(space.1) - above.0.0.max(space.0);
                let narrower = (above.0.1 - above.0.0).min(space.1 - space.0);
                shared * SHARED >= narrower
            });
            let stream = match over.max_by(|a, b| a.1.white.total_cmp(&b.1.white)) {
                Some((_, above, goes_on)) => {
                    *goes_on = true;
                    Stream {
                        lines: above.lines + 1,
                        white: above.white + wide,
                        ..*above
                    }
                }
                None => Stream {
                    spring: (at.0, at.1, number),
                    lines: 1,
                    white: wide,
                },
            };
            self.here.push((space, stream, false));
        }
        self.end();
        std::mem::swap(&mut self.last, &mut self.here);
    }

    /// Ends the streams that do not go on.
    fn end(&mut self) {
        for (_, stream, _) in self.last.drain(..).filter(|(.., goes_on)| !goes_on) {
            let wide = WHITE.max(WIDE * stream.lines as f32);
            if stream.lines < LINES || stream.white < wide {
                continue;
            }
            let known = self.rivers.entry(stream.spring).or_insert(stream);
            if known.white < stream.white {
                *known = stream;
            }
        }
    }
}

/// The rivers on a page of these paragraphs.
fn rivers(paragraphs: &[Chosen<'_>]) -> impl Iterator<Item = Stream> {
    let mut valley = Valley::default();
    let mut found = White::default();
    let mut above: Option<Abs> = None;
    for (index, chosen) in paragraphs.iter().enumerate() {
        let style = chosen.paragraph.style();
        if style.align != Justify::Both {
            continue;
        }
        for line in chosen.here.clone() {
            let (Some(frame), (at, _)) =
                (chosen.frame(line), &chosen.frames[line - chosen.here.start])
            else {
                continue;
            };
            // Over more than the space from line to line nothing flows.
            let reach = style.leading + style.leading / 2;
            if above.is_none_or(|above| at.y - above > reach) {
                valley.end();
            }
            above = Some(at.y);
            white(frame, &mut found);
            let spaces = found.spaces.iter();
            let spaces = spaces.map(|space| (at.x + space.0, at.x + space.1));
            let wide = style.word_space(chosen.lines[line].ratio);
            valley.line(spaces, wide, (index, line));
        }
    }
    valley.end();
    valley.rivers.into_values()
}

impl Judge<'_> {
    /// Tells of the rivers on a page.
    pub(super) fn rivers(&self, paragraphs: &[Chosen<'_>]) {
        for Stream { spring, lines, .. } in rivers(paragraphs) {
            let (index, line, _) = spring;
            let chosen = &paragraphs[index];
            let message = format!(
                "a river runs down {lines} lines{} from the spaces of this one: {}",
                chosen.page,
                chosen.quote(line)
            );
            let found = Diagnostic::new(Code::River, self.place(chosen, line), message);
            self.sink.push(found.on_page(chosen.folio).hint(REWORD));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rivers of lines by where their spaces begin, each of them 4 pt wide.
    fn found(lines: &[&[f64]], wide: f32) -> Vec<(Spring, u32)> {
        let mut valley = Valley::default();
        for (number, line) in lines.iter().enumerate() {
            let spaces = line.iter().map(|x| (Abs::pt(*x), Abs::pt(x + 4.0)));
            valley.line(spaces, wide, (0, number));
        }
        valley.end();
        let rivers = valley.rivers.into_values();
        rivers.map(|river| (river.spring, river.lines)).collect()
    }

    #[test]
    fn white_runs_down_through_spaces_below_each_other() {
        let straight: [&[f64]; 5] = [&[9.0, 40.0], &[10.0], &[11.0, 70.0], &[10.0], &[30.0]];
        assert_eq!(found(&straight, 1.5), [((0, 0, 0), 4)]);
        assert_eq!(found(&straight, 1.4), []);
        assert_eq!(found(&straight[..3], 3.0), []);
        // Each space shares less than a third with the one above.
        let slanted: [&[f64]; 6] = [&[10.0], &[13.0], &[16.0], &[19.0], &[22.0], &[25.0]];
        assert_eq!(found(&slanted, 2.0), []);
        let steeper = slanted.map(|line| [10.0 + (line[0] - 10.0) * 0.8]);
        let steeper: Vec<&[f64]> = steeper.iter().map(|line| &line[..]).collect();
        assert_eq!(found(&steeper, 1.3), [((0, 0, 0), 6)]);
        assert_eq!(found(&steeper, 1.2), []);
    }

    #[test]
    fn arms_of_one_river_are_told_of_once() {
        let parts: [&[f64]; 6] = [
            &[10.0],
            &[10.0],
            &[8.0, 12.5],
            &[8.0, 12.5],
            &[8.0, 12.5],
            &[13.0],
        ];
        assert_eq!(found(&parts, 1.5), [((0, 0, 0), 6)]);
    }
}
