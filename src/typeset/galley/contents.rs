//! The printed contents: an entry per line, a leader, the page number at the end of the line.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::stick::Stick;
use crate::model::{Block, ChapterId, Entry, Role};
use crate::typeset::frame::{Artifact, Frame, Item, LinkTarget};
use crate::typeset::page::cost;
use crate::typeset::paragraph::{Measure, Voice, prepare};
use crate::typeset::structure::{Element, ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Size};

/// What stands for a page number that is not known yet: as wide as most.
const UNKNOWN: &str = "000";
/// Between a title and its leader, and a leader and its number, in parts of the font size.
const GAP: f64 = 0.5;
/// From dot to dot, in parts of the font size.
const DOTS: f64 = 0.7;
/// Parts a title from its page number to whoever hears them or copies them.
const SPACE: &str = "\u{a0}";
/// How far a step down stands in, in parts of the font size.
const STEP: f64 = 1.4;
/// How far a turned-over line stands in from its first.
const TURNOVER: f64 = 1.4;

/// Where the numbers of one level stand.
#[derive(Clone, Copy, Default)]
struct Column {
    /// As wide as the widest.
    width: Abs,
    /// Numbers such as 2.10 begin below each other; others end so.
    flush_start: bool,
}

/// Whether a title follows right behind its number, because the number has words: *Appendix A* would make a column too wide
/// for all other numbers.
fn runs_in(number: &str) -> bool {
    number.contains(char::is_whitespace)
}

/// A number with the space before its title: in the text, so that they are two words to whoever listens.
fn spaced(number: &str) -> String {
    format!("{number}\u{2003}")
}

impl Stick<'_, '_> {
    /// The contents.
    pub(super) fn contents(&mut self, block: &Block) {
        let element = self.open_block(Tag::Toc, block);
        let room = self.room;
        let mut chapter: Option<(ChapterId, u8)> = None;
        let toc = &self.plan.edition.facts.toc;
        let mut listed = Vec::new();
        for (number, entry) in (0u32..).zip(toc).filter(|(_, entry)| entry.listed) {
            let (role, steps) = match chapter {
                _ if entry.is_part => (Role::ContentsPart, 0),
                Some((id, depth)) if id == entry.to.chapter => {
                    (Role::ContentsSection, entry.depth.saturating_sub(depth + 1))
                }
                _ => {
                    chapter = Some((entry.to.chapter, entry.depth));
                    (Role::ContentsChapter, 0)
                }
            };
            let style = self.plan.style(role, &[], &self.plan.body);
            if !style.hidden {
                listed.push((number, entry, role, steps, style));
            }
        }
        // Numbers stand in columns, one for each level, so that titles stand below each other; a chapter's sections begin
        // below its title.
        let mut columns: BTreeMap<(Role, u8), Column> = BTreeMap::new();
        for (_, entry, role, steps, style) in &listed {
            if !entry.number.is_empty() && !runs_in(&entry.number) {
                let number = spaced(&entry.number);
                let number = self.label(&number, style, Voice::Artifact(Artifact::Layout));
                let column = columns.entry((*role, *steps)).or_default();
                column.width = column.width.max(number.size.width);
                column.flush_start |= entry.number.contains('.');
            }
        }
        let chapters = columns.get(&(Role::ContentsChapter, 0)).map(|c| c.width);
        // The lists under way, each in the one before it.
        let mut lists = vec![(0, element)];
        for (number, entry, role, steps, style) in listed {
            self.room.parent = self.list_at(&mut lists, entry.depth);
            let size = style.size();
            let start = match chapters {
                Some(column) if role == Role::ContentsSection => {
                    let chapter = self.plan.style(Role::ContentsChapter, &[], &self.plan.body);
                    chapter.start + column
                }
                _ => style.start,
            };
            let start = start + size.scale(STEP) * i64::from(steps);
            let column = columns.get(&(role, steps)).copied().unwrap_or_default();
            // What it says is the words of headings, but its place is here.
            self.cx.within = Some((block.id, number));
            self.entry(entry, &style, start, column);
            self.cx.within = None;
        }
        self.room = room;
        self.first = true;
    }

    /// The list for entries of a depth.
    fn list_at(&mut self, lists: &mut Vec<(u8, ElementId)>, depth: u8) -> ElementId {
        while lists.len() > 1 && lists.last().is_some_and(|(deep, _)| *deep > depth) {
            lists.pop();
        }
        let (deep, list) = lists.last().copied().unwrap_or((depth, self.room.parent));
        if deep >= depth {
            return list;
        }
        let origin = self.node(self.origin.node);
        let inner = self.cx.structure.open(list, Element::of(Tag::Toc, origin));
        lists.push((depth, inner));
        inner
    }

