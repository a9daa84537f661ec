//! Puts the parts of a line into a frame, as runs of glyphs that look alike.

use std::sync::Arc;

use super::super::frame::{Frame, Glyph, Item, Run};
use super::super::shape::Word;
use super::content::{ChunkKind, Content, RunStyle};
use super::cut::joined;
use super::decorate::Decorations;
use super::line::{Fitting, Part, PartKind, advance, pitch};
use crate::unit::{Abs, Point};

/// Glyphs side by side that look alike, not yet a run.
struct Pending<'a> {
    at: Abs,
    run: &'a RunStyle,
    rtl: bool,
    expansion: u16,
    /// The words, in the order in which they stand.
    texts: Vec<Box<str>>,
}

/// Puts parts into a frame.
pub(super) struct Setter<'a> {
    content: &'a Content,
    frame: Frame,
    glyphs: Vec<Glyph>,
    decorations: Decorations,
    pending: Option<Pending<'a>>,
}

impl<'a> Setter<'a> {
    /// For a line, with its empty frame.
    pub fn new(content: &'a Content, frame: Frame) -> Setter<'a> {
        Setter {
            content,
            frame,
            glyphs: Vec::new(),
            decorations: Decorations::default(),
            pending: None,
        }
    }

    /// Puts a part at a place; parts come from left to right.
    pub fn put(&mut self, part: &Part<'a>, x: Abs, width: Abs, fitting: Fitting) {
        let run = part.run;
        match &part.kind {
            PartKind::Word(word) => self.word(word, part, x, fitting),
            PartKind::Broken(word) => self.word(word, part, x, fitting),
            PartKind::Space(c, _) => self.space(*c, part, x, width, fitting),
            PartKind::Chunk(ChunkKind::Image(image, size)) => {
                self.flush();
                let at = Point::new(x, self.content.baseline - size.height);
                let (image, size, owner) = (*image, *size, run.owner);
                self.frame.push(at, Item::Image { image, size, owner });
            }
            PartKind::Chunk(ChunkKind::Anchor(dest)) => {
                self.frame
                    .push(Point::new(x, Abs::ZERO), Item::Anchor(*dest));
                return;
            }
            // A gap: what it was stretched by belongs to the glyph before it.
            PartKind::Chunk(_) => {
                if let Some(last) = self.glyphs.last_mut().filter(|_| !width.is_zero()) {
                    last.advance += width.raw() as i32;
                }
            }
        }
        self.decorations.add(run, x, width);
    }

    /// Readies a run for glyphs of a part; a new one if they look different from those before.
    fn ready(&mut self, part: &Part<'a>, x: Abs, fitting: Fitting) {
        let rtl = part.level.is_rtl();
        let expansion = if part.run.is_flexible() {
            (1000 + fitting.expansion) as u16
        } else {
            1000
        };
        let alike = self.pending.as_ref().is_some_and(|pending| {
            let (a, b) = (pending.run, part.run);
            pending.rtl == rtl
                && pending.expansion == expansion
                && a.owner == b.owner
                && a.style.color == b.style.color
                && (a.dress.size, a.dress.rise) == (b.dress.size, b.dress.rise)
                && a.dress.voice.key().face == b.dress.voice.key().face
        });
        if !alike {
            self.flush();
            self.pending = Some(Pending {
                at: x,
                run: part.run,
                rtl,
                expansion,
                texts: Vec::new(),
            });
        }
    }

    fn say(&mut self, text: &str) {
        if let Some(pending) = &mut self.pending {
            pending.texts.push(text.into());
        }
    }

    fn word(&mut self, word: &Word, part: &Part<'a>, x: Abs, fitting: Fitting) {
        if word.glyphs.is_empty() {
            return;
        }
        self.ready(part, x, fitting);
        self.say(&word.text);
        let run = part.run;
        let pitch = pitch(run, fitting);
        let expand = |units: i32| {
            let plain = run.dress.units(units);
            if run.is_flexible() {
                plain.fraction(1000 + fitting.expansion, 1000)
            } else {
                plain
            }
        };
        let count = word.glyphs.len();
        let mut between = joined(word);
        for (at, glyph) in word.glyphs.iter().enumerate() {
            let mut width = advance(run, glyph, fitting);
            // Between clusters, not between a letter and its mark: behind the glyph before each new cluster.
            let ends_cluster = if part.level.is_rtl() {
                glyph.bytes > 0
            } else {
                word.glyphs.get(at + 1).is_some_and(|next| next.bytes > 0)
            };
            if ends_cluster && between > 0 && at + 1 < count {
                width += pitch;
                between -= 1;
            }
            self.glyphs.push(Glyph {
                id: glyph.id,
                bytes: glyph.bytes,
                advance: width.raw() as i32,
                dx: expand(glyph.dx).raw() as i32,
                dy: run.dress.units(glyph.dy).raw() as i32,
            });
        }
        if between > 0
            && let Some(last) = self.glyphs.last_mut()
        {
            last.advance += (pitch * i64::from(between)).raw() as i32;
        }
    }

    fn space(&mut self, c: char, part: &Part<'a>, x: Abs, width: Abs, fitting: Fitting) {
        let id = part.run.dress.voice.space();
        if id == 0 {
            return self.flush();
        }
        self.ready(part, x, fitting);
        let mut bytes = [0; 4];
        let text = c.encode_utf8(&mut bytes);
        self.say(text);
        self.glyphs.push(Glyph {
            id,
            bytes: c.len_utf8() as u16,
            advance: width.raw() as i32,
            dx: 0,
            dy: 0,
        });
    }

    fn flush(&mut self) {
        let Some(pending) = self.pending.take() else {
            return;
        };
        let mut text = String::with_capacity(pending.texts.iter().map(|t| t.len()).sum());
        if pending.rtl {
            text.extend(pending.texts.iter().rev().map(|t| &**t));
        } else {
            text.extend(pending.texts.iter().map(|t| &**t));
        }
        let dress = &pending.run.dress;
        let run = Run {
            font: super::font_of(dress.voice.key().face),
            size: dress.size,
            expansion: pending.expansion,
            text,
            glyphs: std::mem::take(&mut self.glyphs),
            rtl: pending.rtl,
        };
        let item = Item::Glyphs {
            run: Arc::new(run),
            color: pending.run.style.color,
            owner: pending.run.owner,
        };
        let at = Point::new(pending.at, self.content.baseline - dress.rise);
        self.frame.push(at, item);
    }

    /// The line's frame.
    pub fn finish(mut self) -> Frame {
        self.flush();
        self.decorations
            .finish(&mut self.frame, &self.content.links);
        self.frame
    }
}
