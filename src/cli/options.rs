//! The command line as meant: what is said of levels, and how to talk.

use std::io::IsTerminal;
use std::path::PathBuf;

use super::args::{Talk, When};
use crate::build::{Level, Levels};
use crate::diag::Named;
use crate::diag::render::Format;

/// How to talk.
pub struct Manner {
    /// Of diagnostics.
    pub format: Format,
    /// Whether to colour them.
    pub color: bool,
    /// Files to write them to; `None`: standard output.
    pub reports: Vec<(Format, Option<PathBuf>)>,
    /// Whether standard output is for a report alone.
    pub answers: bool,
    /// Only what is wrong.
    pub quiet: bool,
    /// More than needed.
    pub verbose: bool,
    /// Whether someone is looking.
    pub terminal: bool,
}

/// What is said of levels.
///
/// # Errors
/// A sentence for the user, when a code is none.
pub fn levels(talk: &Talk) -> Result<Levels, String> {
    let (mut deny_warnings, mut named) = (false, Vec::new());
    for (words, level, flag) in [
        (&talk.deny, Level::Deny, "--deny"),
        (&talk.warn, Level::Warn, "--warn"),
        (&talk.allow, Level::Allow, "--allow"),
    ] {
        for word in words {
            match Named::read(word) {
                Ok(Named::Warnings) if level == Level::Deny => deny_warnings = true,
                Ok(meant) => named.push((meant, level)),
                Err(near) => return Err(format!("{flag}: {}", unknown_code(word, near))),
            }
        }
    }
    Ok(Levels {
        deny_warnings,
        codes: Level::of_codes(named),
    })
}

/// What to say of a code that is none.
pub fn unknown_code(name: &str, near: Option<&str>) -> String {
    match near {
        Some(near) => format!("there is no diagnostic `{name}`; did you mean `{near}`?"),
        None => format!("there is no diagnostic `{name}`; `recto explain` lists them"),
    }
}

/// How to talk, from the flags and from who listens.
///
/// # Errors
/// A sentence for the user, when two reports want the same place.
pub fn manner(talk: &Talk) -> Result<Manner, String> {
    let terminal = std::io::stderr().is_terminal();
    let set =
        |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    let color = match talk.color {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            set("CLICOLOR_FORCE")
                || (terminal
                    && !set("NO_COLOR")
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb"))
        }
    };
    let usual = match std::env::var_os("GITHUB_ACTIONS") {
        _ if terminal => Format::Full,
        Some(value) if value == "true" => Format::Github,
        _ => Format::Concise,
    };
    let to_standard_output = |path: &PathBuf| path.as_os_str() == "-";
    let reports = talk.reports.iter().map(|(_, path)| path);
    let answers = reports.filter(|path| to_standard_output(path)).count();
    if answers > 1 {
        return Err(String::from("only one report can go to standard output"));
    }
    let reports = talk.reports.iter().cloned();
    let target = |(format, path)| match to_standard_output(&path) {
        true => (format, None),
        false => (format, Some(path)),
    };
    Ok(Manner {
        format: talk.format.unwrap_or(usual),
        color,
        reports: reports.map(target).collect(),
        answers: answers > 0,
        quiet: talk.quiet,
        verbose: talk.verbose,
        terminal,
    })
}
