//! A gutter that grows with the number of pages: whatever the book's length, it is as wide as the printer asks for.

use recto::build::{Format, Stage};

use super::stages::Desk;
use super::support::run::recto;

/// Words of a text whose lines hold some thirty letters.
const WORDS: &str = "Every line of this text has words, and none of them is long. ";

/// The number of pages of a book, and where the text of its right-hand pages begins: its inner margin, in points.
fn set(manifest: &str, files: &[(&str, &str)], paragraphs: usize) -> (u32, f64) {
    let mut input = format!("==> book.yaml <==\n{manifest}\n");
    for (name, text) in files {
        input.push_str(&format!("==> {name} <==\n{text}\n"));
    }
    let text = format!("{}\n\n", WORDS.repeat(3)).repeat(paragraphs);
    input.push_str(&format!("==> one.md <==\n{text}"));
    let desk = Desk::fake(&input);
    let (dump, found) = desk.dump(Some(Format::Pdf), Stage::Pages);
    let found = desk.lines(&found);
    assert!(!found.contains("error["), "{found}");
    let pages = dump
        .lines()
        .filter(|line| line.starts_with("page "))
        .count();
    let mut recto = dump.lines().skip_while(|line| {
        let mut words = line.split(' ');
        !(words.next() == Some("page") && words.nth(1) == Some("recto"))
    });
    let texts = recto
        .by_ref()
        .skip(1)
        .take_while(|line| line.starts_with(' '));
    let starts = texts.filter_map(|line| line.split_whitespace().next()?.parse().ok());
    (pages as u32, starts.fold(f64::MAX, f64::min))
}

const SMALL: &str = "printer: The Small Press\nsheet: {bound: true, even: true, inside: {4: 25pt, 8: 40pt, 12: 60pt, 40: 90pt}}\n";

#[test]
fn every_length_of_book_gets_the_gutter_of_its_own_pages() {
    let asked = |pages: u32| match pages {
        ..=4 => 25.0,
        5..=8 => 40.0,
        9..=12 => 60.0,
        _ => 90.0,
    };
    let mut seen = Vec::new();
    for paragraphs in 1..40 {
        let (pages, inner) = set(
            "title: X\nprofile: small.yaml",
            &[("small.yaml", SMALL)],
            paragraphs,
        );
        assert!(pages.is_multiple_of(2), "{pages} pages");
        // The wider gutter is what made some books so long: none has less than is asked for, nor more than its length at
        // the next narrower gutter asked for.
        assert_eq!(
            inner,
            asked(pages),
            "{paragraphs} paragraphs, {pages} pages"
        );
        seen.push(inner);
    }
    seen.dedup();
    assert_eq!(seen, [25.0, 40.0, 60.0, 90.0]);
}

/// On a page of 4 × 6 in with eight lines, for Amazon's table: 0.5 in up to 300 pages, 0.625 in from 301.
#[test]
fn a_paperback_of_more_than_300_pages_gets_the_larger_gutter() {
    let theme = "extends: fake.yaml\npage: {trim: 4x6in, margins: {inner: 20pt, outer: 30pt, head: 30pt, foot: 30pt}}\n\
                 roles: {body: {leading: 46pt}}\n";
    let manifest = "title: X\ntheme: large.yaml\nprofile: kdp-paperback";
    let set = |paragraphs| set(manifest, &[("large.yaml", theme)], paragraphs);
    let (inner_300, inner_301) = (0.5 * 72.0, 0.625 * 72.0);
    // The longest book with the narrower gutter, by halves.
    let (mut short, mut long) = (100, 800);
    while long - short > 1 {
        let middle = (short + long) / 2;
        let (pages, inner) = set(middle);
        if inner == inner_300 {
            assert!((151..=300).contains(&pages), "{pages} pages");
            short = middle;
        } else {
            assert_eq!(inner, inner_301);
            assert!((301..=500).contains(&pages), "{pages} pages");
            long = middle;
        }
    }
    assert!(set(short).0 > 290, "no book came near the threshold");
}

/// Quotes and commas that hang out of their column stay out of the gutter.
#[test]
fn what_hangs_out_of_the_text_keeps_to_the_gutter() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let write = |name: &str, text: &str| {
        std::fs::write(scratch.path().join(name), text).expect("a fresh folder can be written");
    };
    write(
        "press.yaml",
        "printer: The Small Press\nsheet: {bound: true, inside: {900: 100pt}}\n",
    );
    write(
        "book.yaml",
        "title: X\nlanguage: en\ngenerate: []\ntheme: novel\neditions:\n  print: {format: pdf, profile: press.yaml}\n",
    );
    let said = "‘No,’ she said; ‘not that,’ and ‘nor this,’ and ‘what else, then?’ – ‘Nothing.’ ";
    write("one.md", &format!("{}\n\n", said.repeat(9)).repeat(20));
    let output = recto(scratch.path(), &["dump", "pages", "--to", "pdf"]).output();
    let output = output.expect("the program can be started");
    let dump = String::from_utf8_lossy(&output.stdout);
    let mut left = Vec::new();
    let mut recto = false;
    for line in dump.lines() {
        if line.starts_with("page ") {
            recto = line.split(' ').nth(2) == Some("recto");
        } else if recto && line.starts_with(' ') {
            left.extend(
                line.split_whitespace()
                    .next()
                    .and_then(|x| x.parse::<f64>().ok()),
            );
        }
    }
    let (first, most) = (left.iter().copied().fold(f64::MAX, f64::min), left.len());
    assert!(most > 100, "{most} things on right-hand pages");
    // Some hang out, and come near the gutter, but not into it.
    assert!((100.0..103.0).contains(&first), "text begins at {first}");
}
