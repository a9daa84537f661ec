//! Variable fonts: each size and weight in its own cut, in the PDF and in the EPUB.

use std::path::Path;

use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};

use super::support::built::built;
use super::support::epub::Epub;

fn book() -> &'static super::support::built::Built {
    built(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/books/axes"))
}

#[test]
fn a_pdf_has_each_size_and_weight_in_its_own_cut() {
    let document = lopdf::Document::load(&book().pdf).expect("the PDF can be read");
    let mut names: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.has_type(b"FontDescriptor"))
        .filter_map(|dict| dict.get(b"FontName").ok()?.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .filter_map(|name| Some(name.split_once('+')?.1.to_owned()))
        .filter(|name| name.starts_with("Axes"))
        .collect();
    names.sort();
    // The folio, text, the title, bold words, the note.
    let expected = [
        "Axes-Regular_10.5opsz",
        "Axes-Regular_11opsz",
        "Axes-Regular_24opsz",
        "Axes-Regular_700wght_11opsz",
        "Axes-Regular_8opsz",
    ];
    assert_eq!(names, expected);
}

#[test]
fn an_epub_has_each_weight_as_a_font_that_stands_still() {
    let bytes = std::fs::read(&book().epub).expect("an output can be read");
    let epub = Epub::open(&bytes);
    let width = |name: &str| {
        let file = epub.files.iter().find(|(path, _)| path.ends_with(name));
        let (_, bytes) = file.unwrap_or_else(|| panic!("there is no {name}"));
        let font = FontRef::new(bytes).expect("it is a font");
        assert!(font.fvar().is_err() && font.gvar().is_err(), "{name}");
        let glyph = font.charmap().map('n').expect("it has an n");
        let size = skrifa::instance::Size::unscaled();
        let metrics = font.glyph_metrics(size, skrifa::instance::LocationRef::default());
        metrics.advance_width(glyph).expect("an n has a width")
    };
    let (text, bold) = (
        width("Axes-Regular12opsz.ttf"),
        width("Axes-Regular700wght12opsz.ttf"),
    );
    assert!(bold > text, "{bold} {text}");
}
