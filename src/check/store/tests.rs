//! A PDF that a printer takes, and what is wrong with it when one thing is changed.

use super::*;
use crate::check::pdf::{Annotation, Colour, Font, Image, Page, Placed, Program, Stretch};
use crate::diag::Severity;
use crate::source::{FileId, MemoryWorld, Sources};

/// A paperback of 6 by 9 inches, of 200 pages of text in 10 points.
fn good() -> Document {
    let text = |x: f64, y: f64| Stretch {
        text: "Every weight in the shop was heavy".to_owned(),
        font: Some(0),
        size: 10.0,
        from: [x, y],
        to: [x + 200.0, y],
        mark: None,
        is_artifact: false,
        is_visible: true,
    };
    let pages = (1..=200).map(|number| Page {
        label: number.to_string(),
        media: Some([0.0, 0.0, 432.0, 648.0]),
        text: vec![text(72.0, 600.0), text(150.0, 60.0)],
        ..Page::default()
    });
    let font = Font {
        name: "Garamond".to_owned(),
        program: Program::Sound(100),
        pages: [0].into(),
        ..Font::default()
    };
    Document {
        name: "book.pdf".to_owned(),
        at: Span::new(FileId(0), 0, 0),
        version: (1, 7),
        info: Default::default(),
        xmp: None,
        lang: Some("en".to_owned()),
        shows_title: false,
        marked: false,
        pages: pages.collect(),
        fonts: vec![font],
        images: Vec::new(),
        structure: None,
        outline: Vec::new(),
        destinations: Default::default(),
        intents: Vec::new(),
        actions: Vec::new(),
        forbidden: None,
        features: Default::default(),
    }
}

fn found(pdf: &Document, bytes: u64, profile: &str) -> Vec<Diagnostic> {
    let sink = Sink::new();
    let print = Print {
        pdf,
        bytes,
        at: Some(pdf.at),
    };
    judge_print(print, &Profile::builtin(profile).unwrap(), &sink);
    sink.finish(&Sources::new())
}

#[test]
fn a_good_file_is_taken() {
    assert_eq!(found(&good(), 1000, "kdp-paperback"), []);
    // With bleed on three sides, and without a box that says so.
    let mut bled = good();
    for page in &mut bled.pages {
        page.media = Some([0.0, 0.0, 441.0, 666.0]);
        for text in &mut page.text {
            text.from[1] += 9.0;
            text.to[1] += 9.0;
        }
    }
    assert_eq!(found(&bled, 1000, "kdp-paperback"), []);
}

type Change = fn(&mut Document);

const CHANGES: &[(Change, Code, &str)] = &[
    (
        |pdf| pdf.pages[4].media = Some([0.0, 0.0, 500.0, 648.0]),
        Code::PageSize,
        "page 5 of `book.pdf` are not as large as the others",
    ),
    (
        |pdf| {
            for page in &mut pdf.pages {
                page.media = Some([-30.0, -30.0, 462.0, 678.0]);
                page.boxes.insert("TrimBox", [0.0, 0.0, 432.0, 648.0]);
            }
        },
        Code::PageSize,
        "the sheets of `book.pdf` are 21.2 mm wider",
    ),
    (
        |pdf| {
            for page in &mut pdf.pages {
                page.media = Some([0.0, 0.0, 700.0, 900.0]);
            }
        },
        Code::TrimNotOffered,
        "the pages of `book.pdf` are 246.9 × 317.5 mm",
    ),
    (
        |pdf| pdf.pages.truncate(20),
        Code::PageCount,
        "`book.pdf` has 20 pages; Amazon KDP takes 24 to 828",
    ),
    (
        |pdf| drop(pdf.pages.pop()),
        Code::LastPage,
        "`book.pdf` has 199 pages; Amazon KDP binds an even number",
    ),
    (
        |pdf| pdf.pages[2].text[0].from[0] = 10.0,
        Code::NarrowMargin,
        "on page 3 of `book.pdf` text stands 3.5 mm from the inner edge; Amazon KDP asks for 12.7 mm",
    ),
    (
        |pdf| {
            pdf.pages
                .iter_mut()
                .for_each(|page| page.text[0].size = 5.0)
        },
        Code::SmallText,
        "text of `book.pdf` is set in 5.0 pt, on page 1 and 199 others",
    ),
    (
        |pdf| pdf.fonts[0].program = Program::Missing,
        Code::UnembeddedFont,
        "`book.pdf` does not have the fonts `Garamond`",
    ),
    (
        |pdf| {
            pdf.images.push(Image {
                object: 9,
                width: 300,
                height: 300,
                colour: None,
            });
            pdf.pages[6].images.push(Placed {
                image: 0,
                size: [216.0, 216.0],
            });
        },
        Code::LowResolution,
        "1 picture in `book.pdf` have fewer than the 300 pixels per inch",
    ),
    (
        |pdf| {
            pdf.pages[0].annotations.push(Annotation {
                object: 7,
                kind: "Link".to_owned(),
                rect: None,
                contents: None,
                field: None,
                target: None,
                is_hidden: false,
                parent: None,
            });
        },
        Code::PressExtras,
        "`book.pdf` has 1 link; Amazon KDP asks for files without them",
    ),
];

