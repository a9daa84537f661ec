//! Cutting HTML into tags and text.
//!
//! In: HTML as an author writes it. Out: tags, text, remarks; whatever is malformed is text. One pass.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use super::super::attrs;
use crate::model::Attrs;

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::manuscript) enum Token<'t> {
    Open(Tag),
    /// The name, in lower case.
    Close(String),
    Text(&'t str),
    Comment,
    /// A script or style with all its text.
    Script(String),
    /// A declaration, an instruction, CDATA.
    Other,
}

/// An opening tag.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::manuscript) struct Tag {
    /// In lower case.
    pub name: String,
    /// Names in lower case, values decoded; in order.
    pub values: Vec<(String, String)>,
    /// It ends in `/>`.
    pub closed: bool,
}

impl Tag {
    /// An attribute's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// What the model keeps of the attributes: id, classes, language, direction.
    pub fn attrs(&self) -> Attrs {
        let mut found = Attrs::default();
        for (name, value) in &self.values {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match name.as_str() {
                "id" | "class" | "lang" | "xml:lang" | "dir" => {
                    attrs::set(&mut found, name, value.to_owned());
                }
                _ => {}
            }
        }
        found
    }
}

/// Elements whose text is no HTML, and never a book's.
const SCRIPTS: [&str; 2] = ["script", "style"];

/// The tokens of a text with their places.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// No script that is still to come has an end: looked for once.
    no_script_ends: bool,
}

impl<'t> Tokens<'t> {
    pub fn new(text: &'t str) -> Tokens<'t> {
        Tokens {
            text,
            at: 0,
            no_script_ends: false,
        }
    }

    /// The byte behind the next `end`, or the text's end.
    fn past(&self, from: usize, end: &str) -> usize {
        self.text[from..]
            .find(end)
            .map_or(self.text.len(), |found| from + found + end.len())
    }

    /// Behind a script's closing tag; without one, the end of the text.
    fn script_end(&mut self, name: &str, from: usize) -> usize {
        let mut at = from;
        while !self.no_script_ends
            && let Some(found) = self.text[at..].find("</")
        {
            at += found + 2;
            let is_it = self.text.as_bytes()[at..]
                .get(..name.len())
                .is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()));
            if is_it {
                return self.past(at, ">");
            }
        }
        self.no_script_ends = true;
        self.text.len()
    }

    fn tag_like(&mut self, at: usize) -> Option<(Token<'t>, usize)> {
        let rest = &self.text[at..];
        if rest.starts_with("<!-->") || rest.starts_with("<!--->") {
            return Some((Token::Comment, self.past(at, ">")));
        }
        if rest.starts_with("<!--") {
            return Some((Token::Comment, self.past(at + 4, "-->")));
        }
        if rest.starts_with("<![CDATA[") {
            return Some((Token::Other, self.past(at, "]]>")));
        }
        if rest.starts_with("<?>") {
            return Some((Token::Other, at + 3));
        }
        if rest.starts_with("<?") {
            return Some((Token::Other, self.past(at, "?>")));
        }
        if rest.starts_with("<!") {
            return Some((Token::Other, self.past(at, ">")));
        }
        if let Some(name) = rest.strip_prefix("</") {
            let end = name_len(name);
            if end == 0 {
                return None;
            }
            let close = 1 + rest[1..].find(['>', '<'])?;
            if rest.as_bytes()[close] != b'>' {
                return None;
            }
            return Some((
                Token::Close(name[..end].to_ascii_lowercase()),
                at + close + 1,
            ));
        }
        let (tag, len) = tag(rest)?;
        if SCRIPTS.contains(&tag.name.as_str()) && !tag.closed {
            let end = self.script_end(&tag.name, at + len);
            return Some((Token::Script(tag.name), end));
        }
        Some((Token::Open(tag), at + len))
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = (Token<'t>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        if self.text.as_bytes()[start] == b'<'
            && let Some((token, end)) = self.tag_like(start)
        {
            self.at = end;
            return Some((token, start..end));
        }
        // A `<` that opens nothing is text.
        let mut from = start + 1;
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let end = self.text[from..]
            .find('<')
            .map_or(self.text.len(), |found| from + found);
        self.at = end;
        Some((Token::Text(&self.text[start..end]), start..end))
    }
}

