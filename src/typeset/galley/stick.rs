//! The composing stick: where the next thing is set, and what waits to be set with it.

use std::sync::Arc;

use super::note::Calls;
use super::{Beside, Block, Child, ChildKind, Galley, Lines, Mark, MarkKind, Panel};
use crate::model::{Block as ModelBlock, Inline, InlineKind, NodeId, NodeRef};
use crate::theme::{Initial, Justify, LeadIn};
use crate::typeset::frame::{Artifact, DestId, Frame, Item, Owner};
use crate::typeset::page::cost;
use crate::typeset::paragraph::{Cx, Material, Measure, Paragraph, Voice, prepare};
use crate::typeset::plan::Plan;
use crate::typeset::structure::{Element, ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Size};

/// Where things are set.
pub struct Stick<'a, 'c> {
    /// What paragraphs are made with; it holds the structure.
    pub cx: &'a mut Cx<'c>,
    /// What all chapters share.
    pub plan: &'c Plan<'c>,
    /// What was set.
    pub galley: Galley,
    /// Where the next thing goes.
    pub room: Room,
    /// Nothing that is set is narrower because of what it is nested in.
    pub least: Abs,
    /// The style of the paragraphs here.
    pub text: Arc<Style>,
    /// The next paragraph is the first after a heading or the like.
    pub first: bool,
    /// Paragraphs stand without space: in a tight list or a table cell.
    pub tight: bool,
    /// It is an item of a list.
    pub in_item: bool,
    /// Where the things set now come from.
    pub origin: NodeRef,
    /// The notes called so far in this chapter.
    pub calls: Calls,
    /// It is a note, a cell or the like: inside, notes and headings are not what they are outside.
    pub inner: bool,
    /// It is a column of running text: running heads know its headings and terms.
    pub headed: bool,
    /// What the chapter's first heading still needs.
    pub opening: Option<super::opening::Opening>,
    /// What was set last is the chapter's title.
    pub titled: bool,
    /// The next line begins so much later: a note's mark stands there.
    pub lead: Abs,
    /// How the chapter's first paragraph begins, if its title says so.
    pub begins: Option<(Initial, LeadIn)>,
    /// About so many lines of paragraphs follow the one at hand; known of a first one alone.
    pub lines_ahead: i64,
    /// A tall letter reaches beside the next paragraph.
    pub overhang: Option<super::initial::Overhang>,
    /// What waits to be put before the next thing.
    pub(super) space: Abs,
    /// It may grow.
    pub(super) stretch: bool,
    /// No space is wanted: the last thing was the top of a panel.
    pub(super) at_top: bool,
    beside: Vec<Beside>,
    /// The first of the marks that wait for the next thing.
    marks: Option<u32>,
}

/// The room at hand.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Room {
    /// From the left edge of the type area.
    pub x: Abs,
    /// Across.
    pub width: Abs,
    /// The panel behind.
    pub panel: Option<u32>,
    /// The element that things belong to.
    pub parent: ElementId,
}

/// What [`Stick::enter`] changed.
pub struct Entered {
    room: Room,
    text: Arc<Style>,
    style: Arc<Style>,
    padding: Abs,
    from: usize,
}

impl<'a, 'c> Stick<'a, 'c> {
    /// An empty stick of a width.
    pub fn new(
        cx: &'a mut Cx<'c>,
        plan: &'c Plan<'c>,
        width: Abs,
        parent: ElementId,
    ) -> Stick<'a, 'c> {
        let text = plan.body.clone();
        let origin = NodeRef {
            chapter: cx.chapter,
            node: NodeId(0),
        };
        Stick {
            cx,
            plan,
            galley: Galley::default(),
            room: Room {
                width,
                parent,
                ..Room::default()
            },
            least: plan.measure / 3,
            text,
            first: true,
            tight: false,
            in_item: false,
            origin,
            calls: Calls::default(),
            inner: false,
            headed: false,
            opening: None,
            titled: false,
            lead: Abs::ZERO,
            begins: None,
            lines_ahead: 0,
            overhang: None,
            space: Abs::ZERO,
            stretch: false,
            at_top: false,
            beside: Vec::new(),
            marks: None,
        }
    }

