//! Attribute lists: `{#id .class key=value}`.
//!
//! In: a text that begins with `{`. Out: the attributes and how many bytes they took, or nothing where it is no
//! attribute list: then it is text.

use crate::model::{Attrs, Lang};

/// Words that stand in an attribute list alone. Any other lone word makes the braces text, so that `[x]{y}` in
/// prose or LaTeX stays as it is; where braces can be nothing else (`:::`, code fences) every word will do.
const WORDS: [&str; 7] = [
    "decorative",
    "index",
    "lines",
    "rotate",
    "unnumbered",
    "unlisted",
    "numbered",
];

/// No list of attributes is longer: what is, is text.
const LONGEST: usize = 4096;

/// Reads an attribute list at the start of `text`; `any_word` allows lone words beyond the known ones.
pub(super) fn parse(text: &str, any_word: bool) -> Option<(Attrs, usize)> {
    let bytes = text.as_bytes();
    if bytes.first() != Some(&b'{') {
        return None;
    }
    let mut attrs = Attrs::default();
    let mut at = 1;
    let mut found = false;
    loop {
        while matches!(bytes.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        if at > LONGEST {
            return None;
        }
        match *bytes.get(at)? {
            b'}' => return found.then_some((attrs, at + 1)),
            b'#' => {
                let id = word(text, at + 1)?;
                at += 1 + id.len();
                attrs.id = Some(id.to_owned());
            }
            b'.' => {
                let class = word(text, at + 1)?;
                at += 1 + class.len();
                add_class(&mut attrs, class);
            }
            // Pandoc's short form of `.unnumbered`.
            b'-' if matches!(bytes.get(at + 1), Some(b' ' | b'}')) => {
                add_class(&mut attrs, "unnumbered");
                at += 1;
            }
            _ => {
                let key = key(text, at)?;
                at += key.len();
                if bytes.get(at) == Some(&b'=') {
                    let (value, end) = value(text, at + 1)?;
                    set(&mut attrs, key, value);
                    at = end;
                } else if any_word || WORDS.contains(&key) {
                    attrs.rest.insert(key.to_owned(), String::new());
                } else {
                    return None;
                }
                if !matches!(bytes.get(at), Some(b' ' | b'\t' | b'}')) {
                    return None;
                }
            }
        }
        found = true;
    }
}

/// Whether a brace was meant to begin an attribute list, and ends on its line.
pub(super) fn is_meant(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    (line.starts_with("{#") || line.starts_with("{.")) && line.contains('}')
}

/// Puts a class in, once.
pub(super) fn add_class(attrs: &mut Attrs, class: &str) {
    if !attrs.has_class(class) {
        attrs.classes.push(class.to_owned());
    }
}

/// Sets a key that may be one of those with a place of their own.
pub(super) fn set(attrs: &mut Attrs, key: &str, value: String) {
    match key {
        "id" if !value.is_empty() => attrs.id = Some(value),
        "class" => value
            .split_ascii_whitespace()
            .for_each(|class| add_class(attrs, class)),
        "lang" | "xml:lang" => match Lang::new(&value) {
            Some(lang) => attrs.lang = Some(lang),
            None => {
                attrs.rest.insert("lang".to_owned(), value);
            }
        },
        _ => {
            attrs.rest.insert(key.to_owned(), value);
        }
    }
}

/// Adds what is in `more`; its id and language win.
pub(super) fn merge(attrs: &mut Attrs, more: Attrs) {
    attrs.id = more.id.or(attrs.id.take());
    attrs.lang = more.lang.or(attrs.lang.take());
    for class in more.classes {
        add_class(attrs, &class);
    }
    attrs.rest.extend(more.rest);
}

/// An id or class: anything up to white space, a brace, or the start of the next.
fn word(text: &str, at: usize) -> Option<&str> {
    let rest = &text[at..];
    let end = rest.find(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '{' | '}' | '#' | '"' | '\'' | '=')
    })?;
    (end > 0).then(|| &rest[..end])
}

fn key(text: &str, at: usize) -> Option<&str> {
    let rest = &text[at..];
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')))
        .unwrap_or(rest.len());
    (end > 0 && rest.as_bytes()[0].is_ascii_alphabetic()).then(|| &rest[..end])
}

/// A value, quoted or bare, and where it ends. In quotes a backslash takes the next character as it is.
fn value(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = &text[at..];
    let quote = rest.chars().next()?;
    if quote != '"' && quote != '\'' {
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '}' | '"' | '{'))?;
        return (end > 0).then(|| (rest[..end].to_owned(), at + end));
    }
    let mut out = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((offset, c)) = chars.next() {
        match c {
            _ if c == quote => return Some((out, at + offset + 1)),
            '\\' => out.push(chars.next()?.1),
            '\n' | '\r' => return None,
            _ => out.push(c),
        }
        if offset > LONGEST {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_classes_and_keys_are_read() {
        let text =
            r#"{#fig-map .wide .wide width=80% title="a \"b\" *c*" lang=fr decorative} rest"#;
        let (attrs, len) = parse(text, false).unwrap();
        assert_eq!(&text[len..], " rest");
        assert_eq!(attrs.id.as_deref(), Some("fig-map"));
        assert_eq!(attrs.classes, ["wide"]);
        assert_eq!(attrs.lang.as_ref().map(Lang::tag), Some("fr"));
        assert_eq!(attrs.get("width"), Some("80%"));
        assert_eq!(attrs.get("title"), Some("a \"b\" *c*"));
        assert_eq!(attrs.get("decorative"), Some(""));
    }

    #[test]
    fn other_braces_are_text() {
        for text in [
            "{}", "{ }", "{x}", "{a b}", "{#}", "{.}", "{#a", "{k=}", "{k=\"v}", "{\"\"}", "{{a}}",
            "{#a\n}",
        ] {
            assert_eq!(parse(text, false), None, "{text}");
        }
        assert!(parse("{rust lines}", true).is_some());
    }
}
