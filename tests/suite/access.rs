//! What EPUBs claim of their accessibility, against what is in them: claims are read from the package, and the truth from
//! the documents and the style sheet, by none of recto's own code.

use std::collections::{BTreeMap, BTreeSet};

use super::support::built::{built, own_books};
use super::support::case;
use super::support::epub::Epub;
use super::support::xml::Element;

/// Claims that every EPUB of recto's makes, for they are true of each: its contents lead at least to its one chapter, its
/// markup has one order, its style sheet forces nothing, its contents have a role, it has no lock. An author may take
/// each back.
const ALWAYS: &[&str] = &[
    "tableOfContents",
    "readingOrder",
    "displayTransformability",
    "ARIA",
    "unlocked",
];

fn claims(epub: &Epub, property: &str) -> BTreeSet<String> {
    let metas = epub.package.all("meta");
    let of = |meta: &&&Element| meta.attr("property") == Some(property);
    metas.iter().filter(of).map(|meta| meta.text()).collect()
}

/// The features that can be seen in the files, each with whether it is there.
fn seen(epub: &Epub) -> BTreeMap<&'static str, bool> {
    let spine = epub.spine();
    let all = |name: &str| -> Vec<&Element> {
        spine
            .iter()
            .flat_map(|(_, document)| document.all(name))
            .collect()
    };
    let nav = epub
        .files
        .iter()
        .find(|(name, _)| name.ends_with("nav.xhtml"))
        .map(|(name, _)| epub.xml(name))
        .expect("an EPUB has its nav");
    let navs = nav.all("nav");
    let links = |kind: &str| {
        let mut navs = navs.iter().filter(|nav| nav.is(kind));
        navs.any(|nav| !nav.all("a").is_empty())
    };
    let images = all("img");
    let told = |image: &&Element| {
        image.is("presentation") || image.attr("alt").is_some_and(|alt| !alt.trim().is_empty())
    };
    let meant = |image: &&Element| !image.is("presentation");
    let has_role = |word: &str| {
        ["section", "div", "nav"]
            .iter()
            .flat_map(|name| all(name))
            .any(|element| element.is(word))
    };
    let steps = spine
        .iter()
        .all(|(_, document)| outline_has_no_gap(document));
    let css: String = epub
        .files
        .iter()
        .filter(|(name, _)| name.ends_with(".css"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    let fixed = |line: &str| {
        let sets = ["font-size", "line-height", "letter-spacing", "word-spacing"];
        line.contains("!important")
            || sets.iter().any(|name| line.contains(name))
                && ["px", "pt", "mm", "cm"]
                    .iter()
                    .any(|unit| line.contains(&format!("0{unit}")))
    };
    BTreeMap::from([
        ("tableOfContents", links("toc")),
        ("pageNavigation", links("page-list")),
        (
            "pageBreakMarkers",
            has_role("doc-pagebreak") || !all("span").iter().all(|e| !e.is("pagebreak")),
        ),
        ("ARIA", navs.iter().any(|nav| nav.is("doc-toc"))),
        ("index", has_role("doc-index")),
        (
            "alternativeText",
            images.iter().any(meant) && images.iter().all(told),
        ),
        ("MathML", !all("math").is_empty()),
        (
            "structuralNavigation",
            steps && !HEADINGS.iter().all(|name| all(name).is_empty()),
        ),
        ("displayTransformability", !css.lines().any(fixed)),
        ("unlocked", epub.file("META-INF/rights.xml").is_none()),
    ])
}

const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];

fn outline_has_no_gap(document: &Element) -> bool {
    fn levels(element: &Element, out: &mut Vec<usize>) {
        for inner in element.elements() {
            if let Some(level) = HEADINGS.iter().position(|name| *name == inner.name) {
                out.push(level);
            }
            levels(inner, out);
        }
    }
    let mut found = Vec::new();
    levels(document, &mut found);
    found.windows(2).all(|pair| pair[1] <= pair[0] + 1)
}

/// Compares claims with files. `without` are features that the author took back.
pub fn check(epub: &Epub, without: &str, place: &str) {
    let features = claims(epub, "schema:accessibilityFeature");
    for (feature, there) in seen(epub) {
        let claimed = features.contains(feature);
        // What is claimed is there; what is there is claimed, unless its author knows better or only seems to be: a
        // description may be a file's name, a heading may be told by its look alone.
        assert!(!claimed || there, "{place}: claims {feature}");
        let doubtful = ["alternativeText", "structuralNavigation"].contains(&feature);
        let kept = !without.contains(feature);
        assert!(
            claimed || !there || doubtful || !kept,
            "{place}: hides {feature}"
        );
    }
    let modes = claims(epub, "schema:accessMode");
    let meant =
        |image: &&Element| !image.is("presentation") && image.attr("role") != Some("doc-cover");
    let visual = epub
        .spine()
        .iter()
        .any(|(_, document)| document.all("img").iter().any(meant));
    assert_eq!(modes.contains("visual"), visual, "{place}: {modes:?}");
    let sufficient = claims(epub, "schema:accessModeSufficient");
    let told = features.contains("alternativeText");
    assert_eq!(
        sufficient.contains("textual"),
        told || !visual,
        "{place}: {sufficient:?}"
    );
    for property in ["schema:accessibilityHazard", "schema:accessibilitySummary"] {
        assert!(!claims(epub, property).is_empty(), "{place}: no {property}");
    }
    let certified = claims(epub, "a11y:certifiedBy").len();
    assert_eq!(
        claims(epub, "dcterms:conformsTo").len(),
        certified,
        "{place}"
    );
}

#[test]
fn our_own_books_claim_what_is_true() {
    for book in own_books() {
        let path = &built(&book).epub;
        let bytes = std::fs::read(path).expect("an output can be read");
        check(&Epub::open(&bytes), "", &path.display().to_string());
    }
}

/// Cases whose books claim a feature that their authors do not name, and others that do not claim it.
#[test]
fn every_claim_has_a_book_without_it() {
    let path = case::folder().join("access/claims.test");
    let text = std::fs::read_to_string(path).expect("the cases can be read");
    let mut claimed: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let cases: Vec<(&str, BTreeSet<&str>)> = text
        .split("```\n")
        .filter_map(|block| {
            let (input, expected) = block.split_once("\n.\n")?;
            let line = expected
                .lines()
                .find_map(|line| line.strip_prefix("accessibilityFeature: "))?;
            Some((input, line.split(" | ").collect()))
        })
        .collect();
    for feature in cases.iter().flat_map(|(_, features)| features) {
        for (input, features) in &cases {
            if input.contains("features:") || input.contains("without:") {
                continue;
            }
            let (with, without) = claimed.entry(feature).or_default();
            *(if features.contains(feature) {
                with
            } else {
                without
            }) += 1;
        }
    }
    assert!(claimed.len() > ALWAYS.len() + 3, "{claimed:?}");
    for (feature, (with, without)) in claimed {
        // What only an author claims has no book that shows it.
        assert!(
            with == 0 || without > 0 || ALWAYS.contains(&feature),
            "{feature} is always claimed"
        );
    }
}
