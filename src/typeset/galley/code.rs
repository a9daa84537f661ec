//! Code blocks: every line as it was typed, coloured by what it says, turned over with a mark where it is too long.

use std::sync::Arc;

use unicode_bidi::{BidiInfo, Level, ParagraphBidiInfo};
use unicode_script::{Script, UnicodeScript};

use super::ChildKind;
use super::block::classes;
use super::stick::{Stick, background};
use super::turnover::turnover;
use crate::model::{Block, Code, Lang, Locus, NodeRef, Role};
use crate::theme::{Color, ink};
use crate::typeset::frame::{Artifact, FontId, Frame, Glyph, Item, Owner, Run};
use crate::typeset::page::cost;
use crate::typeset::paragraph::{Voice, font_of};
use crate::typeset::shape::{Dress, Manner, is_rtl};
use crate::typeset::structure::Tag;
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Size};

/// A block of so few lines is not parted but in need.
const SHORT_BLOCK: usize = 6;
/// How many columns a tab goes on to.
pub(super) const TAB: usize = 4;
/// Text is shaped in stretches of at most so many bytes: a line of megabytes must not be one word.
const STRETCH: usize = 2000;
/// How far a turned-over line stands in, in columns, beyond its line's own indent; the mark stands there.
const TURNOVER: i64 = 2;
/// The colour of a marked line, where the theme has none for marked words.
const MARKED: Color = Color {
    r: 0xff,
    g: 0xf3,
    b: 0xc4,
};

/// A glyph with what is needed to put it on a line.
struct Sort {
    font: FontId,
    glyph: Glyph,
    /// The bytes that it stands for, in the line.
    start: usize,
    end: usize,
    color: Color,
    space: bool,
    /// Its bidirectional level: code runs from left to right, Arabic in its comments does not.
    level: Level,
}

impl Stick<'_, '_> {
    /// A block of code.
    pub(super) fn code(&mut self, block: &Block, code: &Code) {
        let style = self.plan.style(
            Role::CodeBlock,
            classes(block.attrs.as_deref()),
            &self.plan.body,
        );
        // A title is a paragraph of its own before the code's.
        let outer = if code.title.is_some() {
            Tag::Div
        } else {
            Tag::P
        };
        let element = self.open_block(outer, block);
        self.within(&style, element, |stick| {
            if let Some(title) = &code.title {
                let element = stick.open(Tag::P, block.id);
                let title_style = stick.plan.style(Role::CodeTitle, &[], &style);
                let material = stick.words(title, &title_style, Voice::Element(element));
                let measure = stick.measure(&title_style);
                stick.push_lines(&material, &title_style, &measure);
                stick.keep_last(cost::KEEP);
                stick.space(stick.plan.grid / 4);
                stick.room.parent = stick.open(Tag::P, block.id);
            }
            let style = stick.fitted(code, &style, block);
            stick.code_lines(code, &style, block);
        });
    }

