//! Which words are true of a book.
//!
//! Three kinds of features: those that the book shows, which are claimed if it does; those that no program can judge,
//! which are claimed if its author does; and those that no EPUB of recto's can have, which are never claimed.

use std::collections::BTreeSet;

use super::survey::{Fault, Survey};
use super::{Means, Mode};
use crate::diag::{Code, Diagnostic, Sink};
use crate::manifest::{Accessibility, Feature, Hazard};

/// What can be known of a feature.
enum Finding {
    /// The book has it.
    True,
    /// The book does not have it; why.
    False(&'static str),
    /// Its author knows.
    Open,
}

/// Judges a feature.
fn judge(feature: Feature, survey: &Survey, means: &Means) -> Finding {
    use Feature as F;
    use Finding::{False, Open, True};
    let so = |so: bool, why: &'static str| if so { True } else { False(why) };
    let may_be = |so: bool, why: &'static str| if so { Open } else { False(why) };
    match feature {
        // The markup has no other order than the text's, and parts of a book have their roles in any; nothing in the
        // style sheet holds against a reader's own.
        F::ReadingOrder | F::Aria | F::DisplayTransformability | F::Unlocked => True,
        F::TableOfContents => so(
            survey.entries > 0,
            "there is no chapter or heading that the contents could lead to",
        ),
        F::StructuralNavigation if survey.lacks(Fault::HeadingSkip) => {
            False("a heading skips a level")
        }
        F::StructuralNavigation => so(survey.headings > 0, "it has no headings"),
        F::AlternativeText if survey.lacks(Fault::NoAlt) => {
            False("an image has no alternative text")
        }
        F::AlternativeText if survey.lacks(Fault::FileNameAsAlt) => {
            False("the alternative text of an image is the name of its file")
        }
        F::AlternativeText => so(
            survey.images > 0 || survey.cover,
            "it has no image that means anything",
        ),
        F::Index => so(survey.index.is_some(), "it has no file of the role `index`"),
        F::PageBreakMarkers | F::PageNavigation => so(
            means.page_list,
            "the pages of no printed book are marked in it",
        ),
        F::Latex => so(survey.formulas > 0, "it has no formulas"),
        F::LatexChemistry => may_be(survey.formulas > 0, "it has no formulas"),
        F::MathMl | F::MathMlChemistry | F::ChemMl => {
            False("formulas stand in it as they were typed, in LaTeX")
        }
        F::DescribedMath => may_be(survey.images > 0, "it has no image that means anything"),
        F::LongDescription if survey.described > 0 => True,
        F::LongDescription => may_be(
            survey.images > 0 || survey.tables > 0,
            "it has neither images nor tables",
        ),
        F::HighContrastDisplay => may_be(
            means.faint.is_empty(),
            "the theme has text that stands out less than 7 to 1, or 4.5 to 1 where it is large",
        ),
        F::Braille
        | F::TactileGraphic
        | F::TactileObject
        | F::FullRubyAnnotations
        | F::RubyAnnotations
        | F::HorizontalWriting
        | F::VerticalWriting
        | F::WithAdditionalWordSegmentation
        | F::WithoutAdditionalWordSegmentation => Open,
        F::AudioDescription
        | F::ClosedCaptions
        | F::OpenCaptions
        | F::SignLanguage
        | F::Transcript
        | F::SynchronizedAudioText
        | F::HighContrastAudio => False("it has neither sound nor film"),
        F::TimingControl => False("nothing in it takes time"),
        F::TtsMarkup => False("it has no markup for voices"),
        F::LargePrint => False("its type has the size that its reader chooses"),
        F::TaggedPdf => False("it is no PDF"),
    }
}

/// The features that are true of a book.
pub(super) fn features(
    survey: &Survey,
    means: &Means,
    said: &Accessibility,
    sink: &Sink,
) -> BTreeSet<Feature> {
    let known = Feature::ALL.iter().copied();
    let shown = known.filter(|feature| matches!(judge(*feature, survey, means), Finding::True));
    let mut out: BTreeSet<Feature> = shown.collect();
    for feature in &said.features {
        match judge(feature.value, survey, means) {
            Finding::False(why) => {
                let message = format!("`{}` is not true of the EPUB: {why}", feature.value.name());
                let told = Diagnostic::new(Code::FalseClaim, feature.at, message);
                sink.push(told.hint("mend the book, or leave the claim out"));
            }
            Finding::True | Finding::Open => {
                out.insert(feature.value);
            }
        }
    }
    for feature in &said.without {
        out.remove(&feature.value);
    }
    out
}

/// In what a book speaks. A cover says nothing that the text does not.
pub(super) fn modes(survey: &Survey) -> Vec<Mode> {
    let visual = survey.images > 0;
    let mut out = Vec::new();
    // A book of neither is one of words that are yet to be written.
    if survey.text || !visual {
        out.push(Mode::Textual);
    }
    if visual {
        out.push(Mode::Visual);
    }
    out
}

/// What is enough to take a book in.
pub(super) fn sufficient(
    survey: &Survey,
    modes: &[Mode],
    features: &BTreeSet<Feature>,
) -> Vec<Vec<Mode>> {
    let mut out = vec![modes.to_vec()];
    let told = features.contains(&Feature::AlternativeText);
    if survey.images > 0 && told {
        out.push(vec![Mode::Textual]);
    }
    out
}

/// What may harm. Nobody looked whether a picture that moves also flashes.
pub(super) fn hazards(survey: &Survey, said: &Accessibility) -> Vec<Hazard> {
    if !said.hazards.is_empty() {
        return said.hazards.clone();
    }
    vec![if survey.moving {
        Hazard::Unknown
    } else {
        Hazard::None
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_of_a_printed_book_are_claimed_where_they_are_marked() {
        let (survey, said, sink) = (Survey::default(), Accessibility::default(), Sink::new());
        for page_list in [true, false] {
            let means = Means {
                page_list,
                ..Means::default()
            };
            let features = features(&survey, &means, &said, &sink);
            for feature in [Feature::PageBreakMarkers, Feature::PageNavigation] {
                assert_eq!(features.contains(&feature), page_list);
            }
        }
    }
}
