//! What stands too near to where a cover is cut or folded.
//!
//! In: the finished page. Out: a finding for the text that comes nearest to an edge, and one for what comes nearest to a
//! fold, if they are nearer than the printer allows.

use super::Case;
use super::sheet::{Sheet, inset, overlap};
use crate::diag::{Code, Diagnostic, Sink};
use crate::font::FaceId;
use crate::typeset::frame::{Frame, Item, Run};
use crate::typeset::plan::Plan;
use crate::unit::{Abs, Point, Rect, Size};

/// How far letters reach below their baseline, in font sizes.
const DESCENT: f64 = 0.22;
/// What is nearer than allowed by less than this is not told: lengths in inches and in points do not meet exactly.
const SLACK: Abs = Abs::pt(0.1);

/// From the coordinates of a frame to those of the page, in quarter turns to the left.
#[derive(Clone, Copy)]
struct Place {
    at: Point,
    turns: u8,
}

impl Place {
    fn on_page(self, point: Point) -> Point {
        let Point { x, y } = point;
        let (x, y) = match self.turns % 4 {
            0 => (x, y),
            1 => (y, Abs::ZERO - x),
            2 => (Abs::ZERO - x, Abs::ZERO - y),
            _ => (Abs::ZERO - y, x),
        };
        self.at + Point::new(x, y)
    }

    /// The place of something in here.
    fn inner(self, at: Point) -> Place {
        Place {
            at: self.on_page(at),
            ..self
        }
    }

    /// The place of what is in a turned frame in here: its upper left corner lies at the lower left.
    fn turned(self, at: Point, frame: &Frame) -> Place {
        Place {
            at: self.on_page(at + Point::new(Abs::ZERO, frame.size.width)),
            turns: (self.turns + 1) % 4,
        }
    }

    fn rect(self, at: Point, size: Size) -> Rect {
        let a = self.on_page(at);
        let b = self.on_page(at + Point::new(size.width, size.height));
        let at = Point::new(a.x.min(b.x), a.y.min(b.y));
        Rect {
            at,
            size: Size::new((a.x - b.x).abs(), (a.y - b.y).abs()),
        }
    }
}

/// A run of letters on the sheet.
struct Text<'f> {
    words: &'f str,
    rect: Rect,
}

