//! How a book looks, in words that both writers understand.
//!
//! In: a built-in theme or a `theme.yaml`, then the book's own `style:`, `trim:` and `margins:`. Out: a [`Theme`]: the
//! page and, for each role, a list of [`Declaration`]s. The EPUB writer makes CSS of them and the typesetter makes
//! styles; each matches on `Declaration` without a wildcard, so a new one does not compile until both say what it means.
//!
//! Steps: [`load`] finds the theme's layers (a built-in one, the file's `extends:` chain, the book's overlays),
//! `cascade` lays them over each other, `schema` reads each value and says where it is wrong.

mod cascade;
mod contrast;
mod cover;
mod declaration;
mod ends;
mod fit;
mod float;
mod ink;
mod margins;
mod notes;
mod page;
mod schema;

pub use cascade::load;
pub use contrast::Faint;
pub use cover::{CoverAuthor, CoverFront, CoverSpec};
pub use declaration::{
    Break, Caps, Color, Declaration, Family, Figures, Initial, Justify, LeadIn, Ligatures, Turnover,
};
pub use ends::PageEnds;
pub use fit::{Give, HyphenLimits, Protrusion, WordSpace};
pub use float::{FloatLimits, FloatPlaces};
pub use ink::ink;
pub use notes::{LastPage, MarginNotes, NoteSpec};
pub use page::{COLUMN_GAP, FolioPlace, Head, PageSpec, Spread, Terms, Thumb};

use std::collections::BTreeMap;

use crate::model::Role;
use crate::yaml::Node;

/// The themes inside the program, by name.
pub const BUILTIN: &[(&str, &str)] = &[
    ("novel", include_str!("builtin/novel.yaml")),
    ("report", include_str!("builtin/report.yaml")),
    ("manual", include_str!("builtin/manual.yaml")),
    ("poetry", include_str!("builtin/poetry.yaml")),
    ("large-print", include_str!("builtin/large-print.yaml")),
];

/// A colour as a theme writes it: `#8a1c1c`, `black`, `grey 40%`; `None` for anything else.
pub fn color(node: &Node) -> Option<Color> {
    schema::color(node).ok()
}

/// A book's looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// `novel`, `report`, or a file's name.
    pub name: String,
    /// The printed page.
    pub page: PageSpec,
    /// What is said of each role. A property stands at most once in a list.
    pub roles: BTreeMap<Role, Vec<Declaration>>,
    /// What is said of each class of an author's, by the class's name.
    pub classes: BTreeMap<String, Vec<Declaration>>,
}

impl Theme {
    /// What is said of a role.
    pub fn role(&self, role: Role) -> &[Declaration] {
        self.roles.get(&role).map_or(&[], Vec::as_slice)
    }

    /// What is said of a class.
    pub fn class(&self, class: &str) -> &[Declaration] {
        self.classes.get(class).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests;
