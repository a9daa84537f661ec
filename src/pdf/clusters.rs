//! Which glyphs stand for which letters.

use std::ops::Range;

use crate::typeset::frame::{Glyph, Run};

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

/// The n-th of a cluster's glyphs in the order of the text: those of a run from right to left stand backwards.
pub fn in_text_order(glyphs: &[Glyph], place: usize, rtl: bool) -> &Glyph {
    if rtl {
        &glyphs[glyphs.len() - 1 - place]
    } else {
        &glyphs[place]
    }
}

/// What a glyph gives that gives no letter (the dots that a font sets beside a letter): a sign without looks or
/// meaning, for every glyph has to give something (PDF/UA-1, 7.21.7).
pub const SILENT: &str = "\u{34f}";

/// What each glyph of a cluster gives of its text, in the order of the text: a letter each, the first what is left over.
/// With fewer letters than glyphs, glyphs that take no room give nothing. In text from right to left such glyphs give
/// nothing in any case: readers who sort letters by their places would put a vowel sign before its letter.
pub fn shares<'a>(glyphs: &[Glyph], text: &'a str, rtl: bool) -> Vec<Option<&'a str>> {
    let count = glyphs.len();
    let letters = text.chars().count();
    let starts = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    let is_wide = |n: &usize| in_text_order(glyphs, *n, rtl).advance != 0;
    let wide = || (0..count).filter(is_wide);
    let mut giving: Vec<usize> = if rtl && wide().next().is_some() {
        wide().take(letters).collect()
    } else {
        let narrow = (0..count).filter(|n| !is_wide(n));
        wide().chain(narrow).take(letters).collect()
    };
    giving.sort_unstable();
    let surplus = letters - giving.len();
    let mut shares = vec![None; count];
    for (letter, n) in giving.into_iter().enumerate() {
        let start = if letter == 0 { 0 } else { letter + surplus };
        shares[n] = Some(&text[starts(start)..starts(letter + surplus + 1)]);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::frame::FontId;
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
            from: None,
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

    #[test]
    fn letters_are_shared_out() {
        let glyph = |advance| Glyph {
            id: 1,
            bytes: 0,
            advance,
            dx: 0,
            dy: 0,
        };
        let (wide, narrow) = (glyph(9), glyph(0));
        for (glyphs, text, rtl, wanted) in [
            (vec![wide], "ffi", false, vec![Some("ffi")]),
            (
                vec![wide, narrow],
                "e\u{301}",
                false,
                vec![Some("e"), Some("\u{301}")],
            ),
            (
                vec![wide, wide],
                "abcd",
                false,
                vec![Some("abc"), Some("d")],
            ),
            (vec![wide, narrow], "é", false, vec![Some("é"), None]),
            (
                vec![narrow, wide],
                "\u{5e9}\u{5c1}",
                true,
                vec![Some("\u{5e9}\u{5c1}"), None],
            ),
            // Drawn to the left of its letter, read after it.
            (vec![narrow, wide], "ف", true, vec![Some("ف"), None]),
            (vec![narrow, wide], "ف", false, vec![None, Some("ف")]),
            (vec![wide, wide], "", false, vec![None, None]),
        ] {
            assert_eq!(shares(&glyphs, text, rtl), wanted, "{text}");
        }
    }
}
