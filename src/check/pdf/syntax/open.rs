//! From bytes to a [`File`].

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::super::fault::{Faults, Several};
use super::data::{filters, span, until};
use super::filter::decode;
use super::lexer::{Lexer, Token};
use super::parse::{Flaw, value};
use super::xref::{self, Place, Table, occurrences};
use super::{Dict, File, Indirect, Object, STREAM, VALUES};
use crate::diag::Code;

/// The header and the end are looked for within as many bytes (ISO 32000-1, annex H, notes 13 and 18).
const MARGIN: usize = 1024;

/// What object streams may hold together, in bytes.
const PACKED: usize = 1 << 28;

const ANEW: &str = "make the file anew, or let its maker export it again";

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
        let message = format!("{base} bytes stand before the header");
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
    let mut reader = Reader {
        bytes,
        base,
        places: table.places,
        searched,
        scanned: OnceCell::new(),
        ends: OnceCell::new(),
        left,
        objects: BTreeMap::new(),
        misplaced: Several::default(),
        broken: Several::default(),
        lengths: Several::default(),
        refused: None,
    };
    reader.read();
    let mut trailer = table.trailer;
    if !is_catalog(&reader.objects, &trailer) {
        trailer = reader.rescue(trailer);
    }
    reader.tell(faults);
    if let Some(why) = reader.refused {
        faults.tell(Code::HostilePdf, why, ANEW);
        return None;
    }
    let file = File {
        bytes,
        version: version.unwrap_or((1, 0)),
        objects: reader.objects,
        trailer,
    };
    if file.trailer.has("Encrypt") {
        faults.tell(
            Code::EncryptedPdf,
            "the file is encrypted: what is in it cannot be judged",
            "save it without a password and without restrictions",
        );
        return None;
    }
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

fn version(bytes: &[u8]) -> Option<(u8, u8)> {
    match bytes {
        [major @ b'1'..=b'2', b'.', minor @ b'0'..=b'9', ..] => Some((major - b'0', minor - b'0')),
        _ => None,
    }
}

fn is_catalog(objects: &BTreeMap<u32, Indirect>, trailer: &Dict) -> bool {
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
                let message = format!("{} bytes stand behind the end", stray.len());
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

/// Reads objects, and gathers what is wrong with them.
struct Reader<'a> {
    bytes: &'a [u8],
    base: usize,
    places: BTreeMap<u32, Place>,
    /// Whether the places come from a look at every byte.
    searched: bool,
    scanned: OnceCell<BTreeMap<u32, Place>>,
    ends: OnceCell<Vec<usize>>,
    left: u64,
    objects: BTreeMap<u32, Indirect>,
    misplaced: Several,
    broken: Several,
    lengths: Several,
    refused: Option<&'static str>,
}

/// Why an object is not at a place.
enum Miss {
    /// It does not begin there.
    Elsewhere,
    /// It begins there and cannot be read.
    Broken,
}

