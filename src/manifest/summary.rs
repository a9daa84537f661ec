//! mdBook's `SUMMARY.md`: the chapters, as nested lists of links.
//!
//! In: its text. Out: spine items. Read by lines, as mdBook's own format is: headings are parts, links in list items are
//! numbered chapters nested by indentation, links alone on a line are prefix and suffix chapters, rules are nothing.

use super::SpineKind;
use super::chapters::{SpineReader, clean};
use super::values;
use crate::diag::{Severity, Sink};
use crate::model::Matter;
use crate::source::{SourceFile, Span, undo_percent};

/// A list this deep is refused by no one, but no book needs it; deeper items count as this deep.
const DEEPEST: u8 = 32;

/// Reads the summary into the spine. `folder` is where the chapters' paths start.
pub(super) fn read(file: &SourceFile, folder: &str, spine: &mut SpineReader<'_>, sink: &Sink) {
    let mut state = State::default();
    let mut at = 0;
    for line in file.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim_end();
        let text = body.trim_start();
        let indent = columns(&body[..body.len() - text.len()]);
        let from = start + body.len() - text.len();
        let span = Span::new(file.id, from, start + body.len());
        if state.in_comment {
            state.in_comment = !text.contains("-->");
            continue;
        }
        if text.is_empty() || is_rule(text) {
            continue;
        }
        if text.starts_with("<!--") {
            state.in_comment = !text.contains("-->");
            continue;
        }
        if let Some(title) = heading(text) {
            // The first heading is the list's own title.
            if state.begun || state.titled {
                state.enter_part(title, spine, span);
            }
            state.titled = true;
            continue;
        }
        state.begun = true;
        let item = list_item(text);
        let link = item.unwrap_or(text);
        let Some((title, target)) = link_of(link) else {
            let mut found = values::invalid(
                Some(span),
                "this line of SUMMARY.md is neither a link nor a heading",
                "write `- [Title](file.md)`",
            );
            found.severity = Severity::Warning;
            sink.push(found);
            continue;
        };
        let (matter, depth, numbered) = match item {
            Some(_) => (Matter::Body, state.depth(indent), None),
            None if state.numbered => (Matter::Back, 0, Some(false)),
            None => (Matter::Front, 0, Some(false)),
        };
        state.numbered |= item.is_some();
        if target.is_empty() {
            spine.push(SpineKind::Draft { title }, matter, depth, Some(span));
        } else {
            let path = clean(&format!("{folder}/{target}"));
            spine.file(&path, matter, depth, Some(span), Some(title), numbered);
        }
    }
}

#[derive(Default)]
struct State {
    /// Some chapter was read.
    begun: bool,
    /// The title was read.
    titled: bool,
    /// Some numbered chapter was read: links alone are suffix chapters from now on.
    numbered: bool,
    in_comment: bool,
    /// The indentation of the items that the next may stand in.
    indents: Vec<usize>,
}

impl State {
    fn enter_part(&mut self, title: &str, spine: &mut SpineReader<'_>, span: Span) {
        self.indents.clear();
        let title = title.to_owned();
        spine.push(SpineKind::Part { title }, Matter::Body, 0, Some(span));
    }

    /// How deep an item of some indentation stands.
    fn depth(&mut self, indent: usize) -> u8 {
        while self.indents.last().is_some_and(|outer| *outer >= indent) {
            self.indents.pop();
        }
        let depth = self.indents.len().min(usize::from(DEEPEST)) as u8;
        self.indents.push(indent);
        depth
    }
}

/// The width of an indentation; a tab goes to the next multiple of four.
fn columns(space: &str) -> usize {
    space
        .chars()
        .fold(0, |at, c| if c == '\t' { at / 4 * 4 + 4 } else { at + 1 })
}

fn is_rule(text: &str) -> bool {
    let bare = text.replace(' ', "");
    bare.len() >= 3
        && ["-", "*", "_"]
            .iter()
            .any(|mark| bare.trim_start_matches(mark).is_empty())
}

