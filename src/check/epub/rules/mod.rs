//! What an EPUB must keep to, one file per family of rules.
//!
//! In: a [`Publication`]. Out: findings, each at the line where it can be mended. Rules look at what was read; what could not be read
//! has been told, and nothing is said again because of it.

mod access;
mod attributes;
mod container;
mod documents;
mod drawings;
mod fixed;
mod foreign;
mod formulas;
mod images;
mod links;
mod manifest;
mod markup;
mod media;
mod metadata;
mod names;
mod navigation;
mod ncx;
mod oldtables;
mod overlays;
mod package;
mod properties;
mod records;
mod refine;
mod spine;
mod styles;
mod tables;
mod values;
mod vocabulary;

use super::publication::Publication;
use super::tally::Tally;
use crate::diag::Sink;

/// Judges an EPUB.
pub fn judge(publication: &Publication, sink: &Sink) {
    let tally = Tally::new(sink);
    let rules = [
        container::judge,
        names::judge,
        package::judge,
        metadata::judge,
        refine::judge,
        records::judge,
        vocabulary::judge,
        manifest::judge,
        properties::judge,
        spine::judge,
        navigation::judge,
        ncx::judge,
        documents::judge,
        markup::judge,
        foreign::judge,
        drawings::judge,
        formulas::judge,
        links::judge,
        media::judge,
        fixed::judge,
        overlays::judge,
        images::judge,
        styles::judge,
        access::judge,
    ];
    for rule in rules {
        rule(publication, &tally);
    }
    tally.finish();
}
