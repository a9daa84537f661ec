//! Putting includes and variables in.
//!
//! In: a file's text. Out: an [`Expanded`] text, in which every byte still knows its file. Steps: find `{{…}}`, ask
//! the Markdown which of it is code, then put in what each stands for. Variables stand outside code only; an include
//! stands in code blocks too (that is what line ranges are for), but not among words of code.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Parser, Tag};

use super::builder::Features;
use super::slice::{self, Part};
use super::{events, header, read};
use crate::diag::{Code, Diagnostic, Sink, nearest};
use crate::model::Dialect;
use crate::source::{Expanded, SourceFile, Sources, Span, World};

/// Includes inside includes go no deeper.
const DEEPEST: usize = 16;
/// No chapter is larger with all its includes: ten files that include each other's copies would else fill memory.
const LARGEST: usize = 64 << 20;
/// No `{{…}}` is longer, in bytes.
const LONGEST: usize = 1000;
/// No chapter has more includes: files that only include each other would else take time without adding a byte.
const MOST: usize = 10_000;

/// What all expansions of one chapter share.
pub(super) struct Expander<'a> {
    pub world: &'a dyn World,
    pub sources: &'a Sources,
    pub dialect: &'a Dialect,
    pub variables: &'a BTreeMap<String, String>,
    pub sink: &'a Sink,
    /// Included files already read, so that each is read and reported once.
    pub files: BTreeMap<String, Option<Arc<SourceFile>>>,
    /// The paths of the files being expanded, outermost first.
    pub stack: Vec<String>,
    /// What has been made so far.
    pub out: Expanded,
    /// Names that stand for nothing.
    pub unknown: BTreeSet<String>,
    /// How many includes have been put in.
    pub count: usize,
    /// Nothing more is put in, since the chapter is full; said once.
    pub full: bool,
}

/// What a `{{…}}` asks for.
enum Ask<'a> {
    Include {
        spec: &'a str,
        fenced: bool,
    },
    Variable(&'a str),
    /// mdBook's `{{#title …}}`: the title of its web page, which no book has.
    Nothing,
}

/// Where a `{{…}}` stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Words,
    Block,
}

