//! What is wrong with a PDF, by families of rules.
//!
//! A false finding costs more than a missed one: a rule tells what readers, shops or presses would stumble over, not every sentence of
//! the standard that a file does not keep to.

mod access;
mod claims;
mod colours;
mod fonts;
mod meaning;
mod nesting;
mod pages;
mod record;
mod restricted;
mod tables;
mod tags;
mod ways;

use super::document::Document;
use super::fault::Faults;

/// All rules.
pub(super) fn judge(document: &Document, faults: &mut Faults) {
    pages::judge(document, faults);
    fonts::judge(document, faults);
    tags::judge(document, faults);
    meaning::judge(document, faults);
    tables::judge(document, faults);
    nesting::judge(document, faults);
    ways::judge(document, faults);
    colours::judge(document, faults);
    record::judge(document, faults);
    claims::judge(document, faults);
}