/// Tells what stands too near to an edge or a fold.
pub(super) fn check(frame: &Frame, sheet: &Sheet, case: &Case<'_>, plan: &Plan<'_>, sink: &Sink) {
    let mut texts = Vec::new();
    let place = Place {
        at: Point::ZERO,
        turns: 0,
    };
    gather(frame, place, plan, &mut texts);
    let rules = case.rules;
    let spine = sheet.spine();
    let mut worst: [Option<(Abs, &Text<'_>, Abs)>; 2] = [None, None];
    for text in &texts {
        let on_spine = overlap(text.rect, inset(spine, Abs::ZERO));
        let (near, asked, sort) = if on_spine {
            let clear = rules.spine_clear.value;
            (across(text.rect, spine), clear, 1)
        } else {
            let panels = [sheet.front(), sheet.back()];
            let nearest = panels
                .map(|panel| sheet.face(panel))
                .into_iter()
                .find(|face| overlap(text.rect, *face));
            let near = nearest.map_or(Abs::ZERO, |face| within(text.rect, face));
            (near, rules.safety.value, 0)
        };
        let lack = asked - near;
        let found = &mut worst[sort];
        if lack > SLACK && found.as_ref().is_none_or(|(most, ..)| lack > *most) {
            *found = Some((lack, text, near));
        }
    }
    for (found, what) in worst
        .into_iter()
        .zip(["an edge or a fold", "the edges of the spine"])
    {
        let Some((_, text, near)) = found else {
            continue;
        };
        let said: String = text.words.trim().chars().take(40).collect();
        let asked = if what.starts_with("an") {
            rules.safety.value
        } else {
            rules.spine_clear.value
        };
        let message = format!(
            "`{said}` on the cover, {:.0} mm from its left and {:.0} mm from its head, is {:.1} mm from {what}; {} asks for {:.1} mm",
            text.rect.at.x.to_mm(),
            text.rect.at.y.to_mm(),
            near.to_mm().max(0.0),
            case.printer,
            asked.to_mm()
        );
        let told = Diagnostic::new(Code::CoverEdge, case.at, message);
        sink.push(told.hint(
            "set it smaller, or give the cover more room with `style: {cover: {padding: …}}`",
        ));
    }
}

/// How far something is from the nearest edge of what it stands in.
fn within(rect: Rect, of: Rect) -> Abs {
    let right = of.at.x + of.size.width - rect.at.x - rect.size.width;
    let bottom = of.at.y + of.size.height - rect.at.y - rect.size.height;
    let (left, top) = (rect.at.x - of.at.x, rect.at.y - of.at.y);
    left.min(top).min(right).min(bottom)
}

/// How far something is from the left and the right edge of what it stands in.
fn across(rect: Rect, of: Rect) -> Abs {
    let right = of.at.x + of.size.width - rect.at.x - rect.size.width;
    right.min(rect.at.x - of.at.x)
}

fn gather<'f>(frame: &'f Frame, place: Place, plan: &Plan<'_>, texts: &mut Vec<Text<'f>>) {
    for (at, item) in &frame.items {
        match item {
            Item::Group(inner) | Item::Clipped(inner) => {
                gather(inner, place.inner(*at), plan, texts);
            }
            Item::Turned(inner) => gather(inner, place.turned(*at, inner), plan, texts),
            Item::Glyphs { run, .. } if is_word(run) => {
                let face = plan.fonts.face(FaceId(run.font.0));
                let up = face.metrics().cap_height.at(run.size);
                let size = Size::new(run.width(), up + run.size.scale(DESCENT));
                let top = Point::new(at.x, at.y - up);
                texts.push(Text {
                    words: &run.text,
                    rect: place.rect(top, size),
                });
            }
            _ => {}
        }
    }
}

/// Whether a run says something: ornaments may be cut.
fn is_word(run: &Run) -> bool {
    run.text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_turn_with_their_frames() {
        let pt = |x: f64, y: f64| Point::new(Abs::pt(x), Abs::pt(y));
        let page = Place {
            at: Point::ZERO,
            turns: 0,
        };
        let frame = Frame::new(Size::new(Abs::pt(100.0), Abs::pt(20.0)));
        // A frame of 100 by 20 that runs up stands 20 wide and 100 high; its beginning is at the foot.
        let up = page.turned(pt(5.0, 10.0), &frame);
        assert_eq!(up.on_page(Point::ZERO), pt(5.0, 110.0));
        assert_eq!(up.on_page(pt(100.0, 20.0)), pt(25.0, 10.0));
        // Turned twice more, it runs down: its beginning is at the head, its top at the right.
        let once = Frame::new(Size::new(Abs::pt(20.0), Abs::pt(100.0)));
        let down = page
            .turned(pt(5.0, 10.0), &frame)
            .turned(Point::ZERO, &once)
            .turned(Point::ZERO, &frame);
        assert_eq!(down.on_page(Point::ZERO), pt(25.0, 10.0));
        assert_eq!(down.on_page(pt(100.0, 20.0)), pt(5.0, 110.0));
    }

    #[test]
    fn the_nearest_edge_counts() {
        let rect = |x: f64, y: f64, w: f64, h: f64| Rect {
            at: Point::new(Abs::pt(x), Abs::pt(y)),
            size: Size::new(Abs::pt(w), Abs::pt(h)),
        };
        let page = rect(0.0, 0.0, 100.0, 200.0);
        assert_eq!(within(rect(10.0, 20.0, 30.0, 10.0), page), Abs::pt(10.0));
        assert_eq!(within(rect(50.0, 20.0, 45.0, 10.0), page), Abs::pt(5.0));
        assert_eq!(across(rect(10.0, 1.0, 30.0, 10.0), page), Abs::pt(10.0));
    }
}
