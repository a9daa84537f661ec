//! Reads a finished PDF back through poppler: by its structure, and by what lies on its pages.

use std::collections::BTreeMap;
use std::path::Path;

use super::epub::Words;
use super::tools;

/// The words of a PDF in the order of its structure: what a screen reader would read. Contents, note marks and the
/// numbers and bullets of lists are left out; running heads and folios never were in.
pub fn structure_words(test: &str, file: &Path) -> Option<Words> {
    let printed = tools::poppler(test, "pdfinfo", &["-struct-text"], file)?;
    let mut found = (String::new(), String::new());
    // The open elements: how far in each stands, and what is done with its text.
    let mut open: Vec<(usize, Place)> = Vec::new();
    // A label's text: kept once it is known to be more than a number or a bullet.
    let mut label = String::new();
    for line in printed.lines() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let line = &line[indent..];
        while open.last().is_some_and(|(depth, _)| *depth >= indent) {
            let closed = open.pop().map(|(_, place)| place);
            if closed == Some(Place::Label) && open.last().is_none_or(|(_, p)| *p != Place::Label) {
                let text = std::mem::take(&mut label);
                if text.contains(char::is_alphabetic) {
                    found.0.push_str(&text);
                }
            }
        }
        let outer = open.last().map_or(Place::Text, |(_, place)| *place);
        if let Some(text) = line
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'))
        {
            match outer {
                Place::Text => found.0.push_str(text),
                Place::Note => found.1.push_str(text),
                Place::Label => label.push_str(text),
                Place::Nowhere => {}
            }
            continue;
        }
        let (name, kind) = line.split_once(' ').unwrap_or((line, ""));
        let place = match (name, outer) {
            ("Toc" | "TOC" | "Reference", _) => Place::Nowhere,
            ("Note", Place::Text) => Place::Note,
            ("Lbl", Place::Text) => Place::Label,
            ("Lbl", Place::Note) => Place::Nowhere,
            _ => outer,
        };
        if kind.contains("block") {
            found.0.push(' ');
            found.1.push(' ');
        }
        open.push((indent, place));
    }
    let split = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    Some(Words {
        text: split(&found.0),
        notes: split(&found.1),
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Note,
    Label,
    Nowhere,
}

/// How often each word occurs: runs of letters and digits.
pub fn count_words<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for text in texts {
        for word in text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            *counts.entry(word.to_owned()).or_default() += 1;
        }
    }
    counts
}

/// Without the vowel signs of Hebrew and Arabic: poppler puts the letters of a page into their order by their places, where
/// a letter and its sign have the same one, and gives the sign first. (The structure gives them as they were written.)
pub fn without_signs(text: &str) -> String {
    text.replace(
        |c| matches!(c as u32, 0x591..=0x5bd | 0x610..=0x61a | 0x64b..=0x65f | 0x670 | 0x6d6..=0x6ed),
        "",
    )
}

/// How often each word lies on the pages, running heads and all. A word that a hyphen parts over two lines counts as
/// one if `known` has it so; the rest of it may stand below notes and heads.
pub fn page_words(
    test: &str,
    file: &Path,
    known: &BTreeMap<String, usize>,
) -> Option<BTreeMap<String, usize>> {
    /// Notes and the next page's head may stand between the halves of a word.
    const AHEAD: usize = 70;
    let printed = tools::poppler(test, "pdftotext", &["-nopgbrk"], file)?;
    let printed = without_signs(&printed);
    let mut lines: Vec<String> = printed.lines().map(|line| line.trim().to_owned()).collect();
    for at in 0..lines.len() {
        let Some(front) = lines[at].strip_suffix(['-', '\u{ad}', '\u{2010}']) else {
            continue;
        };
        let start = front.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| {
            at + front[at..].chars().next().map_or(0, char::len_utf8)
        });
        let (kept, first) = (front[..start].to_owned(), front[start..].to_owned());
        for next in at + 1..lines.len().min(at + AHEAD) {
            let end = lines[next]
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(lines[next].len());
            let whole = format!("{first}{}", &lines[next][..end]);
            if end > 0 && known.contains_key(&whole) {
                lines[next].replace_range(..end, &whole);
                lines[at] = kept;
                break;
            }
        }
    }
    Some(compounds(
        count_words(lines.iter().map(String::as_str)),
        known,
    ))
}

/// Poppler joins what a line end parts, also at a compound's own hyphen: `twenty-` and `six` come as one word. What
/// is printed more often than it was written, and is two words that were, counts as these.
fn compounds(
    mut printed: BTreeMap<String, usize>,
    known: &BTreeMap<String, usize>,
) -> BTreeMap<String, usize> {
    let unknown: Vec<(String, usize)> = printed
        .iter()
        .map(|(word, count)| {
            let own = known.get(word).copied().unwrap_or(0);
            (word.clone(), count.saturating_sub(own))
        })
        .filter(|(_, count)| *count > 0)
        .collect();
    for (word, count) in unknown {
        let halves = word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
        let both = |(a, b): &(&str, &str)| known.contains_key(*a) && known.contains_key(*b);
        if let Some((a, b)) = halves.into_iter().find(both) {
            *printed.entry(a.to_owned()).or_default() += count;
            *printed.entry(b.to_owned()).or_default() += count;
        }
    }
    printed
}

/// The bookmarks: how deep, and what they say.
///
/// # Panics
/// When the file cannot be read or its outline is broken.
pub fn outline(file: &Path) -> Vec<(usize, String)> {
    let document = lopdf::Document::load(file).expect("a PDF that was just written can be read");
    let catalog = document.catalog().expect("a PDF has a catalog");
    let mut entries = Vec::new();
    if let Ok(root) = catalog
        .get_deref(b"Outlines", &document)
        .and_then(|root| root.as_dict())
    {
        children(&document, root, 0, &mut entries);
    }
    entries
}

fn children(
    document: &lopdf::Document,
    parent: &lopdf::Dictionary,
    depth: usize,
    entries: &mut Vec<(usize, String)>,
) {
    let mut next = parent
        .get_deref(b"First", document)
        .and_then(|item| item.as_dict());
    while let Ok(item) = next {
        let title = item.get(b"Title").expect("a bookmark has a title");
        let title = lopdf::decode_text_string(title).expect("a title is a text string");
        entries.push((
            depth,
            title.split_whitespace().collect::<Vec<_>>().join(" "),
        ));
        children(document, item, depth + 1, entries);
        next = item
            .get_deref(b"Next", document)
            .and_then(|item| item.as_dict());
    }
}
