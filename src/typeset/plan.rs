//! What all chapters share while they are set: the page's measures, the grid, the names of places and images.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::frame::{DestId, FontId, ImageId};
use super::notes::first_marks;
use super::page::cost::Costs;
use super::pages::{FontFile, ImageFile};
use super::paragraph::{Cx, font_of};
use super::shape::Shaper;
use super::structure::{Structure, Tag};
use super::style::{Style, Styles};
use crate::diag::Sink;
use crate::font::Fonts;
use crate::model::{ChapterId, NodeRef, Role};
use crate::resolve::{Asset, Edition, PageMap};
use crate::source::{Sources, Span};
use crate::theme::{PageSpec, Spread, Theme};
use crate::unit::{Abs, Side};

/// What all chapters share; nothing in it changes.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The book.
    pub edition: &'a Edition,
    /// The texts that it was read from.
    pub sources: &'a Sources,
    /// The page.
    pub page: &'a PageSpec,
    /// The faces at hand.
    pub fonts: &'a Fonts,
    /// The styles.
    pub styles: Styles<'a>,
    /// Running text.
    pub body: Arc<Style>,
    /// The body's leading: the step of the baseline grid.
    pub grid: Abs,
    /// The type area's width.
    pub measure: Abs,
    /// The type area's depth in whole lines: at least three, else no text with a heading could be set at all.
    pub depth: Abs,
    /// The book is read from right to left.
    pub rtl: bool,
    /// What page ends cost.
    pub costs: Costs,
    /// From the top of a body line to its baseline.
    pub baseline: Abs,
    /// Printed page numbers, where they are known.
    pub folios: PageMap,
    /// How wide notes in the margin are; `None` where there is no room for them.
    pub margin: Option<Abs>,
    /// Notes for the margin that found no room there.
    pub refused: BTreeSet<NodeRef>,
    /// The notes' printed marks, by the notes' own nodes; where they are numbered by the page, as far as is known.
    pub note_marks: BTreeMap<NodeRef, String>,
    /// Where links to nodes lead.
    pub dests: BTreeMap<NodeRef, DestId>,
    /// The images of the book by their paths.
    pub images: BTreeMap<&'a str, (ImageId, &'a Asset)>,
}

impl<'a> Plan<'a> {
    /// The plan for an edition.
    pub fn new(
        edition: &'a Edition,
        theme: &'a Theme,
        fonts: &'a Fonts,
        sources: &'a Sources,
    ) -> Plan<'a> {
        let styles = Styles::new(theme, fonts);
        let body = Arc::new(styles.body().clone());
        let page = &theme.page;
        let grid = body.leading.max(Abs::pt(1.0));
        let lines = (page.depth().raw() / grid.raw()).max(3);
        let anchors = edition.facts.anchors.keys();
        let margin = page.notes.margin_width(page.margins.outer);
        let assets = edition.book.assets.iter();
        Plan {
            edition,
            sources,
            page,
            fonts,
            baseline: body.baseline(fonts),
            grid,
            measure: page.measure().max(Abs::pt(24.0)),
            depth: grid * lines,
            costs: Costs::new(page.ends, page.spread == Spread::Facing),
            rtl: edition.book.manifest.metadata.rtl,
            folios: PageMap::default(),
            margin,
            refused: BTreeSet::new(),
            note_marks: first_marks(edition, |_| margin.is_some()),
            dests: anchors
                .zip(0..)
                .map(|(node, at)| (*node, DestId(at)))
                .collect(),
            images: assets
                .zip(0..)
                .map(|((path, asset), at)| (path.as_str(), (ImageId(at), asset)))
                .collect(),
            styles,
            body,
        }
    }

    /// Whether a note for the margin stands there.
    pub fn in_margin(&self, note: NodeRef) -> bool {
        self.margin.is_some() && !self.refused.contains(&note)
    }

    /// Whether the spine is at the left of a page: of a right-hand page; in a book that is read from right to left, of a
    /// left-hand one. Loose sheets are bound at the left.
    pub fn spine_left(&self, side: Side) -> bool {
        (side == Side::Recto) != self.rtl || self.page.spread == Spread::Single
    }

    /// A block's style.
    pub fn style(&self, role: Role, classes: &[String], parent: &Style) -> Arc<Style> {
        self.styles.block(role, classes, parent)
    }

    /// What the paragraphs of a chapter are made with.
    ///
    /// `None` if there is no such chapter.
    pub fn context(
        &'a self,
        shaper: &'a Shaper<'a>,
        sink: &'a Sink,
        chapter: ChapterId,
        root: Tag,
    ) -> Option<Cx<'a>> {
        let edition: &'a Edition = self.edition;
        let data = edition.book.chapter(chapter)?;
        let structure = Structure::new(root);
        Some(Cx::new(
            chapter,
            data,
            edition,
            &self.styles,
            shaper,
            &self.dests,
            &self.images,
            &self.note_marks,
            sink,
            structure,
        ))
    }

    /// Where a node stands in the manuscript.
    pub fn span(&self, node: NodeRef) -> Option<Span> {
        let chapter = self.edition.book.chapter(node.chapter)?;
        chapter.spans.get(node.node)
    }

    /// Where links to a node lead; `None` if nothing can link to it.
    pub fn dest(&self, node: NodeRef) -> Option<DestId> {
        self.dests.get(&node).copied()
    }

    /// All places that links lead to, in order of their numbers.
    pub fn places(&self) -> impl Iterator<Item = NodeRef> + '_ {
        self.dests.keys().copied()
    }

    /// An image of the book by its path.
    pub fn image(&self, path: &str) -> Option<(ImageId, &'a Asset)> {
        self.images.get(path).copied()
    }

    /// The fonts' files: all faces at hand, in their order; those that are not in use without their data.
    pub fn font_files(&self, used: &BTreeSet<FontId>) -> Vec<FontFile> {
        let faces = self.fonts.iter();
        faces
            .map(|(id, face)| FontFile {
                data: if used.contains(&font_of(id)) {
                    face.data()
                } else {
                    Arc::default()
                },
                index: face.index(),
                name: face.name().to_owned(),
                settings: face.settings().to_vec(),
            })
            .collect()
    }

    /// The images' files, in order of their numbers.
    pub fn image_files(&self) -> Vec<ImageFile> {
        let assets = self.edition.book.assets.values();
        assets
            .map(|asset| ImageFile {
                data: asset.bytes.clone(),
                kind: asset.kind,
                size: asset.size,
            })
            .collect()
    }
}
