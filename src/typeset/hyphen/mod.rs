//! Where a word may be broken.
//!
//! In: a word as it stands between spaces, and its language. Out: [`Opportunity`]s in order: at the author's soft
//! hyphens, after hyphens, dashes and slashes that the word has of its own, between syllables by TeX's patterns, and in
//! addresses and code at their own joints, where no hyphen may be added. What each costs is decided elsewhere.

mod exceptions;
mod joints;

use hypher::Lang as Patterns;

use crate::model::Lang;
use crate::theme::HyphenLimits;
use exceptions::known;
use joints::{ENDLESS, endless, is_address, joints};

pub use exceptions::{Exceptions, WordList};
pub use joints::is_mark;

/// A place where a word may be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opportunity {
    /// The first byte that goes to the next line.
    pub at: usize,
    /// What kind of place it is.
    pub kind: Joint,
}

/// A kind of place where a word may be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Joint {
    /// The author's own soft hyphen.
    Soft,
    /// Between syllables.
    Syllable,
    /// Between syllables of a name or of the first word of a sentence.
    Capitalised,
    /// Between syllables of a word that has a hyphen elsewhere.
    Compound,
    /// After a hyphen that the word has of its own.
    Hyphen,
    /// After a dash or dots between words.
    Dash,
    /// After a slash between words.
    Slash,
    /// At a joint of an address or of code.
    Verbatim,
    /// Anywhere in an address or in code: only where nothing else helps.
    Anywhere,
}

impl Joint {
    /// A hyphen is printed that the word does not have.
    pub fn adds_hyphen(self) -> bool {
        matches!(
            self,
            Joint::Soft | Joint::Syllable | Joint::Capitalised | Joint::Compound
        )
    }

    /// The line ends in a hyphen, added or the word's own.
    pub fn ends_in_hyphen(self) -> bool {
        self.adds_hyphen() || self == Joint::Hyphen
    }

    /// The break stays allowed where the text must not be hyphenated.
    pub fn without_hyphenation(self) -> bool {
        !matches!(self, Joint::Syllable | Joint::Capitalised | Joint::Compound)
    }
}

/// How words are hyphenated.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hyphenation<'a> {
    /// The language's patterns.
    pub patterns: Option<Patterns>,
    /// Words that are broken otherwise.
    pub exceptions: Option<&'a WordList>,
    /// How many letters stay together.
    pub limits: HyphenLimits,
    /// The word is code.
    pub verbatim: bool,
}

/// The patterns of a language.
pub fn patterns(lang: &Lang) -> Option<Patterns> {
    let primary = lang.primary();
    let code = match primary.as_str() {
        // Norwegian's two written forms share one set of patterns.
        "nb" | "nn" => *b"no",
        other => other.as_bytes().try_into().ok()?,
    };
    Patterns::from_iso(code)
}

/// Finds where a word may be broken; `out` is filled in order.
pub fn opportunities(word: &str, how: &Hyphenation<'_>, out: &mut Vec<Opportunity>) {
    if word.len() < 2 {
        return;
    }
    if how.verbatim || is_address(word) {
        return joints(word, out);
    }
    let mut soft = false;
    let mut chars = word.char_indices().peekable();
    let mut before: Option<char> = None;
    let (mut hyphens, mut letters) = (0, 0);
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let next = at + c.len_utf8();
        let between_letters = before.is_some_and(char::is_alphanumeric)
            && after.is_some_and(|c| c.is_alphanumeric() || is_opening(c));
        let kind = match c {
            '\u{ad}' if before.is_some() && after.is_some() => Some(Joint::Soft),
            '-' | '\u{2010}' | '\u{58a}' if between_letters => {
                hyphens += 1;
                // Not within 1990-95, nor after the letter of T-shirt.
                let words = letters > 1 && after.is_some_and(char::is_alphabetic);
                words.then_some(Joint::Hyphen)
            }
            // A dash that begins a speech stays with it.
            '\u{2014}' | '\u{2015}' | '\u{2e3a}' if before.is_some() && after.is_some() => {
                let more = after.is_some_and(|c| is_closing(c) || is_dash(c));
                (!more).then_some(Joint::Dash)
            }
            '\u{2013}' | '\u{2026}' if between_letters => {
                let figures = after.is_some_and(char::is_numeric);
                (!figures).then_some(Joint::Dash)
            }
            '/' if between_letters && after.is_some_and(char::is_alphabetic) => Some(Joint::Slash),
            '\u{200b}' if before.is_some() && after.is_some() => Some(Joint::Dash),
            _ => None,
        };
        soft |= c == '\u{ad}';
        letters += usize::from(c.is_alphabetic());
        if let Some(kind) = kind {
            out.push(Opportunity { at: next, kind });
        }
        before = Some(c);
    }
    if !soft {
        let own = out.len();
        for (start, part) in parts(word) {
            syllables(start, part, how, hyphens > 0, out);
        }
        if own > 0 {
            out.sort_by_key(|opportunity| opportunity.at);
            out.dedup_by_key(|opportunity| opportunity.at);
        }
    }
    endless(word, out);
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2013}' | '\u{2014}' | '\u{2015}')
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '\u{201c}' | '\u{2018}' | '\u{ab}' | '\u{201e}'
    )
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | ',' | '.' | ';' | ':' | '!' | '?' | '\u{201d}' | '\u{2019}' | '\u{bb}'
    )
}

