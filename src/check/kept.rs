//! Files in which one run keeps what the next is to know: a version, and under one key a mapping of lists.
//!
//! In: a file's text, and its [`Form`]. Out: its lists, or all that is wrong with it, each at its line. Or: what such a file begins with.

use crate::diag::{Sink, render};
use crate::source::{Sources, Span};
use crate::yaml::{self, Node, Value};

/// What is wrong, and where.
pub(super) type Faults = Vec<(Option<Span>, String)>;

/// What a kind of such files has in common.
pub(super) struct Form {
    /// What stands on top of it, for people.
    pub heading: &'static str,
    /// The version that is read and written.
    pub version: &'static str,
    /// What is said where it is another: before the version, and behind it.
    pub other: (&'static str, &'static str),
    /// The key of its lists.
    pub key: &'static str,
    /// What the lists are of.
    pub of: &'static str,
    /// What a list is one of.
    pub items: &'static str,
}

impl Form {
    /// Reads a file, which the user calls `path`: `take` is given all of it, and may find faults.
    ///
    /// # Errors
    /// What is wrong with it, in lines of `path:line:column: …`.
    pub fn read<T: Default>(
        &self,
        path: &str,
        text: &str,
        take: impl FnOnce(&mut T, &Node, &mut Faults),
    ) -> Result<T, String> {
        let (sources, sink) = (Sources::new(), Sink::new());
        let file = sources.add(path, text);
        let mut faults = Vec::new();
        let mut read = T::default();
        if let Some(tree) = yaml::read(&file, &sink) {
            match tree.get("version").map(|node| &node.value) {
                Some(Value::Number(_, version)) if version == self.version => {
                    take(&mut read, &tree, &mut faults);
                }
                _ => {
                    let (is, anew) = self.other;
                    let version = self.version;
                    faults.push((tree.at, format!("{is} of version {version}; {anew}")));
                }
            }
        }
        let found = sink.finish(&sources);
        let mut lines: Vec<String> = found
            .iter()
            .map(|found| render::line(found, &sources))
            .collect();
        faults.sort_by_key(|(at, _)| at.map(|at| at.start));
        for (at, fault) in faults {
            let at = at.and_then(|at| sources.place(at));
            let at = at.map(|at| format!("{}:{}:{}: ", at.path, at.line, at.column));
            lines.push(format!("{}{fault}\n", at.unwrap_or_default()));
        }
        if lines.is_empty() {
            return Ok(read);
        }
        Err(lines.concat().trim_end().to_owned())
    }

    /// The lists of a file, with their names.
    pub fn lists<'n>(&self, tree: &'n Node, faults: &mut Faults) -> Vec<(&'n str, &'n [Node])> {
        let named = match tree.get(self.key).map(|node| &node.value) {
            Some(Value::Map(named)) => named.as_slice(),
            Some(Value::Null) => &[],
            _ => {
                let fault = format!("`{}` should be a mapping of {}", self.key, self.of);
                faults.push((tree.at, fault));
                return Vec::new();
            }
        };
        let mut lists = Vec::with_capacity(named.len());
        for (name, list) in named {
            match &list.value {
                Value::List(list) => lists.push((name.name.as_str(), list.as_slice())),
                _ => faults.push((list.at, format!("this should be a list of {}", self.items))),
            }
        }
        lists
    }

    /// What a file begins with, up to its lists; `more` are lines before their key.
    pub fn head(&self, more: &str, empty: bool) -> String {
        let none = if empty { " {}" } else { "" };
        let (heading, version, key) = (self.heading, self.version, self.key);
        format!("{heading}version: {version}\n{more}{key}:{none}\n")
    }
}

/// A text as YAML: text is always JSON, and JSON's texts are YAML.
pub(super) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
