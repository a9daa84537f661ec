//! The tall first letter of a first paragraph, and its first words in small capitals.
//!
//! In: a paragraph's inlines and its style. Out: what is left of the inlines, the letter beside the paragraph's first
//! line, and its room taken from the measure. A letter that goes down beside some lines stands on the last of them and
//! is as high as the capitals of the first, or as its small capitals where the paragraph begins with such; its own
//! outline, not its advance, stands at the edge; each line begins where the outline leaves room. Quotation marks before
//! it hang in the margin at the size of the text. Where the paragraph is too short the next one goes on beside the letter.

use std::borrow::Cow;
use std::sync::Arc;

use super::opening::text;
use super::stick::Stick;
use crate::model::{Block, BlockKind, Inline, plain_inlines};
use crate::theme::{Caps, Initial, Justify, LeadIn};
use crate::typeset::frame::{Frame, Item};
use crate::typeset::paragraph::{INITIAL_LINES, Measure, Voice, cut_initial, lead_in, prepare};
use crate::typeset::structure::ElementId;
use crate::typeset::style::{Style, TextStyle};
use crate::unit::{Abs, Point, Size};

/// Between the letter and the lines beside it, in parts of the leading.
const GAP: f64 = 0.16;

/// A letter of running text is about so wide, in parts of the size: enough to tell whether paragraphs have the lines
/// that a tall letter needs.
const LETTER: f64 = 0.4;

/// How much of the leading the words of a line take above and below their baseline: an outline within is in their way.
const ABOVE: f64 = 0.5;
const BELOW: f64 = 0.15;

/// How many lines a letter still has beside it when its paragraph is over.
#[derive(Clone, Copy, Debug)]
pub struct Overhang {
    lines: u8,
    insets: [Abs; INITIAL_LINES],
}

/// A letter's place and shape.
struct Letter {
    frame: Frame,
    /// For each line beside it, how far it reaches from the edge.
    reach: [Abs; INITIAL_LINES],
    /// It goes down into the line below those that it stands beside.
    descends: bool,
}

impl Stick<'_, '_> {
    /// Notes how many lines the paragraphs behind one have, as far as a letter could ask.
    pub(super) fn look_ahead(&mut self, behind: &[Block]) {
        let mut lines = 0;
        for block in behind.iter().take(INITIAL_LINES) {
            match &block.kind {
                BlockKind::Paragraph(content) if block.attrs.is_none() => {
                    lines += self.about(content, self.room.width);
                }
                _ => break,
            }
        }
        self.lines_ahead = lines;
    }

    /// About how many lines a paragraph has.
    fn about(&self, inlines: &[Inline], width: Abs) -> i64 {
        let letters = plain_inlines(inlines).chars().count() as i64;
        let long = self.plan.body.size().scale(LETTER) * letters;
        long.raw() / width.raw().max(1) + i64::from(letters > 0)
    }

