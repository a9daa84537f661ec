//! Chapter openings, headings, and the pages before the text that recto makes.

use std::sync::Arc;

use super::block::classes;
use super::note::Calls;
use super::stick::Stick;
use super::{Block as Piece, Child, ChildKind, MarkKind};
use crate::model::{
    Attrs, Block, BlockKind, Chapter, ChapterRole, Container, ContainerKind, Inline, InlineKind,
    Matter, NodeId, Number, Role, plain_inlines, split_picture,
};
use crate::theme::Justify;
use crate::typeset::frame::{Artifact, Frame};
use crate::typeset::page::cost;
use crate::typeset::paragraph::{Material, Measure, Voice, prepare};
use crate::typeset::structure::{ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Size};

/// The roles of a chapter's title and of the number above it.
pub fn title_roles(chapter: &Chapter, numbered: bool) -> (Role, Role) {
    match chapter.role {
        ChapterRole::Part => (Role::PartTitle, Role::PartNumber),
        ChapterRole::Contents => (Role::ContentsTitle, Role::ChapterNumber),
        _ if chapter.depth > 0 => (
            Role::heading(chapter.depth.saturating_add(1)),
            Role::ChapterNumber,
        ),
        _ if chapter.matter == Matter::Body || numbered => (Role::Heading1, Role::ChapterNumber),
        _ => (Role::FrontTitle, Role::ChapterNumber),
    }
}

/// What a chapter's first heading still needs.
#[derive(Clone, Debug)]
pub struct Opening {
    title: Arc<Style>,
    number: Option<(String, Arc<Style>)>,
}

impl Stick<'_, '_> {
    /// Sets a whole chapter.
    pub fn chapter(&mut self, chapter: &Chapter) {
        let number = self.number(NodeId(0));
        let (title, above) = title_roles(chapter, number.is_some());
        let body = self.plan.body.clone();
        let title = self.plan.style(title, &chapter.attrs.classes, &body);
        let mut number_style = self.plan.style(above, &chapter.attrs.classes, &body);
        if !chapter.attrs.classes.is_empty() && number_style.ornament == title.ornament {
            // What a class says of both stands once.
            Arc::make_mut(&mut number_style).ornament = None;
        }
        let number_style_sink = number_style.sink;
        let number = number
            .filter(|_| !number_style.hidden && chapter.depth == 0)
            .map(|number| {
                let words = if number_style.label {
                    number.label
                } else {
                    number.text
                };
                (words, number_style)
            });
        self.origin = self.node(NodeId(0));
        self.anchor(NodeId(0));
        self.begin(MarkKind::Chapter);
        self.calls = Calls::default();
        self.first = true;
        let heading = chapter.opening().is_some();
        let (picture, blocks) = split_picture(&chapter.blocks);
        let pictured = picture.is_some_and(|picture| self.opening_picture(picture));
        if pictured {
            // It takes the place of the sink.
        } else if heading || chapter.title.is_some() || number.is_some() {
            let sink = number
                .as_ref()
                .map(|(_, style)| style.sink)
                .filter(|sink| !sink.is_zero());
            let sink = match sink {
                Some(sink) => sink,
                // A part without a number stands as low as one with it.
                None if title.sink.is_zero() => number_style_sink,
                None => title.sink,
            };
            self.sink_by(sink);
        }
        self.opening = Some(Opening { title, number });
        if !heading && !is_made(chapter) {
            let words = chapter.title.clone().unwrap_or_default();
            if !words.is_empty()
                || self
                    .opening
                    .as_ref()
                    .is_some_and(|opening| opening.number.is_some())
            {
                let content = [text(NodeId(0), words)];
                self.titled(NodeId(0), 1, &content, None);
            }
        }
        match chapter.role {
            ChapterRole::Dedication if !heading => self.motto(chapter, Role::Dedication, Tag::Div),
            ChapterRole::Epigraph if !heading => {
                self.motto(chapter, Role::Epigraph, Tag::BlockQuote)
            }
            _ => self.blocks(blocks),
        }
        self.opening = None;
        self.chapter_notes();
    }

