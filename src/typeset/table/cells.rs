//! A table's cells: their elements, their words, what room they ask for; then set.

use std::sync::Arc;

use super::measure::Wish;
use super::place::Placed;
use super::split::Set;
use super::{Columns, Job, Look};
use crate::model::{Align, Block, BlockKind, Inline, NodeId, plain_block};
use crate::theme::Justify;
use crate::typeset::galley::stick::Stick;
use crate::typeset::page::findings::inner::Within;
use crate::typeset::paragraph::{Extent, Material, Voice, prepare};
use crate::typeset::structure::{Element, ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::Abs;

/// A word of so many em at most is not broken while there is any other way.
const SHORT_WORD: i64 = 4;
/// A letter of an unmeasured block, in parts of the size.
const LETTER: f64 = 0.55;

/// How a cell's words stand in their column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Stand {
    /// As the column says.
    #[default]
    Plain,
    /// A figure, so far in from the end; in the middle of its column as part of a block of this width.
    Figure {
        /// From its end to that of the longest.
        inset: Abs,
        /// The block of all the column's figures, if it stands in the middle.
        block: Option<Abs>,
    },
}

/// A cell whose words are prepared, or that is to be set as blocks.
pub(super) struct CellWork<'t> {
    /// Where it is.
    pub placed: Placed<'t>,
    /// How its words stand.
    pub stand: Stand,
    /// Its row, counted through head and body.
    row: usize,
    element: ElementId,
    style: Arc<Style>,
    words: Option<Vec<(NodeId, Material)>>,
    extent: Extent,
}

impl<'t> CellWork<'t> {
    /// How wide it is on one line.
    pub fn natural(&self) -> Abs {
        self.extent.line
    }

    /// What it asks of its columns.
    pub fn wish(&self) -> Wish {
        let inset = match self.stand {
            Stand::Figure { inset, .. } => inset,
            Stand::Plain => Abs::ZERO,
        };
        let Extent { broken, word, line } = self.extent;
        let short = word.min(self.style.size() * SHORT_WORD);
        let block = match self.stand {
            Stand::Figure {
                block: Some(block), ..
            } => block,
            _ => Abs::ZERO,
        };
        Wish {
            row: self.row,
            column: self.placed.column,
            columns: self.placed.columns,
            // A figure is one word, with its spaces.
            whole: if self.stand == Stand::Plain {
                word
            } else {
                (line + inset).max(block)
            },
            broken: if self.stand == Stand::Plain {
                broken.max(short)
            } else {
                (line + inset).max(block)
            },
            natural: (line + inset).max(block),
        }
    }
}

