//! Blocks.

use super::page::Page;
use crate::model::{
    Attrs, Block, BlockKind, Figure, Inline, InlineKind, NodeId, OPENING_PICTURE, Role, Stanza,
    Target, plain_in,
};
use crate::theme::Declaration;

impl<'a> Page<'a> {
    /// Blocks, in order.
    pub fn blocks(&mut self, blocks: &'a [Block]) {
        for (at, block) in blocks.iter().enumerate() {
            self.described_by(blocks.get(at + 1));
            self.block(block);
        }
    }

    /// Looks whether the block to come is described by the one behind it.
    pub fn described_by(&mut self, next: Option<&'a Block>) {
        let description = next.and_then(Block::description);
        self.described = description.and_then(|block| self.anchor(block.id));
    }

    /// A block.
    pub fn block(&mut self, block: &'a Block) {
        let attrs = block.attrs.as_deref();
        // Only text that runs on from an opening or a break begins without an indent.
        let first = std::mem::replace(&mut self.first, false);
        self.turn(block);
        match &block.kind {
            BlockKind::Paragraph(content) if !first => self.paragraph(block, None, &[], content),
            BlockKind::Paragraph(content) => {
                let opens = std::mem::replace(&mut self.opened, false) && self.dresses_openings();
                if opens {
                    self.looks.open_text();
                }
                let both = &["first-paragraph", "opening"];
                let classes = &both[..1 + usize::from(opens)];
                self.paragraph(block, Some(Role::First), classes, content);
                if opens {
                    self.looks.leave();
                }
            }
            BlockKind::Heading { level, content } => {
                self.opened = false;
                self.first = true;
                if self.is_silent(block.id, content) {
                    self.node_start(block);
                    return self.unheaded(content);
                }
                let level = self.level(*level);
                let shown = level.max(self.section_level + 1);
                let shown = shown.min(self.last_level + 1).min(5);
                self.heading(shown, level, block.id, attrs);
                self.section_number(block.id);
                self.inlines(content);
                self.close_block();
            }
            BlockKind::Quote(blocks) => {
                self.open_node("blockquote", Some(Role::Quote), &[], block.id, attrs)
                    .line();
                self.blocks(blocks);
                self.close_block();
            }
            BlockKind::List(list) => self.list(block, list),
            BlockKind::Definitions(definitions) => self.definitions(block, definitions),
            BlockKind::Code(code) => self.code(block, code),
            BlockKind::Figure(figure) => self.figure(block, figure),
            BlockKind::Table(table) => {
                self.table(block, table);
                self.table_notes(block.id);
            }
            BlockKind::Verse(stanzas) => self.verse(block, stanzas),
            BlockKind::Container(container) => self.container(block, container),
            BlockKind::SceneBreak => {
                self.open_node(
                    "hr",
                    Some(Role::SceneBreak),
                    &["scene-break"],
                    block.id,
                    attrs,
                );
                self.ornament(Role::SceneBreak);
                self.close_block();
                self.first = true;
            }
            // It says nothing, so it is no rule between paragraphs to those who do not see it.
            BlockKind::PageBreak => {
                self.open_node("div", None, &["page-break"], block.id, attrs);
                self.close_block();
            }
            BlockKind::Math { tex } => {
                self.open_node("p", Some(Role::Center), &["center"], block.id, attrs);
                self.open("code", Some(Role::Code));
                self.text(tex);
                self.close();
                self.close_block();
            }
            BlockKind::Only { target, blocks } => {
                self.first = first;
                if *target == Target::Epub {
                    self.node_start(block);
                    self.blocks(blocks);
                }
            }
            BlockKind::Contents => self.contents(block.id),
        }
        self.margin_notes();
    }

    /// Whether the theme says of chapters' titles how the text below them begins.
    fn dresses_openings(&self) -> bool {
        let classes = self.chapter.attrs.classes.iter();
        let openings = [Role::Heading1, Role::FrontTitle, Role::PartTitle];
        let mut said = openings
            .into_iter()
            .flat_map(|role| self.volume.theme.role(role))
            .chain(classes.flat_map(|class| self.volume.theme.class(class)));
        said.any(|d| matches!(d, Declaration::DropCap(_) | Declaration::LeadIn(_)))
    }

