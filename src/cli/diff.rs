//! `recto diff`.
//!
//! In: two finished files, two folders of them, or a book. Out: what is different, on standard output and in the files asked for; whether
//! nothing is. A book is built in memory; what it is compared with is never touched.

use std::io::{ErrorKind, IsTerminal};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::args::{Book, Talk, When};
use super::options::Manner;
use super::place::{self, Place};
use super::{Failure, book, say};
use crate::build::{Depth, Inputs, Levels, Timings, output};
use crate::check;
use crate::diag::render::Format;
use crate::diff::render::{Compared, Report, html, json, list};
use crate::diff::{Copy, Kind, Unreadable, compare};
use crate::source::Sources;

/// What is asked for.
pub struct Asked<'a> {
    /// Of the books.
    pub book: &'a Book,
    /// The old copy, or the book.
    pub old: Option<&'a Path>,
    /// The new copy.
    pub new: Option<&'a Path>,
    /// What a book is compared with.
    pub against: Option<&'a Path>,
    /// Where the page of HTML goes.
    pub html: Option<&'a Path>,
    /// How many changed pages it shows of each pair of files.
    pub most: usize,
}

/// A finished file, on disk or not.
struct File {
    /// What the user calls it.
    shown: String,
    /// Its name in its folder.
    name: String,
    kind: Kind,
    bytes: Vec<u8>,
}

/// Compares; whether nothing is different.
///
/// # Errors
/// When it could not run.
pub fn diff(asked: &Asked<'_>, talk: &Talk, manner: &Manner) -> Result<bool, Failure> {
    let formats =
        std::iter::once(manner.format).chain(manner.reports.iter().map(|(format, _)| *format));
    for format in formats {
        if matches!(format, Format::Sarif | Format::Junit | Format::Gitlab) {
            let name = format.name();
            return Err(Failure(format!(
                "a difference is no finding: `{name}` cannot tell of it, `json` can"
            )));
        }
    }
    let (old, new) = sides(asked, manner)?;
    let (files, single) = paired(old, new);
    let read = |file: &File| {
        Copy::read(file.kind, &file.bytes).map_err(|error| {
            let why = match error {
                Unreadable::Locked => "it is locked by a password",
                Unreadable::Damaged => "it is damaged",
                Unreadable::Hostile => "it asks for more time or memory than any book needs",
            };
            Failure(format!("`{}` cannot be read: {why}", file.shown))
        })
    };
    let pairs = files.par_iter().map(|(old, new)| {
        let (one, other) = rayon::join(|| read(old), || read(new));
        let copies = (one?, other?);
        let Some(changes) = compare(&copies.0, &copies.1) else {
            let message = format!("`{}` and `{}` are of different kinds", old.shown, new.shown);
            return Err(Failure(message));
        };
        let compared = Compared {
            old: old.shown.clone(),
            new: new.shown.clone(),
            changes,
        };
        Ok((compared, copies))
    });
    let pairs: Vec<(Compared, (Copy, Copy))> = pairs.collect::<Result<_, Failure>>()?;
    let (pairs, copies): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    let report = Report {
        pairs: &pairs,
        single: &single,
    };
    tell(&report, asked, talk, manner, &copies)?;
    Ok(report.is_empty())
}

/// Prints it, and writes what else is asked for.
fn tell(
    report: &Report<'_>,
    asked: &Asked<'_>,
    talk: &Talk,
    manner: &Manner,
    copies: &[(Copy, Copy)],
) -> Result<(), Failure> {
    let color = match talk.color {
        When::Auto => manner.color && std::io::stdout().is_terminal(),
        When::Always => true,
        When::Never => false,
    };
    let text = |format: Format, color: bool| match format {
        Format::Json => json(report),
        _ => list(report, color),
    };
    let silent =
        manner.answers || manner.quiet && manner.format != Format::Json && report.is_empty();
    if !silent {
        say::data(&text(manner.format, color))?;
    }
    let put = |path: &Path, text: &str| {
        let written = output::write(path, text.as_bytes());
        written
            .map_err(|error| Failure(format!("`{}` cannot be written: {error}", say::path(path))))
    };
    for (format, path) in &manner.reports {
        match path {
            None => say::data(&text(*format, false))?,
            Some(path) => drop(put(path, &text(*format, false))?),
        }
    }
    let Some(path) = asked.html else {
        return Ok(());
    };
    let page = html(
        report,
        asked.most,
        &|pair, old, new| match copies.get(pair) {
            Some((one, other)) => (one.sheets(old), other.sheets(new)),
            None => (Vec::new(), Vec::new()),
        },
    );
    put(path, &page)?;
    if !manner.quiet {
        say::words(&format!(
            "wrote {} ({})\n",
            say::path(path),
            say::size(page.len())
        ));
    }
    Ok(())
}

