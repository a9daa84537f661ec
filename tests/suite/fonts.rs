//! The fonts of EPUBs: cut down, they shape the book's words as whole ones do; hidden, they come back byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use harfrust::{Buffer, Feature, ShapeOptions, ShaperFont, Tag};
use proptest::prelude::*;
use recto::build::Format;
use recto::font::{Face, FaceOrigin, Fonts, Wanted, cut, freeze};
use skrifa::raw::types::NameId;
use skrifa::raw::{FontRef, TableProvider};

use super::stages::Desk;
use super::support::built::{built, own_books};
use super::support::epub::Epub;
use super::support::xml::Element;

/// A glyph as a reader sees it: its outline, where it stands, and how far it leads.
type Mark = (String, [i32; 4]);

fn shape(face: &Face, text: &str, features: &BTreeSet<[u8; 4]>) -> Vec<Mark> {
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let features: Vec<Feature> = features
        .iter()
        .map(|tag| Feature::new(Tag::new(tag), 1, ..))
        .collect();
    let font = face.font().expect("the font can be read");
    let options = ShapeOptions::new().features(&features);
    harfrust::shape(&ShaperFont::new(font), &mut buffer, options).expect("text can be shaped");
    let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
    glyphs
        .map(|(glyph, at)| {
            let outline = face.outline(glyph.glyph_id as u16);
            let place = [at.x_advance, at.y_advance, at.x_offset, at.y_offset];
            (format!("{outline:?}"), place)
        })
        .collect()
}

fn cubic() -> Vec<u8> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/books/hidden/fonts/Cubic.otf");
    std::fs::read(path).expect("the font is part of the source")
}

fn parse(bytes: Vec<u8>) -> Face {
    Face::parse(bytes, 0, FaceOrigin::Bundled).expect("the font can be read")
}

fn tags(words: &str) -> BTreeSet<[u8; 4]> {
    let tag = |word: &str| word.as_bytes().try_into().expect("a tag has four letters");
    words.split_whitespace().map(tag).collect()
}

/// Faces by name, words that they are tried with, and features that some words have.
const TRIED: &[(&str, &str, &str)] = &[
    (
        "EBGaramond-Regular",
        "office fjord Tavern AVATAR Quay 1/2 3⁄4 ﬁnd naïve Ça Straße Ĳ Ångström θάλασσα Война § “‘’” — Th ffl",
        "smcp onum pnum dlig",
    ),
    (
        "EBGaramond-Italic",
        "Quo vadis ffi Tabula ægis Éclair 1907 f’ g;",
        "swsh onum",
    ),
    (
        "SourceSans3-Bold",
        "Wave Ta AV fi Ω 0123 ½ naïve",
        "case zero onum",
    ),
    (
        "SourceCodePro-Regular",
        "fn main() -> i32 { 0 } /* é */",
        "zero",
    ),
    ("NotoNaskhArabic-Regular", "سلام لا الله بِسْمِ كتاب مُحَمَّد", ""),
    ("NotoSerifHebrew-Regular", "שָׁלוֹם בְּרֵאשִׁית", ""),
    (
        "AtkinsonHyperlegibleNext-Regular",
        "Water Types 1st ½",
        "ordn tnum",
    ),
    ("Axes-Bold", "vesting binges Habit frost note.1", ""),
    (
        "Cubic-Regular",
        "office fjord Tavern flat 1907 Éü WAVE",
        "smcp onum dlig",
    ),
];

