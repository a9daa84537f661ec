//! What the package says of how accessible the book is.
//!
//! In: what the book holds. Out: the accessibility metadata of the package document. It is claimed only where it was
//! seen to be so: alternative texts where every image has one.

use super::package::{Metas, cover};
use crate::model::{Block, BlockKind, Chapter, Image, Inline, InlineKind, Visit, walk_blocks};
use crate::resolve::Edition;

impl Metas {
    /// EPUB Accessibility 1.1: only what was seen in the book. Conformance is not claimed: nobody certified it.
    pub(super) fn access(&mut self, edition: &Edition) {
        let seen = Seen::in_edition(edition);
        let all_described = seen.images == seen.described;
        self.meta("schema:accessMode", "", None, "textual");
        if seen.images > 0 || cover(edition).is_some() {
            self.meta("schema:accessMode", "", None, "visual");
        }
        if all_described {
            self.meta("schema:accessModeSufficient", "", None, "textual");
        } else {
            self.meta("schema:accessModeSufficient", "", None, "textual,visual");
        }
        let mut features = vec![
            "tableOfContents",
            "readingOrder",
            "structuralNavigation",
            "displayTransformability",
        ];
        if seen.images > 0 && all_described {
            features.push("alternativeText");
        }
        for feature in features {
            self.meta("schema:accessibilityFeature", "", None, feature);
        }
        // A GIF may flash; nobody looked.
        let hazard = if seen.moving { "unknown" } else { "none" };
        self.meta("schema:accessibilityHazard", "", None, hazard);
        let summary = match (seen.images, all_described) {
            (0, _) => {
                "The text is in reading order, with headings and contents to navigate by. It has no images."
            }
            (_, true) => {
                "The text is in reading order, with headings and contents to navigate by. All images have alternative texts."
            }
            (_, false) => {
                "The text is in reading order, with headings and contents to navigate by. Some images have no alternative text."
            }
        };
        self.0
            .open("meta")
            .attr("property", "schema:accessibilitySummary")
            .attr("xml:lang", "en");
        self.0.text(summary).close().line();
    }
}

/// The images that carry meaning, and how many of them are described.
#[derive(Default)]
struct Seen {
    images: u32,
    described: u32,
    moving: bool,
}

impl Seen {
    fn in_edition(edition: &Edition) -> Seen {
        let mut seen = Seen {
            moving: edition
                .book
                .assets
                .values()
                .any(|asset| asset.nature.animated),
            ..Seen::default()
        };
        for chapter in &edition.book.chapters {
            seen.chapter(chapter);
        }
        seen
    }

    fn chapter(&mut self, chapter: &Chapter) {
        walk_blocks(&chapter.blocks, self);
        for note in &chapter.notes {
            walk_blocks(&note.blocks, self);
        }
    }

    fn image(&mut self, image: &Image) {
        if !image.is_decorative() {
            self.images += 1;
            self.described += u32::from(!image.alt.trim().is_empty());
        }
    }
}

impl Visit<'_> for Seen {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Figure(figure) = &block.kind {
            self.image(&figure.image);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Image(image) = &inline.kind {
            self.image(image);
        }
    }
}
