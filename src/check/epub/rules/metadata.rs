//! The package's metadata: what must be said, and whether it is said so that programs can read it.

use std::collections::BTreeSet;

use super::super::publication::{Meta, Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::Space;
use crate::diag::{Code, Diagnostic};

/// The elements of Dublin Core (1.1).
const DUBLIN_CORE: [&str; 15] = [
    "contributor",
    "coverage",
    "creator",
    "date",
    "description",
    "format",
    "identifier",
    "language",
    "publisher",
    "relation",
    "rights",
    "source",
    "subject",
    "title",
    "type",
];

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    let Some(tree) = &package.tree else { return };
    let Some(root) = tree.root() else { return };
    let part = root.child(Space::Package, "metadata");
    let (Some(part), true) = (part, tree.is_whole) else {
        return;
    };
    let is_new = package.version == Version::Three;
    let missing = |message: &str| tally.tell(Code::MissingMetadata, part.span(), message);
    for (name, message) in [
        ("dc:title", "the metadata has no title"),
        ("dc:language", "the metadata names no language"),
        ("dc:identifier", "the metadata has no identifier"),
    ] {
        if package.said(name).next().is_none() {
            missing(message);
        }
    }
    let modified: Vec<&Meta> = package
        .said("dcterms:modified")
        .filter(|_| is_new)
        .collect();
    match modified.as_slice() {
        [] if is_new => {
            missing("the metadata does not say when the book was last changed: `dcterms:modified`")
        }
        [_, again, ..] => invalid(tally, again, "the last change is said twice".to_owned()),
        _ => {}
    }
    for meta in modified {
        if !is_moment(&meta.value) {
            let message = format!(
                "`{}` is no date like `2026-11-23T08:00:00Z`",
                shown(&meta.value)
            );
            invalid(tally, meta, message);
        }
    }
    if let Some((unique, at)) = root.attr_of(Space::None, "unique-identifier")
        && package.identifier.is_none()
    {
        let message = format!("no `dc:identifier` has the id `{}`", shown(unique));
        tally.tell(Code::InvalidMetadata, at, message);
    }
    let ids: BTreeSet<&str> = tree.nodes().filter_map(|node| node.attr("id")).collect();
    for meta in &package.metadata {
        one(publication, meta, tally);
        let to = meta
            .refines
            .as_deref()
            .and_then(|to| to.trim().strip_prefix('#'));
        if let Some(to) = to.filter(|to| !ids.contains(to)) {
            let message = format!("it refines `#{}`, and nothing has that id", shown(to));
            invalid(tally, meta, message);
        }
    }
    if is_new {
        properties(publication, tally);
    }
}

fn invalid(tally: &Tally<'_>, meta: &Meta, message: String) {
    tally.push(Diagnostic::new(Code::InvalidMetadata, meta.at, message));
}

fn one(publication: &Publication, meta: &Meta, tally: &Tally<'_>) {
    let package = &publication.package;
    if let Some(name) = meta.name.strip_prefix("dc:")
        && package
            .tree
            .as_ref()
            .and_then(|tree| tree.node(meta.node))
            .is_some_and(|node| node.space() == Space::DublinCore)
    {
        if !DUBLIN_CORE.contains(&name) {
            let message = format!("Dublin Core has no `{}`", shown(name));
            return tally.tell(Code::BadPackage, meta.at, message);
        }
        if meta.value.is_empty() {
            let needed = matches!(name, "language" | "identifier" | "date");
            if name == "title" && package.version == Version::Two {
                return tally.tell(Code::UntitledDocument, meta.at, "`dc:title` is empty");
            }
            if needed || package.version == Version::Three {
                invalid(tally, meta, format!("`dc:{name}` is empty"));
            }
            return;
        }
        let is_new = package.version == Version::Three;
        if name == "language" && is_new && !is_language(&meta.value) {
            invalid(
                tally,
                meta,
                format!("`{}` is no language tag like `en-GB`", shown(&meta.value)),
            );
        }
        let node = package.tree.as_ref().and_then(|tree| tree.node(meta.node));
        // A relator of MARC, or one of a maker's own behind `oth.` (OPF 2.0.1, 2.2.6).
        let role = node.and_then(|node| {
            let mut all = node.attrs().filter(|(space, ..)| *space != Space::None);
            all.find(|(_, name, ..)| *name == "role")
                .map(|(_, _, value, _)| value)
        });
        let is_role = |role: &str| {
            role.starts_with("oth.")
                || role.len() == 3 && role.bytes().all(|b| b.is_ascii_lowercase())
        };
        if let Some(role) = role.filter(|role| package.version == Version::Two && !is_role(role)) {
            invalid(
                tally,
                meta,
                format!("`{}` is no role of MARC, such as `aut`", shown(role)),
            );
        }
        if name == "date" && package.version == Version::Two && !is_date(&meta.value) {
            invalid(
                tally,
                meta,
                format!("`{}` is no date like `2026-11-23`", shown(&meta.value)),
            );
        }
    }
}

