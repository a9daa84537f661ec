//! `recto build`, `recto check` and `recto dump`.

use std::path::{Path, PathBuf};

use super::args::{Book, Known, StageName};
use super::freeze::Freeze;
use super::known::Ledger;
use super::options::Manner;
use super::panel::Panel;
use super::place::Place;
use super::sought::Sought;
use super::told::{Heard, Told};
use super::{Failure, say};
use crate::build::output::{self, Written};
use crate::build::{
    self, Depth, Granted, Inputs, Level, Noted, Output, Press, Run, Stage, Timings,
};
use crate::diag::{Code, Diagnostic, Finding, findings};
use crate::source::{DiskWorld, Sources, World};

/// Opens the book's folder and does something with it.
fn within<T>(place: &Place, work: impl FnOnce(&dyn World) -> T) -> Result<T, Failure> {
    let world =
        DiskWorld::new(&place.root, place.timestamp, place.allow_outside).map_err(|error| {
            Failure(format!(
                "`{}` cannot be read: {error}",
                place.root.display()
            ))
        })?;
    match &place.theme {
        None => Ok(work(&world)),
        Some((name, file)) => {
            let bytes = std::fs::read(file)
                .map_err(|error| Failure(format!("the theme `{name}` cannot be read: {error}")))?;
            Ok(work(&Granted::new(&world, name, bytes)))
        }
    }
}

/// Makes the outputs; whether all went well.
///
/// # Errors
/// When it could not run, or not put an output in its place.
pub fn build(
    book: &Book,
    (known, freeze): (&Known, Option<Freeze>),
    place: &Place,
    target: Target<'_>,
    manner: &Manner,
) -> Result<bool, Failure> {
    let sought = Sought {
        depth: Some(Depth::Make),
        whole: is_whole(place),
        panel: None,
        outlets: &[],
        freezes: freeze.is_some(),
        allowed: allowed(place).collect(),
    };
    let mut ledger = Ledger::open(known, &sought)?;
    let (sources, timings) = (Sources::new(), Timings::new());
    let inputs = Inputs::new();
    let mut run = run(
        place,
        &sources,
        &timings,
        Depth::Make,
        (&inputs, None),
        manner,
    )?;
    let found = findings(std::mem::take(&mut run.found), &sources);
    let (new, known) = sift(found, ledger.as_mut(), &sources, place);
    let folder = target.folder.unwrap_or(&place.output);
    let mut lines = String::new();
    let mut unwritten = Vec::new();
    timings.time("put in place", || {
        for output in &mut run.outputs {
            let path = folder.join(&output.file_name);
            match put(output, &path, &known, target.force, manner) {
                Ok(line) => lines.push_str(&line),
                Err(error) => {
                    let message = format!("`{}` cannot be written: {error}", say::path(&path));
                    let found = Diagnostic::new(Code::CannotWrite, None, message);
                    unwritten.push(found.hint("choose another folder with `--output`"));
                }
            }
        }
    });
    if let Some(file) = target.deps {
        deps(file, folder, &run.outputs, &inputs, place)?;
    }
    let could_run = unwritten.is_empty();
    let mut heard = [Heard {
        place,
        sources: &sources,
        found: new,
    }];
    heard[0].found.extend(findings(unwritten, &sources));
    let well = tell(&mut heard, ledger, known.len(), could_run, false, manner)?;
    if let Some(freeze) = freeze {
        freeze.close(&run.outputs)?;
    }
    if book.timings {
        say::words(&timings.table());
    }
    match () {
        () if manner.quiet => {}
        () if manner.answers => say::words(&lines),
        () => say::data(&lines)?,
    }
    if !could_run {
        return Err(Failure::told());
    }
    Ok(well)
}

/// Where outputs go.
pub struct Target<'a> {
    /// The folder, if the user named one.
    pub folder: Option<&'a Path>,
    /// Whether errors are no reason to keep the old ones.
    pub force: bool,
    /// Where it is written what they are made from.
    pub deps: Option<&'a Path>,
}

