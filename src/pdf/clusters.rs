//! Which glyphs stand for which letters.

use std::ops::Range;

use crate::typeset::frame::Run;

/// Glyphs that stand for a stretch of text together: mostly one and one; a ligature is one for several letters, an
/// accented letter may be two for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// In the run's glyphs, as drawn.
    pub glyphs: Range<usize>,
    /// In the run's text.
    pub text: Range<usize>,
}

impl Cluster {
    /// Its letters; empty where the run's lengths do not fit its text.
    #[inline]
    pub fn text<'a>(&self, run: &'a Run) -> &'a str {
        run.text.get(self.text.clone()).unwrap_or_default()
    }
}

/// A run's clusters, in the order in which they are read. A glyph of no length belongs to the one before it in the
/// text.
#[derive(Clone)]
pub struct Clusters<'a> {
    run: &'a Run,
    /// How many glyphs were given out, from the end at which the text begins.
    glyph: usize,
    at: usize,
}

impl<'a> Clusters<'a> {
    /// All of a run's.
    pub fn of(run: &'a Run) -> Clusters<'a> {
        Clusters {
            run,
            glyph: 0,
            at: 0,
        }
    }
}

impl Iterator for Clusters<'_> {
    type Item = Cluster;

    #[inline]
    fn next(&mut self) -> Option<Cluster> {
        let glyphs = &self.run.glyphs;
        let count = glyphs.len();
        let place = |n: usize| if self.run.rtl { count - 1 - n } else { n };
        let first = self.glyph;
        if first >= count {
            return None;
        }
        let bytes = usize::from(glyphs[place(first)].bytes);
        let mut after = first + 1;
        while after < count && glyphs[place(after)].bytes == 0 {
            after += 1;
        }
        let start = self.at;
        self.at += bytes;
        self.glyph = after;
        Some(Cluster {
            glyphs: if self.run.rtl {
                count - after..count - first
            } else {
                first..after
            },
            text: start..self.at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::frame::{FontId, Glyph};
    use crate::unit::Abs;

    fn run(text: &str, bytes: &[u16], rtl: bool) -> Run {
        Run {
            font: FontId(0),
            size: Abs::pt(10.0),
            expansion: 1000,
            text: text.to_owned(),
            glyphs: bytes
                .iter()
                .map(|&bytes| Glyph {
                    id: 1,
                    bytes,
                    advance: 0,
                    dx: 0,
                    dy: 0,
                })
                .collect(),
            rtl,
        }
    }

    fn texts(run: &Run) -> Vec<(&str, Range<usize>)> {
        Clusters::of(run).map(|c| (c.text(run), c.glyphs)).collect()
    }

    #[test]
    fn ligatures_and_accents_find_their_letters() {
        let left = run("affe\u{301}b", &[1, 2, 3, 0, 1], false);
        assert_eq!(
            texts(&left),
            [("a", 0..1), ("ff", 1..2), ("e\u{301}", 2..4), ("b", 4..5)]
        );
        let right = run("אבג", &[2, 0, 2, 2], true);
        assert_eq!(texts(&right), [("א", 3..4), ("ב", 1..3), ("ג", 0..1)]);
    }

    #[test]
    fn lengths_that_do_not_fit_give_no_text() {
        assert_eq!(texts(&run("é", &[1, 9], false)), [("", 0..1), ("", 1..2)]);
        assert_eq!(texts(&run("a", &[0, 1], false)), [("", 0..1), ("a", 1..2)]);
    }
}
