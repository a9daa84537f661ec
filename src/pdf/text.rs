//! Text in a content stream: runs of glyphs as `TJ` arrays.
//!
//! The reader moves its pen by the widths that the font's `W` gives; a number in the array corrects it wherever the
//! layout wanted something else (kerning, justified spaces). [`Text`] follows the reader's pen, so rounding never adds
//! up along a line.

use crate::typeset::frame::{FontId, Glyph, Run};
use crate::unit::{Abs, Point, Size};

use super::clusters::{Cluster, clusters};
use super::fonts::Face;
use super::syntax::{milli, write_int, write_milli, write_string_byte, write_text};
use super::usage::in_text_order;

/// How high the box for a missing letter is, and how thick its rim, in font sizes: about a capital.
const BOX: f64 = 0.7;
const BOX_RIM: f64 = 0.05;

/// The reader's state of text. Font, size and stretch outlive a text object.
#[derive(Debug, Default)]
pub struct Text {
    /// Font and size (in thousandths of a point) last set.
    font: Option<(FontId, i64)>,
    /// Stretch last set, in thousandths; the reader begins with 1000, written 0 here for "not set".
    expansion: u16,
    /// A text object is open.
    open: bool,
    /// Where the current line began, in thousandths of a point, from the page's lower left.
    line: (i64, i64),
    /// How far text is raised now, in thousandths of a point.
    rise: i64,
    /// Where the layout's pen stands, in the frame's own coordinates.
    pen: Option<Point>,
    /// How far the layout's pen is ahead of the reader's: in 1/100 000 000 scaled points.
    ahead: i64,
    /// A `TJ` array is open, and in it a string.
    array: bool,
    string: bool,
    scratch: Vec<Cluster>,
}

/// Where text goes: the stream, and the plane it stands in.
pub struct Paper<'a> {
    /// The stream.
    pub out: &'a mut Vec<u8>,
    /// The height from which places are measured downwards, from the page's (or turned frame's) zero.
    pub top: Abs,
}

impl Text {
    /// Draws a run. Its face must exist.
    pub fn run(&mut self, paper: &mut Paper<'_>, at: Point, run: &Run, face: &Face) {
        let size = run.size.raw().clamp(0, 1 << 31);
        if size == 0 || run.glyphs.is_empty() {
            return;
        }
        let expansion = if run.expansion == 0 {
            1000
        } else {
            run.expansion
        };
        // A thousandth of the font size as drawn, in the unit of `ahead`.
        let unit = size * i64::from(expansion) * 100;
        self.place(paper, at, run.font, milli(run.size), expansion);

        let mut all = std::mem::take(&mut self.scratch);
        clusters(run, &mut all);
        for cluster in &all {
            let glyphs = &run.glyphs[cluster.glyphs.clone()];
            let text = cluster.text(run);
            if glyphs.iter().any(|glyph| face.glyph(glyph.id) == 0) {
                self.missing(paper, unit, run.size, glyphs, text, face);
            } else if says(face, glyphs, text, run.rtl) {
                self.glyphs(paper, unit, glyphs, face);
            } else {
                self.close_array(paper.out);
                paper.out.extend_from_slice(b"/Span<</ActualText");
                write_text(paper.out, text);
                paper.out.extend_from_slice(b">>BDC\n");
                self.glyphs(paper, unit, glyphs, face);
                self.close_array(paper.out);
                paper.out.extend_from_slice(b"EMC\n");
            }
        }
        self.scratch = all;
        if self.rise != 0 {
            self.raise(paper.out, 0);
        }
    }

