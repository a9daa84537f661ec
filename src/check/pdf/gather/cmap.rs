//! CMaps: from codes to characters, and how long codes are (ISO 32000-1, 9.7.5 and 9.10.3).

use std::collections::BTreeMap;

use super::super::syntax::{Lexer, Token, utf16};

/// Entries, at most: all characters that there are.
const ENTRIES: usize = 1 << 20;

/// What a CMap says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cmap {
    /// What codes stand for, ranges by their first code.
    ranges: BTreeMap<u32, Range>,
    /// Codes of so many bytes lie from here to here.
    pub(crate) spaces: Vec<(usize, u32, u32)>,
    /// Codes to numbers of glyphs, ranges by their first code: its last, and the first number.
    cids: BTreeMap<u32, (u32, u32)>,
    /// Whether it can be read to its end.
    pub(crate) is_sound: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Range {
    last: u32,
    /// What the first code stands for, in UTF-16; its last unit counts on.
    text: Vec<u8>,
}

impl Cmap {
    /// Reads what a stream holds. Never fails; what makes no sense is left out.
    pub(crate) fn read(bytes: &[u8]) -> Cmap {
        let mut cmap = Cmap::default();
        let mut lexer = Lexer::new(bytes, 0);
        let mut room = ENTRIES;
        loop {
            match lexer.token() {
                Token::Word(b"beginbfchar") => cmap.characters(&mut lexer, &mut room),
                Token::Word(b"beginbfrange") => cmap.ranges(&mut lexer, &mut room),
                Token::Word(b"begincodespacerange") => cmap.spaces(&mut lexer),
                Token::Word(b"begincidrange") => cmap.glyphs(&mut lexer, true, &mut room),
                Token::Word(b"begincidchar") => cmap.glyphs(&mut lexer, false, &mut room),
                Token::Word(b"endcmap") => cmap.is_sound = true,
                Token::End => return cmap,
                _ => {}
            }
        }
    }

    /// What a code stands for; `None` if nothing is said of it.
    pub(crate) fn text(&self, code: u32) -> Option<String> {
        let (first, range) = self.ranges.range(..=code).next_back()?;
        if code > range.last {
            return None;
        }
        let mut text = range.text.clone();
        let mut carry = code - first;
        // The last unit counts on; what runs over would be another block of characters, and is kept within the unit.
        if let [.., high, low] = text.as_mut_slice() {
            carry += u32::from(u16::from_be_bytes([*high, *low]));
            [*high, *low] = (carry as u16).to_be_bytes();
        }
        Some(utf16(&text, u16::from_be_bytes))
    }

    /// Whether it says anything of characters.
    pub(crate) fn has_text(&self) -> bool {
        !self.ranges.is_empty()
    }

    /// The number of the glyph of a code.
    pub(crate) fn glyph(&self, code: u32) -> Option<u32> {
        let (first, (last, glyph)) = self.cids.range(..=code).next_back()?;
        (code <= *last).then(|| glyph.saturating_add(code - first))
    }

    fn put(&mut self, first: u32, last: u32, text: Vec<u8>, room: &mut usize) {
        if let Some(less) = room.checked_sub(1 + text.len() / 16) {
            *room = less;
            self.ranges.insert(first, Range { last, text });
        }
    }

    fn characters(&mut self, lexer: &mut Lexer<'_>, room: &mut usize) {
        while let Token::String(code) = lexer.token() {
            let Token::String(text) = lexer.token() else {
                return;
            };
            let code = number(&code);
            self.put(code, code, text, room);
        }
    }

    fn ranges(&mut self, lexer: &mut Lexer<'_>, room: &mut usize) {
        while let Token::String(first) = lexer.token() {
            let Token::String(last) = lexer.token() else {
                return;
            };
            let (first, last) = (number(&first), number(&last));
            match lexer.token() {
                Token::String(text) => self.put(first, last, text, room),
                Token::ArrayOpen => {
                    let mut code = first;
                    while let Token::String(text) = lexer.token() {
                        if code <= last {
                            self.put(code, code, text, room);
                        }
                        code = code.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    fn spaces(&mut self, lexer: &mut Lexer<'_>) {
        while let Token::String(first) = lexer.token() {
            let Token::String(last) = lexer.token() else {
                return;
            };
            // Codes have four bytes at most.
            if (1..=4).contains(&first.len())
                && first.len() == last.len()
                && self.spaces.len() < 256
            {
                self.spaces
                    .push((first.len(), number(&first), number(&last)));
            }
        }
    }

    fn glyphs(&mut self, lexer: &mut Lexer<'_>, ranges: bool, room: &mut usize) {
        while let Token::String(first) = lexer.token() {
            let first = number(&first);
            let last = match ranges.then(|| lexer.token()) {
                None => first,
                Some(Token::String(last)) => number(&last),
                _ => return,
            };
            let Token::Integer(glyph) = lexer.token() else {
                return;
            };
            if let (Ok(glyph), Some(less)) = (u32::try_from(glyph), room.checked_sub(1)) {
                *room = less;
                self.cids.insert(first, (last, glyph));
            }
        }
    }
}

/// The number that up to four bytes make.
fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_for_characters() {
        let cmap = Cmap::read(
            b"1 begincodespacerange <0000> <ffff> endcodespacerange\n\
              2 beginbfchar <0001> <00660069> <0002> <> endbfchar\n\
              2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0061> <D835DC00>] endbfrange\n\
              1 begincidrange <0000> <00ff> 5 endcidrange 1 begincidchar <0100> 9 endcidchar endcmap",
        );
        assert!(cmap.is_sound);
        assert_eq!(cmap.spaces, [(2, 0, 0xFFFF)]);
        let text = |code| cmap.text(code);
        assert_eq!(text(1).unwrap(), "fi");
        assert_eq!(text(2).unwrap(), "");
        assert_eq!(text(0x12).unwrap(), "C");
        assert_eq!(text(0x21).unwrap(), "\u{1d400}");
        assert_eq!((text(3), text(0x13)), (None, None));
        assert_eq!(
            (cmap.glyph(7), cmap.glyph(256), cmap.glyph(257)),
            (Some(12), Some(9), None)
        );
        assert!(!Cmap::read(b"beginbfchar <00> (").is_sound);
    }
}
