//! The structure as the pages' streams need to know it: which element each slot is in.
//!
//! In: the [`Structure`]. Out: the tree made sound (each element in one place, none in itself), the tag of each slot,
//! and which slots are within links and figures.

use crate::typeset::structure::{ElementId, Kid, SlotId, Structure, Tag};

use super::naming::name;
use super::version::Version;

/// What is known of elements and slots.
#[derive(Debug, Default)]
pub struct Tagging {
    /// By element: its parent; the root's is itself. `None` for what hangs nowhere.
    parents: Vec<Option<u32>>,
    /// The elements of the tree in reading order, each before what is in it.
    order: Vec<u32>,
    /// By slot.
    slots: Vec<Slot>,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    element: u32,
    tag: &'static str,
    /// The element next above that is a link, a figure.
    link: Option<u32>,
    figure: Option<u32>,
}

impl Tagging {
    /// Looks through the structure of a file of this version.
    pub fn new(structure: &Structure, version: Version) -> Tagging {
        let count = structure.elements.len();
        let root = Slot {
            element: 0,
            tag: "P",
            link: None,
            figure: None,
        };
        let mut tagging = Tagging {
            parents: vec![None; count],
            order: Vec::with_capacity(count),
            slots: vec![root; structure.slots as usize],
        };
        if count == 0 {
            return tagging;
        }
        tagging.parents[0] = Some(0);
        let mut inside: Vec<(Option<u32>, Option<u32>)> = vec![(None, None); count];
        let mut stack = vec![0u32];
        while let Some(id) = stack.pop() {
            tagging.order.push(id);
            let element = &structure.elements[id as usize];
            let (mut link, mut figure) = inside[id as usize];
            match element.tag {
                Tag::Link => link = Some(id),
                Tag::Figure | Tag::Formula => figure = Some(id),
                _ => {}
            }
            let start = stack.len();
            for kid in &element.kids {
                match *kid {
                    Kid::Element(ElementId(kid)) => {
                        // An element in two places, or in itself, keeps its first place.
                        if let Some(parent @ None) = tagging.parents.get_mut(kid as usize) {
                            *parent = Some(id);
                            inside[kid as usize] = (link, figure);
                            stack.push(kid);
                        }
                    }
                    Kid::Slot(SlotId(slot)) => {
                        if let Some(slot) = tagging.slots.get_mut(slot as usize) {
                            *slot = Slot {
                                element: id,
                                tag: name(&element.tag, version).text,
                                link,
                                figure,
                            };
                        }
                    }
                }
            }
            stack[start..].reverse();
        }
        tagging
    }

    /// The elements of the tree in reading order, each before what is in it.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// The element around an element; `None` for the root and for what hangs nowhere.
    pub fn parent(&self, element: u32) -> Option<u32> {
        let parent = (*self.parents.get(element as usize)?)?;
        (parent != element).then_some(parent)
    }

    /// Whether an element is in the tree.
    pub fn holds(&self, element: u32) -> bool {
        matches!(self.parents.get(element as usize), Some(Some(_)))
    }

    /// The element a slot is in; the root for a slot that none claims.
    pub fn element(&self, slot: SlotId) -> u32 {
        self.slots
            .get(slot.0 as usize)
            .map_or(0, |slot| slot.element)
    }

    /// The name of the element a slot is in.
    pub fn tag(&self, slot: SlotId) -> &'static [u8] {
        self.slots
            .get(slot.0 as usize)
            .map_or("P", |slot| slot.tag)
            .as_bytes()
    }

    /// Whether a slot is in a link.
    pub fn in_link(&self, slot: SlotId) -> bool {
        self.link(slot).is_some()
    }

    /// The link a slot is in.
    pub fn link(&self, slot: SlotId) -> Option<u32> {
        self.slots.get(slot.0 as usize)?.link
    }

    /// Whether a slot is in a figure.
    pub fn in_figure(&self, slot: SlotId) -> bool {
        self.figure(slot).is_some()
    }

    /// The figure a slot is in.
    pub fn figure(&self, slot: SlotId) -> Option<u32> {
        self.slots.get(slot.0 as usize)?.figure
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::structure::Element;

    #[test]
    fn slots_know_their_link_and_figure() {
        let mut structure = Structure::new(Tag::Document);
        let link = structure.open(ElementId(0), Element::new(Tag::Link));
        let span = structure.open(link, Element::new(Tag::Span));
        let slot = structure.slot(span);
        let other = structure.slot(ElementId(0));
        let tagging = Tagging::new(&structure, Version::V1_7);
        assert_eq!(tagging.link(slot), Some(link.0));
        assert_eq!(tagging.tag(slot), b"Span");
        assert!(!tagging.in_link(other) && !tagging.in_figure(slot));
    }

    #[test]
    fn circles_and_strays_do_no_harm() {
        let mut structure = Structure::new(Tag::Document);
        let part = structure.open(ElementId(0), Element::new(Tag::Part));
        structure.elements[0].kids.push(Kid::Element(part));
        structure.elements[1].kids.extend([
            Kid::Element(part),
            Kid::Element(ElementId(0)),
            Kid::Element(ElementId(99)),
            Kid::Slot(SlotId(99)),
        ]);
        structure.elements.push(Element::new(Tag::P));
        let tagging = Tagging::new(&structure, Version::V1_7);
        assert_eq!(tagging.order(), [0, 1]);
        assert!(!tagging.holds(2));
        assert_eq!(tagging.element(SlotId(99)), 0);
    }
}
