//! The back of a cover: its text, a picture, the barcode.

use std::sync::Arc;

use super::Cover;
use super::sheet::inset;
use crate::diag::Code;
use crate::model::Role;
use crate::theme::Color;
use crate::typeset::structure::{ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Rect, Size};

/// Lines on the back are no longer than so many times the size of their type.
const MEASURE: i64 = 36;
/// How much larger and smaller than the theme asks its type may become, and in what steps.
const LARGEST: f64 = 1.3;
const SMALLEST: f64 = 0.75;
const STEP: f64 = 0.05;
/// A text in the largest type that takes so many times its room does not fit in the smallest, which takes a third of it.
const MUCH: i64 = 5;
/// A text in larger type than the theme asks leaves this part of its room free.
const FREE: (i64, i64) = (2, 5);
/// How much of the width of the back a picture takes at most, beside a barcode or without.
const PORTRAIT: (i64, i64) = (3, 10);
/// How high it is at most, in parts of its width.
const UPRIGHT: f64 = 1.4;

impl Cover<'_> {
    /// Sets the back.
    pub(super) fn back(&mut self) {
        let panel = self.sheet.back();
        let face = self.sheet.face(panel);
        let area = inset(face, self.margin);
        let element = self.element(ElementId(0), Tag::Sect, None);
        let text = self.cx.data;
        let code = self.barcode(face, area);
        let mut foot = area.at.y + area.size.height;
        let gap = self.style.leading.max(self.margin / 2);
        let portrait = self.back_picture(area, code);
        for taken in code.into_iter().chain(portrait) {
            foot = foot.min(taken.at.y - gap);
            self.taken.push(taken);
        }
        if text.blocks.is_empty() {
            return;
        }
        let room = Size::new(area.size.width, foot - area.at.y);
        self.back_text(area.at, room, element);
    }

    /// The picture at the foot of the back, at the fore edge; returns where it stands.
    fn back_picture(&mut self, area: Rect, code: Option<Rect>) -> Option<Rect> {
        let widest = area.size.width.fraction(PORTRAIT.0, PORTRAIT.1);
        let beside = code.map_or(Abs::ZERO, |code| code.size.width + self.margin / 2);
        let width = widest.min(area.size.width - beside).max(Abs::pt(1.0));
        let picture = self.portrait(Size::new(width, width.scale(UPRIGHT)))?;
        let size = picture.size;
        let x = if self.sheet.is_right(self.sheet.back()) {
            area.at.x + area.size.width - size.width
        } else {
            area.at.x
        };
        // On a line with the foot of the barcode.
        let foot = code.map_or(area.at.y + area.size.height, |code| {
            code.at.y + code.size.height
        });
        let at = Point::new(x, foot - size.height);
        self.frame.push_frame(at, picture);
        Some(Rect { at, size })
    }

    /// The text on the back: larger than the theme asks if it is short, smaller if it is long.
    fn back_text(&mut self, at: Point, room: Size, element: ElementId) {
        let boxed = self.is_label() || self.is_wrapped();
        let mut field = self.role(Role::CoverPanel, &self.style);
        if !self.is_label() {
            // Over a picture the text needs a ground of the cover's own.
            let ground = self.style.background.unwrap_or(Color::WHITE);
            field.background = Some(ground);
            (field.frame, field.rule) = (Abs::ZERO, Abs::ZERO);
        }
        let pad = if boxed {
            field.padding.min(room.width / 8)
        } else {
            Abs::ZERO
        };
        let style = self.plan.style(Role::CoverBack, &[], &self.style_of_text());
        let width = (room.width - pad * 2).min(style.size().scale(LARGEST) * MEASURE);
        let height = room.height - pad * 2;
        let mark = self.cx.structure.mark(element);
        let mut by: f64 = LARGEST;
        let column = loop {
            let scaled = Arc::new(super::words::grown(&style, by));
            let column = self.blocks(width, &scaled, element);
            let most = if by > 1.0 {
                height - height.fraction(FREE.0, FREE.1)
            } else {
                height
            };
            if column.size.height <= most || by <= SMALLEST {
                break column;
            }
            // Much too much is too much at any size: that need not be found out step by step.
            by = match column.size.height > height * MUCH {
                true => SMALLEST,
                false => ((by - STEP) / STEP).round() * STEP,
            };
            self.cx.structure.reset(mark);
        };
        if column.size.height > height {
            let over = (column.size.height - height.max(Abs::ZERO)).to_mm();
            self.tell(
                Code::CoverOverflow,
                format!("the text on the back of the cover is {over:.0} mm too long"),
                "shorten it, or set it smaller under `style: {cover-back: {size: …}}`",
            );
        }
        let rtl = self.plan.rtl;
        let free = room.width - width - pad * 2;
        let x = if rtl { at.x + free } else { at.x };
        let size = Size::new(width + pad * 2, column.size.height + pad * 2);
        let rect = Rect {
            at: Point::new(x, at.y),
            size,
        };
        if boxed {
            self.field(rect, &field);
        }
        self.taken.push(rect);
        self.frame
            .push_frame(Point::new(x + pad, at.y + pad), column);
    }

    /// What the text on the back starts from: the cover's type in the size of the book's, which many lines are read in.
    fn style_of_text(&self) -> Style {
        let body = &self.plan.body;
        let style = self.plan.style(Role::Cover, &[], body);
        Style {
            background: None,
            hyphenate: body.hyphenate,
            ..(*style).clone()
        }
    }
}
