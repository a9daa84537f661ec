//! From inlines to text: one string for the paragraph, with what it looks like and whose it is beside it.
//!
//! Elements open and slots are reserved here, in reading order. White space is collapsed, across the borders of inlines
//! too; what is no text stands in the string as a character of its own.

use std::sync::Arc;

use super::super::frame::{DestId, ImageId, LinkTarget, Owner};
use super::super::structure::{Element, ElementId, SlotId, Tag};
use super::super::style::{Position, TextStyle};
use super::{Call, Cx, Voice};
use crate::model::{
    Attrs, Image, ImageSource, Inline, InlineKind, Lang, NodeId, NodeRef, NoteKind, Role, Target,
};
use crate::resolve::Destination;
use crate::unit::{Abs, Size};

/// Stands for an image or an anchor.
pub(super) const OBJECT: char = '\u{fffc}';
/// Stands for a line end that the author asked for.
pub(super) const LINE_END: char = '\u{2028}';

/// What keeps letters off the frame around a key, on both of its sides: a hair space, which no line breaks at.
const AIR: &str = "\u{200a}";

/// A paragraph's text.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// The words; [`OBJECT`]s and [`LINE_END`]s among them.
    pub text: String,
    /// What it looks like, from each place to the next.
    pub stretches: Vec<Stretch>,
    /// What the [`OBJECT`]s are, in order.
    pub objects: Vec<Object>,
    /// Where links lead.
    pub links: Vec<(LinkTarget, ElementId)>,
    /// Where the words came from, in order.
    pub sources: Vec<Source>,
}

/// Where words came from, from a place in the text to the next one's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    /// The first byte in the paragraph's text.
    pub at: u32,
    /// The inline.
    pub node: NodeId,
    /// The byte of the inline's own text.
    pub byte: u32,
    /// It is the same byte all along: what is said is not the inline's own.
    pub fixed: bool,
}

/// Text of one look.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// Its first byte.
    pub start: usize,
    /// Its style.
    pub style: Arc<TextStyle>,
    /// Its language.
    pub lang: Lang,
    /// Whose text it is.
    pub owner: Owner,
    /// The link it is in.
    pub link: Option<u16>,
    /// The inline it came from.
    pub node: NodeId,
    /// A line is drawn under it.
    pub underline: bool,
    /// A line is drawn through it.
    pub strike: bool,
    /// It is this note's mark.
    pub call: Option<Call>,
}

/// What is no text.
#[derive(Clone, Debug)]
pub(super) enum Object {
    Image(ImageId, Size),
    Anchor(DestId),
}

/// Parts the marks of two notes that are called at the same place; no line ends there.
const BETWEEN_CALLS: char = '\u{202f}';

/// What inlines inherit.
#[derive(Clone)]
pub(super) struct State {
    pub style: Arc<TextStyle>,
    pub lang: Lang,
    pub element: Option<ElementId>,
    pub link: Option<u16>,
    pub underline: bool,
    pub strike: bool,
}

/// Reads inlines into a [`Text`].
pub(super) struct Collector<'x, 'c> {
    pub cx: &'x mut Cx<'c>,
    pub voice: Voice,
    pub out: Text,
    /// The slot at hand, and the element it is of.
    pub slot: Option<(ElementId, SlotId)>,
    /// A line end of the manuscript waits to become a space, or nothing between two signs without spaces. It is the words'
    /// around it: behind code it is as narrow as any other space.
    pub soft: Option<State>,
    /// Spaces are kept as they are.
    pub verbatim: bool,
    /// Where the last call ended.
    pub called: usize,
    /// The inline read last, and how much of its text: what it was cut into is read piece by piece.
    pub read: Option<(NodeId, u32)>,
}

/// An image among words is not higher than this part of the line.
const IMAGE_HEIGHT: f64 = 0.9;