    /// Takes the first letter out of a paragraph, puts it beside the paragraph's first lines and takes its room from the
    /// measure; dresses the first words. Returns the words that are left.
    pub(super) fn initial<'i>(
        &mut self,
        inlines: &'i [Inline],
        style: &Style,
        element: ElementId,
        measure: &mut Measure,
    ) -> Cow<'i, [Inline]> {
        if let Some(overhang) = self.overhang {
            measure.initial_lines = overhang.lines;
            measure.initial = overhang.insets;
            measure.initial[0] += measure.first;
            return Cow::Borrowed(inlines);
        }
        let mut words = Cow::Borrowed(inlines);
        if style.lead_in != LeadIn::Words(0) {
            words = Cow::Owned(lead_in(&words, style.lead_in));
        }
        let initial = style.drop_cap;
        if initial.lines < 2 {
            return words;
        }
        let lines = if initial.raised { 1 } else { initial.lines };
        let room = measure.width - style.size() * i64::from(lines);
        let short = self.about(&words, room) + self.lines_ahead < i64::from(lines);
        if short || room < measure.width / 2 {
            return words;
        }
        let Some(mut cut) = cut_initial(&words) else {
            return words;
        };
        if !cut.marks.is_empty() {
            self.hang(&cut.marks, style, element);
        }
        let alone = plain_inlines(&cut.rest).starts_with(' ');
        if alone && let Some(last) = cut.letter.last() {
            // The space between is dropped at the beginning of a line, and must be heard all the same.
            cut.letter.push(text(last.id, "\u{a0}".to_owned()));
        }
        let letter = self.letter(&cut.letter, style, initial, element);
        let gap = style.leading.scale(GAP);
        let beside = usize::from(lines + u8::from(letter.descends)).min(INITIAL_LINES);
        measure.initial_lines = beside as u8;
        for (inset, reach) in measure.initial.iter_mut().zip(letter.reach).take(beside) {
            *inset = reach + gap;
        }
        if alone {
            let face = self.plan.fonts.face(style.text.face);
            measure.initial[0] += face.metrics().space.at(style.size());
        }
        if initial.raised {
            self.space(style.leading * (i64::from(initial.lines) - 1));
        }
        let x = if self.plan.rtl {
            self.room.x + self.room.width - letter.frame.size.width
        } else {
            self.room.x
        };
        self.put_beside(x, letter.frame, true);
        self.cx.begun = cut.begun;
        Cow::Owned(cut.rest)
    }

    /// What a letter does beside a paragraph that was just set in so many lines: it stays on its page with them, and
    /// goes on beside what follows.
    pub(super) fn pass_letter(&mut self, at: usize, measure: &Measure) {
        let initial = usize::from(measure.initial_lines);
        self.overhang = None;
        if initial == 0 {
            return;
        }
        let super::ChildKind::Lines(lines) = &mut self.galley.children[at].kind else {
            return;
        };
        let count = lines.paragraph.settings[lines.paragraph.best].lines.len();
        if count >= initial {
            return;
        }
        lines.varies = false;
        self.keep_last(crate::typeset::page::cost::KEEP);
        let mut insets = [Abs::ZERO; INITIAL_LINES];
        insets[..initial - count].copy_from_slice(&measure.initial[count..initial]);
        let overhang = Overhang {
            lines: (initial - count) as u8,
            insets,
        };
        if self.lines_ahead > 0 {
            self.overhang = Some(overhang);
        } else {
            self.push_pad(self.plan.grid * i64::from(overhang.lines));
        }
    }

    /// Quotation marks in the margin, on the first line.
    fn hang(&mut self, marks: &[Inline], style: &Style, element: ElementId) {
        let style = Arc::new(Style {
            align: Justify::Start,
            indent: Abs::ZERO,
            ..style.clone()
        });
        let material = prepare(self.cx, marks, &style, Voice::Element(element));
        let width = material.max_width();
        let paragraph = material.set(&Measure::of(width));
        if let Some(line) = paragraph.frames(paragraph.best, 0..1).pop() {
            let x = if self.plan.rtl {
                self.room.x + self.room.width
            } else {
                self.room.x - width
            };
            self.put_beside(x, line, true);
        }
    }

    /// The letter, with the first line's baseline as its frame's.
    fn letter(
        &mut self,
        letter: &[Inline],
        style: &Style,
        initial: Initial,
        element: ElementId,
    ) -> Letter {
        let fonts = self.plan.styles.fonts();
        let metrics = fonts.face(style.text.face).metrics();
        let steps = i64::from(initial.lines) - 1;
        let first = match style.lead_in {
            LeadIn::Words(0) => metrics.cap_height,
            _ => metrics.x_height,
        };
        let height = style.leading * steps + first.at(style.size());
        let size = height.scale(1.0 / metrics.cap_height.get().max(0.1));
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
        let line = paragraph.frames(paragraph.best, 0..1).pop();
        let line = line.unwrap_or_default();
        let down = if initial.raised {
            Abs::ZERO
        } else {
            style.leading * steps
        };
        let mut shape = Vec::new();
        if !self.plan.rtl {
            trace(self.plan, &line, Point::ZERO, &mut shape);
        }
        let (from, to) = extent(&shape, -Abs::MAX, Abs::MAX).unwrap_or((Abs::ZERO, width));
        let mut frame = Frame::new(Size::new(to - from, style.leading + down));
        frame.baseline = style.baseline(fonts);
        let top = frame.baseline + down - line.baseline;
        frame.push_frame(Point::new(-from, top), line.clone());
        let mut reach = [to - from; INITIAL_LINES];
        let mut widest = Abs::ZERO;
        for (number, reach) in (0i64..=steps).zip(&mut reach) {
            // Line by line from the first: where this line's words stand on the letter's own line.
            let on = line.baseline - down + style.leading * number;
            let (above, below) = (style.leading.scale(ABOVE), style.leading.scale(BELOW));
            let here = extent(&shape, on - above, on + below);
            widest = widest.max(here.map_or(to - from, |(_, right)| right - from));
            *reach = widest;
        }
        let lowest = shape.iter().flatten().map(|point| point.y).max();
        let below = lowest.unwrap_or_default() - line.baseline;
        Letter {
            frame,
            reach,
            descends: below > style.leading - metrics.cap_height.at(style.size()),
        }
    }
}

/// The outlines of a line's glyphs, as polygons from the line's upper left corner.
fn trace(
    plan: &crate::typeset::plan::Plan<'_>,
    line: &Frame,
    at: Point,
    shape: &mut Vec<Vec<Point>>,
) {
    for (place, item) in &line.items {
        let here = at + *place;
        match item {
            Item::Group(inner) => trace(plan, inner, here, shape),
            Item::Glyphs { run, .. } => {
                let face = plan.fonts.face(crate::font::FaceId(run.font.0));
                let mut pen = here.x;
                for glyph in &run.glyphs {
                    let (dx, dy) = (i64::from(glyph.dx), i64::from(glyph.dy));
                    let origin = Point::new(pen + Abs::from_raw(dx), here.y - Abs::from_raw(dy));
                    shape.extend(face.outline(glyph.id).into_iter().map(|polygon| {
                        let corner = |(x, y): (crate::unit::Em, crate::unit::Em)| {
                            Point::new(origin.x + x.at(run.size), origin.y - y.at(run.size))
                        };
                        polygon.into_iter().map(corner).collect()
                    }));
                    pen += glyph.advance();
                }
            }
            _ => {}
        }
    }
}

/// How far outlines reach to the left and to the right between two heights; `None` if nothing of them is there.
fn extent(shape: &[Vec<Point>], top: Abs, bottom: Abs) -> Option<(Abs, Abs)> {
    let mut found: Option<(Abs, Abs)> = None;
    let mut take = |x: Abs| {
        let (left, right) = found.unwrap_or((x, x));
        found = Some((left.min(x), right.max(x)));
    };
    for side in shape.iter().flat_map(|polygon| polygon.windows(2)) {
        let (a, b) = match side {
            [a, b] if a.y <= b.y => (a, b),
            [a, b] => (b, a),
            _ => continue,
        };
        if b.y < top || a.y > bottom {
            continue;
        }
        // Where the side enters and leaves the band.
        let at = |y: Abs| match (b.y - a.y).raw() {
            0 => a.x,
            height => a.x + (b.x - a.x).fraction((y - a.y).raw(), height),
        };
        take(at(a.y.max(top)));
        take(at(b.y.min(bottom)));
        if a.y == b.y {
            take(b.x);
        }
    }
    found
}
