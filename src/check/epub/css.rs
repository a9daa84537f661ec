//! Style sheets, as far as a book can break by them.
//!
//! In: a sheet. Out: the addresses that it names, each with its place, and where it cannot be read. Steps: comments and strings are
//! skipped; blocks, brackets and declarations are followed as CSS Syntax 3 has them. Nothing recurses.

mod words;

use std::ops::Range;

use super::address::{Target, follow};
use super::limits;
use words::{bare, ends_in_url, floor, is_no_selector, unescaped, unescaped_sign};

/// What an address in a sheet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// `@import`.
    Import,
    /// The `src` of `@font-face`.
    Font,
    /// Anything else: pictures, counters, masks.
    Image,
}

/// A sheet, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What is named, with its place in the sheet's text.
    pub addresses: Vec<(Use, String, Range<usize>)>,
    /// What cannot be read: where, and what is wrong, in a sentence.
    pub faults: Vec<(Range<usize>, String)>,
    /// Properties that EPUB forbids, with their places.
    pub forbidden: Vec<(String, Range<usize>)>,
    /// The `@font-face` rules that name no file.
    pub empty_faces: Vec<Range<usize>>,
}

impl Sheet {
    /// Whether it names what lies elsewhere.
    pub(super) fn is_remote(&self) -> bool {
        let is_remote = |address: &str| matches!(follow("", address), Target::Remote(_));
        self.addresses.iter().any(|(_, to, _)| is_remote(to))
    }
}

/// The direction of text is said in the markup, where it cannot be lost (EPUB 3.3, 6.3.1.2).
const FORBIDDEN: &[&str] = &["direction", "unicode-bidi"];

/// As many addresses of a sheet are followed.
const ADDRESSES: usize = 50_000;

/// A stretch between signs that matter.
struct Reading<'s> {
    text: &'s str,
    at: usize,
    sheet: Sheet,
    /// Open `{`: where, whether declarations stand in it, whether it is of `@font-face`, how many addresses came before.
    open: Vec<Block>,
}

struct Block {
    at: usize,
    has_declarations: bool,
    is_face: bool,
    /// Its selectors are points in time.
    is_frames: bool,
    before: usize,
}

/// Reads a sheet. Its faults and addresses are cut off where nobody would read on.
pub fn read(text: &str) -> Sheet {
    reading(text, false)
}

/// Reads the declarations of a `style` attribute.
pub fn declarations(text: &str) -> Sheet {
    reading(text, true)
}

fn reading(text: &str, is_inline: bool) -> Sheet {
    let mut reading = Reading {
        text,
        at: 0,
        sheet: Sheet::default(),
        open: Vec::new(),
    };
    if is_inline {
        reading.open.push(Block {
            at: 0,
            has_declarations: true,
            is_face: false,
            is_frames: false,
            before: 0,
        });
    }
    charset(&mut reading);
    reading.all(is_inline);
    reading.sheet
}

/// `@charset` says what every sheet of a book is: UTF-8, or UTF-16.
fn charset(reading: &mut Reading<'_>) {
    let Some(rest) = reading.text.strip_prefix("@charset \"") else {
        return;
    };
    let Some((name, _)) = rest.split_once('"') else {
        return;
    };
    if !name.eq_ignore_ascii_case("utf-8") && !name.to_ascii_lowercase().starts_with("utf-16") {
        reading.fault(0..10 + name.len(), "a style sheet of a book is UTF-8");
    }
}

