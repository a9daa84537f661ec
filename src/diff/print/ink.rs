//! What is drawn on a page.
//!
//! In: a page of a PDF, whose drawing instructions are followed. Out: a [`Page`] with its lines, and what else is drawn, each thing
//! with its place from the page's upper left corner as the page is shown. What an `ActualText` stands for is read instead of the
//! letters drawn; what is marked as an artifact is kept apart.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, Paint, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::object::Dict;
use hayro::hayro_syntax::page::Page as Source;
use hayro::kurbo::{Affine, BezPath, Point, Rect, Shape, Vec2};

use super::lines::{Letter, lines};
use super::objects::text_of;
use super::{Page, Picture};
use crate::unit::{self, Abs, Size};

/// Letters of a page beyond these are not looked at: a page of a telephone book has some 20,000.
const MOST_LETTERS: usize = 1 << 20;

/// Of things drawn, so many are told apart on a page; of those beyond it is only known whether they are the same.
const MOST_DRAWINGS: usize = 4_000;

/// Brackets in brackets.
const MOST_MARKS: usize = 512;

/// No place on a page is farther from its corner; in points. PDF's own limit is 14,400 (ISO 32000-1, annex C).
const FARTHEST: f64 = 1e6;

/// Something drawn that is neither text nor picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// The same number for the same shape and colour.
    pub shape: u64,
    /// Its upper left corner.
    pub at: unit::Point,
    /// Whether it is an artifact.
    pub furniture: bool,
}

/// Follows a page. What cannot be followed is an empty page.
pub fn page<'a>(source: &'a Source<'a>, cache: &InterpreterCache<'a>) -> Page {
    let (width, height) = source.render_dimensions();
    let followed = catch_unwind(AssertUnwindSafe(|| {
        let mut ink = Ink::default();
        let upright = source.initial_transform(true).to_kurbo();
        let sheet = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let settings = InterpreterSettings::default();
        let mut context = Context::new(upright, sheet, cache, source.xref(), settings);
        interpret_page(source, &mut context, &mut ink);
        ink
    }));
    let mut page = Page {
        size: Size::new(length(f64::from(width)), length(f64::from(height))),
        ..Page::default()
    };
    let Ok(ink) = followed else {
        return page;
    };
    let (furniture, text): (Vec<Letter>, Vec<Letter>) =
        ink.letters.into_iter().partition(|letter| letter.furniture);
    page.lines = lines(text);
    page.furniture = lines(furniture);
    page.pictures = ink.pictures;
    page.drawings = ink.drawings;
    page.marked = ink.marked;
    page
}

/// A length on a page, from points.
pub fn length(points: f64) -> Abs {
    Abs::pt(points.clamp(-FARTHEST, FARTHEST))
}

/// A bracket around what is drawn.
#[derive(Debug, Default)]
struct Mark {
    furniture: bool,
    /// What is to be read instead of what is drawn; taken by the first letter.
    instead: Option<Option<String>>,
}

/// Notes what is drawn.
#[derive(Debug, Default)]
struct Ink {
    letters: Vec<Letter>,
    pictures: Vec<Picture>,
    drawings: Vec<Drawing>,
    marks: Vec<Mark>,
    /// Brackets that are open beyond [`MOST_MARKS`].
    deeper: usize,
    /// Whether there are brackets at all.
    marked: bool,
}

impl Ink {
    fn is_furniture(&self) -> bool {
        self.marks.iter().any(|mark| mark.furniture)
    }

    fn draw(&mut self, shape: u64, at: Point) {
        let drawing = Drawing {
            shape,
            at: unit::Point::new(length(at.x), length(at.y)),
            furniture: self.is_furniture(),
        };
        if self.drawings.len() < MOST_DRAWINGS {
            return self.drawings.push(drawing);
        }
        let mut hasher = DefaultHasher::new();
        if let Some(last) = self.drawings.last_mut() {
            (last.shape, shape).hash(&mut hasher);
            last.shape = hasher.finish();
        }
    }
}

