//! What a stream holds behind its filters (ISO 32000-1, 7.4), up to a limit.
//!
//! In: the bytes as they stand in the file, the filters' names and parameters, a limit in bytes. Out: the bytes meant, as many as
//! could be had, and what kept the rest. Filters that hold pictures are left as they are: their codecs are no matter of the file.

use flate2::{Decompress, FlushDecompress, Status};

use super::lexer::{hex, is_space};

/// What is wrong with a stream's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// Not what its filter writes.
    Corrupt,
    /// It breaks off.
    Short,
    /// It holds more than the limit.
    TooLarge,
    /// A filter that no standard names, or parameters that make no sense.
    Unknown,
}

/// One filter with what it must know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) name: String,
    /// As `DecodeParms` says; 1 for none.
    pub(crate) predictor: i64,
    pub(crate) colors: i64,
    pub(crate) bits: i64,
    pub(crate) columns: i64,
    /// LZW alone: whether codes grow one early. True where nothing is said.
    pub(crate) early: bool,
}

impl Filter {
    /// Whether it holds a picture in a format of its own.
    pub(crate) fn is_picture(&self) -> bool {
        matches!(
            self.name.as_str(),
            "DCTDecode" | "DCT" | "JPXDecode" | "CCITTFaxDecode" | "CCF" | "JBIG2Decode"
        )
    }

    /// The bytes of one row before prediction, and of one pixel.
    fn row(&self) -> Option<(usize, usize)> {
        let in_range = (1..=32).contains(&self.colors)
            && [1, 2, 4, 8, 16].contains(&self.bits)
            && (1..=1 << 26).contains(&self.columns);
        if !in_range {
            return None;
        }
        let pixel = self.colors * self.bits;
        // Within the ranges above: at most 2^35 bits.
        let row = usize::try_from((self.columns * pixel + 7) / 8).ok()?;
        Some((row, usize::try_from((pixel + 7) / 8).ok()?))
    }
}

/// A stream's bytes, whole or as far as they go. Picture filters, and what stands before them, are left.
pub(crate) fn decode(filters: &[Filter], raw: &[u8], limit: usize) -> (Vec<u8>, Option<Damage>) {
    let mut bytes = raw.to_vec();
    let mut damage = None;
    for filter in filters {
        if filter.is_picture() {
            break;
        }
        let (next, found) = apply(filter, &bytes, limit);
        bytes = next;
        damage = damage.or(found);
        if found == Some(Damage::TooLarge) {
            break;
        }
    }
    (bytes, damage)
}

fn apply(filter: &Filter, bytes: &[u8], limit: usize) -> (Vec<u8>, Option<Damage>) {
    let mut out = Vec::new();
    let damage = match filter.name.as_str() {
        "FlateDecode" | "Fl" => inflate(bytes, limit, |part| out.extend_from_slice(part)),
        "LZWDecode" | "LZW" => lzw(bytes, filter.early, limit, &mut out),
        "ASCIIHexDecode" | "AHx" => ascii_hex(bytes, &mut out),
        "ASCII85Decode" | "A85" => ascii_85(bytes, &mut out),
        "RunLengthDecode" | "RL" => run_length(bytes, limit, &mut out),
        "Crypt" => return (bytes.to_vec(), None),
        _ => return (bytes.to_vec(), Some(Damage::Unknown)),
    };
    if filter.predictor <= 1 {
        return (out, damage);
    }
    match unpredict(filter, &out) {
        Some(plain) => (plain, damage),
        None => (out, damage.or(Some(Damage::Unknown))),
    }
}

/// Inflates bit by bit; what comes out is handed on in parts and never more than `limit` bytes.
pub(crate) fn inflate(bytes: &[u8], limit: usize, mut take: impl FnMut(&[u8])) -> Option<Damage> {
    // Some writers leave a stream that holds nothing without even the marks of its filter.
    if bytes.trim_ascii().is_empty() {
        return None;
    }
    let mut engine = Decompress::new(true);
    let mut buffer = vec![0; 1 << 16];
    let mut total = 0usize;
    loop {
        let (read, written) = (engine.total_in(), engine.total_out());
        // `total_in` is at most the length of a slice.
        let rest = bytes.get(read as usize..).unwrap_or_default();
        let status = engine.decompress(rest, &mut buffer, FlushDecompress::None);
        let made = (engine.total_out() - written) as usize;
        total += made;
        if total > limit {
            return Some(Damage::TooLarge);
        }
        take(&buffer[..made.min(buffer.len())]);
        match status {
            Ok(Status::StreamEnd) => return None,
            Err(_) => return Some(Damage::Corrupt),
            Ok(_) if made == 0 && engine.total_in() == read => {
                return (!is_flushed(bytes)).then_some(Damage::Short);
            }
            Ok(_) => {}
        }
    }
}

