//! Where the books lie that are meant, and what to make of them.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::args::{Book, To};
use crate::build::{self, Entry, Finished, Levels, Request};
use crate::check::{HEAD, Kind, kind};

/// 2026-01-01: the day of a book that says none, where `SOURCE_DATE_EPOCH` says none either.
const SOME_DAY: i64 = 1_767_225_600;

/// A book and where it lies.
pub struct Place {
    /// What the user called it.
    pub name: String,
    /// The folder that the book may read.
    pub root: PathBuf,
    /// The same from the checkout that a server works in; where there is none, from the folder the command is run in.
    pub checkout: PathBuf,
    /// Where outputs go unless the user says otherwise.
    pub output: PathBuf,
    /// What to build.
    pub request: Request,
    /// `SOURCE_DATE_EPOCH`, or [`SOME_DAY`].
    pub timestamp: i64,
    /// Whether files outside the folder may be read.
    pub allow_outside: bool,
    /// The finished files that are meant; empty if it is a manuscript.
    pub finished: Vec<Finished>,
    /// A theme's file outside the folder, named by the user: its path there, and where it is.
    pub theme: Option<(String, PathBuf)>,
}

/// The editions and the paths that are meant. `--edition print DIR`: the folder is not an edition. Without a path, the current
/// folder is meant.
pub fn paths(book: &Book, paths: &[PathBuf]) -> (Vec<String>, Vec<PathBuf>) {
    let (mut editions, mut paths) = (book.editions.clone(), paths.to_vec());
    if paths.is_empty() {
        let first = (1..editions.len()).find(|at| {
            let mut rest = editions[*at..].iter();
            rest.all(|name| Path::new(name).exists())
        });
        let meant = editions.split_off(first.unwrap_or(editions.len()));
        paths = meant.into_iter().map(PathBuf::from).collect();
    }
    if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    (editions, paths)
}

/// Finds the book that is meant.
///
/// # Errors
/// A sentence for the user, when there is none.
pub fn place(
    path: &Path,
    book: &Book,
    editions: Vec<String>,
    levels: Levels,
) -> Result<Place, String> {
    let shown = path.display();
    let name_of = |path: &Path| {
        path.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let parent = || match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let data = std::fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("there is no `{shown}`"),
        _ => format!("`{shown}` cannot be read: {error}"),
    })?;
    let name = name_of(path).unwrap_or_default();
    let kind = if data.is_dir() {
        None
    } else if !data.is_file() {
        // A pipe would be waited for.
        return Err(format!("`{shown}` is neither a folder nor a file"));
    } else {
        let head = head(path).map_err(|error| format!("`{shown}` cannot be read: {error}"))?;
        let unknown = || {
            format!(
                "`{shown}` is no folder, no Markdown file (.md), no book.yaml and no finished book"
            )
        };
        Some(kind(&name, &head).ok_or_else(unknown)?)
    };
    let mut finished = Vec::new();
    let (root, output, file) = match kind {
        None => {
            finished = finished_in(path, book.to);
            (path.to_owned(), path.join("out"), None)
        }
        Some(Kind::Manifest) => (parent(), parent().join("out"), None),
        Some(Kind::Markdown) => (parent(), parent(), name_of(path)),
        Some(kind @ (Kind::Epub | Kind::Pdf)) => {
            finished.push(Finished {
                name: name.clone(),
                kind,
            });
            (parent(), parent(), None)
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
        name: path.display().to_string(),
        checkout: in_checkout(&root, &real),
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
                To::Onix => build::Format::Onix,
            }),
            proof: false,
            levels,
            outlets: Vec::new(),
            epoch,
            freeze: None,
        },
        timestamp: epoch.unwrap_or(SOME_DAY),
        allow_outside: book.allow_outside,
        finished,
        theme,
    })
}

/// Finished files of one folder are one place: they may be one book's.
pub fn gathered(places: Vec<Place>) -> Vec<Place> {
    let mut out: Vec<Place> = Vec::with_capacity(places.len());
    for place in places {
        let beside = out.iter_mut().find(|other| {
            let finished = !other.finished.is_empty() && !place.finished.is_empty();
            finished && other.root == place.root
        });
        match beside {
            Some(other) => {
                for file in place.finished {
                    if !other.finished.contains(&file) {
                        other.finished.push(file);
                    }
                }
            }
            None => out.push(place),
        }
    }
    out
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

/// The finished files in a folder, by name, of one format if that is asked for: nothing if there is something to make a book of.
fn finished_in(folder: &Path, to: Option<To>) -> Vec<Finished> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        // By its name alone: what else lies there is not opened.
        match kind(&name, &[]) {
            Some(Kind::Manifest | Kind::Markdown) => return Vec::new(),
            Some(kind @ (Kind::Epub | Kind::Pdf)) if entry.path().is_file() => {
                let other = match to {
                    Some(To::Epub) => kind != Kind::Epub,
                    Some(To::Pdf | To::Cover) => kind != Kind::Pdf,
                    Some(To::Onix) | None => false,
                };
                if !other {
                    files.push(Finished { name, kind });
                }
            }
            _ => {}
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

/// The first bytes of a file.
fn head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let file = std::fs::File::open(path)?;
    file.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// A folder's path from the checkout that it lies in: a server's own, or the current folder; else as the user named it.
fn in_checkout(root: &Path, real: &Path) -> PathBuf {
    let servers = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].map(std::env::var_os);
    let checkouts = servers.into_iter().flatten().map(PathBuf::from);
    let here = std::env::current_dir().ok();
    checkouts
        .chain(here)
        .filter_map(|checkout| checkout.canonicalize().ok())
        .find_map(|checkout| real.strip_prefix(checkout).ok().map(Path::to_owned))
        .unwrap_or_else(|| root.to_owned())
}
