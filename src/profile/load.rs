//! Finds a profile by its name.
//!
//! In: a built-in profile's name, or a YAML file in the book's folder. Out: the [`Profile`]. A file says with `extends:`
//! what it is laid over: another profile, built-in or a file.

use crate::diag::{Code, Diagnostic, Sink, nearest};
use crate::source::{Sources, Spanned, World};
use crate::yaml::{self, Node, Value};

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

/// How many files may extend each other: more is a circle.
const LONGEST_CHAIN: usize = 16;

/// A profile inside the program. They are without fault (a test holds them to it), so nobody hears of their places.
pub(super) fn builtin(name: &str) -> Option<Profile> {
    let layer = builtin_layer(name)?;
    Some(assemble(name, vec![layer], &Sink::new()))
}

fn builtin_layer(name: &str) -> Option<Node> {
    let (_, text) = BUILTIN.iter().find(|(known, _)| *known == name)?;
    yaml::read(&Sources::new().add("", *text), &Sink::new())
}

/// Finds a profile; `None`, with a diagnostic, if there is none of this name.
pub fn load(
    name: &Spanned<String>,
    world: &dyn World,
    sources: &Sources,
    sink: &Sink,
) -> Option<Profile> {
    let mut layers = Vec::new();
    let mut next = Some(name.clone());
    for _ in 0..LONGEST_CHAIN {
        let Some(name) = next.take() else { break };
        if let Some(layer) = builtin_layer(&name.value) {
            layers.push(layer);
            break;
        }
        let Some(layer) = file(&name, world, sources, sink) else {
            break;
        };
        next = layer.get("extends").and_then(|node| {
            Some(Spanned {
                value: node.text()?.to_owned(),
                at: node.at,
            })
        });
        layers.push(layer);
    }
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

/// A profile's file in the book; `None`, with a diagnostic, if it cannot be used.
fn file(name: &Spanned<String>, world: &dyn World, sources: &Sources, sink: &Sink) -> Option<Node> {
    let is_file = name.value.ends_with(".yaml") || name.value.ends_with(".yml");
    if !is_file && !world.exists(name.value.as_ref()) {
        let known = || BUILTIN.iter().map(|(name, _)| *name);
        let message = format!("there is no profile `{}`", name.value);
        let found = Diagnostic::new(Code::UnknownProfile, name.at, message);
        sink.push(match nearest(&name.value, known()) {
            Some(near) => found.hint(format!("did you mean `{near}`?")),
            None => found.hint(format!(
                "use one of {}, or a `.yaml` file",
                known().collect::<Vec<_>>().join(", ")
            )),
        });
        return None;
    }
    match world.read(name.value.as_ref()) {
        Ok(bytes) => {
            let file = sources.add(name.value.clone(), String::from_utf8_lossy(&bytes));
            let tree = yaml::read(&file, sink)?;
            if !matches!(tree.value, Value::Map(_)) {
                sink.push(yaml::wrong_type(&tree, &name.value, "a mapping of rules"));
                return None;
            }
            Some(tree)
        }
        Err(error) => {
            let outside = error.kind() == std::io::ErrorKind::PermissionDenied;
            let code = if outside {
                Code::OutsideFolder
            } else {
                Code::UnknownProfile
            };
            let message = format!("the profile `{}` cannot be read: {error}", name.value);
            sink.push(Diagnostic::new(code, name.at, message));
            None
        }
    }
}
