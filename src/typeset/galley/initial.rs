//! The tall first letter of a first paragraph, and its first words in small capitals.

use std::borrow::Cow;
use std::sync::Arc;

use super::stick::Stick;
use crate::model::{Inline, plain_inlines};
use crate::theme::{Caps, Justify};
use crate::typeset::frame::Frame;
use crate::typeset::paragraph::{Measure, Voice, cut_initial, lead_in, prepare};
use crate::typeset::structure::ElementId;
use crate::typeset::style::{Style, TextStyle};
use crate::unit::{Abs, Point, Size};

/// Between the letter and the lines beside it, in parts of the leading.
const GAP: f64 = 0.16;

/// A letter of running text is about so wide, in parts of the size: enough to tell whether a paragraph has the lines
/// that a tall letter needs.
const LETTER: f64 = 0.4;

impl Stick<'_, '_> {
    /// Takes the first letter out of a paragraph, puts it beside the paragraph's first lines and takes its room from the
    /// measure; dresses the first words. Returns the words that are left.
    pub(super) fn initial<'i>(
        &mut self,
        inlines: &'i [Inline],
        style: &Style,
        element: ElementId,
        measure: &mut Measure,
    ) -> Cow<'i, [Inline]> {
        let mut words = Cow::Borrowed(inlines);
        if style.lead_in > 0 {
            words = Cow::Owned(lead_in(&words, style.lead_in));
        }
        let lines = style.drop_cap;
        if lines < 2 {
            return words;
        }
        let long = style.size().scale(LETTER) * plain_inlines(&words).chars().count() as i64;
        if long < measure.width * (i64::from(lines) + 1) {
            return words;
        }
        let Some((letter, rest)) = cut_initial(&words) else {
            return words;
        };
        let frame = self.letter(&letter, style, element);
        measure.initial_lines = lines;
        measure.initial = frame.size.width + style.leading.scale(GAP);
        let x = if self.plan.rtl {
            self.room.x + self.room.width - frame.size.width
        } else {
            self.room.x
        };
        self.put_beside(x, frame, false);
        Cow::Owned(rest)
    }

    /// A letter that stands on its last line and is as high as the capitals of its first.
    fn letter(&mut self, letter: &[Inline], style: &Style, element: ElementId) -> Frame {
        let fonts = self.plan.styles.fonts();
        let capital = fonts.face(style.text.face).metrics().cap_height;
        let down = style.leading * (i64::from(style.drop_cap) - 1);
        let height = down + capital.at(style.size());
        let size = height.scale(1.0 / capital.get().max(0.1));
        let tall = Style {
            text: Arc::new(TextStyle {
                size,
                caps: Caps::None,
                ..(*style.text).clone()
            }),
            leading: size,
            align: Justify::Start,
            indent: Abs::ZERO,
            ..style.clone()
        };
        let material = prepare(self.cx, letter, &Arc::new(tall), Voice::Element(element));
        let width = material.max_width();
        let paragraph = material.set(&Measure::of(width));
        let mut frame = Frame::new(Size::new(width, style.leading * i64::from(style.drop_cap)));
        if let Some(line) = paragraph.frames(paragraph.best, 0..1).pop() {
            let baseline = down + style.baseline(fonts);
            frame.push_frame(Point::new(Abs::ZERO, baseline - line.baseline), line);
        }
        frame
    }
}
