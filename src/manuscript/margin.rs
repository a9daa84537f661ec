//! Notes for the margin: `[text]{.margin}` and `::: margin` become notes that are called where they stand.
//!
//! What is set in the margin stands beside a line, so it needs a line to stand beside: a block for the margin is called
//! at the end of the paragraph before it; at the start of the next where there is none.

use std::ops::Range;

use super::builder::{Builder, FoundNote};
use crate::model::{Attrs, Block, BlockKind, Container, ContainerKind, Inline, InlineKind};

/// The class by which an author asks for the margin; also the name of its role in themes.
const CLASSES: [&str; 2] = ["margin", "margin-note"];

/// Takes the class for the margin away; whether it was there.
pub(super) fn take_class(attrs: &mut Attrs) -> bool {
    let before = attrs.classes.len();
    attrs
        .classes
        .retain(|class| !CLASSES.contains(&class.as_str()));
    attrs.classes.len() < before
}

impl Builder<'_> {
    /// A note for the margin, which is called here.
    pub fn margin_note(&mut self, blocks: Vec<Block>, range: Range<usize>) -> Inline {
        self.notes.push(FoundNote {
            name: None,
            blocks: Some(blocks),
            range: range.clone(),
            margin: true,
        });
        let call = InlineKind::NoteCall(self.notes.len() as u32 - 1);
        self.inline(call, range)
    }

    /// Words for the margin.
    pub fn margin_words(
        &mut self,
        attrs: Attrs,
        content: Vec<Inline>,
        range: Range<usize>,
    ) -> Inline {
        let id = self.node(range.clone());
        let paragraph = Block {
            id,
            attrs: (!attrs.is_empty()).then(|| Box::new(attrs)),
            kind: BlockKind::Paragraph(content),
        };
        self.margin_note(Vec::from([paragraph]), range)
    }

    /// Finds the blocks for the margin among blocks and in them, and calls them beside their paragraphs.
    pub fn call_margins(&mut self, blocks: &mut Vec<Block>) {
        let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
        let mut waiting: Vec<Inline> = Vec::new();
        for mut block in std::mem::take(blocks) {
            let calls = self.margin_calls(&mut block);
            if !calls.is_empty() {
                match out.last_mut().map(|last| &mut last.kind) {
                    Some(BlockKind::Paragraph(content)) => content.extend(calls),
                    _ => waiting.extend(calls),
                }
                continue;
            }
            if let BlockKind::Paragraph(content) = &mut block.kind {
                content.splice(0..0, std::mem::take(&mut waiting));
            }
            self.call_margins_in(&mut block);
            out.push(block);
        }
        if let Some(first) = waiting.first() {
            out.push(Block {
                id: first.id,
                attrs: None,
                kind: BlockKind::Paragraph(waiting),
            });
        }
        *blocks = out;
    }

    /// The calls of a block that is for the margin as a whole; none if it is not.
    fn margin_calls(&mut self, block: &mut Block) -> Vec<Inline> {
        match &mut block.kind {
            BlockKind::Container(Container {
                kind: ContainerKind::Plain,
                title,
                blocks,
            }) => {
                let attrs = block.attrs.as_deref_mut();
                if !attrs.is_some_and(take_class) {
                    return Vec::new();
                }
                let mut body = std::mem::take(blocks);
                let range = self.range(block.id);
                if !title.is_empty() {
                    let id = self.node(range.clone());
                    let kind = BlockKind::Paragraph(std::mem::take(title));
                    let attrs = None;
                    body.insert(0, Block { id, attrs, kind });
                }
                Vec::from([self.margin_note(body, range)])
            }
            BlockKind::Paragraph(content) if block.attrs.is_none() => {
                let all = content.iter().all(|inline| match inline.kind {
                    InlineKind::NoteCall(note) => {
                        let note = self.notes.get(note as usize);
                        note.is_some_and(|note| note.margin)
                    }
                    _ => matches!(inline.kind, InlineKind::SoftBreak),
                });
                if all {
                    std::mem::take(content)
                } else {
                    Vec::new()
                }
            }
            _ => Vec::new(),
        }
    }

    fn call_margins_in(&mut self, block: &mut Block) {
        match &mut block.kind {
            BlockKind::Quote(blocks) | BlockKind::Only { blocks, .. } => self.call_margins(blocks),
            BlockKind::Container(container) => self.call_margins(&mut container.blocks),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    self.call_margins(&mut item.blocks);
                }
            }
            BlockKind::Definitions(definitions) => {
                for body in definitions.iter_mut().flat_map(|one| &mut one.bodies) {
                    self.call_margins(body);
                }
            }
            _ => {}
        }
    }
}
