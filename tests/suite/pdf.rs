//! The PDF writer, by pages made by hand and what other programs read in the file.

use std::sync::Arc;

use recto::pdf;
use recto::profile::Profile;
use recto::theme::Color;
use recto::typeset::frame::{Artifact, DestId, Frame, ImageId, Item, LinkTarget, Owner};
use recto::typeset::pages::{Dest, ImageFile, ImageKind, Label, OutlineEntry};
use recto::typeset::structure::{Element, ElementId, Numbering, SlotId, Tag};
use recto::unit::{Abs, Point, Rect, Size};

use super::support::pages::{Maker, TRIM};
use super::support::programs::judge;

const SERIF: &str = "fonts/eb-garamond/EBGaramond-Regular.ttf";
const ITALIC: &str = "fonts/eb-garamond/EBGaramond-Italic.ttf";
const HEBREW: &str = "fonts/noto-serif-hebrew/NotoSerifHebrew-Regular.ttf";

/// The root.
const BOOK: ElementId = ElementId(0);

fn write(maker: &Maker) -> Vec<u8> {
    pdf::write(&maker.list, &Profile::screen()).expect("the fonts can be embedded")
}

/// A PNG of one colour and half its opacity.
fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbaImage::from_pixel(4, 3, image::Rgba([200, 30, 30, 128]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("writing into memory does not fail");
    bytes.into_inner()
}

const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"
    fill="#abc"/><text x="4" y="14" font-size="10">Text</text></svg>"##;

/// A book with a bit of everything.
pub fn everything() -> Maker {
    let mut maker = Maker::new(&[SERIF, ITALIC, HEBREW]);
    let sect = maker.open(BOOK, Tag::Sect);
    let heading = maker.slot(sect, Tag::Heading(1));
    maker.text(heading, "Of Marks");

    let paragraph = maker.open(sect, Tag::P);
    let before = maker.list.structure.slot(paragraph);
    maker.text(before, "Plain words (and brackets\\) run on");
    let em = maker.slot(paragraph, Tag::Em);
    let run = maker.run(1, "in italics");
    maker.line(em, run);
    let quoted = maker.slot(paragraph, Tag::Span);
    let run = maker.shape(
        0,
        Abs::pt(11.0),
        &[
            ('o', "o"),
            ('\u{fb03}', "ffi"),
            ('c', "c"),
            ('e', "e"),
            (' ', " "),
            ('-', "-"),
            ('c', "c"),
            ('o', "o"),
            ('-', "\u{ad}"),
        ],
    );
    maker.line(quoted, run);
    let mut run = maker.run(0, "stretched");
    run.expansion = 1015;
    run.glyphs[2].dx = 20_000;
    run.glyphs[3].dy = 100_000;
    maker.line(quoted, run);
    let mut run = maker.shape(
        2,
        Abs::pt(11.0),
        &[('ם', "ם"), ('ו', "ו"), ('ל', "ל"), ('ש', "ש")],
    );
    run.text = "שלום".to_owned();
    run.rtl = true;
    maker.line(quoted, run);
    let run = maker.run(0, "a\u{4e00}b");
    maker.line(quoted, run);

    let link = maker.open(paragraph, Tag::Link);
    let slot = maker.list.structure.slot(link);
    let at = maker.text(slot, "the next page");
    maker.push(
        Point::new(at.x, at.y - Abs::pt(9.0)),
        Item::Link {
            size: Size::new(Abs::pt(60.0), Abs::pt(12.0)),
            target: LinkTarget::Dest(DestId(1)),
            element: link,
        },
    );

    let mut element = Element::new(Tag::Figure);
    element.alt = Some("A red field".to_owned());
    let figure = maker.list.structure.open(sect, element);
    let slot = maker.list.structure.slot(figure);
    let (white, svg) = (
        Point::new(Abs::pt(30.0), Abs::pt(200.0)),
        Point::new(Abs::pt(90.0), Abs::pt(200.0)),
    );
    for (at, image) in [(white, ImageId(0)), (svg, ImageId(1))] {
        maker.push(
            at,
            Item::Image {
                image,
                size: Size::new(Abs::pt(40.0), Abs::pt(30.0)),
                owner: Owner::Slot(slot),
            },
        );
    }
    maker.push(
        Point::new(Abs::pt(30.0), Abs::pt(250.0)),
        Item::Rule {
            size: Size::new(Abs::pt(100.0), Abs::pt(0.5)),
            color: Color { r: 200, g: 0, b: 0 },
            owner: Owner::Artifact(Artifact::Layout),
        },
    );
    maker.end_page(Label::Roman(1));

    let list = maker.open(
        sect,
        Tag::List {
            numbering: Numbering::Decimal,
        },
    );
    let item = maker.open(list, Tag::ListItem);
    let label = maker.slot(item, Tag::Label);
    maker.text(label, "1.");
    let body = maker.slot(item, Tag::ListBody);
    maker.text(body, "An item");
    let table = maker.open(sect, Tag::Table);
    let row = maker.open(table, Tag::TableRow);
    for (text, tag) in [
        (
            "Head",
            Tag::TableHeader {
                row: false,
                columns: 2,
                rows: 1,
            },
        ),
        (
            "Cell",
            Tag::TableCell {
                columns: 1,
                rows: 1,
            },
        ),
    ] {
        let slot = maker.slot(row, tag);
        maker.text(slot, text);
    }
    let note = maker.slot(sect, Tag::Note);
    let turned = maker.run(0, "turned note");
    let mut frame = Frame::new(Size::new(Abs::pt(80.0), Abs::pt(20.0)));
    frame.push(
        Point::new(Abs::ZERO, Abs::pt(14.0)),
        Item::Glyphs {
            run: Arc::new(turned),
            color: Color { r: 0, g: 0, b: 90 },
            owner: Owner::Slot(note),
        },
    );
    maker.push(
        Point::new(Abs::pt(200.0), Abs::pt(100.0)),
        Item::Turned(Arc::new(frame)),
    );
    maker.end_page(Label::Arabic(1));

    for (name, page) in [("marks", 0), ("next", 1)] {
        maker.list.dests.push(Dest {
            name: name.to_owned(),
            page,
            at: Point::new(Abs::pt(30.0), Abs::pt(30.0)),
            element: sect,
        });
    }
    for (depth, title, dest) in [(0, "Of Marks", 0), (1, "The next – page", 1)] {
        maker.list.outline.push(OutlineEntry {
            depth,
            title: title.to_owned(),
            dest: DestId(dest),
        });
    }
    for (data, kind) in [(png(), ImageKind::Png), (SVG.into(), ImageKind::Svg)] {
        maker.list.images.push(ImageFile {
            data: data.into(),
            kind,
            size: (4, 3),
        });
    }
    maker
}

#[test]
fn validators_are_content() {
    let bytes = write(&everything());
    if let Some(path) = std::env::var_os("RECTO_PDF") {
        std::fs::write(path, &bytes).expect("the place can be written to");
    }
    for (program, arguments) in [
        ("qpdf", ["--check", "{}"].as_slice()),
        ("pdfinfo", &["-struct-text", "{}"]),
        ("mutool", &["draw", "-F", "trace", "-o", "/dev/null", "{}"]),
    ] {
        if let Some((content, said)) = judge(&bytes, program, arguments) {
            assert!(content, "{program}:\n{said}");
            // poppler and mupdf are content with whatever they can mend, and say so.
            let complaint = said.lines().find(|line| {
                // Debian builds mupdf without colour management.
                !line.ends_with("ICC support is not available")
                    && [
                        "Syntax Error",
                        "Syntax Warning",
                        "error:",
                        "warning:",
                        "WARNING:",
                    ]
                    .iter()
                    .any(|start| line.starts_with(start))
            });
            assert_eq!(complaint, None, "{program}");
        }
    }
}

#[test]
fn words_come_back_in_their_order() {
    let bytes = write(&everything());
    let Some((_, text)) = judge(&bytes, "pdftotext", &["{}", "-"]) else {
        return;
    };
    for words in [
        "Of Marks\n",
        "Plain words (and brackets\\) run on\n",
        "in italics\n",
        "office -co",
        "stretched\n",
        "שלום",
        "a\u{4e00}b\n",
        "the next page\n",
        "turned note\n",
    ] {
        assert!(text.contains(words), "{words:?} is not in:\n{text}");
    }
}

#[test]
fn letters_of_several_glyphs_are_found_in_one() {
    let mut maker = Maker::new(&[SERIF, HEBREW]);
    let slot = maker.slot(BOOK, Tag::P);
    // An accented letter of two glyphs, as fonts have it that decompose.
    let mut run = maker.shape(
        0,
        Abs::pt(11.0),
        &[('a', "a"), ('e', "é"), ('.', ""), ('b', "b")],
    );
    run.glyphs[2].advance = 0;
    run.glyphs[2].dx = -200_000;
    maker.line(slot, run);
    // Points below a letter; the line itself from right to left, of two words.
    let mut run = maker.shape(
        1,
        Abs::pt(11.0),
        &[
            ('ב', "ב"),
            ('א', "א"),
            (' ', " "),
            ('ל', "ל"),
            ('\u{5b8}', ""),
            ('ש', "ש\u{5b8}"),
        ],
    );
    run.glyphs[4].advance = 0;
    run.text = "ש\u{5b8}ל אב".to_owned();
    run.rtl = true;
    maker.line(slot, run);
    maker.end_page(Label::Arabic(1));
    let Some((_, text)) = judge(&write(&maker), "pdfinfo", &["-struct-text", "{}"]) else {
        return;
    };
    // poppler shows what stands beside its letter, though it is said to have no text: a sign without looks.
    let text = text.replace('\u{34f}', "");
    for words in ["aéb", "ש\u{5b8}ל אב"] {
        assert!(text.contains(words), "{words:?} is not in:\n{text}");
    }
}

#[test]
fn the_structure_comes_back() {
    let bytes = write(&everything());
    let Some((_, tree)) = judge(&bytes, "pdfinfo", &["-struct-text", "{}"]) else {
        return;
    };
    let mut rest = tree.as_str();
    for part in [
        "Sect",
        "H1",
        "Of Marks",
        "P",
        "Plain words",
        "Span",
        "in italics",
        "Span",
        "office -costretchedשלוםa",
        "Link",
        "the next page",
        "Figure",
        "L ",
        "LI",
        "Lbl",
        "1.",
        "LBody",
        "An item",
        "Table",
        "TR",
        "TH",
        "Head",
        "TD",
        "Cell",
        "Note",
        "turned note",
    ] {
        let Some(at) = rest.find(part) else {
            panic!("{part:?} is not in its place in:\n{tree}");
        };
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn fonts_are_embedded_subset_and_searchable() {
    let Some((_, said)) = judge(&write(&everything()), "pdffonts", &["{}"]) else {
        return;
    };
    let fonts: Vec<_> = said.lines().skip(2).collect();
    assert_eq!(fonts.len(), 3, "{said}");
    for font in fonts {
        assert!(font.contains("yes yes yes"), "{said}");
        assert_eq!(font.find('+'), Some(6), "{said}");
    }
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let maker = everything();
    let wanted = write(&maker);
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads can be had");
        assert!(
            pool.install(|| write(&maker)) == wanted,
            "{threads} threads"
        );
    }
}

#[test]
fn bleed_moves_nothing() {
    let mut maker = everything();
    let bleed = Abs::mm(3.0);
    for page in &mut maker.list.pages {
        page.bleed = Rect {
            at: Point::new(-bleed, -bleed),
            size: Size::new(TRIM.width + bleed * 2, TRIM.height + bleed * 2),
        };
    }
    let Some((content, said)) = judge(&write(&maker), "pdfinfo", &["-box", "{}"]) else {
        return;
    };
    assert!(content, "{said}");
    let numbers = |name: &str| -> Vec<f64> {
        let line = said.lines().find(|line| line.starts_with(name));
        let line = line.unwrap_or_else(|| panic!("no {name} in:\n{said}"));
        line.split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect()
    };
    assert_eq!(numbers("MediaBox:"), [0.0, 0.0, 317.01, 417.01]);
    assert_eq!(numbers("TrimBox:"), [8.5, 8.5, 308.5, 408.5]);
}

#[test]
fn nonsense_is_written_as_well_as_it_can_be() {
    assert!(
        pdf::write(
            &recto::typeset::pages::PageList::default(),
            &Profile::screen()
        )
        .is_ok()
    );
    let mut maker = Maker::new(&[SERIF]);
    let mut run = maker.run(0, "wild");
    run.glyphs[0].advance = i32::MAX;
    run.glyphs[1].dx = i32::MIN;
    run.glyphs[2].bytes = 900;
    run.glyphs[3].id = u16::MAX;
    let far = Point::new(Abs::MAX, Abs::from_raw(i64::MIN));
    maker.put(far, run.clone(), Owner::Slot(SlotId(u32::MAX)));
    run.font = recto::typeset::frame::FontId(99);
    maker.put(Point::ZERO, run.clone(), Owner::Slot(SlotId(3)));
    run.font = recto::typeset::frame::FontId(0);
    run.size = Abs::MAX;
    run.expansion = u16::MAX;
    run.rtl = true;
    maker.put(Point::ZERO, run, Owner::Slot(SlotId(3)));
    maker.push(
        far,
        Item::Link {
            size: Size::new(Abs::MAX, -Abs::MAX),
            target: LinkTarget::Dest(DestId(7)),
            element: ElementId(u32::MAX),
        },
    );
    maker.push(
        far,
        Item::Link {
            size: Size::ZERO,
            target: LinkTarget::Url("http://é".into()),
            element: ElementId(u32::MAX),
        },
    );
    let mut frame = Frame::new(TRIM);
    for _ in 0..20_000 {
        let mut outer = Frame::new(TRIM);
        outer.push_frame(Point::ZERO, frame);
        frame = outer;
    }
    let deep = Arc::new(frame);
    maker.push(Point::ZERO, Item::Group(deep.clone()));
    maker.end_page(Label::Roman(0));
    maker.list.pages[0].slot_base = u32::MAX;
    maker.list.outline.push(OutlineEntry {
        depth: 255,
        title: String::new(),
        dest: DestId(9),
    });
    assert!(pdf::write(&maker.list, &Profile::screen()).is_ok());
    // Dropping frames nested so deep would recurse: let them go with the process.
    std::mem::forget(deep);
}
