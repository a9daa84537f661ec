//! What shops and judges of an EPUB want to know and only its writer does.

use std::collections::BTreeSet;

use super::names::Names;
use super::{container, nav, package};
use crate::model::ChapterId;
use crate::resolve::Edition;
use crate::resolve::access::Access;

/// How many entries the contents have that reading systems show, and how many levels.
pub fn contents(edition: &Edition) -> (usize, u8) {
    let names = Names::of(edition);
    let outline = nav::outline(edition, &names);
    let deepest = outline.iter().map(|entry| entry.depth.saturating_add(1));
    (outline.len(), deepest.max().unwrap_or(0))
}

/// The chapters' files, by their paths from the root of the EPUB.
pub fn paths(edition: &Edition) -> Vec<(String, ChapterId)> {
    let names = Names::of(edition);
    let chapters = (0..).map(ChapterId).zip(names.chapters);
    let paths = chapters.filter_map(|(id, path)| Some((container::ROOT.to_owned() + &path?, id)));
    paths.collect()
}

/// The pictures' files, by their paths from the root of the EPUB, each with its path in the book's folder.
pub fn pictures(edition: &Edition) -> Vec<(String, String)> {
    let names = Names::of(edition).images.into_iter();
    let paths = names.map(|(image, path)| (container::ROOT.to_owned() + &path, image));
    paths.collect()
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
