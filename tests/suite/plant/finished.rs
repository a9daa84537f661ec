//! Faults in the finished files of a real book: its EPUB, its PDFs for the screen and for a press, and the two side by side.
//!
//! In: a book. It is built once; each fault of `ebook` and `paper` is put into a copy of the file by itself. Out: a [`Row`] for each:
//! found where it was put, said of the twin (the file with what the fault needs, such as a good picture), said of the file as made.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock};

use rayon::prelude::*;

use super::bed::Bed;
use super::ebook::{self, Ebook, NAVIGATION, PACKAGE, Place};
use super::paper::{self, Paper};
use super::{Found, Row, findings};
use crate::support::run::program;

/// What the book is built as. The screen's PDF is the one that the EPUB is held against.
const EDITIONS: &str = "\
file-name: planted
editions:
  ebook: {format: epub, page-list: screen}
  screen: {format: pdf}
  press: {format: pdf, profile: generic-x4, trim: 6x9in}
";

/// A fault of the two side by side: it is put into the EPUB.
type Pair = (&'static str, fn(&mut Ebook) -> Place);

/// Anywhere in the pair.
fn both() -> Place {
    Place::default()
}

#[rustfmt::skip]
const PAIRS: &[Pair] = &[
    ("unlike-books", |book| {
        for path in book.documents() {
            let body = format!("<body{}</body>", book.between(&path, "<body", "</body>"));
            book.edit(&path, &body, &format!("<body><p>{}</p></body>", OTHER.repeat(40)));
        }
        both()
    }),
    ("unlike-text", |book| book.plant(&format!("<p>{OTHER}</p>"))),
    ("unlike-notes", |book| book.plant(&format!("<p>A word.<a epub:type=\"noteref\" href=\"#planted\">1</a></p>\n§<aside epub:type=\"footnote\" role=\"doc-footnote\" id=\"planted\"><p>{OTHER}</p></aside>"))),
    ("unlike-order", |book| {
        // The third chapter from the end comes last.
        let chapters = book.chapters();
        let path = &chapters[chapters.len() - 3];
        let id = path.strip_prefix("OEBPS/text/").and_then(|name| name.strip_suffix(".xhtml")).expect("chapters lie there");
        let item = format!("<itemref idref=\"text-{id}\"/>\n");
        book.edit(PACKAGE, &item, "");
        book.edit(PACKAGE, "</spine>", &format!("{item}</spine>"));
        Place { path: path.clone(), ..Place::default() }
    }),
    ("unlike-metadata", |book| { let title = book.between(PACKAGE, "<dc:title id=\"title\">", "<"); book.edit(PACKAGE, &format!(">{title}<"), ">Planted<"); both() }),
    ("unlike-contents", |book| {
        let chapter = book.chapter();
        let href = chapter.strip_prefix("OEBPS/").expect("chapters lie there").to_owned();
        let label = book.between(NAVIGATION, &format!("<li><a href=\"{href}\">"), "<");
        book.edit(NAVIGATION, &format!("<a href=\"{href}\">{label}<"), &format!("<a href=\"{href}\">Planted<"))
    }),
    ("unlike-links", |book| { book.plant("<p><a href=\"https://example.org/planted\">There</a></p>"); both() }),
    ("unlike-pictures", |book| { book.picture(); both() }),
    ("unlike-pages", |book| {
        // A page is told that the PDF does not have.
        let [one, _] = book.page_list();
        let label = one.rsplit('>').nth(2).and_then(|rest| rest.split('<').next()).unwrap_or_default();
        book.edit(NAVIGATION, &one, &one.replace(&format!(">{label}<"), ">9999<"));
        both()
    }),
];

/// Words that no book has.
const OTHER: &str = "Nobody but the planter of these words has ever seen the seventeen yellow bicycles that leant against the lighthouse keeper's fence. ";

/// The files of a book.
struct Made {
    ebook: Vec<u8>,
    screen: Vec<u8>,
    press: Vec<u8>,
}

fn made(bed: &Bed) -> Made {
    let folder = bed.copy();
    bed.plant_keys(folder.path(), EDITIONS, &[]);
    let output = program(
        folder.path(),
        &["build", ".", "-o", "out", "--allow", "outside-folder"],
    )
    .output();
    let said = output.expect("the program runs").stderr;
    let read = |name: &str| {
        let path = folder.path().join("out").join(name);
        std::fs::read(path)
            .unwrap_or_else(|error| panic!("{name}: {error}\n{}", String::from_utf8_lossy(&said)))
    };
    Made {
        ebook: read("planted.epub"),
        screen: read("planted-screen.pdf"),
        press: read("planted-press.pdf"),
    }
}

/// What is said of files, which are alone in a folder. Each question is asked once.
fn said(files: &[(&str, Vec<u8>)], arguments: &str) -> &'static [Found] {
    type Known = BTreeMap<(Vec<Vec<u8>>, String), &'static OnceLock<Vec<Found>>>;
    static KNOWN: Mutex<Known> = Mutex::new(BTreeMap::new());
    let key = (
        files.iter().map(|(_, bytes)| bytes.clone()).collect(),
        arguments.to_owned(),
    );
    let cell = *KNOWN
        .lock()
        .expect("no code under this lock panics")
        .entry(key)
        .or_insert_with(|| Box::leak(Box::default()));
    cell.get_or_init(|| {
        let folder = tempfile::tempdir().expect("there is room for a temporary folder");
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).expect("a fresh folder can be written");
        }
        let mut words = vec!["check"];
        words.extend(files.iter().map(|(name, _)| *name));
        words.extend(arguments.split_whitespace());
        findings(folder.path(), &words)
    })
}

