//! What is different in two EPUBs.
//!
//! In: two [`Ebook`]s. Out: their [`Changes`]. Documents are paired by the words that they share, so that one that only has another name is
//! the same document.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::{Aim, Ebook, Lead, Part, Shown};
use crate::diff::align::Alignment;
use crate::diff::changes::{About, Changes, Fact, Kind, Look, PartChange, Place};
use crate::diff::facts::{Item, lists, tables};
use crate::diff::pages::{self, Shared};
use crate::diff::texts::{self, Stretch};

/// Words that tell where a printed page begins.
const WORDS: u32 = 5;

/// Compares two EPUBs.
pub fn compare(old: &Ebook, new: &Ebook) -> Changes {
    let mut alignment = Alignment::of(old.words.iter(), new.words.iter());
    let stretches = texts::stretches(&old.words, &new.words, &mut alignment);
    let told = texts::tell(
        (&old.words, &new.words),
        &stretches,
        |word| old.place(word),
        |word| new.place(word),
    );
    let mut shared = Shared::new();
    for (at, part) in old.documents.iter().enumerate() {
        for word in part.words.clone() {
            if let Some(image) = alignment.image(word) {
                *shared.entry((at, new.place(image).part)).or_default() += 1;
            }
        }
    }
    let pairs = pages::pair(&shared, &old.shown(), &new.shown());
    let mut parts: Vec<PartChange> = pairs
        .into_iter()
        .map(|(one, other)| {
            let mut part = PartChange {
                old: one,
                new: other,
                ..PartChange::default()
            };
            assign(&mut part, old, new, &stretches);
            part
        })
        .collect();
    parts.retain(|part| !part.is_empty());
    let names = |book: &Ebook| {
        book.documents
            .iter()
            .map(|part| part.path.clone())
            .collect()
    };
    Changes {
        kind: Kind::Epub,
        names: (names(old), names(new)),
        parts,
        texts: told,
        facts: facts(old, new, &alignment),
    }
}

impl Ebook {
    /// The document and the paragraph of a word.
    fn place(&self, word: u32) -> Place {
        let part = self
            .documents
            .partition_point(|part| part.words.end <= word);
        let part = part.min(self.documents.len().saturating_sub(1));
        let paragraphs = self
            .documents
            .get(part)
            .map(|part| part.paragraphs.as_slice());
        Place {
            part,
            line: paragraphs
                .unwrap_or_default()
                .partition_point(|first| *first <= word),
        }
    }

    /// What each document says, as a number.
    fn shown(&self) -> Vec<u64> {
        let number = |part: &Part| {
            let mut hasher = DefaultHasher::new();
            part.words
                .clone()
                .for_each(|word| self.words.get(word).hash(&mut hasher));
            hasher.finish()
        };
        self.documents.iter().map(number).collect()
    }
}

/// Tells a pair of documents what changed in it.
fn assign(part: &mut PartChange, old: &Ebook, new: &Ebook, stretches: &[Stretch]) {
    let one = part.old.and_then(|one| old.documents.get(one));
    let other = part.new.and_then(|other| new.documents.get(other));
    let touches = |words: &Range<u32>, document: Option<&Part>| {
        let of = document.map(|document| &document.words);
        !words.is_empty() && of.is_some_and(|of| words.start < of.end && of.start < words.end)
    };
    let numbered = stretches.iter().enumerate();
    let touched =
        numbered.filter(|(_, stretch)| touches(&stretch.old, one) || touches(&stretch.new, other));
    part.texts = touched.map(|(number, _)| number).collect();
    if let (Some(one), Some(other)) = (one, other)
        && part.texts.is_empty()
        && one.checksum != other.checksum
    {
        part.looks.push(Look::Markup);
    }
}

fn facts(old: &Ebook, new: &Ebook, alignment: &Alignment) -> Vec<Fact> {
    let mut facts = tables(About::Metadata, &old.metadata, &new.metadata);
    let same = |one: &Lead, other: &Lead| match (&one.aim, &other.aim) {
        (Aim::Word(from, _), Aim::Word(to, _)) => alignment.images(2 * from).contains(&(2 * to)),
        (one, other) => one == other,
    };
    let leads = [
        (About::Contents, &old.contents, &new.contents),
        (About::Contents, &old.landmarks, &new.landmarks),
        (About::Labels, &old.pages, &new.pages),
        (About::Links, &old.links, &new.links),
    ];
    for (about, was, is) in leads {
        let items = |leads: &[Lead], book: &Ebook| -> Vec<_> {
            let item = |lead: &Lead| Item {
                key: (lead.depth, lead.label.clone(), lead.aim.is_out()),
                name: lead.label.clone(),
                value: match (about, &lead.aim) {
                    (About::Links, aim) => aim.shown().to_owned(),
                    (About::Labels, Aim::Word(word, _)) => {
                        let words = *word..word.saturating_add(WORDS).min(book.words.len());
                        format!("begins with “{}”", book.words.text(words))
                    }
                    _ => format!("{}, {}", lead.label, lead.aim.shown()),
                },
                place: lead.part,
            };
            leads.iter().map(item).collect()
        };
        let (one, other) = (items(was, old), items(is, new));
        lists(
            about,
            (&one, &other),
            |at, to| same(&was[at], &is[to]),
            &mut facts,
        );
    }
    let items = |book: &Ebook| -> Vec<_> {
        let item = |shown: &Shown| Item {
            key: shown.checksum,
            name: shown.path.clone(),
            value: match shown.words.as_str() {
                "" => shown.path.clone(),
                words => format!("{} (“{words}”)", shown.path),
            },
            place: Some(shown.part),
        };
        book.pictures.iter().map(item).collect()
    };
    let (one, other) = (items(old), items(new));
    let same = |at: usize, to: usize| old.pictures[at].words == new.pictures[to].words;
    lists(About::Pictures, (&one, &other), same, &mut facts);
    let files = |book: &Ebook| {
        let files = book.resources.iter();
        let said = |(crc, size): &(u32, u64)| format!("{size} bytes, checksum {crc:08x}");
        files
            .map(|(path, file)| (path.clone(), said(file)))
            .collect::<BTreeMap<_, _>>()
    };
    facts.extend(tables(About::Resources, &files(old), &files(new)));
    facts
}
