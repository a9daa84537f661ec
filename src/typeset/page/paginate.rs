//! Where pages end: a shortest path over a column's legal page ends.
//!
//! In: a [`Column`]. Out: its [`Cut`]s, cheapest in sum, each with the way in which every text on it is set.
//!
//! A state is a place where a page begins (an item, a line of it in one of its ways, and how many lines of notes and how
//! many floats stand on earlier pages) and where that page stands: on which side, and how far up the page that faces it ends. From a place,
//! [`Walk`] fills one page: a layered knapsack whose cells are the numbers of lines more or fewer than if every text was
//! set the best way. All texts with several ways stand on the grid, so a cell is a whole number of grid steps, and which
//! notes are on the page depends on the place alone. Each place in each cell where the page may end is an edge to the next
//! states: one walk serves all that begin in a place. States are taken in the order of the text, so each is final when it
//! is taken and the time is linear in the column.
//!
//! Of a column whose first page may be on either side, both cheapest ways are found in one search.

use std::collections::BTreeMap;

use super::column::{Column, Item};
use super::standing::Standing;
use super::walk::{End, Walk};
use crate::unit::Side;

/// Where a page begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The item.
    pub item: u32,
    /// The way its text is set; 0 before its first line.
    pub way: u8,
    /// So many of its lines stand on earlier pages.
    pub line: u32,
    /// So many lines of notes stand on earlier pages.
    pub notes: u32,
    /// So many floats stand on earlier pages.
    pub floats: u32,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cut {
    /// Its first line.
    pub from: Place,
    /// The first line that is no longer on it.
    pub to: Place,
    /// For texts that begin on it and are not set the best way: the item and the way.
    pub ways: Vec<(u32, u8)>,
    /// So many floats stand at its head: the first of those that are not on earlier pages.
    pub head: u32,
    /// So many stand at its foot: the last of those that are on it. What is between them stands in the text.
    pub foot: u32,
    /// So many lines are to be added to its spaces.
    pub stretch: u32,
    /// So many lines stand empty between its text and its notes.
    pub above_notes: u32,
    /// So many lines are missing at its foot.
    pub short: u32,
    /// Its foot may be anywhere: the text ends, or a page end was asked for.
    pub free: bool,
}

/// The pages of a column, for either side on which it may begin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cuts {
    recto: Vec<Cut>,
    /// Where they are others.
    verso: Option<Vec<Cut>>,
}

impl Cuts {
    /// The pages, if the first is on this side.
    pub fn on(&self, side: Side) -> &[Cut] {
        match (side, &self.verso) {
            (Side::Verso, Some(cuts)) => cuts,
            _ => &self.recto,
        }
    }
}

/// On which side a column may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// On this one.
    On(Side),
    /// On either: what stands before it is not known yet.
    Anywhere,
}

/// How many lines a column may have so that any way through it is tried in the end.
const SMALL: u32 = 200;

impl Cut {
    /// Whether any line of text stands on the page; else it holds floats or notes alone.
    pub fn has_text(&self, column: &Column) -> bool {
        let (from, to) = (self.from, self.to);
        if from.item == to.item {
            return from.line < to.line;
        }
        let items = column.items.get(from.item as usize..to.item as usize);
        let is_text = |item: &Item| matches!(item, Item::Text(_));
        to.line > 0 || items.unwrap_or(&[]).iter().any(is_text)
    }
}

/// Cuts a column into pages. Nothing is lost or repeated; an empty column has no page.
pub fn paginate(column: &Column, begins: Begins) -> Cuts {
    let lines = |item: &Item| match item {
        Item::Text(text) => text.ways[usize::from(text.best)].lines,
        _ => 0,
    };
    let lines: u32 = column.items.iter().map(lines).sum();
    if lines == 0 && column.floats.list.is_empty() {
        return Cuts::default();
    }
    let mut walk = Walk::new(column);
    let sides: &[Side] = match begins {
        _ if !column.costs.level => &[Side::Recto],
        Begins::On(Side::Recto) => &[Side::Recto],
        Begins::On(Side::Verso) => &[Side::Verso],
        Begins::Anywhere => &[Side::Recto, Side::Verso],
    };
    let mut starts: Vec<Start> = sides
        .iter()
        .map(|side| Start {
            standing: Standing::first(*side, &column.costs),
            worth: NOTHING,
            sum: f64::MAX,
            cuts: Vec::new(),
        })
        .collect();
    let worths = column.costs.worth();
    for worth in worths {
        search(column, &mut walk, &mut starts, worth);
    }
    if lines <= SMALL {
        let worst = starts.iter().map(|start| start.sum).fold(0.0, f64::max);
        search(column, &mut walk, &mut starts, worst);
    }
    let mut cuts = starts.into_iter().map(|start| start.cuts);
    let first = cuts.next().unwrap_or_default();
    Cuts {
        verso: cuts.next().filter(|verso| *verso != first),
        recto: first,
    }
}

/// Less than any edge is worth, even where neither short pages nor widows weigh anything: no edge was followed yet.
const NOTHING: f64 = -1.0;

/// A way to begin, and the cheapest pages found from there.
struct Start {
    standing: Standing,
    /// Edges up to this were followed.
    worth: f64,
    /// What the pages cost.
    sum: f64,
    cuts: Vec<Cut>,
}

