//! Brackets and quotation marks that are opened and not closed, or the reverse.
//!
//! Within a paragraph brackets are counted whatever their shape, for `[0, 1)` is right; what it leaves open, one of the same shape may
//! close in another. Of quotation marks
//! the language's outer ones are judged: inner ones look like apostrophes. A speech of several paragraphs opens each of them and
//! closes the last; a quotation may hold verse, lists and quotations.

use super::Page;
use super::line::{Form, Line};
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::Lang;
use crate::refine::quotation_marks;

pub(super) fn judge(page: &Page<'_>, sink: &Sink) {
    let mut rest = page.lines.as_slice();
    while let Some(first) = rest.first() {
        let end = rest
            .iter()
            .take_while(|line| line.region == first.region)
            .count();
        let (region, others) = rest.split_at(end);
        rest = others;
        brackets(page, region, sink);
        quotes(page, region, sink);
    }
}

/// A mark: the line and the byte in it.
type Mark<'l> = (&'l Line, usize);

fn push(page: &Page<'_>, code: Code, (line, at): Mark<'_>, opens: bool, sink: &Sink) {
    let mark = line.text[at..].chars().next().unwrap_or_default();
    let span = page.span(line, at, at + mark.len_utf8());
    let (message, hint) = match opens {
        true => (
            format!("`{mark}` is never closed"),
            "close it, or take it out",
        ),
        false => (
            format!("`{mark}` closes nothing"),
            "open it, or take it out",
        ),
    };
    sink.push(Diagnostic::new(code, span, message).hint(hint));
}

/// How many brackets a text may leave open at once: what nonsense opens besides is not told.
const MOST: usize = 64;

fn brackets(page: &Page<'_>, region: &[Line], sink: &Sink) {
    // What earlier lines left open.
    let mut carried: Vec<Mark<'_>> = Vec::new();
    for line in region {
        let mut open: Vec<Mark<'_>> = Vec::new();
        let mut before = ['\n'; 2];
        for (at, c) in line.text.char_indices() {
            match c {
                _ if is_face(before, c) => {}
                '(' | '[' | '（' | '【' if open.len() < MOST => open.push((line, at)),
                ')' | ']' | '）' | '】' => {
                    let fits = open.pop().is_some()
                        || is_label(&line.text[..at])
                        || of_shape(&mut carried, c).is_some();
                    if !fits {
                        push(page, Code::UnbalancedBracket, (line, at), false, sink);
                    }
                }
                _ => {}
            }
            before = [before[1], c];
        }
        // A title or a cell stands by itself.
        if matches!(line.form, Form::Heading | Form::Apart) {
            tell(page, Code::UnbalancedBracket, &mut open, sink);
        }
        carried.append(&mut open);
        carried.truncate(MOST);
    }
    tell(page, Code::UnbalancedBracket, &mut carried, sink);
}

/// Takes out the last that a bracket of this shape may close.
fn of_shape<'l>(open: &mut Vec<Mark<'l>>, closing: char) -> Option<Mark<'l>> {
    let opening = match closing {
        ')' => '(',
        ']' => '[',
        '）' => '（',
        _ => '【',
    };
    let at = open
        .iter()
        .rposition(|(line, at)| line.text[*at..].starts_with(opening))?;
    Some(open.remove(at))
}

fn tell(page: &Page<'_>, code: Code, open: &mut Vec<Mark<'_>>, sink: &Sink) {
    for mark in open.drain(..) {
        push(page, code, mark, true, sink);
    }
}

/// `:)`, `;-(`, `:]`
fn is_face(before: [char; 2], c: char) -> bool {
    let eyes = |c: char| matches!(c, ':' | ';' | '=');
    matches!(c, '(' | ')' | '[' | ']') && (eyes(before[1]) || before[1] == '-' && eyes(before[0]))
}

