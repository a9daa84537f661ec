//! From a book's folder to its outputs.
//!
//! In: a [`World`] and a [`Request`]. Out: a [`Run`]: the bytes of each output and all that was found. Steps: the manifest
//! is loaded; the chapters are read, parsed and refined in parallel, once for all editions that read them alike; then,
//! for each edition, the book is resolved, dressed in its theme and written, as EPUB or as PDF, side by side.
//! Nothing is put on disk here but by [`output::write`].

mod access;
mod anew;
mod books;
mod chapters;
mod cover;
mod ebook;
mod families;
mod finished;
mod frozen;
mod granted;
mod inputs;
mod levels;
mod lint;
pub mod output;
mod pair;
mod pictures;
mod press;
mod proofs;
mod prove;
mod record;
mod shops;
mod stage;
mod timings;

pub use crate::manifest::{Entry, Format, Level};
pub use families::list_fonts;
pub use finished::{Finished, judge_finished};
pub use granted::Granted;
pub use inputs::{Inputs, Noted, rules};
pub use levels::Levels;
pub use prove::{Panel, Silence, Verdict};
pub use stage::{Stage, dump};
pub use timings::Timings;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::check::store::Outlets;
use crate::check::{Frozen, FrozenPage};
use crate::diag::{Code, Diagnostic, Severity, Sink, nearest};
use crate::font::Fonts;
use crate::manifest::{self, Edition, Manifest, Project};
use crate::onix::Bound;
use crate::profile::Profile;
use crate::resolve::access::Access;
use crate::source::{Sources, World};
use crate::theme::{self, Theme};
use books::{Job, Made};
use prove::Proof;

/// 1980-01-01: no file in a zip can be older, and no EPUB or PDF is.
const OLDEST: i64 = 315_532_800;

/// The stack of a thread, in bytes: nesting is bounded, but a debug build is generous with its frames.
const STACK: usize = 16 << 20;

/// Does something on so many threads; on one per core if none are asked for.
///
/// # Errors
/// When the operating system gives no threads.
pub fn on_threads<T: Send>(
    number: Option<u16>,
    work: impl FnOnce() -> T + Send,
) -> std::io::Result<T> {
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(number.map_or(0, usize::from))
        .stack_size(STACK)
        .build()
        .map_err(std::io::Error::other)?;
    Ok(threads.install(work))
}

/// What only comes to light when an output is made: a check does not look for it.
pub const ONLY_MADE: [Code; 2] = [Code::LargeFile, Code::CannotWrite];

/// What only a check looks for: slips in the words, which are no reason to stop at while a book is being written.
pub const ONLY_CHECKED: [Code; 15] = crate::check::manuscript::CODES;

/// What to build.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where the book begins.
    pub entry: Entry,
    /// `--set`: keys and values, in order.
    pub settings: Vec<(String, String)>,
    /// Only these editions; all if empty.
    pub editions: Vec<String>,
    /// Only editions of this format.
    pub format: Option<Format>,
    /// Proofs only: of the PDF editions asked for, or else of those that are proofs, or else of all.
    pub proof: bool,
    /// What the command line says of levels.
    pub levels: Levels,
    /// Who is to take the outputs, by name: shops, printers.
    pub outlets: Vec<String>,
    /// `SOURCE_DATE_EPOCH`: goes before the book's own date.
    pub epoch: Option<i64>,
    /// Pages that are not to move; with it, outputs tell their pages.
    pub freeze: Option<Frozen>,
}

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Find faults only.
    Check,
    /// Find faults, in the outputs too, which are made for it.
    Prove,
    /// Make the outputs' bytes.
    Make,
}

/// A finished output.
#[derive(Debug)]
pub struct Output {
    /// The edition's name.
    pub edition: String,
    /// The file's name.
    pub file_name: String,
    /// Its bytes; `None` if it could not be made.
    pub bytes: Option<Vec<u8>>,
    /// What it holds: `431 pages`.
    pub extent: String,
    /// Where its pages begin and end, if that was asked for.
    pub pages: Vec<FrozenPage>,
    /// Errors of the book or of this edition.
    pub errors: Vec<Diagnostic>,
}

