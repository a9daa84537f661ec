//! Where links lead.
//!
//! In: every link as written, the chapters by path, the [`Labels`]. Out: a [`Destination`] per link that leads
//! somewhere, and a diagnostic with the nearest name for each that does not.
//!
//! An address is, in this order: a URL with a scheme (only those that a reader can follow are kept); `#id`, in its own
//! chapter first, then anywhere; a path, from the chapter's folder, to a chapter's file, with or without `#id`. As
//! mdBook's authors write them, `x.html` stands for `x.md`, and a folder or its `index.html` for its `README.md`.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Destination;
use super::anchors::{Labels, github};
use super::url;
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{Chapter, ChapterId, NodeId, NodeRef, Origin};
use crate::source::undo_percent;

/// All that links of one book need.
pub(super) struct Links<'a> {
    chapters: &'a [Arc<Chapter>],
    labels: &'a Labels,
    paths: BTreeMap<&'a str, ChapterId>,
    /// The names in the chapters of a file, by the first of them; found out when a link asks for one.
    files: RefCell<BTreeMap<ChapterId, BTreeMap<&'a str, NodeRef>>>,
    /// How many more names may be compared with what leads nowhere.
    looks: Cell<usize>,
    sink: &'a Sink,
}

/// So many names are compared with what leads nowhere, over the whole book: an author who has that many wrong mends them by
/// other means than ours.
const MOST_LOOKS: usize = 1_000_000;

/// Why a link leads nowhere, and what to do about it.
struct Dead {
    code: Code,
    message: String,
    hint: Option<String>,
}

impl Dead {
    fn new(message: String, hint: Option<String>) -> Dead {
        Dead {
            code: Code::DeadLink,
            message,
            hint,
        }
    }
}

impl<'a> Links<'a> {
    pub fn new(chapters: &'a [Arc<Chapter>], labels: &'a Labels, sink: &'a Sink) -> Links<'a> {
        let mut paths = BTreeMap::new();
        for (index, chapter) in chapters.iter().enumerate() {
            if let Origin::File(_, path) = &chapter.origin {
                paths
                    .entry(path.as_str())
                    .or_insert(ChapterId(index as u32));
            }
        }
        Links {
            chapters,
            labels,
            paths,
            files: RefCell::default(),
            looks: Cell::new(MOST_LOOKS),
            sink,
        }
    }

    /// Where a link of a chapter leads; `None` for nowhere, which is reported.
    pub fn link(&self, from: ChapterId, node: NodeId, to: &str) -> Option<Destination> {
        match self.find(from, to) {
            Ok(destination) => Some(destination),
            Err((dead, instead)) => {
                self.report(from, node, dead);
                instead.map(Destination::Node)
            }
        }
    }

    /// Where a reference by id leads: `@fig-map`.
    pub fn reference(&self, from: ChapterId, node: NodeId, id: &str) -> Option<Destination> {
        match self.fragment(from, id) {
            Ok(to) => Some(Destination::Node(to)),
            Err(dead) => {
                self.report(from, node, dead);
                None
            }
        }
    }

    fn report(&self, from: ChapterId, node: NodeId, dead: Dead) {
        let at = self.chapters[from.0 as usize].spans.get(node);
        let mut told = Diagnostic::new(dead.code, at, dead.message);
        if let Some(hint) = dead.hint {
            told = told.hint(hint);
        }
        self.sink.push(told);
    }

    /// An error comes with where to lead instead, if that is better than nowhere.
    fn find(&self, from: ChapterId, to: &str) -> Result<Destination, (Dead, Option<NodeRef>)> {
        let to = to.trim();
        let none = |dead| (dead, None);
        if to.is_empty() {
            return Err(none(Dead::new("a link has no address".to_owned(), None)));
        }
        if let Some(found) = url::external(to) {
            return match found {
                Ok(url) => Ok(Destination::Url(url)),
                Err(url::Refused::Script) => Err(none(Dead {
                    code: Code::ScriptDropped,
                    message: "a link that runs a script was dropped".to_owned(),
                    hint: None,
                })),
                Err(url::Refused::Scheme(scheme)) => Err(none(Dead::new(
                    format!("no reader can follow a link with `{scheme}:`"),
                    Some("use http, https, mailto, tel or ftp".to_owned()),
                ))),
                Err(url::Refused::Malformed) => Err(none(Dead::new(
                    format!("`{to}` is not a URL"),
                    Some("write the host behind the `//`".to_owned()),
                ))),
            };
        }
        let (path, fragment) = match to.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (to, None),
        };
        let path = path.split('?').next().unwrap_or_default();
        if path.is_empty() {
            let id = undo_percent(fragment.unwrap_or_default());
            if id.is_empty() || id == "top" {
                return Ok(Destination::Node(start(from)));
            }
            return self
                .fragment(from, &id)
                .map(Destination::Node)
                .map_err(none);
        }
        let path = undo_percent(path);
        let chapter = self.path(from, &path).map_err(none)?;
        let id = undo_percent(fragment.unwrap_or_default());
        if id.is_empty() {
            return Ok(Destination::Node(start(chapter)));
        }
        match self.within_file(chapter, &id) {
            Some(at) => Ok(Destination::Node(at)),
            None => {
                let names = &self.labels.chapters[chapter.0 as usize];
                let hint = self
                    .nearest(&id, names.len(), names.keys().map(String::as_str))
                    .map(|name| format!("did you mean `#{name}`?"));
                let dead = Dead::new(format!("`{path}` has no `#{id}`"), hint);
                // The right chapter is better than no link at all.
                Err((dead, Some(start(chapter))))
            }
        }
    }

