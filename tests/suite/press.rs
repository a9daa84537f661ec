//! Files for the press, by pages made by hand and what another reader (`tests/press/judge.py`) finds in them.

use recto::pdf;
use recto::profile::{ColorSpace, FileSpec, Marks, Profile, Standard, bundled};
use recto::theme::Color;
use recto::typeset::frame::{Artifact, DestId, ImageId, Item, LinkTarget, Owner};
use recto::typeset::pages::{Dest, ImageFile, ImageKind, Label, OutlineEntry};
use recto::typeset::structure::{ElementId, Tag};
use recto::unit::{Abs, Point, Rect, Side, Size};
use serde_json::Value;

use super::support::pages::{Maker, TRIM};
use super::support::press::{facts, grey, inks, verdict};
use super::support::programs::judge;
use super::support::tools;

const SERIF: &str = "fonts/eb-garamond/EBGaramond-Regular.ttf";
const RED: Color = Color {
    r: 200,
    g: 30,
    b: 30,
};

fn written(maker: &Maker, file: FileSpec) -> Vec<u8> {
    let profile = Profile {
        file,
        ..Profile::screen()
    };
    pdf::write(&maker.list, &profile).expect("the fonts can be embedded")
}

/// A book of two pages with words, rules, a shape, a link and an outline.
fn book() -> Maker {
    let mut maker = Maker::new(&[SERIF]);
    for number in 1..=2 {
        let sect = maker.open(ElementId(0), Tag::Sect);
        let heading = maker.slot(sect, Tag::Heading(1));
        let at = maker.text(heading, "Of Presses");
        maker.list.dests.push(Dest {
            name: format!("page-{number}"),
            page: number - 1,
            at,
            element: ElementId::default(),
        });
        let paragraph = maker.slot(sect, Tag::P);
        maker.text(paragraph, "Plain words in black");
        maker.push(
            Point::new(Abs::pt(30.0), Abs::pt(120.0)),
            Item::Rule {
                size: Size::new(Abs::pt(100.0), Abs::pt(1.0)),
                color: Color {
                    r: 128,
                    g: 128,
                    b: 128,
                },
                owner: Owner::Artifact(Artifact::Layout),
            },
        );
        let corner = |x, y| Point::new(Abs::pt(x), Abs::pt(y));
        maker.push(
            corner(60.0, 150.0),
            Item::Path {
                points: vec![corner(0.0, 0.0), corner(40.0, 0.0), corner(20.0, 30.0)],
                color: RED,
                owner: Owner::Artifact(Artifact::Layout),
            },
        );
        let link = maker.open(sect, Tag::Link);
        maker.push(
            corner(30.0, 40.0),
            Item::Link {
                size: Size::new(Abs::pt(50.0), Abs::pt(12.0)),
                target: LinkTarget::Dest(DestId(0)),
                element: link,
            },
        );
        maker.end_page(Label::Arabic(number));
    }
    maker.list.outline.push(OutlineEntry {
        depth: 0,
        title: "Of Presses".to_owned(),
        dest: DestId(0),
    });
    maker
}

fn numbers(value: &Value) -> Vec<f64> {
    let sides = value.as_array().map(Vec::as_slice).unwrap_or_default();
    sides.iter().filter_map(Value::as_f64).collect()
}

/// The bleed of a page whose inner edge has none.
fn bleed(side: Side, by: Abs) -> Rect {
    let inner_left = side == Side::Recto;
    Rect {
        at: Point::new(if inner_left { Abs::ZERO } else { -by }, -by),
        size: Size::new(TRIM.width + by, TRIM.height + by * 2),
    }
}

#[test]
fn a_grey_file_is_of_one_ink_and_leads_nowhere() {
    let bytes = written(&book(), grey());
    let Some((content, said)) = verdict(&bytes, &["--grey", "--opaque", "--whole"]) else {
        return;
    };
    assert!(content, "{said}");
    let Some(facts) = facts(&bytes) else { return };
    assert_eq!(facts["spaces"], serde_json::json!(["DeviceGray"]));
    // 128 of 255, and the grey that is as light as the red: 0.2126 × 0.578 + 0.7874 × 0.013 of the light.
    assert_eq!(
        facts["operators"]["g"],
        serde_json::json!(["0", "0.4", "0.502"])
    );
    assert_eq!(facts["text_colors"], serde_json::json!(["0 g"]));
    let catalog = facts["catalog"].to_string();
    for key in [
        "StructTreeRoot",
        "MarkInfo",
        "Outlines",
        "Names",
        "PageLabels",
        "OutputIntents",
    ] {
        assert!(!catalog.contains(key), "{key}");
    }
    assert_eq!(facts["fonts"][0]["name"], "EBGaramond-Regular");
    assert_eq!(facts["fonts"][0]["map"], "/Identity");
    let Some((read, text)) = judge(&bytes, "pdftotext", &["{}", "-"]) else {
        return;
    };
    assert!(read && text.contains("Plain words in black"), "{text}");
}

