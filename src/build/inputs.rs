//! What a book is made from, and the rule that says so to make and ninja.
//!
//! In: every question that a build asks its world. Out: the files that were read or looked for and are there; and, with the
//! outputs' paths, a file of rules. Because nothing else opens a file of the book, no input can be missing from it.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::source::{World, inside};

/// The files that were asked for and are there.
#[derive(Debug, Default)]
pub struct Inputs {
    paths: Mutex<BTreeSet<PathBuf>>,
}

impl Inputs {
    /// None yet.
    pub fn new() -> Inputs {
        Inputs::default()
    }

    /// Their paths in the world, in order.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn paths(&self) -> Vec<PathBuf> {
        let paths = self.paths.lock().expect("no code under this lock panics");
        paths.iter().cloned().collect()
    }

    fn add(&self, path: &Path) {
        let path = inside(path).unwrap_or_else(|| path.to_owned());
        let mut paths = self.paths.lock().expect("no code under this lock panics");
        paths.insert(path);
    }
}

/// A world whose files are noted down as they are asked for.
pub struct Noted<'w> {
    /// The world.
    pub world: &'w dyn World,
    /// Where they are noted.
    pub inputs: &'w Inputs,
}

impl World for Noted<'_> {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        let bytes = self.world.read(path)?;
        self.inputs.add(path);
        Ok(bytes)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.world.list(folder)
    }

    /// A file that is there decides something even if it is not read: without it the book would be another.
    fn exists(&self, path: &Path) -> bool {
        let exists = self.world.exists(path);
        if exists {
            self.inputs.add(path);
        }
        exists
    }

    fn timestamp(&self) -> i64 {
        self.world.timestamp()
    }
}

/// A file of rules: the outputs are made from the inputs. Each input has an empty rule of its own, so that make does not stop
/// where one is gone, but makes the book anew.
pub fn rules(outputs: &[String], inputs: &[String]) -> String {
    let outputs: Vec<String> = outputs.iter().map(|path| escaped(path)).collect();
    let mut out = format!("{}:", outputs.join(" "));
    for input in inputs {
        out.push_str(" \\\n  ");
        out.push_str(&escaped(input));
    }
    out.push('\n');
    for input in inputs {
        // As targets these would be patterns, or several.
        if !input.contains(['%', ':']) {
            out.push_str(&format!("\n{}:\n", escaped(input)));
        }
    }
    out
}

/// A path as both make and ninja read it in such a file: they agree on blanks, number signs and dollars alone. Brackets and stars
/// are patterns to make, but stand for themselves where nothing else is meant by them; a line end neither can write.
fn escaped(path: &str) -> String {
    let mut out = String::new();
    for c in path.chars() {
        match c {
            ' ' | '#' => out.push('\\'),
            '$' => out.push('$'),
            _ => {}
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryWorld;

    #[test]
    fn what_is_asked_for_and_there_is_noted() {
        let memory = MemoryWorld::new(0).with("a/b.md", "x").with("c", "y");
        let inputs = Inputs::new();
        let world = Noted {
            world: &memory,
            inputs: &inputs,
        };
        assert!(world.read(Path::new("a/../a/b.md")).is_ok());
        assert!(world.read(Path::new("a/none.md")).is_err());
        assert!(world.exists(Path::new("./c")));
        assert!(!world.exists(Path::new("d")));
        assert!(world.list(Path::new("a")).is_ok());
        assert_eq!(inputs.paths(), [Path::new("a/b.md"), Path::new("c")]);
    }

    #[test]
    fn rules_are_escaped() {
        let rules = rules(
            &["out/a b.epub".into(), "out/x.pdf".into()],
            &["a#1.md".into(), "b$.md".into(), "c:%.md".into()],
        );
        assert_eq!(
            rules,
            "out/a\\ b.epub out/x.pdf: \\\n  a\\#1.md \\\n  b$$.md \\\n  c:%.md\n\na\\#1.md:\n\nb$$.md:\n"
        );
    }
}
