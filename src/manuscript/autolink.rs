//! Bare addresses, as GFM's extended autolinks have them.
//!
//! In: words and the place of a sign in them (`:` of `://`, `w` of `www.`, `@`). Out: the bytes of the address.

use std::ops::Range;

/// `https://…`, `http://…`, `ftp://…` around the colon at `at`.
pub(super) fn url(text: &str, at: usize) -> Option<Range<usize>> {
    let before = &text[..at];
    let start = ["https", "http", "ftp"]
        .iter()
        .find(|scheme| before.ends_with(*scheme))
        .map(|scheme| at - scheme.len())?;
    if !begins(&text[..start]) {
        return None;
    }
    let host = at + "://".len();
    domain(&text[host..])?;
    Some(start..host + extent(&text[host..]))
}

/// `www.…` at `at`.
pub(super) fn www(text: &str, at: usize) -> Option<Range<usize>> {
    if !begins(&text[..at]) {
        return None;
    }
    let domain = domain(&text[at..])?;
    domain
        .strip_prefix("www.")
        .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        .then(|| at..at + extent(&text[at..]))
}

/// `name@domain.org` around the `@` at `at`.
pub(super) fn email(text: &str, at: usize) -> Option<Range<usize>> {
    let name = text.as_bytes()[..at]
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+'))
        .count();
    let rest = &text[at + 1..];
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')))
        .unwrap_or(rest.len());
    let domain = rest[..end].trim_end_matches('.');
    let ends_well = domain
        .bytes()
        .next_back()
        .is_some_and(|b| b.is_ascii_alphanumeric());
    (name > 0 && ends_well && domain.contains('.') && !domain.starts_with('.'))
        .then(|| at - name..at + 1 + domain.len())
}

/// Whether an address may begin behind this.
fn begins(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| {
        c.is_whitespace()
            || matches!(c, '*' | '_' | '~' | '(')
            // Scripts without spaces, and their punctuation.
            || (!c.is_alphanumeric() && !c.is_ascii())
            || matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')
    })
}

/// The host: dotted names without an underscore in the last two.
fn domain(text: &str) -> Option<&str> {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_')))
        .unwrap_or(text.len());
    let domain = &text[..end];
    let clean = domain.rsplit('.').take(2).all(|name| !name.contains('_'));
    (clean && domain.starts_with(char::is_alphanumeric)).then_some(domain)
}

/// How far an address goes: to a space, `<` or the full stop of another script; without the punctuation at its end
/// and without a closing parenthesis that nothing in it opened.
fn extent(text: &str) -> usize {
    let end = text
        .find(|c: char| {
            c.is_whitespace()
                || c == '<'
                || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF65}' | '“' | '”' | '’' | '»' | '›')
        })
        .unwrap_or(text.len());
    let mut text = &text[..end];
    let count = |text: &str, c: u8| text.bytes().filter(|b| *b == c).count();
    let mut surplus = count(text, b')').saturating_sub(count(text, b'('));
    loop {
        let last = text.bytes().next_back();
        match last {
            Some(b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' | b']') => {
                text = &text[..text.len() - 1];
            }
            Some(b')') if surplus > 0 => {
                surplus -= 1;
                text = &text[..text.len() - 1];
            }
            // What looks like an entity is left out.
            Some(b';') => {
                let name = text[..text.len() - 1]
                    .bytes()
                    .rev()
                    .take_while(u8::is_ascii_alphanumeric)
                    .count();
                let amp = text.len().checked_sub(name + 2);
                match amp {
                    Some(amp) if name > 0 && text.as_bytes()[amp] == b'&' => text = &text[..amp],
                    _ => return text.len(),
                }
            }
            _ => return text.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_github_ends_them() {
        for (text, wanted) in [
            (
                "visit https://a.b/c_d?e=f. Then",
                Some("https://a.b/c_d?e=f"),
            ),
            ("(see https://a.b/c_(d))", Some("https://a.b/c_(d)")),
            ("https://a.b/?q=1&hl;", Some("https://a.b/?q=1")),
            ("https://a.b<c", Some("https://a.b")),
            ("https://例え.jp/x。次", Some("https://例え.jp/x")),
            ("xhttp://a.b", None),
            ("http://.", None),
        ] {
            let at = text.find(':').unwrap();
            assert_eq!(url(text, at).map(|r| &text[r]), wanted, "{text}");
        }
        assert_eq!(www("www.a.b!", 0), Some(0..7));
        assert_eq!(www("www.", 0), None);
        for (text, wanted) in [
            ("write to a.b+c@d-e.org.", Some("a.b+c@d-e.org")),
            ("a@b", None),
            ("@a.b", None),
            ("a@b.c-", None),
        ] {
            let at = text.find('@').unwrap();
            assert_eq!(email(text, at).map(|r| &text[r]), wanted, "{text}");
        }
    }
}
