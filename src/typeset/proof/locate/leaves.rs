//! What a book says, piece by piece, and where each piece stands in its source.

use crate::model::{
    Block, BlockKind, ChapterId, Inline, InlineKind, NodeId, NodeRef, Visit, walk_blocks,
};
use crate::resolve::Edition;
use crate::source::Span;

/// A node that holds no other and shows something.
#[derive(Clone, Copy)]
pub(super) struct Leaf<'a> {
    pub node: NodeRef,
    pub span: Span,
    /// What it says; a picture says nothing.
    pub text: &'a str,
    /// A block of code: its first line may say what is not shown.
    pub skip: bool,
}

/// All of them, in reading order.
pub(super) fn leaves(edition: &Edition) -> Vec<Leaf<'_>> {
    let mut all = Vec::new();
    for (chapter, id) in edition.book.chapters.iter().zip(0..) {
        let mut words = Words(Vec::new());
        walk_blocks(&chapter.blocks, &mut words);
        for note in &chapter.notes {
            walk_blocks(&note.blocks, &mut words);
        }
        let chapter_id = ChapterId(id);
        all.extend(words.0.into_iter().filter_map(|(node, text, skip)| {
            Some(Leaf {
                node: NodeRef {
                    chapter: chapter_id,
                    node,
                },
                span: chapter.spans.get(node)?,
                text,
                skip,
            })
        }));
    }
    all
}

/// Nodes, what they say, and whether they are blocks of code.
struct Words<'a>(Vec<(NodeId, &'a str, bool)>);

impl<'a> Visit<'a> for Words<'a> {
    fn block(&mut self, block: &'a Block) {
        match &block.kind {
            BlockKind::Code(code) => self.0.push((block.id, &code.text, true)),
            BlockKind::Math { tex } => self.0.push((block.id, tex, false)),
            BlockKind::Figure(_) | BlockKind::SceneBreak => self.0.push((block.id, "", false)),
            _ => {}
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        let text = match &inline.kind {
            InlineKind::Text(text)
            | InlineKind::Code { text, .. }
            | InlineKind::Math { tex: text, .. }
            | InlineKind::Ref { plain: text, .. }
            | InlineKind::Cite { plain: text, .. } => text,
            InlineKind::Image(_) => "",
            _ => return,
        };
        self.0.push((inline.id, text, false));
    }
}

/// How many letters and digits a text has.
pub(super) fn count(text: &str) -> u32 {
    text.chars().filter(|c| c.is_alphanumeric()).count() as u32
}

/// How many letters and digits stand in front of the places of a text.
pub(super) struct Letters(Vec<u32>);

/// The places whose counts are kept are so many bytes apart.
const STEP: usize = 2048;

impl Letters {
    pub(super) fn of(text: &str) -> Letters {
        let mut before = vec![0];
        let mut count = 0;
        for (at, c) in text.char_indices() {
            while at >= before.len() * STEP {
                before.push(count);
            }
            count += u32::from(c.is_alphanumeric());
        }
        Letters(before)
    }

    /// Before a byte.
    fn before(&self, text: &str, byte: u32) -> u32 {
        let byte = (byte as usize).min(text.len());
        let kept = (byte / STEP).min(self.0.len() - 1);
        let whole = |at: usize| {
            (0..4)
                .map(move |by| at + by)
                .find(|at| text.is_char_boundary(*at))
        };
        let (from, to) = (whole(kept * STEP), whole(byte));
        let rest = from.zip(to).and_then(|(from, to)| text.get(from..to));
        self.0[kept] + rest.map_or(0, count)
    }

    /// Between two bytes.
    pub(super) fn between(&self, text: &str, from: u32, to: u32) -> u32 {
        let from = self.before(text, from);
        self.before(text, to).saturating_sub(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_from_anywhere() {
        let text = "zwölf *Wörter*, 12 €\n".repeat(999);
        let letters = Letters::of(&text);
        for (byte, _) in text.char_indices().step_by(61) {
            let plain = count(&text[..byte]);
            assert_eq!(letters.before(&text, byte as u32), plain, "{byte}");
        }
        assert_eq!(letters.before(&text, u32::MAX), count(&text));
        assert_eq!(Letters::of("").before("", 9), 0);
    }
}
