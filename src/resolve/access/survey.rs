//! What of a book matters to those who read it otherwise: pictures, headings, tables, links, formulas, and what each lacks.
//!
//! In: an edition. Out: a [`Survey`]: counts, and the faults with their places. What only the PDF shows is not there.

use std::collections::BTreeSet;

use super::super::survey::outline;
use crate::model::{
    Block, BlockKind, Chapter, ChapterId, ChapterRole, Image, ImageSource, Inline, InlineKind,
    NodeId, NodeRef, Origin, Target, Visit, plain_inlines, walk_blocks, walk_inlines,
};
use crate::resolve::{Destination, Edition};
use crate::source::Span;

/// What a book holds.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// It has words of its own.
    pub text: bool,
    /// It has a cover.
    pub cover: bool,
    /// Pictures in the text that mean something.
    pub images: u32,
    /// Tables.
    pub tables: u32,
    /// Pictures and tables that are described at length.
    pub described: u32,
    /// Pictures among them that mean something.
    pub images_described: u32,
    /// Formulas.
    pub formulas: u32,
    /// Chapters and headings that the contents lead to.
    pub entries: usize,
    /// Headings in the text, titles of chapters among them.
    pub headings: u32,
    /// A picture that moves is in it.
    pub moving: bool,
    /// There is an index; whether it leads to its places.
    pub index: Option<bool>,
    /// What it lacks, in reading order.
    pub faults: Vec<(Fault, Option<Span>)>,
}

/// What can be lacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// A picture without a description.
    NoAlt,
    /// A picture whose description is its file's name (failure F30 of WCAG's techniques).
    FileNameAsAlt,
    /// A heading that skips a level.
    HeadingSkip,
    /// A table without a cell that names a row or a column.
    NoTableHead,
    /// A link without words.
    EmptyLink,
}

impl Survey {
    /// Looks through an edition.
    pub fn of(edition: &Edition) -> Survey {
        let book = &edition.book;
        let cover = book.manifest.metadata.cover.as_ref();
        let mut survey = Survey {
            cover: cover.is_some_and(|cover| book.assets.contains_key(&cover.value)),
            moving: cover
                .and_then(|cover| book.assets.get(&cover.value))
                .is_some_and(|asset| asset.nature.animated),
            entries: edition.facts.toc.len(),
            ..Survey::default()
        };
        for (index, chapter) in book.chapters.iter().enumerate() {
            let mut walk = Walk {
                edition,
                chapter,
                id: ChapterId(index as u32),
                hidden: BTreeSet::new(),
                links: false,
                survey: &mut survey,
            };
            walk.chapter();
            let linked = walk.links;
            if chapter.role == ChapterRole::Index && !chapter.blocks.is_empty() {
                survey.index = Some(linked || survey.index == Some(true));
            }
        }
        survey
    }

    /// Whether something of a kind is lacking.
    pub fn lacks(&self, fault: Fault) -> bool {
        self.count(fault) > 0
    }

    /// How often something is lacking.
    pub fn count(&self, fault: Fault) -> usize {
        self.faults
            .iter()
            .filter(|(found, _)| *found == fault)
            .count()
    }
}

struct Walk<'w> {
    edition: &'w Edition,
    chapter: &'w Chapter,
    id: ChapterId,
    /// Nodes that only the PDF shows.
    hidden: BTreeSet<NodeId>,
    /// A link into the book stands in the chapter.
    links: bool,
    survey: &'w mut Survey,
}

/// Gathers all nodes.
struct Nodes<'n>(&'n mut BTreeSet<NodeId>);

impl Visit<'_> for Nodes<'_> {
    fn block(&mut self, block: &Block) {
        self.0.insert(block.id);
    }

    fn inline(&mut self, inline: &Inline) {
        self.0.insert(inline.id);
    }
}

