//! The command line as meant: which book lies where, what to make of it, how to talk.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::args::{Book, Form, Talk, To, When};
use crate::build::{self, Entry, Level, Levels, Request};
use crate::diag::render::Format;
use crate::diag::{Code, nearest};

/// 2026-01-01: the day of a book that says none, where `SOURCE_DATE_EPOCH` says none either.
const SOME_DAY: i64 = 1_767_225_600;

/// A book and where it lies.
pub struct Place {
    /// The folder that the book may read.
    pub root: PathBuf,
    /// Where outputs go unless the user says otherwise.
    pub output: PathBuf,
    /// What to build.
    pub request: Request,
    /// `SOURCE_DATE_EPOCH`, or [`SOME_DAY`].
    pub timestamp: i64,
    /// Whether files outside the folder may be read.
    pub allow_outside: bool,
    /// A theme's file outside the folder, named by the user: its path there, and where it is.
    pub theme: Option<(String, PathBuf)>,
}

/// How to talk.
pub struct Manner {
    /// Of diagnostics.
    pub format: Format,
    /// Whether to colour them.
    pub color: bool,
    /// Files to write them to.
    pub reports: Vec<(Format, PathBuf)>,
    /// Only what is wrong.
    pub quiet: bool,
    /// More than needed.
    pub verbose: bool,
    /// Whether someone is looking.
    pub terminal: bool,
}

/// Finds the book that is meant.
///
/// # Errors
/// A sentence for the user, when there is none.
pub fn place(book: &Book, levels: Levels) -> Result<Place, String> {
    let mut editions = book.editions.clone();
    let mut path = book.path.clone();
    // `--edition print DIR`: the folder is not an edition.
    if path.is_none()
        && editions.len() > 1
        && editions.last().is_some_and(|last| Path::new(last).exists())
    {
        path = editions.pop().map(PathBuf::from);
    }
    let path = path.unwrap_or_else(|| PathBuf::from("."));
    let shown = path.display();
    let name_of = |path: &Path| {
        path.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    let parent = || match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let data = std::fs::metadata(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("there is no `{shown}`"),
        _ => format!("`{shown}` cannot be read: {error}"),
    })?;
    let (root, output, file) = match ending.as_deref() {
        _ if data.is_dir() => (path.clone(), path.join("out"), None),
        Some("yaml" | "yml" | "toml") if is_manifest(&path) => {
            (parent(), parent().join("out"), None)
        }
        Some("md" | "markdown") => (parent(), parent(), name_of(&path)),
        Some("epub" | "pdf") => {
            return Err(format!(
                "`{shown}` is a finished book: checking those comes with a later release"
            ));
        }
        _ => {
            return Err(format!(
                "`{shown}` is no folder, no Markdown file (.md) and no book.yaml"
            ));
        }
    };
    let real = root
        .canonicalize()
        .map_err(|error| format!("`{}` cannot be read: {error}", root.display()))?;
    let folder_name = name_of(&real).unwrap_or_else(|| String::from("book"));
    let mut settings = book.settings.clone();
    let mut theme = None;
    if let Some(wanted) = &book.theme {
        let (name, outside) = theme_file(wanted, &real);
        theme = outside.map(|file| (name.clone(), file));
        // As YAML, quoted: a file may have any name.
        settings.push((
            String::from("theme"),
            format!("'{}'", name.replace('\'', "''")),
        ));
    }
    let epoch = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) if !text.trim().is_empty() => Some(text.trim().parse::<i64>().map_err(|_| {
            format!("SOURCE_DATE_EPOCH is `{text}`, which is no number of seconds")
        })?),
        _ => None,
    };
    Ok(Place {
        root,
        output,
        request: Request {
            entry: Entry {
                name: file.clone().unwrap_or(folder_name),
                file,
            },
            settings,
            editions,
            format: book.to.map(|to| match to {
                To::Epub => build::Format::Epub,
                To::Pdf => build::Format::Pdf,
                To::Cover => build::Format::Cover,
            }),
            levels,
            epoch,
        },
        timestamp: epoch.unwrap_or(SOME_DAY),
        allow_outside: book.allow_outside,
        theme,
    })
}

/// A theme's name as the book will see it: a built-in one's, or a file's; and where that file is if the book's folder does
/// not have it.
fn theme_file(wanted: &str, root: &Path) -> (String, Option<PathBuf>) {
    let Ok(real) = Path::new(wanted).canonicalize() else {
        return (wanted.to_owned(), None);
    };
    let is_yaml = real
        .extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml");
    if !real.is_file() || !is_yaml {
        return (wanted.to_owned(), None);
    }
    match real.strip_prefix(root) {
        Ok(inside) => (inside.to_string_lossy().replace('\\', "/"), None),
        Err(_) => (wanted.to_owned(), Some(real)),
    }
}

fn is_manifest(path: &Path) -> bool {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    matches!(
        name.as_deref(),
        Some("book.yaml" | "book.yml" | "book.toml")
    )
}

/// What is said of levels.
///
/// # Errors
/// A sentence for the user, when a code is none.
pub fn levels(talk: &Talk) -> Result<Levels, String> {
    let mut levels = Levels {
        deny_warnings: false,
        codes: BTreeMap::new(),
    };
    for (names, level, flag) in [
        (&talk.deny, Level::Deny, "--deny"),
        (&talk.warn, Level::Warn, "--warn"),
        (&talk.allow, Level::Allow, "--allow"),
    ] {
        for name in names {
            if level == Level::Deny && name == "warnings" {
                levels.deny_warnings = true;
                continue;
            }
            let code =
                Code::named(name).ok_or_else(|| format!("{flag}: {}", unknown_code(name)))?;
            levels.codes.insert(code, level);
        }
    }
    Ok(levels)
}

/// What to say of a code that is none.
pub fn unknown_code(name: &str) -> String {
    match nearest(name, Code::ALL.iter().map(|code| code.name())) {
        Some(near) => format!("there is no diagnostic `{name}`; did you mean `{near}`?"),
        None => format!("there is no diagnostic `{name}`; `recto explain` lists them"),
    }
}

/// How to talk, from the flags and from who listens.
pub fn manner(talk: &Talk) -> Manner {
    let terminal = std::io::stderr().is_terminal();
    let format = |form: Form| match form {
        Form::Full => Format::Full,
        Form::Concise => Format::Concise,
        Form::Json => Format::Json,
    };
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
    Manner {
        format: talk.format.map_or(
            if terminal {
                Format::Full
            } else {
                Format::Concise
            },
            format,
        ),
        color,
        reports: talk
            .reports
            .iter()
            .map(|(form, path)| (format(*form), path.clone()))
            .collect(),
        quiet: talk.quiet,
        verbose: talk.verbose,
        terminal,
    }
}