    /// The anchors of print pages that begin with a block; in those that are lines of text they stand in the text.
    fn turn(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph(_) | BlockKind::Figure(_) | BlockKind::Contents => return,
            BlockKind::Only {
                target: Target::Pdf,
                ..
            } => return,
            _ => self.turn_before(block.id),
        }
        match &block.kind {
            BlockKind::Heading { content, .. } => self.turn_before_words(content),
            BlockKind::Table(table) => {
                let row = table.head.iter().chain(&table.body).next();
                let first = row.and_then(|row| row.cells.first()?.blocks.first());
                if let Some(BlockKind::Paragraph(words)) = first.map(|first| &first.kind) {
                    self.turn_before_words(words);
                }
            }
            _ => {}
        }
    }

    /// The id of a block that has no element of its own.
    pub fn node_start(&mut self, block: &'a Block) {
        if self.anchor(block.id).is_some() {
            self.open_node("div", None, &[], block.id, None);
            self.close_block();
        }
    }

    /// A paragraph.
    pub fn paragraph(
        &mut self,
        block: &'a Block,
        role: Option<Role>,
        classes: &[&str],
        content: &'a [Inline],
    ) {
        if is_unsaid(content) && self.anchor(block.id).is_none() {
            self.first = role == Some(Role::First);
            return;
        }
        self.open_node("p", role, classes, block.id, block.attrs.as_deref());
        self.inlines(content);
        self.close_block();
    }

    /// A heading's level in its chapter, deeper in a nested one, from 0.
    pub fn level(&self, level: u8) -> usize {
        let level = level.saturating_add(self.chapter.depth).clamp(1, 6);
        usize::from(level - 1)
    }

    /// Whether a heading has neither words nor a number here: those who go from heading to heading would stop at nothing.
    pub fn is_silent(&self, heading: NodeId, content: &[Inline]) -> bool {
        let numbers = &self.volume.edition.facts.numbers;
        let numbered = numbers.contains_key(&self.node(heading));
        !numbered && plain_in(content, Target::Epub).trim().is_empty()
    }

    /// What such a heading holds nevertheless: an ornament, an anchor, a note's call.
    pub fn unheaded(&mut self, content: &'a [Inline]) {
        if content.is_empty() || is_unsaid(content) {
            return;
        }
        self.open("div", None);
        self.inlines(content);
        self.close_block();
        self.margin_notes();
    }

    /// Opens a heading. What it looks like is its author's: a level that leaves one out is shown without the gap, for those
    /// who go from heading to heading.
    pub fn heading(&mut self, shown: usize, level: usize, node: NodeId, attrs: Option<&'a Attrs>) {
        let role = ROLES[level];
        let classes = [role.name()];
        let classes = if shown == level { &[][..] } else { &classes };
        self.open_node(HEADINGS[shown], Some(role), classes, node, attrs);
        self.last_level = shown;
    }

    /// A section's number before its title.
    pub fn section_number(&mut self, heading: NodeId) {
        let numbers = &self.volume.edition.facts.numbers;
        if let Some(number) = numbers.get(&self.node(heading)) {
            self.open("span", None)
                .attr("class", "section-number")
                .attr("epub:type", "ordinal");
            self.text(&number.text);
            self.close();
            self.text(" ");
        }
    }

    /// A single plain paragraph without its own element, anything else as blocks.
    pub fn only_content(&mut self, blocks: &'a [Block]) {
        match blocks {
            [only] if is_plain(only) => {
                if let BlockKind::Paragraph(content) = &only.kind {
                    self.inlines(content);
                }
            }
            blocks => {
                self.out.line();
                self.blocks(blocks);
            }
        }
    }

    fn figure(&mut self, block: &'a Block, figure: &'a Figure) {
        let attrs = block.attrs.as_deref().unwrap_or(&figure.image.attrs);
        // What the style sheet knows beside the theme.
        let classes: Vec<&str> = [OPENING_PICTURE, "bleed"]
            .into_iter()
            .filter(|class| attrs.has_class(class))
            .collect();
        self.open_node(
            "figure",
            Some(Role::Figure),
            &classes,
            block.id,
            Some(attrs),
        );
        if figure.image.is_decorative() && figure.caption.is_empty() {
            self.out.attr("role", "presentation");
        }
        // Within it, so that they are not beside it in a row.
        self.turn_before(block.id);
        self.image(&figure.image, None);
        self.out.line();
        if !figure.caption.is_empty() {
            self.open("figcaption", Some(Role::Caption));
            self.caption(block.id, &figure.caption);
            self.close_block();
        }
        self.close_block();
    }

    /// A caption with its label before it.
    pub fn caption(&mut self, node: NodeId, content: &'a [Inline]) {
        let numbers = &self.volume.edition.facts.numbers;
        if let Some(number) = numbers.get(&self.node(node)) {
            self.open("b", Some(Role::CaptionLabel))
                .attr("class", "caption-label");
            self.text(&number.label);
            self.text(".");
            self.close();
            self.text("\u{2002}");
        }
        self.inlines(content);
    }

    fn verse(&mut self, block: &'a Block, stanzas: &'a [Stanza]) {
        self.open_node(
            "div",
            Some(Role::Verse),
            &["verse"],
            block.id,
            block.attrs.as_deref(),
        )
        .line();
        for stanza in stanzas {
            self.open_node("p", None, &["stanza"], stanza.id, None)
                .line();
            // In the oldest words, as the style sheet has it.
            let side = if self.lang().is_rtl() {
                "right"
            } else {
                "left"
            };
            for (index, line) in stanza.lines.iter().enumerate() {
                if index > 0 {
                    // For readers without style sheets; with one, lines are blocks.
                    self.out.open("br").close().line();
                }
                self.open("span", None);
                if line.indent > 0 {
                    let em = VERSE_STEP * f64::from(line.indent.min(60));
                    self.out.attr("style", &format!("margin-{side}: {em}em"));
                }
                self.inlines(&line.content);
                self.close();
            }
            self.close_block();
        }
        self.close_block();
    }
}

/// The elements of headings.
pub(super) const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// The roles of headings.
pub(super) const ROLES: [Role; 6] = [
    Role::Heading1,
    Role::Heading2,
    Role::Heading3,
    Role::Heading4,
    Role::Heading5,
    Role::Heading6,
];

/// How far a space that was typed before a line of verse moves it, in em.
const VERSE_STEP: f64 = 0.5;

/// A paragraph that nothing was hung on.
pub(super) fn is_plain(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph(_))
        && block.attrs.as_deref().is_none_or(|attrs| attrs.is_empty())
}

/// Whether all words of a line are for the PDF alone: here it would leave an empty one behind.
pub(super) fn is_unsaid(content: &[Inline]) -> bool {
    let on_paper = |inline: &Inline| matches!(&inline.kind, InlineKind::Only { target, .. } if *target == Target::Pdf);
    !content.is_empty() && content.iter().all(on_paper)
}
