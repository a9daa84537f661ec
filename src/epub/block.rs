//! Blocks.

use super::page::Page;
use crate::model::{
    Block, BlockKind, Container, ContainerKind, Figure, Inline, InlineKind, NodeId,
    OPENING_PICTURE, Role, Stanza, Target, plain_in, plain_inlines,
};
use crate::theme::Declaration;

impl<'a> Page<'a> {
    /// Blocks, in order.
    pub fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// A block.
    pub fn block(&mut self, block: &'a Block) {
        let attrs = block.attrs.as_deref();
        // Only text that runs on from an opening or a break begins without an indent.
        let first = std::mem::replace(&mut self.first, false);
        match &block.kind {
            BlockKind::Paragraph(content) => {
                let (role, classes): (_, &[&str]) = if first {
                    let opens =
                        std::mem::replace(&mut self.opened, false) && self.dresses_openings();
                    let both = &["first-paragraph", "opening"];
                    (Some(Role::First), &both[..1 + usize::from(opens)])
                } else {
                    (None, &[])
                };
                self.paragraph(block, role, classes, content);
            }
            BlockKind::Heading { level, content } => {
                self.opened = false;
                self.first = true;
                if is_unsaid(content) {
                    return self.node_start(block);
                }
                let level = self.level(*level);
                self.open_node(HEADINGS[level], Some(ROLES[level]), &[], block.id, attrs);
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
            BlockKind::PageBreak => {
                self.open_node("hr", None, &["page-break"], block.id, attrs);
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
            BlockKind::Contents => self.contents(),
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

    /// The id of a block that has no element of its own.
    pub fn node_start(&mut self, block: &'a Block) {
        if self.anchor(block.id).is_some() {
            self.open_node("div", None, &[], block.id, None);
            self.close_block();
        }
    }

    fn paragraph(
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

    /// A section's number before its title.
    pub fn section_number(&mut self, heading: NodeId) {
        let numbers = &self.volume.edition.facts.numbers;
        if let Some(number) = numbers.get(&self.node(heading)) {
            self.open("span", None).attr("class", "section-number");
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
            self.open("span", Some(Role::CaptionLabel))
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
            for (index, line) in stanza.lines.iter().enumerate() {
                if index > 0 {
                    // For readers without style sheets; with one, lines are blocks.
                    self.out.open("br").close().line();
                }
                self.open("span", None);
                if line.indent > 0 {
                    let em = VERSE_STEP * f64::from(line.indent.min(60));
                    self.out
                        .attr("style", &format!("margin-inline-start: {em}em"));
                }
                self.inlines(&line.content);
                self.close();
            }
            self.close_block();
        }
        self.close_block();
    }

    fn container(&mut self, block: &'a Block, container: &'a Container) {
        use ContainerKind as K;
        let attrs = block.attrs.as_deref();
        let (name, role, class, kind, aria) = match container.kind {
            K::Epigraph => (
                "div",
                Role::Epigraph,
                "epigraph",
                "epigraph",
                "doc-epigraph",
            ),
            K::Dedication => (
                "div",
                Role::Dedication,
                "dedication",
                "dedication",
                "doc-dedication",
            ),
            // Only what has a name is a landmark: two without one could not be told apart.
            K::Aside | K::Sidebar if container.title.is_empty() => {
                ("div", Role::Sidebar, "sidebar", "sidebar", "")
            }
            K::Aside | K::Sidebar => ("aside", Role::Sidebar, "sidebar", "sidebar", ""),
            K::Tip => ("aside", Role::Admonition, "admonition", "tip", "doc-tip"),
            K::Note | K::Important | K::Warning | K::Caution => (
                "div",
                Role::Admonition,
                "admonition",
                "notice",
                "doc-notice",
            ),
            K::Letter => ("div", Role::Letter, "letter", "", ""),
            K::Center => ("div", Role::Center, "center", "", ""),
            K::Right => ("div", Role::Right, "right", "", ""),
            K::Exercise | K::Answer => ("div", Role::Exercise, "exercise", "", ""),
            K::HalfTitle | K::TitlePage | K::Copyright => return self.title_page(container),
            K::Columns => ("div", Role::Body, "columns", "", ""),
            K::Plain if attrs.is_some_and(|attrs| attrs.has_class("row")) => {
                ("div", Role::Figure, "row", "", "")
            }
            K::Plain => ("div", Role::Body, "", "", ""),
        };
        let role = (role != Role::Body).then_some(role);
        let classes = if class.is_empty() {
            &[][..]
        } else {
            &[class][..]
        };
        self.open_node(name, role, classes, block.id, attrs);
        if !kind.is_empty() {
            self.out.attr("epub:type", kind);
        }
        if let (K::Columns, Some(count @ 3..)) =
            (container.kind, attrs.and_then(|attrs| attrs.columns()))
        {
            // As many as fit, as the style sheet has it for two.
            let style = format!("columns: {}em {count}", COLUMNS / count);
            self.out.attr("style", &style);
        }
        if !aria.is_empty() {
            self.out.attr("role", aria);
        }
        if name == "aside" && aria.is_empty() {
            let title = plain_in(&container.title, Target::Epub);
            self.out.attr("aria-label", title.trim());
        }
        self.out.line();
        self.container_title(block.id, container);
        match container.kind {
            K::Epigraph => self.epigraph(&container.blocks),
            _ => self.blocks(&container.blocks),
        }
        self.close_block();
        self.first = matches!(container.kind, K::Epigraph | K::Dedication);
    }

    /// The number of an exercise or an answer, which leads from the one to the other. Whether there is one.
    fn number_of(&mut self, block: NodeId) -> bool {
        let numbers = &self.volume.edition.facts.numbers;
        let Some(number) = numbers.get(&self.node(block)) else {
            return false;
        };
        match self.href(block) {
            Some(href) => {
                self.open("a", Some(Role::Link))
                    .attr("class", "link")
                    .attr("href", &href);
                self.text(&number.label);
                self.close();
            }
            None => self.text(&number.label),
        }
        true
    }

    fn container_title(&mut self, block: NodeId, container: &'a Container) {
        let word = self.words.container(container.kind);
        if container.title.is_empty() && word.is_none() {
            return;
        }
        let role = match container.kind {
            ContainerKind::Letter => Role::Dateline,
            _ => Role::AdmonitionTitle,
        };
        self.open("p", Some(role)).attr("class", role.name());
        if self.number_of(block) && !container.title.is_empty() {
            self.text("\u{2002}");
        }
        match word {
            _ if self
                .volume
                .edition
                .facts
                .numbers
                .contains_key(&self.node(block)) =>
            {
                self.inlines(&container.title);
            }
            Some(word) if container.title.is_empty() => self.text(word),
            _ => self.inlines(&container.title),
        }
        self.close_block();
    }

    /// The last line of a motto says whose it is, if it begins with a dash.
    fn epigraph(&mut self, blocks: &'a [Block]) {
        let Some((last, rest)) = blocks.split_last() else {
            return;
        };
        self.blocks(rest);
        match &last.kind {
            BlockKind::Paragraph(content)
                if plain_inlines(content).starts_with(['—', '–', '―', '-']) =>
            {
                self.paragraph(last, Some(Role::Attribution), &["attribution"], content);
            }
            _ => self.block(last),
        }
    }

    /// A page whose paragraphs are named by their roles.
    fn title_page(&mut self, container: &'a Container) {
        for block in &container.blocks {
            let BlockKind::Paragraph(content) = &block.kind else {
                self.block(block);
                continue;
            };
            let named = block.attrs.iter().flat_map(|attrs| &attrs.classes);
            let role = named.filter_map(|class| Role::named(class)).next();
            let role = role.unwrap_or(Role::Contributor);
            let name = if role == Role::Title { "h1" } else { "p" };
            self.open_node(name, Some(role), &[role.name()], block.id, None);
            self.inlines(content);
            self.close_block();
        }
    }
}

/// A page of so many em has room for all columns that are asked for.
const COLUMNS: u32 = 30;

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
