//! XML as a tree whose every part knows its place in the text.
//!
//! Elements lie in one list in the order of their tags; each names its parent and the element behind its last descendant. So
//! nothing here recurses, however deep a document nests.

use std::ops::Range;
use std::sync::Arc;

use crate::source::{SourceFile, Span};

/// The vocabularies that an EPUB may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the vocabularies' own names")]
pub enum Space {
    /// No namespace at all.
    None,
    Xhtml,
    Svg,
    MathMl,
    Package,
    DublinCore,
    Ncx,
    Container,
    Encryption,
    Ops,
    Smil,
    Xml,
    Xlink,
    /// Any other.
    Foreign,
}

impl Space {
    /// By its address.
    pub fn named(address: &str) -> Space {
        match address {
            "" => Space::None,
            "http://www.w3.org/1999/xhtml" => Space::Xhtml,
            "http://www.w3.org/2000/svg" => Space::Svg,
            "http://www.w3.org/1998/Math/MathML" => Space::MathMl,
            "http://www.idpf.org/2007/opf" => Space::Package,
            "http://purl.org/dc/elements/1.1/" => Space::DublinCore,
            "http://www.daisy.org/z3986/2005/ncx/" => Space::Ncx,
            "urn:oasis:names:tc:opendocument:xmlns:container" => Space::Container,
            "http://www.w3.org/2001/04/xmlenc#" => Space::Encryption,
            "http://www.idpf.org/2007/ops" => Space::Ops,
            "http://www.w3.org/ns/SMIL" => Space::Smil,
            "http://www.w3.org/XML/1998/namespace" => Space::Xml,
            "http://www.w3.org/1999/xlink" => Space::Xlink,
            _ => Space::Foreign,
        }
    }
}

/// An element; its lists are ranges of the tree's.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub parent: Option<u32>,
    pub space: Space,
    /// Where its local name stands.
    pub name: Range<u32>,
    pub attrs: Range<u32>,
    /// Where its start tag stands.
    pub tag: Range<u32>,
    /// The element behind its last descendant.
    pub end: u32,
    /// The texts in it and below.
    pub texts: Range<u32>,
}

/// An attribute.
#[derive(Clone, Debug)]
pub struct Attr {
    pub(super) space: Space,
    pub(super) name: Range<u32>,
    pub(super) at: Range<u32>,
    /// What it says, references resolved; `None` where that is what stands at `at`.
    pub(super) value: Option<Box<str>>,
}

/// A stretch of text.
#[derive(Clone, Debug)]
pub struct Text {
    /// The element that it stands in.
    pub owner: u32,
    pub(super) at: Range<u32>,
    pub(super) value: Option<Box<str>>,
}

/// `<!DOCTYPE …>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doctype {
    /// What it calls the root.
    pub root: String,
    /// The public identifier.
    pub public: Option<String>,
    /// The address of the definition.
    pub system: Option<String>,
    /// Where it stands.
    pub at: Span,
}

/// A document.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Its text.
    pub file: Arc<SourceFile>,
    /// Whether its file is in UTF-16.
    pub is_wide: bool,
    /// Its document type, if it says one.
    pub doctype: Option<Doctype>,
    /// What stands behind `xml-stylesheet` in its instructions, with its place.
    pub(super) sheets: Vec<Range<u32>>,
    /// Whether it is well formed; else the tree ends where it ceases to be.
    pub is_whole: bool,
    pub(super) elements: Vec<Element>,
    pub(super) attrs: Vec<Attr>,
    pub(super) texts: Vec<Text>,
}

impl Tree {
    /// Its outermost element.
    pub fn root(&self) -> Option<Node<'_>> {
        self.node(0)
    }

    /// An element by its number: 0 is the root, the others follow in the order of their tags.
    pub fn node(&self, at: u32) -> Option<Node<'_>> {
        let element = self.elements.get(at as usize)?;
        Some(Node {
            tree: self,
            at,
            element,
        })
    }

    /// All elements, in order.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.elements.len() as u32).filter_map(|at| self.node(at))
    }

    /// All stretches of text, in order.
    pub fn texts(&self) -> impl Iterator<Item = (&Text, &str)> {
        self.texts.iter().map(|text| (text, self.said(text)))
    }

    /// How many elements, attributes and texts it has.
    pub(super) fn weight(&self) -> usize {
        self.elements.len() + self.attrs.len() + self.texts.len()
    }

    /// The place of a text.
    pub fn place(&self, text: &Text) -> Span {
        self.span(&text.at)
    }

    /// The beginning of the document.
    pub fn start(&self) -> Span {
        Span::new(self.file.id, 0, 0)
    }

    fn said<'t>(&'t self, text: &'t Text) -> &'t str {
        text.value
            .as_deref()
            .unwrap_or_else(|| self.slice(&text.at))
    }

    fn slice(&self, at: &Range<u32>) -> &str {
        let range = at.start as usize..at.end as usize;
        self.file.text.get(range).unwrap_or_default()
    }

    pub(super) fn span(&self, at: &Range<u32>) -> Span {
        Span::new(self.file.id, at.start as usize, at.end as usize)
    }
}