impl Expander<'_> {
    /// Puts a range of a Markdown file in.
    pub fn markdown(&mut self, file: &SourceFile, range: Range<usize>) {
        let (text, from) = (&file.text[..range.end], range.start);
        let mut copied = from;
        let mut at = from;
        let mut line = from..from;
        let mut code: Option<Vec<(Range<usize>, Place)>> = None;
        while let Some(open) = text[at..].find("{{").map(|found| at + found) {
            at = open + 2;
            if open >= line.end {
                let last = text[line.end..open].rfind('\n');
                line.start = last.map_or(line.start, |n| line.end + n + 1);
                line.end = text[open..].find('\n').map_or(text.len(), |n| open + n);
            }
            let Some(close) = close_of(text, at, line.end) else {
                continue;
            };
            if self.full {
                break;
            }
            let Some(ask) = self.ask(text[at..close].trim()) else {
                continue;
            };
            let code = code.get_or_insert_with(|| self.code(text));
            let place = place(code, open);
            let backslashes = text.as_bytes()[from..open]
                .iter()
                .rev()
                .take_while(|b| **b == b'\\')
                .count();
            if backslashes % 2 == 1 {
                // Markdown takes the backslash away by itself, but not in code.
                if place == Place::Block && matches!(ask, Ask::Include { .. }) {
                    self.copy(file, copied..open - 1);
                    copied = open;
                }
                continue;
            }
            let alone = text[line.start..open].trim().is_empty()
                && text[close + 2..line.end].trim().is_empty();
            let wanted = match (&ask, place) {
                (_, Place::Text) => true,
                (Ask::Variable(_), _) => false,
                (_, Place::Block) => alone || self.dialect.mdbook,
                (_, Place::Words) => self.dialect.mdbook,
            };
            if !wanted {
                continue;
            }
            let span = Span::new(file.id, open, close + 2);
            let done = match ask {
                Ask::Nothing => {
                    self.copy(file, copied..open);
                    true
                }
                Ask::Variable(name) => match self.variables.get(name) {
                    Some(value) => {
                        self.copy(file, copied..open);
                        self.value(file, open, &value.replace(['\n', '\r'], " "));
                        true
                    }
                    None => {
                        self.unknown(name, span);
                        false
                    }
                },
                Ask::Include { spec, fenced } => {
                    self.copy(file, copied..open);
                    let ends_line =
                        text[close + 2..].starts_with(['\n', '\r']) || text[close + 2..].is_empty();
                    if fenced {
                        self.value(file, open, "```rust\n");
                    }
                    self.include(spec, place, ends_line || fenced, span);
                    if fenced {
                        self.value(file, open, "\n```");
                    }
                    true
                }
            };
            if done {
                copied = close + 2;
                at = copied;
            }
        }
        self.copy(file, copied..text.len());
    }

    fn ask<'t>(&self, inner: &'t str) -> Option<Ask<'t>> {
        if self.dialect.mdbook
            && let Some(hash) = inner.strip_prefix('#')
        {
            let (word, rest) = hash.split_once(char::is_whitespace)?;
            let rest = rest.trim();
            return match word {
                "include" | "rustdoc_include" => Some(Ask::Include {
                    spec: rest,
                    fenced: false,
                }),
                "playground" | "playpen" => Some(Ask::Include {
                    spec: rest.split_whitespace().next()?,
                    fenced: true,
                }),
                "title" => Some(Ask::Nothing),
                _ => None,
            };
        }
        if let Some(rest) = inner.strip_prefix("include")
            && rest.starts_with(char::is_whitespace)
        {
            return Some(Ask::Include {
                spec: rest.trim(),
                fenced: false,
            });
        }
        let is_name = !inner.is_empty()
            && inner.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && inner
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        // An mdBook has no variables of its own; what looks like one there is text.
        (is_name && (!self.dialect.mdbook || self.variables.contains_key(inner)))
            .then_some(Ask::Variable(inner))
    }

    fn include(&mut self, spec: &str, place: Place, trim_end: bool, span: Span) {
        let from = self.stack.last().cloned().unwrap_or_default();
        let Some((path, part)) = slice::split(spec) else {
            self.sink.push(
                Diagnostic::new(
                    Code::MissingInclude,
                    span,
                    format!("`{spec}` names no lines"),
                )
                .hint("write `file:10:20` for lines 10 to 20, or `file:name` for an anchor"),
            );
            return;
        };
        let path = read::beside(&from, path);
        if self.stack.contains(&path) && place == Place::Text {
            self.sink.push(
                Diagnostic::new(
                    Code::IncludeCycle,
                    span,
                    match path == from {
                        true => format!("`{path}` includes itself"),
                        false => format!("`{path}` includes itself by way of `{from}`"),
                    },
                )
                .hint("remove one of the includes"),
            );
            return;
        }
        if self.stack.len() >= DEEPEST {
            let message = format!("includes are nested more than {DEEPEST} deep");
            return self.too_large(span, message);
        }
        self.count += 1;
        if self.count > MOST {
            return self.too_large(span, format!("a chapter with more than {MOST} includes"));
        }
        let Some(file) = self.file(&path, span) else {
            return;
        };
        let ranges = match slice::take(&file.text, &part) {
            Ok(ranges) => ranges,
            Err(missing) => {
                self.sink.push(Diagnostic::new(
                    Code::MissingInclude,
                    span,
                    format!("`{path}` has {missing}"),
                ));
                return;
            }
        };
        // Whatever it is called, among text it is read as text, with what it includes itself.
        let expands = place == Place::Text;
        let is_markdown = path.ends_with(".md") || path.ends_with(".markdown");
        let start = match part {
            Part::Whole if expands && is_markdown => {
                header::end(&file.text).unwrap_or_else(|| body_start(&file.text))
            }
            _ => body_start(&file.text),
        };
        self.stack.push(path);
        let last = ranges.len().saturating_sub(1);
        for (index, mut range) in ranges.into_iter().enumerate() {
            range.start = range.start.max(start).min(range.end);
            if index == last && trim_end {
                let text = &file.text[range.clone()];
                let kept = text.strip_suffix('\n').unwrap_or(text);
                range.end = range.start + kept.strip_suffix('\r').unwrap_or(kept).len();
            }
            if expands {
                self.markdown(&file, range);
            } else {
                self.copy(&file, range);
            }
        }
        self.stack.pop();
    }

    fn file(&mut self, path: &str, span: Span) -> Option<Arc<SourceFile>> {
        if let Some(Some(known)) = self.files.get(path) {
            return Some(Arc::clone(known));
        }
        let missing = Code::MissingInclude;
        let file = read::file(
            self.world,
            self.sources,
            path,
            Some(span),
            missing,
            self.sink,
        );
        self.files.insert(path.to_owned(), file.clone());
        file
    }

    /// Says so once for each name.
    fn unknown(&mut self, name: &str, span: Span) {
        if !self.unknown.insert(name.to_owned()) {
            return;
        }
        let mut found = Diagnostic::new(
            Code::UnknownVariable,
            span,
            format!("`{{{{{name}}}}}` stands for nothing"),
        );
        let near = nearest(name, self.variables.keys().map(String::as_str));
        found = match near {
            Some(known) => found.hint(format!("did you mean `{{{{{known}}}}}`?")),
            None => found.hint(format!("define `{name}` under `variables:` in book.yaml, or write `\\{{{{` to have the braces printed")),
        };
        self.sink.push(found);
    }

    fn copy(&mut self, file: &SourceFile, range: Range<usize>) {
        if self.stack.len() <= 1
            || self.fits(range.len(), Span::new(file.id, range.start, range.start))
        {
            self.out.push_copy(file.id, range.start, &file.text[range]);
        }
    }

    fn value(&mut self, file: &SourceFile, at: usize, value: &str) {
        if self.fits(value.len(), Span::new(file.id, at, at)) {
            self.out.push_value(file.id, at, value);
        }
    }

    /// Whether so many bytes more are allowed. The chapter's own file always is; what stands for a variable may come again and again.
    fn fits(&mut self, more: usize, at: Span) -> bool {
        if self.out.text.len() + more > LARGEST {
            self.too_large(
                at,
                format!(
                    "with its includes and variables the chapter has more than {} MiB",
                    LARGEST >> 20
                ),
            );
            return false;
        }
        true
    }

    /// The stretches of a Markdown text that are code, in order.
    fn code(&self, text: &str) -> Vec<(Range<usize>, Place)> {
        let options = events::options(Features::of(self.dialect));
        let start = header::end(text).unwrap_or_else(|| body_start(text));
        let events = Parser::new_ext(&text[start..], options).into_offset_iter();
        let code = events.filter_map(|(event, range)| {
            let place = match event {
                Event::Start(Tag::CodeBlock(_)) => Place::Block,
                Event::Code(_) => Place::Words,
                _ => return None,
            };
            Some((start + range.start..start + range.end, place))
        });
        code.collect()
    }

    fn too_large(&mut self, at: Span, message: String) {
        if !self.full {
            self.sink
                .push(Diagnostic::new(Code::IncludeTooLarge, at, message));
        }
        self.full = true;
    }
}

/// The `}}` that closes what opened before `at`, on the same line.
fn close_of(text: &str, at: usize, line_end: usize) -> Option<usize> {
    let mut end = line_end.min(at + LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[at..end].find("}}").map(|found| at + found)
}

/// The first byte that is no byte order mark.
pub(super) fn body_start(text: &str) -> usize {
    if text.starts_with('\u{FEFF}') {
        '\u{FEFF}'.len_utf8()
    } else {
        0
    }
}

fn place(code: &[(Range<usize>, Place)], at: usize) -> Place {
    let index = code.partition_point(|(range, _)| range.end <= at);
    match code.get(index) {
        Some((range, place)) if range.contains(&at) => *place,
        _ => Place::Text,
    }
}
