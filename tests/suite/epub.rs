//! Finished EPUBs, looked into.

use std::path::PathBuf;

use super::support::built::{built, own_books};
use super::support::epub::Epub;

fn epubs() -> Vec<(PathBuf, Epub)> {
    own_books()
        .iter()
        .map(|book| built(book).epub.clone())
        .map(|path| {
            let bytes = std::fs::read(&path).expect("an output can be read");
            (path, Epub::open(&bytes))
        })
        .collect()
}

/// OCF 3.3, 4.2: a reader looks at bytes 30 to 58 to see that it is an EPUB.
#[test]
fn the_media_type_comes_first_and_plain() {
    for (path, _) in epubs() {
        let bytes = std::fs::read(&path).expect("an output can be read");
        assert_eq!(
            &bytes[30..58],
            b"mimetypeapplication/epub+zip",
            "{}",
            path.display()
        );
    }
}

#[test]
fn every_document_says_its_language_and_title() {
    for (path, epub) in epubs() {
        for (name, document) in epub.spine() {
            let place = format!("{}: {name}", path.display());
            let lang = document.attr("lang").or(document.attr("xml:lang"));
            assert!(
                lang.is_some_and(|lang| !lang.is_empty()),
                "{place}: no language"
            );
            let titles = document.all("title");
            assert!(
                titles.iter().any(|t| !t.text().trim().is_empty()),
                "{place}: no title"
            );
        }
    }
}

#[test]
fn every_note_has_a_call_and_a_way_back() {
    for (path, epub) in epubs() {
        for (name, document) in epub.spine() {
            let calls: Vec<_> = document
                .all("a")
                .into_iter()
                .filter(|a| a.is("noteref"))
                .collect();
            let notes: Vec<_> = ["aside", "li", "div"]
                .iter()
                .flat_map(|element| document.all(element))
                .filter(|note| note.is("footnote") || note.is("doc-footnote"))
                .collect();
            for note in notes {
                let place = format!("{}: {name}", path.display());
                let id = format!("#{}", note.attr("id").expect("a note has an id"));
                let called = calls
                    .iter()
                    .any(|call| call.attr("href").is_some_and(|to| to.ends_with(&id)));
                assert!(called, "{place}: nothing calls {id}");
                let back = note.all("a").iter().any(|a| a.is("doc-backlink"));
                assert!(back, "{place}: {id} has no way back");
            }
        }
    }
}
