//! Paragraphs: from a block's inlines to the ways in which its lines can be set.
//!
//! In: inlines, a style and a [`Measure`]. Out: a [`Paragraph`]: its settings in different numbers of lines, from which
//! the paginator chooses. What it chooses by stands in [`Line`]; frames are made afterwards, and only of the setting
//! that was chosen.
//!
//! The steps: `collect` reads the inlines into one text, opens their elements and reserves their slots; `itemise` cuts
//! the text into chunks and has their words shaped; `cut` turns chunks into [`Stops`] for a measure; [`Breaker`] finds the
//! line ends; `line` composes frames.

mod bind;
mod breaks;
mod collect;
mod content;
mod cut;
mod decorate;
mod demerits;
mod fit;
mod initial;
mod itemise;
mod line;
mod setter;
mod spot;
mod stops;
mod write;

pub use breaks::{Breaker, Breaks, Broken, Fitted};
pub use demerits::{Mode, Params, School, Step};
pub use fit::Fit;
pub use initial::{CutInitial, cut_initial, lead_in};
pub use spot::Spot;
pub use stops::{Place, Stop, StopKind, Stops, Sums};

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::RangeBounds;
use std::sync::Arc;

use crate::diag::{Diagnostic, Sink};
use crate::font::FaceId;
use crate::model::{Chapter, ChapterId, Inline, Lang, NodeId, NodeRef};
use crate::resolve::{Asset, Edition};
use crate::source::Span;
use crate::unit::Abs;

use super::frame::{Artifact, DestId, FontId, Frame, ImageId};
use super::shape::Shaper;
use super::structure::{ElementId, Structure};
use super::style::{Style, Styles};
use content::{ChunkKind, Content};

/// What paragraphs of a chapter are made with.
pub struct Cx<'a> {
    /// The chapter's name.
    pub chapter: ChapterId,
    /// The chapter.
    pub data: &'a Chapter,
    /// The book.
    pub edition: &'a Edition,
    /// The styles.
    pub styles: &'a Styles<'a>,
    /// Shapes words; shared by all chapters.
    pub shaper: &'a Shaper<'a>,
    /// Where links lead.
    pub dests: &'a BTreeMap<NodeRef, DestId>,
    /// Images by their paths.
    pub images: &'a BTreeMap<&'a str, (ImageId, &'a Asset)>,
    /// The notes' marks, by the notes' own nodes.
    pub marks: &'a BTreeMap<NodeRef, String>,
    /// Takes what there is to tell.
    pub sink: &'a Sink,
    /// The language of the text at hand: the chapter's, or that of a block in it.
    pub lang: Lang,
    /// What a screen reader will read; elements and slots are added in reading order.
    pub structure: Structure,
    /// So many bytes were cut off the inline that is read next.
    pub begun: Option<(NodeId, u32)>,
    /// What is read now says what stands elsewhere in the book: it comes from here.
    pub within: Option<(NodeId, u32)>,
    wardrobe: itemise::Wardrobe,
}

impl<'a> Cx<'a> {
    /// For a chapter, with the structure to add to.
    #[allow(
        clippy::too_many_arguments,
        reason = "they are what a chapter is set with"
    )]
    pub fn new(
        chapter: ChapterId,
        data: &'a Chapter,
        edition: &'a Edition,
        styles: &'a Styles<'a>,
        shaper: &'a Shaper<'a>,
        dests: &'a BTreeMap<NodeRef, DestId>,
        images: &'a BTreeMap<&'a str, (ImageId, &'a Asset)>,
        marks: &'a BTreeMap<NodeRef, String>,
        sink: &'a Sink,
        structure: Structure,
    ) -> Cx<'a> {
        Cx {
            chapter,
            data,
            edition,
            styles,
            shaper,
            dests,
            images,
            marks,
            sink,
            lang: edition.book.lang(data),
            structure,
            begun: None,
            within: None,
            wardrobe: itemise::Wardrobe::default(),
        }
    }

    /// Goes on to another chapter.
    pub fn enter(&mut self, chapter: ChapterId, data: &'a Chapter) {
        self.chapter = chapter;
        self.data = data;
        self.lang = self.edition.book.lang(data);
    }

    /// Where a node of the book stands in the source.
    pub fn span(&self, node: NodeRef) -> Option<Span> {
        if node.chapter == self.chapter {
            return self.data.spans.get(node.node);
        }
        self.edition
            .book
            .chapter(node.chapter)?
            .spans
            .get(node.node)
    }

    /// Tells something about a node.
    pub fn report(&self, mut diagnostic: Diagnostic, node: NodeRef) {
        diagnostic.at = diagnostic.at.or_else(|| self.span(node));
        self.sink.push(diagnostic);
    }
}

/// The name of a face in [`super::pages::PageList::fonts`]: all faces at hand stand there, in their order.
pub fn font_of(face: FaceId) -> FontId {
    FontId(face.0)
}