/// `property` attributes: each is one, and says something.
fn properties(publication: &Publication, tally: &Tally<'_>) {
    let Some(root) = publication
        .package
        .tree
        .as_ref()
        .and_then(|tree| tree.root())
    else {
        return;
    };
    for node in root
        .descendants()
        .filter(|node| node.is(Space::Package, "meta"))
    {
        let Some((property, at)) = node.attr_of(Space::None, "property") else {
            if node.attr("name").is_none() {
                tally.tell(
                    Code::BadPackage,
                    node.span(),
                    "a `meta` has neither `property` nor `name`",
                );
            }
            continue;
        };
        let property = property.trim();
        if property.is_empty() || property.contains(char::is_whitespace) {
            let message = format!("`{}` is no property", shown(property));
            tally.tell(Code::InvalidMetadata, at, message);
        } else if node.words().is_empty() {
            let message = format!("`{}` says nothing", shown(property));
            tally.tell(Code::InvalidMetadata, node.span(), message);
        }
    }
}

/// Whether digits stand where `0` does, and what else stands in the form.
fn fits(value: &str, form: &str) -> bool {
    value.len() == form.len()
        && value
            .bytes()
            .zip(form.bytes())
            .all(|(is, should)| match should {
                b'0' => is.is_ascii_digit(),
                other => is == other,
            })
}

/// `CCYY-MM-DDThh:mm:ssZ` (EPUB 3.3, 5.5.4).
fn is_moment(value: &str) -> bool {
    let value = value.trim();
    fits(value, "0000-00-00T00:00:00Z") && is_day(&value[..10])
}

/// A year, a month, a day or a moment, as the W3C's note has dates.
fn is_date(value: &str) -> bool {
    let value = value.trim();
    let day = match value.split_once('T') {
        Some((day, time)) => {
            let zoned = time.ends_with('Z') || time.contains(['+', '-']);
            return zoned && fits(day, "0000-00-00") && is_day(day);
        }
        None => value,
    };
    let form = ["0000", "0000-00", "0000-00-00"]
        .into_iter()
        .find(|form| fits(day, form));
    form.is_some() && is_day(day)
}

/// Whether month and day are some of a year.
fn is_day(day: &str) -> bool {
    let mut parts = day
        .split('-')
        .skip(1)
        .map(|part| part.parse::<u8>().unwrap_or(0));
    let month = parts.next().is_none_or(|month| (1..=12).contains(&month));
    month && parts.next().is_none_or(|day| (1..=31).contains(&day))
}

/// Whether a tag has the form of BCP 47: a language of two to eight letters, and parts of one to eight behind it.
pub(super) fn is_language(tag: &str) -> bool {
    let tag = tag.trim();
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let letters = first.bytes().all(|b| b.is_ascii_alphabetic());
    let known = letters && matches!(first.len(), 2..=3)
        || matches!(first, "x" | "i" | "X" | "I") && tag.len() > 2;
    let part =
        |part: &str| matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    known && parts.all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_dates_have_their_forms() {
        for tag in [
            "en",
            "en-GB",
            "zh-Hant-TW",
            "x-klingon",
            "sr-Latn",
            "mul",
            "de-1996",
        ] {
            assert!(is_language(tag), "{tag}");
        }
        for tag in [
            "",
            "english",
            "en_GB",
            "e",
            "en-",
            "x",
            "-en",
            "en-verylongpart",
        ] {
            assert!(!is_language(tag), "{tag}");
        }
        assert!(is_moment("2026-11-23T08:00:00Z"));
        for moment in [
            "2026-11-23",
            "2026-11-23T08:00:00+01:00",
            "2026-13-23T08:00:00Z",
            "",
        ] {
            assert!(!is_moment(moment), "{moment}");
        }
        for date in ["2026", "2026-11", "2026-11-23", "2026-11-23T08:00:00Z"] {
            assert!(is_date(date), "{date}");
        }
        for date in ["23.11.2026", "November", "2026-11-40", ""] {
            assert!(!is_date(date), "{date}");
        }
    }
}
