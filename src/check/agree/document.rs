//! A PDF as a reading.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Part, Piece, Reading};
use crate::check::pdf::{Document, Kid, Page, Stretch, Structure, Target};

/// A page with so many lines that end in a number, and nearly no others, is one of contents or an index.
const LISTED: usize = 4;

pub(super) fn reading(pdf: &Document) -> Reading {
    let xmp = pdf.xmp.as_ref();
    let info = |key: &str| pdf.info.get(key).cloned();
    let title = xmp
        .and_then(|xmp| xmp.title.clone())
        .or_else(|| info("Title"));
    let creators = xmp.map(|xmp| xmp.creators.clone()).unwrap_or_default();
    let authors = match creators.is_empty() {
        true => info("Author").into_iter().collect(),
        false => creators,
    };
    let languages = xmp.map(|xmp| xmp.languages.clone()).unwrap_or_default();
    let annotations = || pdf.pages.iter().flat_map(|page| &page.annotations);
    let mut followed = annotations().filter(|annotation| annotation.kind == "Link");
    let links = annotations().filter_map(|annotation| match &annotation.target {
        Some(Target::Web(address)) if address.starts_with("http") => Some(address.clone()),
        _ => None,
    });
    let described = pdf.structure.as_ref().map(|structure| {
        let figures = structure.elements.iter();
        let told = |alt: &Option<String>| alt.as_ref().is_some_and(|alt| !alt.trim().is_empty());
        figures
            .filter(|element| element.role == "Figure" && told(&element.alt))
            .count()
    });
    let listing = pdf.structure.as_ref().map(contents).unwrap_or_default();
    let tagged = pdf.structure.as_ref().map(|tags| by_tags(pdf, tags));
    let tagged = tagged.filter(|pages| pages.iter().any(|page| !page.is_empty()));
    let parts = pdf.pages.iter().enumerate().map(|(at, page)| {
        let whole = || vec![words(page.text.iter())];
        let texts = tagged
            .as_ref()
            .map_or_else(whole, |pages| pages[at].clone());
        let is_text = !listing.contains(&at) && !is_list(&page.words());
        let pieces = texts.into_iter().map(|text| Piece {
            text,
            ..Piece::default()
        });
        Part {
            name: page.label.clone(),
            is_text,
            pieces: pieces.collect(),
        }
    });
    let parts: Vec<Part> = parts.collect();
    let labels: Vec<String> = pdf.pages.iter().map(|page| page.label.clone()).collect();
    // Without labels, viewers count.
    let counted = (1..)
        .zip(&labels)
        .all(|(number, label)| number.to_string() == *label);
    Reading {
        name: pdf.name.clone(),
        at: Some(pdf.at),
        title: title.unwrap_or_default(),
        authors,
        languages: pdf.lang.iter().cloned().chain(languages).collect(),
        contents: pdf
            .outline
            .iter()
            .map(|entry| Entry {
                depth: entry.depth,
                label: entry.title.clone(),
                at: None,
                is_beside: match &entry.target {
                    Some(Target::Page { page, .. }) => {
                        parts.get(*page).is_none_or(|part: &Part| !part.is_text)
                    }
                    _ => true,
                },
            })
            .collect(),
        links: links.collect(),
        has_links: followed.next().is_some(),
        pictures: described,
        pages: (!counted).then_some(labels),
        in_order: tagged.is_some(),
        parts,
    }
}

/// The pages, from 0, that have contents on them by their tags.
fn contents(tags: &Structure) -> BTreeSet<usize> {
    let is_contents = |mut at: usize| {
        // No book nests deeper, and a hostile file may be its own parent.
        for _ in 0..64 {
            let Some(element) = tags.elements.get(at) else {
                return false;
            };
            if matches!(element.role.as_str(), "TOC" | "TOCI") {
                return true;
            }
            let Some(parent) = element.parent else {
                return false;
            };
            at = parent;
        }
        false
    };
    let mut pages = BTreeSet::new();
    for (at, element) in tags.elements.iter().enumerate() {
        let shown = element.kids.iter().filter_map(|kid| match kid {
            Kid::Content { page, .. } => *page,
            _ => None,
        });
        let mut shown = shown.peekable();
        if shown.peek().is_some() && is_contents(at) {
            pages.extend(shown);
        }
    }
    pages
}

