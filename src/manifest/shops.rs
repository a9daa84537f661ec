//! Where a book goes, and what becomes of its pictures on the way: `shops` and `images`.

use super::values;
use crate::diag::Sink;
use crate::picture::Wanted;
use crate::source::Spanned;
use crate::yaml::{self, Node, Value};

/// The keys of `images`.
const IMAGE_KEYS: &[&str] = &[
    "max-pixels",
    "max-bytes",
    "quality",
    "background",
    "colors",
    "upright",
];

/// How well photographs are coded unless the book says otherwise, of 100: where an eye begins to see no difference, and
/// more costs much.
const QUALITY: u8 = 85;

/// Below, blocks are seen in any picture.
const LEAST_QUALITY: u8 = 30;

/// The shops that a book names: a list, or words with commas between, as a command line has them. Each once.
pub(super) fn shops(node: &Node, sink: &Sink) -> Vec<Spanned<String>> {
    if node.bool() == Some(false) {
        return Vec::new();
    }
    let mut out: Vec<Spanned<String>> = Vec::new();
    for text in values::texts(node, "shops", sink) {
        for name in text.value.split(',').map(str::trim) {
            if !name.is_empty() && out.iter().all(|known| known.value != name) {
                out.push(Spanned {
                    value: name.to_owned(),
                    at: text.at,
                });
            }
        }
    }
    out
}

/// What the EPUB's pictures are to be; `None` where they stay as they are.
pub(super) fn images(node: &Node, sink: &Sink) -> Option<Wanted> {
    if node.is_null() || node.bool() == Some(false) {
        return None;
    }
    if !values::mapping(node, "images", IMAGE_KEYS, sink) {
        return None;
    }
    let amount = |key: &str, read: fn(&str) -> Option<u64>, hint: &str| {
        let node = node.get(key).filter(|node| !node.is_null())?;
        let text = node.text().unwrap_or_default();
        let amount = read(text);
        if amount.is_none() {
            let message = format!("`{key}` cannot be `{text}`");
            sink.push(values::invalid(node.at, message, hint));
        }
        amount
    };
    let quality = node
        .get("quality")
        .and_then(|node| values::whole(node, "quality", LEAST_QUALITY, 100, sink));
    let wanted = Wanted {
        pixels: amount(
            "max-pixels",
            yaml::pixels,
            "write millions of pixels, `4mp`, or a number: `4000000`",
        ),
        bytes: amount(
            "max-bytes",
            yaml::bytes,
            "write a size such as `5MB` or `800kB`",
        ),
        quality: quality.unwrap_or(QUALITY),
        ground: node
            .get("background")
            .and_then(|node| background(node, sink)),
        rgb: node
            .get("colors")
            .and_then(|node| values::word(node, "colors", &[("rgb", true), ("keep", false)], sink))
            .unwrap_or(false),
        upright: node
            .get("upright")
            .and_then(|node| values::flag(node, "upright", sink))
            .unwrap_or(false),
    };
    let asks = wanted.pixels.is_some()
        || wanted.bytes.is_some()
        || wanted.ground.is_some()
        || wanted.rgb
        || wanted.upright;
    asks.then_some(wanted)
}

/// `white`, `black` or `#f8f4e8`; `keep` for none.
fn background(node: &Node, sink: &Sink) -> Option<[u8; 3]> {
    let text = match &node.value {
        Value::Null => return None,
        _ => node.text().unwrap_or_default(),
    };
    let part = |at: usize| {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
        u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()
    };
    match text {
        "white" => Some([255; 3]),
        "black" => Some([0; 3]),
        "keep" => None,
        _ => {
            let color = part(0).zip(part(2)).zip(part(4));
            if color.is_none() {
                let message = format!("`background` cannot be `{text}`");
                let hint = "write `white`, `black` or a colour such as `\"#f8f4e8\"`";
                sink.push(values::invalid(node.at, message, hint));
            }
            color.map(|((r, g), b)| [r, g, b])
        }
    }
}
