//! Sets an edition: from the model to pages.
//!
//! In: an [`Edition`], a [`Theme`], the [`Fonts`] at hand. Out: a [`Setting`]: the [`PageList`](pages::PageList) that the
//! PDF writer prints, the [`PageMap`], the [`PageStarts`] and a [`Report`](report::Report).
//!
//! Steps: cut the book into flows, runs of chapters between forced page ends ([`flow`]). For each flow, at the same
//! time: set its blocks into a galley ([`galley`], [`table`]), with paragraphs in all the numbers of lines in which they
//! look well ([`paragraph`]); cut the galley into pages ([`page::paginate`]); put each page's type area together
//! ([`page::compose`]). Then, in order: number the pages, lay out anew what shows page numbers until they settle, and
//! finish the book with running heads and folios, destinations and outline ([`page::finalize`]).

pub mod cover;
pub mod dump;
pub mod flow;
pub mod frame;
pub mod galley;
pub mod hyphen;
pub mod notes;
pub mod page;
pub mod pages;
pub mod paragraph;
pub mod plan;
pub mod proof;
pub mod report;
pub mod shape;
pub mod spacing;
pub mod structure;
pub mod style;
pub mod table;

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Sink};
use crate::font::Fonts;
use crate::resolve::{Edition, PageMap, PageStarts};
use crate::source::Sources;
use crate::theme::{Spread, Theme};
use crate::unit::{Abs, Side, Sides};

/// An edition, set.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its pages.
    pub pages: pages::PageList,
    /// On which page each place stands.
    pub map: PageMap,
    /// In which place each page begins.
    pub starts: PageStarts,
    /// What the pages are like.
    pub report: report::Report,
    /// Where text stands on them.
    pub grid: Grid,
}

/// Where text stands on the pages of a book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// From the trim to the type area.
    pub margins: Sides<Abs>,
    /// From the top of the type area to its first baseline.
    pub first: Abs,
    /// From baseline to baseline.
    pub step: Abs,
    /// How many lines a page has.
    pub lines: u32,
    /// Left and right pages face each other.
    pub facing: bool,
}

impl Grid {
    fn of(plan: &plan::Plan<'_>) -> Grid {
        Grid {
            margins: plan.page.margins,
            first: plan.baseline,
            step: plan.grid,
            // As `Plan` has it: the depth is so many lines.
            lines: u32::try_from(plan.depth.raw() / plan.grid.raw()).unwrap_or_default(),
            facing: plan.page.spread == Spread::Facing,
        }
    }
}

/// How often contents, and pages whose notes are numbered by the page, are laid out anew at most. Two rounds settle all but
/// the oddest book.
const ROUNDS: usize = 5;

/// The words of an edition that are hyphenated otherwise than by patterns: its languages' and its author's own.
fn exceptions(edition: &Edition) -> hyphen::Exceptions {
    let mut exceptions = hyphen::Exceptions::new();
    let manifest = &edition.book.manifest;
    for (lang, word) in &manifest.hyphenation {
        let lang = lang.as_ref().unwrap_or(&manifest.metadata.language);
        exceptions.add(&lang.primary(), word);
    }
    exceptions
}

/// An edition's galleys as text: what is set, before it is cut into pages.
pub fn dump_galley(
    edition: &Edition,
    theme: &Theme,
    fonts: &Fonts,
    sources: &Sources,
    sink: &Sink,
) -> String {
    let plan = plan::Plan::new(edition, theme, fonts, sources);
    let shaper = shape::Shaper::hyphenating(fonts, exceptions(edition));
    let flows = flow::flows(&plan);
    let galleys = flows.par_iter().map(|flow| {
        let (galley, _) = flow::set(flow, &plan, &shaper, sink);
        dump::galley(&galley)
    });
    galleys.collect::<Vec<_>>().concat()
}

