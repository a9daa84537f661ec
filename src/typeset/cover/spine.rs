//! The spine of a cover: author, title and publisher on a line that is turned.

use std::sync::Arc;

use super::Cover;
use crate::diag::Code;
use crate::manifest::SpineDirection;
use crate::model::{Lang, Role};
use crate::typeset::frame::{Artifact, Frame, Item};
use crate::typeset::galley::stick::Stick;
use crate::typeset::paragraph::Voice;
use crate::typeset::structure::ElementId;
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Size};

/// What type takes across the spine, in font sizes: twice what its descenders reach below the middle of its capitals.
const LETTERS: f64 = 1.16;
/// The smallest type on a spine: printers take no smaller, and nobody reads it on a shelf.
const SMALLEST: Abs = Abs::pt(7.0);
/// How much smaller type may become before something is left out.
const SQUEEZE: f64 = 0.7;
/// The least space between two texts, in font sizes.
const APART: f64 = 2.0;

/// Languages whose books' spines are read from the foot upwards.
const UPWARD: &[&str] = &[
    "be", "bg", "bs", "ca", "cs", "de", "el", "es", "et", "eu", "fr", "gl", "hr", "hu", "it", "lt",
    "lv", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "tr", "uk",
];

/// How the text on a spine is turned where its language is at home.
fn custom(lang: &Lang) -> SpineDirection {
    if UPWARD.contains(&lang.primary().as_str()) {
        SpineDirection::Up
    } else {
        SpineDirection::Down
    }
}

impl Cover<'_> {
    /// Sets the spine, if the book is thick enough for it.
    pub(super) fn spine(&mut self) {
        if !self.wrap.spine || self.is_too_thin() {
            return;
        }
        let field = self.sheet.spine();
        let clear = self.case.rules.spine_clear.value;
        let across = field.size.width - clear * 2;
        let style = self.role(Role::CoverSpine, &self.style);
        let largest = across.scale(1.0 / LETTERS).min(style.size());
        if largest < SMALLEST {
            self.tell(
                Code::SpineText,
                format!(
                    "the spine is {:.1} mm wide, too narrow for a text",
                    field.size.width.to_mm()
                ),
                "say `spine: false` if that is as it should be",
            );
            return;
        }
        let along = field.size.height - self.margin * 2;
        let by = largest.ratio(style.size());
        let Some(line) = self.spine_line(&style, by, along) else {
            self.tell(
                Code::SpineText,
                "the title is too long for the spine".to_owned(),
                "say `spine: false`, or give the cover a shorter `title`",
            );
            return;
        };
        let line = self.balanced(line, &style, by, field.size.width);
        let lang = &self.plan.edition.book.manifest.metadata.language;
        let direction = self.wrap.spine_direction.unwrap_or_else(|| custom(lang));
        // Lines from right to left begin at their other end.
        let left = (direction == SpineDirection::Up) != lang.is_rtl();
        let line = if left { line } else { turned(turned(line)) };
        let at = Point::new(field.at.x, field.at.y + self.margin);
        self.frame.push(at, Item::Turned(Arc::new(line)));
    }

    /// A line as wide as the spine, its capitals in the middle.
    fn balanced(&self, line: Frame, style: &Style, by: f64, across: Abs) -> Frame {
        let face = self.plan.fonts.face(style.text.face);
        let capitals = face.metrics().cap_height.at(style.size().scale(by));
        let mut field = Frame::new(Size::new(line.size.width, across));
        field.baseline = (across + capitals) / 2;
        field.push_frame(Point::new(Abs::ZERO, field.baseline - line.baseline), line);
        field
    }

    /// Whether the printer wants no text on the spine of so thin a book.
    fn is_too_thin(&self) -> bool {
        let from = self.case.rules.spine_text_from.as_ref();
        let Some((from, pages)) = from.zip(self.case.pages) else {
            return false;
        };
        let thin = pages < from.value;
        if thin {
            let message = format!(
                "a book of {pages} pages has no text on its spine: {} prints one from {} pages on",
                self.case.printer, from.value
            );
            let hint = "say `spine: false` if that is as it should be";
            self.tell(Code::SpineText, message, hint);
        }
        thin
    }

    /// The line along the spine, as much of it as there is room for: the authors at its start, the title in its middle,
    /// the publisher at its end. `None` if not even the title fits.
    fn spine_line(&mut self, style: &Style, by: f64, along: Abs) -> Option<Frame> {
        let meta = &self.plan.edition.book.manifest.metadata;
        let authors: Vec<&str> = meta.names("aut").collect();
        let author = authors.join(", ");
        let title = meta.title.as_str();
        let publisher = meta.publisher.as_deref().unwrap_or_default();
        let least = SMALLEST.ratio(style.size());
        let tries: [(&[&str], f64); 4] = [
            (&[&author, title, publisher], by * SQUEEZE),
            (&[&author, title], by * SQUEEZE),
            (&[&author, title], least),
            (&["", title], least),
        ];
        for (texts, smallest) in tries {
            let asked = self.texts(texts, style, by);
            let width = |texts: &[Arc<Frame>], size: Abs| {
                let words: Abs = texts.iter().map(|text| text.size.width).sum();
                let gaps = texts.iter().filter(|text| !text.size.width.is_zero());
                words + size.scale(APART) * (gaps.count() as i64 - 1).max(0)
            };
            let whole = width(&asked, style.size().scale(by));
            if whole <= along {
                return Some(spread(&asked, along, self.cx.lang.is_rtl()));
            }
            // Widths go with the size, but for rounding.
            let fitting = by * along.ratio(whole) * 0.995;
            if fitting >= smallest {
                let fitted = self.texts(texts, style, fitting);
                if width(&fitted, style.size().scale(fitting)) <= along {
                    return Some(spread(&fitted, along, self.cx.lang.is_rtl()));
                }
            }
        }
        None
    }

    /// Texts, each on a line of its own.
    fn texts(&mut self, texts: &[&str], style: &Style, by: f64) -> Vec<Arc<Frame>> {
        let title = Arc::new(super::words::grown(style, by));
        // Names stand back behind the title.
        let mut name = super::words::grown(style, by * 0.85);
        name.leading = title.leading;
        let name = Arc::new(name);
        let voice = Voice::Artifact(Artifact::Layout);
        let fonts = self.plan.fonts;
        let mut stick = Stick::new(
            &mut self.cx,
            self.plan,
            self.sheet.panel.height,
            ElementId(0),
        );
        let mut out = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            let style = if at == 1 { &title } else { &name };
            out.push(if text.is_empty() {
                Arc::default()
            } else if is_upright(text) {
                let letters = text.chars().filter(|c| !c.is_whitespace());
                let letters = letters.map(|c| stick.label(&c.to_string(), style, voice));
                let capitals = fonts.face(style.text.face).metrics().cap_height;
                upright(
                    &letters.collect::<Vec<_>>(),
                    style,
                    capitals.at(style.size()),
                )
            } else {
                stick.label(text, style, voice)
            });
        }
        out
    }
}

