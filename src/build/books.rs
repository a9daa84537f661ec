//! The editions that are books: PDFs and EPUBs, side by side.
//!
//! In: [`Job`]s, each an edition with all it is made of. Out: what was [`Made`] of each, in their order. An EPUB tells the
//! pages of a PDF, whose pages must be set before; so each PDF is set, and then written at the same time as the EPUBs that
//! tell its pages. What has nothing to wait for does not.

use std::sync::Arc;

use rayon::prelude::*;

use super::pair::{Own, Proved};
use super::prove::{Fresh, Proof};
use super::{
    Depth, Press, What, chapters, counted, dress, ebook, frozen, pictures, press, proofs, prove,
    purpose, record,
};
use crate::check::{Frozen, FrozenPage, Kind};
use crate::diag::{Code, Diagnostic, Sink};
use crate::epub::Print;
use crate::font::Fonts;
use crate::manifest::{Edition, Format, Manifest, PageListOf, Project};
use crate::model::{Chapter, Target};
use crate::profile::Profile;
use crate::theme::Theme;
use crate::typeset::Setting;
use crate::{pdf, resolve};

/// The profile of PDFs that are for no press.
pub(super) const SCREEN: &str = "screen";

/// An edition to be made.
pub(super) struct Job<'a> {
    pub edition: &'a Edition,
    pub chapters: Vec<Arc<Chapter>>,
    pub fonts: &'a Fonts,
    /// Seconds since 1970.
    pub timestamp: i64,
    pub depth: Depth,
    /// What was found before, for a proof.
    pub known: proofs::Known<'a>,
    /// Pages that are not to move.
    pub freeze: Option<&'a Frozen>,
    /// For whom what is made is proved, if it is.
    pub proof: Option<&'a Proof>,
    pub sink: &'a Sink,
}

/// What was made of an edition.
pub(super) struct Made {
    /// The file; `None` if it could not be made, or was not asked for.
    pub bytes: Option<Vec<u8>>,
    /// What it holds.
    pub extent: String,
    /// What it is as a thing to be had.
    pub what: Option<What>,
    /// Where its pages begin and end, if that was asked for.
    pub pages: Vec<FrozenPage>,
    /// What was read of the file, if it was proved.
    pub proved: Option<Proved>,
}

/// The editions whose pages an EPUB tells by their names, and that are not among those to be set.
pub(super) fn paging<'p>(
    project: &'p Project,
    books: &[&Edition],
    asked: usize,
) -> Vec<&'p Edition> {
    let mut missing: Vec<&Edition> = Vec::new();
    for edition in &books[..asked] {
        let PageListOf::Edition(name) = &edition.manifest.page_list else {
            continue;
        };
        let known = |edition: &&Edition| edition.name == name.value;
        if edition.format == Format::Epub && !books.iter().chain(&missing).any(known) {
            missing.extend(project.editions.iter().find(known));
        }
    }
    missing
}

/// Whose pages an edition tells: that job's. Of jobs, the first ones were asked for, or the trade is told of them.
fn paged_by(edition: &Edition, jobs: &[Job<'_>], asked: usize) -> Option<usize> {
    if edition.format != Format::Epub {
        return None;
    }
    let is_pdf = |job: &Job<'_>| job.edition.format == Format::Pdf;
    let is_book = |job: &Job<'_>| is_pdf(job) && !job.edition.manifest.proof;
    match &edition.manifest.page_list {
        PageListOf::None => None,
        PageListOf::Edition(name) => jobs
            .iter()
            .position(|job| is_pdf(job) && job.edition.name == name.value),
        PageListOf::Run => {
            let jobs = &jobs[..asked];
            let for_press = |job: &Job<'_>| {
                let profile = job.edition.manifest.purpose.profile.as_ref();
                profile.is_some_and(|profile| profile.value != SCREEN)
            };
            let printed = jobs.iter().position(|job| is_book(job) && for_press(job));
            printed.or_else(|| jobs.iter().position(is_book))
        }
    }
}

