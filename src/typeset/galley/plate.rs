//! Plates, figures that have a page of their own and run off it; and the pictures above chapters' titles.
//!
//! In: a figure of the class `bleed`. Out: a float for a page without text, as deep as the type area. Its picture covers the
//! page; where there is a caption, as much of it as is above that.
//!
//! In: the picture that a chapter begins with. Out: a block as wide as the text, or room below a picture that covers the head
//! of the page.

use std::sync::Arc;

use super::figure::{length, natural_size, proportion};
use super::float::{Kind, height_of};
use super::stick::Stick;
use super::{Bleed, ChildKind, Covers};
use crate::model::{
    Block, BlockKind, Figure, Image, ImageSource, Inline, InlineKind, Role, Target, Visit,
    walk_inlines,
};
use crate::theme::FloatPlaces;
use crate::typeset::frame::{Artifact, Frame, Owner};
use crate::typeset::page::cost;
use crate::typeset::structure::ElementId;
use crate::typeset::style::Style;
use crate::unit::{Abs, Size};

/// The class by which an author lets a picture run off the page.
pub(super) const BLEED: &str = "bleed";

/// How much of a page's depth a picture above a title takes at most: the title and some lines of text stand below it.
const TALLEST_OPENING: f64 = 0.6;

impl Stick<'_, '_> {
    /// Sets a figure as a plate, if its author wants one and it can be: not in a list, a box or a note, nor with a note in its
    /// caption, whose foot the page does not have. Whether it was set.
    pub(super) fn plate(&mut self, block: &Block, figure: &Figure, style: &Arc<Style>) -> bool {
        let image = &figure.image;
        if !image.attrs.has_class(BLEED) || !self.is_free() || calls_note(&figure.caption) {
            return false;
        }
        // What it belongs to is known when its element is there.
        let Some(mut bleed) = self.bleed_of(image, Covers::Page) else {
            return false;
        };
        let mut plain = (**style).clone();
        (plain.before, plain.after) = (Abs::ZERO, Abs::ZERO);
        self.float_at(
            Kind::Figure,
            Some(FloatPlaces::PAGE),
            &plain,
            true,
            |stick| {
                let element = stick.figure_element(block, image);
                bleed.owner = stick.owner_of(image, element);
                let down = stick.plate_in(block, figure, style, element);
                if down < stick.plan.depth {
                    bleed.covers = Covers::PageTo(down);
                }
            },
        );
        // A caption longer than a page does not float: it stays in the text, without the picture.
        let last = self.galley.children.last_mut();
        if let Some(child) = last.filter(|child| matches!(child.kind, ChildKind::Float(_))) {
            child.bleed = Some(Arc::new(bleed));
        }
        true
    }

    /// The caption at the foot of the type area; how far the room above it reaches down.
    fn plate_in(
        &mut self,
        block: &Block,
        figure: &Figure,
        style: &Arc<Style>,
        element: ElementId,
    ) -> Abs {
        let outer = self.room;
        self.room.parent = element;
        let at = self.galley.children.len();
        self.push_pad(Abs::ZERO);
        self.keep_last(cost::KEEP);
        if !figure.caption.is_empty() {
            let caption = self.plan.style(Role::Caption, &[], style);
            self.caption(figure, &caption, block.id);
        }
        (self.space, self.stretch) = (Abs::ZERO, false);
        self.room = outer;
        let below: Abs = self.galley.children[at + 1..].iter().map(height_of).sum();
        // A caption of a page's length leaves a band of the picture.
        let down = (self.plan.depth - below).max(self.plan.grid);
        if let ChildKind::Block(pad) = &mut self.galley.children[at].kind {
            pad.frame = Frame::new(Size::new(self.plan.measure, down)).into();
        }
        down
    }

    /// Sets the picture above a chapter's title: over the head of the page if it is to run off it and the chapter begins
    /// there, else as wide as the text. Whether there is one to set.
    pub(super) fn opening_picture(&mut self, block: &Block) -> bool {
        let figure = match &block.kind {
            BlockKind::Figure(figure) => figure,
            BlockKind::Only {
                target: Target::Pdf,
                blocks,
            } => match blocks.first() {
                Some(block) => return self.opening_picture(block),
                None => return false,
            },
            _ => return false,
        };
        let outer = self.come_from(block.id);
        let set = self.opening_picture_in(block, figure);
        self.origin = outer;
        set
    }

    fn opening_picture_in(&mut self, block: &Block, figure: &Figure) -> bool {
        let image = &figure.image;
        let classes = super::block::classes(Some(&image.attrs));
        let style = self.plan.style(Role::OpeningImage, classes, &self.text);
        let plan = self.plan;
        let most = plan.depth.scale(TALLEST_OPENING);
        let asked = image.attrs.get("height");
        let asked = asked.and_then(|text| length(text, plan.depth));
        let at_head = self.is_empty() && !self.inner && image.attrs.has_class(BLEED);
        let bleed = match self.bleed_of(image, Covers::Nothing) {
            Some(bleed) if at_head => Some(bleed),
            Some(_) => None,
            None => return false,
        };
        self.anchor(block.id);
        self.space(style.before);
        let element = self.figure_element(block, image);
        let owner = self.owner_of(image, element);
        match bleed {
            Some(mut bleed) => {
                // As high as its width makes it, less the margin that it covers.
                let whole = proportion(bleed.shape.height, plan.page.trim.width, bleed.shape.width);
                let down = asked.unwrap_or(whole) - plan.page.margins.head;
                let down = down.clamp(plan.grid * 3, most).round_up_to(plan.grid);
                (bleed.owner, bleed.covers) = (owner, Covers::Head(down));
                self.push_pad(down).bleed = Some(Arc::new(bleed));
            }
            None => {
                let mut wide = image.clone();
                if asked.is_none() {
                    let width = wide.attrs.rest.entry("width".to_owned());
                    width.or_insert_with(|| "100%".to_owned());
                }
                let Some(picture) = self.picture(&wide, self.room.width, most, owner) else {
                    return false;
                };
                let x = self.indent_of(&picture, style.align);
                self.push_block(picture).x += x;
            }
        }
        self.keep_last(cost::KEEP);
        if !figure.caption.is_empty() {
            let caption = self.plan.style(Role::Caption, &[], &self.text);
            let outer = std::mem::replace(&mut self.room.parent, element);
            self.caption(figure, &caption, block.id);
            self.room.parent = outer;
            self.keep_last(cost::KEEP);
        }
        self.space(style.after);
        true
    }

    /// An image as one that runs off the page; `None` if it cannot be had.
    pub(super) fn bleed_of(&self, image: &Image, covers: Covers) -> Option<Bleed> {
        let ImageSource::File(path) = &image.source else {
            return None;
        };
        let (id, asset) = self.plan.image(path)?;
        Some(Bleed {
            image: id,
            shape: natural_size(asset),
            owner: Owner::Artifact(Artifact::Layout),
            covers,
        })
    }
}

/// Whether a note is called in words.
fn calls_note(words: &[Inline]) -> bool {
    struct Calls(bool);
    impl Visit<'_> for Calls {
        fn inline(&mut self, inline: &Inline) {
            self.0 |= matches!(inline.kind, InlineKind::NoteCall(_));
        }
    }
    let mut calls = Calls(false);
    walk_inlines(words, &mut calls);
    calls.0
}