    fn code_lines(&mut self, code: &Code, style: &Arc<Style>, block: &Block) {
        let element = self.open(Tag::Code, block.id);
        let lines: Vec<&str> = code.text.split('\n').collect();
        let first_number = code.number_from.unwrap_or(1);
        let gutter = self.gutter(code, lines.len(), style);
        let room = self.room;
        self.narrow(gutter, Abs::ZERO);
        let mark_color = {
            let mark = self.plan.styles.inline(Role::Mark, &[], &style.text);
            mark.background.unwrap_or(MARKED)
        };
        let origin = self.node(block.id);
        let mut tokens = code.tokens.as_slice();
        let mut start = 0usize;
        // What no face has.
        let mut missing = Vec::new();
        let first_child = self.galley.children.len();
        // Of every line on paper that the next belongs to: what a page end behind it costs.
        let mut ends: Vec<f64> = Vec::with_capacity(lines.len());
        for (at, line) in lines.into_iter().enumerate() {
            let end = start + line.len();
            while tokens
                .first()
                .is_some_and(|token| token.end as usize <= start)
            {
                tokens = &tokens[1..];
            }
            let sorts_of = |stick: &mut Self| {
                let mut text = String::with_capacity(line.len());
                let mut sorts = Vec::new();
                let mut from = start;
                for token in tokens
                    .iter()
                    .take_while(|token| (token.start as usize) < end)
                {
                    let (token_start, token_end) = (
                        (token.start as usize).max(from),
                        (token.end as usize).min(end),
                    );
                    if token_start >= token_end {
                        continue;
                    }
                    stick.stretch(
                        &code.text[from..token_start],
                        style,
                        style.text.color,
                        &mut text,
                        &mut sorts,
                    );
                    stick.stretch(
                        &code.text[token_start..token_end],
                        style,
                        ink(token.kind),
                        &mut text,
                        &mut sorts,
                    );
                    from = token_end;
                }
                stick.stretch(
                    &code.text[from..end],
                    style,
                    style.text.color,
                    &mut text,
                    &mut sorts,
                );
                (text, sorts)
            };
            let (text, sorts) = sorts_of(self);
            missing.extend(
                sorts
                    .iter()
                    .filter(|sort| sort.glyph.id == 0)
                    .flat_map(|sort| {
                        let shown = text.get(sort.start..sort.end).unwrap_or_default();
                        shown.chars()
                    }),
            );
            let slot = Owner::Slot(self.cx.structure.slot(element));
            let number = first_number.saturating_add(at as u32);
            let marked = code.marked.iter().any(|range| range.contains(&number));
            // Most lines are shown as they were typed.
            let plain = !line.contains(char::is_control);
            let places = if plain { Vec::new() } else { typed(line) };
            let from = |shown: usize| {
                let typed = if plain {
                    shown.min(line.len())
                } else {
                    places.get(shown).copied().unwrap_or(line.len())
                };
                Locus {
                    node: origin,
                    byte: (start + typed) as u32,
                }
            };
            let marked = marked.then_some(mark_color);
            let frames = self.physical(&text, &sorts, style, slot, marked, &from);
            let last = frames.len() - 1;
            for (part, frame) in frames.into_iter().enumerate() {
                if part == 0 && code.number_from.is_some() {
                    let label_style = self.plan.style(Role::LineNumber, &[], style);
                    let label = self.label(
                        &number.to_string(),
                        &label_style,
                        Voice::Artifact(Artifact::Layout),
                    );
                    let x = room.x + gutter - style.size() - label.size.width;
                    self.put_beside(x, label, true);
                }
                self.push_block(frame);
                ends.push(match part {
                    part if part < last => cost::CODE_LINE,
                    _ => 0.0,
                });
            }
            start = end + 1;
        }
        self.room = room;
        let count = ends.len();
        let children = self.galley.children[first_child..].iter_mut();
        let blocks = children.filter(|child| matches!(child.kind, ChildKind::Block(_)));
        for ((at, child), end) in blocks.enumerate().zip(ends) {
            let alone = (at + 1).min(count - at - 1);
            child.end_cost = match alone {
                // The block ends here.
                0 => 0.0,
                1 => cost::CODE,
                2 => cost::CODE_PAIR,
                _ if count <= SHORT_BLOCK => cost::CODE_PAIR,
                _ => end,
            };
        }
        if !missing.is_empty() {
            let node = NodeRef {
                chapter: self.cx.chapter,
                node: block.id,
            };
            let span = self.cx.span(node);
            self.cx.shaper.missing().add(node, span, &missing);
        }
    }

    /// The room for line numbers.
    fn gutter(&mut self, code: &Code, lines: usize, style: &Arc<Style>) -> Abs {
        let Some(first) = code.number_from else {
            return Abs::ZERO;
        };
        let label_style = self.plan.style(Role::LineNumber, &[], style);
        let last = first.saturating_add(lines as u32).to_string();
        let widest: String = last.chars().map(|_| '0').collect();
        self.words(&widest, &label_style, Voice::Artifact(Artifact::Layout))
            .max_width()
            + style.size()
    }

