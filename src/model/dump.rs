//! A chapter as text, for tests and `recto dump model`.
//!
//! One node a line, indented by its depth: its kind, what it says, what hangs on it, and where it stands
//! (`line:column-line:column`). Node numbers are left out, for they follow from the order of the lines.

use std::fmt::Write as _;

use super::{
    Align, Attrs, Block, BlockKind, Cell, Chapter, Code, Image, ImageSource, Inline, InlineKind,
    ListKind, NodeId, NoteKind, Origin, Table,
};
use crate::source::{Sources, Span};

/// All of a chapter.
pub fn dump(chapter: &Chapter, sources: &Sources) -> String {
    let mut out = Dump {
        out: String::new(),
        depth: 0,
        chapter,
        sources,
    };
    out.chapter();
    out.out
}

struct Dump<'a> {
    out: String,
    depth: usize,
    chapter: &'a Chapter,
    sources: &'a Sources,
}

impl Dump<'_> {
    fn chapter(&mut self) {
        let chapter = self.chapter;
        let mut line = format!("Chapter {:?} {:?}", chapter.matter, chapter.role);
        match &chapter.origin {
            Origin::File(_, path) => {
                let _ = write!(line, " file={path}");
            }
            Origin::Made(name) => {
                let _ = write!(line, " made={name}");
            }
        }
        if chapter.depth > 0 {
            let _ = write!(line, " depth={}", chapter.depth);
        }
        option(&mut line, "title", chapter.title.as_ref());
        option(&mut line, "lang", chapter.lang.as_ref());
        option(&mut line, "numbered", chapter.numbered.as_ref());
        option(&mut line, "listed", chapter.listed.as_ref());
        attributes(&mut line, &chapter.attrs);
        self.line(&line, None);
        self.depth += 1;
        self.blocks(&chapter.blocks);
        for note in &chapter.notes {
            let mut line = "Note".to_owned();
            option(&mut line, "name", note.name.as_ref());
            match note.kind {
                NoteKind::Text => {}
                NoteKind::Table(_) => line.push_str(" of a table"),
                NoteKind::Margin => line.push_str(" in the margin"),
            }
            self.line(&line, Some(note.id));
            self.inside(|dump| dump.blocks(&note.blocks));
        }
    }

    fn line(&mut self, text: &str, id: Option<NodeId>) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
        self.out.push_str(text);
        if let Some(at) = id.and_then(|id| self.chapter.spans.get(id))
            && let Some(place) = self.place(at)
        {
            let _ = write!(self.out, " @{place}");
        }
        self.out.push('\n');
    }

    /// `1:1-1:9`, with the file's name if it is not the chapter's own.
    fn place(&self, at: Span) -> Option<String> {
        let start = self.sources.place(at)?;
        let end = self.sources.place(Span {
            start: at.end,
            ..at
        })?;
        let other = match &self.chapter.origin {
            Origin::File(file, _) if *file == at.file => String::new(),
            _ => format!("{}:", start.path),
        };
        Some(format!(
            "{other}{}:{}-{}:{}",
            start.line, start.column, end.line, end.column
        ))
    }

    fn inside(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        let mut line = match &block.kind {
            BlockKind::Paragraph(_) => "Paragraph".to_owned(),
            BlockKind::Heading { level, .. } => format!("Heading {level}"),
            BlockKind::Quote(_) => "Quote".to_owned(),
            BlockKind::List(list) => {
                let spacing = if list.tight { "tight" } else { "loose" };
                match list.kind {
                    ListKind::Bullet => format!("List bullet {spacing}"),
                    ListKind::Ordered { start, delimiter } => {
                        format!("List {start}{delimiter} {spacing}")
                    }
                }
            }
            BlockKind::Definitions(_) => "Definitions".to_owned(),
            BlockKind::Code(code) => code_line(code),
            BlockKind::Figure(figure) => format!("Figure{}", image(&figure.image)),
            BlockKind::Table(table) => table_line(table),
            BlockKind::Verse(_) => "Verse".to_owned(),
            BlockKind::Container(container) => format!("Container {:?}", container.kind),
            BlockKind::SceneBreak => "SceneBreak".to_owned(),
            BlockKind::PageBreak => "PageBreak".to_owned(),
            BlockKind::Math { tex } => format!("Math {tex:?}"),
            BlockKind::Only { target, .. } => format!("Only {target:?}"),
            BlockKind::Contents => "Contents".to_owned(),
        };
        if let Some(attrs) = &block.attrs {
            attributes(&mut line, attrs);
        }
        self.line(&line, Some(block.id));
        self.depth += 1;
        self.block_inside(&block.kind);
        self.depth -= 1;
    }

    fn block_inside(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => {
                self.inlines(content)
            }
            BlockKind::Quote(blocks) | BlockKind::Only { blocks, .. } => self.blocks(blocks),
            BlockKind::List(list) => {
                for item in &list.items {
                    let task = match item.task {
                        None => "Item",
                        Some(false) => "Item [ ]",
                        Some(true) => "Item [x]",
                    };
                    self.line(task, Some(item.id));
                    self.inside(|dump| dump.blocks(&item.blocks));
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    self.line("Definition", Some(definition.id));
                    self.inside(|dump| {
                        for term in &definition.terms {
                            dump.part("Term", term);
                        }
                        for body in &definition.bodies {
                            dump.line("Body", None);
                            dump.inside(|dump| dump.blocks(body));
                        }
                    });
                }
            }
            BlockKind::Figure(figure) => self.optional_part("Caption", &figure.caption),
            BlockKind::Table(table) => {
                for (rows, name) in [(&table.head, "HeadRow"), (&table.body, "Row")] {
                    for row in rows {
                        self.line(name, Some(row.id));
                        self.inside(|dump| row.cells.iter().for_each(|cell| dump.cell(cell)));
                    }
                }
                self.optional_part("Caption", &table.caption);
            }
            BlockKind::Verse(stanzas) => {
                for stanza in stanzas {
                    self.line("Stanza", Some(stanza.id));
                    self.inside(|dump| {
                        for line in &stanza.lines {
                            dump.part(&format!("Line {}", line.indent), &line.content);
                        }
                    });
                }
            }
            BlockKind::Container(container) => {
                self.optional_part("Title", &container.title);
                self.blocks(&container.blocks);
            }
            BlockKind::Code(code) => {
                for token in &code.tokens {
                    let text = code
                        .text
                        .get(token.start as usize..token.end as usize)
                        .unwrap_or_default();
                    self.line(&format!("{:?} {text:?}", token.kind), None);
                }
            }
            BlockKind::SceneBreak
            | BlockKind::PageBreak
            | BlockKind::Math { .. }
            | BlockKind::Contents => {}
        }
    }

    fn cell(&mut self, cell: &Cell) {
        let mut line = "Cell".to_owned();
        if cell.header {
            line.push_str(" header");
        }
        if let Some(align) = cell.align {
            line.push(' ');
            line.push(sign(align));
        }
        if cell.columns > 1 {
            let _ = write!(line, " columns={}", cell.columns);
        }
        if cell.rows > 1 {
            let _ = write!(line, " rows={}", cell.rows);
        }
        self.line(&line, Some(cell.id));
        self.inside(|dump| dump.blocks(&cell.blocks));
    }

    fn part(&mut self, name: &str, content: &[Inline]) {
        self.line(name, None);
        self.inside(|dump| dump.inlines(content));
    }

    fn optional_part(&mut self, name: &str, content: &[Inline]) {
        if !content.is_empty() {
            self.part(name, content);
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            let line = inline_line(&inline.kind);
            self.line(&line, Some(inline.id));
            self.inside(|dump| dump.inlines(inline.kind.content()));
        }
    }
}

