//! What an author should hear of a flow's pages: where no good line or page end was to be had, at the line of the
//! manuscript, and what would help.
//!
//! In: the galley, its column and cuts, the pages' printed numbers. Out: findings in the sink. Each names the page and the
//! place where it ends; where words would mend it, the paragraph that needs the fewest is named with their number. [`lines`]
//! has what is told of lines, [`words`] what of the words at their ends, [`rivers`] what of the white between them; [`inner`] what of the
//! lines of notes and cells, which have no pages of their own.

pub mod inner;
mod lines;
mod rivers;
mod words;

use super::column::{Column, Item};
use super::compose::{Area, lines_on, way_of};
use super::figures::{missing, notes_away};
use super::paginate::Cut;
use crate::diag::{Code, Diagnostic, Sink};
use crate::source::Span;
use crate::typeset::frame::{Frame, Item as FrameItem};
use crate::typeset::galley::{ChildKind, Galley, Lines};
use crate::typeset::plan::Plan;
use crate::unit::{Abs, Side};

/// A paragraph is named by so many of its first letters.
const NAMED_BY: usize = 24;

/// A flow's pages, to be judged.
pub struct Pages<'a> {
    /// What stands on them.
    pub galley: &'a Galley,
    /// The same as numbers.
    pub column: &'a Column,
    /// Where they end.
    pub cuts: &'a [Cut],
    /// What was put on them.
    pub areas: &'a [Area],
    /// The side of the first.
    pub side: Side,
    /// Their printed numbers; empty where they are not known.
    pub folios: &'a [String],
    /// The book.
    pub plan: &'a Plan<'a>,
}

/// Who tells of lines.
struct Judge<'a> {
    /// The book.
    plan: &'a Plan<'a>,
    /// Takes what is told.
    sink: &'a Sink,
}

/// By how many letters a paragraph would have to be longer or shorter to take a line more or less.
struct Slack {
    item: usize,
    more: u32,
    /// `None` for a paragraph of one line.
    less: Option<u32>,
}