/// The cheapest way to a state.
#[derive(Clone, Copy)]
struct Label {
    sum: f64,
    /// The index of the node where the page before begins, and the standing of that page.
    before: u32,
    standing: u8,
}

const NOWHERE: Label = Label {
    sum: f64::MAX,
    before: 0,
    standing: 0,
};

/// The cheapest ways to a place: by the start and by the standing of the page that begins there.
type Labels = [[Label; Standing::COUNT]; 2];

/// A place where a page may begin.
struct Node {
    place: Place,
    labels: Labels,
}

/// Finds the cheapest pages that no edge much dearer than its fellows is part of: none by more than `worth`. From starts
/// where nothing cheaper can be found that way, no pages are sought.
fn search(column: &Column, walk: &mut Walk<'_>, starts: &mut [Start], worth: f64) {
    let goal = Place {
        item: column.items.len() as u32,
        notes: column.notes.lines(),
        floats: column.floats.list.len() as u32,
        ..Place::default()
    };
    let mut first = [[NOWHERE; Standing::COUNT]; 2];
    let mut limits = [f64::MAX; 2];
    for (number, start) in starts.iter().enumerate() {
        // An edge left out costs more than all pages together: they are the cheapest.
        if start.sum > start.worth && worth > start.worth {
            first[number][start.standing.index()].sum = 0.0;
            limits[number] = start.sum;
        }
    }
    if first.iter().flatten().all(|label| label.sum > 0.0) {
        return;
    }
    walk.worth = worth;
    let mut nodes: Vec<Node> = Vec::new();
    let mut open = BTreeMap::from([(Place::default(), first)]);
    while let Some((place, labels)) = open.pop_first() {
        let here = nodes.len() as u32;
        nodes.push(Node { place, labels });
        if place >= goal {
            break;
        }
        walk.fill(place);
        for (number, labels) in labels.iter().enumerate() {
            for (index, label) in labels.iter().enumerate() {
                if label.sum < f64::MAX {
                    let from = (here, index, label.sum);
                    relax(
                        column,
                        walk,
                        from,
                        worth,
                        limits[number],
                        |to, next, label| {
                            let labels = open.entry(to).or_insert([[NOWHERE; Standing::COUNT]; 2]);
                            let old = &mut labels[number][next];
                            if label.sum < old.sum {
                                *old = label;
                            }
                        },
                    );
                }
            }
        }
    }
    for (number, start) in starts.iter_mut().enumerate() {
        if first[number][start.standing.index()].sum > 0.0 {
            continue;
        }
        start.worth = worth;
        let last = nodes.last().filter(|node| node.place >= goal);
        let last = last.map(|node| &node.labels[number]);
        let ends = last.into_iter().flatten().enumerate();
        let best = ends.min_by(|a, b| a.1.sum.total_cmp(&b.1.sum));
        if let Some((index, label)) = best.filter(|(_, label)| label.sum < start.sum) {
            start.sum = label.sum;
            start.cuts = trace(walk, &nodes, number, index);
        }
    }
}

/// Follows the edges from a state that are worth it.
fn relax(
    column: &Column,
    walk: &Walk<'_>,
    (here, index, sum): (u32, usize, f64),
    worth: f64,
    limit: f64,
    mut take: impl FnMut(Place, usize, Label),
) {
    let standing = Standing::of(index);
    let price = |end: &End| {
        let (turn, next) = standing.turn(end.foot, &column.costs);
        (end.cost + turn, next)
    };
    let least = walk
        .ends
        .iter()
        .map(|end| price(end).0)
        .fold(f64::MAX, f64::min);
    for end in &walk.ends {
        let (cost, next) = price(end);
        if cost > least + worth || sum + cost > limit {
            continue;
        }
        let label = Label {
            sum: sum + cost,
            before: here,
            standing: index as u8,
        };
        take(end.to, next.index(), label);
    }
}

/// The pages on the way to a state of the last node: each page is filled once more, to read how.
fn trace(walk: &mut Walk<'_>, nodes: &[Node], start: usize, standing: usize) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let (mut at, mut next) = (nodes.len() - 1, standing);
    while at > 0 {
        let to = nodes[at].place;
        let label = nodes[at].labels[start][next];
        let standing = Standing::of(usize::from(label.standing));
        let from = nodes[label.before as usize].place;
        walk.fill(from);
        let costs = walk.costs();
        let mut best: Option<(f64, &End)> = None;
        for end in walk.ends.iter().filter(|end| end.to == to) {
            let (turn, standing) = standing.turn(end.foot, costs);
            let cost = end.cost + turn;
            if standing.index() == next && best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, end));
            }
        }
        // The edge was found by the same walk from the same place.
        if let Some((_, end)) = best {
            cuts.push(Cut {
                from,
                to,
                ways: walk.ways(end),
                head: end.floats.0,
                foot: end.floats.1,
                stretch: end.stretch,
                above_notes: end.above_notes,
                short: end.foot.short,
                free: end.foot.free,
            });
        }
        (at, next) = (label.before as usize, usize::from(label.standing));
    }
    cuts.reverse();
    cuts
}
