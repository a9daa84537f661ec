//! Drawings, by what becomes of small ones.

use super::*;
use crate::pdf::color::Conversion;
use crate::profile::{ColorSpace, FileSpec, Profile};

const WIDE: Abs = Abs::pt(72.0);

fn svg(inside: &str) -> String {
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="12" height="9">{inside}</svg>"#)
}

fn file(text: &str) -> ImageFile {
    ImageFile {
        data: text.as_bytes().into(),
        kind: ImageKind::Svg,
        size: (12, 9),
    }
}

/// A drawing for a device, and its streams of operators as text.
fn made(
    inside: &str,
    color: ColorSpace,
    transparency: bool,
    fonts: &[FontFile],
) -> (Prepared, String) {
    let spec = FileSpec {
        color,
        transparency,
        ..Profile::screen().file
    };
    let file = file(&svg(inside));
    let conversion = Conversion::new(&spec);
    let device = Device::new(&spec, &conversion);
    let shared = Shared::new(std::iter::once(&file), fonts);
    let prepared = prepare(&file.data, WIDE, &shared, &device).unwrap();
    let mut said = String::new();
    if let Picture::Vector(vector) = &prepared.object {
        for object in vector.document.objects.values() {
            if let Object::Stream(stream) = object
                && let Ok(data) = stream.decompressed_content()
            {
                said.push_str(&String::from_utf8_lossy(&data));
            }
            let mut written = Vec::new();
            write_object(&mut written, object);
            said.push_str(&String::from_utf8_lossy(&written));
            said.push('\n');
        }
    }
    (prepared, said)
}

#[test]
fn text_is_drawn_in_the_books_fonts() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fonts/eb-garamond/EBGaramond-Regular.ttf"
    );
    let font = FontFile {
        data: std::fs::read(path).unwrap().into(),
        index: 0,
        name: "EBGaramond-Regular".to_owned(),
        settings: Vec::new(),
    };
    let text = r#"<text y="9">S</text>"#;
    let length = |fonts: &[FontFile]| made(text, ColorSpace::Rgb, true, fonts).1.len();
    assert!(length(&[font]) > length(&[]) + 100);
}

#[test]
fn drawings_share_what_they_have_in_common() {
    let (prepared, _) = made(r#"<path d="M0 0h9v9z"/>"#, ColorSpace::Rgb, true, &[]);
    let Picture::Vector(vector) = prepared.object else {
        panic!("it is a drawing");
    };
    let (mut doc, mut import) = (Document::new(), Import::default());
    import.add(&mut doc, &vector).unwrap();
    let first = doc.objects.len();
    import.add(&mut doc, &vector).unwrap();
    assert_eq!(doc.objects.len(), first + 1);
}

/// A fill, a line, a gradient and a picture of one pixel, all with hues.
const COLORED: &str = r##"<linearGradient id="a"><stop stop-color="#c00"/><stop offset="1" stop-color="#000"/>
    </linearGradient><rect width="9" height="9" fill="#c00"/><path d="M0 0h9" stroke="#00c"/>
    <rect x="9" width="3" height="9" fill="url(#a)"/><rect width="2" height="2" fill="#000"/>"##;

#[test]
fn colours_become_those_of_the_device() {
    for (color, fill, line, gradient) in [
        (ColorSpace::Grey, "0.392 g", "0.231 G", "/C0[0.392]/C1[0]"),
        (ColorSpace::Cmyk, "0 0 0 1 k", " K", "/C1[0 0 0 1]"),
    ] {
        for transparency in [false, true] {
            let (_, said) = made(COLORED, color, transparency, &[]);
            for part in [fill, line, gradient] {
                assert!(said.contains(part), "{part} in:\n{said}");
            }
            for part in ["ICCBased", "DeviceRGB", " rg", " RG", " scn\n0"] {
                assert!(!said.contains(part), "{part} in:\n{said}");
            }
            assert_eq!(said.contains("/Group"), transparency, "{said}");
        }
    }
    let (_, said) = made(COLORED, ColorSpace::Rgb, true, &[]);
    assert!(said.contains("ICCBased"));
}

#[test]
fn what_shows_through_becomes_pixels_where_nothing_may() {
    let faint = r##"<rect width="9" height="9" fill="#c00" opacity=".5"/>"##;
    let (prepared, said) = made(faint, ColorSpace::Cmyk, true, &[]);
    assert!(matches!(prepared.object, Picture::Vector(_)));
    assert!(said.contains("/ca 0.5"), "{said}");
    for color in [ColorSpace::Rgb, ColorSpace::Grey, ColorSpace::Cmyk] {
        let Picture::Object(object) = made(faint, color, false, &[]).0.object else {
            panic!("{color:?}: it is still a drawing");
        };
        let entries = &object.stream.dict;
        assert!(!entries.contains_key("SMask"));
        // An inch at 600 dots.
        assert_eq!(entries["Width"], printpdf::DictItem::Int(600));
        assert_eq!(entries["Height"], printpdf::DictItem::Int(450));
    }
}

#[test]
fn masks_of_light_become_pixels_that_keep_their_opacity() {
    let masked = r##"<mask id="m"><rect width="6" height="9" fill="#fff"/></mask>
        <rect width="12" height="9" fill="#c00" mask="url(#m)"/>"##;
    let Picture::Object(object) = made(masked, ColorSpace::Cmyk, true, &[]).0.object else {
        panic!("it is still a drawing");
    };
    assert!(object.stream.dict.contains_key("SMask"));
    let (prepared, _) = made(masked, ColorSpace::Rgb, true, &[]);
    assert!(matches!(prepared.object, Picture::Vector(_)));
}