#[test]
fn the_judge_tells_a_screens_file_from_a_presss() {
    let Some((content, said)) = verdict(&written(&book(), Profile::screen().file), &["--grey"])
    else {
        return;
    };
    assert!(!content);
    for fault in ["Outlines", "annotations", "more than black"] {
        assert!(said.contains(fault), "{fault} in:\n{said}");
    }
}

/// How much of the first page each ink covers: cyan, magenta, yellow, black.
fn coverage(bytes: &[u8]) -> Option<[f64; 4]> {
    let arguments = ["-q", "-o", "-", "-r300", "-sDEVICE=inkcov", "{}"];
    let (read, said) = judge(bytes, "gs", &arguments)?;
    let words = said.split_whitespace();
    let inks: Vec<f64> = words.filter_map(|word| word.parse().ok()).collect();
    assert!(read, "{said}");
    Some(inks.try_into().unwrap_or_else(|_| panic!("{said}")))
}

#[test]
fn black_prints_on_the_black_plate_alone() {
    for file in [grey(), inks(Standard::X4), inks(Standard::X1a)] {
        let mut maker = Maker::new(&[SERIF]);
        let slot = maker.slot(ElementId(0), Tag::P);
        maker.text(slot, "Plain words in black");
        maker.end_page(Label::Arabic(1));
        let Some([c, m, y, k]) = coverage(&written(&maker, file)) else {
            return;
        };
        assert!([c, m, y] == [0.0; 3] && k > 0.0, "{c} {m} {y} {k}");
    }
}

#[test]
fn black_text_leaves_the_colours_below_it_and_rules_do_not() {
    let panel = |text: bool, rule: bool| {
        let mut maker = Maker::new(&[SERIF]);
        let layout = Owner::Artifact(Artifact::Layout);
        let at = Point::new(Abs::pt(20.0), Abs::pt(20.0));
        let mut area = |height: f64, color| {
            let size = Size::new(Abs::pt(200.0), Abs::pt(height));
            let owner = layout;
            maker.push(at, Item::Rule { size, color, owner });
        };
        // A red without black in it.
        area(60.0, Color { r: 255, g: 0, b: 0 });
        if rule {
            area(5.0, Color::BLACK);
        }
        let slot = maker.slot(ElementId(0), Tag::P);
        if text {
            maker.text(slot, "Plain words in black");
        }
        maker.end_page(Label::Arabic(1));
        coverage(&written(&maker, inks(Standard::X4)))
    };
    let (Some(bare), Some(written), Some(ruled)) =
        (panel(false, false), panel(true, false), panel(false, true))
    else {
        return;
    };
    assert_eq!(
        bare[1], written[1],
        "the letters are no holes in the magenta"
    );
    assert!(written[3] > bare[3]);
    assert!(ruled[1] < bare[1], "the rule hides what is below it");
}

#[test]
fn four_inks_come_from_the_presss_profile() {
    let bytes = written(&book(), inks(Standard::X4));
    let Some(facts) = facts(&bytes) else { return };
    assert_eq!(facts["spaces"], serde_json::json!(["DeviceCMYK"]));
    assert_eq!(facts["text_colors"], serde_json::json!(["0 0 0 1 k"]));
    let fills = facts["operators"]["k"].to_string();
    assert!(fills.contains("\"0 0 0 0.498\""), "{fills}");
    // The red: nearly no cyan, much of magenta and yellow.
    let red = facts["operators"]["k"].as_array().into_iter().flatten();
    let red = red
        .filter_map(Value::as_str)
        .find(|inks| inks.contains("0.9"));
    assert!(red.is_some(), "{fills}");
}

#[test]
fn x4_says_what_it_is() {
    let bytes = written(&book(), inks(Standard::X4));
    let Some((content, said)) = verdict(&bytes, &[]) else {
        return;
    };
    assert!(content, "{said}");
    let Some(facts) = facts(&bytes) else { return };
    assert_eq!(facts["version"], "1.6");
    assert_eq!(facts["pdfx"], "PDF/X-4");
    assert_eq!(facts["info"]["Trapped"], "/False");
    let intent = &facts["intents"][0];
    assert_eq!(intent["kind"], "GTS_PDFX");
    assert_eq!(intent["condition"], "FOGRA39");
    assert_eq!(intent["profile"], "CMYK");
    assert_eq!(facts["fonts"][0]["subset"], true);
    if let Some(passed) = tools::pdfx4("x4_says_what_it_is", &bytes) {
        assert!(passed.passed, "{}", passed.said);
    }
}

