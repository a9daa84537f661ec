//! PDF's own notation: numbers, names, strings, objects (ISO 32000-1, 7.3), and deflate.

use std::cell::RefCell;

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, ObjectId, StringFormat};

use crate::unit::Abs;

/// How hard streams are compressed: beyond 6, text streams lose under 1 % in size and double in time.
const LEVEL: u32 = 6;

/// A length in thousandths of a point, the precision of what is written: a 1/70 000 inch.
pub fn milli(length: Abs) -> i64 {
    let scaled = length.raw().clamp(-(1 << 50), 1 << 50) * 1000;
    (scaled + 32_768).div_euclid(65_536)
}

/// A length as an object.
pub fn real(length: Abs) -> Object {
    number(milli(length))
}

/// A number of thousandths as an object.
pub fn number(thousandths: i64) -> Object {
    if thousandths % 1000 == 0 {
        Object::Integer(thousandths / 1000)
    } else {
        Object::Real(thousandths as f32 / 1000.0)
    }
}

/// A name as an object.
pub fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

/// Writes a whole number.
pub fn write_int(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// Writes a number given in thousandths: `12`, `-.5`, `3.125`.
pub fn write_milli(out: &mut Vec<u8>, thousandths: i64) {
    write_decimal(out, thousandths, 3);
}

/// Writes a number given without its point, which stands before the last `places` digits.
pub fn write_decimal(out: &mut Vec<u8>, value: i64, places: u32) {
    let one = 10u64.pow(places);
    let (whole, mut part) = (value.unsigned_abs() / one, value.unsigned_abs() % one);
    if value < 0 {
        out.push(b'-');
    }
    if whole > 0 || part == 0 {
        write_int(out, whole as i64);
    }
    if part > 0 {
        out.push(b'.');
        let mut digit = one / 10;
        while part > 0 {
            out.push(b'0' + (part / digit) as u8);
            part %= digit;
            digit /= 10;
        }
    }
}

/// Writes numbers of thousandths, parted by spaces.
pub fn write_corners(out: &mut Vec<u8>, corners: [i64; 4]) {
    for (index, side) in corners.into_iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        write_milli(out, side);
    }
}

/// Writes one byte of a string in parentheses.
#[inline]
pub fn write_string_byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        // A bare carriage return would be read as a line feed.
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(byte),
    }
}

/// Writes a string in parentheses.
pub fn write_string(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for &byte in bytes {
        write_string_byte(out, byte);
    }
    out.push(b')');
}

/// Text for people as PDF has it: ASCII as it is, everything else as UTF-16 with its mark.
pub fn text_bytes(text: &str) -> Vec<u8> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return text.as_bytes().to_vec();
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

/// Text for people, as an object.
pub fn text(text: &str) -> Object {
    Object::String(text_bytes(text), StringFormat::Literal)
}

/// Text for people, written.
pub fn write_text(out: &mut Vec<u8>, text: &str) {
    write_string(out, &text_bytes(text));
}

/// Writes `12 0 R`.
pub fn write_ref(out: &mut Vec<u8>, id: u32) {
    write_int(out, i64::from(id));
    out.extend_from_slice(b" 0 R");
}

/// Writes a name with its slash.
pub fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

/// Writes any object but a stream's data: of a stream, its dictionary.
pub fn write_object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(true) => out.extend_from_slice(b"true"),
        Object::Boolean(false) => out.extend_from_slice(b"false"),
        Object::Integer(value) => write_int(out, *value),
        // `Display` of a float never uses an exponent, which PDF does not know.
        Object::Real(value) if value.is_finite() => {
            out.extend_from_slice(value.to_string().as_bytes());
        }
        Object::Real(_) => out.push(b'0'),
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, _) => write_string(out, bytes),
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write_object(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => write_dictionary(out, dict),
        Object::Stream(stream) => write_dictionary(out, &stream.dict),
        Object::Reference((id, _)) => write_ref(out, *id),
    }
}

/// Writes a dictionary.
pub fn write_dictionary(out: &mut Vec<u8>, dict: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dict {
        write_name(out, key);
        if !matches!(
            value,
            Object::Name(_)
                | Object::String(..)
                | Object::Array(_)
                | Object::Dictionary(_)
                | Object::Stream(_)
        ) {
            out.push(b' ');
        }
        write_object(out, value);
    }
    out.extend_from_slice(b">>");
}

thread_local! {
    /// What a thread compresses with, and where to: to make the tables anew for each page costs a third of its
    /// compression.
    static PRESS: RefCell<(Compress, Vec<u8>)> =
        RefCell::new((Compress::new(Compression::new(LEVEL), true), Vec::new()));
}

/// Compresses, in zlib's format.
pub fn deflate(data: &[u8]) -> Vec<u8> {
    PRESS.with_borrow_mut(|(compress, out)| {
        compress.reset();
        out.clear();
        // No data grow by more (zlib's deflateBound), so one call does.
        out.reserve(data.len() + data.len() / 1000 + 64);
        loop {
            let read = compress.total_in() as usize;
            match compress.compress_vec(&data[read..], out, FlushCompress::Finish) {
                Ok(Status::Ok | Status::BufError) => out.reserve(data.len() / 8 + 64),
                // Only a wrong order of calls is an error, and there is one call.
                Ok(Status::StreamEnd) | Err(_) => break,
            }
        }
        out.as_slice().to_vec()
    })
}

/// Objects that are many and small (structure elements, link annotations), written down as they are made.
#[derive(Debug, Default)]
pub struct Packed {
    /// Which object begins where.
    pub starts: Vec<(u32, usize)>,
    /// The objects, one after another.
    pub bytes: Vec<u8>,
}

impl Packed {
    /// Begins an object; what is written until the next `begin` is its.
    pub fn begin(&mut self, id: ObjectId) -> &mut Vec<u8> {
        self.starts.push((id.0, self.bytes.len()));
        &mut self.bytes
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_compressed_comes_back_whatever_came_before() {
        let noise = |seed: u32| -> Vec<u8> {
            let mut x = seed;
            let mut next = || {
                x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (x >> 24) as u8
            };
            (0..70_000).map(|_| next()).collect()
        };
        let first = deflate(b"one page");
        for data in [&noise(1)[..], b"", b"one page", &[7; 100_000]] {
            let mut back = Vec::new();
            flate2::read::ZlibDecoder::new(&deflate(data)[..])
                .read_to_end(&mut back)
                .unwrap();
            assert_eq!(back, data);
        }
        assert_eq!(deflate(b"one page"), first);
    }

    fn shown(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_are_short_and_exact() {
        for (value, text) in [
            (0, "0"),
            (12_000, "12"),
            (-500, "-.5"),
            (3_125, "3.125"),
            (1_010, "1.01"),
            (i64::MIN / 2, "-4611686018427387.904"),
        ] {
            assert_eq!(shown(|out| write_milli(out, value)), text);
        }
        assert_eq!(shown(|out| write_decimal(out, -4_050, 5)), "-.0405");
        assert_eq!(shown(|out| write_int(out, i64::MIN)), i64::MIN.to_string());
        assert_eq!(milli(Abs::pt(-1.5)), -1500);
    }

    #[test]
    fn strings_and_names_escape_what_would_end_them() {
        assert_eq!(
            shown(|out| write_string(out, b"a(b)\\\r")),
            "(a\\(b\\)\\\\\\r)"
        );
        assert_eq!(shown(|out| write_name(out, b"A B/#")), "/A#20B#2F#23");
        assert_eq!(text_bytes("\u{e9}"), [0xfe, 0xff, 0, 0xe9]);
    }
}
