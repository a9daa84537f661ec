//! What pages are like, in numbers, and what their author should hear of.

use super::column::{Column, Item};
use super::compose::{lines_on, way_of};
use super::cost;
use super::paginate::Cut;
use crate::diag::{Code, Diagnostic, Sink};
use crate::typeset::galley::{ChildKind, Galley};
use crate::typeset::plan::Plan;
use crate::typeset::report::{LineFigures, PageFigures};
use crate::unit::Abs;

/// How many lines a page lacks.
fn short(cut: &Cut) -> u32 {
    cut.short + cut.above_notes.saturating_sub(cost::MOST_ABOVE_NOTES)
}

/// What a page is like, in numbers.
pub fn figures(galley: &Galley, column: &Column, cut: &Cut) -> PageFigures {
    let mut page = PageFigures {
        short: if cut.free { 0 } else { short(cut) },
        free: cut.free,
        stretched: cut.stretch + cut.above_notes.min(cost::MOST_ABOVE_NOTES),
        ..PageFigures::default()
    };
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
        let on_page = set.iter().take(end as usize).skip(first as usize);
        page.lines.extend(on_page.map(|line| LineFigures {
            ratio: line.ratio,
            hyphenated: line.hyphenated,
            overfull: line.overfull,
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

/// How far a line may stick out before its author hears of it: less is not seen.
const VISIBLE: Abs = Abs::pt(0.5);

/// One warning per paragraph with a line that is too long.
pub fn report_overfull(
    galley: &Galley,
    column: &Column,
    cuts: &[Cut],
    plan: &Plan<'_>,
    sink: &Sink,
) {
    let mut told = None;
    for cut in cuts {
        let last = if cut.to.line > 0 {
            cut.to.item + 1
        } else {
            cut.to.item
        };
        for index in cut.from.item..last.min(column.items.len() as u32) {
            let child = &galley.children[index as usize];
            let (Item::Text(text), ChildKind::Lines(lines)) =
                (&column.items[index as usize], &child.kind)
            else {
                continue;
            };
            let way = way_of(cut, index, text.best);
            let setting = if lines.varies {
                usize::from(way)
            } else {
                lines.paragraph.best
            };
            let set = &lines.paragraph.settings[setting].lines;
            let worst = set
                .iter()
                .map(|line| line.overfull)
                .max()
                .unwrap_or_default();
            if worst <= VISIBLE || told == Some(index) {
                continue;
            }
            told = Some(index);
            let span = plan
                .edition
                .book
                .chapter(child.origin.chapter)
                .and_then(|chapter| chapter.spans.get(child.origin.node));
            let message = format!("a line sticks out by {:.1} mm", worst.to_mm());
            sink.push(
                Diagnostic::new(Code::OverfullLine, span, message)
                    .hint("Allow a break with a soft hyphen, or reword."),
            );
        }
    }
}
