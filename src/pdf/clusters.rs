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
    pub fn text<'a>(&self, run: &'a Run) -> &'a str {
        run.text.get(self.text.clone()).unwrap_or_default()
    }
}

/// Splits a run, in the order of drawing. A glyph of no length belongs to the one before it in the text.
pub fn clusters(run: &Run, into: &mut Vec<Cluster>) {
    into.clear();
    let mut at = 0;
    if run.rtl {
        for (index, glyph) in run.glyphs.iter().enumerate().rev() {
            match into.last_mut() {
                Some(last) if glyph.bytes == 0 => last.glyphs.start = index,
                _ => into.push(Cluster {
                    glyphs: index..index + 1,
                    text: at..at + usize::from(glyph.bytes),
                }),
            }
            at += usize::from(glyph.bytes);
        }
        into.reverse();
    } else {
        for (index, glyph) in run.glyphs.iter().enumerate() {
            match into.last_mut() {
                Some(last) if glyph.bytes == 0 => last.glyphs.end = index + 1,
                _ => into.push(Cluster {
                    glyphs: index..index + 1,
                    text: at..at + usize::from(glyph.bytes),
                }),
            }
            at += usize::from(glyph.bytes);
        }
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

    fn texts(run: &Run) -> Vec<(&str, usize)> {
        let mut all = Vec::new();
        clusters(run, &mut all);
        all.iter().map(|c| (c.text(run), c.glyphs.len())).collect()
    }

    #[test]
    fn ligatures_and_accents_find_their_letters() {
        let left = run("affe\u{301}b", &[1, 2, 3, 0, 1], false);
        assert_eq!(
            texts(&left),
            [("a", 1), ("ff", 1), ("e\u{301}", 2), ("b", 1)]
        );
        let right = run("אבג", &[2, 0, 2, 2], true);
        assert_eq!(texts(&right), [("ג", 1), ("ב", 2), ("א", 1)]);
    }

    #[test]
    fn lengths_that_do_not_fit_give_no_text() {
        assert_eq!(texts(&run("é", &[1, 9], false)), [("", 1), ("", 1)]);
        assert_eq!(texts(&run("a", &[0, 1], false)), [("", 1), ("a", 1)]);
    }
}
