//! `recto build`, `recto check` and `recto dump`.

use std::path::{Path, PathBuf};

use super::args::{Book, StageName};
use super::options::{Manner, Place};
use super::{Failure, say};
use crate::build::output::{self, Written};
use crate::build::{self, Depth, Granted, Output, Press, Run, Stage, Timings};
use crate::diag::{Code, Diagnostic, Severity};
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
    place: &Place,
    folder: Option<PathBuf>,
    force: bool,
    manner: &Manner,
) -> Result<bool, Failure> {
    let (sources, timings) = (Sources::new(), Timings::new());
    let mut run = run(place, &sources, &timings, Depth::Make, manner)?;
    let folder = folder.unwrap_or_else(|| place.output.clone());
    let mut lines = String::new();
    let mut unwritten = false;
    timings.time("put in place", || {
        for output in &mut run.outputs {
            let path = folder.join(&output.file_name);
            match put(output, &path, force, manner) {
                Ok(line) => lines.push_str(&line),
                Err(error) => {
                    unwritten = true;
                    let message = format!("`{}` cannot be written: {error}", say::path(&path));
                    let found = Diagnostic::new(Code::CannotWrite, None, message);
                    run.found
                        .push(found.hint("choose another folder with `--output`"));
                }
            }
        }
    });
    say::findings(&run.found, &sources, &place.root, manner).map_err(Failure)?;
    if book.timings {
        say::words(&timings.table());
    }
    if !manner.quiet {
        say::data(&lines)?;
    }
    if unwritten {
        return Err(Failure::told());
    }
    Ok(run.count(Severity::Error) == 0)
}

/// Puts an output in its place, and says so. One with errors takes no one else's place, unless it is forced to.
fn put(output: &mut Output, path: &Path, force: bool, manner: &Manner) -> std::io::Result<String> {
    let shown = say::path(path);
    let Some(bytes) = output.bytes.take() else {
        return Ok(String::new());
    };
    if output.errors > 0 && !force && path.symlink_metadata().is_ok() {
        let errors = match output.errors {
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

/// Finds faults; whether there are none.
///
/// # Errors
/// When it could not run.
pub fn check(book: &Book, place: &Place, manner: &Manner) -> Result<bool, Failure> {
    let (sources, timings) = (Sources::new(), Timings::new());
    let run = run(place, &sources, &timings, Depth::Check, manner)?;
    say::findings(&run.found, &sources, &place.root, manner).map_err(Failure)?;
    if book.timings {
        say::words(&timings.table());
    }
    Ok(run.count(Severity::Error) == 0)
}

fn run(
    place: &Place,
    sources: &Sources,
    timings: &Timings,
    depth: Depth,
    manner: &Manner,
) -> Result<Run, Failure> {
    let progress = say::Progress::new(manner);
    within(place, |world| {
        let press = Press {
            world,
            sources,
            timings,
            step: &|what| progress.step(what),
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
    };
    let (text, found) = within(place, |world| {
        let press = Press {
            world,
            sources: &sources,
            timings: &timings,
            step: &|_| {},
        };
        build::dump(press, &place.request, stage)
    })?;
    say::data(&text.unwrap_or_default())?;
    say::findings(&found, &sources, &place.root, manner).map_err(Failure)?;
    Ok(found.iter().all(|found| found.severity != Severity::Error))
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
        };
        build::list_fonts(press, &place.request)
    })?;
    say::data(&text)?;
    say::findings(&found, &sources, &place.root, manner).map_err(Failure)?;
    Ok(found.iter().all(|found| found.severity != Severity::Error))
}
