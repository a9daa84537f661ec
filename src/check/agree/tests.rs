//! Two readings of one small book, and what becomes of them if one is changed.

use super::*;
use crate::source::{FileId, Sources};

const CHAPTERS: &[(&str, &[&str])] = &[
    (
        "The Stray",
        &[
            "The inspector crossed a mile of tidal mud with his scales in a leather case, and nobody on the island was pleased to see him come.",
            "Every weight in the shop was heavy, and each of them by the same fraction, which no accident of casting has ever been known to do.",
            "He wrote it down twice and counted the grains again before the lamp was lit.",
        ],
    ),
    (
        "The Letter",
        &[
            "You have found an ounce in the pound, and I know that you will have weighed the shavings of lead on the bench behind the door.",
            "It is not a crime to give too much, as the Act sees it, but neither is it lawful, and an island cannot eat what it has not been sent.",
            "Somebody sends it, and I should like you to leave before you learn who that is.",
        ],
    ),
    (
        "Four Boats",
        &[
            "Four boats came in on the evening tide, low in the water and without a light between them, and were gone again before the moon rose.",
            "The register of the hoy says nothing of them, nor does the harbour book, in which a page has been cut away very neatly along its seam.",
            "In the morning there was butter.",
        ],
    ),
];

const NOTE: &str = "The hoy is a small coasting vessel, rigged as a sloop, which carried goods and passengers from port to port.";

fn piece(text: &str, at: Option<Span>) -> Piece {
    Piece {
        text: text.to_owned(),
        places: at.map(|at| (0, at)).into_iter().collect(),
        ..Piece::default()
    }
}

fn common(name: &str) -> Reading {
    let entries = CHAPTERS
        .iter()
        .enumerate()
        .map(|(number, (title, _))| Entry {
            depth: 0,
            label: format!("{}. {title}", number + 1),
            at: None,
            is_beside: false,
        });
    Reading {
        name: name.to_owned(),
        title: "Seventeen Ounces".to_owned(),
        authors: vec!["Hester Vane".to_owned()],
        languages: vec!["en-GB".to_owned()],
        contents: entries.collect(),
        links: BTreeSet::from(["https://example.org/scales".to_owned()]),
        has_links: true,
        pictures: Some(2),
        in_order: true,
        pages: Some(["i", "1", "2", "3"].map(str::to_owned).to_vec()),
        ..Reading::default()
    }
}

/// The EPUB: a document a chapter, a note in the last one.
fn epub() -> Reading {
    let mut at = 0;
    let mut span = || {
        at += 1;
        Some(Span::new(FileId(0), at, at + 1))
    };
    let mut reading = common("book.epub");
    for (title, paragraphs) in CHAPTERS {
        let mut pieces = vec![piece(title, span())];
        // A document's paragraphs are read in one go.
        let mut text = piece("", None);
        for paragraph in *paragraphs {
            text.places.extend(span().map(|at| (text.text.len(), at)));
            text.text.push_str(paragraph);
            text.text.push('\n');
        }
        pieces.push(text);
        reading.parts.push(Part {
            name: format!("{}.xhtml", title.to_lowercase().replace(' ', "-")),
            is_text: true,
            pieces,
        });
    }
    let note = Piece {
        is_note: true,
        ..piece(NOTE, span())
    };
    reading.parts[2].pieces.push(note);
    reading
}

