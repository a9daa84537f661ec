//! The file itself: streams, small objects packed together, the cross-reference stream, the file's name for itself.
//!
//! Objects that are no streams go into object streams (ISO 32000-1, 7.5.7), which shrinks a tagged book by half. Files
//! of a version that does not know them ([`Version::packs`]) have each object by itself, and a table.

use lopdf::{Dictionary, Object, StringFormat, dictionary};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::pdf::syntax::{deflate, name, write_dictionary, write_int, write_object};
use crate::pdf::version::Version;

use super::Draft;

/// How many objects an object stream holds: a reader that wants one unpacks them all.
const PER_STREAM: usize = 200;

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    Free,
    At(usize),
    In { stream: u32, index: usize },
}

/// Writes the file.
pub fn write(draft: Draft, version: Version) -> Vec<u8> {
    let Draft {
        doc, mut packed, ..
    } = draft;
    let trailer = doc.trailer;
    let mut last = doc.max_id;
    let mut streams = Vec::new();
    for ((id, _), object) in doc.objects {
        last = last.max(id);
        match object {
            Object::Stream(stream) => streams.push((id, stream.dict, stream.content)),
            other => write_object(packed.begin((id, 0)), &other),
        }
    }
    packed.starts.sort_unstable_by_key(|(_, start)| *start);
    last = last.max(packed.starts.iter().map(|(id, _)| *id).max().unwrap_or(0));

    streams.par_iter_mut().for_each(|(_, dict, content)| {
        // XMP stays as it is, so that simple tools find it.
        let is_metadata =
            matches!(dict.get(b"Type"), Ok(Object::Name(name)) if name == b"Metadata");
        if !dict.has(b"Filter") && !is_metadata {
            *content = deflate(content);
            dict.set("Filter", name("FlateDecode"));
        }
        dict.set("Length", content.len() as i64);
    });

    let ends: Vec<usize> = packed.starts[1.min(packed.starts.len())..]
        .iter()
        .map(|(_, start)| *start)
        .chain([packed.bytes.len()])
        .collect();
    let objects: Vec<(u32, &[u8])> = packed
        .starts
        .iter()
        .zip(ends)
        .map(|(&(id, start), end)| (id, &packed.bytes[start..end]))
        .collect();
    let weight: usize = streams
        .iter()
        .map(|(.., content)| content.len() + 128)
        .sum();
    let mut out = Vec::with_capacity(weight + packed.bytes.len() / 3 + 4096);
    out.extend_from_slice(version.header());
    // The second line tells tools that the file is not text.
    out.extend_from_slice(b"%\xe2\xe3\xcf\xd3\n");
    let mut places = vec![Place::Free; last as usize + 1];
    for (id, dict, content) in streams {
        places[id as usize] = Place::At(out.len());
        stream(&mut out, id, &dict, &content);
    }
    if !version.packs() {
        for (id, bytes) in objects {
            places[id as usize] = Place::At(out.len());
            object(&mut out, id, bytes);
        }
        table(&mut out, &places, &trailer);
        return out;
    }
    let groups: Vec<(Dictionary, Vec<u8>)> = objects.par_chunks(PER_STREAM).map(group).collect();
    for ((dict, content), objects) in groups.iter().zip(objects.chunks(PER_STREAM)) {
        let id = places.len() as u32;
        for (index, (packed, _)) in objects.iter().enumerate() {
            places[*packed as usize] = Place::In { stream: id, index };
        }
        places.push(Place::At(out.len()));
        stream(&mut out, id, dict, content);
    }
    places.push(Place::Free);
    cross_references(&mut out, places, &trailer);
    out
}

/// Packs objects into one stream.
fn group(objects: &[(u32, &[u8])]) -> (Dictionary, Vec<u8>) {
    let mut content = Vec::new();
    let mut at = 0;
    for (id, bytes) in objects {
        write_int(&mut content, i64::from(*id));
        content.push(b' ');
        write_int(&mut content, at);
        content.push(b' ');
        at += bytes.len() as i64 + 1;
    }
    let first = content.len() as i64;
    for (_, bytes) in objects {
        content.extend_from_slice(bytes);
        content.push(b'\n');
    }
    let content = deflate(&content);
    let dict = dictionary! {
        "Type" => "ObjStm",
        "N" => objects.len() as i64,
        "First" => first,
        "Filter" => "FlateDecode",
        "Length" => content.len() as i64,
    };
    (dict, content)
}

