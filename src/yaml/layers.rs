//! Settings in layers: a file says with `extends:` what it is laid over, down to settings inside the program.
//!
//! In: a name. Out: the trees of the files, the nearest first, and what they come down to.

use crate::diag::{Code, Diagnostic, Sink, nearest};
use crate::source::{Sources, Spanned, World};

use super::{Node, Value, read, wrong_type};

/// How many files may extend each other: more is a circle.
const LONGEST_CHAIN: usize = 16;

/// A kind of settings that come in layers.
#[derive(Clone, Copy, Debug)]
pub struct Layered {
    /// What one is called: `theme`.
    pub noun: &'static str,
    /// For a name that means none.
    pub unknown: Code,
    /// Those inside the program: their names and texts.
    pub builtin: &'static [(&'static str, &'static str)],
}

impl Layered {
    /// One inside the program. They are without fault (tests hold them to it), so nobody hears of their places.
    pub fn builtin(&self, name: &str) -> Option<Node> {
        let (_, text) = self.builtin.iter().find(|(known, _)| *known == name)?;
        read(&Sources::new().add("", *text), &Sink::new())
    }

    /// The files in the book's folder that a name leads to, the nearest first, and the name of what is inside the program
    /// that they come down to, if they do. What cannot be used is reported, and the chain ends there.
    pub fn chain(
        &self,
        name: &Spanned<String>,
        world: &dyn World,
        sources: &Sources,
        sink: &Sink,
    ) -> (Vec<Node>, Option<&'static str>) {
        let mut files = Vec::new();
        let mut next = Some(name.clone());
        for _ in 0..LONGEST_CHAIN {
            let Some(name) = next.take() else { break };
            let mut builtin = self.builtin.iter().map(|(name, _)| *name);
            if let Some(builtin) = builtin.find(|builtin| *builtin == name.value) {
                return (files, Some(builtin));
            }
            let Some(file) = self.file(&name, world, sources, sink) else {
                break;
            };
            next = file.get("extends").and_then(|node| {
                Some(Spanned {
                    value: node.text()?.to_owned(),
                    at: node.at,
                })
            });
            files.push(file);
        }
        (files, None)
    }

    /// A file of the book's; `None`, with a diagnostic, if it cannot be used.
    fn file(
        &self,
        name: &Spanned<String>,
        world: &dyn World,
        sources: &Sources,
        sink: &Sink,
    ) -> Option<Node> {
        let noun = self.noun;
        let is_file = name.value.ends_with(".yaml") || name.value.ends_with(".yml");
        if !is_file && !world.exists(name.value.as_ref()) {
            let known = || self.builtin.iter().map(|(name, _)| *name);
            let message = format!("there is no {noun} `{}`", name.value);
            let found = Diagnostic::new(self.unknown, name.at, message);
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
                let tree = read(&file, sink)?;
                if !matches!(tree.value, Value::Map(_)) {
                    sink.push(wrong_type(&tree, &name.value, "a mapping"));
                    return None;
                }
                Some(tree)
            }
            Err(error) => {
                let outside = error.kind() == std::io::ErrorKind::PermissionDenied;
                let code = if outside {
                    Code::OutsideFolder
                } else {
                    self.unknown
                };
                let message = format!("the {noun} `{}` cannot be read: {error}", name.value);
                sink.push(Diagnostic::new(code, name.at, message));
                None
            }
        }
    }
}
