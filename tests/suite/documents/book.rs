//! A tagged book of two pages, object by object, put together by hand.

use std::collections::BTreeMap;
use std::io::Write as _;

use skrifa::{FontRef, MetadataProvider};

use super::{checked, raised};
use recto::check::pdf::{Kid, Target};

/// An object: what it is, and of a stream what it holds.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) data: Option<Vec<u8>>,
}

/// The objects of a file by their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Book {
    pub(super) parts: BTreeMap<u32, Part>,
    pub(super) trailer: String,
}

const FONT: &[u8] = include_bytes!("../../../fonts/eb-garamond/EBGaramond-Regular.ttf");

/// The letters that the book is set in, in the order of their codes from 1.
const LETTERS: &str = "Whales ingdtou";

impl Book {
    pub(super) fn put(&mut self, number: u32, text: &str) {
        let text = text.to_owned();
        self.parts.insert(number, Part { text, data: None });
    }

    pub(super) fn stream(&mut self, number: u32, text: &str, data: &[u8]) {
        let (text, data) = (text.to_owned(), Some(data.to_vec()));
        self.parts.insert(number, Part { text, data });
    }

    /// Puts something in the place of something that stands in an object, or in its data.
    pub(super) fn swap(&mut self, number: u32, from: &str, to: &str) {
        let part = self
            .parts
            .get_mut(&number)
            .expect("the object is in the book");
        if part.text.contains(from) {
            part.text = part.text.replacen(from, to, 1);
            return;
        }
        let data = part.data.as_mut().expect("the object has data");
        let text = String::from_utf8_lossy(data).into_owned();
        assert!(text.contains(from), "object {number} has no `{from}`");
        *data = text.replacen(from, to, 1).into_bytes();
    }

    /// The file, with a table that leads to each object.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut rows = vec!["0000000000 65535 f \n".to_owned()];
        let last = self.parts.last_key_value().map_or(0, |(number, _)| *number);
        for number in 1..=last {
            let Some(part) = self.parts.get(&number) else {
                rows.push("0000000000 65535 f \n".to_owned());
                continue;
            };
            rows.push(format!("{:010} 00000 n \n", out.len()));
            out.extend(format!("{number} 0 obj\n").bytes());
            let Part { text, data } = part;
            match data {
                Some(data) if !text.contains("/Length ") => {
                    let text = text.replacen("<<", &format!("<</Length {}", data.len()), 1);
                    out.extend(format!("{text}\nstream\n").bytes());
                }
                Some(_) => out.extend(format!("{text}\nstream\n").bytes()),
                None => out.extend(text.bytes()),
            }
            if let Some(data) = data {
                out.extend(data);
                out.extend(b"\nendstream");
            }
            out.extend(b"\nendobj\n");
        }
        let start = out.len();
        out.extend(format!("xref\n0 {}\n{}", last + 1, rows.concat()).bytes());
        let trailer = format!(
            "trailer\n<</Size {}{}>>\nstartxref\n{start}\n%%EOF\n",
            last + 1,
            self.trailer
        );
        out.extend(trailer.bytes());
        out
    }
}

/// What deflate makes of some bytes.
pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// The codes of a text, as a string of the content.
fn set(text: &str) -> String {
    let code = |c| {
        LETTERS
            .chars()
            .position(|other| other == c)
            .expect("a letter of the book")
            + 1
    };
    let codes: String = text.chars().map(|c| format!("{:04X}", code(c))).collect();
    format!("<{codes}>")
}

/// A paragraph of content with its mark.
fn marked(tag: &str, mark: u32, y: u32, text: &str) -> String {
    format!(
        "/{tag}<</MCID {mark}>>BDC BT /F1 12 Tf 20 {y} Td {} Tj ET EMC\n",
        set(text)
    )
}

