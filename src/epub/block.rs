//! Blocks as markup.

use crate::model::{
    Block, BlockKind, ChapterRole, Container, ContainerKind, Definition, Figure, Inline,
    InlineKind, Item, List, ListKind, Matter, NodeId, Stanza, Target,
};

use super::chapter::Pen;

impl Pen<'_> {
    /// Blocks, a line each.
    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        let attrs = block.attrs.as_deref();
        let fresh = std::mem::replace(&mut self.fresh, false);
        match &block.kind {
            BlockKind::Paragraph(content) => {
                self.doc.open("p");
                let outer = self.enter(
                    block.id,
                    attrs,
                    &[if fresh { "first-paragraph" } else { "" }],
                );
                self.inlines(content);
                self.leave(outer);
            }
            BlockKind::Heading { level, content } => {
                self.heading(block, *level, content);
                self.fresh = true;
            }
            BlockKind::Quote(blocks) => {
                self.doc.open("blockquote");
                let outer = self.enter(block.id, attrs, &[]);
                self.doc.line();
                self.blocks(blocks);
                self.leave(outer);
                self.fresh = false;
            }
            BlockKind::List(list) => self.list(block, list),
            BlockKind::Definitions(definitions) => self.definitions(block, definitions),
            BlockKind::Code(code) => self.code(block, code),
            BlockKind::Figure(figure) => self.figure(block.id, figure),
            BlockKind::Table(table) => self.table(block, table),
            BlockKind::Verse(stanzas) => self.verse(block, stanzas),
            BlockKind::Container(container) => self.container(block, container, fresh),
            BlockKind::SceneBreak => {
                self.doc.open("hr").attr("class", "scene-break").close();
                self.fresh = true;
            }
            BlockKind::PageBreak => {
                self.doc.open("div").attr("class", "page-break").close();
                self.fresh = true;
            }
            BlockKind::Math { tex } => {
                self.doc.open("p");
                let outer = self.enter(block.id, attrs, &["math-display"]);
                self.doc.text(tex);
                self.leave(outer);
            }
            BlockKind::Only {
                target: Target::Epub,
                blocks,
            } => {
                self.fresh = fresh;
                return self.blocks(blocks);
            }
            BlockKind::Only {
                target: Target::Pdf,
                ..
            } => {
                self.fresh = fresh;
                return;
            }
            BlockKind::Contents => self.contents(),
        }
        self.doc.line();
    }

    fn heading(&mut self, block: &Block, level: u8, content: &[Inline]) {
        let name = match level {
            0 | 1 => "h1",
            2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            _ => "h6",
        };
        let chapter = self.chapter;
        let opens = !self.numbered
            && chapter
                .opening()
                .is_some_and(|opening| std::ptr::eq(opening, content));
        let class = match chapter.role {
            _ if level > 1 || !opens => "",
            ChapterRole::Part => "part-title",
            ChapterRole::Contents => "contents-title",
            ChapterRole::Chapter if chapter.matter == Matter::Body => "",
            _ if chapter.matter == Matter::Body => "",
            _ => "front-title",
        };
        let facts = &self.edition.facts;
        let number = if opens {
            facts.numbers.get(&self.node(NodeId(0)))
        } else {
            facts.numbers.get(&self.node(block.id))
        };
        self.doc.open(name);
        let outer = self.enter(block.id, block.attrs.as_deref(), &[class]);
        if let Some(number) = number {
            if opens {
                self.numbered = true;
                let class = if chapter.role == ChapterRole::Part {
                    "part-number"
                } else {
                    "chapter-number"
                };
                self.doc
                    .open("span")
                    .attr("class", class)
                    .text(&number.label)
                    .close()
                    .text(" ");
            } else {
                self.doc
                    .open("span")
                    .attr("class", "section-number")
                    .text(&number.text)
                    .close()
                    .text(" ");
            }
        }
        self.inlines(content);
        self.leave(outer);
    }

    fn list(&mut self, block: &Block, list: &List) {
        let tasks = list.items.iter().any(|item| item.task.is_some());
        let classes = [
            if tasks { "tasks" } else { "" },
            if list.tight { "" } else { "loose" },
        ];
        match list.kind {
            ListKind::Bullet => self.doc.open("ul"),
            ListKind::Ordered { start, .. } => {
                self.doc.open("ol");
                // HTML counts in 32 bits.
                let start = i32::try_from(start)
                    .ok()
                    .filter(|start| *start != 1)
                    .map(|start| start.to_string());
                self.doc.attr_some("start", start.as_deref())
            }
        };
        let outer = self.enter(block.id, block.attrs.as_deref(), &classes);
        self.doc.line();
        for item in &list.items {
            self.item(item, list.tight);
        }
        self.leave(outer);
    }

    fn item(&mut self, item: &Item, tight: bool) {
        self.doc.open("li");
        self.node_id(item.id);
        if let Some(done) = item.task {
            self.doc.text(if done { "☑ " } else { "☐ " });
        }
        self.loosely(&item.blocks, tight);
        self.doc.close().line();
    }

    /// Blocks in an item or a cell: paragraphs without tags where the author left no blank lines.
    pub fn loosely(&mut self, blocks: &[Block], tight: bool) {
        for (index, block) in blocks.iter().enumerate() {
            match &block.kind {
                BlockKind::Paragraph(content) if tight && block.attrs.is_none() => {
                    if index > 0 {
                        self.doc.line();
                    }
                    self.inlines(content);
                }
                _ => {
                    self.doc.line();
                    self.fresh = index == 0;
                    self.block(block);
                }
            }
        }
        self.fresh = false;
    }

    fn definitions(&mut self, block: &Block, definitions: &[Definition]) {
        self.doc.open("dl");
        let outer = self.enter(block.id, block.attrs.as_deref(), &[]);
        self.doc.line();
        for definition in definitions {
            for (index, term) in definition.terms.iter().enumerate() {
                self.doc.open("dt");
                if index == 0 {
                    self.node_id(definition.id);
                }
                self.inlines(term);
                self.doc.close().line();
            }
            for body in &definition.bodies {
                self.doc.open("dd");
                self.loosely(body, body.len() == 1);
                self.doc.close().line();
            }
        }
        self.leave(outer);
    }

    fn figure(&mut self, node: NodeId, figure: &Figure) {
        self.doc.open("figure");
        let outer = self.enter(node, Some(&figure.image.attrs), &[]);
        self.doc.line();
        self.image(node, &figure.image, "");
        self.doc.line();
        let number = self.edition.facts.numbers.get(&self.node(node));
        if number.is_some() || !figure.caption.is_empty() {
            self.doc.open("figcaption");
            self.caption(node, &figure.caption);
            self.doc.close().line();
        }
        self.leave(outer);
    }

    /// A caption with its label, inside the element just opened.
    pub fn caption(&mut self, node: NodeId, caption: &[Inline]) {
        if let Some(number) = self.edition.facts.numbers.get(&self.node(node)) {
            self.doc
                .open("span")
                .attr("class", "caption-label")
                .text(&number.label);
            self.doc
                .text(if caption.is_empty() { "" } else { "." })
                .close();
            self.doc.text(if caption.is_empty() { "" } else { " " });
        }
        self.inlines(caption);
    }

    fn verse(&mut self, block: &Block, stanzas: &[Stanza]) {
        self.doc.open("div");
        let outer = self.enter(block.id, block.attrs.as_deref(), &["verse"]);
        self.doc.line();
        for stanza in stanzas {
            self.doc.open("p").attr("class", "stanza");
            self.node_id(stanza.id);
            for (index, line) in stanza.lines.iter().enumerate() {
                if index > 0 {
                    self.doc.open("br").close();
                }
                self.doc.line().open("span").attr("class", "verse-line");
                // A typed space is about a quarter of an em; more than a third of a screen would be lost on a phone.
                let indent = f64::from(line.indent.min(32)) / 2.0;
                let style =
                    (indent > 0.0).then(|| format!("padding-inline-start: {}em", indent + 1.6));
                self.doc.attr_some("style", style.as_deref());
                self.inlines(&line.content);
                self.doc.close();
            }
            self.doc.close().line();
        }
        self.leave(outer);
    }

    fn container(&mut self, block: &Block, container: &Container, fresh: bool) {
        use ContainerKind as K;
        let words = self.words;
        let (name, role, classes, title): (&'static str, Option<&str>, &[&str], Option<&str>) =
            match container.kind {
                K::Epigraph => ("div", Some("doc-epigraph"), &["epigraph"], None),
                K::Dedication => ("div", Some("doc-dedication"), &["dedication"], None),
                K::Aside | K::Sidebar => ("aside", None, &["sidebar"], None),
                K::Note => (
                    "aside",
                    Some("note"),
                    &["admonition", "note"],
                    Some(words.note),
                ),
                K::Tip => (
                    "aside",
                    Some("doc-tip"),
                    &["admonition", "tip"],
                    Some(words.tip),
                ),
                K::Important => (
                    "aside",
                    Some("note"),
                    &["admonition", "important"],
                    Some(words.important),
                ),
                K::Warning => (
                    "aside",
                    Some("note"),
                    &["admonition", "warning"],
                    Some(words.warning),
                ),
                K::Caution => (
                    "aside",
                    Some("note"),
                    &["admonition", "caution"],
                    Some(words.caution),
                ),
                K::Letter => ("div", None, &["letter"], None),
                K::Center => ("div", None, &["center"], None),
                K::Right => ("div", None, &["right"], None),
                K::Columns => ("div", None, &["columns"], None),
                K::Exercise => ("div", None, &["exercise"], Some(words.exercise)),
                K::Answer => ("div", None, &["exercise", "answer"], Some(words.answer)),
                K::HalfTitle => ("div", None, &["half-title"], None),
                K::TitlePage => ("div", None, &["title-page"], None),
                K::Copyright => ("div", None, &["copyright"], None),
                K::Plain => ("div", None, &[], None),
            };
        self.doc.open(name).attr_some("role", role);
        let outer = self.enter(block.id, block.attrs.as_deref(), classes);
        self.doc.line();
        if !container.title.is_empty() || title.is_some() {
            self.doc.open("p").attr("class", "admonition-title");
            match title {
                Some(title) if container.title.is_empty() => {
                    self.doc.text(title);
                }
                _ => self.inlines(&container.title),
            }
            self.doc.close().line();
        }
        self.fresh = true;
        let last = container.blocks.len().checked_sub(1);
        for (index, inner) in container.blocks.iter().enumerate() {
            let signed = container.kind == K::Epigraph && Some(index) == last && index > 0;
            match &inner.kind {
                BlockKind::Paragraph(content) if signed && is_attribution(content) => {
                    self.doc.open("p");
                    let outer = self.enter(inner.id, inner.attrs.as_deref(), &["attribution"]);
                    self.inlines(content);
                    self.leave(outer);
                    self.doc.line();
                }
                _ => self.block(inner),
            }
        }
        self.leave(outer);
        // A box beside the text leaves it as it was; a motto or a dedication opens it.
        self.fresh = fresh || matches!(container.kind, K::Epigraph | K::Dedication);
    }

    /// The contents, as nested lists of the listed entries.
    fn contents(&mut self) {
        let edition = self.edition;
        self.doc
            .open("nav")
            .attr("role", "doc-toc")
            .attr("aria-label", self.words.contents)
            .line();
        // One open list per level; each item stays open for those under it.
        let mut depths: Vec<u8> = Vec::new();
        let listed = edition
            .facts
            .toc
            .iter()
            .filter(|entry| entry.listed && self.has_file(entry.to.chapter));
        for entry in listed.collect::<Vec<_>>() {
            while depths.last().is_some_and(|depth| *depth > entry.depth) {
                self.doc.close().close().line();
                depths.pop();
            }
            if depths.last() == Some(&entry.depth) {
                self.doc.close().line();
            } else {
                self.doc.open("ol").line();
                depths.push(entry.depth);
            }
            let class = match (entry.is_part, entry.to.node) {
                (true, _) => "contents-part",
                (_, NodeId(0)) => "contents-chapter",
                _ => "contents-section",
            };
            self.doc.open("li").attr("class", class);
            let href = self.way_to(entry.to);
            self.doc.open("a").attr("href", &href);
            if !entry.number.is_empty() {
                self.doc
                    .open("span")
                    .attr("class", "contents-number")
                    .text(&entry.number)
                    .close()
                    .text(" ");
            }
            self.bare = true;
            self.inlines(&entry.title);
            self.bare = false;
            self.doc.close();
        }
        for _ in depths {
            self.doc.close().close().line();
        }
        self.doc.close();
    }
}

/// A line that says who said it begins with a dash.
fn is_attribution(content: &[Inline]) -> bool {
    let first = content.iter().find_map(|inline| match &inline.kind {
        InlineKind::Text(text) => text.trim_start().chars().next(),
        _ => None,
    });
    matches!(first, Some('—' | '–' | '―'))
}
