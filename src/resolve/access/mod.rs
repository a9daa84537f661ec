//! How accessible an edition is as an EPUB: what may be claimed of it, because it is so.
//!
//! In: the [`Edition`], and what the writer and the theme make of it ([`Means`]). Out: an [`Access`]: the words of
//! schema.org that are true of the book, and what it conforms to. Steps: `survey` walks the text and finds what is there
//! and what is lacking; `claims` makes words of that and lays the author's over them, who is believed where no program can
//! judge and contradicted where the book does; `conformance` lets a claim of conformance stand if nothing was found
//! against it; `summary` says all of it in sentences.

mod claims;
mod conformance;
mod summary;
mod survey;

use std::collections::BTreeSet;

use super::Edition;
use crate::diag::Sink;
use crate::manifest::{Certifier, Conformance, Exemption, Feature, Hazard};
use crate::model::Lang;
use survey::Survey;

/// What others than the text decide of an EPUB's accessibility.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Means {
    /// The pages of a printed book are marked and listed in it.
    pub page_list: bool,
    /// Text that the theme lets stand out less than 7 to 1, or 4.5 to 1 where it is large.
    pub faint: Vec<Faint>,
}

/// Text that stands out little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faint {
    /// What the theme calls it.
    pub name: String,
    /// The ratio to what is behind it in hundredths, from 100 to 2100.
    pub ratio: u32,
    /// Whether it counts as large.
    pub large: bool,
}

/// By which sense something is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Words: to be seen, heard or felt.
    Textual,
    /// Pictures.
    Visual,
}

impl Mode {
    /// As `schema:accessMode` has it.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Textual => "textual",
            Mode::Visual => "visual",
        }
    }
}

/// What may be claimed of an EPUB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// In what it speaks.
    pub modes: Vec<Mode>,
    /// Each is enough to take all of it in.
    pub sufficient: Vec<Vec<Mode>>,
    /// What makes it accessible.
    pub features: BTreeSet<Feature>,
    /// The index leads to its places.
    pub linked_index: bool,
    /// There are images, and all are described at length.
    pub all_at_length: bool,
    /// What may harm.
    pub hazards: Vec<Hazard>,
    /// What it conforms to, and who says so.
    pub claim: Option<Claim>,
    /// The law that it need not keep.
    pub exemption: Option<Exemption>,
    /// All of it in sentences, and their language.
    pub summary: (String, Lang),
}

/// A claim of conformance that nothing found in the book contradicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// To what.
    pub conformance: Conformance,
    /// By whom.
    pub certifier: Certifier,
}

/// Judges an edition: see the module. What its author claims and the book contradicts goes to `sink`.
pub fn access(edition: &Edition, means: &Means, sink: &Sink) -> Access {
    let survey = Survey::of(edition);
    let said = &edition.book.manifest.accessibility;
    let features = claims::features(&survey, means, said, sink);
    let hazards = claims::hazards(&survey, said);
    let modes = claims::modes(&survey);
    let sufficient = claims::sufficient(&survey, &modes, &features);
    let claim = conformance::claim(&survey, means, said, &features, &hazards, sink);
    let mut access = Access {
        modes,
        sufficient,
        linked_index: survey.index.is_some_and(|linked| linked),
        all_at_length: survey.images > 0 && survey.images_described >= survey.images,
        features,
        hazards,
        claim,
        exemption: said.exemption,
        summary: (String::new(), Lang::default()),
    };
    let lang = &edition.book.manifest.metadata.language;
    access.summary = summary::summary(&access, &survey, said, lang);
    access
}
