//! Sets the words of a proof, in English and from left to right.

use std::sync::Arc;

use super::looks::Looks;
use crate::model::Lang;
use crate::typeset::frame::Frame;
use crate::typeset::galley::stacked;
use crate::typeset::galley::stick::Stick;
use crate::typeset::paragraph::{Cx, Voice};
use crate::typeset::plan::Plan;
use crate::typeset::structure::{Element, ElementId, Kid, Structure, Tag};
use crate::typeset::style::Style;
use crate::unit::Abs;

/// Wide enough for what stands on one line.
const LINE: Abs = Abs::pt(4000.0);

/// What words of a proof are set with.
pub(super) struct Scribe<'c> {
    plan: &'c Plan<'c>,
    cx: Cx<'c>,
    /// The styles.
    pub looks: Looks,
}

impl<'c> Scribe<'c> {
    /// With a context whose structure is that of the book.
    pub(super) fn new(plan: &'c Plan<'c>, cx: Cx<'c>) -> Scribe<'c> {
        let looks = Looks::new(plan.fonts);
        Scribe { plan, cx, looks }
    }

    /// Opens an element at the end of another.
    pub(super) fn open(&mut self, parent: ElementId, tag: Tag) -> ElementId {
        self.cx.structure.open(parent, Element::new(tag))
    }

    /// Opens a section of the document, in English: behind the book, or before it.
    pub(super) fn section(&mut self, first: bool) -> ElementId {
        let mut element = Element::new(Tag::Sect);
        element.lang = Some(Lang::default());
        let root = ElementId(0);
        let section = self.cx.structure.open(root, element);
        if first && let Some(document) = self.cx.structure.elements.first_mut() {
            document.kids.pop();
            document.kids.insert(0, Kid::Element(section));
        }
        section
    }

    /// Words on one line of their own width.
    pub(super) fn line(&mut self, text: &str, style: &Arc<Style>, voice: Voice) -> Arc<Frame> {
        let mut stick = Stick::new(&mut self.cx, self.plan, LINE, ElementId(0));
        stick.label(text, style, voice)
    }

    /// Paragraphs one below the other.
    pub(super) fn column(&mut self, width: Abs, texts: &[Text<'_>]) -> Frame {
        let mut stick = Stick::new(&mut self.cx, self.plan, width, ElementId(0));
        stick.inner = true;
        stick.least = width / 3;
        for text in texts {
            let material = stick.words(text.words, text.style, Voice::Element(text.element));
            stick.space(text.above);
            let measure = stick.measure(text.style);
            stick.push_lines(&material, text.style, &measure);
        }
        stacked(&stick.finish(), width)
    }

    /// The book's structure, with all that was added.
    pub(super) fn finish(self) -> Structure {
        self.cx.structure
    }
}

/// A paragraph to be set.
pub(super) struct Text<'a> {
    /// What it says.
    pub words: &'a str,
    /// What it looks like.
    pub style: &'a Arc<Style>,
    /// What it is.
    pub element: ElementId,
    /// Space above it, where something stands there.
    pub above: Abs,
}
