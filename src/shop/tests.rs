//! Every rule with a good and a bad case; the data themselves.

use super::*;
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::source::{MemoryWorld, Sources, Spanned};

/// A book that every shop takes: a cover that suits all, a photograph, contents of two levels.
fn good() -> Wares {
    let photograph = Picture {
        name: "photo.jpg".to_owned(),
        at: None,
        kind: Kind::Jpeg,
        size: (1600, 1200),
        bytes: 900_000,
        inks: false,
        see_through: false,
        fixed: None,
    };
    let cover = Picture {
        name: "cover.jpg".to_owned(),
        size: (1600, 2400),
        ..photograph.clone()
    };
    Wares {
        bytes: Some(3_000_000),
        cover: Some(Cover {
            picture: 0,
            own_page: true,
        }),
        pictures: vec![cover, photograph],
        contents: Contents {
            entries: 12,
            depth: 2,
        },
        page_list: Some(true),
        note_links: Some(true),
        claims: Some(
            [
                "schema:accessMode",
                "schema:accessibilityFeature",
                "schema:accessibilityHazard",
                "schema:accessModeSufficient",
                "schema:accessibilitySummary",
                "a11y:exemption",
            ]
            .map(str::to_owned)
            .into(),
        ),
        epubcheck: Some(0),
        ..Wares::default()
    }
}

/// A shop of one rule.
fn asks(yaml: &str) -> Shop {
    let (sources, sink) = (Sources::new(), Sink::new());
    let text = format!("title: Corner Shop\nverified-on: 2026-01-01\nrules: [{yaml}]\n");
    let world = MemoryWorld::new(0).with("corner.yaml", text.into_bytes());
    let name = Spanned {
        value: "corner.yaml".to_owned(),
        at: None,
    };
    let shop = load(&name, &world, &sources, &sink).unwrap();
    let found = sink.finish(&sources);
    assert!(found.is_empty(), "{found:?}");
    shop
}

/// What spoils a book.
type Spoil = fn(&mut Wares);

fn first(found: &[Diagnostic]) -> (Code, &str) {
    match found {
        [one] => (one.code, &one.message),
        found => panic!("{found:?}"),
    }
}

