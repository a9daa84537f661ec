//! EPUBs that are made to do harm: each is told by its code, in time and memory that its size bounds.
//!
//! They are made here and nowhere kept. What they would unpack to is far more than a test may take: it would not end.

use std::fmt::Write as _;

use super::book::{Piece, good, overlapping, pack};
use super::lines;

/// The good book with one file in another's place.
fn with(path: &str, data: impl Into<Vec<u8>>) -> Vec<u8> {
    let mut pieces = good("epub3");
    let at = pieces.iter().position(|piece| piece.name == path);
    pieces[at.expect("the book has the file")].data = data.into();
    pack(&pieces)
}

/// That a code is found, and few findings besides.
fn told(bytes: &[u8], code: &str, what: &str) {
    let found = lines(bytes);
    let code = format!(": {code}: ");
    assert!(
        found.iter().any(|line| line.contains(&code)),
        "{code}: {found:#?}"
    );
    assert!(
        found.iter().any(|line| line.contains(what)),
        "{what}: {found:#?}"
    );
    assert!(found.len() < 400, "{} findings", found.len());
}

/// A document around a body.
fn page(head: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>{head}<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\" xml:lang=\"en\"><head><title>X</title></head><body>{body}</body></html>"
    )
}

const TWO: &str = "OEBPS/text/two.xhtml";

#[test]
fn a_file_that_unpacks_to_far_more_is_not_unpacked() {
    // 300 MB of zeros come to 0.3 MB.
    let mut pieces = good("epub3");
    pieces.push(Piece::new("OEBPS/zeros.bin", vec![0; 300 << 20]));
    told(&pack(&pieces), "outsized-part", "beyond all books");
}

#[test]
fn a_file_that_lies_about_its_size_is_read_no_further() {
    let mut pieces = good("epub3");
    pieces.push(Piece {
        size: Some(10),
        ..Piece::new("OEBPS/zeros.bin", vec![0; 60 << 20])
    });
    told(
        &pack(&pieces),
        "damaged-entry",
        "is larger than the 10 bytes",
    );
}

#[test]
fn files_that_share_their_bytes_are_refused() {
    let piece = Piece::new("0000.bin", vec![0; 20 << 20]);
    let found = lines(&overlapping(&piece, 5_000));
    assert!(
        found.len() == 1 && found[0].contains("outsized-part"),
        "{found:#?}"
    );
}

#[test]
fn a_hundred_thousand_files_are_refused() {
    let mut pieces = good("epub3");
    pieces.extend((0..100_000).map(|at| Piece {
        stored: true,
        ..Piece::new(&format!("OEBPS/{at}.txt"), "x")
    }));
    told(&pack(&pieces), "outsized-part", "has 100016 entries");
}

#[test]
fn names_that_lead_out_are_told() {
    for name in [
        "../../.bashrc",
        "/etc/passwd",
        "C:/autoexec.bat",
        "OEBPS\\..\\..\\x",
        "a/../../x",
    ] {
        let mut pieces = good("epub3");
        pieces.push(Piece::new(name, "x"));
        told(&pack(&pieces), "bad-entry-name", &name.replace('`', ""));
    }
}

#[test]
fn entities_that_repeat_themselves_are_not_followed() {
    let mut laughs = String::from("<!DOCTYPE html [<!ENTITY l0 \"lol\">");
    for at in 1..20 {
        let again = format!("&l{};", at - 1).repeat(10);
        let _ = write!(laughs, "<!ENTITY l{at} \"{again}\">");
    }
    laughs.push_str("]>");
    told(
        &with(TWO, page(&laughs, "<p>&l19;</p>")),
        "outsized-part",
        "holds other entities",
    );
    // One long entity, often.
    let long = format!("<!DOCTYPE html [<!ENTITY l \"{}\">]>", "l".repeat(100_000));
    told(
        &with(TWO, page(&long, &"&l;".repeat(100_000))),
        "outsized-part",
        "more text than any book",
    );
    let outside = "<!DOCTYPE html [<!ENTITY l SYSTEM \"file:///etc/passwd\">]>";
    told(
        &with(TWO, page(outside, "<p>&l;</p>")),
        "malformed-xml",
        "is a file elsewhere",
    );
}

