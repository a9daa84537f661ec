//! From the objects of a file to a [`Document`].
//!
//! In: an opened [`File`]. Out: the document as its readers see it, and what is wrong on the way. Steps: `streams` looks into every stream,
//! `references` for what leads nowhere; `pages`, then `fonts` (`cmap`, `encoding`, `program`, `shared`), then `drawing` runs through what
//! pages show (`content`, `letters`, `spaces`), in parallel; then `tags`, `ways`, `metadata`.

mod cmap;
mod content;
mod details;
mod drawing;
mod encoding;
mod features;
mod fonts;
mod forms;
mod glyphs;
mod letters;
mod marks;
mod metadata;
mod notes;
mod pages;
mod program;
mod references;
mod shared;
mod spaces;
mod streams;
mod tags;
mod trees;
mod ways;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::document::{Document, Image, Page, Placed};
use super::fault::{Faults, Several};
use super::feature::{Feature, Features};
use super::syntax::{Dict, File, Object, Permissions};
use crate::diag::Code;
use crate::source::Span;
use drawing::{Picture, Run, STEPS, Shown};
use fonts::Fonts;
use ways::Ways;

/// The document of a file; `None`, with a fault, if the file asks for too much.
pub(super) fn document(
    file: &File<'_>,
    name: &str,
    at: Span,
    faults: &mut Faults,
) -> Option<Document> {
    let root = file.root()?;
    if !streams::streams(file, faults) {
        return None;
    }
    let mut features = Features::default();
    let reachable = references::references(file, faults);
    features::features(file, &reachable, &mut features);
    let leaves = pages::leaves(file, faults);
    let mut pages = pages::pages(file, &leaves, faults);
    let by_object: BTreeMap<u32, usize> = pages
        .iter()
        .enumerate()
        .map(|(index, page)| (page.object, index))
        .collect();
    let mut fonts = fonts::fonts(file);
    let steps = AtomicU64::new(0);
    let shown: Vec<Shown> = leaves
        .par_iter()
        .map(|leaf| {
            if steps.load(Ordering::Relaxed) > STEPS {
                return Shown::default();
            }
            let content = content(file, leaf.dict.raw("Contents"));
            let notes = file.list(leaf.dict, "Annots");
            Run::new(file, &fonts, &steps).page(&content, leaf.resources, notes)
        })
        .collect();
    if steps.load(Ordering::Relaxed) > STEPS {
        let message = "the pages draw more than any book: a form may draw itself by way of others";
        faults.tell(Code::HostilePdf, message, "export the file anew");
        return None;
    }
    let mut images = Images::default();
    for (index, shown) in shown.into_iter().enumerate() {
        used(file, index, leaves[index].dict, &shown, &mut features);
        put(
            file,
            index,
            shown,
            &mut pages,
            &mut fonts,
            &mut images,
            faults,
        );
    }
    for reader in &fonts.readers {
        reader.told_odd(&mut features);
    }
    let structure = tags::structure(file, &by_object, faults);
    let mut ways = Ways::new(file, &by_object);
    let outline = ways.outline(faults);
    for (index, (leaf, page)) in leaves.iter().zip(&mut pages).enumerate() {
        page.annotations = ways.annotations(leaf, &page.label);
        notes::notes(file, leaf.dict, index, &mut features);
    }
    if faults.any(Code::HostilePdf) {
        return None;
    }
    let marked = file
        .dict(root, "MarkInfo")
        .map(|info| file.get(info, "Marked"));
    let viewer = file.dict(root, "ViewerPreferences");
    let shows_title = viewer.map(|viewer| file.get(viewer, "DisplayDocTitle"));
    let own_version = file.name(root, "Version");
    let own_version = own_version.as_deref().and_then(|text| {
        let (major, minor) = text.split_once('.')?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    });
    let xmp = metadata::xmp(file, root, &mut features);
    Some(Document {
        name: name.to_owned(),
        at,
        version: own_version.unwrap_or_default().max(file.version),
        info: metadata::info(file),
        xmp,
        lang: file.text(root, "Lang"),
        shows_title: shows_title == Some(&Object::Boolean(true)),
        marked: marked == Some(&Object::Boolean(true)),
        pages,
        fonts: fonts
            .readers
            .into_iter()
            .map(|reader| reader.font)
            .collect(),
        images: images.list,
        structure,
        outline,
        destinations: ways.destinations(),
        intents: metadata::intents(file, root),
        actions: ways.actions,
        features,
        forbidden: file.permissions.map(Permissions::forbidden),
    })
}

