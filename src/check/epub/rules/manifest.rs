//! The manifest: that what it lists is there, once, and is what it says; and that it lists what is there.

use std::collections::{BTreeMap, BTreeSet};

use super::super::address::{Target, follow};
use super::super::media::Medium;
use super::super::publication::{Item, Publication, Role};
use super::super::tally::{Tally, shown};
use super::super::tree::Space;
use super::links::misspelt;
use crate::diag::{Code, Diagnostic};

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let used = Fetched::of(publication);
    for item in &package.items {
        misspelt(&item.href, item.href_at, tally);
        let path = match &item.target {
            _ if item.href.trim().is_empty() => continue,
            Target::Inside { path, fragment } => {
                if fragment.is_some() {
                    let message = format!(
                        "`{}` names a place in a file, not a file",
                        shown(&item.href)
                    );
                    tally.tell(Code::BadPackage, item.href_at, message);
                }
                path.as_str()
            }
            Target::Nowhere(why) => {
                tally.tell(
                    Code::BadAddress,
                    item.href_at,
                    format!("`{}` {why}", shown(&item.href)),
                );
                continue;
            }
            Target::Data(_) => {
                tally.tell(
                    Code::BadAddress,
                    item.href_at,
                    "an item of the manifest is no file but data",
                );
                continue;
            }
            Target::Remote(_) | Target::Other(_) => {
                remote(&used, item, tally);
                continue;
            }
        };
        if let Some(other) = seen.insert(path, &item.id) {
            let message = format!(
                "`{}` is listed twice, as `{}` and `{}`",
                shown(path),
                shown(other),
                shown(&item.id)
            );
            tally.tell(Code::DuplicateItem, item.at, message);
        }
        if path.starts_with("META-INF/") {
            let message = format!("`{}` is of the container, no part of the book", shown(path));
            tally.tell(Code::BadPackage, item.href_at, message);
        }
        if path == package.path {
            tally.tell(
                Code::BadPackage,
                item.href_at,
                "the manifest lists the package itself",
            );
        } else if !publication.container.files.contains_key(path) {
            tally.push(missing(publication, item.href_at, path, tally));
        } else {
            kind(publication, item, path, tally);
        }
    }
    fallbacks(publication, tally);
    unlisted(publication, tally);
}

/// A file that is not there; the hint names one that is called like it.
pub(super) fn missing(
    publication: &Publication,
    at: crate::source::Span,
    path: &str,
    tally: &Tally<'_>,
) -> Diagnostic {
    let found = Diagnostic::new(
        Code::MissingFile,
        at,
        format!("`{}` is not in the book", shown(path)),
    );
    // Of those that are only counted nobody reads the hint.
    if tally.is_full(Code::MissingFile, at) {
        return found;
    }
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let wanted = name(path);
    // Of a book of very many files this would take long.
    let mut files = publication.container.files.keys().take(2_000);
    match files.find(|file| name(file) == wanted) {
        Some(file) => found.hint(format!("there is `{}`", shown(file))),
        None => found,
    }
}

/// What a book may fetch from elsewhere.
struct Fetched<'p> {
    /// What documents show of it.
    shown: BTreeSet<&'p Target>,
    /// Whether programs may fetch whatever they like.
    is_scripted: bool,
}

impl Fetched<'_> {
    fn of(publication: &Publication) -> Fetched<'_> {
        let all = publication
            .documents
            .iter()
            .flat_map(|document| &document.references);
        let shown =
            all.filter(|to| to.role != Role::Link && matches!(to.target, Target::Remote(_)));
        Fetched {
            shown: shown.map(|to| &to.target).collect(),
            is_scripted: publication
                .package
                .items
                .iter()
                .any(|item| item.has("scripted")),
        }
    }
}

/// Sound, films and fonts may lie elsewhere (EPUB 3.3, 3.6).
fn remote(used: &Fetched<'_>, item: &Item, tally: &Tally<'_>) {
    let kind = item.kind();
    // A picture may be fetched by a program, or be a font; where a document shows it, that is told.
    let is_picture = kind.starts_with("image/")
        && kind != "image/svg+xml"
        && !used.is_scripted
        && !used.shown.contains(&item.target);
    if is_picture || kind.contains("xhtml") || kind == "text/css" || kind.contains("dtbncx") {
        let message = format!("`{}` is not in the book but elsewhere", shown(&item.href));
        tally.tell(Code::RemoteResource, item.href_at, message);
    }
}

