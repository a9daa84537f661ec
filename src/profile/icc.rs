//! What an ICC profile says of itself (ICC.1:2010): its kind, its colours, its name.
//!
//! In: a file's bytes. Out: its [`Header`], or why it is none. Only what decides whether a press can be told by it is read.

use super::ColorSpace;

/// A header is so long, and the count of tags follows it (7.2).
const HEADER: usize = 128;

/// No profile has more tags than this; a count beyond it is a damaged file.
const MOST_TAGS: usize = 200;

/// What a profile is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// `prtr` for presses and printers, `mntr` for screens, and others.
    pub class: [u8; 4],
    /// Which colours it speaks of; `None` for those that no PDF of ours has.
    pub color: Option<ColorSpace>,
    /// How it calls itself; empty if it does not.
    pub name: String,
}

/// Reads a header; `None` if these bytes are no profile, or not the whole of one.
pub(super) fn header(bytes: &[u8]) -> Option<Header> {
    let size = number(bytes, 0)?;
    if bytes.get(36..40)? != b"acsp" || size > bytes.len() || size < HEADER + 4 {
        return None;
    }
    let class = bytes.get(12..16)?.try_into().ok()?;
    let color = match bytes.get(16..20)? {
        b"CMYK" => Some(ColorSpace::Cmyk),
        b"GRAY" => Some(ColorSpace::Grey),
        b"RGB " => Some(ColorSpace::Rgb),
        _ => None,
    };
    let tags = number(bytes, HEADER)?.min(MOST_TAGS);
    let name = (0..tags)
        .find_map(|tag| {
            let at = HEADER + 4 + 12 * tag;
            let (start, length) = (number(bytes, at + 4)?, number(bytes, at + 8)?);
            let is_name = bytes.get(at..at + 4)? == b"desc";
            is_name.then(|| bytes.get(start..start.checked_add(length)?))?
        })
        .and_then(name);
    Some(Header {
        class,
        color,
        name: name.unwrap_or_default(),
    })
}

/// A name as version 2 (`desc`) or version 4 (`mluc`, its first language) writes it.
fn name(tag: &[u8]) -> Option<String> {
    let text = match tag.get(..4)? {
        b"desc" => {
            let length = number(tag, 8)?;
            let bytes = tag.get(12..12usize.checked_add(length)?)?;
            bytes
                .iter()
                .map(|byte| char::from(*byte))
                .collect::<String>()
        }
        b"mluc" => {
            let (length, at) = (number(tag, 20)?, number(tag, 24)?);
            let units = tag.get(at..at.checked_add(length)?)?.chunks_exact(2);
            let units: Vec<u16> = units
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            String::from_utf16_lossy(&units)
        }
        _ => return None,
    };
    let text = text.trim_end_matches('\0').trim();
    (!text.is_empty() && text.chars().all(|c| !c.is_control())).then(|| text.to_owned())
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?) as usize)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A profile with nothing but a header and a name.
    pub fn made(class: &[u8; 4], color: &[u8; 4], name: &str) -> Vec<u8> {
        let mut desc = b"desc\0\0\0\0".to_vec();
        desc.extend((name.len() as u32 + 1).to_be_bytes());
        desc.extend(name.bytes().chain([0]));
        let mut out = vec![0; HEADER];
        out[12..16].copy_from_slice(class);
        out[16..20].copy_from_slice(color);
        out[36..40].copy_from_slice(b"acsp");
        out.extend(1u32.to_be_bytes());
        out.extend(b"desc");
        out.extend((HEADER as u32 + 16).to_be_bytes());
        out.extend((desc.len() as u32).to_be_bytes());
        out.extend(desc);
        let size = (out.len() as u32).to_be_bytes();
        out[..4].copy_from_slice(&size);
        out
    }

    #[test]
    fn headers_read() {
        let profile = made(b"prtr", b"CMYK", "Newsprint");
        let found = header(&profile).unwrap();
        assert_eq!(found.class, *b"prtr");
        assert_eq!(found.color, Some(ColorSpace::Cmyk));
        assert_eq!(found.name, "Newsprint");
        for cut in 0..profile.len() {
            assert_eq!(header(&profile[..cut]), None, "{cut}");
        }
        assert_eq!(header(b"not a profile"), None);
        let odd = made(b"prtr", b"Lab ", "");
        assert_eq!(
            header(&odd).map(|found| (found.color, found.name)),
            Some((None, String::new()))
        );
    }
}