/// Sets an edition. `timestamp` dates it, in seconds since 1970; `sources` has the texts that it was read from, for those
/// who are told of their lines. Never fails: what cannot be set as the author wished is
/// set as well as can be, and reported.
pub fn typeset(
    edition: &Edition,
    theme: &Theme,
    fonts: &Fonts,
    timestamp: i64,
    sources: &Sources,
    sink: &Sink,
) -> Setting {
    let mut plan = plan::Plan::new(edition, theme, fonts, sources);
    let shaper = shape::Shaper::hyphenating(fonts, exceptions(edition));
    let flows = flow::flows(&plan);
    // What is told of a flow is told of it as it was set last.
    let cast = |flow: &flow::Flow, plan: &plan::Plan<'_>| {
        let told = Sink::new();
        (flow::cast(flow, plan, &shaper, &told), told)
    };
    let (mut casts, mut told): (Vec<flow::Cast>, Vec<Sink>) =
        flows.par_iter().map(|flow| cast(flow, &plan)).unzip();
    let mut laid: Vec<(Side, flow::Laid)> = Vec::new();
    let mut stale = vec![true; flows.len()];
    let mut sheets;
    let mut round = 0;
    loop {
        sheets = page::finalize::sheets(&plan, &flows, &casts);
        let sides = page::finalize::sides(&sheets, flows.len());
        let old = std::mem::take(&mut laid).into_iter().map(Some);
        laid = old
            .chain(std::iter::repeat_with(|| None))
            .zip(sides)
            .collect::<Vec<_>>()
            .into_par_iter()
            .zip(casts.par_iter().zip(&stale))
            .map(|((old, side), (cast, stale))| match old {
                Some(old) if old.0 == side && !stale => old,
                _ => (side, cast.lay(side, &plan)),
            })
            .collect();
        let map = page::finalize::page_map(&plan, &flows, &laid, &sheets);
        let refused: Vec<_> = laid.iter().flat_map(|(_, laid)| &laid.refused).collect();
        let crowded = !refused.is_empty();
        if crowded {
            plan.refused.extend(refused);
            if round + 1 >= ROUNDS {
                // The next round is the last: whatever it finds, there is room for all.
                plan.margin = None;
            }
            plan.note_marks = notes::first_marks(edition, |note| plan.in_margin(note));
        }
        let marks = notes::page_marks(&plan, &laid);
        let moved = map != plan.folios;
        stale = flows
            .iter()
            .zip(&laid)
            .map(|(flow, (_, laid))| {
                let marked = |note| marks.get(note) != plan.note_marks.get(note);
                // A note that leaves the margin is counted with the others, in whatever chapter they are.
                crowded || (moved && flow.reads_folios) || laid.notes.iter().any(marked)
            })
            .collect();
        (plan.folios, plan.note_marks) = (map, marks);
        if !stale.contains(&true) {
            break;
        }
        if round == ROUNDS {
            let message = match notes::by_page(edition) {
                Some(_) => "the marks of notes that are numbered by the page did not settle",
                None => "page numbers in the contents did not settle",
            };
            sink.push(Diagnostic::new(Code::UnsettledPages, None, message));
            break;
        }
        round += 1;
        let again: Vec<_> = (0..flows.len())
            .into_par_iter()
            .filter(|at| stale[*at])
            .map(|at| (at, cast(&flows[at], &plan)))
            .collect();
        for (at, (new, new_told)) in again {
            (casts[at], told[at]) = (new, new_told);
        }
    }
    let folios = page::finalize::folios(&sheets, flows.len());
    let finished = casts.into_iter().zip(laid).zip(folios).zip(&flows);
    let laid: Vec<flow::Laid> = finished
        .map(|(((cast, (side, mut laid)), folios), flow)| {
            cast.report((side, &laid), &folios, &plan, sink);
            cast.finish(&mut laid, flow, &plan);
            laid
        })
        .collect();
    let starts = page::starts::of_book(&sheets, &laid);
    // What was found before there were pages is on the page that has its place.
    let found = Sink::new();
    told.into_iter().for_each(|told| found.absorb(told));
    shaper.report(sources, &found);
    let pages_of = page::whereabouts::Whereabouts::new(&plan, &starts);
    sink.absorb_each(&found, |found| pages_of.show(found));
    let (pages, report) =
        page::finalize::finalize(&plan, &shaper, (&flows, laid), &sheets, timestamp, sink);
    Setting {
        pages,
        grid: Grid::of(&plan),
        map: plan.folios,
        starts,
        report,
    }
}