#[test]
fn every_rule_has_a_good_and_a_bad_case() {
    let cases: &[(&str, Spoil, Code, &str)] = &[
        (
            "{cover: true}",
            |wares| wares.cover = None,
            Code::MissingCover,
            "the book has no cover, and Corner Shop wants one inside the file",
        ),
        (
            "{cover-least: 625x1000}",
            |wares| wares.pictures[0].size = (600, 960),
            Code::CoverImage,
            "the cover `cover.jpg` has 600 × 960 pixels; Corner Shop asks for 625 × 1000 at least",
        ),
        (
            "{cover-most: 7200}",
            |wares| wares.pictures[0].size = (5000, 7500),
            Code::CoverImage,
            "the cover `cover.jpg` has 5000 × 7500 pixels; Corner Shop takes 7200 a side at most",
        ),
        (
            "{cover-ratio: 1.6}",
            |wares| wares.pictures[0].size = (1600, 1600),
            Code::CoverImage,
            "the cover `cover.jpg` is 1.00 times as high as wide; Corner Shop advises 1.60",
        ),
        (
            "{cover-bytes: 3MB}",
            |wares| wares.pictures[0].bytes = 3_000_001,
            Code::CoverImage,
            "the cover `cover.jpg` has 3.1 MB; Corner Shop asks for 3 MB at most",
        ),
        (
            "{cover-kinds: [jpeg, png]}",
            |wares| wares.pictures[0].kind = Kind::Gif,
            Code::CoverImage,
            "the cover `cover.jpg` is a GIF file; Corner Shop takes JPEG and PNG",
        ),
        (
            "{cover-page: true}",
            |wares| wares.cover.as_mut().unwrap().own_page = false,
            Code::CoverImage,
            "the cover `cover.jpg` shares its document; Corner Shop wants it alone in one",
        ),
        (
            "{picture-pixels: 4mp}",
            |wares| wares.pictures[1].size = (4000, 3000),
            Code::LargeImage,
            "`photo.jpg` has 12 million pixels, more than the 4 million that Corner Shop takes",
        ),
        (
            "{picture-bytes: 5MB}",
            |wares| wares.pictures[1].bytes = 5_123_456,
            Code::LargeImage,
            "`photo.jpg` has 5.2 MB, more than the 5 MB that Corner Shop takes",
        ),
        (
            "{picture-kinds: [jpeg, png, gif]}",
            |wares| wares.pictures[1].kind = Kind::WebP,
            Code::ShopImage,
            "`photo.jpg` is a WebP file, and Corner Shop takes JPEG, PNG and GIF",
        ),
        (
            "{picture-colors: rgb}",
            |wares| wares.pictures[1].inks = true,
            Code::InksOnScreen,
            "`photo.jpg` is in four inks, and Corner Shop takes RGB",
        ),
        (
            "{picture-ground: opaque}",
            |wares| wares.pictures[1].see_through = true,
            Code::SeeThroughImage,
            "`photo.jpg` lets the page show through: on Corner Shop, whatever stands behind it shows",
        ),
        (
            "{picture-sides: relative}",
            |wares| wares.pictures[1].fixed = Some((None, "12cm".to_owned())),
            Code::FixedWidth,
            "`photo.jpg` is shown at 12cm, whatever the screen: Corner Shop asks for percentages",
        ),
        (
            "{contents: true}",
            |wares| wares.contents.entries = 0,
            Code::ShopContents,
            "the book has no contents that Corner Shop could show",
        ),
        (
            "{contents-depth: 2}",
            |wares| wares.contents.depth = 3,
            Code::ShopContents,
            "the contents go 3 levels deep, and Corner Shop shows 2",
        ),
        (
            "{page-list: true}",
            |wares| wares.page_list = Some(false),
            Code::ShopPages,
            "the pages of the printed book are not listed, and Corner Shop shows them",
        ),
        (
            "{note-links: first}",
            |wares| wares.note_links = Some(false),
            Code::ShopNotes,
            "a note does not begin with the link back to its call, as Corner Shop asks",
        ),
        (
            "{body-text: default}",
            |wares| wares.forced = forced("body { color: #333; line-height: 1.4 }"),
            Code::ShopText,
            "body text has a color and a line-height of its own; Corner Shop wants it left to the reader",
        ),
        (
            "{file-bytes: 100MB}",
            |wares| wares.bytes = Some(100_400_000),
            Code::ShopFile,
            "the file has 100.4 MB; Corner Shop takes 100 MB at most",
        ),
        (
            "{unprotected: true}",
            |wares| wares.protected = true,
            Code::ShopFile,
            "the file is protected; Corner Shop takes files without protection only",
        ),
        (
            "{epubcheck: true}",
            |wares| wares.epubcheck = Some(1),
            Code::ShopFile,
            "EPUBCheck finds errors in the file, and Corner Shop takes none that has any",
        ),
        (
            "{claims: [schema:accessMode, 'dcterms:conformsTo|a11y:exemption']}",
            |wares| {
                let claims = wares.claims.as_mut().unwrap();
                claims.remove("schema:accessMode");
                claims.remove("a11y:exemption");
            },
            Code::ShopClaims,
            "the metadata lacks `schema:accessMode`, `dcterms:conformsTo` or `a11y:exemption`, which Corner Shop asks for",
        ),
    ];
    for name in Ask::NAMES {
        let has = |(yaml, ..): &(&str, _, _, _)| yaml.starts_with(&format!("{{{name}:"));
        assert!(cases.iter().any(has), "`{name}` has no case");
    }
    for (yaml, spoil, code, message) in cases {
        let must = asks(&yaml.replace('}', ", level: must}"));
        assert_eq!(judge(&good(), &must, None), [], "{yaml}");
        let mut bad = good();
        spoil(&mut bad);
        let found = judge(&bad, &must, None);
        assert_eq!(first(&found), (*code, *message));
        assert_eq!(found[0].severity, Severity::Error);
        let rule = must.rules[0].ask.name();
        let said = format!("the rule is `{rule}` of the shop `corner.yaml`, as of 2026-01-01");
        assert_eq!(found[0].hints.last(), Some(&said));
        assert_eq!(found[0].hints.len(), 2);
        for milder in ["advice", "must, unsure: true"] {
            let shop = asks(&yaml.replace('}', &format!(", level: {milder}}}")));
            let found = judge(&bad, &shop, None);
            assert_eq!(found[0].severity, Severity::Warning, "{yaml}: {milder}");
        }
    }
}

