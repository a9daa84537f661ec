//! The zip archive, read by its own structures.
//!
//! In: a file's bytes. Out: its [`Entry`]s in the order of the directory, and what is wrong with them. Steps: the end of the directory
//! is searched from behind, the directory read, each entry's own header held against it; no entry's data may lie in another's. A
//! reader of archives would hide most of what is told here: two entries of one name, headers that contradict each other.

use std::ops::Range;

use super::limits;

/// A file in the archive, as the directory has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As written; what is no UTF-8 was replaced.
    pub name: String,
    /// Whether `name` is what the archive says.
    pub is_utf8: bool,
    /// 0 stored, 8 deflated; nothing else is allowed in an EPUB (OCF 3.3, 4.2.2).
    pub method: u16,
    /// How many bytes it has unpacked, as the directory says.
    pub size: u64,
    /// Of what it has unpacked.
    pub crc: u32,
    /// Whether its own header has an extra field.
    pub extra: bool,
    /// Where the packed bytes lie; `None` if its header cannot be read.
    pub data: Option<Range<usize>>,
    /// Where its own header begins.
    pub offset: u64,
    /// What is wrong with it, in the part of a sentence.
    pub faults: Vec<String>,
}

/// What can be told of an archive as such.
#[derive(Debug, Default)]
pub(super) struct Directory {
    pub entries: Vec<Entry>,
    /// What is wrong with the whole.
    pub faults: Vec<String>,
    /// What is beyond the limits: nothing of it may be unpacked.
    pub outsized: Option<String>,
}

/// A little-endian number of 2, 4 or 8 bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let part = bytes.get(at..at.checked_add(length)?)?;
    let place = |(n, byte): (usize, &u8)| u64::from(*byte) << (8 * n);
    Some(part.iter().enumerate().map(place).sum())
}

/// Where the end of the directory is: the mark, with a comment behind it that ends where the file does.
fn end_of(bytes: &[u8]) -> Option<(usize, bool)> {
    const LENGTH: usize = 22;
    let last = bytes.len().checked_sub(LENGTH)?;
    // A comment has 65,535 bytes at most.
    let first = last.saturating_sub(usize::from(u16::MAX));
    let marks = || {
        (first..=last)
            .rev()
            .filter(|at| bytes[*at..].starts_with(b"PK\x05\x06"))
    };
    let whole =
        |at: &usize| number(bytes, at + 20, 2) == u64::try_from(bytes.len() - at - LENGTH).ok();
    let found = marks().find(whole);
    found
        .map(|at| (at, true))
        .or_else(|| marks().next().map(|at| (at, false)))
}

/// Reads the directory; `None` if there is none.
pub(super) fn directory(bytes: &[u8]) -> Option<Directory> {
    let mut found = Directory::default();
    let (end, is_last) = end_of(bytes)?;
    if !is_last {
        let fault = "other bytes lie behind the archive, or its comment is cut off";
        found.faults.push(fault.to_owned());
    }
    let mut count = number(bytes, end + 10, 2)?;
    let mut length = number(bytes, end + 12, 4)?;
    let mut offset = number(bytes, end + 16, 4)?;
    let mut behind = end;
    // ZIP64 (APPNOTE 6.3, 4.3.14 and 4.3.15): a locator before the end names the larger record.
    let is_large = count == 0xffff || length == 0xffff_ffff || offset == 0xffff_ffff;
    let locator = end.checked_sub(20).filter(|_| is_large);
    if let Some(locator) = locator.filter(|at| bytes[*at..].starts_with(b"PK\x06\x07")) {
        let at = usize::try_from(number(bytes, locator + 8, 8)?).ok()?;
        if bytes.get(at..at.checked_add(4)?) == Some(b"PK\x06\x06") {
            count = number(bytes, at + 32, 8)?;
            length = number(bytes, at + 40, 8)?;
            offset = number(bytes, at + 48, 8)?;
            behind = at;
        }
    }
    if count > limits::ENTRIES as u64 {
        found.outsized = Some(format!(
            "the container has {count} entries; no more than {} are read",
            limits::ENTRIES
        ));
        return Some(found);
    }
    // What lies before the archive moves all of its offsets.
    let start = behind.checked_sub(usize::try_from(length).ok()?)?;
    let moved = start as i128 - i128::from(offset);
    if moved != 0 {
        let fault = "other bytes lie before the archive, or its directory is not where it says";
        found.faults.push(fault.to_owned());
    }
    let mut at = start;
    while found.entries.len() < limits::ENTRIES && at < behind {
        let Some((mut entry, next)) = central(bytes, at) else {
            found.faults.push("its directory is damaged".to_owned());
            break;
        };
        at = next;
        local(bytes, &mut entry, moved);
        found.entries.push(entry);
    }
    if found.entries.len() as u64 != count && found.faults.is_empty() {
        let fault = format!(
            "its directory has {} entries, and says {count}",
            found.entries.len()
        );
        found.faults.push(fault);
    }
    overlaps(&mut found);
    Some(found)
}

