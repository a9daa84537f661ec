//! WordList that the patterns break wrongly.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::Lang;

/// The exceptions that come with Knuth's and Liang's patterns for English (`hyphen.tex`). A word that stands unbroken is
/// broken differently as a noun and as a verb.
const ENGLISH: &[&str] = &[
    "as-so-ciate",
    "as-so-ciates",
    "dec-li-na-tion",
    "oblig-a-tory",
    "phil-an-thropic",
    "present",
    "presents",
    "project",
    "projects",
    "reci-procity",
    "re-cog-ni-zance",
    "ref-or-ma-tion",
    "ret-ri-bu-tion",
    "ta-ble",
];

/// WordList in small letters, each with the bytes before which a hyphen may stand.
pub type WordList = BTreeMap<String, Vec<usize>>;

/// Where words are broken that an author, or a language, knows better than the patterns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exceptions {
    /// By language: its primary part.
    words: BTreeMap<String, Arc<WordList>>,
}

impl Exceptions {
    /// The languages' own.
    pub fn new() -> Exceptions {
        let mut exceptions = Exceptions::default();
        for word in ENGLISH {
            exceptions.add("en", word);
        }
        exceptions
    }

    /// Adds a word of a language, with hyphens where it may be broken (`man-u-script`); none forbids to break it.
    pub fn add(&mut self, primary: &str, word: &str) {
        let mut bare = String::with_capacity(word.len());
        let mut places = Vec::new();
        for c in word.chars() {
            match c {
                '-' | '\u{2010}' | '\u{ad}' => places.push(bare.len()),
                c => bare.extend(c.to_lowercase()),
            }
        }
        places.retain(|at| *at > 0 && *at < bare.len());
        places.dedup();
        let words = self.words.entry(primary.to_owned()).or_default();
        Arc::make_mut(words).insert(bare, places);
    }

    /// Those of a language.
    pub fn of(&self, lang: &Lang) -> Option<&Arc<WordList>> {
        self.words.get(&lang.primary())
    }
}

/// Where a word of a list is broken; `None` if it is not there. A word whose letters change their length when they
/// become small ones is not looked for.
pub(super) fn known<'a>(words: &'a WordList, word: &str) -> Option<&'a [usize]> {
    if let Some(places) = words.get(word) {
        return Some(places);
    }
    if !word.contains(char::is_uppercase) {
        return None;
    }
    let small = word.to_lowercase();
    let places = words.get(&small)?;
    (small.len() == word.len()).then_some(places)
}
