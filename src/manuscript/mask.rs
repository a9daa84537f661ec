//! Hiding from the Markdown parser what is none of its business.
//!
//! In: a text. Out: a text of the same length, byte for byte, in which
//! * a line of a container (`::: note`) is an HTML instruction (`<?…?>`), which begins and ends a block of its own
//!   wherever it stands, in lists and quotations too;
//! * the inside of an attribute list, the marks of `H~2~O` and what would be markup in a bare URL are [`HIDDEN`];
//! * the indents of verse, and signs at the start of its lines that would make a list, are commas.
//!
//! As all offsets stay, whoever meets a hidden byte looks up the true one. Hiding too much (in code, say) is harmless.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::attrs;

/// A control character that no text has and no rule of Markdown knows: it counts as a letter.
pub(super) const HIDDEN: u8 = 0x1A;

/// What stands for an indent: punctuation, so that emphasis can begin behind it.
const INDENT: u8 = b',';

/// How far the closing `~` of a subscript may be.
const LONGEST_SUBSCRIPT: usize = 128;

/// What to hide.
#[derive(Clone, Copy)]
pub(super) struct Hide {
    /// Containers, attribute lists, definition marks without a space.
    pub extensions: bool,
    /// Marks of subscripts.
    pub subscripts: bool,
}

/// Hides.
pub(super) fn mask<'t>(text: &'t str, options: Options, hide: Hide) -> Cow<'t, str> {
    let urls = text.contains("://") || text.contains("www.");
    let marks = hide.extensions && text.contains(['{', '~', ':']);
    if !urls && !marks {
        return Cow::Borrowed(text);
    }
    let mut hider = Hider {
        text,
        bytes: text.as_bytes(),
        out: text.as_bytes().to_vec(),
        hide,
        urls,
        open: Vec::new(),
    };
    let fences = if hide.extensions && text.contains(":::") {
        fences(text, options)
    } else {
        Vec::new()
    };
    let mut fences = fences.into_iter().peekable();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.trim_end_matches(['\n', '\r']).len();
        at += line.len();
        while fences.next_if(|fence| fence.end <= range.start).is_some() {}
        if fences
            .peek()
            .is_some_and(|fence| fence.contains(&range.start))
        {
            continue;
        }
        hider.line(range);
    }
    // Only whole characters were hidden; were it not so, the text as it is would be the next best.
    String::from_utf8(hider.out).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Where code is fenced: what looks like a container there is none.
fn fences(text: &str, options: Options) -> Vec<Range<usize>> {
    if !text.contains("```") && !text.contains("~~~") {
        return Vec::new();
    }
    Parser::new_ext(text, options)
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => Some(range),
            _ => None,
        })
        .collect()
}

struct Hider<'t> {
    text: &'t str,
    bytes: &'t [u8],
    out: Vec<u8>,
    hide: Hide,
    urls: bool,
    /// The containers around: for each verse, what stands before its lines (`> `); `None` for the others.
    open: Vec<Option<&'t str>>,
}

impl<'t> Hider<'t> {
    fn line(&mut self, line: Range<usize>) {
        let content = line.start + prefix(&self.bytes[line.clone()]);
        if self.hide.extensions {
            if self.bytes[content..line.end].starts_with(b":::") {
                return self.container(line, content);
            }
            if let Some(Some(before)) = self.open.last() {
                self.verse_line(before, line.clone());
            } else if self.bytes[content..line.end].first() == Some(&b':')
                && !matches!(self.bytes.get(content + 1), Some(b' ' | b'\t'))
            {
                // `:smile:` is no definition.
                self.out[content] = HIDDEN;
            }
        }
        self.words(line, content);
    }

    fn container(&mut self, line: Range<usize>, content: usize) {
        let end = content + self.text[content..line.end].trim_end().len();
        let inside = self.text[content..end].trim_start_matches(':');
        if inside.is_empty() {
            self.open.pop();
        } else if !super::container::is_leaf(inside, &self.text[end..]) {
            let verse = super::container::is_verse(inside);
            self.open
                .push(verse.then_some(&self.text[line.start..content]));
        }
        self.out[content..end].fill(b'x');
        self.out[content..content + 2].copy_from_slice(b"<?");
        // Three colons alone become `<?>`, which begins and ends an instruction as well.
        self.out[end - 1] = b'>';
        if end - content > 3 {
            self.out[end - 2] = b'?';
        }
    }

    fn verse_line(&mut self, before: &str, line: Range<usize>) {
        // Step over what stood before `::: verse`, as far as it is there.
        let mut at = line.start;
        for sign in before.bytes() {
            match (sign, self.bytes[..line.end].get(at)) {
                (b'>', Some(b'>')) | (_, Some(b' ' | b'\t')) => at += 1,
                _ => {}
            }
        }
        let start = at;
        while at < line.end && matches!(self.bytes[at], b' ' | b'\t') {
            at += 1;
        }
        if at == line.end {
            return;
        }
        if at > start {
            self.out[start..at].fill(INDENT);
            return;
        }
        let rest = &self.bytes[at..line.end];
        let spaced = |i: usize| rest.get(i).is_none_or(|b| matches!(b, b' ' | b'\t'));
        let is_rule = rest.iter().filter(|b| **b != b' ').count() >= 3
            && rest.iter().all(|b| matches!(b, b' ') || *b == rest[0]);
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        match rest[0] {
            b'-' | b'*' if is_rule => {}
            b'-' | b'+' | b'*' if spaced(1) => self.out[at] = INDENT,
            b'-' | b'=' if is_rule || rest.iter().all(|b| *b == rest[0]) => self.out[at] = INDENT,
            b'#' | b':' => self.out[at] = INDENT,
            b'0'..=b'9' if matches!(rest.get(digits), Some(b'.' | b')')) && spaced(digits + 1) => {
                self.out[at + digits] = INDENT;
            }
            _ => {}
        }
    }