fn faces() -> BTreeMap<String, Arc<Face>> {
    let all = Fonts::bundled();
    let mut faces: BTreeMap<String, Arc<Face>> = all
        .iter()
        .map(|(_, face)| {
            (
                face.name().to_owned(),
                Arc::new(parse(face.bytes().to_vec())),
            )
        })
        .collect();
    faces.insert("Cubic-Regular".to_owned(), Arc::new(parse(cubic())));
    // A variable font at one place of its axes, as reading systems get it.
    let axes: &[u8] = include_bytes!("books/axes/fonts/Axes.ttf");
    let still = freeze(axes, &[(*b"wght", 700.0), (*b"opsz", 12.0)]).expect("the font can be read");
    faces.insert("Axes-Bold".to_owned(), Arc::new(parse(still)));
    faces
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Words in any order, some with features: a face that was cut down to their characters sets them as the whole one
    /// does.
    #[test]
    fn a_part_of_a_font_shapes_its_words_as_the_whole_does(
        which in 0..TRIED.len(),
        plain in prop::collection::vec(any::<prop::sample::Index>(), 1..6),
        marked in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
    ) {
        let (name, words, features) = TRIED[which];
        let words: Vec<&str> = words.split(' ').collect();
        let pick = |order: &[prop::sample::Index]| -> Vec<&str> {
            order.iter().map(|index| *index.get(&words)).collect()
        };
        let texts = [(BTreeSet::new(), pick(&plain).join(" ")), (tags(features), pick(&marked).join(" "))];
        let face = &faces()[name];
        let mut wanted = Wanted::new();
        for (features, text) in &texts {
            wanted.entry(features.clone()).or_default().extend(text.chars());
        }
        let part = parse(cut(face, &wanted, false).expect("words have letters"));
        for (features, text) in &texts {
            prop_assert_eq!(shape(face, text, features), shape(&part, text, features), "{} {}", name, text);
        }
    }
}

fn wanted(plain: &str, features: &str, marked: &str) -> Wanted {
    let one = (BTreeSet::new(), plain.chars().collect());
    let other = (tags(features), marked.chars().collect());
    if marked.is_empty() {
        Wanted::from([one])
    } else {
        Wanted::from([one, other])
    }
}

fn glyphs(bytes: &[u8]) -> u16 {
    let font = FontRef::new(bytes).expect("the font can be read");
    font.maxp().expect("a font counts its glyphs").num_glyphs()
}

#[test]
fn no_glyph_is_kept_that_nothing_asks_for() {
    let faces = faces();
    for name in ["EBGaramond-Regular", "Cubic-Regular"] {
        let face = &faces[name];
        let count = |wanted: &Wanted| glyphs(&cut(face, wanted, false).expect("there are letters"));
        // The letters, the space, the missing glyph; and what these letters join to.
        let plain = count(&wanted("abc", "", ""));
        assert_eq!(plain, 4, "{name}");
        // Three small capitals of 26 letters, and what they are put together from.
        let alphabet = "abcdefghijklmnopqrstuvwxyz";
        let few = count(&wanted(alphabet, "smcp", "abc")) - count(&wanted(alphabet, "", ""));
        assert!((3..7).contains(&few), "{name}: {few}");
    }
    // Fractions only where there is a fraction slash: its own glyph, and small figures.
    let face = &faces["EBGaramond-Regular"];
    let count = |text: &str| {
        let part = cut(face, &wanted(text, "", ""), false);
        glyphs(&part.expect("there are digits"))
    };
    assert!(count("1234\u{2044}") > count("1234") + 4);
    assert!(cut(face, &wanted(" \u{a0}", "", ""), false).is_none());
    assert!(cut(face, &wanted("語", "", ""), false).is_none());
}

#[test]
fn a_part_says_who_made_it_and_how_it_may_be_used() {
    for (name, face) in faces() {
        let Some(part) = cut(&face, &wanted("1", "", ""), false) else {
            assert!(!face.has('1'), "{name}");
            continue;
        };
        let name = |bytes: &[u8], id: u16| {
            let font = FontRef::new(bytes).expect("the font can be read");
            let names = font.name().expect("a font has names");
            let record = names
                .name_record()
                .iter()
                .find(|record| record.name_id() == NameId::new(id) && record.platform_id() == 3)?;
            let text = record.string(names.string_data()).ok()?;
            Some(text.chars().collect::<String>())
        };
        for id in [0, 1, 2, 4, 6, 13, 14, 16, 17] {
            assert_eq!(name(&part, id), name(face.bytes(), id));
        }
        let os2 = |bytes: &[u8]| {
            let font = FontRef::new(bytes).expect("the font can be read");
            let os2 = font.os2().expect("a font for text has the table");
            (
                os2.us_weight_class(),
                os2.fs_type(),
                os2.s_typo_ascender(),
                os2.us_win_ascent(),
            )
        };
        assert_eq!(os2(&part), os2(face.bytes()));
    }
}