/// The PDF: pages of few lines, with heads, folios, hyphens, and the note at the foot of the last page but one.
fn pdf() -> Reading {
    let mut reading = common("book.pdf");
    let mut pages = vec![String::from("Seventeen Ounces\nHester Vane")];
    for (title, paragraphs) in CHAPTERS {
        let mut lines = vec![(*title).to_owned()];
        for paragraph in *paragraphs {
            let mut words = paragraph.split(' ').peekable();
            while words.peek().is_some() {
                let mut line: Vec<&str> = words.by_ref().take(9).collect();
                // A long word is parted at the end of its line.
                let last = line.pop().unwrap_or_default();
                let parted = match last.len() {
                    0..6 => last.to_owned(),
                    _ => format!("{}-\n{}", &last[..3], &last[3..]),
                };
                line.push(&parted);
                lines.push(line.join(" "));
            }
        }
        for (number, page) in lines.chunks(4).enumerate() {
            let head = format!("{} {title}\n", number + 10);
            pages.push(head + &page.join("\n"));
        }
    }
    let at = pages.len() - 2;
    pages[at].push_str(&format!("\n* {NOTE}"));
    reading.parts = pages
        .iter()
        .enumerate()
        .map(|(number, text)| Part {
            name: number.to_string(),
            is_text: true,
            pieces: vec![piece(text, None)],
        })
        .collect();
    reading
}

fn found(epub: &Reading, pdf: &Reading, apart: &Apart) -> Vec<Diagnostic> {
    let sink = Sink::new();
    compare(epub, pdf, apart, &sink);
    sink.finish(&Sources::new())
}

#[test]
fn two_files_of_one_book_agree() {
    assert_eq!(found(&epub(), &pdf(), &Apart::default()), []);
    // A file for a press has neither outline nor links nor tags.
    let mut bare = pdf();
    (bare.contents, bare.pictures, bare.has_links) = (Vec::new(), None, false);
    bare.links.clear();
    assert_eq!(found(&epub(), &bare, &Apart::default()), []);
    assert_eq!(
        found(&Reading::default(), &Reading::default(), &Apart::default()),
        []
    );
}

type Change = fn(&mut Reading, &mut Reading);

/// What is changed, the code, and how its message begins.
const CHANGES: &[(Change, Code, &str)] = &[
    (
        |epub, _| cut(&mut epub.parts[1].pieces[1], CHAPTERS[1].1[0]),
        Code::UnlikeText,
        "a passage on page 4 is not in `book.epub`: “The Letter The Letter You have found an …”",
    ),
    (
        |_, pdf| pdf.parts.truncate(8),
        Code::UnlikeText,
        "a passage of `four-boats.xhtml` is not in `book.pdf`: “register of the hoy says nothing of them, …”",
    ),
    (
        |_, pdf| drop_words(pdf, "It is not a crime"),
        Code::UnlikeText,
        "a passage of `the-letter.xhtml` is not in `book.pdf`: “It is not a crime to give too …”",
    ),
    (
        |_, pdf| drop_words(pdf, "The hoy is a small"),
        Code::UnlikeNotes,
        "a note is not in `book.pdf`: “The hoy is a small coasting vessel, rigged …”",
    ),
    (
        |epub, _| epub.parts.swap(0, 1),
        Code::UnlikeOrder,
        "`the-letter.xhtml` stands before all others, and elsewhere in `book.pdf`",
    ),
    (
        |epub, _| epub.parts[1..].rotate_left(1),
        Code::UnlikeOrder,
        "`four-boats.xhtml` stands behind `the-stray.xhtml`, and elsewhere in `book.pdf`",
    ),
    (
        |epub, _| epub.title = "Sixteen Ounces".to_owned(),
        Code::UnlikeMetadata,
        "the title is `Sixteen Ounces` in `book.epub` and `Seventeen Ounces` in `book.pdf`",
    ),
    (
        |_, pdf| pdf.authors = vec!["Arthur Pell".to_owned()],
        Code::UnlikeMetadata,
        "the author is `Hester Vane` in `book.epub` and `Arthur Pell` in `book.pdf`",
    ),
    (
        |_, pdf| pdf.languages = vec!["de".to_owned()],
        Code::UnlikeMetadata,
        "the language is `en-GB` in `book.epub` and `de` in `book.pdf`",
    ),
    (
        |epub, _| drop(epub.contents.remove(1)),
        Code::UnlikeContents,
        "the contents of `book.pdf` have “2. The Letter”, and those of `book.epub` do not",
    ),
    (
        |_, pdf| pdf.contents[2].label = "Five Boats".to_owned(),
        Code::UnlikeContents,
        "the contents of `book.epub` have “3. Four Boats”, and those of `book.pdf` do not",
    ),
    (
        |epub, _| epub.contents.swap(0, 2),
        Code::UnlikeContents,
        "“",
    ),
    (
        |epub, _| epub.links = BTreeSet::from(["https://example.org/weights".to_owned()]),
        Code::UnlikeLinks,
        "`book.epub` has links that `book.pdf` lacks: `https://example.org/weights`",
    ),
    (
        |_, pdf| pdf.pictures = Some(1),
        Code::UnlikePictures,
        "`book.epub` describes 2 pictures, `book.pdf` 1",
    ),
    (
        |epub, _| epub.pages = Some(["i", "1", "3", "2"].map(str::to_owned).to_vec()),
        Code::UnlikePages,
        "`book.epub` tells a page 2, which `book.pdf` does not have there",
    ),
    (
        |epub, _| {
            for part in &mut epub.parts {
                part.pieces = vec![piece(&OTHER.repeat(12), None)];
            }
        },
        Code::UnlikeBooks,
        "`book.epub` and `book.pdf` are not the same book",
    ),
];

