//! Letters as words and lines.
//!
//! In: a page's letters in the order in which they are drawn. Out: its lines. A letter goes on in the line of the one before if it
//! stands on its baseline, or a little off it and close by, as raised letters do; words are parted by spaces and by gaps. Nothing is
//! sorted: who draws a page draws its lines one by one.

use hayro::kurbo::Vec2;

use super::ink::{length, unit_of};
use super::{Bit, Line, around};
use crate::diff::words::{ends_word, is_space, letters};
use crate::unit::{Point, Rect, Size};

/// A letter on a page, in points from its upper left corner.
#[derive(Clone, Debug)]
pub struct Letter {
    /// As it is read: none, one or more characters.
    pub text: String,
    /// Where it begins on its baseline.
    pub origin: Vec2,
    /// Where the next would begin.
    pub end: Vec2,
    /// The size of its font.
    pub em: f64,
    /// Whether it is an artifact.
    pub furniture: bool,
    /// Its size and colour.
    pub look: u64,
}

/// How far off a baseline a letter may be and still stand on it; in ems.
const BASELINE: f64 = 0.15;
/// How far raised or lowered letters are off the baseline of their line at most; in ems of the line.
const RAISED: f64 = 0.7;
/// How far they are from the letter before.
const CLOSE: f64 = 1.2;
/// How far apart words of one line are at most: a contents list has its numbers far from its titles.
const APART: f64 = 30.0;
/// A gap that is no space between letters but one between words, where spaces are drawn as letters.
const GAP: f64 = 0.7;
/// The same where they are not. Spaces of justified lines are seldom below a fifth of an em.
const NARROW_GAP: f64 = 0.17;
/// What letters that stand above a baseline, and below it, take of an em: for the rectangles around words.
const ABOVE: f64 = 0.75;
const BELOW: f64 = 0.25;

/// A line that is being read.
struct Open {
    /// A point of its baseline, and its direction.
    origin: Vec2,
    along: Vec2,
    em: f64,
    /// Where its last letter ends.
    end: Vec2,
    letters: Vec<Letter>,
}

/// Puts letters together.
pub fn lines(page: Vec<Letter>) -> Vec<Line> {
    let has_spaces = page.iter().any(|letter| is_blank(&letter.text));
    let gap = if has_spaces { GAP } else { NARROW_GAP };
    let mut lines = Vec::new();
    let mut open: Option<Open> = None;
    for letter in page {
        match &mut open {
            Some(line) if line.takes(&letter) => line.add(letter),
            _ => {
                lines.extend(open.take().map(|line| line.close(gap)));
                open = Some(Open::begin(letter));
            }
        }
    }
    lines.extend(open.map(|line| line.close(gap)));
    lines.retain(|line| !line.bits.is_empty());
    lines
}

fn is_blank(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_space)
}

fn is_from_right(text: &str) -> bool {
    // Hebrew to Arabic Extended-A, and their presentation forms.
    let from_right =
        |c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    text.chars().next().is_some_and(from_right)
}

impl Open {
    fn begin(letter: Letter) -> Open {
        Open {
            origin: letter.origin,
            along: unit_of(letter.end - letter.origin),
            em: letter.em,
            end: letter.end,
            letters: vec![letter],
        }
    }

    fn takes(&self, letter: &Letter) -> bool {
        let way = letter.end - letter.origin;
        // What has no width has no direction.
        let turned = way.hypot() > 1e-6 && unit_of(way).dot(self.along) < 0.99;
        if turned {
            return false;
        }
        let em = self.em.max(letter.em);
        let off = (letter.origin - self.origin).cross(self.along).abs();
        let gap = (letter.origin - self.end).dot(self.along);
        if off <= BASELINE * em {
            // Text from right to left may be drawn so.
            let back = match is_from_right(&letter.text) {
                true => way.hypot() + APART * em,
                false => em,
            };
            return gap > -back && gap < APART * em;
        }
        off <= RAISED * em && gap.abs() <= CLOSE * em && ratio(self.em, letter.em) < 0.9
    }

    fn add(&mut self, letter: Letter) {
        self.end = letter.end;
        // A line may begin with a raised number.
        if letter.em > self.em * 1.1 {
            (self.origin, self.em) = (letter.origin, letter.em);
        }
        self.letters.push(letter);
    }

