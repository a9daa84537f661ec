//! Names for places: what an author may call a heading, and the id it gets in the outputs.
//!
//! In: the surveys. Out: [`Labels`], which links look up, and the anchors: valid XML names, unique in their chapter.
//! Letters of all scripts are kept, composed (NFC), so that a Greek heading has a Greek anchor.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::survey::Survey;
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{Chapter, ChapterId, NodeId, NodeRef, Origin};

/// Begins the ids that the EPUB gives to note calls; anchors keep clear of it.
pub const CALL_PREFIX: &str = "noteref-";

/// What places are called, as authors write it behind a `#`.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// By chapter.
    pub chapters: Vec<BTreeMap<String, NodeId>>,
    /// Book-wide: the first in reading order.
    pub book: BTreeMap<String, NodeRef>,
}

impl Labels {
    /// All names that headings and ids give; reports an id that is given twice in a chapter.
    pub fn collect(
        surveys: &[Survey<'_>],
        chapters: &[impl AsRef<Chapter>],
        sink: &Sink,
    ) -> Labels {
        let mut labels = Labels::default();
        for (index, (survey, chapter)) in surveys.iter().zip(chapters).enumerate() {
            let names = chapter_labels(survey, chapter.as_ref(), sink);
            for (name, node) in &names {
                let at = NodeRef {
                    chapter: ChapterId(index as u32),
                    node: *node,
                };
                labels.book.entry(name.clone()).or_insert(at);
            }
            labels.chapters.push(names);
        }
        labels.count_over_the_book(surveys);
        labels
    }

    /// pandoc counts repeated headings over the whole book: what one file is split into, or is spread over several, has `intro-1`
    /// for the second of all.
    fn count_over_the_book(&mut self, surveys: &[Survey<'_>]) {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for (index, survey) in surveys.iter().enumerate() {
            for (node, text) in &survey.headings {
                let slug = pandoc(text);
                let count = seen.entry(slug.clone()).or_insert(0);
                if *count > 0 && !slug.is_empty() {
                    let at = NodeRef {
                        chapter: ChapterId(index as u32),
                        node: *node,
                    };
                    let name = format!("{slug}-{count}");
                    self.book.entry(name).or_insert(at);
                }
                *count += 1;
            }
        }
    }

    /// A place in a chapter; its name is looked up as written, then without regard to case.
    pub fn within(&self, chapter: ChapterId, name: &str) -> Option<NodeRef> {
        let names = self.chapters.get(chapter.0 as usize)?;
        let node = names
            .get(name)
            .or_else(|| names.get(&github(name)))
            .or_else(|| names.get(&name.to_lowercase()))?;
        Some(NodeRef {
            chapter,
            node: *node,
        })
    }

    /// A place anywhere in the book.
    pub fn anywhere(&self, name: &str) -> Option<NodeRef> {
        self.book
            .get(name)
            .or_else(|| self.book.get(&github(name)))
            .copied()
    }
}

fn chapter_labels(survey: &Survey<'_>, chapter: &Chapter, sink: &Sink) -> BTreeMap<String, NodeId> {
    let mut names: BTreeMap<String, NodeId> = BTreeMap::new();
    for (node, id) in &survey.ids {
        let name: String = id.nfc().collect();
        if let Some(first) = names.get(&name) {
            let mut told = Diagnostic::new(
                Code::DuplicateId,
                chapter.spans.get(*node),
                format!("the id `{id}` is given twice in this chapter"),
            )
            .hint("links lead to the first; rename one of them");
            if let Some(at) = chapter.spans.get(*first) {
                told = told.label(at, "first given here");
            }
            sink.push(told);
        } else {
            names.insert(name, *node);
        }
    }
    // GitHub and mdBook count repeated headings: `intro`, `intro-1`, `intro-2`.
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for (node, text) in &survey.headings {
        let slug = github(text);
        let count = seen.entry(slug.clone()).or_insert(0);
        let name = match *count {
            0 => slug,
            n => format!("{slug}-{n}"),
        };
        *count += 1;
        names.entry(name).or_insert(*node);
    }
    for (node, text) in &survey.headings {
        names.entry(pandoc(text)).or_insert(*node);
    }
    names.remove("");
    names
}

/// A heading's name as GitHub and mdBook make it.
pub(super) fn github(text: &str) -> String {
    let kept: String = text
        .nfc()
        .filter_map(|c| match c {
            c if c.is_alphanumeric() || c == '_' || c == '-' || is_mark(c) => Some(c),
            c if c.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect();
    // Not letter by letter: a Greek sigma ends differently.
    kept.to_lowercase()
}

/// A heading's name as pandoc makes it: from its first letter on, runs of spaces as one hyphen.
fn pandoc(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| {
            word.nfc()
                .filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.') || is_mark(*c))
                .collect()
        })
        .filter(|word: &String| !word.is_empty())
        .collect();
    words
        .join("-")
        .to_lowercase()
        .trim_start_matches(|c: char| !c.is_alphabetic())
        .to_owned()
}

/// Vowel signs and the like, without which Indic and other words fall apart.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The nearest valid XML name (an NCName); empty if nothing of it can stand in one.
pub(super) fn xml_name(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for c in text.nfc() {
        if name.is_empty() && is_name_char(c) && !is_name_start(c) {
            name.push('_');
        }
        if is_name_char(c) {
            name.push(c);
        } else if c.is_whitespace() || c == ':' {
            name.push_str(if name.is_empty() { "" } else { "-" });
        }
    }
    if name.starts_with(CALL_PREFIX) {
        name.insert(0, '_');
    }
    name
}

/// NameStartChar of XML 1.0 (production 4), without the colon.
fn is_name_start(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '_'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
        | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// NameChar of XML 1.0 (production 4a), without the colon.
fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Hands out anchors in one chapter, each once.
#[derive(Default)]
struct Names {
    taken: BTreeSet<String>,
    /// The next number to try for a name: those below are taken, and ten thousand headings may be called the same.
    next: BTreeMap<String, usize>,
}

impl Names {
    fn take(&mut self, wish: &str, otherwise: &str) -> String {
        let wish = xml_name(wish);
        let base = if wish.is_empty() {
            otherwise.to_owned()
        } else {
            wish
        };
        if self.taken.insert(base.clone()) {
            return base;
        }
        let count = self.next.entry(base.clone()).or_insert(1);
        loop {
            let name = format!("{base}-{count}");
            *count += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// The anchors of a chapter: explicit ids first, then headings, figures, tables, their descriptions, notes,
/// the chapter itself.
pub(super) fn anchors(survey: &Survey<'_>, chapter: &Chapter) -> BTreeMap<NodeId, String> {
    let mut names = Names::default();
    let mut anchors = BTreeMap::new();
    for (node, id) in &survey.ids {
        anchors.entry(*node).or_insert_with(|| names.take(id, "id"));
    }
    for (node, text) in &survey.headings {
        anchors
            .entry(*node)
            .or_insert_with(|| names.take(&github(text), "section"));
    }
    let (mut figures, mut tables) = (0, 0);
    for float in &survey.floats {
        let (word, count) = if float.table {
            ("table", &mut tables)
        } else {
            ("figure", &mut figures)
        };
        *count += 1;
        anchors
            .entry(float.node)
            .or_insert_with(|| names.take(&format!("{word}-{count}"), word));
    }
    for (index, node) in survey.descriptions.iter().enumerate() {
        anchors
            .entry(*node)
            .or_insert_with(|| names.take(&format!("description-{}", index + 1), "description"));
    }
    for (index, note) in chapter.notes.iter().enumerate() {
        anchors
            .entry(note.id)
            .or_insert_with(|| names.take(&format!("note-{}", index + 1), "note"));
    }
    let stem = stem(&chapter.origin);
    anchors
        .entry(NodeId(0))
        .or_insert_with(|| names.take(&github(&stem), "chapter"));
    anchors
}

/// The name of a chapter's file without folder and ending; recto's own name for a page that it made.
pub(super) fn stem(origin: &Origin) -> String {
    match origin {
        Origin::Made(name) => name.clone(),
        Origin::File(_, path) => {
            let name = path.rsplit('/').next().unwrap_or(path);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            stem.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_named_as_elsewhere() {
        assert_eq!(github("Drop & Check!"), "drop--check");
        assert_eq!(github("1. The Start"), "1-the-start");
        assert_eq!(github("Ζητήματα ΤΈΛΟΣ"), "ζητήματα-τέλος");
        assert_eq!(github("हिन्दी"), "हिन्दी");
        assert_eq!(pandoc("1. The  Start & End"), "the-start-end");
        assert_eq!(pandoc("33"), "");
    }

    #[test]
    fn a_name_is_taken_once() {
        let mut names = Names::default();
        let mut take = |wish| names.take(wish, "x");
        assert_eq!(take("a"), "a");
        assert_eq!(take("a-2"), "a-2");
        assert_eq!(take("a"), "a-1");
        assert_eq!(take("a"), "a-3");
        assert_eq!(take("a-1"), "a-1-1");
    }

    #[test]
    fn anchors_are_valid_names() {
        assert_eq!(xml_name("1-start"), "_1-start");
        assert_eq!(xml_name("a b:c\"<d>"), "a-b-cd");
        assert_eq!(xml_name("noteref-1"), "_noteref-1");
        assert_eq!(xml_name("!!!"), "");
        assert_eq!(xml_name("e\u{301}te\u{301}"), "été");
    }
}