    /// Makes the reader's pen stand where a run begins.
    fn place(&mut self, paper: &mut Paper<'_>, at: Point, font: FontId, size: i64, expansion: u16) {
        let same = self.open && self.font == Some((font, size)) && self.stretch() == expansion;
        // A run that goes on where another of its kind ended is one line with it.
        if let Some(pen) = self.pen.filter(|pen| same && pen.y == at.y) {
            let gap = (at.x - pen.x).raw();
            if gap.abs() < 1 << 31 {
                self.ahead = self.ahead.saturating_add(gap * 100_000_000);
                self.pen = Some(at);
                return;
            }
        }
        self.close_array(paper.out);
        if !self.open {
            paper.out.extend_from_slice(b"BT\n");
            self.open = true;
            self.line = (0, 0);
        }
        if self.font != Some((font, size)) {
            paper.out.extend_from_slice(b"/F");
            write_int(paper.out, i64::from(font.0));
            paper.out.push(b' ');
            write_milli(paper.out, size);
            paper.out.extend_from_slice(b" Tf\n");
            self.font = Some((font, size));
        }
        if self.stretch() != expansion {
            write_milli(paper.out, i64::from(expansion) * 100);
            paper.out.extend_from_slice(b" Tz\n");
            self.expansion = expansion;
        }
        self.move_to(paper, at);
    }

    fn move_to(&mut self, paper: &mut Paper<'_>, at: Point) {
        let (x, y) = (milli(at.x), milli(paper.top - at.y));
        write_milli(paper.out, x - self.line.0);
        paper.out.push(b' ');
        write_milli(paper.out, y - self.line.1);
        paper.out.extend_from_slice(b" Td\n");
        self.line = (x, y);
        self.ahead = 0;
        self.pen = Some(at);
    }

    fn stretch(&self) -> u16 {
        if self.expansion == 0 {
            1000
        } else {
            self.expansion
        }
    }

    fn glyphs(&mut self, paper: &mut Paper<'_>, unit: i64, glyphs: &[Glyph], face: &Face) {
        for glyph in glyphs {
            let rise = milli(Abs::from_raw(i64::from(glyph.dy)));
            if rise != self.rise {
                self.raise(paper.out, rise);
            }
            let dx = i64::from(glyph.dx) * 100_000_000;
            self.ahead = self.ahead.saturating_add(dx);
            self.correct(paper.out, unit);
            self.show(paper.out, face.glyph(glyph.id));
            let width = i64::from(face.width(glyph.id)).saturating_mul(unit / 100);
            self.ahead = self
                .ahead
                .saturating_add(i64::from(glyph.advance) * 100_000_000 - dx)
                .saturating_sub(width);
            if let Some(pen) = &mut self.pen {
                pen.x += glyph.advance();
            }
        }
    }

    /// Moves the reader's pen if it is off by more than half a thousandth of the font size.
    #[inline]
    fn correct(&mut self, out: &mut Vec<u8>, unit: i64) {
        if self.ahead.unsigned_abs() <= (unit / 2) as u64 {
            return;
        }
        let half = unit / 2;
        let by = if self.ahead < 0 {
            (self.ahead.saturating_sub(half)) / unit
        } else {
            (self.ahead.saturating_add(half)) / unit
        };
        self.ahead -= by * unit;
        if self.string {
            out.push(b')');
            self.string = false;
        }
        if !self.array {
            out.push(b'[');
            self.array = true;
        }
        write_int(out, -by);
    }

    #[inline]
    fn show(&mut self, out: &mut Vec<u8>, glyph: u16) {
        if !self.string {
            if !self.array {
                out.push(b'[');
                self.array = true;
            }
            out.push(b'(');
            self.string = true;
        }
        let [high, low] = glyph.to_be_bytes();
        write_string_byte(out, high);
        write_string_byte(out, low);
    }

    fn raise(&mut self, out: &mut Vec<u8>, rise: i64) {
        self.close_array(out);
        write_milli(out, rise);
        out.extend_from_slice(b" Ts\n");
        self.rise = rise;
    }

    fn close_array(&mut self, out: &mut Vec<u8>) {
        if self.string {
            out.push(b')');
            self.string = false;
        }
        if self.array {
            out.extend_from_slice(b"]TJ\n");
            self.array = false;
        }
    }