/// A font of the time before layout features: its pairs (by characters) stand in a table of their own.
fn old(pairs: &[(char, char, i16)]) -> Face {
    let face = &faces()["EBGaramond-Regular"];
    let glyph = |c: char| face.glyph(c).expect("the font has letters");
    let mut pairs: Vec<[u16; 3]> = pairs
        .iter()
        .map(|(left, right, value)| [glyph(*left), glyph(*right), *value as u16])
        .collect();
    pairs.sort();
    let count = pairs.len() as u16;
    // What helps to search stands empty: readers do without.
    let head = [0, 1, 0, 14 + 6 * count, 1, count, 0, 0, 0];
    let words = head.into_iter().chain(pairs.into_iter().flatten());
    let table: Vec<u8> = words.flat_map(u16::to_be_bytes).collect();
    let font = FontRef::new(face.bytes()).expect("the font can be read");
    let mut builder = write_fonts::FontBuilder::new();
    builder.add_raw(Tag::new(b"kern"), table);
    for tag in [
        b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"OS/2", b"post",
    ] {
        let tag = Tag::new(tag);
        builder.add_raw(
            tag,
            font.data_for_tag(tag)
                .expect("a font has it")
                .as_bytes()
                .to_vec(),
        );
    }
    parse(builder.build())
}

#[test]
fn old_fonts_keep_their_kerning() {
    let face = old(&[
        ('A', 'V', -120),
        ('V', 'A', -100),
        ('T', 'o', -90),
        ('q', 'x', 50),
    ]);
    let text = "AVA To qx oT";
    let plain = BTreeSet::new();
    let whole = shape(&face, text, &plain);
    assert!(
        whole[0].1[0] < shape(&face, "A", &plain)[0].1[0],
        "nothing is kerned"
    );
    let part = parse(cut(&face, &wanted(text, "", ""), false).expect("there are letters"));
    assert_eq!(shape(&part, text, &plain), whole);
    let bare = cut(&face, &wanted("oq", "", ""), false).expect("there are letters");
    let bare = FontRef::new(&bare).expect("the font can be read");
    assert!(bare.data_for_tag(Tag::new(b"kern")).is_none());
}

/// Fonts in one file.
fn collection(fonts: &[&[u8]]) -> Vec<u8> {
    let mut out = b"ttcf\0\x01\0\0".to_vec();
    out.extend((fonts.len() as u32).to_be_bytes());
    let mut base = 12 + 4 * fonts.len();
    for font in fonts {
        out.extend((base as u32).to_be_bytes());
        base += font.len().next_multiple_of(4);
    }
    for font in fonts {
        let base = out.len() as u32;
        let mut font = font.to_vec();
        let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
        for at in (0..tables).map(|table| 12 + 16 * table + 8) {
            let offset: [u8; 4] = font[at..at + 4].try_into().expect("four bytes");
            let offset = u32::from_be_bytes(offset) + base;
            font[at..at + 4].copy_from_slice(&offset.to_be_bytes());
        }
        font.resize(font.len().next_multiple_of(4), 0);
        out.extend(font);
    }
    out
}

#[test]
fn a_font_of_a_collection_goes_alone() {
    let faces = faces();
    let (one, other) = (&faces["SourceSans3-Regular"], &faces["EBGaramond-Italic"]);
    let both = collection(&[one.bytes(), other.bytes()]);
    let face = Face::parse(both, 1, FaceOrigin::Bundled).expect("the collection can be read");
    assert_eq!(face.name(), "EBGaramond-Italic");
    let text = "Quite different: office, 1907";
    let part = cut(&face, &wanted(text, "", ""), false).expect("there are letters");
    assert!(part.len() < 20_000, "{}", part.len());
    let plain = BTreeSet::new();
    assert_eq!(
        shape(&parse(part), text, &plain),
        shape(other, text, &plain)
    );
}

/// EPUB 3.3, 4.4.2, by the words of the specification.
fn revealed(data: &[u8], identifier: &str) -> Vec<u8> {
    let bare: String = identifier
        .chars()
        .filter(|c| !c.is_ascii_whitespace())
        .collect();
    let key = sha1_smol::Sha1::from(bare).digest().bytes();
    let change = |(at, byte): (usize, &u8)| {
        if at < 1040 {
            byte ^ key[at % 20]
        } else {
            *byte
        }
    };
    data.iter().enumerate().map(change).collect()
}

