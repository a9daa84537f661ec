//! The two outputs of one book say the same: the same words in the same order, the same contents.
//!
//! Words are read from the EPUB's XHTML, from the PDF's structure (what a screen reader reads, in its order, without heads and
//! folios) and from the PDF's pages (what lies there, by poppler's eye).

use std::collections::BTreeSet;
use std::path::Path;

use super::support::built::{Built, built_bare, own_books};
use super::support::epub::{Epub, Words};
use super::support::{pdf, tools};

#[test]
fn own_manuscripts_agree() {
    for book in own_books() {
        agree(&book);
    }
}

#[test]
fn moby_dick_agrees() {
    corpus_agrees("moby-dick");
}

#[test]
fn nomicon_agrees() {
    corpus_agrees("nomicon");
}

/// All of the corpus, each language as a book of its own, so that it has its own quotation marks, breaks and direction; each a test
/// of its own, for most of the time is poppler's, which no other core can share.
macro_rules! agreeing {
    ($($name:ident $language:literal)*) => {
        const LANGUAGES: &[&str] = &[$($language),*];

        $(#[test]
        fn $name() {
            language_agrees($language);
        })*
    };
}

agreeing! {
    simplified_chinese_agrees "zh-hans"
    traditional_chinese_agrees "zh-hant"
    japanese_agrees "ja"
    korean_agrees "ko"
    hindi_agrees "hi"
    sanskrit_agrees "sa"
    bengali_agrees "bn"
    tamil_agrees "ta"
    greek_agrees "el"
    russian_agrees "ru"
    bulgarian_agrees "bg"
    arabic_agrees "ar"
    persian_agrees "fa"
}

/// No language of the corpus was forgotten above.
#[test]
fn every_language_of_the_corpus_is_read() {
    let Some(corpus) = tools::corpus("agree: languages", "multilingual") else {
        return;
    };
    let files = std::fs::read_dir(corpus).expect("the corpus can be read");
    let names = files.map(|file| file.expect("it can be listed").file_name());
    let unknown: Vec<_> = names
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".md"))
        .filter(|name| {
            !LANGUAGES
                .iter()
                .any(|l| name[4..].starts_with(&format!("{l}-")))
        })
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// All texts of a language, whole. The pages are small because poppler reads a page anew for every marked stretch on it: on
/// pages of a book's size, where Arabic has a thousand such stretches, that takes it minutes.
fn language_agrees(language: &str) {
    let Some(corpus) = tools::corpus(&format!("agree: {language}"), "multilingual") else {
        return;
    };
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let book = folder.path().join(language);
    std::fs::create_dir(&book).expect("a fresh folder can hold another");
    for entry in std::fs::read_dir(&corpus)
        .expect("the corpus can be read")
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name
            .get(4..)
            .is_some_and(|rest| rest.starts_with(&format!("{language}-")))
        {
            std::fs::copy(entry.path(), book.join(name)).expect("a fresh folder can be written");
        }
    }
    let settings = format!(
        "title: Legal\nlanguage: {language}\neditions:\n  epub: {{format: epub}}\n  pdf: {{format: pdf, \
         trim: {{width: 100mm, height: 62mm}}, \
         margins: {{inner: 10mm, outer: 10mm, head: 10mm, foot: 10mm}}}}\n"
    );
    std::fs::write(book.join("book.yaml"), settings).expect("a fresh folder can be written");
    agree(&book);
}

/// Comments from right to left among code, letters that no font has, links and emphasis across directions.
#[test]
fn mixed_lines_agree() {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let text = "# Mixed\n\n```rust\nlet a = 1; // אחד שתיים three ארבע (5)\nlet b = \"多 lost\"; // after\n```\n\n\
        One שלום *two עולם three* [four אחד](https://example.org) שתיים five, 12 מלים and six.\n";
    std::fs::write(folder.path().join("mixed.md"), text).expect("a fresh folder can be written");
    agree(folder.path());
}

fn corpus_agrees(name: &str) {
    if let Some(book) = tools::corpus(&format!("agree: {name}"), name) {
        agree(&book);
    }
}

