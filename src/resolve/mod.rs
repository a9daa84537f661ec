//! The book as a whole: what no chapter knows alone.
//!
//! In: the refined chapters, the [`Manifest`]. Out: an [`Edition`]: all chapters in their
//! order (with the pages that recto makes: half title, title page, contents, part titles) and the [`Facts`] about
//! their nodes, which stand beside the tree and never in it.
//!
//! Steps: `matter` makes pages and puts all in order; `survey` walks each chapter once, in parallel; then, from the
//! surveys alone, `anchors` (labels and ids), `numbers`, `links`, `images` and `contents`.

pub mod access;
mod anchors;
mod answers;
mod contents;
mod dump;
mod images;
mod links;
mod matter;
mod notes;
mod numbers;
mod pages;
mod survey;
mod url;
mod words;

pub use anchors::CALL_PREFIX;
pub use dump::dump;
pub use notes::note_marks;
pub use pages::{PageStart, PageStarts};
pub use words::Words;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Sink};
use crate::manifest::{Manifest, NotePlace};
use crate::model::{Chapter, ChapterId, Entry, Lang, NodeRef, Number};
use crate::source::{Span, World};
use survey::Survey;

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
    /// EXIF's orientation, 1 to 8: how a photograph is turned before it is shown. 1 is upright; from 5 on, width and
    /// height change places.
    pub orientation: u8,
    /// What its pixels are.
    pub nature: Nature,
    /// Where the book uses it first.
    pub at: Option<Span>,
}

impl Asset {
    /// Width and height as it is shown: turned upright.
    pub fn shown(&self) -> (u32, u32) {
        match (self.orientation, self.size) {
            (5..=8, (width, height)) => (height, width),
            (_, size) => size,
        }
    }
}

/// What an image's pixels are, by what the file says before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nature {
    /// Their colours.
    pub tone: Tone,
    /// Whether something may show through.
    pub see_through: bool,
    /// Whether there are further pictures after the first.
    pub animated: bool,
}

impl Nature {
    /// Opaque and still.
    pub const fn of(tone: Tone) -> Nature {
        Nature {
            tone,
            see_through: false,
            animated: false,
        }
    }
}

/// The colours of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Black and white and nothing between: line art.
    Line,
    /// Greys.
    Grey,
    /// Red, green, blue.
    Color,
    /// Four inks.
    Inks,
    /// A drawing, of no pixels.
    Drawing,
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
    /// A note's printed mark: `3`, `b` for one of a table; by the note's own node. Those for the margin have none.
    pub note_marks: BTreeMap<NodeRef, String>,
    /// Where a note is called first in the PDF; by the note's own node.
    pub note_calls: BTreeMap<NodeRef, NodeRef>,
    /// The id each node that can be linked to has in the outputs: unique in its chapter, a valid XML name. Chapters,
    /// headings, figures, tables, notes and their first calls, and whatever has an id of its own.
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

/// Resolves a book: see the module.
pub fn resolve(
    chapters: Vec<Arc<Chapter>>,
    manifest: &Arc<Manifest>,
    world: &dyn World,
    sink: &Sink,
) -> Edition {
    let (chapters, in_part) = matter::arrange(chapters, manifest, sink);
    let surveys: Vec<Survey<'_>> = chapters.par_iter().map(|c| survey::survey(c)).collect();
    let labels = anchors::Labels::collect(&surveys, &chapters, sink);
    let meta = &manifest.metadata;
    let numbers = numbers::numbers(&chapters, &surveys, &manifest.numbering, &meta.language);
    let mut facts = Facts {
        toc: contents::contents(&chapters, &surveys, &in_part, &numbers, manifest),
        note_marks: notes::note_marks(&chapters, manifest.numbering.notes, |_| true),
        numbers,
        ..Facts::default()
    };
    let links = links::Links::new(&chapters, &labels, sink);
    let mut answered = Vec::new();
    for (index, (chapter, survey)) in chapters.iter().zip(&surveys).enumerate() {
        let id = ChapterId(index as u32);
        let here = |node| NodeRef { chapter: id, node };
        for (node, anchor) in anchors::anchors(survey, chapter) {
            facts.anchors.insert(here(node), anchor);
        }
        for (index, note) in (0u32..).zip(&chapter.notes) {
            let Some(call) = survey.calls.get(&index) else {
                continue;
            };
            facts.note_calls.insert(here(note.id), here(*call));
            facts
                .anchors
                .insert(here(*call), format!("{CALL_PREFIX}{}", index + 1));
        }
        for (node, to) in &survey.links {
            if let Some(destination) = links.link(id, *node, to) {
                facts.links.insert(here(*node), destination);
            }
        }
        for (node, to) in &survey.refs {
            if let Some(destination) = links.reference(id, *node, to) {
                facts.links.insert(here(*node), destination);
            }
        }
        for (node, exercise) in &survey.answers {
            if let Some(Destination::Node(to)) = links.reference(id, *node, exercise) {
                answered.push((here(*node), to));
            }
        }
        check(chapter, survey, sink);
    }
    let words = Words::of(&meta.language);
    for (answer, exercise) in answered {
        answers::join(&mut facts, answer, exercise, words);
    }
    let cover = meta.cover.as_ref();
    let besides: Vec<_> = match &manifest.wrap {
        Some(wrap) => wrap.pictures(cover).collect(),
        None => cover.into_iter().collect(),
    };
    let assets = images::images(&chapters, &surveys, &besides, world, sink);
    // The surveys borrow from the chapters, which move into the book now.
    drop(surveys);
    Edition {
        book: Book {
            manifest: Arc::clone(manifest),
            chapters,
            assets,
        },
        facts,
    }
}

/// What a chapter's outline lacks, and what this release prints as it was typed.
fn check(chapter: &Chapter, survey: &Survey<'_>, sink: &Sink) {
    let mut above = 1;
    for heading in &survey.outline {
        if heading.level > above + 1 {
            let told = Diagnostic::new(
                Code::HeadingSkip,
                chapter.spans.get(heading.node),
                format!(
                    "a heading of level {} stands under one of level {above}",
                    heading.level
                ),
            );
            sink.push(told.hint(format!(
                "use level {}: `{}`",
                above + 1,
                "#".repeat(usize::from(above) + 1)
            )));
        }
        above = heading.level;
    }
    for (node, what) in &survey.plain {
        sink.push(Diagnostic::new(
            Code::UnresolvedReference,
            chapter.spans.get(*node),
            format!("this {what}, and others in this file, is shown as it was typed"),
        ));
    }
}
