//! `--set key=value`, as a tree like the book's own.

use crate::diag::Sink;
use crate::source::{Sources, Span};
use crate::yaml::{self, Key, Node, Value};

/// Lays the settings over each other, the last uppermost. Each is a source text of its own, named `--set`, so that a fault
/// in one can be shown.
pub(super) fn tree(settings: &[(String, String)], sources: &Sources, sink: &Sink) -> Node {
    let mut tree = Node::made(Value::Map(Vec::new()));
    for (key, value) in settings {
        let file = sources.add("--set", format!("{key}={value}"));
        let range = key.len() + 1..file.text.len();
        let Some(mut node) = yaml::read_part(file.id, &file.text, range, sink) else {
            continue;
        };
        let at = Some(Span::new(file.id, 0, key.len()));
        for name in key.split('.').rev() {
            let key = Key {
                name: name.trim().to_owned(),
                at,
            };
            node = Node {
                value: Value::Map(vec![(key, node)]),
                at,
            };
        }
        tree.overlay(&node);
    }
    tree
}
