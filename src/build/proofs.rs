//! Proofs: the pages of a PDF edition on sheets for those who correct the book.
//!
//! In: the editions of a book, and what is known of it before pages are set. Out: which editions are proofs; and of each its
//! sheets, marked with all that a check of the edition tells: what was found while it was read, in its words, and in its pages.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Levels, Press, Request, judged, press};
use crate::diag::{Diagnostic, Sink};
use crate::manifest::{Edition, Format, Manifest, Project};
use crate::model::Chapter;
use crate::profile::Profile;
use crate::source::Sources;
use crate::typeset::Setting;
use crate::typeset::pages::PageList;
use crate::typeset::proof::{Case, proof};

/// Makes proofs of the editions, where a run asks for proofs alone: of those that are asked for by their names; else of
/// those that are proofs already; else of all that are PDFs.
pub(super) fn only(project: &mut Project, request: &Request) {
    let is_pdf = |edition: &&mut Edition| edition.format == Format::Pdf;
    let asked = |edition: &&mut Edition| request.editions.contains(&edition.name);
    let has_proofs = project.editions.iter().any(|one| one.manifest.proof);
    if request.editions.is_empty() && has_proofs {
        return;
    }
    let mut taken: BTreeSet<String> = project
        .editions
        .iter()
        .map(|edition| edition.file_name.clone())
        .collect();
    let editions = project.editions.iter_mut().filter(is_pdf);
    for edition in editions.filter(|edition| request.editions.is_empty() || asked(edition)) {
        if std::mem::replace(&mut edition.manifest.proof, true) {
            continue;
        }
        let stem = edition.file_name.trim_end_matches(".pdf");
        let names = [
            format!("{stem}-proof.pdf"),
            format!("{stem}-{}-proof.pdf", edition.name),
        ];
        // Another edition may have the first.
        let [first, second] = names;
        edition.file_name = match taken.insert(first.clone()) {
            true => first,
            false => second,
        };
    }
}

/// The proofs among some books, with their chapters.
pub(super) fn among<'p>(
    books: &[&'p Edition],
    chapters: &[Vec<Arc<Chapter>>],
) -> (Vec<&'p Edition>, Vec<Vec<Arc<Chapter>>>) {
    let books = books.iter().zip(chapters);
    let proofs = books.filter(|(edition, _)| edition.manifest.proof);
    proofs
        .map(|(edition, chapters)| (*edition, chapters.clone()))
        .unzip()
}

/// What a proof shows besides what is found in its pages.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// What was found before, at the codes' own levels.
    pub found: &'a [Diagnostic],
    /// How bad each code is in this run.
    pub levels: &'a Levels,
}

impl Known<'_> {
    /// All that was found in an edition, each at its level, in order and once. `sink` has what its pages said, and keeps it.
    pub fn found(&self, manifest: &Manifest, sink: &Sink, sources: &Sources) -> Vec<Diagnostic> {
        let all = Sink::new();
        let found = self.found.iter().cloned();
        found
            .chain(sink.so_far(sources))
            .for_each(|found| all.push(found));
        judged(&all, self.levels, manifest, sources)
    }
}

/// The sheets of an edition that was set.
pub(super) fn sheets(
    press: Press<'_>,
    kit: press::Kit<'_>,
    name: &str,
    (setting, profile): (&Setting, &Profile),
    found: &[Diagnostic],
) -> PageList {
    let pages = setting.pages.pages.len() as u32;
    let case = Case {
        edition: kit.edition,
        name,
        theme: kit.theme,
        fonts: kit.fonts,
        sources: press.sources,
        found,
        safety: profile.least_margins(pages).value,
        printer: &profile.printer,
    };
    proof(setting, &case)
}

/// How the file is written: for a screen and an office's printer, whatever press the book is for. It claims no standard: notes
/// beside pages are no part of what these judge.
pub(super) fn profile() -> Profile {
    let mut profile = Profile::screen();
    profile.file.standards = Vec::new();
    profile
}