/// The files of the old side and of the new one.
fn sides(asked: &Asked<'_>, manner: &Manner) -> Result<(Vec<File>, Vec<File>), Failure> {
    let here = Path::new(".");
    let old = asked.old.unwrap_or(here);
    match (asked.new, asked.against) {
        (Some(_), Some(_)) => Err(Failure(String::from(
            "`--against` is for a book alone: leave it out, or the second path",
        ))),
        (Some(new), None) => {
            let (old, new) = (side(old, asked, manner)?, side(new, asked, manner)?);
            Ok((old.files, new.files))
        }
        (None, against) => {
            let new = side(old, asked, manner)?;
            let Some(place) = new.book else {
                return Err(Failure(format!(
                    "`{}` is a finished book: name another one to compare it with",
                    say::path(old)
                )));
            };
            let folder = against.unwrap_or(&place.output);
            let mut old = match folder.exists() || against.is_some() {
                true => finished(folder, asked.book)?,
                false => Vec::new(),
            };
            if old.is_empty() {
                return Err(Failure(format!(
                    "there is nothing in `{}` to compare the book with: `recto build` puts it there; or name another place with `--against`",
                    say::path(folder)
                )));
            }
            // What other editions left there is not asked for.
            let whole = place.request.editions.is_empty() && place.request.format.is_none();
            if against.is_none() && !whole {
                old.retain(|file| new.files.iter().any(|made| made.name == file.name));
            }
            Ok((old, new.files))
        }
    }
}

/// What a path stands for.
struct Side {
    files: Vec<File>,
    /// Where the book lies, if it is one.
    book: Option<Place>,
}

fn side(path: &Path, asked: &Asked<'_>, manner: &Manner) -> Result<Side, Failure> {
    let is_book = ["book.yaml", "book.toml"]
        .iter()
        .any(|name| path.join(name).is_file());
    let found = match is_book || is_text(path) {
        true => Vec::new(),
        false => finished(path, asked.book)?,
    };
    if !found.is_empty() {
        return Ok(Side {
            files: found,
            book: None,
        });
    }
    let editions = asked.book.editions.clone();
    let place = place::place(path, asked.book, editions, Levels::default()).map_err(Failure)?;
    let (sources, timings) = (Sources::new(), Timings::new());
    let inputs = (&Inputs::new(), None);
    let run = book::run(&place, &sources, &timings, Depth::Make, inputs, manner)?;
    let mut files = Vec::new();
    for made in run.outputs {
        let shown = format!("{} as it is built now", made.file_name);
        let Some(bytes) = made.bytes else {
            return Err(Failure(format!(
                "`{}` cannot be made: `recto build` says why",
                made.file_name
            )));
        };
        if let Some(kind) = kind_of(&made.file_name, &bytes) {
            files.push(File {
                shown,
                name: made.file_name,
                kind,
                bytes,
            });
        }
    }
    if files.is_empty() {
        return Err(Failure(format!(
            "of `{}` nothing can be made: `recto build` says why",
            say::path(path)
        )));
    }
    Ok(Side {
        files,
        book: Some(place),
    })
}

fn is_text(path: &Path) -> bool {
    let ending = path
        .extension()
        .is_some_and(|ending| ending == "md" || ending == "markdown");
    ending && path.is_file()
}

fn kind_of(name: &str, bytes: &[u8]) -> Option<Kind> {
    match check::kind(name, bytes)? {
        check::Kind::Epub => Some(Kind::Epub),
        check::Kind::Pdf => Some(Kind::Pdf),
        check::Kind::Manifest | check::Kind::Markdown => None,
    }
}

/// The finished files at a path: itself, or those in a folder, by name.
fn finished(path: &Path, book: &Book) -> Result<Vec<File>, Failure> {
    let shown = say::path(path);
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Failure(format!("there is no `{shown}`")),
        _ => Failure(format!("`{shown}` cannot be read: {error}")),
    };
    let data = std::fs::metadata(path).map_err(failed)?;
    let mut paths: Vec<PathBuf> = Vec::new();
    if data.is_dir() {
        for entry in std::fs::read_dir(path).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let ending = path.extension().is_some_and(|ending| {
                ending.eq_ignore_ascii_case("pdf") || ending.eq_ignore_ascii_case("epub")
            });
            if ending && path.is_file() {
                paths.push(path);
            }
        }
        paths.sort();
    } else if data.is_file() {
        paths.push(path.to_owned());
    } else {
        return Err(Failure(format!("`{shown}` is neither a folder nor a file")));
    }
    let mut files = Vec::new();
    for path in paths {
        let bytes = std::fs::read(&path).map_err(failed)?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let Some(kind) = kind_of(&name, &bytes) else {
            return Err(Failure(format!(
                "`{}` is no EPUB, no PDF and no book",
                say::path(&path)
            )));
        };
        use super::args::To;
        if matches!(
            (book.to, kind),
            (Some(To::Pdf), Kind::Epub) | (Some(To::Epub), Kind::Pdf)
        ) {
            continue;
        }
        files.push(File {
            shown: say::path(&path),
            name,
            kind,
            bytes,
        });
    }
    Ok(files)
}

