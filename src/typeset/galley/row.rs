//! Figures side by side.
//!
//! In: the blocks of a container of the class `row`. Out: a block of the galley that is not broken, with all of them beside
//! each other, each with its caption. Pictures are of one height, as wide together as the text, but no larger than the tallest
//! of them is by itself; what else stands in a row has equal shares of its width.

use super::block::classes;
use super::figure::{length, natural_size};
use super::stick::Stick;
use super::{Block as Piece, ChildKind};
use crate::model::{Block, BlockKind, Container, ContainerKind, Figure, ImageSource, Role};
use crate::typeset::frame::Frame;
use crate::typeset::page::findings::inner::Within;
use crate::unit::{Abs, Point, Size};

/// The class by which an author sets blocks side by side.
pub(super) const ROW: &str = "row";
/// Between two of them, in em.
const GAP: f64 = 1.5;
/// Columns narrower than so many em hold no caption; then they stand one below the other.
const NARROWEST: i64 = 5;
/// How much of a page's depth pictures in a row take at most.
const TALLEST: f64 = 0.6;

impl Stick<'_, '_> {
    /// Sets blocks side by side; one below the other where there is no room for that.
    pub(super) fn row(&mut self, blocks: &[Block]) {
        let mut cells: Vec<Block> = Vec::new();
        for block in blocks {
            match &block.kind {
                // Pictures in one paragraph are a row already.
                BlockKind::Container(container) if is_row(block, container) => {
                    cells.extend(container.blocks.iter().cloned());
                }
                _ => cells.push(block.clone()),
            }
        }
        let gap = self.text.size().scale(GAP);
        let count = cells.len().max(1) as i64;
        let room = self.room.width - gap * (count - 1);
        if self.inner || count < 2 || room / count < self.text.size() * NARROWEST {
            return self.blocks(&cells);
        }
        let widths = self.shares(&mut cells, room);
        let style = self.plan.style(Role::Figure, &[], &self.text);
        self.stretchable_space(style.before);
        let used = widths.iter().copied().sum::<Abs>() + gap * (count - 1);
        let mut x = (self.room.width - used) / 2;
        let mut frame = Frame::new(Size::new(self.room.width, Abs::ZERO));
        let mut notes = 0;
        for (cell, width) in cells.iter().zip(widths) {
            let column = self.cell_of_row(cell, width, &mut notes);
            frame.size.height = frame.size.height.max(column.size.height);
            let at = if self.plan.rtl {
                self.room.width - x - width
            } else {
                x
            };
            frame.push_frame(Point::new(at, Abs::ZERO), column);
            x += width + gap;
        }
        self.push(ChildKind::Block(Piece {
            frame: frame.into(),
            notes,
            repeat: None,
            close: None,
            grid: false,
        }));
        self.stretchable_space(style.after);
        self.first = false;
    }

    /// A block at a width; counts the notes called in it.
    fn cell_of_row(&mut self, block: &Block, width: Abs, notes: &mut u32) -> Frame {
        let plan = self.plan;
        let mut inner = Stick::new(self.cx, plan, width, self.room.parent);
        inner.inner = true;
        inner.least = width / 2;
        inner.origin = self.origin;
        inner.calls = std::mem::take(&mut self.calls);
        inner.text = self.text.clone();
        inner.block(block);
        self.calls = std::mem::take(&mut inner.calls);
        let mut galley = inner.finish();
        self.galley.refused.append(&mut galley.refused);
        let is_space = |kind: &ChildKind| matches!(kind, ChildKind::Space { .. });
        let first = galley.children.iter().position(|c| !is_space(&c.kind));
        galley.children.drain(..first.unwrap_or(0));
        while galley
            .children
            .last()
            .is_some_and(|last| is_space(&last.kind))
        {
            galley.children.pop();
        }
        let mut frame = Frame::new(Size::new(width, Abs::ZERO));
        for (piece, called) in self.noted_pieces(galley, Within::Text) {
            let y = frame.size.height + piece.height - piece.frame.size.height;
            frame.size.height += piece.height;
            frame.push_frame(Point::new(piece.x, y), piece.frame);
            *notes += called.len() as u32;
            self.galley.notes.extend(called);
        }
        frame
    }

    /// How wide each block is. Pictures fill their width.
    fn shares(&self, blocks: &mut [Block], room: Abs) -> Vec<Abs> {
        let count = blocks.len() as i64;
        let equal = vec![room / count; blocks.len()];
        let mut shapes = Vec::with_capacity(blocks.len());
        for block in blocks.iter() {
            let BlockKind::Figure(figure) = &block.kind else {
                return equal;
            };
            let Some(shape) = self.shape_of(figure) else {
                return equal;
            };
            shapes.push(shape);
        }
        let tallest = shapes.iter().map(|shape| shape.height).max();
        let tallest = tallest.unwrap_or_default();
        let asked: Option<Vec<Abs>> = blocks.iter().map(|block| self.asked(block)).collect();
        for block in blocks {
            if let BlockKind::Figure(figure) = &mut block.kind {
                let attrs = &mut figure.image.attrs.rest;
                attrs.remove("height");
                attrs.insert("width".to_owned(), "100%".to_owned());
            }
        }
        if let Some(asked) = asked.filter(|widths| widths.iter().copied().sum::<Abs>() <= room) {
            return asked;
        }
        // All of one height: as wide as each is then.
        let per_height: f64 = shapes
            .iter()
            .map(|shape| shape.width.ratio(shape.height))
            .sum();
        let height = room.scale(1.0 / per_height.max(0.001));
        let height = height.min(tallest).min(self.plan.depth.scale(TALLEST));
        let wide = |shape: &Size| height.scale(shape.width.ratio(shape.height));
        shapes.iter().map(wide).collect()
    }

    fn asked(&self, block: &Block) -> Option<Abs> {
        let BlockKind::Figure(figure) = &block.kind else {
            return None;
        };
        length(figure.image.attrs.get("width")?, self.room.width)
    }

    fn shape_of(&self, figure: &Figure) -> Option<Size> {
        let ImageSource::File(path) = &figure.image.source else {
            return None;
        };
        Some(natural_size(self.plan.image(path)?.1))
    }
}

/// Whether a container is a row.
fn is_row(block: &Block, container: &Container) -> bool {
    container.kind == ContainerKind::Plain
        && classes(block.attrs.as_deref())
            .iter()
            .any(|class| class == ROW)
}
