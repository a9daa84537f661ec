//! Text in a content stream: runs of glyphs as `TJ` arrays.
//!
//! The reader moves its pen by the widths that the font's `W` gives; a number in the array corrects it wherever the
//! layout wanted something else (kerning, justified spaces). [`Text`] follows the reader's pen, so rounding never adds
//! up along a line.

mod missing;

use crate::typeset::frame::{FontId, Glyph, Owner, Run};
use crate::unit::{Abs, Point};

use super::clusters::{Cluster, Clusters, SILENT, in_text_order, shares};
use super::face::Face;
use super::marks::Marks;
use super::spacing::{POINT, spacing};
use super::syntax::{milli, write_decimal, write_int, write_milli, write_string_byte};

/// How far a space may be off its place, in thousandths of the font size: too little for any reader to see a gap.
const LOOSE: u64 = 30;

/// The reader's state of text.
#[derive(Debug, Default)]
pub struct Text {
    /// What was set last.
    state: State,
    /// A text object is open.
    open: bool,
    /// Where the current line began, in thousandths of a point, from the page's lower left.
    line: (i64, i64),
    /// How far text is raised now, in thousandths of a point.
    rise: i64,
    /// Where the layout's pen stands, in the frame's own coordinates.
    pen: Point,
    /// The reader's pen is somewhere else altogether.
    away: bool,
    /// How far the layout's pen is ahead of the reader's: in 1/100 000 000 scaled points.
    ahead: i64,
    /// A `TJ` array is open, and in it a string.
    array: bool,
    string: bool,
    /// What the reader adds after each glyph now, in the unit of `ahead`.
    spaced: i64,
    /// The code of the space in the font that is set.
    space: u16,
    /// In text from right to left: the left side of the last glyph.
    left: Option<Abs>,
    /// Glyphs of the run that give no letter, and where they stand.
    silent: Vec<(Point, Glyph)>,
}

