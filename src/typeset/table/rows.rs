//! A table's cells, set and put into rows.

use std::sync::Arc;

use super::measure::{Wish, widths};
use super::place::{Placed, place};
use super::split::{Set, cuts};
use crate::diag::{Code, Diagnostic};
use crate::model::{Align, Block, BlockKind, Inline, NodeId, Role, Row, Table, plain_block};
use crate::theme::Justify;
use crate::typeset::frame::{Artifact, Frame, Item, Owner};
use crate::typeset::galley::float::Kind;
use crate::typeset::galley::pieces;
use crate::typeset::galley::stick::{Stick, rule};
use crate::typeset::galley::{Block as Piece, ChildKind};
use crate::typeset::page::cost;
use crate::typeset::paragraph::{Material, Voice, prepare};
use crate::typeset::structure::{Element, ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Size};

/// The rules above and below a table.
const HEAVY: Abs = Abs::pt(0.8);
/// The rule below its head.
const LIGHT: Abs = Abs::pt(0.4);
/// Above and below a row's text, in parts of the leading.
const PADDING: f64 = 0.14;
/// A row taller than this part of a page may be cut.
const TALL: f64 = 0.25;
/// What a page end within a row costs: it is better between two.
const WITHIN_ROW: f64 = 1e9;
/// What a page end costs behind a table's first row and before its last.
const LONELY_ROW: f64 = cost::ORPHAN;

/// A cell whose words are prepared, or to be set as blocks.
struct CellWork<'a> {
    placed: Placed<'a>,
    element: ElementId,
    style: Arc<Style>,
    words: Option<Vec<(NodeId, Material)>>,
}

/// Rows that cannot be told apart: a row, or several that a cell spans.
struct Band {
    pieces: Vec<Set>,
    height: Abs,
    notes: u32,
    origin: NodeId,
    footnotes: Vec<(Abs, u32)>,
}

impl Stick<'_, '_> {
    /// A table with its caption above it.
    pub fn table(&mut self, block: &Block, table: &Table) {
        let names = block
            .attrs
            .as_ref()
            .map_or(&[][..], |attrs| attrs.classes.as_slice());
        let style = self.plan.style(Role::Table, names, &self.plan.body);
        let captioned = !table.caption.is_empty();
        let attrs = block.attrs.as_deref();
        self.float(Kind::Table, attrs, &style, captioned, |stick| {
            stick.table_in(block, table, &style, names);
        });
    }

    /// A table where it stands.
    fn table_in(&mut self, block: &Block, table: &Table, style: &Arc<Style>, names: &[String]) {
        let head_style = self.plan.style(Role::TableHead, names, style);
        let element = self.open_block(Tag::Table, block);
        let outer = self.room;
        let around = self.enter_table();
        self.stretchable_space(style.before);
        self.room.parent = element;
        let (body, columns) = place(&table.body, table.aligns.len().max(1));
        // Markdown has no table without a head; an empty one is none.
        let says = |row: &Row| row.cells.iter().any(|cell| !cell.blocks.is_empty());
        let rows = if table.head.iter().any(says) {
            table.head.as_slice()
        } else {
            &[]
        };
        let (head, columns) = place(rows, columns);
        if !table.caption.is_empty() {
            let caption = self.plan.style(Role::Caption, &[], &self.plan.body);
            self.caption(&table.caption, &caption, block.id);
            self.keep_last(cost::KEEP);
            self.space(self.plan.grid / 4);
        }
        self.narrow(style.start, style.end);
        let head = self.cells(table, rows, head, &head_style, Tag::TableHead);
        let body = self.cells(table, &table.body, body, style, Tag::TableBody);
        let wishes: Vec<Wish> = head
            .iter()
            .chain(&body)
            .map(|cell| self.wish(cell))
            .collect();
        let gap = style.padding * 2;
        let room = self.room.width;
        let widths = widths(columns, &wishes, gap, room).unwrap_or_else(|narrow| {
            let message = format!(
                "the table's {columns} columns do not fit into {:.0} mm",
                room.to_mm()
            );
            self.cx
                .report(Diagnostic::new(Code::TooWide, None, message), self.origin);
            narrow
        });
        let mut lefts = Vec::with_capacity(widths.len());
        let mut x = Abs::ZERO;
        for width in &widths {
            lefts.push(x);
            x += *width + gap;
        }
        let width = (x - gap).max(Abs::ZERO);
        let grid = Columns {
            lefts,
            widths,
            width,
        };
        let head = self.bands(rows, head, &grid);
        let body = self.bands(&table.body, body, &grid);
        self.rows(head, body, &grid, style);
        let x = grid.left(self, style);
        self.leave_table(around, x, grid.width);
        self.room = outer;
        self.stretchable_space(style.after);
        self.first = false;
    }

