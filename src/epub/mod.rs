//! Writes an edition as an EPUB.
//!
//! In: an [`Edition`], a [`Theme`](crate::theme::Theme). Steps: name the files (`names`); write a document per chapter, in parallel
//! ([`documents`]: `chapter`, `block`, `inline`, `table`, `note`); the style sheet (`css`).//!
//! Markup goes through one serializer (`xhtml`), looks through one table (`css`); nothing else writes a tag or a rule.

mod block;
mod chapter;
pub mod css;
mod inline;
mod names;
mod note;
mod table;
mod xhtml;

pub use xhtml::Xhtml;

use rayon::prelude::*;

use crate::model::ChapterId;
use crate::resolve::Edition;

/// The content documents in reading order: each file's name in `text/` and what it says.
pub fn documents(edition: &Edition) -> Vec<(String, String)> {
    let names = names::Names::of(edition);
    let write = |(index, chapter): (usize, &std::sync::Arc<crate::model::Chapter>)| {
        let document = chapter::document(edition, &names, ChapterId(index as u32), chapter);
        (document.name, document.xhtml)
    };
    edition
        .book
        .chapters
        .par_iter()
        .enumerate()
        .map(write)
        .collect()
}
