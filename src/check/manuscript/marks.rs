//! Brackets that are opened and not closed, or the reverse.
//!
//! Within a paragraph brackets are counted whatever their shape, for `[0, 1)` is right; what it leaves open, one of the same shape may
//! close in another.

use super::line::{Form, Line};
use super::{Page, quotes};
use crate::diag::{Code, Diagnostic, Sink};

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
        quotes::judge(page, region, sink);
    }
}

/// A mark: the line and the byte in it.
type Mark<'l> = (&'l Line, usize);

fn push(page: &Page<'_>, (line, at): Mark<'_>, opens: bool, sink: &Sink) {
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
    sink.push(Diagnostic::new(Code::UnbalancedBracket, span, message).hint(hint));
}

/// How many brackets a text may leave open at once: what nonsense opens besides is not told.
const MOST: usize = 64;

fn brackets(page: &Page<'_>, region: &[Line], sink: &Sink) {
    // What earlier lines left open.
    let mut carried: Vec<Mark<'_>> = Vec::new();
    for line in region {
        let mut open: Vec<Mark<'_>> = Vec::new();
        for (at, c) in line.text.char_indices() {
            match c {
                _ if is_face(&line.text, at, c, open.is_empty()) => {}
                '(' | '[' | '（' | '【' if open.len() < MOST => open.push((line, at)),
                ')' | ']' | '）' | '】' => {
                    let fits = open.pop().is_some()
                        || is_label(&line.text[..at])
                        || of_shape(&mut carried, c).is_some();
                    if !fits {
                        push(page, (line, at), false, sink);
                    }
                }
                _ => {}
            }
        }
        // A title or a cell stands by itself.
        if matches!(line.form, Form::Heading | Form::Apart) {
            tell(page, &mut open, sink);
        }
        carried.append(&mut open);
        carried.truncate(MOST);
    }
    tell(page, &mut carried, sink);
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

fn tell(page: &Page<'_>, open: &mut Vec<Mark<'_>>, sink: &Sink) {
    for mark in open.drain(..) {
        push(page, mark, true, sink);
    }
}

/// `:)`, `;-(`, `:]`: eyes that stand apart, and a mouth behind which nothing begins. Of `(see below:)` and `:[a]` the brackets are
/// brackets. `nothing_open`: no bracket of this line is open.
fn is_face(text: &str, at: usize, c: char, nothing_open: bool) -> bool {
    if !matches!(c, '(' | ')' | '[' | ']') {
        return false;
    }
    let before = &text[..at];
    let before = before.strip_suffix('-').unwrap_or(before);
    let Some(head) = before.strip_suffix([':', ';', '=']) else {
        return false;
    };
    let apart = head.chars().next_back().is_none_or(char::is_whitespace);
    let smiles = matches!(c, ')' | ']');
    let after = text[at + 1..].chars().next();
    let ends = after.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | '!' | '?' | ')'));
    apart && (smiles || ends) || smiles && nothing_open
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
