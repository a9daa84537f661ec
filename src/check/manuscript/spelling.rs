//! Words that a book spells in one way throughout, but once in another.
//!
//! Two spellings side by side may be meant; one that stands alone against many is a slip. So a spelling is told of only if it occurs
//! once, and the other at least so often that nobody chose between them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Page;
use super::line::{Form, Line, Word};
use crate::diag::{Code, Diagnostic, Sink};

/// So often at least must a word be joined, or hyphened, for the one other to be a slip.
const OFTEN_JOINED: u32 = 10;

/// So often at least must a name occur.
const OFTEN_NAMED: u32 = 20;

/// A shorter name is too like others: Jim, Tim.
const SHORTEST: usize = 5;

/// Where a word was found first, and how often.
#[derive(Clone, Copy)]
struct Seen<'p> {
    page: &'p Page<'p>,
    line: &'p Line,
    start: usize,
    end: usize,
    times: u32,
}

type Tally<'p, K> = BTreeMap<K, Seen<'p>>;

fn count<'p, K: Ord>(
    tally: &mut Tally<'p, K>,
    key: K,
    page: &'p Page<'p>,
    line: &'p Line,
    word: Word<'_>,
) {
    let seen = tally.entry(key).or_insert(Seen {
        page,
        line,
        start: word.start,
        end: word.end(),
        times: 0,
    });
    seen.times += 1;
}

/// Of all chapters; the place is that in the first of them.
fn sum<'p, K: Ord>(tallies: Vec<Tally<'p, K>>) -> Tally<'p, K> {
    let mut out: Tally<'p, K> = BTreeMap::new();
    for (key, seen) in tallies.into_iter().flatten() {
        match out.get_mut(&key) {
            Some(before) => before.times += seen.times,
            None => {
                out.insert(key, seen);
            }
        }
    }
    out
}

pub(super) fn judge(pages: &[Page<'_>], sink: &Sink) {
    hyphens(pages, sink);
    names(pages, sink);
}

/// A word in a language, in lower case and without its hyphens.
type Key = (String, String);

fn joined(line: &Line, word: &str) -> Key {
    let plain = word.to_lowercase().replace(['-', '\u{2011}'], "");
    (line.lang.primary(), plain)
}

/// In lower case; most words are so already.
fn lower(word: &str) -> Cow<'_, str> {
    match word.chars().all(char::is_lowercase) {
        true => Cow::Borrowed(word),
        false => Cow::Owned(word.to_lowercase()),
    }
}

fn is_hyphened(word: &str) -> bool {
    word.contains(['-', '\u{2011}'])
}

/// How often a text drags a sound out: `s-so`, `his-ss`.
fn drawn(text: &str) -> usize {
    let mut times = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '-' | '\u{2011}') {
            let before = text[..at].chars().next_back();
            let after = text[at + c.len_utf8()..].chars().next();
            times += usize::from(before.is_some_and(char::is_alphabetic) && before == after);
        }
    }
    times
}

/// Hyphens that tell two words apart: `re-form` and `reform`, `co-op` and `coop`; and those of stammering and of spelling aloud.
fn may_differ(word: &str) -> bool {
    let mut parts = word.split(['-', '\u{2011}']);
    let first = parts.next().unwrap_or_default().to_lowercase();
    first.chars().count() < 3 && first != "e"
        || matches!(first.as_str(), "pre" | "non" | "over" | "under" | "out")
        || parts.any(|part| part.chars().count() < 3)
}

fn hyphens<'p>(pages: &'p [Page<'p>], sink: &Sink) {
    let collect = |page: &'p Page<'p>| {
        let mut tally = Tally::new();
        let lines = page.lines.iter().filter(|line| is_hyphened(&line.text));
        // One word may be a compound, two in a line are a voice.
        for line in lines.filter(|line| drawn(&line.text) < 2) {
            for word in line
                .words()
                .filter(|word| is_hyphened(word.text) && !may_differ(word.text))
            {
                count(&mut tally, joined(line, word.text), page, line, word);
            }
        }
        tally
    };
    let hyphened = sum(pages.par_iter().map(collect).collect());
    // Most words are none of these: they are found out without being copied.
    let wanted: BTreeSet<&str> = hyphened.keys().map(|(_, word)| word.as_str()).collect();
    let collect = |page: &'p Page<'p>| {
        let mut tally = Tally::new();
        for line in &page.lines {
            for word in line
                .words()
                .filter(|word| !is_hyphened(word.text) && word.text.len() > 4)
            {
                let lower = lower(word.text);
                if wanted.contains(&*lower) {
                    let key = (line.lang.primary(), lower.into_owned());
                    count(&mut tally, key, page, line, word);
                }
            }
        }
        tally
    };
    let closed = sum(pages.par_iter().map(collect).collect());
    for (key, with) in &hyphened {
        let Some(without) = closed.get(key) else {
            continue;
        };
        let (odd, usual) = match (with.times, without.times) {
            (1, OFTEN_JOINED..) => (with, without),
            (OFTEN_JOINED.., 1) => (without, with),
            _ => continue,
        };
        let word = &odd.line.text[odd.start..odd.end];
        if drawn(word) > 0 && hisses(pages) {
            continue;
        }
        tell(Code::OddHyphen, odd, usual, sink);
    }
}

