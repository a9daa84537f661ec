//! The syntax of PDF files: from bytes to numbered objects, with all that is wrong on the way.
//!
//! In: bytes. Out: a [`File`], its objects by number, their streams found but not decoded. Steps: `open` finds the header and the end,
//! `xref` says where objects stand, `reader` reads each of them (`lexer`, `parse`, `data`), decrypts them (`crypt`), then those packed into
//! streams (`filter`).
//! Where the cross-reference is no use, objects are looked for byte by byte, and that is told.
//!
//! Every value is counted against [`VALUES`], every decoded byte against a limit, and nothing here recurses: a hostile file is
//! refused in time and memory linear in its size.

mod crypt;
mod data;
mod filter;
mod lexer;
mod object;
mod open;
mod parse;
mod reader;
mod xref;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

pub(super) use crypt::Permissions;
pub(super) use filter::{Damage, Filter, decode, inflate};
pub(super) use lexer::{Lexer, Token, is_space};
pub(super) use object::{Dict, NULL, Object, Ref, text_string, utf16};
pub(super) use open::open;
pub(super) use parse::value;

/// Values that a file may have: 24 million are a gigabyte or less. A tagged book of 1,000 pages has two million.
pub(super) const VALUES: u64 = 24_000_000;

/// Bytes that a stream which holds no picture may have: eighty times all letters of a long novel.
pub(super) const STREAM: usize = 1 << 27;

/// An object with a number.
#[derive(Clone, Debug)]
pub(super) struct Indirect {
    pub(super) generation: u16,
    /// What it is; of a stream, its dictionary.
    pub(super) value: Object,
    /// Of a stream: where its bytes stand in the file.
    pub(super) data: Option<Range<usize>>,
}

/// An opened file.
#[derive(Debug)]
pub(super) struct File<'a> {
    /// As they stand there, but decrypted.
    pub(super) bytes: Cow<'a, [u8]>,
    /// As the header has it: 1.7 is `(1, 7)`.
    pub(super) version: (u8, u8),
    pub(super) objects: BTreeMap<u32, Indirect>,
    pub(super) trailer: Dict,
    /// Whether a comment behind the header says that the file is not text.
    pub(super) has_mark: bool,
    /// Whether something stands before the header or behind the end.
    pub(super) is_stray: bool,
    /// What readers may do; `None` if it is not encrypted.
    pub(super) permissions: Option<Permissions>,
}

/// References that lead to references, at most.
const HOPS: usize = 8;

impl File<'_> {
    /// An object by its name in the file.
    pub(super) fn indirect(&self, to: Ref) -> Option<&Indirect> {
        let found = self.objects.get(&to.number)?;
        (found.generation == to.generation).then_some(found)
    }

    /// What a value stands for: itself, or what it refers to. Null for what is not there.
    pub(super) fn resolve<'b>(&'b self, value: &'b Object) -> &'b Object {
        self.follow(value).1
    }

    /// The same, and the object that it is, if it has a number.
    pub(super) fn follow<'b>(&'b self, value: &'b Object) -> (Option<Ref>, &'b Object) {
        let (mut own, mut value) = (None, value);
        for _ in 0..HOPS {
            let Object::Reference(to) = value else {
                return (own, value);
            };
            own = Some(*to);
            value = self.indirect(*to).map_or(&NULL, |found| &found.value);
        }
        (own, &NULL)
    }

    /// A value of a dictionary, references followed.
    pub(super) fn get<'b>(&'b self, dict: &'b Dict, key: &str) -> &'b Object {
        self.resolve(dict.raw(key))
    }

    /// A dictionary in a dictionary; of a stream, its own.
    pub(super) fn dict<'b>(&'b self, dict: &'b Dict, key: &str) -> Option<&'b Dict> {
        self.get(dict, key).dict()
    }

    /// A list in a dictionary; empty if there is none.
    pub(super) fn list<'b>(&'b self, dict: &'b Dict, key: &str) -> &'b [Object] {
        self.get(dict, key).array().unwrap_or_default()
    }

    /// A name in a dictionary.
    pub(super) fn name(&self, dict: &Dict, key: &str) -> Option<String> {
        self.get(dict, key).name()
    }

    /// A text in a dictionary.
    pub(super) fn text(&self, dict: &Dict, key: &str) -> Option<String> {
        self.get(dict, key).text()
    }

    /// The numbers of a list, those that are such.
    pub(super) fn numbers(&self, list: &[Object]) -> Vec<f64> {
        list.iter()
            .filter_map(|value| self.resolve(value).number())
            .collect()
    }

    /// The catalog.
    pub(super) fn root(&self) -> Option<&Dict> {
        self.dict(&self.trailer, "Root")
    }

    /// The stream that a value refers to: its dictionary and its bytes as they stand.
    pub(super) fn stream<'b>(&'b self, value: &'b Object) -> Option<(&'b Dict, &'b [u8])> {
        let (own, value) = self.follow(value);
        let range = self.indirect(own?)?.data.clone()?;
        Some((value.dict()?, &self.bytes[range]))
    }

    /// What a stream of the file holds, as far as it can be had, and what is wrong with it.
    pub(super) fn decoded(&self, value: &Object) -> Option<(Vec<u8>, Option<Damage>)> {
        let (dict, raw) = self.stream(value)?;
        Some(decode(&self.filters(dict), raw, STREAM))
    }

    /// The filters of a stream.
    pub(super) fn filters(&self, dict: &Dict) -> Vec<Filter> {
        data::filters(dict, &|value| self.resolve(value))
    }
}
