//! Pictures, sound and documents in documents: each is of a kind that every reader shows (EPUB 3.3, 3.2), or has something to stand in
//! for it: a `fallback` of its item, or what the element itself has beside or in it.

use std::collections::BTreeSet;

use super::super::address::Target;
use super::super::publication::{Document, Item, Publication, Reference, Role};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use super::manifest::any_of;
use super::tables::has;
use crate::diag::Code;

/// Pictures that every reading system knows (WebP is new in EPUB 3.3).
const PICTURES: &str = "image/gif image/jpeg image/jpg image/png image/svg+xml image/webp";

/// Sound that every one plays.
const SOUND: &str = "audio/mpeg audio/mp4 audio/ogg";

/// Everything that an `embed` or `object` may show.
const CORE: &str = "image/gif image/jpeg image/jpg image/png image/svg+xml image/webp audio/mpeg audio/mp4 audio/ogg application/xhtml+xml text/css \
    text/javascript application/javascript application/ecmascript font/ttf font/otf font/woff font/woff2 application/smil+xml \
    application/x-dtbncx+xml application/pls+xml";

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    for document in &publication.documents {
        let helped = helped(publication, document);
        for reference in &document.references {
            let Some(node) = document.tree.node(reference.node) else {
                continue;
            };
            if let Target::Data(data) = &reference.target {
                within(reference, node, data, tally);
                continue;
            }
            let path = reference.target.path();
            let Some(item) = path.and_then(|path| publication.item(path)) else {
                continue;
            };
            match reference.role {
                Role::Image => picture(publication, document, reference, node, item, tally),
                Role::Media => sound(publication, &helped, reference, node, item, tally),
                Role::Embedded => embedded(publication, reference, node, item, tally),
                _ => {}
            }
        }
    }
}

fn lacks(reference: &Reference, item: &Item, what: &str, tally: &Tally<'_>) {
    let message = format!(
        "`{}` is `{}`, which readers need not {what}, and nothing stands in for it",
        shown(&item.href),
        shown(&item.media_type)
    );
    tally.tell(Code::MissingFallback, reference.at, message);
}

fn shows(kind: &str) -> bool {
    has(PICTURES, kind)
}

fn picture(
    publication: &Publication,
    document: &Document,
    reference: &Reference,
    node: Node<'_>,
    item: &Item,
    tally: &Tally<'_>,
) {
    let among = node
        .parent()
        .is_some_and(|up| up.is(Space::Xhtml, "picture"));
    if among {
        // What is shown where nothing else can be is known to all; a source says what it is before it is fetched.
        let is_known = shows(&item.kind());
        if node.name() == "img" && !is_known {
            lacks(reference, item, "show", tally);
        } else if node.name() == "source" && !is_known && node.attr("type").is_none() {
            let message = format!(
                "`{}` is `{}`, which readers need not show: its `<source>` lacks the `type`",
                shown(&item.href),
                shown(&item.media_type)
            );
            tally.tell(Code::MissingFallback, reference.at, message);
        }
        return;
    }
    // A film without sound may stand for a picture (3.4); a drawing in itself is `use`d.
    let is_shown = any_of(publication, item, |item| {
        shows(&item.kind()) || item.kind().starts_with("video/")
    });
    if !is_shown && !document.is_drawing {
        lacks(reference, item, "show", tally);
    }
}

/// Whether every reader plays what an item is, or what stands in for it.
fn is_played(publication: &Publication, item: &Item) -> bool {
    any_of(publication, item, |item| {
        has(SOUND, &item.kind()) || item.kind().starts_with("video/")
    })
}

/// The elements of which some `source` is played by every reader, by their numbers.
fn helped(publication: &Publication, document: &Document) -> BTreeSet<u32> {
    let media = document.references.iter();
    let media = media.filter(|reference| reference.role == Role::Media);
    let played = media.filter_map(|reference| {
        let node = document.tree.node(reference.node)?;
        let up = node.parent().filter(|_| node.name() == "source")?;
        // What is not in the book may be of any kind.
        let item = reference
            .target
            .path()
            .and_then(|path| publication.item(path));
        let is_played = item.is_none_or(|item| is_played(publication, item));
        is_played.then(|| up.number())
    });
    played.collect()
}

fn sound(
    publication: &Publication,
    helped: &BTreeSet<u32>,
    reference: &Reference,
    node: Node<'_>,
    item: &Item,
    tally: &Tally<'_>,
) {
    // Of films and of tracks of words no kind is named.
    let is_sound = item.kind().starts_with("audio/");
    // Of several sources any one may be of a kind that is known.
    let up = node.parent().filter(|_| node.name() == "source");
    let is_helped = up.is_some_and(|up| helped.contains(&up.number()));
    if is_sound && !is_helped && !is_played(publication, item) {
        lacks(reference, item, "play", tally);
    }
}

fn embedded(
    publication: &Publication,
    reference: &Reference,
    node: Node<'_>,
    item: &Item,
    tally: &Tally<'_>,
) {
    // What an object holds is shown in its place.
    let has_own = node.children().any(|kid| kid.name() != "param") || !node.words().is_empty();
    let is_known = any_of(publication, item, |item| {
        has(CORE, &item.kind()) || item.kind().starts_with("video/")
    });
    let is_helped = node.name() == "object" && has_own || node.name() == "iframe";
    if !is_known && !is_helped {
        lacks(reference, item, "show", tally);
    }
}

/// A picture that is written into its address.
fn within(reference: &Reference, node: Node<'_>, data: &str, tally: &Tally<'_>) {
    let kind = data.get(5..).unwrap_or_default();
    let kind = kind.split([',', ';']).next().unwrap_or_default();
    let kind = kind.trim().to_ascii_lowercase();
    let among = node
        .parent()
        .is_some_and(|up| up.is(Space::Xhtml, "picture"));
    if reference.role == Role::Image && !among && kind.starts_with("image/") && !shows(&kind) {
        let message = format!(
            "the picture is `{}`, which readers need not show",
            shown(&kind)
        );
        tally.tell(Code::MissingFallback, reference.at, message);
    }
}