impl Reading<'_> {
    fn fault(&mut self, at: Range<usize>, message: &str) {
        if self.sheet.faults.len() < limits::TOLD {
            self.sheet.faults.push((at, message.to_owned()));
        }
    }

    fn named(&mut self, kind: Use, said: Range<usize>) {
        if self.sheet.addresses.len() < ADDRESSES {
            let address = unescaped(&self.text[said.clone()]);
            self.sheet.addresses.push((kind, address, said));
        }
    }

    fn all(&mut self, is_inline: bool) {
        // Where the rule or declaration at hand begins, and its first colon.
        let (mut start, mut colon) = (0, None);
        let mut brackets: Vec<(u8, usize)> = Vec::new();
        while let Some(byte) = self.text.as_bytes().get(self.at).copied() {
            let here = self.at;
            self.at += 1;
            match byte {
                b'/' if self.text.as_bytes().get(self.at) == Some(&b'*') => {
                    match self.text[self.at + 1..].find("*/") {
                        Some(end) => self.at += 1 + end + 2,
                        None => {
                            self.fault(here..here + 2, "a comment is never closed");
                            return;
                        }
                    }
                    if self.text[start..here].trim().is_empty() {
                        start = self.at;
                    }
                }
                b'"' | b'\'' => {
                    let Some(said) = self.string(byte, here) else {
                        return;
                    };
                    if self.text[start..here]
                        .trim()
                        .eq_ignore_ascii_case("@import")
                    {
                        self.named(Use::Import, said);
                    }
                }
                b'\\' => self.at = (self.at + 1).min(self.text.len()),
                b'(' => {
                    if brackets.len() > limits::DEPTH {
                        self.fault(here..here + 1, "brackets nest deeper than are read");
                        return;
                    }
                    if ends_in_url(&self.text[start..here]) {
                        self.url(start, here);
                    } else {
                        brackets.push((b')', here));
                    }
                }
                b'[' if brackets.len() <= limits::DEPTH => brackets.push((b']', here)),
                // So that what stands before a sign is never searched through again.
                b' ' | b'\t' | b'\n' | b'\r' if here == start => start = self.at,
                b')' | b']' if brackets.last().is_some_and(|(close, _)| *close == byte) => {
                    brackets.pop();
                }
                b')' | b']' => {
                    self.fault(here..here + 1, "a bracket closes nothing");
                }
                b':' if colon.is_none() => colon = Some(here),
                b'{' | b'}' | b';' => {
                    if byte != b';'
                        && let Some((_, open)) = brackets.first()
                    {
                        self.fault(*open..open + 1, "a bracket is never closed");
                    }
                    if byte != b';' || brackets.is_empty() {
                        brackets.clear();
                        match byte {
                            b'{' if self.open.len() > limits::DEPTH => {
                                self.fault(here..here + 1, "blocks nest deeper than are read");
                                return;
                            }
                            b'{' => self.opens(start, here),
                            _ => self.declared(start..here, colon),
                        }
                        if byte == b'}' {
                            self.closes(here, is_inline);
                        }
                        (start, colon) = (self.at, None);
                    }
                }
                _ => {}
            }
            // Bytes of longer characters are none of the signs above; slices begin and end at signs.
        }
        if let Some((_, open)) = brackets.first() {
            self.fault(*open..open + 1, "a bracket is never closed");
        }
        if is_inline {
            self.declared(start..self.text.len(), colon);
        } else if let Some(block) = self.open.first() {
            let at = block.at;
            self.fault(at..at + 1, "a block is never closed");
        } else if !self.text[start..].trim().is_empty() {
            let rest = self.text[start..].trim();
            let at = start..self.text.len();
            let is_closed = rest.starts_with('@') || rest == "-->" || rest == "<!--";
            if !is_closed {
                self.fault(at, "a selector has no block");
            }
        }
    }

    /// A string's text, and the reading behind it.
    fn string(&mut self, quote: u8, here: usize) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(byte) if *byte == quote => {
                    self.at += 1;
                    return Some(here + 1..self.at - 1);
                }
                Some(b'\\') => self.at = floor(self.text, self.at + 2),
                Some(b'\n') | None => {
                    self.fault(here..here + 1, "a string is never closed");
                    // What follows is read as if it had been.
                    return bytes.get(self.at).map(|_| here + 1..self.at);
                }
                Some(_) => self.at += 1,
            }
        }
    }

    /// `url(…)`, its bracket at `here`.
    fn url(&mut self, start: usize, here: usize) {
        let rest = &self.text[self.at..];
        let inner = self.at + rest.len() - rest.trim_start().len();
        let quote = self.text[inner..].bytes().next();
        let said = match quote.filter(|byte| matches!(byte, b'"' | b'\'')) {
            Some(quote) => {
                self.at = inner + 1;
                let Some(said) = self.string(quote, inner) else {
                    return;
                };
                let rest = &self.text[self.at..];
                // Modifiers may follow.
                self.at += rest.find(')').map_or(rest.len(), |end| end + 1);
                said
            }
            None => {
                let rest = &self.text[inner..];
                // Addresses of data have semicolons.
                let signs: &[char] = match rest.starts_with("data:") {
                    true => &[')'],
                    false => &[')', ';', '{', '}'],
                };
                let end = unescaped_sign(rest, signs);
                // In any case reading goes on there, so that no text is searched twice.
                self.at = inner + end.unwrap_or(rest.len());
                match end.filter(|end| rest[*end..].starts_with(')')) {
                    Some(end) => {
                        self.at += 1;
                        inner..inner + rest[..end].trim_end().len()
                    }
                    None => {
                        self.fault(here..here + 1, "an address is never closed");
                        return;
                    }
                }
            }
        };
        let head = self.text[start..here].trim_start();
        let is_face = self.open.last().is_some_and(|block| block.is_face);
        let kind = match () {
            () if head
                .get(..7)
                .is_some_and(|at| at.eq_ignore_ascii_case("@import")) =>
            {
                Use::Import
            }
            // A namespace's name leads nowhere.
            () if head
                .get(..10)
                .is_some_and(|at| at.eq_ignore_ascii_case("@namespace")) =>
            {
                return;
            }
            () if is_face => Use::Font,
            () => Use::Image,
        };
        self.named(kind, said);
    }

    fn opens(&mut self, start: usize, here: usize) {
        let head = bare(&self.text[start..here]);
        let rule = head.strip_prefix('@').map(|rule| {
            let end = rule.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            rule[..end.unwrap_or(rule.len())].to_ascii_lowercase()
        });
        let inside = self.open.last().is_some_and(|block| block.has_declarations);
        let in_frames = self.open.last().is_some_and(|block| block.is_frames);
        if head.is_empty() && !inside {
            self.fault(here..here + 1, "a block has no selector");
        } else if rule.is_none() && !inside && !in_frames && is_no_selector(&head) {
            let lead = self.text[start..here].len() - self.text[start..here].trim_start().len();
            self.fault(
                start + lead..here,
                "a selector is cut off, or begins with a digit",
            );
        }
        let groups = [
            "media",
            "supports",
            "container",
            "layer",
            "document",
            "keyframes",
        ];
        let has_rules = rule.as_deref().is_some_and(|rule| {
            groups
                .iter()
                .any(|group| rule == *group || rule.ends_with("-keyframes"))
        });
        self.open.push(Block {
            at: here,
            has_declarations: !has_rules,
            is_face: rule.as_deref() == Some("font-face"),
            is_frames: rule
                .as_deref()
                .is_some_and(|rule| rule.ends_with("keyframes")),
            before: self.sheet.addresses.len(),
        });
    }

    fn closes(&mut self, here: usize, is_inline: bool) {
        if is_inline && self.open.len() == 1 {
            self.fault(here..here + 1, "`}` closes nothing");
            return;
        }
        match self.open.pop() {
            None => self.fault(here..here + 1, "`}` closes nothing"),
            Some(block) if block.is_face && block.before == self.sheet.addresses.len() => {
                let body = &self.text[block.at..here];
                // A face of the reader's own machine is no file.
                if !body.contains("local(") {
                    self.sheet.empty_faces.push(block.at..here);
                }
            }
            Some(_) => {}
        }
    }

    /// A declaration has ended.
    fn declared(&mut self, at: Range<usize>, colon: Option<usize>) {
        let text = self.text[at.clone()].trim();
        if !self.open.last().is_some_and(|block| block.has_declarations) || text.starts_with('@') {
            return;
        }
        let said = bare(text);
        if said.is_empty() {
            // As EPUB's own checker reads CSS, that is a fault.
            if self.text.as_bytes().get(at.end) == Some(&b';') {
                self.fault(at.end..at.end + 1, "a semicolon ends nothing");
            }
            return;
        }
        let place = at.end - self.text[at.clone()].trim_start().len()..at.end;
        let Some(colon) = colon else {
            self.fault(place, "a declaration has no colon");
            return;
        };
        let name = bare(&self.text[at.start..colon]).to_ascii_lowercase();
        if self.text[colon + 1..at.end].trim().is_empty() && !name.starts_with("--") {
            self.fault(place.clone(), "a declaration has no value");
        } else if name.contains(char::is_whitespace)
            || name.is_empty()
            || name.starts_with(|c: char| {
                c.is_ascii() && !c.is_ascii_alphabetic() && !matches!(c, '-' | '_' | '\\')
            })
        {
            self.fault(
                place.clone(),
                "a declaration does not begin with a property",
            );
        }
        if FORBIDDEN.contains(&name.as_str()) {
            self.sheet.forbidden.push((name, place));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_sheets_name_files_and_have_no_faults() {
        let sheet = read(
            "@charset \"utf-8\"; @import 'a.css'; @import url(b.css) screen;\n@font-face { font-family: X; src: url( \"x.otf\" ) format('opentype'), url(x.ttf) }\n\
             /* url(no.png) { */ p::before { content: \"}\"; background: url(p\\(1\\).png) }\n@media (min-width: 10em) { a[href] { color: red; } }\n\
             @keyframes k { 0%, 50.5% { top: 0 } to { top: 1em } } h1>a:nth-child(2n + 1), #1 + .a1 { } @page :first { margin: 0; }\n\
             @supports not (display: grid) { @media print { q { quotes: '«' '»' } } } :root { --x: ; background: url(data:image/png;base64,AA==) }",
        );
        assert_eq!(sheet.faults, []);
        let named: Vec<_> = sheet
            .addresses
            .iter()
            .map(|(of, to, _)| (*of, to.as_str()))
            .collect();
        assert_eq!(
            named,
            [
                (Use::Import, "a.css"),
                (Use::Import, "b.css"),
                (Use::Font, "x.otf"),
                (Use::Font, "x.ttf"),
                (Use::Image, "p(1).png"),
                (Use::Image, "data:image/png;base64,AA=="),
            ]
        );
        assert!(sheet.empty_faces.is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_told_where_it_stands() {
        for (text, at, fault) in [
            ("p { color: red", 2, "a block is never closed"),
            ("p { color: red }}", 16, "`}` closes nothing"),
            ("p { color red }", 4, "a declaration has no colon"),
            ("p { color: }", 4, "a declaration has no value"),
            ("p /* x", 2, "a comment is never closed"),
            ("p { content: \"x }\n}", 13, "a string is never closed"),
            ("p { width: calc(1em }", 15, "a bracket is never closed"),
            ("{ color: red }", 0, "a block has no selector"),
            ("p { } q", 6, "a selector has no block"),
            ("p { src: url(x; }", 12, "an address is never closed"),
            (
                "p, { color: red }",
                0,
                "a selector is cut off, or begins with a digit",
            ),
            (
                "p { } > q { }",
                6,
                "a selector is cut off, or begins with a digit",
            ),
            (
                ".1a { }",
                0,
                "a selector is cut off, or begins with a digit",
            ),
            (
                "p { *zoom: 1 }",
                4,
                "a declaration does not begin with a property",
            ),
            ("p { color: red;; }", 15, "a semicolon ends nothing"),
        ] {
            let sheet = read(text);
            let found = sheet
                .faults
                .first()
                .map(|(at, fault)| (at.start, fault.as_str()));
            assert_eq!(found, Some((at, fault)), "{text}");
        }
        assert_eq!(read("p { direction: rtl }").forbidden.len(), 1);
        assert_eq!(declarations("color: red; width: 1em").faults, []);
        assert_eq!(declarations("color red").faults.len(), 1);
    }
}