    /// A letter that no font has: an empty box. The font's own "missing" glyph must not be shown (PDF/A-2, 6.2.11.8);
    /// a space that is not drawn carries the letter, so that it is found by searching all the same.
    fn missing(
        &mut self,
        paper: &mut Paper<'_>,
        unit: i64,
        size: Abs,
        glyphs: &[Glyph],
        text: &str,
        face: &Face,
    ) {
        let Some(at) = self.pen else { return };
        let advance: Abs = glyphs.iter().map(Glyph::advance).sum();
        self.close_array(paper.out);
        if let Some((space, width)) = face.space().filter(|_| !text.is_empty()) {
            self.move_to(paper, at);
            paper.out.extend_from_slice(b"/Span<</ActualText");
            write_text(paper.out, text);
            paper.out.extend_from_slice(b">>BDC\n3 Tr\n");
            self.show(paper.out, space);
            // A second space, so that what is not drawn ends where the box does; else readers see a gap after it.
            let two = i64::from(width).saturating_mul(unit / 50);
            self.ahead = advance
                .raw()
                .saturating_mul(100_000_000)
                .saturating_sub(two);
            self.correct(paper.out, unit);
            self.show(paper.out, space);
            self.close_array(paper.out);
            paper.out.extend_from_slice(b"0 Tr\nEMC\n");
        }
        self.end(paper.out);
        write_box(
            paper,
            at,
            Size::new(advance, size.scale(BOX)),
            size.scale(BOX_RIM),
        );
        paper.out.extend_from_slice(b"BT\n");
        self.open = true;
        self.line = (0, 0);
        self.move_to(paper, Point::new(at.x + advance, at.y));
    }

    /// Ends the text object, if one is open.
    pub fn end(&mut self, out: &mut Vec<u8>) {
        self.close_array(out);
        if self.open {
            out.extend_from_slice(b"ET\n");
            self.open = false;
        }
        self.pen = None;
    }

    /// Closes what text operators are under way, so that another operator may stand here within the text object.
    pub fn pause(&mut self, out: &mut Vec<u8>) {
        self.close_array(out);
    }

    /// What the reader keeps and gets back with the graphics state.
    pub fn state(&self) -> State {
        State {
            font: self.font,
            expansion: self.expansion,
        }
    }

    /// The reader has gone back to an earlier graphics state.
    pub fn restore(&mut self, state: State) {
        self.font = state.font;
        self.expansion = state.expansion;
    }
}

/// Font and stretch at some place in the stream.
#[derive(Clone, Copy, Debug)]
pub struct State {
    font: Option<(FontId, i64)>,
    expansion: u16,
}

/// An empty box on the baseline, in the colour that is set.
fn write_box(paper: &mut Paper<'_>, at: Point, size: Size, rim: Abs) {
    let (x, y) = (milli(at.x), milli(paper.top - at.y));
    let (width, height, rim) = (milli(size.width), milli(size.height), milli(rim));
    // A little air at both sides, and a frame between two rectangles.
    for inset in [rim, rim * 2] {
        for value in [
            x + inset,
            y + inset - rim,
            width - 2 * inset,
            height - 2 * inset,
        ] {
            write_milli(paper.out, value);
            paper.out.push(b' ');
        }
        paper.out.extend_from_slice(b"re\n");
    }
    paper.out.extend_from_slice(b"f*\n");
}

/// Whether a reader finds the cluster's text in its glyphs as they are.
#[inline]
fn says(face: &Face, glyphs: &[Glyph], text: &str, rtl: bool) -> bool {
    if let [glyph] = glyphs {
        let mut letters = text.chars();
        return match (letters.next(), letters.next()) {
            (Some(letter), None) => face.says_letter(glyph.id, letter),
            (None, _) => false,
            _ => face.says(glyph.id, text),
        };
    }
    let mut count = 0;
    for letter in text.chars() {
        if count >= glyphs.len() || !face.says_letter(in_text_order(glyphs, count, rtl).id, letter)
        {
            return false;
        }
        count += 1;
    }
    count == glyphs.len()
}
