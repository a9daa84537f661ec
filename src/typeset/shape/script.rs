//! Scripts and directions of text.

use std::ops::Range;

use unicode_script::{Script, UnicodeScript};

use crate::model::Lang;

/// Whether text has anything that is written from right to left, or says so.
pub fn is_rtl(text: &str) -> bool {
    // No such character below U+0590; most text has none above either.
    text.chars().any(|c| {
        matches!(c as u32,
            0x590..=0x8ff | 0x200f | 0x202b | 0x202e | 0x2067 | 0xfb1d..=0xfdff | 0xfe70..=0xfeff
            | 0x10800..=0x10fff | 0x1e800..=0x1efff)
    })
}

/// Whether a character is of a script that sets no spaces between words: lines break there by Unicode's rules.
pub fn is_unspaced(c: char) -> bool {
    matches!(c as u32,
        0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x19e0..=0x19ff | 0x2e80..=0x9fff
        | 0xa9e0..=0xa9ff | 0xaa60..=0xaadf | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0xfe30..=0xfe4f
        | 0xff00..=0xffef | 0x1b000..=0x1b2ff | 0x20000..=0x3ffff)
}

/// The script of a language, for text that has no letters.
pub fn script_of(lang: &Lang) -> Script {
    if let Some(script) = lang.script().and_then(Script::from_short_name) {
        return script;
    }
    match lang.primary().as_str() {
        "ar" | "fa" | "ur" | "ps" | "sd" | "ug" | "ckb" => Script::Arabic,
        "he" | "yi" => Script::Hebrew,
        "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "mn" | "kk" | "ky" | "tg" => Script::Cyrillic,
        "el" | "grc" => Script::Greek,
        "zh" | "ja" => Script::Han,
        "ko" => Script::Hangul,
        "hi" | "mr" | "ne" | "sa" => Script::Devanagari,
        "bn" | "as" => Script::Bengali,
        "ta" => Script::Tamil,
        "te" => Script::Telugu,
        "kn" => Script::Kannada,
        "ml" => Script::Malayalam,
        "gu" => Script::Gujarati,
        "pa" => Script::Gurmukhi,
        "th" => Script::Thai,
        "hy" => Script::Armenian,
        "ka" => Script::Georgian,
        "am" | "ti" => Script::Ethiopic,
        _ => Script::Latin,
    }
}

/// Calls `each` with the stretches of one script in a word. What belongs to no script (digits, marks, signs) goes with
/// what stands before it, at the start with what follows; `alone` is for words of nothing else.
pub fn scripts(word: &str, alone: Script, mut each: impl FnMut(Range<usize>, Script)) {
    let real = |c: char| match c {
        // What Latin text is made of needs no table.
        'a'..='z'
        | 'A'..='Z'
        | '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{24f}' => Some(Script::Latin),
        '\0'..='\u{a9}' | '\u{2010}'..='\u{2027}' => None,
        c => match c.script() {
            Script::Common | Script::Inherited | Script::Unknown => None,
            script => Some(script),
        },
    };
    if word.is_ascii() {
        let letters = word.bytes().any(|b| b.is_ascii_alphabetic());
        return each(0..word.len(), if letters { Script::Latin } else { alone });
    }
    let mut current: Option<Script> = None;
    let mut start = 0;
    for (at, c) in word.char_indices() {
        match (current, real(c)) {
            (Some(script), Some(next)) if script != next => {
                each(start..at, script);
                (start, current) = (at, Some(next));
            }
            (None, Some(next)) => current = Some(next),
            _ => {}
        }
    }
    each(start..word.len(), current.unwrap_or(alone));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_apart_by_script() {
        let of = |word: &str| {
            let mut found = Vec::new();
            scripts(word, Script::Latin, |range, script| {
                found.push((word[range].to_owned(), script.short_name()));
            });
            found
        };
        let (latin, greek) = ("Latn", "Grek");
        assert_eq!(of("“don’t”"), [("“don’t”".to_owned(), latin)]);
        assert_eq!(
            of("1αβ-ray"),
            [("1αβ-".to_owned(), greek), ("ray".to_owned(), latin)]
        );
        assert_eq!(of("12…"), [("12…".to_owned(), latin)]);
    }
}
