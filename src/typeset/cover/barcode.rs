//! The barcode on the back: the ISBN's bars, the price's beside them, digits that people read, all on white.
//!
//! Dimensions are those of the GS1 General Specifications, section 5.2, in modules: 0.33 mm at 100 %.

use std::sync::Arc;

use super::ean::{self, Bars};
use super::{Cover, bar};
use crate::diag::Code;
use crate::manifest::Barcode;
use crate::model::Role;
use crate::theme::Color;
use crate::typeset::frame::{Artifact, Frame, Item, Owner};
use crate::typeset::galley::stick::Stick;
use crate::typeset::paragraph::Voice;
use crate::typeset::structure::{ElementId, SlotId, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Rect, Size};

/// The width of a module at 100 %.
const MODULE: Abs = Abs::mm(0.33);
/// How high bars are, without their extension (22.85 mm).
const HEIGHT: i64 = 69;
/// By how much guard bars are longer.
const GUARD: i64 = 5;
/// The light margins: left of the bars, between the bars and an add-on, right of the last bar.
const LEFT: i64 = 11;
const BETWEEN: i64 = 10;
const RIGHT: i64 = 7;
/// How high digits are (2.75 mm), how wide at most, and how far they are from the bars.
const DIGIT: f64 = 8.33;
const DIGIT_WIDTH: f64 = 6.4;
const DIGIT_GAP: i64 = 1;
/// White above the first line and below the digits.
const PAD: i64 = 4;
/// How much smaller the line above the bars is than their digits.
const CAPTION: f64 = 0.82;
/// The place that printers who put the barcode on themselves ask for, where they say nothing else (Amazon's).
const SPACE: Size = Size::new(Abs::inches(2.0), Abs::inches(1.2));

/// What is drawn.
struct Symbol {
    digits: [u8; 13],
    price: Option<[u8; 5]>,
    isbn: String,
    asked: Option<String>,
}