#[test]
fn x1a_is_made_of_what_pdf_1_3_knows() {
    let bytes = written(&book(), inks(Standard::X1a));
    let Some((content, said)) = verdict(&bytes, &[]) else {
        return;
    };
    assert!(content, "{said}");
    let Some(facts) = facts(&bytes) else { return };
    assert_eq!(facts["version"], "1.3");
    assert_eq!(facts["packed"], false);
    assert_eq!(facts["info"]["GTS_PDFXVersion"], "PDF/X-1:2001");
    assert_eq!(facts["info"]["GTS_PDFXConformance"], "PDF/X-1a:2001");
    assert_eq!(facts["info"]["Title"], "Of Pages & Marks");
    for key in ["Metadata", "Lang", "MarkInfo"] {
        assert!(!facts["catalog"].to_string().contains(key), "{key}");
    }
    let Some((sound, said)) = judge(&bytes, "qpdf", &["--check", "{}"]) else {
        return;
    };
    assert!(sound, "{said}");
}

#[test]
fn a_condition_without_a_profile_is_named_alone() {
    let mut file = inks(Standard::X1a);
    file.intent.as_mut().expect("it has one").condition = "CGATS TR 001".to_owned();
    let bytes = written(&book(), file.clone());
    let Some((content, said)) = verdict(&bytes, &[]) else {
        return;
    };
    assert!(content, "{said}");
    let Some(named) = facts(&bytes) else { return };
    assert_eq!(named["intents"][0]["condition"], "CGATS TR 001");
    assert_eq!(named["intents"][0]["profile"], "");
    // PDF/X-4 has to hold the profile: without one, nothing is claimed.
    file.standards = vec![Standard::X4];
    let Some(unclaimed) = facts(&written(&book(), file.clone())) else {
        return;
    };
    assert_eq!(unclaimed["pdfx"], "");
    // One that is given goes before all.
    file.intent.as_mut().expect("it has one").profile = bundled("FOGRA52").map(Into::into);
    let Some(given) = facts(&written(&book(), file)) else {
        return;
    };
    assert_eq!(given["pdfx"], "PDF/X-4");
    assert_eq!(given["intents"][0]["profile"], "CMYK");
}

#[test]
fn bleed_lies_on_the_outer_edges_and_the_paper_ends_with_it() {
    let mut maker = book();
    for page in &mut maker.list.pages {
        page.bleed = bleed(page.side, Abs::inches(0.125));
    }
    let Some(facts) = facts(&written(&maker, grey())) else {
        return;
    };
    // 0.125 in are 9 pt: 300 + 9 by 400 + 2 × 9.
    for (page, trim) in [(0, [0.0, 9.0, 300.0, 409.0]), (1, [9.0, 9.0, 309.0, 409.0])] {
        let page = &facts["pages"][page];
        assert_eq!(numbers(&page["MediaBox"]), [0.0, 0.0, 309.0, 418.0]);
        assert_eq!(numbers(&page["BleedBox"]), [0.0, 0.0, 309.0, 418.0]);
        assert_eq!(numbers(&page["TrimBox"]), trim);
    }
}

#[test]
fn marks_stand_outside_the_bleed() {
    let mut maker = book();
    for page in &mut maker.list.pages {
        let by = Abs::mm(3.0);
        page.bleed = Rect {
            at: Point::new(-by, -by),
            size: Size::new(TRIM.width + by * 2, TRIM.height + by * 2),
        };
    }
    let marks = Marks {
        crop: true,
        bars: true,
    };
    let plain = written(&maker, inks(Standard::X4));
    let file = FileSpec {
        marks,
        ..inks(Standard::X4)
    };
    let bytes = written(&maker, file);
    let Some((content, said)) = verdict(&bytes, &[]) else {
        return;
    };
    assert!(content, "{said}");
    let Some(marked) = facts(&bytes) else { return };
    // 3 mm are 8.504 pt, 10 mm more 28.346.
    let page = &marked["pages"][0];
    let near = |box_: &str, wanted: [f64; 4]| {
        let found = numbers(&page[box_]);
        let off = found.iter().zip(wanted).any(|(a, b)| (a - b).abs() > 0.01);
        assert!(!off && found.len() == 4, "{box_}: {found:?}");
    };
    near("MediaBox", [0.0, 0.0, 373.701, 473.701]);
    near("BleedBox", [28.346, 28.346, 345.354, 445.354]);
    near("TrimBox", [36.85, 36.85, 336.85, 436.85]);
    let spaces = marked["spaces"].to_string();
    assert!(spaces.contains("Separation All"), "{spaces}");
    assert_eq!(marked["operators"]["SCN"], serde_json::json!(["1"]));
    let bars = marked["operators"]["k"].to_string();
    for patch in ["1 0 0 0", "0 1 1 0", "0.5 0 0 0", "0 0 0 0.25"] {
        assert!(bars.contains(&format!("\"{patch}\"")), "{patch} in {bars}");
    }

    // At 254 dots per inch 10 mm are 100 dots: within the bleed nothing has changed.
    let look = |bytes: &[u8], from: &str| {
        let area = ["-x", from, "-y", from, "-W", "1100", "-H", "1400"];
        let page = ["-r", "254", "-gray", "-f", "1", "-l", "1", "{}"];
        judge(bytes, "pdftoppm", &[area.as_slice(), &page].concat())
    };
    if let (Some((_, with)), Some((_, without))) = (look(&bytes, "100"), look(&plain, "0")) {
        assert!(with == without && with.starts_with("P5"));
    }
}