/// The stretches of letters in a word, with where they begin.
fn parts(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = word;
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphabetic)?;
        let tail = &rest[start..];
        // Combining marks belong to their letters.
        let end = tail
            .find(|c: char| !c.is_alphabetic() && !('\u{300}'..'\u{370}').contains(&c))
            .unwrap_or(tail.len());
        let part = (at + start, &tail[..end]);
        at += start + end;
        rest = &tail[end..];
        Some(part)
    })
}

fn syllables(
    start: usize,
    part: &str,
    how: &Hyphenation<'_>,
    compound: bool,
    out: &mut Vec<Opportunity>,
) {
    let limits = how.limits;
    let count = part.chars().count();
    if count < usize::from(limits.word) || part.len() > ENDLESS {
        return;
    }
    let mut capitals = part.chars().map(char::is_uppercase);
    let first = capitals.next().unwrap_or(false);
    let inside = capitals.any(|capital| capital);
    let kind = match (compound, first) {
        (true, _) => Joint::Compound,
        (false, true) => Joint::Capitalised,
        (false, false) => Joint::Syllable,
    };
    let mut push = |at: usize| {
        out.push(Opportunity {
            at: start + at,
            kind,
        });
    };
    if let Some(places) = how.exceptions.and_then(|words| known(words, part)) {
        return places.iter().copied().for_each(push);
    }
    // Abbreviations and camels: what has a capital inside is no word of the language.
    let Some(patterns) = how.patterns.filter(|_| !inside) else {
        return;
    };
    let (left, right) = patterns.bounds();
    let least = |asked: u8, own: usize| usize::from(asked).max(own);
    let (left, right) = (least(limits.before, left), least(limits.after, right));
    let mut at = 0;
    let mut syllables = hypher::hyphenate_bounded(part, patterns, left, right).peekable();
    while let Some(syllable) = syllables.next() {
        at += syllable.len();
        if syllables.peek().is_some() {
            push(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(word: &str, lang: &str, verbatim: bool) -> String {
        let mut found = Vec::new();
        let lang = Lang::new(lang).unwrap();
        let exceptions = Exceptions::new();
        let how = Hyphenation {
            patterns: patterns(&lang),
            exceptions: exceptions.of(&lang).map(|words| &**words),
            verbatim,
            ..Hyphenation::default()
        };
        opportunities(word, &how, &mut found);
        let mut out = String::new();
        let mut last = 0;
        for opportunity in found {
            out.push_str(&word[last..opportunity.at]);
            out.push(match opportunity.kind {
                Joint::Soft => '~',
                Joint::Syllable => '-',
                Joint::Capitalised => '+',
                Joint::Compound => '*',
                Joint::Hyphen | Joint::Dash | Joint::Slash | Joint::Verbatim => '|',
                Joint::Anywhere => '.',
            });
            last = opportunity.at;
        }
        out + &word[last..]
    }

    #[test]
    fn words_break_between_syllables_and_at_their_own_joints() {
        for (word, lang, expected) in [
            ("extensive", "en-GB", "ex-ten-sive"),
            ("“extensive,”", "en", "“ex-ten-sive,”"),
            ("table", "en", "ta-ble"),
            ("present", "en", "present"),
            ("Extensive", "en", "Ex+ten+sive"),
            ("EXTENSIVE", "en", "EXTENSIVE"),
            ("well-extended", "en", "well-|ex*tended"),
            ("T-shirt", "en", "T-shirt"),
            ("1990-95", "en", "1990-95"),
            ("sea—whale", "en", "sea—|whale"),
            ("—whale", "en", "—whale"),
            ("sea—”", "en", "sea—”"),
            ("and/or", "en", "and/|or"),
            ("ex\u{ad}tensive", "en", "ex\u{ad}~tensive"),
            ("Silbentrennung", "de", "Sil+ben+tren+nung"),
            ("zzz", "tlh", "zzz"),
        ] {
            assert_eq!(broken(word, lang, false), expected, "{word} in {lang}");
        }
    }

    #[test]
    fn words_without_end_break_anywhere_and_others_as_often_as_they_have_joints() {
        let count = |word: &str| {
            let mut found = Vec::new();
            opportunities(word, &Hyphenation::default(), &mut found);
            assert!(found.is_sorted_by_key(|opportunity| opportunity.at));
            found.len()
        };
        assert_eq!(count(&"x".repeat(600)), 0);
        assert_eq!(count(&"x".repeat(601)), 600);
        // Marks stay with their letters.
        assert_eq!(count(&"e\u{301}".repeat(300)), 299);
        assert_eq!(count(&"a-".repeat(20_000)), 19_998);
    }

    #[test]
    fn addresses_and_code_break_without_a_hyphen() {
        for (word, verbatim, expected) in [
            ("std::mem", true, "std::|mem"),
            ("read_file", true, "read|_file"),
            ("https://a.org/b", false, "https://|a|.org/|b"),
        ] {
            assert_eq!(broken(word, "en", verbatim), expected, "{word}");
        }
    }
}
