//! `check:`: how bad each diagnostic is in a book, and in an edition of it.

use std::collections::BTreeMap;

use super::{Level, values};
use crate::diag::{Code, Diagnostic, Named, Sink};
use crate::yaml::Node;

/// `check:`: the levels of diagnostics.
pub(super) fn read(node: &Node, sink: &Sink) -> BTreeMap<Code, Level> {
    values::mapping(node, "check", &["deny", "warn", "allow"], sink);
    let mut named = Vec::new();
    for (key, level) in [
        ("deny", Level::Deny),
        ("warn", Level::Warn),
        ("allow", Level::Allow),
    ] {
        let Some(node) = node.get(key) else { continue };
        for name in values::texts(node, key, sink) {
            match Named::read(&name.value) {
                Ok(word) => named.push((word, level)),
                Err(near) => {
                    let message = format!("there is no diagnostic `{}`", name.value);
                    let found = Diagnostic::new(Code::InvalidValue, name.at, message);
                    sink.push(match near {
                        Some(near) => found.hint(format!("did you mean `{near}`?")),
                        None => found.hint("`recto explain` lists them all"),
                    });
                }
            }
        }
    }
    Level::of_codes(named)
}

/// The levels that some layers say, the lowest first: what a higher one says of a code stands, however broadly it names it.
/// Faults were told where the layers were read.
pub(super) fn layered(layers: &[&Node]) -> BTreeMap<Code, Level> {
    let said = layers.iter().filter_map(|layer| layer.get("check"));
    said.flat_map(|node| read(node, &Sink::new())).collect()
}
