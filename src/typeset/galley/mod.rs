//! The galley: a run of chapters as one long column, not yet cut into pages.
//!
//! In: chapters of the model, the theme's styles, and what is known of their nodes. Out: a [`Galley`]: a flat list of
//! [`Child`]ren with what page ends among them cost, the notes called in them, and (in the paragraphs' context) the
//! structure that a screen reader will read. Everything in it has its width and its height; where it stands down the
//! page is decided later.
//!
//! [`stick`] holds what all kinds of blocks need: the room at hand, the space that waits, the panels behind. One module
//! per kind of block sets it into the stick.

mod block;
mod code;
mod columns;
mod contents;
mod figure;
mod fit;
pub mod float;
mod initial;
mod list;
mod note;
pub mod opening;
mod panel;
mod pieces;
mod plate;
mod row;
pub mod stick;
mod turnover;
mod verse;

use std::ops::Range;
use std::sync::Arc;

use crate::model::{ChapterId, NodeRef};
use crate::theme::{Color, FloatPlaces};
use crate::unit::{Abs, Size};

use super::frame::{Frame, ImageId, Owner};
use super::paragraph::Paragraph;

pub use pieces::{pieces, stacked};

/// A flow of text: what stands between two forced page ends.
#[derive(Debug, Default)]
pub struct Galley {
    /// What follows what.
    pub children: Vec<Child>,
    /// Backgrounds, rules and frames behind children.
    pub panels: Vec<Panel>,
    /// The bodies of its notes, in the order of their calls.
    pub notes: Vec<NoteBody>,
    /// The notes in its margin, in the order of their calls.
    pub margins: Vec<MarginNote>,
    /// Notes that are too tall for the margin of any page.
    pub refused: Vec<NodeRef>,
    /// What begins where, for running heads.
    pub marks: Vec<Mark>,
}

/// Something begins that a running head may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The chapter.
    pub chapter: ChapterId,
    /// What begins.
    pub kind: MarkKind,
}

/// What begins, for running heads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// The chapter.
    Chapter,
    /// A section of it, with its title.
    Section(String),
    /// A term that is defined.
    Term(String),
}

/// A thing in the galley.
#[derive(Debug)]
pub struct Child {
    /// What it is.
    pub kind: ChildKind,
    /// From the left edge of the type area.
    pub x: Abs,
    /// What a page end behind it costs, in the unit of [`super::page::cost`].
    pub end_cost: f64,
    /// The innermost panel that it stands on, in [`Galley::panels`].
    pub panel: Option<u32>,
    /// What stands beside its first line: marks of list items, line numbers, anchors.
    pub beside: Vec<Beside>,
    /// It begins what these of [`Galley::marks`] name.
    pub marks: Range<u32>,
    /// What is shown in it where it stands first or last on a page: the ornament of a break between scenes that is an
    /// empty line elsewhere.
    pub at_turn: Option<Arc<Frame>>,
    /// A picture that runs off the page on which it stands.
    pub bleed: Option<Arc<Bleed>>,
    /// Where it came from.
    pub origin: NodeRef,
}

/// A picture that runs off the page, behind what else stands there. It is as large as what it covers, and cut at its edges
/// where it is of another shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Bleed {
    /// Which one.
    pub image: ImageId,
    /// Its width and its height, in any measure.
    pub shape: Size,
    /// What it belongs to.
    pub owner: Owner,
    /// What it covers.
    pub covers: Covers,
}

/// What of a page a picture covers that runs off it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Covers {
    /// There is no such picture.
    #[default]
    Nothing,
    /// The page's head, down to so far below the top of the type area.
    Head(Abs),
    /// The page down to so far below the top of the type area.
    PageTo(Abs),
    /// The whole page.
    Page,
}

/// What a child is.
#[derive(Debug)]
pub enum ChildKind {
    /// Lines of a paragraph.
    Lines(Lines),
    /// Something that is not broken.
    Block(Block),
    /// Room, which vanishes at the top of a page.
    Space {
        /// How much.
        height: Abs,
        /// A line may be added to fill the page.
        stretch: bool,
    },
    /// The page ends here.
    Break,
    /// Something that need not stand here.
    Float(Float),
}

