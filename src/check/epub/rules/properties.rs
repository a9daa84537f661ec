//! What the `properties` of items say of documents (EPUB 3.3, 5.6.2 and D.4).

use std::collections::BTreeSet;

use super::super::address::{Target, follow};
use super::super::css::Use;
use super::super::publication::{Document, Publication, Reference, Role, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use crate::diag::Code;

/// The properties of items that need no prefix, those of dictionaries, indexes and comics among them.
const KNOWN: [&str; 12] = [
    "cover-image",
    "data-nav",
    "dictionary",
    "glossary",
    "index",
    "mathml",
    "nav",
    "remote-resources",
    "scripted",
    "search-key-map",
    "svg",
    "switch",
];

/// Those that say what a document holds.
const HELD: [&str; 4] = ["mathml", "scripted", "svg", "switch"];

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    if publication.package.version == Version::Two {
        return;
    }
    let tell = |at, message: String| tally.tell(Code::ItemProperties, at, message);
    let mut covers = 0;
    for item in &publication.package.items {
        for property in &item.properties {
            if !property.contains(':') && !KNOWN.contains(&property.as_str()) {
                tell(
                    item.at,
                    format!("`{}` is no property of an item", shown(property)),
                );
            }
        }
        if item.has("cover-image") {
            covers += 1;
            if covers == 2 {
                tell(item.at, "a second item is the `cover-image`".to_owned());
            }
            if !item.kind().starts_with("image/") {
                tell(
                    item.at,
                    format!(
                        "the `cover-image` is no picture but `{}`",
                        shown(&item.media_type)
                    ),
                );
            }
        }
        let sheet = item
            .target
            .path()
            .and_then(|path| publication.sheets.get(path));
        if sheet.is_some_and(|file| file.sheet.is_remote()) && !item.has("remote-resources") {
            tell(
                item.at,
                format!(
                    "`{}` uses files that lie elsewhere: its item lacks the property `remote-resources`",
                    shown(&item.href)
                ),
            );
        }
        let is_far = |node: Node<'_>| {
            let src = node.attr("src").filter(|_| node.name() == "audio");
            src.is_some_and(is_remote)
        };
        let mut overlays = publication.overlays.iter();
        let overlay = overlays.find(|one| Some(one.path.as_str()) == item.target.path());
        if overlay.is_some_and(|one| one.tree.nodes().any(is_far)) && !item.has("remote-resources")
        {
            let name = shown(&item.href);
            let message = format!(
                "`{name}` plays sound that lies elsewhere: its item lacks the property `remote-resources`"
            );
            tell(item.at, message);
        }
        if item.has("data-nav") && item.kind() != "application/xhtml+xml" {
            let name = shown(&item.media_type);
            tell(
                item.at,
                format!("`data-nav` is a property of XHTML, and this is `{name}`"),
            );
        }
        let document = item
            .target
            .path()
            .and_then(|path| publication.document(path));
        let Some(document) = document.filter(|document| document.tree.is_whole) else {
            continue;
        };
        let held = held(publication, document);
        for name in &held {
            if !item.has(name) {
                let what = match *name {
                    "scripted" => "runs a program",
                    "svg" => "holds a drawing in SVG",
                    "mathml" => "holds a formula in MathML",
                    "switch" => "holds an `<epub:switch>`",
                    _ => "uses files that lie elsewhere",
                };
                tell(
                    item.at,
                    format!(
                        "`{}` {what}: its item lacks the property `{name}`",
                        shown(&document.path)
                    ),
                );
            }
        }
        for name in HELD {
            // A drawing may be held by being named.
            let named = |to: &Reference| {
                let item = to.target.path().and_then(|path| publication.item(path));
                to.role != Role::Link && item.is_some_and(|item| item.kind() == "image/svg+xml")
            };
            let own =
                name == "svg" && (document.is_drawing || document.references.iter().any(named));
            if item.has(name) && !held.contains(name) && !own {
                tell(
                    item.at,
                    format!(
                        "`{}` has nothing that the property `{name}` tells of",
                        shown(&document.path)
                    ),
                );
            }
        }
    }
}

/// Whether an address leads out of the book.
fn is_remote(address: &str) -> bool {
    matches!(follow("", address), Target::Remote(_))
}

/// The properties that a document's item must have.
fn held(publication: &Publication, document: &Document) -> BTreeSet<&'static str> {
    let mut held = BTreeSet::new();
    for node in document.tree.nodes() {
        let name = match (node.space(), node.name()) {
            (Space::Svg, "svg") if !document.is_drawing => Some("svg"),
            (Space::MathMl, "math") => Some("mathml"),
            (Space::Xhtml | Space::Svg, "script") if is_program(node) => Some("scripted"),
            // A form does nothing without one.
            (Space::Xhtml, "form") => Some("scripted"),
            (Space::Ops, "switch") => Some("switch"),
            _ => None,
        };
        held.extend(name);
        // A font of a drawing is named by an element.
        if node.is(Space::Svg, "font-face-uri") {
            let to = node
                .attr_of(Space::Xlink, "href")
                .or_else(|| node.attr_of(Space::None, "href"));
            if to.is_some_and(|(to, _)| is_remote(to)) {
                held.insert("remote-resources");
            }
        }
        let handler = |name: &str| name.len() > 2 && name.starts_with("on");
        let mut attrs = node.attrs().filter(|(space, ..)| *space == Space::None);
        if matches!(node.space(), Space::Xhtml | Space::Svg)
            && attrs.any(|(_, name, ..)| handler(name))
        {
            held.insert("scripted");
        }
    }
    let own = document.references.iter().any(|reference| {
        let is_needed = !matches!(reference.role, Role::Link | Role::Cited);
        is_needed && matches!(reference.target, Target::Remote(_))
    });
    let styled = document
        .styles
        .iter()
        .any(|(_, sheet)| sheet.addresses.iter().any(|(_, to, _)| is_remote(to)));
    let linked = document
        .references
        .iter()
        .filter(|reference| reference.role == Role::Style);
    let fonts = linked
        .filter_map(|reference| publication.sheets.get(reference.target.path()?))
        .any(|file| {
            file.sheet
                .addresses
                .iter()
                .any(|(kind, to, _)| *kind == Use::Font && is_remote(to))
        });
    if own || styled || fonts {
        held.insert("remote-resources");
    }
    held
}

/// Whether a `script` is one, and no block of data.
fn is_program(node: Node<'_>) -> bool {
    let kind = node
        .attr("type")
        .map(|kind| kind.trim().to_ascii_lowercase());
    kind.is_none_or(|kind| {
        kind.is_empty()
            || kind == "module"
            || kind.ends_with("javascript")
            || kind.ends_with("ecmascript")
    })
}
