//! Lists and definition lists: marks hang at the start of their items.

use std::sync::Arc;

use super::MarkKind;
use super::block::classes;
use super::stick::Stick;
use crate::model::{Block, BlockKind, Definition, Item, List, ListKind, Role, plain_inlines};
use crate::theme::Color;
use crate::typeset::frame::{Artifact, Frame, Item as FrameItem, Owner};
use crate::typeset::page::cost;
use crate::typeset::paragraph::Voice;
use crate::typeset::structure::{Element, ElementId, Numbering, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Size};

/// From a number to its item's text, in parts of the font size.
const MARK_GAP: f64 = 0.4;
/// The signs that drawn boxes stand for.
const TO_TICK: &str = "\u{2610}";
const TICKED: &str = "\u{2611}";

impl Stick<'_, '_> {
    /// A list of bullets, numbers or tasks.
    pub(super) fn list(&mut self, block: &Block, list: &List) {
        let classes = classes(block.attrs.as_deref());
        let mut style = self.plan.style(Role::List, classes, &self.text);
        if self.tight && self.in_item {
            // A list in an item of a tight list goes on with it.
            let plain = Arc::make_mut(&mut style);
            (plain.before, plain.after) = (Abs::ZERO, Abs::ZERO);
        }
        let item_style = self.plan.style(Role::ListItem, classes, &style);
        let mark_style = self.plan.style(Role::ListMark, classes, &item_style);
        let sign = mark_style
            .ornament
            .as_deref()
            .unwrap_or("\u{2022}")
            .to_owned();
        let numbering = match list.kind {
            ListKind::Ordered { .. } => Numbering::Decimal,
            ListKind::Bullet if list.items.iter().all(|item| item.task.is_some()) => {
                Numbering::Other
            }
            ListKind::Bullet => Numbering::of_sign(&sign),
        };
        let element = self.open_block(Tag::List { numbering }, block);
        let entered = self.enter(&style, element);
        let tight = std::mem::replace(&mut self.tight, list.tight);
        let first = self.first;
        let inset = self.inset(list, &item_style, &mark_style);
        let last = list.items.len() as u64;
        for (number, item) in (0u64..).zip(&list.items) {
            if number > 0 && (number == 1 || number + 1 == last) {
                self.keep_last(cost::LIST);
            }
            let mark = match list.kind {
                ListKind::Ordered { start, delimiter } => {
                    format!("{}{delimiter}", start.saturating_add(number))
                }
                ListKind::Bullet => sign.clone(),
            };
            self.item(item, &mark, inset, &item_style, &mark_style);
            if !list.tight && self.plan.body.after.max(self.plan.body.before).is_zero() {
                // Loose items of a book whose paragraphs are told apart by indents alone.
                self.space(self.plan.grid / 2);
            }
        }
        self.tight = tight;
        self.first = first && list.items.is_empty();
        self.leave(entered);
    }

    /// How far items stand in: by the theme, or as far as the widest number needs.
    fn inset(&mut self, list: &List, item: &Style, mark: &Arc<Style>) -> Abs {
        let ListKind::Ordered { start, delimiter } = list.kind else {
            return item.start;
        };
        let last = start.saturating_add(list.items.len() as u64);
        let digits: String = last.to_string().chars().map(|_| '0').collect();
        let voice = Voice::Artifact(Artifact::Layout);
        let widest = self
            .words(&format!("{digits}{delimiter}"), mark, voice)
            .max_width();
        item.start.max(widest + mark.size().scale(MARK_GAP))
    }

