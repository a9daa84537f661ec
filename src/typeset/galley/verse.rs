//! Verse: lines as the poet ended them; what does not fit is turned over.
//!
//! In: stanzas. Out: a paragraph per line of verse, its stanza kept together as far as it is short. The theme says where
//! the rest of a long line goes and whether the whole stands in the middle by its longest line; an author may ask for
//! numbers at the lines' ends (`lines`, `lines=10`, `from=40`).

use std::sync::Arc;

use super::block::classes;
use super::stick::Stick;
use super::{Beside, ChildKind};
use crate::model::{Attrs, Block, Role, Stanza, VerseLine};
use crate::theme::Turnover;
use crate::typeset::frame::{Artifact, Frame, Item};
use crate::typeset::page::cost;
use crate::typeset::paragraph::{Material, Measure, Voice, prepare};
use crate::typeset::structure::{ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Em, Point, Size};

/// A leading space of the Markdown: half an em, so that two are a printer's usual step.
const STEP: Em = Em::new(0.5);
/// How much further than its line's start a turnover stands.
const TURNOVER: Em = Em::new(2.0);
/// Between a line and its number, at least.
const NUMBER_GAP: Em = Em::new(1.0);
/// Which lines are numbered where an author does not say: every fifth, as editions of poems have it.
const EVERY: u32 = 5;

/// Which lines have numbers.
#[derive(Clone, Copy)]
struct Numbers {
    /// The next line's.
    next: u32,
    /// Every so many lines.
    every: u32,
}

impl Numbers {
    fn of(attrs: Option<&Attrs>) -> Option<Numbers> {
        let attrs = attrs?;
        let from = attrs.get("from").and_then(|from| from.parse().ok());
        let every = attrs.get("lines").map(|every| every.parse().ok());
        if every.is_none() && from.is_none() {
            return None;
        }
        Some(Numbers {
            next: from.unwrap_or(1),
            every: every.flatten().unwrap_or(EVERY).max(1),
        })
    }

    /// The number of the next line, if it shows one.
    fn step(&mut self) -> Option<u32> {
        let number = self.next;
        self.next = number.saturating_add(1);
        number.is_multiple_of(self.every).then_some(number)
    }
}

impl Stick<'_, '_> {
    /// Stanzas, parted by a line.
    pub(super) fn verse(&mut self, block: &Block, stanzas: &[Stanza]) {
        let mut style = self
            .plan
            .style(Role::Verse, classes(block.attrs.as_deref()), &self.text);
        let element = self.open_block(Tag::Div, block);
        let entered = self.enter(&style, element);
        let plain = Arc::make_mut(&mut style);
        (plain.start, plain.end) = (Abs::ZERO, Abs::ZERO);
        (plain.keep_with_next, plain.keep_together) = (false, false);
        let mut numbers = Numbers::of(block.attrs.as_deref());
        let poem: Vec<(ElementId, Vec<Material>)> = stanzas
            .iter()
            .map(|stanza| {
                let outer = self.come_from(stanza.id);
                let paragraph = self.open(Tag::P, stanza.id);
                let last = stanza.lines.len().saturating_sub(1);
                let lines = stanza.lines.iter().enumerate();
                let lines = lines
                    .map(|(at, line)| {
                        let voice = Voice::Element(paragraph);
                        let material = prepare(self.cx, &line.content, &style, voice);
                        match at {
                            _ if at == last => material,
                            _ => material.going_on(),
                        }
                    })
                    .collect();
                self.origin = outer;
                (paragraph, lines)
            })
            .collect();
        if style.center_block {
            let longest = stanzas
                .iter()
                .zip(&poem)
                .flat_map(|(stanza, (_, lines))| stanza.lines.iter().zip(lines))
                .map(|(line, material)| self.step(line, &style) + material.max_width())
                .max();
            let free = self.room.width - longest.unwrap_or_default();
            self.narrow(free / 2, Abs::ZERO);
        }
        for (stanza, (_, lines)) in stanzas.iter().zip(&poem) {
            let outer = self.come_from(stanza.id);
            self.stretchable_space(self.plan.grid);
            let last = stanza.lines.len().saturating_sub(1);
            for (at, (line, material)) in stanza.lines.iter().zip(lines).enumerate() {
                let number = numbers.as_mut().and_then(Numbers::step);
                let child = self.verse_line(line, material, &style, number);
                // At least two lines of a stanza stand together; a short one is not parted at all.
                self.galley.children[child].end_cost = match at {
                    _ if at == last => 0.0,
                    _ if last < 3 || at == 0 || at + 1 == last => cost::WIDOW,
                    _ => cost::STANZA,
                };
            }
            self.origin = outer;
        }
        self.leave(entered);
        self.first = false;
    }

