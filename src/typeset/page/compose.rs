//! From a cut to a page's type area: every child at its height, panels behind, notes at the foot.

mod bleed;
mod insert;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::column::{Column, Item};
use super::foot::place_notes;
use super::margin;
use super::paginate::{Cut, Place};
use crate::model::NodeRef;
use crate::typeset::frame::{Frame, Item as FrameItem};
use crate::typeset::galley::{Child, ChildKind, Covers, Galley};
use crate::typeset::plan::Plan;
use crate::unit::{Abs, Point, Side, Size};
use insert::InText;

/// A page's type area.
#[derive(Clone, Debug, Default)]
pub struct Area {
    /// What stands on it.
    pub frame: Frame,
    /// How far down the text reaches.
    pub used: Abs,
    /// Those of [`Galley::marks`] that stand on it.
    pub marks: Range<u32>,
    /// Notes in the margin, each with its height on the page.
    pub margin: Vec<(Abs, Arc<Frame>)>,
    /// Notes for which there is no room in the margin.
    pub refused: Vec<NodeRef>,
    /// What of the page a picture covers that runs off it.
    pub covered: Covers,
    /// Which items of the frame are its running text: no floats, and no notes at its foot.
    pub text: Range<usize>,
    /// For each paragraph on it: its item in the column, and which of the frame's items its first line here is.
    pub set: Vec<(u32, usize)>,
}

/// What is put on a page before it is known what stands behind it.
struct Composer<'a> {
    galley: &'a Galley,
    plan: &'a Plan<'a>,
    side: Side,
    area: Area,
    /// Top and bottom of each panel on this page, and whether it begins and ends here.
    panels: BTreeMap<u32, Reach>,
}

/// How far a panel reaches on a page.
#[derive(Clone, Copy)]
struct Reach {
    top: Abs,
    bottom: Abs,
}

/// A child on the page.
struct Placed {
    item: u32,
    way: u8,
    lines: (u32, u32),
    y: Abs,
    height: Abs,
    /// What follows belongs to it.
    tied: bool,
}

/// Things off the grid, one below the other: the first and the last of them that has a space above it, where all from
/// there on can be moved down.
#[derive(Clone, Copy, Default)]
struct Run {
    first: Option<usize>,
    last: Option<usize>,
}

impl Run {
    fn lower(self, from: Option<usize>, drop: Abs, placed: &mut [Placed]) {
        if let Some(from) = from {
            placed[from..].iter_mut().for_each(|there| there.y += drop);
        }
    }
}

/// The first item that is not on the page at all.
fn end_item(cut: &Cut, column: &Column) -> u32 {
    let split = u32::from(cut.to.line > 0);
    (cut.to.item + split).min(column.items.len() as u32)
}

/// Makes a page's type area of a cut; the page is of this side.
pub fn compose(galley: &Galley, column: &Column, cut: &Cut, side: Side, plan: &Plan<'_>) -> Area {
    let mut composer = Composer {
        galley,
        plan,
        side,
        area: Area::default(),
        panels: BTreeMap::new(),
    };
    let lines = composer.text(column, cut);
    composer.panels(cut);
    let items = &mut composer.area.frame.items;
    let first = items.len();
    items.extend(lines);
    let set = composer.area.set.iter_mut();
    set.for_each(|(_, at)| *at += first);
    composer.area.text = first..items.len();
    composer.foot(column, cut);
    place_notes(&mut composer.area, galley, column, cut, plan);
    composer.area.frame.size = Size::new(plan.measure, plan.depth);
    composer.area.frame.baseline = plan.baseline;
    composer.area
}

/// Which of its ways a text on the page is set in.
pub fn way_of(cut: &Cut, item: u32, best: u8) -> u8 {
    if cut.from.item == item && cut.from.line > 0 {
        return cut.from.way;
    }
    let chosen = cut.ways.iter().find(|(at, _)| *at == item);
    chosen.map_or(best, |(_, way)| *way)
}

