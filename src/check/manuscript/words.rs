//! Text that was to be written later, words that stand twice, spaces that show.

use std::collections::BTreeSet;

use super::Page;
use super::line::{Form, Line, Word};
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{Block, BlockKind, Inline, InlineKind, Visit, walk_blocks};

pub(super) fn judge(page: &Page<'_>, sink: &Sink) {
    let shown = shown(page);
    for line in &page.lines {
        placeholders(page, line, &shown, sink);
        doubles(page, line, sink);
        spaces(page, line, sink);
    }
}

/// The signs that a chapter's code has: of these its text may speak.
fn shown(page: &Page<'_>) -> Vec<&'static str> {
    let mut shown = Shown(BTreeSet::new());
    walk_blocks(&page.chapter.blocks, &mut shown);
    shown.0.into_iter().collect()
}

struct Shown(BTreeSet<&'static str>);

impl Shown {
    fn read(&mut self, code: &str) {
        let has = |sign: &&&str| code.contains(**sign);
        self.0.extend(SIGNS.iter().filter(has).copied());
    }
}

impl<'a> Visit<'a> for Shown {
    fn block(&mut self, block: &'a Block) {
        if let BlockKind::Code(code) = &block.kind {
            self.read(&code.text);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::Code { text, .. } = &inline.kind {
            self.read(text);
        }
    }
}

/// What a word of capitals must stand in or before to be a reminder where it may as well be a word or a number: `[XXX]`, `TODO:`.
fn is_marked(line: &Line, word: Word<'_>) -> bool {
    let before = line.text[..word.start].chars().next_back();
    let after = line.text[word.end()..].chars().next();
    let alone = |c: Option<char>| c.is_none_or(char::is_whitespace);
    after == Some(':')
        || matches!(
            (before, after),
            (Some('['), Some(']')) | (Some('('), Some(')'))
        )
        || line.text.trim() == word.text && alone(before)
}

/// Languages in which `TODO` is a word like any other.
const TODO_IS_A_WORD: &[&str] = &["es", "pt", "gl", "ca", "ast", "eo"];

/// One of these stands in every text that a reminder stands in.
const SIGNS: &[&str] = &["TODO", "FIXME", "XXX", "TK", "orem", "OREM"];

fn placeholders(page: &Page<'_>, line: &Line, shown: &[&str], sink: &Sink) {
    if !SIGNS.iter().any(|sign| line.text.contains(sign)) {
        return;
    }
    let words: Vec<Word<'_>> = line.words().collect();
    for (index, word) in words.iter().enumerate() {
        let next = words.get(index + 1).filter(|next| {
            let between = &line.text[word.end()..next.start];
            !between.is_empty() && between.chars().all(char::is_whitespace)
        });
        let quoted = {
            let before = line.text[..word.start].chars().next_back();
            let after = line.text[word.end()..].chars().next();
            before.is_some_and(is_quote)
                && after.is_some_and(|c| is_quote(c) || c == ',' || c == '.')
        };
        // A TODO list, a TODO comment: of these a text may speak.
        let spoken_of = quoted
            || next.is_some_and(|next| {
                let word = next.text.to_lowercase();
                [
                    "list", "lists", "comment", "comments", "app", "item", "items", "marker",
                    "markers",
                ]
                .contains(&word.as_str())
            });
        let is_word = TODO_IS_A_WORD.contains(&line.lang.primary().as_str());
        // What code shows, a text may name: `see TODO`, `the file TODO:`.
        let names = |before: &str| {
            before
                .trim_end()
                .ends_with(|c: char| c.is_alphanumeric() || c == ',')
        };
        let is_named = shown.contains(&word.text)
            && (!line.text[word.end()..].starts_with(':') || names(&line.text[..word.start]));
        let found = !is_named
            && match word.text {
                "TODO" => !spoken_of && (!is_word || is_marked(line, *word)),
                "FIXME" => !spoken_of,
                // Thirty in Roman numerals is a number; more of them are none.
                "XXX" => line.form != Form::Heading && !quoted && is_marked(line, *word),
                "TK" => {
                    !quoted && next.is_none_or(|next| !next.text.starts_with(char::is_uppercase))
                }
                text => is_run(text, "TK", 4) || is_run(text, "X", 4) && is_marked(line, *word),
            };
        let lorem = word.text.eq_ignore_ascii_case("lorem")
            && next.is_some_and(|next| next.text.eq_ignore_ascii_case("ipsum"))
            && (index == 0
                || words
                    .get(index + 2)
                    .is_some_and(|word| word.text == "dolor"));
        let end = match next {
            Some(next) if lorem => next.end(),
            _ => word.end(),
        };
        if found || lorem {
            let at = page.span(line, word.start, end);
            let message = format!(
                "`{}` stands for text that is still to be written",
                &line.text[word.start..end]
            );
            sink.push(
                Diagnostic::new(Code::PlaceholderText, at, message)
                    .hint("write it, or take this out"),
            );
        }
    }
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '‹' | '›' | '"' | '\''
    )
}

/// Whether a word is a run of some letters, of at least so many bytes.
fn is_run(word: &str, of: &str, least: usize) -> bool {
    word.len() >= least
        && word.len().is_multiple_of(of.len())
        && word
            .as_bytes()
            .chunks(of.len())
            .all(|chunk| chunk == of.as_bytes())
}

/// Words that no sentence of their language has twice in a row. Words that some sentence has so are left out: `that that`, `had
/// had`, `what it is is`, `nous nous`, `die die`, `het het`; so are all words of meaning, which may be said twice.
pub(super) const NEVER_TWICE: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "a", "an", "of", "and", "to", "with", "for", "from", "at", "by", "or", "but",
            "if", "this", "these", "those", "my", "your", "our", "their", "its", "into", "upon",
            "than", "because", "when", "which", "was", "were", "are", "they", "as", "be",
            "through", "between", "among", "against", "during", "within", "without", "until",
            "while", "although", "though", "would", "could", "should", "been", "also", "such",
            "whose",
        ],
    ),
    (
        "de",
        &[
            "und", "oder", "ein", "eine", "einen", "einem", "einer", "eines", "mit", "von", "auf",
            "für", "ist", "im", "zum", "zur", "aus", "bei", "nach", "dass", "nicht", "auch",
            "wird", "werden", "wurde", "als", "wie", "des", "durch", "wenn", "zwischen", "kann",
        ],
    ),
    (
        "fr",
        &[
            "le", "de", "et", "du", "des", "dans", "un", "une", "pour", "avec", "sur", "au", "aux",
            "les", "est", "par", "ou", "sont", "cette", "ces", "cet", "mais", "comme", "sans",
            "sous", "chez",
        ],
    ),
    (
        "es",
        &[
            "el", "de", "y", "en", "un", "una", "los", "las", "por", "con", "para", "del", "al",
            "o", "su", "es", "esta", "este", "estos", "estas", "cuando", "pero", "sin", "sobre",
            "desde", "hasta",
        ],
    ),
    (
        "it",
        &[
            "il", "di", "e", "un", "una", "per", "con", "del", "della", "dei", "delle", "gli",
            "nel", "nella", "al", "alla", "questo", "questa", "questi", "queste", "dal", "dalla",
            "dei", "degli", "nelle", "negli", "sono",
        ],
    ),
    (
        "pt",
        &[
            "o", "de", "e", "em", "um", "uma", "os", "as", "por", "com", "para", "do", "da", "dos",
            "das", "no", "na",
        ],
    ),
    (
        "nl",
        &[
            "de", "een", "van", "en", "met", "voor", "op", "te", "aan", "uit", "bij", "of", "maar",
        ],
    ),
    (
        "sv",
        &[
            "och", "en", "ett", "av", "på", "för", "med", "till", "från", "att", "eller",
        ],
    ),
    (
        "da",
        &[
            "og", "en", "et", "af", "på", "for", "med", "til", "fra", "at", "eller",
        ],
    ),
    (
        "nb",
        &[
            "og", "en", "et", "av", "på", "for", "med", "til", "fra", "at", "eller",
        ],
    ),
    (
        "pl",
        &[
            "i", "w", "na", "z", "do", "od", "dla", "oraz", "przez", "jest",
        ],
    ),
    (
        "ru",
        &["и", "в", "на", "с", "по", "для", "из", "от", "к", "или"],
    ),
    (
        "uk",
        &["і", "в", "на", "з", "по", "для", "від", "до", "або", "та"],
    ),
    (
        "bg",
        &["и", "в", "на", "за", "по", "от", "към", "или", "със"],
    ),
    (
        "el",
        &["και", "το", "ο", "η", "των", "για", "με", "από", "ή"],
    ),
];

