//! Pages that are not to move: where each page of an edition begins and ends, in words.
//!
//! In: a file's text, or the pages of editions. Out: the pages, or the text. It is YAML, a line for each page, so that a change of the
//! book changes only the lines of pages that moved:
//!
//! ```yaml
//! version: 1
//! editions:
//!   print:
//!     - {page: "1", begins: "Call me Ishmael. Some years", ends: "and everlasting terms with the", in: "one.md"}
//! ```

use std::collections::BTreeMap;

use crate::diag::{Sink, render};
use crate::source::{Sources, Span};
use crate::yaml::{self, Node, Value};

/// The version of the file.
const VERSION: &str = "1";

/// What stands on top of it.
const HEADING: &str = "# Where the pages of a printed book begin and end. To write this file anew:\n# recto check --freeze-pages FILE --update-freeze\n";

/// A page as it was printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrozenPage {
    /// Its printed number.
    pub page: String,
    /// Its first words.
    pub begins: String,
    /// Its last words.
    pub ends: String,
    /// The path of the text that it begins in; empty if it begins in none.
    pub file: String,
}

/// The pages of editions, by the editions' names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frozen(pub BTreeMap<String, Vec<FrozenPage>>);

impl Frozen {
    /// Reads a file; `path` is what the user calls it.
    ///
    /// # Errors
    /// What is wrong with it, in lines of `path:line:column: …`.
    pub fn read(path: &str, text: &str) -> Result<Frozen, String> {
        let (sources, sink) = (Sources::new(), Sink::new());
        let file = sources.add(path, text);
        let mut faults = Vec::new();
        let mut frozen = Frozen::default();
        if let Some(tree) = yaml::read(&file, &sink) {
            frozen.take(&tree, &mut faults);
        }
        let found = sink.finish(&sources);
        let mut lines: Vec<String> = found
            .iter()
            .map(|found| render::line(found, &sources))
            .collect();
        for (at, fault) in faults {
            let at = at.and_then(|at| sources.place(at));
            let at = at.map(|at| format!("{}:{}:{}: ", at.path, at.line, at.column));
            lines.push(format!("{}{fault}\n", at.unwrap_or_default()));
        }
        if lines.is_empty() {
            return Ok(frozen);
        }
        Err(lines.concat().trim_end().to_owned())
    }

    fn take(&mut self, tree: &Node, faults: &mut Vec<(Option<Span>, String)>) {
        match tree.get("version").map(|node| &node.value) {
            Some(Value::Number(_, version)) if version == VERSION => {}
            _ => {
                let fault = format!("these are no pages of version {VERSION}; write them anew");
                faults.push((tree.at, fault));
                return;
            }
        }
        let editions = match tree.get("editions").map(|node| &node.value) {
            Some(Value::Map(editions)) => editions.as_slice(),
            Some(Value::Null) => &[],
            _ => {
                let fault = String::from("`editions` should be a mapping of editions");
                faults.push((tree.at, fault));
                return;
            }
        };
        for (name, list) in editions {
            let Value::List(list) = &list.value else {
                faults.push((list.at, String::from("this should be a list of pages")));
                continue;
            };
            let mut pages = Vec::with_capacity(list.len());
            for node in list {
                match page(node) {
                    Some(page) => pages.push(page),
                    None => {
                        let fault = "this should be a page: {page: …, begins: …, ends: …, in: …}";
                        faults.push((node.at, String::from(fault)));
                    }
                }
            }
            self.0.insert(name.name.clone(), pages);
        }
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut out = format!("{HEADING}version: {VERSION}\neditions:");
        if self.0.is_empty() {
            out.push_str(" {}");
        }
        out.push('\n');
        for (edition, pages) in &self.0 {
            out.push_str(&format!("  {}:", quoted(edition)));
            if pages.is_empty() {
                out.push_str(" []");
            }
            out.push('\n');
            for page in pages {
                let FrozenPage {
                    page,
                    begins,
                    ends,
                    file,
                } = page;
                let [page, begins, ends, file] =
                    [page, begins, ends, file].map(|text| quoted(text));
                let line =
                    format!("    - {{page: {page}, begins: {begins}, ends: {ends}, in: {file}}}\n");
                out.push_str(&line);
            }
        }
        out
    }
}

fn page(node: &Node) -> Option<FrozenPage> {
    let text = |key: &str| match &node.get(key)?.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    Some(FrozenPage {
        page: text("page")?,
        begins: text("begins")?,
        ends: text("ends")?,
        file: text("in")?,
    })
}

/// Text is always JSON, and JSON's texts are YAML.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let page = |page: &str, begins: &str| FrozenPage {
            page: page.into(),
            begins: begins.into(),
            ends: "and everlasting — \"terms\": #1".into(),
            file: "a b/ü.md".into(),
        };
        let mut frozen = Frozen::default();
        assert_eq!(
            Frozen::read("pages.yaml", &frozen.text()),
            Ok(frozen.clone())
        );
        frozen.0.insert(
            "print".into(),
            vec![page("i", ""), page("1", "Call me {Ishmael}")],
        );
        frozen.0.insert("12".into(), Vec::new());
        let text = frozen.text();
        assert_eq!(Frozen::read("pages.yaml", &text), Ok(frozen), "{text}");
    }

    #[test]
    fn what_is_no_list_of_pages_is_said_at_its_line() {
        let said = |text: &str| Frozen::read("p.yaml", text).unwrap_err();
        assert_eq!(
            said("version: 1\neditions:\n  print:\n    - {page: 3}\n  other: 3\n"),
            "p.yaml:4:7: this should be a page: {page: …, begins: …, ends: …, in: …}\n\
             p.yaml:5:10: this should be a list of pages"
        );
        assert!(said("version: 2").contains("write them anew"));
    }
}