    fn close(self, gap: f64) -> Line {
        let mut bits = Vec::new();
        let mut bit = Bit::default();
        let mut glued = false;
        let mut end: Option<Vec2> = None;
        let mut flush = |bit: &mut Bit, glued: &mut bool, now: bool| {
            if !bit.text.is_empty() {
                let mut done = std::mem::take(bit);
                done.glued = *glued;
                bits.push(done);
                *glued = now;
            } else {
                *glued &= now;
            }
        };
        for letter in &self.letters {
            let from = end.map_or(0.0, |end| (letter.origin - end).dot(self.along));
            if from.abs() > gap * self.em.min(letter.em) && !is_from_right(&letter.text) {
                flush(&mut bit, &mut glued, false);
            }
            end = Some(letter.end);
            for c in letter.text.chars() {
                if is_space(c) {
                    flush(&mut bit, &mut glued, false);
                    continue;
                }
                match letters(c) {
                    Some(letters) => bit.text.push_str(letters),
                    None => bit.text.push(c),
                }
                if bit.text.len() == c.len_utf8() {
                    (bit.place, bit.look) = (self.place(letter), letter.look);
                } else {
                    bit.place = around([bit.place, self.place(letter)]).unwrap_or_default();
                }
                if ends_word(c) {
                    flush(&mut bit, &mut glued, true);
                }
            }
        }
        flush(&mut bit, &mut glued, false);
        let from_right = bits.iter().filter(|bit| is_from_right(&bit.text)).count();
        if from_right * 2 > bits.len() {
            read_from_right(&mut bits);
        }
        Line {
            baseline: length(self.origin.y),
            bits,
        }
    }

    /// Where a letter stands: as high as its line, so that the words of a line make one band.
    fn place(&self, letter: &Letter) -> Rect {
        let up = Vec2::new(self.along.y, -self.along.x) * letter.em;
        let corners = [letter.origin, letter.end].map(|at| [at + up * ABOVE, at - up * BELOW]);
        let corners = corners.as_flattened();
        let least = |of: fn(&Vec2) -> f64| corners.iter().map(of).fold(f64::MAX, f64::min);
        let most = |of: fn(&Vec2) -> f64| corners.iter().map(of).fold(f64::MIN, f64::max);
        let (left, top) = (least(|at| at.x), least(|at| at.y));
        Rect {
            at: Point::new(length(left), length(top)),
            size: Size::new(
                length(most(|at| at.x) - left),
                length(most(|at| at.y) - top),
            ),
        }
    }
}

/// The smaller of two sizes by the larger.
fn ratio(one: f64, other: f64) -> f64 {
    one.min(other) / one.max(other).max(1e-9)
}

/// Turns a line that is read from right to left, if it was drawn from left to right: its words, and their letters.
fn read_from_right(bits: &mut [Bit]) {
    let drawn_from_left = match bits {
        [first, .., last] => first.place.at.x < last.place.at.x,
        _ => true,
    };
    if !drawn_from_left {
        return;
    }
    bits.reverse();
    for bit in bits.iter_mut().filter(|bit| is_from_right(&bit.text)) {
        bit.text = bit.text.chars().rev().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of half an em, from a place on.
    fn set(text: &str, x: f64, y: f64, em: f64) -> Vec<Letter> {
        let letter = |(at, c): (usize, char)| {
            let origin = Vec2::new(x + at as f64 * em / 2.0, y);
            Letter {
                text: String::from(c),
                origin,
                end: origin + Vec2::new(em / 2.0, 0.0),
                em,
                furniture: false,
                look: 0,
            }
        };
        text.chars().enumerate().map(letter).collect()
    }

    fn read(parts: &[Vec<Letter>]) -> Vec<String> {
        let lines = lines(parts.concat());
        lines.iter().map(Line::text).collect()
    }

    #[test]
    fn letters_become_words_and_lines() {
        let read = read(&[
            set("the pine-tree", 0.0, 10.0, 10.0),
            set("sighs", 0.0, 24.0, 10.0),
        ]);
        assert_eq!(read, ["the pine-tree", "sighs"]);
    }

    #[test]
    fn gaps_part_words_where_no_spaces_are_drawn() {
        let parts = [set("the", 0.0, 10.0, 10.0), set("tree", 17.5, 10.0, 10.0)];
        assert_eq!(read(&parts), ["the tree"]);
        // With spaces, so small a gap is a kern.
        let parts = [set("a the", 0.0, 10.0, 10.0), set("tree", 27.5, 10.0, 10.0)];
        assert_eq!(read(&parts), ["a thetree"]);
    }

    #[test]
    fn raised_letters_stay_in_their_line() {
        let parts = [
            set("sea", 0.0, 10.0, 10.0),
            set("2", 15.0, 6.0, 6.0),
            set(" and", 18.0, 10.0, 10.0),
        ];
        assert_eq!(read(&parts), ["sea2 and"]);
        let parts = [set("1", 0.0, 6.0, 6.0), set(" See", 3.0, 10.0, 10.0)];
        assert_eq!(read(&parts), ["1 See"]);
    }

    #[test]
    fn words_know_their_places() {
        let lines = lines(set("a tree", 100.0, 50.0, 10.0));
        let tree = &lines[0].bits[1];
        assert_eq!(tree.text, "tree");
        assert_eq!(tree.place.at.x.to_pt(), 110.0);
        assert_eq!(tree.place.at.y.to_pt(), 42.5);
        assert_eq!(tree.place.size.width.to_pt(), 20.0);
        assert!(!tree.glued);
    }

    #[test]
    fn hebrew_is_read_from_the_right() {
        let read = read(&[set("\u{5d3}\u{5d2} \u{5d1}\u{5d0}", 0.0, 10.0, 10.0)]);
        assert_eq!(read, ["\u{5d0}\u{5d1} \u{5d2}\u{5d3}"]);
    }
}
