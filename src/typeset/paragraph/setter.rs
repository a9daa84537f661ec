//! Puts the parts of a line into a frame, as runs of glyphs that look alike.

use std::sync::Arc;

use super::super::frame::{Frame, Glyph, Item, Owner, Run};
use super::super::shape::Word;
use super::content::{ChunkKind, Content, RunStyle};
use super::cut::joined;
use super::decorate::Decorations;
use super::line::{Fitting, Part, PartKind};
use crate::model::Locus;
use crate::unit::{Abs, Point};

/// Glyphs side by side that look alike, not yet a run.
struct Pending<'a> {
    /// Its left and its right end.
    from: Abs,
    to: Abs,
    run: &'a RunStyle,
    rtl: bool,
    expansion: u16,
    /// The words, in the order in which they are read.
    text: String,
    /// Where they came from.
    from_text: Option<Locus>,
}

/// Puts parts into a frame.
pub(super) struct Setter<'a> {
    content: &'a Content,
    frame: Frame,
    /// Of the pending run, in reading order.
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

    /// Draws what goes with a part at a place; parts come from left to right.
    pub fn decorate(&mut self, part: &Part<'a>, x: Abs, width: Abs) {
        if !matches!(part.kind, PartKind::Chunk(ChunkKind::Anchor(_))) {
            self.decorations.add(part.run, x, width);
        }
    }

    /// Puts a part at a place; parts come in reading order.
    pub fn put(&mut self, part: &Part<'a>, x: Abs, width: Abs, fitting: Fitting) {
        let run = part.run;
        match &part.kind {
            PartKind::Word(word) => self.word(word, part, x, width, fitting),
            PartKind::Broken(word) => self.word(word, part, x, width, fitting),
            PartKind::Space(c) => self.space(*c, part, x, width, fitting),
            PartKind::Chunk(ChunkKind::Image(image, size)) => {
                self.flush();
                let at = Point::new(x, self.content.baseline - size.height);
                let (image, size, owner) = (*image, *size, run.owner);
                self.frame.push(at, Item::Image { image, size, owner });
            }
            PartKind::Chunk(ChunkKind::Anchor(dest)) => {
                self.frame
                    .push(Point::new(x, Abs::ZERO), Item::Anchor(*dest));
            }
            // A gap: what it was stretched by belongs to the glyph before it; from right to left that glyph has its
            // advance on its other side, and what follows begins anew.
            PartKind::Chunk(_) => {
                if let Some(pending) = self.pending.as_mut().filter(|p| !p.rtl && p.to == x)
                    && let Some(last) = self.glyphs.last_mut()
                {
                    last.advance += width.raw() as i32;
                    pending.to += width;
                }
            }
        }
    }

    /// Readies a run for glyphs of a part; a new one if they look different from those before or stand elsewhere.
    fn ready(&mut self, part: &Part<'a>, x: Abs, width: Abs, fitting: Fitting) {
        let rtl = part.level.is_rtl();
        let expansion = (1000 + fitting.expansion(part.run)) as u16;
        let alike = self.pending.as_ref().is_some_and(|pending| {
            let (a, b) = (pending.run, part.run);
            pending.rtl == rtl
                && if rtl {
                    x + width == pending.from
                } else {
                    x == pending.to
                }
                && pending.expansion == expansion
                && a.owner == b.owner
                && a.style.color == b.style.color
                && (a.dress.size, a.dress.rise) == (b.dress.size, b.dress.rise)
                && a.dress.voice.key().face == b.dress.voice.key().face
        });
        if !alike {
            self.flush();
            self.pending = Some(Pending {
                from: x,
                to: x + width,
                run: part.run,
                rtl,
                expansion,
                text: String::new(),
                from_text: match part.run.owner {
                    Owner::Slot(_) => self.content.locus(part.begins),
                    Owner::Artifact(_) => None,
                },
            });
        } else if let Some(pending) = &mut self.pending {
            if rtl {
                pending.from = x;
            } else {
                pending.to = x + width;
            }
        }
    }

    fn say(&mut self, text: &str) {
        if let Some(pending) = &mut self.pending {
            pending.text.push_str(text);
        }
    }

    fn word(&mut self, word: &Word, part: &Part<'a>, x: Abs, width: Abs, fitting: Fitting) {
        if word.glyphs.is_empty() {
            return;
        }
        self.ready(part, x, width, fitting);
        self.say(&word.text);
        let (scale, pitch) = (fitting.scale(part.run), fitting.pitch(part.run));
        let rtl = part.level.is_rtl();
        let mut between = joined(word);
        // The pen in font units and as a length: each advance is the way to the next place, so that roundings do not
        // add up.
        let (mut units, mut pen) = (0, Abs::ZERO);
        self.glyphs.reserve(word.glyphs.len() + 1);
        let first = self.glyphs.len();
        for (at, glyph) in word.glyphs.iter().enumerate() {
            units += i64::from(glyph.advance);
            let next = scale.at(units);
            let mut width = next - pen;
            pen = next;
            // Between clusters, not between a letter and its mark: behind the last glyph of each.
            let ends_cluster = match word.glyphs.get(at + 1) {
                Some(next) => {
                    if rtl {
                        glyph.bytes > 0
                    } else {
                        next.bytes > 0
                    }
                }
                None => false,
            };
            if ends_cluster && between > 0 {
                width += pitch;
                between -= 1;
            }
            self.glyphs.push(Glyph {
                id: glyph.id,
                bytes: glyph.bytes,
                advance: width.raw() as i32,
                dx: scale.at(i64::from(glyph.dx)).raw() as i32,
                dy: part.run.dress.units(glyph.dy).raw() as i32,
            });
        }
        if between > 0
            && let Some(last) = self.glyphs.last_mut()
        {
            last.advance += (pitch * i64::from(between)).raw() as i32;
        }
        if rtl {
            self.glyphs[first..].reverse();
        }
    }

    fn space(&mut self, c: char, part: &Part<'a>, x: Abs, width: Abs, fitting: Fitting) {
        let id = part.run.dress.voice.space();
        if id == 0 {
            return self.flush();
        }
        self.ready(part, x, width, fitting);
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
        let dress = &pending.run.dress;
        let mut glyphs = std::mem::take(&mut self.glyphs);
        if pending.rtl {
            glyphs.reverse();
        }
        let run = Run {
            font: super::font_of(dress.voice.key().face),
            size: dress.size,
            expansion: pending.expansion,
            text: pending.text,
            glyphs,
            rtl: pending.rtl,
            from: pending.from_text,
        };
        let item = Item::Glyphs {
            run: Arc::new(run),
            color: pending.run.style.color,
            owner: pending.run.owner,
        };
        let at = Point::new(pending.from, self.content.baseline - dress.rise);
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
