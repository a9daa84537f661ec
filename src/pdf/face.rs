//! What content streams need to know of a font: codes, widths, and which text each code gives.

use std::collections::BTreeMap;

use crate::typeset::frame::Glyph;

/// The font's own way to say "missing".
pub const NOTDEF: u16 = 0;
/// The glyph says no single letter.
const NO_LETTER: u32 = u32::MAX;

/// A font, as content streams see it. Glyphs are named by their numbers in the whole font.
#[derive(Debug, Default)]
pub struct Face {
    /// By glyph.
    glyphs: Vec<Known>,
    /// Codes for further texts of a glyph: of several letters, or less frequent.
    others: BTreeMap<u16, Vec<(Box<str>, u16)>>,
    /// The main code whose text is a space.
    blank: u16,
    /// The space's code and width, for what has to be found but not seen.
    pub space: Option<(u16, u32)>,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    /// The glyph's number in the subset, which is also a code for it.
    code: u16,
    /// The letter that this code gives.
    letter: u32,
    /// In hundredths of a thousandth of the font size, just as the file says it.
    width: u32,
}

const UNKNOWN: Known = Known {
    code: NOTDEF,
    letter: NO_LETTER,
    width: 0,
};

impl Face {
    /// Nothing is known yet but the space.
    pub fn new(space: Option<(u16, u32)>) -> Face {
        Face {
            space,
            ..Face::default()
        }
    }

    /// Notes a glyph's main code with the text it gives, and its width.
    pub fn add(&mut self, glyph: u16, code: u16, text: &str, width: u32) {
        let index = usize::from(glyph);
        if index >= self.glyphs.len() {
            self.glyphs.resize(index + 1, UNKNOWN);
        }
        let mut letters = text.chars();
        let letter = match (letters.next(), letters.next()) {
            (Some(letter), None) => u32::from(letter),
            _ => NO_LETTER,
        };
        self.glyphs[index] = Known {
            code,
            letter,
            width,
        };
        if text == " " {
            self.blank = code;
        }
        if letter == NO_LETTER {
            self.add_text(glyph, code, text);
        }
    }

    /// Notes a further code of a glyph.
    pub fn add_text(&mut self, glyph: u16, code: u16, text: &str) {
        let texts = self.others.entry(glyph).or_default();
        texts.push((text.into(), code));
    }

    #[inline]
    fn known(&self, glyph: u16) -> Known {
        self.glyphs
            .get(usize::from(glyph))
            .copied()
            .unwrap_or(UNKNOWN)
    }

    /// Whether the font has it.
    #[inline]
    pub fn has(&self, glyph: u16) -> bool {
        self.known(glyph).code != NOTDEF
    }

    /// A glyph's width, in hundredths of a thousandth of the font size.
    #[inline]
    pub fn width(&self, glyph: u16) -> u32 {
        self.known(glyph).width
    }

    /// The code whose text is a space, if there is one.
    #[inline]
    pub fn blank(&self) -> u16 {
        self.blank
    }

    /// The code that draws a glyph and gives a letter of ASCII, if it is the glyph's main one.
    #[inline]
    pub fn letter(&self, glyph: u16, letter: u8) -> Option<(u16, u32)> {
        let known = self.known(glyph);
        (known.letter == u32::from(letter) && letter.is_ascii())
            .then_some((known.code, known.width))
    }

    /// The codes that draw a cluster's glyphs, in the order of drawing, and give its text. Returns whether they do give
    /// it; else they only draw.
    pub fn codes(&self, glyphs: &[Glyph], text: &str, rtl: bool, codes: &mut Vec<u16>) -> bool {
        codes.clear();
        let mut given = !text.is_empty();
        for (index, glyph) in glyphs.iter().enumerate() {
            let place = if rtl { glyphs.len() - 1 - index } else { index };
            let share = share(text, glyphs.len(), place);
            let code = share.and_then(|share| self.code(glyph.id, share));
            given &= code.is_some();
            codes.push(code.unwrap_or_else(|| self.known(glyph.id).code));
        }
        given
    }

    fn code(&self, glyph: u16, text: &str) -> Option<u16> {
        let known = self.known(glyph);
        let mut letters = text.chars();
        if letters.next().map(u32::from) == Some(known.letter) && letters.next().is_none() {
            return Some(known.code);
        }
        let others = self.others.get(&glyph)?;
        others
            .iter()
            .find(|(other, _)| **other == *text)
            .map(|(_, code)| *code)
    }
}

/// The part of a cluster's text that its n-th glyph (in the order of the text) gives: a letter each, the first glyph
/// what is left over. `None` if there are fewer letters than glyphs.
pub fn share(text: &str, glyphs: usize, place: usize) -> Option<&str> {
    if glyphs == 1 {
        return (!text.is_empty()).then_some(text);
    }
    let letters = text.chars().count();
    let first = (letters + 1).checked_sub(glyphs).filter(|&n| n > 0)?;
    let starts = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    let (start, end) = match place {
        0 => (0, starts(first)),
        place => (starts(first + place - 1), starts(first + place)),
    };
    Some(&text[start..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_shared_out() {
        let shares = |text, glyphs| -> Option<Vec<&str>> {
            (0..glyphs)
                .map(|place| share(text, glyphs, place))
                .collect()
        };
        assert_eq!(shares("ffi", 1), Some(vec!["ffi"]));
        assert_eq!(shares("e\u{301}", 2), Some(vec!["e", "\u{301}"]));
        assert_eq!(shares("abcd", 2), Some(vec!["abc", "d"]));
        assert_eq!(shares("é", 2), None);
        assert_eq!(shares("", 1), None);
    }

    #[test]
    fn codes_give_the_text_or_say_that_they_do_not() {
        let mut face = Face::default();
        face.add(40, 1, "-", 300);
        face.add_text(40, 9, "\u{ad}");
        face.add(50, 2, "ffi", 800);
        let glyph = |id| Glyph {
            id,
            bytes: 0,
            advance: 0,
            dx: 0,
            dy: 0,
        };
        let mut codes = Vec::new();
        for (glyphs, text, wanted, given) in [
            (vec![glyph(40)], "-", vec![1], true),
            (vec![glyph(40)], "\u{ad}", vec![9], true),
            (vec![glyph(40)], "~", vec![1], false),
            (vec![glyph(50)], "ffi", vec![2], true),
            (vec![glyph(50), glyph(40)], "ffi-", vec![2, 1], true),
            (vec![glyph(40), glyph(50)], "x", vec![1, 2], false),
            (vec![glyph(7)], "x", vec![0], false),
            (vec![glyph(7)], "", vec![0], false),
        ] {
            assert_eq!(
                face.codes(&glyphs, text, false, &mut codes),
                given,
                "{text}"
            );
            assert_eq!(codes, wanted, "{text}");
        }
    }
}
