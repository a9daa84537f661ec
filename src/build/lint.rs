//! What a check judges and a build does not: the words themselves, once for all editions that read them alike, and the files that no
//! edition reads.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::{Press, Request};
use crate::check::manuscript;
use crate::diag::Sink;
use crate::manifest::{Edition, Project, SpineKind};
use crate::model::Chapter;
use crate::source::{FileId, Span};

/// How much of a folder is looked through, in files.
const MOST: usize = 5000;

/// The papers of a project, in lower case and without their endings: they lie beside chapters and belong to no book.
const PAPERS: &[&str] = &[
    "readme",
    "license",
    "licence",
    "copying",
    "copyright",
    "changelog",
    "changes",
    "contributing",
    "code_of_conduct",
    "security",
    "authors",
    "contributors",
    "credits",
    "summary",
    "notes",
    "todo",
    "ideas",
    "outline",
    "draft",
    "translators",
    "history",
    "install",
    "maintainers",
    "support",
    "governance",
    "style",
    "style-guide",
    "styleguide",
    "index",
    "template",
];

/// Judges the chapters that each of the editions is made from.
pub(super) fn judge(
    press: Press<'_>,
    project: &Project,
    request: &Request,
    (editions, chapters): (&[&Edition], &[Vec<Arc<Chapter>>]),
    sink: &Sink,
) {
    for (index, (edition, book)) in editions.iter().zip(chapters).enumerate() {
        let alike = |other: &Vec<Arc<Chapter>>| {
            let pairs = || other.iter().zip(book);
            other.len() == book.len() && pairs().all(|(a, b)| Arc::ptr_eq(a, b))
        };
        if !chapters[..index].iter().any(alike) {
            let lang = &edition.manifest.metadata.language;
            manuscript::judge(book, lang, press.sources, sink);
        }
    }
    let book = &project.book.metadata;
    let contributors = book.contributors.iter().map(|one| one.name.as_str());
    let said = [&book.subtitle, &book.short_title, &book.edition_statement];
    let said = said.into_iter().chain([&book.publisher, &book.rights]);
    let said = said.filter_map(Option::as_deref);
    let titles: Vec<&str> = [book.title.as_str()]
        .into_iter()
        .chain(said)
        .chain(contributors)
        .collect();
    // What says so was read first.
    manuscript::titles(&titles, press.sources.get(FileId(0)).as_deref(), sink);
    // A single file is no list of files, and of some editions nobody knows what the others include.
    let whole = request.editions.is_empty() && request.format.is_none();
    if whole && request.entry.file.is_none() {
        manuscript::unused(&unused(press, project), sink);
    }
}

/// The Markdown files that lie beside the book's and are not read, each with its first line.
fn unused(press: Press<'_>, project: &Project) -> Vec<(String, Span)> {
    let read = (0..).map_while(|id| press.sources.get(FileId(id)));
    let mut used: BTreeSet<String> = read.map(|file| file.path.clone()).collect();
    let manifests = project.editions.iter().map(|edition| &edition.manifest);
    for item in manifests
        .chain([&project.book])
        .flat_map(|manifest| &manifest.spine)
    {
        if let SpineKind::File { path, .. } = &item.kind {
            used.insert(path.clone());
        }
    }
    let folder = |path: &String| match path.rsplit_once('/') {
        Some((folder, _)) => folder.to_owned(),
        None => String::new(),
    };
    let folders: BTreeSet<String> = used
        .iter()
        .filter(|path| is_text(path))
        .map(folder)
        .collect();
    let mut out = Vec::new();
    for folder in folders {
        let names = press.world.list(Path::new(&folder)).unwrap_or_default();
        for name in names.into_iter().take(MOST) {
            let path = match folder.as_str() {
                "" => name.clone(),
                folder => format!("{folder}/{name}"),
            };
            if !is_text(&name) || is_paper(&name) || used.contains(&path) {
                continue;
            }
            let Ok(bytes) = press.world.read(Path::new(&path)) else {
                continue;
            };
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let first = text.lines().next().map_or(0, str::len);
            let file = press.sources.add(path.clone(), text);
            out.push((path, Span::new(file.id, 0, first)));
        }
    }
    out
}

fn is_text(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| matches!(ending, "md" | "markdown"))
}

/// Named like a project's own papers, also in other languages (`README.de.md`), or hidden, as `_` and `.` hide.
fn is_paper(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = stem.to_ascii_lowercase();
    let first = stem.split(['.', '_', '-']).next().unwrap_or_default();
    name.starts_with(['.', '_'])
        || PAPERS.contains(&stem.as_str())
        || PAPERS.contains(&first) && stem != "index"
}
