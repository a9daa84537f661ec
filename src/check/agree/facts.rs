//! What the two say of the book: its title, names and languages, its contents, links, pictures and pages. What only one of them says is
//! no fault: files for a press have neither outline nor links.

use std::collections::{BTreeMap, BTreeSet};

use super::letters::Letters;
use super::words::rising;
use super::{Entry, Reading, finding};
use crate::diag::{Code, Sink};

/// So many of a kind are named.
const NAMED: usize = 5;

/// What is counted before a heading has so many letters at most: `CHAPTER TWENTY-EIGHT`.
const LONGEST: usize = 40;

pub(super) fn compare(epub: &Reading, pdf: &Reading, sink: &Sink) {
    metadata(epub, pdf, sink);
    contents(epub, pdf, sink);
    links(epub, pdf, sink);
    pictures(epub, pdf, sink);
    pages(epub, pdf, sink);
}

/// The same words; what one of them adds, such as a subtitle, is no matter.
fn alike(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let (one, other) = (plain(one), plain(other));
    one.is_empty() || other.is_empty() || one.contains(&other) || other.contains(&one)
}

fn metadata(epub: &Reading, pdf: &Reading, sink: &Sink) {
    let unlike = |what: &str, one: &str, other: &str| {
        let message = format!(
            "{what} is `{one}` in `{}` and `{other}` in `{}`",
            epub.name, pdf.name
        );
        sink.push(finding(Code::UnlikeMetadata, epub, None, message));
    };
    if !alike(&epub.title, &pdf.title) {
        unlike("the title", &epub.title, &pdf.title);
    }
    // A PDF may have all names in one text.
    let all = |names: &[String]| names.join(", ");
    let (one, other) = (all(&epub.authors), all(&pdf.authors));
    let words = |names: &str| -> BTreeSet<String> {
        let words = names.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| word.chars().count() > 1);
        words.map(str::to_lowercase).collect()
    };
    let (own, others) = (words(&one), words(&other));
    // Names may be sorted or not, with roles or without.
    if !own.is_empty() && !others.is_empty() && own.is_disjoint(&others) {
        unlike("the author", &one, &other);
    }
    let primary = |tag: &String| {
        let tag = tag.split(['-', '_']).next().unwrap_or_default();
        tag.trim().to_ascii_lowercase()
    };
    let own: Vec<String> = epub.languages.iter().map(primary).collect();
    if let (Some(one), Some(other)) = (epub.languages.first(), pdf.languages.first())
        && !own.contains(&primary(other))
    {
        unlike("the language", one, other);
    }
}

/// An entry's words as they are compared: numbers are counted by one and written by another.
fn key(entry: &Entry) -> String {
    Letters::of(&entry.label).text()
}

fn contents(epub: &Reading, pdf: &Reading, sink: &Sink) {
    let depth = |of: &Reading| of.contents.iter().map(|entry| entry.depth).max();
    let (Some(own), Some(others)) = (depth(epub), depth(pdf)) else {
        return;
    };
    // One of them may go deeper.
    let depth = own.min(others);
    let (one, other) = (Labels::of(epub, depth), Labels::of(pdf, depth));
    for (own, others, of, by) in [(&one, &other, epub, pdf), (&other, &one, pdf, epub)] {
        for entry in own.missing(others).into_iter().take(NAMED) {
            let message = format!(
                "the contents of `{}` have “{}”, and those of `{}` do not",
                of.name, entry.label, by.name
            );
            sink.push(finding(Code::UnlikeContents, of, entry.at, message));
        }
    }
    // The order of those that both have once.
    let pairs: Vec<(&Entry, u32)> = one
        .entries
        .iter()
        .filter(|(_, key)| one.once(key).is_some())
        .filter_map(|(entry, key)| Some((*entry, other.once(key)?)))
        .collect();
    let places: Vec<u32> = pairs.iter().map(|(_, at)| *at).collect();
    let kept = rising(&places);
    let moved = (0..pairs.len()).filter(|at| !kept.contains(at));
    for at in moved.take(NAMED) {
        let (entry, _) = pairs[at];
        let message = format!(
            "“{}” stands elsewhere in the contents of `{}` than in those of `{}`",
            entry.label, epub.name, pdf.name
        );
        sink.push(finding(Code::UnlikeContents, epub, entry.at, message));
    }
}

/// The entries of contents, down to some depth, by their words.
struct Labels<'r> {
    entries: Vec<(&'r Entry, String)>,
    /// By their words, where each is; `None` for one that comes again.
    places: BTreeMap<String, Option<u32>>,
    /// The same words backwards.
    backwards: BTreeSet<String>,
}