/// What came of a build.
#[derive(Debug, Default)]
pub struct Run {
    /// One per edition, in their order; empty if nothing could be made.
    pub outputs: Vec<Output>,
    /// What was found, each at its level, in order.
    pub found: Vec<Diagnostic>,
}

impl Run {
    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let found = self.found.iter();
        found.filter(|found| found.severity == severity).count()
    }
}

/// What every stage is given.
#[derive(Clone, Copy)]
pub struct Press<'a> {
    /// The book's files.
    pub world: &'a dyn World,
    /// All texts read.
    pub sources: &'a Sources,
    /// Where the time goes.
    pub timings: &'a Timings,
    /// Told of each step, for a progress display.
    pub step: &'a (dyn Fn(&str) + Sync),
    /// Validators from outside, if any are to be asked about finished files.
    pub panel: Option<&'a dyn Panel>,
}

/// Builds or checks a book.
pub fn run(press: Press<'_>, request: &Request, depth: Depth) -> Run {
    let shared = Sink::new();
    let levels = &request.levels;
    (press.step)("reading");
    let loaded = press.timings.time("load", || {
        manifest::load(
            press.world,
            press.sources,
            &request.entry,
            &request.settings,
            &shared,
        )
    });
    let outlets = Outlets::named(&request.outlets, press.world, press.sources, &shared);
    let Some(mut project) = loaded else {
        return Run {
            outputs: Vec::new(),
            found: judged(&shared, levels, &Manifest::default(), press.sources),
        };
    };
    if request.proof {
        proofs::only(&mut project, request);
    }
    if !outlets.shops.is_empty() {
        prove::ask_shops(&mut project, &outlets);
    }
    let editions = select(&project, request, &shared);
    let proof = (depth == Depth::Prove).then(|| Proof {
        screens: !editions.iter().any(|edition| prove::is_for_press(edition)),
        outlets,
    });
    let of = |format: Format| -> Vec<&Edition> {
        let all = editions.iter().copied();
        all.filter(|edition| edition.format == format).collect()
    };
    let (covers, records) = (of(Format::Cover), of(Format::Onix));
    let mut books = editions.clone();
    books.retain(|edition| matches!(edition.format, Format::Epub | Format::Pdf));
    let asked = books.len();
    // What a cover goes round, and what the trade is told of, is set to be counted, even if nobody asked for it; and what an
    // EPUB tells the pages of.
    books.extend(record::about(&project, &records, &books));
    // What the trade is told of an EPUB is what it is beside the pages that the trade is told of.
    let told = books.len();
    books.extend(cover::around(&project, &covers, &books));
    if depth != Depth::Check {
        books.extend(books::paging(&project, &books, told));
    }
    let manifests: Vec<&Manifest> = books
        .iter()
        .chain(&covers)
        .map(|edition| &edition.manifest)
        .collect();
    let (chapters, fonts) = rayon::join(
        || {
            press.timings.time("read", || {
                chapters::of_editions(&manifests, press.world, press.sources, &shared)
            })
        },
        || {
            press
                .timings
                .time("fonts", || fonts(&manifests, press, &shared))
        },
    );
    let judge_words = |books: (&[&Edition], &[Vec<_>]), sink: &Sink| {
        (press.step)("judging the words");
        press.timings.time("words", || {
            lint::judge(press, &project, request, books, sink)
        });
    };
    // A proof shows what is found in the words; a build does not speak of it.
    let words = Sink::new();
    if depth != Depth::Make {
        judge_words((&books[..asked], &chapters), &shared);
    } else {
        let (proofs, read) = proofs::among(&books[..asked], &chapters);
        if !proofs.is_empty() {
            judge_words((&proofs, &read), &words);
        }
    }
    let shared = shared.finish(press.sources);
    let mut in_proofs = shared.clone();
    in_proofs.extend(words.finish(press.sources));
    let known = proofs::Known {
        found: &in_proofs,
        levels,
    };
    // A cover has none of the text, and has a say only where nothing else is made.
    let judges = match (asked, manifests.as_slice()) {
        (0, []) => &[&project.book][..],
        (0, all) => all,
        (asked, all) => &all[..asked],
    };
    let common = levels.strictest(judges, &shared);
    let finish = |edition: &Edition, made: Made, sink: &Sink| {
        let found = judged(sink, levels, &edition.manifest, press.sources);
        let mut errors = errors_of(&levels.strictest(&[&edition.manifest], &shared));
        errors.extend(errors_of(&found));
        if edition.manifest.proof {
            // It is made to show them.
            errors.clear();
        }
        let output = Output {
            edition: edition.name.clone(),
            file_name: edition.file_name.clone(),
            bytes: made.bytes,
            extent: made.extent,
            pages: made.pages,
            errors,
        };
        (output, found)
    };
    let (texts, cover_fonts) = fonts.split_at(books.len());
    let sinks: Vec<Sink> = books.iter().map(|_| Sink::new()).collect();
    let jobs = books.iter().zip(chapters).zip(texts).zip(&sinks);
    let jobs = jobs
        .enumerate()
        .map(|(at, (((edition, chapters), fonts), sink))| Job {
            edition,
            chapters,
            fonts,
            timestamp: timestamp(&edition.manifest, request, press.world),
            depth: if at < asked { depth } else { Depth::Check },
            known,
            freeze: request.freeze.as_ref(),
            proof: proof.as_ref().filter(|_| at < asked),
            sink,
        });
    let mut made = books::make(press, jobs.collect(), told);
    let unlike = pair::unlike(press, &books[..asked], &mut made, levels);
    let what: BTreeMap<&str, &What> = books
        .iter()
        .zip(&made)
        .filter_map(|(edition, made)| Some((edition.name.as_str(), made.what.as_ref()?)))
        .collect();
    let counts: BTreeMap<&str, u32> = what
        .iter()
        .filter_map(|(name, what)| Some((*name, what.pages()?)))
        .collect();
    let records = records.iter().map(|edition| {
        let sink = Sink::new();
        let timestamp = timestamp(&edition.manifest, request, press.world);
        let made = record::make(&project, edition, &what, timestamp, depth, &sink);
        finish(edition, made, &sink)
    });
    let records: Vec<_> = records.collect();
    let covers = covers.par_iter().zip(cover_fonts).map(|(edition, fonts)| {
        let sink = Sink::new();
        let timestamp = timestamp(&edition.manifest, request, press.world);
        let made = cover::make_cover(press, edition, fonts, &counts, timestamp, depth, &sink);
        finish(edition, made, &sink)
    });
    let covers: Vec<_> = covers.collect();
    let asked = books.iter().zip(made).zip(&sinks).take(asked);
    let books = asked.map(|((edition, made), sink)| finish(edition, made, sink));
    let mut made: Vec<(Output, Vec<Diagnostic>)> = books.chain(covers).chain(records).collect();
    let place = |output: &Output| {
        editions
            .iter()
            .position(|edition| edition.name == output.edition)
    };
    made.sort_by_key(|(output, _)| place(output));
    // What several editions find at one place is said once.
    let all = Sink::new();
    let (outputs, found): (Vec<_>, Vec<_>) = made.into_iter().unzip();
    common
        .into_iter()
        .chain(found.into_iter().flatten())
        .chain(unlike)
        .for_each(|found| all.push(found));
    Run {
        outputs,
        found: all.finish(press.sources),
    }
}

