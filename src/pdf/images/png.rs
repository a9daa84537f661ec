//! PNG files whose pixels can be taken over compressed as they are: PDF knows PNG's own row filters.

use printpdf::DictItem;

use super::{Prepared, dict, int, name, pixels, upright};

/// An image object of the file's own compressed pixels; `None` if they have to be decoded: where there is transparency
/// or interlacing.
pub fn prepare(data: &[u8]) -> Option<Prepared> {
    let mut rest = data.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let mut header: Option<(u32, u32, u8, u8)> = None;
    let mut palette: &[u8] = &[];
    let mut packed = Vec::new();
    while rest.len() >= 12 {
        let len = u32::from_be_bytes(rest[..4].try_into().ok()?) as usize;
        let kind = &rest[4..8];
        let body = rest.get(8..8usize.checked_add(len)?)?;
        match kind {
            b"IHDR" => {
                let [w3, w2, w1, w0, h3, h2, h1, h0, bits, color, 0, 0, 0] = *body else {
                    return None;
                };
                header = Some((
                    u32::from_be_bytes([w3, w2, w1, w0]),
                    u32::from_be_bytes([h3, h2, h1, h0]),
                    bits,
                    color,
                ));
            }
            b"PLTE" => palette = body,
            b"tRNS" => return None,
            b"IDAT" => packed.extend_from_slice(body),
            b"IEND" => break,
            _ => {}
        }
        rest = rest.get(len + 12..)?;
    }
    let (width, height, bits, color) = header.filter(|&(w, h, ..)| w > 0 && h > 0)?;
    if packed.is_empty() || !matches!(bits, 1 | 2 | 4 | 8 | 16) {
        return None;
    }
    let (components, colors) = match color {
        0 => (1, name("DeviceGray")),
        2 if bits >= 8 => (3, name("DeviceRGB")),
        3 if bits <= 8 && palette.len() >= 3 => {
            let count = (palette.len() / 3).min(256);
            let table = DictItem::String {
                data: palette[..count * 3].to_vec(),
                literal: true,
            };
            let last = int(count as i64 - 1);
            (
                1,
                DictItem::Array(vec![name("Indexed"), name("DeviceRGB"), last, table]),
            )
        }
        _ => return None,
    };
    let mut entries = pixels(width, height, bits, colors, "FlateDecode");
    entries.insert("DecodeParms".to_owned(), predictor(width, components, bits));
    Some(upright(entries, packed))
}

/// Says that the rows are filtered as PNG has it.
pub fn predictor(width: u32, components: u8, bits: u8) -> DictItem {
    DictItem::Dict {
        map: dict([
            ("Predictor", int(15)),
            ("Colors", int(components)),
            ("BitsPerComponent", int(bits)),
            ("Columns", int(width)),
        ]),
    }
}
