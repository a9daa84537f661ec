//! Where a stream's bytes stand, and what its dictionary says of them (ISO 32000-1, 7.3.8).

use std::ops::Range;

use super::filter::Filter;
use super::lexer::is_space;
use super::object::{Dict, NULL, Object};

/// Filters one behind the other, at most. Writers use two.
const CHAIN: usize = 8;

/// The bytes of a stream whose keyword ends at `at`, if `endstream` stands behind `length` of them.
pub(crate) fn span(bytes: &[u8], at: usize, length: usize) -> Option<Range<usize>> {
    let start = begin(bytes, at);
    let end = start.checked_add(length)?;
    let behind = bytes.get(end..)?;
    // A line end stands before the keyword, or none; some writers put more.
    let spaces = behind
        .iter()
        .take(8)
        .take_while(|byte| is_space(**byte))
        .count();
    behind[spaces..]
        .starts_with(b"endstream")
        .then_some(start..end)
}

/// The first byte of a stream whose keyword ends at `at`: behind one line end.
pub(crate) fn begin(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..).unwrap_or_default() {
        [b'\r', b'\n', ..] => at + 2,
        [b'\n' | b'\r', ..] => at + 1,
        _ => at,
    }
}

/// The bytes of such a stream up to an `endstream` that was found elsewhere, without the line end before it.
pub(crate) fn until(bytes: &[u8], at: usize, end: usize) -> Range<usize> {
    let start = begin(bytes, at).min(end);
    let data = &bytes[start..end];
    let data = data.strip_suffix(b"\n").unwrap_or(data);
    let data = data.strip_suffix(b"\r").unwrap_or(data);
    start..start + data.len()
}

/// The filters of a stream, as its dictionary names them. `resolve` follows references.
pub(crate) fn filters<'a>(
    dict: &'a Dict,
    resolve: &dyn Fn(&'a Object) -> &'a Object,
) -> Vec<Filter> {
    let either = |long: &str, short: &str| {
        let value = resolve(dict.raw(long));
        if value.is_null() {
            resolve(dict.raw(short))
        } else {
            value
        }
    };
    let (names, parameters) = (either("Filter", "F"), either("DecodeParms", "DP"));
    let names = match names {
        Object::Array(names) => names.as_slice(),
        Object::Name(_) => std::slice::from_ref(names),
        _ => &[],
    };
    let parameters = match parameters {
        Object::Array(list) => list.as_slice(),
        Object::Dict(_) => std::slice::from_ref(parameters),
        _ => &[],
    };
    names
        .iter()
        .take(CHAIN)
        .enumerate()
        .map(|(at, name)| {
            let own = resolve(parameters.get(at).unwrap_or(&NULL)).dict();
            let number = |key: &str, default| {
                let value = own.map(|own| resolve(own.raw(key)));
                value.and_then(Object::integer).unwrap_or(default)
            };
            Filter {
                name: resolve(name).name().unwrap_or_default(),
                predictor: number("Predictor", 1),
                colors: number("Colors", 1),
                bits: number("BitsPerComponent", 8),
                columns: number("Columns", 1),
                early: number("EarlyChange", 1) != 0,
            }
        })
        .collect()
}