/// A number of a path that does not depend on where it is: to a hundredth of a point.
fn shape(path: &BezPath, transform: Affine, paint: &Paint<'_>, mode: &DrawMode) -> (u64, Point) {
    let path = transform * path;
    let origin = path.bounding_box().origin();
    let mut hasher = DefaultHasher::new();
    let round = |value: f64| (value * 100.0).round() as i64;
    let point = |point: Point, hasher: &mut DefaultHasher| {
        let from = point - origin;
        (round(from.x), round(from.y)).hash(hasher);
    };
    for element in path.elements() {
        use hayro::kurbo::PathEl::{ClosePath, CurveTo, LineTo, MoveTo, QuadTo};
        std::mem::discriminant(element).hash(&mut hasher);
        match *element {
            MoveTo(a) | LineTo(a) => point(a, &mut hasher),
            QuadTo(a, b) => [a, b].into_iter().for_each(|a| point(a, &mut hasher)),
            CurveTo(a, b, c) => [a, b, c].into_iter().for_each(|a| point(a, &mut hasher)),
            ClosePath => {}
        }
    }
    color(paint).hash(&mut hasher);
    match mode {
        DrawMode::Fill(_) => 0,
        DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) => {
            round(f64::from(stroke.line_width))
        }
        DrawMode::Invisible => -1,
    }
    .hash(&mut hasher);
    (hasher.finish(), origin)
}

/// A paint as red, green, blue and opacity; a pattern is of no colour.
fn color(paint: &Paint<'_>) -> [u8; 4] {
    match paint {
        Paint::Color(color) => color.to_rgba().to_rgba8(),
        Paint::Pattern(_) => [0, 0, 0, 1],
    }
}

impl<'a> Device<'a> for Ink {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let (shape, at) = shape(path, props.transform, &props.paint, mode);
        self.draw(shape, at);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_clip_rect(&mut self, _: &Rect) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let furniture = self.is_furniture();
        let color = color(&props.paint);
        let mode = std::mem::discriminant(mode);
        for glyph in run.glyphs() {
            if self.letters.len() >= MOST_LETTERS {
                return;
            }
            let advance = match &**glyph {
                Glyph::Outline(glyph) => glyph.advance_width(),
                Glyph::Type3(glyph) => glyph.advance_width(),
            };
            let place = props.transform * glyph.transform();
            let advance = f64::from(advance.unwrap_or(500.0));
            let origin = place * Point::ORIGIN;
            // A thousand units are the em.
            let em = (place * Point::new(0.0, 1000.0) - origin).hypot();
            let (origin, end) = (
                origin.to_vec2(),
                (place * Point::new(advance, 0.0)).to_vec2(),
            );
            if ![origin.x, origin.y, end.x, end.y, em]
                .iter()
                .all(|n| n.is_finite() && n.abs() < FARTHEST)
            {
                continue;
            }
            let text = match self.marks.iter_mut().find_map(|mark| mark.instead.as_mut()) {
                Some(instead) => instead.take().unwrap_or_default(),
                None => read(glyph),
            };
            let mut hasher = DefaultHasher::new();
            // A tenth of a point is the least difference in size that anyone sets.
            ((em * 10.0).round() as i64, color, mode).hash(&mut hasher);
            self.letters.push(Letter {
                text,
                origin,
                end,
                em,
                furniture,
                look: hasher.finish(),
            });
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (image.width(), image.height());
        let sheet = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let place = props.transform.transform_rect_bbox(sheet);
        let mut hasher = DefaultHasher::new();
        match &image {
            Image::Stencil(image) => image.stream().raw_data().hash(&mut hasher),
            Image::Raster(image) => image.stream().raw_data().hash(&mut hasher),
        }
        if self.pictures.len() < MOST_DRAWINGS {
            self.pictures.push(Picture {
                file: hasher.finish(),
                pixels: (width, height),
                place: [place.x0, place.y0, place.width(), place.height()].map(length),
            });
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.marked = true;
        if self.marks.len() >= MOST_MARKS {
            self.deeper += 1;
            return;
        }
        let instead = properties.and_then(|dict| dict.get("ActualText"));
        self.marks.push(Mark {
            furniture: tag == b"Artifact",
            instead: instead.map(|text| Some(text_of(&text))),
        });
    }

    fn end_marked_content(&mut self) {
        match self.deeper.checked_sub(1) {
            Some(left) => self.deeper = left,
            None => drop(self.marks.pop()),
        }
    }
}

/// What a letter is read as. One that is nothing in Unicode is at least not taken for another: it is a private one.
fn read(glyph: &Glyph<'_>) -> String {
    match glyph.as_unicode() {
        Some(BfString::Char(c)) => String::from(c),
        Some(BfString::String(text)) => text,
        None => {
            let private = 0xf_0000 + glyph.char_code() % 0xfffe;
            char::from_u32(private)
                .map(String::from)
                .unwrap_or_default()
        }
    }
}

/// The unit vector of a direction; to the right for none.
pub fn unit_of(vector: Vec2) -> Vec2 {
    match vector.hypot() {
        length if length > 1e-9 => vector / length,
        _ => Vec2::new(1.0, 0.0),
    }
}
