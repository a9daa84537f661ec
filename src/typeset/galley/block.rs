//! Blocks: paragraphs, quotations, containers, scene breaks; and the way to all other kinds.

use std::sync::Arc;

use super::opening::text;
use super::row::ROW;
use super::stick::Stick;
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Attrs, Block, BlockKind, Container, ContainerKind, Inline, InlineKind, NodeId, Role, Target,
    plain_block, plain_inlines,
};
use crate::resolve::Words;
use crate::typeset::frame::{Artifact, Frame};
use crate::typeset::page::cost;
use crate::typeset::paragraph::Voice;
use crate::typeset::structure::Tag;
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Size};

/// What stands at a page end for a scene break that is an empty line elsewhere.
const TURN: &str = "*\u{2002}*\u{2002}*";
/// A paragraph that is to be longer or shorter by more lines than this wants other words.
const MOST_LOOSENESS: i8 = 5;

/// The classes that an author hung on a block.
pub(super) fn classes(attrs: Option<&Attrs>) -> &[String] {
    attrs.map_or(&[], |attrs| attrs.classes.as_slice())
}

/// Whether a block is of a kind that the paragraph before announces with a colon.
fn announced(block: &Block) -> bool {
    use BlockKind as B;
    matches!(
        block.kind,
        B::Quote(_)
            | B::List(_)
            | B::Definitions(_)
            | B::Code(_)
            | B::Verse(_)
            | B::Math { .. }
            | B::Table(_)
            | B::Figure(_)
    )
}

/// Whether a block is a paragraph that ends with a colon.
fn announces(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph(content) => plain_inlines(content).trim_end().ends_with([':', '：']),
        _ => false,
    }
}

impl Stick<'_, '_> {
    /// Sets blocks one after the other.
    pub fn blocks(&mut self, blocks: &[Block]) {
        for (at, block) in blocks.iter().enumerate() {
            if self.first || self.overhang.is_some() {
                self.look_ahead(&blocks[at + 1..]);
            }
            let below_title = at > 0 && matches!(blocks[at - 1].kind, BlockKind::Heading { .. });
            match block.subtitle().filter(|_| below_title && self.titled) {
                Some(words) => self.subtitle(block, words),
                None => self.block(block),
            }
            let next = blocks.get(at + 1);
            if let Some(described) = next.and_then(Block::description) {
                let words = plain_block(described);
                self.cx.structure.describe(self.node(block.id), &words);
            }
            if next.is_some_and(announced) && announces(block) {
                self.keep_last(cost::COLON);
            }
        }
        self.lines_ahead = 0;
    }

    /// Sets a block.
    pub fn block(&mut self, block: &Block) {
        let outer = self.come_from(block.id);
        let classes = classes(block.attrs.as_deref());
        let around = self.loosen(block);
        self.anchor(block.id);
        match &block.kind {
            BlockKind::Paragraph(content) => self.running(block, content, classes),
            BlockKind::Heading { level, content } => self.heading(block, *level, content),
            BlockKind::Quote(blocks) => self.boxed(block, Role::Quote, Tag::BlockQuote, blocks),
            BlockKind::List(list) => self.list(block, list),
            BlockKind::Definitions(definitions) => self.definitions(block, definitions),
            BlockKind::Code(code) => self.code(block, code),
            BlockKind::Figure(figure) => self.figure(block, figure),
            BlockKind::Table(table) => self.table(block, table),
            BlockKind::Verse(stanzas) => self.verse(block, stanzas),
            BlockKind::Container(container) => self.container(block, container),
            BlockKind::SceneBreak => self.scene_break(classes),
            BlockKind::PageBreak => {
                if !self.inner {
                    self.push(super::ChildKind::Break);
                }
            }
            BlockKind::Math { tex } => {
                let style = self.plan.style(Role::Center, classes, &self.text);
                // The formula itself opens within: one in another would be read twice.
                let element = self.open_block(Tag::P, block);
                let inlines = [Inline {
                    id: block.id,
                    kind: InlineKind::Math {
                        tex: tex.clone(),
                        display: true,
                        attrs: Box::default(),
                    },
                }];
                self.paragraph_in(&inlines, &style, element);
            }
            BlockKind::Only { target, blocks } => {
                if *target == Target::Pdf {
                    self.blocks(blocks);
                }
            }
            BlockKind::Contents => self.contents(block),
        }
        self.origin = outer;
        if let Some(around) = around {
            self.text = around;
        }
    }

    /// Lets the paragraphs of a block be set in more or fewer lines than is best for them, where its author says so;
    /// returns the style that they had.
    fn loosen(&mut self, block: &Block) -> Option<Arc<Style>> {
        let asked = block.attrs.as_ref()?.get("looseness")?;
        let looseness: Option<i8> = asked.trim_start_matches('+').parse().ok();
        let Some(looseness) = looseness.filter(|lines| lines.abs() <= MOST_LOOSENESS) else {
            let message = format!("`looseness={asked}` is no number of lines");
            let found = Diagnostic::new(Code::BadAttribute, None, message);
            let hint =
                format!("a whole number from -{MOST_LOOSENESS} to {MOST_LOOSENESS} is wanted");
            self.cx.report(found.hint(hint), self.origin);
            return None;
        };
        let around = self.text.clone();
        Arc::make_mut(&mut self.text).looseness = looseness;
        Some(around)
    }

