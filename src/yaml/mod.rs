//! YAML with places: `book.yaml`, `theme.yaml` and the headers of Markdown files.
//!
//! In: a text. Out: a tree of [`Node`]s, each with the span it was written at, so that a fault found by any reader
//! points at its own line. Steps: `serde_yaml` reads the text, with every repeated key kept; `locate` finds where
//! each value stands; the two are laid over each other. A tree is bounded in depth and size, whatever aliases say.

mod amount;
mod layers;
mod locate;
mod parse;
mod say;
mod scan;

pub use amount::{bytes, pixels};
pub use layers::Layered;
pub use parse::{read, read_part};
pub use say::{invalid_value, unknown_key, wrong_type};

use std::fmt;

use crate::source::Span;

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its place; `None` only for what no author wrote.
    pub at: Option<Span>,
}

/// What YAML can say. Tags are ignored; aliases are followed.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, `null` or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, and as it was written: `1.10` is a version as well as a number.
    Number(f64, String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order written. [`read`] reports a repeated key and keeps its first value.
    Map(Vec<(Key, Node)>),
}

/// A mapping's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// As text, whatever it was.
    pub name: String,
    /// Its place.
    pub at: Option<Span>,
}

/// A key and its value that one reader found for another: `style:` of book.yaml, for the theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    /// `style`, `trim`, `margins`.
    pub key: Key,
    /// What it says.
    pub node: Node,
}

impl Node {
    /// A node that no author wrote.
    pub fn made(value: Value) -> Node {
        Node { value, at: None }
    }

    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[(Key, Node)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key, if this is a mapping that has it.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.entry(name).map(|(_, node)| node)
    }

    /// A key and its value, if this is a mapping that has it.
    pub fn entry(&self, name: &str) -> Option<&(Key, Node)> {
        self.entries().iter().find(|(key, _)| key.name == name)
    }

    /// Text as written: of text, and of a number.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Number(_, text) => Some(text),
            _ => None,
        }
    }

    /// `true` or `false`.
    pub fn bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// A number.
    pub fn number(&self) -> Option<f64> {
        match self.value {
            Value::Number(value, _) => Some(value),
            _ => None,
        }
    }

    /// The items of a list; none for anything else.
    pub fn list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Whether it says nothing.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// What it is, in an author's words: `a list`, `text`.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(..) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// Lays another node over this one: mappings merge key by key, anything else is replaced.
    pub fn overlay(&mut self, over: &Node) {
        let (Value::Map(below), Value::Map(above)) = (&mut self.value, &over.value) else {
            *self = over.clone();
            return;
        };
        for (key, node) in above {
            match below.iter_mut().find(|(k, _)| k.name == key.name) {
                Some((k, old)) => {
                    *k = key.clone();
                    old.overlay(node);
                }
                None => below.push((key.clone(), node.clone())),
            }
        }
    }
}

/// As YAML in flow style, on one line.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Value::Null => f.write_str("null"),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Number(_, written) => f.write_str(written),
            Value::Text(text) => quote(f, text),
            Value::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index > 0 { ", " } else { "" })?;
                }
                f.write_str("]")
            }
            Value::Map(entries) => {
                f.write_str("{")?;
                for (index, (key, value)) in entries.iter().enumerate() {
                    f.write_str(if index > 0 { ", " } else { "" })?;
                    quote(f, &key.name)?;
                    write!(f, ": {value}")?;
                }
                f.write_str("}")
            }
        }
    }
}

fn quote(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            '\n' => f.write_str("\\n")?,
            c if c.is_control() || c == '\u{feff}' => write!(f, "\\U{:08X}", u32::from(c))?,
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::source::Sources;

    #[test]
    fn overlaying_merges_mappings_and_replaces_the_rest() {
        let (sources, sink) = (Sources::new(), Sink::new());
        let tree = |path: &str, text: &str| read(&sources.add(path, text), &sink).unwrap();
        let mut below = tree(
            "a",
            "style: {body: {size: 11pt, indent: 1em}}\nlist: [1, 2]\n",
        );
        let above = tree("b", "style: {body: {size: 12pt}}\nlist: [3]\nnew: x\n");
        below.overlay(&above);
        let body = below.get("style").unwrap().get("body").unwrap();
        let size = body.get("size").unwrap();
        assert_eq!(size.text(), Some("12pt"));
        assert_eq!(
            size.at,
            above
                .get("style")
                .unwrap()
                .get("body")
                .unwrap()
                .get("size")
                .unwrap()
                .at
        );
        assert_eq!(body.get("indent").unwrap().text(), Some("1em"));
        assert_eq!(below.get("list").unwrap().list().unwrap().len(), 1);
        assert_eq!(below.get("new").unwrap().text(), Some("x"));
    }

    #[test]
    fn printing_and_reading_again_changes_nothing() {
        let (sources, sink) = (Sources::new(), Sink::new());
        let tree = |text: &str| read(&sources.add("a", text), &sink).unwrap();
        let shown =
            tree("a: [1.50, ~, true, \"x\\a\\\"\\\\\"]\nb: |\n  two\n  lines\nc: {d: {}}\n")
                .to_string();
        assert_eq!(tree(&shown).to_string(), shown);
        assert_eq!(
            shown,
            r#"{"a": [1.50, null, true, "x\U00000007\"\\"], "b": "two\nlines\n", "c": {"d": {}}}"#
        );
    }
}