    /// The name most like a wanted one, as long as not too many were compared.
    fn nearest<'n>(
        &self,
        wanted: &str,
        count: usize,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<&'n str> {
        self.looks.set(self.looks.get().checked_sub(count)?);
        nearest(wanted, names)
    }

    /// A place in a chapter, or in one that follows it in the same file.
    fn within_file(&self, first: ChapterId, id: &str) -> Option<NodeRef> {
        if let Some(at) = self.labels.within(first, id) {
            return Some(at);
        }
        let mut files = self.files.borrow_mut();
        let names = files.entry(first).or_insert_with(|| self.names_of(first));
        names
            .get(id)
            .or_else(|| names.get(github(id).as_str()))
            .copied()
    }

    /// The names in the chapters of a file, from this one on; of several places the first.
    fn names_of(&self, first: ChapterId) -> BTreeMap<&'a str, NodeRef> {
        let origin = &self.chapters[first.0 as usize].origin;
        let later = (first.0..).zip(&self.chapters[first.0 as usize..]);
        let pieces = later.take_while(|(_, chapter)| chapter.origin == *origin);
        let mut names = BTreeMap::new();
        for (number, _) in pieces {
            let chapter = ChapterId(number);
            for (name, node) in &self.labels.chapters[number as usize] {
                let node = *node;
                names
                    .entry(name.as_str())
                    .or_insert(NodeRef { chapter, node });
            }
        }
        names
    }

    fn fragment(&self, from: ChapterId, id: &str) -> Result<NodeRef, Dead> {
        self.labels
            .within(from, id)
            .or_else(|| self.labels.anywhere(id))
            .ok_or_else(|| {
                let hint = self
                    .nearest(
                        id,
                        self.labels.book.len(),
                        self.labels.book.keys().map(String::as_str),
                    )
                    .map(|name| format!("did you mean `#{name}`?"));
                Dead::new(format!("nothing in the book is called `#{id}`"), hint)
            })
    }

    /// The chapter at a path as an author wrote it in a chapter.
    fn path(&self, from: ChapterId, written: &str) -> Result<ChapterId, Dead> {
        let own = match &self.chapters[from.0 as usize].origin {
            Origin::File(_, path) => path.as_str(),
            Origin::Made(_) => "",
        };
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        let absolute = written.starts_with('/');
        // An absolute path begins at the book's folder; an mdBook's begins at its `src`, which all its chapters share.
        let roots: &[&str] = if absolute { &["", "src"] } else { &[folder] };
        let mut wanted = String::new();
        for root in roots {
            let Some(clean) = join(root, written) else {
                continue;
            };
            for candidate in candidates(&clean, written.ends_with('/')) {
                if let Some(chapter) = self.paths.get(candidate.as_str()) {
                    return Ok(*chapter);
                }
            }
            if wanted.is_empty() {
                wanted = clean;
            }
        }
        let hint = self
            .nearest(&wanted, self.paths.len(), self.paths.keys().copied())
            .map(|path| format!("did you mean `{}`?", relative(folder, path)));
        Err(Dead::new(
            format!("`{written}` is no chapter of the book"),
            hint,
        ))
    }
}

fn start(chapter: ChapterId) -> NodeRef {
    NodeRef {
        chapter,
        node: NodeId(0),
    }
}

/// The files that a clean path may mean, the likeliest first.
fn candidates(path: &str, folder: bool) -> Vec<String> {
    let within = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}/{name}")
        }
    };
    let mut all = Vec::new();
    if !folder && !path.is_empty() {
        all.push(path.to_owned());
        let stem = path
            .strip_suffix(".html")
            .or_else(|| path.strip_suffix(".xhtml"));
        if let Some(stem) = stem {
            all.push(format!("{stem}.md"));
            if let Some(parent) = stem.strip_suffix("index") {
                all.push(format!("{parent}README.md"));
            }
        } else {
            all.push(format!("{path}.md"));
        }
    }
    all.extend([within("README.md"), within("index.md")]);
    all
}

/// Joins and cleans; `None` if it climbs out of the book's folder.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// A path of the book as an author in a folder would write it.
fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; from.len() - shared];
    parts.extend(&to[shared..]);
    parts.join("/")
}

/// The name most like a wanted one, if it is like it at all.
pub(super) fn nearest<'n>(
    wanted: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    /// Below this, Jaro and Winkler's likeness joins names that no reader would take for each other.
    const ALIKE: f64 = 0.75;
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(wanted, name), name))
        .filter(|(like, _)| *like >= ALIKE)
        // Of equally near names, the first.
        .fold(None, |best: Option<(f64, &str)>, (like, name)| match best {
            Some((b, _)) if b >= like => best,
            _ => Some((like, name)),
        })
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_join_and_part() {
        assert_eq!(join("src/a", "../b/./c.md").as_deref(), Some("src/b/c.md"));
        assert_eq!(join("", "../x"), None);
        assert_eq!(relative("src/a", "src/b/c.md"), "../b/c.md");
        assert_eq!(relative("", "one.md"), "one.md");
    }

    #[test]
    fn a_path_may_mean_several_files() {
        assert_eq!(
            candidates("a/index.html", false)[..3],
            ["a/index.html", "a/index.md", "a/README.md"]
        );
        assert_eq!(candidates("a", true), ["a/README.md", "a/index.md"]);
        assert_eq!(candidates("", true), ["README.md", "index.md"]);
    }

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["method", "results", "methods"];
        assert_eq!(nearest("mehtod", names), Some("method"));
        assert_eq!(nearest("xyz", names), None);
    }
}