fn inline_line(kind: &InlineKind) -> String {
    let mut line = match kind {
        InlineKind::Text(text) => return format!("{text:?}"),
        InlineKind::SoftBreak => "SoftBreak".to_owned(),
        InlineKind::HardBreak => "HardBreak".to_owned(),
        InlineKind::Emph(_) => "Emph".to_owned(),
        InlineKind::Strong(_) => "Strong".to_owned(),
        InlineKind::Strike(_) => "Strike".to_owned(),
        InlineKind::Sub(_) => "Sub".to_owned(),
        InlineKind::Sup(_) => "Sup".to_owned(),
        InlineKind::SmallCaps(_) => "SmallCaps".to_owned(),
        InlineKind::Underline(_) => "Underline".to_owned(),
        InlineKind::Mark(_) => "Mark".to_owned(),
        InlineKind::Kbd(_) => "Kbd".to_owned(),
        InlineKind::Quoted(_) => "Quoted".to_owned(),
        InlineKind::Abbr { expansion, .. } => match expansion {
            Some(expansion) => format!("Abbr {expansion:?}"),
            None => "Abbr".to_owned(),
        },
        InlineKind::Span { .. } => "Span".to_owned(),
        InlineKind::Code { text, .. } => format!("Code {text:?}"),
        InlineKind::Link { to, title, .. } => {
            let mut line = format!("Link {to:?}");
            option(&mut line, "title", title.as_ref());
            line
        }
        InlineKind::Image(found) => return format!("Image{}", image(found)),
        InlineKind::NoteCall(number) => format!("NoteCall {number}"),
        InlineKind::Math { tex, display, .. } => {
            format!("Math{} {tex:?}", if *display { " display" } else { "" })
        }
        InlineKind::Cite { form, keys, plain } => format!("Cite {form:?} {keys:?} {plain:?}"),
        InlineKind::Ref { to, form, plain } => format!("Ref {form:?} {to:?} {plain:?}"),
        InlineKind::Index { mark, .. } => match &mark.entry {
            Some(entry) => format!("Index {entry:?}"),
            None => "Index".to_owned(),
        },
        InlineKind::Only { target, .. } => format!("Only {target:?}"),
    };
    if let InlineKind::Span { attrs, .. }
    | InlineKind::Code { attrs, .. }
    | InlineKind::Link { attrs, .. }
    | InlineKind::Math { attrs, .. } = kind
    {
        attributes(&mut line, attrs);
    }
    line
}