/// The words of each page in the order of the tags, an element's in one go.
fn by_tags(pdf: &Document, tags: &Structure) -> Vec<Vec<String>> {
    let mut marked: BTreeMap<(usize, u32), Vec<&Stretch>> = BTreeMap::new();
    for (at, page) in pdf.pages.iter().enumerate() {
        for text in &page.text {
            if let Some(mark) = text.mark {
                marked.entry((at, mark)).or_default().push(text);
            }
        }
    }
    let mut pages: Vec<Vec<String>> = vec![Vec::new(); pdf.pages.len()];
    let mut seen = BTreeSet::new();
    // What is to be read, the next last; and what was read since an element began or a page ended.
    let mut next: Vec<Step> = (0..tags.elements.len())
        .rev()
        .filter(|at| tags.elements[*at].parent.is_none())
        .map(Step::Element)
        .collect();
    let mut open: Vec<&Stretch> = Vec::new();
    let mut here = 0;
    let mut close = |open: &mut Vec<&Stretch>, page: usize| {
        if let (false, Some(pieces)) = (open.is_empty(), pages.get_mut(page)) {
            pieces.push(words(open.drain(..)));
        }
    };
    while let Some(step) = next.pop() {
        match step {
            Step::Element(at) => {
                let Some(element) = tags.elements.get(at).filter(|_| seen.insert(at)) else {
                    continue;
                };
                if !INLINE.contains(&element.role.as_str()) {
                    close(&mut open, here);
                    next.push(Step::End);
                }
                next.extend(element.kids.iter().rev().map(|kid| Step::Kid(*kid)));
            }
            Step::End => close(&mut open, here),
            Step::Kid(Kid::Element(at)) => next.push(Step::Element(at)),
            Step::Kid(Kid::Content {
                page: Some(page),
                form: None,
                mark,
            }) => {
                if page != here {
                    close(&mut open, here);
                    here = page;
                }
                open.extend(marked.get(&(page, mark)).into_iter().flatten().copied());
            }
            Step::Kid(_) => {}
        }
    }
    close(&mut open, here);
    pages
}

/// Tags within a line.
const INLINE: &[&str] = &[
    "Span",
    "Link",
    "Reference",
    "Em",
    "Strong",
    "Quote",
    "Code",
    "Sub",
    "Lbl",
    "NonStruct",
];

enum Step {
    Element(usize),
    Kid(Kid),
    End,
}

/// What letters say, those of a line from left to right: some files show all of one font before those of another.
fn words<'s>(texts: impl Iterator<Item = &'s Stretch>) -> String {
    let mut page = Page::default();
    let mut line: Vec<&Stretch> = Vec::new();
    let mut close = |line: &mut Vec<&Stretch>| {
        line.sort_by(|one, other| one.from[0].total_cmp(&other.from[0]));
        page.text.extend(line.drain(..).cloned());
    };
    for text in texts.filter(|text| text.is_visible && !text.is_artifact) {
        let level = |last: &&Stretch| {
            let size = last.size.max(text.size).max(1.0);
            (last.from[1] - text.from[1]).abs() < size * 0.1
        };
        if !line.last().is_none_or(level) {
            close(&mut line);
        }
        line.push(text);
    }
    close(&mut line);
    page.words()
}

/// Whether a page lists places by their pages, as contents and indexes do.
fn is_list(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut all, mut numbered) = (0, 0);
    for line in lines {
        all += 1;
        let last = line
            .split([' ', '.', ',', '\u{2002}', '\u{2003}'])
            .next_back();
        let is_page = |word: &str| {
            let digits = word.chars().all(|c| c.is_ascii_digit());
            let roman = word.chars().all(|c| "ivxlcdm".contains(c));
            !word.is_empty() && word.len() <= 7 && (digits || roman)
        };
        numbered += usize::from(last.is_some_and(is_page));
    }
    numbered >= LISTED && numbered * 3 >= all
}
