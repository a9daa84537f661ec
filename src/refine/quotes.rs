//! Quotation marks and apostrophes.
//!
//! `"` becomes the language's outer marks, `'` its inner marks or an apostrophe, as the author typed them. A mark opens
//! where a word may begin and closes where one may end; where both could be, it closes what is open. An apostrophe is
//! what no opening mark waits for. Feet and inches keep primes.

use crate::model::Lang;

use super::line::{Segment, rewrite};

/// How deep quotations nest, and how long a run of marks or digits is looked through: a bound for nonsense, so that a
/// line of five million marks costs no more than one of words.
const DEEPEST: usize = 16;

/// Outer opening and closing, inner opening and closing.
type Marks = [&'static str; 4];

/// By language, with a region where that differs. After CLDR 46 (`delimiters`) but for what its printers do otherwise:
/// Swiss German and Danish guillemets, and outer and inner exchanged nowhere, for authors type what they mean.
const MARKS: &[(&str, Marks)] = &[
    ("en", ["“", "”", "‘", "’"]),
    ("de-CH", ["«", "»", "‹", "›"]),
    ("de", ["„", "“", "‚", "‘"]),
    (
        "fr-CH",
        ["«\u{202F}", "\u{202F}»", "‹\u{202F}", "\u{202F}›"],
    ),
    ("fr", ["«\u{A0}", "\u{A0}»", "“", "”"]),
    ("es", ["«", "»", "“", "”"]),
    ("it", ["«", "»", "“", "”"]),
    ("pt-BR", ["“", "”", "‘", "’"]),
    ("pt", ["«", "»", "“", "”"]),
    ("ca", ["«", "»", "“", "”"]),
    ("pl", ["„", "”", "«", "»"]),
    ("cs", ["„", "“", "‚", "‘"]),
    ("sk", ["„", "“", "‚", "‘"]),
    ("sl", ["„", "“", "‚", "‘"]),
    ("hr", ["„", "“", "‚", "‘"]),
    ("bs", ["„", "”", "‘", "’"]),
    ("sr", ["„", "”", "‘", "’"]),
    ("sv", ["”", "”", "’", "’"]),
    ("fi", ["”", "”", "’", "’"]),
    ("da", ["»", "«", "›", "‹"]),
    ("nb", ["«", "»", "‘", "’"]),
    ("nn", ["«", "»", "‘", "’"]),
    ("no", ["«", "»", "‘", "’"]),
    ("is", ["„", "“", "‚", "‘"]),
    ("hu", ["„", "”", "»", "«"]),
    ("ro", ["„", "”", "«", "»"]),
    ("et", ["„", "“", "«", "»"]),
    ("lt", ["„", "“", "‚", "‘"]),
    ("ru", ["«", "»", "„", "“"]),
    ("uk", ["«", "»", "„", "“"]),
    ("be", ["«", "»", "„", "“"]),
    ("bg", ["„", "“", "‚", "‘"]),
    ("mk", ["„", "“", "‚", "‘"]),
    ("el", ["«", "»", "“", "”"]),
    ("sq", ["«", "»", "“", "”"]),
    ("hy", ["«", "»", "“", "”"]),
    ("ka", ["„", "“", "«", "»"]),
    ("fa", ["«", "»", "‹", "›"]),
    ("ar", ["«", "»", "“", "”"]),
    ("he", ["”", "”", "’", "’"]),
    ("ja", ["「", "」", "『", "』"]),
    ("zh-TW", ["「", "」", "『", "』"]),
    ("zh-HK", ["「", "」", "『", "』"]),
    ("zh-Hant", ["「", "」", "『", "』"]),
];

/// The marks of a language; English ones where nothing better is known.
pub(super) fn marks(lang: &Lang) -> &'static Marks {
    let primary = lang.primary();
    let fits = |name: &str| match name.split_once('-') {
        Some((language, rest)) => {
            language == primary
                && (lang.region().as_deref() == Some(rest) || lang.script() == Some(rest))
        }
        None => name == primary,
    };
    MARKS
        .iter()
        .find(|(name, _)| fits(name))
        .map_or(&MARKS[0].1, |(_, marks)| marks)
}

/// English and Dutch words that begin with an apostrophe, without it.
const ELIDED: &[&str] = &[
    "tis", "twas", "twere", "twill", "twould", "em", "til", "till", "cause", "bout", "round",
    "neath", "gainst", "mongst", "n", "kay", "t", "s", "k", "m", "e", "im", "er", "ere", "ave",
    "ad",
];

pub(super) fn refine(segments: &mut [Segment]) {
    if !segments
        .iter()
        .any(|segment| segment.is_text && segment.text.contains(['"', '\'']))
    {
        return;
    }
    // What is open: the typed marks, innermost last.
    let mut open: Vec<char> = Vec::new();
    rewrite(segments, |line, at, lang, out| {
        let c = line[at];
        if c != '"' && c != '\'' {
            return 0;
        }
        let [outer_open, outer_close, inner_open, inner_close] = *marks(lang);
        let (opening, closing) = if c == '"' {
            (outer_open, outer_close)
        } else {
            (inner_open, inner_close)
        };
        let is_open = open.contains(&c);
        match judge(line, at, is_open) {
            Mark::Open => {
                if open.len() < DEEPEST {
                    open.push(c);
                }

                out.push_str(opening);
            }
            Mark::Close => {
                // Whatever was opened inside and never closed is over too.
                if let Some(last) = open.iter().rposition(|other| *other == c) {
                    open.truncate(last);
                }
                out.push_str(closing);
            }
            Mark::Apostrophe => out.push('’'),
            Mark::Prime => out.push(if c == '"' { '″' } else { '′' }),
        }
        1
    });
}

enum Mark {
    Open,
    Close,
    Apostrophe,
    Prime,
}

