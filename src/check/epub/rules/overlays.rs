//! Media overlays: text that is read aloud by its own sound (EPUB 3.3, section 9).

use std::collections::{BTreeMap, BTreeSet};

use super::super::address::{Target, follow};
use super::super::publication::{Item, Overlay, Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use super::links::leads;
use super::tables::{beside, has};
use crate::diag::Code;
use crate::source::Span;

/// The media type of an overlay.
pub(super) const SMIL: &str = "application/smil+xml";

/// What each element may hold.
const HOLD: &[(&str, &str)] = &[
    ("smil", "head body"),
    ("head", "metadata"),
    ("body", "par seq"),
    ("seq", "par seq"),
    ("par", "text audio"),
    ("text", ""),
    ("audio", ""),
];

/// The attributes of each, those of EPUB's own vocabulary without their prefix.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("smil", "version id prefix"),
    ("head", ""),
    ("body", "id type textref"),
    ("seq", "id type textref"),
    ("par", "id type"),
    ("text", "id src"),
    ("audio", "id src clipBegin clipEnd"),
];

/// Sound that every reading system plays (EPUB 3.3, 3.2).
const SOUND: &str = "audio/mpeg audio/mp4 audio/ogg";

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    if publication.package.version == Version::Two {
        return;
    }
    // The overlay that first speaks of each document.
    let mut spoken: BTreeMap<String, &str> = BTreeMap::new();
    for overlay in &publication.overlays {
        form(overlay, tally);
        let mut here = BTreeSet::new();
        for node in overlay
            .tree
            .nodes()
            .filter(|node| node.space() == Space::Smil)
        {
            match node.name() {
                "text" => {
                    if let Some((src, at)) = node.attr_of(Space::None, "src") {
                        here.extend(text(publication, overlay, src, at, tally));
                    }
                }
                "audio" => audio(publication, overlay, node, tally),
                _ => {
                    if let Some((place, at)) = node.attr_of(Space::Ops, "textref") {
                        text(publication, overlay, place, at, tally);
                    }
                }
            }
        }
        for path in here {
            let other = spoken.insert(path.clone(), &overlay.path);
            if let Some(other) = other {
                let message = format!("`{}` is read by `{}` already", shown(&path), shown(other));
                tally.tell(Code::BadOverlay, overlay.tree.start(), message);
            }
        }
    }
    items(publication, &spoken, tally);
    durations(publication, tally);
}

/// What stands in what, and with which attributes.
fn form(overlay: &Overlay, tally: &Tally<'_>) {
    let bad = |at, message: String| tally.tell(Code::BadOverlay, at, message);
    let tree = &overlay.tree;
    let Some(root) = tree.root().filter(|_| tree.is_whole) else {
        return;
    };
    if !root.is(Space::Smil, "smil") {
        return bad(
            root.span(),
            "the outermost element is no `smil` of its namespace".to_owned(),
        );
    }
    if root.attr("version") != Some("3.0") {
        bad(
            root.span_of("version"),
            "an overlay has the `version` `3.0`".to_owned(),
        );
    }
    if root.child(Space::Smil, "body").is_none() {
        bad(root.span(), "an overlay has a `body`".to_owned());
    }
    let mut ids = BTreeSet::new();
    for node in tree.nodes() {
        let name = node.name();
        let up = node.parent();
        if node.space() != Space::Smil {
            // Other vocabularies may be used in `metadata`.
            if !up.is_some_and(|up| up.space() != Space::Smil || up.name() == "metadata") {
                bad(
                    node.span(),
                    format!("`<{}>` does not belong here", shown(name)),
                );
            }
            continue;
        }
        let holds = up.and_then(|up| beside(HOLD, up.name()));
        if holds.is_some_and(|holds| !has(holds, name)) {
            let up = up.map_or("", Node::name);
            bad(
                node.span(),
                format!("`<{}>` stands in a `<{up}>`", shown(name)),
            );
        }
        if let Some(known) = beside(ATTRIBUTES, name) {
            for (space, attr, _, at) in node.attrs() {
                let is_ours = matches!(attr, "type" | "textref" | "prefix");
                let fits = has(known, attr) && (space == Space::Ops) == is_ours;
                if matches!(space, Space::None | Space::Ops) && !fits {
                    bad(
                        at,
                        format!("a `<{name}>` has no attribute `{}`", shown(attr)),
                    );
                }
            }
        }
        if let Some((id, at)) = node.attr_of(Space::None, "id")
            && !ids.insert(id)
        {
            tally.tell(
                Code::RepeatedId,
                at,
                format!("the id `{}` is given twice", shown(id)),
            );
        }
        let count = |kind: &str| {
            node.children()
                .filter(|kid| kid.is(Space::Smil, kind))
                .count()
        };
        match name {
            "par" if count("text") != 1 || count("audio") > 1 => {
                bad(
                    node.span(),
                    "a `<par>` has one `<text>`, and one `<audio>` at most".to_owned(),
                );
            }
            "seq" | "body" if count("par") + count("seq") == 0 => {
                bad(node.span(), format!("a `<{name}>` is empty"));
            }
            "seq" if node.attr_of(Space::Ops, "textref").is_none() => {
                bad(node.span(), "a `<seq>` has no `epub:textref`".to_owned());
            }
            "text" | "audio" if node.attr("src").is_none() => {
                bad(node.span(), format!("a `<{name}>` has no `src`"));
            }
            "head" if count("metadata") > 1 => {
                bad(node.span(), "a `<head>` has one `<metadata>`".to_owned());
            }
            _ => {}
        }
    }
}

