//! Tables and code blocks.

use super::page::Page;
use crate::model::{
    Align, Block, Cell, Code, ColumnWidth, NodeId, Role, Row, Table, Token, TokenKind, plain_block,
};
use crate::theme::Declaration;
use crate::unit::{Abs, Length};

impl<'a> Page<'a> {
    /// A table with its caption above it, as HTML has it; one that not every screen has room for, in a box that says how much it
    /// needs.
    pub fn table(&mut self, block: &'a Block, table: &'a Table) {
        let least = least_width(table) * LETTER * self.table_size();
        let wide = WIDTHS.iter().find(|(em, _)| f64::from(*em) >= least);
        let wide = wide
            .or(WIDTHS.last())
            .filter(|_| least > NARROW)
            .map(|(_, class)| *class);
        if let Some(class) = wide {
            self.open("div", None).attr("class", class).line();
        }
        self.open_node(
            "table",
            Some(Role::Table),
            &[],
            block.id,
            block.attrs.as_deref(),
        );
        let described = self.described.take();
        self.out.attr_some("aria-details", described).line();
        if !table.caption.is_empty() {
            self.open("caption", Some(Role::Caption));
            self.caption(block.id, &table.caption);
            self.close_block();
        }
        self.column_widths(block, table.aligns.len());
        for (part, rows) in [("thead", &table.head), ("tbody", &table.body)] {
            if rows.is_empty() {
                continue;
            }
            self.open(part, None).line();
            let mut covered = Vec::new();
            for row in rows {
                self.row(row, &table.aligns, part == "thead", &mut covered);
            }
            self.close_block();
        }
        self.close_block();
        if wide.is_some() {
            self.close_block();
        }
    }

    /// The size of a table's type, in the body's.
    fn table_size(&self) -> f64 {
        let mut said = self.volume.theme.role(Role::Table).iter();
        let size = said.find_map(|declaration| match declaration {
            Declaration::Size(Length::Em(size)) => Some(size.get()),
            _ => None,
        });
        size.unwrap_or(1.0)
    }

    /// The widths that an author asks for.
    fn column_widths(&mut self, block: &Block, columns: usize) {
        let attrs = block.attrs.as_deref();
        let widths = attrs.map_or_else(Vec::new, |attrs| attrs.column_widths(columns));
        if widths.is_empty() {
            return;
        }
        self.open("colgroup", None);
        for width in widths {
            self.open("col", None);
            let width = match width {
                ColumnWidth::Auto => None,
                ColumnWidth::Part(part) => Some(format!("{}%", (part * 1000.0).round() / 10.0)),
                ColumnWidth::Length(length) => length
                    .parse::<Abs>()
                    .ok()
                    .filter(|length| *length > Abs::ZERO)
                    .map(|length| format!("{}pt", (length.to_pt() * 100.0).round() / 100.0)),
            };
            if let Some(width) = width {
                self.out.attr("style", &format!("width: {width}"));
            }
            self.close();
        }
        self.close_block();
    }

    /// `covered` says for each column how many rows a cell from above still reaches down.
    fn row(&mut self, row: &'a Row, aligns: &[Align], head: bool, covered: &mut Vec<u32>) {
        covered.resize(covered.len().max(aligns.len()), 0);
        self.open("tr", None).line();
        let mut column = 0;
        for cell in &row.cells {
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            let align = aligns.get(column).copied().unwrap_or_default();
            self.cell(cell, cell.align.unwrap_or(align), head);
            let end = column + cell.columns.max(1) as usize;
            for below in covered.iter_mut().take(end).skip(column) {
                // This row counts too: one is taken off at its end.
                *below = cell.rows.max(1);
            }
            column = end;
        }
        for below in covered.iter_mut() {
            *below = below.saturating_sub(1);
        }
        self.close_block();
    }

    fn cell(&mut self, cell: &'a Cell, align: Align, head: bool) {
        // An empty corner is the head of nothing.
        let words = |block: &Block| !plain_block(block).trim().is_empty();
        let header = (head || cell.header) && cell.blocks.iter().any(words);
        let classes: &[&str] = match align {
            Align::Start => &[],
            Align::Center => &["align-center"],
            Align::End => &["align-end"],
        };
        if header {
            let scope = if head { "col" } else { "row" };
            self.open_node("th", Some(Role::TableHead), classes, cell.id, None)
                .attr("scope", scope);
        } else {
            self.open_node("td", None, classes, cell.id, None);
        }
        if cell.columns > 1 {
            self.out.attr("colspan", &cell.columns.to_string());
        }
        if cell.rows > 1 {
            self.out.attr("rowspan", &cell.rows.to_string());
        }
        self.only_content(&cell.blocks);
        self.close_block();
    }

