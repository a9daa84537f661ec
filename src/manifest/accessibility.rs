//! `accessibility:`: what an author says of how accessible the book is, where no program can know it.
//!
//! In: the key's mapping. Out: an [`Accessibility`]. Whether what it says is true of the book is judged where the book is
//! known.

use super::values;
use super::vocabulary::{Feature, GIVEN_UP, Hazard};
use crate::diag::{Code, Diagnostic, Sink, nearest};
use crate::model::Lang;
use crate::source::Spanned;
use crate::yaml::Node;

/// What is said of a book's accessibility.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accessibility {
    /// What someone certified that the book keeps to.
    pub conformance: Option<Spanned<Conformance>>,
    /// Who certified it.
    pub certifier: Option<Certifier>,
    /// The law that the book need not keep.
    pub exemption: Option<Exemption>,
    /// Features beside those that the book shows by itself.
    pub features: Vec<Spanned<Feature>>,
    /// Features that the book seems to have, but has not.
    pub without: Vec<Spanned<Feature>>,
    /// What may harm; empty if it is not said.
    pub hazards: Vec<Hazard>,
    /// Instead of the summary that recto writes.
    pub summary: Option<String>,
    /// Behind the summary.
    pub note: Option<String>,
    /// Whether the book says which language it is in.
    pub language_stated: bool,
}

/// Who certified a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certifier {
    /// The name.
    pub name: String,
    /// What gives them the right to: a badge, or its address.
    pub credential: Option<String>,
    /// The address of the report.
    pub report: Option<String>,
}

/// A version and a level of the Web Content Accessibility Guidelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conformance {
    /// 0, 1 or 2 for WCAG 2.0, 2.1 and 2.2.
    pub minor: u8,
    /// How strict.
    pub level: WcagLevel,
}

/// A level of conformance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the guidelines' own names")]
pub enum WcagLevel {
    A,
    AA,
    AAA,
}

impl std::fmt::Display for Conformance {
    /// As EPUB Accessibility 1.1, section 4.2.1, has the text of `dcterms:conformsTo` end.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WCAG 2.{} Level {:?}", self.minor, self.level)
    }
}

/// The exemptions of the European Accessibility Act (Directive 2019/882, articles 4(5) and 14), by the names that
/// `a11y:exemption` has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exemption {
    /// The publisher is very small.
    Microenterprise,
    /// It would cost too much.
    DisproportionateBurden,
    /// The book would be another one.
    FundamentalAlteration,
}

const EXEMPTIONS: &[(&str, Exemption)] = &[
    ("eaa-microenterprise", Exemption::Microenterprise),
    (
        "eaa-disproportionate-burden",
        Exemption::DisproportionateBurden,
    ),
    (
        "eaa-fundamental-alteration",
        Exemption::FundamentalAlteration,
    ),
];

impl Exemption {
    /// As `a11y:exemption` has it.
    pub fn name(self) -> &'static str {
        let named = EXEMPTIONS.iter().find(|(_, exemption)| *exemption == self);
        named.map_or("", |(name, _)| name)
    }
}

const KEYS: &[&str] = &[
    "conforms-to",
    "certified-by",
    "certifier-credential",
    "certifier-report",
    "exemption",
    "features",
    "without",
    "hazards",
    "summary",
    "note",
];

/// Reads what `tree`, the book's keys, says.
pub(super) fn read(tree: &Node, sink: &Sink) -> Accessibility {
    let mut out = Accessibility {
        language_stated: tree.get("language").is_some_and(names_a_language),
        ..Accessibility::default()
    };
    let Some(node) = tree.get("accessibility") else {
        return out;
    };
    if !values::mapping(node, "accessibility", KEYS, sink) {
        return out;
    }
    let text = |key: &str| node.get(key).and_then(|node| values::text(node, key, sink));
    out.conformance = node.get("conforms-to").and_then(|node| {
        let value = values::word(node, "conforms-to", &levels(), sink)?;
        Some(Spanned { value, at: node.at })
    });
    out.certifier = text("certified-by").map(|name| Certifier {
        name,
        credential: text("certifier-credential"),
        report: node
            .get("certifier-report")
            .and_then(|node| address(node, sink)),
    });
    let certified = ["certified-by", "certifier-credential", "certifier-report"];
    if let (Some((key, _)), None) = (
        certified.iter().find_map(|name| node.entry(name)),
        node.get("conforms-to"),
    ) {
        sink.push(values::invalid(
            key.at,
            format!("`{}` says who certified the book, but not what", key.name),
            "add `conforms-to: wcag-2.2-aa`, or what was certified",
        ));
    }
    out.exemption = node
        .get("exemption")
        .and_then(|node| values::word(node, "exemption", EXEMPTIONS, sink));
    out.features = features(node, "features", sink);
    out.without = features(node, "without", sink);
    out.hazards = hazards(node, sink);
    out.summary = text("summary");
    out.note = text("note");
    out
}

