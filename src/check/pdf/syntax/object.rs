//! The values that a PDF is made of (ISO 32000-1, 7.3).

use std::collections::BTreeMap;

/// Names an indirect object: its number and its generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ref {
    pub(crate) number: u32,
    pub(crate) generation: u16,
}

/// A value. What a stream holds stands beside its dictionary, in [`super::Indirect`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Object {
    Null,
    Boolean(bool),
    Integer(i64),
    Real(f64),
    String(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    Reference(Ref),
}

/// What all that is not there reads as.
pub(crate) static NULL: Object = Object::Null;

/// A dictionary. Keys without their slash.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dict(pub(crate) BTreeMap<Vec<u8>, Object>);

impl Dict {
    /// The value as it stands there, perhaps a reference; null if there is none.
    pub(crate) fn raw(&self, key: &str) -> &Object {
        self.0.get(key.as_bytes()).unwrap_or(&NULL)
    }

    /// Whether there is such a key with a value that is not null.
    pub(crate) fn has(&self, key: &str) -> bool {
        !self.raw(key).is_null()
    }

    /// Whether a value is this very name, written directly.
    pub(crate) fn is(&self, key: &str, name: &str) -> bool {
        self.raw(key).is_name(name)
    }
}

impl Object {
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Object::Null)
    }

    pub(crate) fn is_name(&self, name: &str) -> bool {
        matches!(self, Object::Name(own) if own == name.as_bytes())
    }

    pub(crate) fn integer(&self) -> Option<i64> {
        match self {
            Object::Integer(value) => Some(*value),
            // Some writers put a point behind every number.
            Object::Real(value) if value.fract() == 0.0 && value.abs() < 1e15 => {
                Some(*value as i64)
            }
            _ => None,
        }
    }

    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Object::Integer(value) => Some(*value as f64),
            Object::Real(value) => Some(*value),
            _ => None,
        }
    }

    pub(crate) fn array(&self) -> Option<&[Object]> {
        match self {
            Object::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn dict(&self) -> Option<&Dict> {
        match self {
            Object::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Object::String(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// A name as text; bytes that are no UTF-8 are replaced.
    pub(crate) fn name(&self) -> Option<String> {
        match self {
            Object::Name(name) => Some(String::from_utf8_lossy(name).into_owned()),
            _ => None,
        }
    }

    pub(crate) fn reference(&self) -> Option<Ref> {
        match self {
            Object::Reference(reference) => Some(*reference),
            _ => None,
        }
    }

    /// A text string (7.9.2.2): UTF-16 or UTF-8 by its mark, else PDFDocEncoding.
    pub(crate) fn text(&self) -> Option<String> {
        self.bytes().map(text_string)
    }
}

/// PDFDocEncoding where it is not Latin-1 (ISO 32000-1, D.2): what stands at 0x18 to 0x1F and at 0x80 to 0xA0.
const LOW: [char; 8] = [
    '\u{2d8}', '\u{2c7}', '\u{2c6}', '\u{2d9}', '\u{2dd}', '\u{2db}', '\u{2da}', '\u{2dc}',
];
const HIGH: [char; 33] = [
    '\u{2022}', '\u{2020}', '\u{2021}', '\u{2026}', '\u{2014}', '\u{2013}', '\u{192}', '\u{2044}',
    '\u{2039}', '\u{203a}', '\u{2212}', '\u{2030}', '\u{201e}', '\u{201c}', '\u{201d}', '\u{2018}',
    '\u{2019}', '\u{201a}', '\u{2122}', '\u{fb01}', '\u{fb02}', '\u{141}', '\u{152}', '\u{160}',
    '\u{178}', '\u{17d}', '\u{131}', '\u{142}', '\u{153}', '\u{161}', '\u{17e}', '\u{fffd}',
    '\u{20ac}',
];

/// The text of a text string.
pub(crate) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes
            .iter()
            .map(|byte| match byte {
                0x18..=0x1F => LOW[usize::from(byte - 0x18)],
                0x80..=0xA0 => HIGH[usize::from(byte - 0x80)],
                _ => char::from(*byte),
            })
            .collect(),
    }
}

/// UTF-16 without its mark. Escapes that name a language (7.9.2.2.1) are left out.
pub(crate) fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| unit([pair[0], pair[1]]))
        .collect();
    let text = String::from_utf16_lossy(&units);
    if !text.contains('\u{1b}') {
        return text;
    }
    let mut inside = false;
    text.chars()
        .filter(|c| {
            let escape = *c == '\u{1b}';
            inside ^= escape;
            !inside && !escape
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_read_by_their_marks() {
        assert_eq!(
            text_string(b"Moby\x84Dick \xa0"),
            "Moby\u{2014}Dick \u{20ac}"
        );
        assert_eq!(text_string(b"\xfe\xff\x00A\x20\x19"), "A\u{2019}");
        assert_eq!(text_string(b"\xff\xfeA\x00"), "A");
        assert_eq!(text_string("\u{feff}für".as_bytes()), "für");
        assert_eq!(text_string(b"\xfe\xff\x00\x1b\x00e\x00n\x00\x1b\x00A"), "A");
        assert_eq!(text_string(b"\xfe\xff\xd8"), "");
    }
}