/// What the names of several files begin with alike; nothing if there is one file.
fn common<'a>(files: &'a [File]) -> &'a str {
    let stems = files.iter().map(|file| stem(&file.name));
    let both = |one: &'a str, other: &'a str| {
        let alike = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
        &one[..alike.map(|(c, _)| c.len_utf8()).sum()]
    };
    match files.len() {
        0 | 1 => "",
        _ => stems.reduce(both).unwrap_or_default(),
    }
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Pairs files that have one name behind so many bytes of it, which all names of their side share.
fn take(
    old: &mut Vec<File>,
    new: &mut Vec<File>,
    heads: [usize; 2],
    pairs: &mut Vec<(File, File)>,
) {
    let mut at = 0;
    while let Some(file) = new.get(at) {
        let same = |other: &File| {
            let rests = (&other.name[heads[0]..], &file.name[heads[1]..]);
            rests.0 == rests.1 && other.kind == file.kind
        };
        match old.iter().position(same) {
            Some(other) => pairs.push((old.remove(other), new.remove(at))),
            None => at += 1,
        }
    }
}

/// Pairs the files of a kind of which each side has one.
fn alone(old: &mut Vec<File>, new: &mut Vec<File>, pairs: &mut Vec<(File, File)>) {
    for kind in [Kind::Pdf, Kind::Epub] {
        let only = |files: &[File]| {
            let mut of_kind = (0..).zip(files).filter(|(_, file)| file.kind == kind);
            let first = of_kind.next().map(|(at, _)| at);
            first.filter(|_| of_kind.next().is_none())
        };
        if let (Some(one), Some(other)) = (only(old), only(new)) {
            pairs.push((old.remove(one), new.remove(other)));
        }
    }
}

/// Files of one name belong together. So do those that have one name but for what all files of their side begin with, as when a book
/// has a new title; and where each side has one file of a kind left, these. The others are single.
#[allow(
    clippy::type_complexity,
    reason = "pairs, and what is left of both sides"
)]
fn paired(mut old: Vec<File>, mut new: Vec<File>) -> (Vec<(File, File)>, Vec<(String, bool)>) {
    let mut pairs = Vec::new();
    take(&mut old, &mut new, [0, 0], &mut pairs);
    alone(&mut old, &mut new, &mut pairs);
    let heads = [common(&old).len(), common(&new).len()];
    if !heads.contains(&0) {
        take(&mut old, &mut new, heads, &mut pairs);
    }
    alone(&mut old, &mut new, &mut pairs);
    let left =
        |files: Vec<File>, is_new: bool| files.into_iter().map(move |file| (file.shown, is_new));
    (pairs, left(old, false).chain(left(new, true)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> Vec<File> {
        let file = |name: &&str| File {
            shown: (*name).to_owned(),
            name: (*name).to_owned(),
            kind: if name.ends_with("pdf") {
                Kind::Pdf
            } else {
                Kind::Epub
            },
            bytes: Vec::new(),
        };
        names.iter().map(file).collect()
    }

    #[test]
    fn files_find_each_other() {
        let pairs = |old: &[&str], new: &[&str]| {
            let (pairs, single) = paired(files(old), files(new));
            let pairs = pairs
                .iter()
                .map(|(old, new)| format!("{}={}", old.name, new.name));
            let single = single
                .iter()
                .map(|(name, is_new)| format!("{}{name}", if *is_new { "+" } else { "-" }));
            pairs.chain(single).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            pairs(&["a.pdf", "b.pdf"], &["b.pdf", "a.pdf"]),
            "b.pdf=b.pdf a.pdf=a.pdf"
        );
        assert_eq!(
            pairs(&["1.pdf", "1.epub"], &["2.epub", "2.pdf"]),
            "1.pdf=2.pdf 1.epub=2.epub"
        );
        assert_eq!(
            pairs(&["1.pdf", "2.pdf"], &["3.pdf"]),
            "-1.pdf -2.pdf +3.pdf"
        );
        assert_eq!(
            pairs(
                &["a.epub", "a-print.pdf", "a-screen.pdf"],
                &["ab-c-cover.pdf", "ab-c-screen.pdf", "ab-c.epub"]
            ),
            "a.epub=ab-c.epub a-screen.pdf=ab-c-screen.pdf a-print.pdf=ab-c-cover.pdf"
        );
    }
}
