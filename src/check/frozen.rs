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

use super::kept::{Faults, Form, quoted};
use crate::yaml::{Node, Value};

/// What the file is like.
const FORM: Form = Form {
    heading: "# Where the pages of a printed book begin and end. To write this file anew:\n# recto check --freeze-pages FILE --update-freeze\n",
    version: "1",
    other: ("these are no pages", "write them anew"),
    key: "editions",
    of: "editions",
    items: "pages",
};

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
        FORM.read(path, text, Frozen::take)
    }

    fn take(&mut self, tree: &Node, faults: &mut Faults) {
        for (edition, list) in FORM.lists(tree, faults) {
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
            self.0.insert(edition.to_owned(), pages);
        }
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut out = FORM.head("", self.0.is_empty());
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
