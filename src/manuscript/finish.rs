//! Closing a frame: what was gathered becomes a node of the model.

use std::ops::Range;

use super::builder::Builder;
use super::frame::{Frame, Kind, Opener, Piece};
use super::{attrs, code, figure, table};
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Attrs, Block, BlockKind, Cell, Container, ContainerKind, Definition, Image, Inline, InlineKind,
    Item, List, Row, Table, plain_words,
};

impl Builder<'_> {
    /// Puts what a closed frame has become into the frame below.
    pub fn finish(&mut self, mut frame: Frame) {
        let range = frame.range.clone();
        let blocks = std::mem::take(&mut frame.blocks);
        match frame.kind {
            Kind::Root | Kind::Flat | Kind::Dropped => {}
            Kind::Paragraph => self.finish_paragraph(frame),
            Kind::Heading(level) => {
                let mut own = frame.attrs;
                self.take_list(&mut frame.pieces, &mut own);
                let content = self.line(frame.pieces, true);
                self.block(BlockKind::Heading { level, content }, own, range);
            }
            Kind::Quote => self.finish_quote(blocks, frame.attrs, range),
            Kind::Alert(kind) => self.alert(kind, Vec::new(), blocks, frame.attrs, range),
            Kind::Division(kind) => self.finish_division(kind, blocks, frame.attrs, range),
            Kind::Details { summary } => {
                attrs::add_class(&mut frame.attrs, "details");
                let container = Container {
                    kind: ContainerKind::Plain,
                    title: summary,
                    blocks,
                };
                self.block(BlockKind::Container(container), frame.attrs, range);
            }
            Kind::FigureElement { caption } => {
                self.finish_figure(blocks, caption, frame.attrs, range);
            }
            Kind::Container(opening) => self.finish_container(*opening, blocks, range),
            Kind::Note(name) => self.finish_note(&name, blocks, &range),
            Kind::List { kind, loose, items } => {
                if !items.is_empty() {
                    let list = List {
                        kind,
                        tight: !loose,
                        items,
                    };
                    self.block(BlockKind::List(list), frame.attrs, range);
                }
            }
            Kind::Item { task, loose: own } => {
                let id = self.node(range);
                let item = Item { id, task, blocks };
                if let Kind::List { items, loose, .. } = &mut self.host().kind {
                    items.push(item);
                    *loose |= own;
                }
            }
            Kind::Definitions(definitions) => {
                self.finish_definitions(definitions, frame.attrs, range);
            }
            Kind::Term => self.finish_term(frame),
            Kind::Body => {
                let id = self.node(range.clone());
                if let Kind::Definitions(definitions) = &mut self.host().kind {
                    match definitions.last_mut() {
                        Some(last) => {
                            last.bodies.push(blocks);
                            let id = last.id;
                            self.ranges[id.0 as usize].end = range.end;
                        }
                        None => definitions.push(Definition {
                            id,
                            terms: Vec::new(),
                            bodies: Vec::from([blocks]),
                        }),
                    }
                }
            }
            Kind::Table {
                aligns,
                head,
                body,
                caption,
            } => {
                let table = Table {
                    aligns,
                    head,
                    body,
                    caption,
                };
                self.finish_table(table, frame.attrs, range);
            }
            Kind::Row { head, cells } => {
                let id = self.node(range);
                let row = Row { id, cells };
                if let Kind::Table {
                    head: rows, body, ..
                } = &mut self.host().kind
                {
                    // A head's rows stand before all others.
                    if head && body.is_empty() {
                        rows.push(row);
                    } else {
                        body.push(row);
                    }
                }
            }
            Kind::Cell {
                header,
                align,
                columns,
                rows,
            } => {
                let id = self.node(range);
                let cell = Cell {
                    id,
                    columns,
                    rows,
                    header,
                    align,
                    blocks,
                };
                if let Kind::Row { cells, .. } = &mut self.host().kind {
                    cells.push(cell);
                }
            }
            Kind::Caption => {
                let line = self.line(frame.pieces, true);
                match &mut self.host().kind {
                    Kind::Details { summary: place }
                    | Kind::FigureElement { caption: place }
                    | Kind::Table { caption: place, .. } => *place = line,
                    _ => {}
                }
            }
            Kind::Code { info, text } => {
                if let Some(bad) = info.as_deref().and_then(code::malformed)
                    && self.features.extensions
                    && let Some(at) = self.text[range.clone()].find(bad)
                {
                    self.bad_attributes(range.start + at..range.start + at + bad.len());
                }
                let code = code::block(info.as_deref(), &text, self.features.hidden_lines);
                let mut own = frame.attrs;
                attrs::merge(&mut own, code.attrs);
                self.block(BlockKind::Code(code.code), own, range);
            }
            Kind::Pre { lang, text } => {
                let code = code::pre(lang, &text);
                self.block(BlockKind::Code(code), frame.attrs, range);
            }
            _ => self.finish_inline(frame),
        }
    }

    /// Adds a block with its attributes.
    pub fn block(&mut self, kind: BlockKind, attrs: Attrs, range: Range<usize>) {
        let id = self.node(range);
        self.add_block(Block {
            id,
            attrs: boxed(attrs),
            kind,
        });
    }

    /// Takes the attribute list at the end of a line.
    fn take_list(&mut self, pieces: &mut Vec<Piece>, own: &mut Attrs) -> bool {
        let blank = |piece: &Piece| matches!(piece, Piece::Inline(Inline { kind: InlineKind::Text(text), .. }) if text.trim().is_empty());
        let kept = pieces.iter().rposition(|piece| !blank(piece));
        match kept {
            Some(last) if matches!(pieces[last], Piece::Attrs(..)) => {
                pieces.truncate(last + 1);
                if let Some(Piece::Attrs(attrs, _)) = pieces.pop() {
                    attrs::merge(own, *attrs);
                }
                true
            }
            Some(last) => {
                self.warn_of_list(&pieces[last]);
                false
            }
            None => false,
        }
    }

    /// `# Title {#a .b c=}`
    fn warn_of_list(&mut self, piece: &Piece) {
        if !self.features.extensions {
            return;
        }
        let Piece::Inline(Inline {
            id,
            kind: InlineKind::Text(text),
        }) = piece
        else {
            return;
        };
        let end = self.range(*id).end;
        let text = text.trim_end();
        if text.ends_with('}')
            && let Some(at) = text.rfind('{')
            && matches!(text.as_bytes().get(at + 1), Some(b'#' | b'.'))
            && self.text[..end].trim_end().ends_with(&text[at..])
        {
            let end = self.text[..end].trim_end().len();
            self.bad_attributes(end - (text.len() - at)..end);
        }
    }

    fn finish_paragraph(&mut self, mut frame: Frame) {
        let range = frame.range.clone();
        let range = if range.end <= range.start {
            // Implied: it goes as far as what it holds.
            range.start..self.reach(&frame.pieces).max(range.start)
        } else {
            range
        };
        let extensions = self.features.extensions;
        // In a cell or an item without paragraphs an image stands among words.
        let among = frame.opener == Opener::Implied
            && matches!(self.host().kind, Kind::Cell { .. } | Kind::Item { .. });
        if extensions
            && !among
            && let Some(figure) = figure::alone(&mut frame.pieces)
        {
            return self.image_alone(figure, frame.attrs, range);
        }
        if extensions
            && !among
            && let Some(figures) = figure::several(&mut frame.pieces)
        {
            return self.images_alone(figures, frame.attrs, range);
        }
        let mut own = frame.attrs;
        // What defines an image is its caption, too.
        let defines = matches!(self.host().kind, Kind::Body) && self.host().blocks.is_empty();
        if extensions && (defines || table::is_caption(&self.text[range.clone()])) {
            self.take_list(&mut frame.pieces, &mut own);
        }
        if extensions && !among {
            own_list(&mut frame.pieces, &mut own);
        }
        let mut line = self.line(frame.pieces, true);
        if line.is_empty() {
            return;
        }
        if let [
            Inline {
                kind:
                    InlineKind::Math {
                        tex,
                        display: true,
                        attrs,
                    },
                ..
            },
        ] = line.as_mut_slice()
        {
            let tex = std::mem::take(tex);
            attrs::merge(&mut own, std::mem::take(attrs));
            return self.block(BlockKind::Math { tex }, own, range);
        }
        if extensions && self.is_caption_below(&line, &own, &range) {
            return;
        }
        self.block(BlockKind::Paragraph(line), own, range);
    }

    /// Where the last of some pieces ends.
    fn reach(&self, pieces: &[Piece]) -> usize {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Inline(inline) => self.range(inline.id).end,
                Piece::Attrs(_, range) => range.end,
            })
            .max()
            .unwrap_or(0)
    }

    fn finish_note(&mut self, name: &str, blocks: Vec<Block>, range: &Range<usize>) {
        let number = self.note_number(name, range);
        let first = self.notes[number].range.clone();
        let note = &mut self.notes[number];
        if note.blocks.is_none() {
            note.blocks = Some(blocks);
            note.range = range.clone();
            return;
        }
        let (span, first) = (self.span(range.clone()), self.span(first));
        let mut found = Diagnostic::new(
            Code::DuplicateNote,
            span,
            format!("the note `{name}` is defined twice"),
        )
        .hint("rename one of them");
        if let Some(first) = first {
            found = found.label(first, "the first, which is shown");
        }
        self.report(found);
    }

    fn finish_inline(&mut self, frame: Frame) {
        let Frame {
            kind,
            attrs: own,
            range,
            pieces,
            ..
        } = frame;
        let content = self.line(pieces, false);
        let end = range.end;
        let wrap: fn(Vec<Inline>) -> InlineKind = match kind {
            Kind::Emph => InlineKind::Emph,
            Kind::Strong => InlineKind::Strong,
            Kind::Strike => InlineKind::Strike,
            Kind::Sub => InlineKind::Sub,
            Kind::Sup => InlineKind::Sup,
            Kind::Underline => InlineKind::Underline,
            Kind::Mark => InlineKind::Mark,
            Kind::Kbd => InlineKind::Kbd,
            Kind::Quoted => InlineKind::Quoted,
            Kind::Abbr(expansion) => {
                let inline = self.inline(InlineKind::Abbr { expansion, content }, range);
                return self.add_inline(inline, end);
            }
            Kind::CodeElement => {
                let kind = InlineKind::Code {
                    text: plain_words(&content),
                    attrs: Box::new(own),
                };
                let inline = self.inline(kind, range);
                return self.add_inline(inline, end);
            }
            Kind::Link {
                to,
                title,
                shortcut,
            } => {
                self.links -= 1;
                if shortcut && self.closes_note_mark(range.start) {
                    return self.note_here(content, range.start - 1..range.end);
                }
                let kind = InlineKind::Link {
                    to,
                    title,
                    attrs: Box::new(own),
                    content,
                };
                let inline = self.inline(kind, range);
                return self.add_inline(inline, end);
            }
            Kind::Image { to, title } => {
                let image = Image {
                    source: figure::source(self.path, &to),
                    alt: plain_words(&content).trim().to_owned(),
                    title,
                    attrs: own,
                };
                let inline = self.inline(InlineKind::Image(Box::new(image)), range);
                return self.add_inline(inline, end);
            }
            _ => {
                for inline in self.styled(own, content, range) {
                    self.add_inline(inline, end);
                }
                return;
            }
        };
        // The model hangs no attributes on emphasis: they stand on a span inside.
        let content = if own.is_empty() {
            content
        } else {
            let span = InlineKind::Span {
                attrs: Box::new(own),
                content,
            };
            Vec::from([self.inline(span, range.clone())])
        };
        let inline = self.inline(wrap(content), range);
        self.add_inline(inline, end);
    }

    /// Whether a link's text is a note's: `^[text]` where `[text]` happens to be defined as a link. Takes the mark away.
    fn closes_note_mark(&mut self, at: usize) -> bool {
        if !self.features.extensions || !self.text[..at].ends_with('^') {
            return false;
        }
        let host = self.host();
        let Some(Piece::Inline(Inline {
            kind: InlineKind::Text(text),
            ..
        })) = host.pieces.last_mut()
        else {
            return false;
        };
        let found = text.ends_with('^');
        if found {
            text.pop();
            host.marks.retain(|mark| mark.piece + 1 < host.pieces.len());
        }
        found
    }
}

/// Takes an attribute list that is the last line of a paragraph.
fn own_list(pieces: &mut Vec<Piece>, own: &mut Attrs) {
    let breaks = |piece: &Piece| matches!(piece, Piece::Inline(inline) if inline.kind == InlineKind::SoftBreak);
    let [.., before, Piece::Attrs(..)] = pieces.as_slice() else {
        return;
    };
    if pieces.len() < 3 || !breaks(before) {
        return;
    }
    if let Some(Piece::Attrs(attrs, _)) = pieces.pop() {
        attrs::merge(own, *attrs);
    }
    pieces.pop();
}

/// `None` for no attributes at all.
pub(super) fn boxed(attrs: Attrs) -> Option<Box<Attrs>> {
    (!attrs.is_empty()).then(|| Box::new(attrs))
}

/// The words of a block that stands where only words can.
pub(super) fn words_of(block: Block) -> Vec<Inline> {
    match block.kind {
        BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => content,
        _ => {
            let text = crate::model::plain_block(&block);
            Vec::from([Inline {
                id: block.id,
                kind: InlineKind::Text(text),
            }])
        }
    }
}