/// Makes all editions, of which so many were asked for, or the trade is told of them.
pub(super) fn make(press: Press<'_>, jobs: Vec<Job<'_>>, asked: usize) -> Vec<Made> {
    let leads: Vec<Option<usize>> = jobs
        .iter()
        .map(|job| paged_by(job.edition, &jobs, asked))
        .collect();
    // A job that waits for none, and those that wait for it.
    let mut first: Vec<Option<Job<'_>>> = Vec::with_capacity(jobs.len());
    let mut others: Vec<Vec<(usize, Job<'_>)>> = jobs.iter().map(|_| Vec::new()).collect();
    for ((at, job), lead) in jobs.into_iter().enumerate().zip(leads) {
        first.push(match lead {
            Some(lead) => {
                others[lead].push((at, job));
                None
            }
            None => Some(job),
        });
    }
    let groups: Vec<_> = first.into_iter().zip(others).collect();
    let made = groups
        .into_par_iter()
        .enumerate()
        .flat_map_iter(|(at, group)| {
            let (lead, others) = group;
            lead.map(|lead| group_of(press, at, lead, others))
                .unwrap_or_default()
        });
    let mut made: Vec<(usize, Made)> = made.collect();
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, made)| made).collect()
}

/// Makes an edition and those that tell its pages.
fn group_of(
    press: Press<'_>,
    at: usize,
    lead: Job<'_>,
    others: Vec<(usize, Job<'_>)>,
) -> Vec<(usize, Made)> {
    if lead.edition.format == Format::Epub {
        let made = Book::of(press, lead).epub(press, None);
        return vec![(at, made)];
    }
    let (set, books) = rayon::join(
        || Book::of(press, lead).set(press),
        || {
            let books = others.into_par_iter();
            let books = books.map(|(at, job)| (at, Book::of(press, job)));
            books.collect::<Vec<_>>()
        },
    );
    let print = Print {
        starts: &set.setting.starts,
        edition: &set.book.resolved,
        name: &set.book.job.edition.name,
        sources: press.sources,
    };
    let (pdf, epubs) = rayon::join(
        || set.write(press),
        || {
            let books = books.into_par_iter();
            let made = books.map(|(at, book)| (at, book.epub(press, Some(print))));
            made.collect::<Vec<_>>()
        },
    );
    std::iter::once((at, pdf)).chain(epubs).collect()
}

/// How many pages a PDF edition has.
pub(super) fn count(press: Press<'_>, job: Job<'_>) -> u32 {
    Book::of(press, job).set(press).count()
}

/// An edition, resolved and dressed.
struct Book<'a> {
    job: Job<'a>,
    manifest: Arc<Manifest>,
    resolved: resolve::Edition,
    theme: Theme,
}

impl<'a> Book<'a> {
    fn of(press: Press<'_>, mut job: Job<'a>) -> Book<'a> {
        let manifest = Arc::new(job.edition.manifest.clone());
        let chapters = std::mem::take(&mut job.chapters);
        let stage = format!("{} resolve", job.edition.name);
        let resolved = press.timings.time(stage, || {
            let chapters = chapters::with_answers(chapters, &manifest);
            resolve::resolve(chapters, &manifest, press.world, job.sink)
        });
        let theme = dress(press, &manifest, job.sink);
        job.fonts.report_missing(&theme, &manifest.style, job.sink);
        Book {
            job,
            manifest,
            resolved,
            theme,
        }
    }

    fn stage(&self, name: &str) -> String {
        format!("{} {name}", self.job.edition.name)
    }

    /// As an EPUB, with the pages of a PDF if there is one.
    fn epub(self, press: Press<'_>, print: Option<Print<'_>>) -> Made {
        let job = &self.job;
        // One that nobody asked for is not set just to be checked; it will have pages.
        let named = matches!(self.manifest.page_list, PageListOf::Edition(_));
        let kit = ebook::Kit {
            press,
            name: &job.edition.name,
            theme: &self.theme,
            fonts: job.fonts,
            timestamp: job.timestamp,
            depth: job.depth,
            print,
            has_pages: print.is_some() || named,
        };
        let resolved = &self.resolved;
        let proof = job.proof.map(|proof| {
            let own = Own::of(resolved, Target::Epub);
            (proof, prove::of_epub(resolved), own)
        });
        let (bytes, extent, access) = ebook::make(kit, self.resolved, job.sink);
        let failed = |error| failed(job.edition, &error, job.sink);
        let bytes = bytes.and_then(|bytes| bytes.map_err(failed).ok());
        let proved = proof.zip(bytes.as_ref());
        let proved = proved.and_then(|((proof, origins, own), bytes)| {
            let fresh = Fresh {
                name: &job.edition.file_name,
                kind: Kind::Epub,
                bytes,
                origins,
                own,
                profile: None,
            };
            proof.made(fresh, press, job.sink)
        });
        Made {
            bytes,
            extent,
            what: Some(What::Epub(access)),
            pages: Vec::new(),
            proved,
        }
    }

    /// As the pages of a PDF.
    fn set(self, press: Press<'_>) -> SetBook<'a> {
        let profile = purpose(press, &self.manifest, self.job.sink);
        (press.step)(&self.stage("setting"));
        let setting = press.timings.time(self.stage("typeset"), || {
            press::set(self.kit(press), &profile, self.job.sink)
        });
        SetBook {
            book: self,
            profile,
            setting,
        }
    }

    fn kit<'b>(&'b self, press: Press<'b>) -> press::Kit<'b> {
        press::Kit {
            edition: &self.resolved,
            theme: &self.theme,
            fonts: self.job.fonts,
            timestamp: self.job.timestamp,
            sources: press.sources,
        }
    }

    /// Says that a file could not be made.
    fn failed(&self, error: &dyn std::fmt::Display) {
        failed(self.job.edition, error, self.job.sink);
    }
}

