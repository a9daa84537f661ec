//! What stands behind children: backgrounds, rules, frames.

use super::Panel;
use crate::theme::Color;
use crate::typeset::frame::{Artifact, Frame, Item, Owner};
use crate::unit::{Abs, Point, Size};

impl Panel {
    /// Draws what of it lies between two heights; `first` and `last` say whether it begins and ends there.
    pub fn draw(&self, on: &mut Frame, top: Abs, bottom: Abs, first: bool, last: bool) {
        let height = bottom - top;
        if height <= Abs::ZERO {
            return;
        }
        let mut draw = |at: Point, size: Size, color: Color, artifact: Artifact| {
            let owner = Owner::Artifact(artifact);
            on.push(at, Item::Rule { size, color, owner });
        };
        if let Some(color) = self.background {
            let size = Size::new(self.width, height);
            draw(Point::new(self.x, top), size, color, Artifact::Background);
        }
        let mut bar = |x: Abs, y: Abs, width: Abs, height: Abs, color: Color| {
            let size = Size::new(width, height);
            draw(Point::new(x, y), size, color, Artifact::Layout);
        };
        let end = self.x + self.width;
        if !self.rule.is_zero() {
            let x = if self.rtl { end - self.rule } else { self.x };
            bar(x, top, self.rule, height, self.color);
        }
        if !self.frame.is_zero() {
            bar(self.x, top, self.frame, height, self.color);
            bar(end - self.frame, top, self.frame, height, self.color);
            if first {
                bar(self.x, top, self.width, self.frame, self.color);
            }
            if last {
                bar(
                    self.x,
                    bottom - self.frame,
                    self.width,
                    self.frame,
                    self.color,
                );
            }
        }
    }
}
