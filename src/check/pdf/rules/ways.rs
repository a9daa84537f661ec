//! Links, the outline, and what runs by itself.

use std::collections::BTreeSet;

use super::super::document::{Document, Kid, Target};
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
    let actions: Several = document.actions.iter().cloned().collect();
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
    let promises = document.xmp.as_ref().is_some_and(|xmp| xmp.ua.is_some());
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
