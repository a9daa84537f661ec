//! The baseline: findings that are known, and are not told again.
//!
//! In: a file's text, or findings. Out: what it lists, or the text. It is YAML, a line for each finding, by path, code and
//! fingerprint, so that a change of the book changes only the lines of what was changed; behind each stands what is written there, for
//! people alone:
//!
//! ```yaml
//! version: 1
//! known:
//!   chapters/two.md:
//!     - missing-alt 3f2a9c01d4b5e6f7  # ![](map.png)
//! ```

use std::collections::BTreeMap;

use crate::diag::{Finding, Sink, render};
use crate::source::{Sources, Span};
use crate::yaml::{self, Node, Value};

/// The version of the file. It goes up with that of fingerprints.
const VERSION: &str = "1";

/// What stands on top of it.
const HEADING: &str = "# Findings that recto knows of and does not tell again. To write this file anew:\n# recto check --baseline FILE --update-baseline\n";

/// Of what is written at a place, so much is quoted; in characters.
const QUOTED: usize = 40;

/// A finding as a baseline knows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The file's path from the baseline's folder, with `/`; for what has no place in a file, the book's own.
    pub path: String,
    /// The name of its code.
    pub code: String,
    /// Its fingerprint.
    pub fingerprint: String,
}

/// What is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// With what is written at the place, for people.
    entries: BTreeMap<Entry, String>,
}

impl Baseline {
    /// Reads a file; `path` is what the user calls it.
    ///
    /// # Errors
    /// What is wrong with it, in lines of `path:line:column: …`.
    pub fn read(path: &str, text: &str) -> Result<Baseline, String> {
        let (sources, sink) = (Sources::new(), Sink::new());
        let file = sources.add(path, text);
        let mut faults = Vec::new();
        let mut baseline = Baseline::default();
        if let Some(tree) = yaml::read(&file, &sink) {
            baseline.take(&tree, &mut faults);
        }
        let mut lines: Vec<String> = sink
            .finish(&sources)
            .iter()
            .map(|found| render::line(found, &sources))
            .collect();
        for (at, fault) in faults {
            let at = at.and_then(|at| sources.place(at));
            let at = at.map(|at| format!("{}:{}:{}: ", at.path, at.line, at.column));
            lines.push(format!("{}{fault}\n", at.unwrap_or_default()));
        }
        if lines.is_empty() {
            return Ok(baseline);
        }
        Err(lines.concat().trim_end().to_owned())
    }

    fn take(&mut self, tree: &Node, faults: &mut Vec<(Option<Span>, String)>) {
        match tree.get("version").map(|node| &node.value) {
            Some(Value::Number(_, version)) if version == VERSION => {}
            _ => {
                let fault = format!("this is no baseline of version {VERSION}; write it anew");
                faults.push((tree.at, fault));
                return;
            }
        }
        let files = match tree.get("known").map(|node| &node.value) {
            Some(Value::Map(files)) => files.as_slice(),
            Some(Value::Null) => &[],
            _ => {
                faults.push((
                    tree.at,
                    String::from("`known` should be a mapping of files"),
                ));
                return;
            }
        };
        for (path, list) in files {
            let Value::List(list) = &list.value else {
                faults.push((list.at, String::from("this should be a list of findings")));
                continue;
            };
            for node in list {
                match entry(&path.name, node) {
                    Some(entry) => {
                        self.entries.insert(entry, String::new());
                    }
                    None => {
                        let fault = "this should be a code and a fingerprint of sixteen digits";
                        faults.push((node.at, String::from(fault)));
                    }
                }
            }
        }
    }

    /// Takes a finding in; one that is in already gets the quotation that it has now.
    pub fn add(&mut self, entry: Entry, found: &Finding) {
        let passage = found.passage.chars();
        let quoted = passage.take(QUOTED).filter(|c| !c.is_control());
        self.entries.insert(entry, quoted.collect());
    }

    /// Whether a finding is known.
    pub fn knows(&self, entry: &Entry) -> bool {
        self.entries.contains_key(entry)
    }