/// The lines of a text that stand on a page: from one to before another.
pub fn lines_on(cut: &Cut, item: u32, lines: u32) -> (u32, u32) {
    let first = if cut.from.item == item {
        cut.from.line
    } else {
        0
    };
    let last = if cut.to.item == item {
        cut.to.line
    } else {
        lines
    };
    (first, last)
}

impl Composer<'_> {
    /// Places the children; the same steps down the page as the paginator's. What stands off the grid is then moved
    /// within the room that the return to the grid leaves.
    fn text(&mut self, column: &Column, cut: &Cut) -> Vec<(Point, FrameItem)> {
        let mut placed: Vec<Placed> = Vec::new();
        let mut space = Abs::ZERO;
        // What the page adds to it.
        let mut added = Abs::ZERO;
        let mut stretch = Stretch::new(column, cut);
        let mut y = self.head(column, cut, &mut stretch);
        let head = y;
        let mut floats = InText::new(column, cut);
        let mut run: Option<Run> = None;
        let last = end_item(cut, column);
        for index in cut.from.item..last {
            let text = match &column.items[index as usize] {
                Item::Space {
                    height,
                    stretch: grows,
                } if !placed.is_empty() => {
                    space += *height;
                    if *grows {
                        added += self.plan.grid * stretch.next();
                    }
                    continue;
                }
                Item::Space { .. } | Item::Break => continue,
                Item::Float => {
                    if floats.call(column, self.plan, &mut y, &mut stretch) {
                        run = None;
                    }
                    continue;
                }
                Item::Text(text) => text,
            };
            let way = way_of(cut, index, text.best);
            let (first, end) = lines_on(cut, index, text.ways[usize::from(way)].lines);
            if first >= end {
                continue;
            }
            if placed.is_empty() && index > 0 {
                y += text.repeated(self.plan.depth);
            }
            let tied = placed.last().is_some_and(|before| before.tied);
            let spaced = !space.is_zero() && !tied;
            let added = std::mem::take(&mut added);
            y += std::mem::take(&mut space) + added;
            if text.grid {
                let on_grid = y.round_up_to(self.plan.grid);
                // Down to what it belongs to; else evenly above and below.
                let room = on_grid - y + added;
                match run.take() {
                    Some(run) if tied => run.lower(run.last, room, &mut placed),
                    Some(run) => run.lower(run.first, room / 2, &mut placed),
                    None => {}
                }
                y = on_grid;
            } else {
                let run: &mut Run = run.get_or_insert_default();
                if spaced {
                    run.first.get_or_insert(placed.len());
                    run.last = Some(placed.len());
                }
            }
            self.in_text(column, &mut floats, y);
            placed.push(Placed {
                item: index,
                way,
                lines: (first, end),
                y,
                height: text.height * i64::from(end - first),
                tied: text.tied,
            });
            y += text.height * i64::from(end - first);
        }
        y = self.floats_behind(column, cut, &mut floats, y);
        if let Some(run) = run
            && (last as usize) < column.items.len()
        {
            // Down to the foot of the page.
            let room = self.room(column, cut) - y;
            if room > Abs::ZERO && room < self.plan.grid {
                run.lower(run.first, room, &mut placed);
                if run.first.is_some() {
                    y += room;
                }
            }
        }
        self.area.used = y;
        let mut items = Vec::new();
        for (number, there) in placed.iter().enumerate() {
            let child = &self.galley.children[there.item as usize];
            let mut repeats = None;
            if number == 0 && there.item > 0 {
                repeats = Some(self.heads_of_panels(there, head, &mut items));
            }
            self.place(child, there, repeats, &mut items);
            let turns_behind = number + 1 == placed.len() && (last as usize) < column.items.len();
            let turns = number == 0 && there.item > 0 || turns_behind;
            if let ChildKind::Block(block) = &child.kind
                && let Some(frame) = block.close.as_ref().filter(|_| turns_behind)
            {
                let foot = Point::new(child.x, there.y + there.height);
                items.push((foot, FrameItem::Group(frame.clone())));
            }
            if let Some(frame) = child.at_turn.as_ref().filter(|_| turns) {
                items.push((
                    Point::new(child.x, there.y),
                    FrameItem::Group(frame.clone()),
                ));
            }
            // The space below a chapter's title is not yet on the panel that follows it.
            if !matches!(child.kind, ChildKind::Space { .. }) {
                self.reach(child.panel, there.y, there.y + there.height);
            }
        }
        self.margin(&placed);
        items
    }

    /// Puts the heads of the boxes that go on with the first thing on the page above it; how far down they reach.
    fn heads_of_panels(
        &mut self,
        first: &Placed,
        head: Abs,
        items: &mut Vec<(Point, FrameItem)>,
    ) -> Abs {
        let galley = self.galley;
        let mut y = head;
        for (panel, frame) in galley.going_on(first.item as usize) {
            // It may be a page on which there was no room for it.
            if y + frame.size.height > first.y {
                break;
            }
            let at = Point::new(galley.panels[panel as usize].text_at, y);
            items.push((at, FrameItem::Group(frame.clone())));
            self.reach(Some(panel), y, first.y);
            y += frame.size.height;
        }
        y
    }

    /// Puts the notes of the margin beside what was placed.
    fn margin(&mut self, placed: &[Placed]) {
        if self.galley.margins.is_empty() {
            return;
        }
        let mut wishes = Vec::new();
        for there in placed {
            let kind = &self.galley.children[there.item as usize].kind;
            let way = match kind {
                ChildKind::Lines(lines) if !lines.varies => lines.paragraph.best,
                _ => usize::from(there.way),
            };
            margin::wishes(self.galley, kind, way, there.lines, there.y, &mut wishes);
        }
        let note = |number: u32| &self.galley.margins[number as usize];
        let sizes: Vec<_> = wishes
            .iter()
            .map(|(number, top)| (*top, note(*number).frame.size.height))
            .collect();
        let tops = margin::stack(&sizes, self.plan);
        let refused = wishes[tops.len()..].iter();
        self.area.refused = refused.map(|(number, _)| note(*number).note).collect();
        let placed = wishes.iter().zip(tops);
        self.area.margin = placed
            .map(|((number, _), top)| (top, note(*number).frame.clone()))
            .collect();
    }

    /// How far down the page text may reach.
    fn room(&self, column: &Column, cut: &Cut) -> Abs {
        let notes = &column.notes;
        let height = if cut.to.notes > cut.from.notes {
            notes.gap + notes.height(cut.from.notes, cut.to.notes)
        } else {
            Abs::ZERO
        };
        let foot = insert::foot_depth(column, cut);
        self.plan.depth - height - foot - self.plan.grid * i64::from(cut.short)
    }

    /// Puts some lines of a child at a height.
    fn place(
        &mut self,
        child: &Child,
        there: &Placed,
        repeats: Option<Abs>,
        items: &mut Vec<(Point, FrameItem)>,
    ) {
        let (way, (first, end), y) = (there.way, there.lines, there.y);
        let at = Point::new(child.x, y);
        let begins = first == 0;
        let baseline = match &child.kind {
            ChildKind::Lines(lines) => {
                let setting = if lines.varies {
                    usize::from(way)
                } else {
                    lines.paragraph.best
                };
                let frames = lines
                    .paragraph
                    .frames(setting, first as usize..end as usize);
                let baseline = frames.first().map_or(Abs::ZERO, |frame| frame.baseline);
                self.area.set.push((there.item, items.len()));
                for (number, frame) in (0i64..).zip(frames) {
                    let at = Point::new(at.x, y + lines.leading * number);
                    items.push((at, FrameItem::Group(frame)));
                }
                baseline
            }
            ChildKind::Block(block) => {
                if let Some((repeat, y)) = block.repeat.as_ref().zip(repeats) {
                    let at = Point::new(child.x, y);
                    items.push((at, FrameItem::Group(repeat.clone())));
                }
                if !block.frame.items.is_empty() {
                    items.push((at, FrameItem::Group(block.frame.clone())));
                }
                block.frame.baseline
            }
            ChildKind::Float(_) | ChildKind::Space { .. } | ChildKind::Break => return,
        };
        if !begins {
            return;
        }
        if let Some(bleed) = &child.bleed {
            self.bleed(bleed);
        }
        for beside in &child.beside {
            let top = if beside.on_baseline {
                y + baseline - beside.frame.baseline
            } else {
                y
            };
            items.push((
                Point::new(beside.x, top),
                FrameItem::Group(beside.frame.clone()),
            ));
        }
        if !child.marks.is_empty() {
            if self.area.marks.is_empty() {
                self.area.marks.start = child.marks.start;
            }
            self.area.marks.end = child.marks.end;
        }
    }

    fn reach(&mut self, panel: Option<u32>, top: Abs, bottom: Abs) {
        let mut panel = panel;
        while let Some(id) = panel {
            let reach = self.panels.entry(id).or_insert(Reach { top, bottom });
            reach.top = reach.top.min(top);
            reach.bottom = reach.bottom.max(bottom);
            panel = self
                .galley
                .panels
                .get(id as usize)
                .and_then(|panel| panel.parent);
        }
    }

    /// Draws the panels, outer ones first.
    fn panels(&mut self, cut: &Cut) {
        for (id, reach) in std::mem::take(&mut self.panels) {
            let Some(panel) = self.galley.panels.get(id as usize) else {
                continue;
            };
            let stands_on = |child: &Child| {
                let mut at = child.panel;
                while let Some(here) = at {
                    if here == id {
                        return true;
                    }
                    at = self
                        .galley
                        .panels
                        .get(here as usize)
                        .and_then(|panel| panel.parent);
                }
                false
            };
            let before = |place: Place| {
                let split = place.line > 0;
                let item = place.item as usize;
                split
                    || item
                        .checked_sub(1)
                        .and_then(|at| self.galley.children.get(at))
                        .is_some_and(stands_on)
            };
            let after = |place: Place| {
                self.galley
                    .children
                    .get(place.item as usize)
                    .is_some_and(stands_on)
            };
            let first = !(before(cut.from) && after(cut.from));
            let last = !(before(cut.to) && after(cut.to));
            let (mut top, mut bottom) = (reach.top, reach.bottom);
            // Where a box is cut, its text stands off the cut as it does off its other edges, in the margin.
            if !first && panel.head.is_none() {
                top -= panel.padding.min(self.plan.page.head_gap / 2);
            }
            if !last {
                bottom += panel.padding.min(self.plan.grid / 2);
            }
            panel.draw(&mut self.area.frame, top, bottom, first, last);
        }
    }
}