    /// Shapes a stretch of one colour and adds it to a line.
    fn stretch(
        &mut self,
        words: &str,
        style: &Style,
        color: Color,
        text: &mut String,
        sorts: &mut Vec<Sort>,
    ) {
        let mut clean = String::with_capacity(words.len());
        let mut column = match words.contains('\t') {
            true => text.chars().count(),
            false => 0,
        };
        for c in words.chars() {
            match c {
                '\t' => {
                    let wide = TAB - column % TAB;
                    clean.extend(std::iter::repeat_n(' ', wide));
                    column += wide;
                }
                c if c.is_control() => {}
                c => {
                    clean.push(c);
                    column += 1;
                }
            }
        }
        let mut rest = clean.as_str();
        while !rest.is_empty() {
            let mut cut = rest.len().min(STRETCH);
            while !rest.is_char_boundary(cut) {
                cut -= 1;
            }
            let (piece, after) = rest.split_at(cut);
            let levels = match is_rtl(piece) {
                true => ParagraphBidiInfo::new(piece, Some(Level::ltr())).levels,
                false => Vec::new(),
            };
            let mut from = 0;
            for part in levels.chunk_by(|a, b| a == b) {
                let to = from + part.len();
                self.shaped(&piece[from..to], style, color, part[0], text, sorts);
                from = to;
            }
            self.shaped(&piece[from..], style, color, Level::ltr(), text, sorts);
            rest = after;
        }
    }

    /// The same for what runs in one direction. Sorts come in reading order.
    fn shaped(
        &mut self,
        piece: &str,
        style: &Style,
        color: Color,
        level: Level,
        line: &mut String,
        sorts: &mut Vec<Sort>,
    ) {
        let (shaper, offset) = (self.cx.shaper, line.len());
        line.push_str(piece);
        let script = match level.is_rtl() {
            true => piece
                .chars()
                .map(|c| c.script())
                .find(|s| *s != Script::Common),
            false => None,
        };
        let direction = (script.unwrap_or(Script::Latin), level.is_rtl());
        let dress = |face| {
            Dress::new(
                shaper,
                &style.text,
                face,
                Manner::Plain,
                direction,
                &Lang::default(),
            )
        };
        let mut put = |face, text: &str, offset: usize| {
            let dress = dress(face);
            let mut word = dress.voice.word(self.plan.fonts, text);
            if word.split.is_some() {
                // No face has all of it: shown with the sign for what is missing.
                word = Arc::new(dress.voice.letters(text));
            }
            let mut byte = offset;
            let count = word.glyphs.len();
            for at in 0..count {
                let glyph = &word.glyphs[if level.is_rtl() { count - 1 - at } else { at }];
                let end = byte + usize::from(glyph.bytes);
                let shown = text.get(byte - offset..end - offset).unwrap_or_default();
                sorts.push(Sort {
                    font: font_of(face),
                    glyph: Glyph {
                        id: glyph.id,
                        bytes: glyph.bytes,
                        advance: dress.units(glyph.advance).raw() as i32,
                        dx: dress.units(glyph.dx).raw() as i32,
                        dy: dress.units(glyph.dy).raw() as i32,
                    },
                    start: byte,
                    end,
                    color,
                    space: !shown.is_empty() && shown.trim().is_empty(),
                    level,
                });
                byte = end;
            }
        };
        let word = dress(style.text.face).voice.word(self.plan.fonts, piece);
        match &word.split {
            None => put(style.text.face, piece, offset),
            Some(segments) => {
                let mut from = 0;
                for segment in segments {
                    if let Some(text) = piece.get(from..segment.end) {
                        put(segment.face.unwrap_or(style.text.face), text, offset + from);
                    }
                    from = segment.end;
                }
            }
        }
    }

