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

use std::collections::{BTreeMap, BTreeSet};

use super::kept::{Faults, Form, quoted};
use crate::diag::Finding;
use crate::yaml::{Node, Value};

/// What the file is like. Its version goes up with that of fingerprints.
const FORM: Form = Form {
    heading: "# Findings that recto knows of and does not tell again. To write this file anew:\n# recto check --baseline FILE --update-baseline\n",
    version: "1",
    other: ("this is no baseline", "write it anew"),
    key: "known",
    of: "files",
    items: "findings",
};

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
    /// Shops and printers that the outputs were looked at for, by what the user called them.
    pub outlets: BTreeSet<String>,
}

impl Baseline {
    /// One that knows nothing yet, of a run for these shops and printers.
    pub fn asked_by(outlets: &[String]) -> Baseline {
        Baseline {
            outlets: outlets.iter().cloned().collect(),
            ..Baseline::default()
        }
    }

    /// Reads a file; `path` is what the user calls it.
    ///
    /// # Errors
    /// What is wrong with it, in lines of `path:line:column: …`.
    pub fn read(path: &str, text: &str) -> Result<Baseline, String> {
        FORM.read(path, text, Baseline::take)
    }

    fn take(&mut self, tree: &Node, faults: &mut Faults) {
        if let Some(outlets) = tree.get("for") {
            match &outlets.value {
                Value::List(names) => {
                    let names = names.iter().filter_map(|name| match &name.value {
                        Value::Text(name) => Some(name.clone()),
                        _ => None,
                    });
                    self.outlets = names.collect();
                }
                _ => faults.push((outlets.at, String::from("`for` should be a list of names"))),
            }
        }
        for (path, list) in FORM.lists(tree, faults) {
            for node in list {
                match entry(path, node) {
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
        self.outlets.extend(other.outlets);
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let outlets: Vec<String> = self.outlets.iter().map(|name| quoted(name)).collect();
        let outlets = match outlets.is_empty() {
            true => String::new(),
            false => format!("for: [{}]\n", outlets.join(", ")),
        };
        let mut out = FORM.head(&outlets, self.entries.is_empty());
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
    quoted(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic, findings};
    use crate::source::{Sources, Span};

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
        baseline.outlets = ["kdp", "a: b"].map(String::from).into();
        let text = baseline.text();
        let read = Baseline::read("base.yaml", &text).unwrap();
        assert!(read.entries().eq(baseline.entries()), "{text}");
        assert_eq!(read.outlets, baseline.outlets, "{text}");
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
