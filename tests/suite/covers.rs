//! Covers by the real program, read back by programs that are not ours.

use std::fs;
use std::path::{Path, PathBuf};

use super::support::programs::judge_file;
use super::support::run::recto;
use super::support::tools;

/// A little book in a folder, with what its identifiers and its cover say.
fn book(folder: &Path, isbn: &str, cover: &str) {
    let text = format!(
        "title: Salt Road\nauthors: [Ada Lind]\nlanguage: en\nidentifiers: {{isbn-print: '{isbn}'}}\neditions:\n  \
         print: {{format: pdf, trim: 6x9in, profile: kdp-paperback, paper: cream}}\n  cover: {{format: cover{cover}}}\n"
    );
    fs::write(folder.join("book.yaml"), text).expect("there is room for a file");
    fs::write(folder.join("one.md"), "# One\n\nWords.\n").expect("there is room for a file");
}

/// Builds what is asked for; returns the files of the output folder, by name.
fn build(folder: &Path, arguments: &[&str]) -> Vec<(String, Vec<u8>)> {
    // Nobody prints so thin a book.
    let output = recto(folder, &["build", "-o", "out", "--allow", "page-count"])
        .args(arguments)
        .output()
        .expect("the program was built for this test");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let entries = fs::read_dir(folder.join("out")).expect("a build makes its folder");
    let mut files: Vec<_> = entries
        .flatten()
        .map(|entry| {
            let bytes = fs::read(entry.path()).expect("what was written can be read");
            (entry.file_name().to_string_lossy().into_owned(), bytes)
        })
        .collect();
    files.sort();
    files
}

/// A page as a picture, 300 pixels an inch.
fn picture(pdf: &Path) -> Option<PathBuf> {
    let name = pdf.with_extension("");
    let target = name.to_string_lossy().into_owned();
    let arguments = ["-r", "300", "-gray", "-png", "-singlefile", "{}", &target];
    judge_file(pdf, "pdftoppm", &arguments)?;
    Some(name.with_extension("png"))
}

#[test]
fn barcodes_are_read_by_another_program() {
    let cases = [
        ("978-0-306-40615-7", "", "9780306406157", None),
        (
            "978-0-306-40615-7",
            ", price: USD 14.99",
            "9780306406157",
            Some("51499"),
        ),
        (
            "979-10-90636-07-1",
            ", price: GBP 9.99, barcode-size: 80",
            "9791090636071",
            Some("00999"),
        ),
        (
            "0-8044-2957-X",
            ", price: CAD 120, barcode-size: 140",
            "9780804429573",
            Some("69999"),
        ),
        (
            "978-3-16-148410-0",
            ", price: EUR 18",
            "9783161484100",
            None,
        ),
        // An add-on whose check digit is 0.
        (
            "978-1-86197-876-9",
            ", price: AUD 7.55",
            "9781861978769",
            Some("30755"),
        ),
    ];
    for (isbn, price, wanted, addon) in cases {
        let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
        let folder = scratch.path();
        book(folder, isbn, &format!(", pages: 200{price}"));
        build(folder, &["--to", "cover"]);
        let Some(picture) = picture(&folder.join("out/salt-road-cover.pdf")) else {
            return;
        };
        let arguments = ["-q", "--raw", "-S", "ean5.enable", "{}"];
        let Some((_, said)) = judge_file(&picture, "zbarimg", &arguments) else {
            return;
        };
        let mut read: Vec<&str> = said
            .lines()
            .filter(|line| line.bytes().all(|b| b.is_ascii_digit()) && !line.is_empty())
            .collect();
        read.sort_by_key(|digits| std::cmp::Reverse(digits.len()));
        let wanted: Vec<&str> = [Some(wanted), addon].into_iter().flatten().collect();
        assert_eq!(read, wanted, "{isbn}{price}");
    }
}

