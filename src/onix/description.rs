//! What a book is: series, titles, people, language, extent, subjects; in the order that ONIX has.

use super::codes;
use super::{Form, Message, Product};
use crate::manifest::{Contributor, Metadata, Scheme, Series, Subject, article};
use crate::markup::Element;
use crate::model::Lang;

/// Puts the descriptions in.
pub(super) fn describe(product: &Product<'_>, message: &Message<'_>, out: &mut Element) {
    let metadata = &product.manifest.metadata;
    for series in &metadata.series {
        out.push(collection(series, &metadata.language));
    }
    if metadata.series.is_empty() {
        out.push(Element::new("NoCollection"));
    }
    out.push(title(metadata));
    contributors(metadata, out);
    match &metadata.edition_statement {
        Some(statement) => out.push(Element::value("EditionStatement", statement)),
        None => out.push(Element::new("NoEdition")),
    }
    for language in std::iter::once(&metadata.language).chain(&metadata.more_languages) {
        out.extend_with(spoken(language));
    }
    extents(product, message, out);
    subjects(&metadata.subjects, out);
}

impl Element {
    fn extend_with(&mut self, element: Option<Element>) {
        if let Some(element) = element {
            self.push(element);
        }
    }
}

/// A series: its name, its ISSN, and the book's place in it.
fn collection(series: &Series, language: &Lang) -> Element {
    // List 148: 10 a collection of the publisher's.
    let mut out = Element::new("Collection").leaf("CollectionType", "10");
    if let Some(issn) = &series.issn {
        // List 13: 02 ISSN, without its hyphen.
        let number = Element::new("CollectionIdentifier")
            .leaf("CollectionIDType", "02")
            .leaf("IDValue", &issn.replace('-', ""));
        out.push(number);
    }
    if let Some(position) = &series.position {
        // List 197: 02 as its titles say.
        let place = Element::new("CollectionSequence")
            .leaf("CollectionSequenceType", "02")
            .leaf("CollectionSequenceNumber", position);
        out.push(place);
    }
    // List 149: 02 the collection, 01 the product in it.
    let name = titled(
        Element::new("TitleElement")
            .leaf("SequenceNumber", "1")
            .leaf("TitleElementLevel", "02"),
        &series.name,
        language,
    );
    let mut detail = Element::new("TitleDetail")
        .leaf("TitleType", "01")
        .child(name);
    if let Some(position) = &series.position {
        let part = Element::new("TitleElement")
            .leaf("SequenceNumber", "2")
            .leaf("TitleElementLevel", "01")
            .leaf("PartNumber", position);
        detail.push(part);
    }
    out.child(detail)
}

/// The title of the product itself.
fn title(metadata: &Metadata) -> Element {
    // List 15: 01 the title as it stands on the book. List 149: 01 the product's.
    let element = titled(
        Element::new("TitleElement").leaf("TitleElementLevel", "01"),
        &metadata.title,
        &metadata.language,
    );
    Element::new("TitleDetail")
        .leaf("TitleType", "01")
        .child(element.leaf_some("Subtitle", metadata.subtitle.as_deref()))
}

/// A title, its article apart: it is not sorted by that.
fn titled(element: Element, title: &str, language: &Lang) -> Element {
    match article(title, language) {
        Some((article, rest)) => element
            .leaf("TitlePrefix", article)
            .leaf("TitleWithoutPrefix", rest),
        None => element
            .child(Element::new("NoPrefix"))
            .leaf("TitleWithoutPrefix", title),
    }
}

/// Those who made the text; who only made the file has no code and is left out.
fn contributors(metadata: &Metadata, out: &mut Element) {
    let mut number = 0;
    for person in &metadata.contributors {
        let mut roles: Vec<&str> = Vec::new();
        for role in person.roles().filter_map(codes::role) {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        if roles.is_empty() {
            continue;
        }
        number += 1;
        let mut element = Element::new("Contributor").leaf("SequenceNumber", &number.to_string());
        for role in roles {
            element.push(Element::value("ContributorRole", role));
        }
        out.push(named(element, person));
    }
    if number == 0 {
        out.push(Element::new("NoContributor"));
    }
}

/// A name as it is read, as it is sorted and, where the two show them, its parts. Nothing is guessed: who says no `sort`
/// may be a firm, or have the name in front that others have behind.
fn named(element: Element, person: &Contributor) -> Element {
    let element = element.leaf("PersonName", &person.name);
    let Some(sort) = &person.sort else {
        return element;
    };
    let element = element.leaf("PersonNameInverted", sort);
    match sort
        .split_once(',')
        .map(|(key, before)| (key.trim(), before.trim()))
    {
        Some((key, before)) if format!("{before} {key}") == person.name => {
            element.leaf("NamesBeforeKey", before).leaf("KeyNames", key)
        }
        _ => element,
    }
}

/// A language of the text, with its script if the tag names it.
fn spoken(language: &Lang) -> Option<Element> {
    // List 22: 01 language of the text.
    let element = Element::new("Language")
        .leaf("LanguageRole", "01")
        .leaf("LanguageCode", codes::language(language)?);
    Some(element.leaf_some(
        "ScriptCode",
        language.script().filter(|script| codes::is_script(script)),
    ))
}

/// How long it is: list 23, in pages (03 of list 24).
fn extents(product: &Product<'_>, message: &Message<'_>, out: &mut Element) {
    let extent = |kind: &str, pages: u32| {
        Element::new("Extent")
            .leaf("ExtentType", kind)
            .leaf("ExtentValue", &pages.to_string())
            .leaf("ExtentUnit", "03")
    };
    match product.form {
        // 06: all pages, blank ones and all.
        Form::Print(bound) => out.push(extent("06", bound.pages)),
        // 08: the pages of the printed book beside it.
        Form::Epub(_) => {
            let printed = message.products.iter().find_map(|other| match other.form {
                Form::Print(bound) => Some(bound.pages),
                Form::Epub(_) => None,
            });
            out.extend_with(printed.map(|pages| extent("08", pages)));
        }
    }
}

/// Entries of schemes, the first of each its main one; then all keywords in one.
fn subjects(subjects: &[Subject], out: &mut Element) {
    let mut told: Vec<&str> = Vec::new();
    for subject in subjects {
        let Some(scheme) = &subject.scheme else {
            continue;
        };
        let code = subject.code.as_deref();
        let (list, own) = match scheme {
            Scheme::Known(known) => codes::scheme(*known, code.unwrap_or_default()),
            // List 27: 24 a scheme of one's own, by its name.
            Scheme::At(address) => ("24", Some(address.as_str())),
        };
        let mut element = Element::new("Subject");
        // Schemes of one's own have no main subject between them.
        if own.is_none() && !told.contains(&list) {
            told.push(list);
            element.push(Element::new("MainSubject"));
        }
        let element = element
            .leaf("SubjectSchemeIdentifier", list)
            .leaf_some("SubjectSchemeName", own)
            .leaf_some("SubjectCode", code)
            .leaf_some("SubjectHeadingText", subject.name.as_deref());
        out.push(element);
    }
    let keywords: Vec<&str> = subjects
        .iter()
        .filter(|subject| subject.scheme.is_none())
        .map(Subject::label)
        .collect();
    if !keywords.is_empty() {
        // List 27: 20 keywords, parted by semicolons.
        let element = Element::new("Subject")
            .leaf("SubjectSchemeIdentifier", "20")
            .leaf("SubjectHeadingText", &keywords.join("; "));
        out.push(element);
    }
}