/// Texts along a line: the second in its middle, as far as the others leave it. The first stands where lines begin.
fn spread(texts: &[Arc<Frame>], along: Abs, rtl: bool) -> Frame {
    let height = texts.iter().map(|text| text.size.height).max();
    let mut line = Frame::new(Size::new(along, height.unwrap_or_default()));
    line.baseline = texts
        .iter()
        .map(|text| text.baseline)
        .max()
        .unwrap_or_default();
    let width = |at: usize| texts.get(at).map_or(Abs::ZERO, |text| text.size.width);
    let (start, middle, end) = (width(0), width(1), width(2));
    let free = along - start - middle - end;
    // Where the middle of the line is taken, with equal spaces before and behind.
    let centred = (along - middle) / 2;
    let gap = |taken: Abs| if taken.is_zero() { Abs::ZERO } else { free / 3 };
    let earliest = start + gap(start);
    let latest = along - end - gap(end) - middle;
    let middle_at = centred.min(latest).max(earliest);
    let places = [Abs::ZERO, middle_at, along - end];
    for (text, x) in texts.iter().zip(places) {
        let x = if rtl { along - x - text.size.width } else { x };
        if !text.items.is_empty() {
            line.push_frame(Point::new(x, line.baseline - text.baseline), text.clone());
        }
    }
    line
}

/// How far letters of East Asia reach above their baseline, in font sizes: their field is as high as it is wide.
const ABOVE: f64 = 0.88;

/// Whether all letters of a text are of East Asia: on a spine they stand one below the other.
fn is_upright(text: &str) -> bool {
    let east = |c: char| {
        matches!(c,
            '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30fb}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
    };
    text.chars().all(|c| east(c) || c.is_whitespace()) && text.chars().any(east)
}

/// Letters along a line, each turned to the left, so that they are upright where the line runs down.
fn upright(letters: &[Arc<Frame>], style: &Style, capitals: Abs) -> Arc<Frame> {
    let field = style.size();
    let mut line = Frame::new(Size::new(field * letters.len() as i64, style.leading));
    line.baseline = letters
        .first()
        .map_or(style.leading, |letter| letter.baseline);
    for (number, letter) in (0i64..).zip(letters) {
        let x = field * number - letter.baseline + field.scale(ABOVE);
        let y = line.baseline - capitals / 2 - letter.size.width / 2;
        line.push(Point::new(x, y), Item::Turned(letter.clone()));
    }
    Arc::new(line)
}

/// A frame with another in it that is turned a quarter to the left.
fn turned(frame: Frame) -> Frame {
    let size = frame.size;
    let mut outer = Frame::new(Size::new(size.height, size.width));
    outer.push(Point::ZERO, Item::Turned(Arc::new(frame)));
    outer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_turns_its_spines_its_own_way() {
        let of = |tag: &str| custom(&Lang::new(tag).unwrap());
        assert_eq!(of("en-GB"), SpineDirection::Down);
        assert_eq!(of("nl"), SpineDirection::Down);
        assert_eq!(of("fr"), SpineDirection::Up);
        assert_eq!(of("de-AT"), SpineDirection::Up);
    }

    #[test]
    fn letters_of_east_asia_are_upright_on_a_spine() {
        assert!(is_upright("十七 盎司") && is_upright("ひらがな") && is_upright("한국"));
        assert!(!is_upright("Salt") && !is_upright("七 ounces") && !is_upright(" "));
    }

    #[test]
    fn the_title_stands_in_the_middle_if_it_can() {
        let text = |width: f64| {
            let mut frame = Frame::new(Size::new(Abs::pt(width), Abs::pt(10.0)));
            frame.push(Point::ZERO, Item::Group(Arc::default()));
            Arc::new(frame)
        };
        let places = |widths: [f64; 3], rtl: bool| {
            let line = spread(&widths.map(text), Abs::pt(300.0), rtl);
            let places = line.items.iter().map(|(at, _)| at.x.to_pt());
            places.collect::<Vec<_>>()
        };
        assert_eq!(places([50.0, 100.0, 20.0], false), [0.0, 100.0, 280.0]);
        // A long name pushes it on: 300 − 120 − 100 − 20 = 60 are free, a third of them before it.
        assert_eq!(places([120.0, 100.0, 20.0], false), [0.0, 140.0, 280.0]);
        assert_eq!(places([50.0, 100.0, 20.0], true), [250.0, 100.0, 0.0]);
    }
}