fn judged(sink: &Sink, levels: &Levels, manifest: &Manifest, sources: &Sources) -> Vec<Diagnostic> {
    let found = sink.finish(sources).into_iter();
    found
        .filter_map(|found| levels.judge(&manifest.levels, found))
        .collect()
}

fn errors_of(found: &[Diagnostic]) -> Vec<Diagnostic> {
    let errors = found
        .iter()
        .filter(|found| found.severity == Severity::Error);
    errors.cloned().collect()
}

/// The editions asked for, in the book's order.
fn select<'p>(project: &'p Project, request: &Request, sink: &Sink) -> Vec<&'p Edition> {
    let names = || project.editions.iter().map(|edition| edition.name.as_str());
    for name in &request.editions {
        if names().any(|known| known == name) {
            continue;
        }
        let found = Diagnostic::new(
            Code::UnknownEdition,
            None,
            format!("the book has no edition `{name}`"),
        );
        sink.push(match nearest(name, names()) {
            Some(near) => found.hint(format!("did you mean `{near}`?")),
            None => {
                let names: Vec<String> = names().map(|name| format!("`{name}`")).collect();
                found.hint(format!("its editions: {}", names.join(", ")))
            }
        });
    }
    let wanted = |edition: &&Edition| {
        (request.editions.is_empty() || request.editions.contains(&edition.name))
            && request.format.is_none_or(|format| format == edition.format)
            && (!request.proof || edition.manifest.proof)
    };
    let editions: Vec<&Edition> = project.editions.iter().filter(wanted).collect();
    if editions.is_empty()
        && request
            .editions
            .iter()
            .all(|name| names().any(|known| known == name))
    {
        let (message, hint) = match request.proof {
            true => (
                "no edition asked for is a PDF, of which there could be a proof",
                "name a PDF edition, or add one under `editions:`",
            ),
            false => (
                "no edition is of the format asked for",
                "leave out `--to`, or add an edition of that format under `editions:`",
            ),
        };
        sink.push(Diagnostic::new(Code::UnknownEdition, None, message).hint(hint));
    }
    editions
}

