//! Whether tags and pages say the same (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7.1).

use std::collections::{BTreeMap, BTreeSet};

use super::super::document::{Document, Element, Kid, Structure};
use super::super::fault::{Faults, Several};
use super::super::standard::is_old;
use super::meaning::{named, pages};
use crate::diag::Code;

const ANEW: &str = "make the file anew, or let a tool that repairs tags build them again";

/// Tells of files without tags, of content without tags, and of tags without content.
pub(super) fn judge(document: &Document, faults: &mut Faults) {
    let hint = "export it with tags; most tools call it “accessible” or “PDF/UA”";
    let tagged = document
        .structure
        .as_ref()
        .filter(|tree| !tree.elements.is_empty());
    let Some(structure) = tagged else {
        if !document.is_for_press() {
            faults.tell(Code::Untagged, "the file has no tags", hint);
        }
        return;
    };
    if !document.marked && !document.is_for_press() {
        faults.tell(
            Code::Untagged,
            "the file has tags, but does not say that it is tagged",
            hint,
        );
    }
    unknown(document, structure, faults);
    untagged(document, faults);
    let held = contents(document, structure, faults);
    unheld(document, &held, faults);
    parents(document, structure, &held, faults);
}

fn unknown(document: &Document, structure: &Structure, faults: &mut Faults) {
    let at = pages(structure);
    // Of each tag the first element.
    let first = |is_wrong: &dyn Fn(&Element) -> bool| {
        let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, element) in structure.elements.iter().enumerate() {
            if is_wrong(element) {
                tags.entry(&element.tag).or_insert(index);
            }
        }
        let label = |index: usize| at[index].map_or("", |page| document.label(page));
        let page = tags.values().min().map_or("", |index| label(*index));
        let which: Several = tags
            .values()
            .map(|index| named(&structure.elements[*index], label(*index)))
            .collect();
        which.told().map(|which| (which, page))
    };
    if let Some((which, page)) = first(&|element| element.role.is_empty()) {
        let message = format!("tags that no standard knows, and for which none stands: {which}");
        let hint = "map each to a standard tag in the role map";
        faults.tell_on(page, Code::UnknownTag, message, hint);
    }
    // Of PDF 2.0 tags have vocabularies, which say themselves what they stand for.
    let is_remade = |element: &Element| {
        let to = structure.roles.get(&element.tag);
        !element.has_space && is_old(&element.tag) && to.is_some_and(|to| *to != element.tag)
    };
    if let Some((which, page)) = first(&is_remade) {
        let message = format!("standard tags are made to stand for others: {which}");
        faults.tell_on(
            page,
            Code::UnknownTag,
            message,
            "take them out of the role map",
        );
    }
}

fn untagged(document: &Document, faults: &mut Faults) {
    let (mut pages, mut counts) = (Several::default(), [0u64; 3]);
    for page in &document.pages {
        if page.untagged != [0; 3] {
            pages.add(|| page.label.clone());
            for (count, more) in counts.iter_mut().zip(page.untagged) {
                *count += u64::from(more);
            }
        }
    }
    let Some(which) = pages.told() else {
        return;
    };
    let kinds = [
        ("string", "strings"),
        ("picture", "pictures"),
        ("drawing", "drawings"),
    ];
    let told: Vec<String> = counts
        .into_iter()
        .zip(kinds)
        .filter(|(count, _)| *count > 0)
        .map(|(count, (one, many))| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    let message = format!(
        "neither tagged nor marked as decoration: {} on page {which}",
        told.join(", ")
    );
    faults.tell_on(
        pages.first(),
        Code::UntaggedContent,
        message,
        "tag it, or mark it as an artifact",
    );
}

/// Where content is: on a page, or in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Page(usize),
    Form(u32),
}