/// Follows an address to the text that is read; the path of its document.
fn text(
    publication: &Publication,
    overlay: &Overlay,
    address: &str,
    at: Span,
    tally: &Tally<'_>,
) -> Option<String> {
    let target = follow(&overlay.path, address);
    leads(publication, &overlay.path, &target, at, false, tally);
    let path = target.path()?;
    let Some(item) = publication.item(path) else {
        if matches!(target, Target::Remote(_)) {
            tally.tell(
                Code::BadOverlay,
                at,
                "the text that is read is not in the book",
            );
        }
        return None;
    };
    if !matches!(
        item.kind().as_str(),
        "application/xhtml+xml" | "image/svg+xml"
    ) {
        let message = format!(
            "`{}` is no document that can be read aloud",
            shown(&item.href)
        );
        tally.tell(Code::BadOverlay, at, message);
        return None;
    }
    Some(path.to_owned())
}

/// A stretch of sound.
fn audio(publication: &Publication, overlay: &Overlay, node: Node<'_>, tally: &Tally<'_>) {
    let bad = |at, message: String| tally.tell(Code::BadOverlay, at, message);
    let time = |name: &str| {
        let (value, at) = node.attr_of(Space::None, name)?;
        let found = seconds(value);
        if found.is_none() {
            bad(
                at,
                format!("`{}` is no time like `0:12:30` or `30s`", shown(value)),
            );
        }
        found
    };
    let (begin, end) = (time("clipBegin"), time("clipEnd"));
    if let (begin, Some(end)) = (begin.unwrap_or(0), end)
        && (node.attr("clipBegin").is_none() || begin > 0 || end == 0)
        && begin >= end
    {
        bad(
            node.span(),
            "the stretch ends where it begins, or before".to_owned(),
        );
    }
    let Some((src, at)) = node.attr_of(Space::None, "src") else {
        return;
    };
    let (place, fragment) = match src.split_once('#') {
        Some((place, _)) => (place, true),
        None => (src, false),
    };
    if fragment {
        bad(
            at,
            "an address of sound has no `#`: `clipBegin` says where it begins".to_owned(),
        );
    }
    let target = follow(&overlay.path, place);
    let item = match &target {
        Target::Remote(_) => {
            let mut items = publication.package.items.iter();
            let found = items.find(|item| item.target == target);
            if found.is_none() {
                let message = format!("the manifest does not list `{}`", shown(src));
                tally.tell(Code::UndeclaredFile, at, message);
            }
            found
        }
        target => {
            leads(publication, &overlay.path, target, at, false, tally);
            target.path().and_then(|path| publication.item(path))
        }
    };
    if let Some(item) = item.filter(|item| !has(SOUND, &item.kind())) {
        let kind = shown(&item.media_type);
        bad(
            at,
            format!(
                "`{}` is `{kind}`, which readers need not play",
                shown(&item.href)
            ),
        );
    }
}

/// How long something takes, in thousandths of a second (SMIL 3.0, 5.4.5).
pub(super) fn seconds(value: &str) -> Option<u64> {
    let value = value.trim();
    let number = |text: &str| -> Option<u64> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().ok())?
    };
    // Seconds with what stands behind their point.
    let exact = |text: &str| -> Option<(u64, u64)> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let part: String =
            number(part).map(|_| part.chars().chain("00".chars()).take(3).collect())?;
        Some((number(whole)?, number(&part)?))
    };
    let parts: Vec<&str> = value.split(':').collect();
    let sum = |hours: u64, minutes: &str, rest: &str| {
        let (seconds, thousandths) = exact(rest)?;
        let two = minutes.len() == 2 && rest.split('.').next()?.len() == 2;
        let minutes = number(minutes).filter(|minutes| two && *minutes < 60 && seconds < 60)?;
        let whole = hours
            .checked_mul(3600)?
            .checked_add(minutes * 60 + seconds)?;
        whole.checked_mul(1000)?.checked_add(thousandths)
    };
    match parts.as_slice() {
        [hours, minutes, rest] => sum(number(hours)?, minutes, rest),
        [minutes, rest] => sum(0, minutes, rest),
        [one] => {
            let unit = one
                .find(|c: char| c.is_ascii_alphabetic())
                .unwrap_or(one.len());
            let (whole, part) = exact(&one[..unit])?;
            let of: u64 = match &one[unit..] {
                "h" => 3_600_000,
                "min" => 60_000,
                "s" | "" => 1000,
                "ms" => 1,
                _ => return None,
            };
            whole.checked_mul(of)?.checked_add(part * of / 1000)
        }
        _ => None,
    }
}

