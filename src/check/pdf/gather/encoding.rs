//! From codes and names of glyphs to characters (ISO 32000-1, 9.6.6 and annex D).

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What Adobe's Glyph List for New Fonts 1.7 calls characters, and some names that TeX's fonts have: names and hexadecimal
/// numbers.
const NAMES: &str = include_str!("names.txt");

/// The characters of `WinAnsiEncoding` from 0x80; NUL stands for none. The bullet stands for all that is not used (D.2, note 3).
const WIN: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";

/// Those of `MacRomanEncoding`.
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// Those of `StandardEncoding` from 0xA0.
const STANDARD: &str = "\0¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\0–†‡·\0¶•‚„”»…‰\0¿\0`´ˆ˜¯˘˙¨\0˚¸\0˝˛ˇ—\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0Æ\0ª\0\0\0\0ŁØŒº\0\0\0\0\0æ\0\0\0ı\0\0łøœß\0\0\0\0";

/// An encoding that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    Standard,
    Win,
    Mac,
}

impl Base {
    /// The encoding of a name.
    pub(crate) fn named(name: &str) -> Option<Base> {
        match name {
            "WinAnsiEncoding" => Some(Base::Win),
            "MacRomanEncoding" => Some(Base::Mac),
            "StandardEncoding" => Some(Base::Standard),
            _ => None,
        }
    }

    /// The character of a code.
    pub(crate) fn character(self, code: u8) -> Option<char> {
        let from = |text: &str, first: u8| {
            let at = usize::from(code.checked_sub(first)?);
            text.chars().nth(at).filter(|found| *found != '\0')
        };
        match (self, code) {
            (Base::Standard, b'\'') => Some('’'),
            (Base::Standard, b'`') => Some('‘'),
            (_, 0x20..0x7F) => Some(char::from(code)),
            (_, ..0x80) => None,
            (Base::Win, 0xA0..) => Some(char::from(code)),
            (Base::Win, _) => from(WIN, 0x80),
            (Base::Mac, _) => from(MAC, 0x80),
            (Base::Standard, _) => from(STANDARD, 0xA0),
        }
    }
}

fn names() -> &'static BTreeMap<&'static str, char> {
    static NAMED: OnceLock<BTreeMap<&'static str, char>> = OnceLock::new();
    NAMED.get_or_init(|| {
        let pairs = NAMES.split(['\n', ';']).map(str::trim);
        pairs
            .filter_map(|pair| {
                let (name, number) = pair.split_once(' ')?;
                Some((name, char::from_u32(u32::from_str_radix(number, 16).ok()?)?))
            })
            .collect()
    })
}

/// The characters that a glyph's name stands for (Adobe's Glyph List Specification, 2); `None` if for none that is known.
pub(crate) fn characters(name: &str) -> Option<String> {
    let base = name.split_once('.').map_or(name, |(base, _)| base);
    if base.is_empty() || base.len() > 200 {
        return None;
    }
    base.split('_').map(part).collect()
}

fn part(name: &str) -> Option<String> {
    if let Some(found) = names().get(name) {
        return Some(found.to_string());
    }
    let hexadecimal = |digits: &str| {
        let is_number = digits
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'));
        let number = is_number.then(|| u32::from_str_radix(digits, 16).ok())??;
        char::from_u32(number)
    };
    if let Some(digits) = name.strip_prefix("uni")
        && digits.len() >= 4
        && digits.len() % 4 == 0
        && digits.is_ascii()
    {
        let parts = (0..digits.len() / 4).map(|at| hexadecimal(&digits[at * 4..at * 4 + 4]));
        return parts.collect();
    }
    let digits = name.strip_prefix('u')?;
    let found = (4..=6)
        .contains(&digits.len())
        .then(|| hexadecimal(digits))??;
    Some(found.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_known() {
        assert_eq!(Base::Win.character(0x93), Some('“'));
        assert_eq!(Base::Win.character(0xE9), Some('é'));
        assert_eq!(Base::Mac.character(0x8E), Some('é'));
        assert_eq!(Base::Mac.character(0xFF), Some('ˇ'));
        assert_eq!(Base::Standard.character(0xD0), Some('—'));
        assert_eq!(Base::Standard.character(0xFB), Some('ß'));
        assert_eq!(Base::Standard.character(0x80), None);
        let named = |name| characters(name).unwrap_or_default();
        assert_eq!(named("eacute"), "é");
        assert_eq!(named("f_f_i"), "ffi");
        assert_eq!(named("a.sc"), "a");
        assert_eq!(named("uni00410042"), "AB");
        assert_eq!(named("u1F600"), "😀");
        for unknown in ["g23", "unié", "uni12", "u12", ".notdef", "", "uD800"] {
            assert_eq!(characters(unknown), None, "{unknown}");
        }
    }
}