    fn item(
        &mut self,
        item: &Item,
        mark: &str,
        inset: Abs,
        style: &Arc<Style>,
        mark_style: &Arc<Style>,
    ) {
        let outer = self.come_from(item.id);
        let element = self.open(Tag::ListItem, item.id);
        let room = self.room;
        self.room.parent = element;
        let mut label = Element::of(Tag::Label, self.node(item.id));
        label.actual = item
            .task
            .map(|done| if done { TICKED } else { TO_TICK }.to_owned());
        let label = self.cx.structure.open(element, label);
        let frame = match item.task {
            Some(done) => Arc::new(task_box(
                done,
                mark_style,
                self.plan.baseline,
                label_slot(self, label),
            )),
            None => self.label(mark, mark_style, Voice::Element(label)),
        };
        let edge = self.room;
        self.narrow(inset, Abs::ZERO);
        let gap = mark_style.size().scale(MARK_GAP);
        // Numbers end before the text; a bullet stands in the middle of the inset.
        let offset = if item.task.is_none() && self.room.x == edge.x {
            Abs::ZERO
        } else {
            inset - frame.size.width - gap
        };
        let x = if self.plan.rtl {
            edge.x + edge.width - offset - frame.size.width
        } else {
            edge.x + offset
        };
        self.put_beside(x, frame, true);
        self.anchor(item.id);
        let body = self.open(Tag::ListBody, item.id);
        self.room.parent = body;
        let mut text = style.clone();
        let plain = Arc::make_mut(&mut text);
        (plain.start, plain.end) = (Abs::ZERO, Abs::ZERO);
        let text = std::mem::replace(&mut self.text, text);
        self.first = true;
        let in_item = std::mem::replace(&mut self.in_item, true);
        let begun = self.galley.children.len();
        self.blocks(&item.blocks);
        if self.galley.children.len() == begun {
            // An empty item still shows its mark.
            self.push_pad(self.plan.grid);
        }
        self.in_item = in_item;
        self.text = text;
        self.room = room;
        self.origin = outer;
    }

    /// Terms and what they mean.
    pub(super) fn definitions(&mut self, block: &Block, definitions: &[Definition]) {
        let term_style = self.plan.style(Role::Term, &[], &self.text);
        let body_style = self.plan.style(Role::Definition, &[], &self.text);
        let list_style = self.plan.style(Role::List, &[], &self.text);
        let numbering = Numbering::Terms;
        let element = self.open_block(Tag::List { numbering }, block);
        let room = self.room;
        self.space(list_style.before);
        for definition in definitions {
            self.room.parent = element;
            let outer = self.come_from(definition.id);
            self.room.parent = self.open(Tag::ListItem, definition.id);
            self.anchor(definition.id);
            if let Some(term) = definition
                .terms
                .first()
                .filter(|_| !self.inner || self.headed)
            {
                self.begin(MarkKind::Term(plain_inlines(term)));
            }
            for term in &definition.terms {
                self.paragraph(term, &term_style, Tag::Label, definition.id);
                self.keep_last(cost::KEEP);
            }
            for body in &definition.bodies {
                let body_element = self.open(Tag::ListBody, definition.id);
                let only = matches!(body.as_slice(), [block] if matches!(block.kind, BlockKind::Paragraph(_)));
                let tight = self.tight;
                self.tight |= only;
                self.within(&body_style, body_element, |stick| stick.blocks(body));
                self.tight = tight;
            }
            self.origin = outer;
            self.room = room;
        }
        self.space(list_style.after);
        self.first = false;
    }
}

/// The slot that a drawn mark belongs to.
fn label_slot(stick: &mut Stick<'_, '_>, label: ElementId) -> Owner {
    Owner::Slot(stick.cx.structure.slot(label))
}

/// A box to tick, drawn: few text fonts have one.
fn task_box(done: bool, style: &Style, baseline: Abs, owner: Owner) -> Frame {
    let side = style.size().scale(0.68);
    let thin = style.size().scale(0.05);
    let color = style.text.color;
    let mut frame = Frame::new(Size::new(side, baseline));
    frame.baseline = baseline;
    let top = baseline - side;
    let mut bar = |x: Abs, y: Abs, width: Abs, height: Abs| {
        let size = Size::new(width, height);
        frame.push(Point::new(x, y), FrameItem::Rule { size, color, owner });
    };
    bar(Abs::ZERO, top, side, thin);
    bar(Abs::ZERO, top + side - thin, side, thin);
    bar(Abs::ZERO, top, thin, side);
    bar(side - thin, top, thin, side);
    if done {
        frame.push(Point::new(Abs::ZERO, top), tick(side, color, owner));
    }
    frame
}

/// A tick, in parts of a box of 100.
const TICK: [(i64, i64); 6] = [(18, 52), (28, 42), (43, 60), (74, 20), (85, 29), (45, 80)];

fn tick(side: Abs, color: Color, owner: Owner) -> FrameItem {
    let corner = |&(x, y): &(i64, i64)| Point::new(side.fraction(x, 100), side.fraction(y, 100));
    FrameItem::Path {
        points: TICK.iter().map(corner).collect(),
        color,
        owner,
    }
}