    /// A paragraph of running text.
    fn running(&mut self, block: &Block, content: &[Inline], classes: &[String]) {
        let mut style = if classes.is_empty() {
            self.text.clone()
        } else {
            self.plan.style(Role::Body, classes, &self.text)
        };
        let running = Arc::ptr_eq(&self.text, &self.plan.body);
        let plain = Arc::make_mut(&mut style);
        if classes.is_empty() {
            // The block around has taken its own space and insets; a paragraph has the body's.
            (plain.before, plain.after) = (self.plan.body.before, self.plan.body.after);
            (plain.start, plain.end) = (Abs::ZERO, Abs::ZERO);
            (plain.keep_with_next, plain.keep_together) = (false, false);
        }
        if classes.is_empty() && !self.first {
            // Of a container with a class that says so, the first paragraph alone.
            (plain.drop_cap, plain.lead_in) = Default::default();
        }
        if self.tight {
            (plain.before, plain.after) = (Abs::ZERO, Abs::ZERO);
        }
        let spaced = plain.before.max(plain.after) >= self.plan.grid / 4;
        if self.first {
            let first = self.plan.style(Role::First, &[], plain);
            if plain.indent > Abs::ZERO {
                plain.indent = first.indent;
            }
            // Not in a container, a quotation, a list: only running text opens so.
            if !self.inner && classes.is_empty() && running {
                (plain.drop_cap, plain.lead_in) = self
                    .begins
                    .take()
                    .unwrap_or((first.drop_cap, first.lead_in));
            }
        } else if plain.indent.is_zero() && !spaced && classes.is_empty() {
            // Inside a quotation or a list item without an indent, paragraphs must still be told apart.
            plain.indent = self.plan.body.indent;
        }
        self.first = false;
        let element = self.open_block(Tag::P, block);
        self.paragraph_in(content, &style, element);
    }

    /// Blocks in a box of a role's style.
    pub fn boxed(&mut self, block: &Block, role: Role, tag: Tag, blocks: &[Block]) {
        let style = self
            .plan
            .style(role, classes(block.attrs.as_deref()), &self.text);
        let element = self.open_block(tag, block);
        self.within(&style, element, |stick| stick.blocks(blocks));
    }

    /// Does something in a box of a style; the next paragraph after it goes on without an indent if the box does.
    pub fn within(
        &mut self,
        style: &Arc<Style>,
        element: crate::typeset::structure::ElementId,
        set: impl FnOnce(&mut Self),
    ) {
        if style.hidden {
            return;
        }
        let entered = self.enter(style, element);
        self.first = true;
        set(self);
        self.leave(entered);
        self.first = false;
    }

    fn container(&mut self, block: &Block, container: &Container) {
        let classes = classes(block.attrs.as_deref());
        let blocks = &container.blocks;
        let role = match container.kind {
            ContainerKind::Epigraph => return self.epigraph(block, container),
            ContainerKind::Dedication => return self.dedication(block, container),
            ContainerKind::HalfTitle | ContainerKind::TitlePage | ContainerKind::Copyright => {
                return self.title_page(block, container);
            }
            ContainerKind::Columns | ContainerKind::Plain | ContainerKind::Description => {
                let mut style = self.plan.style(Role::Body, classes, &self.text);
                if classes.is_empty() {
                    let plain = Arc::make_mut(&mut style);
                    (plain.before, plain.after) = (Abs::ZERO, Abs::ZERO);
                }
                let element = self.open_block(Tag::Div, block);
                let first = self.first;
                let named = |role: Role| classes.iter().any(|class| class == role.name());
                if named(Role::Signature) {
                    // Nobody signs an empty page.
                    self.keep_last(cost::KEEP);
                }
                self.within(&style, element, |stick| {
                    stick.first = first;
                    stick.container_title(container, Role::AdmonitionTitle);
                    if container.kind == ContainerKind::Columns {
                        stick.columns(block, blocks);
                    } else if classes.iter().any(|class| class == ROW) {
                        stick.row(blocks);
                    } else {
                        stick.blocks(blocks);
                    }
                });
                if named(Role::Salutation) {
                    self.keep_last(cost::KEEP);
                }
                return;
            }
            ContainerKind::Aside | ContainerKind::Sidebar => Role::Sidebar,
            ContainerKind::Note
            | ContainerKind::Tip
            | ContainerKind::Important
            | ContainerKind::Warning
            | ContainerKind::Caution => Role::Admonition,
            ContainerKind::Letter => Role::Letter,
            ContainerKind::Center => Role::Center,
            ContainerKind::Right => Role::Right,
            ContainerKind::Exercise | ContainerKind::Answer => Role::Exercise,
        };
        let style = self.plan.style(role, classes, &self.text);
        let tag = match role {
            Role::Sidebar | Role::Admonition => Tag::Aside,
            _ => Tag::Div,
        };
        let element = self.open_block(tag, block);
        self.within(&style, element, |stick| {
            let title = match container.kind {
                ContainerKind::Letter => Role::Dateline,
                _ => Role::AdmonitionTitle,
            };
            stick.container_title(container, title);
            stick.blocks(blocks);
        });
    }

