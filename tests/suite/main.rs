//! The tests that see recto as a whole, and each stage by its dump.
//!
//! `cases/<stage>/*.test` hold inputs and expected dumps with prose between them (`support/case.rs` has the format);
//! `stages.rs` has one small function per stage. `UPDATE=1 cargo test` writes what the stages say now into the files:
//! read the difference before you commit it. `CASES=lists cargo test` runs only files whose name holds `lists`.
//!
//! Tests that ask a judge from outside (EPUBCheck, qpdf, poppler) print `skipped: …` where it is not installed, and
//! fail there if `CI=true`.

#![allow(clippy::print_stdout, reason = "tests say what they skipped")]

mod access;
mod agree;
mod appendix;
mod axes;
mod ci;
mod codes;
mod commonmark;
mod covers;
mod deps;
mod diff;
mod documents;
mod dress;
mod epub;
mod finished;
mod fonts;
mod gutter;
mod images;
mod judges;
mod licence;
mod lines;
mod onix;
mod order;
mod pagelist;
mod paging;
mod pathological;
mod pdf;
mod places;
mod plant;
mod press;
mod proofs;
mod property;
mod reading;
mod repeat;
mod reports;
mod shops;
mod stages;
mod support;
mod tagged;
mod tex;
mod validators;
