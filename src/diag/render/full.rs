//! With the line shown, as compilers do it.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Level, Message, Renderer, Snippet};

use super::{Map, tame};
use crate::diag::{Diagnostic, Severity};
use crate::source::{SourceFile, Span};

/// Of a line longer than this, only the part around the place is shown; in bytes.
const LONGEST_LINE: usize = 400;

/// How much of a long line stands before and after the place; in bytes.
const AROUND: usize = 60;

pub(super) fn render(found: &Diagnostic, map: Map<'_>, color: bool) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = tame(&found.message);
    let title = level.primary_title(&message).id(found.code.name());
    let mut group = title.elements(std::iter::empty::<Element<'_>>());
    let mut places = Vec::new();
    if let Some(at) = found.at {
        group = group.elements(shown(at, None, map, &mut places));
    }
    for (at, label) in &found.labels {
        group = group.elements(shown(*at, Some(tame(label)), map, &mut places));
    }
    let hints = found
        .hints
        .iter()
        .map(|hint| -> Message<'_> { Level::HELP.message(tame(hint)) });
    let group = group.elements(hints);
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = renderer.term_width(120).render(&[group]);
    for (shown, place) in places {
        text = text.replacen(&shown, &place, 1);
    }
    format!("{}\n\n", text.trim_end())
}

/// A place and the line it is in. Where only a part of the line is shown, `places` gets the place as the renderer will
/// count it, and as it is.
fn shown(
    at: Span,
    label: Option<String>,
    map: Map<'_>,
    places: &mut Vec<(String, String)>,
) -> Option<Element<'static>> {
    let file = map.sources.get(at.file)?;
    let (line, column) = file.line_column(at.start);
    let (excerpt, span) = excerpt(&file, at);
    let kind = match label {
        None => AnnotationKind::Primary,
        Some(_) => AnnotationKind::Context,
    };
    let path = tame(&map.path(&file));
    let counted = excerpt[..span.start].chars().count() as u32 + 1;
    if counted != column {
        places.push((
            format!("{path}:{line}:{counted}"),
            format!("{path}:{line}:{column}"),
        ));
    }
    let snippet = Snippet::source(excerpt)
        .path(path)
        .line_start(line as usize)
        .fold(false);
    Some(snippet.annotation(kind.span(span).label(label)).into())
}

/// The line in which a span begins, or a part of it, and the span in that.
fn excerpt(file: &SourceFile, at: Span) -> (String, Range<usize>) {
    let text = file.text.as_str();
    let boundary = |at: usize| {
        (0..=at.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    };
    let start = boundary(at.start as usize);
    let line_start = text[..start].rfind('\n').map_or(0, |n| n + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |n| start + n);
    let end = boundary(at.end as usize).clamp(start, line_end);
    if line_end - line_start <= LONGEST_LINE {
        let line = text[line_start..line_end].trim_end();
        let end = end
            .min(line_start + line.len())
            .max(start.min(line_start + line.len()));
        return (
            line.to_owned(),
            start.min(line_start + line.len()) - line_start..end - line_start,
        );
    }
    let from = boundary(start.saturating_sub(AROUND).max(line_start));
    let end = boundary(end.min(start + 2 * AROUND));
    let to = boundary((end + AROUND).min(line_end));
    let before = if from > line_start { "…" } else { "" };
    let after = if to < line_end { "…" } else { "" };
    let shift = before.len();
    (
        format!("{before}{}{after}", &text[from..to]),
        start - from + shift..end - from + shift,
    )
}