/// The font cut to the letters, and their widths.
fn font() -> (Vec<u8>, String) {
    let face = FontRef::new(FONT).unwrap();
    let charmap = face.charmap();
    let widths = face.glyph_metrics(
        skrifa::instance::Size::new(1000.0),
        skrifa::instance::LocationRef::default(),
    );
    let mut remapper = subsetter::GlyphRemapper::new();
    let mut told = String::new();
    for c in LETTERS.chars() {
        let glyph = charmap.map(c).unwrap();
        remapper.remap(glyph.to_u32() as u16);
        told += &format!("{} ", widths.advance_width(glyph).unwrap());
    }
    (subsetter::subset(FONT, 0, &remapper).unwrap(), told)
}

/// The sound book.
pub(super) fn good() -> Book {
    let mut book = Book {
        trailer: "/Root 1 0 R/Info 33 0 R/ID[<00><00>]".to_owned(),
        ..Book::default()
    };
    book.put(
        1,
        "<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/Lang(en)/ViewerPreferences<</DisplayDocTitle true>>\
         /StructTreeRoot 10 0 R/Metadata 5 0 R/Outlines 14 0 R/PageLabels<</Nums[0<</S/r>>1<</S/D>>]>>\
         /Names<</Dests<</Names[(one)[3 0 R/Fit](two)[4 0 R/XYZ 0 200 0]]>>>>>>",
    );
    book.put(
        2,
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 300 400]>>",
    );
    let page =
        "/Type/Page/Parent 2 0 R/Resources<</Font<</F1 7 0 R>>/XObject<</Im1 32 0 R>>>>/Tabs/S";
    book.put(
        3,
        &format!("<<{page}/Contents 6 0 R/StructParents 0/Annots[17 0 R]>>"),
    );
    book.put(4, &format!("<<{page}/Contents 19 0 R/StructParents 1>>"));
    let xmp = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Whales</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Ada Lind</rdf:li></rdf:Seq></dc:creator><pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#;
    book.stream(5, "<</Type/Metadata/Subtype/XML>>", xmp.as_bytes());
    let first = [
        "/Artifact BMC 0 0 1 rg 10 10 20 1 re f EMC\n",
        &marked("H1", 0, 350, "Whales"),
        &marked("P", 1, 300, "Whales sing and"),
        "/Figure<</MCID 2>>BDC q 72 0 0 72 20 100 cm /Im1 Do Q EMC\n",
        &marked("Link", 3, 80, "sing on"),
    ];
    book.stream(6, "<<>>", first.concat().as_bytes());
    let second = [
        marked("H2", 0, 350, "sing"),
        marked("TH", 1, 300, "Whales"),
        marked("TH", 2, 300, "tongue"),
        marked("TD", 3, 280, "one"),
        marked("TD", 4, 280, "long"),
    ];
    book.stream(19, "<<>>", second.concat().as_bytes());
    let (program, widths) = font();
    book.put(
        7,
        "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Garamond/Encoding/Identity-H/DescendantFonts[8 0 R]/ToUnicode 12 0 R>>",
    );
    book.put(
        8,
        &format!(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Garamond/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)\
             /Supplement 0>>/FontDescriptor 9 0 R/CIDToGIDMap/Identity/DW 0/W[1[{widths}]]>>"
        ),
    );
    book.put(
        9,
        "<</Type/FontDescriptor/FontName/ABCDEF+Garamond/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200\
         /CapHeight 700/StemV 80/FontFile2 11 0 R>>",
    );
    book.stream(
        11,
        &format!("<</Filter/FlateDecode/Length1 {}>>", program.len()),
        &deflated(&program),
    );
    let pairs: String = LETTERS
        .chars()
        .enumerate()
        .map(|(at, c)| format!("<{:04X}> <{:04X}>\n", at + 1, u32::from(c)))
        .collect();
    let unicode = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n\
         1 begincodespacerange <0000> <FFFF> endcodespacerange\n{} beginbfchar\n{pairs}endbfchar\nendcmap end end",
        LETTERS.chars().count()
    );
    book.stream(12, "<<>>", unicode.as_bytes());
    book.put(
        10,
        "<</Type/StructTreeRoot/K 13 0 R/ParentTree 18 0 R/ParentTreeNextKey 3>>",
    );
    book.put(
        13,
        "<</S/Document/P 10 0 R/K[20 0 R 21 0 R 22 0 R 24 0 R 25 0 R]>>",
    );
    book.put(
        18,
        "<</Nums[0[20 0 R 21 0 R 22 0 R 23 0 R]1[24 0 R 28 0 R 29 0 R 30 0 R 31 0 R]2 23 0 R]>>",
    );
    book.put(20, "<</S/H1/P 13 0 R/Pg 3 0 R/K 0>>");
    book.put(21, "<</S/P/P 13 0 R/Pg 3 0 R/K[1 23 0 R]>>");
    book.put(22, "<</S/Figure/P 13 0 R/Pg 3 0 R/K 2/Alt(A whale)/A<</O/Layout/BBox[20 100 92 172]/Placement/Block>>>>");
    book.put(
        23,
        "<</S/Link/P 21 0 R/Pg 3 0 R/K[3<</Type/OBJR/Obj 17 0 R>>]>>",
    );
    book.put(24, "<</S/H2/P 13 0 R/Pg 4 0 R/K[0]>>");
    book.put(25, "<</S/Table/P 13 0 R/K[26 0 R 27 0 R]>>");
    book.put(26, "<</S/TR/P 25 0 R/K[28 0 R 29 0 R]>>");
    book.put(27, "<</S/TR/P 25 0 R/K[30 0 R 31 0 R]>>");
    for (number, tag, row, mark) in [
        (28, "TH", 26, 1),
        (29, "TH", 26, 2),
        (30, "TD", 27, 3),
        (31, "TD", 27, 4),
    ] {
        let scope = if tag == "TH" {
            "/A<</O/Table/Scope/Column>>"
        } else {
            ""
        };
        book.put(
            number,
            &format!("<</S/{tag}/P {row} 0 R/Pg 4 0 R/K {mark}{scope}>>"),
        );
    }
    book.put(14, "<</Type/Outlines/First 15 0 R/Last 15 0 R/Count 1>>");
    book.put(
        15,
        "<</Title(Whales)/Parent 14 0 R/Dest[3 0 R/Fit]/First 16 0 R/Last 16 0 R/Count -1>>",
    );
    book.put(16, "<</Title(Sing)/Parent 15 0 R/A<</S/GoTo/D(two)>>>>");
    book.put(
        17,
        "<</Type/Annot/Subtype/Link/Rect[20 75 60 95]/F 4/Contents(on)/StructParent 2/Dest(two)/Border[0 0 0]>>",
    );
    let picture: Vec<u8> = (0..100 * 100 * 3).map(|at| (at / 300) as u8).collect();
    book.stream(
        32,
        "<</Type/XObject/Subtype/Image/Width 100/Height 100/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode>>",
        &deflated(&picture),
    );
    book.put(33, "<</Title(Whales)/Author(Ada Lind)>>");
    book
}