impl Pages<'_> {
    /// Tells of everything that is wrong with their lines and their ends.
    pub fn report(&self, sink: &Sink) {
        self.far_floats(sink);
        for (number, cut) in self.cuts.iter().enumerate() {
            if !cut.has_text(self.column) {
                continue;
            }
            self.lines(number, cut, sink);
            self.lonely_lines(number, cut, sink);
            self.stranded(number, cut, sink);
            if notes_away(self.column, cut) {
                let message = format!("a note of page {} begins overleaf", self.folio(number));
                let found = Diagnostic::new(Code::NoteAway, self.end_span(cut), message);
                let found = found.on_page(self.folio(number));
                sink.push(found.hint("shorten the note, or call it earlier or later"));
            }
            if self.plan.costs.full() {
                self.short(number, cut, sink);
            }
        }
    }

    fn folio(&self, number: usize) -> &str {
        self.folios.get(number).map_or("?", String::as_str)
    }

    fn side_of(&self, number: usize) -> Side {
        let same = number.is_multiple_of(2);
        match (self.side, same) {
            (Side::Recto, true) | (Side::Verso, false) => Side::Recto,
            _ => Side::Verso,
        }
    }

    /// Where the last thing on a page stands in the manuscript.
    fn end_span(&self, cut: &Cut) -> Option<Span> {
        let last = match cut.to.line {
            0 => (cut.to.item as usize).checked_sub(1)?,
            _ => cut.to.item as usize,
        };
        let last = last.min(self.galley.children.len().checked_sub(1)?);
        let mut before = self.galley.children[..=last].iter().rev();
        before
            .find(|child| matches!(child.kind, ChildKind::Lines(_) | ChildKind::Block(_)))
            .and_then(|child| self.plan.span(child.origin))
    }

    /// Pages that end above where they should, alone or unlike the page that faces them.
    fn short(&self, number: usize, cut: &Cut, sink: &Sink) {
        if cut.free {
            return;
        }
        let lines = missing(cut);
        let facing = match self.side_of(number) {
            _ if !self.plan.costs.level => None,
            Side::Verso => self.cuts.get(number + 1),
            Side::Recto => number.checked_sub(1).and_then(|at| self.cuts.get(at)),
        };
        let facing = facing.filter(|cut| !cut.free).map(missing);
        let lines_of = |lines: u32| match lines {
            1 => "a line".to_owned(),
            lines => format!("{lines} lines"),
        };
        let found = match (lines, facing) {
            (0, _) => return,
            (1, None | Some(1)) if self.plan.costs.level => return,
            (1, Some(0)) => Diagnostic::new(
                Code::UnevenSpread,
                self.end_span(cut),
                format!(
                    "page {} ends a line above the page that faces it",
                    self.folio(number)
                ),
            ),
            _ => Diagnostic::new(
                Code::ShortPage,
                self.end_span(cut),
                format!(
                    "page {} ends {} above its foot",
                    self.folio(number),
                    lines_of(lines)
                ),
            ),
        };
        // What stands on the page, and on the one before: a line there moves all that follows.
        let from = self.cuts[number.saturating_sub(1)].from.item;
        let slacks = self.slacks(from as usize, cut.to.item as usize);
        sink.push(self.advise(found.on_page(self.folio(number)), &slacks));
    }

    /// Adds what would help: the paragraphs that need the fewest letters.
    fn advise(&self, mut found: Diagnostic, slacks: &[Slack]) -> Diagnostic {
        let more = slacks.iter().min_by_key(|slack| slack.more);
        let fewer = slacks.iter().filter_map(|slack| Some((slack.less?, slack)));
        if let Some(slack) = more {
            found = self.name(
                found,
                slack,
                "add",
                slack.more,
                "makes it about a line longer",
            );
        }
        if let Some((less, slack)) = fewer.min_by_key(|(less, _)| *less) {
            found = self.name(found, slack, "cut", less, "makes it about a line shorter");
        }
        found
    }

    fn name(
        &self,
        found: Diagnostic,
        slack: &Slack,
        verb: &str,
        letters: u32,
        effect: &str,
    ) -> Diagnostic {
        let child = &self.galley.children[slack.item];
        let ChildKind::Lines(lines) = &child.kind else {
            return found;
        };
        let mut words = String::new();
        if let Some(first) = lines.paragraph.frames(lines.paragraph.best, 0..1).first() {
            text(first, &mut words);
        }
        let short: String = words.trim().chars().take(NAMED_BY).collect();
        let many = if letters == 1 { "letter" } else { "letters" };
        let hint =
            format!("{verb} some {letters} {many} in the paragraph `{short}…`, which {effect}");
        let found = found.hint(hint);
        match self.plan.span(child.origin) {
            Some(span) => found.label(span, format!("{letters} {many} to {verb}")),
            None => found,
        }
    }

    /// How long the last lines of the paragraphs among some items are.
    fn slacks(&self, from: usize, to: usize) -> Vec<Slack> {
        let children = self.galley.children.iter().enumerate();
        children
            .take(to + 1)
            .skip(from)
            .filter_map(|(item, child)| match &child.kind {
                ChildKind::Lines(lines) if lines.varies => slack(item, lines),
                _ => None,
            })
            .collect()
    }

    /// Lines cut from their paragraphs.
    fn lonely_lines(&self, number: usize, cut: &Cut, sink: &Sink) {
        let ends = [(cut.from.item, cut.from.line), (cut.to.item, cut.to.line)];
        for (at_end, (item, line)) in ends.into_iter().enumerate() {
            let Some(Item::Text(text)) = self.column.items.get(item as usize) else {
                continue;
            };
            let ChildKind::Lines(_) = &self.galley.children[item as usize].kind else {
                continue;
            };
            let count = text.ways[usize::from(way_of(cut, item, text.best))].lines;
            let (first, end) = lines_on(cut, item, count);
            let (code, message) =
                if at_end == 0 && line > 0 && end == count && count - first < text.least {
                    (
                        Code::Widow,
                        "the last line of a paragraph stands alone at the top",
                    )
                } else if at_end == 1 && line > 0 && first == 0 && end < text.least {
                    (
                        Code::Orphan,
                        "the first line of a paragraph stands alone at the foot",
                    )
                } else {
                    continue;
                };
            let span = self.plan.span(self.galley.children[item as usize].origin);
            let message = format!("{message} of page {}", self.folio(number));
            let slacks = self.slacks(cut.from.item as usize, item as usize);
            let found = Diagnostic::new(code, span, message).on_page(self.folio(number));
            sink.push(self.advise(found, &slacks));
        }
    }

    /// What belongs to what follows, at the foot of a page.
    fn stranded(&self, number: usize, cut: &Cut, sink: &Sink) {
        let inside = cut.to.line > 0;
        let behind = if inside {
            cut.to.item
        } else {
            cut.to.item.saturating_sub(1)
        };
        let Some(Item::Text(text)) = self.column.items.get(behind as usize) else {
            return;
        };
        let child = &self.galley.children[behind as usize];
        let parted = if inside { text.within > 0.0 } else { text.tied };
        let mut more = self.column.items.iter().skip(cut.to.item as usize);
        if !parted || cut.free || !more.any(|item| matches!(item, Item::Text(_))) {
            return;
        }
        let message = format!(
            "page {} ends within what should stay together",
            self.folio(number)
        );
        let found = Diagnostic::new(Code::Stranded, self.plan.span(child.origin), message)
            .on_page(self.folio(number));
        sink.push(found.hint("shorten what stands together: there was no room for all of it"));
    }

    /// Floats that stand more than a page behind their calls.
    fn far_floats(&self, sink: &Sink) {
        let floats = &self.column.floats;
        let (mut called, mut stands) = (0, 0);
        for (number, float) in (0u32..).zip(&floats.list) {
            let cuts = self.cuts;
            let called_on = |cut: &Cut| floats.called(cut.to) > number;
            while cuts.get(called).is_some_and(|cut| !called_on(cut)) {
                called += 1;
            }
            while cuts.get(stands).is_some_and(|cut| cut.to.floats <= number) {
                stands += 1;
            }
            if stands <= called + 1 {
                continue;
            }
            let message = format!("this stands {} pages behind its place", stands - called);
            let span = self
                .plan
                .span(self.galley.children[float.item as usize].origin);
            let found = Diagnostic::new(Code::FarFloat, span, message).on_page(self.folio(stands));
            sink.push(found.hint("make figures smaller, or write `{place=here}`"));
        }
    }
}

