//! The open nodes: a stack of frames, each gathering what stands in it.
//!
//! In: calls to open and close nodes, in the order of the text, from Markdown, containers and HTML alike. Out: blocks
//! and inlines, put into the frame below when a frame closes. A frame holds either blocks, or inlines, or the parts of
//! a list or table; where something of another kind comes, the frames between are opened or closed as a reader of
//! HTML would. Nothing here recurses, and no model is nested deeper than [`DEEPEST`].

use std::ops::Range;

use super::builder::Builder;
use super::container::Opening;
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Align, Attrs, Block, Cell, ContainerKind, Definition, Inline, Item, ListKind, Row,
};

/// No model is nested deeper; what is, is set flat.
pub(super) const DEEPEST: usize = 100;

/// Who opened a frame, and so who closes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opener {
    /// An event of the Markdown.
    Markdown,
    /// A tag of this name.
    Html(&'static str),
    /// A `:::` line.
    Directive,
    /// Words where blocks were awaited, and the like: closed when anything else comes.
    Implied,
}

/// An open node.
#[derive(Debug)]
pub(super) struct Frame {
    pub kind: Kind,
    pub opener: Opener,
    pub attrs: Attrs,
    pub range: Range<usize>,
    /// The nearest frame from here down that is not [`Kind::Flat`].
    pub host: usize,
    pub blocks: Vec<Block>,
    pub pieces: Vec<Piece>,
    pub marks: Vec<Mark>,
    /// Where the last inline that is no text ends.
    pub last_end: usize,
}

/// What is open.
#[derive(Debug)]
pub(super) enum Kind {
    /// Nothing of its own: too deep, or where nothing can be.
    Flat,
    // Hold blocks.
    Root,
    Quote,
    Alert(ContainerKind),
    Item {
        task: Option<bool>,
        loose: bool,
    },
    Body,
    Cell {
        header: bool,
        align: Option<Align>,
        columns: u32,
        rows: u32,
    },
    Note(String),
    Container(Box<Opening>),
    /// `<div>` and its kin.
    Division(ContainerKind),
    /// `<details>`, `<figure>`: a title or caption and blocks.
    Details {
        summary: Vec<Inline>,
    },
    FigureElement {
        caption: Vec<Inline>,
    },
    // Hold parts.
    List {
        kind: ListKind,
        loose: bool,
        items: Vec<Item>,
    },
    Definitions(Vec<Definition>),
    Table {
        aligns: Vec<Align>,
        head: Vec<Row>,
        body: Vec<Row>,
        caption: Vec<Inline>,
    },
    Row {
        head: bool,
        cells: Vec<Cell>,
    },
    // Hold inlines.
    Paragraph,
    Heading(u8),
    Term,
    /// `<summary>`, `<figcaption>`, `<caption>`.
    Caption,
    Emph,
    Strong,
    Strike,
    Sub,
    Sup,
    Underline,
    Mark,
    Kbd,
    Quoted,
    Abbr(Option<String>),
    Span,
    CodeElement,
    Link {
        to: String,
        title: Option<String>,
        shortcut: bool,
    },
    Image {
        to: String,
        title: Option<String>,
    },
    // Hold text as it is.
    Code {
        info: Option<String>,
        text: String,
    },
    Pre {
        lang: Option<String>,
        text: String,
    },
    /// What is inside is left out: `<script>`.
    Dropped,
}

/// What kind of things a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Blocks,
    Parts,
    Inlines,
    Text,
    Nothing,
}

impl Kind {
    pub fn holds(&self) -> Holds {
        match self {
            Kind::Root
            | Kind::Quote
            | Kind::Alert(_)
            | Kind::Item { .. }
            | Kind::Body
            | Kind::Cell { .. }
            | Kind::Note(_)
            | Kind::Container(_)
            | Kind::Division(_)
            | Kind::Details { .. }
            | Kind::FigureElement { .. } => Holds::Blocks,
            Kind::List { .. } | Kind::Definitions(_) | Kind::Table { .. } | Kind::Row { .. } => {
                Holds::Parts
            }
            Kind::Code { .. } | Kind::Pre { .. } => Holds::Text,
            Kind::Flat | Kind::Dropped => Holds::Nothing,
            _ => Holds::Inlines,
        }
    }

    fn is_verse(&self) -> bool {
        matches!(self, Kind::Container(opening) if opening.kind == super::container::Kind::Verse)
    }

    /// Lines of their own, which no block may stand in or break.
    fn is_line(&self) -> bool {
        matches!(self, Kind::Heading(_) | Kind::Term | Kind::Caption)
    }
}

/// A stretch of a line that is not finished.
#[derive(Debug)]
pub(super) enum Piece {
    Inline(Inline),
    /// An attribute list that hangs on what its frame becomes; if on nothing, it is text.
    Attrs(Box<Attrs>, Range<usize>),
}

/// A sign that may open something, if another closes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub kind: MarkKind,
    /// Its own place among the pieces, where it stands as text until it is closed.
    pub piece: usize,
    /// Where it stands.
    pub at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// `[`
    Bracket,
    /// `^[`
    Note,
    /// `^`
    Sup,
    /// `~`
    Sub,
}