    /// A code block, its title above it.
    pub fn code(&mut self, block: &'a Block, code: &'a Code) {
        if let Some(title) = &code.title {
            self.open("p", Some(Role::CodeTitle))
                .attr("class", "code-title");
            self.open("b", None);
            self.text(title);
            self.close();
            self.close_block();
        }
        self.open_node(
            "pre",
            Some(Role::CodeBlock),
            &[],
            block.id,
            block.attrs.as_deref(),
        );
        self.left_to_right();
        self.open("code", None);
        if code.number_from.is_none() && code.marked.is_empty() {
            self.tokens(block.id, code, 0, code.text.len());
        } else {
            self.lines(block.id, code);
        }
        self.close();
        self.close_block();
    }

    /// Line by line: with numbers, and marks on those that the author marked. Numbers are no text, so that what is copied
    /// is code.
    fn lines(&mut self, block: NodeId, code: &'a Code) {
        let first = code.number_from.unwrap_or(1);
        let mut start = 0;
        for (index, line) in code.text.split('\n').enumerate() {
            let number = first.saturating_add(index as u32);
            if index > 0 {
                self.text("\n");
            }
            let marked = code.marked.iter().any(|range| range.contains(&number));
            if marked {
                self.open("mark", None).attr("class", "line marked");
            } else {
                self.open("span", None).attr("class", "line");
            }
            if code.number_from.is_some() {
                self.out.attr("data-line", &number.to_string());
                self.looks.enter(Some(Role::LineNumber));
                self.looks.read("0123456789");
                self.looks.leave();
            }
            self.tokens(block, code, start, start + line.len());
            self.close();
            start += line.len() + 1;
        }
    }

    /// A stretch of code, coloured; tokens that reach beyond it are cut.
    fn tokens(&mut self, block: NodeId, code: &'a Code, start: usize, end: usize) {
        let from = code
            .tokens
            .partition_point(|token| token.end as usize <= start);
        let mut at = start;
        for token in &code.tokens[from..] {
            let Token {
                start: first,
                end: last,
                kind,
            } = *token;
            let (first, last) = ((first as usize).max(at), (last as usize).min(end));
            if first >= end {
                break;
            }
            if let (Some(before), Some(inside)) =
                (code.text.get(at..first), code.text.get(first..last))
            {
                self.words_of(block, at, before);
                let name = match kind {
                    TokenKind::Inserted => "ins",
                    TokenKind::Deleted => "del",
                    _ => "span",
                };
                self.open(name, None).attr("class", token_class(kind));
                self.words_of(block, first, inside);
                self.close();
                at = last;
            }
        }
        let rest = code.text.get(at..end).unwrap_or_default();
        self.words_of(block, at, rest);
    }
}

/// What the narrowest screen has room for, in em: a phone's, with type of twice the size.
const NARROW: f64 = 10.0;

/// How wide a letter is, in em.
const LETTER: f64 = 0.5;

/// What tables need, in em of the text, in steps: the style sheet knows each.
pub(super) const WIDTHS: [(u8, &str); 7] = [
    (15, "wide wide-15"),
    (20, "wide wide-20"),
    (25, "wide wide-25"),
    (30, "wide wide-30"),
    (40, "wide wide-40"),
    (50, "wide wide-50"),
    (60, "wide wide-60"),
];

/// What a table's columns need at least, in letters: their longest words, and the space between them.
fn least_width(table: &Table) -> f64 {
    /// The space about a cell's words.
    const GAP: usize = 2;
    let mut longest = vec![0; table.aligns.len()];
    for row in table.head.iter().chain(&table.body) {
        // A cell that spans columns, or stands behind one that spans rows, is counted where it is written.
        for (column, cell) in row.cells.iter().enumerate() {
            let words = cell.blocks.iter().map(|block| {
                let text = plain_block(block);
                let words = text.split_whitespace().map(|word| word.chars().count());
                words.max().unwrap_or(0)
            });
            let width = words.max().unwrap_or(0);
            match longest.get_mut(column) {
                Some(known) => *known = width.max(*known),
                None => longest.push(width),
            }
        }
    }
    let letters: usize = longest.iter().map(|letters| letters + GAP).sum();
    // As many as no screen shows are as good as any more.
    f64::from(u16::try_from(letters).unwrap_or(u16::MAX))
}

/// What the style sheet calls a kind of token.
pub(super) fn token_class(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Keyword => "tok-keyword",
        TokenKind::Type => "tok-type",
        TokenKind::Function => "tok-function",
        TokenKind::String => "tok-string",
        TokenKind::Constant => "tok-constant",
        TokenKind::Comment => "tok-comment",
        TokenKind::Attribute => "tok-attribute",
        TokenKind::Tag => "tok-tag",
        TokenKind::Inserted => "tok-inserted",
        TokenKind::Deleted => "tok-deleted",
    }
}