    /// How far a line stands in.
    fn step(&self, line: &VerseLine, style: &Style) -> Abs {
        (STEP.at(style.size()) * i64::from(line.indent)).min(self.room.width / 2)
    }

    /// Sets a line of verse; returns its place in the galley.
    fn verse_line(
        &mut self,
        line: &VerseLine,
        material: &Material,
        style: &Arc<Style>,
        number: Option<u32>,
    ) -> usize {
        let indent = self.step(line, style);
        let measure = Measure {
            first: indent,
            rest: (indent + TURNOVER.at(style.size())).min(self.room.width * 2 / 3),
            ..Measure::of(self.room.width)
        };
        let turned = match style.turnover {
            Turnover::Hang => None,
            _ => self.turned(material, measure, style),
        };
        let mut beside = Vec::new();
        if let Some(number) = number {
            let end = indent + material.max_width();
            beside.push(self.verse_number(number, end, style));
        }
        if let Some((_, Some(bracket))) = &turned {
            beside.push(bracket.clone());
        }
        for Beside { x, frame, .. } in beside {
            self.put_beside(x, frame, true);
        }
        let measure = turned.map_or(measure, |(measure, _)| measure);
        let child = self.push_lines(material, style, &measure);
        if let ChildKind::Lines(lines) = &mut self.galley.children[child].kind {
            lines.keep_together = true;
            lines.varies = false;
        }
        child
    }

    /// The measure that sends what is turned over to the end edge, and the bracket before it. `None` where one line is
    /// enough, or two are not.
    fn turned(
        &mut self,
        material: &Material,
        measure: Measure,
        style: &Arc<Style>,
    ) -> Option<(Measure, Option<Beside>)> {
        let bracket = match style.turnover {
            Turnover::Bracket => Some(self.label("[", style, Voice::Artifact(Artifact::Layout))),
            _ => None,
        };
        let taken = bracket.as_ref().map_or(Abs::ZERO, |frame| frame.size.width);
        // First as short as it may be, so that the first line is as long as it can be.
        let flush = Measure {
            rest: taken,
            ..measure
        };
        let paragraph = material.set(&flush);
        let [_, rest] = paragraph.frames(paragraph.best, ..).try_into().ok()?;
        let width = words_width(&rest);
        let measure = Measure {
            rest: (measure.width - width).max(taken),
            ..measure
        };
        let bracket = bracket.map(|label| {
            let mut frame = Frame::new(Size::new(label.size.width, style.leading * 2));
            frame.baseline = label.baseline;
            let from_edge = measure.rest - taken;
            let x = if self.plan.rtl {
                self.room.x + self.room.width - from_edge - taken
            } else {
                self.room.x + from_edge
            };
            frame.push_frame(Point::new(Abs::ZERO, style.leading), label);
            Beside {
                x,
                frame: Arc::new(frame),
                on_baseline: true,
            }
        });
        Some((measure, bracket))
    }

    /// A line's number at the end edge; behind the line's end where that is nearer to the edge.
    fn verse_number(&mut self, number: u32, end: Abs, style: &Arc<Style>) -> Beside {
        let small = self.plan.style(Role::LineNumber, &[], style);
        let voice = Voice::Artifact(Artifact::Layout);
        let label = self.label(&number.to_string(), &small, voice);
        let gap = NUMBER_GAP.at(style.size());
        let edge = self.room.width - label.size.width;
        // A line that is turned over fills the measure: its number stands in the margin.
        let offset = edge.max(end.min(self.room.width) + gap);
        let x = if self.plan.rtl {
            self.room.x + self.room.width - offset - label.size.width
        } else {
            self.room.x + offset
        };
        Beside {
            x,
            frame: label,
            on_baseline: true,
        }
    }
}

/// How wide the words of a line are.
fn words_width(line: &Frame) -> Abs {
    let width = |(_, item): &(Point, Item)| match item {
        Item::Glyphs { run, .. } => run.width(),
        Item::Group(inner) => words_width(inner),
        Item::Image { size, .. } => size.width,
        _ => Abs::ZERO,
    };
    line.items.iter().map(width).sum()
}