fn doubles(page: &Page<'_>, line: &Line, sink: &Sink) {
    let primary = line.lang.primary();
    let Some((_, never)) = NEVER_TWICE.iter().find(|(name, _)| *name == primary) else {
        return;
    };
    let mut before: Option<Word<'_>> = None;
    let mut words = line.words().peekable();
    while let Some(word) = words.next() {
        let Some(first) = before.replace(word) else {
            continue;
        };
        let between = &line.text[first.end()..word.start];
        let beside = !between.is_empty() && between.chars().all(|c| c == ' ' || c == '\u{A0}');
        if !beside || !same(first.text, word.text) {
            continue;
        }
        let lower = word.text.to_lowercase();
        // `a a b` counts letters, and `as as` may stand before a capital: As As, a place.
        let letters = lower.chars().count() == 1
            && words
                .peek()
                .is_none_or(|next| next.text.chars().count() == 1);
        if never.contains(&lower.as_str()) && !letters {
            let at = page.span(line, first.start, word.end());
            let message = format!("`{}` stands twice in a row", word.text);
            sink.push(Diagnostic::new(Code::DoubledWord, at, message).hint("take one of them out"));
        }
    }
}

/// Whether a word stands again; the first may begin a sentence, but `the The Hague` has two words, and `a bitwise AND and a shift`.
fn same(first: &str, second: &str) -> bool {
    let small = || !first.chars().skip(1).any(char::is_uppercase);
    first == second || first.len() == second.len() && first.to_lowercase() == second && small()
}

/// A space that does not break beside one that does: Markdown makes one of all others.
fn spaces(page: &Page<'_>, line: &Line, sink: &Sink) {
    let mut rest = 0;
    while let Some(found) = line.text[rest..].find('\u{A0}') {
        let at = rest + found;
        let is_space = |c: char| matches!(c, ' ' | '\u{A0}');
        let before = &line.text[..at];
        let start = before.trim_end_matches(is_space).len();
        let end = line.text.len() - line.text[at..].trim_start_matches(is_space).len();
        rest = end;
        // More than two are meant to be seen, as are those at an edge.
        let two = line.text[start..end].chars().count() == 2;
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let stop = |c: Option<char>| c.is_some_and(|c| ".,;:!?".contains(c));
        let before = line.text[..start].chars().next_back();
        let inside = (word(before) || stop(before)) && word(line.text[end..].chars().next());
        if two && inside && line.form != Form::Verse {
            let span = page.span(line, start, end);
            let message = "two spaces in a row, one of which does not break";
            sink.push(Diagnostic::new(Code::DoubledSpace, span, message).hint("keep one of them"));
        }
    }
}