/// The fonts of each edition. Editions with the same font folder share them.
fn fonts(manifests: &[&Manifest], press: Press<'_>, sink: &Sink) -> Vec<Arc<Fonts>> {
    let mut out: Vec<Arc<Fonts>> = Vec::with_capacity(manifests.len());
    for (index, manifest) in manifests.iter().enumerate() {
        let alike = manifests[..index].iter().position(|other| {
            (&other.fonts, other.system_fonts) == (&manifest.fonts, manifest.system_fonts)
        });
        out.push(match alike {
            Some(other) => Arc::clone(&out[other]),
            None => {
                let folder = manifest.fonts.as_ref();
                Arc::new(Fonts::load(
                    press.world,
                    folder,
                    manifest.system_fonts,
                    press.sources,
                    sink,
                ))
            }
        });
    }
    out
}

/// When the outputs say that they were made: `SOURCE_DATE_EPOCH`, else the book's date, else the world's fixed day. A
/// book may be older than any file; its files are not.
fn timestamp(manifest: &Manifest, request: &Request, world: &dyn World) -> i64 {
    let date = manifest
        .metadata
        .date
        .as_deref()
        .and_then(manifest::days_of)
        .map(|days| days * 86_400);
    let date = date.filter(|date| *date >= OLDEST);
    request
        .epoch
        .or(date)
        .unwrap_or_else(|| world.timestamp())
        .max(OLDEST)
}

fn dress(press: Press<'_>, manifest: &Manifest, sink: &Sink) -> Theme {
    theme::load(
        manifest.theme.as_ref(),
        &manifest.style,
        press.world,
        press.sources,
        sink,
    )
}

/// What a PDF is made for.
fn purpose(press: Press<'_>, manifest: &Manifest, sink: &Sink) -> Profile {
    let asked = &manifest.purpose;
    asked.profile(press.world, press.sources, sink)
}

/// What an output is as a thing to be had: what covers and records go by.
#[derive(Clone, Debug)]
enum What {
    /// An EPUB, and what may be claimed of its accessibility.
    Epub(Access),
    /// A book's pages.
    Bound(Bound),
}

impl What {
    /// How many pages; of a PDF.
    fn pages(&self) -> Option<u32> {
        match self {
            What::Epub(_) => None,
            What::Bound(bound) => Some(bound.pages),
        }
    }
}

/// `1 page`, `431 pages`.
fn counted(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        number => format!("{number} {what}s"),
    }
}