impl Builder<'_> {
    /// The frame that takes in what comes next.
    pub fn host(&mut self) -> &mut Frame {
        let host = self.top().host;
        &mut self.frames[host]
    }

    pub fn top(&self) -> &Frame {
        self.frames.last().expect("the root is never closed")
    }

    /// Opens a frame; a flat one where the model is deep enough.
    pub fn open(&mut self, kind: Kind, opener: Opener, attrs: Attrs, range: Range<usize>) {
        let implied = opener == Opener::Implied;
        let kind = if self.depth >= DEEPEST && !implied {
            if !self.too_deep {
                self.too_deep = true;
                let at = self.span(range.start..range.start);
                self.report(
                    Diagnostic::new(
                        Code::TooDeep,
                        at,
                        format!("nested more than {DEEPEST} deep"),
                    )
                    .hint("what lies deeper is set flat"),
                );
            }
            Kind::Flat
        } else {
            kind
        };
        let host = if matches!(kind, Kind::Flat) {
            self.top().host
        } else {
            self.depth += 1;
            self.verses += usize::from(kind.is_verse());
            self.frames.len()
        };
        self.frames.push(Frame {
            kind,
            opener,
            attrs,
            range,
            host,
            blocks: Vec::new(),
            pieces: Vec::new(),
            marks: Vec::new(),
            last_end: usize::MAX,
        });
    }

    /// Closes frames until so many are left.
    pub fn close_to(&mut self, left: usize) {
        self.flush();
        while self.frames.len() > left.max(1) {
            let frame = self
                .frames
                .pop()
                .expect("there are more than are to be left");
            if matches!(frame.kind, Kind::Flat) {
                continue;
            }
            self.depth -= 1;
            self.verses -= usize::from(frame.kind.is_verse());
            self.warn_of_unclosed(&frame);
            self.finish(frame);
        }
    }

    /// Makes room for a block: closes words that no event of the Markdown holds open, and opens what a part needs
    /// around a block. False where words go on whatever comes: in a heading, in a paragraph of Markdown.
    pub fn prepare_block(&mut self) -> bool {
        self.flush();
        if !self.takes_blocks() {
            return false;
        }
        let mut left = self.frames.len();
        while self.frames[left - 1].kind.holds() == Holds::Inlines {
            left -= 1;
        }
        self.close_to(left);
        self.room_in_parts();
        true
    }

    /// Makes room for words.
    pub fn prepare_inline(&mut self, at: usize) {
        self.room_in_parts();
        if self.host().kind.holds() == Holds::Blocks {
            self.open(Kind::Paragraph, Opener::Implied, Attrs::default(), at..at);
        }
    }

    /// Whether blocks can stand here, so that HTML's block tags mean something.
    pub fn takes_blocks(&self) -> bool {
        let mut at = self.top().host;
        loop {
            let frame = &self.frames[at];
            match frame.kind.holds() {
                Holds::Blocks | Holds::Parts => return true,
                Holds::Text | Holds::Nothing => return false,
                Holds::Inlines if frame.kind.is_line() => return false,
                Holds::Inlines if frame.opener == Opener::Markdown => return false,
                // The root holds blocks, so there is a frame below.
                Holds::Inlines => at = self.frames[at - 1].host,
            }
        }
    }

    /// Opens an item, row, cell or body where only a list or table is open.
    pub fn room_in_parts(&mut self) {
        while self.host().kind.holds() == Holds::Parts {
            let end = self.host().range.end;
            let kind = match self.host().kind {
                Kind::List { .. } => Kind::Item {
                    task: None,
                    loose: false,
                },
                Kind::Definitions(_) => Kind::Body,
                Kind::Table { .. } => Kind::Row {
                    head: false,
                    cells: Vec::new(),
                },
                _ => Kind::Cell {
                    header: false,
                    align: None,
                    columns: 1,
                    rows: 1,
                },
            };
            self.open(kind, Opener::Implied, Attrs::default(), end..end);
        }
    }

    /// Opens a part (an item, a term, a row, a cell) in its list or table; flat where there is none.
    pub fn open_part(&mut self, kind: Kind, opener: Opener, attrs: Attrs, range: Range<usize>) {
        let fits = matches!(
            (&self.host().kind, &kind),
            (Kind::List { .. }, Kind::Item { .. })
                | (Kind::Definitions(_), Kind::Term | Kind::Body)
                | (Kind::Table { .. }, Kind::Row { .. } | Kind::Caption)
                | (Kind::Row { .. }, Kind::Cell { .. })
        );
        let flat = !matches!(self.top().kind, Kind::Flat) && fits;
        self.open(if flat { kind } else { Kind::Flat }, opener, attrs, range);
    }

    /// Puts a block into the frame below.
    pub fn add_block(&mut self, block: Block) {
        self.room_in_parts();
        let host = self.host();
        match host.kind.holds() {
            Holds::Blocks => host.blocks.push(block),
            // Only where HTML puts a block into words: its words go on among them.
            _ => {
                let words = super::finish::words_of(block);
                let host = self.host();
                host.pieces.extend(words.into_iter().map(Piece::Inline));
            }
        }
    }

    /// Puts an inline into the frame that is open.
    pub fn add_inline(&mut self, inline: Inline, end: usize) {
        let host = self.host();
        host.pieces.push(Piece::Inline(inline));
        host.last_end = end;
    }
}