/// Whether somebody in the book drags sounds out, line after line. Few words ask for it.
fn hisses(pages: &[Page<'_>]) -> bool {
    let lines = pages.iter().flat_map(|page| &page.lines);
    let drawn = lines.filter(|line| drawn(&line.text) > 1);
    drawn.take(3).count() == 3
}

fn tell(code: Code, odd: &Seen<'_>, usual: &Seen<'_>, sink: &Sink) {
    let text = |seen: &Seen<'_>| seen.line.text[seen.start..seen.end].to_owned();
    let message = format!(
        "`{}` occurs once, `{}` {} times",
        text(odd),
        text(usual),
        usual.times
    );
    let at = odd.page.span(odd.line, odd.start, odd.end);
    let mut found = Diagnostic::new(code, at, message).hint("write it alike everywhere");
    if let Some(at) = usual.page.span(usual.line, usual.start, usual.end) {
        found = found.label(at, "first here");
    }
    sink.push(found);
}

/// A name without the ending of a possessive.
fn bare(word: &str) -> &str {
    word.split(['’', '\'']).next().unwrap_or(word)
}

fn names<'p>(pages: &'p [Page<'p>], sink: &Sink) {
    let collect = |page: &'p Page<'p>| {
        let mut named: Tally<'p, (String, String)> = Tally::new();
        for line in &page.lines {
            let mut end = 0;
            for word in line.words() {
                let text = bare(word.text);
                let between = &line.text[end..word.start];
                end = word.end();
                if !text.starts_with(char::is_uppercase) {
                    continue;
                }
                // In the midst of a sentence, and not all in capitals.
                let inside = between == " " || between == ", ";
                let rest = text.chars().skip(1);
                if text.chars().count() >= SHORTEST
                    && inside
                    && line.form != Form::Heading
                    && rest.clone().all(char::is_lowercase)
                {
                    let word = Word {
                        text,
                        start: word.start,
                    };
                    count(
                        &mut named,
                        (line.lang.primary(), text.to_owned()),
                        page,
                        line,
                        word,
                    );
                }
            }
        }
        named
    };
    let named = sum(pages.par_iter().map(collect).collect());
    let often: Vec<_> = named
        .iter()
        .filter(|(_, seen)| seen.times >= OFTEN_NAMED)
        .collect();
    for ((lang, odd), seen) in named.iter().filter(|(_, seen)| seen.times == 1) {
        let near = often
            .iter()
            .find(|((other, name), _)| other == lang && is_slip(odd, name));
        if let Some((_, usual)) = near
            && !is_common(pages, &odd.to_lowercase())
        {
            tell(Code::OddName, seen, usual, sink);
        }
    }
}

/// Whether a word occurs in lower case: then it is no name. Few words are asked about.
fn is_common(pages: &[Page<'_>], word: &str) -> bool {
    let mut lines = pages.iter().flat_map(|page| &page.lines);
    lines.any(|line| line.text.contains(word) && line.words().any(|other| bare(other.text) == word))
}

/// Whether a word is a name with two neighbouring letters exchanged, or with one letter written twice or once instead of the reverse.
/// Any other letter may make another name: Marian and Marion, Jonah and Jonas.
fn is_slip(odd: &str, name: &str) -> bool {
    let (odd, name): (Vec<char>, Vec<char>) = (odd.chars().collect(), name.chars().collect());
    let differ = odd.iter().zip(&name).position(|(a, b)| a != b);
    match (odd.len().abs_diff(name.len()), differ) {
        (0, Some(at)) => {
            at + 1 < odd.len()
                && odd[at] == name[at + 1]
                && odd[at + 1] == name[at]
                && odd[at + 2..] == name[at + 2..]
        }
        (1, at) => {
            let (long, short) = if odd.len() > name.len() {
                (&odd, &name)
            } else {
                (&name, &odd)
            };
            // Of a doubled letter the second is the first that differs, or the last of all; a plural's s is none, and a last i is an
            // ending: Georgius, Georgi and Georgii.
            let at = at.unwrap_or(short.len());
            let ending = at == short.len() && long[at] == 'i';
            at > 0 && long[at] == long[at - 1] && long[at + 1..] == short[at..] && !ending
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_no_other_name() {
        for (odd, name) in [
            ("Queeqeug", "Queequeg"),
            ("Starbcuk", "Starbuck"),
            ("Stubbb", "Stubb"),
            ("Quequeg", "Queequeg"),
            ("Stub", "Stubb"),
        ] {
            assert!(is_slip(odd, name), "{odd}");
        }
        for (odd, name) in [
            ("Jonas", "Jonah"),
            ("Peters", "Peter"),
            ("Marian", "Marion"),
            ("Ahab", "Ahab"),
            ("Stark", "Starbuck"),
            ("Georgi", "Georgii"),
        ] {
            assert!(!is_slip(odd, name), "{odd}");
        }
    }
}
