//! What PDF/UA asks beyond what every tagged file should have (ISO 14289-1).

use std::collections::{BTreeMap, BTreeSet};

use super::super::document::{Document, Element, Structure};
use super::super::fault::Several;
use super::claims::{Broken, unembedded};
use super::meaning::{named, pages, unspoken};
use super::restricted::{self, restricted};
use super::tables::unscoped;

/// What is not as PDF/UA asks.
pub(super) fn accessible(document: &Document, part: u16) -> Vec<Broken> {
    let tree = document
        .structure
        .as_ref()
        .filter(|tree| !tree.elements.is_empty() && document.marked);
    let mut broken = Vec::new();
    let mut add_if = |holds: bool, what: &str, hint: &'static str| {
        if holds {
            broken.push(Broken::new(what, hint));
        }
    };
    let untagged = document
        .pages
        .iter()
        .position(|page| page.untagged != [0; 3]);
    let title = document.xmp.as_ref().is_some_and(|xmp| xmp.title.is_some());
    add_if(tree.is_none(), "it is not tagged", "export it with tags");
    add_if(
        tree.is_some_and(|tree| unspoken(document, tree)),
        "it does not say its language",
        "set the language of the document where you export it",
    );
    add_if(
        !title,
        "its metadata in XML have no title",
        "set the title where you export the file",
    );
    add_if(
        !document.shows_title,
        "it does not show its title",
        "set `DisplayDocTitle` where you export the file",
    );
    let forbidden = document.forbidden.iter().flatten();
    add_if(
        forbidden.clone().any(|what| *what == "reading aloud"),
        "its restrictions keep screen readers out",
        "save it without restrictions",
    );
    add_if(
        part == restricted::UA2 && document.version < (2, 0),
        "it is no PDF 2.0, on which that part stands",
        "claim part 1, or export it as PDF 2.0",
    );
    if let (Some(page), Some(_)) = (untagged, tree) {
        broken.push(Broken {
            what: "some of its content is not tagged".to_owned(),
            page: Some(page),
            hint: "tag it, or mark it as an artifact",
        });
    }
    broken.extend(unembedded(document));
    if let Some(tree) = tree {
        let at = pages(tree);
        if part == restricted::UA1 {
            headings(tree, &mut broken);
            notes(document, tree, &at, &mut broken);
        }
        // PDF 2.0 says itself what a header without a scope is the header of.
        let cells = if part == restricted::UA1 {
            unscoped(tree)
        } else {
            Vec::new()
        };
        broken.extend(
            told(document, tree, &at, &cells).map(|(which, page)| Broken {
                what: format!("header cells do not say what they are the headers of: {which}"),
                page,
                hint: "give each a `Scope`, or name the headers of each cell",
            }),
        );
    }
    broken.extend(restricted(document, part));
    broken
}

/// Elements as a message names them, and the page of the first.
fn told(
    document: &Document,
    tree: &Structure,
    at: &[Option<usize>],
    which: &[usize],
) -> Option<(String, Option<usize>)> {
    let name = |index: &usize| {
        let page = at[*index].map_or("", |page| document.label(page));
        named(&tree.elements[*index], page)
    };
    let all: Several = which.iter().map(name).collect();
    Some((all.told()?, at[*which.first()?]))
}

/// Headings with and without levels in one file, and several of the second kind side by side (7.4.4).
fn headings(tree: &Structure, broken: &mut Vec<Broken>) {
    let levelled = |one: &&Element| {
        let level = one.role.strip_prefix('H');
        level.is_some_and(|level| level.parse::<u32>().is_ok())
    };
    let plain = |one: &&Element| one.role == "H";
    let (with, without) = (
        tree.elements.iter().find(levelled),
        tree.elements.iter().find(plain),
    );
    if let (Some(with), Some(without)) = (with, without) {
        broken.push(Broken::new(
            format!(
                "it has headings with levels, `{}` (object {}), and without, `{}` (object {})",
                with.tag, with.object, without.tag, without.object
            ),
            "tag all headings with their level",
        ));
    }
    let mut seen: BTreeMap<Option<usize>, u32> = BTreeMap::new();
    for heading in tree.elements.iter().filter(plain) {
        *seen.entry(heading.parent).or_default() += 1;
    }
    let same: Several = tree
        .roles
        .iter()
        .filter(|(from, to)| from == to)
        .filter(|(from, _)| tree.elements.iter().any(|element| element.tag == **from))
        .map(|(from, _)| format!("`{from}`"))
        .collect();
    if let Some(which) = same.told() {
        broken.push(Broken::new(
            format!("tags stand for themselves in its role map: {which}"),
            "take them out of the role map",
        ));
    }
    let several = seen
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|(parent, _)| {
            let parent = parent.map_or(0, |parent| tree.elements[parent].object);
            format!("object {parent}")
        });
    if let Some(which) = several.collect::<Several>().told() {
        broken.push(Broken::new(
            format!("several headings without levels are in one element: {which}"),
            "tag all headings with their level",
        ));
    }
}

/// Notes that nothing can lead to (7.9).
fn notes(document: &Document, tree: &Structure, at: &[Option<usize>], broken: &mut Vec<Broken>) {
    let mut seen = BTreeSet::new();
    let mut bad = Vec::new();
    for (index, element) in tree.elements.iter().enumerate() {
        if element.role == "Note" {
            let id = element.id.as_ref().filter(|id| !id.is_empty());
            if !id.is_some_and(|id| seen.insert(id)) {
                bad.push(index);
            }
        }
    }
    broken.extend(told(document, tree, at, &bad).map(|(which, page)| Broken {
        what: format!("notes have no `ID`, or one that others have: {which}"),
        page,
        hint: "give each note an `ID` of its own",
    }));
}
