//! Diagnostics as text: for people in full, for people and editors in a line each, for programs as JSON.
//!
//! In: a [`Diagnostic`] and the [`Sources`] it points into. Out: text that ends in a line end. Control characters of
//! a manuscript never reach a terminal.

mod concise;
mod full;
mod json;

use super::Diagnostic;
use crate::source::Sources;

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

/// One diagnostic as text; `color` is heeded by [`Format::Full`] alone.
pub fn render(found: &Diagnostic, sources: &Sources, format: Format, color: bool) -> String {
    match format {
        Format::Full => full::render(found, sources, color),
        Format::Concise => concise::render(found, sources),
        Format::Json => json::render(found, sources),
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

    fn found(sources: &Sources) -> Diagnostic {
        let file = sources.add("book.yaml", "title: X\nthéme: novle\nnotes: foot\n");
        let at = Span::new(file.id, 17, 22);
        Diagnostic::new(
            Code::UnknownTheme,
            at,
            "there is no theme `novle\u{1b}[31m`",
        )
        .label(Span::new(file.id, 0, 5), "the \"book\"")
        .hint("Did you mean `novel`?")
        .hint("Or a file.")
    }

    #[test]
    fn a_line_each() {
        let sources = Sources::new();
        assert_eq!(
            render(&found(&sources), &sources, Format::Concise, true),
            "book.yaml:2:8: error[unknown-theme]: there is no theme `novle␛[31m` (Did you mean `novel`? Or a file.)\n"
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
            "error[unknown-theme]: there is no theme `novle␛[31m`\n --> book.yaml:2:8\n  |\n2 | théme: novle\n  |        ^^^^^\n  |\n ::: book.yaml:1:1\n  |\n1 | title: X\n  | ----- the \"book\"\n  |\n  = help: Did you mean `novel`?\n  = help: Or a file.\n\n"
        );
        assert!(render(&found(&sources), &sources, Format::Full, true).contains("\u{1b}["));
        let nowhere = Diagnostic::new(Code::EmptyBook, None, "empty").hint("Write.");
        assert_eq!(
            render(&nowhere, &sources, Format::Full, false),
            "error[empty-book]: empty\n |\n = help: Write.\n\n"
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
        assert_eq!(value["hints"][1], "Or a file.");
    }
}