    fn words(&mut self, line: Range<usize>, content: usize) {
        let mut at = content;
        while at < line.end {
            match self.bytes[at] {
                b'\\' => at += 1,
                b'{' if self.hide.extensions => {
                    if let Some(len) = self.attributes(at, line.clone()) {
                        self.out[at + 1..at + len - 1].fill(HIDDEN);
                        at += len - 1;
                    }
                }
                b'~' if self.hide.subscripts => {
                    if let Some(close) = self.subscript(at, line.end) {
                        (self.out[at], self.out[close]) = (HIDDEN, HIDDEN);
                        at = close;
                    }
                }
                b'h' | b'w' | b'f' if self.urls => {
                    if let Some(end) = self.url(at, line.clone(), content) {
                        for i in at..end {
                            if matches!(self.bytes[i], b'*' | b'_' | b'~' | b'$') {
                                self.out[i] = HIDDEN;
                            }
                        }
                        at = end - 1;
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn attributes(&self, at: usize, line: Range<usize>) -> Option<usize> {
        let (found, len) = attrs::parse(&self.text[at..line.end], false)?;
        let hangs = at == line.start
            || matches!(
                self.bytes[at - 1],
                b']' | b')' | b'`' | b'$' | b' ' | b'\t' | b'>'
            );
        (hangs || found.get("page").is_some()).then_some(len)
    }

    fn subscript(&self, at: usize, end: usize) -> Option<usize> {
        let at_tilde = |i: usize| self.bytes.get(i) == Some(&b'~');
        if at_tilde(at + 1) || (at > 0 && at_tilde(at - 1)) {
            return None;
        }
        let end = end.min(at + LONGEST_SUBSCRIPT);
        let close = (at + 1..end)
            .find(|i| matches!(self.bytes[*i], b'~' | b' ' | b'\t' | b'`'))
            .filter(|i| at_tilde(*i))?;
        (!at_tilde(close + 1)).then_some(close)
    }

    /// The end of a bare URL that begins here, without the punctuation behind it.
    fn url(&self, at: usize, line: Range<usize>, content: usize) -> Option<usize> {
        let rest = &self.text[at..line.end];
        if !["http://", "https://", "ftp://", "www."]
            .iter()
            .any(|start| rest.starts_with(start))
        {
            return None;
        }
        // Not in `](…)` and not in `[label]: …`.
        let before = &self.bytes[content..at];
        match before.last() {
            None | Some(b'*' | b'_' | b'~') => {}
            Some(b'(') if !before.ends_with(b"](") => {}
            Some(b' ' | b'\t')
                if !(before.first() == Some(&b'[') && before.trim_ascii_end().ends_with(b"]:")) => {
            }
            _ => return None,
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '`'))
            .unwrap_or(rest.len());
        let url =
            rest[..end].trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', ')', '\'', '"']);
        Some(at + url.len())
    }
}

/// How much of a line stands before its own words: indents, the signs of quotations and list items.
fn prefix(line: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let digits = line[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let spaced = |i: usize| matches!(line.get(i), Some(b' ' | b'\t'));
        match line.get(at) {
            Some(b' ' | b'\t' | b'>') => at += 1,
            Some(b'-' | b'*' | b'+') if spaced(at + 1) => at += 2,
            Some(b'0'..=b'9')
                if digits <= 9
                    && matches!(line.get(at + digits), Some(b'.' | b')'))
                    && spaced(at + digits + 1) =>
            {
                at += digits + 2;
            }
            _ => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        let hide = Hide {
            extensions: true,
            subscripts: true,
        };
        mask(text, Options::empty(), hide).replace(HIDDEN as char, "·")
    }

    #[test]
    fn only_what_is_no_markdown_is_hidden() {
        for (text, wanted) in [
            ("::: note\nx\n:::\n", "<?xxxx?>\nx\n<?>\n"),
            ("> - ::: né\n", "> - <?xxx?>\n"),
            ("[a]{.b} {#c}", "[a]{··} {··}"),
            ("a {b} \\{.c} {d=\"*e*\"}", "a {b} \\{.c} {·······}"),
            ("H~2~O ~a b~ ~~c~~", "H·2·O ~a b~ ~~c~~"),
            ("*http://a.b/_c_d.*", "*http://a.b/·c·d.*"),
            ("[a]: http://a/~b~c~", "[a]: http://a/·b·c~"),
            ("[a](http://a/_b_)", "[a](http://a/_b_)"),
            ("a\n:smile:\n: def", "a\n·smile:\n: def"),
            (
                "::: verse\n  *a*\n- b\n1. c\n* * *\n:::\n- d",
                "<?xxxxx?>\n,,*a*\n, b\n1, c\n* * *\n<?>\n- d",
            ),
            ("> ::: verse\n>   a\n> b", "> <?xxxxx?>\n> ,,a\n> b"),
            ("```\n::: verse\n```\n  a", "```\n::: verse\n```\n  a"),
        ] {
            assert_eq!(masked(text), wanted, "{text}");
        }
    }
}