#[test]
fn the_good_book_raises_nothing() {
    let (_, found) = checked(&good().bytes());
    assert_eq!(found, []);
}

#[test]
fn the_good_book_is_read_as_it_is() {
    let (document, _) = checked(&good().bytes());
    let document = document.unwrap();
    let labels: Vec<&str> = document
        .pages
        .iter()
        .map(|page| page.label.as_str())
        .collect();
    assert_eq!(labels, ["i", "1"]);
    assert_eq!(
        document.pages[0].words(),
        "Whales\nWhales sing and\nsing on"
    );
    assert_eq!(document.pages[0].media, Some([0.0, 0.0, 300.0, 400.0]));
    assert_eq!(document.pages[0].images[0].size, [72.0, 72.0]);
    assert_eq!(document.pages[1].words(), "sing\nWhales tongue\none long");
    assert_eq!(document.fonts[0].name, "Garamond");
    assert!(document.fonts[0].is_subset && document.fonts[0].has_unicode);
    let depths: Vec<usize> = document.outline.iter().map(|entry| entry.depth).collect();
    assert_eq!(depths, [0, 1]);
    let two = Target::Page {
        page: 1,
        top: Some(200.0),
    };
    assert_eq!(document.outline[1].target.as_ref(), Some(&two));
    assert_eq!(document.pages[0].annotations[0].target.as_ref(), Some(&two));
    let tags: Vec<&str> = document
        .structure
        .as_ref()
        .unwrap()
        .elements
        .iter()
        .map(|one| one.tag.as_str())
        .collect();
    assert_eq!(
        tags.join(" "),
        "Document H1 P Link Figure H2 Table TR TH TH TR TD TD"
    );
    let link = &document.structure.as_ref().unwrap().elements[3];
    let mark = Kid::Content {
        page: Some(0),
        form: None,
        mark: 3,
    };
    assert_eq!(link.kids, [mark, Kid::Object(17)]);
}

