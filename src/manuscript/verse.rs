//! Verse: paragraphs are stanzas, line ends are kept, indents count.

use super::builder::{Builder, collapse, trim_line};
use crate::model::{Attrs, Block, BlockKind, Inline, InlineKind, Stanza, VerseLine};

/// What a tab at the start of a line counts.
const TAB: u32 = 4;

impl Builder<'_> {
    /// Makes verse of paragraphs; what else stands among them stays as it is.
    pub fn finish_verse(&mut self, blocks: Vec<Block>, mut own: Attrs) {
        let mut stanzas: Vec<Stanza> = Vec::new();
        for block in blocks {
            if let BlockKind::Paragraph(mut content) = block.kind {
                if take_hashes(&mut content) {
                    self.verse(std::mem::take(&mut stanzas), &mut own);
                    let range = self.range(block.id);
                    self.verse_title(content, range);
                    continue;
                }
                stanzas.push(self.stanza(content, &block.id));
                continue;
            }
            self.verse(std::mem::take(&mut stanzas), &mut own);
            self.add_block(block);
        }
        self.verse(stanzas, &mut own);
    }

    /// A poem's title, above it.
    pub fn verse_title(&mut self, title: Vec<Inline>, range: std::ops::Range<usize>) {
        if !title.is_empty() {
            let mut class = Attrs::default();
            super::attrs::add_class(&mut class, "verse-title");
            self.block(BlockKind::Paragraph(title), class, range);
        }
    }

    fn verse(&mut self, stanzas: Vec<Stanza>, own: &mut Attrs) {
        let (Some(first), Some(last)) = (stanzas.first(), stanzas.last()) else {
            return;
        };
        let range = self.range(first.id).start..self.range(last.id).end;
        // An id can stand only once.
        self.block(BlockKind::Verse(stanzas), own.clone(), range);
        own.id = None;
    }

    fn stanza(&mut self, content: Vec<Inline>, id: &crate::model::NodeId) -> Stanza {
        let range = self.range(*id);
        let id = self.node(range);
        let lines = split(content)
            .into_iter()
            .map(|mut content| {
                let indent = take_indent(&mut content);
                trim_line(&mut content);
                collapse_all(&mut content);
                VerseLine { indent, content }
            })
            .filter(|line| !line.content.is_empty())
            .collect();
        Stanza { id, lines }
    }
}

/// Splits a line at its breaks, those inside emphasis and the like too: each line gets its own.
fn split(content: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut lines = Vec::from([Vec::new()]);
    for mut inline in content {
        if matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak) {
            lines.push(Vec::new());
            continue;
        }
        let parts = match inline.kind.content_mut() {
            Some(inside) => split(std::mem::take(inside)),
            None => Vec::new(),
        };
        if parts.is_empty() {
            push(&mut lines, inline);
            continue;
        }
        for (index, part) in parts.into_iter().enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            let mut copy = inline.clone();
            if let Some(inside) = copy.kind.content_mut() {
                *inside = part;
            }
            if index > 0
                && let InlineKind::Span { attrs, .. } = &mut copy.kind
            {
                attrs.id = None;
            }
            push(&mut lines, copy);
        }
    }
    lines
}

fn push(lines: &mut [Vec<Inline>], inline: Inline) {
    if let Some(last) = lines.last_mut() {
        last.push(inline);
    }
}

/// Takes the signs of a heading off a line that stands alone; whether it has any.
fn take_hashes(content: &mut Vec<Inline>) -> bool {
    let is_break =
        |inline: &Inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
    if content.iter().any(is_break) {
        return false;
    }
    let Some(InlineKind::Text(text)) = content.first_mut().map(|first| &mut first.kind) else {
        return false;
    };
    let bare = text.trim_start_matches('#');
    let signs = text.len() - bare.len();
    let is_heading = (1..=6).contains(&signs) && bare.starts_with(' ');
    if is_heading {
        *text = bare.trim_start().to_owned();
        trim_line(content);
    }
    is_heading
}

/// The spaces at the start of a line, however deep the words stand.
fn take_indent(content: &mut [Inline]) -> u32 {
    let Some(first) = content.first_mut() else {
        return 0;
    };
    if let InlineKind::Text(text) = &mut first.kind {
        let kept = text.trim_start_matches([' ', '\t']).len();
        let indent = text[..text.len() - kept]
            .bytes()
            .map(|b| if b == b'\t' { TAB } else { 1 })
            .sum();
        text.drain(..text.len() - kept);
        return indent;
    }
    first
        .kind
        .content_mut()
        .map_or(0, |inside| take_indent(inside))
}

fn collapse_all(content: &mut [Inline]) {
    for inline in content {
        match &mut inline.kind {
            InlineKind::Text(text) => collapse(text),
            other => {
                if let Some(inside) = other.content_mut() {
                    collapse_all(inside);
                }
            }
        }
    }
}
