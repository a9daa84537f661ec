//! The outlines of glyphs, for what stands against a letter's own shape.

use skrifa::instance::Size;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::FontRef;
use skrifa::{GlyphId, MetadataProvider, Tag};

use super::Face;
use crate::unit::Em;

/// Into how many straight pieces a curve is cut: at the size of a tall initial each is under a point long.
const PIECES: u8 = 16;

impl Face {
    /// A glyph's outline as closed polygons; in em to the right of its origin and above its baseline. Empty for a glyph
    /// that draws nothing and for a font that is damaged.
    pub fn outline(&self, glyph: u16) -> Vec<Vec<(Em, Em)>> {
        let Ok(font) = FontRef::from_index(self.bytes(), self.index()) else {
            return Vec::new();
        };
        let mut tracer = Tracer {
            per_em: f32::from(self.metrics().units_per_em.max(1)),
            shapes: Vec::new(),
            at: (0.0, 0.0),
        };
        let at = self.settings().iter();
        let at = font
            .axes()
            .location(at.map(|(tag, value)| (Tag::new(tag), *value)));
        let settings = DrawSettings::unhinted(Size::unscaled(), &at);
        let glyph = font.outline_glyphs().get(GlyphId::new(u32::from(glyph)));
        // What was traced before a fault is of no use.
        match glyph.map(|glyph| glyph.draw(settings, &mut tracer)) {
            Some(Ok(_)) => tracer.shapes,
            _ => Vec::new(),
        }
    }
}

/// Follows an outline.
struct Tracer {
    per_em: f32,
    shapes: Vec<Vec<(Em, Em)>>,
    at: (f32, f32),
}

impl Tracer {
    fn point(&mut self, x: f32, y: f32) {
        self.at = (x, y);
        let em = |units: f32| Em::new(f64::from(units / self.per_em));
        let point = (em(x), em(y));
        if let Some(shape) = self.shapes.last_mut() {
            shape.push(point);
        }
    }

    /// Points along a curve, by its value at a part of its way.
    fn along(&mut self, value: impl Fn(f32) -> (f32, f32)) {
        for piece in 1..=PIECES {
            let (x, y) = value(f32::from(piece) / f32::from(PIECES));
            self.point(x, y);
        }
    }
}

impl OutlinePen for Tracer {
    fn move_to(&mut self, x: f32, y: f32) {
        self.shapes.push(Vec::new());
        self.point(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.point(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (x0, y0) = self.at;
        self.along(|t| {
            let u = 1.0 - t;
            let mix = |a: f32, b: f32, c: f32| u * u * a + 2.0 * u * t * b + t * t * c;
            (mix(x0, cx, x), mix(y0, cy, y))
        });
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let (x0, y0) = self.at;
        self.along(|t| {
            let u = 1.0 - t;
            let mix = |a: f32, b: f32, c: f32, d: f32| {
                u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
            };
            (mix(x0, cx0, cx1, x), mix(y0, cy0, cy1, y))
        });
    }

    fn close(&mut self) {
        if let Some(shape) = self.shapes.last_mut()
            && let Some(first) = shape.first().copied()
        {
            shape.push(first);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::font::Fonts;
    use crate::theme::Family;
    use crate::unit::Abs;

    #[test]
    fn an_outline_has_the_letters_height() {
        let fonts = Fonts::bundled();
        let face = fonts.face(fonts.select(&[Family::Serif], 400, false, Abs::pt(11.0)));
        let shapes = face.outline(face.glyph('H').unwrap());
        let top = shapes.iter().flatten().map(|(_, y)| *y).max().unwrap();
        let cap = face.metrics().cap_height;
        assert!((top.get() - cap.get()).abs() < 0.01, "{top:?} {cap:?}");
        assert!(face.outline(face.glyph(' ').unwrap()).is_empty());
    }
}