/// An entry of the directory, and where the next begins (APPNOTE 6.3, 4.3.12).
fn central(bytes: &[u8], at: usize) -> Option<(Entry, usize)> {
    if bytes.get(at..at + 4)? != b"PK\x01\x02" {
        return None;
    }
    let of = |offset: usize, length: usize| number(bytes, at + offset, length);
    let lengths = [of(28, 2)?, of(30, 2)?, of(32, 2)?].map(|length| length as usize);
    let name = bytes.get(at + 46..at + 46 + lengths[0])?;
    let extra = bytes.get(at + 46 + lengths[0]..at + 46 + lengths[0] + lengths[1])?;
    let next = at + 46 + lengths.iter().sum::<usize>();
    let (mut packed, mut size, mut offset) = (of(20, 4)?, of(24, 4)?, of(42, 4)?);
    // In this order, each only where the short field is full (4.5.3).
    let mut large = large_field(extra).unwrap_or_default();
    for field in [&mut size, &mut packed, &mut offset] {
        if *field == 0xffff_ffff
            && let Some(value) = number(large, 0, 8)
        {
            *field = value;
            large = &large[8..];
        }
    }
    let text = String::from_utf8_lossy(name);
    let mut entry = Entry {
        is_utf8: matches!(text, std::borrow::Cow::Borrowed(_)),
        name: text.into_owned(),
        method: of(10, 2)? as u16,
        size,
        crc: of(16, 4)? as u32,
        extra: false,
        // Behind the header that is still to be read.
        data: usize::try_from(packed).ok().map(|packed| 0..packed),
        offset,
        faults: Vec::new(),
    };
    if of(8, 2)? & 1 != 0 {
        entry.faults.push("is encrypted by its archive".to_owned());
    }
    if !matches!(entry.method, 0 | 8) {
        let fault = format!(
            "is packed by method {}, which no EPUB may use",
            entry.method
        );
        entry.faults.push(fault);
    }
    Some((entry, next))
}

/// The field of an extra field in which large numbers stand.
fn large_field(mut extra: &[u8]) -> Option<&[u8]> {
    loop {
        let length = number(extra, 2, 2)? as usize;
        let field = extra.get(4..4 + length)?;
        if number(extra, 0, 2)? == 1 {
            return Some(field);
        }
        extra = &extra[4 + length..];
    }
}

/// Holds an entry's own header against the directory, and finds its data (4.3.7).
fn local(bytes: &[u8], entry: &mut Entry, moved: i128) {
    let packed = entry.data.take().map_or(0, |data| data.len());
    let start = usize::try_from(i128::from(entry.offset) + moved).ok();
    let header = start.and_then(|at| bytes.get(at..).map(|rest| (at, rest)));
    let Some((at, header)) = header.filter(|(_, rest)| rest.starts_with(b"PK\x03\x04")) else {
        entry
            .faults
            .push("is not where the directory says".to_owned());
        return;
    };
    let of = |offset: usize, length: usize| number(header, offset, length);
    let Some((name, extra)) = of(26, 2).zip(of(28, 2)) else {
        entry.faults.push("has a header that is cut off".to_owned());
        return;
    };
    let (name, extra) = (name as usize, extra as usize);
    entry.extra = extra > 0;
    let own = header.get(30..30 + name).map(String::from_utf8_lossy);
    if own.as_deref() != Some(entry.name.as_str()) {
        let fault = format!(
            "is called `{}` in its own header",
            own.as_deref().unwrap_or_default()
        );
        entry.faults.push(fault);
    }
    if of(8, 2) != Some(u64::from(entry.method)) {
        entry
            .faults
            .push("is packed in another way by its own header".to_owned());
    }
    // Sizes may follow behind the data instead.
    let follows = of(6, 2).is_some_and(|flags| flags & 8 != 0);
    let same = |offset: usize, value: u64| {
        of(offset, 4).is_some_and(|own| own == value || own == 0xffff_ffff)
    };
    let agrees = same(14, u64::from(entry.crc)) && same(18, packed as u64) && same(22, entry.size);
    if !follows && !agrees {
        entry
            .faults
            .push("has another size or checksum in its own header".to_owned());
    }
    let begins = at + 30 + name + extra;
    let ends = begins.checked_add(packed).filter(|end| *end <= bytes.len());
    match ends {
        Some(end) => entry.data = Some(begins..end),
        None => entry.faults.push("is cut off".to_owned()),
    }
}

/// Data that belongs to two entries is how a small file unpacks to petabytes.
fn overlaps(found: &mut Directory) {
    let mut ranges: Vec<(usize, usize, &str)> = found
        .entries
        .iter()
        .filter_map(|entry| Some((entry.data.as_ref()?, entry)))
        .map(|(data, entry)| (data.start, data.end, entry.name.as_str()))
        .collect();
    ranges.sort();
    let two = ranges
        .windows(2)
        .find(|two| two[0].1 > two[1].0 && two[1].0 < two[1].1);
    found.outsized = two.map(|two| {
        format!(
            "the data of `{}` lies in that of `{}`: such an archive may unpack to any size",
            two[1].2, two[0].2
        )
    });
}
