//! Tables and their captions.
//!
//! A caption is a paragraph that begins with `: ` (or, as pandoc allows, `Table: `) right below its table, or above a
//! table that has none below. Directly below, without an empty line, Markdown takes it for a row.

use std::ops::Range;

use super::attrs;
use super::builder::{Builder, trim_line};
use crate::model::{Align, Attrs, Block, BlockKind, Cell, Inline, InlineKind, Row, Table};

const MARKS: [&str; 3] = [": ", ":\t", "Table: "];

/// Whether a paragraph's source looks like a caption.
pub(super) fn is_caption(source: &str) -> bool {
    let source = source.trim_start();
    MARKS.iter().any(|mark| source.starts_with(mark))
}

/// Takes the caption's mark away.
pub(super) fn strip_mark(line: &mut [Inline]) {
    if let Some(Inline {
        kind: InlineKind::Text(text),
        ..
    }) = line.first_mut()
    {
        let bare = text.trim_start();
        for mark in ["Table:", ":"] {
            if let Some(rest) = bare.strip_prefix(mark) {
                *text = rest.trim_start().to_owned();
                return;
            }
        }
    }
}

/// Does something with each cell of some rows and its first column, in the order in which they are written.
fn for_cells(rows: &mut [Row], columns: usize, mut tell: impl FnMut(&mut Cell, usize)) {
    // For each of these columns, how many rows a cell from above still reaches down.
    let mut covered = vec![0u32; columns];
    for row in rows {
        let mut column = 0;
        for cell in &mut row.cells {
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            if column >= columns {
                break;
            }
            tell(cell, column);
            let end = (column + cell.columns.max(1) as usize).min(columns);
            covered[column..end].fill(cell.rows.max(1));
            column = end;
        }
        for rows in &mut covered {
            *rows = rows.saturating_sub(1);
        }
    }
}

/// A column stands as all of its cells below the head do, if HTML says the same of each.
fn align_columns(table: &mut Table) {
    let columns = table.aligns.len();
    let mut said: Vec<Option<Option<Align>>> = vec![None; columns];
    for_cells(&mut table.body, columns, |cell, column| {
        if cell.columns <= 1 {
            let said = &mut said[column];
            let alike = said.is_none_or(|before| before == cell.align);
            *said = Some(if alike { cell.align } else { None });
        }
    });
    for (align, said) in table.aligns.iter_mut().zip(said) {
        *align = said.flatten().unwrap_or_default();
    }
}

/// HTML says neither how many columns a table has nor, mostly, which rows are its head: those of `<th>` alone are.
fn complete(table: &mut Table) {
    let width = |row: &Row| row.cells.iter().map(|cell| cell.columns as usize).sum();
    let columns = table.head.iter().chain(&table.body).map(width).max();
    table.aligns = vec![Align::Start; columns.unwrap_or(0)];
    let is_head = |row: &Row| !row.cells.is_empty() && row.cells.iter().all(|cell| cell.header);
    let heads = table.body.iter().take_while(|row| is_head(row)).count();
    // A table of heads alone has none.
    if heads < table.body.len() {
        table.head.extend(table.body.drain(..heads));
    }
    align_columns(table);
}

/// Marks the cells of the first columns as those that name their rows: `header-columns=1`.
fn name_rows(table: &mut Table, columns: usize) {
    for_cells(&mut table.body, columns, |cell, _| cell.header = true);
}

impl Builder<'_> {
    /// Adds a table, with the caption that was taken for its last row or stands above.
    pub fn finish_table(&mut self, mut table: Table, mut own: Attrs, mut range: Range<usize>) {
        if self.features.extensions && table.caption.is_empty() {
            if let Some(row) = table.body.last()
                && is_caption(&self.text[self.range(row.id)])
                && !self.text[self.range(row.id)].contains('|')
                && let Some(row) = table.body.pop()
            {
                table.caption = self.caption_of(row, &mut own);
            } else if let Some((caption, start)) = self.caption_above(&mut own) {
                table.caption = caption;
                range.start = start;
            }
        }
        if table.head.is_empty() && table.body.is_empty() {
            return;
        }
        if table.aligns.is_empty() {
            complete(&mut table);
        }
        let named = own
            .get("header-columns")
            .and_then(|n| n.trim().parse().ok());
        if let Some(columns) = named {
            let columns = usize::min(columns, table.aligns.len());
            name_rows(&mut table, columns);
        }
        self.block(BlockKind::Table(table), own, range);
    }

    fn caption_of(&mut self, row: Row, own: &mut Attrs) -> Vec<Inline> {
        let first = row.cells.into_iter().next().map(|cell| cell.blocks);
        let Some(Block {
            kind: BlockKind::Paragraph(mut line),
            attrs: found,
            ..
        }) = first.and_then(|blocks| blocks.into_iter().next())
        else {
            return Vec::new();
        };
        if let Some(found) = found {
            attrs::merge(own, *found);
        }
        strip_mark(&mut line);
        trim_line(&mut line);
        line
    }

    /// The block right above, if it is a caption: a paragraph of its own, or one that Markdown took for the
    /// definition of the paragraph before it; that only if its id says that it is a table's.
    fn caption_above(&mut self, own: &mut Attrs) -> Option<(Vec<Inline>, usize)> {
        let last = self.host().blocks.last()?;
        let (id, is_definitions) = match &last.kind {
            BlockKind::Paragraph(_) => (last.id, false),
            BlockKind::Definitions(_) => (last.id, true),
            _ => return None,
        };
        if !is_definitions {
            if !is_caption(&self.text[self.range(id)]) {
                return None;
            }
            let start = self.range(id).start;
            let block = self.host().blocks.pop()?;
            if let Some(found) = block.attrs {
                attrs::merge(own, *found);
            }
            let BlockKind::Paragraph(mut line) = block.kind else {
                return None;
            };
            strip_mark(&mut line);
            trim_line(&mut line);
            return Some((line, start));
        }
        let BlockKind::Definitions(definitions) = &mut self.host().blocks.last_mut()?.kind else {
            return None;
        };
        let definition = definitions.last_mut()?;
        let [body] = definition.bodies.as_mut_slice() else {
            return None;
        };
        let [
            Block {
                id,
                attrs: Some(found),
                kind: BlockKind::Paragraph(_),
            },
        ] = body.as_mut_slice()
        else {
            return None;
        };
        if !found.id.as_ref().is_some_and(|id| id.starts_with("tbl-")) {
            return None;
        }
        attrs::merge(own, std::mem::take(&mut **found));
        let caption_id = *id;
        let BlockKind::Paragraph(line) = body.pop()?.kind else {
            return None;
        };
        let definition = definitions.pop()?;
        let none_left = definitions.is_empty();
        if none_left {
            self.host().blocks.pop();
        }
        for term in definition.terms {
            let range = self.range(definition.id);
            self.block(BlockKind::Paragraph(term), Attrs::default(), range);
        }
        Some((line, self.range(caption_id).start))
    }
}