#[test]
fn hidden_fonts_come_back_whole() {
    let book = built(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/books/hidden"));
    let bytes = std::fs::read(&book.epub).expect("an output can be read");
    let epub = Epub::open(&bytes);
    let encryption = epub.xml("META-INF/encryption.xml");
    let hidden: Vec<&str> = encryption
        .all("enc:CipherReference")
        .iter()
        .filter_map(|reference| reference.attr("URI"))
        .collect();
    assert_eq!(hidden, ["OEBPS/fonts/Cubic-Regular.otf"]);
    let data = epub.file(hidden[0]).expect("what is named is there");
    assert!(FontRef::new(data).is_err(), "it can be used as it is");
    let identifiers = epub.package.all("dc:identifier");
    let whole = revealed(data, &identifiers[0].text());
    let face = parse(whole);
    let text = "The staff of the office offered coffee, flour and fjords: “Wait,” said Avery";
    assert_eq!(
        shape(&face, text, &BTreeSet::new()),
        shape(&parse(cubic()), text, &BTreeSet::new())
    );
    let small = tags("smcp");
    assert_eq!(
        shape(&face, "Small Capitals", &small),
        shape(&parse(cubic()), "Small Capitals", &small)
    );
    // What is recto's own stays open.
    let open = epub
        .files
        .iter()
        .filter(|(name, _)| name.contains("/fonts/"))
        .count()
        - hidden.len();
    let plain = |name: &str, data: &[u8]| name.contains("/fonts/") && FontRef::new(data).is_ok();
    assert_eq!(
        epub.files
            .iter()
            .filter(|(name, data)| plain(name, data))
            .count(),
        open
    );
}

/// A word in another script is shown by the book's own fonts, not by what a reader happens to have.
#[test]
fn an_epub_has_a_font_for_each_of_its_characters() {
    let bundled = Fonts::bundled();
    for book in own_books() {
        let bytes = std::fs::read(&built(&book).epub).expect("an output can be read");
        let epub = Epub::open(&bytes);
        if epub.file("META-INF/encryption.xml").is_some() {
            continue;
        }
        let fonts: Vec<Face> = epub
            .files
            .iter()
            .filter(|(name, _)| name.contains("/fonts/"))
            .map(|(_, data)| parse(data.clone()))
            .collect();
        let sheet = epub
            .file("OEBPS/stylesheet.css")
            .expect("an EPUB has a style sheet");
        let sheet = String::from_utf8_lossy(sheet);
        let rules: Vec<&str> = sheet
            .split('}')
            .filter(|rule| !rule.contains("@font-face"))
            .collect();
        for font in &fonts {
            let asked = rules
                .iter()
                .any(|rule| rule.contains(&format!("\"{}\"", font.family())));
            assert!(
                asked,
                "{}: nothing is set in {}",
                book.display(),
                font.name()
            );
        }
        let text: String = epub
            .spine()
            .iter()
            .flat_map(|(_, document)| {
                document
                    .all("body")
                    .into_iter()
                    .map(Element::text)
                    .collect::<Vec<_>>()
            })
            .collect();
        let drawn: BTreeSet<char> = text
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect();
        let lacking: String = drawn
            .into_iter()
            .filter(|c| !fonts.iter().any(|font| font.has(*c)))
            .filter(|c| bundled.iter().any(|(_, face)| face.has(*c)))
            .collect();
        assert_eq!(lacking, "", "{}", book.display());
    }
}

#[test]
fn a_font_goes_by_the_name_that_the_book_has_for_it() {
    // The number tells no families apart here: it is the bundled one that the words are set in.
    let book = "==> book.yaml <==\ntitle: A Book\nstyle: {body: {family: EB Garamond 12}}\n==> one.md <==\n# One\n\nWords.\n";
    let run = Desk::new(book, "book.yaml").make(None, Some(Format::Epub));
    let bytes = run.outputs[0].bytes.as_ref().expect("the EPUB is made");
    let epub = Epub::open(bytes);
    let sheet = epub.file("OEBPS/stylesheet.css").expect("it has a sheet");
    let sheet = String::from_utf8_lossy(sheet);
    let rule = "@font-face {\n  font-family: \"EB Garamond 12\";\n";
    assert!(sheet.contains(rule), "{sheet}");
    assert!(epub.file("OEBPS/fonts/EBGaramond-Regular.ttf").is_some());
}