fn heading(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    ((1..=6).contains(&level) && rest.starts_with([' ', '\t']))
        .then(|| rest.trim().trim_end_matches('#').trim_end())
}

/// What follows a list item's mark.
fn list_item(text: &str) -> Option<&str> {
    let rest = match text.strip_prefix(['-', '*', '+']) {
        Some(rest) => rest,
        None => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.len() == text.len() {
                return None;
            }
            rest.strip_prefix(['.', ')'])?
        }
    };
    rest.starts_with([' ', '\t']).then(|| rest.trim_start())
}

/// The text and the target of the link that a line begins with.
fn link_of(text: &str) -> Option<(String, String)> {
    let inner = text.strip_prefix('[')?;
    let mut depth = 1;
    let mut escaped = false;
    let end = inner.char_indices().find_map(|(at, c)| {
        if !std::mem::take(&mut escaped) {
            match c {
                '\\' => escaped = true,
                '[' => depth += 1,
                ']' => depth -= 1,
                _ => {}
            }
        }
        (depth == 0).then_some(at)
    })?;
    let rest = inner[end + 1..].strip_prefix('(')?.trim_start();
    let target = match rest.strip_prefix('<') {
        Some(rest) => rest.split_once('>')?.0,
        None => {
            let mut open = 0;
            let end = rest.find(|c: char| {
                match c {
                    '(' => open += 1,
                    ')' if open > 0 => open -= 1,
                    ')' => return true,
                    _ => {}
                }
                c.is_whitespace()
            })?;
            &rest[..end]
        }
    };
    Some((
        inner[..end].to_owned(),
        undo_percent(target.split('#').next().unwrap_or_default()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{MemoryWorld, Sources};

    #[test]
    fn a_summary_becomes_a_spine() {
        let text = "# Summary\n\n[Intro](intro.md)\n\n# Part *One*\n\n- [A](a.md)\n  - [B \\[b\\]](sub/b%20b.md)\n      * [C](<c.md>)\n  - [D]()\n- [E](./e.md \"t\")\n\n---\n<!-- no\n[X](x.md)\n-->\n# Part Two\n1. [F](f.md)\nwhat\n\n[Outro](../outro.md)\n[Gone](gone.md)\n";
        let mut world = MemoryWorld::new(0).with("outro.md", "");
        for name in ["intro", "a", "sub/b b", "c", "e", "f"] {
            world = world.with(&format!("src/{name}.md"), "");
        }
        let (sources, sink) = (Sources::new(), Sink::new());
        let file = sources.add("src/SUMMARY.md", text);
        let mut spine = SpineReader::new(&world, &sink);
        read(&file, "src", &mut spine, &sink);
        let shown: Vec<String> = spine
            .finish()
            .iter()
            .map(|item| {
                let kind = match &item.kind {
                    SpineKind::File {
                        path,
                        title,
                        numbered,
                    } => format!(
                        "{path} {} {numbered:?}",
                        title.as_deref().unwrap_or_default()
                    ),
                    SpineKind::Part { title } => format!("part {title}"),
                    SpineKind::Draft { title } => format!("draft {title}"),
                    SpineKind::EndPart => String::from("end"),
                };
                format!("{:?} {} {kind}", item.matter, item.depth)
            })
            .collect();
        assert_eq!(
            shown,
            [
                "Front 0 src/intro.md Intro Some(false)",
                "Body 0 part Part *One*",
                "Body 0 src/a.md A None",
                "Body 1 src/sub/b b.md B \\[b\\] None",
                "Body 2 src/c.md C None",
                "Body 1 draft D",
                "Body 0 src/e.md E None",
                "Body 0 part Part Two",
                "Body 0 src/f.md F None",
                "Back 0 outro.md Outro Some(false)",
            ]
        );
        let found: Vec<String> = sink
            .finish(&sources)
            .iter()
            .map(|d| {
                format!(
                    "{} {}",
                    sources.place(d.at.unwrap()).unwrap().line,
                    d.code.name()
                )
            })
            .collect();
        assert_eq!(found, ["19 invalid-value", "22 missing-chapter"]);
    }
}