#[test]
fn what_is_not_known_breaks_no_rule() {
    for (name, _) in BUILTIN {
        let shop = builtin(name).unwrap();
        let mut wares = good();
        (wares.bytes, wares.page_list, wares.note_links) = (None, None, None);
        (wares.claims, wares.epubcheck) = (None, None);
        let errors: Vec<_> = judge(&wares, &shop, None)
            .into_iter()
            .filter(|found| found.severity == Severity::Error)
            .collect();
        // One cover does not suit all: this distributor asks for more.
        assert!(errors.is_empty() || *name == "ingram", "{name}: {errors:?}");
    }
}

#[test]
fn of_two_limits_the_graver_is_told() {
    let shop = asks("{picture-pixels: 5mp, level: must}, {picture-pixels: 4mp}");
    let mut wares = good();
    wares.pictures[1].size = (3000, 2000);
    let found = judge(&wares, &shop, None);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Error);
    wares.pictures[1].size = (2500, 1800);
    let found = judge(&wares, &shop, None);
    assert_eq!((found.len(), found[0].severity), (1, Severity::Warning));
}

#[test]
fn a_cover_may_be_as_large_as_its_shop_asks() {
    let mut wares = good();
    wares.pictures[0].size = (1600, 2560);
    let both = asks("{cover-least: 1600x2560, level: must}, {picture-pixels: 4mp, level: must}");
    assert_eq!(judge(&wares, &both, None), []);
    // Where nobody asks for so large a cover, it is a picture like others.
    let limit = asks("{picture-pixels: 4mp, level: must}");
    assert_eq!(first(&judge(&wares, &limit, None)).0, Code::LargeImage);
}

#[test]
fn a_book_without_shops_hears_once_of_each_picture() {
    let shops: Vec<Shop> = BUILTIN
        .iter()
        .filter_map(|(name, _)| builtin(name))
        .collect();
    assert_eq!(refused_somewhere(&good(), &shops), []);
    let mut wares = good();
    wares.cover = None;
    wares.pictures[1].size = (4000, 3000);
    wares.pictures[1].bytes = 6_000_000;
    let found = refused_somewhere(&wares, &shops);
    assert_eq!(first(&found).0, Code::LargeImage);
    assert_eq!(found[0].severity, Severity::Note);
}

#[test]
fn drawings_have_no_pixels() {
    let shop = asks("{picture-pixels: 4mp}, {cover-least: 625x1000}");
    let mut wares = good();
    for picture in &mut wares.pictures {
        (picture.kind, picture.size) = (Kind::Svg, (60, 90));
    }
    assert_eq!(judge(&wares, &shop, None), []);
    wares.pictures[1].size = (90_000, 90_000);
    assert_eq!(judge(&wares, &shop, None), []);
}

#[test]
fn the_data_are_dated_sourced_and_read_without_fault() {
    for (name, text) in BUILTIN {
        let (sources, sink) = (Sources::new(), Sink::new());
        let named = Spanned {
            value: (*name).to_owned(),
            at: None,
        };
        let shop = load(&named, &MemoryWorld::new(0), &sources, &sink).unwrap();
        // Read again as a file, whose faults are heard.
        let world = MemoryWorld::new(0).with("own.yaml", text.as_bytes().to_vec());
        let file = Spanned {
            value: "own.yaml".to_owned(),
            at: None,
        };
        let again = load(&file, &world, &sources, &sink).unwrap();
        assert_eq!(shop.rules, again.rules, "{name}");
        let found = sink.finish(&sources);
        assert!(found.is_empty(), "{name}: {found:?}");
        let lines = text
            .lines()
            .filter(|line| line.trim_start().starts_with("- {"));
        assert_eq!(
            shop.rules.len(),
            lines.count(),
            "{name}: every rule is read"
        );
        let date: Vec<u32> = shop
            .verified_on
            .split('-')
            .filter_map(|part| part.parse().ok())
            .collect();
        assert!(
            matches!(date[..], [(2026..), 1..=12, 1..=31]) && shop.verified_on.len() == 10,
            "{name}: {}",
            shop.verified_on
        );
        assert!(!shop.rules.is_empty());
        for rule in &shop.rules {
            assert!(
                rule.source.starts_with("https://"),
                "{name}: `{}` has no source",
                rule.ask.name()
            );
        }
        // The graver of two rules of a kind comes first.
        for (at, rule) in shop.rules.iter().enumerate() {
            let later = &shop.rules[at + 1..];
            let graver = |other: &&Rule| {
                other.ask.name() == rule.ask.name() && other.severity() > rule.severity()
            };
            assert!(later.iter().find(graver).is_none(), "{name}: {rule:?}");
        }
    }
}