/// Whether deflated bytes end where their writer stopped on purpose: all was flushed, and only the mark of the end is missing (RFC 1951,
/// 3.2.4: an empty block of stored bytes). Every viewer takes them for whole.
fn is_flushed(bytes: &[u8]) -> bool {
    bytes.trim_ascii_end().ends_with(&[0, 0, 0xFF, 0xFF])
}

/// Codes of 9 to 12 bits (7.4.4.2). An entry is a byte behind an earlier entry.
fn lzw(bytes: &[u8], early: bool, limit: usize, out: &mut Vec<u8>) -> Option<Damage> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut table: Vec<(usize, usize)> = Vec::new();
    let (mut held, mut count, mut width) = (0u32, 0, 9);
    let mut last: Option<(usize, usize)> = None;
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        count += 8;
        if count < width {
            continue;
        }
        count -= width;
        let code = (held >> count) as usize & ((1 << width) - 1);
        match code {
            CLEAR => {
                table.clear();
                width = 9;
                last = None;
                continue;
            }
            END => return None,
            _ => {}
        }
        // Each entry is a stretch of what came out already.
        let start = out.len();
        match (code, last) {
            (0..CLEAR, _) => out.push(code as u8),
            (_, Some((from, length))) if code == table.len() + 258 => {
                out.extend_from_within(from..from + length);
                let first = out[from];
                out.push(first);
            }
            _ => match table.get(code - 258) {
                Some((from, length)) => out.extend_from_within(*from..from + length),
                None => return Some(Damage::Corrupt),
            },
        }
        if out.len() > limit {
            return Some(Damage::TooLarge);
        }
        if let Some((from, length)) = last
            && table.len() < 4096 - 258
        {
            table.push((from, length + 1));
        }
        last = Some((start, out.len() - start));
        // The table grows by one more before the next code is read.
        let next = table.len() + 259 + usize::from(early);
        width = match next {
            0..=512 => 9,
            513..=1024 => 10,
            1025..=2048 => 11,
            _ => 12,
        };
    }
    Some(Damage::Short)
}

fn ascii_hex(bytes: &[u8], out: &mut Vec<u8>) -> Option<Damage> {
    let mut half = None;
    for byte in bytes.iter().filter(|byte| !is_space(**byte)) {
        if *byte == b'>' {
            out.extend(half.map(|high: u8| high << 4));
            return None;
        }
        let Some(digit) = hex(*byte) else {
            return Some(Damage::Corrupt);
        };
        half = match half {
            Some(high) => {
                out.push(high << 4 | digit);
                None
            }
            None => Some(digit),
        };
    }
    // Viewers do not miss the mark of the end where the stream ends.
    out.extend(half.map(|high: u8| high << 4));
    None
}

fn ascii_85(bytes: &[u8], out: &mut Vec<u8>) -> Option<Damage> {
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let mut word = |group: &[u32]| {
        let value = (0..5).fold(0u32, |value, at| {
            let digit = group.get(at).copied().unwrap_or(84);
            value.wrapping_mul(85).wrapping_add(digit)
        });
        let keep = group.len().saturating_sub(1);
        out.extend_from_slice(&value.to_be_bytes()[..keep.min(4)]);
    };
    for byte in bytes.iter().filter(|byte| !is_space(**byte)) {
        match byte {
            b'~' => {
                word(&group);
                return None;
            }
            b'z' if group.is_empty() => word(&[0; 5]),
            b'!'..=b'u' => {
                group.push(u32::from(byte - b'!'));
                if group.len() == 5 {
                    word(&group);
                    group.clear();
                }
            }
            _ => return Some(Damage::Corrupt),
        }
    }
    Some(Damage::Short)
}

fn run_length(bytes: &[u8], limit: usize, out: &mut Vec<u8>) -> Option<Damage> {
    let mut rest = bytes;
    while let [length, behind @ ..] = rest {
        if out.len() > limit {
            return Some(Damage::TooLarge);
        }
        let count = usize::from(*length);
        rest = match count {
            128 => return None,
            0..128 => {
                let Some((run, behind)) = behind.split_at_checked(count + 1) else {
                    return Some(Damage::Short);
                };
                out.extend_from_slice(run);
                behind
            }
            _ => {
                let [byte, behind @ ..] = behind else {
                    return Some(Damage::Short);
                };
                out.resize(out.len() + 257 - count, *byte);
                behind
            }
        };
    }
    Some(Damage::Short)
}

