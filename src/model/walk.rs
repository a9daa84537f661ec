//! One walk over a chapter for all who look for something in it.

use super::{Block, BlockKind, Inline};

/// What a walk calls, in reading order; what it is given lives as long as the chapter. Both default to doing nothing.
pub trait Visit<'a> {
    /// Before a block's inside.
    fn block(&mut self, block: &'a Block) {
        let _ = block;
    }

    /// Before an inline's inside.
    fn inline(&mut self, inline: &'a Inline) {
        let _ = inline;
    }
}

/// Visits blocks and all that is in them.
pub fn walk_blocks<'a>(blocks: &'a [Block], visit: &mut impl Visit<'a>) {
    for block in blocks {
        visit.block(block);
        match &block.kind {
            BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => {
                walk_inlines(content, visit)
            }
            BlockKind::Quote(blocks) | BlockKind::Only { blocks, .. } => walk_blocks(blocks, visit),
            BlockKind::List(list) => list
                .items
                .iter()
                .for_each(|item| walk_blocks(&item.blocks, visit)),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    definition
                        .terms
                        .iter()
                        .for_each(|term| walk_inlines(term, visit));
                    definition
                        .bodies
                        .iter()
                        .for_each(|body| walk_blocks(body, visit));
                }
            }
            BlockKind::Figure(figure) => walk_inlines(&figure.caption, visit),
            BlockKind::Table(table) => {
                walk_inlines(&table.caption, visit);
                for row in table.head.iter().chain(&table.body) {
                    row.cells
                        .iter()
                        .for_each(|cell| walk_blocks(&cell.blocks, visit));
                }
            }
            BlockKind::Verse(stanzas) => {
                stanzas
                    .iter()
                    .flat_map(|stanza| &stanza.lines)
                    .for_each(|line| walk_inlines(&line.content, visit));
            }
            BlockKind::Container(container) => {
                walk_inlines(&container.title, visit);
                walk_blocks(&container.blocks, visit);
            }
            BlockKind::Code(_)
            | BlockKind::SceneBreak
            | BlockKind::PageBreak
            | BlockKind::Math { .. }
            | BlockKind::Contents => {}
        }
    }
}

/// Visits inlines and all that is in them.
pub fn walk_inlines<'a>(inlines: &'a [Inline], visit: &mut impl Visit<'a>) {
    for inline in inlines {
        visit.inline(inline);
        walk_inlines(inline.kind.content(), visit);
    }
}
