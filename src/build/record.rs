//! Records for the book trade: made after the products that they tell of.
//!
//! In: an edition that is a record, and what came of making the others. Out: its file. Which products it tells of, its
//! author says; else those that have an ISBN: EPUBs, and PDFs that go to a press.

use std::collections::BTreeMap;

use super::{Depth, Made, What, counted};
use crate::diag::Sink;
use crate::manifest::{Edition, Format, Project};
use crate::onix::{self, Bound, Form, Message, Product};
use crate::profile::Profile;
use crate::unit::{Abs, Size};

/// The editions that records tell of and that are not among those to be made.
pub(super) fn about<'p>(
    project: &'p Project,
    records: &[&Edition],
    books: &[&Edition],
) -> Vec<&'p Edition> {
    let told = |edition: &&Edition| {
        let named =
            |record: &&Edition| subjects(project, record).any(|one| one.name == edition.name);
        records.iter().any(named) && books.iter().all(|book| book.name != edition.name)
    };
    project.editions.iter().filter(told).collect()
}

/// What a record tells of, in the book's order.
fn subjects<'p>(project: &'p Project, record: &Edition) -> impl Iterator<Item = &'p Edition> {
    let said = record.manifest.record.as_ref();
    let named: Vec<String> = said
        .map(|record| {
            record
                .editions
                .iter()
                .map(|name| name.value.clone())
                .collect()
        })
        .unwrap_or_default();
    let pdfs = project
        .editions
        .iter()
        .filter(|edition| edition.format == Format::Pdf && !edition.manifest.proof);
    let only_pdf = pdfs.count() == 1;
    project.editions.iter().filter(move |edition| {
        let ids = &edition.manifest.metadata.identifiers;
        let printed = only_pdf || edition.manifest.purpose.profile.is_some();
        match edition.format {
            Format::Cover | Format::Onix => false,
            // It is not for sale.
            _ if edition.manifest.proof => false,
            _ if !named.is_empty() => named.contains(&edition.name),
            Format::Epub => ids.isbn_epub.is_some(),
            Format::Pdf => printed && ids.isbn_print.is_some(),
        }
    })
}

/// A printed book as a thing: so many pages of a trim, for a printer.
pub(super) fn bound(pages: u32, trim: Size, profile: &Profile) -> Bound {
    let spine = profile.spine(pages).filter(|spine| spine.sure);
    let cover = profile.cover.as_ref();
    Bound {
        pages,
        trim,
        spine: spine.map(|spine| spine.value),
        // Boards are larger than the pages between them.
        cased: cover.is_some_and(|cover| cover.overhang_height.value > Abs::ZERO),
    }
}

/// Makes a record. `what` is what came of the editions, by their names.
pub(super) fn make(
    project: &Project,
    edition: &Edition,
    what: &BTreeMap<&str, &What>,
    timestamp: i64,
    depth: Depth,
    sink: &Sink,
) -> Made {
    let record = edition.manifest.record.clone().unwrap_or_default();
    let told: Vec<(&Edition, Form<'_>)> = subjects(project, edition)
        .filter_map(|edition| {
            let form = match what.get(edition.name.as_str())? {
                What::Epub(access) => Form::Epub(access),
                What::Bound(bound) => Form::Print(*bound),
            };
            Some((edition, form))
        })
        .collect();
    let products = told.iter().map(|(edition, form)| Product {
        name: &edition.name,
        manifest: &edition.manifest,
        form: *form,
    });
    let message = Message {
        record: &record,
        products: products.collect(),
        timestamp,
    };
    let written = onix::write(&message, sink);
    Made {
        bytes: written
            .map(String::into_bytes)
            .filter(|_| depth != Depth::Check),
        extent: counted(message.products.len(), "product"),
        what: None,
        pages: Vec::new(),
        proved: None,
    }
}
