//! One walk over a chapter, for all that the other steps of `resolve` look for.
//!
//! In: a chapter. Out: its outline, everything with an id, its links, images, note calls and numbered things, each by
//! node, in reading order. Chapters are surveyed in parallel; nothing here knows a second chapter.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::ANSWERED;
use crate::model::{
    Attrs, Block, BlockKind, Chapter, ContainerKind, Image, Inline, InlineKind, NodeId, Target,
    Visit, plain_inlines, walk_blocks, walk_inlines,
};

/// What one chapter holds.
#[derive(Debug, Default)]
pub(super) struct Survey<'a> {
    /// The headings that make the chapter's outline: those not inside quotations, lists, tables or boxes.
    pub outline: Vec<Heading<'a>>,
    /// All headings, wherever they stand, with their words.
    pub headings: Vec<(NodeId, String)>,
    /// Explicit ids.
    pub ids: Vec<(NodeId, &'a str)>,
    /// Figures and tables.
    pub floats: Vec<Float<'a>>,
    /// Descriptions of figures and tables.
    pub descriptions: Vec<NodeId>,
    /// Exercises.
    pub exercises: Vec<NodeId>,
    /// Answers that name their exercise, with its id.
    pub answers: Vec<(NodeId, &'a str)>,
    /// Links and their addresses as written.
    pub links: Vec<(NodeId, &'a str)>,
    /// References to numbered things, by the id referred to.
    pub refs: Vec<(NodeId, &'a str)>,
    /// Each note's first call, by the note's index; calls that only the EPUB shows are none.
    pub calls: BTreeMap<u32, NodeId>,
    /// Images, in figures and among words.
    pub images: Vec<(NodeId, &'a Image)>,
    /// The first of each kind of thing that this release prints as it was typed.
    pub plain: Vec<(NodeId, &'static str)>,
}

/// A heading of the outline.
#[derive(Debug)]
pub(super) struct Heading<'a> {
    pub node: NodeId,
    /// 1 to 6, as written.
    pub level: u8,
    pub content: &'a [Inline],
    /// `{.unnumbered}`
    pub unnumbered: bool,
    /// `{.unlisted}`
    pub unlisted: bool,
}

/// A figure or a table.
#[derive(Debug)]
pub(super) struct Float<'a> {
    pub node: NodeId,
    pub table: bool,
    pub id: Option<&'a str>,
}

/// Surveys a chapter.
pub(super) fn survey(chapter: &Chapter) -> Survey<'_> {
    let mut survey = Survey::default();
    outline(&chapter.blocks, &mut survey.outline);
    let mut walk = Walk(&mut survey, BTreeSet::new());
    walk_blocks(&chapter.blocks, &mut walk);
    for note in &chapter.notes {
        walk_blocks(&note.blocks, &mut walk);
    }
    survey
}

/// The survey, and the calls that only the EPUB shows.
struct Walk<'s, 'a>(&'s mut Survey<'a>, BTreeSet<NodeId>);

/// Gathers note calls.
struct Calls<'s>(&'s mut BTreeSet<NodeId>);

impl Visit<'_> for Calls<'_> {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::NoteCall(_) = inline.kind {
            self.0.insert(inline.id);
        }
    }
}

impl<'a> Walk<'_, 'a> {
    fn id(&mut self, node: NodeId, attrs: &'a Attrs) {
        if let Some(id) = &attrs.id {
            self.0.ids.push((node, id));
        }
    }

    fn plain(&mut self, node: NodeId, what: &'static str) {
        if self.0.plain.iter().all(|(_, seen)| *seen != what) {
            self.0.plain.push((node, what));
        }
    }
}

impl<'a> Visit<'a> for Walk<'_, 'a> {
    fn block(&mut self, block: &'a Block) {
        let own = block.attrs.as_deref();
        if let Some(attrs) = own {
            self.id(block.id, attrs);
        }
        let id = own.and_then(|attrs| attrs.id.as_deref());
        match &block.kind {
            BlockKind::Heading { content, .. } => {
                self.0.headings.push((block.id, plain_inlines(content)));
            }
            BlockKind::Figure(figure) => {
                // The image's attributes are the figure's too.
                if id.is_none() {
                    self.id(block.id, &figure.image.attrs);
                }
                self.0.floats.push(Float {
                    node: block.id,
                    table: false,
                    id: id.or(figure.image.attrs.id.as_deref()),
                });
                self.0.images.push((block.id, &figure.image));
            }
            BlockKind::Table(_) => self.0.floats.push(Float {
                node: block.id,
                table: true,
                id,
            }),
            BlockKind::Container(container) => match container.kind {
                ContainerKind::Exercise => self.0.exercises.push(block.id),
                ContainerKind::Description => self.0.descriptions.push(block.id),
                ContainerKind::Answer => {
                    let named = own.and_then(|attrs| attrs.get(ANSWERED));
                    self.0.answers.extend(named.map(|id| (block.id, id)));
                }
                _ => {}
            },
            BlockKind::Math { .. } => self.plain(block.id, "formula"),
            BlockKind::Only {
                target: Target::Epub,
                blocks,
            } => walk_blocks(blocks, &mut Calls(&mut self.1)),
            _ => {}
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match &inline.kind {
            InlineKind::Span { attrs, .. } | InlineKind::Code { attrs, .. } => {
                self.id(inline.id, attrs);
            }
            InlineKind::Link { to, attrs, .. } => {
                self.id(inline.id, attrs);
                self.0.links.push((inline.id, to));
            }
            InlineKind::Image(image) => {
                self.id(inline.id, &image.attrs);
                self.0.images.push((inline.id, image));
            }
            InlineKind::Math { attrs, .. } => {
                self.id(inline.id, attrs);
                self.plain(inline.id, "formula");
            }
            InlineKind::NoteCall(note) if !self.1.contains(&inline.id) => {
                self.0.calls.entry(*note).or_insert(inline.id);
            }
            InlineKind::Only {
                target: Target::Epub,
                content,
            } => walk_inlines(content, &mut Calls(&mut self.1)),
            InlineKind::Cite { .. } => self.plain(inline.id, "citation"),
            InlineKind::Index { .. } => self.plain(inline.id, "index entry"),
            InlineKind::Ref { to, .. } => {
                self.0.refs.push((inline.id, to));
                self.plain(inline.id, "reference");
            }
            _ => {}
        }
    }
}

/// The headings of the outline among blocks, behind those found before.
pub(super) fn outline<'a>(blocks: &'a [Block], out: &mut Vec<Heading<'a>>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { level, content } => out.push(Heading {
                node: block.id,
                level: *level,
                content,
                unnumbered: block.has_class("unnumbered"),
                unlisted: block.has_class("unlisted"),
            }),
            BlockKind::Only { blocks, .. } => outline(blocks, out),
            BlockKind::Container(container)
                if matches!(
                    container.kind,
                    ContainerKind::Plain | ContainerKind::Columns
                ) =>
            {
                outline(&container.blocks, out);
            }
            _ => {}
        }
    }
}
