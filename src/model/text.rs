//! A chapter's words without its markup.

use super::{Block, BlockKind, Chapter, Inline, InlineKind, Target};

/// Stands before a sign that the author wrote with a backslash: `refine` leaves that sign as it is, and takes this one
/// away. A character that Unicode promises never to use.
pub const LITERAL: char = '\u{FDD0}';

/// All words of a chapter: blocks end in a line end, notes follow the text.
pub fn plain(chapter: &Chapter) -> String {
    let mut out = String::new();
    for block in &chapter.blocks {
        block_text(block, &mut out);
    }
    for note in &chapter.notes {
        for block in &note.blocks {
            block_text(block, &mut out);
        }
    }
    out
}

/// The words of a block.
pub fn plain_block(block: &Block) -> String {
    let mut out = String::new();
    block_text(block, &mut out);
    out
}

/// The words of a line for a place where nothing is refined: as [`plain_inlines`], without [`LITERAL`].
pub fn plain_words(inlines: &[Inline]) -> String {
    let mut out = plain_inlines(inlines);
    out.retain(|c| c != LITERAL);
    out
}

/// The words of a line, without note calls; images count with their alternative text, breaks as spaces.
pub fn plain_inlines(inlines: &[Inline]) -> String {
    let mut out = String::new();
    inline_text(inlines, None, &mut out);
    out
}

/// The same as one output shows them: without what is for the other alone.
pub fn plain_in(inlines: &[Inline], target: Target) -> String {
    let mut out = String::new();
    inline_text(inlines, Some(target), &mut out);
    out
}

fn blocks_text(blocks: &[Block], out: &mut String) {
    for block in blocks {
        block_text(block, out);
    }
}

fn line(inlines: &[Inline], out: &mut String) {
    if !inlines.is_empty() {
        inline_text(inlines, None, out);
        out.push('\n');
    }
}

fn block_text(block: &Block, out: &mut String) {
    match &block.kind {
        BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => line(content, out),
        BlockKind::Quote(blocks) | BlockKind::Only { blocks, .. } => blocks_text(blocks, out),
        BlockKind::List(list) => list
            .items
            .iter()
            .for_each(|item| blocks_text(&item.blocks, out)),
        BlockKind::Definitions(definitions) => {
            for definition in definitions {
                definition.terms.iter().for_each(|term| line(term, out));
                definition
                    .bodies
                    .iter()
                    .for_each(|body| blocks_text(body, out));
            }
        }
        BlockKind::Code(code) => {
            if let Some(title) = &code.title {
                out.push_str(title);
                out.push('\n');
            }
            out.push_str(&code.text);
            out.push('\n');
        }
        BlockKind::Figure(figure) => line(&figure.caption, out),
        BlockKind::Table(table) => {
            for row in table.head.iter().chain(&table.body) {
                row.cells
                    .iter()
                    .for_each(|cell| blocks_text(&cell.blocks, out));
            }
            line(&table.caption, out);
        }
        BlockKind::Verse(stanzas) => stanzas
            .iter()
            .flat_map(|stanza| &stanza.lines)
            .for_each(|verse| line(&verse.content, out)),
        BlockKind::Container(container) => {
            line(&container.title, out);
            blocks_text(&container.blocks, out);
        }
        BlockKind::Math { tex } => {
            out.push_str(tex);
            out.push('\n');
        }
        BlockKind::SceneBreak | BlockKind::PageBreak | BlockKind::Contents => {}
    }
}

fn inline_text(inlines: &[Inline], only: Option<Target>, out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code { text, .. } => out.push_str(text),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
            InlineKind::Math { tex, .. } => out.push_str(tex),
            InlineKind::Cite { plain, .. } | InlineKind::Ref { plain, .. } => out.push_str(plain),
            InlineKind::Image(image) => out.push_str(&image.alt),
            InlineKind::NoteCall(_) => {}
            InlineKind::Only { target, .. } if only.is_some_and(|only| only != *target) => {}
            other => inline_text(other.content(), only, out),
        }
    }
}

impl InlineKind {
    /// What stands inside; empty for what has no inside.
    pub fn content(&self) -> &[Inline] {
        match self {
            InlineKind::Emph(content)
            | InlineKind::Strong(content)
            | InlineKind::Strike(content)
            | InlineKind::Sub(content)
            | InlineKind::Sup(content)
            | InlineKind::SmallCaps(content)
            | InlineKind::Underline(content)
            | InlineKind::Mark(content)
            | InlineKind::Kbd(content)
            | InlineKind::Quoted(content)
            | InlineKind::Abbr { content, .. }
            | InlineKind::Span { content, .. }
            | InlineKind::Link { content, .. }
            | InlineKind::Index { content, .. }
            | InlineKind::Only { content, .. } => content,
            InlineKind::Text(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak
            | InlineKind::Code { .. }
            | InlineKind::Image(_)
            | InlineKind::NoteCall(_)
            | InlineKind::Math { .. }
            | InlineKind::Cite { .. }
            | InlineKind::Ref { .. } => &[],
        }
    }

    /// What stands inside, to change.
    pub fn content_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            InlineKind::Emph(content)
            | InlineKind::Strong(content)
            | InlineKind::Strike(content)
            | InlineKind::Sub(content)
            | InlineKind::Sup(content)
            | InlineKind::SmallCaps(content)
            | InlineKind::Underline(content)
            | InlineKind::Mark(content)
            | InlineKind::Kbd(content)
            | InlineKind::Quoted(content)
            | InlineKind::Abbr { content, .. }
            | InlineKind::Span { content, .. }
            | InlineKind::Link { content, .. }
            | InlineKind::Index { content, .. }
            | InlineKind::Only { content, .. } => Some(content),
            _ => None,
        }
    }
}
