//! A finished EPUB as wares.
//!
//! In: a [`Publication`], and the texts that it was read into. Out: what shops look at. What cannot be seen in the file stays unknown,
//! such as whether there is a printed book.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::epub::{Cipher, Document, Medium, Node, Publication, Role, Space};
use crate::shop::{Contents, Cover, Kind, Picture, Wares, forced};
use crate::source::Sources;

/// Kinds of notes.
const NOTES: &[&str] = &[
    "footnote",
    "endnote",
    "rearnote",
    "doc-footnote",
    "doc-endnote",
];

/// A drawing of which nobody knows the size is as a cover should be.
const UNKNOWN: (u32, u32) = (750, 1000);

/// What shops look at in an EPUB.
pub fn wares(epub: &Publication, sources: &Sources) -> Wares {
    let pictures = pictures(epub);
    let entries = match epub.nav.as_ref().and_then(|nav| nav.list("toc")) {
        Some(list) => list.entries.as_slice(),
        None => epub.ncx.as_ref().map_or(&[][..], |ncx| &ncx.points),
    };
    let depth = entries.iter().map(|entry| entry.depth + 1).max();
    let listed = epub.nav.as_ref().and_then(|nav| nav.list("page-list"));
    let listed = listed.is_some_and(|list| !list.entries.is_empty());
    let listed = listed || epub.ncx.as_ref().is_some_and(|ncx| !ncx.pages.is_empty());
    // Who names the printed book has one.
    let printed = epub.package.said("pageBreakSource").next().is_some()
        || epub.package.said("schema:pageBreakSource").next().is_some();
    let mut sheets = String::new();
    for sheet in epub.sheets.values() {
        if let Some(file) = sources.get(sheet.at.file) {
            sheets.push_str(&file.text);
            sheets.push('\n');
        }
    }
    let mut hidden = epub.container.hidden.values();
    Wares {
        bytes: Some(epub.bytes),
        cover: cover(epub, &pictures),
        contents: Contents {
            entries: entries.len(),
            depth: u8::try_from(depth.unwrap_or(0)).unwrap_or(u8::MAX),
        },
        page_list: (listed || printed).then_some(listed),
        note_links: note_links(epub),
        forced: forced(&sheets),
        protected: hidden.any(|hidden| hidden.by == Cipher::Encrypted),
        epubcheck: None,
        claims: Some(
            epub.package
                .metadata
                .iter()
                .map(|meta| meta.name.clone())
                .collect::<BTreeSet<String>>(),
        ),
        pictures,
    }
}

fn pictures(epub: &Publication) -> Vec<Picture> {
    // Where each is shown first, and in which fixed width.
    let mut shown = BTreeMap::new();
    let mut fixed = BTreeMap::new();
    for document in epub.spine() {
        for reference in &document.references {
            let (Role::Image, Some(path)) = (reference.role, reference.target.path()) else {
                continue;
            };
            shown.entry(path).or_insert(reference.at);
            let node = document.tree.node(reference.node);
            if let Some(found) = node.and_then(fixed_side) {
                fixed.entry(path).or_insert((Some(reference.at), found));
            }
        }
    }
    let items = epub.package.items.iter();
    let pictures = items.filter_map(|item| {
        let path = item.target.path()?;
        let file = epub.container.files.get(path)?;
        let drawing = item.kind() == "image/svg+xml";
        let kind = match file.raster.as_ref().map(|raster| raster.medium) {
            Some(Medium::Jpeg) => Kind::Jpeg,
            Some(Medium::Png) => Kind::Png,
            Some(Medium::Gif) => Kind::Gif,
            Some(Medium::WebP) => Kind::WebP,
            _ if drawing => Kind::Svg,
            _ => return None,
        };
        let raster = file.raster.as_ref();
        Some(Picture {
            name: path.to_owned(),
            at: Some(shown.get(path).copied().unwrap_or(item.at)),
            kind,
            size: raster.map_or_else(|| drawn(epub.document(path)), |raster| raster.size),
            bytes: file.bytes,
            inks: raster.is_some_and(|raster| raster.inks),
            // Many files only say that something might show through.
            see_through: false,
            fixed: fixed.remove(path),
        })
    });
    pictures.collect()
}

/// The width or height of a picture in pixels, if its element says one.
fn fixed_side(node: Node<'_>) -> Option<String> {
    let sides = ["width", "height"].map(|side| node.attr(side));
    let mut sides = sides.into_iter().flatten().map(str::trim);
    let whole = |side: &&str| !side.is_empty() && side.bytes().all(|b| b.is_ascii_digit());
    let is_image = node.is(Space::Xhtml, "img");
    let found = sides.find(|side| whole(side)).filter(|_| is_image)?;
    Some(format!("{found}px"))
}

/// The size of a drawing, by its view box.
fn drawn(document: Option<&Document>) -> (u32, u32) {
    let read = || {
        let root = document?.tree.root()?;
        let mut numbers = root.attr("viewBox")?.split([' ', ',']);
        let mut next = || {
            numbers
                .by_ref()
                .find(|part| !part.is_empty())?
                .parse::<f64>()
                .ok()
        };
        let (_, _, width, height) = (next()?, next()?, next()?, next()?);
        let side = |side: f64| (1.0..1e6).contains(&side).then_some(side as u32);
        Some((side(width)?, side(height)?))
    };
    read().unwrap_or(UNKNOWN)
}

/// The cover: as EPUB 3 names it, else as EPUB 2 does.
fn cover(epub: &Publication, pictures: &[Picture]) -> Option<Cover> {
    let package = &epub.package;
    let named = package.items.iter().find(|item| item.has("cover-image"));
    let item = named.or_else(|| {
        let id = package.said("cover").next()?;
        package.items.get(*package.by_id.get(&id.value)?)
    })?;
    let path = item.target.path()?;
    let picture = pictures.iter().position(|picture| picture.name == path)?;
    let shows = |document: &&Document| {
        let mut references = document.references.iter();
        references.any(|one| one.role == Role::Image && one.target.path() == Some(path))
    };
    let own_page = epub.spine().find(shows).is_none_or(|document| {
        let images = document.references.iter();
        let images = images.filter(|one| one.role == Role::Image).count();
        let body = document.tree.nodes().find(|node| node.name() == "body");
        images <= 1 && body.is_none_or(|body| body.words().is_empty())
    });
    Some(Cover { picture, own_page })
}

/// Whether each note begins with a link; `None` if there are no notes.
fn note_links(epub: &Publication) -> Option<bool> {
    let mut all = None;
    for document in epub.spine() {
        for node in document.tree.nodes() {
            let mut kinds = node
                .listed(Space::Ops, "type")
                .chain(node.listed(Space::None, "role"));
            if !kinds.any(|kind| NOTES.contains(&kind)) {
                continue;
            }
            let mut texts = node.texts().filter(|(_, words)| !words.trim().is_empty());
            let Some((first, _)) = texts.next() else {
                continue;
            };
            let owner = document.tree.node(first.owner);
            let around = owner
                .into_iter()
                .chain(owner.into_iter().flat_map(Node::ancestors));
            let mut around = around.take_while(|up| up.number() > node.number());
            let linked = around.any(|up| up.name() == "a" && up.attr("href").is_some());
            all = Some(all.unwrap_or(true) && linked);
        }
    }
    all
}