/// Whether a file is what its item says.
fn kind(publication: &Publication, item: &Item, path: &str, tally: &Tally<'_>) {
    let container = &publication.container;
    let (Some(file), false) = (
        container.files.get(path),
        container.hidden.contains_key(path),
    ) else {
        return;
    };
    if !file.is_sound {
        return;
    }
    let kind = item.kind();
    let wrong = |is: &str| {
        let message = format!(
            "`{}` is {is}, and is called `{}`",
            shown(path),
            shown(&item.media_type)
        );
        tally.tell(Code::WrongMediaType, item.at, message);
    };
    let is_known = |kind: &str| {
        Medium::Png.fits(kind).is_some()
            && !kind.starts_with("audio/")
            && !kind.starts_with("video/")
    };
    if file.bytes == 0 && is_known(&kind) && (kind.starts_with("image/") || kind.contains("font")) {
        return wrong("empty");
    }
    let is_sound = kind.starts_with("audio/") || kind.starts_with("video/");
    match file.medium {
        // What of sound and films lies in what is for others to say.
        Some(Medium::Mp3 | Medium::Mp4 | Medium::Ogg) if is_sound => {}
        Some(medium) if medium.fits(&kind) == Some(false) => {
            wrong(&format!("{} by its first bytes", medium.title()))
        }
        // The first bytes of texts say nothing.
        None if is_known(&kind)
            && (kind.starts_with("image/") && kind != "image/svg+xml" || kind.contains("font")) =>
        {
            wrong("of no known kind by its first bytes");
        }
        _ => {}
    }
    if let Some(document) = publication.document(path)
        && let Some(root) = document.tree.root()
    {
        let fits = match document.is_drawing {
            true => root.name() == "svg",
            false => root.name() == "html",
        };
        if !fits && root.space() != Space::None {
            wrong(&format!("a document of `{}`", shown(root.name())));
        }
    }
}

/// What stands in for files: it is there, and it ends.
fn fallbacks(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    // Items whose chains are known to end.
    let mut ends = vec![false; package.items.len()];
    for (at, item) in package.items.iter().enumerate() {
        let Some(fallback) = &item.fallback else {
            continue;
        };
        if !package.by_id.contains_key(fallback) {
            let message = format!(
                "no item has the id `{}`, which is to stand in",
                shown(fallback)
            );
            tally.tell(Code::MissingFallback, item.at, message);
        }
        let (mut next, mut chain) = (Some(at), BTreeSet::new());
        while let Some(here) = next.filter(|here| !ends[*here]) {
            if !chain.insert(here) {
                let message = format!("what stands in for `{}` leads back to it", shown(&item.id));
                tally.tell(Code::MissingFallback, item.at, message);
                break;
            }
            let id = package.items[here].fallback.as_ref();
            next = id.and_then(|id| package.by_id.get(id)).copied();
        }
        for here in chain {
            ends[here] = true;
        }
    }
}

/// Whether an item, or what stands in for it, is one that passes.
pub(super) fn any_of(
    publication: &Publication,
    item: &Item,
    passes: impl Fn(&Item) -> bool,
) -> bool {
    let package = &publication.package;
    let mut next = Some(item);
    // A chain that is longer has been told, or is nobody's.
    for _ in 0..50 {
        let Some(item) = next else { return false };
        if passes(item) {
            return true;
        }
        let at = item.fallback.as_ref().and_then(|id| package.by_id.get(id));
        next = at.and_then(|at| package.items.get(*at));
    }
    false
}

/// Files that no item names. What documents use of them is told where they use it.
fn unlisted(publication: &Publication, tally: &Tally<'_>) {
    let (container, package) = (&publication.container, &publication.package);
    if package.items.is_empty() || !package.is_whole() {
        return;
    }
    let roots: BTreeSet<&str> = container
        .tree
        .iter()
        .flat_map(|tree| tree.nodes())
        .filter_map(|node| node.attr("full-path"))
        .collect();
    let named: BTreeSet<&str> = package
        .metadata
        .iter()
        .map(|meta| meta.value.as_str())
        .collect();
    let used = used(publication);
    for (path, file) in &container.files {
        let own = path == "mimetype" || path.starts_with("META-INF/") || *path == package.path;
        let name = path.rsplit('/').next().unwrap_or_default();
        // Records that the metadata links to are no part of the book.
        if own
            || package.by_path.contains_key(path)
            || named.contains(name)
            || named.contains(path.as_str())
        {
            continue;
        }
        if !roots.contains(path.as_str()) && !used.contains(path) {
            let message = format!(
                "the manifest does not list `{}` ({} bytes)",
                shown(path),
                file.bytes
            );
            tally.tell(Code::UnlistedFile, publication.at, message);
        }
    }
}

/// The files that documents and style sheets name.
fn used(publication: &Publication) -> BTreeSet<String> {
    let documents = publication.documents.iter();
    let own = documents.flat_map(|document| document.references.iter().map(|to| to.target.clone()));
    let sheets = publication.sheets.iter();
    let sheets = sheets.flat_map(|(path, file)| {
        file.sheet
            .addresses
            .iter()
            .map(move |(_, to, _)| follow(path, to))
    });
    own.chain(sheets)
        .filter_map(|target| target.path().map(str::to_owned))
        .collect()
}
