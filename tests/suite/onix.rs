//! ONIX messages of little books: their elements stand in the order that ONIX has, and hold codes where they should.
//!
//! The order is written down here once more, by hand, from the documentation of release 3.1; EDItEUR's schemas may not be
//! copied. Where `onixcheck` is installed, it judges the same messages by them.

use std::collections::BTreeMap;
use std::process::Command;

use proptest::prelude::*;
use recto::build::Format;

use super::stages::Desk;
use super::support::case::{self, Case};
use super::support::tools;
use super::support::xml::{self, Element};

/// What may stand in each composite, in order; what repeats may repeat where it stands.
const ORDER: &[(&str, &str)] = &[
    ("ONIXMessage", "Header Product"),
    ("Header", "Sender SentDateTime"),
    ("Sender", "SenderName EmailAddress"),
    (
        "Product",
        "RecordReference NotificationType RecordSourceType ProductIdentifier DescriptiveDetail CollateralDetail PublishingDetail RelatedMaterial",
    ),
    ("ProductIdentifier", "ProductIDType IDValue"),
    (
        "DescriptiveDetail",
        "ProductComposition ProductForm ProductFormDetail ProductFormFeature PrimaryContentType ProductContentType Measure EpubTechnicalProtection Collection NoCollection TitleDetail Contributor NoContributor EditionStatement NoEdition Language Extent Subject",
    ),
    (
        "ProductFormFeature",
        "ProductFormFeatureType ProductFormFeatureValue ProductFormFeatureDescription",
    ),
    ("Measure", "MeasureType Measurement MeasureUnitCode"),
    (
        "Collection",
        "CollectionType CollectionIdentifier CollectionSequence TitleDetail",
    ),
    ("CollectionIdentifier", "CollectionIDType IDValue"),
    (
        "CollectionSequence",
        "CollectionSequenceType CollectionSequenceNumber",
    ),
    ("TitleDetail", "TitleType TitleElement"),
    (
        "TitleElement",
        "SequenceNumber TitleElementLevel PartNumber TitlePrefix NoPrefix TitleWithoutPrefix Subtitle",
    ),
    (
        "Contributor",
        "SequenceNumber ContributorRole PersonName PersonNameInverted NamesBeforeKey KeyNames",
    ),
    ("Language", "LanguageRole LanguageCode ScriptCode"),
    ("Extent", "ExtentType ExtentValue ExtentUnit"),
    (
        "Subject",
        "MainSubject SubjectSchemeIdentifier SubjectSchemeName SubjectCode SubjectHeadingText",
    ),
    ("CollateralDetail", "TextContent"),
    ("TextContent", "TextType ContentAudience Text"),
    (
        "PublishingDetail",
        "Imprint Publisher PublishingStatus PublishingDate CopyrightStatement CopyrightStatementText",
    ),
    ("Imprint", "ImprintName"),
    ("Publisher", "PublishingRole PublisherName"),
    ("PublishingDate", "PublishingDateRole Date"),
    ("CopyrightStatement", "CopyrightYear CopyrightOwner"),
    ("CopyrightOwner", "PersonName CorporateName"),
    ("RelatedMaterial", "RelatedProduct"),
    ("RelatedProduct", "ProductRelationCode ProductIdentifier"),
];

/// Elements that say something by being there.
const EMPTY: &[&str] = &[
    "NoCollection",
    "NoContributor",
    "NoEdition",
    "NoPrefix",
    "MainSubject",
];

/// Checks an element and all in it; whatever is not in the table is a value.
fn check(element: &Element, place: &str) {
    let place = format!("{place}/{}", element.name);
    let Some((_, order)) = ORDER.iter().find(|(name, _)| *name == element.name) else {
        assert_eq!(element.elements().count(), 0, "{place} is not in the table");
        let empty = EMPTY.contains(&element.name.as_str());
        assert_eq!(element.text().is_empty(), empty, "{place}");
        return;
    };
    let order: Vec<&str> = order.split(' ').collect();
    let mut last = 0;
    for inner in element.elements() {
        let at = order.iter().position(|name| *name == inner.name);
        let at = at.unwrap_or_else(|| panic!("{place} holds {}", inner.name));
        assert!(at >= last, "{place}: {} stands too late", inner.name);
        last = at;
        check(inner, &place);
    }
    assert!(element.elements().count() > 0, "{place} is empty");
}