fn agree(book: &Path) {
    let name = book.file_name().unwrap_or_default().to_string_lossy();
    let test = format!("agree: {name}");
    let made = built_bare(book);
    let epub = Epub::open(&std::fs::read(&made.epub).expect("an output can be read"));
    let words = epub.words();
    assert!(!words.text.is_empty(), "{name}: the EPUB holds no words");
    if let Some(printed) = pdf::structure_words(&test, &made.pdf) {
        let lost = without_glyph(&made, &words, &printed);
        same(&format!("{name}, text"), &words.text, &printed.text, &lost);
        same(
            &format!("{name}, notes"),
            &words.notes,
            &printed.notes,
            &lost,
        );
        // Boxes that stand for letters no font has are no words to poppler's eye; scripts with such letters here are
        // compared by the structure alone, which the PDF's other readers follow. So is all that is written without
        // spaces, and Arabic at length: poppler takes lines of it apart into letters where words stand close.
        if lost.is_empty() {
            on_pages(&test, &made, &words);
        }
    }
    same_contents(&test, &made, &epub);
}

/// What the manuscripts say in one format alone.
const ONE_FORMAT: &[&str] = &[
    "This sentence is in the EPUB alone.",
    "This sentence is in the PDF alone.",
    "This paragraph is in the EPUB alone: on a screen, the notes pop up.",
    "This paragraph is in the PDF alone: on paper, the notes stand at the foot.",
];

/// Letters alone: lines, hyphens and spaces fall differently, and the boxes of tasks are drawn.
fn letters<S: AsRef<str>>(words: &[S]) -> String {
    let other = |c: &char| !"-☐☑\u{2010}\u{34f}\u{ad}\u{200b}\u{200c}\u{2060}\u{feff}".contains(*c);
    let all = words.iter().flat_map(|word| word.as_ref().chars());
    all.filter(|c| !c.is_whitespace()).filter(other).collect()
}

/// Characters that no font at hand has: they are nowhere in the PDF, and the build said so.
fn without_glyph(made: &Built, epub: &Words, pdf: &Words) -> BTreeSet<char> {
    let all = |words: &Words| -> BTreeSet<char> {
        let both = letters(&words.text) + &letters(&words.notes);
        both.chars().collect()
    };
    let lost = &all(epub) - &all(pdf);
    let told = made.said.contains("missing-glyph");
    assert!(
        lost.is_empty() || told,
        "{lost:?} are not in the PDF, and nothing was said of it"
    );
    lost
}

fn same(what: &str, epub: &[String], pdf: &[String], lost: &BTreeSet<char>) {
    let strip = |words: &[String]| {
        let alone = ONE_FORMAT.iter().map(|text| letters(&[text]));
        alone.fold(letters(words), |all, text| all.replace(&text, ""))
    };
    let (a, b) = (strip(epub).replace(|c| lost.contains(&c), ""), strip(pdf));
    if a == b {
        return;
    }
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| -> String {
        text.chars()
            .skip(common.saturating_sub(60))
            .take(140)
            .collect()
    };
    panic!(
        "{what}: EPUB ({} letters) and PDF ({}) part after {common}:\n  EPUB: {}\n  PDF:  {}",
        a.chars().count(),
        b.chars().count(),
        around(&a),
        around(&b)
    );
}

/// Every word of the EPUB lies on the pages at least as often; what is more there is heads, folios and contents.
fn on_pages(test: &str, made: &Built, words: &Words) {
    // A soft hyphen is no end of a word.
    let all: Vec<String> = words
        .text
        .iter()
        .chain(&words.notes)
        .map(|word| pdf::without_signs(&word.replace('\u{ad}', "")))
        .collect();
    let wanted = pdf::count_words(all.iter().map(String::as_str));
    let Some(printed) = pdf::page_words(test, &made.pdf, &wanted) else {
        return;
    };
    let missing: Vec<_> = wanted
        .iter()
        .map(|(word, count)| (word, *count, printed.get(word).copied().unwrap_or(0)))
        .filter(|(_, wanted, printed)| printed < wanted)
        // What is for one format alone.
        .filter(|(word, ..)| !ONE_FORMAT.iter().any(|text| text.contains(word.as_str())))
        .collect();
    assert!(
        missing.is_empty(),
        "{test}: {} words stand less often on the pages than in the EPUB (word, EPUB, PDF): {:?}",
        missing.len(),
        &missing[..missing.len().min(20)]
    );
}

/// The PDF's outline is the EPUB's navigation.
fn same_contents(test: &str, made: &Built, epub: &Epub) {
    // `1. Title` in the one is `1 Title` in the other.
    let bare = |title: &str| title.replace(['.', ' '], "");
    let outline: Vec<_> = pdf::outline(&made.pdf)
        .iter()
        .map(|(depth, title)| (*depth, bare(title)))
        .collect();
    let contents: Vec<_> = epub
        .contents()
        .iter()
        .map(|entry| (entry.depth, bare(&entry.title)))
        .collect();
    assert_eq!(contents, outline, "{test}: contents (EPUB, then PDF)");
}
