//! For each code a spoilt book, and all that is found of it.

use std::path::PathBuf;

use super::book::{Book, deflated, good};
use super::{checked, raised};

/// A way to spoil the book.
enum Spoil {
    /// Its objects.
    Book(fn(&mut Book)),
    /// Its bytes.
    Bytes(fn(&mut Vec<u8>)),
}
use Spoil::{Book as Parts, Bytes};

/// What is done, how, and the names of the codes that are found, the one that is meant first.
type Case = (&'static str, Spoil, &'static [&'static str]);

/// The codes that have a case.
pub fn codes() -> Vec<&'static str> {
    CASES.iter().map(|(_, _, expected)| expected[0]).collect()
}

fn at(bytes: &[u8], word: &str) -> usize {
    let found = bytes
        .windows(word.len())
        .rposition(|window| window == word.as_bytes());
    found.unwrap_or_else(|| panic!("the file has no `{word}`"))
}

fn claim_press(book: &mut Book) {
    book.swap(33, "/Title", "/GTS_PDFXVersion(PDF/X-4)/Title");
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    // The file.
    ("no header", Bytes(|bytes| bytes[1] = b'X'), &["unreadable-pdf"]),
    ("no version", Bytes(|bytes| bytes[5] = b'x'), &["unreadable-pdf"]),
    ("no catalog", Parts(|book| { book.parts.remove(&1); }), &["unreadable-pdf", "broken-xref"]),
    ("a picture of 10^10 pixels", Parts(|book| book.swap(32, "/Width 100/Height 100", "/Width 100000/Height 100000")), &["hostile-pdf"]),
    ("encrypted", Parts(|book| book.trailer += "/Encrypt<</Filter/Standard>>"), &["encrypted-pdf"]),
    ("offsets off by one", Bytes(|bytes| { let at = at(bytes, "\n4 0 obj"); bytes.splice(at..at, *b"\n%"); }), &["broken-xref"]),
    ("startxref elsewhere", Bytes(|bytes| { let at = at(bytes, "startxref") + 10; bytes[at] = b'1'; }), &["broken-xref"]),
    ("size too small", Bytes(|bytes| { let at = at(bytes, "/Size 34"); bytes[at + 7] = b'2'; }), &["broken-xref"]),
    ("the last 200 bytes cut off", Bytes(|bytes| bytes.truncate(bytes.len() - 200)), &["cut-off", "broken-xref"]),
    ("half of it cut off", Bytes(|bytes| bytes.truncate(bytes.len() / 2)), &["cut-off", "broken-xref", "broken-stream", "broken-font", "broken-tags", "dangling-reference", "lost-text", "untagged", "false-conformance"]),
    ("bytes before the header", Bytes(|bytes| { bytes.splice(0..0, *b"mail\n"); }), &["stray-bytes"]),
    ("bytes behind the end", Bytes(|bytes| bytes.extend(b"mail")), &["stray-bytes"]),
    ("a dictionary not closed", Parts(|book| book.swap(16, ">>>>", "")), &["broken-object", "dangling-reference", "broken-outline"]),
    ("an object not closed", Bytes(|bytes| { let at = at(bytes, "endobj\n17 0 obj"); bytes[at] = b'x'; }), &["broken-object"]),
    ("a word in the content", Parts(|book| book.swap(6, "/Im1 Do", "/Im1 Go")), &["broken-object"]),
    ("a wrong length", Parts(|book| { let data = book.parts[&6].data.as_ref().map_or(0, Vec::len); book.swap(6, "<<", &format!("<</Length {}", data - 9)); }), &["broken-stream"]),
    ("a bad byte in a stream", Parts(|book| { if let Some(data) = &mut book.parts.get_mut(&32).expect("the picture").data { data[40] ^= 0xFF; } }), &["broken-stream"]),
    ("half a picture", Parts(|book| { book.parts.get_mut(&32).expect("the picture").data = Some(deflated(&[7; 15_000])); }), &["broken-stream"]),
    ("an unknown filter", Parts(|book| book.swap(32, "FlateDecode", "BrotliDecode")), &["broken-stream"]),
    ("a picture deleted", Parts(|book| { book.parts.remove(&32); }), &["dangling-reference"]),
    ("a resource without its name", Parts(|book| book.swap(3, "/F1 7 0 R", "/F2 7 0 R")), &["dangling-reference"]),
    // The pages.
    ("a page twice", Parts(|book| book.swap(2, "[3 0 R 4 0 R]", "[3 0 R 4 0 R 3 0 R]")), &["page-tree"]),
    ("a page tree in a circle", Parts(|book| book.swap(2, "[3 0 R 4 0 R]", "[3 0 R 2 0 R 4 0 R]")), &["page-tree"]),
    ("a wrong count", Parts(|book| book.swap(2, "/Count 2", "/Count 3")), &["page-tree"]),
    ("a page deleted", Parts(|book| { book.parts.remove(&4); }), &["page-tree", "broken-tags", "dangling-reference", "dead-destination"]),
    ("another parent", Parts(|book| book.swap(4, "/Parent 2 0 R", "/Parent 3 0 R")), &["page-tree"]),
    ("no pages", Parts(|book| book.swap(2, "[3 0 R 4 0 R]/Count 2", "[]/Count 0")), &["page-tree", "broken-tags", "dead-destination"]),
    ("no media box", Parts(|book| book.swap(2, "/MediaBox[0 0 300 400]", "")), &["page-box"]),
    ("a box without height", Parts(|book| book.swap(2, "[0 0 300 400]", "[0 0 300 0]")), &["page-box"]),
    ("a trim box out of the media box", Parts(|book| book.swap(3, "/Tabs", "/TrimBox[-9 0 309 400]/Tabs")), &["page-box"]),
    ("a trim box out of the bleed box", Parts(|book| book.swap(3, "/Tabs", "/TrimBox[0 0 300 400]/BleedBox[9 9 291 391]/Tabs")), &["page-box"]),
    ("labels from the second page", Parts(|book| book.swap(1, "0<</S/r>>", "")), &["page-label"]),
    ("labels of no kind", Parts(|book| book.swap(1, "/S/r", "/S/x")), &["page-label"]),
    ("labels out of order", Parts(|book| book.swap(1, "0<</S/r>>1<</S/D>>", "1<</S/r>>0<</S/D>>")), &["page-label"]),
    // Fonts and text.
    ("a font not embedded", Parts(|book| { book.swap(9, "/FontFile2 11 0 R", ""); book.parts.remove(&11); }), &["unembedded-font", "false-conformance"]),
    ("a font's stream deleted", Parts(|book| { book.parts.remove(&11); }), &["broken-font", "dangling-reference"]),
    ("a font of zeros", Parts(|book| { book.parts.get_mut(&11).expect("the font").data = Some(deflated(&[0; 999])); }), &["broken-font"]),
    ("drawn letters", Parts(|book| { book.put(7, "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 34 0 R>>/Encoding<</Differences[0/a 1/a 2/a 3/a 4/a 5/a 6/a 7/a 8/a 9/a 10/a 11/a 12/a 13/a 14/a]>>/FirstChar 0/LastChar 14/Widths[1 1 1 1 1 1 1 1 1 1 1 1 1 1 1]>>"); book.stream(34, "<<>>", b"1 0 d0"); }), &["type-3-font"]),
    ("a code without a glyph", Parts(|book| book.swap(6, "<0001", "<0040")), &["shown-notdef", "lost-text"]),
    ("the code of no glyph", Parts(|book| { book.swap(6, "<0001", "<0000"); book.swap(12, "<0001> <0057>", "<0000> <0057>"); }), &["shown-notdef", "lost-text"]),
    ("no table of characters", Parts(|book| book.swap(7, "/ToUnicode 12 0 R", "")), &["lost-text"]),
    ("a character that is none", Parts(|book| book.swap(12, "<0001> <0057>", "<0001> <FFFD>")), &["lost-text"]),
    // Tags.
    ("no tags", Parts(|book| book.swap(1, "/StructTreeRoot 10 0 R", "")), &["untagged", "false-conformance"]),
    ("tags not told", Parts(|book| book.swap(1, "/Marked true", "/Marked false")), &["untagged", "false-conformance"]),
    ("a drawing on top", Parts(|book| book.swap(6, "/Artifact BMC", "0 0 9 9 re f /Artifact BMC")), &["untagged-content", "false-conformance"]),
    ("a mark without a number", Parts(|book| book.swap(6, "/P<</MCID 1>>BDC", "/P BMC")), &["untagged-content", "broken-tags", "false-conformance"]),
    ("another mark", Parts(|book| book.swap(6, "/P<</MCID 1>>BDC", "/P<</MCID 7>>BDC")), &["broken-tags"]),
    ("a mark twice", Parts(|book| book.swap(6, "/P<</MCID 1>>BDC", "/P<</MCID 0>>BDC")), &["broken-tags"]),
    ("content in two tags", Parts(|book| book.swap(24, "/K[0]", "/K[0 1]")), &["broken-tags"]),
    ("a tag in a circle", Parts(|book| book.swap(25, "/K[26 0 R 27 0 R]", "/K[26 0 R 27 0 R 13 0 R]")), &["broken-tags"]),
    ("a tag deleted", Parts(|book| { book.parts.remove(&20); }), &["broken-tags", "dangling-reference", "tagged-heading-skip"]),
    ("another parent of a tag", Parts(|book| book.swap(21, "/P 13 0 R", "/P 25 0 R")), &["broken-tags"]),
    ("the way back mixed up", Parts(|book| book.swap(18, "0[20 0 R 21 0 R", "0[21 0 R 20 0 R")), &["broken-tags"]),
    ("no way back", Parts(|book| book.swap(3, "/StructParents 0", "")), &["broken-tags"]),
    ("a mark not closed", Parts(|book| book.swap(6, "f EMC", "f")), &["broken-tags", "false-conformance"]),
    ("a tag of one's own", Parts(|book| book.swap(21, "/S/P", "/S/Body")), &["unknown-tag"]),
    ("a tag of one's own in a circle", Parts(|book| { book.swap(21, "/S/P", "/S/Body"); book.swap(10, "/K 13", "/RoleMap<</Body/Text/Text/Body>>/K 13"); }), &["unknown-tag"]),
    ("a figure without words", Parts(|book| book.swap(22, "/Alt(A whale)", "")), &["undescribed-figure"]),
    ("a level skipped", Parts(|book| book.swap(24, "/S/H2", "/S/H4")), &["tagged-heading-skip"]),
    ("no headers", Parts(|book| { book.swap(28, "/S/TH", "/S/TD"); book.swap(29, "/S/TH", "/S/TD"); }), &["headerless-table"]),
    ("a row too short", Parts(|book| book.swap(28, "/Scope/Column", "/Scope/Column/ColSpan 2")), &["table-tags"]),
    ("a paragraph in a table", Parts(|book| book.swap(27, "/S/TR", "/S/P")), &["table-tags"]),
    ("a point outside a list", Parts(|book| book.swap(24, "/S/H2", "/S/LI")), &["list-tags"]),
    ("a cell outside a row", Parts(|book| book.swap(24, "/S/H2", "/S/TD")), &["table-tags"]),
    ("a head without a body", Parts(|book| book.swap(26, "/S/TR", "/S/THead")), &["table-tags"]),
    ("a standard tag made another", Parts(|book| book.swap(10, "/K 13", "/RoleMap<</P/Div>>/K 13")), &["unknown-tag"]),
    ("no language", Parts(|book| book.swap(1, "/Lang(en)", "")), &["pdf-language", "false-conformance"]),
    ("a language in words", Parts(|book| book.swap(1, "/Lang(en)", "/Lang(English, British)")), &["pdf-language"]),
    ("no title", Parts(|book| { book.swap(33, "/Title(Whales)", ""); book.swap(5, "Whales", ""); }), &["pdf-title", "false-conformance"]),
    ("a title not shown", Parts(|book| book.swap(1, "/DisplayDocTitle true", "")), &["pdf-title", "false-conformance"]),
    // Ways through.
    ("a link to no name", Parts(|book| book.swap(17, "/Dest(two)", "/Dest(three)")), &["dead-destination"]),
    ("an entry to no page", Parts(|book| book.swap(15, "[3 0 R/Fit]", "[33 0 R/Fit]")), &["dead-destination"]),
    ("an outline in a circle", Parts(|book| book.swap(16, "/Parent", "/Next 15 0 R/Parent")), &["broken-outline"]),
    ("an entry deleted", Parts(|book| { book.parts.remove(&16); }), &["broken-outline", "dangling-reference"]),
    ("an entry without a title", Parts(|book| book.swap(16, "/Title", "/Label")), &["broken-outline"]),
    ("a link without a tag", Parts(|book| book.swap(23, "<</Type/OBJR/Obj 17 0 R>>", "")), &["untold-link"]),
    ("a link without words", Parts(|book| book.swap(17, "/Contents(on)", "")), &["untold-link"]),
    ("a comment without a tag", Parts(|book| { book.swap(3, "/Annots[17 0 R", "/Annots[17 0 R 34 0 R"); book.put(34, "<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Contents(why)>>"); }), &["untold-note"]),
    ("a field without a name", Parts(|book| { book.swap(3, "/Annots[17 0 R", "/Annots[17 0 R 34 0 R"); book.put(34, "<</Type/Annot/Subtype/Widget/FT/Tx/Rect[1 1 9 9]/StructParent 3>>"); book.swap(13, "25 0 R", "25 0 R 35 0 R"); book.put(35, "<</S/Form/P 13 0 R/Pg 3 0 R/K<</Type/OBJR/Obj 34 0 R>>>>"); }), &["untold-note"]),
    ("a program", Parts(|book| book.swap(1, "/Lang", "/OpenAction<</S/JavaScript/JS(app.beep\\(\\))>>/Lang")), &["pdf-action"]),
    ("a program behind a link", Parts(|book| book.swap(17, "/Dest(two)", "/A<</S/Launch/F(a.exe)>>")), &["pdf-action"]),
    // Colours and pictures.
    ("RGB for a press", Parts(|book| { claim_press(book); book.swap(1, "/Lang", "/OutputIntents[<</S/GTS_PDFX/OutputConditionIdentifier(FOGRA39)>>]/Lang"); }), &["device-colour", "coarse-image"]),
    ("an archive without an intent", Parts(|book| book.swap(5, "<dc:title>", "<a:part xmlns:a=\"http://www.aiim.org/pdfa/ns/id/\">2</a:part><dc:title>")), &["device-colour", "false-conformance"]),
    ("few pixels", Parts(|book| book.swap(6, "72 0 0 72", "200 0 0 200")), &["coarse-image"]),
    // What it says of itself.
    ("another title", Parts(|book| book.swap(33, "(Whales)", "(Wales)")), &["metadata-differs"]),
    ("another author", Parts(|book| book.swap(33, "(Ada Lind)", "(A. N. Other)")), &["metadata-differs"]),
    ("a claim without a title", Parts(|book| book.swap(5, "Whales", "")), &["false-conformance"]),
    ("metadata that are no XML", Parts(|book| book.swap(5, "</rdf:RDF>", "")), &["metadata-differs"]),
];

/// With `MUTANTS=FOLDER` the files are written there too, with a list of them, for `tests/pdf/agreement.py`.
#[test]
fn spoilt_documents_are_found_and_nothing_else() {
    let folder = std::env::var_os("MUTANTS").map(PathBuf::from);
    let (mut wrong, mut list) = (Vec::new(), String::new());
    for (number, (what, spoil, expected)) in CASES.iter().enumerate() {
        let mut book = good();
        let bytes = match spoil {
            Parts(spoil) => {
                spoil(&mut book);
                book.bytes()
            }
            Bytes(spoil) => {
                let mut bytes = book.bytes();
                spoil(&mut bytes);
                bytes
            }
        };
        let found = raised(&bytes);
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("{number}.pdf")), &bytes)
                .expect("the folder is there");
            let found: Vec<&str> = found.iter().copied().collect();
            list += &format!("{number}\t{what}\t{}\n", found.join(" "));
        }
        if found != expected.iter().copied().collect() {
            let told = checked(&bytes).1.into_iter().map(|found| found.message);
            let told: Vec<String> = told.collect();
            let told = told.join("\n    ");
            wrong.push(format!(
                "{what}: {found:?}, expected {expected:?}\n    {told}"
            ));
        }
    }
    if let Some(folder) = &folder {
        std::fs::write(folder.join("good.pdf"), good().bytes()).expect("the folder is there");
        std::fs::write(folder.join("list.tsv"), list).expect("the folder is there");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