fn name_len(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return 0;
    }
    text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':')))
        .unwrap_or(text.len())
}

/// An opening tag at the start of a text, and its length.
fn tag(text: &str) -> Option<(Tag, usize)> {
    let len = name_len(text.get(1..)?);
    if len == 0 {
        return None;
    }
    let mut tag = Tag {
        name: text[1..1 + len].to_ascii_lowercase(),
        ..Tag::default()
    };
    let bytes = text.as_bytes();
    let mut at = 1 + len;
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        match *bytes.get(at)? {
            b'>' => return Some((tag, at + 1)),
            b'/' => {
                tag.closed = bytes.get(at + 1) == Some(&b'>');
                at += 1;
            }
            b'<' => return None,
            _ => {
                let rest = &text[at..];
                let end = rest.find(|c: char| {
                    c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/' | '<')
                })?;
                let name = rest[..end].to_ascii_lowercase();
                at += end.max(1);
                let mut next = at;
                while bytes.get(next).is_some_and(u8::is_ascii_whitespace) {
                    next += 1;
                }
                let mut value = String::new();
                if bytes.get(next) == Some(&b'=') {
                    next += 1;
                    while bytes.get(next).is_some_and(u8::is_ascii_whitespace) {
                        next += 1;
                    }
                    let rest = &text[next..];
                    let quote = rest.chars().next()?;
                    let raw = if quote == '"' || quote == '\'' {
                        let close = rest[1..].find(quote)?;
                        at = next + close + 2;
                        &rest[1..1 + close]
                    } else {
                        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '>')?;
                        at = next + end;
                        &rest[..end]
                    };
                    value = decoded(raw).into_owned();
                }
                if !name.is_empty() {
                    tag.values.push((name, value));
                }
            }
        }
    }
}

/// With its entities as the characters they stand for.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // No entity is longer: the longest name has 31 letters.
        let end = rest.bytes().take(40).position(|b| b == b';').filter(|end| {
            rest[1..*end]
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'#')
        });
        match end {
            Some(end) => {
                entity(&rest[..=end], &mut out);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Markdown knows all entities of HTML, so it is asked.
fn entity(entity: &str, out: &mut String) {
    for event in Parser::new(entity) {
        if let Event::Text(text) = event {
            out.push_str(&text);
        }
    }
    // White space at the ends of a line is none to Markdown, but `&#32;` is.
    if entity == "&#32;" {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        Tokens::new(text)
            .map(|(token, range)| match token {
                Token::Open(tag) => format!("{}{:?}", tag.name, tag.values),
                Token::Close(name) => format!("/{name}"),
                Token::Text(text) => format!("'{text}'"),
                Token::Script(name) => format!("script {name}"),
                other => format!("{other:?} {}", &text[range]),
            })
            .collect()
    }

    #[test]
    fn html_is_cut_into_tags_and_text() {
        assert_eq!(
            tokens("<A href='x&amp;y' B=c d>é<b/> < 3 <!-- x --></a><?p?><!D>"),
            [
                "a[(\"href\", \"x&y\"), (\"b\", \"c\"), (\"d\", \"\")]",
                "'é'",
                "b[]",
                "' '",
                "'< 3 '",
                "Comment <!-- x -->",
                "/a",
                "Other <?p?>",
                "Other <!D>",
            ]
        );
        assert_eq!(
            tokens("<script>if (a < b) {}</SCRIPT>x"),
            ["script script", "'x'"]
        );
        assert_eq!(tokens("<a b='c"), ["'<a b='c'"]);
    }

    #[test]
    fn entities_are_decoded() {
        assert_eq!(
            decoded("a &eacute;&#x41;&nbsp;&bogus; & b"),
            "a éA\u{A0}&bogus; & b"
        );
    }
}
