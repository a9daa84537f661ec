//! Where pages end: a shortest path over a column's legal page ends.
//!
//! In: a [`Column`]. Out: its [`Cut`]s, cheapest in sum, each with the way in which every text on it is set.
//!
//! A state is a place where a page begins: an item, a line of it in one of its ways, and how many lines of notes stand
//! on earlier pages. From a state, [`Walk`] fills one page: a layered knapsack whose cells are the numbers of lines
//! more or fewer than if every text was set the best way. All texts with several ways stand on the grid, so a cell is
//! a whole number of grid steps, and which notes are on the page depends on the place alone. Each place in each cell
//! where the page may end is an edge to the next state. States are taken in the order of the text, so each is final
//! when it is taken and the time is linear in the column.

use std::collections::BTreeMap;

use super::column::{Column, Item};
use super::cost;
use super::walk::{End, Walk};

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
    /// So many lines are to be added to its spaces.
    pub stretch: u32,
    /// So many lines are missing at its foot, beside the last page and forced ends.
    pub short: u32,
}

/// Cuts a column into pages. Nothing is lost or repeated; an empty column has no page.
pub fn paginate(column: &Column) -> Vec<Cut> {
    if !column
        .items
        .iter()
        .any(|item| matches!(item, Item::Text(_)))
    {
        return Vec::new();
    }
    let mut walk = Walk::new(column);
    let path = search(column, &mut walk, cost::WORTH);
    let path = if path.worst > cost::WORTH {
        search(column, &mut walk, cost::WORTH_IN_NEED)
    } else {
        path
    };
    trace(&mut walk, &path.nodes)
}

/// The cheapest way through a column.
struct Path {
    /// Each place where a page may begin, with the one before it on the cheapest way there and that page's cost. The last
    /// is the end.
    nodes: Vec<Node>,
    /// What its dearest page costs.
    worst: f64,
}

/// A place where a page may begin.
#[derive(Clone, Copy)]
struct Node {
    place: Place,
    /// The index of the node where the page before begins; its own for the first.
    before: usize,
    /// Of the page before.
    cost: f64,
}

fn search(column: &Column, walk: &mut Walk<'_>, worth: f64) -> Path {
    let goal = Place {
        item: column.items.len() as u32,
        notes: column.notes.lines(),
        ..Place::default()
    };
    walk.worth = worth;
    let mut nodes: Vec<Node> = Vec::new();
    let mut open = BTreeMap::from([(Place::default(), (0.0, 0, 0.0))]);
    while let Some((place, (sum, before, cost))) = open.pop_first() {
        let here = nodes.len();
        nodes.push(Node {
            place,
            before,
            cost,
        });
        if place >= goal {
            break;
        }
        walk.fill(place);
        let least = walk.ends.iter().map(|e| e.cost).fold(f64::MAX, f64::min);
        for end in &walk.ends {
            if end.cost > least + worth {
                continue;
            }
            let entry = open.entry(end.to).or_insert((f64::MAX, 0, 0.0));
            if sum + end.cost < entry.0 {
                *entry = (sum + end.cost, here, end.cost);
            }
        }
    }
    let mut worst: f64 = 0.0;
    let mut at = nodes.len() - 1;
    while at > 0 {
        worst = worst.max(nodes[at].cost);
        at = nodes[at].before;
    }
    Path { nodes, worst }
}

/// The pages on the way to the last node: each page is filled once more, to read how.
fn trace(walk: &mut Walk<'_>, nodes: &[Node]) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut at = nodes.len() - 1;
    while at > 0 {
        let Node {
            place: to, before, ..
        } = nodes[at];
        let from = nodes[before].place;
        walk.fill(from);
        let mut best: Option<&End> = None;
        for end in walk.ends.iter().filter(|end| end.to == to) {
            if best.is_none_or(|b| end.cost < b.cost) {
                best = Some(end);
            }
        }
        // The edge was found by the same walk from the same place.
        if let Some(end) = best {
            cuts.push(Cut {
                from,
                to,
                ways: walk.ways(end),
                stretch: end.stretch,
                short: end.short,
            });
        }
        at = before;
    }
    cuts.reverse();
    cuts
}
