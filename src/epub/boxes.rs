//! Containers: asides, letters, mottoes, title pages, and all that an author put between `:::`.

use super::page::Page;
use crate::model::{
    Block, BlockKind, Container, ContainerKind, Inline, NodeId, Role, Target, plain_in,
    plain_inlines,
};

/// A page of so many em has room for all columns that are asked for.
const COLUMNS: u32 = 30;

impl<'a> Page<'a> {
    /// A container.
    pub fn container(&mut self, block: &'a Block, container: &'a Container) {
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
            K::Exercise => ("div", Role::Exercise, "exercise", "practice", ""),
            K::Answer => ("div", Role::Exercise, "exercise", "answer", ""),
            K::HalfTitle | K::TitlePage | K::Copyright => return self.title_page(container),
            K::Columns => ("div", Role::Body, "columns", "", ""),
            K::Description => ("details", Role::Body, "description", "", ""),
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
        let title = plain_in(&container.title, Target::Epub);
        let label = match role {
            _ if title.trim().is_empty() => None,
            // A warning says that it is one, also under a title of its own.
            Some(Role::Admonition) => self.words.container(container.kind),
            _ if name == "aside" => Some(title.trim()),
            _ => None,
        };
        self.out.attr_some("aria-label", label);
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
                    .attr("href", &href)
                    .attr("epub:type", "ordinal");
            }
            None => {
                self.open("span", None).attr("epub:type", "ordinal");
            }
        }
        self.text(&number.label);
        self.close();
        true
    }

    fn container_title(&mut self, block: NodeId, container: &'a Container) {
        let word = self.words.container(container.kind);
        if container.title.is_empty() && word.is_none() {
            return;
        }
        if container.kind == ContainerKind::Description {
            self.open("summary", None);
            match word.filter(|_| container.title.is_empty()) {
                Some(word) => self.text(word),
                None => self.inlines(&container.title),
            }
            return self.close_block();
        }
        let role = match container.kind {
            ContainerKind::Letter => Role::Dateline,
            _ => Role::AdmonitionTitle,
        };
        self.open("p", Some(role)).attr("class", role.name());
        // Without a style sheet, a title is still told from the text below it.
        let bold = role == Role::AdmonitionTitle;
        if bold {
            self.open("b", None);
        }
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
        if bold {
            self.close();
        }
        self.close_block();
    }

    /// The last line of a motto says whose it is, if it begins with a dash.
    pub fn epigraph(&mut self, blocks: &'a [Block]) {
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

    /// A page whose paragraphs are named by their roles. A title and what stands right below it are one heading.
    fn title_page(&mut self, container: &'a Container) {
        let mut rest = container.blocks.as_slice();
        while let [block, after @ ..] = rest {
            rest = after;
            let BlockKind::Paragraph(content) = &block.kind else {
                self.block(block);
                continue;
            };
            let role = title_role(block);
            if role != Role::Title {
                self.title_line("p", role, block, content);
                continue;
            }
            self.turn_before_words(content);
            let below = after
                .first()
                .filter(|below| title_role(below) == Role::Subtitle);
            let Some((below, BlockKind::Paragraph(words))) = below.map(|b| (b, &b.kind)) else {
                self.title_line("h1", role, block, content);
                continue;
            };
            rest = &after[1..];
            self.open("hgroup", None).line();
            self.title_line("h1", role, block, content);
            self.title_line("p", Role::Subtitle, below, words);
            self.close_block();
        }
    }

    fn title_line(
        &mut self,
        name: &'static str,
        role: Role,
        block: &'a Block,
        content: &'a [Inline],
    ) {
        self.open_node(name, Some(role), &[role.name()], block.id, None);
        match role {
            Role::Title => self.out.attr("epub:type", "title"),
            Role::Subtitle => self
                .out
                .attr("epub:type", "subtitle")
                .attr("role", "doc-subtitle"),
            _ => &mut self.out,
        };
        self.inlines(content);
        self.close_block();
    }
}

/// What a paragraph of a title page is; one that does not say it, a contributor's.
fn title_role(block: &Block) -> Role {
    let named = block.attrs.iter().flat_map(|attrs| &attrs.classes);
    let role = named.filter_map(|class| Role::named(class)).next();
    role.unwrap_or(Role::Contributor)
}