#[test]
fn each_fault_is_told_with_its_rule() {
    for (change, code, message) in CHANGES {
        let mut pdf = good();
        change(&mut pdf);
        let found = found(&pdf, 1000, "kdp-paperback");
        let told: Vec<&String> = found.iter().map(|one| &one.message).collect();
        assert!(
            found
                .iter()
                .any(|one| one.code == *code && one.message.starts_with(message)),
            "{told:#?}"
        );
        assert!(found.iter().all(|one| one.code == *code), "{told:#?}");
        assert!(
            found[0]
                .hints
                .iter()
                .any(|hint| hint.contains("of the profile `kdp-paperback`, as of "))
        );
    }
    let large = found(&good(), 700_000_000, "kdp-paperback");
    assert_eq!(large[0].code, Code::LargeFile);
}

#[test]
fn inks_are_asked_for_where_a_standard_wants_them() {
    let mut pdf = good();
    pdf.pages[9].colours.insert(Colour::Rgb);
    let told = found(&pdf, 1000, "ingramspark");
    let of = |code: Code| told.iter().find(|one| one.code == code);
    assert_eq!(
        of(Code::PressColours).map(|one| one.severity),
        Some(Severity::Error)
    );
    // That no standard is claimed is known at second hand to matter.
    assert_eq!(
        of(Code::PressStandard).map(|one| one.severity),
        Some(Severity::Warning)
    );
    pdf.pages[9].colours.clear();
    pdf.info
        .insert("GTS_PDFXVersion".to_owned(), "PDF/X-1:2001".to_owned());
    let told = found(&pdf, 1000, "ingramspark");
    assert!(
        told.iter()
            .all(|one| !matches!(one.code, Code::PressColours | Code::PressStandard))
    );
}

#[test]
fn shops_printers_and_houses_are_found_by_their_names() {
    let (world, sources) = (MemoryWorld::new(0), Sources::new());
    let named = |name: &str| {
        let sink = Sink::new();
        let found = Outlets::named(&[name.to_owned()], &world, &sources, &sink);
        let houses = found.houses.iter().map(Vec::len).collect::<Vec<_>>();
        (found.shops.len(), houses, sink.finish(&sources).len())
    };
    assert_eq!(named("kobo"), (1, vec![], 0));
    assert_eq!(named("lulu"), (0, vec![1], 0));
    assert_eq!(named("kdp"), (1, vec![2], 0));
    assert_eq!(named("ingramspark"), (1, vec![1], 0));
    for unknown in ["kobbo", "screen", "x.yaml"] {
        assert_eq!(named(unknown), (0, vec![], 1), "{unknown}");
    }
}
