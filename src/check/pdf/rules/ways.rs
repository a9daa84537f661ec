//! Links, the outline, and what runs by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::super::document::{Document, Element, Kid, Rect, Structure, Target};
use super::super::fault::{Faults, Several};
use crate::diag::Code;

/// Tells of what leads nowhere, of links that no tag knows, and of programs.
pub(super) fn judge(document: &Document, faults: &mut Faults) {
    for entry in &document.outline {
        if let Some(Target::Nowhere(why)) = &entry.target {
            let title: String = entry.title.chars().take(60).collect();
            let message = format!("the entry `{title}` of the outline leads nowhere: {why}");
            faults.tell(
                Code::DeadDestination,
                message,
                "mend where it leads, or remove it",
            );
        }
    }
    for page in &document.pages {
        for note in &page.annotations {
            if let Some(Target::Nowhere(why)) = &note.target {
                let message = format!(
                    "a link (object {}) on page {} leads nowhere: {why}",
                    note.object, page.label
                );
                faults.tell_on(
                    &page.label,
                    Code::DeadDestination,
                    message,
                    "mend where it leads, or remove it",
                );
            }
        }
    }
    untold(document, faults);
    let mut actions = Several::default();
    for action in &document.actions {
        actions.add_new(action.clone());
    }
    if let Some(which) = actions.told() {
        faults.tell(
            Code::PdfAction,
            format!("the file runs {which}"),
            "remove it; a book does not need any",
        );
    }
}

/// Links that no tag holds, and those without words in a file that promises some.
fn untold(document: &Document, faults: &mut Faults) {
    let Some(structure) = document
        .structure
        .as_ref()
        .filter(|tree| !tree.elements.is_empty())
    else {
        return;
    };
    let held: BTreeSet<u32> = structure
        .elements
        .iter()
        .filter(|element| matches!(element.role.as_str(), "Link" | "Reference" | "Annot"))
        .flat_map(|element| &element.kids)
        .filter_map(|kid| match kid {
            Kid::Object(number) => Some(*number),
            _ => None,
        })
        .collect();
    let part = document.xmp.as_ref().and_then(|xmp| xmp.ua.as_deref());
    // The second part takes the words of the tag too.
    let promises = part == Some("1");
    if part.is_some() {
        notes(document, structure, faults);
    }
    let (mut outside, mut wordless) = (Several::default(), Several::default());
    let mut first = [None, None];
    for page in &document.pages {
        for link in page
            .annotations
            .iter()
            .filter(|note| note.kind == "Link" && !note.is_hidden)
        {
            let named = || format!("object {} on page {}", link.object, page.label);
            if !held.contains(&link.object) {
                first[0] = first[0].or(Some(&page.label));
                outside.add(named);
            }
            let says = link
                .contents
                .as_ref()
                .is_some_and(|words| !words.trim().is_empty());
            if promises && !says {
                first[1] = first[1].or(Some(&page.label));
                wordless.add(named);
            }
        }
    }
    let all = [
        (&outside, first[0], "links that no tag `Link` holds"),
        (
            &wordless,
            first[1],
            "links without words that say where they lead",
        ),
    ];
    for (which, page, what) in all {
        if let (Some(which), Some(page)) = (which.told(), page) {
            let message = format!("{what}: {which}");
            faults.tell_on(
                page,
                Code::UntoldLink,
                message,
                "tag each as `Link`, and give it `Contents`",
            );
        }
    }
}

/// Notes that are no links, in a file that promises to be accessible: comments, fields, media (ISO 14289-1, 7.18).
fn notes(document: &Document, structure: &Structure, faults: &mut Faults) {
    let mut within: BTreeMap<u32, &Element> = BTreeMap::new();
    for element in &structure.elements {
        for kid in &element.kids {
            if let Kid::Object(number) = kid {
                within.insert(*number, element);
            }
        }
    }
    let mut found: [(Several, Option<&str>); 4] = Default::default();
    for page in &document.pages {
        for note in &page.annotations {
            let element = within.get(&note.object);
            let role = element.map_or("", |element| element.role.as_str());
            let is_outside = match (note.rect, page.boxes.get("CropBox").copied().or(page.media)) {
                (Some(own), Some(page)) => is_apart(own, page),
                _ => false,
            };
            if note.is_hidden || is_outside || matches!(note.kind.as_str(), "Popup") {
                continue;
            }
            let says =
                |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
            let has_alt = element.is_some_and(|element| says(&element.alt));
            let wrong = match note.kind.as_str() {
                "Widget" => [role != "Form", !has_alt && !says(&note.field), false, false],
                "PrinterMark" => [false, false, element.is_some(), false],
                // Links are told of on their own.
                "Link" => [false; 4],
                _ => [
                    false,
                    !says(&note.contents) && !has_alt,
                    false,
                    role != "Annot",
                ],
            };
            for (holds, (which, first)) in wrong.into_iter().zip(&mut found) {
                if holds {
                    *first = first.or(Some(&page.label));
                    which.add(|| {
                        format!(
                            "`{}` (object {}) on page {}",
                            note.kind, note.object, page.label
                        )
                    });
                }
            }
        }
    }
    let all = [
        ("fields that no tag `Form` holds", "tag each as `Form`"),
        (
            "notes without words that say what they are",
            "give each `Contents`, and each field `TU`",
        ),
        (
            "marks for a printer that have tags",
            "take them out of the tags",
        ),
        ("notes that no tag `Annot` holds", "tag each as `Annot`"),
    ];
    for ((which, first), (what, hint)) in found.iter().zip(all) {
        if let (Some(which), Some(page)) = (which.told(), first) {
            faults.tell_on(page, Code::UntoldNote, format!("{what}: {which}"), hint);
        }
    }
}

/// Whether two rectangles have nothing in common.
fn is_apart(one: Rect, two: Rect) -> bool {
    one[2] < two[0] || one[0] > two[2] || one[3] < two[1] || one[1] > two[3]
}