/// Makes a paragraph's words ready to be set: glyphs, elements, slots. A note's call opens a reference and, right after
/// it, an empty element for the note's body.
pub fn prepare(cx: &mut Cx<'_>, inlines: &[Inline], style: &Arc<Style>, voice: Voice) -> Material {
    let text = collect::collect(cx, inlines, &style.text, voice, style.leading);
    let origin = NodeRef {
        chapter: cx.chapter,
        node: inlines.first().map_or(NodeId(0), |inline| inline.id),
    };
    let rtl = cx.lang.is_rtl();
    let shaper = cx.shaper;
    let (content, wants) = itemise::itemise(shaper, &mut cx.wardrobe, text, style, rtl, origin);
    if matches!(voice, Voice::Element(_)) {
        let whole = |node: NodeId| NodeRef {
            chapter: cx.chapter,
            node,
        };
        let mut by_node: BTreeMap<NodeId, Vec<char>> = BTreeMap::new();
        for (node, c) in wants.missing {
            by_node.entry(node).or_default().push(c);
        }
        for (node, characters) in by_node {
            let node = whole(node);
            shaper.missing().add(node, cx.span(node), &characters);
        }
        for (node, face, lack) in wants.lacks {
            let node = whole(node);
            shaper.missing().add_lack(node, cx.span(node), face, lack);
        }
    }
    Material {
        content: Arc::new(content),
    }
}

/// A paragraph's words, ready to be set to any measure. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Material {
    content: Arc<Content>,
}

/// What setting a paragraph needs besides, kept from one to the next.
#[derive(Default)]
struct Bench {
    stops: Stops,
    breaker: Breaker,
}

thread_local! {
    static BENCH: RefCell<Bench> = RefCell::default();
}

impl Material {
    /// The same, said to be followed by more lines of one text.
    pub fn going_on(mut self) -> Material {
        // It was made just now, so nobody shares it.
        if let Some(content) = Arc::get_mut(&mut self.content) {
            content.goes_on = true;
        }
        self
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.content.chunks.is_empty()
    }

    /// How wide it is at least and at most.
    pub fn extent(&self) -> Extent {
        BENCH.with_borrow_mut(|bench| cut::extent(&self.content, &mut bench.stops))
    }

    /// The width of the longest line, if none is broken but where the author says so.
    pub fn max_width(&self) -> Abs {
        self.extent().line
    }

    /// The ways to set it to a measure.
    pub fn set(&self, measure: &Measure) -> Paragraph {
        let content = &self.content;
        let params = cut::params(content);
        let (breaks, places) = BENCH.with_borrow_mut(|bench| {
            cut::stops(content, measure, &params, &mut bench.stops);
            let breaks = bench.breaker.break_lines(&bench.stops, measure, &params);
            let place = |line: &Fitted| bench.stops.get(line.stop).place;
            let places: Vec<Vec<(Place, bool)>> = breaks
                .settings
                .iter()
                .map(|setting| {
                    let ends = setting.lines.iter();
                    ends.map(|l| (place(l), bench.stops.get(l.stop).kind.hyphenated()))
                        .collect()
                })
                .collect();
            (breaks, places)
        });
        let settings = breaks
            .settings
            .iter()
            .zip(places)
            .map(|(broken, places)| self.setting(broken, &places))
            .collect();
        Paragraph {
            settings,
            best: breaks.best,
            content: self.content.clone(),
            measure: *measure,
            mode: params.mode,
        }
    }

    fn setting(&self, broken: &Broken, places: &[(Place, bool)]) -> Setting {
        let mut calls = self.content.calls.iter().peekable();
        let lines = broken
            .lines
            .iter()
            .zip(places)
            .map(|(line, (end, hyphenated))| {
                let mut here = Vec::new();
                while let Some((_, call)) = calls.next_if(|(chunk, _)| {
                    // A word broken at a point is in both lines; a mark is never broken.
                    *chunk < end.chunk
                }) {
                    here.push(*call);
                }
                Line {
                    calls: here,
                    hyphenated: *hyphenated,
                    ratio: if line.fit.natural {
                        0.0
                    } else {
                        line.fit.ratio as f32
                    },
                    justified: !line.fit.natural,
                    spaces: line.spaces,
                    overfull: Abs::from_raw(line.fit.excess),
                    end: *end,
                }
            })
            .collect();
        Setting {
            lines,
            demerits: broken.demerits,
            runt: broken.runt,
        }
    }
}

/// A paragraph set to a measure, in one or more ways.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// In growing numbers of lines, from one fewer than the best to two more, as far as that is possible. One at least.
    pub settings: Vec<Setting>,
    /// Which of them is the cheapest.
    pub best: usize,
    content: Arc<Content>,
    measure: Measure,
    mode: Mode,
}

impl Paragraph {
    /// Lines of a setting, each as wide as the measure and as high as its leading.
    pub fn frames(&self, setting: usize, lines: impl RangeBounds<usize>) -> Vec<Arc<Frame>> {
        let Some(setting) = self.settings.get(setting) else {
            return Vec::new();
        };
        let range = (lines.start_bound().cloned(), lines.end_bound().cloned());
        (0..setting.lines.len())
            .filter(|number| range.contains(number))
            .map(|number| {
                let start = match number.checked_sub(1) {
                    Some(before) => setting.lines[before].end.next_line(),
                    None => Place::default(),
                };
                let end = setting.lines[number].end;
                let composer = line::Composer::new(&self.content, self.mode);
                Arc::new(composer.compose(start, end, number as u32, &self.measure))
            })
            .collect()
    }

