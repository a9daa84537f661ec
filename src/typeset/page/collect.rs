//! From a galley to the numbers that pages are made by.

use super::column::{Column, Item, Notes, Text, Way};
use super::cost;
use super::float::{Float, Floats, Limits};
use crate::typeset::galley::{ChildKind, Galley, Lines, MarkKind};
use crate::typeset::plan::Plan;
use crate::unit::Abs;

/// The galley's numbers: item for item, child for child.
pub fn collect(galley: &Galley, plan: &Plan<'_>) -> Column {
    let mut notes = Notes::default();
    // At least half of a page is left for notes.
    notes.gap = (plan.page.notes.gap.at(plan.body.size(), plan.grid)).min(plan.depth / 2);
    let tallest = plan.depth - notes.gap;
    for note in &galley.notes {
        let lines = note.lines.iter();
        notes.push(lines.map(|line| (line.height.min(tallest), line.end_cost)));
    }
    let limits = &plan.page.floats;
    let mut floats = Floats {
        list: Vec::new(),
        limits: Limits {
            most: limits.most,
            share: plan.depth.scale(limits.share),
            alone: plan.depth.scale(limits.alone),
        },
    };
    let mut chapter = 0;
    let mut calls = 0;
    let mut items = Vec::with_capacity(galley.children.len());
    let opening = opening(galley, plan);
    for (index, child) in galley.children.iter().enumerate() {
        let marks = child.marks.start as usize..child.marks.end as usize;
        let marks = galley.marks.get(marks).unwrap_or_default();
        if marks.iter().any(|mark| mark.kind == MarkKind::Chapter) {
            chapter = items.len() as u32;
        }
        let item = match &child.kind {
            ChildKind::Space { height, .. } if opening == Some(index) => {
                if let Some(Item::Text(title)) = items.last_mut() {
                    // If a page must end there, then below the space: at the top of the next it would stay.
                    title.after *= 2.0;
                }
                Item::Text(below_title(*height, plan))
            }
            ChildKind::Space { height, stretch } => Item::Space {
                height: *height,
                stretch: *stretch,
            },
            ChildKind::Break => Item::Break,
            ChildKind::Float(float) => {
                let next = galley.children.get(items.len() + 1);
                let space = match next.map(|next| &next.kind) {
                    Some(ChildKind::Space { height, .. }) => *height,
                    _ => Abs::ZERO,
                };
                floats.list.push(Float {
                    item: items.len() as u32,
                    height: float.frame.size.height.min(plan.depth),
                    above: float.above,
                    below: (float.below - space).max(Abs::ZERO),
                    places: float.places,
                    chapter,
                });
                Item::Float
            }
            ChildKind::Block(block) => {
                let mut text = Text::block(block.frame.size.height.min(plan.depth));
                text.ways[0].calls = vec![0; block.notes as usize];
                text.after = plan.costs.galley(child.end_cost);
                text.tied = child.end_cost >= cost::KEEP;
                text.calls_before = calls;
                text.grid = block.grid;
                text.repeat = block
                    .repeat
                    .as_ref()
                    .map_or(Abs::ZERO, |head| head.size.height);
                calls += block.notes;
                Item::Text(text)
            }
            ChildKind::Lines(lines) => {
                let text = text(lines, child.end_cost, calls, plan);
                calls += text.ways[0].calls.len() as u32;
                Item::Text(text)
            }
        };
        items.push(item);
        if let Some(Item::Text(text)) = items.last_mut() {
            let goes_on = galley.going_on(index).map(|(_, head)| head.size.height);
            text.repeat += goes_on.sum();
        }
    }
    Column {
        depth: plan.depth,
        step: plan.grid,
        items,
        notes,
        costs: plan.costs,
        floats,
    }
}

/// The space between what opens a flow and its text, where every page should be full: of whole lines, so that another
/// number of them keeps the text on the grid.
fn opening(galley: &Galley, plan: &Plan<'_>) -> Option<usize> {
    if !plan.costs.full() {
        return None;
    }
    let mut below = None;
    for (index, child) in galley.children.iter().enumerate() {
        match child.kind {
            ChildKind::Space { height, .. } => below = Some((index, height)),
            // A title, its number, what it sinks by.
            _ if child.end_cost >= cost::KEEP => below = None,
            _ => break,
        }
    }
    let whole = |height: Abs| height >= plan.grid && height.raw() % plan.grid.raw() == 0;
    below
        .filter(|(index, height)| *index > 0 && whole(*height))
        .map(|(index, _)| index)
}

/// The space below a chapter's title as lines that are empty: a line more or fewer there is less seen than at the foot.
fn below_title(height: Abs, plan: &Plan<'_>) -> Text {
    let lines = (height.raw() / plan.grid.raw()) as u32;
    let way = |lines: u32, away: u32| Way {
        lines,
        cost: plan.costs.opening(away),
        ..Way::default()
    };
    let mut ways = vec![way(lines, 0), way(lines + 1, 1), way(lines + 2, 2)];
    if lines > 1 {
        ways.push(way(lines - 1, 1));
    }
    Text {
        ways,
        grid: true,
        within: plan.costs.stranded(),
        after: plan.costs.stranded(),
        tied: true,
        ..Text::block(plan.grid)
    }
}

fn text(lines: &Lines, end_cost: f64, calls_before: u32, plan: &Plan<'_>) -> Text {
    let settings = &lines.paragraph.settings;
    let best = lines.paragraph.best;
    let cheapest = settings[best].demerits;
    let way = |at: usize| {
        let setting = &settings[at];
        let mut first_calls = lines.first_calls.iter().copied();
        let mut worse = setting.demerits - cheapest;
        if setting.runt {
            worse += cost::Costs::lone_word();
        }
        let mut way = Way {
            lines: setting.lines.len().max(1) as u32,
            cost: if worse > 0.0 {
                worse + plan.costs.looseness()
            } else {
                0.0
            },
            runt: lines.paragraph.ends_in_runt(at),
            ..Way::default()
        };
        for (number, line) in (0u32..).zip(&setting.lines) {
            let firsts = line
                .calls
                .iter()
                .filter(|_| first_calls.next() == Some(true));
            way.calls.extend(firsts.map(|_| number));
            if line.hyphenated {
                way.hyphens.push(number);
            }
        }
        way
    };
    // What stands off the grid has one way only: another would move all that follows by less than a line. So have
    // headings and ragged lines, where it would be seen.
    let (ways, best) = if lines.varies {
        ((0..settings.len()).map(way).collect(), best as u8)
    } else {
        (vec![way(best)], 0)
    };
    Text {
        ways,
        best,
        height: lines.leading.min(plan.depth),
        grid: lines.grid,
        least: lines.least,
        within: if lines.keep_together {
            plan.costs.stranded()
        } else {
            0.0
        },
        after: plan.costs.galley(end_cost),
        tied: end_cost >= cost::KEEP,
        calls_before,
        repeat: Abs::ZERO,
    }
}
