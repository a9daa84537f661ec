//! The logical structure that the pages carry along: what a screen reader reads.
//!
//! Layout opens an [`Element`] per model node in reading order and reserves a [`SlotId`] for each stretch of text of
//! its own. Glyphs carry their slot wherever lines and pages break. The PDF writer fills the slots in with what it
//! wrote where; a slot that spans pages is simply filled twice.

use crate::model::{Lang, NodeRef};

/// An element, in [`Structure::elements`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(pub u32);

/// A stretch of text of one element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlotId(pub u32);

/// A tree of elements. Element 0 is the root of this (part of the) book.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structure {
    /// By [`ElementId`].
    pub elements: Vec<Element>,
    /// How many slots were reserved.
    pub slots: u32,
}

/// An element.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// What it is.
    pub tag: Tag,
    /// What it is instead of its looks: an image's alternative text.
    pub alt: Option<String>,
    /// The signs that are drawn here and not set: a box to tick.
    pub actual: Option<String>,
    /// What an abbreviation stands for.
    pub expansion: Option<String>,
    /// Its language, where it is not its parent's.
    pub lang: Option<Lang>,
    /// The node it came from; leads to the Markdown.
    pub origin: Option<NodeRef>,
    /// For a reference to a note: where the note came from.
    pub refers: Option<NodeRef>,
    /// What is in it, in reading order.
    pub kids: Vec<Kid>,
}

/// What is in an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kid {
    /// A further element.
    Element(ElementId),
    /// Text.
    Slot(SlotId),
}

/// What an element is: PDF's standard types (ISO 32000-1, 14.8.4; ISO 32000-2, 14.8.4), with their attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the standard's own")]
pub enum Tag {
    Document,
    Part,
    Sect,
    Div,
    /// What stands apart from the text around: a sidebar, a tip, a warning.
    Aside,
    /// The title of the book on its title page.
    Title,
    Heading(u8),
    P,
    BlockQuote,
    Quote,
    Caption,
    List {
        numbering: Numbering,
    },
    ListItem,
    Label,
    ListBody,
    Table,
    TableHead,
    TableBody,
    TableRow,
    /// A header cell: for its column, or for its row.
    TableHeader {
        row: bool,
        columns: u32,
        rows: u32,
    },
    TableCell {
        columns: u32,
        rows: u32,
    },
    /// A figure; its alternative text is the element's `alt`.
    Figure,
    Formula,
    Code,
    Note,
    Reference,
    Link,
    Span,
    Em,
    Strong,
    Toc,
    TocItem,
    Index,
    Bibliography,
}

/// What stands before the items of a list (ISO 32000-2, 14.8.5.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// Numbers: 1, 2, 3.
    Decimal,
    /// A filled circle.
    Disc,
    /// An empty circle.
    Circle,
    /// A square.
    Square,
    /// Another sign.
    Other,
    /// The terms that the items explain.
    Terms,
}

impl Numbering {
    /// What a sign before items is.
    pub fn of_sign(sign: &str) -> Numbering {
        match sign {
            "\u{2022}" | "\u{25cf}" => Numbering::Disc,
            "\u{25e6}" | "\u{25cb}" => Numbering::Circle,
            "\u{25a0}" | "\u{25a1}" | "\u{25aa}" | "\u{25ab}" => Numbering::Square,
            _ => Numbering::Other,
        }
    }
}

/// How far a tree had come.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    elements: usize,
    slots: u32,
    parent: ElementId,
    kids: usize,
}

impl Structure {
    /// Only a root.
    pub fn new(root: Tag) -> Structure {
        Structure {
            elements: vec![Element::new(root)],
            slots: 0,
        }
    }

    /// Opens an element at the end of another.
    pub fn open(&mut self, parent: ElementId, element: Element) -> ElementId {
        let id = ElementId(self.elements.len() as u32);
        self.elements.push(element);
        if let Some(parent) = self.elements.get_mut(parent.0 as usize) {
            parent.kids.push(Kid::Element(id));
        }
        id
    }

    /// Says at length what a picture shows, behind its alternative text: a PDF has one place for both. It is looked for
    /// from the end: a description stands right behind its picture.
    pub fn describe(&mut self, origin: NodeRef, words: &str) {
        let is_it = |e: &&mut Element| e.tag == Tag::Figure && e.origin == Some(origin);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let alt = self.elements.iter_mut().rev().find(is_it);
        if let Some(alt) = alt.and_then(|element| element.alt.as_mut())
            && !words.is_empty()
        {
            let open = alt.trim_end().ends_with(char::is_alphanumeric);
            alt.push_str(if open { ". " } else { " " });
            alt.push_str(&words);
        }
    }