    /// A node of the chapter being set.
    pub fn node(&self, id: NodeId) -> NodeRef {
        NodeRef {
            chapter: self.cx.chapter,
            node: id,
        }
    }

    /// From now on things come from this node; returns where they came from before.
    pub fn come_from(&mut self, id: NodeId) -> NodeRef {
        let node = self.node(id);
        std::mem::replace(&mut self.origin, node)
    }

    /// Opens an element here.
    pub fn open(&mut self, tag: Tag, origin: NodeId) -> ElementId {
        let element = Element::of(tag, self.node(origin));
        self.cx.structure.open(self.room.parent, element)
    }

    /// Opens an element here, with the language that the block's attributes give it.
    pub fn open_block(&mut self, tag: Tag, block: &ModelBlock) -> ElementId {
        let mut element = Element::of(tag, self.node(block.id));
        element.lang = block.attrs.as_ref().and_then(|attrs| attrs.lang.clone());
        self.cx.structure.open(self.room.parent, element)
    }

    /// Asks for space before the next thing; of several wishes the largest counts.
    pub fn space(&mut self, height: Abs) {
        if !self.at_top {
            self.space = self.space.max(height);
        }
    }

    /// Asks for space that may grow by a line to fill the page.
    pub fn stretchable_space(&mut self, height: Abs) {
        self.space(height);
        self.stretch |= !self.at_top && height >= self.plan.grid / 2;
    }

    /// Takes back the space asked for, at the top and the foot of a panel.
    pub(super) fn no_space(&mut self) {
        self.space = Abs::ZERO;
        self.stretch = false;
    }

    /// Whether nothing was set yet.
    pub fn is_empty(&self) -> bool {
        self.galley.children.is_empty()
    }

    /// Sets a thing.
    pub fn push(&mut self, kind: ChildKind) -> &mut Child {
        if self.space > Abs::ZERO && !self.galley.children.is_empty() {
            let space = ChildKind::Space {
                height: self.space,
                stretch: self.stretch,
            };
            let mut child = Child::new(space, self.origin);
            child.panel = self.room.panel;
            self.galley.children.push(child);
        }
        self.no_space();
        self.at_top = false;
        let marks = self.galley.marks.len() as u32;
        let child = Child {
            x: self.room.x,
            panel: self.room.panel,
            beside: std::mem::take(&mut self.beside),
            marks: self.marks.take().map_or(0..0, |first| first..marks),
            ..Child::new(kind, self.origin)
        };
        self.galley.children.push(child);
        let last = self.galley.children.len() - 1;
        &mut self.galley.children[last]
    }

    /// Sets something that is not broken.
    pub fn push_block(&mut self, frame: impl Into<Arc<Frame>>) -> &mut Child {
        self.push(ChildKind::Block(Block {
            frame: frame.into(),
            notes: 0,
            repeat: None,
            close: None,
            grid: false,
        }))
    }

    /// Room that does not vanish at the top of a page.
    pub fn push_pad(&mut self, height: Abs) -> &mut Child {
        self.push_block(Frame::new(Size::new(self.room.width, height)))
    }

    /// A page end behind what was set last should not be; `price` says how much it should not.
    pub fn keep_last(&mut self, price: f64) {
        if let Some(child) = self.last_content() {
            child.end_cost = child.end_cost.max(price);
        }
    }

    fn last_content(&mut self) -> Option<&mut Child> {
        let mut children = self.galley.children.iter_mut().rev();
        children.find(|child| matches!(child.kind, ChildKind::Lines(_) | ChildKind::Block(_)))
    }

    /// The next thing stands with this beside its first line.
    pub fn put_beside(&mut self, x: Abs, frame: impl Into<Arc<Frame>>, on_baseline: bool) {
        self.beside.push(Beside {
            x,
            frame: frame.into(),
            on_baseline,
        });
    }

    /// Links to a node lead to the next thing.
    pub fn anchor(&mut self, node: NodeId) {
        if let Some(dest) = self.plan.dest(self.node(node)) {
            self.put_beside(self.room.x, anchor_frame(dest), false);
        }
    }