    /// How it looks.
    pub fn style(&self) -> &Style {
        &self.content.style
    }

    /// What it was set to.
    pub fn measure(&self) -> &Measure {
        &self.measure
    }

    /// The notes called in it, in order.
    pub fn calls(&self) -> impl Iterator<Item = Call> + '_ {
        self.content.calls.iter().map(|(_, call)| *call)
    }

    /// Whether the last of several lines of a setting is but a word.
    pub fn ends_in_runt(&self, setting: usize) -> bool {
        let lines = self.settings.get(setting).map(|set| set.lines.as_slice());
        let [.., before, last] = lines.unwrap_or_default() else {
            return false;
        };
        let chunks = before.end.chunk as usize..last.end.chunk as usize;
        let words = self.content.chunks.get(chunks).unwrap_or_default().iter();
        words
            .filter(|chunk| matches!(chunk.kind, ChunkKind::Word(_)))
            .count()
            < 2
    }

    /// The inline at which a line of a setting ends.
    pub fn node_at_end(&self, setting: usize, line: usize) -> NodeRef {
        let end = self
            .settings
            .get(setting)
            .and_then(|setting| setting.lines.get(line));
        let chunks = &self.content.chunks;
        let chunk = end.and_then(|line| {
            let at = line.end.chunk as usize;
            chunks[..at.min(chunks.len())]
                .iter()
                .rev()
                .find(|chunk| matches!(chunk.kind, ChunkKind::Word(_)))
                .or(chunks.get(at))
        });
        let node = chunk.and_then(|chunk| self.content.runs.get(usize::from(chunk.run)));
        NodeRef {
            chapter: self.content.origin.chapter,
            node: node.map_or(self.content.origin.node, |run| run.node),
        }
    }
}

/// The most lines that an initial letter can have beside it.
pub const INITIAL_LINES: usize = 10;

/// How wide a paragraph is at least and at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The widest piece with all hyphens taken.
    pub broken: Abs,
    /// The widest piece that only a hyphen could break.
    pub word: Abs,
    /// The longest line, if none is broken but where the author says so.
    pub line: Abs,
}

/// How long lines are and where they begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// From the start edge to the end edge; also the width of each line's frame.
    pub width: Abs,
    /// How far the first line stands in from the start edge.
    pub first: Abs,
    /// How far every other line stands in.
    pub rest: Abs,
    /// How many lines an initial letter takes away room from.
    pub initial_lines: u8,
    /// How much room it takes from each of them, at the start edge; instead of `first` and `rest`.
    pub initial: [Abs; INITIAL_LINES],
    /// Words are not hyphenated, whatever the style says.
    pub whole_words: bool,
}

impl Measure {
    /// Lines that all begin at the start edge.
    pub fn of(width: Abs) -> Measure {
        Measure {
            width,
            ..Measure::default()
        }
    }

    /// How far a line, counted from 0, stands in from the start edge.
    pub fn inset(&self, line: u32) -> Abs {
        let beside = self.initial.iter().take(usize::from(self.initial_lines));
        if let Some(inset) = beside.copied().nth(line as usize) {
            inset
        } else if line == 0 {
            self.first
        } else {
            self.rest
        }
    }

    /// How long a line is, in scaled points.
    fn room(&self, line: u32) -> i64 {
        (self.width - self.inset(line)).raw()
    }

    /// How long the longest line is.
    fn widest(&self) -> i64 {
        let beside = self.initial.iter().take(usize::from(self.initial_lines));
        let inset = match beside.min() {
            Some(least) => self.rest.min(*least),
            None => self.first.min(self.rest),
        };
        (self.width - inset).raw()
    }
}

/// One way to set a paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setting {
    /// From the first to the last; at least one.
    pub lines: Vec<Line>,
    /// What it costs: the sum of its lines' demerits.
    pub demerits: f64,
    /// Its last line is but a short word, and that of the cheapest is not.
    pub runt: bool,
}

/// What pages need to know of a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Notes called in it, in order.
    pub calls: Vec<Call>,
    /// It ends within a word.
    pub hyphenated: bool,
    /// How far its spaces are stretched (above 0) or shrunk (below 0), in parts of what they may be; 0 if its last.
    pub ratio: f32,
    /// It was stretched or shrunk to fill the measure.
    pub justified: bool,
    /// It has spaces that give.
    pub spaces: bool,
    /// How far it sticks out.
    pub overfull: Abs,
    /// Where it ends.
    end: Place,
}

/// A note's call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The note's index in [`crate::model::Chapter::notes`].
    pub note: u32,
    /// The empty element that waits for the note's body.
    pub element: ElementId,
}

/// Whose words a paragraph's are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The book's: they belong to this element.
    Element(ElementId),
    /// The page's: running heads, folios, line numbers, repeated heads.
    Artifact(Artifact),
}

#[cfg(test)]
mod tests;
