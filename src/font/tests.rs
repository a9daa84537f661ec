//! Which face a name means, and what happens to files that are no fonts.

use super::*;
use crate::diag::Code;
use crate::source::MemoryWorld;

/// That of running text.
const SIZE: Abs = Abs::pt(11.0);

fn named(name: &str) -> Family {
    Family::Named(name.to_owned())
}

#[test]
fn families_go_by_name_in_any_case_with_or_without_a_number() {
    let fonts = Fonts::bundled();
    for (family, weight, italic, expected) in [
        (named("EB Garamond"), 400, false, "EBGaramond-Regular"),
        (named("eb garamond 12"), 400, true, "EBGaramond-Italic"),
        (named("source sans"), 600, false, "SourceSans3-Bold"),
        (named("Source Sans 3"), 500, false, "SourceSans3-Regular"),
        (Family::Mono, 900, true, "SourceCodePro-BoldItalic"),
        (named("Nowhere"), 400, false, "EBGaramond-Regular"),
        (
            named("Noto Naskh Arabic"),
            700,
            true,
            "NotoNaskhArabic-Regular",
        ),
    ] {
        let face = fonts.face(fonts.select(std::slice::from_ref(&family), weight, italic, SIZE));
        assert_eq!(face.name(), expected, "{family:?} {weight} {italic}");
    }
}

#[test]
fn a_missing_character_comes_from_the_first_family_that_has_it() {
    let fonts = Fonts::bundled();
    let body = fonts.select(&[Family::Serif], 700, true, SIZE);
    let instead = |c| fonts.fallback(c, body).map(|id| fonts.face(id).name());
    assert_eq!(instead('א'), Some("NotoSerifHebrew-Regular"));
    assert_eq!(instead('ع'), Some("NotoNaskhArabic-Regular"));
    assert_eq!(instead('Ж'), Some("EBGaramond-BoldItalic"));
    assert_eq!(instead('語'), None);
}

#[test]
fn a_book_s_own_fonts_come_first_and_bad_files_are_named() {
    let bytes = Fonts::bundled().face(FaceId(5)).bytes().to_vec();
    let world = MemoryWorld::new(0)
        .with("fonts/own/a.ttf", bytes.clone())
        .with("fonts/b.ttf", &bytes[..5000])
        .with("fonts/c.otf", "no font")
        .with("fonts/d.woff2", "wOF2")
        .with("fonts/OFL.txt", "licence");
    let (sources, sink) = (Sources::new(), Sink::new());
    let folder = Spanned {
        value: "fonts".to_owned(),
        at: None,
    };
    let fonts = Fonts::load(&world, Some(&folder), false, &sources, &sink);
    assert_eq!(
        fonts.face(FaceId(0)).origin(),
        &FaceOrigin::Book("fonts/own/a.ttf".to_owned())
    );
    assert_eq!(fonts.select(&[Family::Sans], 400, false, SIZE), FaceId(0));
    let found = sink.finish(&sources);
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(found.iter().all(|d| d.code == Code::UnreadableFont));
}

#[test]
fn a_family_that_is_not_at_hand_is_named_once() {
    let (world, sources, sink) = (MemoryWorld::new(0), Sources::new(), Sink::new());
    let mut theme = crate::theme::load(None, &[], &world, &sources, &sink);
    let family = |names: &[&str]| {
        let names = names.iter().map(|name| named(name)).chain([Family::Serif]);
        vec![crate::theme::Declaration::Family(names.collect())]
    };
    theme
        .classes
        .insert("a".to_owned(), family(&["EB Garamnod"]));
    theme
        .classes
        .insert("b".to_owned(), family(&["EB Garamnod"]));
    theme
        .classes
        .insert("c".to_owned(), family(&["Nowhere", "EB Garamond"]));
    Fonts::bundled().report_missing(&theme, &[], &sink);
    let found = sink.finish(&sources);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].code, Code::MissingFamily);
    assert_eq!(found[0].hints, ["did you mean `EB Garamond`?"]);
}

#[test]
fn a_variable_font_has_a_face_for_each_weight_and_size() {
    let bytes: &[u8] = include_bytes!("../../tests/suite/books/axes/fonts/Axes.ttf");
    let world = MemoryWorld::new(0).with("fonts/Axes.ttf", bytes);
    let (sources, sink) = (Sources::new(), Sink::new());
    let folder = Spanned {
        value: "fonts".to_owned(),
        at: None,
    };
    let fonts = Fonts::load(&world, Some(&folder), false, &sources, &sink);
    let face = |weight, size| {
        let families = [named("axes")];
        fonts.face(fonts.select(&families, weight, false, Abs::pt(size)))
    };
    // The font's own default is for 20 points.
    assert_eq!(face(400, 20.0).name(), "Axes-Regular");
    assert_eq!(face(400, 11.1).name(), "Axes-Regular_11opsz");
    assert_eq!(face(700, 72.0).name(), "Axes-Regular_700wght_60opsz");
    assert_eq!(face(350, 4.0).name(), "Axes-Regular_300wght_8opsz");
    // Letters for small sizes are wider, bold ones too; outlines follow.
    let width = |weight, size| face(weight, size).advance('n').unwrap();
    assert!(width(400, 8.0) > width(400, 20.0));
    assert!(width(700, 11.0) > width(400, 11.0));
    let right = |weight| {
        let face = face(weight, 11.0);
        let shapes = face.outline(face.glyph('n').unwrap());
        shapes.into_iter().flatten().map(|(x, _)| x).max().unwrap()
    };
    assert!(right(900) > right(200));
    // One of them stands for all where a character is looked for.
    assert_eq!(
        fonts
            .iter()
            .filter(|(_, face)| face.leads() && face.family() == "Axes")
            .count(),
        1
    );
    assert!(sink.finish(&sources).is_empty());
}