/// An element in its tree.
#[derive(Clone, Copy, Debug)]
pub struct Node<'t> {
    tree: &'t Tree,
    at: u32,
    element: &'t Element,
}

impl<'t> Node<'t> {
    /// Its number in the tree.
    pub fn number(self) -> u32 {
        self.at
    }

    /// Its local name.
    pub fn name(self) -> &'t str {
        self.tree.slice(&self.element.name)
    }

    /// Its namespace.
    pub fn space(self) -> Space {
        self.element.space
    }

    /// Whether it is this element of this vocabulary.
    pub fn is(self, space: Space, name: &str) -> bool {
        self.element.space == space && self.name() == name
    }

    /// Its start tag.
    pub fn span(self) -> Span {
        self.tree.span(&self.element.tag)
    }

    /// What it stands in.
    pub fn parent(self) -> Option<Node<'t>> {
        self.tree.node(self.element.parent?)
    }

    /// What it stands in, from near to far.
    pub fn ancestors(self) -> impl Iterator<Item = Node<'t>> {
        std::iter::successors(self.parent(), |node| node.parent())
    }

    /// The elements right in it.
    pub fn children(self) -> impl Iterator<Item = Node<'t>> {
        let first = Some(self.at + 1).filter(|at| *at < self.element.end);
        std::iter::successors(first.and_then(|at| self.tree.node(at)), move |node| {
            let next = node.element.end;
            self.tree.node(next).filter(|_| next < self.element.end)
        })
    }

    /// The first element of this name right in it.
    pub fn child(self, space: Space, name: &str) -> Option<Node<'t>> {
        self.children().find(|node| node.is(space, name))
    }

    /// All elements below, in order.
    pub fn descendants(self) -> impl Iterator<Item = Node<'t>> {
        (self.at + 1..self.element.end).filter_map(|at| self.tree.node(at))
    }

    /// An attribute without a namespace.
    pub fn attr(self, name: &str) -> Option<&'t str> {
        self.attr_of(Space::None, name).map(|(value, _)| value)
    }

    /// An attribute and its place.
    pub fn attr_of(self, space: Space, name: &str) -> Option<(&'t str, Span)> {
        let mut all = self.attrs();
        all.find(|attr| attr.0 == space && attr.1 == name)
            .map(|(_, _, value, at)| (value, at))
    }

    /// All attributes: namespace, local name, value, place of the value.
    pub fn attrs(self) -> impl Iterator<Item = (Space, &'t str, &'t str, Span)> {
        let tree = self.tree;
        let range = self.element.attrs.start as usize..self.element.attrs.end as usize;
        tree.attrs[range].iter().map(|attr| {
            let value = attr.value.as_deref();
            let value = value.unwrap_or_else(|| tree.slice(&attr.at));
            let name = tree.slice(&attr.name);
            (attr.space, name, value, tree.span(&attr.at))
        })
    }

    /// The place of an attribute without a namespace, else that of the start tag.
    pub fn span_of(self, name: &str) -> Span {
        let found = self.attr_of(Space::None, name);
        found.map_or_else(|| self.span(), |(_, at)| at)
    }

    /// The texts in it and below.
    pub fn texts(self) -> impl Iterator<Item = (&'t Text, &'t str)> {
        let range = self.element.texts.start as usize..self.element.texts.end as usize;
        let tree = self.tree;
        tree.texts[range].iter().map(|text| (text, tree.said(text)))
    }

    /// All text in it and below, white space made even.
    pub fn words(self) -> String {
        let mut words = String::new();
        for (_, text) in self.texts() {
            words.push_str(text);
        }
        let words: Vec<&str> = words.split_whitespace().collect();
        words.join(" ")
    }

    /// The words of an attribute that lists some, such as `epub:type`.
    pub fn listed(self, space: Space, name: &str) -> impl Iterator<Item = &'t str> {
        let value = self.attr_of(space, name).map(|(value, _)| value);
        value.unwrap_or_default().split_ascii_whitespace()
    }
}
