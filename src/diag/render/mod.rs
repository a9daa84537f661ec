//! Diagnostics as text: for people in full, for people and editors in a line each, for programs and servers as documents.
//!
//! In: a [`Report`] of findings, and the [`Sources`] they point into. Out: text that ends in a line end, and depends on nothing
//! else. Control characters of a manuscript never reach a terminal.

mod concise;
mod full;
mod github;
mod gitlab;
mod json;
mod junit;
mod place;
mod report;
mod sarif;

pub use json::SCHEMA;
pub use report::{Report, Subject, render};

use std::path::Path;

use super::{Diagnostic, nearest};
use crate::source::{FileId, SourceFile, Sources};
use place::Place;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// With the line shown and what to do.
    Full,
    /// `path:line:column: error[code]: message (hint)`.
    Concise,
    /// A document for programs; [`SCHEMA`] describes it.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit's XML.
    Junit,
    /// Annotations for a workflow of GitHub.
    Github,
    /// A code quality report for GitLab.
    Gitlab,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 7] = [
        Format::Full,
        Format::Concise,
        Format::Json,
        Format::Sarif,
        Format::Junit,
        Format::Github,
        Format::Gitlab,
    ];

    /// As `--format` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Full => "full",
            Format::Concise => "concise",
            Format::Json => "json",
            Format::Sarif => "sarif",
            Format::Junit => "junit",
            Format::Github => "github",
            Format::Gitlab => "gitlab",
        }
    }

    /// The format of a name.
    ///
    /// # Errors
    /// A sentence for the user, when there is none.
    pub fn named(word: &str) -> Result<Format, String> {
        let names = || Format::ALL.iter().map(|format| format.name());
        let found = Format::ALL.into_iter().find(|format| format.name() == word);
        found.ok_or_else(|| match nearest(word, names()) {
            Some(near) => format!("there is no format `{word}`; did you mean `{near}`?"),
            None => {
                let names: Vec<_> = names().collect();
                format!(
                    "there is no format `{word}`; there are {}",
                    names.join(", ")
                )
            }
        })
    }

    /// Whether it is a list for people, in which repeats may be folded and to which a summary is added.
    pub fn is_list(self) -> bool {
        matches!(self, Format::Full | Format::Concise)
    }

    /// Whether a server reads it, which knows files by their paths in a checkout.
    pub fn is_for_servers(self) -> bool {
        match self {
            Format::Sarif | Format::Junit | Format::Github | Format::Gitlab => true,
            Format::Full | Format::Concise | Format::Json => false,
        }
    }
}

/// Where diagnostics point: the texts, and the folder that their paths are shown from.
#[derive(Clone, Copy)]
pub struct Map<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// The book's folder, as the user would write it; empty or `.` if the user is in it.
    pub root: &'a Path,
}

/// For a user in the book's folder.
impl<'a> From<&'a Sources> for Map<'a> {
    fn from(sources: &'a Sources) -> Map<'a> {
        let root = Path::new("");
        Map { sources, root }
    }
}

impl Map<'_> {
    /// A text's path as the user would write it, with `/`.
    pub fn path(&self, file: &SourceFile) -> String {
        if Map::is_setting(file) || self.root == Path::new(".") {
            return file.path.clone();
        }
        let path = self.root.join(&file.path).display().to_string();
        if cfg!(windows) {
            return path.replace('\\', "/");
        }
        path
    }

    /// Whether a text is a setting of the command line, and no file.
    fn is_setting(file: &SourceFile) -> bool {
        file.path.starts_with("--")
    }

    /// The file that was read first: with it the book begins.
    fn first(&self) -> Option<String> {
        let files = (0..).map_while(|id| self.sources.get(FileId(id)));
        let mut files = files.filter(|file| !Map::is_setting(file));
        files.next().map(|file| self.path(&file))
    }
}

/// A diagnostic in a line: `path:line:column: error[code]: message (hint)`.
pub fn line<'a>(found: &Diagnostic, map: impl Into<Map<'a>>) -> String {
    concise::render(found, map.into())
}

