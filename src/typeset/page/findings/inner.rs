//! What an author should hear of lines that no page is made of one by one: those of notes, of tables' cells, of text in columns.
//!
//! In: a galley of their own, with its lines as they are set. Out: the findings that running text has, as far as they make sense there.
//! They are told before there are pages: each gets its page by its place, later.

use std::sync::Arc;

use super::Judge;
use super::lines::Chosen;
use crate::diag::Sink;
use crate::typeset::frame::Frame;
use crate::typeset::galley::{ChildKind, Galley};
use crate::typeset::plan::Plan;
use crate::unit::{Abs, Point};

/// What lines stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// The text of a page, or of columns on it.
    Text,
    /// A note.
    Note,
    /// A cell of a table.
    Cell,
    /// What was told of as a whole: nothing is said of its lines.
    Named,
}

impl Within {
    /// As messages say it behind `a line`.
    fn words(self) -> &'static str {
        match self {
            Within::Text | Within::Named => "",
            Within::Note => " of a note",
            Within::Cell => " of a table's cell",
        }
    }
}

/// Tells of the lines of a galley that is not cut into pages; `lines` has, for each of its children, what its lines look like.
pub fn tell(
    galley: &Galley,
    lines: &[Vec<Arc<Frame>>],
    within: Within,
    plan: &Plan<'_>,
    sink: &Sink,
) {
    if within == Within::Named {
        return;
    }
    let mut y = Abs::ZERO;
    let mut paragraphs = Vec::new();
    for (child, frames) in galley.children.iter().zip(lines) {
        let set = match &child.kind {
            ChildKind::Lines(set) => set,
            ChildKind::Space { height, .. } => {
                y += *height;
                continue;
            }
            // What streams above it does not reach what is below.
            _ => {
                y += plan.depth;
                continue;
            }
        };
        let setting = set.paragraph.best;
        let Some(lines) = set.paragraph.settings.get(setting) else {
            continue;
        };
        if lines.lines.is_empty() {
            continue;
        }
        let mut here = Vec::with_capacity(frames.len());
        for frame in frames {
            here.push((Point::new(child.x, y), &**frame));
            y += set.leading;
        }
        paragraphs.push(Chosen {
            child,
            paragraph: &set.paragraph,
            setting,
            lines: &lines.lines,
            here: 0..lines.lines.len(),
            frames: here,
            within,
            page: within.words().to_owned(),
            folio: "",
            turns: false,
        });
    }
    Judge { plan, sink }.paragraphs(&paragraphs);
}
