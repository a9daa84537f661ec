//! What all who read a chapter share: the text, the open frames, the notes found, and the way back to the source.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::frame::{Frame, Kind, Opener, Piece};
use super::mask::HIDDEN;
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{Attrs, Block, Dialect, Inline, InlineKind, LITERAL, NodeId};
use crate::source::{Expanded, Span};

/// Which extensions a dialect has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Features {
    /// Attributes, containers, spans, notes, figures, definition lists.
    pub extensions: bool,
    /// Mathematics, sub- and superscripts, citations and references: not in an mdBook, whose authors write `$`, `~`
    /// and `@` and mean them.
    pub scholarly: bool,
    /// Rust's hidden lines.
    pub hidden_lines: bool,
    /// Straight quotes will become typographic ones, but not those that a backslash stands before.
    pub smart: bool,
}

impl Features {
    pub fn of(dialect: &Dialect) -> Features {
        Features {
            extensions: dialect.extensions,
            scholarly: dialect.extensions && !dialect.mdbook,
            hidden_lines: dialect.mdbook,
            smart: dialect.smart,
        }
    }
}

/// Where a text stands.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// From this byte on in the chapter's text.
    Chapter(&'a Expanded, usize),
    /// Nowhere byte by byte: an attribute's value, a part's title.
    At(Option<Span>),
}

/// A note that was found, before it is known whether and where it is called first.
#[derive(Debug)]
pub(super) struct FoundNote {
    pub name: Option<String>,
    /// `None` while it is only called.
    pub blocks: Option<Vec<Block>>,
    pub range: Range<usize>,
    /// It is for the margin.
    pub margin: bool,
}

/// Text that came from the source as it is, and may hold signs of ours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub start: usize,
    pub end: usize,
    /// A backslash stood before its first character, which is therefore no sign.
    pub escaped: bool,
}

/// Builds a chapter's model.
pub(super) struct Builder<'a> {
    pub text: &'a str,
    pub masked: &'a str,
    pub place: Place<'a>,
    pub path: &'a str,
    pub features: Features,
    pub sink: &'a Sink,
    pub frames: Vec<Frame>,
    /// How many frames are not flat, less the root.
    pub depth: usize,
    pub too_deep: bool,
    /// Open links: no link stands in a link.
    pub links: usize,
    /// Open verse: its indents count.
    pub verses: usize,
    pub run: Option<Run>,
    /// Each node's bytes in `text`, by the number it has until the chapter is whole.
    pub ranges: Vec<Range<usize>>,
    pub notes: Vec<FoundNote>,
    pub note_names: BTreeMap<String, usize>,
    /// Elements left out: the first place of each, and how many there were.
    pub left_out: BTreeMap<(Code, String), (Range<usize>, usize)>,
    /// Notes called but not defined, each said once.
    pub undefined: BTreeSet<String>,
    /// A title or caption inside another text: what is undefined here may be defined there.
    pub nested: bool,
}

