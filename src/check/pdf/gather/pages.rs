//! The pages, their boxes and their labels (ISO 32000-1, 7.7.3 and 12.4.2).

use std::collections::BTreeSet;

use super::super::document::{Page, Rect};
use super::super::fault::{Faults, Several};
use super::super::syntax::{Dict, File, NULL, Object, Ref};
use super::metadata::intents;
use super::trees;
use crate::diag::Code;
use crate::numeral::{doubled, roman};

/// A page with the dictionaries that it is drawn from.
pub(crate) struct Leaf<'f> {
    pub(crate) own: Ref,
    pub(crate) dict: &'f Dict,
    /// Its own resources, or those of a node above.
    pub(crate) resources: &'f Object,
    media: &'f Object,
    crop: &'f Object,
}

/// A node of the tree that is still to be walked, with what it inherits.
#[derive(Clone, Copy)]
struct Step<'f> {
    own: Option<Ref>,
    dict: &'f Dict,
    parent: Option<usize>,
    resources: &'f Object,
    media: &'f Object,
    crop: &'f Object,
}

/// A node that was walked.
struct Node {
    own: Option<Ref>,
    parent: Option<usize>,
    /// Pages below, counted and told.
    leaves: i64,
    told: Option<i64>,
}

/// Kids of nodes that are looked at, at most: nodes may share their lists, and a hostile file's do.
const KIDS: usize = 4_000_000;

const ANEW: &str = "make the file anew";

/// The pages in reading order. No node is walked twice.
pub(crate) fn leaves<'f>(file: &'f File<'_>, faults: &mut Faults) -> Vec<Leaf<'f>> {
    let Some(root) = file.root() else {
        return Vec::new();
    };
    let (own, top) = file.follow(root.raw("Pages"));
    let Some(dict) = top.dict() else {
        faults.tell(Code::PageTree, "the catalog leads to no pages", ANEW);
        return Vec::new();
    };
    let (mut pages, mut nodes): (Vec<Leaf<'f>>, Vec<Node>) = (Vec::new(), Vec::new());
    let (mut twice, mut lost, mut strange) =
        (Several::default(), Several::default(), Several::default());
    let mut seen: BTreeSet<Ref> = own.into_iter().collect();
    let first = Step {
        own,
        dict,
        parent: None,
        resources: &NULL,
        media: &NULL,
        crop: &NULL,
    };
    let (mut stack, mut looked) = (vec![first], 0);
    while let Some(step) = stack.pop() {
        let own = |key: &str, above: &'f Object| {
            let value = file.get(step.dict, key);
            if value.is_null() { above } else { value }
        };
        let step = Step {
            resources: own("Resources", step.resources),
            media: own("MediaBox", step.media),
            crop: own("CropBox", step.crop),
            ..step
        };
        if let Some(parent) = step.parent {
            let above = nodes[parent].own;
            if above.is_some() && step.dict.raw("Parent").reference() != above {
                strange.add(|| named(step.own));
            }
        }
        let is_node = step.dict.has("Kids") || file.get(step.dict, "Type").is_name("Pages");
        if !is_node {
            if let Some(own) = step.own {
                if let Some(parent) = step.parent {
                    nodes[parent].leaves += 1;
                }
                pages.push(Leaf {
                    own,
                    dict: step.dict,
                    resources: step.resources,
                    media: step.media,
                    crop: step.crop,
                });
            }
            continue;
        }
        let index = nodes.len();
        nodes.push(Node {
            own: step.own,
            parent: step.parent,
            leaves: 0,
            told: file.get(step.dict, "Count").integer(),
        });
        let list = file.list(step.dict, "Kids");
        looked += list.len();
        if looked > KIDS {
            faults.tell(
                Code::HostilePdf,
                "the page tree has more entries than any book",
                ANEW,
            );
            return Vec::new();
        }
        for kid in list.iter().rev() {
            let (own, value) = file.follow(kid);
            let Some(dict) = value.dict() else {
                lost.add(|| named(own));
                continue;
            };
            if own.is_some_and(|own| !seen.insert(own)) {
                twice.add(|| named(own));
                continue;
            }
            let parent = Some(index);
            stack.push(Step {
                own,
                dict,
                parent,
                ..step
            });
        }
    }
    let mut wrong = Several::default();
    for index in (0..nodes.len()).rev() {
        let Node {
            leaves,
            parent,
            told,
            own,
        } = nodes[index];
        if let Some(parent) = parent {
            nodes[parent].leaves += leaves;
        }
        if told != Some(leaves) {
            let told = told.map_or("nothing".to_owned(), |told| told.to_string());
            wrong.add(|| format!("{} says {told} and has {leaves}", named(own)));
        }
    }
    let all = [
        (&twice, "the page tree comes to something twice"),
        (&lost, "the page tree leads to nothing"),
        (
            &strange,
            "a page or node names another parent than the one that lists it",
        ),
        (&wrong, "the page tree counts its pages wrong"),
    ];
    for (which, what) in all {
        if let Some(which) = which.told() {
            faults.tell(Code::PageTree, format!("{what}: {which}"), ANEW);
        }
    }
    if pages.is_empty() {
        faults.tell(Code::PageTree, "there is not one page", ANEW);
    }
    pages
}

