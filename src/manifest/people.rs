//! Those who made a book, and what each of them did.

use super::Contributor;
use super::values;
use crate::diag::Sink;
use crate::yaml::{self, Node, Value};

/// What a person can have done, and the code that libraries use for it (MARC's list of relators). Any other code of
/// three letters may be written as it is.
pub(super) const RELATORS: &[(&str, &str)] = &[
    ("author", "aut"),
    ("editor", "edt"),
    ("translator", "trl"),
    ("illustrator", "ill"),
    ("contributor", "ctb"),
    ("co-author", "aut"),
    ("coauthor", "aut"),
    ("adapter", "adp"),
    ("afterword", "aft"),
    ("annotator", "ann"),
    ("artist", "art"),
    ("book-designer", "bkd"),
    ("book-producer", "bkp"),
    ("cartographer", "ctg"),
    ("collaborator", "ctb"),
    ("commentator", "cwt"),
    ("compiler", "com"),
    ("composer", "cmp"),
    ("cover-designer", "cov"),
    ("cover-artist", "cov"),
    ("dedicatee", "dte"),
    ("designer", "dsr"),
    ("engraver", "egr"),
    ("foreword", "wfw"),
    ("ghostwriter", "gst"),
    ("indexer", "ind"),
    ("introduction", "win"),
    ("letterer", "ctb"),
    ("lyricist", "lyr"),
    ("narrator", "nrt"),
    ("photographer", "pht"),
    ("preface", "wpr"),
    ("proofreader", "pfr"),
    ("publisher", "pbl"),
    ("researcher", "res"),
    ("reviewer", "rev"),
    ("series-editor", "pbd"),
    ("transcriber", "trc"),
    ("type-designer", "tyd"),
    ("typographer", "tyg"),
    ("writer", "aut"),
];

/// `authors:`: a name, a mapping of name, role and sort, or a list of such.
pub(super) fn contributors(node: &Node, sink: &Sink) -> Vec<Contributor> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::List(items) => items
            .iter()
            .filter_map(|item| contributor(item, sink))
            .collect(),
        _ => contributor(node, sink).into_iter().collect(),
    }
}

fn contributor(node: &Node, sink: &Sink) -> Option<Contributor> {
    match &node.value {
        Value::Text(name) if !name.trim().is_empty() => Some(Contributor {
            name: name.trim().to_owned(),
            role: String::from("aut"),
            sort: None,
        }),
        Value::Map(_) => {
            values::mapping(node, "authors", &["name", "role", "sort"], sink);
            let Some(name) = node.get("name") else {
                let wrong = "someone among `authors` has no name";
                sink.push(values::invalid(node.at, wrong, "add `name: …`"));
                return None;
            };
            Some(Contributor {
                name: values::text(name, "name", sink)?,
                role: node
                    .get("role")
                    .and_then(|node| relator(node, sink))
                    .unwrap_or_else(|| String::from("aut")),
                sort: node
                    .get("sort")
                    .and_then(|node| values::text(node, "sort", sink)),
            })
        }
        _ => {
            let wanted = "a name, or a mapping with `name`, `role` and `sort`";
            sink.push(yaml::wrong_type(node, "authors", wanted));
            None
        }
    }
}

/// A role's code, from its word or itself.
fn relator(node: &Node, sink: &Sink) -> Option<String> {
    let written = values::text(node, "role", sink)?;
    let word = written.to_lowercase().replace([' ', '_'], "-");
    if let Some((_, code)) = RELATORS
        .iter()
        .find(|(name, code)| *name == word || *code == word)
    {
        return Some((*code).to_owned());
    }
    if word.len() == 3 && word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(word);
    }
    let found = yaml::invalid_value(node, "role", RELATORS.iter().map(|(name, _)| *name).take(4));
    let near = crate::diag::nearest(&word, RELATORS.iter().map(|(name, _)| *name));
    sink.push(match near {
        Some(near) if found.hints.len() < 2 => found.hint(format!("did you mean `{near}`?")),
        _ => found.hint("any of MARC's three-letter codes will do too"),
    });
    None
}
