//! The author's chapters: read, parsed and refined, each on its own, in parallel.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::Sink;
use crate::manifest::{Manifest, SpineItem, SpineKind};
use crate::manuscript::{self, Script};
use crate::model::{Chapter, Dialect, Lang};
use crate::refine;
use crate::resolve::Words;
use crate::source::{Sources, World};

/// What a chapter's model depends on besides its file.
#[derive(PartialEq)]
struct Reading<'m> {
    spine: &'m [SpineItem],
    dialect: Dialect,
    lang: &'m Lang,
    variables: &'m BTreeMap<String, String>,
}

impl<'m> Reading<'m> {
    fn of(manifest: &'m Manifest) -> Reading<'m> {
        Reading {
            spine: &manifest.spine,
            dialect: manifest.dialect,
            lang: &manifest.metadata.language,
            variables: &manifest.variables,
        }
    }
}

/// The chapters of each of several editions. Editions that read their files alike share them.
pub(super) fn of_editions(
    manifests: &[&Manifest],
    world: &dyn World,
    sources: &Sources,
    sink: &Sink,
) -> Vec<Vec<Arc<Chapter>>> {
    let mut out: Vec<Vec<Arc<Chapter>>> = Vec::with_capacity(manifests.len());
    for (index, manifest) in manifests.iter().enumerate() {
        let reading = Reading::of(manifest);
        let alike = manifests[..index]
            .iter()
            .position(|other| Reading::of(other) == reading);
        out.push(match alike {
            Some(other) => out[other].clone(),
            None => chapters(&reading, world, sources, sink),
        });
    }
    out
}

fn chapters(
    reading: &Reading<'_>,
    world: &dyn World,
    sources: &Sources,
    sink: &Sink,
) -> Vec<Arc<Chapter>> {
    reading
        .spine
        .par_iter()
        .enumerate()
        .flat_map_iter(|(index, item)| read(index, item, reading, world, sources, sink))
        .map(|chapter| Arc::new(refine::refine(chapter, reading.lang, reading.dialect.smart)))
        .collect()
}

/// The chapters that a place of the spine holds: a file may have several, but an mdBook's is one always.
fn read(
    index: usize,
    item: &SpineItem,
    reading: &Reading<'_>,
    world: &dyn World,
    sources: &Sources,
    sink: &Sink,
) -> Vec<Chapter> {
    match &item.kind {
        SpineKind::File {
            path,
            title,
            numbered,
        } => {
            let Some((file, text)) = manuscript::read(
                world,
                sources,
                path,
                item.at,
                &reading.dialect,
                reading.variables,
                sink,
            ) else {
                return Vec::new();
            };
            let script = Script {
                file,
                path: path.clone(),
                text,
                matter: item.matter,
                depth: item.depth,
                title: title.clone(),
                numbered: *numbered,
            };
            let chapter = manuscript::parse(&script, &reading.dialect, sink);
            if reading.dialect.mdbook {
                vec![chapter]
            } else {
                manuscript::split(chapter)
            }
        }
        SpineKind::Part { title } => vec![manuscript::part(
            title,
            &format!("part-{index}"),
            item.at,
            item.matter,
            &reading.dialect,
            sink,
        )],
        // A draft has no text yet, and the end of a part none at all.
        SpineKind::Draft { .. } | SpineKind::EndPart => Vec::new(),
    }
}

/// The chapters of an edition with the answers to their exercises where it wants them.
pub(super) fn with_answers(chapters: Vec<Arc<Chapter>>, manifest: &Manifest) -> Vec<Arc<Chapter>> {
    let title = |chapter: Option<&Chapter>| {
        let own = chapter.and_then(|chapter| chapter.lang.as_ref());
        let lang = own.unwrap_or(&manifest.metadata.language);
        Words::of(lang).answers.to_owned()
    };
    manuscript::gather(chapters, manifest.answers, &title)
}