impl Walk<'_> {
    fn chapter(&mut self) {
        let chapter = self.chapter;
        self.described(&chapter.blocks);
        walk_blocks(&chapter.blocks, self);
        for note in &chapter.notes {
            walk_blocks(&note.blocks, self);
        }
        let title = chapter.title.as_deref().unwrap_or_default();
        if chapter.opening().is_none() && !title.trim().is_empty() {
            self.survey.headings += 1;
        }
        let mut headings = Vec::new();
        outline(&chapter.blocks, &mut headings);
        let mut above = 1;
        for heading in headings {
            if self.hidden.contains(&heading.node) {
                continue;
            }
            self.survey.headings += 1;
            if heading.level > above + 1 {
                self.fault(Fault::HeadingSkip, heading.node);
            }
            above = heading.level;
        }
    }

    fn described(&mut self, blocks: &[Block]) {
        let told = blocks.windows(2).filter(|pair| {
            let shows = matches!(pair[0].kind, BlockKind::Figure(_) | BlockKind::Table(_));
            shows && pair[1].description().is_some()
        });
        for pair in told {
            self.survey.described += 1;
            if let BlockKind::Figure(figure) = &pair[0].kind {
                self.survey.images_described += u32::from(!figure.image.is_decorative());
            }
        }
    }

    fn fault(&mut self, fault: Fault, node: NodeId) {
        let at = self.chapter.spans.get(node);
        self.survey.faults.push((fault, at));
    }

    fn image(&mut self, image: &Image, node: NodeId) {
        // What could not be read is no picture there.
        let ImageSource::File(path) = &image.source else {
            return;
        };
        let Some(asset) = self.edition.book.assets.get(path) else {
            return;
        };
        self.survey.moving |= asset.nature.animated;
        if image.is_decorative() {
            return;
        }
        self.survey.images += 1;
        match image.described() {
            None => self.fault(Fault::NoAlt, node),
            Some(alt) if is_name_of(alt.trim(), path) => self.fault(Fault::FileNameAsAlt, node),
            Some(_) => {}
        }
    }
}

/// Whether a description is nothing but a file's name with its ending.
fn is_name_of(alt: &str, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    alt == path || alt == name
}

impl Visit<'_> for Walk<'_> {
    fn block(&mut self, block: &Block) {
        if self.hidden.contains(&block.id) {
            return;
        }
        match &block.kind {
            BlockKind::Only {
                target: Target::Pdf,
                blocks,
            } => walk_blocks(blocks, &mut Nodes(&mut self.hidden)),
            BlockKind::Figure(figure) => self.image(&figure.image, block.id),
            BlockKind::Table(table) => {
                self.survey.tables += 1;
                let named = |row: &crate::model::Row| row.cells.iter().any(|cell| cell.header);
                if table.head.is_empty() && !table.body.iter().any(named) {
                    self.fault(Fault::NoTableHead, block.id);
                }
            }
            BlockKind::Quote(blocks) | BlockKind::Only { blocks, .. } => self.described(blocks),
            BlockKind::Container(container) => self.described(&container.blocks),
            BlockKind::Math { .. } => self.survey.formulas += 1,
            BlockKind::Code(code) => self.survey.text |= !code.text.trim().is_empty(),
            _ => {}
        }
    }

    fn inline(&mut self, inline: &Inline) {
        if self.hidden.contains(&inline.id) {
            return;
        }
        match &inline.kind {
            InlineKind::Only {
                target: Target::Pdf,
                content,
            } => walk_inlines(content, &mut Nodes(&mut self.hidden)),
            InlineKind::Text(text) if matches!(self.chapter.origin, Origin::File(..)) => {
                self.survey.text |= text.chars().any(char::is_alphanumeric);
            }
            InlineKind::Image(image) => self.image(image, inline.id),
            InlineKind::Math { .. } => self.survey.formulas += 1,
            InlineKind::Link { content, .. } => {
                let node = NodeRef {
                    chapter: self.id,
                    node: inline.id,
                };
                let Some(to) = self.edition.facts.links.get(&node) else {
                    return;
                };
                self.links |= matches!(to, Destination::Node(_));
                if plain_inlines(content).trim().is_empty() {
                    self.fault(Fault::EmptyLink, inline.id);
                }
            }
            _ => {}
        }
    }
}