/// Lines of a paragraph.
#[derive(Debug)]
pub struct Lines {
    /// The ways to set it.
    pub paragraph: Paragraph,
    /// From line to line.
    pub leading: Abs,
    /// They stand on the baseline grid.
    pub grid: bool,
    /// They may be set in more or fewer lines than is best for them, to fill the page.
    pub varies: bool,
    /// How many lines stay together at either end.
    pub least: u32,
    /// No page end within.
    pub keep_together: bool,
    /// For each call in it, in order: whether it is the first of its note, whose body is then the next of
    /// [`Galley::notes`].
    pub first_calls: Vec<bool>,
    /// For the calls of notes in the margin: which of the calls it is, and which of [`Galley::margins`] is called.
    pub margins: Vec<(u32, u32)>,
}

/// Something that is not broken.
#[derive(Debug)]
pub struct Block {
    /// What it looks like.
    pub frame: Arc<Frame>,
    /// How many notes are called in it for the first time.
    pub notes: u32,
    /// What is repeated above it where a page begins with it: a table's head.
    pub repeat: Option<Arc<Frame>>,
    /// What is drawn over its foot where a page ends behind it: the rule of a table that goes on.
    pub close: Option<Arc<Frame>>,
    /// It holds lines that stand on the baseline grid.
    pub grid: bool,
}

/// A figure or a table that need not stand where it is called.
#[derive(Debug)]
pub struct Float {
    /// What it looks like.
    pub frame: Arc<Frame>,
    /// Room above it.
    pub above: Abs,
    /// Room below it.
    pub below: Abs,
    /// Where it may stand.
    pub places: FloatPlaces,
}

/// Something beside a line.
#[derive(Debug, Clone)]
pub struct Beside {
    /// From the left edge of the type area.
    pub x: Abs,
    /// What it looks like.
    pub frame: Arc<Frame>,
    /// Its baseline is the line's; else its top is.
    pub on_baseline: bool,
}

/// A background, a rule at the start edge or a frame behind some children, on every page that they reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// The panel that it stands on; of a lower index.
    pub parent: Option<u32>,
    /// From the left edge of the type area.
    pub x: Abs,
    /// Across.
    pub width: Abs,
    /// Its colour.
    pub background: Option<Color>,
    /// The thickness of the rule at the start edge; 0 for none.
    pub rule: Abs,
    /// The rule stands at the right edge.
    pub rtl: bool,
    /// The thickness of the lines all round; 0 for none.
    pub frame: Abs,
    /// Of rule and frame.
    pub color: Color,
    /// Between a background or a frame and the text; 0 for a rule alone.
    pub padding: Abs,
    /// The number of the first child on it; where it has a head, of its title.
    pub from: u32,
    /// From the left edge of the type area to what stands on it.
    pub text_at: Abs,
    /// What stands above its text where it goes on on another page: its title once more.
    pub head: Option<Arc<Frame>>,
}

impl Galley {
    /// The panels, outer ones first, that a child stands on but does not begin, and that have a head for that; with it.
    pub fn going_on(&self, child: usize) -> impl Iterator<Item = (u32, &Arc<Frame>)> {
        let mut found = Vec::new();
        let mut at = self.children.get(child).and_then(|child| child.panel);
        while let Some((id, panel)) = at.and_then(|id| Some((id, self.panels.get(id as usize)?))) {
            if let Some(head) = panel
                .head
                .as_ref()
                .filter(|_| (panel.from as usize) < child)
            {
                found.push((id, head));
            }
            at = panel.parent;
        }
        found.into_iter().rev()
    }
}

/// A note's body, cut into what a page end may part.
#[derive(Clone, Debug, Default)]
pub struct NoteBody {
    /// Its lines; at least one.
    pub lines: Vec<NoteLine>,
    /// The note, and those that are called in it.
    pub notes: Vec<NodeRef>,
}

/// A note in the margin.
#[derive(Clone, Debug)]
pub struct MarginNote {
    /// The note.
    pub note: NodeRef,
    /// What it looks like; its baseline is its first line's.
    pub frame: Arc<Frame>,
}

/// A line of a note, or whatever else is in it.
#[derive(Clone, Debug)]
pub struct NoteLine {
    /// From the left edge of the type area.
    pub x: Abs,
    /// Its height with the room above it.
    pub height: Abs,
    /// What it looks like; stands at the foot of its height.
    pub frame: Arc<Frame>,
    /// What a page end behind it costs, in the unit of [`super::page::cost`], beside that a note is split at all.
    pub end_cost: f64,
}

impl Child {
    /// A thing at the left edge that a page may end behind.
    pub fn new(kind: ChildKind, origin: NodeRef) -> Child {
        Child {
            kind,
            x: Abs::ZERO,
            end_cost: 0.0,
            panel: None,
            beside: Vec::new(),
            marks: 0..0,
            at_turn: None,
            bleed: None,
            origin,
        }
    }
}