fn stream(out: &mut Vec<u8>, id: u32, dict: &Dictionary, content: &[u8]) {
    write_int(out, i64::from(id));
    out.extend_from_slice(b" 0 obj\n");
    write_dictionary(out, dict);
    out.extend_from_slice(b"\nstream\n");
    out.extend_from_slice(content);
    out.extend_from_slice(b"\nendstream\nendobj\n");
}

fn object(out: &mut Vec<u8>, id: u32, bytes: &[u8]) {
    write_int(out, i64::from(id));
    out.extend_from_slice(b" 0 obj\n");
    out.extend_from_slice(bytes);
    out.extend_from_slice(b"\nendobj\n");
}

/// The trailer's entries: how many objects there are, the file's name for itself, the roots.
fn trailer_of(out: &[u8], places: usize, trailer: &Dictionary) -> Dictionary {
    let id: Vec<u8> = Sha256::digest(out).iter().take(16).copied().collect();
    let id = Object::String(id, StringFormat::Hexadecimal);
    let mut dict = dictionary! { "Size" => places as i64, "ID" => vec![id.clone(), id] };
    for key in ["Root", "Info"] {
        if let Ok(value) = trailer.get(key.as_bytes()) {
            dict.set(key, value.clone());
        }
    }
    dict
}

/// Writes where everything is, as a table (ISO 32000-1, 7.5.4). Numbers that are not given form a ring.
fn table(out: &mut Vec<u8>, places: &[Place], trailer: &Dictionary) {
    let start = out.len();
    let trailer = trailer_of(out, places.len(), trailer);
    out.extend_from_slice(format!("xref\n0 {}\n", places.len()).as_bytes());
    for (id, place) in places.iter().enumerate() {
        let row = match place {
            Place::At(offset) => format!("{offset:010} 00000 n \n"),
            Place::Free | Place::In { .. } => {
                let free = |place: &Place| matches!(place, Place::Free);
                let next = places[id + 1..].iter().position(free);
                let next = next.map_or(0, |next| id + 1 + next);
                format!("{next:010} {:05} f \n", if id == 0 { 65_535 } else { 0 })
            }
        };
        out.extend_from_slice(row.as_bytes());
    }
    out.extend_from_slice(b"trailer\n");
    write_dictionary(out, &trailer);
    end(out, start);
}

/// Says where the places are told.
fn end(out: &mut Vec<u8>, start: usize) {
    out.extend_from_slice(b"\nstartxref\n");
    write_int(out, start as i64);
    out.extend_from_slice(b"\n%%EOF\n");
}

/// Writes where everything is, as a stream. The last of the places is this stream's own.
fn cross_references(out: &mut Vec<u8>, mut places: Vec<Place>, trailer: &Dictionary) {
    let start = out.len();
    let own = places.len() as u32 - 1;
    if let Some(place) = places.last_mut() {
        *place = Place::At(start);
    }
    // As many bytes for a place as the file's length needs.
    let wide = (usize::BITS - start.leading_zeros()).div_ceil(8).max(3) as usize;
    let row = 1 + wide + 2;
    let mut table = Vec::with_capacity((row + 1) * places.len());
    let mut above = vec![0u8; row];
    for (id, place) in places.iter().enumerate() {
        let (kind, field, rest) = match *place {
            Place::Free => (0u8, 0, if id == 0 { 65_535 } else { 0 }),
            Place::At(offset) => (1, offset, 0),
            Place::In { stream, index } => (2, stream as usize, index),
        };
        let mut line = vec![kind];
        line.extend_from_slice(&field.to_be_bytes()[size_of::<usize>() - wide..]);
        line.extend_from_slice(&(rest as u16).to_be_bytes());
        // PNG's filter "up": most rows differ from the one above in a byte or two.
        table.push(2);
        table.extend(
            line.iter()
                .zip(&above)
                .map(|(byte, up)| byte.wrapping_sub(*up)),
        );
        above = line;
    }
    let content = deflate(&table);
    let mut dict = trailer_of(out, places.len(), trailer);
    dict.extend(&dictionary! {
        "Type" => "XRef",
        "W" => vec![1.into(), (wide as i64).into(), 2.into()],
        "Filter" => "FlateDecode",
        "DecodeParms" => dictionary! { "Predictor" => 12, "Columns" => row as i64 },
        "Length" => content.len() as i64,
    });
    stream(out, own, &dict, &content);
    out.pop();
    end(out, start);
}