impl<'r> Labels<'r> {
    fn of(reading: &'r Reading, depth: usize) -> Labels<'r> {
        let entries = reading.contents.iter().filter(|entry| entry.depth <= depth);
        let keyed = entries.map(|entry| (entry, key(entry)));
        let entries: Vec<_> = keyed.filter(|(_, key)| !key.is_empty()).collect();
        let mut places = BTreeMap::new();
        for (at, (_, key)) in entries.iter().enumerate() {
            let place = places.entry(key.clone());
            place.and_modify(|at| *at = None).or_insert(Some(at as u32));
        }
        let backwards = places.keys().map(|key| key.chars().rev().collect());
        Labels {
            backwards: backwards.collect(),
            entries,
            places,
        }
    }

    /// The entries that others lack. What only one of them has before the first or behind the last that both have is no part of the text:
    /// contents, an index.
    fn missing(&self, others: &Labels<'_>) -> Vec<&'r Entry> {
        let lacks = |own: &Labels<'_>, others: &Labels<'_>| -> Vec<bool> {
            let entries = own.entries.iter();
            entries.map(|(_, key)| !others.have(key)).collect()
        };
        let (own, theirs) = (lacks(self, others), lacks(others, self));
        let first = |lacks: &[bool]| lacks.first().copied().unwrap_or_default();
        let last = |lacks: &[bool]| lacks.last().copied().unwrap_or_default();
        let has = |lacks: &bool| !*lacks;
        let mut range = 0..own.len();
        if !first(&theirs) {
            range.start = own.iter().position(has).unwrap_or_default();
        }
        if !last(&theirs) {
            range.end = own.iter().rposition(has).map_or(0, |last| last + 1);
        }
        let kept = self.entries.get(range.clone()).unwrap_or_default();
        let kept = kept.iter().zip(own.get(range).unwrap_or_default());
        kept.filter(|((entry, _), lacks)| **lacks && !entry.is_beside)
            .map(|((entry, _), _)| *entry)
            .collect()
    }

    /// Where the only entry of these words is.
    fn once(&self, key: &str) -> Option<u32> {
        *self.places.get(key)?
    }

    /// Whether there are these words; what one of the two counts by a word may stand before them.
    fn have(&self, key: &str) -> bool {
        let reversed: String = key.chars().rev().collect();
        let mut ends = self.backwards.range(reversed.clone()..);
        let mut longer = || {
            ends.next()
                .is_some_and(|other| other.starts_with(&reversed))
        };
        let tails = key.char_indices().take(LONGEST).map(|(at, _)| &key[at..]);
        // Two letters may end anything.
        let mut tails = tails.filter(|tail| tail.chars().nth(2).is_some());
        self.places.contains_key(key)
            || longer()
            || tails.any(|tail| self.places.contains_key(tail))
    }
}

fn links(epub: &Reading, pdf: &Reading, sink: &Sink) {
    if !epub.has_links || !pdf.has_links {
        return;
    }
    let plain = |link: &String| link.trim_end_matches('/').to_lowercase();
    let keys = |of: &Reading| -> BTreeSet<String> { of.links.iter().map(plain).collect() };
    for (of, other) in [(epub, pdf), (pdf, epub)] {
        let known = keys(other);
        let missing: Vec<&String> = of
            .links
            .iter()
            .filter(|link| !known.contains(&plain(link)))
            .collect();
        if missing.is_empty() {
            continue;
        }
        let named: Vec<String> = missing
            .iter()
            .take(NAMED)
            .map(|link| format!("`{link}`"))
            .collect();
        let more = match missing.len() - named.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "`{}` has links that `{}` lacks: {}{more}",
            of.name,
            other.name,
            named.join(", ")
        );
        sink.push(finding(Code::UnlikeLinks, of, None, message));
    }
}

fn pictures(epub: &Reading, pdf: &Reading, sink: &Sink) {
    let (Some(one), Some(other)) = (epub.pictures, pdf.pictures) else {
        return;
    };
    if one != other {
        let message = format!(
            "`{}` describes {one} pictures, `{}` {other}",
            epub.name, pdf.name
        );
        sink.push(finding(Code::UnlikePictures, epub, None, message));
    }
}

fn pages(epub: &Reading, pdf: &Reading, sink: &Sink) {
    let (Some(told), Some(pages)) = (&epub.pages, &pdf.pages) else {
        return;
    };
    // An EPUB may tell the pages of another PDF of the book.
    if told.len() != pages.len() || told == pages {
        return;
    }
    let mut known = pages.iter();
    // Blank pages need not be told.
    let wrong = told.iter().find(|label| !known.any(|page| page == *label));
    let Some(wrong) = wrong else { return };
    let message = format!(
        "`{}` tells a page {wrong}, which `{}` does not have there",
        epub.name, pdf.name
    );
    sink.push(finding(Code::UnlikePages, epub, None, message));
}
