//! Characters that nobody sees, or that look like others; commas and full stops that stand apart, stick to the next word, or are
//! two.

use unicode_script::{Script, UnicodeScript};

use super::Page;
use super::line::{Form, Line, OBJECT};
use crate::diag::{Code, Diagnostic, Sink};

pub(super) fn judge(page: &Page<'_>, sink: &Sink) {
    for line in &page.lines {
        if !line.text.is_ascii() || line.text.contains(|c: char| c.is_control() && c != '\n') {
            characters(page, line, sink);
            alphabets(page, line, sink);
        }
        // Cells and titles may hold signs alone; verse is set as its author likes.
        if !matches!(line.form, Form::Apart | Form::Verse) {
            punctuation(page, line, sink);
        }
    }
}

/// So many of a line are told: to find a place in the Markdown reads a paragraph.
const MOST: usize = 8;

/// A word with a comma in it that is longer is none.
const WORD: usize = 64;

fn tell(
    page: &Page<'_>,
    line: &Line,
    code: Code,
    (start, end): (usize, usize),
    message: String,
    hint: &str,
    sink: &Sink,
) {
    let at = page.span(line, start, end);
    sink.push(Diagnostic::new(code, at, message).hint(hint));
}

/// What a letter in UTF-8 looks like when it was read as Windows-1252: the two signs that begin most of them.
fn is_misread(before: char, c: char) -> bool {
    match before {
        // Not `Ã»`: a Portuguese word in capitals before a guillemet.
        'Ã' => "¡¢£¤¥¦§¨©«¬®¯°±²³´µ¶·¸¹¼½¾¿€".contains(c),
        'â' => c == '€',
        'ï' => c == '»',
        _ => false,
    }
}

fn characters(page: &Page<'_>, line: &Line, sink: &Sink) {
    let text = &line.text;
    let mut before: Option<char> = None;
    // Of neighbours one is told.
    let mut last_end = usize::MAX;
    let mut told = 0;
    let right_to_left = || {
        text.chars().any(|c| {
            matches!(
                c.script(),
                Script::Arabic | Script::Hebrew | Script::Syriac | Script::Thaana | Script::Nko
            )
        })
    };
    for (at, c) in text.char_indices() {
        if told == MOST {
            break;
        }
        let end = at + c.len_utf8();
        let after = text[end..].chars().next();
        let stands =
            |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic() || alphabet(c).is_some());
        let lone = |c: Option<char>| {
            c.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation() || c == OBJECT)
        };
        let what = match c {
            '\n' => None,
            // A byte that is no UTF-8 became one, and was told of when the file was read.
            '\u{FFFD}' => None,
            _ if c.is_control() => Some("is a control character, which no font shows"),
            '\u{FEFF}' => Some("is a mark for the beginning of files, which nobody sees"),
            // Between letters these join them or keep them apart, and a line may end at the third. Persian and Hindi keyboards leave
            // some behind a word, which does no harm.
            '\u{200C}' | '\u{200D}'
                if (lone(before) || lone(after)) && stands(before) && stands(after) =>
            {
                Some("joins nothing, and nobody sees it")
            }
            '\u{200B}' if before.is_none() || after.is_none() => {
                Some("lets a line end where it ends, and nobody sees it")
            }
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' if !right_to_left() => {
                Some("turns the direction of writing, and nobody sees it")
            }
            _ => None,
        };
        if let Some(what) = what {
            if at != last_end {
                told += 1;
                let message = format!("the character U+{:04X} {what}", c as u32);
                let hint = "take it out";
                tell(
                    page,
                    line,
                    Code::OddCharacter,
                    (at, end),
                    message,
                    hint,
                    sink,
                );
            }
            last_end = end;
        } else if before.is_some_and(|before| is_misread(before, c)) {
            let start = at - before.map_or(0, char::len_utf8);
            if start != last_end {
                told += 1;
                let message = format!("`{}` is what is left of another sign", &text[start..end]);
                let hint = "the file was read in another encoding than it was written in: mend it, and save it as UTF-8";
                tell(
                    page,
                    line,
                    Code::OddCharacter,
                    (start, end),
                    message,
                    hint,
                    sink,
                );
            }
            last_end = end;
        }
        before = Some(c);
    }
}

/// Letters of two alphabets that look alike in print: Latin, Cyrillic, Greek.
const ALIKE: &[(char, &str)] = &[
    ('L', "aceopxyijsABCEHIJKMNOPSTXYZv"),
    ('C', "асеорхуіјѕАВСЕНІЈКМОРЅТХ"),
    ('G', "οΑΒΕΖΗΙΚΜΝΟΡΤΥΧν"),
];

/// The alphabet of a letter, by the key of [`ALIKE`].
fn alphabet(c: char) -> Option<char> {
    match c.script() {
        Script::Latin => Some('L'),
        Script::Cyrillic => Some('C'),
        Script::Greek => Some('G'),
        _ => None,
    }
}

/// A word with a letter of another alphabet in it that looks like one of its own.
fn alphabets(page: &Page<'_>, line: &Line, sink: &Sink) {
    let mut told = 0;
    for word in line.words() {
        if word.text.is_ascii() {
            continue;
        }
        let mut from = word.start;
        for part in word.text.split(['-', '\u{2011}', '\u{AD}', '’', '\'']) {
            let start = from;
            from += part.len();
            from += line.text[from..].chars().next().map_or(0, char::len_utf8);
            let Some((offset, odd, name)) = intruder(part).filter(|_| told < MOST) else {
                continue;
            };
            told += 1;
            let at = start + offset;
            let message = format!(
                "`{part}` is written with a {name} `{odd}` (U+{:04X})",
                odd as u32
            );
            let hint = "type the letter again: it only looks like the others";
            let place = (at, at + odd.len_utf8());
            tell(page, line, Code::OddCharacter, place, message, hint, sink);
        }
    }
}

