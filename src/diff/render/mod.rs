//! Changes as texts: for people in lines, for programs as a document, for the eye as a page with both copies side by side.
//!
//! In: [`Report`]s of what was compared. Out: text that ends in a line end, and depends on nothing else.

mod html;
mod json;
mod list;
mod picture;

pub use html::{Sheet, html};
pub use json::{SCHEMA, json};
pub use list::list;
pub use picture::picture;

use super::changes::Changes;

/// What was compared, and what came of it.
pub struct Report<'a> {
    /// Pairs of files, in order.
    pub pairs: &'a [Compared],
    /// Files that only one side has: what the user calls them, and whether it is the new side.
    pub single: &'a [(String, bool)],
}

/// Two files, compared.
pub struct Compared {
    /// What the user calls the old one.
    pub old: String,
    /// What the user calls the new one.
    pub new: String,
    /// What is different.
    pub changes: Changes,
}

impl Report<'_> {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.single.is_empty() && self.pairs.iter().all(|pair| pair.changes.is_empty())
    }
}

/// `1 page`, `431 pages`.
fn counted(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        number => format!("{number} {what}s"),
    }
}

/// What a page, or a document, is called in a list: its label, or its number where it has none.
fn called(names: &[String], part: usize) -> String {
    match names.get(part) {
        Some(name) if !name.is_empty() => name.clone(),
        _ => format!("[{}]", part + 1),
    }
}
