//! Proofs by the real program, read by programs that are not ours.

use std::fs;
use std::path::Path;

use super::support::programs::judge_file;
use super::support::run::recto;

/// A little book, with what its editions are.
fn book(folder: &Path, editions: &str) {
    let text = format!(
        "title: Salt Road\nauthors: [Ada Lind]\nlanguage: en\ndate: 2026-11-01\npublisher: Berg\nidentifiers: {{isbn-print: '978-0-306-40615-7'}}\n\
         chapters: [one.md, two.md]\neditions: {{{editions}}}\n"
    );
    let one = "# One\n\nThe the [words](#gone) of *it*, and a [link](two.md).\n";
    for (name, text) in [
        ("book.yaml", text.as_str()),
        ("one.md", one),
        ("two.md", "# Two\n\nMore words.\n"),
    ] {
        fs::write(folder.join(name), text).expect("there is room for a file");
    }
}

/// Builds into a folder of this name; returns its files, by name.
fn build(folder: &Path, out: &str, arguments: &[&str]) -> Vec<(String, Vec<u8>)> {
    let output = recto(folder, &["build", "-o", out, "--allow", "page-count"])
        .args(arguments)
        .output()
        .expect("the program was built for this test");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(
        !said.contains("doubled-word"),
        "a build does not judge words: {said}"
    );
    let entries = fs::read_dir(folder.join(out)).expect("a build makes its folder");
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

const OTHERS: &str = "ebook: {format: epub}, print: {format: pdf}, cover: {format: cover, \
                      pages: 200}, trade: {format: onix}";

#[test]
fn a_proof_changes_nothing_else() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let folder = scratch.path();
    book(folder, OTHERS);
    let before = build(folder, "before", &[]);
    book(
        folder,
        &format!("{OTHERS}, readers: {{format: pdf, proof: true}}"),
    );
    let mut after = build(folder, "after", &[]);
    after.retain(|(name, _)| name != "salt-road-proof.pdf");
    let names = |files: &[(String, Vec<u8>)]| -> Vec<String> {
        files.iter().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(names(&before), names(&after));
    assert!(before == after, "other bytes than without a proof");
}

#[test]
fn a_proof_is_the_same_on_any_number_of_threads() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let folder = scratch.path();
    book(folder, OTHERS);
    let one = build(folder, "one", &["--proof", "--jobs", "1"]);
    let four = build(folder, "four", &["--proof", "--jobs", "4"]);
    assert_eq!(one.len(), 1);
    assert_eq!(one[0].0, "salt-road-proof.pdf");
    assert!(one == four, "other bytes");
}

#[test]
fn other_programs_read_proofs() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let folder = scratch.path();
    book(
        folder,
        "print: {format: pdf, profile: kdp-paperback, bleed: true}",
    );
    build(folder, "out", &["--proof"]);
    let file = folder.join("out/salt-road-proof.pdf");
    if let Some((sound, said)) = judge_file(&file, "qpdf", &["--check", "{}"]) {
        assert!(sound, "{said}");
    }
    if let Some((_, said)) = judge_file(&file, "pdffonts", &["{}"]) {
        let fonts: Vec<&str> = said.lines().skip(2).collect();
        // The book's own, and those of a proof: roman, bold and italic.
        assert!(fonts.len() >= 4, "{said}");
        for font in fonts {
            assert!(font.contains(" yes yes yes "), "not embedded: {font}");
        }
    }
    if let Some((_, said)) = judge_file(&file, "pdftotext", &["-raw", "{}", "-"]) {
        for words in [
            // What only a check of the words finds.
            "doubled-word",
            "one.md:3:1",
            "one.md:3:9",
            "nothing in the book is called ‘#gone’",
            "Amazon KDP wants text to keep inside.",
            "More words.",
        ] {
            assert!(said.contains(words), "{words} is not in: {said}");
        }
    }
}
