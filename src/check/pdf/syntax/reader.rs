//! Objects out of their places: those that stand in the file, then those packed into streams.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::super::fault::{Faults, Several};
use super::crypt::{Crypt, Locked};
use super::data::{filters, span, until};
use super::filter::decode;
use super::lexer::{Lexer, Token};
use super::open::{ANEW, is_catalog};
use super::parse::{Flaw, value};
use super::xref::{self, Place, occurrences};
use super::{Dict, Indirect, Object, Ref, STREAM};
use crate::diag::Code;

/// What object streams may hold together, in bytes.
const PACKED: usize = 1 << 28;

/// Reads objects, and gathers what is wrong with them.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    /// The same, decrypted if the file is encrypted.
    pub(super) plain: Cow<'a, [u8]>,
    base: usize,
    places: BTreeMap<u32, Place>,
    /// Whether the places come from a look at every byte.
    searched: bool,
    scanned: OnceCell<BTreeMap<u32, Place>>,
    ends: OnceCell<Vec<usize>>,
    left: u64,
    pub(super) objects: BTreeMap<u32, Indirect>,
    misplaced: Several,
    broken: Several,
    lengths: Several,
    pub(super) refused: Option<&'static str>,
}

/// Why an object is not at a place.
enum Miss {
    /// It does not begin there.
    Elsewhere,
    /// It begins there and cannot be read.
    Broken,
}

impl<'a> Reader<'a> {
    /// `base` is where the header stands; `left` is how many values the file may still have.
    pub(super) fn new(
        bytes: &'a [u8],
        base: usize,
        places: BTreeMap<u32, Place>,
        searched: bool,
        left: u64,
    ) -> Reader<'a> {
        Reader {
            bytes,
            plain: Cow::Borrowed(bytes),
            base,
            places,
            searched,
            scanned: OnceCell::new(),
            ends: OnceCell::new(),
            left,
            objects: BTreeMap::new(),
            misplaced: Several::default(),
            broken: Several::default(),
            lengths: Several::default(),
            refused: None,
        }
    }

    /// Reads the objects that stand in the file.
    pub(super) fn read_standing(&mut self) {
        for (number, place) in self.places.clone() {
            if self.refused.is_some() {
                return;
            }
            if let Place::At { offset, generation } = place {
                self.read_at(number, generation, offset);
            }
        }
    }

    /// Decrypts all that stands in the file; `None` if it is not encrypted.
    pub(super) fn decrypt(&mut self, trailer: &Dict) -> Option<Result<Crypt, Locked>> {
        let own = |dict: &&Dict| dict.has("Encrypt");
        // A file whose cross-reference is lost may still have it as an object.
        let lost = || {
            let objects = self.objects.values();
            let mut tables = objects.filter_map(|object| object.value.dict());
            tables.find(|dict| dict.is("Type", "XRef") && dict.has("Encrypt"))
        };
        let trailer = Some(trailer).filter(own).or_else(lost)?;
        let resolve = |value| direct(&self.objects, value);
        let kept = trailer.raw("Encrypt").reference().map(|own| own.number);
        let id = resolve(trailer.raw("ID")).array().and_then(<[_]>::first);
        let id = id.map(resolve).and_then(Object::bytes).unwrap_or_default();
        let Some(dict) = resolve(trailer.raw("Encrypt")).dict() else {
            return Some(Err(Locked::Unknown(
                "in a way that it does not tell".to_owned(),
            )));
        };
        let crypt = match Crypt::open(dict, id, &resolve) {
            Ok(crypt) => crypt,
            Err(locked) => return Some(Err(locked)),
        };
        let mut plain = self.bytes.to_vec();
        // Streams that share their bytes would be decrypted over and over.
        let mut room = plain.len();
        for (number, object) in &mut self.objects {
            if Some(*number) == kept {
                continue;
            }
            let own = Ref {
                number: *number,
                generation: object.generation,
            };
            let mut stack = vec![&mut object.value];
            while let Some(value) = stack.pop() {
                match value {
                    Object::String(text) => *text = crypt.string(own, text),
                    Object::Array(items) => stack.extend(items),
                    Object::Dict(dict) => stack.extend(dict.0.values_mut()),
                    _ => {}
                }
            }
            if let (Some(range), Some(dict)) = (&mut object.data, object.value.dict()) {
                let Some(less) = room.checked_sub(range.len()) else {
                    self.refused = Some("its encrypted streams hold each other");
                    break;
                };
                room = less;
                let meant = crypt.stream(own, dict, &mut plain[range.clone()]);
                *range = range.start + meant.start..range.start + meant.end;
            }
        }
        self.plain = Cow::Owned(plain);
        Some(Ok(crypt))
    }

    /// Reads the objects in streams.
    pub(super) fn read_packed(&mut self) {
        let mut packed: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
        for (number, place) in &self.places {
            if let Place::Inside { stream, index } = place {
                packed.entry(*stream).or_default().push((*number, *index));
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
            let scanned = self.scanned.get_or_init(|| xref::scan(self.bytes));
            if let Some(Place::At { offset, .. }) = scanned.get(&number).copied() {
                read = self.parse(number, offset);
            }
            // A cross-reference that is wrong about itself alone was found without its own help.
            let is_table = |object: &Indirect| {
                let dict = object.value.dict();
                dict.is_some_and(|dict| dict.is("Type", "XRef"))
            };
            if !read.as_ref().is_ok_and(is_table) {
                self.misplaced.add(|| format!("object {number}"));
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
            let raw = &self.plain[packed.data.clone()?];
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
    pub(super) fn rescue(&mut self, trailer: Dict) -> Dict {
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

    pub(super) fn tell(&self, faults: &mut Faults) {
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