    /// A page of its own with a dedication or a motto, in a container of that kind or without.
    fn motto(&mut self, chapter: &Chapter, role: Role, tag: Tag) {
        let sink = self.plan.style(Role::Dedication, &[], &self.plan.body).sink;
        self.sink_by(sink);
        let boxed = |block: &Block| match &block.kind {
            BlockKind::Container(container) => matches!(
                container.kind,
                ContainerKind::Dedication | ContainerKind::Epigraph
            ),
            _ => false,
        };
        if chapter.blocks.iter().any(boxed) {
            return self.blocks(&chapter.blocks);
        }
        let style = self
            .plan
            .style(role, &chapter.attrs.classes, &self.plan.body);
        let element = self.open(tag, NodeId(0));
        self.within(&style, element, |stick| stick.blocks(&chapter.blocks));
    }

    fn number(&self, node: NodeId) -> Option<Number> {
        self.plan
            .edition
            .facts
            .numbers
            .get(&self.node(node))
            .cloned()
    }

    /// Room above what opens a page.
    pub(super) fn sink(&mut self, style: &Style) {
        self.sink_by(style.sink);
    }

    fn sink_by(&mut self, sink: Abs) {
        if self.is_empty() && !sink.is_zero() && !self.inner {
            // Never so deep that the title and two lines of text had no room below.
            let most = self.plan.depth - self.plan.grid * 6;
            let sink = sink.min(most.max(Abs::ZERO)).round_up_to(self.plan.grid);
            self.push_pad(sink).end_cost = cost::KEEP;
        }
    }

    /// A heading.
    pub(super) fn heading(&mut self, block: &Block, level: u8, content: &[Inline]) {
        self.titled(block.id, level, content, block.attrs.as_deref());
    }

    fn titled(&mut self, id: NodeId, level: u8, content: &[Inline], attrs: Option<&Attrs>) {
        let chapter = self
            .plan
            .edition
            .book
            .chapters
            .get(self.cx.chapter.0 as usize);
        let level = level
            .saturating_add(chapter.map_or(0, |chapter| chapter.depth))
            .clamp(1, 6);
        let classes = classes(attrs);
        let opening = self.opening.take();
        let opens = opening.is_some();
        let style = match opening {
            Some(Opening { title, number }) => {
                if let Some((number, style)) = number {
                    self.number_line(&number, &style, id);
                }
                if classes.is_empty() {
                    title
                } else {
                    self.plan
                        .style(Role::heading(level), classes, &self.plan.body)
                }
            }
            None => self
                .plan
                .style(Role::heading(level), classes, &self.plan.body),
        };
        if style.hidden || content.is_empty() {
            return;
        }
        if !opens && (!self.inner || self.headed) {
            let short = attrs.and_then(|attrs| attrs.get("short-title"));
            let title = short.map_or_else(|| plain_inlines(content), str::to_owned);
            self.begin(MarkKind::Section(title));
        }
        let element = self.open(Tag::Heading(level), id);
        let number = self.number(id).filter(|_| !opens);
        let words = match number {
            Some(number) if !number.text.is_empty() => {
                // An em between a section's number and its title.
                let mut words = vec![text(id, format!("{}\u{2003}", number.text))];
                words.extend_from_slice(content);
                words
            }
            _ => content.to_vec(),
        };
        self.stretchable_space(style.before);
        let mut style = style;
        let plain = Arc::make_mut(&mut style);
        self.begins = None;
        if opens {
            // What a chapter's title says of first letters and words is meant for the text below it.
            let begins = (plain.drop_cap, plain.lead_in);
            self.begins = Some(begins).filter(|begins| *begins != Default::default());
            if self.galley.children.len() <= 1 {
                plain.before = Abs::ZERO;
            }
        }
        (plain.drop_cap, plain.lead_in) = Default::default();
        let at = self.title_lines(&words, &style, element);
        let child = &mut self.galley.children[at];
        child.end_cost = cost::KEEP;
        if let ChildKind::Lines(lines) = &mut child.kind {
            lines.keep_together = true;
            lines.varies = false;
        }
        if opens {
            self.ornament_below(&style);
        }
        self.titled = opens;
        self.first = true;
    }

