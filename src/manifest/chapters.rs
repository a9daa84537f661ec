//! Which files make the book, and in which order: `front`, `chapters` and `back`.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::values;
use super::{SpineItem, SpineKind};
use crate::diag::{Code, Diagnostic, Sink, nearest};
use crate::model::Matter;
use crate::source::{Span, World};
use crate::yaml::{self, Node, Value};

/// Files of a folder are looked for this deep and up to this many, for hints.
const DEEPEST: usize = 6;
const MOST: usize = 5000;

/// Builds a spine and sees that each of its files is there, once.
pub(super) struct SpineReader<'a> {
    world: &'a dyn World,
    sink: &'a Sink,
    /// Where each file was listed first.
    listed: BTreeMap<String, Option<Span>>,
    spine: Vec<SpineItem>,
    /// The folder's Markdown files, once a hint needed them.
    at_hand: Option<Vec<String>>,
}

impl<'a> SpineReader<'a> {
    /// An empty spine.
    pub fn new(world: &'a dyn World, sink: &'a Sink) -> SpineReader<'a> {
        SpineReader {
            world,
            sink,
            listed: BTreeMap::new(),
            spine: Vec::new(),
            at_hand: None,
        }
    }

    /// The spine.
    pub fn finish(self) -> Vec<SpineItem> {
        self.spine
    }

    /// Appends an item that is no file.
    pub fn push(&mut self, kind: SpineKind, matter: Matter, depth: u8, at: Option<Span>) {
        self.spine.push(SpineItem {
            kind,
            matter,
            depth,
            at,
        });
    }

    /// Appends a file, if it is there and not listed yet.
    pub fn file(
        &mut self,
        written: &str,
        matter: Matter,
        depth: u8,
        at: Option<Span>,
        title: Option<String>,
        numbered: Option<bool>,
    ) {
        let path = clean(written);
        if !self.world.exists(Path::new(&path)) {
            let found = self.absent(&path, at);
            self.sink.push(found);
            return;
        }
        if let Some(first) = self.listed.get(&path) {
            let mut found = Diagnostic::new(
                Code::DuplicateChapter,
                at,
                format!("`{path}` is listed twice; only the first counts"),
            );
            if let Some(first) = first {
                found = found.label(*first, "first here");
            }
            self.sink.push(found.hint("remove one of them"));
            return;
        }
        self.listed.insert(path.clone(), at);
        self.push(
            SpineKind::File {
                path,
                title,
                numbered,
            },
            matter,
            depth,
            at,
        );
    }

    fn absent(&mut self, path: &str, at: Option<Span>) -> Diagnostic {
        match self.world.read(Path::new(path)) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && outside(path, self.world) => {
                Diagnostic::new(Code::OutsideFolder, at, format!("`{path}` lies outside the book's folder"))
                    .hint("copy it into the folder, or build with `--allow-outside` if you trust this book")
            }
            _ if self.world.list(Path::new(path)).is_ok_and(|names| !names.is_empty()) => {
                Diagnostic::new(Code::MissingChapter, at, format!("`{path}` is a folder, not a file"))
                    .hint("list the files in it")
            }
            _ => {
                let found = Diagnostic::new(Code::MissingChapter, at, format!("there is no file `{path}`"));
                let world = self.world;
                let files = self.at_hand.get_or_insert_with(|| {
                    let mut files = Vec::new();
                    markdown_below(world, "", 0, &mut files);
                    files
                });
                let near = nearest_file(path, files);
                match near {
                    Some(near) => found.hint(format!("did you mean `{near}`?")),
                    None => found.hint("mend the name, or add the file"),
                }
            }
        }
    }

    /// `front:`, `chapters:` or `back:` as written.
    pub fn list(&mut self, node: &Node, name: &str, matter: Matter) {
        match &node.value {
            Value::Null => {}
            Value::List(items) => {
                let mut in_part = false;
                for item in items {
                    let part = item.get("part").is_some();
                    if in_part && !part {
                        self.push(SpineKind::EndPart, matter, 0, item.at);
                    }
                    in_part = part;
                    self.item(item, name, matter, true);
                }
            }
            Value::Text(_) => self.item(node, name, matter, true),
            _ => self
                .sink
                .push(yaml::wrong_type(node, name, "a list of files and parts")),
        }
    }

    fn item(&mut self, node: &Node, name: &str, matter: Matter, parts: bool) {
        match &node.value {
            Value::Text(path) => self.file(path, matter, 0, node.at, None, None),
            Value::Number(_, path) => self.file(path, matter, 0, node.at, None, None),
            Value::Map(_) if node.get("part").is_some() && parts => self.part(node, matter),
            Value::Map(_) if node.get("file").is_some() => {
                values::mapping(node, name, &["file", "title", "numbered"], self.sink);
                let title = node
                    .get("title")
                    .and_then(|n| values::text(n, "title", self.sink));
                let numbered = node
                    .get("numbered")
                    .and_then(|n| values::flag(n, "numbered", self.sink));
                if let Some(file) = node
                    .get("file")
                    .and_then(|n| values::spanned(n, "file", self.sink))
                {
                    self.file(&file.value, matter, 0, file.at, title, numbered);
                }
            }
            Value::Map(_) if node.get("part").is_some() => {
                let found = values::invalid(
                    node.at,
                    "a part cannot stand inside a part",
                    "list it after the other part's chapters",
                );
                self.sink.push(found);
            }
            Value::Map(_) => {
                values::mapping(
                    node,
                    name,
                    &["part", "chapters", "file", "title", "numbered"],
                    self.sink,
                );
                let found = values::invalid(
                    node.at,
                    format!("this entry of `{name}` names neither a file nor a part"),
                    "write a file's name, or `part:` with its `chapters:`",
                );
                self.sink.push(found);
            }
            _ => self
                .sink
                .push(yaml::wrong_type(node, name, "a list of files and parts")),
        }
    }

    fn part(&mut self, node: &Node, matter: Matter) {
        values::mapping(node, "part", &["part", "chapters"], self.sink);
        let Some(title) = node
            .get("part")
            .and_then(|n| values::spanned(n, "part", self.sink))
        else {
            return;
        };
        self.push(SpineKind::Part { title: title.value }, matter, 0, title.at);
        match node.get("chapters") {
            None => {}
            Some(Node {
                value: Value::List(items),
                ..
            }) => {
                for item in items {
                    self.item(item, "chapters", matter, false);
                }
            }
            Some(other) => match &other.value {
                Value::Null => {}
                Value::Text(_) => self.item(other, "chapters", matter, false),
                _ => self
                    .sink
                    .push(yaml::wrong_type(other, "chapters", "a list of files")),
            },
        }
    }

    /// Every Markdown file of the book's folder that nothing has listed, by name; a README only if it stands alone.
    pub fn whole_folder(&mut self, besides: &[String]) {
        let names = self.world.list(Path::new("")).unwrap_or_default();
        let mut files: Vec<String> = names
            .into_iter()
            .filter(|name| is_markdown(name) && !name.starts_with('.') && !besides.contains(name))
            .collect();
        let is_readme = |name: &String| name.eq_ignore_ascii_case("readme.md");
        if files.iter().any(|name| !is_readme(name)) {
            files.retain(|name| !is_readme(name));
        }
        for file in files {
            self.file(&file, Matter::Body, 0, None, None, None);
        }
    }
}