    /// What is known, in order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.keys()
    }

    /// Lets go of what is not to be kept.
    pub fn retain(&mut self, keep: impl Fn(&Entry) -> bool) {
        self.entries.retain(|entry, _| keep(entry));
    }

    /// Takes in what another knows; of what both know, its own quotation stands.
    pub fn absorb(&mut self, other: Baseline) {
        for (entry, quoted) in other.entries {
            self.entries.entry(entry).or_insert(quoted);
        }
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut out = format!("{HEADING}version: {VERSION}\nknown:");
        if self.entries.is_empty() {
            out.push_str(" {}");
        }
        out.push('\n');
        let mut last = None;
        for (entry, quoted) in &self.entries {
            if last != Some(&entry.path) {
                out.push_str(&format!("  {}:\n", key(&entry.path)));
                last = Some(&entry.path);
            }
            let remark = match quoted.trim() {
                "" => String::new(),
                quoted => format!("  # {quoted}"),
            };
            let (code, fingerprint) = (&entry.code, &entry.fingerprint);
            out.push_str(&format!("    - {code} {fingerprint}{remark}\n"));
        }
        out
    }
}

/// `missing-alt 3f2a9c01d4b5e6f7`.
fn entry(path: &str, node: &Node) -> Option<Entry> {
    let Value::Text(text) = &node.value else {
        return None;
    };
    let (code, fingerprint) = text.split_once(' ')?;
    let digits = fingerprint.len() == 16 && fingerprint.bytes().all(|b| b.is_ascii_hexdigit());
    digits.then(|| Entry {
        path: path.to_owned(),
        code: code.to_owned(),
        fingerprint: fingerprint.to_owned(),
    })
}

/// A path as a key of YAML: plain where nobody could take it for anything else.
fn key(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    let first = path.chars().next().is_some_and(char::is_alphabetic);
    if first && path.contains(['/', '.']) && path.chars().all(plain) {
        return path.to_owned();
    }
    // Text is always JSON, and JSON's texts are YAML.
    serde_json::to_string(path).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic, findings};

    fn entry_of(path: &str, digit: char) -> Entry {
        Entry {
            path: path.into(),
            code: "missing-alt".into(),
            fingerprint: digit.to_string().repeat(16),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let sources = Sources::new();
        let file = sources.add("x", "![](map.png) # \"x\": {\n");
        let at = Span::new(file.id, 0, 21);
        let found = findings(vec![Diagnostic::new(Code::MissingAlt, at, "")], &sources);
        let mut baseline = Baseline::default();
        let paths = ["b.md", "a b/ü: \"x\".md", "1.md", "-", "true", "", "a/ü.md"];
        for path in paths {
            baseline.add(entry_of(path, '7'), &found[0]);
            baseline.add(entry_of(path, 'a'), &found[0]);
        }
        let text = baseline.text();
        let read = Baseline::read("base.yaml", &text).unwrap();
        assert!(read.entries().eq(baseline.entries()), "{text}");
        let order: Vec<_> = text.lines().filter(|line| line.contains("- ")).collect();
        assert_eq!(order.len(), 2 * paths.len());
        assert!(
            order[0].ends_with("  # ![](map.png) # \"x\": {"),
            "{}",
            order[0]
        );
        let empty = Baseline::default();
        assert_eq!(Baseline::read("base.yaml", &empty.text()), Ok(empty));
    }

    #[test]
    fn what_is_no_baseline_is_said_at_its_line() {
        let said = |text: &str| Baseline::read("base.yaml", text).unwrap_err();
        assert_eq!(
            said("version: 2\nknown: {}\n"),
            "base.yaml:1:1: this is no baseline of version 1; write it anew"
        );
        assert_eq!(
            said("version: 1\nknown:\n  a.md:\n    - missing-alt\n  b.md: 3\n"),
            "base.yaml:4:7: this should be a code and a fingerprint of sixteen digits\n\
             base.yaml:5:9: this should be a list of findings"
        );
        assert!(said("version: [1").starts_with("base.yaml:1:"));
        assert!(said("").contains("no baseline"));
    }
}
