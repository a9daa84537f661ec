//! Files that ask for time or memory without end: each is refused or told of, soon.

use super::book::{Book, deflated, good};
use super::{checked, raised};
use recto::diff::{Copy, Kind, Unreadable};

fn has(bytes: &[u8], code: &str) {
    let found = raised(bytes);
    assert!(found.contains(code), "{found:?} without {code}");
    // Who compares such a file is not harmed either.
    let refused = Copy::read(Kind::Pdf, bytes).err();
    if code == "hostile-pdf" {
        assert_eq!(refused, Some(Unreadable::Hostile));
    }
}

#[test]
fn nested_lists_are_refused() {
    let mut book = good();
    book.put(
        34,
        &format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)),
    );
    has(&book.bytes(), "hostile-pdf");
    let mut book = good();
    book.swap(
        6,
        "/Artifact",
        &format!("{} TJ /Artifact", "[".repeat(100_000)),
    );
    has(&book.bytes(), "broken-object");
}

#[test]
fn streams_that_swell_are_refused() {
    let mut book = good();
    let bomb = deflated(&deflated(&vec![0; 300 << 20]));
    book.stream(6, "<</Filter[/FlateDecode/FlateDecode]>>", &bomb);
    has(&book.bytes(), "hostile-pdf");
}

#[test]
fn trees_without_an_end_are_walked_once() {
    // A long chain of nodes, one in the other, and at its end the first again.
    let mut book = good();
    book.put(
        2,
        "<</Type/Pages/Kids[40 0 R]/Count 1/MediaBox[0 0 300 400]>>",
    );
    for number in 40..40_040 {
        let up = if number == 40 { 2 } else { number - 1 };
        book.put(
            number,
            &format!(
                "<</Type/Pages/Parent {up} 0 R/Kids[{} 0 R]/Count 1>>",
                number + 1
            ),
        );
    }
    book.put(
        40_040,
        "<</Type/Pages/Parent 40039 0 R/Kids[40 0 R]/Count 1>>",
    );
    has(&book.bytes(), "page-tree");
    let mut book = good();
    for number in 40..40_040 {
        book.put(
            number,
            &format!("<</S/Div/P {} 0 R/K {} 0 R>>", number - 1, number + 1),
        );
    }
    book.put(40_040, "<</S/Div/P 40039 0 R/K 40 0 R>>");
    book.swap(13, "/K[", "/K[40 0 R ");
    has(&book.bytes(), "broken-tags");
    let mut book = good();
    book.swap(1, "/Nums[0", "/Kids[41 0 R]/Nums[0");
    book.put(41, "<</Kids[41 0 R 41 0 R]>>");
    has(&book.bytes(), "page-label");
}

#[test]
fn lists_that_many_share_are_looked_at_so_often_and_no_more() {
    let mut book = good();
    let nodes: String = (50..3050).map(|number| format!("{number} 0 R ")).collect();
    book.put(
        2,
        &format!("<</Type/Pages/Kids[3 0 R 4 0 R {nodes}]/Count 2/MediaBox[0 0 300 400]>>"),
    );
    book.put(40, &format!("[{}]", "3 0 R ".repeat(3000)));
    for number in 50..3050 {
        book.put(number, "<</Type/Pages/Parent 2 0 R/Kids 40 0 R/Count 0>>");
    }
    has(&book.bytes(), "hostile-pdf");
}

#[test]
fn forms_that_draw_forms_end() {
    let mut book = good();
    for number in 40..60 {
        let draw = b"/F Do ".repeat(100);
        let dict = format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</F {} 0 R>>>>>>",
            number + 1
        );
        book.stream(number, &dict, &draw);
    }
    book.swap(3, "/XObject<<", "/XObject<</F 40 0 R");
    book.swap(6, "/Artifact BMC", "/Artifact BMC /F Do");
    has(&book.bytes(), "hostile-pdf");
    let mut book = good();
    book.stream(
        40,
        "<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</F 40 0 R>>>>>>",
        b"/F Do",
    );
    book.swap(3, "/XObject<<", "/XObject<</F 40 0 R");
    book.swap(6, "/Artifact BMC", "/Artifact BMC /F Do");
    has(&book.bytes(), "dangling-reference");
}

#[test]
fn what_needs_itself_to_be_read_is_told() {
    let mut book = good();
    book.swap(6, "<<", "<</Length 6 0 R");
    has(&book.bytes(), "broken-stream");
    let xref = |dict: &str, data: &[u8]| {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        bytes.extend(format!("1 0 obj<</Type/XRef/Length {}{dict}>>stream\n", data.len()).bytes());
        bytes.extend(data);
        bytes.extend(b"\nendstream endobj startxref\n9\n%%EOF");
        bytes
    };
    // Rows of no width; more rows than there are; a number beyond all; objects in a stream that is in itself.
    has(
        &xref("/Size 4000000000/W[0 0 0]/Root 1 0 R", b"x"),
        "broken-xref",
    );
    has(
        &xref("/Size 4000000000/W[1 2 1]/Root 1 0 R", b"xxxx"),
        "broken-xref",
    );
    has(
        &xref(
            "/Size 9/W[9 9 9]/Index[1 9223372036854775807]/Root 1 0 R",
            b"xxxx",
        ),
        "broken-xref",
    );
    has(
        &xref("/Size 2/W[1 1 1]/Root 1 0 R", b"\x02\x01\x00\x02\x01\x00"),
        "broken-object",
    );
    has(
        &xref(
            "/Size 2/W[1 1 1]/Prev 9/Root 1 0 R",
            b"\x00\x00\x00\x01\x09\x00",
        ),
        "broken-xref",
    );
    let rows = b"%PDF-1.7\nxref\n0 1000000000\n0000000000 65535 f \ntrailer<</Root 1 0 R>>startxref\n9\n%%EOF";
    has(rows, "broken-xref");
}

#[test]
fn numbers_out_of_all_bounds_are_taken_for_what_they_are() {
    let mut book = good();
    let huge = "99999999999999999999999999999999";
    book.swap(2, "/Count 2", "/Count 9223372036854775807");
    book.swap(
        2,
        "[0 0 300 400]",
        &format!("[0 0 {huge} -9223372036854775808]"),
    );
    book.swap(6, "20 100 cm", &format!("{huge}. -{huge}.5 cm"));
    book.swap(1, "/S/r", "/S/R/St 9223372036854775807");
    book.swap(
        28,
        "/Scope/Column",
        "/ColSpan 9223372036854775807/RowSpan -9",
    );
    book.swap(
        32,
        "/BitsPerComponent 8",
        "/BitsPerComponent 9223372036854775807",
    );
    assert!(checked(&book.bytes()).0.is_some());
}

#[test]
fn many_of_a_kind_are_told_in_few_words() {
    let mut book = Book {
        trailer: "/Root 1 0 R".to_owned(),
        ..Book::default()
    };
    book.put(1, "<</Type/Catalog/Pages 2 0 R>>");
    let kids: String = (10..5010).map(|number| format!("{number} 0 R ")).collect();
    book.put(2, &format!("<</Type/Pages/Kids[{kids}]/Count 5000>>"));
    for number in 10..5010 {
        book.put(
            number,
            "<</Type/Page/Parent 2 0 R/Annots[<</Subtype/Link/Dest(x)>>]>>",
        );
    }
    let (_, found) = checked(&book.bytes());
    assert!(found.len() < 50, "{}", found.len());
    assert!(
        found
            .iter()
            .any(|found| found.message == "4960 more of this kind")
    );
}
