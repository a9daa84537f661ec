//! What a style sheet takes out of the reader's hands.

use std::collections::BTreeSet;

/// What is the reader's to choose: how large text is, how far its lines are apart, what colour it has and stands on.
const READERS: &[&str] = &[
    "font-size",
    "line-height",
    "color",
    "background-color",
    "background",
];

/// Values that leave it to the reader.
const LEFT: &[&str] = &[
    "inherit", "initial", "unset", "normal", "medium", "1em", "100%",
];

/// The properties that a style sheet sets of all body text (of `html`, `body` or `p`, without a class), though they are
/// the reader's to choose. What stands inside `@media` and the like is for special readers, and not looked at.
pub fn forced(sheet: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = sheet;
    while let Some(open) = rest.find('{') {
        let head = rest[..open].rsplit(['}', ';']).next().unwrap_or_default();
        let selector = head.rsplit("*/").next().unwrap_or_default().trim();
        let body = &rest[open + 1..];
        let end = block_end(body);
        rest = body.get(end + 1..).unwrap_or_default();
        if selector.starts_with('@') || !selector.split(',').any(of_body) {
            continue;
        }
        for declaration in body[..end].split(';') {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let (name, value) = (name.trim(), value.trim());
            if READERS.contains(&name) && !LEFT.contains(&value) {
                found.insert(name.to_owned());
            }
        }
    }
    found
}

/// Whether a selector means all body text.
fn of_body(selector: &str) -> bool {
    let selector = selector.split_whitespace().collect::<Vec<_>>().join(" ");
    ["html", "body", "p", "body p", "html body"].contains(&selector.as_str())
}

/// Where a block ends, blocks in it skipped: the place of its brace, or the end of the sheet.
fn block_end(body: &str) -> usize {
    let mut depth = 0usize;
    for (at, byte) in body.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return at,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    body.len()
}
