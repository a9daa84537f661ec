//! What goes with words on a line: backgrounds, frames, lines under and through them, places to tap.

use super::super::frame::{Artifact, Frame, Item, LinkTarget, Owner};
use super::super::structure::ElementId;
use super::content::RunStyle;
use crate::theme::Color;
use crate::unit::{Abs, Point, Size};

/// Stretches of a line that something goes with, from left to right.
#[derive(Default)]
pub(super) struct Decorations {
    marks: Vec<Stretch<Mark>>,
    links: Vec<Stretch<Tap>>,
}

struct Stretch<T> {
    what: T,
    from: Abs,
    to: Abs,
}

/// What is drawn.
#[derive(Clone, Copy, PartialEq)]
struct Mark {
    background: Option<Color>,
    frame: Abs,
    /// The upper edge of a line under the words, above the baseline, and its thickness.
    under: Option<(Abs, Abs)>,
    through: Option<(Abs, Abs)>,
    color: Color,
    /// Above and below the baseline.
    reach: (Abs, Abs),
}

/// What is tapped.
#[derive(Clone, Copy, PartialEq)]
struct Tap {
    link: u16,
    reach: (Abs, Abs),
}

/// A background reaches so far beyond letters, in parts of the size.
const PADDING: f64 = 0.08;

impl Decorations {
    /// Takes in a part of the line.
    pub fn add(&mut self, run: &RunStyle, from: Abs, width: Abs) {
        let to = from + width;
        let size = run.style.size;
        let metrics = run.dress.voice.metrics();
        let reach = || {
            let pad = size.scale(PADDING);
            let up = metrics.ascent.at(size).min(size.scale(0.8)) + pad;
            let down = metrics.descent.at(size).min(size.scale(0.25)) + pad;
            (up, down)
        };
        if let Some(link) = run.link {
            let reach = reach();
            let tap = Tap { link, reach };
            join(&mut self.links, tap, from, to, |a, b| a.link == b.link);
        }
        let style = &run.style;
        let plain = style.background.is_none() && style.frame.is_zero();
        if plain && !run.underline && !run.strike {
            return;
        }
        let line = |line: crate::font::Line| {
            // Thinner lines vanish on some screens.
            let thickness = line.thickness.at(size).max(Abs::pt(0.4));
            (line.top.at(size), thickness)
        };
        let mark = Mark {
            background: style.background,
            frame: style.frame,
            under: run.underline.then(|| line(metrics.underline)),
            through: run.strike.then(|| line(metrics.strike)),
            color: style.color,
            reach: reach(),
        };
        join(&mut self.marks, mark, from, to, |a, b| a == b);
    }

    /// Puts all into the line's frame: backgrounds behind the words, lines and taps before them.
    pub fn finish(self, frame: &mut Frame, links: &[(LinkTarget, ElementId)]) {
        let baseline = frame.baseline;
        let filled = |at: Point, size: Size, color: Color, artifact: Artifact| {
            let owner = Owner::Artifact(artifact);
            (at, Item::Rule { size, color, owner })
        };
        let rule = |x: Abs, y: Abs, width: Abs, height: Abs, color: Color| {
            filled(
                Point::new(x, y),
                Size::new(width, height),
                color,
                Artifact::Layout,
            )
        };
        let mut behind = Vec::new();
        for Stretch { what, from, to } in &self.marks {
            let (top, width) = (baseline - what.reach.0, *to - *from);
            let height = what.reach.0 + what.reach.1;
            if let Some(color) = what.background {
                let (at, size) = (Point::new(*from, top), Size::new(width, height));
                behind.push(filled(at, size, color, Artifact::Background));
            }
            let (line, color) = (what.frame, what.color);
            if !line.is_zero() {
                // Outside the words, so that letters stay free of it.
                let (left, wide) = (*from - line, width + line * 2);
                behind.push(rule(left, top, wide, line, color));
                behind.push(rule(left, top + height - line, wide, line, color));
                behind.push(rule(left, top, line, height, color));
                behind.push(rule(*to, top, line, height, color));
            }
            for (up, thickness) in [what.under, what.through].into_iter().flatten() {
                frame
                    .items
                    .push(rule(*from, baseline - up, width, thickness, color));
            }
        }
        if !behind.is_empty() {
            frame.items.splice(0..0, behind);
        }
        for Stretch { what, from, to } in &self.links {
            let Some((target, element)) = links.get(usize::from(what.link)) else {
                continue;
            };
            let size = Size::new(*to - *from, what.reach.0 + what.reach.1);
            let item = Item::Link {
                size,
                target: target.clone(),
                element: *element,
            };
            frame.push(Point::new(*from, baseline - what.reach.0), item);
        }
    }
}

/// Adds a stretch, or lengthens the last one if it is of the same kind and ends here.
fn join<T>(stretches: &mut Vec<Stretch<T>>, what: T, from: Abs, to: Abs, same: fn(&T, &T) -> bool) {
    match stretches.last_mut() {
        Some(last) if last.to == from && same(&last.what, &what) => last.to = to,
        _ => stretches.push(Stretch { what, from, to }),
    }
}
