//! The tree of tags, and the tree that leads from content back to it (ISO 32000-1, 14.7).

use std::collections::{BTreeMap, BTreeSet};

use super::super::document::{Element, Kid, Structure};
use super::super::fault::{Faults, Several};
use super::super::standard::is_standard;
use super::super::syntax::{Dict, File, Object, Ref};
use super::pages::named;
use super::trees;
use crate::diag::Code;

/// Tags that stand for tags that stand for tags, at most.
const ROLES: usize = 16;

/// Kids of elements, at most: elements may share their lists, and a hostile file's do.
const KIDS: usize = 4_000_000;

const ANEW: &str = "make the file anew, or let a tool that repairs tags build them again";

/// An element whose kids are being read.
struct Open<'f> {
    element: usize,
    kids: std::slice::Iter<'f, Object>,
    /// The page that its content is on.
    page: Option<usize>,
}

/// What is wrong with the tree, gathered while it is read.
#[derive(Default)]
struct Wrong {
    twice: Several,
    parents: Several,
    nothing: Several,
}

/// The tree; `None` if there is none. `pages` gives the index of each page's object.
pub(crate) fn structure<'f>(
    file: &'f File<'_>,
    pages: &BTreeMap<u32, usize>,
    faults: &mut Faults,
) -> Option<Structure> {
    let catalog = file.root()?;
    if !catalog.has("StructTreeRoot") {
        return None;
    }
    let (root_own, root) = file.follow(catalog.raw("StructTreeRoot"));
    let Some(root) = root.dict() else {
        faults.tell(
            Code::BrokenTags,
            "the tree of tags is missing, though the catalog names it",
            ANEW,
        );
        return None;
    };
    let roles = roles(file, root);
    let mut found = Structure {
        roles,
        parents: parents(file, root, faults),
        ..Structure::default()
    };
    let mut wrong = Wrong::default();
    let mut seen: BTreeSet<Ref> = root_own.into_iter().collect();
    let mut stack: Vec<Open<'f>> = Vec::new();
    let mut looked = 0;
    let mut top = kids(file, root.raw("K")).iter();
    loop {
        let (parent, value) = match stack.last_mut() {
            Some(open) => match open.kids.next() {
                Some(value) => (Some(open.element), value),
                None => {
                    stack.pop();
                    continue;
                }
            },
            None => match top.next() {
                Some(value) => (None, value),
                None => break,
            },
        };
        looked += 1;
        if looked > KIDS {
            faults.tell(
                Code::HostilePdf,
                "the tree of tags has more entries than any book",
                ANEW,
            );
            return None;
        }
        let page = stack.last().and_then(|open| open.page);
        let (own, value) = file.follow(value);
        let kid = match (value, parent) {
            (Object::Integer(mark), Some(_)) => {
                u32::try_from(*mark).ok().map(|mark| Kid::Content {
                    page,
                    form: None,
                    mark,
                })
            }
            (Object::Dict(dict), _) if dict.has("S") => {
                if own.is_some_and(|own| !seen.insert(own)) {
                    wrong.twice.add(|| named(own));
                    continue;
                }
                let above = parent.map_or(root_own.map_or(0, |own| own.number), |parent| {
                    found.elements[parent].object
                });
                let told = dict.raw("P").reference().map_or(0, |to| to.number);
                if above != 0 && told != above {
                    wrong.parents.add(|| named(own));
                }
                let index = found.elements.len();
                let mut element = element(file, dict, &found.roles);
                element.object = own.map_or(0, |own| own.number);
                element.parent = parent;
                found.elements.push(element);
                let on = dict
                    .raw("Pg")
                    .reference()
                    .and_then(|to| pages.get(&to.number).copied());
                stack.push(Open {
                    element: index,
                    kids: kids(file, dict.raw("K")).iter(),
                    page: on,
                });
                Some(Kid::Element(index))
            }
            (Object::Dict(dict), Some(_)) => referred(file, dict, page, pages),
            _ => None,
        };
        match (kid, parent) {
            (Some(kid), Some(parent)) => found.elements[parent].kids.push(kid),
            (None, _) => wrong.nothing.add(|| named(own)),
            (Some(_), None) => {}
        }
    }
    let all = [
        (&wrong.twice, "the tree of tags comes to an element twice"),
        (
            &wrong.parents,
            "an element names another parent than the one that it is in",
        ),
        (
            &wrong.nothing,
            "the tree of tags leads to what is no element and no content",
        ),
    ];
    for (which, what) in all {
        if let Some(which) = which.told() {
            faults.tell(Code::BrokenTags, format!("{what}: {which}"), ANEW);
        }
    }
    Some(found)
}