    /// An entry, `start` from the start edge, its number in a column.
    fn entry(&mut self, entry: &Entry, style: &Arc<Style>, start: Abs, column: Column) {
        let size = style.size();
        let room = self.room;
        let item = self.open(Tag::TocItem, self.origin.node);
        let reference = self.cx.structure.open(item, Element::new(Tag::Reference));
        let link = self.cx.structure.open(reference, Element::new(Tag::Link));
        self.room.parent = link;
        self.narrow(start, style.end);

        let mut plain = (**style).clone();
        plain.align = crate::theme::Justify::Start;
        let plain = Arc::new(plain);
        let folio = self
            .plan
            .folios
            .0
            .get(&entry.to)
            .map_or(UNKNOWN, |folio| folio.text.as_str())
            .to_owned();
        let gap = size.scale(GAP);
        let widest = self
            .words(UNKNOWN, &plain, Voice::Artifact(Artifact::Layout))
            .max_width();
        let number = (!entry.number.is_empty())
            .then(|| self.label(&spaced(&entry.number), &plain, Voice::Element(link)));
        let inset = match &number {
            Some(number) if runs_in(&entry.number) => number.size.width,
            _ => column.width,
        };
        let material = prepare(self.cx, &entry.title, &plain, Voice::Element(link));
        let space = self.label(SPACE, &plain, Voice::Element(link));
        let folio = self.label(&folio, &plain, Voice::Element(link));
        let folios = widest.max(folio.size.width);
        let room_left = self.room.width - inset - folios - gap * 3;
        let measure = Measure {
            rest: size.scale(TURNOVER),
            ..Measure::of(room_left.max(self.room.width / 2))
        };
        let paragraph = material.set(&measure);
        let lines = paragraph.frames(paragraph.best, ..);
        let mut frame = Frame::new(Size::new(
            self.room.width,
            style.leading * lines.len().max(1) as i64,
        ));
        if let Some(number) = number {
            let x = if column.flush_start {
                Abs::ZERO
            } else {
                inset - number.size.width
            };
            let first = lines.first().map_or(number.baseline, |line| line.baseline);
            self.put(&mut frame, x, first, number);
        }
        let mut last = Abs::ZERO;
        for (at, line) in (0i64..).zip(&lines) {
            let free = self.room.width - inset - line.size.width;
            let x = if self.plan.rtl { free } else { inset };
            let y = style.leading * at;
            if at == 0 {
                frame.baseline = line.baseline;
            }
            last = extent(line, self.plan.rtl);
            frame.push_frame(Point::new(x, y), line.clone());
        }
        let above = style.leading * (lines.len() as i64 - 1).max(0);
        let baseline = above + frame.baseline;
        let leader_from = inset + last + gap;
        let leader_to = self.room.width - folio.size.width - gap;
        if let Some(leader) = self.leader(leader_to - leader_from, &plain, style) {
            let x = leader_to - leader.size.width;
            self.put(&mut frame, x, baseline, leader);
        }
        self.put(&mut frame, inset + last, baseline, space);
        let x = self.room.width - folio.size.width;
        self.put(&mut frame, x, baseline, folio);
        if let Some(dest) = self.plan.dest(entry.to) {
            let target = LinkTarget::Dest(dest);
            let size = frame.size;
            frame.push(
                Point::ZERO,
                Item::Link {
                    size,
                    target,
                    element: link,
                },
            );
        } else {
            self.unlink(reference, link);
        }
        self.space(style.before);
        self.push_block(frame).end_cost = if style.keep_with_next {
            cost::KEEP
        } else {
            0.0
        };
        self.space(style.after);
        self.room = room;
    }

    /// An entry without a place to go to is plain text.
    fn unlink(&mut self, reference: ElementId, link: ElementId) {
        for (id, tag) in [(reference, Tag::P), (link, Tag::Span)] {
            if let Some(element) = self.cx.structure.elements.get_mut(id.0 as usize) {
                element.tag = tag;
            }
        }
    }

    /// Puts a text on a baseline, `x` from the start edge.
    fn put(&self, frame: &mut Frame, x: Abs, baseline: Abs, text: Arc<Frame>) {
        let x = if self.plan.rtl {
            frame.size.width - x - text.size.width
        } else {
            x
        };
        let y = baseline - text.baseline;
        frame.push_frame(Point::new(x, y), text);
    }

    /// Dots up to a width, at most; they stand in columns because they are counted from the page number.
    fn leader(&mut self, width: Abs, plain: &Arc<Style>, style: &Style) -> Option<Arc<Frame>> {
        let dot = style.ornament.as_deref().unwrap_or(".");
        let pitch = style.size().scale(DOTS);
        let count = width.raw() / pitch.raw().max(1);
        if count < 2 || dot.trim().is_empty() {
            return None;
        }
        let dot = self.label(dot, plain, Voice::Artifact(Artifact::Layout));
        let mut frame = Frame::new(Size::new(pitch * count, dot.size.height));
        frame.baseline = dot.baseline;
        for at in 0..count {
            frame.push_frame(
                Point::new(pitch * at + (pitch - dot.size.width), Abs::ZERO),
                dot.clone(),
            );
        }
        Some(frame.into())
    }
}

/// How far the words of a line reach from its start edge.
fn extent(line: &Frame, rtl: bool) -> Abs {
    let mut reach = Abs::ZERO;
    for (at, item) in &line.items {
        let (from, to) = match item {
            Item::Glyphs { run, .. } => (at.x, at.x + run.width()),
            Item::Group(frame) => (at.x, at.x + extent(frame, false)),
            Item::Image { size, .. } => (at.x, at.x + size.width),
            _ => continue,
        };
        reach = reach.max(if rtl { line.size.width - from } else { to });
    }
    reach
}