/// Undoes prediction by rows (7.4.4.4); `None` where the parameters make no sense.
fn unpredict(filter: &Filter, bytes: &[u8]) -> Option<Vec<u8>> {
    let (row, pixel) = filter.row()?;
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    if filter.predictor == 2 {
        // TIFF's; only of whole bytes, as writers use it.
        (filter.bits == 8).then_some(())?;
        for line in bytes.chunks(row) {
            let start = out.len();
            for (at, byte) in line.iter().enumerate() {
                let left = at.checked_sub(pixel).map_or(0, |left| out[start + left]);
                out.push(byte.wrapping_add(left));
            }
        }
        return Some(out);
    }
    (10..=15).contains(&filter.predictor).then_some(())?;
    for line in bytes.chunks(row + 1) {
        let (kind, line) = line.split_first()?;
        let start = out.len();
        let above = start.checked_sub(row);
        for (at, byte) in line.iter().enumerate() {
            let left = at.checked_sub(pixel).map_or(0, |left| out[start + left]);
            let up = above.map_or(0, |above| out[above + at]);
            let corner = match (above, at.checked_sub(pixel)) {
                (Some(above), Some(left)) => out[above + left],
                _ => 0,
            };
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => up,
                3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                4 => paeth(left, up, corner),
                _ => return None,
            };
            out.push(byte.wrapping_add(guess));
        }
    }
    Some(out)
}

/// PNG's third guess (PNG, 9.4).
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, up, corner].map(i16::from);
    let guess = a + b - c;
    let (to_a, to_b, to_c) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn named(name: &str) -> Filter {
        Filter {
            name: name.to_owned(),
            predictor: 1,
            colors: 1,
            bits: 8,
            columns: 1,
            early: true,
        }
    }

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn filters_undo_what_writers_did() {
        let all = |name: &str, raw: &[u8]| decode(&[named(name)], raw, 1000);
        assert_eq!(
            all("FlateDecode", &deflated(b"abc")),
            (b"abc".to_vec(), None)
        );
        assert_eq!(all("ASCIIHexDecode", b"61 62 7>"), (b"abp".to_vec(), None));
        assert_eq!(
            all("ASCII85Decode", b"9jqo^BlbD-~>"),
            (b"Man is d".to_vec(), None)
        );
        assert_eq!(
            all("ASCII85Decode", b"z5sb~>"),
            (b"\0\0\0\0AB".to_vec(), None)
        );
        assert_eq!(
            all("RunLengthDecode", b"\x01ab\xfec\x80"),
            (b"abccc".to_vec(), None)
        );
        // The example of ISO 32000-1, 7.4.4.2.
        assert_eq!(
            all("LZWDecode", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"),
            (b"-----A---B".to_vec(), None)
        );
        let chain = [named("AHx"), named("RL")];
        assert_eq!(decode(&chain, b"fe6380>", 1000), (b"ccc".to_vec(), None));
    }

    #[test]
    fn damage_is_told_and_the_rest_kept() {
        let whole = deflated(&b"abcdefgh".repeat(100));
        let cut = decode(&[named("FlateDecode")], &whole[..whole.len() - 6], 1000);
        assert_eq!(cut.1, Some(Damage::Short));
        let mut open = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        open.write_all(b"abc").unwrap();
        open.flush().unwrap();
        let flushed = decode(&[named("FlateDecode")], open.get_ref(), 1000);
        assert_eq!(flushed, (b"abc".to_vec(), None));
        assert_eq!(decode(&[named("FlateDecode")], b"", 1000).1, None);
        let mut bad = deflated(&[0, 1, 2, 3, 4]);
        *bad.last_mut().unwrap() ^= 1;
        let bad = decode(&[named("FlateDecode")], &bad, 1000);
        assert_eq!(bad.1, Some(Damage::Corrupt));
        let bomb = decode(&[named("FlateDecode")], &deflated(&vec![0; 1 << 20]), 1000);
        assert_eq!(
            (bomb.0.len() <= 1000, bomb.1),
            (true, Some(Damage::TooLarge))
        );
        assert_eq!(decode(&[named("Brotli")], b"x", 9).1, Some(Damage::Unknown));
    }

    #[test]
    fn rows_are_put_together_again() {
        let png = Filter {
            predictor: 15,
            columns: 3,
            ..named("FlateDecode")
        };
        let rows = [0, 1, 2, 3, 2, 1, 1, 1, 1, 5, 1, 1, 4, 1, 0, 0];
        let (plain, damage) = decode(&[png], &deflated(&rows), 1000);
        assert_eq!(plain, [1, 2, 3, 2, 3, 4, 5, 6, 7, 6, 6, 7]);
        assert_eq!(damage, None);
        let tiff = Filter {
            predictor: 2,
            columns: 3,
            ..named("FlateDecode")
        };
        assert_eq!(decode(&[tiff], &deflated(&[1, 1, 1]), 9).0, [1, 2, 3]);
        let senseless = Filter {
            predictor: 12,
            columns: 0,
            ..named("FlateDecode")
        };
        assert_eq!(
            decode(&[senseless], &deflated(&[1]), 9).1,
            Some(Damage::Unknown)
        );
    }
}
