//! What tags say to who has a book read aloud: figures, headings, languages, the title (ISO 14289-1, 7.1 to 7.7).

use std::collections::BTreeSet;

use super::super::document::{Document, Element, Kid, Structure};
use super::super::fault::Faults;
use crate::diag::Code;

/// Tells of what a listener would miss.
pub(super) fn judge(document: &Document, faults: &mut Faults) {
    title(document, faults);
    let Some(structure) = &document.structure else {
        return;
    };
    let pages = pages(structure);
    language(document, structure, &pages, faults);
    figures(document, structure, &pages, faults);
    headings(document, structure, &pages, faults);
}

/// The page on which each element begins.
pub(super) fn pages(structure: &Structure) -> Vec<Option<usize>> {
    let mut pages = vec![None; structure.elements.len()];
    // Kids stand behind their parents.
    for (index, element) in structure.elements.iter().enumerate().rev() {
        pages[index] = element.kids.iter().find_map(|kid| match kid {
            Kid::Element(kid) => pages[*kid],
            Kid::Content { page, .. } => *page,
            Kid::Object(_) => None,
        });
    }
    pages
}

/// How a message names an element.
pub(super) fn named(element: &Element, page: &str) -> String {
    let on = if page.is_empty() {
        String::new()
    } else {
        format!(" on page {page}")
    };
    format!("`{}` (object {}){on}", element.tag, element.object)
}

fn title(document: &Document, faults: &mut Faults) {
    let is_said = |title: &String| !title.trim().is_empty();
    let own = document.info.get("Title").filter(|title| is_said(title));
    let xmp = document
        .xmp
        .as_ref()
        .and_then(|xmp| xmp.title.as_ref())
        .filter(|title| is_said(title));
    if own.is_none() && xmp.is_none() {
        faults.tell(
            Code::PdfTitle,
            "the metadata have no title",
            "set the title where you export the file",
        );
    } else if document.structure.is_some() && !document.shows_title && !document.is_for_press() {
        let message = "viewers are not told to show the title, so they show the file's name";
        faults.tell(
            Code::PdfTitle,
            message,
            "set `DisplayDocTitle` where you export the file",
        );
    }
}

fn language(
    document: &Document,
    structure: &Structure,
    pages: &[Option<usize>],
    faults: &mut Faults,
) {
    let hint = "set the language of the document where you export it";
    match &document.lang {
        None if unspoken(document, structure) => {
            faults.tell(
                Code::PdfLanguage,
                "the file does not say in which language it is",
                hint,
            );
        }
        Some(lang) if !is_language(lang) => {
            let message =
                format!("the language of the file is given as `{lang}`, which none is called");
            faults.tell(Code::PdfLanguage, message, hint);
        }
        _ => {}
    }
    let mut told = BTreeSet::new();
    for (element, page) in structure.elements.iter().zip(pages) {
        if let Some(lang) = element.lang.as_ref().filter(|lang| !is_language(lang))
            && told.insert(lang)
        {
            let page = page.map_or("", |page| document.label(page));
            let message = format!(
                "{} gives its language as `{lang}`, which none is called",
                named(element, page)
            );
            faults.tell_on(page, Code::PdfLanguage, message, hint);
        }
    }
}

/// Whether the file says no language, and some of what is read aloud says none of its own.
pub(super) fn unspoken(document: &Document, structure: &Structure) -> bool {
    if document.lang.is_some() {
        return false;
    }
    // The outline has no other.
    if !document.outline.is_empty() {
        return true;
    }
    let notes = document.pages.iter().flat_map(|page| &page.annotations);
    let worded: BTreeSet<u32> = notes
        .filter(|note| note.contents.is_some() || note.field.is_some())
        .map(|note| note.object)
        .collect();
    let mut spoken = vec![false; structure.elements.len()];
    for (index, element) in structure.elements.iter().enumerate() {
        // Parents stand before their kids.
        let above = element.parent.is_some_and(|parent| spoken[parent]);
        spoken[index] = above || element.lang.is_some();
        let is_silent = |kid: &Kid| match kid {
            Kid::Content {
                page: Some(page),
                form: None,
                mark,
            } => !document.pages[*page].spoken.contains(mark),
            Kid::Object(number) => worded.contains(number),
            Kid::Content { .. } => true,
            Kid::Element(_) => false,
        };
        let says = element.alt.is_some() || element.actual.is_some();
        if !spoken[index] && (says || element.kids.iter().any(is_silent)) {
            return true;
        }
    }
    false
}

/// Whether a text has the form of a language's tag (BCP 47). Nothing at all says that a language is not known, which is allowed.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let is_first = matches!(first.len(), 2..=8) || matches!(first, "x" | "X" | "i");
    let letters = first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    tag.is_empty() || is_first && letters && parts.all(is_part)
}

fn figures(
    document: &Document,
    structure: &Structure,
    pages: &[Option<usize>],
    faults: &mut Faults,
) {
    for (element, page) in structure.elements.iter().zip(pages) {
        let has_parts = element
            .kids
            .iter()
            .any(|kid| matches!(kid, Kid::Element(_)));
        let asks = match element.role.as_str() {
            "Figure" => true,
            // Of a formula that is tagged in its parts, these are read.
            "Formula" => !has_parts,
            _ => false,
        };
        let says = element.actual.is_some()
            || element
                .alt
                .as_ref()
                .is_some_and(|text| !text.trim().is_empty());
        if asks && !says && !element.kids.is_empty() {
            let page = page.map_or("", |page| document.label(page));
            let message = format!(
                "{} has no words that say what it shows",
                named(element, page)
            );
            faults.tell_on(
                page,
                Code::UndescribedFigure,
                message,
                "describe it, or mark it as decoration",
            );
        }
    }
}

fn headings(
    document: &Document,
    structure: &Structure,
    pages: &[Option<usize>],
    faults: &mut Faults,
) {
    let mut last = 0;
    for (element, page) in structure.elements.iter().zip(pages) {
        let level = element
            .role
            .strip_prefix('H')
            .and_then(|level| level.parse::<u32>().ok());
        let Some(level) = level else {
            continue;
        };
        if level > last + 1 {
            let page = page.map_or("", |page| document.label(page));
            let after = if last == 0 {
                "is the first heading, and not `H1`".to_owned()
            } else {
                format!("comes after `H{last}`")
            };
            let message = format!("{} {after}", named(element, page));
            let hint = format!("tag it as `H{}`", last + 1);
            faults.tell_on(page, Code::TaggedHeadingSkip, message, &hint);
        }
        last = level;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known_by_their_form() {
        for good in [
            "en",
            "de-CH",
            "zh-Hans-CN",
            "x-klingon",
            "",
            "grc",
            "en-GB-oxendict",
        ] {
            assert!(is_language(good), "{good}");
        }
        for bad in ["english language", "e", "en_US", "-", "en-", "Deutsch!"] {
            assert!(!is_language(bad), "{bad}");
        }
    }
}