/// The first letter in a word that is of another alphabet than most of it, if all such look like its own; where, and of which.
fn intruder(word: &str) -> Option<(usize, char, &'static str)> {
    let count = |of: char| word.chars().filter(|c| alphabet(*c) == Some(of)).count();
    let counts = [('L', "Latin"), ('C', "Cyrillic"), ('G', "Greek")]
        .map(|(key, name)| (count(key), key, name));
    let mut present: Vec<_> = counts
        .into_iter()
        .filter(|(times, ..)| *times > 0)
        .collect();
    present.sort_unstable();
    let [(few, odd, name), (many, ..)] = present[..] else {
        return None;
    };
    let (_, alike) = ALIKE.iter().find(|(key, _)| *key == odd)?;
    let mut odds = word
        .char_indices()
        .filter(|(_, c)| alphabet(*c) == Some(odd));
    // Of two letters either may be meant, and a name of two alphabets has more of each.
    let is_slip = few < many && few <= 2 && odds.clone().all(|(_, c)| alike.contains(c));
    let (at, c) = odds.next().filter(|_| is_slip)?;
    Some((at, c, name))
}

fn punctuation(page: &Page<'_>, line: &Line, sink: &Sink) {
    let text = &line.text;
    let spanish = line.lang.primary() == "es";
    // `a . . . b`, `a , b , c`: signs that are spaced on purpose.
    let spaced = [" ,", " ."].map(|sign| text.matches(sign).take(3).count() > 2);
    let mut told = 0;
    let mut say = |range, message: String, hint: &str| {
        told += 1;
        if told > MOST {
            return;
        }
        tell(page, line, Code::OddPunctuation, range, message, hint, sink);
    };
    let ends = |rest: &str| rest.chars().next().is_none_or(|c| c.is_whitespace());
    for (at, sign) in text.match_indices([',', '.', ';']) {
        let (head, rest) = (&text[..at], &text[at + 1..]);
        let Some(before) = head.chars().next_back() else {
            continue;
        };
        let word_before = |head: &str| {
            let c = head.chars().next_back();
            c.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '”' | '»' | '’'))
        };
        let gap = head.trim_end_matches([' ', '\u{A0}']);
        if sign != ";" && gap.len() < head.len() && word_before(gap) && ends(rest) {
            let spaced =
                rest.trim_start().starts_with(['.', ',']) || spaced[usize::from(sign == ".")];
            if !spaced {
                let what = if sign == "," {
                    "a comma"
                } else {
                    "a full stop"
                };
                let message = format!("{what} stands apart from its word");
                say((at, at + 1), message, "take the space before it out");
            }
        } else if sign != "." && joins(head, rest) {
            let what = if sign == "," {
                "a comma"
            } else {
                "a semicolon"
            };
            let message = format!("{what} has no space behind it");
            say((at, at + 1), message, "put a space there");
        } else if rest.starts_with([',', '.', ';']) && word_before(head) && ends(&rest[1..]) {
            let pair = &text[at..at + 2];
            // `etc.,` and `etc.;` are right.
            if !matches!(pair, ".," | ".;") {
                say(
                    (at, at + 2),
                    format!("`{pair}` is one sign too many"),
                    "keep one of them",
                );
            }
        } else if spanish && sign == "." && matches!(before, '?' | '!') && ends(rest) {
            let message = format!("`{before}.` is one sign too many");
            say(
                (at - 1, at + 1),
                message,
                "in Spanish no full stop follows it",
            );
        }
    }
}

/// Whether words stand on both sides without a space, in what looks like no code and no list of names.
fn joins(head: &str, rest: &str) -> bool {
    let head = &head[head.ceil_char_boundary(head.len().saturating_sub(WORD))..];
    let rest = &rest[..rest.floor_char_boundary(WORD)];
    let before = head
        .split(char::is_whitespace)
        .next_back()
        .unwrap_or_default();
    let after = rest.split(char::is_whitespace).next().unwrap_or_default();
    let after = after.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '”', '»']);
    let word = |text: &str| {
        text.chars().count() > 1 && text.chars().all(|c| c.is_alphabetic() && is_spaced(c))
    };
    let before = before.trim_start_matches(['(', '“', '«', '„']);
    // `TL;DR`
    let spelt = |text: &str| text.chars().all(char::is_uppercase);
    word(before) && word(after) && !(spelt(before) && spelt(after))
}

/// Whether a letter is of a script that has spaces between words and after commas.
fn is_spaced(c: char) -> bool {
    matches!(c.script(), Script::Latin | Script::Cyrillic | Script::Greek)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_of_another_alphabet_is_found() {
        assert_eq!(intruder("Сrab"), Some((0, 'С', "Cyrillic")));
        assert_eq!(intruder("левиоcа"), Some((10, 'c', "Latin")));
        for word in ["crab", "левиоса", "SMSки", "λx", "Яndex", "Ελλάς", "аa"] {
            assert_eq!(intruder(word), None, "{word}");
        }
    }

    #[test]
    fn a_comma_joins_words_but_not_lists() {
        assert!(joins("lo and behold", "the computer"));
        assert!(joins("(one", "two)."));
        for (head, rest) in [
            ("1", "000 men"),
            ("a", "b c"),
            ("x_1", "y_2"),
            ("one", " two"),
            ("one,two", "three"),
            ("TL", "DR"),
        ] {
            assert!(!joins(head, rest), "{head},{rest}");
        }
    }
}