/// The kids of an element: one, or a list.
fn kids<'f>(file: &'f File<'_>, value: &'f Object) -> &'f [Object] {
    match file.resolve(value) {
        Object::Array(list) => list,
        Object::Null if value.is_null() => &[],
        _ => std::slice::from_ref(value),
    }
}

/// Content or an object that a dictionary refers to (14.7.4).
fn referred(
    file: &File<'_>,
    dict: &Dict,
    page: Option<usize>,
    pages: &BTreeMap<u32, usize>,
) -> Option<Kid> {
    let own = dict
        .raw("Pg")
        .reference()
        .and_then(|to| pages.get(&to.number).copied());
    match file.name(dict, "Type").as_deref() {
        Some("OBJR") => Some(Kid::Object(dict.raw("Obj").reference()?.number)),
        Some("MCR") => Some(Kid::Content {
            page: own.or(page),
            form: dict.raw("Stm").reference().map(|to| to.number),
            mark: u32::try_from(file.get(dict, "MCID").integer()?).ok()?,
        }),
        _ => None,
    }
}

fn element(file: &File<'_>, dict: &Dict, roles: &BTreeMap<String, String>) -> Element {
    let tag = file.name(dict, "S").unwrap_or_default();
    let mut found = Element {
        role: role(file, dict, &tag, roles),
        tag,
        alt: file.text(dict, "Alt"),
        actual: file.text(dict, "ActualText"),
        lang: file.text(dict, "Lang"),
        has_space: dict.has("NS"),
        id: file.get(dict, "ID").bytes().map(<[u8]>::to_vec),
        spans: [1, 1],
        ..Element::default()
    };
    let attributes = file.get(dict, "A");
    let attributes = attributes
        .array()
        .unwrap_or(std::slice::from_ref(attributes));
    for own in attributes.iter().filter_map(|own| file.resolve(own).dict()) {
        for (span, key) in found.spans.iter_mut().zip(["ColSpan", "RowSpan"]) {
            if let Some(value) = file.get(own, key).integer() {
                *span = u32::try_from(value).unwrap_or(1).clamp(1, 10_000);
            }
        }
        found.has_scope |= own.has("Scope");
        found.has_headers |= own.has("Headers");
    }
    found
}

/// The standard tag for which one stands; empty if for none.
fn role(file: &File<'_>, dict: &Dict, tag: &str, roles: &BTreeMap<String, String>) -> String {
    // Of PDF 2.0: a tag of another vocabulary, which says itself what its tags stand for.
    if let Some(space) = file.dict(dict, "NS") {
        let mapped = file.dict(space, "RoleMapNS").map(|map| file.get(map, tag));
        let mapped = mapped.map(|to| {
            to.array()
                .and_then(<[Object]>::first)
                .map_or(to, |first| file.resolve(first))
        });
        if let Some(name) = mapped.and_then(Object::name) {
            return name;
        }
        if file
            .text(space, "NS")
            .is_some_and(|name| name.contains("MathML"))
        {
            return "Formula".to_owned();
        }
    }
    let mut role = tag;
    for _ in 0..ROLES {
        if is_standard(role) {
            return role.to_owned();
        }
        match roles.get(role) {
            Some(next) => role = next,
            None => break,
        }
    }
    String::new()
}

fn roles(file: &File<'_>, root: &Dict) -> BTreeMap<String, String> {
    let map = file.dict(root, "RoleMap");
    let pairs = map.into_iter().flat_map(|map| &map.0);
    pairs
        .filter_map(|(from, to)| {
            let from = String::from_utf8_lossy(from).into_owned();
            Some((from, file.resolve(to).name()?))
        })
        .collect()
}

/// From keys to the elements that content belongs to (14.7.4.4).
fn parents(file: &File<'_>, root: &Dict, faults: &mut Faults) -> BTreeMap<i64, Vec<u32>> {
    let Some(tree) = file.dict(root, "ParentTree") else {
        return BTreeMap::new();
    };
    let (entries, is_sound) = trees::entries(file, tree, "Nums");
    if !is_sound {
        faults.tell(
            Code::BrokenTags,
            "the tree from content to tags is out of order or broken",
            ANEW,
        );
    }
    let number = |value: &Object| value.reference().map_or(0, |to| to.number);
    let mut found = BTreeMap::new();
    for (key, value) in entries {
        let Some(key) = key.integer() else {
            continue;
        };
        let (own, inner) = file.follow(value);
        let list = match inner {
            Object::Array(list) => list.iter().map(number).collect(),
            Object::Dict(_) => vec![own.map_or(0, |own| own.number)],
            _ => Vec::new(),
        };
        found.insert(key, list);
    }
    found
}
