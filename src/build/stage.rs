//! The stages as text, for `recto dump`.

use std::sync::Arc;

use super::{
    Levels, Press, Request, chapters, cover, dress, fonts, judged, press, proofs, purpose, select,
};
use crate::diag::{Diagnostic, Sink};
use crate::manifest::{self, Edition, Format, Manifest, Project};
use crate::model;
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
    /// What each line and page is like.
    Lines,
}

impl Stage {
    /// The format whose edition it belongs to.
    fn format(self) -> Option<Format> {
        match self {
            Stage::Model | Stage::Facts => None,
            Stage::Css => Some(Format::Epub),
            Stage::Galley | Stage::Pages | Stage::Structure | Stage::Report | Stage::Lines => {
                Some(Format::Pdf)
            }
        }
    }

    /// Whether a cover has it too.
    fn is_of_covers(self) -> bool {
        matches!(self, Stage::Pages | Stage::Structure)
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
    // A cover has a page too, if it is asked for.
    let covers = |edition: &&Edition| {
        let asked = request.editions.contains(&edition.name)
            || request.editions.is_empty() && request.format == Some(Format::Cover);
        asked && edition.format == Format::Cover && stage.is_of_covers()
    };
    let cover = project.editions.iter().find(covers);
    let request = Request {
        format: request.format.or(stage.format()),
        ..request.clone()
    };
    let edition = cover.or_else(|| {
        let mut editions = select(&project, &request, &sink).into_iter();
        editions.find(|edition| matches!(edition.format, Format::Epub | Format::Pdf))
    });
    let text = edition.and_then(|edition| match edition.format {
        Format::Cover => show_cover(press, &project, edition, stage, &sink),
        _ => Some(show(press, edition, stage, &request.levels, &sink)),
    });
    let manifest = edition.map_or(&project.book, |edition| &edition.manifest);
    (
        text,
        judged(&sink, &request.levels, manifest, press.sources),
    )
}

/// A cover's page, or its structure; `None` if it cannot be made.
fn show_cover(
    press: Press<'_>,
    project: &Project,
    edition: &Edition,
    stage: Stage,
    sink: &Sink,
) -> Option<String> {
    let counts = cover::count(press, project, edition);
    let fonts = fonts(&[&edition.manifest], press, sink).remove(0);
    let timestamp = press.world.timestamp();
    let set = cover::set(press, edition, &fonts, &counts, timestamp, sink)?;
    Some(match stage {
        Stage::Structure => typeset::dump::structure(&set.pages),
        _ => typeset::dump::pages(&set.pages),
    })
}

fn show(press: Press<'_>, edition: &Edition, stage: Stage, levels: &Levels, sink: &Sink) -> String {
    let manifests = [&edition.manifest];
    if stage == Stage::Css {
        let theme = dress(press, &edition.manifest, sink);
        let sheets = epub::css::sheets(&theme, "", epub::css::Writing::default());
        return format!("{}\n{}", sheets.plain, sheets.fine);
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
    let profile = purpose(press, &manifest, sink);
    let setting = press::set(kit, &profile, sink);
    if manifest.proof && stage != Stage::Report {
        let known = proofs::Known { found: &[], levels };
        let found = known.found(&manifest, sink, press.sources);
        let set = (&setting, &profile);
        let sheets = proofs::sheets(press, kit, &edition.name, set, &found);
        return match stage {
            Stage::Structure => typeset::dump::structure(&sheets),
            _ => typeset::dump::pages(&sheets),
        };
    }
    match stage {
        Stage::Structure => typeset::dump::structure(&setting.pages),
        Stage::Report => setting.report.columns(),
        Stage::Lines => setting.report.lines(),
        _ => typeset::dump::pages(&setting.pages) + &setting.report.summary(),
    }
}
