//! What shops ask of an EPUB, and whether a book keeps to it.
//!
//! In: a shop's name, or a YAML file of the book's, and the [`Wares`]: what a shop looks at, be it of a book that is being
//! made or of a finished file. Out: a diagnostic for each breach, at the place in the book that it comes from, with the
//! rule, whose it is and as of when. What shops ask stands in dated files (`builtin/`), not in code, each rule with its
//! source; what is not known from the shop itself is marked `unsure` and never fails a book. Steps: a shop is found by
//! its name or one of its other names (`load`), its rules are read (`read`) and each is held against the wares (`judge`).
//! `listing` prints the rules for the manual.

mod css;
mod judge;
mod listing;
mod load;
mod read;
mod rule;
#[cfg(test)]
mod tests;
mod wares;

pub use css::forced;
pub use judge::{judge, refused_somewhere};
pub use listing::listing;
pub use load::{BUILTIN, builtin, load};
pub use rule::{Ask, Force, Rule};
pub use wares::{Contents, Cover, Kind, Picture, Wares};

/// A shop, or a law that shops keep to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// As an author names it: `kobo`, `house.yaml`.
    pub name: String,
    /// As it calls itself: `Kobo`.
    pub title: String,
    /// When the rules were last compared with what the shop says: `2026-11-23`.
    pub verified_on: String,
    /// What it asks, the strictest of a kind first.
    pub rules: Vec<Rule>,
}
