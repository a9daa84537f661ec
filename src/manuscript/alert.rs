//! Alerts: quotations whose first line is `[!NOTE]`.
//!
//! Where the marker has a line to itself, Markdown's parser knows it. Words behind it make the whole a plain quotation there, and
//! the marker is shown; nobody wants that: here, as in other tools for notes, they are the alert's title.

use std::ops::Range;

use super::builder::{Builder, trim_line};
use crate::model::{Attrs, Block, BlockKind, Container, ContainerKind, Inline, InlineKind};

impl Builder<'_> {
    /// A quotation, or the alert that it was meant to be.
    pub fn finish_quote(&mut self, mut blocks: Vec<Block>, attrs: Attrs, range: Range<usize>) {
        match self.titled_alert(&mut blocks) {
            Some((kind, title)) => self.alert(kind, title, blocks, attrs, range),
            None => self.block(BlockKind::Quote(blocks), attrs, range),
        }
    }

    /// An alert.
    pub fn alert(
        &mut self,
        kind: ContainerKind,
        title: Vec<Inline>,
        blocks: Vec<Block>,
        attrs: Attrs,
        range: Range<usize>,
    ) {
        let container = Container {
            kind,
            title,
            blocks,
        };
        self.block(BlockKind::Container(container), attrs, range);
    }

    /// Takes the marker and the words behind it out of a quotation's first paragraph.
    fn titled_alert(&self, blocks: &mut Vec<Block>) -> Option<(ContainerKind, Vec<Inline>)> {
        if !self.features.extensions {
            return None;
        }
        let Block {
            kind: BlockKind::Paragraph(content),
            ..
        } = blocks.first_mut()?
        else {
            return None;
        };
        let first = content.first_mut()?;
        // A backslash before the bracket means the bracket.
        let start = self.range(first.id).start;
        if self.text[..start].ends_with('\\') {
            return None;
        }
        let InlineKind::Text(text) = &mut first.kind else {
            return None;
        };
        let (word, behind) = text.strip_prefix("[!")?.split_once(']')?;
        let kind = kind_of(word)?;
        let title = behind.strip_prefix(['+', '-']).unwrap_or(behind);
        if !title.is_empty() && !title.starts_with(' ') {
            return None;
        }
        *text = title.trim_start().to_owned();
        let is_end =
            |inline: &Inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
        let end = content.iter().position(is_end).unwrap_or(content.len());
        let mut rest = content.split_off(end);
        let mut title = std::mem::take(content);
        trim_line(&mut title);
        trim_line(&mut rest);
        if rest.is_empty() {
            blocks.remove(0);
        } else {
            *content = rest;
        }
        Some((kind, title))
    }
}

/// What a marker's word makes of a quotation.
fn kind_of(word: &str) -> Option<ContainerKind> {
    Some(match word.to_ascii_lowercase().as_str() {
        "note" => ContainerKind::Note,
        "tip" => ContainerKind::Tip,
        "important" => ContainerKind::Important,
        "warning" => ContainerKind::Warning,
        "caution" => ContainerKind::Caution,
        _ => return None,
    })
}
