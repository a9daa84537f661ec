//! The cross-reference: where in the file each object stands (ISO 32000-1, 7.5.4 to 7.5.8).
//!
//! In: the file's bytes and where the last section begins. Out: a place for each object, the trailer, and what is wrong. Sections are
//! followed from the last to the first; what a later one says of an object holds.

use std::collections::{BTreeMap, BTreeSet};

use super::data::{filters, span};
use super::filter::decode;
use super::lexer::{Lexer, Token};
use super::object::{Dict, Object};
use super::parse::value;

/// Sections, at most: a file that was changed a thousand times is no finished book.
const SECTIONS: usize = 1024;

/// Bytes that a cross-reference stream may hold: those of four million objects.
const STREAM: usize = 1 << 26;

/// Where an object stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nowhere: its number is free.
    Free,
    /// In the file, at a byte.
    At { offset: usize, generation: u16 },
    /// In an object stream.
    Inside { stream: u32, index: usize },
}

/// The sections, put together.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) places: BTreeMap<u32, Place>,
    pub(crate) trailer: Dict,
}

/// Follows the sections from `start`. `base` is where the header stands: all offsets count from there.
///
/// # Errors
/// What is wrong, as the end of a sentence.
pub(crate) fn read(
    bytes: &[u8],
    base: usize,
    start: usize,
    left: &mut u64,
) -> Result<Table, String> {
    let mut table = Table::default();
    let mut seen = BTreeSet::new();
    // Where sections stand, and whether they are streams that a table beside them names.
    let mut queue = vec![(start, false)];
    let mut first = true;
    while let Some((offset, is_beside)) = queue.pop() {
        if !seen.insert(offset) {
            return Err(format!("its section at byte {offset} comes after itself"));
        }
        if seen.len() > SECTIONS {
            return Err("it has more sections than any book".to_owned());
        }
        let at = offset.saturating_add(base);
        let trailer = section(bytes, at, left, &mut table.places)
            .map_err(|wrong| format!("its section at byte {offset} {wrong}"))?;
        let mut next = |key: &str| -> Result<(), String> {
            match trailer.raw(key) {
                Object::Null => Ok(()),
                value => {
                    let offset = value
                        .integer()
                        .and_then(|offset| usize::try_from(offset).ok());
                    let offset =
                        offset.ok_or_else(|| format!("`{key}` in its trailer is no offset"))?;
                    queue.push((offset, key == "XRefStm"));
                    Ok(())
                }
            }
        };
        // What stands last in the queue is read first: a hybrid file's stream before older sections (7.5.8.4).
        // What such a stream says of older sections its table says too.
        if !is_beside {
            next("Prev")?;
            next("XRefStm")?;
        }
        if first {
            table.trailer = trailer;
            first = false;
        }
    }
    Ok(table)
}

/// One section, of either kind; gives its trailer.
fn section(
    bytes: &[u8],
    at: usize,
    left: &mut u64,
    places: &mut BTreeMap<u32, Place>,
) -> Result<Dict, String> {
    if at >= bytes.len() {
        return Err("lies behind the file's end".to_owned());
    }
    let mut lexer = Lexer::new(bytes, at);
    match lexer.token() {
        Token::Word(b"xref") => rows(&mut lexer, left, places),
        Token::Integer(_) => stream(bytes, at, left, places),
        _ => Err("is no cross-reference".to_owned()),
    }
}

/// A table of rows, behind its keyword, and the trailer.
fn rows(
    lexer: &mut Lexer<'_>,
    left: &mut u64,
    places: &mut BTreeMap<u32, Place>,
) -> Result<Dict, String> {
    loop {
        let first = match lexer.token() {
            Token::Integer(first) => first,
            Token::Word(b"trailer") => break,
            _ => return Err("breaks off".to_owned()),
        };
        let Token::Integer(count) = lexer.token() else {
            return Err("has a part without a count".to_owned());
        };
        for index in 0..count.max(0) {
            let (Token::Integer(offset), Token::Integer(generation), Token::Word(kind)) =
                (lexer.token(), lexer.token(), lexer.token())
            else {
                return Err(format!(
                    "has {index} rows in a part that should have {count}"
                ));
            };
            let number = first
                .checked_add(index)
                .and_then(|number| u32::try_from(number).ok());
            let (Some(number), Ok(offset)) = (number, usize::try_from(offset)) else {
                return Err("has a row of no object".to_owned());
            };
            let place = match kind {
                // Some writers give unused objects offset 0 instead of marking them.
                b"n" if offset > 0 => Place::At {
                    offset,
                    generation: u16::try_from(generation).unwrap_or_default(),
                },
                b"n" | b"f" => Place::Free,
                _ => {
                    return Err(format!(
                        "has a row for object {number} that is neither used nor free"
                    ));
                }
            };
            places.entry(number).or_insert(place);
        }
    }
    match value(lexer, left) {
        Ok(Object::Dict(trailer)) => Ok(trailer),
        _ => Err("has no trailer".to_owned()),
    }
}