    /// The lines that a line of code takes here: one, or more with marks.
    fn physical(
        &self,
        text: &str,
        sorts: &[Sort],
        style: &Style,
        owner: Owner,
        marked: Option<Color>,
        from_code: &dyn Fn(usize) -> Locus,
    ) -> Vec<Frame> {
        let width = self.room.width;
        let column = sorts
            .iter()
            .find(|sort| sort.space)
            .map_or(style.size() * 3 / 5, |sort| {
                Abs::from_raw(i64::from(sort.glyph.advance))
            });
        let indent: Abs = sorts
            .iter()
            .take_while(|sort| sort.space)
            .map(|sort| sort.glyph.advance())
            .sum();
        let hang = (indent + column * TURNOVER).min(width / 2);
        let baseline = style.baseline(self.plan.fonts);
        let mut frames = Vec::new();
        let mut from = 0;
        loop {
            let x = if from == 0 { Abs::ZERO } else { hang };
            let to = line_end(sorts, from, width - x);
            let mut frame = Frame::new(Size::new(width, style.leading));
            frame.baseline = baseline;
            if let Some(color) = marked {
                frame.push(Point::ZERO, background(frame.size, color));
            }
            if from > 0 {
                turnover(&mut frame, x - column * TURNOVER, column, style);
            }
            runs(
                text,
                &sorts[from..to],
                Point::new(x, baseline),
                style.text.size,
                owner,
                from_code,
                &mut frame,
            );
            frames.push(frame);
            from = to;
            if from >= sorts.len() {
                return frames;
            }
        }
    }
}

/// Where each byte of a line of code as it is shown stands in it as it was typed; behind a tab for those within its room.
fn typed(line: &str) -> Vec<usize> {
    let mut places = vec![0];
    let mut column = 0;
    for (at, c) in line.char_indices() {
        let (wide, long) = match c {
            '\t' => (TAB - column % TAB, TAB - column % TAB),
            c if c.is_control() => (0, 0),
            c => (1, c.len_utf8()),
        };
        let next = at + c.len_utf8();
        places.extend(std::iter::repeat_n(next, long));
        column += wide;
    }
    places
}

/// Where a line that begins with a glyph must end: behind a space if there is one in its second half.
fn line_end(sorts: &[Sort], from: usize, width: Abs) -> usize {
    let mut x = Abs::ZERO;
    let mut space = None;
    for (at, sort) in sorts.iter().enumerate().skip(from) {
        x += sort.glyph.advance();
        // A glyph without bytes belongs to the one before it.
        if x > width && at > from && sort.glyph.bytes > 0 && !sort.space {
            return space.unwrap_or(at);
        }
        if sort.space && x > width / 2 {
            space = Some(at + 1);
        }
    }
    sorts.len()
}

/// Puts glyphs on a line, as many as go together in one run: in reading order, each at its place by its direction.
fn runs(
    text: &str,
    sorts: &[Sort],
    at: Point,
    size: Abs,
    owner: Owner,
    from_code: &dyn Fn(usize) -> Locus,
    frame: &mut Frame,
) {
    let alike = |a: &Sort, b: &Sort| (a.font, a.color, a.level) == (b.font, b.color, b.level);
    let groups: Vec<&[Sort]> = sorts.chunk_by(alike).collect();
    let levels: Vec<Level> = groups.iter().map(|group| group[0].level).collect();
    let mut places = vec![Abs::ZERO; groups.len()];
    let mut x = at.x;
    for index in BidiInfo::reorder_visual(&levels) {
        places[index] = x;
        x += groups[index].iter().map(|sort| sort.glyph.advance()).sum();
    }
    for (group, x) in groups.into_iter().zip(places) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            continue;
        };
        let rtl = first.level.is_rtl();
        let mut glyphs: Vec<Glyph> = group.iter().map(|sort| sort.glyph).collect();
        if rtl {
            glyphs.reverse();
        }
        let run = Run {
            font: first.font,
            size,
            expansion: 1000,
            text: text
                .get(first.start..last.end)
                .unwrap_or_default()
                .to_owned(),
            glyphs,
            rtl,
            from: Some(from_code(first.start)),
        };
        let item = Item::Glyphs {
            run: Arc::new(run),
            color: first.color,
            owner,
        };
        frame.push(Point::new(x, at.y), item);
    }
}