const OTHER: &str = "Call me Ishmael. Some years ago, never mind how long precisely, having little or no money in my purse, I went to sea. ";

/// Takes words out of a text.
fn cut(piece: &mut Piece, words: &str) {
    piece.text = piece.text.replacen(words, "", 1);
}

/// Takes a paragraph out of the pages, from its first words on.
fn drop_words(pdf: &mut Reading, first: &str) {
    let all = CHAPTERS.iter().flat_map(|(_, paragraphs)| *paragraphs);
    let words = all.chain([&NOTE]).find(|text| text.starts_with(first));
    let words: Vec<&str> = words.unwrap_or(&"").split(' ').collect();
    for part in &mut pdf.parts {
        let text = &mut part.pieces[0].text;
        for three in words.windows(3) {
            for joint in [" ", "\n"] {
                *text = text.replace(&three.join(joint), "");
            }
        }
    }
}

#[test]
fn every_difference_is_told() {
    for (change, code, message) in CHANGES {
        let (mut epub, mut pdf) = (epub(), pdf());
        change(&mut epub, &mut pdf);
        let found = found(&epub, &pdf, &Apart::default());
        let fits = |found: &&Diagnostic| found.code == *code && found.message.starts_with(message);
        let told: Vec<&String> = found.iter().map(|found| &found.message).collect();
        assert!(
            found.iter().any(|found| fits(&found)),
            "{message}\n{told:#?}"
        );
        assert!(found.iter().all(|found| found.code == *code), "{told:#?}");
    }
}

#[test]
fn a_place_is_told_and_what_the_author_parts_is_not() {
    let mut without = pdf();
    drop_words(&mut without, "It is not a crime");
    let told = found(&epub(), &without, &Apart::default());
    // The second paragraph of the second chapter.
    assert_eq!(told[0].at, Some(Span::new(FileId(0), 7, 8)));
    let apart = Apart {
        epub: CHAPTERS[1].1[1].to_owned(),
        ..Apart::default()
    };
    assert_eq!(found(&epub(), &without, &apart), []);
    // Pages of another PDF than this.
    let mut other = epub();
    other.pages = Some(vec!["7".to_owned()]);
    assert_eq!(found(&other, &pdf(), &Apart::default()), []);
}

#[test]
fn chains_rise_and_are_long() {
    for (numbers, kept) in [
        (&[][..], &[][..]),
        (&[3, 1, 2], &[1, 2]),
        (&[1, 2, 9, 3, 4], &[0, 1, 3, 4]),
        (&[5, 5], &[0, 1]),
    ] {
        assert_eq!(words::rising(numbers), kept, "{numbers:?}");
    }
}
