//! Glyphs of a word: out of the shaper's buffer, and by their places in the text.

use std::ops::Range;

use harfrust::Buffer;

use super::super::hyphen::is_mark;
use super::word::WordGlyph;

/// So many marks may follow a letter and be shaped with it: as many as Unicode's stream-safe text format has (UAX #15,
/// section 13). A shaper looks for the letter of each mark behind all marks before it.
const MARKS: usize = 30;

/// The stretches of a text that are shaped on their own: one, but where more marks follow a letter than any has.
pub(super) fn stretches(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let mut marks = 0;
        let cut = (!is_short(rest)).then(|| {
            rest.char_indices().skip(1).find_map(|(at, c)| {
                marks = if is_mark(c) { marks + 1 } else { 0 };
                (marks > MARKS).then_some(at)
            })
        });
        let end = cut.flatten().map_or(text.len(), |at| start + at);
        Some(std::mem::replace(&mut start, end)..end)
    })
}

/// Whether a text is too short to have so many marks: each has two bytes at least.
pub(super) fn is_short(text: &str) -> bool {
    text.len() <= 2 * MARKS
}

/// Takes glyphs out of the shaper's buffer, and finds the bytes that each stands for; with the sum of their advances.
pub(super) fn read(buffer: &Buffer, length: usize, rtl: bool) -> (Vec<WordGlyph>, i32) {
    let infos = buffer.glyph_infos();
    let mut width = 0;
    let mut glyphs: Vec<WordGlyph> = infos
        .iter()
        .zip(buffer.glyph_positions())
        .map(|(info, position)| {
            width = i32::saturating_add(width, position.x_advance);
            WordGlyph {
                id: info.glyph_id.min(u32::from(u16::MAX)) as u16,
                bytes: 0,
                advance: position.x_advance,
                dx: position.x_offset,
                dy: position.y_offset,
            }
        })
        .collect();
    // Along the text, a cluster reaches to the next one's start and belongs to the first of its glyphs.
    let count = glyphs.len();
    let along = |step: usize| if rtl { count - 1 - step } else { step };
    let mut end = length;
    for step in (0..count).rev() {
        let at = along(step);
        let cluster = infos[at].cluster as usize;
        let first = step == 0 || infos[along(step - 1)].cluster as usize != cluster;
        if first {
            let start = if step == 0 { 0 } else { cluster };
            glyphs[at].bytes = end.saturating_sub(start).min(usize::from(u16::MAX)) as u16;
            end = start;
        }
    }
    (glyphs, width)
}

/// A place among the glyphs of a word that runs from left to right; it only goes forward.
pub(super) struct Walk<'g> {
    glyphs: &'g [WordGlyph],
    /// The next glyph, the byte at which it begins, and what stands before it.
    next: usize,
    byte: usize,
    width: i32,
    clusters: u16,
    before: Option<&'g WordGlyph>,
}

/// A byte of a word's text, among its glyphs.
pub(super) struct Spot<'g> {
    /// The advances before it; of a ligature that it is inside of, the share that comes before.
    pub width: i32,
    /// The clusters before it.
    pub clusters: u16,
    /// The first glyph of the cluster before it.
    pub before: Option<&'g WordGlyph>,
    /// The glyph behind it.
    pub after: Option<&'g WordGlyph>,
}

impl<'g> Walk<'g> {
    /// Before the first glyph.
    pub fn new(glyphs: &'g [WordGlyph]) -> Walk<'g> {
        Walk {
            glyphs,
            next: 0,
            byte: 0,
            width: 0,
            clusters: 0,
            before: glyphs.first(),
        }
    }

    /// On to a byte; one that is behind is taken for the place at hand.
    pub fn to(&mut self, at: usize) -> Spot<'g> {
        let glyphs = self.glyphs;
        let mut spot = Spot {
            width: self.width,
            clusters: self.clusters,
            before: self.before,
            after: None,
        };
        while let Some(glyph) = glyphs.get(self.next) {
            let bytes = usize::from(glyph.bytes);
            if bytes > 0 && self.byte >= at {
                spot.after = Some(glyph);
                break;
            }
            if self.byte + bytes > at {
                // Inside a ligature.
                let share = (at - self.byte) as i32;
                spot.width += glyph.advance * share / i32::from(glyph.bytes);
                spot.after = Some(glyph);
                break;
            }
            if bytes > 0 {
                self.before = Some(glyph);
                self.clusters = self.clusters.saturating_add(1);
            }
            self.width = self.width.saturating_add(glyph.advance);
            self.byte += bytes;
            self.next += 1;
            (spot.width, spot.clusters, spot.before) = (self.width, self.clusters, self.before);
        }
        spot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_with_more_marks_than_any_has_are_shaped_piece_by_piece() {
        let cut = |text: &str| stretches(text).collect::<Vec<_>>();
        assert!(cut("").is_empty());
        let few = format!("e{}ga", "\u{301}".repeat(MARKS));
        assert_eq!(cut(&few), vec![0..few.len(); 1]);
        let many = format!("ae{}ga", "\u{301}".repeat(2 * MARKS + 1));
        let first = 2 + 2 * MARKS;
        assert_eq!(cut(&many), [0..first, first..many.len()]);
    }

    #[test]
    fn a_walk_finds_places_before_behind_and_inside_of_glyphs() {
        let glyph = |bytes, advance| WordGlyph {
            id: 1,
            bytes,
            advance,
            dx: 0,
            dy: 0,
        };
        // A letter, a ligature of three, a letter with its mark.
        let glyphs = [glyph(1, 10), glyph(3, 30), glyph(3, 12), glyph(0, 0)];
        let mut walk = Walk::new(&glyphs);
        let mut to = |at| {
            let spot = walk.to(at);
            (
                spot.width,
                spot.clusters,
                spot.after.map(|glyph| glyph.advance),
            )
        };
        assert_eq!(to(0), (0, 0, Some(10)));
        assert_eq!(to(1), (10, 1, Some(30)));
        assert_eq!(to(2), (20, 1, Some(30)));
        assert_eq!(to(3), (30, 1, Some(30)));
        assert_eq!(to(4), (40, 2, Some(12)));
        assert_eq!(to(7), (52, 3, None));
    }
}
