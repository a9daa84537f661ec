//! The stages of the PDF as `recto dump` shows them.

use recto::build::{Stage, Target};

use super::world::Desk;
use crate::support::case::Case;

fn dump(case: &Case, stage: Stage) -> String {
    let desk = Desk::new(&case.input, "book.yaml");
    let (text, found) = desk.dump(Some(Target::Pdf), stage);
    text + &desk.lines(&found)
}

/// The pages, line by line.
pub fn pages(case: &Case) -> String {
    dump(case, Stage::Pages)
}

/// What a screen reader reads.
pub fn structure(case: &Case) -> String {
    dump(case, Stage::Structure)
}
