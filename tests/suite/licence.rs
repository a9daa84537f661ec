//! What may not be done although it can be: fonts whose licence forbids to embed them, files larger than a printer takes.

use super::support::epub::Epub;
use super::support::made::font as closed;
use super::support::run::{recto, transcript};

/// What is said of a book in a font with such bits, made for a screen and for a press that takes so many bytes.
fn said(bits: u16, most: &str) -> String {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(scratch.path().join(name), bytes).expect("a fresh folder can be written");
    };
    std::fs::create_dir(scratch.path().join("fonts")).expect("a fresh folder can be written");
    write("fonts/Closed.ttf", &closed(bits));
    write(
        "press.yaml",
        format!("extends: generic-x4\nprinter: The Small Press\nlimits: {{file: {most}}}\n")
            .as_bytes(),
    );
    write(
        "book.yaml",
        b"title: X\nlanguage: en\ngenerate: []\ntheme: novel\neditions:\n  print: {format: pdf, profile: press.yaml}\n  screen: {format: pdf}\n",
    );
    write("one.md", b"Words.\n");
    let output = recto(scratch.path(), &["build", "--format", "concise"]).output();
    transcript(&output.expect("the program can be started"))
}

#[test]
fn fonts_that_may_not_be_embedded_are_named() {
    let embedded = "the licence of the font `EBGaramond-Regular` forbids to embed";
    for (bits, wanted) in [
        (0, None),
        (4, None),
        (2, Some(" it (")),
        (0x100, Some(" a part of it, as this PDF does (")),
        (0x200, Some(" its outlines (")),
    ] {
        let said = said(bits, "1MB");
        match wanted {
            Some(wanted) => {
                let wanted = format!("error[font-licence]: {embedded}{wanted}");
                assert!(said.contains(&wanted), "{bits}: {said}");
                assert!(said.ends_with("exit 1\n"), "{bits}: {said}");
            }
            None => assert!(!said.contains("font-licence"), "{bits}: {said}"),
        }
    }
}

/// An EPUB in a font with such bits, and what was said of it; `more` goes into its `book.yaml`.
fn epub(bits: u16, more: &str) -> (Epub, String) {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(scratch.path().join(name), bytes).expect("a fresh folder can be written");
    };
    std::fs::create_dir(scratch.path().join("fonts")).expect("a fresh folder can be written");
    write("fonts/Closed.ttf", &closed(bits));
    let book = "title: X\nlanguage: en\ntheme: novel\nstyle: {body: {family: EB Garamond}}\n";
    let editions = "editions:\n  x: {format: epub}\n";
    write("book.yaml", format!("{book}{editions}{more}").as_bytes());
    write("one.md", b"Words.\n");
    let output = recto(scratch.path(), &["build", "--format", "concise"]).output();
    let said = transcript(&output.expect("the program can be started"));
    let made = std::fs::read(scratch.path().join("out/x.epub")).expect("an EPUB was made");
    (Epub::open(&made), said)
}

#[test]
fn an_epub_does_with_fonts_what_their_makers_allow() {
    const FONT: &str = "OEBPS/fonts/EBGaramond-Regular.ttf";
    const HIDES: &str = "META-INF/encryption.xml";
    let yes = "obfuscate-fonts: true\n";
    let no = "obfuscate-fonts: false\n";
    for (bits, more, hidden) in [
        (0, "", false),
        (4, "", true),
        (8, "", true),
        (4, no, false),
        (0, yes, true),
    ] {
        let (epub, said) = epub(bits, more);
        assert!(
            epub.file(FONT).is_some_and(|font| font.len() < 50_000),
            "{bits}"
        );
        assert_eq!(epub.file(HIDES).is_some(), hidden, "{bits} {more}");
        assert!(!said.contains("font-licence"), "{bits}: {said}");
    }
    for (bits, why) in [(2, "it"), (0x200, "its outlines")] {
        let (epub, said) = epub(bits, yes);
        assert!(
            epub.file(FONT).is_none() && epub.file(HIDES).is_none(),
            "{bits}"
        );
        let wanted = format!(
            "book.yaml:4:24: warning[font-licence]: the licence of the font `EBGaramond-Regular` forbids to embed {why}: the EPUB goes without it"
        );
        assert_eq!(said.matches(&wanted).count(), 1, "{bits}: {said}");
        assert!(said.ends_with("exit 0\n"), "{bits}: {said}");
    }
    // No part of it: so all of it.
    let (epub, _) = epub(0x100, "");
    assert_eq!(epub.file(FONT), Some(closed(0x100).as_slice()));
}

#[test]
fn files_larger_than_a_printer_takes_are_named() {
    let found = said(0, "0MB");
    assert!(
        found.contains("[large-file]: the file has 1 MB; The Small Press takes"),
        "{found}"
    );
    assert!(!said(0, "1MB").contains("large-file"));
}
