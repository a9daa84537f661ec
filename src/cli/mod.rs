//! The command.
//!
//! In: the words typed. Out: what the user asked for on standard output, what is wrong on standard error, and an exit code.
//! Only this module prints, reads the environment and knows where the book lies on disk.

mod args;
mod book;
mod explain;
mod options;
mod say;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::build;

use args::{Arguments, Command};

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
    let manner = options::manner(&arguments.talk);
    let book = match &arguments.command {
        Command::Explain { markdown: true, .. } => return explain::appendix(),
        Command::Explain { code, .. } => return explain::explain(code.as_deref()),
        Command::Build { book, .. }
        | Command::Check { book }
        | Command::Dump { book, .. }
        | Command::Fonts { book } => book,
    };
    let place = options::place(book, levels).map_err(Failure)?;
    let work = || match &arguments.command {
        Command::Build { output, force, .. } => {
            book::build(book, &place, output.clone(), *force, &manner)
        }
        Command::Check { .. } => book::check(book, &place, &manner),
        Command::Dump { stage, .. } => book::dump(*stage, &place, &manner),
        Command::Fonts { .. } => book::fonts(&place, &manner),
        Command::Explain { code, .. } => explain::explain(code.as_deref()),
    };
    build::on_threads(book.jobs, work)
        .map_err(|error| Failure(format!("no threads could be started: {error}")))?
}