    /// Opens rows and cells and prepares their words.
    fn cells<'t>(
        &mut self,
        table: &Table,
        rows: &'t [Row],
        placed: Vec<Placed<'t>>,
        style: &Arc<Style>,
        tag: Tag,
    ) -> Vec<CellWork<'t>> {
        if rows.is_empty() {
            return Vec::new();
        }
        let is_head = tag == Tag::TableHead;
        let room = self.room;
        // A head alone would be a head of nothing: PDF/UA wants a body beside it (ISO 14289-1, 7.2).
        let section = if table.body.is_empty() {
            Tag::TableBody
        } else {
            tag
        };
        let section = self.cx.structure.open(room.parent, Element::new(section));
        let mut placed = placed.into_iter().peekable();
        let mut cells = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            self.room.parent = section;
            let row_element = self.open(Tag::TableRow, row.id);
            self.room.parent = row_element;
            while let Some(placed) = placed.next_if(|placed| placed.row == index) {
                let cell = placed.cell;
                let (columns, rows) = (placed.columns as u32, placed.rows as u32);
                let tag = if is_head || cell.header {
                    let row = !is_head;
                    Tag::TableHeader { row, columns, rows }
                } else {
                    Tag::TableCell { columns, rows }
                };
                let element = self.open(tag, cell.id);
                let mut cell_style = (**style).clone();
                cell_style.align =
                    match table.aligns.get(placed.column).copied().unwrap_or_default() {
                        Align::Start => Justify::Start,
                        Align::Center => Justify::Center,
                        Align::End => Justify::End,
                    };
                (cell_style.before, cell_style.after) = (Abs::ZERO, Abs::ZERO);
                (cell_style.start, cell_style.end) = (Abs::ZERO, Abs::ZERO);
                let style = Arc::new(cell_style);
                let words = plain_cell(&cell.blocks).map(|paragraphs| {
                    let prepare_one = |(id, content): (NodeId, &[Inline])| {
                        let paragraph = self
                            .cx
                            .structure
                            .open(element, Element::of(Tag::P, self.node(id)));
                        (
                            id,
                            prepare(self.cx, content, &style, Voice::Element(paragraph)),
                        )
                    };
                    paragraphs.into_iter().map(prepare_one).collect()
                });
                cells.push(CellWork {
                    placed,
                    element,
                    style,
                    words,
                });
            }
        }
        self.room = room;
        cells
    }

    fn wish(&self, cell: &CellWork<'_>) -> Wish {
        let (least, natural) = match &cell.words {
            Some(words) => {
                words
                    .iter()
                    .fold((Abs::ZERO, Abs::ZERO), |(least, natural), (_, material)| {
                        (
                            least.max(material.min_width()),
                            natural.max(material.max_width()),
                        )
                    })
            }
            None => {
                // Blocks are measured by the yard: half an em a character on the longest line.
                let size = cell.style.size();
                let longest = |block: &Block| {
                    plain_block(block)
                        .lines()
                        .map(|line| line.chars().count())
                        .max()
                        .unwrap_or(0) as i64
                };
                let most = cell
                    .placed
                    .cell
                    .blocks
                    .iter()
                    .map(longest)
                    .max()
                    .unwrap_or(0);
                (size * 5, size / 2 * most.min(1000) + size * 2)
            }
        };
        Wish {
            column: cell.placed.column,
            columns: cell.placed.columns,
            least,
            natural,
        }
    }

    /// Sets cells and puts them into bands.
    fn bands(&mut self, rows: &[Row], cells: Vec<CellWork<'_>>, grid: &Columns) -> Vec<Band> {
        let mut bands = Vec::new();
        let mut cells = cells.into_iter().peekable();
        let mut row = 0;
        while row < rows.len() {
            // The rows that cells tie to this one.
            let mut end = row + 1;
            let mut tops: Vec<Abs> = vec![Abs::ZERO];
            let mut tied = Vec::new();
            let mut notes = 0;
            let mut footnotes = Vec::new();
            let mut at = row;
            while at < end {
                while let Some(cell) = cells.next_if(|cell| cell.placed.row == at) {
                    end = end.max(at + cell.placed.rows);
                    let before = self.galley.notes.len();
                    let (set, height) = self.cell(&cell, grid);
                    let called = (self.galley.notes.len() - before) as u32;
                    notes += called;
                    footnotes.push((tops[at - row], called));
                    tied.push((cell.placed, set, height));
                }
                // The next row begins below what ends in this one.
                let top = tops[at - row];
                let padding = self.plan.grid.scale(PADDING) * 2;
                let bottom = tied
                    .iter()
                    .filter(|(placed, ..)| placed.row + placed.rows == at + 1)
                    .map(|(placed, _, height)| tops[placed.row - row] + *height + padding)
                    .fold(top, Abs::max);
                tops.push(bottom);
                at += 1;
            }
            let padding = self.plan.grid.scale(PADDING);
            let mut pieces = Vec::new();
            for (placed, set, _) in tied {
                let top = tops[placed.row - row] + padding;
                pieces.extend(set.into_iter().map(|set| Set {
                    top: set.top + top,
                    bottom: set.bottom + top,
                    ..set
                }));
            }
            bands.push(Band {
                pieces,
                height: tops.last().copied().unwrap_or_default(),
                notes,
                origin: rows[row].id,
                footnotes,
            });
            row = end;
        }
        bands
    }

    /// Sets a cell's words or blocks; its pieces from the cell's own top, and their height.
    fn cell(&mut self, cell: &CellWork<'_>, grid: &Columns) -> (Vec<Set>, Abs) {
        let (left, width) = grid.span(cell.placed.column, cell.placed.columns);
        let plan = self.plan;
        let mut inner = Stick::new(self.cx, plan, width.max(Abs::pt(1.0)), cell.element);
        inner.inner = true;
        inner.tight = true;
        inner.calls = std::mem::take(&mut self.calls);
        inner.text = cell.style.clone();
        match &cell.words {
            Some(words) => {
                for (id, material) in words {
                    inner.origin = inner.node(*id);
                    let measure = inner.measure(&cell.style);
                    inner.push_lines(material, &cell.style, &measure);
                }
            }
            None => inner.blocks(&cell.placed.cell.blocks),
        }
        self.calls = std::mem::take(&mut inner.calls);
        let galley = std::mem::take(&mut inner.galley);
        let mut top = Abs::ZERO;
        let x = if plan.rtl {
            grid.width - left - width
        } else {
            left
        };
        let set = pieces(&galley)
            .into_iter()
            .map(|piece| {
                let bottom = top + piece.height;
                let set = Set {
                    top,
                    bottom,
                    x: x + piece.x,
                    piece,
                };
                top = bottom;
                set
            })
            .collect();
        self.galley.notes.extend(galley.notes);
        (set, top)
    }

    /// Sets the rows, with the rules above and below them.
    fn rows(&mut self, head: Vec<Band>, body: Vec<Band>, grid: &Columns, style: &Style) {
        let color = style.text.color;
        let bar = |thick: Abs| rule(Size::new(grid.width, thick), color);
        let x = grid.left(self, style);
        let space = self.plan.grid.scale(PADDING);
        // The head: a heavy rule, its rows, a light rule.
        let height: Abs = head.iter().map(|band| band.height).sum();
        let mut top = Frame::new(Size::new(
            grid.width,
            height + space + if head.is_empty() { Abs::ZERO } else { space },
        ));
        top.push(Point::ZERO, bar(HEAVY));
        let mut y = space / 2;
        let mut notes = 0;
        let mut has_head = false;
        for band in head {
            for set in &band.pieces {
                top.push_frame(set.point(y), set.piece.frame.clone());
            }
            y += band.height;
            notes += band.notes;
            has_head = true;
        }
        if has_head {
            let y = top.size.height - space / 2 - LIGHT;
            top.push(Point::new(Abs::ZERO, y), bar(LIGHT));
        }
        let repeat = (has_head && top.size.height < self.plan.depth / 3)
            .then(|| Arc::new(as_artifact(&top)));
        let child = self.push(ChildKind::Block(Piece {
            frame: top.into(),
            notes,
            repeat: None,
        }));
        child.x += x;
        child.end_cost = cost::KEEP;
        let count = body.len();
        for (at, band) in body.into_iter().enumerate() {
            self.origin = self.node(band.origin);
            let end_cost = if at + 1 < count && (at == 0 || at + 2 == count) {
                LONELY_ROW
            } else {
                0.0
            };
            let height = band.height;
            let tall = height > self.plan.depth.scale(TALL);
            let ends = if tall {
                cuts(&band.pieces, height)
            } else {
                vec![height]
            };
            let mut from = Abs::ZERO;
            let last = ends.len() - 1;
            for (number, to) in ends.into_iter().enumerate() {
                let mut frame = Frame::new(Size::new(grid.width, to - from));
                let here = |set: &&Set| set.top >= from && set.top < to;
                for set in band.pieces.iter().filter(here) {
                    frame.push_frame(set.point(-from), set.piece.frame.clone());
                }
                let called = band.footnotes.iter().filter(|(y, _)| *y >= from && *y < to);
                let notes = called.map(|(_, notes)| notes).sum();
                let end_cost = if number < last { WITHIN_ROW } else { end_cost };
                let child = self.push(ChildKind::Block(Piece {
                    frame: frame.into(),
                    notes,
                    repeat: repeat.clone(),
                }));
                child.x += x;
                child.end_cost = end_cost;
                from = to;
            }
        }
        let mut foot = Frame::new(Size::new(grid.width, space));
        foot.push(Point::new(Abs::ZERO, space / 2), bar(HEAVY));
        self.keep_last(cost::KEEP);
        self.push_block(foot).x += x;
    }
}