/// Which element holds each piece of content.
fn contents(
    document: &Document,
    structure: &Structure,
    faults: &mut Faults,
) -> BTreeMap<(Place, u32), usize> {
    let (mut placeless, mut absent, mut twice) =
        (Several::default(), Several::default(), Several::default());
    let mut first: [Option<usize>; 2] = [None, None];
    let forms: BTreeSet<(u32, u32)> = document
        .pages
        .iter()
        .flat_map(|page| &page.forms)
        .flat_map(|(form, marks)| marks.keys().map(|mark| (*form, *mark)))
        .collect();
    let mut held = BTreeMap::new();
    for (index, element) in structure.elements.iter().enumerate() {
        let named = || format!("`{}` (object {})", element.tag, element.object);
        for kid in &element.kids {
            let Kid::Content { page, form, mark } = kid else {
                continue;
            };
            let (place, is_there) = match (page, form) {
                (_, Some(form)) => (Place::Form(*form), forms.contains(&(*form, *mark))),
                (Some(page), None) => (
                    Place::Page(*page),
                    document.pages[*page].marks.contains_key(mark),
                ),
                (None, None) => {
                    placeless.add(named);
                    continue;
                }
            };
            if !is_there {
                first[0] = first[0].or(*page);
                let on = page.map_or("", |page| document.label(page));
                absent.add(|| format!("mark {mark} of page {on} in {}", named()));
            }
            if held.insert((place, *mark), index).is_some() {
                first[1] = first[1].or(*page);
                let on = page.map_or("", |page| document.label(page));
                twice.add(|| format!("mark {mark} of page {on} in {}", named()));
            }
        }
    }
    if let Some(which) = placeless.told() {
        let message = format!("tags whose content is on no page: {which}");
        faults.tell(Code::BrokenTags, message, ANEW);
    }
    let all = [
        (&absent, first[0], "tags lead to content that is not there"),
        (&twice, first[1], "tags lead to the same content twice"),
    ];
    for (which, page, what) in all {
        if let Some(which) = which.told() {
            let page = page.map_or("", |page| document.label(page));
            faults.tell_on(page, Code::BrokenTags, format!("{what}: {which}"), ANEW);
        }
    }
    held
}

/// Content that is marked for a tag and in none, and marks that stand there twice.
fn unheld(document: &Document, held: &BTreeMap<(Place, u32), usize>, faults: &mut Faults) {
    let (mut none, mut twice) = (Several::default(), Several::default());
    let mut first = [None, None];
    for (index, page) in document.pages.iter().enumerate() {
        let own = page.marks.iter().map(|mark| (Place::Page(index), mark));
        let forms = page.forms.iter();
        let forms =
            forms.flat_map(|(form, marks)| marks.iter().map(|mark| (Place::Form(*form), mark)));
        for (place, (mark, count)) in own.chain(forms) {
            if !held.contains_key(&(place, *mark)) {
                first[0] = first[0].or(Some(&page.label));
                none.add(|| format!("mark {mark} of page {}", page.label));
            }
            // A form may be drawn more than once.
            if *count > 1 && matches!(place, Place::Page(_)) {
                first[1] = first[1].or(Some(&page.label));
                twice.add(|| format!("mark {mark} of page {}", page.label));
            }
        }
    }
    let all = [
        (&none, first[0], "content is marked for a tag, and in none"),
        (
            &twice,
            first[1],
            "content has a mark that stands on its page twice",
        ),
    ];
    for (which, page, what) in all {
        if let (Some(which), Some(page)) = (which.told(), page) {
            faults.tell_on(page, Code::BrokenTags, format!("{what}: {which}"), ANEW);
        }
    }
}

/// Whether the way back from content leads to the tag that holds it.
fn parents(
    document: &Document,
    structure: &Structure,
    held: &BTreeMap<(Place, u32), usize>,
    faults: &mut Faults,
) {
    let mut wrong = Several::default();
    let mut first = None;
    for ((place, mark), index) in held {
        let Place::Page(page) = *place else {
            continue;
        };
        let page = &document.pages[page];
        let own = structure.elements[*index].object;
        let listed = page.parents.and_then(|key| structure.parents.get(&key));
        let back = listed
            .and_then(|list| list.get(*mark as usize))
            .copied()
            .unwrap_or(0);
        if own != 0 && back != own && page.marks.contains_key(mark) {
            first = first.or(Some(&page.label));
            wrong.add(|| format!("mark {mark} of page {}", page.label));
        }
    }
    if let (Some(which), Some(page)) = (wrong.told(), first) {
        let message = format!("the way back from content does not lead to its tag: {which}");
        faults.tell_on(page, Code::BrokenTags, message, ANEW);
    }
}
