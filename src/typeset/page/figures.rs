//! What pages are like, in numbers.

use super::column::{Column, Item};
use super::compose::{Area, lines_on, way_of};
use super::cost;
use super::paginate::Cut;
use crate::theme::Justify;
use crate::typeset::galley::{Child, ChildKind, Galley};
use crate::typeset::paragraph::{Measure, Paragraph};
use crate::typeset::plan::Plan;
use crate::typeset::report::{LineFigures, PageFigures};
use crate::unit::Abs;

/// How many lines a page lacks at its foot, or between its text and its notes.
pub fn missing(cut: &Cut) -> u32 {
    cut.short + cut.above_notes.saturating_sub(cost::MOST_ABOVE_NOTES)
}

/// Whether a note that is called on a page does not begin on it.
pub fn notes_away(column: &Column, cut: &Cut) -> bool {
    let last = cut.to.item + u32::from(cut.to.line > 0);
    let items = column.items.iter().enumerate();
    items
        .take(last as usize)
        .skip(cut.from.item as usize)
        .any(|(index, item)| {
            let Item::Text(text) = item else { return false };
            let way = &text.ways[usize::from(way_of(cut, index as u32, text.best))];
            let (first, end) = lines_on(cut, index as u32, way.lines);
            let calls = way.calls_to(first)..way.calls_to(end);
            // Of several notes the last begins last.
            let last = calls.end.checked_sub(1).filter(|last| calls.contains(last));
            last.is_some_and(|last| column.notes.start(text.calls_before + last) >= cut.to.notes)
        })
}

/// What a page is like, in numbers, as it was put together.
pub fn figures(
    galley: &Galley,
    column: &Column,
    cut: &Cut,
    area: &Area,
    plan: &Plan<'_>,
) -> PageFigures {
    let mut page = PageFigures {
        short: if cut.free { 0 } else { missing(cut) },
        free: cut.free,
        note_away: notes_away(column, cut),
        stretched: cut.stretch + cut.above_notes.min(cost::MOST_ABOVE_NOTES),
        ..PageFigures::default()
    };
    let opening = |&&(item, _): &&(u32, u8)| {
        let child = galley.children.get(item as usize);
        child.is_some_and(|child| matches!(child.kind, ChildKind::Space { .. }))
    };
    page.stretched += cut.ways.iter().filter(opening).count() as u32;
    if !cut.has_text(column) {
        return page;
    }
    let last = if cut.to.line > 0 {
        cut.to.item + 1
    } else {
        cut.to.item
    };
    for index in cut.from.item..last.min(column.items.len() as u32) {
        let (Item::Text(text), ChildKind::Lines(lines)) = (
            &column.items[index as usize],
            &galley.children[index as usize].kind,
        ) else {
            continue;
        };
        let way = way_of(cut, index, text.best);
        let count = text.ways[usize::from(way)].lines;
        let (first, end) = lines_on(cut, index, count);
        page.reset += u32::from(way != text.best && first == 0);
        page.paragraphs += u32::from(first == 0 && text.grid);
        // A line alone, cut from the rest of its paragraph.
        page.orphans += u32::from(first == 0 && end < count && end < text.least);
        page.widows += u32::from(first > 0 && end == count && count - first < text.least);
        let setting = if lines.varies {
            usize::from(way)
        } else {
            lines.paragraph.best
        };
        let set = &lines.paragraph.settings[setting].lines;
        let body = Body::of(&galley.children[index as usize], &lines.paragraph, plan);
        let on_page = set.get(first as usize..(end as usize).min(set.len()));
        let on_page = (first..).zip(on_page.unwrap_or_default());
        let placed = area.set.binary_search_by_key(&index, |(item, _)| *item);
        let frames = placed
            .ok()
            .and_then(|at| area.frame.items.get(area.set[at].1..));
        let frames = frames.unwrap_or_default();
        page.lines.extend(on_page.map(|(number, line)| {
            let frame = frames.get((number - first) as usize);
            LineFigures {
                top: frame.map_or(Abs::ZERO, |(at, _)| at.y),
                ratio: line.ratio,
                space: line
                    .spaces
                    .then(|| lines.paragraph.style().word_space(line.ratio)),
                body: body.has(number),
                justified: line.justified,
                begins: number == 0,
                hyphenated: line.hyphenated,
                overfull: line.overfull,
            }
        }));
        if end < count
            && set
                .get(end as usize - 1)
                .is_some_and(|line| line.hyphenated)
        {
            page.hyphen_at_turn = true;
        }
    }
    let behind = (cut.to.line == 0)
        .then(|| cut.to.item.checked_sub(1))
        .flatten();
    if let Some(Item::Text(text)) = behind.and_then(|at| column.items.get(at as usize)) {
        page.stranded = text.tied && (cut.to.item as usize) < column.items.len();
    }
    page
}

/// Which lines of a paragraph are running text.
struct Body<'a> {
    measure: &'a Measure,
    is: bool,
    indent: Abs,
}

/// Lines that begin so near to the edge or the indent still begin there: quotation marks hang out.
const NEAR: Abs = Abs::pt(3.2);

impl<'a> Body<'a> {
    fn of(child: &Child, paragraph: &'a Paragraph, plan: &Plan<'_>) -> Body<'a> {
        let (style, measure) = (paragraph.style(), paragraph.measure());
        let size = (style.size() - plan.body.size()).abs() < plan.body.size() / 40;
        Body {
            measure,
            is: size
                && matches!(style.align, Justify::Both | Justify::Start)
                && style.text.weight < 600
                && child.x.abs() < NEAR
                && (measure.width - plan.measure).abs() < NEAR,
            indent: plan.body.indent,
        }
    }

    fn has(&self, line: u32) -> bool {
        let inset = self.measure.inset(line);
        self.is && (inset.abs() < NEAR || (inset - self.indent).abs() < NEAR)
    }
}
