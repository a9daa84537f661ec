//! Finds a profile by its name.
//!
//! In: a built-in profile's name, or a YAML file in the book's folder. Out: the [`Profile`]. A file says with `extends:`
//! what it is laid over: another profile, built-in or a file.

use crate::diag::{Code, Sink};
use crate::source::{Sources, Spanned, World};
use crate::yaml::{Layered, Node, Value};

use super::{Profile, read};

/// The profiles inside the program, by name.
pub const BUILTIN: &[(&str, &str)] = &[
    ("screen", include_str!("builtin/screen.yaml")),
    ("kdp-paperback", include_str!("builtin/kdp-paperback.yaml")),
    ("kdp-hardcover", include_str!("builtin/kdp-hardcover.yaml")),
    ("ingramspark", include_str!("builtin/ingramspark.yaml")),
    ("lulu", include_str!("builtin/lulu.yaml")),
    ("bod", include_str!("builtin/bod.yaml")),
    ("generic-x4", include_str!("builtin/generic-x4.yaml")),
];

/// Profiles are laid over each other.
const PROFILES: Layered = Layered {
    noun: "profile",
    unknown: Code::UnknownProfile,
    builtin: BUILTIN,
};

/// A profile inside the program.
pub(super) fn builtin(name: &str) -> Option<Profile> {
    let layer = PROFILES.builtin(name)?;
    Some(assemble(name, vec![layer], &Sink::new()))
}

/// Finds a profile; `None`, with a diagnostic, if there is none of this name.
pub fn load(
    name: &Spanned<String>,
    world: &dyn World,
    sources: &Sources,
    sink: &Sink,
) -> Option<Profile> {
    let (mut layers, base) = PROFILES.chain(name, world, sources, sink);
    layers.extend(base.and_then(|base| PROFILES.builtin(base)));
    if layers.is_empty() {
        return None;
    }
    layers.reverse();
    Some(assemble(&name.value, layers, sink))
}

/// Lays layers over each other, the most general first. What one of them is unsure of, all are.
fn assemble(name: &str, layers: Vec<Node>, sink: &Sink) -> Profile {
    let mut unsure = Vec::new();
    let mut tree = Node::made(Value::Map(Vec::new()));
    for layer in &layers {
        let names = layer.get("unsure").and_then(Node::list);
        unsure.extend(names.unwrap_or_default().iter().cloned());
        tree.overlay(layer);
    }
    read::profile(name, &tree, &unsure, sink)
}