/// Writes what the outputs are made from: paths as the user named the folders.
fn deps(
    file: &Path,
    folder: &Path,
    outputs: &[Output],
    inputs: &Inputs,
    place: &Place,
) -> Result<(), Failure> {
    let outputs: Vec<String> = outputs
        .iter()
        .map(|output| say::path(&folder.join(&output.file_name)))
        .collect();
    if outputs.is_empty() {
        return Ok(());
    }
    let theme = place.theme.as_ref().map(|(name, _)| Path::new(name));
    let named = |path: PathBuf| match theme == Some(path.as_path()) {
        // It is named from where the user is.
        true => say::path(&path),
        false => say::path(&place.root.join(path)),
    };
    let inputs: Vec<String> = inputs.paths().into_iter().map(named).collect();
    let text = build::rules(&outputs, &inputs);
    output::write(file, text.as_bytes())
        .map(drop)
        .map_err(|error| Failure(format!("`{}` cannot be written: {error}", say::path(file))))
}

/// Whether all editions are looked at.
fn is_whole(place: &Place) -> bool {
    let request = &place.request;
    request.editions.is_empty() && request.format.is_none() && !request.proof
}

/// The codes that the command line silences.
fn allowed(place: &Place) -> impl Iterator<Item = Code> {
    let codes = place.request.levels.codes.iter();
    codes
        .filter(|(_, level)| **level == Level::Allow)
        .map(|(code, _)| *code)
}

/// Parts findings into those that are new and those that are known.
fn sift(
    found: Vec<Finding>,
    ledger: Option<&mut Ledger>,
    sources: &Sources,
    place: &Place,
) -> (Vec<Finding>, Vec<Finding>) {
    match ledger {
        Some(ledger) => ledger.sift(found, sources, &place.root),
        None => (found, Vec::new()),
    }
}