impl Stick<'_, '_> {
    /// Opens the rows and cells of the head or the body and prepares their words.
    pub(super) fn cells<'t>(&mut self, job: &Job<'t>, look: &Look, tag: Tag) -> Vec<CellWork<'t>> {
        let is_head = tag == Tag::TableHead;
        let (rows, placed) = if is_head {
            (job.head_rows, &job.head)
        } else {
            (job.table.body.as_slice(), &job.body)
        };
        if rows.is_empty() {
            return Vec::new();
        }
        let room = self.room;
        // A head alone would be a head of nothing: PDF/UA wants a body beside it (ISO 14289-1, 7.2).
        let section = if job.table.body.is_empty() {
            Tag::TableBody
        } else {
            tag
        };
        let section = self.cx.structure.open(job.element, Element::new(section));
        let mut placed = placed.iter().copied().peekable();
        let mut cells = Vec::with_capacity(placed.len());
        for (index, row) in rows.iter().enumerate() {
            self.room.parent = section;
            let row_element = self.open(Tag::TableRow, row.id);
            self.room.parent = row_element;
            while let Some(placed) = placed.next_if(|placed| placed.row == index) {
                let row = if is_head {
                    index
                } else {
                    index + job.head_rows.len()
                };
                cells.push(self.open_cell(job, look, placed, is_head, row));
            }
        }
        self.room = room;
        cells
    }

    fn open_cell<'t>(
        &mut self,
        job: &Job<'t>,
        look: &Look,
        placed: Placed<'t>,
        is_head: bool,
        row: usize,
    ) -> CellWork<'t> {
        let cell = placed.cell;
        let header = is_head || cell.header;
        let (columns, rows) = (placed.columns as u32, placed.rows as u32);
        let tag = if header {
            Tag::TableHeader {
                row: !is_head,
                columns,
                rows,
            }
        } else {
            Tag::TableCell { columns, rows }
        };
        let element = self.open(tag, cell.id);
        let mut style = (**if header { &look.head } else { &look.body }).clone();
        let align = cell
            .align
            .or_else(|| job.table.aligns.get(placed.column).copied());
        style.align = match align.unwrap_or_default() {
            // What is said of several columns stands over the middle of them.
            _ if is_head && columns > 1 => Justify::Center,
            Align::Start => Justify::Start,
            // The block of them is what stands in the middle.
            Align::Center if !is_head && job.figures.contains(&placed.column) => Justify::End,
            Align::Center => Justify::Center,
            Align::End => Justify::End,
        };
        (style.before, style.after) = (Abs::ZERO, Abs::ZERO);
        (style.start, style.end) = (Abs::ZERO, Abs::ZERO);
        let style = Arc::new(style);
        let words: Option<Vec<(NodeId, Material)>> = plain_cell(&cell.blocks).map(|paragraphs| {
            let prepare_one = |(id, content): (NodeId, &[Inline])| {
                let origin = self.node(id);
                let paragraph = Element::of(Tag::P, origin);
                let voice = Voice::Element(self.cx.structure.open(element, paragraph));
                (id, prepare(self.cx, content, &style, voice))
            };
            paragraphs.into_iter().map(prepare_one).collect()
        });
        let extent = match &words {
            Some(words) => extent(words),
            None => estimate(&cell.blocks, style.size()),
        };
        CellWork {
            placed,
            stand: Stand::Plain,
            row,
            element,
            style,
            words,
            extent,
        }
    }

    /// Sets a cell's words or blocks; its pieces from the cell's own top, with the notes called in each, and their
    /// height.
    pub(super) fn set_cell(&mut self, cell: &CellWork<'_>, grid: &Columns) -> (Vec<Set>, Abs) {
        let (left, width) = grid.span(cell.placed.column, cell.placed.columns);
        let plan = self.plan;
        let style = &cell.style;
        let mut room = width;
        if let Stand::Figure { inset, block } = cell.stand {
            room = room - inset - block.map_or(Abs::ZERO, |block| (width - block) / 2);
        }
        let mut inner = Stick::new(self.cx, plan, room.max(Abs::pt(1.0)), cell.element);
        inner.inner = true;
        inner.tight = true;
        inner.calls = std::mem::take(&mut self.calls);
        match &cell.words {
            Some(words) => {
                for (id, material) in words {
                    inner.origin = inner.node(*id);
                    let mut measure = inner.measure(style);
                    // Hyphens only where a word has no room.
                    measure.whole_words = cell.extent.word <= width;
                    inner.push_lines(material, style, &measure);
                }
            }
            None => {
                inner.text = style.clone();
                inner.blocks(&cell.placed.cell.blocks);
            }
        }
        self.calls = std::mem::take(&mut inner.calls);
        let galley = std::mem::take(&mut inner.galley);
        let x = if plan.rtl {
            grid.width - left - width
        } else {
            left
        };
        let mut top = Abs::ZERO;
        let mut set: Vec<Set> = Vec::new();
        let within = if grid.crowded {
            Within::Named
        } else {
            Within::Cell
        };
        for (piece, notes) in self.noted_pieces(galley, within) {
            let bottom = top + piece.height;
            set.push(Set {
                top,
                bottom,
                x: x + piece.x,
                piece,
                notes,
            });
            top = bottom;
        }
        (set, top)
    }
}

fn extent(words: &[(NodeId, Material)]) -> Extent {
    let mut most = Extent::default();
    for (_, material) in words {
        let here = material.extent();
        most = Extent {
            broken: most.broken.max(here.broken),
            word: most.word.max(here.word),
            line: most.line.max(here.line),
        };
    }
    most
}

/// Blocks are measured by the yard: half an em a letter, and room for marks and indents.
fn estimate(blocks: &[Block], size: Abs) -> Extent {
    let (mut word, mut line) = (0, 0);
    for block in blocks {
        let text = plain_block(block);
        for one in text.lines() {
            line = line.max(one.chars().count());
            let words = one.split_whitespace().map(|word| word.chars().count());
            word = word.max(words.max().unwrap_or(0));
        }
    }
    let wide = |letters: usize| size.scale(LETTER * letters.min(2000) as f64) + size * 2;
    Extent {
        broken: wide(word.min(5)),
        word: wide(word.min(20)),
        line: wide(line),
    }
}

/// The paragraphs of a cell that holds nothing else.
fn plain_cell(blocks: &[Block]) -> Option<Vec<(NodeId, &[Inline])>> {
    let paragraph =
        |block: &'_ Block| matches!(block.kind, BlockKind::Paragraph(_)) && block.attrs.is_none();
    if !blocks.iter().all(paragraph) {
        return None;
    }
    let content = blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph(content) => Some((block.id, content.as_slice())),
        _ => None,
    });
    Some(content.collect())
}