    /// Reserves a slot at the end of an element.
    pub fn slot(&mut self, parent: ElementId) -> SlotId {
        let id = SlotId(self.slots);
        self.slots += 1;
        if let Some(parent) = self.elements.get_mut(parent.0 as usize) {
            parent.kids.push(Kid::Slot(id));
        }
        id
    }

    /// How far the tree has come, below an element that is open and will get no kids but new ones.
    pub fn mark(&self, parent: ElementId) -> Mark {
        let kids = self.elements.get(parent.0 as usize);
        Mark {
            elements: self.elements.len(),
            slots: self.slots,
            parent,
            kids: kids.map_or(0, |parent| parent.kids.len()),
        }
    }

    /// Takes back all that was opened below a mark's element since.
    pub fn reset(&mut self, mark: Mark) {
        self.elements.truncate(mark.elements);
        self.slots = mark.slots;
        if let Some(parent) = self.elements.get_mut(mark.parent.0 as usize) {
            parent.kids.truncate(mark.kids);
        }
    }

    /// The elements in reading order. One in two places is met in its first, one in itself not again.
    pub fn in_order(&self) -> Vec<ElementId> {
        let mut met = vec![false; self.elements.len()];
        let mut order = Vec::with_capacity(self.elements.len());
        let mut stack = vec![ElementId(0)];
        while let Some(id) = stack.pop() {
            let at = id.0 as usize;
            let Some(element) = self.elements.get(at) else {
                continue;
            };
            if std::mem::replace(&mut met[at], true) {
                continue;
            }
            order.push(id);
            stack.extend(element.kids.iter().rev().filter_map(|kid| match kid {
                Kid::Element(kid) => Some(*kid),
                Kid::Slot(_) => None,
            }));
        }
        order
    }

    /// The first element of each node that has one, by nodes.
    pub fn by_origin(&self) -> Vec<(NodeRef, ElementId)> {
        let of = |id: ElementId| Some((self.elements[id.0 as usize].origin?, id));
        let mut found: Vec<_> = self.in_order().into_iter().filter_map(of).collect();
        found.sort_by_key(|(origin, _)| *origin);
        found.dedup_by_key(|(origin, _)| *origin);
        found
    }

    /// Lets headings step down one level at a time: a heading is one level below the nearest before it that stands higher
    /// (PDF/UA-1, 7.4.2).
    pub fn step_headings(&mut self) {
        // As written, from the highest down to the last one.
        let mut above: Vec<u8> = Vec::new();
        for id in self.in_order() {
            let Some(Tag::Heading(level)) =
                self.elements.get_mut(id.0 as usize).map(|e| &mut e.tag)
            else {
                continue;
            };
            while above.last().is_some_and(|last| last >= level) {
                above.pop();
            }
            above.push(*level);
            *level = above.len().min(6) as u8;
        }
    }

    /// Moves another tree in under an element; returns what to add to the other's element and slot numbers.
    pub fn adopt(&mut self, parent: ElementId, other: Structure) -> (u32, u32) {
        let (elements, slots) = (self.elements.len() as u32, self.slots);
        self.elements
            .extend(other.elements.into_iter().map(|mut element| {
                for kid in &mut element.kids {
                    match kid {
                        Kid::Element(id) => id.0 += elements,
                        Kid::Slot(id) => id.0 += slots,
                    }
                }
                element
            }));
        self.slots += other.slots;
        if let Some(parent) = self.elements.get_mut(parent.0 as usize) {
            parent.kids.push(Kid::Element(ElementId(elements)));
        }
        (elements, slots)
    }
}

impl Element {
    /// Of a kind, with nothing said of it yet.
    pub fn new(tag: Tag) -> Element {
        Element {
            tag,
            alt: None,
            actual: None,
            expansion: None,
            lang: None,
            origin: None,
            refers: None,
            kids: Vec::new(),
        }
    }

    /// From a node.
    pub fn of(tag: Tag, origin: NodeRef) -> Element {
        Element {
            origin: Some(origin),
            ..Element::new(tag)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_step_down_one_level_at_a_time() {
        for (written, stepped) in [
            ([1, 2, 3, 1, 2, 2].as_slice(), [1, 2, 3, 1, 2, 2].as_slice()),
            (&[1, 3, 2, 3], &[1, 2, 2, 3]),
            (&[2, 4, 1, 6, 3], &[1, 2, 1, 2, 2]),
            (&[3, 3, 2], &[1, 1, 1]),
        ] {
            let mut structure = Structure::new(Tag::Document);
            for level in written {
                let sect = structure.open(ElementId(0), Element::new(Tag::Sect));
                structure.open(sect, Element::new(Tag::Heading(*level)));
            }
            structure.step_headings();
            let levels: Vec<u8> = structure
                .elements
                .iter()
                .filter_map(|element| match element.tag {
                    Tag::Heading(level) => Some(level),
                    _ => None,
                })
                .collect();
            assert_eq!(levels, stepped, "{written:?}");
        }
    }
}
