//! Properties of the metadata of EPUB 3: which there are, what each may speak of, how often, and what it may say.

use std::collections::{BTreeMap, BTreeSet};

use super::super::publication::{Meta, Package, Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use super::overlays::seconds;
use super::tables::has;
use super::vocabulary::Prefixes;
use crate::diag::Code;

/// What a property of the metadata keeps to (EPUB 3.3, D.3, and sections 8 and 9 for layouts and overlays).
struct Property {
    name: &'static str,
    /// What it speaks of: `book` for the book alone, elements and properties by name, or nothing for whatever there is.
    of: &'static str,
    /// Whether it is said but once of each thing.
    once: bool,
    /// What it may say; nothing where that is free.
    says: &'static str,
}

const fn property(
    name: &'static str,
    of: &'static str,
    once: bool,
    says: &'static str,
) -> Property {
    Property {
        name,
        of,
        once,
        says,
    }
}

const PROPERTIES: [Property; 23] = [
    property("alternate-script", "", false, ""),
    property("authority", "dc:subject", true, ""),
    property(
        "belongs-to-collection",
        "book belongs-to-collection",
        false,
        "",
    ),
    property("collection-type", "belongs-to-collection", true, ""),
    property("display-seq", "", true, ""),
    property("file-as", "", true, ""),
    property("group-position", "", true, ""),
    property("identifier-type", "dc:identifier dc:source", true, ""),
    property("meta-auth", "", false, ""),
    property("pageBreakSource", "book", false, ""),
    property("role", "dc:creator dc:contributor dc:publisher", false, ""),
    property("source-of", "dc:source", true, "pagination"),
    property("term", "dc:subject", true, ""),
    property("title-type", "dc:title", true, ""),
    property("rendition:layout", "book", true, "reflowable pre-paginated"),
    property(
        "rendition:orientation",
        "book",
        true,
        "auto landscape portrait",
    ),
    property(
        "rendition:spread",
        "book",
        true,
        "auto none landscape portrait both",
    ),
    property(
        "rendition:flow",
        "book",
        true,
        "auto paginated scrolled-continuous scrolled-doc",
    ),
    property("rendition:viewport", "", true, ""),
    property("media:active-class", "book", true, ""),
    property("media:playback-active-class", "book", true, ""),
    property("media:duration", "", true, ""),
    property("media:narrator", "", false, ""),
];

/// Properties of items of which an item of the spine has no more than one.
const EITHER: [&str; 6] = [
    "page-spread-left page-spread-right rendition:page-spread-left rendition:page-spread-right rendition:page-spread-center",
    "rendition:layout-reflowable rendition:layout-pre-paginated",
    "rendition:orientation-auto rendition:orientation-landscape rendition:orientation-portrait",
    "rendition:spread-auto rendition:spread-none rendition:spread-landscape rendition:spread-portrait rendition:spread-both",
    "rendition:flow-auto rendition:flow-paginated rendition:flow-scrolled-continuous rendition:flow-scrolled-doc",
    "rendition:align-x-center",
];

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    let Some(root) = package.tree.as_ref().and_then(|tree| tree.root()) else {
        return;
    };
    if package.version == Version::Two {
        return;
    }
    let metas = package
        .metadata
        .iter()
        .filter_map(|meta| Some((meta, package.tree.as_ref()?.node(meta.node)?)));
    let metas: Vec<(&Meta, Node<'_>)> = metas.collect();
    let mut by_id: BTreeMap<&str, &Meta> = BTreeMap::new();
    for (meta, _) in &metas {
        if let Some(id) = &meta.id {
            by_id.entry(id.trim()).or_insert(meta);
        }
    }
    let mut said: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (meta, node) in &metas {
        let bad = |message: String| tally.tell(Code::InvalidMetadata, meta.at, message);
        let to = meta.refines.as_deref().map(str::trim);
        if let Some(to) = to.filter(|to| !to.starts_with('#') && to.contains(':')) {
            bad(format!(
                "it refines `{}`, which is no part of the book",
                shown(to)
            ));
        }
        let is_property = node.name() == "meta" && node.attr("property").is_some();
        let rule = PROPERTIES
            .iter()
            .find(|rule| is_property && rule.name == meta.name);
        let Some(rule) = rule else { continue };
        let of = to.and_then(|to| Some(by_id.get(to.strip_prefix('#')?)?.name.as_str()));
        misplaced(rule, to, of, &bad);
        if rule.once && !said.insert((rule.name, to.unwrap_or_default())) {
            bad(format!("`{}` is said twice of the same thing", rule.name));
        }
        if !rule.says.is_empty() && !has(rule.says, &meta.value) {
            let known: Vec<&str> = rule.says.split_ascii_whitespace().collect();
            bad(format!(
                "`{}` is `{}`, not `{}`",
                rule.name,
                known.join("`, `"),
                shown(&meta.value)
            ));
        }
        if rule.name.ends_with("active-class") && meta.value.contains(char::is_whitespace) {
            bad(format!(
                "`{}` names one class, not `{}`",
                rule.name,
                shown(&meta.value)
            ));
        }
        if rule.name == "media:duration" && seconds(&meta.value).is_none() {
            bad(format!(
                "`{}` is no time like `0:12:30` or `30s`",
                shown(&meta.value)
            ));
        }
    }
    pairs(package, &by_id, tally);
    circles(&metas, &by_id, tally);
    repeated(root, tally);
    schemes(root, tally);
    spreads(root, tally);
}

/// A property that speaks of what it does not describe.
fn misplaced(rule: &Property, to: Option<&str>, of: Option<&str>, bad: &impl Fn(String)) {
    let name = rule.name;
    match (to, of) {
        _ if rule.of.is_empty() => {}
        (None, _) if has(rule.of, "book") => {}
        (None, _) => bad(format!(
            "`{name}` says of what: it has a `refines` that leads to a `{}`",
            rule.of.replace(' ', "`, `")
        )),
        (Some(_), _) if rule.of == "book" => {
            bad(format!(
                "`{name}` speaks of the whole book, and has no `refines`"
            ));
        }
        (Some(_), Some(of)) if !has(rule.of, of) => {
            bad(format!("`{name}` says nothing of a `{}`", shown(of)));
        }
        (Some(to), None) if !to.starts_with('#') => {
            bad(format!(
                "`{name}` refines `{}`, no part of the metadata: `#` and its id",
                shown(to)
            ));
        }
        // What it does not find is told with what has no such id.
        _ => {}
    }
}

/// `authority` and `term` come in pairs.
fn pairs(package: &Package, by_id: &BTreeMap<&str, &Meta>, tally: &Tally<'_>) {
    let mut found: BTreeMap<&str, [Option<&Meta>; 2]> = BTreeMap::new();
    for meta in &package.metadata {
        let to = meta
            .refines
            .as_deref()
            .and_then(|to| to.trim().strip_prefix('#'));
        let place = ["authority", "term"]
            .iter()
            .position(|name| *name == meta.name);
        if let (Some(to), Some(place)) = (to.filter(|to| by_id.contains_key(to)), place) {
            found.entry(to).or_default()[place] = Some(meta);
        }
    }
    for pair in found.values() {
        let (meta, lacks) = match pair {
            [Some(meta), None] => (meta, "a `term` of that `authority`"),
            [None, Some(meta)] => (meta, "the `authority` that has that `term`"),
            _ => continue,
        };
        tally.tell(
            Code::InvalidMetadata,
            meta.at,
            format!("the subject lacks {lacks}"),
        );
    }
}

/// What refines itself, by however many others.
fn circles(metas: &[(&Meta, Node<'_>)], by_id: &BTreeMap<&str, &Meta>, tally: &Tally<'_>) {
    let next = |meta: &Meta| {
        let to = meta.refines.as_deref()?.trim().strip_prefix('#')?;
        by_id.get(to).copied()
    };
    let mut ends: BTreeSet<u32> = BTreeSet::new();
    for (meta, _) in metas {
        let (mut chain, mut here) = (BTreeSet::new(), Some(*meta));
        while let Some(one) = here.filter(|one| !ends.contains(&one.node)) {
            if !chain.insert(one.node) {
                let message = "it refines what refines it in turn";
                tally.tell(Code::InvalidMetadata, one.at, message);
                break;
            }
            here = next(one);
        }
        ends.extend(chain);
    }
}

/// Elements of Dublin Core that a book has once.
fn repeated(root: Node<'_>, tally: &Tally<'_>) {
    let part = root.child(Space::Package, "metadata");
    let dates = part.into_iter().flat_map(Node::children);
    let mut dates = dates.filter(|node| node.is(Space::DublinCore, "date"));
    if let Some(second) = dates.nth(1) {
        let message = "a book has one `dc:date`, that of its publication";
        tally.tell(Code::InvalidMetadata, second.span(), message);
    }
}

/// `scheme` names one list of values, with the prefix of its vocabulary.
fn schemes(root: Node<'_>, tally: &Tally<'_>) {
    let prefixes = Prefixes::of_package(root);
    for node in root
        .descendants()
        .filter(|node| node.is(Space::Package, "meta"))
    {
        let Some((scheme, at)) = node.attr_of(Space::None, "scheme") else {
            continue;
        };
        let scheme = scheme.trim();
        let message = match scheme.split_once(':') {
            _ if node.attr("property").is_none() => continue,
            _ if scheme.contains(char::is_whitespace) || scheme.is_empty() => {
                format!("`scheme` names one list, not `{}`", shown(scheme))
            }
            None => format!(
                "no list is called `{}`: a `scheme` begins with a prefix",
                shown(scheme)
            ),
            Some((prefix, _)) if !prefixes.knows(prefix) => {
                format!("the prefix of `{}` is not declared", shown(scheme))
            }
            Some(_) => continue,
        };
        tally.tell(Code::InvalidMetadata, at, message);
    }
}

/// Places of the spine that say two things of which one is true.
fn spreads(root: Node<'_>, tally: &Tally<'_>) {
    let spine = root.child(Space::Package, "spine");
    for place in spine.into_iter().flat_map(Node::children) {
        for either in EITHER {
            let own = place.listed(Space::None, "properties");
            let both: Vec<&str> = own.filter(|one| has(either, one)).take(2).collect();
            if let [one, other] = both.as_slice() {
                let message = format!("`{one}` and `{other}` cannot both be true");
                tally.tell(Code::ItemProperties, place.span_of("properties"), message);
            }
        }
    }
}