    /// With the next thing something begins that a running head may name.
    pub fn begin(&mut self, kind: MarkKind) {
        self.marks.get_or_insert(self.galley.marks.len() as u32);
        self.galley.marks.push(Mark {
            chapter: self.cx.chapter,
            kind,
        });
    }

    /// What was set.
    pub fn finish(mut self) -> Galley {
        if !self.beside.is_empty() && !self.is_empty() {
            // Places to go to behind the last thing.
            self.no_space();
            self.keep_last(cost::KEEP);
            self.push_block(Frame::default());
        }
        self.galley
    }

    /// Makes the room narrower at both ends; not narrower than [`Stick::least`], a third of the page, however deep things
    /// are nested.
    pub fn narrow(&mut self, start: Abs, end: Abs) {
        let (start, end) = (start.max(Abs::ZERO), end.max(Abs::ZERO));
        if self.room.width - start - end < self.least {
            return;
        }
        self.room.x += if self.plan.rtl { end } else { start };
        self.room.width = self.room.width - start - end;
    }

    /// Enters a block with a style of its own: space, insets, panel. Its paragraphs take the style. What is set from now
    /// on belongs to `element`.
    pub fn enter(&mut self, style: &Arc<Style>, element: ElementId) -> Entered {
        let mut entered = Entered {
            room: self.room,
            text: self.text.clone(),
            style: style.clone(),
            padding: Abs::ZERO,
            from: self.galley.children.len(),
        };
        self.space(style.before);
        self.room.parent = element;
        self.narrow(style.start, style.end);
        if style.background.is_some() || !style.rule.is_zero() || !style.frame.is_zero() {
            self.galley.panels.push(Panel {
                parent: self.room.panel,
                x: self.room.x,
                width: self.room.width,
                background: style.background,
                rule: style.rule,
                rtl: self.plan.rtl,
                frame: style.frame,
                color: style.text.color,
                padding: Abs::ZERO,
                from: self.galley.children.len() as u32,
                text_at: self.room.x,
                head: None,
            });
            self.room.panel = Some(self.galley.panels.len() as u32 - 1);
            let boxed = style.background.is_some() || !style.frame.is_zero();
            let end = if boxed { style.padding } else { Abs::ZERO };
            self.narrow(style.padding + style.rule, end);
            let text_at = self.room.x;
            if let Some(panel) = self.galley.panels.last_mut() {
                (panel.padding, panel.text_at) = (end, text_at);
            }
            if boxed && !style.padding.is_zero() {
                entered.padding = style.padding;
                self.push_pad(style.padding).end_cost = cost::KEEP;
            }
            self.at_top = true;
        }
        self.text = style.clone();
        entered
    }

    /// Leaves what was entered.
    pub fn leave(&mut self, entered: Entered) {
        if !entered.padding.is_zero() {
            self.no_space();
            self.keep_last(cost::KEEP);
            self.push_pad(entered.padding);
        }
        if entered.style.keep_together {
            self.keep_together(entered.from);
        }
        self.at_top = false;
        self.room = entered.room;
        self.text = entered.text;
        if entered.padding.is_zero() {
            self.space(entered.style.after);
        } else {
            // Of a box it is seen where it ends: what is added is shared out above and below.
            self.stretchable_space(entered.style.after);
        }
    }

    /// No page ends within what was set since there were `from` children, if it fits on a page.
    pub fn keep_together(&mut self, from: usize) {
        let children = self.galley.children.get_mut(from..).unwrap_or_default();
        let count = children.len();
        for (at, child) in children.iter_mut().enumerate() {
            if let ChildKind::Lines(lines) = &mut child.kind {
                lines.keep_together = true;
            }
            if at + 1 < count {
                child.end_cost = child.end_cost.max(cost::KEEP);
            }
        }
    }

    /// Makes the lines of a text of its own: a mark, a title, an ornament.
    pub fn words(&mut self, text: &str, style: &Arc<Style>, voice: Voice) -> Material {
        let inlines = [Inline {
            id: self.origin.node,
            kind: InlineKind::Text(text.to_owned()),
        }];
        prepare(self.cx, &inlines, style, voice)
    }