/// Shares out the lines that are added to a page's spaces: one to each in turn, from the last up.
struct Stretch {
    spaces: u32,
    lines: u32,
}

impl Stretch {
    fn new(column: &Column, cut: &Cut) -> Stretch {
        if cut.stretch == 0 {
            return Stretch {
                spaces: 1,
                lines: 0,
            };
        }
        let mut spaces = 0;
        let mut waiting = 0;
        let mut empty = true;
        let on_page = cut.from.item as usize..end_item(cut, column) as usize;
        for item in &column.items[on_page] {
            match item {
                Item::Space { stretch, .. } if !empty => waiting += u32::from(*stretch),
                Item::Text(_) => {
                    empty = false;
                    spaces += std::mem::take(&mut waiting);
                }
                _ => {}
            }
        }
        spaces += column.floats.spaces(cut.from.floats, cut.to.floats);
        Stretch {
            spaces: spaces.max(1),
            lines: cut.stretch,
        }
    }

    /// How many lines the next space gets.
    fn next(&mut self) -> i64 {
        let lines = self.lines / self.spaces.max(1)
            + u32::from(!self.lines.is_multiple_of(self.spaces.max(1)));
        let lines = lines.min(self.lines);
        self.lines -= lines;
        self.spaces = self.spaces.saturating_sub(1);
        i64::from(lines)
    }
}
