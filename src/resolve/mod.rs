//! The book as a whole: what no chapter knows alone.
//!
//! In: the refined chapters, the [`Manifest`](crate::manifest::Manifest). Out: an [`Edition`]: all chapters in their
//! order (with the pages that recto makes: half title, title page, contents, part titles) and the [`Facts`] about
//! their nodes, which stand beside the tree and never in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::manifest::{Manifest, NotePlace};
use crate::model::{Chapter, ChapterId, Entry, Lang, NodeRef, Number};

/// A book, ready for the writers.
#[derive(Clone, Debug)]
pub struct Edition {
    /// What it is.
    pub book: Book,
    /// What is known of its nodes.
    pub facts: Facts,
}

/// The chapters and what is said of them all.
#[derive(Clone, Debug)]
pub struct Book {
    /// Everything the author said: metadata above all.
    pub manifest: Arc<Manifest>,
    /// In reading order; a chapter's [`ChapterId`] is its place here.
    pub chapters: Vec<Arc<Chapter>>,
    /// The images that the book uses and that could be read, by path; the cover too.
    pub assets: BTreeMap<String, Asset>,
}

impl Book {
    /// A chapter's language.
    pub fn lang(&self, chapter: &Chapter) -> Lang {
        chapter
            .lang
            .clone()
            .unwrap_or_else(|| self.manifest.metadata.language.clone())
    }

    /// A chapter by its name.
    pub fn chapter(&self, id: ChapterId) -> Option<&Arc<Chapter>> {
        self.chapters.get(id.0 as usize)
    }

    /// Where the PDF sets notes.
    pub fn notes(&self) -> NotePlace {
        self.manifest.notes
    }
}

/// An image file.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its bytes, checked to be whole.
    pub bytes: Arc<[u8]>,
    /// What they are.
    pub kind: AssetKind,
    /// Width and height: in pixels, or for SVG in CSS pixels (1/96 in).
    pub size: (u32, u32),
    /// Pixels per inch, across; 96 if the file does not say.
    pub dpi: f64,
}

/// The kinds of images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the formats' own names")]
pub enum AssetKind {
    Png,
    Jpeg,
    Gif,
    WebP,
    Svg,
}

/// What is known of nodes, by their names. Everything is in reading order or sorted by name.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Numbers of chapters (their node 0), headings, figures, tables: only of what is numbered.
    pub numbers: BTreeMap<NodeRef, Number>,
    /// A note's printed mark: `3`, `*`; by the note's own node.
    pub note_marks: BTreeMap<NodeRef, String>,
    /// The id each node that can be linked to has in the outputs: unique in its chapter, a valid XML name. Chapters,
    /// headings, figures, tables, notes, and whatever has an id of its own.
    pub anchors: BTreeMap<NodeRef, String>,
    /// Where links and references lead: by the link's node. A link that is not here leads nowhere and is shown as text.
    pub links: BTreeMap<NodeRef, Destination>,
    /// All chapters, parts and headings, in order: the outline; entries with `listed` are the printed contents.
    pub toc: Vec<Entry>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Destination {
    /// Somewhere in the book.
    Node(NodeRef),
    /// Out of it: a URL with a scheme.
    Url(String),
}

/// The printed page of each node that anything asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageMap(pub BTreeMap<NodeRef, Folio>);

/// A printed page number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Folio {
    /// As printed: `xii`, `47`.
    pub text: String,
    /// The page's place in the file, from 0.
    pub page: u32,
}
