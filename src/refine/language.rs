//! A chapter's language by its letters.
//!
//! Only where the author named none, and only where the script leaves no doubt that the book's own language is not the
//! chapter's: a Greek chapter of an English book is hyphenated, aligned and read aloud as Greek.

use std::collections::BTreeMap;

use unicode_script::{Script, UnicodeScript};

use crate::model::{Chapter, Lang, plain_block};

/// How much of a chapter is looked at, in letters.
const SAMPLE: usize = 5_000;

/// Fewer letters than this say nothing.
const FEWEST: usize = 40;

/// The share of letters that one script must have, in percent.
const PLAIN: usize = 60;

/// The language of a chapter that is plainly not in the book's script; `None` if it may well be.
pub(super) fn guess(chapter: &Chapter, book: &Lang) -> Option<Lang> {
    let text = sample(chapter);
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut letters = 0;
    for c in text.chars().filter(|c| c.is_alphabetic()).take(SAMPLE) {
        letters += 1;
        *counts.entry(group(c.script())).or_default() += 1;
    }
    let (script, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    // Japanese writes more Han than kana, and foreign words in every script stand in Latin.
    let kana = text
        .chars()
        .take(SAMPLE)
        .filter(|c| matches!(c.script(), Script::Hiragana | Script::Katakana))
        .count();
    let clear = letters >= FEWEST && count * 100 >= letters * PLAIN;
    if !clear || script == "Latin" || script == "other" || script == of(book) {
        return None;
    }
    let has = |marks: &str| text.chars().filter(|c| marks.contains(*c)).count();
    let tag = match script {
        "Han" if kana * 20 > count => "ja",
        "Han"
            if has("這個們來說為對國時會學開發東後從")
                > has("这个们来说为对国时会学开发东后从") =>
        {
            "zh-Hant"
        }
        "Han" => "zh-Hans",
        "Hangul" => "ko",
        "Arabic" if has("پچژگکی") * 40 > count => "fa",
        "Arabic" => "ar",
        "Cyrillic" if has("іїєґІЇЄҐ") * 50 > count => "uk",
        "Cyrillic" if has("ыэЫЭ") * 100 > count => "ru",
        "Cyrillic" if has("ђјљњћџЂЈЉЊЋЏ") * 50 > count => "sr",
        "Cyrillic" => "bg",
        "Greek" => "el",
        "Hebrew" => "he",
        "Devanagari" => "hi",
        "Bengali" => "bn",
        "Tamil" => "ta",
        "Telugu" => "te",
        "Gujarati" => "gu",
        "Gurmukhi" => "pa",
        "Kannada" => "kn",
        "Malayalam" => "ml",
        "Thai" => "th",
        "Georgian" => "ka",
        "Armenian" => "hy",
        _ => return None,
    };
    Lang::new(tag).filter(|lang| lang.primary() != book.primary())
}

/// The beginning of a chapter's words, as far as they are looked at.
fn sample(chapter: &Chapter) -> String {
    let mut text = String::new();
    for block in &chapter.blocks {
        text.push_str(&plain_block(block));
        // A letter of the longest scripts takes three bytes or four.
        if text.len() > 4 * SAMPLE {
            break;
        }
    }
    text
}

fn group(script: Script) -> &'static str {
    match script {
        Script::Latin => "Latin",
        Script::Han | Script::Hiragana | Script::Katakana => "Han",
        Script::Hangul => "Hangul",
        Script::Arabic => "Arabic",
        Script::Cyrillic => "Cyrillic",
        Script::Greek => "Greek",
        Script::Hebrew => "Hebrew",
        Script::Devanagari => "Devanagari",
        Script::Bengali => "Bengali",
        Script::Tamil => "Tamil",
        Script::Telugu => "Telugu",
        Script::Gujarati => "Gujarati",
        Script::Gurmukhi => "Gurmukhi",
        Script::Kannada => "Kannada",
        Script::Malayalam => "Malayalam",
        Script::Thai => "Thai",
        Script::Georgian => "Georgian",
        Script::Armenian => "Armenian",
        _ => "other",
    }
}

/// The script that a language is usually written in, where it is one of those above.
fn of(lang: &Lang) -> &'static str {
    match (lang.primary().as_str(), lang.script()) {
        (_, Some("Latn")) => "Latin",
        (_, Some("Cyrl")) => "Cyrillic",
        ("zh" | "ja", _) => "Han",
        ("ko", _) => "Hangul",
        ("ar" | "fa" | "ur" | "ps", _) => "Arabic",
        ("ru" | "uk" | "bg" | "be" | "sr" | "mk" | "mn" | "kk", _) => "Cyrillic",
        ("el", _) => "Greek",
        ("he" | "yi", _) => "Hebrew",
        ("hi" | "mr" | "ne" | "sa", _) => "Devanagari",
        ("bn" | "as", _) => "Bengali",
        ("ta", _) => "Tamil",
        ("th", _) => "Thai",
        ("ka", _) => "Georgian",
        ("hy", _) => "Armenian",
        _ => "Latin",
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::tests::text;
    use super::*;
    use crate::model::{Attrs, Block, BlockKind, ChapterRole, Matter, NodeId, Origin, Spans};

    fn guessed(words: &str, book: &str) -> Option<String> {
        let blocks = vec![Block {
            id: NodeId(0),
            attrs: None,
            kind: BlockKind::Paragraph(vec![text(words)]),
        }];
        let chapter = Chapter {
            origin: Origin::Made("x".to_owned()),
            matter: Matter::Body,
            role: ChapterRole::Chapter,
            depth: 0,
            title: None,
            short_title: None,
            lang: None,
            numbered: None,
            listed: None,
            attrs: Attrs::default(),
            blocks,
            notes: Vec::new(),
            spans: Spans::default(),
        };
        guess(&chapter, &Lang::new(book).unwrap()).map(|lang| lang.tag().to_owned())
    }

    #[test]
    fn only_a_plainly_foreign_script_counts() {
        let greek =
            "Η γλώσσα αυτού του κεφαλαίου είναι πράγματι ελληνική και όχι αγγλική, όπως βλέπετε.";
        assert_eq!(guessed(greek, "en").as_deref(), Some("el"));
        assert_eq!(guessed(greek, "el"), None);
        assert_eq!(
            guessed(
                "A chapter in English with a word of Greek, λόγος, in the midst of it.",
                "en"
            ),
            None
        );
        let russian =
            "Это глава на русском языке, и в ней есть буквы, которых нет в болгарском: ы и э.";
        assert_eq!(guessed(russian, "en").as_deref(), Some("ru"));
    }
}