#[test]
fn elements_nest_no_deeper_than_books_have_them() {
    let deep = "<div>".repeat(1_000_000) + &"</div>".repeat(1_000_000);
    told(&with(TWO, page("", &deep)), "outsized-part", "nest deeper");
    let css = "a{".repeat(1_000_000);
    told(
        &with("OEBPS/style.css", css),
        "bad-style-sheet",
        "nest deeper",
    );
    told(
        &with("OEBPS/style.css", "(".repeat(1_000_000)),
        "bad-style-sheet",
        "brackets nest deeper",
    );
}

#[test]
fn documents_of_too_many_parts_are_read_no_further() {
    told(
        &with(TWO, page("", &"<br/>".repeat(1_500_000))),
        "outsized-part",
        "more parts",
    );
    let many: String = (0..100_000)
        .map(|at| format!(" data-a{at}=\"x\""))
        .collect();
    told(
        &with(TWO, page("", &format!("<p{many}>x</p>"))),
        "outsized-part",
        "more attributes",
    );
    let huge = format!("<p title=\"{}\">x</p>", "x".repeat(30 << 20));
    told(&with(TWO, page("", &huge)), "outsized-part", "bytes long");
    let mut pieces = good("epub3");
    pieces.retain(|piece| piece.name != TWO);
    pieces.push(Piece {
        stored: true,
        ..Piece::new(TWO, page("", &"x".repeat(41 << 20)))
    });
    told(
        &pack(&pieces),
        "outsized-part",
        "more than are read of a text",
    );
}

#[test]
fn faults_without_end_are_counted() {
    let many = "<p><div id='x'><center/></div></p>".repeat(20_000);
    told(
        &with(TWO, page("", &many)),
        "bad-markup",
        "more of this kind",
    );
    told(
        &with("OEBPS/style.css", "}".repeat(5_000_000)),
        "bad-style-sheet",
        "closes nothing",
    );
    told(
        &with("OEBPS/style.css", "p{src:url(".repeat(500_000)),
        "bad-style-sheet",
        "never closed",
    );
    let links = "<a href='none.xhtml#x'>x</a>".repeat(100_000);
    told(
        &with(TWO, page("", &format!("<p>{links}</p>"))),
        "missing-file",
        "more of this kind",
    );
}

#[test]
fn a_picture_of_a_billion_pixels_is_not_opened() {
    let mut png = good("epub3")
        .into_iter()
        .find(|piece| piece.name.ends_with("cover.png"))
        .expect("there is one")
        .data;
    png[16..20].copy_from_slice(&40_000u32.to_be_bytes());
    png[20..24].copy_from_slice(&40_000u32.to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(&png[12..29]);
    png[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    told(
        &with("OEBPS/images/cover.png", png),
        "outsized-part",
        "40000 × 40000 pixels",
    );
}

#[test]
fn drawings_fetch_nothing() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">\
         <image xlink:href=\"https://example.org/track.png\" width=\"9\" height=\"9\"/><image xlink:href=\"file:///etc/passwd\" width=\"9\" height=\"9\"/></svg>";
    told(
        &with("OEBPS/images/plan.svg", svg),
        "remote-resource",
        "track.png",
    );
    told(
        &with("OEBPS/images/plan.svg", svg),
        "bad-address",
        "somebody's machine",
    );
}

#[test]
fn what_stands_in_for_others_in_long_chains_ends() {
    let items: String = (0..20_000)
        .map(|at| format!("<item id=\"i{at}\" href=\"images/photo.jpg\" media-type=\"image/x\" fallback=\"i{}\"/>", at + 1))
        .collect();
    let pieces = good("epub3");
    let package = pieces
        .iter()
        .find(|piece| piece.name.ends_with(".opf"))
        .expect("there is one");
    let text = String::from_utf8_lossy(&package.data)
        .replace("</manifest>", &format!("{items}</manifest>"));
    told(
        &with("OEBPS/content.opf", text),
        "duplicate-item",
        "listed twice",
    );
}