/// Reads inlines.
pub(super) fn collect(
    cx: &mut Cx<'_>,
    inlines: &[Inline],
    style: &Arc<TextStyle>,
    voice: Voice,
    leading: Abs,
) -> Text {
    let lang = cx.lang.clone();
    let element = match voice {
        Voice::Element(element) => Some(element),
        Voice::Artifact(_) => None,
    };
    let read = cx.begun.take();
    let mut collector = Collector {
        cx,
        voice,
        out: Text::default(),
        slot: None,
        soft: None,
        verbatim: style.fixed_pitch,
        called: usize::MAX,
        read,
    };
    let state = State {
        style: style.clone(),
        lang,
        element,
        link: None,
        underline: false,
        strike: false,
    };
    collector.inlines(inlines, &state, leading);
    collector.finish()
}

impl Collector<'_, '_> {
    fn inlines(&mut self, inlines: &[Inline], state: &State, leading: Abs) {
        for inline in inlines {
            self.inline(inline, state, leading);
        }
    }

    fn node(&self, id: NodeId) -> NodeRef {
        NodeRef {
            chapter: self.cx.chapter,
            node: id,
        }
    }

    /// Opens an element in the one at hand; the text that follows it there gets a new slot.
    fn open(&mut self, state: &State, element: Element) -> Option<ElementId> {
        let parent = state.element?;
        self.slot = None;
        Some(self.cx.structure.open(parent, element))
    }

    fn inline(&mut self, inline: &Inline, state: &State, leading: Abs) {
        let id = inline.id;
        let role = |this: &Self, role: Role, classes: &[String]| State {
            style: this.cx.styles.inline(role, classes, &state.style),
            ..state.clone()
        };
        let tagged = |this: &mut Self, mut inner: State, tag: Tag| {
            let element = Element::of(tag, this.node(id));
            inner.element = this.open(state, element);
            this.inlines(inline.kind.content(), &inner, leading);
            this.slot = None;
        };
        match &inline.kind {
            InlineKind::Text(text) => self.text(text, state, id),
            InlineKind::SoftBreak => self.soft = Some(state.clone()),
            InlineKind::HardBreak => self.line_end(state, id),
            InlineKind::Emph(_) => tagged(self, role(self, Role::Emphasis, &[]), Tag::Em),
            InlineKind::Strong(_) => tagged(self, role(self, Role::Strong, &[]), Tag::Strong),
            // The marks stand in its text.
            InlineKind::Quoted(_) => tagged(self, state.clone(), Tag::Quote),
            InlineKind::Strike(content) => {
                let strike = State {
                    strike: true,
                    ..state.clone()
                };
                self.inlines(content, &strike, leading);
            }
            InlineKind::Underline(content) => {
                let underline = State {
                    underline: true,
                    ..state.clone()
                };
                self.inlines(content, &underline, leading);
            }
            InlineKind::Sub(content) => self.moved(Position::Inferior, content, state, leading),
            InlineKind::Sup(content) => self.moved(Position::Superior, content, state, leading),
            InlineKind::SmallCaps(content) => {
                self.inlines(content, &role(self, Role::SmallCaps, &[]), leading);
            }
            InlineKind::Mark(content) => {
                self.inlines(content, &role(self, Role::Mark, &[]), leading);
            }
            InlineKind::Kbd(content) => {
                let inner = role(self, Role::Kbd, &[]);
                let framed = !inner.style.frame.is_zero();
                let air = if framed { AIR } else { "" };
                // Nobody reads the air.
                let silent = |of: &State| State {
                    element: None,
                    ..of.clone()
                };
                let (around, within) = (silent(state), silent(&inner));
                self.text(air, &around, id);
                self.text(air, &within, id);
                self.inlines(content, &inner, leading);
                self.text(air, &within, id);
                self.text(air, &around, id);
            }
            InlineKind::Abbr { expansion, content } => {
                let mut element = Element::of(Tag::Span, self.node(id));
                element.expansion = expansion.clone();
                let mut inner = state.clone();
                if expansion.is_some() {
                    inner.element = self.open(state, element);
                }
                self.inlines(content, &inner, leading);
                if expansion.is_some() {
                    self.slot = None;
                }
            }
            InlineKind::Span { attrs, content } => {
                self.anchor(id, state);
                let inner = self.dressed(attrs, state, id);
                self.inlines(content, &inner, leading);
                if inner.element != state.element {
                    self.slot = None;
                }
            }
            InlineKind::Code { text, attrs } => {
                self.anchor(id, state);
                let mut inner = role(self, Role::Code, &attrs.classes);
                inner.element = self.open(state, Element::of(Tag::Code, self.node(id)));
                self.text(text, &inner, id);
                self.slot = None;
            }
            InlineKind::Math { tex, .. } => {
                self.anchor(id, state);
                let mut inner = role(self, Role::Code, &[]);
                let mut element = Element::of(Tag::Formula, self.node(id));
                element.alt = Some(tex.clone());
                inner.element = self.open(state, element);
                self.text(tex, &inner, id);
                self.slot = None;
            }
            InlineKind::Link { attrs, content, .. } => {
                self.anchor(id, state);
                let inner = self.dressed(attrs, state, id);
                self.link(inline, content, &inner, leading);
                if inner.element != state.element {
                    self.slot = None;
                }
            }
            InlineKind::Image(image) => {
                self.anchor(id, state);
                self.image(image, state, id, leading);
            }
            InlineKind::NoteCall(note) => self.call(*note, state, id),
            InlineKind::Cite { plain, .. } => self.text(plain, state, id),
            InlineKind::Ref { plain, .. } => {
                let content = [Inline {
                    id,
                    kind: InlineKind::Text(plain.clone()),
                }];
                self.link(inline, &content, state, leading);
            }
            InlineKind::Index { content, .. } => self.inlines(content, state, leading),
            InlineKind::Only { target, content } => {
                if *target == Target::Pdf {
                    self.inlines(content, state, leading);
                }
            }
        }
    }