    /// What stands below a chapter's title, in its space.
    pub(super) fn subtitle(&mut self, block: &Block, words: &[Inline]) {
        self.titled = false;
        let style = self.plan.style(Role::ChapterSubtitle, &[], &self.plan.body);
        let outer = self.come_from(block.id);
        self.anchor(block.id);
        let element = self.open_block(Tag::P, block);
        self.no_space();
        self.space(style.before);
        let at = self.title_lines(words, &style, element);
        let child = &mut self.galley.children[at];
        child.end_cost = cost::KEEP;
        if let ChildKind::Lines(lines) = &mut child.kind {
            lines.keep_together = true;
            lines.varies = false;
        }
        self.origin = outer;
        self.first = true;
    }

    /// A chapter's number on a line of its own.
    fn number_line(&mut self, number: &str, style: &Arc<Style>, id: NodeId) {
        let element = self.open(Tag::P, id);
        let mut plain = style.clone();
        let own = Arc::make_mut(&mut plain);
        (own.drop_cap, own.lead_in) = Default::default();
        self.paragraph_in(&[text(id, number.to_owned())], &plain, element);
        self.keep_last(cost::KEEP);
        self.ornament_below(style);
    }

    /// The lines of a title, as even as they can be: with no more of them than it needs, in the least width.
    pub fn title_lines(
        &mut self,
        words: &[Inline],
        style: &Arc<Style>,
        element: ElementId,
    ) -> usize {
        if style.align == Justify::Both {
            return self.paragraph_in(words, style, element);
        }
        self.space(style.before);
        let room = self.room;
        self.narrow(style.start, style.end);
        let material = prepare(self.cx, words, style, Voice::Element(element));
        let whole = self.measure(style);
        let measure = Measure {
            width: even_width(&material, &whole),
            ..whole
        };
        let free = whole.width - measure.width;
        self.room.x = room.x;
        let at = self.push_lines(&material, style, &measure);
        self.galley.children[at].x += match style.align {
            Justify::Center => free / 2,
            Justify::End if !self.plan.rtl => free,
            Justify::Start if self.plan.rtl => free,
            _ => Abs::ZERO,
        };
        self.room = room;
        self.space(style.after);
        at
    }

    /// What the theme prints below a chapter's number or title: in the looks of a break between scenes, in the middle of
    /// the space that is there.
    fn ornament_below(&mut self, style: &Style) {
        let Some(ornament) = style.ornament.as_deref().filter(|o| !o.trim().is_empty()) else {
            return;
        };
        let mut look = self.plan.style(Role::SceneBreak, &[], &self.plan.body);
        Arc::make_mut(&mut look).align = style.align;
        let voice = Voice::Artifact(Artifact::Layout);
        let material = self.words(ornament, &look, voice);
        self.no_space();
        self.space(style.after / 2);
        let measure = self.measure(&look);
        self.push_lines(&material, &look, &measure);
        self.keep_last(cost::KEEP);
        self.space(style.after);
    }

    /// A half title, title page or copyright page: paragraphs whose classes are roles.
    pub(super) fn title_page(&mut self, block: &Block, container: &Container) {
        let room = self.room;
        self.room.parent = self.open_block(Tag::Div, block);
        let mut foot = None;
        for block in &container.blocks {
            let BlockKind::Paragraph(content) = &block.kind else {
                self.block(block);
                continue;
            };
            let names = classes(block.attrs.as_deref());
            let role =
                names
                    .iter()
                    .find_map(|name| Role::named(name))
                    .unwrap_or(match container.kind {
                        ContainerKind::HalfTitle => Role::HalfTitle,
                        ContainerKind::Copyright => Role::Copyright,
                        _ => Role::Contributor,
                    });
            let style = self.plan.style(role, &[], &self.plan.body);
            self.sink(&style);
            if role == Role::Publisher && foot.is_none() {
                foot = Some(self.galley.children.len());
            }
            self.anchor(block.id);
            let tag = match role {
                Role::Title => Tag::Title,
                _ => Tag::P,
            };
            self.paragraph(content, &style, tag, block.id);
        }
        match container.kind {
            ContainerKind::Copyright => self.lower_to_foot(0),
            ContainerKind::TitlePage => {
                if let Some(from) = foot {
                    self.lower_to_foot(from);
                }
            }
            _ => {}
        }
        self.room = room;
    }

