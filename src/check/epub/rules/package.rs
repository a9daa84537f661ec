//! The package's own form: its parts, their attributes, its ids.

use std::collections::BTreeSet;

use super::super::publication::{Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use super::metadata::is_language;
use crate::diag::{Code, Diagnostic};

/// The parts of a package, in their order (EPUB 3.3, 5.4; OPF 2.0.1, 2.0).
const PARTS: [&str; 8] = [
    "metadata",
    "manifest",
    "spine",
    "tours",
    "guide",
    "bindings",
    "collection",
    "links",
];

/// The attributes of an item, of the spine and of its places.
const ITEM: [&str; 9] = [
    "id",
    "href",
    "media-type",
    "fallback",
    "properties",
    "media-overlay",
    "required-namespace",
    "required-modules",
    "fallback-style",
];
const SPINE: [&str; 3] = ["id", "toc", "page-progression-direction"];
const ITEMREF: [&str; 4] = ["id", "idref", "linear", "properties"];

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    let Some(root) = package.tree.as_ref().and_then(|tree| tree.root()) else {
        return;
    };
    let bad = |at, message: String| tally.tell(Code::BadPackage, at, message);
    if !root.is(Space::Package, "package") {
        return bad(
            root.span(),
            "the outermost element is no `package` of its namespace".to_owned(),
        );
    }
    match root.attr("version").map(str::trim) {
        Some("2.0" | "3.0") => {}
        Some(other) => bad(
            root.span_of("version"),
            format!("`{}` is no version of EPUB; `3.0` is", shown(other)),
        ),
        None => bad(root.span(), "the package has no `version`".to_owned()),
    }
    if root.attr("unique-identifier").is_none() {
        bad(
            root.span(),
            "the package has no `unique-identifier`".to_owned(),
        );
    }
    let is_whole = package.is_whole();
    parts(root, is_whole, &bad);
    attributes(root, package.version, &bad);
    further(root, publication, tally);
    let mut ids = BTreeSet::new();
    for node in package.tree.iter().flat_map(|tree| tree.nodes()) {
        let Some(id) = node.attr("id") else { continue };
        if id.trim().is_empty() || id.trim().contains(char::is_whitespace) {
            bad(node.span_of("id"), format!("`{}` is no id", shown(id)));
        } else if !ids.insert(id.trim()) {
            let message = format!("the id `{}` is given twice", shown(id));
            tally.push(Diagnostic::new(
                Code::RepeatedId,
                node.span_of("id"),
                message,
            ));
        }
    }
}

fn parts(root: Node<'_>, is_whole: bool, bad: &impl Fn(crate::source::Span, String)) {
    let mut last = 0;
    for part in root
        .children()
        .filter(|part| part.space() == Space::Package)
    {
        let place = PARTS.iter().position(|name| *name == part.name());
        let Some(place) = place else {
            bad(
                part.span(),
                format!("a package has no `{}`", shown(part.name())),
            );
            continue;
        };
        if place < last {
            bad(
                part.span(),
                format!("`{}` comes after `{}`", part.name(), PARTS[last]),
            );
        }
        last = last.max(place);
    }
    for name in &PARTS[..3] {
        let count = root
            .children()
            .filter(|part| part.is(Space::Package, name))
            .count();
        match count {
            0 if is_whole => bad(root.span(), format!("the package has no `{name}`")),
            0 | 1 => {}
            _ => bad(root.span(), format!("the package has {count} of `{name}`")),
        }
    }
}

fn attributes(root: Node<'_>, version: Version, bad: &impl Fn(crate::source::Span, String)) {
    for node in root
        .descendants()
        .filter(|node| node.space() == Space::Package)
    {
        let (needed, allowed): (&[&str], &[&str]) = match node.name() {
            "item" => (&["id", "href", "media-type"], &ITEM),
            "itemref" => (&["idref"], &ITEMREF),
            "spine" => (&[], &SPINE),
            _ => continue,
        };
        for name in needed {
            match node.attr(name).map(str::trim) {
                None => bad(node.span(), format!("an `{}` has no `{name}`", node.name())),
                Some("") => bad(
                    node.span_of(name),
                    format!("the `{name}` of an `{}` is empty", node.name()),
                ),
                Some(_) => {}
            }
        }
        for (space, name, value, at) in node.attrs() {
            // What EPUB 3 brought, and what it left behind.
            let is_late = match version {
                Version::Two => matches!(
                    name,
                    "properties" | "media-overlay" | "page-progression-direction"
                ),
                Version::Three => {
                    matches!(
                        name,
                        "required-namespace" | "required-modules" | "fallback-style"
                    )
                }
            };
            if space == Space::None && (!allowed.contains(&name) || is_late) {
                bad(
                    at,
                    format!("an `{}` has no attribute `{}`", node.name(), shown(name)),
                );
            }
            if name == "linear" && !matches!(value.trim(), "yes" | "no") {
                bad(
                    at,
                    format!("`linear` is `yes` or `no`, not `{}`", shown(value)),
                );
            }
            if name == "media-type" && !value.trim().is_empty() && !is_type(value) {
                bad(at, format!("`{}` is no media type", shown(value)));
            }
        }
    }
}

/// The parts that not every package has: the guide, collections; languages; what stands in for a style.
fn further(root: Node<'_>, publication: &Publication, tally: &Tally<'_>) {
    let bad = |at, message: String| tally.tell(Code::BadPackage, at, message);
    let package = &publication.package;
    for node in std::iter::once(root).chain(root.descendants()) {
        if let Some((tag, at)) = node.attr_of(Space::Xml, "lang")
            && !tag.is_empty()
            && package.version == Version::Three
            && (tag != tag.trim() || !is_language(tag))
        {
            bad(
                at,
                format!("`{}` is no language tag like `en-GB`", shown(tag)),
            );
        }
        if node.space() != Space::Package {
            continue;
        }
        match node.name() {
            "guide" if node.child(Space::Package, "reference").is_none() => {
                bad(node.span(), "the `guide` is empty".to_owned());
            }
            "reference" => {
                for name in ["type", "href"]
                    .iter()
                    .filter(|name| node.attr(name).is_none())
                {
                    bad(
                        node.span(),
                        format!("a `reference` of the guide has no `{name}`"),
                    );
                }
            }
            "collection" if node.attr("role").is_none() => {
                bad(node.span(), "a `collection` has no `role`".to_owned());
            }
            "collection" => {
                let up = node.parent().map(Node::name);
                if node.attr("role") == Some("manifest") && up != Some("collection") {
                    let message = "a `collection` that is a manifest stands in another";
                    bad(node.span(), message.to_owned());
                }
            }
            "item" => {
                let (style, at) = node.attr_of(Space::None, "fallback-style").unzip();
                let missing = style.filter(|id| !package.by_id.contains_key(id.trim()));
                if let (Some(id), Some(at)) = (missing, at) {
                    bad(at, format!("no item has the id `{}`", shown(id)));
                }
            }
            _ => {}
        }
    }
}

/// Two words with a `/` between.
fn is_type(value: &str) -> bool {
    let plain = value.split(';').next().unwrap_or_default().trim();
    let word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
    };
    plain
        .split_once('/')
        .is_some_and(|(kind, form)| word(kind) && word(form))
}