/// Boxes in points: `MediaBox: 0.00 0.00 938.16 666.00`.
fn page_box(said: &str, name: &str) -> Vec<f64> {
    let line = said.lines().find(|line| line.starts_with(name));
    let numbers = line.unwrap_or_default().split_whitespace().skip(1);
    numbers.filter_map(|number| number.parse().ok()).collect()
}

#[test]
fn the_sheet_has_the_size_that_printers_compute() {
    let inch = 72.0;
    let cases = [
        // 2 × 6 + 312 × 0.0025 + 2 × 0.125 by 9 + 2 × 0.125.
        (", pages: 312", 13.03, 9.25, 0.125),
        // 2 × 6 + 80 × 0.002252 + 0.25: an odd number of pages is one more.
        (", pages: 79, paper: white", 12.430, 9.25, 0.125),
        // As KDP's calculator has it.
        (
            ", pages: 120, profile: kdp-hardcover, paper: white",
            14.034,
            10.417,
            0.5906,
        ),
    ];
    for (cover, wide, high, bleed) in cases {
        let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
        book(scratch.path(), "978-0-306-40615-7", cover);
        build(scratch.path(), &["--to", "cover"]);
        let file = scratch.path().join("out/salt-road-cover.pdf");
        let Some(said) = tools::poppler("covers' sizes", "pdfinfo", &["-box"], &file) else {
            return;
        };
        let near = |found: &[f64], wanted: [f64; 4]| {
            let mut pairs = found.iter().zip(wanted);
            // A thousandth of an inch, in which printers compute.
            found.len() == 4 && pairs.all(|(a, b)| (a / inch - b).abs() < 0.0015)
        };
        let media = page_box(&said, "MediaBox");
        assert!(near(&media, [0.0, 0.0, wide, high]), "{cover}: {media:?}");
        let trim = page_box(&said, "TrimBox");
        let wanted = [bleed, bleed, wide - bleed, high - bleed];
        assert!(near(&trim, wanted), "{cover}: {trim:?}");
    }
}

#[test]
fn a_cover_is_the_same_with_its_book_and_alone() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    book(scratch.path(), "978-0-306-40615-7", "");
    let alone = build(scratch.path(), &["--to", "cover"]);
    let names: Vec<&str> = alone.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["salt-road-cover.pdf"]);
    let both = build(scratch.path(), &[]);
    let names: Vec<&str> = both.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["salt-road-cover.pdf", "salt-road.pdf"]);
    assert!(alone[0] == both[0], "the cover changed");
}

/// In a debug build this would be slow for every theme; what differs between them is their colours.
#[test]
fn absurd_covers_are_made() {
    let long = "Incomprehensibilities ".repeat(60);
    let cases = [
        (long.trim().to_owned(), ", pages: 10000, spine-width: 150mm"),
        ("W".repeat(400), ", pages: 1, spine-width: 0mm"),
        (
            "\u{5d0}\u{5d1} ".repeat(90),
            ", spine-direction: bottom-to-top, back: '# One'",
        ),
        (
            "\u{202e}\u{0301}".to_owned(),
            ", front: missing.png, wrap: none.png, front-text: true",
        ),
        ("字".repeat(200), ", pages: 300, back-image: one.md"),
    ];
    for (title, cover) in cases {
        let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
        let text = format!(
            "title: \"{title}\"\ntrim: 1x1in\nauthors: [\"{title}\"]\npublisher: \"{title}\"\neditions:\n  print: {{format: pdf}}\n  \
             cover: {{format: cover{cover}}}\n"
        );
        fs::write(scratch.path().join("book.yaml"), text).expect("there is room for a file");
        fs::write(scratch.path().join("one.md"), "Words.\n").expect("there is room for a file");
        let output = recto(scratch.path(), &["check", "--to", "cover"])
            .output()
            .expect("the program was built for this test");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked"), "{said}");
        assert!(output.status.code().is_some_and(|code| code < 2), "{said}");
    }
}
