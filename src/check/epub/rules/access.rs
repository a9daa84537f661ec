//! What readers need who cannot see a page, or not well.

use super::super::publication::{Document, Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::Space;
use crate::diag::Code;

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    claims(publication, tally);
    let pages = publication.documents.iter();
    for document in pages.filter(|document| !document.is_drawing && document.tree.is_whole) {
        pictures(document, publication.package.version, tally);
        headings(document, tally);
        let root = document
            .tree
            .root()
            .filter(|root| root.is(Space::Xhtml, "html"));
        let language = document.lang.as_deref().map(str::trim);
        if let Some(root) = root.filter(|_| language.is_none_or(str::is_empty)) {
            tally.tell(
                Code::UndeclaredLanguage,
                root.span(),
                "the document does not say in which language it is",
            );
        }
    }
}

/// What EPUB Accessibility 1.1 (2.2) has every book say.
const CLAIMS: [&str; 3] = [
    "schema:accessMode",
    "schema:accessibilityFeature",
    "schema:accessibilityHazard",
];

fn claims(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    let root = package
        .tree
        .as_ref()
        .filter(|tree| tree.is_whole)
        .and_then(|tree| tree.root());
    let part = root.and_then(|root| root.child(Space::Package, "metadata"));
    let Some(part) = part.filter(|_| package.version == Version::Three) else {
        return;
    };
    let missing: Vec<&str> = CLAIMS
        .into_iter()
        .filter(|name| package.said(name).next().is_none())
        .collect();
    if !missing.is_empty() {
        let message = format!(
            "the metadata does not say how accessible the book is: no `{}`",
            missing.join("`, `")
        );
        tally.tell(Code::UnclaimedAccess, part.span(), message);
    }
}

fn pictures(document: &Document, version: Version, tally: &Tally<'_>) {
    for node in document.tree.nodes() {
        let is_picture = node.is(Space::Xhtml, "img")
            || node.is(Space::Xhtml, "area") && node.attr("href").is_some()
            || node.is(Space::Xhtml, "input") && node.attr("type") == Some("image");
        // There, it is a fault of its HTML.
        let is_told = version == Version::Two && node.name() == "img";
        if !is_picture || is_told || node.attr("alt").is_some() {
            continue;
        }
        let said = ["aria-label", "aria-labelledby", "title"]
            .iter()
            .any(|name| node.attr(name).is_some());
        let unseen = matches!(node.attr("role"), Some("presentation" | "none"))
            || node.attr("aria-hidden") == Some("true");
        if !said && !unseen {
            let name = node.attr("src").unwrap_or_default();
            tally.tell(
                Code::UndescribedImage,
                node.span(),
                format!("`{}` has no `alt`", shown(name)),
            );
        }
    }
}

fn headings(document: &Document, tally: &Tally<'_>) {
    let mut above: Option<u8> = None;
    for heading in &document.headings {
        if let Some(above) = above.filter(|above| heading.level > above + 1) {
            let message = format!("an `<h{}>` follows an `<h{above}>`", heading.level);
            tally.tell(Code::SkippedLevel, heading.at, message);
        }
        above = Some(heading.level);
    }
}
