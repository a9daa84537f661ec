//! Words and signs of style sheets, looked at by themselves.

/// Whether a text is none that could select anything: a sign that joins stands at its beginning or end, or a name begins with a digit.
pub(super) fn is_no_selector(head: &str) -> bool {
    let joins = [',', '>', '+', '~'];
    let mut depth = 0u32;
    // What stands in brackets, strings and escapes has rules of its own.
    let mut before = ' ';
    for c in head.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '"' | '\'' | '\\' => return false,
            _ if depth > 0 => {}
            // Names of ids may begin so, as their sign says what they are.
            '0'..='9' if before == '.' || before.is_whitespace() || joins.contains(&before) => {
                return true;
            }
            ',' if before == ',' => return true,
            _ => {}
        }
        if !c.is_whitespace() || !joins.contains(&before) {
            before = c;
        }
    }
    head.starts_with(joins) || head.ends_with(joins)
}

/// Whether a text ends in `url`, a word of its own.
pub(super) fn ends_in_url(head: &str) -> bool {
    let bytes = head.as_bytes();
    let Some(word) = bytes.len().checked_sub(3) else {
        return false;
    };
    let before = word.checked_sub(1).map(|at| bytes[at]);
    let apart = before.is_none_or(|b| !b.is_ascii_alphanumeric() && b != b'-' && b != b'_');
    bytes[word..].eq_ignore_ascii_case(b"url") && apart
}

/// The first of some signs that no `\\` stands before.
pub(super) fn unescaped_sign(text: &str, signs: &[char]) -> Option<usize> {
    let mut is_escaped = false;
    text.char_indices()
        .find(|(_, c)| {
            let found = !is_escaped && signs.contains(c);
            is_escaped = *c == '\\' && !is_escaped;
            found
        })
        .map(|(at, _)| at)
}

/// A text without its comments.
pub(super) fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// An address with its escapes resolved: `\(` is `(`. Numbers of characters are left, nobody writes them in addresses.
pub(super) fn unescaped(text: &str) -> String {
    text.replace('\\', "")
}

pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