/// A text without anything that a terminal obeys: what is no printable character becomes its picture.
pub(crate) fn tame(text: &str) -> String {
    let wild =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(wild) {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => ' ',
            // U+2400 begins the pictures of the control characters.
            c if u32::from(c) < 0x20 => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            c if wild(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, findings};
    use crate::source::Span;

    #[test]
    fn paths_are_shown_from_where_the_user_is() {
        let sources = Sources::new();
        let root = Path::new("../salt");
        let map = Map {
            sources: &sources,
            root,
        };
        assert_eq!(map.path(&sources.add("a/b.md", "")), "../salt/a/b.md");
        assert_eq!(map.path(&sources.add("--set", "")), "--set");
        let root = Path::new(".");
        assert_eq!(Map { root, ..map }.path(&sources.add("b.md", "")), "b.md");
    }

    /// A report of one finding.
    fn text(found: Diagnostic, sources: &Sources, format: Format, color: bool) -> String {
        let found = findings(vec![found], sources);
        let subject = Subject {
            name: ".",
            found: found.iter().collect(),
            map: sources.into(),
        };
        let report = Report {
            subjects: vec![subject],
            editions: &[],
            known: 0,
            exit: 1,
        };
        render(&report, format, color)
    }

    fn found(sources: &Sources) -> Diagnostic {
        let file = sources.add("book.yaml", "title: X\nthéme: novle\nnotes: foot\n");
        let at = Span::new(file.id, 17, 22);
        Diagnostic::new(
            Code::UnknownTheme,
            at,
            "there is no theme `novle\u{1b}[31m`",
        )
        .label(Span::new(file.id, 0, 5), "the \"book\"")
        .hint("did you mean `novel`?")
        .hint("or name a file")
    }

    #[test]
    fn a_line_each() {
        let sources = Sources::new();
        assert_eq!(
            text(found(&sources), &sources, Format::Concise, true),
            "book.yaml:2:8: error[unknown-theme]: there is no theme `novle␛[31m` (did you mean `novel`?; or name a file)\n"
        );
        let nowhere = Diagnostic::new(Code::EmptyBook, None, "empty");
        assert_eq!(
            text(nowhere.clone(), &sources, Format::Concise, true),
            "error[empty-book]: empty\n"
        );
    }

    #[test]
    fn in_full_the_line_is_shown() {
        let sources = Sources::new();
        let shown = text(found(&sources), &sources, Format::Full, false);
        assert_eq!(
            shown,
            "error[unknown-theme]: there is no theme `novle␛[31m`\n --> book.yaml:2:8\n  |\n2 | théme: novle\n  |        ^^^^^\n  |\n ::: book.yaml:1:1\n  |\n1 | title: X\n  | ----- the \"book\"\n  |\n  = help: did you mean `novel`?\n  = help: or name a file\n\n"
        );
        assert!(text(found(&sources), &sources, Format::Full, true).contains("\u{1b}["));
        let nowhere = Diagnostic::new(Code::EmptyBook, None, "empty").hint("write");
        assert_eq!(
            text(nowhere.clone(), &sources, Format::Full, false),
            "error[empty-book]: empty\n |\n = help: write\n\n"
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let sources = Sources::new();
        let half = "é".repeat(2_500_000);
        let file = sources.add("long.md", format!("{half}x{half}"));
        let at = Span::new(file.id, half.len(), half.len() + 1);
        let shown = text(
            Diagnostic::new(Code::TooDeep, at, "here"),
            &sources,
            Format::Full,
            false,
        );
        assert!(shown.len() < 2000, "{}", shown.len());
        assert!(shown.contains("long.md:1:2500001"), "{shown}");
    }

    #[test]
    fn programs_get_all_of_it() {
        let sources = Sources::new();
        let shown = text(found(&sources), &sources, Format::Json, true);
        let value: serde_json::Value = serde_json::from_str(&shown).unwrap();
        let value = &value["findings"][0];
        assert_eq!(value["code"], "unknown-theme");
        assert_eq!(value["severity"], "error");
        assert_eq!(value["place"]["line"], 2);
        assert_eq!(value["place"]["column"], 8);
        assert_eq!(value["place"]["end_column"], 13);
        assert_eq!(value["labels"][0]["place"]["path"], "book.yaml");
        assert_eq!(value["hints"][1], "or name a file");
    }

    #[test]
    fn formats_have_names() {
        for format in Format::ALL {
            assert_eq!(Format::named(format.name()), Ok(format));
        }
        assert_eq!(
            Format::named("sarfi").unwrap_err(),
            "there is no format `sarfi`; did you mean `sarif`?"
        );
        assert!(Format::named("pdf").is_err());
    }
}