#[test]
fn objects_in_streams_are_read_too() {
    // All objects but streams go into one; what then stands in the file is found by a stream that says where.
    let book = good();
    let mut out = b"%PDF-1.7\n".to_vec();
    let (mut head, mut body, mut rows) = (String::new(), String::new(), BTreeMap::new());
    for (index, (number, part)) in book
        .parts
        .iter()
        .filter(|(_, part)| part.data.is_none())
        .enumerate()
    {
        head += &format!("{number} {} ", body.len());
        body += &format!("{}\n", part.text);
        rows.insert(*number, [2, 40, index as u32]);
    }
    for (number, Part { text, data }) in &book.parts {
        let Some(data) = data else {
            continue;
        };
        rows.insert(*number, [1, out.len() as u32, 0]);
        let text = text.replacen("<<", &format!("<</Length {}", data.len()), 1);
        out.extend(format!("{number} 0 obj{text}stream\r\n").bytes());
        out.extend(data);
        out.extend(b"\r\nendstream endobj\n");
    }
    rows.insert(40, [1, out.len() as u32, 0]);
    let packed = deflated(format!("{head}{body}").as_bytes());
    let count = book
        .parts
        .values()
        .filter(|part| part.data.is_none())
        .count();
    let dict = format!(
        "/Type/ObjStm/N {count}/First {}/Filter/FlateDecode/Length {}",
        head.len(),
        packed.len()
    );
    out.extend(format!("40 0 obj<<{dict}>>stream\n").bytes());
    out.extend(packed);
    out.extend(b"\nendstream endobj\n");
    let start = out.len();
    rows.insert(41, [1, start as u32, 0]);
    let mut table = Vec::new();
    for number in 0..=41 {
        let [kind, second, third] = rows.get(&number).copied().unwrap_or_default();
        // Predicted by the row above, as most writers do.
        table.push([&[kind as u8][..], &second.to_be_bytes(), &[third as u8]].concat());
    }
    let mut predicted = Vec::new();
    for (at, row) in table.iter().enumerate() {
        predicted.push(2);
        let above = at.checked_sub(1).map(|above| &table[above]);
        predicted.extend(
            row.iter()
                .enumerate()
                .map(|(column, byte)| byte.wrapping_sub(above.map_or(0, |above| above[column]))),
        );
    }
    let predicted = deflated(&predicted);
    let dict = format!(
        "/Type/XRef/Size 42/W[1 4 1]/Root 1 0 R/Info 33 0 R/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 6>>/Length {}",
        predicted.len()
    );
    out.extend(format!("41 0 obj<<{dict}>>stream\n").bytes());
    out.extend(predicted);
    out.extend(format!("\nendstream endobj\nstartxref\n{start}\n%%EOF").bytes());
    let (document, found) = checked(&out);
    assert_eq!(found, []);
    assert_eq!(document.unwrap().pages.len(), 2);
    // Without the way to them, they are found all the same, and that is told.
    let cut = out
        .windows(9)
        .rposition(|bytes| bytes == b"startxref")
        .unwrap();
    let mut broken = out[..cut].to_vec();
    broken.extend(b"startxref\n7\n%%EOF");
    assert_eq!(
        raised(&broken).into_iter().collect::<Vec<_>>(),
        ["broken-xref"]
    );
}