/// How a message names an object.
pub(crate) fn named(own: Option<Ref>) -> String {
    own.map_or("an object without a number".to_owned(), |own| {
        format!("object {}", own.number)
    })
}

/// The pages with all that is known of them without their content.
pub(crate) fn pages(file: &File<'_>, leaves: &[Leaf<'_>], faults: &mut Faults) -> Vec<Page> {
    let labels = labels(file, leaves.len(), faults);
    leaves
        .iter()
        .zip(labels)
        .map(|(leaf, label)| {
            let mut page = Page {
                object: leaf.own.number,
                label,
                media: rect(file, leaf.media),
                meant: meant(file, leaf.dict),
                parents: file.get(leaf.dict, "StructParents").integer(),
                ..Page::default()
            };
            page.boxes
                .extend(rect(file, leaf.crop).map(|rect| ("CropBox", rect)));
            for name in ["BleedBox", "TrimBox", "ArtBox"] {
                let found = rect(file, file.get(leaf.dict, name));
                page.boxes.extend(found.map(|rect| (name, rect)));
            }
            page
        })
        .collect()
}

/// The colours that a page of PDF 2.0 is meant for: of its own output intent, or of the space in which it is blended.
fn meant(file: &File<'_>, page: &Dict) -> Option<String> {
    let mut own = intents(file, page).into_iter();
    if let Some(space) = own.find_map(|intent| intent.space) {
        return Some(space);
    }
    let space = file.get(file.dict(page, "Group")?, "CS").array()?;
    file.resolve(space.first()?)
        .is_name("ICCBased")
        .then_some(())?;
    let profile = file.resolve(space.get(1)?).dict()?;
    let name = match file.get(profile, "N").integer()? {
        1 => "GRAY",
        3 => "RGB",
        4 => "CMYK",
        _ => return None,
    };
    (file.version >= (2, 0)).then(|| name.to_owned())
}

/// A rectangle, whichever of its corners it names.
pub(crate) fn rect(file: &File<'_>, value: &Object) -> Option<Rect> {
    match file.numbers(value.array()?).as_slice() {
        &[x, y, z, w] => Some([x.min(z), y.min(w), x.max(z), y.max(w)]),
        _ => None,
    }
}

/// One label a page.
fn labels(file: &File<'_>, count: usize, faults: &mut Faults) -> Vec<String> {
    let plain = || (1..=count).map(|number| number.to_string()).collect();
    let root = file.root();
    let Some(root) = root.filter(|root| root.has("PageLabels")) else {
        return plain();
    };
    let tell = |faults: &mut Faults, what: &str| {
        let hint = "let labels begin on the first page, each range with a style of numbers";
        faults.tell(Code::PageLabel, what, hint);
    };
    let Some(tree) = file.dict(root, "PageLabels") else {
        tell(
            faults,
            "the page labels are missing, though the catalog names them",
        );
        return plain();
    };
    let (entries, is_sound) = trees::entries(file, tree, "Nums");
    let ranges: Vec<(usize, &Dict)> = entries
        .iter()
        .filter_map(|(key, value)| {
            let first = usize::try_from(key.integer()?).ok()?;
            Some((first, file.resolve(value).dict()?))
        })
        .collect();
    if !is_sound || ranges.len() < entries.len() {
        tell(
            faults,
            "the page labels cannot be read, or are not in order",
        );
    }
    if ranges.first().is_none_or(|(first, _)| *first > 0) && count > 0 {
        tell(faults, "the first page has no label");
    }
    let known = |style: &Object| {
        style.is_null()
            || ["D", "R", "r", "A", "a"]
                .iter()
                .any(|name| style.is_name(name))
    };
    if ranges.iter().any(|(_, range)| !known(file.get(range, "S"))) {
        tell(
            faults,
            "page labels are numbered in a way that there is not",
        );
    }
    let mut ranges = ranges.into_iter().peekable();
    let mut current: Option<(usize, &Dict)> = None;
    let mut labels = Vec::with_capacity(count);
    for page in 0..count {
        while let Some(next) = ranges.next_if(|(first, _)| *first <= page) {
            current = Some(next);
        }
        labels.push(match current {
            Some((first, range)) => label(file, range, page - first),
            None => (page + 1).to_string(),
        });
    }
    labels
}

/// The label of the page so many pages behind the first of a range.
fn label(file: &File<'_>, range: &Dict, behind: usize) -> String {
    let start = file
        .get(range, "St")
        .integer()
        .unwrap_or(1)
        .clamp(1, i64::from(u32::MAX));
    let number = (start as u32).saturating_add(behind as u32);
    let mut label = file.text(range, "P").unwrap_or_default();
    // Prefixes are a word, no chapter.
    if label.len() > 200 {
        label = label.chars().take(50).collect();
    }
    label += &match file.name(range, "S").as_deref() {
        Some("D") => number.to_string(),
        Some("R") => roman(number),
        Some("r") => roman(number).to_lowercase(),
        Some("A") => doubled(number).to_uppercase(),
        Some("a") => doubled(number),
        _ => String::new(),
    };
    label
}
