//! The series and sets that a book belongs to.

use super::{identifiers, values};
use crate::diag::Sink;
use crate::yaml::{Node, Value};

/// A series, or a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The book's place in it: a number, or numbers with points between them (`98.4`).
    pub position: Option<String>,
    /// What it is.
    pub kind: SeriesKind,
    /// Its ISSN: `0317-8471`.
    pub issn: Option<String>,
    /// What names it to machines, if that is no ISSN.
    pub identifier: Option<String>,
}

/// What holds books together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SeriesKind {
    /// Books that come out one after another, without an end foreseen.
    #[default]
    Series,
    /// Books that are one work: the volumes of an encyclopedia, a trilogy sold as one.
    Set,
}

/// `series:`: a name, a mapping, or a list of such.
pub(super) fn series(node: &Node, sink: &Sink) -> Vec<Series> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|item| one(item, sink)).collect(),
        _ => one(node, sink).into_iter().collect(),
    }
}

fn one(node: &Node, sink: &Sink) -> Option<Series> {
    if let Value::Text(_) = &node.value {
        return Some(Series {
            name: values::text(node, "series", sink)?,
            position: None,
            kind: SeriesKind::Series,
            issn: None,
            identifier: None,
        });
    }
    let keys = ["name", "position", "type", "issn", "identifier"];
    if !values::mapping(node, "series", &keys, sink) || node.is_null() {
        return None;
    }
    let Some(name) = node.get("name") else {
        let wrong = "the series has no name";
        sink.push(values::invalid(node.at, wrong, "add `name: …`"));
        return None;
    };
    let kinds = [("series", SeriesKind::Series), ("set", SeriesKind::Set)];
    Some(Series {
        position: node.get("position").and_then(|node| position(node, sink)),
        kind: node
            .get("type")
            .and_then(|node| values::word(node, "type", &kinds, sink))
            .unwrap_or_default(),
        issn: node
            .get("issn")
            .and_then(|node| identifiers::issn(node, sink)),
        identifier: node
            .get("identifier")
            .and_then(|node| values::text(node, "identifier", sink)),
        name: values::text(name, "name", sink)?,
    })
}

/// Shelves are sorted by it, so it is a number (EPUB 3.3, `group-position`).
fn position(node: &Node, sink: &Sink) -> Option<String> {
    let written = values::text(node, "position", sink)?;
    let is_number = |part: &str| {
        // An unsigned integer of 32 bits.
        part.bytes().all(|b| b.is_ascii_digit()) && part.parse::<u32>().is_ok()
    };
    if written.split('.').all(is_number) {
        return Some(written);
    }
    let message = format!("`{written}` is no place in a series");
    let hint = "write a number, or numbers with points between them: `2`, `98.4`";
    sink.push(values::invalid(node.at, message, hint));
    None
}