/// Where it was put, and what of it is found.
struct Wanted<'a> {
    code: &'a str,
    /// The file, or the file inside the EPUB; empty where any place is right.
    path: String,
    /// 0: any.
    line: usize,
    /// What the message names.
    named: String,
}

fn row(wanted: &Wanted<'_>, bad: &[Found], twin: &[Found], untouched: &[Found]) -> Row {
    let of_code = |found: &&Found| found.code == wanted.code;
    let is_there = |found: &Found| {
        (wanted.path.is_empty() || found.path == wanted.path)
            && (wanted.line == 0 || found.line == wanted.line)
            && names(&found.message, &wanted.named)
    };
    let line = |line: usize| {
        if line == 0 {
            String::new()
        } else {
            format!(":{line}")
        }
    };
    let place = match (wanted.path.as_str(), wanted.named.as_str()) {
        ("", _) => "the two files".to_owned(),
        (path, "") => format!("{path}{}", line(wanted.line)),
        (path, named) => format!("{path}, {named}"),
    };
    let found = bad.iter().filter(of_code).any(is_there);
    if !found {
        println!(
            "{}: wanted {place}, found {:#?}",
            wanted.code,
            bad.iter().take(9).collect::<Vec<_>>()
        );
    }
    Row {
        code: wanted.code.to_owned(),
        place,
        found,
        // What the book has of itself is not said because of what was prepared.
        twin: twin
            .iter()
            .filter(of_code)
            .filter(|found| !untouched.iter().any(|other| other.message == found.message))
            .count(),
        untouched: untouched.iter().filter(of_code).count(),
    }
}

/// Whether a message holds a word as such: `page 4` is not in `page 40`.
fn names(message: &str, word: &str) -> bool {
    word.is_empty()
        || message
            .split(word)
            .skip(1)
            .any(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// A question for the bad file and one for the twin, where they differ: `bad / twin`.
fn asked(arguments: &'static str) -> (&'static str, &'static str) {
    arguments
        .split_once(" / ")
        .unwrap_or((arguments, arguments))
}

/// All faults of finished files, planted into a book's.
pub fn rows(bed: &Bed) -> Vec<Row> {
    let made = made(bed);
    let ebooks = ebook::FAULTS.par_iter().map(|(code, arguments, fault)| {
        let make = |is_twin| {
            let mut book = Ebook::open(&made.ebook, is_twin);
            let place = fault(&mut book);
            (place, book.bytes())
        };
        let ((place, bad), (_, twin)) = (make(false), make(true));
        let ask = |bytes: Vec<u8>, arguments| said(&[("planted.epub", bytes)], arguments);
        let (first, second) = asked(arguments);
        let path = match place.path.as_str() {
            "" => "planted.epub".to_owned(),
            inner => format!("planted.epub/{inner}"),
        };
        let wanted = Wanted {
            code,
            path,
            line: place.line,
            named: place.named,
        };
        row(
            &wanted,
            ask(bad, first),
            ask(twin, second),
            ask(made.ebook.clone(), second),
        )
    });
    let papers = [
        ("planted-screen.pdf", &made.screen, paper::SCREEN),
        ("planted-press.pdf", &made.press, paper::PRESS),
    ];
    let papers = papers.into_par_iter().flat_map(|(name, bytes, faults)| {
        faults.par_iter().map(move |(code, arguments, fault)| {
            let make = |is_twin| {
                let mut paper = Paper::open(bytes, is_twin);
                let named = fault(&mut paper);
                (named, paper.bytes())
            };
            let ((named, bad), (_, twin)) = (make(false), make(true));
            let ask = |bytes: Vec<u8>| said(&[(name, bytes)], arguments);
            let wanted = Wanted {
                code,
                path: name.to_owned(),
                line: 1,
                named,
            };
            row(&wanted, ask(bad), ask(twin), ask(bytes.clone()))
        })
    });
    let pairs = PAIRS.par_iter().map(|(code, fault)| {
        let make = |is_twin| {
            let mut book = Ebook::open(&made.ebook, is_twin);
            let place = fault(&mut book);
            (place, book.bytes())
        };
        let ((place, bad), (_, twin)) = (make(false), make(true));
        let ask = |bytes: Vec<u8>| {
            said(
                &[
                    ("planted.epub", bytes),
                    ("planted-screen.pdf", made.screen.clone()),
                ],
                "",
            )
        };
        let path = match place.path.as_str() {
            "" => String::new(),
            inner => format!("planted.epub/{inner}"),
        };
        let wanted = Wanted {
            code,
            path,
            line: place.line,
            named: place.named,
        };
        row(&wanted, ask(bad), ask(twin), ask(made.ebook.clone()))
    });
    let mut rows: Vec<Row> = ebooks.chain(papers).collect();
    rows.extend(pairs.collect::<Vec<_>>());
    rows
}

#[test]
fn a_page_is_named_as_such() {
    assert!(names("on page 4 of it", "page 4") && names("page 4", "page 4"));
    assert!(!names("on page 40", "page 4") && names("on page 40, page 4", "page 4"));
}