/// The manifest names the overlay of each document, and what reads it.
fn items(publication: &Publication, spoken: &BTreeMap<String, &str>, tally: &Tally<'_>) {
    let package = &publication.package;
    let Some(tree) = &package.tree else { return };
    let bad = |at, message: String| tally.tell(Code::BadOverlay, at, message);
    let is_styled = ["media:active-class", "media:playback-active-class"]
        .iter()
        .any(|name| package.said(name).next().is_some());
    for item in &package.items {
        let node = tree.node(item.node);
        let named = node.and_then(|node| node.attr_of(Space::None, "media-overlay"));
        let path = item.target.path();
        let reader = path.and_then(|path| spoken.get(path)).copied();
        let name = shown(&item.href);
        let Some((id, at)) = named else {
            if let Some(reader) = reader {
                let of = shown(reader);
                bad(
                    item.at,
                    format!("`{of}` reads `{name}`, whose item has no `media-overlay`"),
                );
            }
            continue;
        };
        if !matches!(
            item.kind().as_str(),
            "application/xhtml+xml" | "image/svg+xml"
        ) {
            bad(
                at,
                format!("`{name}` is no document that can be read aloud"),
            );
            continue;
        }
        let of = package
            .by_id
            .get(id.trim())
            .and_then(|at| package.items.get(*at));
        match of {
            None => bad(at, format!("no item has the id `{}`", shown(id))),
            Some(of) if of.kind() != SMIL => {
                bad(
                    at,
                    format!(
                        "`{}` is `{}`, no overlay",
                        shown(&of.href),
                        shown(&of.media_type)
                    ),
                );
            }
            Some(of) => {
                let path = of.target.path();
                let is_read = path.is_some_and(|path| {
                    let mut overlays = publication.overlays.iter();
                    overlays.any(|one| one.path == path && one.tree.is_whole)
                });
                if is_read && (reader.is_none() || reader != path) {
                    bad(at, format!("`{}` does not read `{name}`", shown(&of.href)));
                }
            }
        }
        let document = path.and_then(|path| publication.document(path));
        if let Some(document) = document.filter(|document| is_styled && document.tree.is_whole) {
            let is_dressed = document.is_styled()
                || document.tree.nodes().any(|node| {
                    matches!(node.space(), Space::Xhtml | Space::Svg) && node.name() == "style"
                });
            if !is_dressed {
                let message = format!("`{name}` has no style sheet for the class of what is read");
                bad(document.tree.start(), message);
            }
        }
    }
}

/// How long each overlay takes, and all of them.
fn durations(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    let overlays: Vec<&Item> = package
        .items
        .iter()
        .filter(|item| item.kind() == SMIL)
        .collect();
    let Some(first) = overlays.first().filter(|_| package.is_whole()) else {
        return;
    };
    if package.said("media:duration").next().is_none() {
        let message = "the metadata does not say how long the book is read: `media:duration`";
        tally.tell(Code::MissingMetadata, first.at, message);
    }
    let refined: BTreeSet<&str> = package
        .metadata
        .iter()
        .filter(|meta| meta.name == "media:duration")
        .filter_map(|meta| meta.refines.as_deref()?.trim().strip_prefix('#'))
        .collect();
    for item in overlays {
        if !refined.contains(item.id.as_str()) {
            let message = format!(
                "the metadata does not say how long `{}` takes: a `media:duration` that refines `#{}`",
                shown(&item.href),
                shown(&item.id)
            );
            tally.tell(Code::MissingMetadata, item.at, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_smil() {
        for (text, value) in [
            ("0:00:01", 1000),
            ("5:34:31.396", 20_071_396),
            ("00:56.78", 56_780),
            ("09:58", 598_000),
            ("7.5h", 27_000_000),
            ("76.2s", 76_200),
            ("3.2min", 192_000),
            ("30ms", 30),
            ("12", 12_000),
        ] {
            assert_eq!(seconds(text), Some(value), "{text}");
        }
        for text in [
            "",
            "1:2",
            "0:60:00",
            "1m",
            "1 s",
            "-1s",
            "1.s",
            ".5s",
            "0:0:1",
            "a",
            "99999999999999999999s",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
