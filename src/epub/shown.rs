//! What shops look at in an EPUB and only its writer knows.

use std::collections::BTreeSet;

use super::names::Names;
use super::{nav, package};
use crate::resolve::Edition;
use crate::resolve::access::Access;

/// How many entries the contents have that reading systems show, and how many levels.
pub fn contents(edition: &Edition) -> (usize, u8) {
    let names = Names::of(edition);
    let outline = nav::outline(edition, &names);
    let deepest = outline.iter().map(|entry| entry.depth.saturating_add(1));
    (outline.len(), deepest.max().unwrap_or(0))
}

/// The properties that the package's metadata has: `schema:accessMode`, `dcterms:modified` and so on.
pub fn claims(edition: &Edition, access: &Access) -> BTreeSet<String> {
    // No date is a property by its value.
    let markup = package::metadata(edition, access, 0, None);
    let properties = markup.split(" property=\"").skip(1);
    properties
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}
