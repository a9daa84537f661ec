//! EPUBs made of text files and packed by hand, so that they can be wrong in any way.

use std::io::{Cursor, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use image::{ImageFormat, Rgb, RgbImage};

/// A file to be packed.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    pub name: String,
    pub data: Vec<u8>,
    /// Not compressed.
    pub stored: bool,
    /// With an extra field in its header.
    pub extra: bool,
    /// With a checksum that is not its own.
    pub spoilt: bool,
    /// What its own header calls it, if that is something else.
    pub local: Option<String>,
    /// How large the headers say that it is, if that is not so.
    pub size: Option<u32>,
}

impl Piece {
    pub fn new(name: &str, data: impl Into<Vec<u8>>) -> Piece {
        Piece {
            name: name.to_owned(),
            data: data.into(),
            ..Piece::default()
        }
    }
}

/// `epub3` or `epub2`, whole and good.
pub fn good(name: &str) -> Vec<Piece> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/finished");
    let text = std::fs::read_to_string(path.join(name).with_extension("txt"))
        .expect("the book is part of the tests");
    let mut pieces = vec![Piece {
        stored: true,
        ..Piece::new("mimetype", "application/epub+zip")
    }];
    for part in text.split("\n==> ").skip(1) {
        let (name, data) = part.split_once(" <==\n").expect("a file has a name");
        pieces.push(Piece::new(name, data));
    }
    let folder = if name == "epub3" { "OEBPS/images/" } else { "" };
    pieces.push(Piece::new(
        &format!("{folder}cover.png"),
        picture(ImageFormat::Png),
    ));
    if name == "epub3" {
        pieces.push(Piece::new(
            "OEBPS/images/photo.jpg",
            picture(ImageFormat::Jpeg),
        ));
        pieces.push(Piece::new(
            "OEBPS/images/dots.gif",
            picture(ImageFormat::Gif),
        ));
        pieces.push(Piece::new("OEBPS/fonts/body.otf", font()));
        // What sound there is, nobody looks into.
        pieces.push(Piece::new("OEBPS/text/two.mp3", *b"ID3\x04\0\0\0\0\0\0"));
    }
    pieces
}

/// A picture of eight by eight pixels.
fn picture(format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(8, 8, |x, y| Rgb([x as u8 * 30, y as u8 * 30, 90]));
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, format)
        .expect("memory takes a picture");
    bytes.into_inner()
}

/// Any font of ours.
fn font() -> Vec<u8> {
    let mut folders: Vec<_> =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts"))
            .expect("there are fonts")
            .flatten()
            .flat_map(|folder| {
                std::fs::read_dir(folder.path())
                    .into_iter()
                    .flatten()
                    .flatten()
            })
            .map(|file| file.path())
            .filter(|path| {
                path.extension()
                    .is_some_and(|ending| ending == "ttf" || ending == "otf")
            })
            .collect();
    folders.sort();
    let first = folders.first().expect("there is a font");
    std::fs::read(first).expect("a font can be read")
}

/// What one piece is in an archive.
struct Packed {
    data: Vec<u8>,
    crc: u32,
    size: u32,
    method: u16,
}

fn packed(piece: &Piece) -> Packed {
    let mut crc = flate2::Crc::new();
    crc.update(&piece.data);
    let data = if piece.stored {
        piece.data.clone()
    } else {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&piece.data).expect("memory takes all");
        encoder.finish().expect("memory takes all")
    };
    Packed {
        data,
        crc: crc.sum() ^ u32::from(piece.spoilt),
        size: piece.size.unwrap_or(piece.data.len() as u32),
        method: if piece.stored { 0 } else { 8 },
    }
}

/// The fields that both headers of an entry have, from the flags on.
fn fields(packed: &Packed, name: &str, extra: usize) -> Vec<u8> {
    let mut out = Vec::new();
    // Names are UTF-8.
    let flags: u16 = if name.is_ascii() { 0 } else { 1 << 11 };
    for two in [flags, packed.method, 0, 0x21] {
        out.extend(two.to_le_bytes());
    }
    for four in [packed.crc, packed.data.len() as u32, packed.size] {
        out.extend(four.to_le_bytes());
    }
    for two in [name.len() as u16, extra as u16] {
        out.extend(two.to_le_bytes());
    }
    out
}

/// Packs files in their order.
pub fn pack(pieces: &[Piece]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for piece in pieces {
        let one = packed(piece);
        let offset = out.len() as u32;
        let own = piece.local.as_ref().unwrap_or(&piece.name);
        let extra: &[u8] = if piece.extra {
            &[0xfe, 0xca, 0, 0]
        } else {
            &[]
        };
        out.extend(b"PK\x03\x04\x14\x00");
        out.extend(fields(&one, own, extra.len()));
        out.extend(own.bytes());
        out.extend(extra);
        out.extend(&one.data);
        enter(&mut directory, &one, &piece.name, offset);
    }
    close(&mut out, &directory, pieces.len());
    out
}

fn enter(directory: &mut Vec<u8>, one: &Packed, name: &str, offset: u32) {
    directory.extend(b"PK\x01\x02\x14\x00\x14\x00");
    directory.extend(fields(one, name, 0));
    directory.extend([0; 10]);
    directory.extend(offset.to_le_bytes());
    directory.extend(name.bytes());
}

/// The directory and the end behind it; more entries than 65,535 are told by the larger record.
fn close(out: &mut Vec<u8>, directory: &[u8], count: usize) {
    let start = out.len();
    out.extend(directory);
    let is_large = count > 0xfffe;
    if is_large {
        let at = out.len() as u64;
        out.extend(b"PK\x06\x06");
        out.extend(44u64.to_le_bytes());
        out.extend([45, 0, 45, 0]);
        out.extend([0; 8]);
        for eight in [
            count as u64,
            count as u64,
            directory.len() as u64,
            start as u64,
        ] {
            out.extend(eight.to_le_bytes());
        }
        out.extend(b"PK\x06\x07\0\0\0\0");
        out.extend(at.to_le_bytes());
        out.extend(1u32.to_le_bytes());
    }
    let two = if is_large { 0xffff } else { count as u16 };
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(two.to_le_bytes());
    out.extend(two.to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend((start as u32).to_le_bytes());
    out.extend([0, 0]);
}

/// An archive in which so many entries have the same data: that of the one piece.
pub fn overlapping(piece: &Piece, count: usize) -> Vec<u8> {
    let mut out = pack(std::slice::from_ref(piece));
    let one = packed(piece);
    let end = 30 + piece.name.len() + one.data.len();
    out.truncate(end);
    let mut directory = Vec::new();
    for at in 0..count {
        enter(
            &mut directory,
            &one,
            &format!("{at:0width$}", width = piece.name.len()),
            0,
        );
    }
    close(&mut out, &directory, count);
    out
}
