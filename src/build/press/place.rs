//! What stands where on set pages, and where it comes from in the manuscript.

use super::Kit;
use crate::model::NodeRef;
use crate::source::Span;
use crate::theme::Color;
use crate::typeset::frame::{Artifact, Frame, Item, Owner, Run};
use crate::typeset::pages::{Page, PageList};
use crate::typeset::structure::{Kid, Tag};
use crate::unit::{Abs, Point};

/// Glyphs on a page.
pub struct Text<'a> {
    /// On the page, where the line is upright.
    pub at: Point,
    /// What they are.
    pub run: &'a Run,
    /// Their colour.
    pub color: Color,
    /// Whose they are; the page's bases are not added.
    pub owner: Owner,
    /// Whether they stand on their line's own baseline, neither raised nor lowered.
    pub level: bool,
}

/// Shows all text of a page, in the order in which it is drawn.
pub fn walk<'a>(page: &'a Page, mut see: impl FnMut(Text<'a>)) {
    visit(&page.frame, Point::ZERO, &mut see);
}

fn visit<'a>(frame: &'a Frame, from: Point, see: &mut impl FnMut(Text<'a>)) {
    for (at, item) in &frame.items {
        let here = from + *at;
        match item {
            Item::Group(inner) | Item::Turned(inner) | Item::Clipped(inner) => {
                visit(inner, here, see)
            }
            Item::Glyphs { run, color, owner } => {
                let flat = run.glyphs.iter().all(|glyph| glyph.dy == 0);
                see(Text {
                    at: here,
                    run,
                    color: *color,
                    owner: *owner,
                    level: flat && at.y == frame.baseline,
                });
            }
            Item::Rule { .. }
            | Item::Path { .. }
            | Item::Image { .. }
            | Item::Link { .. }
            | Item::Anchor(_) => {}
        }
    }
}

/// From what stands on pages back to the manuscript. Made once something was found: most books never need it.
pub struct Origins {
    /// By slot: its element.
    of_slot: Vec<Option<u32>>,
    /// By element: the one it is in.
    parents: Vec<Option<u32>>,
}

impl Origins {
    /// Of a book's pages.
    pub fn of(list: &PageList) -> Origins {
        let structure = &list.structure;
        let mut of_slot = vec![None; structure.slots as usize];
        let mut parents = vec![None; structure.elements.len()];
        for (element, number) in structure.elements.iter().zip(0u32..) {
            for kid in &element.kids {
                let (slot, entry) = match kid {
                    Kid::Slot(slot) => (slot.0, of_slot.get_mut(slot.0 as usize)),
                    Kid::Element(kid) => (kid.0, parents.get_mut(kid.0 as usize)),
                };
                // A tree's elements come after the ones that they are in.
                debug_assert!(matches!(kid, Kid::Slot(_)) || slot > number);
                if let Some(entry) = entry {
                    *entry = Some(number);
                }
            }
        }
        Origins { of_slot, parents }
    }

    /// The element that holds what stands on a page, and those that it is in.
    fn chain(&self, page: &Page, owner: Owner) -> impl Iterator<Item = usize> + '_ {
        let slot = match owner {
            Owner::Slot(slot) => Some((slot.0 + page.slot_base) as usize),
            Owner::Artifact(_) => None,
        };
        let first = slot.and_then(|slot| self.of_slot.get(slot).copied().flatten());
        // However wrong a tree is, its elements are no more than these.
        let chain = std::iter::successors(first, |at| self.parents[*at as usize]);
        chain.take(self.parents.len()).map(|at| at as usize)
    }

    /// Where it is written.
    pub fn span(&self, list: &PageList, page: &Page, owner: Owner, kit: Kit<'_>) -> Option<Span> {
        let elements = &list.structure.elements;
        let mut origins = self.chain(page, owner).filter_map(|at| elements[at].origin);
        origins.find_map(|node| span(node, kit))
    }

    /// What it is, in words: `a note`, `a running head`.
    pub fn role(&self, list: &PageList, page: &Page, owner: Owner) -> &'static str {
        match owner {
            Owner::Artifact(Artifact::Header) => return "a running head",
            Owner::Artifact(Artifact::Footer) => return "a folio",
            Owner::Artifact(Artifact::Layout | Artifact::Background) => return "an ornament",
            Owner::Slot(_) => {}
        }
        let elements = &list.structure.elements;
        let tags = || self.chain(page, owner).map(|at| &elements[at].tag);
        // A note's way back to its call is a link, and a part of the note.
        if tags().any(|tag| *tag == Tag::Note) {
            return "a note";
        }
        let mut roles = tags().filter_map(|tag| {
            Some(match tag {
                Tag::Caption => "a caption",
                Tag::Code => "code",
                Tag::Table => "a table",
                Tag::Heading(_) => "a heading",
                Tag::Toc => "the contents",
                Tag::Link => "a link",
                Tag::Reference => "a reference",
                Tag::List { .. } => "a list",
                Tag::BlockQuote => "a quotation",
                _ => return None,
            })
        });
        roles.next().unwrap_or("text")
    }
}

fn span(node: NodeRef, kit: Kit<'_>) -> Option<Span> {
    let chapter = kit.edition.book.chapter(node.chapter)?;
    chapter.spans.get(node.node)
}

/// Where the book says for whom it is printed.
pub fn of_profile(kit: Kit<'_>) -> Option<Span> {
    let purpose = &kit.edition.book.manifest.purpose;
    purpose.profile.as_ref().and_then(|profile| profile.at)
}

/// A length as printers say it: `0.5 in (12.7 mm)`.
pub fn measure(length: Abs) -> String {
    let inches = (length.to_pt() / 72.0 * 1000.0).round() / 1000.0;
    let mm = (length.to_mm() * 10.0).round() / 10.0;
    format!("{inches} in ({mm} mm)")
}
