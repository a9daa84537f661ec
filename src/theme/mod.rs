//! How a book looks, in words that both writers understand.
//!
//! In: a built-in theme or a `theme.yaml`, then the book's own `style:`. Out: a [`Theme`]: the page and, for each role,
//! a list of [`Declaration`]s. The EPUB writer makes CSS of them and the typesetter makes styles; each matches on
//! `Declaration` without a wildcard, so a new one does not compile until both say what it means.

mod declaration;
mod page;

pub use declaration::{Break, Caps, Color, Declaration, Family, Figures, Justify};
pub use page::{FolioPlace, Head, PageSpec, Spread};

use std::collections::BTreeMap;

use crate::model::Role;

/// A book's looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// `novel`, `report`, or a file's name.
    pub name: String,
    /// The printed page.
    pub page: PageSpec,
    /// What is said of each role, later declarations over earlier ones.
    pub roles: BTreeMap<Role, Vec<Declaration>>,
    /// What is said of each class of an author's, by the class's name.
    pub classes: BTreeMap<String, Vec<Declaration>>,
}

impl Theme {
    /// What is said of a role.
    pub fn role(&self, role: Role) -> &[Declaration] {
        self.roles.get(&role).map_or(&[], Vec::as_slice)
    }
}
