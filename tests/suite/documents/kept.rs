//! Claims that files make of themselves: books that keep them, and for each thing that breaks one a book that has it.

use super::book::{Book, good};
use super::checked;

/// What is done to a book, how, and a part of what is told.
type Case = (&'static str, fn(&mut Book), &'static str);

/// The good book as an archive takes it.
fn archived(level: &str) -> Book {
    let mut book = good();
    let (part, letter) = level.split_at(1);
    let claim = format!(
        "<a:part xmlns:a=\"http://www.aiim.org/pdfa/ns/id/\">{part}</a:part>\
         <a:conformance xmlns:a=\"http://www.aiim.org/pdfa/ns/id/\">{letter}</a:conformance><dc:title>"
    );
    book.swap(5, "<dc:title>", &claim);
    let intent = "/OutputIntents[<</S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/DestOutputProfile 40 0 R>>]/Lang";
    book.swap(1, "/Lang", intent);
    book.stream(40, "<</N 3>>", &profile(b"mntrRGB XYZ "));
    book
}

/// The head of a profile, which is all that is read of one.
fn profile(kind: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0; 128];
    bytes[12..12 + kind.len()].copy_from_slice(kind);
    bytes
}

/// A look that takes no room, for notes that must have one.
fn with_look(book: &mut Book) {
    let form = "<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<<>>>>";
    book.stream(41, form, b"");
}

fn state(book: &mut Book, state: &str) {
    book.swap(
        3,
        "/XObject<<",
        &format!("/ExtGState<</G {state}>>/XObject<<"),
    );
    book.swap(6, "/Artifact BMC", "/Artifact BMC /G gs");
}

fn note(book: &mut Book, note: &str) {
    book.swap(3, "/Annots[17 0 R", "/Annots[17 0 R 42 0 R");
    book.put(
        42,
        &format!("<</Type/Annot/Rect[1 1 9 9]/Contents(a){note}>>"),
    );
}

#[rustfmt::skip]
const OF_ARCHIVES: &[Case] = &[
    ("no identifiers", |book| book.trailer = book.trailer.replace("/ID[<00><00>]", ""), "no identifiers"),
    ("a profile for a scanner", |book| book.stream(40, "<</N 3>>", &profile(b"scnrRGB XYZ ")), "for no output"),
    ("an intent for four inks", |book| book.stream(40, "<</N 4>>", &profile(b"prtrCMYKLab ")), "RGB of no profile"),
    ("an ink over four", |book| { book.swap(3, "/XObject<<", "/ColorSpace<</S[/Separation/Gold/DeviceCMYK<<>>]>>/XObject<<"); book.swap(6, "/Artifact BMC", "/Artifact BMC /S cs 1 scn"); }, "CMYK of no profile"),
    ("a pattern in four inks", |book| { book.stream(43, "<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 1/YStep 1/Resources<<>>>>", b"0 0 0 1 k 0 0 1 1 re f"); book.swap(3, "/XObject<<", "/Pattern<</P 43 0 R>>/XObject<<"); book.swap(6, "/Artifact BMC", "/Artifact BMC /Pattern cs /P scn"); }, "CMYK of no profile"),
    ("packed by LZW", |book| { book.swap(32, "/Filter/FlateDecode", "/Filter/LZWDecode"); book.parts.get_mut(&32).expect("the picture").data = Some(vec![0x80, 0x40, 0x40]); }, "packed by LZW"),
    ("a smoothed picture", |book| book.swap(32, "/Width", "/Interpolate true/Width"), "smoothed"),
    ("alternates", |book| book.swap(32, "/Width", "/Alternates[]/Width"), "alternates"),
    ("an intent that there is not", |book| book.swap(32, "/Width", "/Intent/Pretty/Width"), "rendering intents"),
    ("an operator for it", |book| book.swap(6, "/Artifact BMC", "/Artifact BMC /Pretty ri"), "rendering intents"),
    ("a transfer curve", |book| state(book, "<</TR/Identity>>"), "transfer curves"),
    ("an unknown blend", |book| state(book, "<</BM/Fancy>>"), "no standard knows"),
    ("a screen", |book| state(book, "<</HTP[0 0]>>"), "screens of their own"),
    ("a form by a server", |book| book.swap(32, "/Width", "/OPI<<>>/Width"), "`OPI`"),
    ("a film", |book| { with_look(book); note(book, "/Subtype/Movie/F 4/AP<</N 41 0 R>>"); }, "does not take"),
    ("a note that is not printed", |book| { with_look(book); note(book, "/Subtype/Square/AP<</N 41 0 R>>"); }, "not printed"),
    ("a note without a look", |book| note(book, "/Subtype/Square/F 4"), "how they look"),
    ("a note that looks pressed", |book| { with_look(book); note(book, "/Subtype/Square/F 4/AP<</N 41 0 R/D 41 0 R>>"); }, "other looks"),
    ("an action", |book| book.swap(17, "/Dest(two)", "/A<</S/Hide/T(a)>>"), "actions are of a kind"),
    ("actions of the file", |book| book.swap(1, "/Lang", "/AA<<>>/Lang"), "actions of its own"),
    ("actions of a page", |book| book.swap(3, "/Tabs", "/AA<<>>/Tabs"), "pages have actions"),
    ("a form to be drawn", |book| book.swap(1, "/Lang", "/AcroForm<</Fields[]/NeedAppearances true>>/Lang"), "viewers are to draw"),
    ("a form in XML", |book| book.swap(1, "/Lang", "/AcroForm<</Fields[]/XFA[]>>/Lang"), "`XFA`"),
    ("a file within", |book| { book.stream(43, "<</Type/EmbeddedFile>>", b"words"); book.swap(1, "/Names<<", "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/UF(a)/EF<</F 43 0 R>>>>]>>"); }, "no PDFs"),
    ("layers that switch", |book| book.swap(1, "/Lang", "/OCProperties<</OCGs[]/D<</Name(a)/AS[]>>>>/Lang"), "switch by themselves"),
    ("layers without a name", |book| book.swap(1, "/Lang", "/OCProperties<</OCGs[]/D<<>>>>/Lang"), "have no name"),
    ("a widening", |book| book.swap(8, "/W[1[", "/W[1[99 "), "not those of the font itself"),
    ("no way to glyphs", |book| book.swap(8, "/CIDToGIDMap/Identity", ""), "`CIDToGIDMap`"),
    ("a CMap elsewhere", |book| book.swap(7, "/Identity-H", "/Garamond-H"), "not in the file"),
    ("another collection", |book| book.swap(7, "/Identity-H", "/UniJIS-UCS2-H"), "another collection"),
    ("a header of old", |book| book.swap(5, "begin=\"\"", "begin=\"\" bytes=\"9\""), "given up"),
    ("no such part", |book| book.swap(5, ">2</a:part>", ">9</a:part>"), "no such part"),
    ("no such level", |book| book.swap(5, ">b</a:conformance>", ">x</a:conformance>"), "no such level"),
];

