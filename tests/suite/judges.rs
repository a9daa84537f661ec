//! Finished books, judged by programs that are not ours: EPUBCheck, qpdf, poppler, mupdf.

use std::path::PathBuf;

use super::support::built::{built, own_books};
use super::support::tools;

/// Our own books and those of the corpus; one that is not here is named as left out of what the judge sees.
fn all_books(judge: &str) -> Vec<PathBuf> {
    let mut books = own_books();
    let corpora = ["moby-dick", "nomicon", "multilingual"];
    books.extend(corpora.iter().filter_map(|name| tools::corpus(judge, name)));
    books
}

#[test]
fn epubcheck_finds_nothing() {
    let books = all_books("EPUBCheck");
    let files: Vec<_> = books.iter().map(|book| built(book).epub.clone()).collect();
    if files.is_empty() {
        return;
    }
    if let Some(verdict) = tools::epubcheck("epubcheck_finds_nothing", &files) {
        assert!(verdict.passed, "{}", verdict.said);
    }
}

#[test]
fn qpdf_poppler_and_mupdf_find_nothing() {
    let books = all_books("qpdf");
    let files: Vec<_> = books.iter().map(|book| built(book).pdf.clone()).collect();
    if files.is_empty() {
        return;
    }
    if let Some(verdict) = tools::pdf_basics("qpdf_poppler_and_mupdf_find_nothing", &files) {
        assert!(verdict.passed, "{}", verdict.said);
    }
}

/// A subset carries six letters and a plus before its name (ISO 32000-1, 9.6.4).
#[test]
fn every_font_is_embedded_as_a_subset_with_unicode() {
    for book in own_books() {
        let made = built(&book);
        let Some(list) = tools::poppler("every_font_is_embedded", "pdffonts", &[], &made.pdf)
        else {
            return;
        };
        let fonts: Vec<&str> = list.lines().skip(2).collect();
        assert!(!fonts.is_empty(), "{}: no fonts", book.display());
        for font in fonts {
            // From the right: object and generation, Unicode, subset, embedded.
            let words: Vec<&str> = font.split_whitespace().rev().collect();
            assert_eq!(
                &words[2..5],
                ["yes", "yes", "yes"],
                "{}: {font}",
                book.display()
            );
            let name = words.last().copied().unwrap_or_default();
            assert_eq!(name.find('+'), Some(6), "{}: {font}", book.display());
        }
    }
}
