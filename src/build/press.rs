//! Sets a PDF's pages as its profile asks.
//!
//! In: a resolved edition, its theme, its [`Profile`]. Out: a [`Setting`] whose pages keep to the profile as far as the
//! author lets them, with findings where they do not. Steps: what the theme says of the page is brought to what the press
//! asks ([`margins`]); the book is set, and set again with a wider gutter while its number of pages, or what hangs out of
//! its lines, asks for one; lines and tints that are too fine are brought to the press's limits ([`temper`]); blank pages
//! fill the last leaf; the pages are proofed ([`proof`]).
//!
//! The loop only ever widens margins, so it ends: a book of 301 pages that its wider gutter makes longer is set again,
//! and one that would be shorter with the wider gutter keeps it.

mod margins;
mod place;
mod proof;
mod temper;

use std::sync::Arc;

use crate::diag::Sink;
use crate::font::Fonts;
use crate::profile::Profile;
use crate::resolve::{Edition, PageStart};
use crate::source::Sources;
use crate::theme::{Spread, Theme};
use crate::typeset::frame::Frame;
use crate::typeset::page::finalize::printed;
use crate::typeset::pages::{Label, Page, PageList};
use crate::typeset::{self, Setting};
use crate::unit::Side;

use margins::Said;

pub use proof::weigh;

/// How often a book is set at most: the first time, once for each step of a gutter that widens with the number of pages,
/// and no more than this, for then the widest gutter is taken.
const ROUNDS: usize = 5;

/// What a book is set with.
#[derive(Clone, Copy)]
pub struct Kit<'a> {
    /// The book.
    pub edition: &'a Edition,
    /// Its looks.
    pub theme: &'a Theme,
    /// The fonts at hand.
    pub fonts: &'a Fonts,
    /// Seconds since 1970.
    pub timestamp: i64,
    /// The texts that it was read from.
    pub sources: &'a Sources,
}

/// Sets an edition for what it is made for. Never fails: what the press will not take is reported.
pub fn set(kit: Kit<'_>, profile: &Profile, sink: &Sink) -> Setting {
    let manifest = &kit.edition.book.manifest;
    let said = Said::of(&manifest.style);
    let mut theme = kit.theme.clone();
    theme.page.bleed = profile.bleed().unwrap_or_default();
    if profile.sheet.bound {
        theme.page.spread = Spread::Facing;
    }
    let mut least = profile.least_margins(1);
    let mut round = 1;
    let setting = loop {
        said.raise(&mut theme.page, least.value);
        // What is told of the book is told of it as it was set last.
        let told = Sink::new();
        let mut setting = typeset::typeset(
            kit.edition,
            &theme,
            kit.fonts,
            kit.timestamp,
            kit.sources,
            &told,
        );
        fill_leaf(&mut setting.pages, &theme, profile);
        let filled = &setting.pages.pages[setting.starts.0.len()..];
        setting.starts.0.extend(filled.iter().map(|page| PageStart {
            label: printed(page.label),
            at: None,
        }));
        least = margins::least(profile, &setting.pages, &theme.page);
        let hang = margins::hang(&setting.pages, &theme.page);
        least.value.inner += hang;
        least.value.outer += hang;
        if round == ROUNDS || !said.would_raise(&theme.page, least.value) {
            sink.absorb(told);
            break setting;
        }
        round += 1;
        if round == ROUNDS {
            // However thick the book becomes, this is enough.
            let widest = profile.sheet.inside.iter().map(|step| step.least.value);
            least.value.inner = widest.max().unwrap_or_default().max(least.value.inner);
        }
    };
    let mut setting = setting;
    temper::temper(&mut setting.pages, profile);
    temper::report(&manifest.style, profile, sink);
    said.report(&theme.page, profile, &setting.pages, kit, sink);
    proof::proof(&setting.pages, &theme, profile, kit, sink);
    setting
}

/// Adds the blank pages that the press asks for: until the number of pages is even, and the last one is blank.
fn fill_leaf(list: &mut PageList, theme: &Theme, profile: &Profile) {
    let sheet = &profile.sheet;
    let blank = |page: &Page| page.frame.items.is_empty();
    loop {
        let odd = sheet.even && !list.pages.len().is_multiple_of(2);
        let printed = sheet.last_blank && list.pages.last().is_some_and(|last| !blank(last));
        let Some(last) = list.pages.last().filter(|_| odd || printed) else {
            return;
        };
        let side = match last.side {
            Side::Recto if theme.page.spread == Spread::Facing => Side::Verso,
            _ => Side::Recto,
        };
        let label = match last.label {
            Label::Roman(number) => Label::Roman(number + 1),
            Label::Arabic(number) => Label::Arabic(number + 1),
        };
        let spine_left =
            (side == Side::Recto) != list.info.rtl || theme.page.spread == Spread::Single;
        let mut frame = Frame::new(last.trim);
        frame.baseline = Default::default();
        let page = Page {
            side,
            folio: String::new(),
            label,
            trim: last.trim,
            bleed: theme.page.bled(spine_left),
            frame: Arc::new(frame),
            element_base: 0,
            slot_base: 0,
        };
        list.pages.push(page);
    }
}
