//! The text of files, from their bytes.

/// Whether a text says by its first bytes that it is in UTF-16.
pub(super) fn is_wide(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
}

/// A text, and what is wrong with its encoding, in a sentence.
pub(super) fn decode(bytes: &[u8]) -> (String, Option<String>) {
    // XML may come in UTF-16 (EPUB 3.3, 3.9); every other file of text is UTF-8.
    let wide = |little: bool, bytes: &[u8]| {
        let units = bytes.chunks(2).map(|two| match (two, little) {
            ([low, high], true) | ([high, low], false) => u16::from_be_bytes([*high, *low]),
            _ => 0xfffd,
        });
        let mut text = String::with_capacity(bytes.len());
        let mut fault = None;
        for unit in char::decode_utf16(units) {
            text.push(unit.unwrap_or_else(|_| {
                fault = Some("it is not UTF-16, as its first bytes say".to_owned());
                char::REPLACEMENT_CHARACTER
            }));
        }
        (text, fault)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return wide(true, rest),
        [0xfe, 0xff, rest @ ..] => return wide(false, rest),
        _ => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), declared(text)),
        Err(error) => {
            let at = error.valid_up_to();
            let line = 1 + bytes[..at].iter().filter(|b| **b == b'\n').count();
            let fault = format!("it is not UTF-8 from line {line} on");
            (String::from_utf8_lossy(bytes).into_owned(), Some(fault))
        }
    }
}

/// What an XML declaration says that the bytes are, if that is not what they are.
fn declared(text: &str) -> Option<String> {
    let head = text.trim_start_matches('\u{feff}').strip_prefix("<?xml")?;
    let (head, _) = head.split_once("?>")?;
    let (_, after) = head.split_once("encoding")?;
    let quote = after.find(['"', '\''])?;
    let value = &after[quote + 1..];
    let value = &value[..value.find(['"', '\''])?];
    let is_wide = value.to_ascii_lowercase().starts_with("utf-16");
    let known = value.eq_ignore_ascii_case("utf-8");
    (!known).then(|| match is_wide {
        true => "it says that it is UTF-16, and is not".to_owned(),
        false => format!("its encoding is `{value}`; EPUB allows UTF-8 and UTF-16 alone"),
    })
}