impl Reader<'_> {
    /// Reads all objects that stand in the file, then those in streams.
    fn read(&mut self) {
        let mut packed: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
        for (number, place) in self.places.clone() {
            if self.refused.is_some() {
                return;
            }
            match place {
                Place::Free => {}
                Place::At { offset, generation } => self.read_at(number, generation, offset),
                Place::Inside { stream, index } => {
                    packed.entry(stream).or_default().push((number, index));
                }
            }
        }
        if self.searched {
            let holds = |dict: &Dict| dict.is("Type", "ObjStm");
            let streams = self
                .objects
                .iter()
                .filter(|(_, object)| object.value.dict().is_some_and(holds));
            packed = streams.map(|(number, _)| (*number, Vec::new())).collect();
        }
        let mut room = PACKED;
        for (stream, members) in packed {
            if self.refused.is_some() {
                return;
            }
            self.unpack(stream, &members, &mut room);
        }
    }

    fn read_at(&mut self, number: u32, generation: u16, offset: usize) {
        let mut read = self.parse(number, offset.saturating_add(self.base));
        if matches!(read, Err(Miss::Elsewhere)) {
            self.misplaced.add(|| format!("object {number}"));
            let scanned = self.scanned.get_or_init(|| xref::scan(self.bytes));
            if let Some(Place::At { offset, .. }) = scanned.get(&number).copied() {
                read = self.parse(number, offset);
            }
        }
        match read {
            Ok(mut object) => {
                object.generation = generation;
                self.objects.insert(number, object);
            }
            Err(Miss::Broken) => self.broken.add(|| format!("object {number}")),
            Err(Miss::Elsewhere) => {}
        }
    }

    /// The object of this number at this byte.
    fn parse(&mut self, number: u32, at: usize) -> Result<Indirect, Miss> {
        let mut lexer = Lexer::new(self.bytes, at);
        let head = (lexer.token(), lexer.token(), lexer.token());
        let (Token::Integer(own), Token::Integer(generation), Token::Word(b"obj")) = head else {
            return Err(Miss::Elsewhere);
        };
        if own != i64::from(number) {
            return Err(Miss::Elsewhere);
        }
        let value = match value(&mut lexer, &mut self.left) {
            Ok(value) => value,
            Err(Flaw::Unreadable) => return Err(Miss::Broken),
            Err(flaw) => {
                self.refuse(flaw);
                return Err(Miss::Broken);
            }
        };
        let generation = u16::try_from(generation).unwrap_or_default();
        let data = match (lexer.token(), &value) {
            (Token::Word(b"endobj"), _) => None,
            (Token::Word(b"stream"), Object::Dict(dict)) => Some(self.data(number, dict, lexer.at)),
            _ => {
                self.broken
                    .add(|| format!("object {number}, which does not end"));
                None
            }
        };
        Ok(Indirect {
            generation,
            value,
            data,
        })
    }

    fn refuse(&mut self, flaw: Flaw) {
        self.refused = Some(match flaw {
            Flaw::TooDeep => "lists and dictionaries are nested deeper than in any book",
            _ => "it has more values than any book",
        });
    }

    /// The bytes of a stream, by its length or, where that is wrong, by where it ends.
    fn data(&mut self, number: u32, dict: &Dict, at: usize) -> std::ops::Range<usize> {
        let length = self.length(dict);
        if let Some(range) = length.and_then(|length| span(self.bytes, at, length)) {
            return range;
        }
        let ends = self
            .ends
            .get_or_init(|| occurrences(self.bytes, b"endstream").collect());
        let end = ends.get(ends.partition_point(|end| *end < at)).copied();
        let range = until(self.bytes, at, end.unwrap_or(self.bytes.len()));
        // A length in an object stream cannot be known yet; such streams end where they end.
        if length.is_some() || !matches!(dict.raw("Length"), Object::Reference(_)) || end.is_none()
        {
            self.lengths.add(|| format!("object {number}"));
        }
        range
    }

    /// A length, given directly or by a number in the file.
    fn length(&self, dict: &Dict) -> Option<usize> {
        let value = match dict.raw("Length") {
            Object::Reference(to) => {
                let Some(Place::At { offset, .. }) = self.places.get(&to.number) else {
                    return None;
                };
                let mut lexer = Lexer::new(self.bytes, offset.saturating_add(self.base));
                match (lexer.token(), lexer.token(), lexer.token(), lexer.token()) {
                    (Token::Integer(own), _, Token::Word(b"obj"), Token::Integer(length))
                        if own == i64::from(to.number) =>
                    {
                        length
                    }
                    // Any wrong length will do: the stream is then told of.
                    _ => -1,
                }
            }
            direct => direct.integer()?,
        };
        Some(usize::try_from(value).unwrap_or(usize::MAX))
    }

    /// Reads objects out of an object stream (7.5.7). `room` is what such streams may still hold.
    fn unpack(&mut self, stream: u32, members: &[(u32, usize)], room: &mut usize) {
        let data = self.objects.get(&stream).and_then(|packed| {
            let dict = packed
                .value
                .dict()
                .filter(|dict| dict.is("Type", "ObjStm"))?;
            let raw = &self.bytes[packed.data.clone()?];
            let objects = &self.objects;
            let resolve = |value| direct(objects, value);
            let (bytes, damage) = decode(&filters(dict, &resolve), raw, STREAM.min(*room));
            let first = direct(objects, dict.raw("First")).integer()?;
            Some((bytes, damage, usize::try_from(first).ok()?))
        });
        let Some((bytes, damage, first)) = data else {
            self.broken.add(|| {
                format!(
                    "object stream {stream}, which {} objects need",
                    members.len()
                )
            });
            return;
        };
        if damage == Some(super::Damage::TooLarge) {
            self.refused = Some("a stream of objects holds more than any book");
            return;
        }
        if damage.is_some() {
            self.broken.add(|| format!("object stream {stream}"));
        }
        *room -= bytes.len().min(*room);
        let mut lexer = Lexer::new(&bytes[..first.min(bytes.len())], 0);
        let mut head: Vec<(i64, i64)> = Vec::new();
        while let (Token::Integer(number), Token::Integer(offset)) = (lexer.token(), lexer.token())
        {
            head.push((number, offset));
        }
        let by_number: BTreeMap<i64, i64> = head.iter().copied().collect();
        // Found without a cross-reference, the stream itself says what it holds; what stands in the file goes before that.
        let own: Vec<(u32, usize)> = head
            .iter()
            .enumerate()
            .filter_map(|(index, (number, _))| Some((u32::try_from(*number).ok()?, index)))
            .filter(|(number, _)| self.searched && !self.objects.contains_key(number))
            .collect();
        for (number, index) in members.iter().chain(&own) {
            let own = i64::from(*number);
            let offset = match head.get(*index) {
                Some((other, offset)) if *other == own => Some(*offset),
                // The index may be wrong; the number decides.
                _ => {
                    self.misplaced.add(|| format!("object {number}"));
                    by_number.get(&own).copied()
                }
            };
            let at = offset.and_then(|offset| usize::try_from(offset).ok()?.checked_add(first));
            let Some(at) = at else {
                continue;
            };
            match value(&mut Lexer::new(&bytes, at), &mut self.left) {
                Ok(value) => {
                    let object = Indirect {
                        generation: 0,
                        value,
                        data: None,
                    };
                    self.objects.insert(*number, object);
                }
                Err(Flaw::Unreadable) => self.broken.add(|| format!("object {number}")),
                Err(flaw) => {
                    self.refuse(flaw);
                    return;
                }
            }
        }
    }

    /// A trailer for a file whose own leads nowhere: from what is called a cross-reference, or by the catalog itself.
    fn rescue(&mut self, trailer: Dict) -> Dict {
        let mut found = trailer;
        for (number, object) in &self.objects {
            let Some(dict) = object.value.dict() else {
                continue;
            };
            if dict.is("Type", "XRef") && is_catalog(&self.objects, dict) {
                return dict.clone();
            }
            if dict.is("Type", "Catalog") && dict.has("Pages") {
                let root = super::Ref {
                    number: *number,
                    generation: object.generation,
                };
                found.0.insert(b"Root".to_vec(), Object::Reference(root));
            }
        }
        if let Some(root) = found.raw("Root").reference() {
            self.misplaced
                .add(|| format!("object {}, the catalog", root.number));
        }
        found
    }

    fn tell(&self, faults: &mut Faults) {
        if let Some(which) = self.misplaced.told() {
            let message = format!("the cross-reference is wrong: it does not lead to {which}");
            faults.tell(Code::BrokenXref, message, ANEW);
        }
        if let Some(which) = self.broken.told() {
            faults.tell(
                Code::BrokenObject,
                format!("what cannot be read: {which}"),
                ANEW,
            );
        }
        if let Some(which) = self.lengths.told() {
            let message = format!("a stream is not as long as it says: {which}");
            faults.tell(Code::BrokenStream, message, ANEW);
        }
    }
}

/// What a value refers to, one step far.
fn direct<'a>(objects: &'a BTreeMap<u32, Indirect>, value: &'a Object) -> &'a Object {
    match value {
        Object::Reference(to) => objects
            .get(&to.number)
            .map_or(&super::NULL, |found| &found.value),
        other => other,
    }
}