    fn moved(&mut self, position: Position, content: &[Inline], state: &State, leading: Abs) {
        let inner = State {
            style: self.cx.styles.position(position, &state.style),
            ..state.clone()
        };
        self.inlines(content, &inner, leading);
    }

    /// With an author's classes and language.
    fn dressed(&mut self, attrs: &Attrs, state: &State, id: NodeId) -> State {
        let mut inner = State {
            style: self.cx.styles.classes(&attrs.classes, &state.style),
            ..state.clone()
        };
        if let Some(lang) = &attrs.lang {
            let mut element = Element::of(Tag::Span, self.node(id));
            element.lang = Some(lang.clone());
            inner.element = self.open(state, element);
            inner.lang = lang.clone();
        }
        inner
    }

    fn link(&mut self, inline: &Inline, content: &[Inline], state: &State, leading: Abs) {
        let destination = self.cx.edition.facts.links.get(&self.node(inline.id));
        let target = match destination {
            Some(Destination::Node(node)) => {
                let dest = self.cx.dests.get(node);
                dest.map(|dest| LinkTarget::Dest(*dest))
            }
            Some(Destination::Url(url)) => Some(LinkTarget::Url(url.as_str().into())),
            None => None,
        };
        // A link within a link cannot be; one that leads nowhere is text.
        let Some(target) = target.filter(|_| state.link.is_none()) else {
            return self.inlines(content, state, leading);
        };
        let element = Element::of(Tag::Link, self.node(inline.id));
        let Some(element) = self.open(state, element) else {
            return self.inlines(content, state, leading);
        };
        self.out.links.push((target, element));
        let inner = State {
            style: self.cx.styles.inline(Role::Link, &[], &state.style),
            element: Some(element),
            link: Some((self.out.links.len() - 1).min(usize::from(u16::MAX)) as u16),
            ..state.clone()
        };
        self.inlines(content, &inner, leading);
        self.slot = None;
    }