/// Whether `language` says one, not only something.
fn names_a_language(node: &Node) -> bool {
    let items = node.list().unwrap_or(std::slice::from_ref(node));
    let mut tags = items.iter().filter_map(Node::text);
    tags.any(|tag| Lang::new(tag).is_some())
}

/// `wcag-2.2-aa` and its kin.
fn levels() -> Vec<(&'static str, Conformance)> {
    let of = |name, minor, level| (name, Conformance { minor, level });
    vec![
        of("wcag-2.2-aa", 2, WcagLevel::AA),
        of("wcag-2.2-a", 2, WcagLevel::A),
        of("wcag-2.2-aaa", 2, WcagLevel::AAA),
        of("wcag-2.1-aa", 1, WcagLevel::AA),
        of("wcag-2.1-a", 1, WcagLevel::A),
        of("wcag-2.1-aaa", 1, WcagLevel::AAA),
        of("wcag-2.0-aa", 0, WcagLevel::AA),
        of("wcag-2.0-a", 0, WcagLevel::A),
        of("wcag-2.0-aaa", 0, WcagLevel::AAA),
    ]
}

/// An address on the web.
fn address(node: &Node, sink: &Sink) -> Option<String> {
    let written = values::text(node, "certifier-report", sink)?;
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| written.strip_prefix(scheme));
    let good = rest.is_some_and(|rest| {
        !rest.is_empty() && !written.contains(|c: char| c.is_whitespace() || c.is_control())
    });
    if !good {
        let message = format!("`{written}` is not the address of a web page");
        let hint = "write the whole address, from `https://` on";
        sink.push(values::invalid(node.at, message, hint));
    }
    good.then_some(written)
}

fn features(node: &Node, key: &str, sink: &Sink) -> Vec<Spanned<Feature>> {
    let mut out: Vec<Spanned<Feature>> = Vec::new();
    let Some(node) = node.get(key) else {
        return out;
    };
    for word in values::texts(node, key, sink) {
        match Feature::named(&word.value) {
            Some(value) if out.iter().any(|known| known.value == value) => {}
            Some(value) => out.push(Spanned { value, at: word.at }),
            None => sink.push(unknown(
                &word,
                "feature",
                Feature::ALL.iter().map(|word| word.name()),
            )),
        }
    }
    out
}

fn hazards(node: &Node, sink: &Sink) -> Vec<Hazard> {
    let mut out: Vec<Hazard> = Vec::new();
    let Some(node) = node.get("hazards") else {
        return out;
    };
    for word in values::texts(node, "hazards", sink) {
        let Some(hazard) = Hazard::named(&word.value) else {
            let names = Hazard::ALL.iter().map(|word| word.name());
            sink.push(unknown(&word, "hazard", names));
            continue;
        };
        match out.iter().find(|other| other.contradicts(hazard)) {
            Some(other) => sink.push(values::invalid(
                word.at,
                format!(
                    "a book cannot have the hazards `{}` and `{}`",
                    other.name(),
                    hazard.name()
                ),
                "say one of them; `none` and `unknown` stand alone",
            )),
            None if out.contains(&hazard) => {}
            None => out.push(hazard),
        }
    }
    out
}

/// A word that the vocabulary does not have, or no longer.
fn unknown<'n>(
    word: &Spanned<String>,
    what: &str,
    names: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let message = format!("there is no accessibility {what} `{}`", word.value);
    let found = Diagnostic::new(Code::InvalidValue, word.at, message);
    if let Some((_, instead)) = GIVEN_UP.iter().find(|(name, _)| *name == word.value) {
        return found.hint(match *instead {
            "" => String::from("the vocabulary has given it up: leave it out"),
            instead => format!("write `{instead}`, as the vocabulary has it now"),
        });
    }
    let names: Vec<&str> = names.collect();
    let same = names
        .iter()
        .find(|name| name.eq_ignore_ascii_case(&word.value));
    match same
        .copied()
        .or_else(|| nearest(&word.value, names.iter().copied()))
    {
        Some(near) => found.hint(format!("did you mean `{near}`?")),
        None => found.hint("use the words of schema.org; the manual lists them"),
    }
}
