//! Diagnostics as text: for people in full, for people and editors in a line each, for programs as JSON.
//!
//! In: a [`Diagnostic`] and the [`Sources`] it points into. Out: text that ends in a line end. Control characters of
//! a manuscript never reach a terminal.

mod concise;
mod full;
mod json;

use std::path::Path;

use super::Diagnostic;
use crate::source::{SourceFile, Sources};

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// With the line shown and what to do.
    Full,
    /// `path:line:column: error[code]: message (hint)`.
    Concise,
    /// An object per line; its keys are those of `json::Line`.
    Json,
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
    /// A text's path as the user would write it.
    fn path(&self, file: &SourceFile) -> String {
        // A setting of the command line is no file.
        if file.path.starts_with("--") || self.root == Path::new(".") {
            return tame(&file.path);
        }
        tame(&self.root.join(&file.path).display().to_string())
    }
}

/// One diagnostic as text; `color` is heeded by [`Format::Full`] alone.
pub fn render<'a>(
    found: &Diagnostic,
    map: impl Into<Map<'a>>,
    format: Format,
    color: bool,
) -> String {
    let map = map.into();
    match format {
        Format::Full => full::render(found, map, color),
        Format::Concise => concise::render(found, map),
        Format::Json => json::render(found, map),
    }
}

/// A text without anything that a terminal obeys: what is no printable character becomes its picture.
fn tame(text: &str) -> String {
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
    use crate::diag::Code;
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
            render(&found(&sources), &sources, Format::Concise, true),
            "book.yaml:2:8: error[unknown-theme]: there is no theme `novle␛[31m` (did you mean `novel`?; or name a file)\n"
        );
        let nowhere = Diagnostic::new(Code::EmptyBook, None, "empty");
        assert_eq!(
            render(&nowhere, &sources, Format::Concise, true),
            "error[empty-book]: empty\n"
        );
    }

    #[test]
    fn in_full_the_line_is_shown() {
        let sources = Sources::new();
        let shown = render(&found(&sources), &sources, Format::Full, false);
        assert_eq!(
            shown,
            "error[unknown-theme]: there is no theme `novle␛[31m`\n --> book.yaml:2:8\n  |\n2 | théme: novle\n  |        ^^^^^\n  |\n ::: book.yaml:1:1\n  |\n1 | title: X\n  | ----- the \"book\"\n  |\n  = help: did you mean `novel`?\n  = help: or name a file\n\n"
        );
        assert!(render(&found(&sources), &sources, Format::Full, true).contains("\u{1b}["));
        let nowhere = Diagnostic::new(Code::EmptyBook, None, "empty").hint("write");
        assert_eq!(
            render(&nowhere, &sources, Format::Full, false),
            "error[empty-book]: empty\n |\n = help: write\n\n"
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let sources = Sources::new();
        let text = "é".repeat(2_500_000);
        let file = sources.add("long.md", format!("{text}x{text}"));
        let at = Span::new(file.id, text.len(), text.len() + 1);
        let shown = render(
            &Diagnostic::new(Code::TooDeep, at, "here"),
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
        let shown = render(&found(&sources), &sources, Format::Json, true);
        assert_eq!(shown.lines().count(), 1);
        let value: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(value["code"], "unknown-theme");
        assert_eq!(value["severity"], "error");
        assert_eq!(value["place"]["line"], 2);
        assert_eq!(value["place"]["column"], 8);
        assert_eq!(value["place"]["end_column"], 13);
        assert_eq!(value["labels"][0]["place"]["path"], "book.yaml");
        assert_eq!(value["hints"][1], "or name a file");
    }
}