    /// A container's own title, or what its kind is called in the book's language.
    fn container_title(&mut self, container: &Container, role: Role) {
        let words = Words::of(&self.plan.edition.book.manifest.metadata.language);
        let word = words.container(container.kind).unwrap_or_default();
        let origin = self.origin.node;
        let made = [text(origin, word.to_owned())];
        let numbered = self.numbered_title(container);
        let title = if let Some(numbered) = &numbered {
            numbered.as_slice()
        } else if container.title.is_empty() && !word.is_empty() {
            &made
        } else {
            container.title.as_slice()
        };
        if !title.is_empty() {
            let style = self.plan.style(role, &[], &self.text);
            self.paragraph(title, &style, Tag::P, origin);
            self.keep_last(cost::KEEP);
            self.head_of_panel(&plain_inlines(title), &style);
            self.first = true;
        }
    }

    /// The title of an exercise or an answer that has a number: it leads from the one to the other.
    fn numbered_title(&self, container: &Container) -> Option<Vec<Inline>> {
        let id = self.origin.node;
        let facts = &self.plan.edition.facts;
        let number = facts.numbers.get(&self.origin)?;
        let label = vec![text(id, number.label.clone())];
        let mut title = match facts.links.contains_key(&self.origin) {
            true => vec![Inline {
                id,
                kind: InlineKind::Link {
                    to: String::new(),
                    title: None,
                    attrs: Box::default(),
                    content: label,
                },
            }],
            false => label,
        };
        if !container.title.is_empty() {
            title.push(text(id, "\u{2002}".to_owned()));
            title.extend_from_slice(&container.title);
        }
        Some(title)
    }

    /// A motto; its last paragraph says who said it, if it begins with a dash.
    fn epigraph(&mut self, block: &Block, container: &Container) {
        let style = self
            .plan
            .style(Role::Epigraph, classes(block.attrs.as_deref()), &self.text);
        let element = self.open_block(Tag::BlockQuote, block);
        let said = container
            .blocks
            .split_last()
            .and_then(|(last, rest)| match &last.kind {
                BlockKind::Paragraph(content) if begins_with_dash(content) => {
                    Some((last.id, content, rest))
                }
                _ => None,
            });
        self.within(&style, element, |stick| match said {
            Some((id, content, rest)) => {
                stick.blocks(rest);
                stick.attribution(content, id);
            }
            None => stick.blocks(&container.blocks),
        });
        self.first = true;
    }

    /// Who said it.
    fn attribution(&mut self, content: &[Inline], id: NodeId) {
        self.keep_last(cost::KEEP);
        let style = self.plan.style(Role::Attribution, &[], &self.text);
        self.paragraph(content, &style, Tag::P, id);
    }

    fn dedication(&mut self, block: &Block, container: &Container) {
        let style = self.plan.style(
            Role::Dedication,
            classes(block.attrs.as_deref()),
            &self.text,
        );
        self.sink(&style);
        let element = self.open_block(Tag::Div, block);
        self.within(&style, element, |stick| {
            stick.container_title(container, Role::Dedication);
            stick.blocks(&container.blocks);
        });
    }

    fn scene_break(&mut self, classes: &[String]) {
        let style = self.plan.style(Role::SceneBreak, classes, &self.plan.body);
        let shown = style.ornament.as_deref().unwrap_or_default().trim();
        self.keep_last(if shown.is_empty() {
            cost::EMPTY_LINE
        } else {
            cost::SCENE_BREAK
        });
        match style
            .ornament
            .clone()
            .filter(|ornament| !ornament.trim().is_empty())
        {
            Some(ornament) => {
                self.space(style.before);
                let material = self.words(&ornament, &style, Voice::Artifact(Artifact::Layout));
                let measure = self.measure(&style);
                self.push_lines(&material, &style, &measure);
                self.keep_last(cost::SCENE_BREAK);
            }
            None => {
                // An empty line would be lost at a page end.
                let ornament = self.label(TURN, &style, Voice::Artifact(Artifact::Layout));
                let mut line = Frame::new(Size::new(self.room.width, self.plan.grid));
                let x = (self.room.width - ornament.size.width) / 2;
                let y = self.plan.baseline - ornament.baseline;
                line.push_frame(Point::new(x, y), ornament);
                self.push_pad(self.plan.grid).at_turn = Some(line.into());
                self.keep_last(cost::EMPTY_LINE);
                return self.first = true;
            }
        }
        self.space(style.after);
        self.first = true;
    }
}

/// Whether words begin with a dash, as an attribution does.
fn begins_with_dash(content: &[Inline]) -> bool {
    let words = plain_inlines(content);
    let words = words.trim_start();
    words.starts_with(['\u{2013}', '\u{2014}', '\u{2015}']) || words.starts_with("--")
}
