//! From a folder or a file to a [`Project`].

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::schema::{self, ALIASES, BOOK_KEYS, Setup};
use super::{
    Format, Manifest, Numbering, Project, SpineItem, SpineKind, editions, levels, mdbook, names,
    settings, values,
};
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{Dialect, Matter};
use crate::source::{SourceFile, Sources, Span, World};
use crate::yaml::{self, Node, Value};

/// Where a book begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The one Markdown file that is the book; `None` for a folder.
    pub file: Option<String>,
    /// The folder's or file's own name: the title of a book that has no other.
    pub name: String,
}

/// What the book's files say, before editions are made of it.
pub(super) struct Base {
    /// The book's keys.
    pub tree: Node,
    /// Keys that the tree may hold besides [`BOOK_KEYS`].
    pub more_keys: &'static [&'static str],
    /// The title, should the tree have none, and where one would be written; `None` where none is missed.
    pub title: String,
    /// Where to say that the title is missing.
    pub title_at: Option<Span>,
    /// How many chapters one file has.
    pub chapters: usize,
    /// The spine, if no key of the tree gives it; and who does, to say so where `chapters` is given all the same.
    pub spine: Option<(Vec<SpineItem>, &'static str)>,
    /// The dialect.
    pub dialect: Dialect,
    /// The theme, unless the tree names one.
    pub theme: Option<&'static str>,
    /// What is numbered, unless the tree says so.
    pub numbering: Numbering,
}

impl Base {
    fn new(tree: Node, title: String) -> Base {
        Base {
            tree,
            more_keys: &[],
            title,
            title_at: None,
            chapters: 0,
            spine: None,
            dialect: Dialect::default(),
            theme: None,
            numbering: Numbering::default(),
        }
    }
}

/// Loads a book: `book.yaml` in the folder, else an mdBook's `book.toml`, else all of its Markdown files; or one Markdown
/// file with its header. `settings` are keys and values of the command line, laid over all else.
///
/// `None` if nothing can be made of it; like every other fault, that is reported.
pub fn load(
    world: &dyn World,
    sources: &Sources,
    entry: &Entry,
    settings: &[(String, String)],
    sink: &Sink,
) -> Option<Project> {
    let set = settings::tree(settings, sources, sink);
    let mut base = match &entry.file {
        Some(file) => single(world, sources, file, &entry.name, sink)?,
        None => folder(world, sources, &entry.name, sink)?,
    };
    let project = assemble(&mut base, set, world, sink);
    let is_text = |item: &SpineItem| matches!(item.kind, SpineKind::File { .. });
    if !project.book.spine.iter().any(is_text) {
        let at = base
            .tree
            .entry("chapters")
            .and_then(|(key, _)| key.at)
            .or(base.tree.at);
        let found = Diagnostic::new(Code::EmptyBook, at, "the book has no chapter");
        sink.push(
            found.hint("put a Markdown file (`.md`) into its folder, or list one under `chapters`"),
        );
        return None;
    }
    Some(project)
}

/// Lays the command line's settings over the book, and makes its editions.
fn assemble(base: &mut Base, mut set: Node, world: &dyn World, sink: &Sink) -> Project {
    check_keys(&mut base.tree, base.more_keys, sink);
    check_keys(&mut set, &[], sink);
    let mut tree = base.tree.clone();
    tree.overlay(&set);
    if let (Some(at), None) = (
        base.title_at,
        tree.get("title").filter(|node| !node.is_null()),
    ) {
        let found = Diagnostic::new(Code::MissingTitle, at, "the book has no title");
        sink.push(found.hint("add `title: …`"));
    }
    if let Some((_, source)) = &base.spine {
        for key in ["front", "chapters", "back"] {
            if let Some((key, _)) = tree.entry(key) {
                let message = format!("`{}` says nothing here: {source}", key.name);
                sink.push(values::invalid(
                    key.at,
                    message,
                    "remove it, or write a `book.yaml`",
                ));
            }
        }
    }
    let mut setup = Setup {
        world,
        sink,
        title: base.title.clone(),
        chapters: base.chapters,
        spine: base.spine.take().map(|(spine, _)| spine),
        dialect: base.dialect,
        theme: base.theme,
        numbering: base.numbering.clone(),
    };
    let mut book: Manifest = schema::manifest(&tree, &setup);
    book.style = editions::fragments(&[&base.tree, &set], sink);
    book.levels = levels::layered(&[&base.tree, &set]);
    setup.spine = Some(book.spine.clone());
    let editions = editions::editions(&base.tree, &set, &tree, &setup);
    if tree.get("generate").is_none() {
        book.generate = editions::pages_made(&tree, &book, &setup, Format::Pdf);
    }
    Project { book, editions }
}

/// Gives keys their own names and reports those that are none.
pub(super) fn check_keys(tree: &mut Node, more: &[&str], sink: &Sink) {
    let known = || BOOK_KEYS.iter().chain(more).copied();
    editions::rename_aliases(tree, ALIASES);
    for (key, _) in tree.entries() {
        if !known().any(|name| name == key.name) {
            let more = ALIASES.iter().map(|(alias, _)| *alias);
            sink.push(editions::unknown_key(key, None, known().chain(more)));
        }
    }
}