fn begins_word(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || "([{<«‹„‚“‘「『/¿¡".contains(c))
}

/// A sign of scripts that part words by nothing: kana, ideographs, and punctuation of their width.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FFEF}')
}

fn is_dash(c: Option<char>) -> bool {
    c.is_some_and(|c| "—–-―".contains(c))
}

fn judge(line: &[char], at: usize, is_open: bool) -> Mark {
    let c = line[at];
    let before = at.checked_sub(1).map(|at| line[at]);
    let after = line.get(at + 1).copied();
    let digit = before.is_some_and(|c| c.is_ascii_digit());
    if digit && !is_open && prime(line, at, after) {
        return Mark::Prime;
    }
    let word_follows = after.is_some_and(|c| !c.is_whitespace());
    // Another straight mark before this one says nothing by itself: look past it.
    let outer = line[..at]
        .iter()
        .rev()
        .take(DEEPEST)
        .copied()
        .find(|c| !matches!(c, '"' | '\''));
    let starts = begins_word(if matches!(before, Some('"' | '\'')) {
        outer
    } else {
        before
    }) || (is_dash(before) && !is_open);
    if c == '"' {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let between_letters = letter(before) && letter(after);
        return match (starts, word_follows) {
            (true, true) => Mark::Open,
            // Among ideographs no space shows where a quotation begins, nor does one behind an article that is written together with
            // the next word, as in Arabic; but nothing that is not open can close.
            (false, true) if !is_open && (before.is_some_and(is_unspaced) || between_letters) => {
                Mark::Open
            }
            (true, false)
                if !is_open && before.is_some_and(char::is_whitespace) && after.is_some() =>
            {
                Mark::Open
            }
            _ => Mark::Close,
        };
    }
    let inside_word =
        before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    if inside_word {
        return Mark::Apostrophe;
    }
    if starts && word_follows {
        return if elided(line, at) || !closes_later(line, at) {
            Mark::Apostrophe
        } else {
            Mark::Open
        };
    }
    if is_open {
        Mark::Close
    } else {
        Mark::Apostrophe
    }
}

/// `6'`, `6'2"`, `12"`: feet, inches, minutes, seconds. `'90s` is none, nor is `1990's`.
fn prime(line: &[char], at: usize, after: Option<char>) -> bool {
    let floor = at.saturating_sub(DEEPEST);
    let number = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '′');
    let start = line[floor..at]
        .iter()
        .rposition(|c| !number(c))
        .map_or(floor, |p| floor + p + 1);
    let stands_alone = start == 0 || !line[start - 1].is_alphanumeric();
    stands_alone
        && line[start..at].iter().any(char::is_ascii_digit)
        && after.is_none_or(|c| !c.is_alphabetic())
}

/// `'tis`, `'90s`, `'n'`.
fn elided(line: &[char], at: usize) -> bool {
    let rest = &line[at + 1..];
    if rest.first().is_some_and(char::is_ascii_digit) {
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        return digits == 2;
    }
    let word: String = rest
        .iter()
        .take_while(|c| c.is_alphabetic())
        .take(8)
        .flat_map(|c| c.to_lowercase())
        .collect();
    ELIDED.contains(&word.as_str())
}

/// How far a closing mark is looked for: no author holds a reader in single quotes for longer.
const FARTHEST: usize = 1_500;

/// Whether a mark that could close this one follows.
fn closes_later(line: &[char], at: usize) -> bool {
    let end = line.len().min(at + FARTHEST);
    (at + 2..end).any(|i| {
        line[i] == '\''
            && !line[i - 1].is_whitespace()
            && line.get(i + 1).is_none_or(|c| !c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::super::line::tests::refined;

    #[test]
    fn marks_open_and_close() {
        for (lang, typed, set) in [
            ("en", "\"So,\" she said, \"go.\"", "“So,” she said, “go.”"),
            ("en", "\"He said 'no' twice.\"", "“He said ‘no’ twice.”"),
            ("en", "\"'No,' he said.\"", "“‘No,’ he said.”"),
            ("en", "(\"a\")---\"b\"", "(“a”)—“b”"),
            ("en", "\"Wait---\" he cried", "“Wait—” he cried"),
            (
                "en-GB",
                "'Tis 'e who'd say 'yes'",
                "’Tis ’e who’d say ‘yes’",
            ),
            (
                "en",
                "the dogs' tails, rock 'n' roll, '90s, 1990's",
                "the dogs’ tails, rock ’n’ roll, ’90s, 1990’s",
            ),
            ("en", "6'2\" tall, a 12\" record", "6′2″ tall, a 12″ record"),
            ("en", "\"in 1999\"", "“in 1999”"),
            (
                "de",
                "\"Ja\", sagte sie, \"'s geht.\"",
                "„Ja“, sagte sie, „’s geht.“",
            ),
            (
                "de",
                "Er rief 'halt', ich hab's",
                "Er rief ‚halt‘, ich hab’s",
            ),
            ("de-CH", "\"Ja\"", "«Ja»"),
            ("fr", "\"Oui\", dit-il", "«\u{A0}Oui\u{A0}», dit-il"),
            ("ru", "\"Да\"", "«Да»"),
            ("sv", "\"Ja\"", "”Ja”"),
            ("ja", "\"x\"", "「x」"),
            (
                "ja",
                "彼は\"はい\"と言った。\"x\"",
                "彼は「はい」と言った。「x」",
            ),
            (
                "zh-Hans",
                "他说\"好\"，\"不\"，例如：\"a b.\"）",
                "他说“好”，“不”，例如：“a b.”）",
            ),
            ("zh-Hant", "\"x\"", "「x」"),
        ] {
            assert_eq!(refined(typed, lang), set, "{lang}: {typed}");
        }
    }
}
