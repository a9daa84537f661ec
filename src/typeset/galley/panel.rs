//! What stands behind children: backgrounds, rules, frames.

use std::sync::Arc;

use super::Panel;
use super::stick::Stick;
use crate::resolve::Words;
use crate::theme::{Color, Justify};
use crate::typeset::frame::{Artifact, Frame, Item, Owner};
use crate::typeset::paragraph::Voice;
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Size};

impl Stick<'_, '_> {
    /// The title that was set last is the first thing on its panel: it is said again where the panel goes on. A rule at the
    /// edge alone says by itself that it does.
    pub(super) fn head_of_panel(&mut self, title: &str, style: &Arc<Style>) {
        let last = self.galley.children.len().saturating_sub(1) as u32;
        let panel = self.room.panel.map(|id| id as usize);
        let Some((id, padding)) = panel.and_then(|id| {
            let panel = self.galley.panels.get(id)?;
            // The room above the title is the first.
            let begins = last <= panel.from + 2;
            (begins && !panel.padding.is_zero()).then_some((id, panel.padding))
        }) else {
            return;
        };
        let words = Words::of(&self.cx.lang).continued.replace("{}", title);
        let line = self.label(&words, style, Voice::Artifact(Artifact::Layout));
        if line.size.width > self.room.width {
            return;
        }
        let leading = style.leading.max(line.size.height);
        let height = (padding + leading).round_up_to(self.plan.grid);
        let mut head = Frame::new(Size::new(self.room.width, height));
        let x = match (self.plan.rtl, style.align) {
            (_, Justify::Center) => (self.room.width - line.size.width) / 2,
            (true, Justify::Start | Justify::Both) | (false, Justify::End) => {
                self.room.width - line.size.width
            }
            _ => Abs::ZERO,
        };
        head.push_frame(Point::new(x, height - leading), line);
        let panel = &mut self.galley.panels[id];
        (panel.head, panel.from) = (Some(head.into()), last);
    }
}

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
