//! Tables and code as markup.

use crate::model::{Align, Block, Cell, Code, Row, Table, Token, TokenKind};

use super::chapter::Pen;

impl Pen<'_> {
    /// A table, its caption first as HTML wants it.
    pub fn table(&mut self, block: &Block, table: &Table) {
        self.doc.open("table");
        let outer = self.enter(block.id, block.attrs.as_deref(), &[]);
        self.doc.line();
        if !table.caption.is_empty()
            || self
                .edition
                .facts
                .numbers
                .contains_key(&self.node(block.id))
        {
            self.doc.open("caption");
            self.caption(block.id, &table.caption);
            self.doc.close().line();
        }
        for (name, rows, head) in [("thead", &table.head, true), ("tbody", &table.body, false)] {
            if rows.is_empty() {
                continue;
            }
            self.doc.open(name).line();
            for row in rows {
                self.row(row, &table.aligns, head);
            }
            self.doc.close().line();
        }
        self.leave(outer);
    }

    fn row(&mut self, row: &Row, aligns: &[Align], head: bool) {
        self.doc.open("tr");
        self.node_id(row.id);
        let mut column = 0;
        for cell in &row.cells {
            self.cell(cell, aligns.get(column).copied().unwrap_or_default(), head);
            column += cell.columns as usize;
        }
        self.doc.close().line();
    }

    fn cell(&mut self, cell: &Cell, align: Align, head: bool) {
        let name = if head || cell.header { "th" } else { "td" };
        self.doc.open(name);
        self.node_id(cell.id);
        if name == "th" {
            self.doc.attr("scope", if head { "col" } else { "row" });
        }
        for (attr, count) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
            if count > 1 {
                self.doc.attr(attr, &count.to_string());
            }
        }
        match align {
            Align::Start => {}
            Align::Center => {
                self.doc.attr("class", "align-center");
            }
            Align::End => {
                self.doc.attr("class", "align-end");
            }
        }
        self.loosely(&cell.blocks, true);
        self.doc.close();
    }

    /// A block of code. Lines are elements of their own only where they are numbered or marked; numbers are no text.
    pub fn code(&mut self, block: &Block, code: &Code) {
        if let Some(title) = &code.title {
            self.doc
                .open("p")
                .attr("class", "code-title")
                .text(title)
                .close()
                .line();
        }
        self.doc.open("pre");
        let outer = self.enter(block.id, block.attrs.as_deref(), &[]);
        self.doc.open("code");
        if let Some(lang) = code
            .lang
            .as_deref()
            .filter(|lang| !lang.is_empty() && !lang.contains(char::is_whitespace))
        {
            self.doc.attr("class", &format!("language-{lang}"));
        }
        let by_line = code.number_from.is_some() || !code.marked.is_empty();
        if by_line {
            self.numbered_lines(code);
        } else {
            self.tokens(code, 0, code.text.len());
        }
        self.doc.close();
        self.leave(outer);
    }

    fn numbered_lines(&mut self, code: &Code) {
        let first = code.number_from.unwrap_or(1);
        let mut start = 0;
        for (index, line) in code.text.split('\n').enumerate() {
            let number = first.saturating_add(index as u32);
            if index > 0 {
                self.doc.text("\n");
            }
            let marked = code.marked.iter().any(|range| range.contains(&number));
            self.doc
                .open("span")
                .attr("class", if marked { "line marked" } else { "line" });
            if code.number_from.is_some() {
                self.doc.attr("data-line", &number.to_string());
            }
            self.tokens(code, start, start + line.len());
            self.doc.close();
            start += line.len() + 1;
        }
    }

    /// The code from one byte to another, its tokens in spans.
    fn tokens(&mut self, code: &Code, start: usize, end: usize) {
        let mut at = start;
        let from = code
            .tokens
            .partition_point(|token| (token.end as usize) <= start);
        for Token {
            start: first,
            end: last,
            kind,
        } in code.tokens[from..]
            .iter()
            .take_while(|token| (token.start as usize) < end)
        {
            let (first, last) = ((*first as usize).max(start), (*last as usize).min(end));
            self.doc.text(code.text.get(at..first).unwrap_or_default());
            self.doc
                .open("span")
                .attr("class", token_class(*kind))
                .text(code.text.get(first..last).unwrap_or_default())
                .close();
            at = last;
        }
        self.doc.text(code.text.get(at..end).unwrap_or_default());
    }
}

fn token_class(kind: TokenKind) -> &'static str {
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