/// A PDF edition whose pages are set.
struct SetBook<'a> {
    book: Book<'a>,
    profile: Profile,
    setting: Setting,
}

impl SetBook<'_> {
    fn count(&self) -> u32 {
        self.setting.pages.pages.len() as u32
    }

    /// Its pages, if they are asked for, after a look at those that are not to move.
    fn pages(&self, press: Press<'_>) -> Vec<FrozenPage> {
        let job = &self.book.job;
        let Some(freeze) = job.freeze else {
            return Vec::new();
        };
        let pages = frozen::pages(&self.book.resolved, &self.setting.starts, press.sources);
        if let Some(known) = freeze.0.get(&job.edition.name) {
            frozen::judge(&job.edition.name, known, &pages, job.sink);
        }
        pages.into_iter().map(|(page, _)| page).collect()
    }

    /// As a file.
    fn write(&self, press: Press<'_>) -> Made {
        let SetBook {
            book,
            profile,
            setting,
        } = self;
        let job = &book.job;
        pictures::on_pages(&book.resolved, &setting.pages, profile, job.sink);
        let undrawn = |blank| pictures::undrawn(&book.resolved, &setting.pages, &blank, job.sink);
        let mut made = Made {
            bytes: None,
            extent: counted(setting.pages.pages.len(), "page"),
            what: Some(What::Bound(record::bound(
                self.count(),
                book.theme.page.trim,
                profile,
            ))),
            pages: self.pages(press),
            proved: None,
        };
        if job.depth == Depth::Check || book.manifest.proof {
            let pictures = book.stage("pictures");
            undrawn((press.timings).time(pictures, || pdf::blank(&setting.pages, profile)));
        }
        if job.depth == Depth::Check {
            return made;
        }
        (press.step)(&book.stage("writing"));
        if book.manifest.proof {
            // It is no book to be judged.
            if job.depth == Depth::Make {
                (made.bytes, made.extent) = self.proof(press);
            }
            return made;
        }
        let bytes = press.timings.time(book.stage("write"), || {
            pdf::write_with(&setting.pages, profile)
        });
        match bytes {
            Ok((bytes, blank)) => {
                undrawn(blank);
                press::weigh(bytes.len(), profile, book.kit(press), job.sink);
                made.bytes = Some(bytes);
            }
            Err(error) => book.failed(&error),
        }
        if let (Some(proof), Some(bytes)) = (job.proof, &made.bytes) {
            let fresh = Fresh {
                name: &job.edition.file_name,
                kind: Kind::Pdf,
                bytes,
                origins: prove::of_pdf(&book.resolved, &setting.starts),
                own: Own::of(&book.resolved, Target::Pdf),
                profile: Some(profile),
            };
            made.proved = proof.made(fresh, press, job.sink);
        }
        made
    }

    /// As a proof: its file, and what that holds.
    fn proof(&self, press: Press<'_>) -> (Option<Vec<u8>>, String) {
        let book = &self.book;
        let job = &book.job;
        let found = job.known.found(&book.manifest, job.sink, press.sources);
        let set = (&self.setting, &self.profile);
        let sheets = press.timings.time(book.stage("proof"), || {
            proofs::sheets(press, book.kit(press), &job.edition.name, set, &found)
        });
        let extent = format!(
            "{} on {}",
            counted(self.setting.pages.pages.len(), "page"),
            counted(sheets.pages.len(), "sheet")
        );
        let bytes = press.timings.time(book.stage("write"), || {
            pdf::write(&sheets, &proofs::profile())
        });
        let bytes = bytes.map_err(|error| book.failed(&error)).ok();
        (bytes, extent)
    }
}

/// Says that a file could not be made.
pub(super) fn failed(edition: &Edition, error: &dyn std::fmt::Display, sink: &Sink) {
    let message = format!("`{}` could not be made: {error}", edition.file_name);
    sink.push(Diagnostic::new(Code::CannotWrite, None, message));
}