/// The message of a little book, if it makes one.
pub fn message(desk: &Desk) -> (Option<String>, String) {
    let run = desk.make(None, Some(Format::Onix));
    let bytes = run.outputs.into_iter().find_map(|output| output.bytes);
    let text = bytes.map(|bytes| String::from_utf8(bytes).expect("a message is UTF-8"));
    if let Some(text) = &text {
        check(&xml::parse(text).expect("a message is well formed"), "");
    }
    (text, desk.lines(&run.found))
}

/// The messages of the cases that make one, by their lines.
fn messages() -> BTreeMap<usize, String> {
    let cases = case::cases("onix");
    let made = |case: &Case| Some((case.line, message(&Desk::new(&case.input, "book.yaml")).0?));
    cases.iter().filter_map(made).collect()
}

/// `pip install onixcheck` brings EDItEUR's schemas with it.
#[test]
fn messages_keep_to_the_schema() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let messages = messages();
    assert!(messages.len() > 4, "{} messages", messages.len());
    for (line, text) in &messages {
        let path = scratch.path().join(format!("line-{line}.xml"));
        std::fs::write(path, text).expect("a fresh folder can be written");
    }
    let folder = scratch.path().to_string_lossy();
    let Ok(output) = Command::new("onixcheck").args(["--path", &folder]).output() else {
        tools::skipped("a look at messages by the schema", "onixcheck");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(
        !said.contains("INVALID") && said.contains("VALID"),
        "{said}"
    );
}

/// A book.yaml that says something of everything, in whatever words. JSON's quotation marks are YAML's.
fn anything(words: &[String]) -> String {
    let said = |at: usize| serde_json::to_string(&words[at]).expect("a text is JSON");
    format!(
        "title: {}\nsubtitle: {}\npublisher: {}\nrights: {}\ndescription: {}\n\
         authors: [{{name: {}, sort: {}}}, {{name: {}, role: [translator, engraver]}}]\n\
         subjects: [{}, {{scheme: thema, code: {}}}, {{scheme: 'https://x.y', name: {}}}]\n\
         series: {{name: {}, position: '3.1'}}\nedition-statement: {}\n\
         accessibility: {{note: {}, conforms-to: wcag-2.2-aa, certified-by: {}}}\n\
         language: en\ndate: 2026-11-01\nidentifiers: {{isbn-epub: 978-3-16-148410-0}}\n\
         editions: {{ebook: {{format: epub}}, record: {{format: onix, imprint: {}}}}}\n\
         ==> one.md <==\n# One\n",
        said(0),
        said(1),
        said(2),
        said(3),
        said(4),
        said(5),
        said(6),
        said(7),
        said(8),
        said(9),
        said(10),
        said(11),
        said(12),
        said(13),
        said(14),
        said(15),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever an author says, the message is well formed, in order, and without a value that is empty.
    #[test]
    fn messages_hold_any_words(words in proptest::collection::vec("[\\PC]{0,8}[a-zé\u{5d0}\u{5b57}]\\PC{0,8}", 16)) {
        let (text, found) = message(&Desk::new(&anything(&words), "book.yaml"));
        prop_assert!(text.is_some(), "{}", found);
    }
}

/// The elements of the message that are named behind the fence, or all of it; then the findings.
pub fn shown(case: &Case) -> String {
    let (text, found) = message(&Desk::new(&case.input, "book.yaml"));
    let mut out = String::new();
    let mut open: Option<(usize, &str)> = None;
    for line in text.as_deref().unwrap_or_default().lines().skip(1) {
        let bare = line.trim_start();
        let depth = line.len() - bare.len();
        let name = bare.trim_start_matches('<');
        let name = &name[..name.find([' ', '>', '/']).unwrap_or(name.len())];
        if open.is_none() && (case.options.is_empty() || case.has(name)) {
            open = Some((depth, name));
        }
        let Some((from, begun)) = open else { continue };
        out.push_str(&"  ".repeat(depth - from));
        out.push_str(bare);
        out.push('\n');
        let whole = bare.ends_with("/>") || bare.contains("</");
        if depth == from && whole && (bare.starts_with("</") || name == begun) {
            open = None;
        }
    }
    out + &found
}