/// Tells what is new, and brings the baseline up to date; whether nothing is an error.
fn tell(
    heard: &mut [Heard<'_>],
    ledger: Option<Ledger>,
    known: usize,
    could_run: bool,
    praise: bool,
    manner: &Manner,
) -> Result<bool, Failure> {
    if let Some(ledger) = &ledger {
        ledger.stale(heard);
    }
    let well = !heard.iter().any(Heard::has_errors);
    let told = Told {
        heard,
        known: (known, ledger.as_ref().map(Ledger::path)),
        exit: match (could_run, well) {
            (false, _) => 2,
            (true, false) => 1,
            (true, true) => 0,
        },
        praise,
    };
    told.tell(manner)?;
    if let Some(line) = ledger.map(Ledger::close).transpose()?.flatten() {
        say::words(&line);
    }
    Ok(well)
}

/// Puts an output in its place, and says so. One with errors takes no one else's place, unless it is forced to.
fn put(
    output: &mut Output,
    path: &Path,
    known: &[Finding],
    force: bool,
    manner: &Manner,
) -> std::io::Result<String> {
    let shown = say::path(path);
    let Some(bytes) = output.bytes.take() else {
        return Ok(String::new());
    };
    let is = |one: &Diagnostic, other: &Diagnostic| {
        (one.code, one.at, &one.message) == (other.code, other.at, &other.message)
    };
    let errors = output.errors.iter();
    let errors = errors.filter(|error| !known.iter().any(|known| is(error, &known.diagnostic)));
    let errors = errors.count();
    if errors > 0 && !force && path.symlink_metadata().is_ok() {
        let errors = match errors {
            1 => String::from("1 error"),
            errors => format!("{errors} errors"),
        };
        return Ok(format!(
            "kept {shown} as it was ({errors}; --force writes it)\n"
        ));
    }
    if output::write(path, &bytes)? == Written::Same && manner.verbose {
        say::words(&format!("{shown} had these bytes already\n"));
    }
    Ok(format!(
        "wrote {shown} ({}, {})\n",
        output.extent,
        say::size(bytes.len())
    ))
}

/// Finds faults in books; whether there are none.
///
/// # Errors
/// When it could not run.
pub fn check(
    book: &Book,
    (known, freeze): (&Known, Option<Freeze>),
    places: &[Place],
    panel: &Panel,
    manner: &Manner,
) -> Result<bool, Failure> {
    let panel = (!panel.0.is_empty()).then_some(panel);
    let outlets = places.first().map(|place| place.request.outlets.as_slice());
    let outlets = outlets.unwrap_or_default();
    let depth = match (panel, outlets) {
        (None, []) => Depth::Check,
        _ => Depth::Prove,
    };
    let finished = places.iter().any(|place| !place.finished.is_empty());
    let sought = Sought {
        depth: (!finished).then_some(depth),
        whole: places.iter().all(is_whole),
        panel,
        outlets,
        freezes: freeze.is_some(),
        allowed: places.first().map(allowed).into_iter().flatten().collect(),
    };
    let mut ledger = Ledger::open(known, &sought)?;
    let panel = panel.map(|panel| panel as &dyn build::Panel);
    let timings = Timings::new();
    let all_sources: Vec<Sources> = places.iter().map(|_| Sources::new()).collect();
    let (mut heard, mut known) = (Vec::new(), 0);
    let mut outputs = Vec::new();
    for (place, sources) in places.iter().zip(&all_sources) {
        let found = if place.finished.is_empty() {
            let inputs = Inputs::new();
            let run = run(place, sources, &timings, depth, (&inputs, panel), manner)?;
            outputs = run.outputs;
            run.found
        } else {
            let progress = say::Progress::new(manner);
            within(place, |world| {
                let press = Press {
                    world,
                    sources,
                    timings: &timings,
                    step: &|what| progress.step(what),
                    panel,
                };
                build::judge_finished(press, &place.finished, &place.request.levels, outlets)
            })?
        };
        let found = findings(found, sources);
        let (found, old) = sift(found, ledger.as_mut(), sources, place);
        known += old.len();
        heard.push(Heard {
            place,
            sources,
            found,
        });
    }
    let well = tell(&mut heard, ledger, known, true, true, manner)?;
    if let Some(freeze) = freeze {
        freeze.close(&outputs)?;
    }
    if book.timings {
        say::words(&timings.table());
    }
    Ok(well)
}

/// Runs a build.
///
/// # Errors
/// When the book's folder cannot be read.
pub fn run(
    place: &Place,
    sources: &Sources,
    timings: &Timings,
    depth: Depth,
    (inputs, panel): (&Inputs, Option<&dyn build::Panel>),
    manner: &Manner,
) -> Result<Run, Failure> {
    let progress = say::Progress::new(manner);
    within(place, |world| {
        let press = Press {
            world: &Noted { world, inputs },
            sources,
            timings,
            step: &|what| progress.step(what),
            panel,
        };
        build::run(press, &place.request, depth)
    })
}

/// Shows a stage; whether the book is without errors.
///
/// # Errors
/// When it could not run.
pub fn dump(stage: StageName, place: &Place, manner: &Manner) -> Result<bool, Failure> {
    let (sources, timings) = (Sources::new(), Timings::new());
    let stage = match stage {
        StageName::Model => Stage::Model,
        StageName::Facts => Stage::Facts,
        StageName::Css => Stage::Css,
        StageName::Galley => Stage::Galley,
        StageName::Pages => Stage::Pages,
        StageName::Structure => Stage::Structure,
        StageName::Report => Stage::Report,
        StageName::Lines => Stage::Lines,
    };
    let (text, found) = within(place, |world| {
        let press = Press {
            world,
            sources: &sources,
            timings: &timings,
            step: &|_| {},
            panel: None,
        };
        build::dump(press, &place.request, stage)
    })?;
    say::data(&text.unwrap_or_default())?;
    beside(found, &sources, place, manner)
}

/// Tells of what was found beside what was asked for; whether nothing is an error.
fn beside(
    found: Vec<Diagnostic>,
    sources: &Sources,
    place: &Place,
    manner: &Manner,
) -> Result<bool, Failure> {
    let found = findings(found, sources);
    let mut heard = [Heard {
        place,
        sources,
        found,
    }];
    tell(&mut heard, None, 0, true, false, manner)
}

/// Lists the font families at hand.
///
/// # Errors
/// When it could not run.
pub fn fonts(place: &Place, manner: &Manner) -> Result<bool, Failure> {
    let (sources, timings) = (Sources::new(), Timings::new());
    let (text, found) = within(place, |world| {
        let press = Press {
            world,
            sources: &sources,
            timings: &timings,
            step: &|_| {},
            panel: None,
        };
        build::list_fonts(press, &place.request)
    })?;
    say::data(&text)?;
    beside(found, &sources, place, manner)
}