fn image(image: &Image) -> String {
    let mut line = match &image.source {
        ImageSource::File(path) => format!(" {path:?}"),
        ImageSource::Elsewhere(path) => format!(" elsewhere {path:?}"),
    };
    let _ = write!(line, " alt={:?}", image.alt);
    option(&mut line, "title", image.title.as_ref());
    attributes(&mut line, &image.attrs);
    line
}

fn code_line(code: &Code) -> String {
    let mut line = "Code".to_owned();
    if let Some(lang) = &code.lang {
        let _ = write!(line, " {lang}");
    }
    option(&mut line, "title", code.title.as_ref());
    option(&mut line, "from", code.number_from.as_ref());
    if !code.marked.is_empty() {
        let _ = write!(line, " marked={:?}", code.marked);
    }
    let _ = write!(line, " {:?}", code.text);
    line
}

fn table_line(table: &Table) -> String {
    let mut line = "Table ".to_owned();
    line.extend(table.aligns.iter().copied().map(sign));
    line
}

/// Where lines stand, as one sign.
fn sign(align: Align) -> char {
    match align {
        Align::Start => '<',
        Align::Center => '^',
        Align::End => '>',
    }
}

fn option(line: &mut String, name: &str, value: Option<&impl std::fmt::Debug>) {
    if let Some(value) = value {
        let _ = write!(line, " {name}={value:?}");
    }
}

/// As an author would write them.
fn attributes(line: &mut String, attrs: &Attrs) {
    if attrs.is_empty() {
        return;
    }
    let mut words = Vec::new();
    words.extend(attrs.id.iter().map(|id| format!("#{id}")));
    words.extend(attrs.classes.iter().map(|class| format!(".{class}")));
    words.extend(attrs.lang.iter().map(|lang| format!("lang={lang}")));
    words.extend(attrs.rest.iter().map(|(key, value)| {
        if value.is_empty() {
            key.clone()
        } else {
            format!("{key}={value:?}")
        }
    }));
    let _ = write!(line, " {{{}}}", words.join(" "));
}