    /// A text on one line of its own width.
    pub fn label(&mut self, text: &str, style: &Arc<Style>, voice: Voice) -> Arc<Frame> {
        let mut style = (**style).clone();
        style.align = Justify::Start;
        let material = self.words(text, &Arc::new(style), voice);
        let measure = Measure::of(material.max_width());
        first_line(&material.set(&measure))
    }

    /// The measure of a paragraph here, in a style; `first` of them has no indent of its own.
    pub fn measure(&mut self, style: &Style) -> Measure {
        let width = self.room.width;
        let indent = style.indent.max(-width / 2).min(width / 2);
        Measure {
            width,
            first: indent.max(Abs::ZERO) + std::mem::take(&mut self.lead),
            rest: (-indent).max(Abs::ZERO),
            ..Measure::default()
        }
    }

    /// Sets prepared words as a paragraph, with the notes called in it.
    pub fn push_lines(&mut self, material: &Material, style: &Style, measure: &Measure) -> usize {
        let paragraph = material.set(measure);
        let (first_calls, margins) = self.notes_of(&paragraph);
        let grid = style.leading == self.plan.grid;
        let x = if self.plan.rtl {
            style.end
        } else {
            style.start
        };
        let child = self.push(ChildKind::Lines(Lines {
            paragraph,
            leading: style.leading,
            grid,
            varies: grid && style.align == Justify::Both && !style.keep_together,
            least: u32::from(measure.initial_lines).max(2),
            keep_together: style.keep_together,
            first_calls,
            margins,
        }));
        child.x += x;
        if style.keep_with_next {
            child.end_cost = cost::KEEP;
        }
        self.galley.children.len() - 1
    }

    /// A paragraph of a style, with its element, its space and its insets.
    pub fn paragraph(
        &mut self,
        inlines: &[Inline],
        style: &Arc<Style>,
        tag: Tag,
        origin: NodeId,
    ) -> usize {
        let element = self.open(tag, origin);
        self.paragraph_in(inlines, style, element)
    }

    /// A paragraph whose element is open.
    pub fn paragraph_in(
        &mut self,
        inlines: &[Inline],
        style: &Arc<Style>,
        element: ElementId,
    ) -> usize {
        self.space(style.before);
        let room = self.room;
        self.narrow(style.start, style.end);
        let mut measure = self.measure(style);
        let words = self.initial(inlines, style, element, &mut measure);
        let material = prepare(self.cx, &words, style, Voice::Element(element));
        self.room.x = room.x;
        let at = self.push_lines(&material, style, &measure);
        self.pass_letter(at, &measure);
        self.room = room;
        self.space(style.after);
        at
    }

    /// Sets the notes called in a paragraph: for each call whether a body for the foot was set, and the calls of notes in
    /// the margin.
    fn notes_of(&mut self, paragraph: &Paragraph) -> (Vec<bool>, Vec<(u32, u32)>) {
        let calls: Vec<_> = paragraph.calls().collect();
        let mut margins = Vec::new();
        let mut first = Vec::with_capacity(calls.len());
        for (at, call) in (0u32..).zip(calls) {
            let before = self.galley.margins.len();
            first.push(self.note(call.note, call.element));
            if self.galley.margins.len() > before {
                margins.push((at, before as u32));
            }
        }
        (first, margins)
    }
}

fn first_line(paragraph: &Paragraph) -> Arc<Frame> {
    let lines = paragraph.frames(paragraph.best, 0..1);
    lines.into_iter().next().unwrap_or_default()
}

/// A place to go to, of no extent.
pub fn anchor_frame(dest: DestId) -> Frame {
    let mut frame = Frame::new(Size::ZERO);
    frame.push(Point::ZERO, Item::Anchor(dest));
    frame
}

/// What lies behind text.
pub fn background(size: Size, color: crate::theme::Color) -> Item {
    let owner = Owner::Artifact(Artifact::Background);
    Item::Rule { size, color, owner }
}

/// A rule that belongs to the page.
pub fn rule(size: Size, color: crate::theme::Color) -> Item {
    Item::Rule {
        size,
        color,
        owner: Owner::Artifact(Artifact::Layout),
    }
}
