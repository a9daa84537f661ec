//! Lines and tints that are too fine for the press.
//!
//! In: the pages and the press's limits. Out: pages on which no line is thinner and no area paler: fonts' own lines under words,
//! a theme's frames and the rules of tables are drawn as fine as can be printed. What the book itself asks for is drawn so
//! too, and said at its line.

use std::sync::Arc;

use crate::diag::{Code, Sink};
use crate::profile::{Profile, Rule};
use crate::theme::Color;
use crate::typeset::frame::{Frame, Item};
use crate::typeset::pages::PageList;
use crate::unit::{Abs, Point, Size};
use crate::yaml::{Fragment, Node};

/// What a press can print.
#[derive(Clone, Copy)]
struct Finest {
    /// The thinnest line.
    line: Abs,
    /// The most light that an area sends back, of 255 in each colour.
    light: u32,
}

/// How much more red, green and blue add to how light a colour is seen (Rec. 709), in ten thousandths.
const LIGHT: [u32; 3] = [2126, 7152, 722];

/// How light a colour is, of 255.
fn light(color: Color) -> u32 {
    let [r, g, b] = LIGHT;
    (u32::from(color.r) * r + u32::from(color.g) * g + u32::from(color.b) * b) / 10_000
}

/// The most light of an area that is to take so much ink, in percent.
fn most_light(percent: u8) -> u32 {
    255 * (100 - u32::from(percent.min(100))) / 100
}

/// Brings lines and areas to what the press can print.
pub fn temper(list: &mut PageList, profile: &Profile) {
    let limits = &profile.limits;
    if limits.line.is_none() && limits.grey.is_none() {
        return;
    }
    let finest = Finest {
        line: limits.line.map_or(Abs::ZERO, |rule| rule.value),
        light: most_light(limits.grey.map_or(0, |rule| rule.value)),
    };
    for page in &mut list.pages {
        if let Some(frame) = tempered(&page.frame, finest) {
            page.frame = Arc::new(frame);
        }
    }
}

/// A frame with its lines and areas tempered; `None` if it has nothing that is too fine.
fn tempered(frame: &Frame, finest: Finest) -> Option<Frame> {
    let mut out: Option<Frame> = None;
    for (index, (at, item)) in frame.items.iter().enumerate() {
        let new = match item {
            Item::Group(inner) => {
                tempered(inner, finest).map(|inner| (*at, Item::Group(Arc::new(inner))))
            }
            Item::Turned(inner) => {
                tempered(inner, finest).map(|inner| (*at, Item::Turned(Arc::new(inner))))
            }
            Item::Clipped(inner) => {
                tempered(inner, finest).map(|inner| (*at, Item::Clipped(Arc::new(inner))))
            }
            Item::Rule { size, color, owner } => {
                let (place, thick) = thicken(*at, *size, finest.line);
                let dark = darken(*color, finest.light);
                let new = (place, thick, dark) != (*at, *size, *color);
                new.then_some((
                    place,
                    Item::Rule {
                        size: thick,
                        color: dark,
                        owner: *owner,
                    },
                ))
            }
            Item::Path {
                points,
                color,
                owner,
            } => {
                let dark = darken(*color, finest.light);
                (dark != *color).then(|| {
                    let item = Item::Path {
                        points: points.clone(),
                        color: dark,
                        owner: *owner,
                    };
                    (*at, item)
                })
            }
            Item::Glyphs { .. } | Item::Image { .. } | Item::Link { .. } | Item::Anchor(_) => None,
        };
        if let Some(new) = new {
            out.get_or_insert_with(|| frame.clone()).items[index] = new;
        }
    }
    out
}

/// A rule no thinner than a line, about the same middle.
fn thicken(at: Point, size: Size, line: Abs) -> (Point, Size) {
    if size.width.min(size.height) >= line || size.width.is_zero() || size.height.is_zero() {
        return (at, size);
    }
    if size.height <= size.width {
        let up = (line - size.height) / 2;
        (Point::new(at.x, at.y - up), Size::new(size.width, line))
    } else {
        let left = (line - size.width) / 2;
        (Point::new(at.x - left, at.y), Size::new(line, size.height))
    }
}

/// A colour that takes as much ink as can be printed, of the same hue; white takes none, and stays.
fn darken(color: Color, most: u32) -> Color {
    let now = light(color);
    if color == Color::WHITE || now <= most {
        return color;
    }
    // What is taken from white, so much more of it that the whole is as dark as asked for.
    let (wanted, ink) = (255 - most, (255 - now).max(1));
    let side = |value: u8| {
        let taken = (255 - u32::from(value)) * wanted;
        255 - taken.div_ceil(ink).min(255) as u8
    };
    Color {
        r: side(color.r),
        g: side(color.g),
        b: side(color.b),
    }
}