#[test]
fn a_grey_job_has_its_marks_in_black() {
    let file = FileSpec {
        marks: Marks {
            crop: true,
            bars: true,
        },
        ..grey()
    };
    let bytes = written(&book(), file);
    let Some((content, said)) = verdict(&bytes, &["--grey"]) else {
        return;
    };
    assert!(content, "{said}");
    let Some(facts) = facts(&bytes) else { return };
    assert_eq!(facts["operators"]["G"], serde_json::json!(["0"]));
}

/// A picture half of which shows through, and drawings: plain, with a gradient, faint.
fn pictures() -> Maker {
    let svg = |inside: &str| {
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><linearGradient id="a"><stop
            stop-color="#c00"/><stop offset="1" stop-color="#00c"/></linearGradient>{inside}</svg>"##
        )
        .into_bytes()
    };
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbaImage::from_pixel(4, 3, image::Rgba([200, 30, 30, 128]))
        .write_to(&mut png, image::ImageFormat::Png)
        .expect("writing into memory does not fail");
    let mut maker = Maker::new(&[SERIF]);
    for (number, (data, kind)) in [
        (png.into_inner(), ImageKind::Png),
        (
            svg(r##"<rect width="40" height="20" fill="#abc"/>"##),
            ImageKind::Svg,
        ),
        (
            svg(r#"<rect width="40" height="20" fill="url(#a)"/>"#),
            ImageKind::Svg,
        ),
        (
            svg(r#"<rect width="40" height="20" opacity=".5"/>"#),
            ImageKind::Svg,
        ),
    ]
    .into_iter()
    .enumerate()
    {
        maker.list.images.push(ImageFile {
            data: data.into(),
            kind,
            size: (40, 20),
        });
        maker.push(
            Point::new(Abs::pt(30.0), Abs::pt(40.0 + 60.0 * number as f64)),
            Item::Image {
                image: ImageId(number as u32),
                size: Size::new(Abs::pt(100.0), Abs::pt(50.0)),
                owner: Owner::Artifact(Artifact::Layout),
            },
        );
    }
    maker.end_page(Label::Arabic(1));
    maker
}

#[test]
fn pictures_are_of_the_jobs_colours_and_hide_what_is_below() {
    let maker = pictures();
    let screen_colors = FileSpec {
        color: ColorSpace::Rgb,
        ..grey()
    };
    for (file, options) in [
        (grey(), ["--grey", "--opaque"].as_slice()),
        (screen_colors, &["--opaque"]),
        (inks(Standard::X1a), &["--opaque"]),
        (inks(Standard::X4), &[]),
    ] {
        let transparency = file.transparency;
        let bytes = written(&maker, file);
        let Some((content, said)) = verdict(&bytes, options) else {
            return;
        };
        assert!(content, "{said}");
        let Some(facts) = facts(&bytes) else { return };
        // What may stay a drawing does; the faint one is drawn as pixels at 600 dots an inch where nothing may show through.
        let images = facts["images"].as_array().map_or(0, Vec::len);
        assert_eq!(images, if transparency { 1 } else { 2 }, "{facts}");
        let shown_through = facts["transparent"].as_array().map_or(0, Vec::len);
        assert_eq!(shown_through > 0, transparency, "{facts}");
        let Some((sound, said)) = judge(&bytes, "qpdf", &["--check", "{}"]) else {
            return;
        };
        assert!(sound, "{said}");
    }
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    for file in [grey(), inks(Standard::X4), inks(Standard::X1a)] {
        assert!(written(&book(), file.clone()) == written(&book(), file));
    }
}
