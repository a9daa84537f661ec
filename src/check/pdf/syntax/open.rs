//! From bytes to a [`File`].

use std::collections::BTreeMap;

use super::super::fault::Faults;
use super::crypt::{Crypt, Locked};
use super::lexer::{Lexer, Token};
use super::reader::Reader;
use super::xref::{self, Table, occurrences};
use super::{Dict, File, Indirect, VALUES};
use crate::diag::Code;

/// The header and the end are looked for within as many bytes (ISO 32000-1, annex H, notes 13 and 18).
const MARGIN: usize = 1024;

/// What to do about a file that is damaged.
pub(super) const ANEW: &str = "make the file anew, or let its maker export it again";

/// Opens a file. `None`, with a fault, if nothing in it can be judged.
pub(crate) fn open<'a>(bytes: &'a [u8], faults: &mut Faults) -> Option<File<'a>> {
    let head = &bytes[..bytes.len().min(MARGIN)];
    let Some(base) = occurrences(head, b"%PDF-").next() else {
        faults.tell(
            Code::UnreadablePdf,
            "the file does not begin as a PDF does",
            ANEW,
        );
        return None;
    };
    let version = version(&bytes[base + 5..]);
    if base > 0 {
        let message = format!("{} before the header", standing(base));
        faults.tell(Code::StrayBytes, message, ANEW);
    }
    if version.is_none() {
        faults.tell(
            Code::UnreadablePdf,
            "the header names no version of PDF",
            ANEW,
        );
    }
    let mut left = VALUES;
    let (table, searched) = cross_reference(bytes, base, &mut left, faults);
    let mut reader = Reader::new(bytes, base, table.places, searched, left);
    reader.read_standing();
    let crypt = reader.decrypt(&table.trailer);
    let is_locked = matches!(crypt, Some(Err(_)));
    let mut trailer = table.trailer;
    if !is_locked {
        reader.read_packed();
        if !is_catalog(&reader.objects, &trailer) {
            trailer = reader.rescue(trailer);
        }
    }
    reader.tell(faults);
    if let Some(why) = reader.refused {
        faults.tell(Code::HostilePdf, why, ANEW);
        return None;
    }
    if let Some(crypt) = &crypt {
        encrypted(crypt, faults);
    }
    if is_locked {
        return None;
    }
    let file = File {
        bytes: reader.plain,
        version: version.unwrap_or((1, 0)),
        objects: reader.objects,
        trailer,
        has_mark: has_mark(&bytes[base..]),
        is_stray: faults.any(Code::StrayBytes),
        permissions: crypt.and_then(Result::ok).map(|crypt| crypt.permissions),
    };
    if file.root().is_none() {
        faults.tell(
            Code::UnreadablePdf,
            "the file has no catalog, which leads to all else",
            ANEW,
        );
        return None;
    }
    let numbers = file
        .objects
        .last_key_value()
        .map_or(0, |(number, _)| i64::from(*number));
    if let Some(size) = file.get(&file.trailer, "Size").integer()
        && size <= numbers
    {
        let message = format!(
            "the trailer says that numbers end before {size}, but there is an object {numbers}"
        );
        faults.tell(Code::BrokenXref, message, ANEW);
    }
    Some(file)
}

/// Whether the line behind the header is a comment of four bytes above 127 (ISO 32000-1, 7.5.2), as archives ask.
fn has_mark(bytes: &[u8]) -> bool {
    let behind = bytes.get(8..).unwrap_or_default();
    let behind = behind.strip_prefix(b"\r").unwrap_or(behind);
    let behind = behind.strip_prefix(b"\n").unwrap_or(behind);
    matches!(behind, [b'%', mark @ ..] if mark.get(..4).is_some_and(|mark| mark.iter().all(|byte| *byte > 127)))
}

/// So many bytes, with their verb.
fn standing(count: usize) -> String {
    match count {
        1 => "1 byte stands".to_owned(),
        _ => format!("{count} bytes stand"),
    }
}

/// Tells of encryption, whether the file could be read or not.
fn encrypted(crypt: &Result<Crypt, Locked>, faults: &mut Faults) {
    let message = match crypt {
        Ok(crypt) => {
            let forbidden = crypt.permissions.forbidden();
            let forbids = match forbidden.as_slice() {
                [] => "forbids nothing".to_owned(),
                all => format!("forbids {}", all.join(", ")),
            };
            format!("the file is encrypted; it opens without a password and {forbids}")
        }
        Err(Locked::Password) => {
            "the file is encrypted and opens with a password alone: what is in it cannot be judged"
                .to_owned()
        }
        Err(Locked::Unknown(how)) => {
            format!("the file is encrypted {how}: what is in it cannot be judged")
        }
    };
    let hint = "save it without a password and without restrictions";
    faults.tell(Code::EncryptedPdf, message, hint);
}

fn version(bytes: &[u8]) -> Option<(u8, u8)> {
    match bytes {
        [major @ b'1'..=b'2', b'.', minor @ b'0'..=b'9', ..] => Some((major - b'0', minor - b'0')),
        _ => None,
    }
}

/// Whether a trailer leads to a catalog.
pub(super) fn is_catalog(objects: &BTreeMap<u32, Indirect>, trailer: &Dict) -> bool {
    let root = trailer.raw("Root").reference();
    let root = root.and_then(|root| objects.get(&root.number));
    root.and_then(|root| root.value.dict())
        .is_some_and(|root| root.has("Pages"))
}

/// The cross-reference from the file's end, or from a look at all of it.
fn cross_reference(
    bytes: &[u8],
    base: usize,
    left: &mut u64,
    faults: &mut Faults,
) -> (Table, bool) {
    let tail = bytes.len().saturating_sub(MARGIN * 2);
    let end = occurrences(&bytes[tail..], b"%%EOF")
        .last()
        .map(|at| tail + at + 5);
    match end {
        None => faults.tell(
            Code::CutOff,
            "the mark of its end, `%%EOF`, is missing",
            ANEW,
        ),
        Some(end) => {
            let stray = &bytes[end..];
            if !stray.trim_ascii().is_empty() && stray.iter().any(|byte| *byte != 0) {
                let message = format!("{} behind the end", standing(stray.len()));
                faults.tell(Code::StrayBytes, message, ANEW);
            }
        }
    }
    let start = occurrences(&bytes[tail..], b"startxref")
        .last()
        .map(|at| tail + at + 9);
    let Some(start) = start else {
        if end.is_some() {
            faults.tell(
                Code::CutOff,
                "`startxref` is missing: where objects stand is not told",
                ANEW,
            );
        }
        return searched(bytes, left);
    };
    let read = match Lexer::new(bytes, start).token() {
        Token::Integer(offset) if offset >= 0 => {
            let offset = usize::try_from(offset).unwrap_or(usize::MAX);
            let whole = *left;
            xref::read(bytes, base, offset, left).inspect_err(|_| *left = whole)
        }
        _ => Err("is not told where it stands".to_owned()),
    };
    match read {
        Ok(table) => (table, false),
        Err(wrong) => {
            let message = format!("the cross-reference cannot be read: {wrong}");
            faults.tell(Code::BrokenXref, message, ANEW);
            searched(bytes, left)
        }
    }
}

fn searched(bytes: &[u8], left: &mut u64) -> (Table, bool) {
    let mut trailers = xref::trailers(bytes, left);
    trailers.sort_by_key(|trailer| !trailer.has("Root"));
    let table = Table {
        places: xref::scan(bytes),
        trailer: trailers.into_iter().next().unwrap_or_default(),
    };
    (table, true)
}