#[test]
fn shops_have_other_names_and_wrong_ones_are_mended() {
    for (other, own) in [
        ("apple", "apple-books"),
        ("kdp", "kindle"),
        ("Amazon", "kindle"),
        ("google", "google-play"),
        ("kobo", "kobo"),
    ] {
        assert_eq!(builtin(other).unwrap().name, own);
    }
    let (sources, sink) = (Sources::new(), Sink::new());
    let name = Spanned {
        value: "kobbo".to_owned(),
        at: None,
    };
    assert!(load(&name, &MemoryWorld::new(0), &sources, &sink).is_none());
    let found = sink.finish(&sources);
    assert_eq!(
        first(&found),
        (Code::UnknownShop, "there is no shop `kobbo`")
    );
    assert_eq!(found[0].hints, ["did you mean `kobo`?"]);
}

#[test]
fn a_house_adds_rules_of_its_own() {
    let (sources, sink) = (Sources::new(), Sink::new());
    let text = "extends: kobo\ntitle: Lind & Berg\nrules:\n  - {picture-bytes: 1MB, level: must}\n  - {picture-bites: 1MB}\n  - {cover-ratio: tall}\n  - words\n";
    let world = MemoryWorld::new(0).with("house.yaml", text.as_bytes().to_vec());
    let name = Spanned {
        value: "house.yaml".to_owned(),
        at: None,
    };
    let shop = load(&name, &world, &sources, &sink).unwrap();
    assert_eq!(shop.title, "Lind & Berg");
    assert_eq!(shop.rules[0].ask, Ask::PictureBytes(1_000_000));
    assert_eq!(shop.rules.len(), 1 + builtin("kobo").unwrap().rules.len());
    let codes: Vec<Code> = sink
        .finish(&sources)
        .iter()
        .map(|found| found.code)
        .collect();
    assert_eq!(
        codes,
        [Code::UnknownKey, Code::InvalidValue, Code::WrongType]
    );
}

#[test]
fn what_a_sheet_forces_is_found_where_it_means_all_text() {
    for (sheet, wanted) in [
        ("body { margin: 0; text-indent: 1em; }", &[][..]),
        ("body { font-size: 1em; color: inherit }", &[]),
        ("p.note { color: red } h1 { font-size: 2em }", &[]),
        ("html, body { font-size: 12pt }", &["font-size"]),
        (
            "/* text */ p{line-height:1.5;color:#000}",
            &["color", "line-height"],
        ),
        (
            "@media (prefers-color-scheme: dark) { body { color: white } } p { background: white }",
            &["background"],
        ),
        ("@import 'x.css'; body { color: red }", &["color"]),
        ("body { color: red", &["color"]),
        ("body } { ;;", &[]),
    ] {
        let found: Vec<String> = forced(sheet).into_iter().collect();
        assert_eq!(found, wanted, "{sheet}");
    }
}

#[test]
fn the_listing_names_every_rule() {
    let text = listing();
    for (name, _) in BUILTIN {
        let shop = builtin(name).unwrap();
        assert!(text.contains(&format!("{{#shop-{name}}}")));
        assert!(text.contains(&shop.verified_on));
        for rule in &shop.rules {
            assert!(text.contains(&format!("| `{}` |", rule.ask.name())));
            let page = rule.source.split('#').next().unwrap();
            assert!(text.contains(page));
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_sheet_is_too_odd(sheet in "(body|p|[{}:;@,/*]|color|#é| ){0,60}") {
        let _ = forced(&sheet);
    }
}