impl Cover<'_> {
    /// Puts the barcode on the back, low at the spine; returns the place that it takes, or that is left to the printer.
    pub(super) fn barcode(&mut self, face: Rect, area: Rect) -> Option<Rect> {
        let isbn = self
            .plan
            .edition
            .book
            .manifest
            .metadata
            .identifiers
            .isbn_print
            .clone();
        let rules = self.case.rules.barcode;
        let custom = match (&isbn, rules) {
            (Some(_), _) => Barcode::Own,
            (None, Some(_)) => Barcode::Space,
            (None, None) => Barcode::None,
        };
        let (size, drawn) = match self.wrap.barcode.unwrap_or(custom) {
            Barcode::None => return None,
            Barcode::Space => (rules.map_or(SPACE, |area| area.size.value), None),
            Barcode::Own => {
                let drawn = self.symbol(isbn)?;
                (drawn.size, Some(drawn))
            }
        };
        let (from_spine, from_foot) = rules.map_or((Abs::ZERO, Abs::ZERO), |area| {
            (area.from_spine, area.from_foot)
        });
        // Where the printer looks for it; no nearer to edges than other things are.
        let spine_side = from_spine.max(area.at.x - face.at.x);
        let x = if self.sheet.is_right(self.sheet.back()) {
            face.at.x + spine_side
        } else {
            face.at.x + face.size.width - spine_side - size.width
        };
        let foot = from_foot.max(area.at.y - face.at.y);
        let y = face.at.y + face.size.height - foot - size.height;
        let at = Point::new(x, y);
        if let Some(drawn) = drawn {
            self.frame.push_frame(at, drawn);
        }
        Some(Rect { at, size })
    }

    /// The barcode of an ISBN, drawn; `None`, and told, if there is none to draw.
    fn symbol(&mut self, isbn: Option<String>) -> Option<Frame> {
        let Some(isbn) = isbn else {
            self.tell(
                Code::NoBarcode,
                "there is no ISBN for the barcode".to_owned(),
                "add `isbn-print` under `identifiers:`, or say `barcode: space` or `barcode: none`",
            );
            return None;
        };
        let Some(digits) = ean::isbn(&isbn) else {
            self.tell(
                Code::NoBarcode,
                format!(
                    "there is no barcode for `{isbn}`: it is no ISBN, or its check digit is wrong"
                ),
                "mend `isbn-print` under `identifiers:`",
            );
            return None;
        };
        let asked = self.wrap.price.as_ref().map(|price| &price.value);
        let symbol = Symbol {
            digits,
            price: asked.and_then(|price| ean::price(&price.currency, price.hundredths)),
            isbn: isbn.trim().trim_start_matches("ISBN").trim().to_owned(),
            asked: asked.map(|price| price.text.clone()),
        };
        let percent = f64::from(self.wrap.barcode_size) / 100.0;
        Some(self.draw(&symbol, MODULE.scale(percent)))
    }

    fn draw(&mut self, symbol: &Symbol, module: Abs) -> Frame {
        let mut said = format!("ISBN {}", symbol.isbn);
        if let Some(price) = &symbol.asked {
            said.push_str(", ");
            said.push_str(price);
        }
        let figure = self.element(ElementId(0), Tag::Figure, Some(said));
        let slot = self.cx.structure.slot(figure);
        let style = self.plan.style(Role::CoverBarcode, &[], &self.plan.body);
        let style = digits_style(&style, self, module);
        let mut small = (*style).clone();
        small = small.scaled(CAPTION);
        let small = Arc::new(small);
        let caption = self.digits(&format!("ISBN {}", symbol.isbn), &small);
        let price = symbol.asked.clone().map(|text| self.digits(&text, &small));

        let bars_at = LEFT;
        let addon_at = LEFT + ean::WIDTH + BETWEEN;
        let end = match symbol.price {
            Some(_) => addon_at + ean::ADDON_WIDTH + RIGHT,
            None => LEFT + ean::WIDTH + RIGHT,
        };
        let side = module * PAD;
        let captions = [Some(&caption), price.as_ref()];
        let words: Abs = captions.iter().flatten().map(|text| text.size.width).sum();
        let between = if price.is_some() {
            module * BETWEEN
        } else {
            Abs::ZERO
        };
        let width = (module * end).max(words + between + side * 2);
        let line = height_of(self, &small);
        let top = side + line + module * (PAD - 1);
        let digit = module.scale(DIGIT);
        let height = top + module * (HEIGHT + DIGIT_GAP) + digit + module * PAD;
        let mut frame = Frame::new(Size::new(width, height));
        frame.push(Point::ZERO, bar(frame.size, Color::WHITE));
        // All that is narrower than the box stands in its middle.
        let left = (width - module * end) / 2;

        let bottom = top + module * HEIGHT;
        let long = bottom + module * GUARD;
        let pen = Pen { module, slot };
        let bars = ean::ean13(&symbol.digits);
        let guards = |at: i64| at < 3 || (45..50).contains(&at) || at >= 92;
        pen.draw(&mut frame, &bars, left + module * bars_at, |at| {
            (top, if guards(at) { long } else { bottom })
        });
        let baseline = bottom + module * DIGIT_GAP + digit;
        for (at, value) in symbol.digits.iter().enumerate() {
            // The first stands before the bars; the others below the seven modules of each.
            let middle = match at as i64 {
                0 => bars_at * 2 - 9,
                at @ 1..7 => (bars_at + 3 + (at - 1) * 7) * 2 + 7,
                at => (bars_at + 50 + (at - 7) * 7) * 2 + 7,
            };
            let text = self.digits(&value.to_string(), &style);
            let x = left + module.fraction(middle, 2) - text.size.width / 2;
            frame.push_frame(Point::new(x, baseline - text.baseline), text);
        }
        if let Some(addon) = &symbol.price {
            // Its digits stand above it, its bars end with the others.
            let above = top + digit;
            let bars = ean::addon(addon);
            pen.draw(&mut frame, &bars, left + module * addon_at, |_| {
                (above + module * DIGIT_GAP * 2, long)
            });
            for (at, value) in addon.iter().enumerate() {
                let middle = (addon_at + 4 + at as i64 * 9) * 2 + 7;
                let text = self.digits(&value.to_string(), &style);
                let x = left + module.fraction(middle, 2) - text.size.width / 2;
                frame.push_frame(Point::new(x, above - text.baseline), text);
            }
        }
        // The line above: the number over its bars, the price at the end.
        let baseline = side + line;
        let start = (left + module * bars_at).min(width - side - words - between);
        let start = if price.is_some() && symbol.price.is_none() {
            side
        } else {
            start.max(side)
        };
        frame.push_frame(Point::new(start, baseline - caption.baseline), caption);
        if let Some(price) = price {
            let x = width - side - price.size.width;
            frame.push_frame(Point::new(x, baseline - price.baseline), price);
        }
        frame
    }

    /// Digits on a line; the figure's words already say them.
    fn digits(&mut self, text: &str, style: &Arc<Style>) -> Arc<Frame> {
        let mut stick = Stick::new(
            &mut self.cx,
            self.plan,
            self.sheet.panel.width,
            ElementId(0),
        );
        stick.label(text, style, Voice::Artifact(Artifact::Layout))
    }
}

/// The digits' type: as high as the standard's, as far as a digit is not wider than its bars.
fn digits_style(style: &Style, cover: &Cover<'_>, module: Abs) -> Arc<Style> {
    let face = cover.plan.fonts.face(style.text.face);
    let high = face.metrics().cap_height.at(style.size());
    let wide = face
        .advance('0')
        .map_or(Abs::ZERO, |zero| zero.at(style.size()));
    let fits = |of: Abs, most: f64| {
        if of.is_zero() {
            1.0
        } else {
            module.scale(most).ratio(of)
        }
    };
    let by = fits(high, DIGIT).min(fits(wide, DIGIT_WIDTH));
    Arc::new(style.scaled(by))
}

/// How high a style's capitals are.
fn height_of(cover: &Cover<'_>, style: &Style) -> Abs {
    let face = cover.plan.fonts.face(style.text.face);
    face.metrics().cap_height.at(style.size())
}

/// Draws bars.
struct Pen {
    module: Abs,
    slot: SlotId,
}

impl Pen {
    /// Draws bars from a place on; `reach` says for the module at which a bar begins from where to where it goes.
    fn draw(&self, frame: &mut Frame, bars: &Bars, x: Abs, reach: impl Fn(i64) -> (Abs, Abs)) {
        let mut at = 0;
        for (number, width) in bars.iter().enumerate() {
            let width = i64::from(*width);
            if number % 2 == 0 {
                let (top, bottom) = reach(at);
                let item = Item::Rule {
                    size: Size::new(self.module * width, bottom - top),
                    color: Color::BLACK,
                    owner: Owner::Slot(self.slot),
                };
                frame.push(Point::new(x + self.module * at, top), item);
            }
            at += width;
        }
    }
}
