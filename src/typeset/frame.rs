//! What stands where: the last form of text before it becomes PDF.
//!
//! A [`Frame`] is a box with things at places in it; frames hold frames. All that was a decision has been made.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::Locus;
use crate::theme::Color;
use crate::unit::{Abs, Point, Size};

use super::structure::{ElementId, SlotId};

/// A box with things in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// Its extent; what it holds may stick out.
    pub size: Size,
    /// From its top to its (first) baseline.
    pub baseline: Abs,
    /// Things, each from the upper left corner. A [`Item::Glyphs`] stands on its point: the baseline's start.
    pub items: Vec<(Point, Item)>,
}

impl Frame {
    /// An empty box.
    pub fn new(size: Size) -> Frame {
        Frame {
            size,
            baseline: size.height,
            items: Vec::new(),
        }
    }

    /// Puts a thing at a place.
    pub fn push(&mut self, at: Point, item: Item) {
        self.items.push((at, item));
    }

    /// How far right its text reaches.
    pub fn reach(&self) -> Abs {
        let ends = self.items.iter().map(|(at, item)| match item {
            Item::Group(inner) => at.x + inner.reach(),
            Item::Glyphs { run, .. } => at.x + run.width(),
            _ => Abs::ZERO,
        });
        ends.max().unwrap_or_default()
    }

    /// Puts the fonts of all its glyphs among those that are used.
    pub fn fonts(&self, used: &mut BTreeSet<FontId>) {
        for (_, item) in &self.items {
            match item {
                Item::Group(inner) | Item::Turned(inner) | Item::Clipped(inner) => {
                    inner.fonts(used);
                }
                Item::Glyphs { run, .. } => {
                    used.insert(run.font);
                }
                _ => {}
            }
        }
    }

    /// Puts a whole frame at a place.
    pub fn push_frame(&mut self, at: Point, frame: impl Into<Arc<Frame>>) {
        self.items.push((at, Item::Group(frame.into())));
    }
}

/// A thing on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A frame within a frame.
    Group(Arc<Frame>),
    /// A frame turned a quarter to the left (a wide table on an upright page): its own upper left corner comes to lie
    /// at the lower left.
    Turned(Arc<Frame>),
    /// A frame of which nothing is seen outside its size.
    Clipped(Arc<Frame>),
    /// Text in one font, size and colour, on one line.
    Glyphs {
        /// The glyphs.
        run: Arc<Run>,
        /// The text's colour.
        color: Color,
        /// What text it is.
        owner: Owner,
    },
    /// A filled rectangle.
    Rule {
        /// Its extent.
        size: Size,
        /// Its colour.
        color: Color,
        /// What it belongs to.
        owner: Owner,
    },
    /// A filled polygon: ornaments, marks.
    Path {
        /// Its corners.
        points: Vec<Point>,
        /// Its colour.
        color: Color,
        /// What it belongs to.
        owner: Owner,
    },
    /// An image.
    Image {
        /// Which one, in [`super::pages::PageList::images`].
        image: ImageId,
        /// How large it is shown.
        size: Size,
        /// What it belongs to.
        owner: Owner,
    },
    /// A place to tap.
    Link {
        /// How large.
        size: Size,
        /// Where it leads.
        target: LinkTarget,
        /// The link's element.
        element: ElementId,
    },
    /// A place that links and the outline lead to.
    Anchor(DestId),
}

/// Glyphs of one font and size, side by side on a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The font, in [`super::pages::PageList::fonts`].
    pub font: FontId,
    /// The font size.
    pub size: Abs,
    /// How wide glyphs are drawn, in thousandths: 1000, or a little more or less where a line was fitted so. The
    /// advances include it.
    pub expansion: u16,
    /// The words, in the order in which they are read.
    pub text: String,
    /// In the order in which they are drawn, from left to right.
    pub glyphs: Vec<Glyph>,
    /// Written from right to left: the last glyph is the first of the text.
    pub rtl: bool,
    /// What of the book's text it begins with; `None` for what is the page's own.
    pub from: Option<Locus>,
}

impl Run {
    /// The sum of the advances.
    pub fn width(&self) -> Abs {
        self.glyphs.iter().map(|glyph| glyph.advance()).sum()
    }
}

/// A glyph in its run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the font; 0 is the font's "missing".
    pub id: u16,
    /// How many bytes of the run's text it stands for: 0 for the second glyph of a letter, several for a ligature.
    /// Along the text (backwards through the glyphs of a run from right to left) the lengths add up to the whole text.
    pub bytes: u16,
    /// To the next glyph, in scaled points; justification included.
    pub advance: i32,
    /// Its own place, to the right of the pen, in scaled points.
    pub dx: i32,
    /// Its own place, above the pen, in scaled points.
    pub dy: i32,
}

impl Glyph {
    /// To the next glyph.
    pub fn advance(&self) -> Abs {
        Abs::from_raw(i64::from(self.advance))
    }
}

/// A font in [`super::pages::PageList::fonts`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(pub u16);

/// An image in [`super::pages::PageList::images`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageId(pub u32);

/// A destination: an index into [`super::pages::PageList::dests`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DestId(pub u32);

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LinkTarget {
    /// In the book.
    Dest(DestId),
    /// Out of it.
    Url(Arc<str>),
}

/// Whose text it is. There is no third case: nothing on a page can be left untagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The book's: a slot of its structure.
    Slot(SlotId),
    /// The page's: not read aloud.
    Artifact(Artifact),
}

/// What a page adds of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Artifact {
    /// A running head.
    Header,
    /// A folio at the foot.
    Footer,
    /// A rule, a frame, a repeated table head, an ornament.
    Layout,
    /// What lies behind text: a panel, a marked stretch of a line.
    Background,
}