/// Where text goes: the stream, whose it is there, and the plane it stands in.
pub struct Paper<'a> {
    /// The stream.
    pub out: &'a mut Vec<u8>,
    /// The brackets around it.
    pub marks: &'a mut Marks,
    /// Whose it is.
    pub owner: Owner,
    /// The name of the element that the owner is in.
    pub tag: &'a [u8],
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
        let one = POINT * i64::from(expansion);
        let spacing = spacing(run, face, unit).map(|extra| (extra + one / 2).div_euclid(one));
        let wanted = State {
            font: Some((run.font, milli(run.size))),
            expansion,
            spacing: spacing.unwrap_or(self.state.spacing),
        };
        self.place(paper, at, wanted);
        self.spaced = one * self.state.spacing;
        self.space = face.blank();

        // Text from right to left is drawn in the order in which it is read, from the right: readers that follow the
        // structure take the letters as they come.
        self.left = run.rtl.then(|| at.x + run.width());
        let is_missing = |cluster: &Cluster| {
            let mut glyphs = run.glyphs[cluster.glyphs.clone()].iter();
            glyphs.any(|glyph| !face.has(glyph.id))
        };
        let mut all = Clusters::of(run);
        while let Some(cluster) = all.next() {
            let glyphs = &run.glyphs[cluster.glyphs.clone()];
            if let ([glyph], 1) = (glyphs, cluster.text.len())
                && let Some(&letter) = run.text.as_bytes().get(cluster.text.start)
                && let Some((code, width)) = face.letter(glyph.id, letter)
            {
                self.glyph(paper, unit, glyph, code, width);
            } else if is_missing(&cluster) {
                let mut boxes = vec![cluster];
                while let Some(next) = all.clone().next().filter(is_missing) {
                    boxes.push(next);
                    all.next();
                }
                self.missing(paper, unit, run, &boxes, face);
            } else {
                let text = cluster.text(run);
                self.cluster(paper, unit, glyphs, text, run.rtl, face);
            }
        }
        self.silent(paper, unit, face);
        if self.rise != 0 {
            self.raise(paper.out, 0);
        }
        if run.rtl {
            self.left = None;
            self.jump(at.x + run.width());
        }
    }

    /// Draws a cluster's glyphs so that a reader finds its text in them.
    fn cluster(
        &mut self,
        paper: &mut Paper<'_>,
        unit: i64,
        glyphs: &[Glyph],
        text: &str,
        rtl: bool,
        face: &Face,
    ) {
        let whole;
        let several;
        let shares: &[Option<&str>] = if glyphs.len() == 1 {
            whole = [Some(text).filter(|text| !text.is_empty())];
            &whole
        } else {
            several = shares(glyphs, text, rtl);
            &several
        };
        let in_order = || (0..glyphs.len()).map(|place| in_text_order(glyphs, place, rtl));
        let given = in_order()
            .zip(shares)
            .all(|(glyph, share)| share.is_none_or(|share| face.code(glyph.id, share).is_some()));
        if !given {
            self.begin_instead(paper, text);
            for glyph in in_order() {
                let code = face.main(glyph.id);
                self.glyph(paper, unit, glyph, code, face.width(glyph.id));
            }
            return self.end_instead(paper);
        }
        for (glyph, share) in in_order().zip(shares) {
            match share.and_then(|share| face.code(glyph.id, share)) {
                Some(code) => self.glyph(paper, unit, glyph, code, face.width(glyph.id)),
                None => {
                    self.step(glyph.advance());
                    let left = match self.left {
                        Some(left) => left,
                        None => self.pen.x - glyph.advance(),
                    };
                    self.silent.push((Point::new(left, self.pen.y), *glyph));
                }
            }
        }
    }

    /// Draws what gives no letter, at the end of its run, so that it stands in no word's way.
    fn silent(&mut self, paper: &mut Paper<'_>, unit: i64, face: &Face) {
        if self.silent.is_empty() {
            return;
        }
        let (end, left) = (self.pen, self.left.take());
        self.begin_instead(paper, "");
        let mut glyphs = std::mem::take(&mut self.silent);
        for (at, glyph) in glyphs.drain(..) {
            self.jump(at.x);
            let code = face.code(glyph.id, SILENT);
            let code = code.unwrap_or_else(|| face.main(glyph.id));
            self.glyph(paper, unit, &glyph, code, face.width(glyph.id));
        }
        self.silent = glyphs;
        self.jump(end.x);
        self.end_instead(paper);
        self.left = left;
    }

    /// Moves the layout's pen past a glyph; from right to left, to its left side.
    fn step(&mut self, advance: Abs) {
        match &mut self.left {
            Some(left) => *left -= advance,
            None => self.jump(self.pen.x + advance),
        }
    }

    /// Moves the layout's pen along the line.
    fn jump(&mut self, x: Abs) {
        let by = (x - self.pen.x).raw().saturating_mul(100_000_000);
        self.ahead = self.ahead.saturating_add(by);
        self.pen.x = x;
    }

    /// Says where a run begins and in which font.
    fn place(&mut self, paper: &mut Paper<'_>, at: Point, wanted: State) {
        let gap = (at.x - self.pen.x).raw();
        // A run that goes on where another ended is one line with it.
        let goes_on = self.open && !self.away && self.pen.y == at.y && gap.abs() < 1 << 31;
        if goes_on && self.state == wanted {
            self.ahead = self.ahead.saturating_add(gap * 100_000_000);
            self.pen = at;
            return;
        }
        self.close_array(paper.out);
        if self.state.font != wanted.font
            && let Some((font, size)) = wanted.font
        {
            paper.out.extend_from_slice(b"/F");
            write_int(paper.out, i64::from(font.0));
            paper.out.push(b' ');
            write_milli(paper.out, size);
            paper.out.extend_from_slice(b" Tf\n");
        }
        if self.state.expansion != wanted.expansion {
            write_milli(paper.out, i64::from(wanted.expansion) * 100);
            paper.out.extend_from_slice(b" Tz\n");
        }
        if self.state.spacing != wanted.spacing {
            write_decimal(paper.out, wanted.spacing, 5);
            paper.out.extend_from_slice(b" Tc\n");
        }
        let same = State {
            spacing: self.state.spacing,
            ..wanted
        } == self.state;
        self.state = wanted;
        if goes_on && same {
            self.ahead = self.ahead.saturating_add(gap * 100_000_000);
            self.pen = at;
            return;
        }
        self.pen = at;
        self.away = true;
    }

    /// Makes sure that glyphs may follow: in their owner's bracket, in a text object, at their place.
    #[inline]
    fn begin(&mut self, paper: &mut Paper<'_>) {
        if !self.open {
            if !paper.marks.is_open(paper.owner) {
                paper.marks.open(paper.out, paper.owner, paper.tag);
            }
            paper.out.extend_from_slice(b"BT\n");
            self.open = true;
            self.away = true;
            self.line = (0, 0);
        }
        if self.away {
            let (x, y) = (milli(self.pen.x), milli(paper.top - self.pen.y));
            write_milli(paper.out, x - self.line.0);
            paper.out.push(b' ');
            write_milli(paper.out, y - self.line.1);
            paper.out.extend_from_slice(b" Td\n");
            self.line = (x, y);
            self.ahead = 0;
            self.away = false;
        }
    }

    /// The same for glyphs that stand for another text than they say.
    fn begin_instead(&mut self, paper: &mut Paper<'_>, text: &str) {
        if let Owner::Slot(slot) = paper.owner {
            self.end(paper.out);
            paper.marks.open_instead(paper.out, slot, text);
            paper.out.extend_from_slice(b"BT\n");
            self.open = true;
            self.away = true;
            self.line = (0, 0);
        }
        self.begin(paper);
    }

    fn end_instead(&mut self, paper: &mut Paper<'_>) {
        if let Owner::Slot(_) = paper.owner {
            self.end(paper.out);
            paper.marks.close(paper.out);
        }
    }

    #[inline]
    fn glyph(&mut self, paper: &mut Paper<'_>, unit: i64, glyph: &Glyph, code: u16, width: u32) {
        if let Some(left) = &mut self.left {
            *left -= glyph.advance();
            let left = *left;
            self.jump(left);
        }
        self.begin(paper);
        if glyph.dy != 0 || self.rise != 0 {
            let rise = milli(Abs::from_raw(i64::from(glyph.dy)));
            if rise != self.rise {
                self.raise(paper.out, rise);
            }
        }
        let dx = i64::from(glyph.dx) * 100_000_000;
        self.ahead = self.ahead.saturating_add(dx);
        // Where a space stands exactly is not seen: the correction can wait for the next word, unless it is large.
        let hidden = code == self.space && self.ahead.unsigned_abs() < unit as u64 * LOOSE;
        if !hidden {
            self.correct(paper.out, unit);
        }
        self.show(paper.out, code);
        let width = i64::from(width).saturating_mul(unit / 100);
        self.ahead = self
            .ahead
            .saturating_add(i64::from(glyph.advance) * 100_000_000 - dx)
            .saturating_sub(width)
            .saturating_sub(self.spaced);
        self.pen.x += glyph.advance();
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
    fn show(&mut self, out: &mut Vec<u8>, code: u16) {
        if !self.string {
            if !self.array {
                out.push(b'[');
                self.array = true;
            }
            out.push(b'(');
            self.string = true;
        }
        let [high, low] = code.to_be_bytes();
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

    /// Ends the text object, if one is open.
    pub fn end(&mut self, out: &mut Vec<u8>) {
        self.close_array(out);
        if self.open {
            out.extend_from_slice(b"ET\n");
            self.open = false;
        }
        self.away = true;
    }

    /// Closes what text operators are under way, so that another operator may stand here within the text object.
    pub fn pause(&mut self, out: &mut Vec<u8>) {
        self.close_array(out);
    }

    /// What the reader keeps and gets back with the graphics state.
    pub fn state(&self) -> State {
        self.state
    }

    /// The reader has gone back to an earlier graphics state.
    pub fn restore(&mut self, state: State) {
        self.state = state;
    }
}

/// What outlives a text object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Font and size, in thousandths of a point.
    font: Option<(FontId, i64)>,
    /// Stretch, in thousandths.
    expansion: u16,
    /// What is added after each glyph, in 1/100 000 points.
    spacing: i64,
}

impl Default for State {
    fn default() -> State {
        State {
            font: None,
            expansion: 1000,
            spacing: 0,
        }
    }
}

/// How far glyphs go.
fn advance(glyphs: &[Glyph]) -> Abs {
    glyphs.iter().map(Glyph::advance).sum()
}