#[rustfmt::skip]
const OF_OLD_ARCHIVES: &[Case] = &[
    ("opacity", |book| state(book, "<</ca .5>>"), "uses transparency"),
    ("a file within", |book| { book.stream(43, "<</Type/EmbeddedFile>>", b"%PDF-1.4"); book.swap(1, "/Names<<", "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/UF(a)/EF<</F 43 0 R>>>>]>>"); }, "holds other files"),
    ("layers", |book| book.swap(1, "/Lang", "/OCProperties<</OCGs[]/D<</Name(a)>>>>/Lang"), "it has layers"),
    ("keywords in one record alone", |book| book.swap(33, "/Title", "/Keywords(sea)/Title"), "`Keywords`"),
    ("packed metadata", |book| { let data = book.parts[&5].data.clone().unwrap_or_default(); book.stream(5, "<</Type/Metadata/Subtype/XML/Filter/FlateDecode>>", &super::book::deflated(&data)); }, "metadata are packed"),
];

#[rustfmt::skip]
const OF_READERS: &[Case] = &[
    ("no such part", |book| book.swap(5, "<pdfuaid:part>1", "<pdfuaid:part>7"), "no such part"),
    ("a part of PDF 2.0", |book| book.swap(5, "<pdfuaid:part>1", "<pdfuaid:part>2"), "no PDF 2.0"),
    ("guessed tags", |book| book.swap(1, "/Marked true", "/Marked true/Suspects true"), "`Suspects`"),
    ("notes out of order", |book| book.swap(3, "/Tabs/S", ""), "`Tabs`"),
    ("decoration in a paragraph", |book| book.swap(6, "/P<</MCID 1>>BDC", "/P<</MCID 1>>BDC /Artifact BMC EMC"), "decoration stands within"),
    ("a paragraph in decoration", |book| book.swap(6, "re f EMC", "re f /P<</MCID 1>>BDC EMC EMC"), "stands within decoration"),
    ("headings of both kinds", |book| book.swap(24, "/S/H2", "/S/H"), "with levels"),
    ("a note without a name", |book| book.swap(21, "/S/P", "/S/Note"), "notes have no `ID`"),
    ("a header without a scope", |book| book.swap(28, "/A<</O/Table/Scope/Column>>", ""), "headers of"),
    ("a form of another file", |book| book.stream(41, "<</Subtype/Form/BBox[0 0 1 1]/Ref<<>>>>", b""), "other files"),
];

fn told(book: &Book) -> Vec<String> {
    let found = checked(&book.bytes()).1.into_iter();
    let claims = found.filter(|found| found.code.name() == "false-conformance");
    claims.map(|found| found.message).collect()
}

fn try_all(make: fn() -> Book, cases: &[Case]) {
    let (_, found) = checked(&make().bytes());
    assert_eq!(found, []);
    let mut wrong = Vec::new();
    for (what, spoil, expected) in cases {
        let mut book = make();
        spoil(&mut book);
        let told = told(&book);
        if !told.iter().any(|message| message.contains(expected)) {
            wrong.push(format!("{what}: {told:?}, expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_archives_do_not_take_is_told() {
    try_all(|| archived("2b"), OF_ARCHIVES);
}

#[test]
fn what_old_archives_do_not_take_is_told() {
    let make = || {
        let mut book = archived("1b");
        // What a font was cut to had to be listed then.
        book.swap(7, "ABCDEF+", "");
        book
    };
    try_all(make, OF_OLD_ARCHIVES);
}

#[test]
fn what_readers_do_not_take_is_told() {
    let make = || {
        let mut book = good();
        // A form that nothing draws, to be spoilt.
        book.stream(41, "<</Subtype/Form/BBox[0 0 1 1]>>", b"");
        book.swap(3, "/XObject<<", "/XObject<</Fm 41 0 R");
        book
    };
    try_all(make, OF_READERS);
}
