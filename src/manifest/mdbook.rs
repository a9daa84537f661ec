//! An mdBook: `book.toml` and `src/SUMMARY.md`.
//!
//! The keys of `[book]` are the book's; `[output.recto]` may hold every key of book.yaml, as mdBook has it for any
//! renderer. All else in book.toml is for other programs.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::chapters::{SpineReader, clean};
use super::load::{Base, text_file};
use super::{Numbering, editions, names, summary, values};
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::model::{Dialect, Numeral};
use crate::source::{SourceFile, Sources, Span, World};
use crate::yaml::{self, Key, Node, Value};

/// The keys of `[book]`.
const KEYS: &[&str] = &[
    "title",
    "authors",
    "description",
    "src",
    "language",
    "multilingual",
    "text-direction",
];

/// Those of them that speak of the book.
const MEANT: &[&str] = &[
    "title",
    "authors",
    "description",
    "language",
    "text-direction",
];

/// Faults of syntax told at once.
const MOST_FAULTS: usize = 20;

/// Loads the mdBook in the world's folder.
pub(super) fn load(world: &dyn World, sources: &Sources, name: &str, sink: &Sink) -> Option<Base> {
    let file = text_file(world, sources, "book.toml", sink)?;
    let toml = read(&file, sink)?;
    let no_keys = || Node::made(Value::Map(Vec::new()));
    let mut tree = toml.get("book").cloned().unwrap_or_else(no_keys);
    if !matches!(tree.value, Value::Map(_)) {
        sink.push(yaml::wrong_type(&tree, "book", "a table"));
        tree = no_keys();
    }
    check(&tree, sink);
    let folder = tree
        .get("src")
        .and_then(|node| values::text(node, "src", sink))
        .map_or_else(|| String::from("src"), |folder| clean(&folder));
    if let Value::Map(entries) = &mut tree.value {
        entries.retain(|(key, _)| MEANT.contains(&key.name.as_str()));
    }
    editions::rename_aliases(&mut tree, &[("text-direction", "direction")]);
    let output = toml.get("output");
    let own = output.and_then(|output| output.get("recto"));
    if let Some(own) = own.filter(|own| matches!(own.value, Value::Map(_))) {
        tree.overlay(own);
    }
    let smart = output
        .and_then(|output| output.get("html"))
        .and_then(|html| html.get("smart-punctuation"))
        .and_then(Node::bool);
    let path = if folder.is_empty() {
        String::from("SUMMARY.md")
    } else {
        format!("{folder}/SUMMARY.md")
    };
    let mut spine = SpineReader::new(world, sink);
    if world.exists(Path::new(&path)) {
        let listed = text_file(world, sources, &path, sink)?;
        summary::read(&listed, &folder, &mut spine, sink);
    } else {
        let at = toml
            .get("book")
            .and_then(|book| book.get("src"))
            .and_then(|src| src.at);
        let at = at.unwrap_or(Span::new(file.id, 0, 0));
        let found = Diagnostic::new(
            Code::UnreadableFile,
            at,
            format!("the mdBook has no `{path}`"),
        );
        sink.push(found.hint("list its chapters there: `- [Title](file.md)`"));
        return None;
    }
    Some(Base {
        tree,
        more_keys: &[],
        chapters: 0,
        title: names::readable(name),
        title_at: Some(Span::new(file.id, 0, 0)),
        spine: Some((spine.finish(), "an mdBook's chapters stand in SUMMARY.md")),
        dialect: Dialect {
            mdbook: true,
            smart: smart.unwrap_or(true),
            ..Dialect::default()
        },
        theme: Some("manual"),
        numbering: Numbering {
            chapters: Numeral::Arabic,
            ..Numbering::default()
        },
    })
}

/// Keys of `[book]` that mdBook does not know either are only a warning: the file is not ours.
fn check(book: &Node, sink: &Sink) {
    for (key, _) in book.entries() {
        if !KEYS.contains(&key.name.as_str()) {
            let mut found = yaml::unknown_key(key, Some("book"), KEYS.iter().copied());
            found.severity = Severity::Warning;
            sink.push(found.hint("keys for recto stand under `[output.recto]`"));
        }
    }
}

/// TOML as the same tree that YAML gives.
fn read(file: &SourceFile, sink: &Sink) -> Option<Node> {
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    for error in errors.iter().take(MOST_FAULTS) {
        let range = error.span().unwrap_or(0..0);
        let message = format!(
            "this is not TOML: {}",
            error.message().lines().next().unwrap_or_default()
        );
        let at = Span::new(file.id, range.start, range.end);
        sink.push(
            Diagnostic::new(Code::BadYaml, at, message).hint("mend the syntax at this place"),
        );
    }
    if !errors.is_empty() {
        return None;
    }
    let at = table.span();
    Some(table_node(table.get_ref(), at, file))
}

fn table_node(table: &DeTable<'_>, at: std::ops::Range<usize>, file: &SourceFile) -> Node {
    let entries = table
        .iter()
        .map(|(key, value)| {
            let place = key.span();
            let name = key.get_ref().to_string();
            let at = Some(Span::new(file.id, place.start, place.end));
            (Key { name, at }, node(value.get_ref(), value.span(), file))
        })
        .collect();
    Node {
        value: Value::Map(entries),
        at: Some(Span::new(file.id, at.start, at.end)),
    }
}

fn node(value: &DeValue<'_>, at: std::ops::Range<usize>, file: &SourceFile) -> Node {
    let number = |written: &str| {
        Value::Number(
            written.replace('_', "").parse().unwrap_or(f64::NAN),
            written.to_owned(),
        )
    };
    let value = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(integer) => number(integer.as_str()),
        DeValue::Float(float) => number(float.as_str()),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(items) => Value::List(
            items
                .iter()
                .map(|item| node(item.get_ref(), item.span(), file))
                .collect(),
        ),
        DeValue::Table(table) => return table_node(table, at, file),
    };
    Node {
        value,
        at: Some(Span::new(file.id, at.start, at.end)),
    }
}
