//! On which page a place of the manuscript stands.
//!
//! In: the places in which the pages begin. Out: for a finding that was made before there were pages, the printed number of the one
//! that shows it. What floats may stand a page or two behind the one that is named.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::diag::{Diagnostic, Family};
use crate::manifest::NotePlace;
use crate::model::{ChapterId, Inline, InlineKind, NodeId, NodeRef, NoteKind, Visit, walk_blocks};
use crate::resolve::PageStarts;
use crate::source::{FileId, Span};
use crate::typeset::plan::Plan;

/// A note.
struct Called {
    /// Where it is written.
    at: Span,
    /// Where it is called first, if it is called in the text and stands on the page of its call.
    call: Option<Span>,
}

/// Where the pages of a book begin in its files.
pub struct Whereabouts<'a> {
    plan: &'a Plan<'a>,
    /// By file: from which byte on, and the page's printed number; in growing order.
    pages: BTreeMap<FileId, Vec<(u32, &'a str)>>,
    /// The notes in each file, and where they are called first; found out when it is asked for.
    notes: OnceLock<BTreeMap<FileId, Vec<Called>>>,
}

impl<'a> Whereabouts<'a> {
    /// Of the pages that begin in these places.
    pub fn new(plan: &'a Plan<'a>, starts: &'a PageStarts) -> Whereabouts<'a> {
        let mut pages: BTreeMap<FileId, Vec<(u32, &str)>> = BTreeMap::new();
        for start in &starts.0 {
            let at = start.at.and_then(|at| Some((plan.span(at.node)?, at.byte)));
            let Some((span, byte)) = at else { continue };
            let from = span.start.saturating_add(byte).min(span.end);
            pages
                .entry(span.file)
                .or_default()
                .push((from, &start.label));
        }
        // What opens a chapter stands before its first words.
        for index in 0..plan.edition.book.chapters.len() as u32 {
            let chapter = NodeRef {
                chapter: ChapterId(index),
                node: NodeId(0),
            };
            if let (Some(span), Some(folio)) = (plan.span(chapter), plan.folios.0.get(&chapter)) {
                let label = starts.0.get(folio.page as usize);
                let label = label.map(|start| (span.start, start.label.as_str()));
                pages.entry(span.file).or_default().extend(label);
            }
        }
        pages
            .values_mut()
            .for_each(|pages| pages.sort_by_key(|(from, _)| *from));
        Whereabouts {
            plan,
            pages,
            notes: OnceLock::new(),
        }
    }

    /// The finding with its page, if it is one of the layout and that page is known.
    pub fn show(&self, found: Diagnostic) -> Diagnostic {
        match found.at {
            Some(at) if found.page.is_none() && found.code.family() == Family::Layout => {
                match self.page(at) {
                    Some(folio) => placed(found, folio),
                    None => found,
                }
            }
            _ => found,
        }
    }

    /// The printed number of the page that shows a place.
    fn page(&self, at: Span) -> Option<&'a str> {
        let notes = self.notes.get_or_init(|| notes(self.plan)).get(&at.file);
        let inside = |note: &Span| note.start <= at.start && at.start < note.end;
        let notes = notes.map_or(&[][..], Vec::as_slice);
        // Those that begin before it; a note in a note is rare and short.
        let before = notes.partition_point(|note| note.at.start <= at.start);
        let note = notes[..before].last().filter(|note| inside(&note.at));
        let at = match note {
            Some(note) => note.call?,
            None => at,
        };
        let pages = self.pages.get(&at.file)?;
        let behind = pages.partition_point(|(from, _)| *from <= at.start);
        Some(pages[behind.checked_sub(1)?].1)
    }
}

/// A finding with its page, which its message says too.
fn placed(mut found: Diagnostic, folio: &str) -> Diagnostic {
    if !folio.is_empty() {
        found.message.push_str(&format!(", on page {folio}"));
    }
    found.on_page(folio)
}

/// Collects the first call of each note of a chapter.
struct Calls<'a>(&'a mut BTreeMap<u32, NodeId>);

impl<'a> Visit<'a> for Calls<'_> {
    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::NoteCall(note) = inline.kind {
            self.0.entry(note).or_insert(inline.id);
        }
    }
}

/// The notes in each file in their order there, and where they are called.
fn notes(plan: &Plan<'_>) -> BTreeMap<FileId, Vec<Called>> {
    let mut notes: BTreeMap<FileId, Vec<Called>> = BTreeMap::new();
    for (id, chapter) in (0..).map(ChapterId).zip(&plan.edition.book.chapters) {
        if chapter.notes.is_empty() {
            continue;
        }
        let mut calls = BTreeMap::new();
        walk_blocks(&chapter.blocks, &mut Calls(&mut calls));
        for (number, note) in (0..).zip(&chapter.notes) {
            let Some(span) = chapter.spans.get(note.id) else {
                continue;
            };
            let beside = match note.kind {
                NoteKind::Table(_) => true,
                NoteKind::Text => false,
                NoteKind::Margin => plan.in_margin(NodeRef {
                    chapter: id,
                    node: note.id,
                }),
            };
            let near = beside || plan.edition.book.notes() == NotePlace::Foot;
            let call = calls.get(&number).filter(|_| near);
            let call = call.and_then(|call| chapter.spans.get(*call));
            let called = Called { at: span, call };
            notes.entry(span.file).or_default().push(called);
        }
    }
    notes
        .values_mut()
        .for_each(|notes| notes.sort_by_key(|note| note.at.start));
    notes
}