/// What a page uses that standards restrict.
fn used(file: &File<'_>, index: usize, page: &Dict, shown: &Shown, features: &mut Features) {
    let place = || format!("page {}", index + 1);
    let group = file.dict(page, "Group");
    let is_transparent = shown.is_transparent
        || group.is_some_and(|group| file.get(group, "S").is_name("Transparency"));
    let all = [
        (shown.nested[0], Feature::DecorationInTags),
        (shown.nested[1], Feature::TagsInDecoration),
        (is_transparent, Feature::Transparency),
        (
            is_transparent
                && !page.has("OutputIntents")
                && !group.is_some_and(|group| group.has("CS")),
            Feature::UngroupedTransparency,
        ),
        (page.has("AA"), Feature::PageAction),
        (
            !file.list(page, "Annots").is_empty() && !file.get(page, "Tabs").is_name("S"),
            Feature::TabOrder,
        ),
    ];
    let used = all
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, feature)| feature);
    for feature in used.chain(shown.used.iter().copied()) {
        features.add(feature, Some(index), place);
    }
}

/// A page's content, of one stream or several put together.
fn content(file: &File<'_>, value: &Object) -> Vec<u8> {
    let parts = match file.resolve(value) {
        Object::Array(parts) => parts.as_slice(),
        _ => std::slice::from_ref(value),
    };
    let mut whole = Vec::new();
    for part in parts {
        if let Some((bytes, _)) = file.decoded(part) {
            whole.extend(bytes);
            whole.push(b'\n');
        }
        // A list may name one large stream over and over.
        if whole.len() > super::syntax::STREAM {
            break;
        }
    }
    whole
}

/// Pictures, by the numbers of their objects.
#[derive(Default)]
struct Images {
    list: Vec<Image>,
    by_object: BTreeMap<u32, usize>,
}

impl Images {
    fn number(&mut self, file: &File<'_>, picture: Picture) -> usize {
        let number = match picture {
            Picture::Object(number) => number,
            Picture::Inline(width, height, colour) => {
                self.list.push(Image {
                    object: 0,
                    width,
                    height,
                    colour,
                });
                return self.list.len() - 1;
            }
        };
        *self.by_object.entry(number).or_insert_with(|| {
            let found = file
                .objects
                .get(&number)
                .and_then(|found| found.value.dict());
            let side = |key| {
                let side = found.and_then(|dict| file.get(dict, key).integer());
                side.and_then(|side| u32::try_from(side).ok()).unwrap_or(0)
            };
            self.list.push(Image {
                object: number,
                width: side("Width"),
                height: side("Height"),
                colour: found.and_then(|dict| spaces::space(file, dict.raw("ColorSpace"))),
            });
            self.list.len() - 1
        })
    }
}

/// Puts what a page shows where it belongs.
fn put(
    file: &File<'_>,
    index: usize,
    shown: Shown,
    pages: &mut [Page],
    fonts: &mut Fonts,
    images: &mut Images,
    faults: &mut Faults,
) {
    let page = &mut pages[index];
    let label = page.label.clone();
    let tell = |faults: &mut Faults, code: Code, which: &Several, what: &str| {
        if let Some(which) = which.told() {
            faults.tell_on(
                &label,
                code,
                format!("{what} {which}"),
                "export the file anew",
            );
        }
    };
    let page_at = format!("the content of page {label}");
    tell(
        faults,
        Code::BrokenObject,
        &shown.unknown,
        &format!("{page_at} has what is no operator:"),
    );
    tell(
        faults,
        Code::DanglingReference,
        &shown.unnamed,
        &format!("{page_at} names what its resources do not have:"),
    );
    if shown.unbalanced {
        let message = format!("{page_at} opens marks that it does not close, or closes some twice");
        faults.tell_on(&label, Code::BrokenTags, message, "export the file anew");
    }
    for (number, codes) in shown.fonts {
        let font = &mut fonts.readers[number].font;
        font.pages.insert(index);
        for (code, mark) in codes.lost {
            font.lost.entry(code).or_insert((index, mark));
        }
        for code in codes.missing {
            font.notdef.entry(code).or_insert(index);
        }
        fonts.readers[number].font.is_visible |= codes.is_visible;
        fonts.readers[number].is_wide |= codes.differs;
    }
    let placed = shown.pictures.into_iter().map(|(picture, size)| Placed {
        image: images.number(file, picture),
        size,
    });
    let placed = placed.collect();
    let own = std::mem::take(page);
    *page = Page {
        text: shown.page.text,
        marks: shown.page.marks,
        spoken: shown.page.spoken,
        forms: shown.page.forms,
        untagged: shown.page.untagged,
        colours: shown.page.colours,
        alternates: shown.page.alternates,
        images: placed,
        ..own
    };
}