/// The files that `front:` and `back:` name, wherever they stand in them.
pub(super) fn named(node: Option<&Node>) -> Vec<String> {
    fn gather(node: &Node, out: &mut Vec<String>) {
        match &node.value {
            Value::Text(path) => out.push(clean(path)),
            Value::List(items) => items.iter().for_each(|item| gather(item, out)),
            Value::Map(_) => {
                for key in ["file", "chapters"] {
                    if let Some(inner) = node.get(key) {
                        gather(inner, out);
                    }
                }
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    if let Some(node) = node {
        gather(node, &mut out);
    }
    out
}

/// A relative path with `/`, without `./` and with each `x/..` resolved; what climbs out or is absolute stays so.
pub(super) fn clean(written: &str) -> String {
    let written = written.trim();
    let mut parts: Vec<&str> = Vec::new();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if written.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// The file whose name, or else whose whole path, is most like a path's.
fn nearest_file<'f>(path: &str, files: &'f [String]) -> Option<&'f str> {
    fn name(path: &str) -> &str {
        path.rsplit('/').next().unwrap_or(path)
    }
    let near = nearest(name(path), files.iter().map(|file| name(file)));
    let of_that_name = near.and_then(|near| files.iter().find(|file| name(file) == near));
    let file = of_that_name.map(String::as_str);
    file.or_else(|| nearest(path, files.iter().map(String::as_str)))
}

/// Whether a path that was refused leads out, rather than being unreadable where it is.
fn outside(path: &str, world: &dyn World) -> bool {
    path.starts_with('/') || path.starts_with("..") || !world.exists(Path::new(path))
}

fn is_markdown(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".md") || name.ends_with(".markdown")
}

fn markdown_below(world: &dyn World, folder: &str, depth: usize, out: &mut Vec<String>) {
    if depth > DEEPEST {
        return;
    }
    for name in world.list(Path::new(folder)).unwrap_or_default() {
        if out.len() >= MOST {
            return;
        }
        if name.starts_with('.') {
            continue;
        }
        let path = if folder.is_empty() {
            name.clone()
        } else {
            format!("{folder}/{name}")
        };
        if let Some(inner) = path.strip_suffix('/') {
            markdown_below(world, inner, depth + 1, out);
        } else if is_markdown(&name) {
            out.push(path);
        }
    }
}
