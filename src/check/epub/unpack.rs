//! The bytes of entries, unpacked within limits.

use std::io::Read as _;

use flate2::Crc;
use flate2::read::DeflateDecoder;

use super::archive::Entry;
use super::limits;

/// What may still be unpacked of a book, in bytes.
#[derive(Debug)]
pub(super) struct Budget {
    left: u64,
}

/// Why an entry cannot be had.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is larger than any book needs.
    Outsized(String),
    /// It is not what its archive says.
    Damaged(String),
}

/// What an entry holds.
#[derive(Debug, Default)]
pub(super) struct Unpacked {
    /// All of it, or as much as was asked for.
    pub bytes: Vec<u8>,
    /// Whether that is all.
    pub whole: bool,
}

impl Budget {
    /// For a file of so many bytes.
    pub fn new(file: usize) -> Budget {
        let left = limits::EASY.saturating_add((file as u64).saturating_mul(limits::RATIO));
        Budget { left }
    }

    /// Unpacks an entry, holds it against its checksum and gives as much of it as is asked for.
    pub fn unpack(
        &mut self,
        archive: &[u8],
        entry: &Entry,
        most: u64,
    ) -> Result<Unpacked, Refused> {
        let data = entry.data.clone().and_then(|data| archive.get(data));
        let Some(data) = data.filter(|_| matches!(entry.method, 0 | 8)) else {
            // Told with the entry.
            return Ok(Unpacked::default());
        };
        let easy = limits::EASY.max((data.len() as u64).saturating_mul(limits::RATIO));
        if entry.size > easy {
            return Err(self.bomb(entry.size, data.len()));
        }
        let mut reader: Box<dyn std::io::Read + '_> = match entry.method {
            0 => Box::new(data),
            _ => Box::new(DeflateDecoder::new(data)),
        };
        let mut found = Unpacked {
            bytes: Vec::with_capacity(entry.size.min(most).min(limits::EASY) as usize),
            whole: true,
        };
        let (mut crc, mut length) = (Crc::new(), 0u64);
        let mut buffer = vec![0; 64 << 10];
        loop {
            let count = match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(_) => return Err(Refused::Damaged("cannot be unpacked".to_owned())),
            };
            length += count as u64;
            if length > entry.size {
                let fault = format!("is larger than the {} bytes that it says", entry.size);
                return Err(Refused::Damaged(fault));
            }
            if length > self.left {
                return Err(self.bomb(length, data.len()));
            }
            crc.update(&buffer[..count]);
            let room = most
                .saturating_sub(found.bytes.len() as u64)
                .min(count as u64) as usize;
            found.bytes.extend_from_slice(&buffer[..room]);
            found.whole &= room == count;
        }
        self.left -= length;
        if length < entry.size {
            let fault = format!("ends after {length} of {} bytes", entry.size);
            return Err(Refused::Damaged(fault));
        }
        if crc.sum() != entry.crc {
            return Err(Refused::Damaged("does not have its checksum".to_owned()));
        }
        Ok(found)
    }

    fn bomb(&self, size: u64, packed: usize) -> Refused {
        Refused::Outsized(format!(
            "unpacks from {packed} bytes to {size} or more, which is beyond all books"
        ))
    }
}
