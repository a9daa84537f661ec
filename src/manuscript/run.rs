//! Signs of ours among words.
//!
//! In: a run of text that Markdown took for plain words, with its place in the source. Out: pieces of the open line:
//! words, `[spans]{…}`, `^[notes]`, sub- and superscripts, citations, references and bare URLs. One pass; signs that
//! may open something wait in the frame's marks and stay words if nothing closes them.

use std::ops::Range;

use super::builder::{Builder, Run};
use super::frame::{Kind, Mark, MarkKind, Piece};
use super::{attrs, autolink, cite};
use crate::diag::{Code, Diagnostic};
use crate::model::{Attrs, InlineKind, LITERAL, RefForm};

/// How many open signs back a closing `^` or `~` looks: a line of nothing else must not take for ever.
const NEAR_MARKS: usize = 8;

/// No paragraph has more open signs; further ones are words.
const MOST_MARKS: usize = 1000;

impl Builder<'_> {
    /// Takes in words of the parser.
    pub fn text(&mut self, text: &str, range: Range<usize>) {
        if let Kind::Code { .. } | Kind::Pre { .. } = self.host().kind {
            let text = self.restore(text, range.clone()).into_owned();
            self.push_text(&text, range);
            return;
        }
        if self.masked[range.clone()] != *text {
            // An entity, or something else that says more than it shows.
            self.flush();
            self.prepare_inline(range.start);
            let text = self.restore(text, range.clone()).into_owned();
            self.push_text(&text, range);
            return;
        }
        if let Some(run) = &mut self.run
            && run.end == range.start
        {
            run.end = range.end;
            return;
        }
        self.flush();
        self.prepare_inline(range.start);
        let escaped = range.start > 0 && self.text.as_bytes()[range.start - 1] == b'\\';
        self.run = Some(Run {
            start: range.start,
            end: range.end,
            escaped,
        });
    }

    /// Finds the signs in the words taken in.
    pub fn flush(&mut self) {
        let Some(run) = self.run.take() else { return };
        let mut from = run.start;
        let mut at = run.start;
        if run.escaped {
            let first = self.text[at..run.end]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
            if self.features.smart && matches!(self.text.as_bytes()[at], b'"' | b'\'' | b'-' | b'.')
            {
                self.push_text(&LITERAL.to_string(), at..at);
            }
            at += first;
        }
        let extensions = self.features.extensions;
        let scholarly = self.features.scholarly;
        while at < run.end {
            let next = match self.text.as_bytes()[at] {
                b':' => self.url(from, at, run.end),
                b'w' => self.www(from, at, run.end),
                b'@' => self.at_sign(from, at, run.end, scholarly),
                b'[' if extensions => self.bracket_opens(from, at, run.end),
                b']' if extensions => self.bracket_closes(from, at, run.end),
                b'{' if extensions && self.is_masked(at + 1) => self.list(from, at, run.end),
                b'^' if extensions => self.caret(from, at, run.end, scholarly),
                b'~' if scholarly && self.is_masked(at) => {
                    Some(self.script(MarkKind::Sub, from, at))
                }
                b' ' | b'\t' => {
                    self.end_scripts();
                    None
                }
                _ => None,
            };
            match next {
                Some(next) => {
                    from = next;
                    at = next;
                }
                None => at += 1,
            }
        }
        self.push_source(from..run.end);
    }

    /// `[`, and what it may open.
    fn bracket_opens(&mut self, from: usize, at: usize, end: usize) -> Option<usize> {
        if self.host().marks.len() >= MOST_MARKS {
            return None;
        }
        let rest = &self.text[at..end];
        if let Some(name) = rest.strip_prefix("[^") {
            let close = name
                .find(|c: char| c == ']' || c.is_whitespace())
                .filter(|close| *close > 0 && name.as_bytes()[*close] == b']');
            if let Some(close) = close {
                let name = &name[..close];
                if !self.nested && self.undefined.insert(name.to_owned()) {
                    let span = self.span(at..at + close + 3);
                    self.report(
                        Diagnostic::new(
                            Code::UndefinedNote,
                            span,
                            format!("the note `{name}` is not defined"),
                        )
                        .hint(format!("write `[^{name}]: …` in this file")),
                    );
                }
                return None;
            }
        }
        self.push_source(from..at);
        self.mark(MarkKind::Bracket, at, 1);
        Some(at + 1)
    }

    /// `^`: a note's beginning, or a superscript's beginning or end.
    fn caret(&mut self, from: usize, at: usize, end: usize, scholarly: bool) -> Option<usize> {
        if self.host().marks.len() >= MOST_MARKS {
            return None;
        }
        if self.text[at + 1..end].starts_with('[') && !self.text[at + 1..end].starts_with("[^") {
            self.push_source(from..at);
            self.mark(MarkKind::Note, at, 2);
            return Some(at + 2);
        }
        scholarly.then(|| self.script(MarkKind::Sup, from, at))
    }

    /// Puts a sign in as text and remembers it.
    fn mark(&mut self, kind: MarkKind, at: usize, len: usize) {
        let literal = self.text[at..at + len].to_owned();
        let inline = self.inline(InlineKind::Text(literal), at..at + len);
        let host = self.host();
        host.marks.push(Mark {
            kind,
            piece: host.pieces.len(),
            at,
        });
        host.pieces.push(Piece::Inline(inline));
    }

    /// A `~` or `^`: closes what one opened, or opens.
    fn script(&mut self, kind: MarkKind, from: usize, at: usize) -> usize {
        self.push_source(from..at);
        let host = self.host();
        let found = host
            .marks
            .iter()
            .rev()
            .take(NEAR_MARKS)
            .take_while(|mark| matches!(mark.kind, MarkKind::Sub | MarkKind::Sup))
            .find(|mark| mark.kind == kind)
            .filter(|mark| mark.piece + 1 < host.pieces.len())
            .copied();
        match found {
            Some(mark) => {
                let content = self.take_from(mark);
                let range = mark.at..at + 1;
                let content = self.line(content, false);
                let inline = match kind {
                    MarkKind::Sub => InlineKind::Sub(content),
                    _ => InlineKind::Sup(content),
                };
                let inline = self.inline(inline, range);
                self.add_inline(inline, at + 1);
            }
            None => self.mark(kind, at, 1),
        }
        at + 1
    }

    /// No sub- or superscript holds a space.
    pub fn end_scripts(&mut self) {
        let marks = &mut self.host().marks;
        while marks
            .last()
            .is_some_and(|mark| matches!(mark.kind, MarkKind::Sub | MarkKind::Sup))
        {
            marks.pop();
        }
    }

    /// Takes what stands behind a mark out of the line, and the mark with it.
    fn take_from(&mut self, mark: Mark) -> Vec<Piece> {
        let host = self.host();
        while host
            .marks
            .last()
            .is_some_and(|last| last.piece >= mark.piece)
        {
            host.marks.pop();
        }
        let content = host.pieces.drain(mark.piece + 1..).collect();
        host.pieces.pop();
        content
    }

    /// `]`: the end of a note, a span, a citation, or of nothing.
    fn bracket_closes(&mut self, from: usize, at: usize, end: usize) -> Option<usize> {
        let mark = {
            let marks = &mut self.host().marks;
            while marks
                .last()
                .is_some_and(|mark| matches!(mark.kind, MarkKind::Sub | MarkKind::Sup))
            {
                marks.pop();
            }
            marks.pop()?
        };
        self.push_source(from..at);
        if mark.kind == MarkKind::Note {
            let content = self.take_from(mark);
            let content = self.line(content, true);
            self.note_here(content, mark.at..at + 1);
            return Some(at + 1);
        }
        if self.is_masked(at + 2)
            && let Some((attrs, len)) = attrs::parse(&self.text[at + 1..end], false)
        {
            let content = self.take_from(mark);
            let content = self.line(content, false);
            let end = at + 1 + len;
            for inline in self.styled(attrs, content, mark.at..end) {
                self.add_inline(inline, end);
            }
            return Some(end);
        }
        self.warn_of_malformed(at, end);
        if self.features.scholarly && self.cites(mark) {
            let inside = self.text[mark.at + 1..at].to_owned();
            self.take_from(mark);
            let kind = cite::bracketed(&inside);
            let inline = self.inline(kind, mark.at..at + 1);
            self.add_inline(inline, at + 1);
            return Some(at + 1);
        }
        self.push_source(at..at + 1);
        Some(at + 1)
    }

    /// `]{#a .b c=}`: braces that were meant as attributes.
    fn warn_of_malformed(&mut self, at: usize, end: usize) {
        let rest = &self.text[at + 1..end];
        if !attrs::is_meant(rest) {
            return;
        }
        if let Some(len) = rest.find('}') {
            self.bad_attributes(at + 1..at + 1 + len + 1);
        }
    }

    /// Reports an attribute list that is none.
    pub fn bad_attributes(&mut self, range: Range<usize>) {
        let text = self.text[range.clone()].to_owned();
        let span = self.span(range);
        self.report(
            Diagnostic::new(
                Code::BadAttribute,
                span,
                format!("`{text}` is no attribute list"),
            )
            .hint("write `{#id .class key=value}`, a value with spaces in quotes"),
        );
    }

    /// Whether a citation stands behind a mark.
    fn cites(&mut self, mark: Mark) -> bool {
        self.host().pieces[mark.piece + 1..].iter().any(|piece| {
            matches!(piece, Piece::Inline(inline)
                if matches!(inline.kind, InlineKind::Cite { .. } | InlineKind::Ref { .. }))
        })
    }

    /// `{…}` that hangs on what stands before it, is a reference to a page, or waits for its line to end.
    fn list(&mut self, from: usize, at: usize, end: usize) -> Option<usize> {
        let (found, len) = attrs::parse(&self.text[at..end], false)?;
        let close = at + len;
        if from == at && self.host().last_end == at && self.hang(&found, close) {
            return Some(close);
        }
        self.push_source(from..at);
        if let Some(to) = found.get("page") {
            // Without words of its own it is shown as it was typed until its page is known.
            let kind = InlineKind::Ref {
                to: to.trim_start_matches('#').to_owned(),
                form: RefForm::Page,
                plain: self.text[at..close].to_owned(),
            };
            let inline = self.inline(kind, at..close);
            self.add_inline(inline, close);
        } else {
            self.host()
                .pieces
                .push(Piece::Attrs(Box::new(found), at..close));
        }
        Some(close)
    }

    /// Hangs attributes on the last inline, if it takes any.
    fn hang(&mut self, more: &Attrs, close: usize) -> bool {
        let Some(Piece::Inline(last)) = self.host().pieces.last_mut() else {
            return false;
        };
        let id = last.id;
        match &mut last.kind {
            InlineKind::Link { attrs, .. }
            | InlineKind::Code { attrs, .. }
            | InlineKind::Math { attrs, .. } => attrs::merge(attrs, more.clone()),
            InlineKind::Image(image) => attrs::merge(&mut image.attrs, more.clone()),
            _ => return false,
        }
        self.ranges[id.0 as usize].end = close;
        self.host().last_end = close;
        // `[text](url){only=pdf}` and the like change the node itself.
        let special = ["only", "index", "page"];
        if special.iter().any(|key| more.get(key).is_some())
            && let Some(Piece::Inline(mut last)) = self.host().pieces.pop()
        {
            let mut wrapping = Attrs::default();
            if let InlineKind::Link { attrs, .. }
            | InlineKind::Code { attrs, .. }
            | InlineKind::Math { attrs, .. } = &mut last.kind
            {
                for key in special {
                    if let Some((key, value)) = attrs.rest.remove_entry(key) {
                        wrapping.rest.insert(key, value);
                    }
                }
            } else if let InlineKind::Image(image) = &mut last.kind {
                for key in special {
                    if let Some((key, value)) = image.attrs.rest.remove_entry(key) {
                        wrapping.rest.insert(key, value);
                    }
                }
            }
            let range = self.range(id);
            for inline in self.styled(wrapping, Vec::from([last]), range) {
                self.add_inline(inline, close);
            }
        }
        true
    }

    /// `://`
    fn url(&mut self, from: usize, at: usize, end: usize) -> Option<usize> {
        if self.links > 0 || !self.text[at..end].starts_with("://") {
            return None;
        }
        let found = autolink::url(&self.text[from..end], at - from)?;
        Some(self.link(from, found, ""))
    }

    /// `www.`
    fn www(&mut self, from: usize, at: usize, end: usize) -> Option<usize> {
        if self.links > 0 || !self.text[at..end].starts_with("www.") {
            return None;
        }
        let found = autolink::www(&self.text[from..end], at - from)?;
        Some(self.link(from, found, "http://"))
    }

    /// `@`: an address, a citation or a reference.
    fn at_sign(&mut self, from: usize, at: usize, end: usize, cites: bool) -> Option<usize> {
        if self.links == 0
            && let Some(found) = autolink::email(&self.text[from..end], at - from)
        {
            return Some(self.link(from, found, "mailto:"));
        }
        if !cites || at > from && cite::goes_on(&self.text[from..at]) {
            return None;
        }
        // A run that begins here may go on a word in another: `&amp;@x`, `\_@x`.
        let key = cite::key(&self.text[at + 1..end])?;
        self.push_source(from..at);
        let close = at + 1 + key.len();
        let kind = cite::in_text(key);
        let inline = self.inline(kind, at..close);
        self.add_inline(inline, close);
        Some(close)
    }

    fn link(&mut self, from: usize, found: Range<usize>, before: &str) -> usize {
        let range = from + found.start..from + found.end;
        self.push_source(from..range.start);
        let shown = self.text[range.clone()].to_owned();
        let to = format!("{before}{shown}");
        let text = self.inline(InlineKind::Text(shown), range.clone());
        let link = InlineKind::Link {
            to,
            title: None,
            attrs: Box::default(),
            content: Vec::from([text]),
        };
        let close = range.end;
        let link = self.inline(link, range);
        self.add_inline(link, close);
        close
    }
}