/// What stands before a bracket is a label: `a)`, `12)`, `iv)`.
fn is_label(before: &str) -> bool {
    let start = before.rfind(|c: char| !c.is_alphanumeric());
    let word = start.map_or(before, |at| {
        before[at..].trim_start_matches(|c: char| !c.is_alphanumeric())
    });
    let edge = start.is_none_or(|at| before[at..].starts_with(char::is_whitespace));
    edge && !word.is_empty()
        && (word.chars().count() <= 2
            || word.bytes().all(|b| b"ivxlc".contains(&b))
            || word.bytes().all(|b| b.is_ascii_digit()))
}

/// What has been opened and not been closed so far.
#[derive(Default)]
struct Speech<'l> {
    /// In the line at hand.
    open: Vec<Mark<'l>>,
    /// In the lines before it.
    carried: Option<Mark<'l>>,
}

fn quotes(page: &Page<'_>, region: &[Line], sink: &Sink) {
    let mut speech = Speech::default();
    for line in region {
        if line.form == Form::Apart {
            continue;
        }
        let signs = Signs::of(&line.lang);
        // Where one sign does both, none can be told from the other.
        if signs.opening == signs.closing {
            continue;
        }
        if line.form == Form::Heading {
            tell(
                page,
                Code::UnbalancedQuote,
                &mut speech.carried.take().into_iter().collect(),
                sink,
            );
        }
        speech_of(page, line, signs, &mut speech, sink);
    }
    tell(
        page,
        Code::UnbalancedQuote,
        &mut speech.carried.into_iter().collect(),
        sink,
    );
}

/// A language's outer marks, and its inner opening one.
#[derive(Clone, Copy)]
struct Signs {
    opening: char,
    closing: char,
    inner: char,
}

impl Signs {
    /// Of several signs, as French has a space with its own, the mark is the outermost.
    fn of(lang: &Lang) -> Signs {
        let [opening, closing, inner, _] = quotation_marks(lang);
        Signs {
            opening: opening.chars().next().unwrap_or_default(),
            closing: closing.chars().next_back().unwrap_or_default(),
            inner: inner.chars().next().unwrap_or_default(),
        }
    }

    /// Whether a quotation that begins in another is right: guillemets and corner brackets may stand in one another, and all marks
    /// within a quotation of the inner kind.
    fn nest(self, between: &str) -> bool {
        matches!(self.opening, '«' | '»' | '「') || between.contains(self.inner)
    }
}

fn speech_of<'l>(
    page: &Page<'_>,
    line: &'l Line,
    signs: Signs,
    speech: &mut Speech<'l>,
    sink: &Sink,
) {
    let Signs {
        opening, closing, ..
    } = signs;
    let fault = |mark, opens| push(page, Code::UnbalancedQuote, mark, opens, sink);
    let mut starts = true;
    let mut has_marks = false;
    for (at, c) in line.text.char_indices() {
        if c == opening {
            has_marks = true;
            match speech.open.last() {
                // Each line of verse in a quotation may open anew.
                Some(_) if starts => {}
                Some(last) if !signs.nest(&line.text[last.1..at]) => {
                    fault(*last, true);
                    speech.open = vec![(line, at)];
                }
                _ => {
                    if let Some(before) = speech.carried.take().filter(|_| !starts) {
                        fault(before, true);
                    }
                    if speech.open.len() < MOST {
                        speech.open.push((line, at));
                    }
                }
            }
        } else if c == closing {
            has_marks = true;
            if speech.open.pop().is_none() && speech.carried.take().is_none() {
                fault((line, at), false);
            }
        }
        starts = c == '\n' || starts && !c.is_alphanumeric();
    }
    // A paragraph of narration after a speech shows that its end is missing.
    if let Some(before) = speech
        .carried
        .filter(|_| !has_marks && line.form == Form::Paragraph)
    {
        fault(before, true);
        speech.carried = None;
    }
    if let Some(first) = speech.open.drain(..).next() {
        if line.form == Form::Heading {
            fault(first, true);
        } else {
            speech.carried = Some(first);
        }
    }
}
