//! The stages as text, for `recto dump`.

use std::sync::Arc;

use super::{Press, Request, chapters, dress, fonts, judged, press, purpose, select};
use crate::diag::{Diagnostic, Sink};
use crate::manifest::{self, Edition, Manifest};
use crate::model::{self, Target};
use crate::{epub, resolve, typeset};

/// What can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The chapters after refining.
    Model,
    /// What is known of the book as a whole.
    Facts,
    /// The EPUB's style sheet.
    Css,
    /// What the chapters are set as, before it is cut into pages.
    Galley,
    /// The pages.
    Pages,
    /// The PDF's structure.
    Structure,
    /// What lines and pages are like, in numbers.
    Report,
}

impl Stage {
    /// The format whose edition it belongs to.
    fn format(self) -> Option<Target> {
        match self {
            Stage::Model | Stage::Facts => None,
            Stage::Css => Some(Target::Epub),
            Stage::Galley | Stage::Pages | Stage::Structure | Stage::Report => Some(Target::Pdf),
        }
    }
}

/// Shows a stage of the first edition asked for that has it, with all that was found on the way; `None` if the book has no such
/// edition or could not be loaded.
pub fn dump(
    press: Press<'_>,
    request: &Request,
    stage: Stage,
) -> (Option<String>, Vec<Diagnostic>) {
    let sink = Sink::new();
    let project = manifest::load(
        press.world,
        press.sources,
        &request.entry,
        &request.settings,
        &sink,
    );
    let Some(project) = project else {
        return (
            None,
            judged(&sink, &request.levels, &Manifest::default(), press.sources),
        );
    };
    let request = Request {
        format: request.format.or(stage.format()),
        ..request.clone()
    };
    let edition = select(&project, &request, &sink).into_iter().next();
    let text = edition.map(|edition| show(press, edition, stage, &sink));
    let manifest = edition.map_or(&project.book, |edition| &edition.manifest);
    (
        text,
        judged(&sink, &request.levels, manifest, press.sources),
    )
}

fn show(press: Press<'_>, edition: &Edition, stage: Stage, sink: &Sink) -> String {
    let manifests = [&edition.manifest];
    if stage == Stage::Css {
        let theme = dress(press, &edition.manifest, sink);
        return epub::css::sheet(&theme, "");
    }
    let chapters = chapters::of_editions(&manifests, press.world, press.sources, sink).remove(0);
    if stage == Stage::Model {
        let texts = chapters
            .iter()
            .map(|chapter| model::dump(chapter, press.sources));
        return texts.collect::<Vec<_>>().join("\n");
    }
    let manifest = Arc::new(edition.manifest.clone());
    let chapters = chapters::with_answers(chapters, &manifest);
    let book = resolve::resolve(chapters, &manifest, press.world, sink);
    if stage == Stage::Facts {
        return resolve::dump(&book);
    }
    let theme = dress(press, &manifest, sink);
    let fonts = fonts(&manifests, press, sink).remove(0);
    if stage == Stage::Galley {
        return typeset::dump_galley(&book, &theme, &fonts, press.sources, sink);
    }
    let kit = press::Kit {
        edition: &book,
        theme: &theme,
        fonts: &fonts,
        timestamp: press.world.timestamp(),
        sources: press.sources,
    };
    let setting = press::set(kit, &purpose(press, &manifest, sink), sink);
    match stage {
        Stage::Structure => typeset::dump::structure(&setting.pages),
        Stage::Report => setting.report.columns(),
        _ => typeset::dump::pages(&setting.pages) + &setting.report.summary(),
    }
}
