//! How accessible an EPUB is, in list 196; what may harm, in list 143. From the same survey as the EPUB's own metadata, by
//! the W3C's crosswalk between the two.

use super::codes;
use crate::manifest::{
    Certifier, Conformance, Exemption, Feature, Hazard, Manifest, Record, WcagLevel,
};
use crate::markup::Element;
use crate::resolve::access::{Access, Mode};

/// List 79: 09 detail of an e-publication's accessibility (list 196).
const ACCESS: &str = "09";

/// List 79: 12 warning of a hazard (list 143).
const HAZARD: &str = "12";

/// A feature of a product's form: its kind by list 79, and a code.
pub(super) fn feature(kind: &str, value: &str) -> Element {
    Element::new("ProductFormFeature")
        .leaf("ProductFormFeatureType", kind)
        .leaf("ProductFormFeatureValue", value)
}

/// The same with words behind it.
fn told(value: &str, words: &str) -> Element {
    feature(ACCESS, value).leaf("ProductFormFeatureDescription", words)
}

/// Puts all features in: the summary first, then what it conforms to and who says so, what it has, whom to ask; at last
/// the hazards.
pub(super) fn features(manifest: &Manifest, access: &Access, record: &Record, out: &mut Element) {
    let (summary, lang) = &access.summary;
    let mut words = Element::value("ProductFormFeatureDescription", summary);
    if let Some(code) = codes::language(lang) {
        words = words.with("language", code);
    }
    // 00: accessibility summary.
    out.push(feature(ACCESS, "00").child(words));
    if let Some(claim) = &access.claim {
        conformance(claim.conformance, out);
        certifier(
            &claim.certifier,
            manifest.metadata.publisher.as_deref(),
            out,
        );
    }
    if let Some(exemption) = access.exemption {
        // 75 to 77: exceptions 1 to 3 of the European Accessibility Act.
        let code = match exemption {
            Exemption::Microenterprise => "75",
            Exemption::DisproportionateBurden => "76",
            Exemption::FundamentalAlteration => "77",
        };
        out.push(feature(ACCESS, code));
    }
    let mut all: Vec<&str> = access.features.iter().filter_map(|f| code(*f)).collect();
    let has = |feature| access.features.contains(&feature);
    if has(Feature::Unlocked) && has(Feature::DisplayTransformability) {
        // 10: nothing that a reading system offers is switched off.
        all.push("10");
    }
    if access.linked_index {
        // 12: the index leads to its places.
        all.push("12");
    }
    if access.all_at_length && has(Feature::LongDescription) {
        // 15: all that is no text has a full description.
        all.push("15");
    }
    if manifest.accessibility.language_stated {
        // 22: the language is said of the whole, and of what is in another.
        all.push("22");
    }
    // 32: landmarks, in every navigation document of recto's.
    all.push("32");
    if access.sufficient.contains(&vec![Mode::Textual]) {
        // 52: all that matters can be read without sight.
        all.push("52");
    }
    all.sort_unstable();
    for code in all {
        out.push(feature(ACCESS, code));
    }
    if let Some(email) = &record.email {
        // 99: whom to ask at the publisher's.
        out.push(told("99", email));
    }
    for hazard in &access.hazards {
        for code in warnings(*hazard) {
            out.push(feature(HAZARD, code));
        }
    }
}

/// 04: EPUB Accessibility 1.1; 80 to 82: the version of WCAG; 84 to 86: its level.
fn conformance(conformance: Conformance, out: &mut Element) {
    out.push(feature(ACCESS, "04"));
    let version = match conformance.minor {
        0 => "80",
        1 => "81",
        _ => "82",
    };
    let level = match conformance.level {
        WcagLevel::A => "84",
        WcagLevel::AA => "85",
        WcagLevel::AAA => "86",
    };
    out.push(feature(ACCESS, version));
    out.push(feature(ACCESS, level));
}

/// Who certified it, and where the report is.
fn certifier(certifier: &Certifier, publisher: Option<&str>, out: &mut Element) {
    if let Some(credential) = &certifier.credential {
        // 88: who gave them the right to, by name; 89: by address.
        let code = if credential.contains("://") {
            "89"
        } else {
            "88"
        };
        out.push(told(code, credential));
    }
    // 90: by name.
    out.push(told("90", &certifier.name));
    if let Some(report) = &certifier.report {
        // 94: a report of others'; 96: of the publisher's own.
        let own = publisher == Some(certifier.name.as_str());
        out.push(told(if own { "96" } else { "94" }, report));
    }
}

/// The code of a feature; `None` where list 196 has none, or where it says less or more than it.
fn code(feature: Feature) -> Option<&'static str> {
    use Feature as F;
    Some(match feature {
        F::TableOfContents => "11",
        F::ReadingOrder => "13",
        F::AlternativeText => "14",
        F::MathMl => "17",
        F::ChemMl => "18",
        F::PageBreakMarkers => "19",
        F::SynchronizedAudioText => "20",
        F::TtsMarkup => "21",
        F::HighContrastAudio => "27",
        F::AudioDescription => "28",
        F::StructuralNavigation => "29",
        F::Aria => "30",
        F::TimingControl => "31",
        F::MathMlChemistry => "34",
        F::Latex => "35",
        F::DisplayTransformability => "36",
        F::HighContrastDisplay => "37",
        F::PageNavigation => "41",
        F::DescribedMath => "53",
        F::LatexChemistry => "54",
        // Only if it leads somewhere, and only if all are described: see above.
        F::Index | F::LongDescription => return None,
        // Said of the product, and by 10.
        F::Unlocked => return None,
        F::Braille
        | F::TactileGraphic
        | F::TactileObject
        | F::FullRubyAnnotations
        | F::RubyAnnotations
        | F::HorizontalWriting
        | F::VerticalWriting
        | F::WithAdditionalWordSegmentation
        | F::WithoutAdditionalWordSegmentation
        | F::ClosedCaptions
        | F::OpenCaptions
        | F::SignLanguage
        | F::Transcript
        | F::LargePrint
        | F::TaggedPdf => return None,
    })
}

/// The codes of a hazard in list 143.
fn warnings(hazard: Hazard) -> &'static [&'static str] {
    match hazard {
        Hazard::None => &["00"],
        // What moves may flash or sway; there is nothing to hear.
        Hazard::Unknown => &["24", "26"],
        Hazard::Flashing => &["13"],
        Hazard::NoFlashing => &["14"],
        Hazard::UnknownFlashing => &["24"],
        Hazard::Motion => &["17"],
        Hazard::NoMotion => &["18"],
        Hazard::UnknownMotion => &["26"],
        Hazard::Sound => &["15"],
        Hazard::NoSound => &["16"],
        Hazard::UnknownSound => &["25"],
    }
}
