//! What content streams need to know of a font: codes, widths, and which text each code gives.

use std::collections::BTreeMap;

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

    /// The code that draws a glyph, whatever text it gives.
    pub fn main(&self, glyph: u16) -> u16 {
        self.known(glyph).code
    }

    /// The code that draws a glyph and gives this text.
    #[inline]
    pub fn code(&self, glyph: u16, text: &str) -> Option<u16> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_its_code() {
        let mut face = Face::new(None);
        face.add(40, 1, "-", 300);
        face.add_text(40, 9, "\u{ad}");
        face.add(50, 2, "ffi", 800);
        for (glyph, text, code) in [
            (40, "-", Some(1)),
            (40, "\u{ad}", Some(9)),
            (40, "~", None),
            (40, "--", None),
            (50, "ffi", Some(2)),
            (7, "x", None),
            (7, "", None),
        ] {
            assert_eq!(face.code(glyph, text), code, "{text}");
        }
        assert_eq!((face.main(50), face.main(7)), (2, NOTDEF));
        assert_eq!(face.letter(40, b'-'), Some((1, 300)));
    }
}
