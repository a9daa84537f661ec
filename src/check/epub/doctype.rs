//! `<!DOCTYPE …>`.

use super::tree::Doctype;
use crate::source::Span;

/// Reads what stands between `<!DOCTYPE` and `>`: the type, and what it declares itself.
pub(super) fn read(said: &str, at: Span) -> (Doctype, &str) {
    let (head, subset) = match said.find('[') {
        Some(open) => {
            let subset = &said[open + 1..];
            let close = subset.rfind(']').unwrap_or(subset.len());
            (&said[..open], &subset[..close])
        }
        None => (said, ""),
    };
    let head = head.trim();
    let (root, rest) = head
        .split_once(|c: char| c.is_ascii_whitespace())
        .unwrap_or((head, ""));
    let mut rest = rest.trim_start();
    let is_public = rest.starts_with("PUBLIC");
    let mut quoted = || {
        let start = rest.find(['"', '\''])?;
        let quote = rest[start..].chars().next()?;
        let (value, after) = rest[start + 1..].split_once(quote)?;
        rest = after;
        Some(value.to_owned())
    };
    let public = if is_public { quoted() } else { None };
    let system = quoted();
    let doctype = Doctype {
        root: root.to_owned(),
        public,
        system,
        at,
    };
    (doctype, subset)
}
