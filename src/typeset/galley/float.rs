//! Figures and tables that float: set as if they stood in the text, then taken out of it as one picture.

use super::stick::Stick;
use super::{Child, ChildKind, Float, Galley};
use crate::diag::{Code, Diagnostic};
use crate::model::Attrs;
use crate::theme::FloatPlaces;
use crate::typeset::frame::Frame;
use crate::typeset::page::collect::collect;
use crate::typeset::page::compose::compose;
use crate::typeset::page::findings::Pages;
use crate::typeset::page::paginate::{Cut, Place};
use crate::typeset::style::Style;
use crate::unit::{Abs, Side, Size};

/// A table taller than this part of what floats may take of a page is cut where pages end instead.
const TALLEST_TABLE: f64 = 0.75;

/// What may float.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A picture with its caption.
    Figure,
    /// A table with its caption; it can be cut.
    Table,
}

impl Stick<'_, '_> {
    /// Sets a figure or a table with its style; it floats if it has a number or its author says where it should stand.
    pub fn float(
        &mut self,
        kind: Kind,
        attrs: Option<&Attrs>,
        style: &Style,
        captioned: bool,
        set: impl FnOnce(&mut Self),
    ) {
        let asked = attrs.and_then(|attrs| attrs.get("place"));
        let asked = asked.and_then(|words| self.places(words));
        self.float_at(kind, asked, style, captioned, set);
    }

    /// The same, where it is known already where its author wants it.
    pub(super) fn float_at(
        &mut self,
        kind: Kind,
        asked: Option<FloatPlaces>,
        style: &Style,
        captioned: bool,
        set: impl FnOnce(&mut Self),
    ) {
        let places = match asked {
            Some(places) => places,
            None if captioned => style.float,
            None => FloatPlaces::HERE,
        };
        // Within lists, boxes and notes it belongs to its neighbours; without a caption nothing refers to it.
        if !self.is_free() || places.only_here() && !captioned {
            return set(self);
        }
        let (space, stretch) = (self.space, self.stretch);
        let first = self.first;
        let children = self.galley.children.len();
        let panels = self.galley.panels.len();
        let notes = self.galley.notes.len() + self.galley.margins.len();
        // No space above it: where it will stand is not known.
        (self.space, self.stretch, self.at_top) = (Abs::ZERO, false, true);
        set(self);
        let after = std::mem::replace(&mut self.space, space);
        let grows = std::mem::replace(&mut self.stretch, stretch);
        let taken = Galley {
            children: self.galley.children.drain(children..).collect(),
            panels: self.galley.panels.drain(panels..).collect(),
            ..Galley::default()
        };
        let is_float = |child: &Child| matches!(child.kind, ChildKind::Float(_));
        if !taken.children.is_empty() && taken.children.iter().all(is_float) {
            // Pages that float already: a table across.
            self.galley.children.extend(taken.children);
            (self.space, self.stretch, self.first) = (space, stretch, first);
            return;
        }
        let taken = moved(taken, -(panels as i64));
        let calls = self.galley.notes.len() + self.galley.margins.len() > notes;
        let limits = &self.plan.page.floats;
        let tallest = match (kind, asked) {
            (Kind::Table, None) => limits.share * TALLEST_TABLE,
            _ => 1.0,
        };
        let above = style.before.max(space);
        let height = taken.children.iter().map(height_of).sum::<Abs>();
        let fits = height <= self.plan.depth.scale(tallest);
        if calls || !fits || taken.children.is_empty() {
            self.stay(taken, above, captioned);
            (self.space, self.stretch) = (after, grows);
            return;
        }
        let frame = self.picture_of(&taken);
        let child = self.push_float(Float {
            frame: frame.into(),
            above,
            below: after,
            places,
        });
        if let Some(first) = taken.children.into_iter().next() {
            child.origin = first.origin;
        }
        (self.space, self.stretch) = (space, stretch);
        self.first = first;
    }

    /// Whether what is set here may float: not within a cell, a note, a list or a box.
    pub fn is_free(&self) -> bool {
        !self.inner && !self.in_item && self.room.panel.is_none()
    }

    /// The places that an author names.
    fn places(&mut self, words: &str) -> Option<FloatPlaces> {
        let places = FloatPlaces::read(words.split([' ', ',']).filter(|word| !word.is_empty()));
        if places.is_none() {
            let message = format!("a figure cannot be placed `{words}`");
            let names = FloatPlaces::NAMES
                .map(|name| format!("`{name}`"))
                .join(", ");
            let finding = Diagnostic::new(Code::BadAttribute, None, message)
                .hint(format!("Name one or several of {names}."));
            self.cx.report(finding, self.origin);
        }
        places
    }

    /// Puts back what does not float: it stays where it is called, and no float from before it passes it.
    fn stay(&mut self, taken: Galley, above: Abs, captioned: bool) {
        if captioned && !taken.children.is_empty() {
            (self.space, self.stretch) = (Abs::ZERO, false);
            self.push_float(Float {
                frame: Frame::default().into(),
                above: Abs::ZERO,
                below: Abs::ZERO,
                places: FloatPlaces::HERE,
            });
        }
        let taken = moved(taken, self.galley.panels.len() as i64);
        self.galley.panels.extend(taken.panels);
        if !above.is_zero() && !self.galley.children.is_empty() {
            let space = ChildKind::Space {
                height: above,
                stretch: above >= self.plan.grid / 2,
            };
            let space = Child::new(space, self.origin);
            self.galley.children.push(space);
        }
        self.galley.children.extend(taken.children);
    }

    fn push_float(&mut self, float: Float) -> &mut Child {
        (self.space, self.stretch) = (Abs::ZERO, false);
        let child = self.push(ChildKind::Float(float));
        child.x = Abs::ZERO;
        child
    }

    /// Things one below the other as one frame.
    fn picture_of(&mut self, galley: &Galley) -> Frame {
        let plan = self.plan;
        let column = collect(galley, plan);
        let cut = Cut {
            to: Place {
                item: galley.children.len() as u32,
                ..Place::default()
            },
            ..Cut::default()
        };
        let area = compose(galley, &column, &cut, Side::Recto, plan);
        Pages {
            galley,
            column: &column,
            cuts: std::slice::from_ref(&cut),
            areas: std::slice::from_ref(&area),
            side: Side::Recto,
            folios: &[],
            plan,
        }
        .lines(0, &cut, self.cx.sink);
        let mut frame = area.frame;
        frame.size = Size::new(plan.measure, area.used);
        frame
    }
}

/// How tall a thing is.
pub(super) fn height_of(child: &Child) -> Abs {
    match &child.kind {
        ChildKind::Lines(lines) => {
            let best = &lines.paragraph.settings[lines.paragraph.best];
            lines.leading * best.lines.len() as i64
        }
        ChildKind::Block(block) => block.frame.size.height,
        ChildKind::Float(float) => float.frame.size.height,
        ChildKind::Space { height, .. } => *height,
        ChildKind::Break => Abs::ZERO,
    }
}

/// The same with the numbers of its panels moved.
fn moved(mut galley: Galley, by: i64) -> Galley {
    let renumber = |panel: &mut Option<u32>| {
        *panel = panel.and_then(|panel| u32::try_from(i64::from(panel) + by).ok());
    };
    galley
        .panels
        .iter_mut()
        .for_each(|panel| renumber(&mut panel.parent));
    galley
        .children
        .iter_mut()
        .for_each(|child| renumber(&mut child.panel));
    galley
}