    fn call(&mut self, note: u32, state: &State, id: NodeId) {
        let Some(body) = self.cx.data.notes.get(note as usize).map(|note| note.id) else {
            return;
        };
        let body = self.node(body);
        let Some(parent) = state.element else {
            return;
        };
        let Some(mark) = self.cx.marks.get(&body).cloned() else {
            // It stands beside the line, and needs no mark.
            let element = Element::of(Tag::Note, body);
            let element = self.cx.structure.open(parent, element);
            self.slot = None;
            if let Some(dest) = self.cx.dests.get(&self.node(id)).copied() {
                self.stretch(state, id, Some(Call { note, element }));
                self.out.text.push(OBJECT);
                self.out.objects.push(Object::Anchor(dest));
            }
            return;
        };
        if self.cx.data.notes[note as usize].kind == NoteKind::Margin {
            // Written for the margin, it stands apart from the word before.
            self.trim();
        }
        let adjacent = self.called == self.out.text.len();
        self.anchor(id, state);
        let mut reference = Element::of(Tag::Reference, self.node(id));
        reference.refers = Some(body);
        let reference = self.open(state, reference);
        let element = Element::of(Tag::Note, body);
        let element = self.cx.structure.open(parent, element);
        let mut inner = State {
            style: self.cx.styles.inline(Role::NoteCall, &[], &state.style),
            element: reference,
            ..state.clone()
        };
        if let Some(dest) = self.cx.dests.get(&body).filter(|_| state.link.is_none()) {
            let target = LinkTarget::Dest(*dest);
            let link = self.open(&inner, Element::of(Tag::Link, self.node(id)));
            if let Some(link) = link {
                self.out.links.push((target, link));
                inner.link = Some((self.out.links.len() - 1).min(usize::from(u16::MAX)) as u16);
                inner.element = Some(link);
            }
        }
        self.soft = None;
        if adjacent {
            // 1 and 2 side by side are not 12.
            self.stretch(&inner, id, None);
            self.out.text.push(BETWEEN_CALLS);
        }
        self.stretch(&inner, id, Some(Call { note, element }));
        self.source(id, 0);
        self.out.text.push_str(&mark);
        self.called = self.out.text.len();
        self.slot = None;
    }

    fn image(&mut self, image: &Image, state: &State, id: NodeId, leading: Abs) {
        let found = match &image.source {
            ImageSource::File(path) => self.cx.images.get(path.as_str()).copied(),
            ImageSource::Elsewhere(_) => None,
        };
        let Some((file, asset)) = found else {
            // Its words are better than nothing.
            // As in the EPUB.
            return self.text(&format!("[{}]", image.alt), state, id);
        };
        let points = |pixels: u32| Abs::pt(f64::from(pixels) * 72.0 / asset.dpi.max(1.0));
        let (width, height) = asset.shown();
        let natural = Size::new(points(width), points(height));
        let most = leading.scale(IMAGE_HEIGHT);
        let size = if natural.height > most {
            let width = natural.width.fraction(most.raw(), natural.height.raw());
            Size::new(width, most)
        } else {
            natural
        };
        self.flush_soft(state, id);
        let mut inner = state.clone();
        if image.is_decorative() {
            inner.element = None;
        } else {
            let mut element = Element::of(Tag::Figure, self.node(id));
            element.alt = image.described().map(str::to_owned);
            inner.element = self.open(state, element);
        }
        self.stretch(&inner, id, None);
        self.source(id, 0);
        self.out.text.push(OBJECT);
        self.out.objects.push(Object::Image(file, size));
        self.slot = None;
    }

    /// Sets an anchor if links lead here.
    fn anchor(&mut self, id: NodeId, state: &State) {
        if let Some(dest) = self.cx.dests.get(&self.node(id)).copied() {
            self.flush_soft(state, id);
            self.stretch(state, id, None);
            self.out.text.push(OBJECT);
            self.out.objects.push(Object::Anchor(dest));
        }
    }

    fn line_end(&mut self, state: &State, id: NodeId) {
        self.soft = None;
        self.trim();
        self.stretch(state, id, None);
        self.out.text.push(LINE_END);
    }
}
