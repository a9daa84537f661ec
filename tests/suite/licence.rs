//! What may not be printed although it can be: fonts whose licence forbids it, files larger than a printer takes.

use std::path::Path;

use super::support::run::{recto, transcript};

/// A bundled font as its maker might have closed it: with these bits in `fsType` (OS/2, offset 8).
fn closed(bits: u16) -> Vec<u8> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/eb-garamond/EBGaramond-Regular.ttf");
    let mut font = std::fs::read(path).expect("the font is part of the source");
    let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let entry = (0..tables)
        .map(|table| 12 + 16 * table)
        .find(|entry| &font[*entry..entry + 4] == b"OS/2")
        .expect("a font for text has the table");
    let offset: [u8; 4] = font[entry + 8..entry + 12].try_into().expect("four bytes");
    let at = u32::from_be_bytes(offset) as usize + 8;
    font[at..at + 2].copy_from_slice(&bits.to_be_bytes());
    font
}

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

#[test]
fn files_larger_than_a_printer_takes_are_named() {
    let found = said(0, "0MB");
    assert!(
        found.contains("[large-file]: the file has 1 MB; The Small Press takes"),
        "{found}"
    );
    assert!(!said(0, "1MB").contains("large-file"));
}