/// A cross-reference stream (7.5.8).
fn stream(
    bytes: &[u8],
    at: usize,
    left: &mut u64,
    places: &mut BTreeMap<u32, Place>,
) -> Result<Dict, String> {
    let mut lexer = Lexer::new(bytes, at);
    lexer.token();
    lexer.token();
    let (Token::Word(b"obj"), Ok(Object::Dict(dict)), Token::Word(b"stream")) =
        (lexer.token(), value(&mut lexer, left), lexer.token())
    else {
        return Err("is no cross-reference".to_owned());
    };
    if !dict.is("Type", "XRef") {
        return Err("is no cross-reference".to_owned());
    }
    let length = dict
        .raw("Length")
        .integer()
        .and_then(|length| usize::try_from(length).ok());
    let range = length.and_then(|length| span(bytes, lexer.at, length));
    let range = range.ok_or_else(|| "is a stream of the wrong length".to_owned())?;
    let chain = filters(&dict, &|object| object);
    let (data, damage) = decode(&chain, &bytes[range], STREAM);
    if damage.is_some() {
        return Err("is a stream that cannot be read".to_owned());
    }
    // Sections that share their bytes would be read over and over.
    *left = left
        .checked_sub(data.len() as u64 / 8)
        .ok_or("holds too much")?;
    let widths: Vec<usize> = dict
        .raw("W")
        .array()
        .unwrap_or_default()
        .iter()
        .filter_map(|width| {
            width
                .integer()
                .and_then(|width| usize::try_from(width).ok())
        })
        .collect();
    let &[kind, second, third] = widths.as_slice() else {
        return Err("does not say how wide its fields are".to_owned());
    };
    // No number has more than eight bytes.
    if kind > 8 || second > 8 || third > 8 || kind + second + third == 0 {
        return Err("has fields of no width that a number has".to_owned());
    }
    let size = dict.raw("Size").integer().unwrap_or_default();
    let whole = [Object::Integer(0), Object::Integer(size)];
    let index = dict.raw("Index").array().unwrap_or(&whole);
    let mut rows = data.chunks_exact(kind + second + third);
    for part in index.chunks(2) {
        let [Some(first), Some(count)] = [part.first(), part.get(1)].map(|part| part?.integer())
        else {
            return Err("has a part without a count".to_owned());
        };
        for index in 0..count.max(0) {
            let Some(row) = rows.next() else {
                return Err("has fewer rows than it says".to_owned());
            };
            let field = |from: usize, to: usize| {
                row[from..to]
                    .iter()
                    .fold(0u64, |value, byte| value << 8 | u64::from(*byte))
            };
            let (one, two) = (field(kind, kind + second), field(kind + second, row.len()));
            let place = match if kind == 0 { 1 } else { field(0, kind) } {
                1 => Place::At {
                    offset: usize::try_from(one).unwrap_or(usize::MAX),
                    generation: u16::try_from(two).unwrap_or_default(),
                },
                2 => Place::Inside {
                    stream: u32::try_from(one).unwrap_or(u32::MAX),
                    index: usize::try_from(two).unwrap_or(usize::MAX),
                },
                // Unknown kinds are to be read as references to nothing.
                _ => Place::Free,
            };
            let number = first
                .checked_add(index)
                .and_then(|number| u32::try_from(number).ok());
            places
                .entry(number.ok_or("has a row of no object")?)
                .or_insert(place);
        }
    }
    Ok(dict)
}

/// Where objects seem to stand, by a look at every byte: for files whose cross-reference is no use. Of a number that stands there
/// twice, the last.
pub(crate) fn scan(bytes: &[u8]) -> BTreeMap<u32, Place> {
    let mut places = BTreeMap::new();
    for at in occurrences(bytes, b"obj") {
        if let Some((number, generation, offset)) = head(bytes, at) {
            places.insert(number, Place::At { offset, generation });
        }
    }
    places
}

/// The number, the generation and the first byte of an object whose keyword stands at `at`.
fn head(bytes: &[u8], at: usize) -> Option<(u32, u16, usize)> {
    let (generation, at) = number_before(bytes, at)?;
    let (number, at) = number_before(bytes, at)?;
    Some((number, u16::try_from(generation).ok()?, at))
}

/// A number that ends before white space before `at`.
fn number_before(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    // Numbers have at most ten digits; what stands further back need not be looked at.
    let before = &bytes[at.saturating_sub(16)..at];
    let trimmed = before.trim_ascii_end();
    let digits = trimmed
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let text = std::str::from_utf8(&trimmed[trimmed.len() - digits..]).ok()?;
    (trimmed.len() < before.len()).then_some(())?;
    Some((
        text.parse().ok()?,
        at - (before.len() - trimmed.len()) - digits,
    ))
}

/// The trailers that can be found without a cross-reference, first the last in the file.
pub(crate) fn trailers(bytes: &[u8], left: &mut u64) -> Vec<Dict> {
    let mut found = Vec::new();
    for at in occurrences(bytes, b"trailer") {
        let mut lexer = Lexer::new(bytes, at + b"trailer".len());
        if let Ok(Object::Dict(dict)) = value(&mut lexer, left) {
            found.push(dict);
        }
    }
    found.reverse();
    found
}

/// Where some bytes stand.
pub(crate) fn occurrences<'a>(bytes: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let ends = bytes.len().saturating_sub(word.len() - 1);
    (0..ends).filter(move |at| bytes[*at] == word[0] && bytes[*at..].starts_with(word))
}
