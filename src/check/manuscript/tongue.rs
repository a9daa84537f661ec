//! Whether the text is in the language that the book says it is.
//!
//! The language decides hyphenation, quotation marks and spaces, and a book that names none counts as English. What speaks for
//! another is letters of a script that the language is not written in, or the little words that each language has most of.

use std::collections::BTreeMap;

use unicode_script::{Script, UnicodeScript};

use super::Page;
use super::words::NEVER_TWICE;
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::Lang;
use crate::source::{FileId, Sources, Span};

/// Fewer letters say nothing of a book.
const LETTERS: usize = 600;
/// So many are enough to know.
const ENOUGH: usize = 50_000;
/// In a text of its language about every fifth word is one of the little ones; in another's, every thirtieth.
const SPEAKS: f64 = 0.10;
/// So many times as many are the other language's.
const CLEARLY: f64 = 4.0;

/// The scripts that most languages other than those of Latin letters are written in, by the language that is guessed from it.
fn guess(script: Script) -> Option<&'static str> {
    Some(match script {
        Script::Han => "zh",
        Script::Hiragana | Script::Katakana => "ja",
        Script::Hangul => "ko",
        Script::Cyrillic => "ru",
        Script::Greek => "el",
        Script::Hebrew => "he",
        Script::Arabic => "ar",
        Script::Devanagari => "hi",
        Script::Thai => "th",
        Script::Latin => "en",
        _ => return None,
    })
}

/// Whether a language may be written in a script. One that is not listed may be written in any.
fn writes(lang: &str, script: Script) -> bool {
    let scripts: &[Script] = match lang {
        "ru" | "uk" | "bg" | "be" | "mk" => &[Script::Cyrillic],
        "el" => &[Script::Greek],
        "he" | "yi" => &[Script::Hebrew],
        "ar" | "fa" | "ur" => &[Script::Arabic],
        "hi" | "mr" | "ne" => &[Script::Devanagari],
        "th" => &[Script::Thai],
        "ko" => &[Script::Hangul, Script::Han],
        "ja" => &[Script::Hiragana, Script::Katakana, Script::Han],
        "zh" => &[Script::Han],
        "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "sv" | "da" | "nb" | "nn" | "no"
        | "fi" | "pl" | "cs" | "sk" | "hu" | "ro" | "ca" | "et" | "lv" | "lt" | "is" | "la" => {
            &[Script::Latin]
        }
        _ => return true,
    };
    scripts.contains(&script)
}

pub(super) fn judge(pages: &[Page<'_>], lang: &Lang, sources: &Sources, sink: &Sink) {
    let mut scripts: BTreeMap<&'static str, (Script, usize)> = BTreeMap::new();
    let mut little: BTreeMap<&'static str, usize> = BTreeMap::new();
    let (mut letters, mut words) = (0, 0);
    let own = lang.primary();
    let lines = pages.iter().flat_map(|page| &page.lines);
    for line in lines.filter(|line| line.lang.primary() == own) {
        if letters > ENOUGH {
            break;
        }
        for word in line.words() {
            let Some(first) = word.text.chars().next().filter(|c| c.is_alphabetic()) else {
                continue;
            };
            let script = first.script();
            // Without spaces, a sentence is a word.
            let many = word.text.chars().count();
            letters += many;
            words += 1;
            scripts.entry(script.short_name()).or_insert((script, 0)).1 += many;
            for (name, never) in NEVER_TWICE {
                *little.entry(name).or_default() += usize::from(never.contains(&word.text));
            }
        }
    }
    if letters < LETTERS {
        return;
    }
    let most = scripts.values().max_by_key(|(_, times)| *times);
    let Some((script, times)) = most else { return };
    let other = if !writes(&own, *script) && times * 2 > letters {
        // Of Japanese every other letter may be Han.
        let kana = ["Hira", "Kana"].iter().filter_map(|name| scripts.get(name));
        let kana: usize = kana.map(|(_, times)| *times).sum();
        match script {
            Script::Han if kana * 10 > *times => Some("ja"),
            script => guess(*script),
        }
    } else {
        let share = |name: &str| little.get(name).map(|times| *times as f64 / words as f64);
        let best = little.iter().max_by_key(|(_, times)| **times);
        best.and_then(|(name, _)| {
            let (theirs, own) = (share(name)?, share(&own)?);
            (theirs > SPEAKS && theirs > own * CLEARLY).then_some(*name)
        })
    };
    let Some(other) = other else { return };
    let message = match script {
        Script::Latin => format!("most of the text is not in `{own}`, the language of the book"),
        script => format!(
            "most letters of the text are {}, but the language of the book is `{own}`",
            script.full_name().replace('_', " ")
        ),
    };
    let hint = format!(
        "say which it is, as in `language: {other}`; hyphens and quotation marks follow it"
    );
    sink.push(Diagnostic::new(Code::WrongLanguage, place(sources), message).hint(hint));
}

/// Where the book says its language, or its first line.
fn place(sources: &Sources) -> Option<Span> {
    // What says so was read first.
    let file = sources.get(FileId(0))?;
    let mut start = 0;
    let mut first = None;
    for line in file.text.split_inclusive('\n') {
        let span = Span::new(file.id, start, start + line.trim_end().len());
        start += line.len();
        let text = line.trim_start();
        if text.starts_with("language") || text.starts_with("lang:") {
            return Some(span);
        }
        first = first.or(Some(span));
    }
    first
}
