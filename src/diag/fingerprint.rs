//! What makes a finding the same finding tomorrow.
//!
//! In: diagnostics in order, and the texts they point into. Out: [`Finding`]s, each with a fingerprint that stays as it is when
//! the text is edited elsewhere. It is made from the code, the file's path in the book's folder, what is written at the place and
//! how many findings with all of that in common come before it in the file; never from a line number or a
//! message, because lines move and messages name pages. White space is folded first, so that paragraphs may be wrapped anew.
//! What has no place is known by its message, with every number in it taken as 0.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::Diagnostic;
use crate::source::{SourceFile, Sources};

/// Changed when anything below changes what comes out: baselines then have to be written anew.
const VERSION: &str = "recto-finding-1";

/// Of a longer passage, only this much of the beginning is looked at; in characters.
const MOST: usize = 80;

/// A passage shorter than this is looked at with what stands around it; in characters. `"` alone says little.
const ENOUGH: usize = 40;

/// How much that is, on each side; in characters. More would tie a finding to words that have nothing to do with it.
const AROUND: usize = 20;

/// How far white space is followed, in bytes: a file of blanks must not be read through for each finding.
const FARTHEST: usize = 400;

/// A diagnostic that can be known again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was found.
    pub diagnostic: Diagnostic,
    /// Sixteen hexadecimal digits.
    pub fingerprint: String,
    /// What is written at its place, white space folded; empty for what has none.
    pub passage: String,
}

/// Gives each diagnostic its fingerprint. They should be in the order of [`super::Sink::finish`].
pub fn findings(found: Vec<Diagnostic>, sources: &Sources) -> Vec<Finding> {
    let mut seen: BTreeMap<(&'static str, String, String), u32> = BTreeMap::new();
    found
        .into_iter()
        .map(|diagnostic| {
            let code = diagnostic.code.name();
            let file = diagnostic.at.and_then(|at| sources.get(at.file));
            let (path, passage, around) = match (&file, diagnostic.at) {
                (Some(file), Some(at)) => {
                    let (passage, around) = passage(file, at.start as usize, at.end as usize);
                    (file.path.clone(), passage, around)
                }
                _ => Default::default(),
            };
            let known_by = if around.is_empty() {
                without_numbers(&diagnostic.message)
            } else {
                around
            };
            let key = (code, path, known_by);
            let ordinal = seen.get(&key).copied().unwrap_or(0);
            let fingerprint = fingerprint(&[VERSION, key.0, &key.1, &key.2, &ordinal.to_string()]);
            seen.insert(key, ordinal + 1);
            Finding {
                diagnostic,
                fingerprint,
                passage,
            }
        })
        .collect()
}

/// Sixteen digits from some texts, in which no text can run into the next.
pub(super) fn fingerprint(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        // Nothing that is read as text holds it, but in a broken file; then two findings may share a number.
        hash.update([0]);
    }
    let digest = hash.finalize();
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What is written at a place, and the same with what stands around it if it is short.
fn passage(file: &SourceFile, start: usize, end: usize) -> (String, String) {
    let text = file.text.as_str();
    let boundary = |at: usize| {
        let at = at.min(text.len());
        (0..=at)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    };
    let (start, end) = (boundary(start), boundary(end.max(start)));
    // Four bytes are the longest character.
    let far = boundary(end.min(start + 4 * MOST + FARTHEST));
    let own = folded(text[start..far].chars(), MOST);
    if own.chars().count() >= ENOUGH {
        return (own.clone(), own);
    }
    let (from, to) = (
        boundary(start.saturating_sub(FARTHEST)),
        boundary(end + FARTHEST),
    );
    let before = folded(text[from..start].chars().rev(), AROUND);
    let before: String = before.chars().rev().collect();
    let after = folded(text[end..to].chars(), AROUND);
    let around = [before.trim(), own.as_str(), after.trim()].join("|");
    let around = if around == "||" {
        String::new()
    } else {
        around
    };
    (own, around)
}

/// At most so many characters, white space folded to one blank; up to the end of the paragraph.
fn folded(characters: impl Iterator<Item = char>, most: usize) -> String {
    let mut out = String::new();
    let (mut count, mut lines, mut blank) = (0, 0, false);
    for c in characters {
        if c.is_whitespace() {
            lines += u8::from(c == '\n');
            if lines > 1 {
                break;
            }
            blank = true;
            continue;
        }
        if blank && count > 0 {
            out.push(' ');
            count += 1;
        }
        if count >= most {
            break;
        }
        (lines, blank) = (0, false);
        out.push(c);
        count += 1;
    }
    out
}

/// With every number taken as 0.
fn without_numbers(message: &str) -> String {
    let mut out = String::new();
    for c in message.chars() {
        match c {
            c if !c.is_ascii_digit() => out.push(c),
            _ if out.ends_with('0') => {}
            _ => out.push('0'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::source::Span;

    /// The fingerprints of findings at every place of a word in a text.
    fn of(text: &str, word: &str) -> Vec<String> {
        let sources = Sources::new();
        let file = sources.add("one.md", text);
        let places = text.match_indices(word);
        let found = places.map(|(at, _)| {
            let span = Span::new(file.id, at, at + word.len());
            Diagnostic::new(Code::DeadLink, span, format!("on page {at}"))
        });
        let found = findings(found.collect(), &sources);
        found.into_iter().map(|found| found.fingerprint).collect()
    }

    #[test]
    fn edits_elsewhere_change_nothing() {
        let text = "# One\n\nHe saw [the mate](#mate), who was very far away\nfrom him.\n";
        let before = of(text, "[the mate](#mate)");
        assert_eq!(before.len(), 1);
        let edits = [
            text.replace(
                "# One",
                "# One\n\nA new paragraph, and ![](map.png).\n\n## Two",
            ),
            text.replace("far away\nfrom him", "far\naway from him and from us all"),
            text.replace("He saw [the", "He  saw\n[the"),
        ];
        for edit in edits {
            assert_eq!(of(&edit, "[the mate](#mate)"), before, "{edit}");
        }
        let others = [
            text.replace("He saw", "She saw"),
            text.replace("who", "which"),
        ];
        for other in others {
            assert_ne!(of(&other, "[the mate](#mate)"), before, "{other}");
        }
    }

    #[test]
    fn equal_places_are_counted() {
        let two = of("[x](#x)\n\n[x](#x)\n", "[x](#x)");
        assert_ne!(two[0], two[1]);
        let three = of("[x](#x)\n\n[y](#x)\n\n[x](#x)\n\n[x](#x)\n", "[x](#x)");
        assert_eq!(two, three[..2]);
    }

    #[test]
    fn what_has_no_place_is_known_by_its_words() {
        let print = |message: &str| {
            let found = vec![Diagnostic::new(Code::PageCount, None, message)];
            findings(found, &Sources::new()).remove(0).fingerprint
        };
        assert_eq!(
            print("20 pages, at least 24"),
            print("7 pages, at least 24")
        );
        assert_ne!(print("20 pages"), print("20 sheets"));
    }

    #[test]
    fn no_place_is_too_odd() {
        let sources = Sources::new();
        let file = sources.add("a.md", format!("é{}é", " ".repeat(100_000)));
        for (start, end) in [
            (0, 0),
            (1, 1),
            (3, 90_000),
            (100_001, 100_004),
            (9, 999_999),
        ] {
            let at = Span::new(file.id, start, end);
            let found = vec![Diagnostic::new(Code::DeadLink, at, "")];
            assert_eq!(findings(found, &sources)[0].fingerprint.len(), 16);
        }
    }
}
