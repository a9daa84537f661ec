//! The last step: notes in the order of their first calls, nodes numbered in reading order.
//!
//! While a chapter is read, a node's number is that of its birth (insides come before outsides) and a call's is that
//! of its note among all found. Here the tree is walked once, and both become what `Chapter` promises.

use std::ops::Range;

use super::builder::{Builder, FoundNote};
use crate::diag::{Code, Diagnostic};
use crate::model::{Block, BlockKind, Inline, InlineKind, NodeId, Note, NoteKind};

/// Blocks and notes with their numbers, and the range of each number from 1 on.
pub(super) struct Numbered {
    pub blocks: Vec<Block>,
    pub notes: Vec<Note>,
    pub ranges: Vec<Range<usize>>,
}

/// Numbers all.
pub(super) fn number(builder: &mut Builder<'_>, mut blocks: Vec<Block>) -> Numbered {
    let mut found: Vec<Option<FoundNote>> = std::mem::take(&mut builder.notes)
        .into_iter()
        .map(Some)
        .collect();
    let old = std::mem::take(&mut builder.ranges);
    let mut walk = Walk::new(&old, found.len());
    walk.new.reserve(old.len());
    walk.blocks(&mut blocks);
    let mut notes = Vec::new();
    // Those behind are called in notes.
    let of_text = walk.order.len();
    let mut next = 0;
    // A note may call others: the list grows as it is walked.
    while let Some(index) = walk.order.get(next).copied() {
        next += 1;
        let Some(note) = found[index].take() else {
            continue;
        };
        let id = walk.give(note.range);
        let mut blocks = note.blocks.unwrap_or_default();
        walk.blocks(&mut blocks);
        notes.push(Note {
            id,
            name: note.name,
            kind: walk.kind(next - 1, note.margin && next <= of_text),
            blocks,
        });
    }
    let ranges = walk.new;
    for note in found.into_iter().flatten() {
        let name = note.name.unwrap_or_default();
        let line = builder.text[note.range.clone()]
            .lines()
            .next()
            .map_or(0, str::len);
        let span = builder.span(note.range.start..note.range.start + line);
        builder.report(
            Diagnostic::new(
                Code::UnusedNote,
                span,
                format!("the note `{name}` is never called"),
            )
            .hint(format!("write `[^{name}]` where it belongs")),
        );
    }
    Numbered {
        blocks,
        notes,
        ranges,
    }
}

/// Gives nodes new numbers, in reading order, and calls the places of their notes.
pub(super) struct Walk<'p, P> {
    /// Where each node stands, by its old number.
    old: &'p [P],
    /// Where each node stands, by its new number; without the chapter's start.
    pub new: Vec<P>,
    /// Each found note's place among those called.
    places: Vec<Option<u32>>,
    /// The called notes, by their first calls.
    pub order: Vec<usize>,
    /// The table in which each of them is called first, if it is one.
    tables: Vec<Option<NodeId>>,
    /// The table at hand.
    table: Option<NodeId>,
}

impl<'p, P: Clone> Walk<'p, P> {
    /// Nothing seen yet of a chapter with so many notes.
    pub fn new(old: &'p [P], notes: usize) -> Walk<'p, P> {
        Walk {
            old,
            new: Vec::new(),
            places: vec![None; notes],
            order: Vec::new(),
            tables: Vec::new(),
            table: None,
        }
    }

    /// Where a note belongs, by its place in `order`; `margin`: in the margin, if it can.
    pub fn kind(&self, place: usize, margin: bool) -> NoteKind {
        match self.tables.get(place) {
            Some(Some(table)) => NoteKind::Table(*table),
            _ if margin => NoteKind::Margin,
            _ => NoteKind::Text,
        }
    }

    fn give(&mut self, range: P) -> NodeId {
        self.new.push(range);
        // The chapter's start is node 0.
        NodeId(self.new.len() as u32)
    }

    /// Gives a node its number.
    pub fn node(&mut self, id: &mut NodeId) {
        let old = self.old.get(id.0 as usize).or(self.old.first());
        if let Some(place) = old.cloned() {
            *id = self.give(place);
        }
    }

    /// Gives blocks and all in them their numbers.
    pub fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            self.node(&mut block.id);
            match &mut block.kind {
                BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => {
                    self.line(content);
                }
                BlockKind::Quote(blocks) | BlockKind::Only { blocks, .. } => self.blocks(blocks),
                BlockKind::List(list) => {
                    for item in &mut list.items {
                        self.node(&mut item.id);
                        self.blocks(&mut item.blocks);
                    }
                }
                BlockKind::Definitions(definitions) => {
                    for definition in definitions {
                        self.node(&mut definition.id);
                        definition.terms.iter_mut().for_each(|term| self.line(term));
                        definition
                            .bodies
                            .iter_mut()
                            .for_each(|body| self.blocks(body));
                    }
                }
                BlockKind::Figure(figure) => self.line(&mut figure.caption),
                BlockKind::Table(table) => {
                    let around = self.table.replace(block.id);
                    // The caption stands above.
                    self.line(&mut table.caption);
                    for row in table.head.iter_mut().chain(&mut table.body) {
                        self.node(&mut row.id);
                        for cell in &mut row.cells {
                            self.node(&mut cell.id);
                            self.blocks(&mut cell.blocks);
                        }
                    }
                    self.table = around;
                }
                BlockKind::Verse(stanzas) => {
                    for stanza in stanzas {
                        self.node(&mut stanza.id);
                        for line in &mut stanza.lines {
                            self.line(&mut line.content);
                        }
                    }
                }
                BlockKind::Container(container) => {
                    self.line(&mut container.title);
                    self.blocks(&mut container.blocks);
                }
                BlockKind::Code(_)
                | BlockKind::SceneBreak
                | BlockKind::PageBreak
                | BlockKind::Math { .. }
                | BlockKind::Contents => {}
            }
        }
    }

    fn line(&mut self, line: &mut [Inline]) {
        for inline in line {
            self.node(&mut inline.id);
            if let InlineKind::NoteCall(number) = &mut inline.kind {
                let index = *number as usize;
                let next = self.order.len() as u32;
                let table = self.table;
                *number = *self.places[index].get_or_insert_with(|| {
                    self.order.push(index);
                    self.tables.push(table);
                    next
                });
            } else if let Some(content) = inline.kind.content_mut() {
                self.line(content);
            }
        }
    }
}

/// Moves numbers of a text that was read on its own behind those of the text it belongs to.
pub(super) fn shift(line: &mut [Inline], nodes: u32, notes: u32) {
    for inline in line {
        inline.id.0 += nodes;
        if let InlineKind::NoteCall(number) = &mut inline.kind {
            *number += notes;
        }
        if let Some(content) = inline.kind.content_mut() {
            shift(content, nodes, notes);
        }
    }
}

/// [`shift`] for a note's body, which is one paragraph where it was written inline.
pub(super) fn shift_blocks(blocks: &mut [Block], nodes: u32, notes: u32) {
    for block in blocks {
        block.id.0 += nodes;
        if let BlockKind::Paragraph(content) = &mut block.kind {
            shift(content, nodes, notes);
        }
    }
}