impl Set {
    /// Where its frame stands, in a row that begins at a height: at the foot of the piece's own height.
    fn point(&self, row: Abs) -> Point {
        Point::new(self.x, row + self.bottom - self.piece.frame.size.height)
    }
}

/// The columns of a table.
struct Columns {
    lefts: Vec<Abs>,
    widths: Vec<Abs>,
    width: Abs,
}

impl Columns {
    /// How far from the left edge of the room the table stands.
    fn left(&self, stick: &Stick<'_, '_>, style: &Style) -> Abs {
        let free = (stick.room.width - self.width).max(Abs::ZERO);
        match style.align {
            Justify::Center => free / 2,
            _ if stick.plan.rtl => free,
            _ => Abs::ZERO,
        }
    }

    /// Where a cell begins, and how wide it is.
    fn span(&self, column: usize, columns: usize) -> (Abs, Abs) {
        let last = (column + columns).min(self.widths.len()).saturating_sub(1);
        match (
            self.lefts.get(column),
            self.lefts.get(last),
            self.widths.get(last),
        ) {
            (Some(left), Some(end), Some(width)) => (*left, *end + *width - *left),
            _ => (Abs::ZERO, Abs::ZERO),
        }
    }
}

/// A head as the page's own: it is read where it stands first.
fn as_artifact(frame: &Frame) -> Frame {
    let owner = Owner::Artifact(Artifact::Layout);
    let mut copy = frame.clone();
    copy.items
        .retain(|(_, item)| !matches!(item, Item::Link { .. } | Item::Anchor(_)));
    for (_, item) in &mut copy.items {
        match item {
            Item::Group(inner) | Item::Turned(inner) => *inner = Arc::new(as_artifact(inner)),
            Item::Glyphs { owner: own, .. }
            | Item::Rule { owner: own, .. }
            | Item::Path { owner: own, .. }
            | Item::Image { owner: own, .. } => *own = owner,
            Item::Link { .. } | Item::Anchor(_) => {}
        }
    }
    copy
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