/// By how many letters a paragraph misses another number of lines.
fn slack(item: usize, lines: &Lines) -> Option<Slack> {
    let best = lines.paragraph.best;
    let count = lines.paragraph.settings.get(best)?.lines.len();
    let frames = lines.paragraph.frames(best, ..);
    let (mut letters, mut width) = (0, Abs::ZERO);
    for frame in &frames {
        let mut words = String::new();
        text(frame, &mut words);
        letters += words.chars().count() as i64;
        width += reach(frame);
    }
    let last = frames.last()?;
    let letter = width / letters.max(1);
    let in_room = |room: Abs| (room.raw().max(0) / letter.raw().max(1)) as u32 + 1;
    Some(Slack {
        item,
        more: in_room(last.size.width - reach(last)),
        less: (count > 1).then(|| in_room(reach(last))),
    })
}

/// How far to the right a line's glyphs reach.
fn reach(frame: &Frame) -> Abs {
    let ends = frame.items.iter().filter_map(|(at, item)| match item {
        FrameItem::Glyphs { run, .. } => {
            let width: i64 = run
                .glyphs
                .iter()
                .map(|glyph| i64::from(glyph.advance))
                .sum();
            Some(at.x + Abs::from_raw(width))
        }
        _ => None,
    });
    ends.max().unwrap_or_default()
}

fn text(frame: &Frame, words: &mut String) {
    for (_, item) in &frame.items {
        match item {
            FrameItem::Group(inner) | FrameItem::Turned(inner) | FrameItem::Clipped(inner) => {
                text(inner, words);
            }
            FrameItem::Glyphs { run, .. } => words.push_str(&run.text),
            _ => {}
        }
    }
}
