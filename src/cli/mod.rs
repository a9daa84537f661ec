//! The command.
//!
//! In: the words typed. Out: what the user asked for on standard output, what is wrong on standard error, and an exit code.
//! Only this module prints, reads the environment and knows where the book lies on disk.

mod args;
mod book;
mod diff;
mod explain;
mod freeze;
mod kept;
mod known;
mod options;
mod panel;
mod place;
mod say;
mod sought;
mod told;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::build;

use args::{Arguments, Command};
use freeze::Freeze;
use panel::Panel;
use place::Place;

/// Why a command could not do its work, for the user; empty if that was said already.
struct Failure(String);

impl Failure {
    /// All was said.
    fn told() -> Failure {
        Failure(String::new())
    }
}

/// Runs the command. 0: all is well; 1: something is wrong with the book; 2: it could not run.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        Err(error) => {
            // `--help` and `--version` are answers, not errors; a closed pipe is no matter.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match obey(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(Failure(message)) => {
            if !message.is_empty() {
                say::failure(&message);
            }
            ExitCode::from(2)
        }
    }
}

fn obey(arguments: &Arguments) -> Result<bool, Failure> {
    let levels = options::levels(&arguments.talk).map_err(Failure)?;
    let manner = options::manner(&arguments.talk).map_err(Failure)?;
    let one = |path: &Option<PathBuf>| path.iter().cloned().collect();
    let (book, paths): (_, Vec<PathBuf>) = match &arguments.command {
        Command::Explain {
            schema: Some(of), ..
        } => return explain::schema(*of),
        Command::Explain { markdown: true, .. } => return explain::appendix(),
        Command::Explain { code, .. } => return explain::explain(code.as_deref()),
        Command::Diff {
            book,
            old,
            new,
            against,
            html,
            most,
        } => {
            let asked = diff::Asked {
                book,
                old: old.as_deref(),
                new: new.as_deref(),
                against: against.as_deref(),
                html: html.as_deref(),
                most: *most,
            };
            let work = || diff::diff(&asked, &arguments.talk, &manner);
            return build::on_threads(book.jobs, work)
                .map_err(|error| Failure(format!("no threads could be started: {error}")))?;
        }
        Command::Check { book, paths, .. } => (book, paths.clone()),
        Command::Build { book, path, .. }
        | Command::Dump { book, path, .. }
        | Command::Fonts { book, path } => (book, one(path)),
    };
    let (editions, paths) = place::paths(book, &paths);
    let place = |path: &PathBuf| place::place(path, book, editions.clone(), levels.clone());
    let places: Vec<Place> = paths
        .iter()
        .map(place)
        .collect::<Result<_, String>>()
        .map_err(Failure)?;
    let mut places = place::gathered(places);
    if matches!(arguments.command, Command::Build { proof: true, .. }) {
        let all = places.iter_mut();
        all.for_each(|place| place.request.proof = true);
    }
    if let Command::Check { outlets, .. } = &arguments.command {
        for place in &mut places {
            place.request.outlets.clone_from(outlets);
        }
    }
    let is_check = matches!(arguments.command, Command::Check { .. });
    if let Some(place) = places.iter().find(|place| !place.finished.is_empty())
        && !is_check
    {
        return Err(Failure(format!(
            "`{}` is a finished book; `recto check` reads those",
            place.name
        )));
    }
    let freeze = match &arguments.command {
        Command::Build { known, .. } | Command::Check { known, .. } => {
            Freeze::open(known, &mut places)?
        }
        _ => None,
    };
    let Some(place) = places.first() else {
        return Ok(true);
    };
    let work = || match &arguments.command {
        Command::Build {
            output,
            force,
            deps,
            known,
            ..
        } => {
            let target = book::Target {
                folder: output.as_deref(),
                force: *force,
                deps: deps.as_deref(),
            };
            book::build(book, (known, freeze), place, target, &manner)
        }
        Command::Check { known, with, .. } => {
            let panel = Panel(with.concat());
            book::check(book, (known, freeze), &places, &panel, &manner)
        }
        Command::Dump { stage, .. } => book::dump(*stage, place, &manner),
        Command::Fonts { .. } => book::fonts(place, &manner),
        Command::Explain { .. } | Command::Diff { .. } => Ok(true),
    };
    build::on_threads(book.jobs, work)
        .map_err(|error| Failure(format!("no threads could be started: {error}")))?
}