impl<'a> Builder<'a> {
    pub fn new(
        text: &'a str,
        masked: &'a str,
        place: Place<'a>,
        path: &'a str,
        features: Features,
        sink: &'a Sink,
    ) -> Builder<'a> {
        let root = Frame {
            kind: Kind::Root,
            opener: Opener::Implied,
            attrs: Attrs::default(),
            range: 0..text.len(),
            host: 0,
            blocks: Vec::new(),
            pieces: Vec::new(),
            marks: Vec::new(),
            last_end: usize::MAX,
        };
        Builder {
            text,
            masked,
            place,
            path,
            features,
            sink,
            frames: Vec::from([root]),
            depth: 0,
            too_deep: false,
            links: 0,
            verses: 0,
            run: None,
            ranges: Vec::new(),
            notes: Vec::new(),
            note_names: BTreeMap::new(),
            left_out: BTreeMap::new(),
            undefined: BTreeSet::new(),
            nested: false,
        }
    }

    /// A range of the text, in its file.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        match self.place {
            Place::Chapter(text, from) => Some(text.span(from + range.start..from + range.end)),
            Place::At(at) => at,
        }
    }

    pub fn report(&self, found: Diagnostic) {
        self.sink.push(found);
    }

    /// A number for a node, until all are numbered in reading order.
    pub fn node(&mut self, range: Range<usize>) -> NodeId {
        self.ranges.push(range);
        NodeId(self.ranges.len() as u32 - 1)
    }

    pub fn inline(&mut self, kind: InlineKind, range: Range<usize>) -> Inline {
        Inline {
            id: self.node(range),
            kind,
        }
    }

    /// A node's range.
    pub fn range(&self, id: NodeId) -> Range<usize> {
        self.ranges[id.0 as usize].clone()
    }

    /// Puts words in as they are.
    pub fn push_text(&mut self, text: &str, range: Range<usize>) {
        if text.is_empty() {
            return;
        }
        if let Kind::Code { text: code, .. } | Kind::Pre { text: code, .. } = &mut self.host().kind
        {
            code.push_str(text);
            return;
        }
        let text = legal(text).into_owned();
        let inline = self.inline(InlineKind::Text(text), range);
        self.host().pieces.push(Piece::Inline(inline));
    }

    /// Puts words of the source in as they are.
    pub fn push_source(&mut self, range: Range<usize>) {
        let text: &'a str = self.text;
        self.push_text(&text[range.clone()], range);
    }

    /// The true text behind a parser's text, in which bytes may be hidden; `range` holds it.
    pub fn restore<'s>(&self, text: &'s str, range: Range<usize>) -> Cow<'s, str>
    where
        'a: 's,
    {
        if self.masked[range.clone()] == *text {
            return Cow::Borrowed(&self.text[range]);
        }
        if self.masked[range.clone()] == self.text[range.clone()] {
            return Cow::Borrowed(text);
        }
        // Line by line, since the signs of quotations and lists stand between the lines of a block.
        let mut out = String::with_capacity(text.len());
        let mut at = range.start;
        for line in text.split_inclusive('\n') {
            let words = line.trim_end_matches(['\n', '\r']);
            match self.masked[at..range.end].find(words) {
                Some(found) if !words.is_empty() => {
                    let start = at + found;
                    at = start + words.len();
                    out.push_str(&self.text[start..at]);
                    out.push_str(&line[words.len()..]);
                }
                _ => out.extend(line.chars().filter(|c| *c != HIDDEN as char)),
            }
        }
        Cow::Owned(out)
    }

    /// Whether the byte is another to the parser.
    pub fn is_masked(&self, at: usize) -> bool {
        self.masked.as_bytes().get(at) != self.text.as_bytes().get(at)
    }

    /// Finishes a line: neighbouring words become one, white space in them collapses, what hangs on nothing becomes
    /// text again.
    pub fn line(&mut self, pieces: Vec<Piece>, trim: bool) -> Vec<Inline> {
        let mut line: Vec<Inline> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let next = match piece {
                Piece::Inline(inline) => inline,
                Piece::Attrs(attrs, range) => {
                    if self.hang_on_formula(&mut line, &attrs, &range) {
                        continue;
                    }
                    let text = self.text[range.clone()].to_owned();
                    self.inline(InlineKind::Text(text), range)
                }
            };
            if let (Some(last), InlineKind::Text(more)) = (line.last_mut(), &next.kind)
                && let InlineKind::Text(text) = &mut last.kind
            {
                text.push_str(more);
                let end = self.ranges[next.id.0 as usize].end;
                let range = &mut self.ranges[last.id.0 as usize];
                range.end = range.end.max(end);
                continue;
            }
            line.push(next);
        }
        if self.verses > 0 {
            return line;
        }
        let mut starts = false;
        for at in 0..line.len() {
            let ends = matches!(
                line.get(at + 1).map(|next| &next.kind),
                Some(InlineKind::HardBreak)
            );
            match &mut line[at].kind {
                InlineKind::Text(text) => {
                    collapse(text);
                    if ends {
                        text.truncate(text.trim_end_matches(' ').len());
                    }
                    if starts && text.starts_with(' ') {
                        text.remove(0);
                    }
                    starts = false;
                }
                kind => starts = matches!(kind, InlineKind::HardBreak),
            }
        }
        if trim {
            trim_line(&mut line);
        }
        line
    }

    /// `$$…$$ {#eq-energy}`
    fn hang_on_formula(
        &mut self,
        line: &mut Vec<Inline>,
        more: &Attrs,
        range: &Range<usize>,
    ) -> bool {
        let blank = matches!(line.last().map(|i| &i.kind), Some(InlineKind::Text(t)) if t.trim().is_empty());
        let at = line.len().checked_sub(1 + usize::from(blank));
        let Some(Inline {
            id,
            kind:
                InlineKind::Math {
                    display: true,
                    attrs,
                    ..
                },
        }) = at.and_then(|at| line.get_mut(at))
        else {
            return false;
        };
        super::attrs::merge(attrs, more.clone());
        self.ranges[id.0 as usize].end = range.end;
        if blank {
            line.pop();
        }
        true
    }
}

/// White space at the ends of a line is none.
pub(super) fn trim_line(line: &mut Vec<Inline>) {
    while let Some(first) = line.first_mut() {
        match &mut first.kind {
            InlineKind::SoftBreak => {}
            InlineKind::Text(text) => {
                let kept = text.trim_start_matches([' ', '\t', '\n']).len();
                text.drain(..text.len() - kept);
                if !text.is_empty() {
                    break;
                }
            }
            _ => break,
        }
        line.remove(0);
    }
    while let Some(last) = line.last_mut() {
        match &mut last.kind {
            InlineKind::SoftBreak | InlineKind::HardBreak => {}
            InlineKind::Text(text) => {
                let kept = text.trim_end_matches([' ', '\t', '\n']).len();
                text.truncate(kept);
                if !text.is_empty() {
                    break;
                }
            }
            _ => break,
        }
        line.pop();
    }
}

/// Each run of spaces, tabs and line ends becomes one space. Other white space (no-break, thin) was meant.
pub(super) fn collapse(text: &mut String) {
    let is_space = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r');
    let bytes = text.as_bytes();
    let plain = bytes.iter().all(|b| !is_space(b) || *b == b' ')
        && !bytes.windows(2).any(|pair| pair == b"  ");
    if plain {
        return;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\n' | '\r' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    *text = out;
}

/// Without the characters that XML forbids and the one that we use ourselves; NUL is U+FFFD, as CommonMark has it.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    let bad = |c: char| {
        matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}' | '\u{FFFE}' | '\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}')
            && c != LITERAL
    };
    if !text.contains(bad) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter_map(|c| match c {
                '\0' => Some('\u{FFFD}'),
                c if bad(c) => None,
                c => Some(c),
            })
            .collect(),
    )
}
