//! Whether a claim of conformance may stand.
//!
//! In: what the author claims, what was found. Out: the claim, if someone is named who certified it and nothing that can
//! be checked speaks against it; else one finding that names all that does, with the places.

use std::collections::BTreeSet;

use super::survey::{Fault, Survey};
use super::{Claim, Means};
use crate::diag::{Code, Diagnostic, Sink};
use crate::manifest::{Accessibility, Feature, Hazard, WcagLevel};

/// More places than these help nobody; the others have findings of their own.
const PLACES: usize = 10;

impl Fault {
    const ALL: [Fault; 5] = [
        Fault::NoAlt,
        Fault::FileNameAsAlt,
        Fault::HeadingSkip,
        Fault::NoTableHead,
        Fault::EmptyLink,
    ];

    /// What is wrong with so many things, the success criterion that asks otherwise, and what to do.
    fn words(self, count: usize) -> (String, &'static str) {
        let (one, many, hint) = match self {
            Fault::NoAlt => (
                "image has no alternative text (1.1.1)",
                "images have no alternative text (1.1.1)",
                "describe each image, or add `{decorative}`",
            ),
            Fault::FileNameAsAlt => (
                "alternative text is the name of a file (1.1.1)",
                "alternative texts are names of files (1.1.1)",
                "say in words what each image shows",
            ),
            Fault::HeadingSkip => (
                "heading skips a level (1.3.1)",
                "headings skip a level (1.3.1)",
                "give each heading the level below the one before",
            ),
            Fault::NoTableHead => (
                "table has no head (1.3.1)",
                "tables have no head (1.3.1)",
                "give each table a head row, or `{header-columns=1}`",
            ),
            Fault::EmptyLink => (
                "link has no words (2.4.4)",
                "links have no words (2.4.4)",
                "say in the brackets of each link where it leads",
            ),
        };
        let what = if count == 1 { one } else { many };
        (format!("{count} {what}"), hint)
    }

    /// What stands at its place.
    fn label(self) -> &'static str {
        match self {
            Fault::NoAlt => "no alternative text",
            Fault::FileNameAsAlt => "the name of a file",
            Fault::HeadingSkip => "skips a level",
            Fault::NoTableHead => "no head",
            Fault::EmptyLink => "no words",
        }
    }
}

/// The claim that may be made.
pub(super) fn claim(
    survey: &Survey,
    means: &Means,
    said: &Accessibility,
    features: &BTreeSet<Feature>,
    hazards: &[Hazard],
    sink: &Sink,
) -> Option<Claim> {
    let claimed = said.conformance.as_ref()?;
    let level = claimed.value.level;
    let mut against: Vec<(String, String)> = Vec::new();
    let mut add = |what: String, hint: &str| against.push((what, hint.to_owned()));
    if said.certifier.is_none() {
        add(
            "nobody is named who certified it".to_owned(),
            "add `certified-by:` with the name of whoever tested the book, yours if it was you",
        );
    }
    if !said.language_stated {
        add(
            "the book does not say its language (3.1.1)".to_owned(),
            "add `language:` to book.yaml",
        );
    }
    for fault in Fault::ALL {
        let count = survey.count(fault);
        if count > 0 {
            let (what, hint) = fault.words(count);
            add(what, hint);
        }
    }
    for feature in &said.without {
        let asked = match feature.value {
            Feature::AlternativeText => "1.1.1",
            Feature::StructuralNavigation => "1.3.1",
            Feature::ReadingOrder => "1.3.2",
            _ => continue,
        };
        let name = feature.value.name();
        add(
            format!("`without` takes `{name}` back ({asked})"),
            "mend what is not so, and leave it out of `without`",
        );
    }
    if !features.contains(&Feature::TableOfContents) {
        add(
            "there are no contents to get about by (2.4.5)".to_owned(),
            "give the chapters headings",
        );
    }
    if hazards.contains(&Hazard::Flashing) {
        add("it flashes (2.3.1)".to_owned(), "replace what flashes");
    } else if hazards.iter().any(|hazard| hazard.is_unknown()) {
        add(
            "nobody knows whether its moving pictures flash (2.3.1)".to_owned(),
            "look, and say `hazards: none` or what they are",
        );
    }
    for faint in &means.faint {
        let least = match (level, faint.large) {
            (WcagLevel::A, _) => continue,
            (WcagLevel::AA, true) => 300,
            (WcagLevel::AA, false) | (WcagLevel::AAA, true) => 450,
            (WcagLevel::AAA, false) => 700,
        };
        if faint.ratio < least {
            let criterion = if level == WcagLevel::AAA {
                "1.4.6"
            } else {
                "1.4.3"
            };
            let what = format!(
                "`{}` stands out by {} to 1, not {} ({criterion})",
                faint.name,
                hundredths(faint.ratio),
                hundredths(least),
            );
            let hint = format!("give `{}` another `color` in `style:`", faint.name);
            add(what, &hint);
        }
    }
    let Some(certifier) = said.certifier.clone().filter(|_| against.is_empty()) else {
        let (what, hints): (Vec<String>, Vec<String>) = against.into_iter().unzip();
        let message = format!(
            "the EPUB cannot claim {}: {}",
            claimed.value,
            what.join("; ")
        );
        let mut told = Diagnostic::new(Code::UnmetConformance, claimed.at, message);
        let places = survey.faults.iter();
        for (at, fault) in places
            .filter_map(|(fault, at)| Some((*at.as_ref()?, fault)))
            .take(PLACES)
        {
            told = told.label(at, fault.label());
        }
        sink.push(hints.into_iter().fold(told, Diagnostic::hint));
        return None;
    };
    Some(Claim {
        conformance: claimed.value,
        certifier,
    })
}

/// `4.5`, `7`
fn hundredths(value: u32) -> String {
    let text = format!("{}.{:02}", value / 100, value % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