    /// Moves what was set since there were `from` children down to the foot of the page, if there is room.
    fn lower_to_foot(&mut self, from: usize) {
        let height = self.reach();
        // In whole lines, so that what follows keeps its place on the grid.
        let grid = self.plan.grid;
        let room = grid * ((self.plan.depth - height).raw() / grid.raw());
        if room <= Abs::ZERO || from > self.galley.children.len() {
            return;
        }
        let frame = Frame::new(Size::new(self.room.width, room));
        let piece = Piece {
            frame: frame.into(),
            notes: 0,
            repeat: None,
            close: None,
            grid: false,
        };
        let mut pad = Child::new(ChildKind::Block(piece), self.origin);
        pad.end_cost = cost::KEEP;
        self.galley.children.insert(from, pad);
    }

    /// How far down the page all that was set reaches, if it is on one page.
    fn reach(&self) -> Abs {
        let mut y = Abs::ZERO;
        let mut space = Abs::ZERO;
        for child in &self.galley.children {
            match &child.kind {
                ChildKind::Lines(lines) => {
                    let count = lines.paragraph.settings[lines.paragraph.best].lines.len();
                    y += std::mem::take(&mut space);
                    if lines.grid {
                        y = y.round_up_to(self.plan.grid);
                    }
                    y += lines.leading * count as i64;
                }
                ChildKind::Block(block) => {
                    y += std::mem::take(&mut space) + block.frame.size.height;
                }
                ChildKind::Space { height, .. } => space += *height,
                ChildKind::Float(_) | ChildKind::Break => {}
            }
        }
        y
    }
}

/// The least width in which a title has no more lines than in the whole of a measure.
fn even_width(material: &Material, whole: &Measure) -> Abs {
    let lines = |width: Abs| {
        let paragraph = material.set(&Measure { width, ..*whole });
        let lines = &paragraph.settings[paragraph.best].lines;
        let fits = lines.iter().all(|line| line.overfull <= Abs::ZERO);
        (lines.len(), fits)
    };
    let (most, fits) = lines(whole.width);
    if most < 2 || !fits {
        return whole.width;
    }
    let (mut narrow, mut wide) = (whole.width / 2, whole.width);
    // A point is as near as the eye asks.
    while wide - narrow > Abs::pt(1.0) {
        let middle = (narrow + wide) / 2;
        match lines(middle) {
            (count, true) if count <= most => wide = middle,
            _ => narrow = middle,
        }
    }
    wide
}

/// Whether recto made the chapter itself, with all that is on it.
fn is_made(chapter: &Chapter) -> bool {
    matches!(
        chapter.role,
        ChapterRole::HalfTitle
            | ChapterRole::TitlePage
            | ChapterRole::Copyright
            | ChapterRole::Cover
            | ChapterRole::Dedication
            | ChapterRole::Epigraph
    )
}

/// Words that recto adds.
pub fn text(id: NodeId, words: String) -> Inline {
    Inline {
        id,
        kind: InlineKind::Text(words),
    }
}

/// Words that recto adds, in a role's style.
pub fn text_as(id: NodeId, words: String, role: Role) -> Inline {
    let attrs = Attrs {
        classes: vec![role.name().to_owned()],
        ..Attrs::default()
    };
    Inline {
        id,
        kind: InlineKind::Span {
            attrs: Box::new(attrs),
            content: vec![text(id, words)],
        },
    }
}
