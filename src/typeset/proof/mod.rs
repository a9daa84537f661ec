//! Proofs: the set pages on sheets for those who correct a book.
//!
//! In: a [`Setting`], and the [`Case`]: what was found in the book, and what its printer asks. Out: a [`PageList`] of
//! sheets. The first has the key: what lines and colours mean, counts, the codes that were found, and what stands on no page.
//! Each sheet behind it shows two pages as they will lie in the book, with the type area, the baseline grid and what the
//! printer goes by in thin lines, a mark beside each line that something was found in, and the findings at its foot; what
//! does not fit there follows on a sheet of its own. Marks lead to entries and entries to marks; the book's own links, its
//! outline and its structure are kept.
//!
//! Steps: findings are brought to their lines (`locate`) and numbered as the pages are read (`noted`); the sheet is measured
//! (`form`); the pages are lifted onto it (`lift`), with lines (`ground`) and marks (`marks`), each entry is set (`entry`) and
//! the entries are shared out among columns (`tray`); the key is made (`key`); what a sheet is called is put above it
//! (`impose`).

mod entry;
mod form;
mod ground;
mod impose;
mod key;
mod lift;
mod locate;
mod looks;
mod marks;
mod noted;
mod scribe;
mod tray;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Setting;
use super::pages::PageList;
use super::plan::Plan;
use super::shape::Shaper;
use super::structure::Tag;
use crate::diag::{Diagnostic, Sink};
use crate::font::Fonts;
use crate::manifest::Manifest;
use crate::model::{Chapter, ChapterId, ChapterRole, Lang, Matter, Origin};
use crate::resolve::{Book, Edition, Facts};
use crate::source::Sources;
use crate::theme::Theme;
use crate::unit::{Abs, Sides};
use impose::Imposer;
use scribe::Scribe;

/// What a proof is made with, beside the pages.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The book that was set.
    pub edition: &'a Edition,
    /// What its author calls this edition.
    pub name: &'a str,
    /// Its looks.
    pub theme: &'a Theme,
    /// The fonts at hand.
    pub fonts: &'a Fonts,
    /// The texts that it was read from.
    pub sources: &'a Sources,
    /// What was found in it, each at its level.
    pub found: &'a [Diagnostic],
    /// How far inside the trim its printer wants text to keep; all zero if nobody asks for anything.
    pub safety: Sides<Abs>,
    /// What the printer is called; empty where nobody prints.
    pub printer: &'a str,
}

/// Makes the sheets. Never fails; the same pages and findings give the same sheets.
pub fn proof(setting: &Setting, case: &Case<'_>) -> PageList {
    let own = own_edition();
    let plan = Plan::new(&own, case.theme, case.fonts, case.sources);
    let shaper = Shaper::new(case.fonts);
    // What is said in a proof was found in the book, and is no news.
    let quiet = Sink::new();
    let Some(mut cx) = plan.context(&shaper, &quiet, ChapterId(0), Tag::Document) else {
        // There is the one chapter of `own_edition`.
        return setting.pages.clone();
    };
    cx.structure = setting.pages.structure.clone();
    let scribe = Scribe::new(&plan, cx);
    Imposer::new(setting, case, scribe).impose()
}

/// What the words of a proof are set as: a book in English without a word, whatever the language of the one that is proofed.
fn own_edition() -> Edition {
    let mut manifest = Manifest::default();
    manifest.metadata.language = Lang::default();
    let origin = Origin::Made(String::from("proof"));
    let chapter = Chapter::made(origin, Matter::Body, ChapterRole::Other);
    Edition {
        book: Book {
            manifest: Arc::new(manifest),
            chapters: vec![Arc::new(chapter)],
            assets: BTreeMap::new(),
        },
        facts: Facts::default(),
    }
}