/// A text file of the book; `None`, with a diagnostic, if it cannot be read.
pub(super) fn text_file(
    world: &dyn World,
    sources: &Sources,
    path: &str,
    sink: &Sink,
) -> Option<Arc<SourceFile>> {
    let bytes = match world.read(Path::new(path)) {
        Ok(bytes) => bytes,
        Err(error) => {
            let (code, message) = match error.kind() {
                io::ErrorKind::PermissionDenied => (
                    Code::OutsideFolder,
                    format!("`{path}` may not be read: {error}"),
                ),
                _ => (
                    Code::UnreadableFile,
                    format!("`{path}` cannot be read: {error}"),
                ),
            };
            sink.push(Diagnostic::new(code, None, message));
            return None;
        }
    };
    match std::str::from_utf8(&bytes) {
        Ok(text) => Some(sources.add(path, text)),
        Err(error) => {
            let at = error.valid_up_to();
            let file = sources.add(path, String::from_utf8_lossy(&bytes));
            let span = Span::new(file.id, at, at + '\u{fffd}'.len_utf8());
            let found = Diagnostic::new(Code::InvalidUtf8, span, format!("`{path}` is not UTF-8"));
            sink.push(found.hint("save the file as UTF-8"));
            Some(file)
        }
    }
}

fn folder(world: &dyn World, sources: &Sources, name: &str, sink: &Sink) -> Option<Base> {
    for path in ["book.yaml", "book.yml"] {
        if world.exists(Path::new(path)) {
            return book_yaml(world, sources, path, name, sink);
        }
    }
    if world.exists(Path::new("book.toml")) {
        return mdbook::load(world, sources, name, sink);
    }
    Some(Base::new(
        Node::made(Value::Map(Vec::new())),
        names::readable(name),
    ))
}

fn book_yaml(
    world: &dyn World,
    sources: &Sources,
    path: &str,
    name: &str,
    sink: &Sink,
) -> Option<Base> {
    let file = text_file(world, sources, path, sink)?;
    let mut tree = yaml::read(&file, sink)?;
    match tree.value {
        Value::Map(_) => {}
        Value::Null => tree.value = Value::Map(Vec::new()),
        _ => {
            sink.push(yaml::wrong_type(
                &tree,
                path,
                "a mapping of keys to values, such as `title: The Salt Road`",
            ));
            return None;
        }
    }
    Some(Base {
        title_at: Some(Span::new(file.id, 0, 0)),
        ..Base::new(tree, names::readable(name))
    })
}

/// Keys of a file's own header that mean nothing to the book.
const HEADER_KEYS: &[&str] = &[
    "role",
    "numbered",
    "toc",
    "class",
    "short-title",
    "opening-image",
];

fn single(
    world: &dyn World,
    sources: &Sources,
    path: &str,
    name: &str,
    sink: &Sink,
) -> Option<Base> {
    // Whoever reads the chapter reads this file again and reports its bytes and its header's syntax.
    let unsaid = Sink::new();
    let file = text_file(world, sources, path, &unsaid)
        .or_else(|| text_file(world, sources, path, sink))?;
    let tree = header(&file.text)
        .and_then(|range| yaml::read_part(file.id, &file.text, range, &unsaid))
        .filter(|node| matches!(node.value, Value::Map(_)))
        .unwrap_or_else(|| Node::made(Value::Map(Vec::new())));
    // The only heading of its level names the whole; one of several names its chapter.
    let mut headings = headings(&file.text);
    let first = headings.next();
    let chapters = 1 + headings.count();
    let title = first
        .filter(|_| chapters == 1)
        .unwrap_or_else(|| names::readable(name));
    let item = SpineItem {
        kind: SpineKind::File {
            path: path.to_owned(),
            title: None,
            numbered: None,
        },
        matter: Matter::Body,
        depth: 0,
        at: None,
    };
    Some(Base {
        more_keys: HEADER_KEYS,
        chapters,
        spine: Some((vec![item], "this file is the whole book")),
        ..Base::new(tree, title)
    })
}

/// The YAML between the `---` that begins a file and the `---` or `...` that ends its header.
pub(super) fn header(text: &str) -> Option<std::ops::Range<usize>> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut at = start;
    let mut begin = None;
    for line in text[start..].split_inclusive('\n') {
        let bare = line.trim_end();
        match begin {
            None if bare == "---" => begin = Some(at + line.len()),
            None => return None,
            Some(begin) if bare == "---" || bare == "..." => return Some(begin..at),
            Some(_) => {}
        }
        at += line.len();
    }
    None
}

/// The headings of the first level, without their marks.
fn headings(text: &str) -> impl Iterator<Item = String> {
    let body = header(text).map_or(text, |range| &text[range.end..]);
    let mut fence: Option<&str> = None;
    body.lines().filter_map(move |line| {
        let bare = line.trim_start();
        let marks = ["```", "~~~"]
            .into_iter()
            .find(|marks| bare.starts_with(marks));
        match (fence, marks) {
            (None, Some(marks)) => fence = Some(marks),
            (Some(open), Some(marks)) if open == marks => fence = None,
            _ => {}
        }
        let title = line.strip_prefix("# ").filter(|_| fence.is_none())?;
        let title = title.split(" {").next().unwrap_or(title);
        let title = title.trim().trim_end_matches('#').trim();
        let title = title.replace(['*', '_', '`'], "");
        (!title.is_empty()).then_some(title)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_first_headings_are_found() {
        let text = "---\ntitle: X\n---\n\n```\n# no\n```\n# The *Salt* Road {#a}\n# Two\n";
        assert_eq!(header(text), Some(4..13));
        assert_eq!(headings(text).collect::<Vec<_>>(), ["The Salt Road", "Two"]);
        assert_eq!(header("text\n---\n"), None);
        assert_eq!(header("---\nno end\n"), None);
        assert_eq!(headings("## two\n").count(), 0);
    }
}