/// Says which lines and areas the book itself asks for that are too fine.
pub fn report(style: &[Fragment], profile: &Profile, sink: &Sink) {
    for Fragment { key, node } in style {
        match key.name.as_str() {
            "style" => {
                for (_, role) in node.entries() {
                    for (key, node) in role.entries() {
                        judge(&key.name, node, profile, sink);
                    }
                }
            }
            "page" => {
                let weight = node.get("notes").and_then(|notes| notes.get("rule-weight"));
                if let Some(node) = weight {
                    judge("rule-weight", node, profile, sink);
                }
            }
            _ => {}
        }
    }
}

fn judge(key: &str, node: &Node, profile: &Profile, sink: &Sink) {
    let Some(text) = node.text() else { return };
    let printer = &profile.printer;
    match (key, profile.limits.line, profile.limits.grey) {
        ("rule" | "frame" | "row-rule" | "rule-weight", Some(Rule { value, sure }), _) => {
            let length: Abs = match text.parse() {
                Ok(length) if length > Abs::ZERO && length < value => length,
                _ => return,
            };
            let message =
                format!("a line of {length} is thinner than the {value} that {printer} asks for");
            let found = profile.finding(Code::Hairline, node.at, "limits.line", sure, message);
            sink.push(found.hint(format!("write `{key}: {value}`: it is drawn so now")));
        }
        ("background" | "stripes", _, Some(Rule { value, sure })) => {
            let Some(color) = crate::theme::color(node) else {
                return;
            };
            if color == Color::WHITE || light(color) <= most_light(value) {
                return;
            }
            let message = format!("`{text}` is paler than the {value} % that {printer} asks for");
            let found = profile.finding(Code::PaleFill, node.at, "limits.grey", sure, message);
            let least = 100 - u32::from(value);
            sink.push(found.hint(format!(
                "write `{key}: grey {least}%` or darker: it is drawn so now"
            )));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::frame::{Artifact, Owner};

    #[test]
    fn thin_lines_grow_about_their_middle() {
        let line = Abs::pt(0.75);
        let at = Point::new(Abs::pt(10.0), Abs::pt(20.0));
        let (place, size) = thicken(at, Size::new(Abs::pt(50.0), Abs::pt(0.25)), line);
        assert_eq!((place.x, place.y), (at.x, Abs::pt(19.75)));
        assert_eq!(size, Size::new(Abs::pt(50.0), line));
        let (place, size) = thicken(at, Size::new(Abs::pt(0.25), Abs::pt(50.0)), line);
        assert_eq!((place.x, place.y), (Abs::pt(9.75), at.y));
        assert_eq!(size, Size::new(line, Abs::pt(50.0)));
        let thick = Size::new(Abs::pt(50.0), Abs::pt(1.0));
        assert_eq!(thicken(at, thick, line), (at, thick));
    }

    #[test]
    fn pale_areas_take_as_much_ink_as_is_printed() {
        let most = most_light(10);
        let grey = |value: u8| Color {
            r: value,
            g: value,
            b: value,
        };
        assert_eq!(darken(grey(250), most), grey(229));
        assert_eq!(darken(grey(200), most), grey(200));
        assert_eq!(darken(Color::WHITE, most), Color::WHITE);
        let warm = darken(
            Color {
                r: 0xf5,
                g: 0xf3,
                b: 0xee,
            },
            most,
        );
        assert!(light(warm) <= most && warm.r > warm.b, "{warm:?}");
    }

    #[test]
    fn a_frame_is_copied_only_for_what_is_too_fine() {
        let finest = Finest {
            line: Abs::pt(0.75),
            light: most_light(10),
        };
        let rule = |height: f64| Item::Rule {
            size: Size::new(Abs::pt(20.0), Abs::pt(height)),
            color: Color::BLACK,
            owner: Owner::Artifact(Artifact::Layout),
        };
        let mut inner = Frame::new(Size::ZERO);
        inner.push(Point::ZERO, rule(0.8));
        let mut frame = Frame::new(Size::ZERO);
        frame.push_frame(Point::ZERO, inner);
        assert_eq!(tempered(&frame, finest), None);
        let mut inner = Frame::new(Size::ZERO);
        inner.push(Point::ZERO, rule(0.25));
        frame.push_frame(Point::ZERO, inner);
        let new = tempered(&frame, finest).unwrap();
        assert_eq!(new.items[0], frame.items[0]);
        assert_ne!(new.items[1], frame.items[1]);
    }
}
