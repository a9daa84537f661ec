//! Tables: columns as wide as their words ask for, rows that go over pages, heads repeated there.
//!
//! In: a table of the model. Out: children of the galley: the head, one or more per row, the rule at the foot; or, of a
//! table that stands across, one per page. Steps:
//!
//! 1. lay the cells out on the grid of columns and rows ([`mod@place`]);
//! 2. prepare their words and see how wide they are ([`cells`]), figures by their decimal signs ([`figures`]);
//! 3. find the columns' widths ([`measure`], [`share`]): at full size, smaller, with words broken, or across the page
//!    ([`stance`]);
//! 4. set the cells, put them into rows ([`rows`]), and cut rows that are too tall to stay whole ([`split`]);
//! 5. put head, rows and rules one below the other ([`stack`]), on pages of their own if they stand across ([`turn`]).

mod cells;
mod figures;
mod measure;
mod place;
mod rows;
mod share;
mod split;
mod stack;
mod stance;
mod turn;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::model::{Attrs, Block, Inline, Role, Row, Table};
use crate::theme::Justify;
use crate::typeset::galley::float::Kind;
use crate::typeset::galley::stick::Stick;
use crate::typeset::page::cost;
use crate::typeset::structure::{ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::Abs;

use cells::CellWork;
use measure::{Asked, Needs, Widths};
use place::{Placed, place};
use stance::{Room, Stance};

/// Above and below a row's text, in parts of the leading.
const PADDING: f64 = 0.14;
/// The same where cells have several lines, so that rows are told apart.
const PADDING_OF_LINES: f64 = 0.25;

/// How a table looks, at the size at hand.
#[derive(Clone, Debug)]
struct Look {
    /// Of the body's cells.
    body: Arc<Style>,
    /// Of the head's cells, and of those that name their rows.
    head: Arc<Style>,
    /// Between two columns.
    gap: Abs,
    /// Beyond the first and the last column, where there is a background to stand on.
    edge: Abs,
    /// Above and below a row's text.
    padding: Abs,
}

impl Look {
    /// At so many times the theme's size.
    fn new(body: &Style, head: &Style, scale: f64, grid: Abs) -> Look {
        let body = body.scaled(scale);
        let edge = match body.stripes {
            Some(_) => body.padding,
            None => Abs::ZERO,
        };
        Look {
            gap: body.padding * 2,
            edge,
            padding: grid.scale(PADDING * scale),
            head: Arc::new(head.scaled(scale)),
            body: Arc::new(body),
        }
    }
}

/// The columns of a table.
#[derive(Clone, Debug, Default)]
struct Columns {
    /// Where each begins.
    lefts: Vec<Abs>,
    /// How wide each is.
    widths: Vec<Abs>,
    /// The whole table.
    width: Abs,
    /// They have no room for their words, which was told of the table.
    crowded: bool,
}

impl Columns {
    fn new(widths: Vec<Abs>, look: &Look) -> Columns {
        let mut lefts = Vec::with_capacity(widths.len());
        let mut x = look.edge;
        for width in &widths {
            lefts.push(x);
            x += *width + look.gap;
        }
        let width = (x - look.gap + look.edge).max(Abs::ZERO);
        Columns {
            lefts,
            widths,
            width,
            crowded: false,
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

/// A table that is being set: where its cells are.
struct Job<'t> {
    block: &'t Block,
    table: &'t Table,
    /// The head's rows; none where all of its cells are empty.
    head_rows: &'t [Row],
    head: Vec<Placed<'t>>,
    body: Vec<Placed<'t>>,
    columns: usize,
    /// The columns of figures that stand by their decimal signs.
    figures: BTreeSet<usize>,
    element: ElementId,
    /// The caption with its label, and its element.
    caption: Option<(Vec<Inline>, ElementId)>,
}

impl<'t> Job<'t> {
    fn attrs(&self) -> Option<&'t Attrs> {
        self.block.attrs.as_deref()
    }
}

/// Cells whose words are prepared, with what they ask for.
struct Prepared<'t> {
    look: Look,
    head: Vec<CellWork<'t>>,
    body: Vec<CellWork<'t>>,
    needs: Needs,
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
        let outer = self.room;
        let element = self.open_block(Tag::Table, block);
        self.room.parent = element;
        self.narrow(style.start, style.end);
        let caption = (!table.caption.is_empty()).then(|| {
            let words = self.caption_words(&table.caption, block.id);
            (words, self.open(Tag::Caption, block.id))
        });
        let (body, columns) = place(&table.body, table.aligns.len().max(1));
        // Markdown has no table without a head; an empty one is none.
        let says = |row: &Row| row.cells.iter().any(|cell| !cell.blocks.is_empty());
        let head_rows = if table.head.iter().any(says) {
            table.head.as_slice()
        } else {
            &[]
        };
        let (head, columns) = place(head_rows, columns);
        let figures = if self.plan.rtl {
            // Which side the end of a figure is on depends on what is around the table there.
            BTreeSet::new()
        } else {
            figures::figure_columns(&body, &table.aligns, &self.cx.lang.primary())
        };
        let job = Job {
            block,
            figures,
            table,
            head_rows,
            head,
            body,
            columns,
            element,
            caption,
        };
        let asked = stance::asked(job.attrs(), columns);
        let width = stance::width(job.attrs(), self.room.width);
        let room = Room {
            upright: width.unwrap_or(self.room.width),
            // Within a cell or a note there is no page to turn.
            across: (!self.inner && self.plan.depth > self.room.width).then_some(self.plan.depth),
            forced: stance::is_forced(job.attrs()),
            full: width.is_some(),
        };
        let mark = self.cx.structure.mark(element);
        let mut look = Look::new(style, &head_style, 1.0, self.plan.grid);
        let mut prepared = self.prepare_cells(&job, look, &asked, room.upright);
        let stance = Stance::choose(&prepared.needs, prepared.look.edge * 2, &room, style);
        if stance.scale < 1.0 {
            self.cx.structure.reset(mark);
            look = Look::new(style, &head_style, stance.scale, self.plan.grid);
            prepared = self.prepare_cells(&job, look, &asked, stance.room(&room));
        }
        let inner = stance.room(&room) - prepared.look.edge * 2;
        let widths = prepared.needs.widths(inner, room.full && !stance.across);
        let crowded = matches!(widths, Widths::Overfull(_));
        if crowded {
            let message = format!(
                "the table's {columns} columns do not fit into {:.0} mm",
                inner.to_mm()
            );
            self.cx
                .report(Diagnostic::new(Code::TooWide, None, message), self.origin);
        }
        let mut grid = Columns::new(widths.into_inner(), &prepared.look);
        grid.crowded = crowded;
        let wraps = |cell: &CellWork<'_>| {
            let (_, width) = grid.span(cell.placed.column, cell.placed.columns);
            cell.natural() > width
        };
        if style.row_rule.is_zero() && style.stripes.is_none() && prepared.body.iter().any(wraps) {
            prepared.look.padding = self.plan.grid.scale(PADDING_OF_LINES * stance.scale);
        }
        if stance.across {
            self.table_across(&job, prepared, &grid);
        } else {
            self.table_upright(&job, prepared, &grid, style);
        }
        self.room = outer;
        if !stance.across {
            self.stretchable_space(style.after);
        }
        self.first = false;
    }

    fn table_upright(
        &mut self,
        job: &Job<'_>,
        prepared: Prepared<'_>,
        grid: &Columns,
        style: &Style,
    ) {
        let around = self.enter_table();
        self.stretchable_space(style.before);
        if let Some((words, element)) = &job.caption {
            let caption = self.plan.style(Role::Caption, &[], &self.plan.body);
            self.paragraph_in(words, &caption, *element);
            self.keep_last(cost::KEEP);
            self.space(self.plan.grid / 4);
        }
        let x = match style.align {
            Justify::Center => (self.room.width - grid.width).max(Abs::ZERO) / 2,
            Justify::End if !self.plan.rtl => (self.room.width - grid.width).max(Abs::ZERO),
            Justify::End => Abs::ZERO,
            _ if self.plan.rtl => (self.room.width - grid.width).max(Abs::ZERO),
            _ => Abs::ZERO,
        };
        self.stack(job, prepared, grid, x);
        self.leave_table(around, x, grid.width);
    }

    /// Opens all cells and prepares their words.
    fn prepare_cells<'t>(
        &mut self,
        job: &Job<'t>,
        look: Look,
        asked: &[Asked],
        room: Abs,
    ) -> Prepared<'t> {
        let head = self.cells(job, &look, Tag::TableHead);
        let mut body = self.cells(job, &look, Tag::TableBody);
        self.align_figures(job, &mut body, &look);
        let all = head.iter().chain(&body);
        let wishes: Vec<measure::Wish> = all.map(CellWork::wish).collect();
        let needs = Needs::of(job.columns, &wishes, asked, look.gap, room);
        Prepared {
            look,
            head,
            body,
            needs,
        }
    }
}
