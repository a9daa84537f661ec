//! A galley of its own as pieces one below the other: for notes, cells, columns, which are cut otherwise than pages.
//!
//! In: a galley. Out: its lines, each with the room above it and the panels behind it, and where that is asked for with the notes
//! called in each. What is wrong with its lines is told on the way.

use std::sync::Arc;

use super::stick::Stick;
use super::{Child, ChildKind, Galley, NoteBody, NoteLine};
use crate::typeset::frame::{Frame, Item};
use crate::typeset::page::cost;
use crate::typeset::page::findings::inner::{self, Within};
use crate::unit::{Abs, Point, Size};

/// A page end in a note that parts what should not be parted: it is never worth a short page.
const UNDIVIDED: f64 = 9e8;

impl Stick<'_, '_> {
    /// A galley as pieces; tells of its lines.
    pub fn pieces(&self, galley: &Galley, within: Within) -> Vec<NoteLine> {
        let set = frames(galley);
        inner::tell(galley, &set, within, self.plan, self.cx.sink);
        pieces_of(galley, &set)
    }

    /// A galley as pieces one below the other, each with the notes whose first calls are in it; tells of its lines.
    pub fn noted_pieces(
        &self,
        mut galley: Galley,
        within: Within,
    ) -> Vec<(NoteLine, Vec<NoteBody>)> {
        let mut notes = std::mem::take(&mut galley.notes).into_iter();
        let counts: Vec<usize> = galley.children.iter().flat_map(first_calls).collect();
        let with_notes = |(at, piece)| {
            let here = counts.get(at).copied().unwrap_or(0);
            (piece, notes.by_ref().take(here).collect())
        };
        let lines = self.pieces(&galley, within).into_iter().enumerate();
        let mut noted: Vec<(NoteLine, Vec<NoteBody>)> = lines.map(with_notes).collect();
        if let Some((_, last)) = noted.last_mut() {
            last.extend(notes);
        }
        noted
    }

    /// Tells of the lines of a galley that was cut into pieces quietly.
    pub(super) fn tell(&self, galley: &Galley, within: Within) {
        inner::tell(galley, &frames(galley), within, self.plan, self.cx.sink);
    }
}

/// A galley as pieces one below the other, each with the room above it: for notes and table cells, which stand on no
/// grid and whose panels are cut with them.
pub fn pieces(galley: &Galley) -> Vec<NoteLine> {
    pieces_of(galley, &frames(galley))
}

/// A galley as one frame of a width, as high as its pieces together.
pub fn stacked(galley: &Galley, width: Abs) -> Frame {
    let mut column = Frame::new(Size::new(width, Abs::ZERO));
    for piece in pieces(galley) {
        column.size.height += piece.height;
        let top = column.size.height - piece.frame.size.height;
        column.push_frame(Point::new(piece.x, top), piece.frame);
    }
    column
}

/// What the lines of each child of a galley look like, or all of it.
fn frames(galley: &Galley) -> Vec<Vec<Arc<Frame>>> {
    let of_child = |child: &Child| match &child.kind {
        ChildKind::Space { .. } | ChildKind::Break => Vec::new(),
        ChildKind::Block(block) => vec![block.frame.clone()],
        ChildKind::Float(float) => vec![float.frame.clone()],
        ChildKind::Lines(lines) => lines.paragraph.frames(lines.paragraph.best, ..),
    };
    galley.children.iter().map(of_child).collect()
}

fn pieces_of(galley: &Galley, frames: &[Vec<Arc<Frame>>]) -> Vec<NoteLine> {
    let mut pieces: Vec<NoteLine> = Vec::new();
    let mut space = Abs::ZERO;
    // The panels behind what was set last.
    let mut before: Vec<u32> = Vec::new();
    for (child, frames) in galley.children.iter().zip(frames) {
        match &child.kind {
            ChildKind::Space { height, .. } => {
                if !pieces.is_empty() {
                    space += *height;
                }
                continue;
            }
            ChildKind::Break => continue,
            _ => {}
        }
        let mut panels = Vec::new();
        let mut next = child.panel;
        while let Some((id, there)) =
            next.and_then(|id| Some((id, galley.panels.get(id as usize)?)))
        {
            panels.push((id, there));
            next = there.parent;
        }
        let count = frames.len();
        for (at, frame) in frames.iter().cloned().enumerate() {
            let besides = if at == 0 {
                child.beside.as_slice()
            } else {
                &[]
            };
            let height = frame.size.height + std::mem::take(&mut space);
            let end_cost = if at + 1 == count {
                child.end_cost.min(UNDIVIDED)
            } else if matches!(&child.kind, ChildKind::Lines(lines) if lines.keep_together) {
                UNDIVIDED
            } else if at == 0 || at + 2 == count {
                cost::LONELY_IN_NOTE
            } else {
                0.0
            };
            if besides.is_empty() && panels.is_empty() {
                pieces.push(NoteLine {
                    x: child.x,
                    height,
                    frame,
                    end_cost,
                });
                continue;
            }
            let mut whole = Frame::new(Size::new(child.x + frame.size.width, frame.size.height));
            whole.baseline = frame.baseline;
            for (id, panel) in panels.iter().rev() {
                // The room above is the panel's only within it.
                let above = if before.contains(id) {
                    frame.size.height - height
                } else {
                    Abs::ZERO
                };
                panel.draw(&mut whole, above, frame.size.height, false, false);
            }
            for beside in besides {
                let y = if beside.on_baseline {
                    frame.baseline - beside.frame.baseline
                } else {
                    Abs::ZERO
                };
                whole.push(Point::new(beside.x, y), Item::Group(beside.frame.clone()));
            }
            whole.push_frame(Point::new(child.x, Abs::ZERO), frame);
            pieces.push(NoteLine {
                x: Abs::ZERO,
                height,
                frame: whole.into(),
                end_cost,
            });
            before = panels.iter().map(|(id, _)| *id).collect();
        }
        if panels.is_empty() {
            before.clear();
        }
    }
    pieces
}

/// How many notes are called for the first time in each of a child's pieces.
pub(super) fn first_calls(child: &Child) -> Vec<usize> {
    match &child.kind {
        ChildKind::Lines(lines) => {
            let mut firsts = lines.first_calls.iter().copied();
            let setting = lines.paragraph.settings.get(lines.paragraph.best);
            let all = setting.map_or(&[][..], |setting| setting.lines.as_slice());
            all.iter()
                .map(|line| {
                    let calls = line.calls.iter();
                    calls.filter(|_| firsts.next() == Some(true)).count()
                })
                .collect()
        }
        ChildKind::Block(block) => vec![block.notes as usize],
        ChildKind::Float(_) => vec![0],
        ChildKind::Space { .. } | ChildKind::Break => Vec::new(),
    }
}
