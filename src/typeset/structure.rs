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
    /// What an abbreviation stands for.
    pub expansion: Option<String>,
    /// Its language, where it is not its parent's.
    pub lang: Option<Lang>,
    /// The node it came from; leads to the Markdown.
    pub origin: Option<NodeRef>,
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

/// What an element is: PDF 1.7's standard types (ISO 32000-1, 14.8.4), with their attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the standard's own")]
pub enum Tag {
    Document,
    Part,
    Sect,
    Div,
    Heading(u8),
    P,
    BlockQuote,
    Quote,
    Caption,
    /// With numbers or letters; else bullets or none.
    List {
        ordered: bool,
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
            expansion: None,
            lang: None,
            origin: None,
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
