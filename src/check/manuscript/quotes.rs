//! Quotation marks that are opened and not closed, or the reverse, or turned the wrong way.
//!
//! The language's outer marks are judged: inner ones look like apostrophes. A speech of several paragraphs opens each of them and
//! closes the last; a quotation may hold verse, lists and quotations; and where marks are guillemets or low ones, a letter may
//! open in its first paragraph and close in its last.

use std::collections::BTreeMap;

use super::Page;
use super::line::{Form, Line, OBJECT};
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::Lang;
use crate::refine::quotation_marks;

/// How many marks a text may leave open at once: what nonsense opens besides is not told.
const MOST: usize = 64;

/// So many paragraphs a quoted letter has at most.
const LETTER: usize = 40;

/// So many of a line are told: to find a place in the Markdown reads a paragraph.
const TOLD: usize = 8;

/// Behind a mark that ends a paragraph stand at most so many bytes.
const NEAR: usize = 32;

/// A mark: its line by number, and the byte in it.
type Mark = (usize, usize);

/// What is wrong with a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// It opens, and nothing closes it.
    Opens,
    /// It closes what was not opened.
    Closes,
    /// It opens where it should close, or the reverse.
    Turned,
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

    /// Whether a quotation of several paragraphs need not open each of them.
    fn opens_once(self) -> bool {
        matches!(self.opening, '«' | '»' | '„')
    }
}

/// What has been opened and not been closed so far.
#[derive(Default)]
struct Speech {
    /// In the line at hand.
    open: Vec<Mark>,
    /// In the lines before it.
    carried: Option<Mark>,
    /// At the beginning of a paragraph, of what may be a letter of several.
    letter: Option<Mark>,
    /// What is wrong.
    faults: BTreeMap<Mark, Fault>,
    /// How many marks of the line at hand were looked up in the Markdown.
    looks: usize,
}

impl Speech {
    /// Nothing in its own paragraph or the next closes a mark.
    fn unclosed(&mut self, mark: Mark, region: &[Line]) {
        let line = &region[mark.0];
        let begins = !line.text[..mark.1].contains(char::is_alphanumeric);
        if begins && Signs::of(&line.lang).opens_once() && self.letter.is_none() {
            self.letter = Some(mark);
        } else {
            self.faults.entry(mark).or_insert(Fault::Opens);
        }
    }

    /// What is open at a heading or at the end stays so.
    fn end(&mut self) {
        let left = self.carried.take().into_iter().chain(self.letter.take());
        for mark in left {
            // One that was turned may not be closed either.
            self.faults.entry(mark).or_insert(Fault::Opens);
        }
    }

    /// Whether a mark closes a letter that an earlier paragraph began: as the last thing in its own.
    fn ends_letter(&mut self, (number, _): Mark, after: &str) -> bool {
        let last = after.len() < NEAR && !after.contains(char::is_alphanumeric);
        let near = |from: &Mark| number - from.0 <= LETTER;
        last && self.letter.take_if(|from| near(from)).is_some()
    }
}

/// Judges the lines of a chapter, or of a note.
pub(super) fn judge(page: &Page<'_>, region: &[Line], sink: &Sink) {
    let mut speech = Speech::default();
    for (number, line) in region.iter().enumerate() {
        if line.form == Form::Apart {
            continue;
        }
        let signs = Signs::of(&line.lang);
        // Where one sign does both, none can be told from the other.
        if signs.opening == signs.closing {
            continue;
        }
        if line.form == Form::Heading {
            speech.end();
        }
        speech_of(page, region, number, signs, &mut speech);
    }
    speech.end();
    let mut before: Option<Mark> = None;
    let (mut line_of, mut told) = (0, 0);
    for (mark, fault) in speech.faults {
        let text = &region[mark.0].text;
        // Of marks side by side one is told.
        let beside = before
            .is_some_and(|(line, at)| line == mark.0 && text[at..mark.1].chars().all(is_mark));
        before = Some(mark);
        if line_of != mark.0 {
            (line_of, told) = (mark.0, 0);
        }
        told += usize::from(!beside);
        if !beside && told <= TOLD {
            push(page, &region[mark.0], mark.1, fault, sink);
        }
    }
}

fn speech_of(page: &Page<'_>, region: &[Line], number: usize, signs: Signs, speech: &mut Speech) {
    let Signs {
        opening, closing, ..
    } = signs;
    let line = &region[number];
    let mut starts = true;
    let mut has_marks = false;
    speech.looks = 0;
    for (at, c) in line.text.char_indices() {
        let mark = (number, at);
        let beside = || {
            let before = line.text[..at].chars().next_back();
            (before, line.text[at + c.len_utf8()..].chars().next())
        };
        if c == opening {
            has_marks = true;
            match speech.open.last().copied() {
                // Each line of verse in a quotation may open anew.
                Some(_) if starts => {}
                // Behind a word or its stop, and before a gap, it should have closed.
                Some(_) if is_behind(beside()) => {
                    speech.faults.insert(mark, Fault::Turned);
                    speech.open.pop();
                }
                Some(last) if !signs.nest(&line.text[last.1..at]) => {
                    speech.faults.entry(last).or_insert(Fault::Opens);
                    speech.open = vec![mark];
                }
                _ => {
                    if let Some(before) = speech.carried.take().filter(|_| !starts) {
                        speech.unclosed(before, region);
                    }
                    if speech.open.len() < MOST {
                        speech.open.push(mark);
                    }
                }
            }
        } else if c == closing {
            has_marks = true;
            let after = &line.text[at + c.len_utf8()..];
            if speech.open.pop().is_none()
                && speech.carried.take().is_none()
                && !speech.ends_letter(mark, after)
            {
                let (before, next) = beside();
                if is_ahead((before, next)) {
                    speech.faults.insert(mark, Fault::Turned);
                    speech.open.push(mark);
                } else if !is_inch(page, line, at, before, &mut speech.looks) {
                    speech.faults.insert(mark, Fault::Closes);
                }
            }
        }
        starts = c == '\n' || starts && !c.is_alphanumeric();
    }
    // A paragraph of narration after a speech shows that its end is missing.
    if !has_marks
        && line.form == Form::Paragraph
        && let Some(before) = speech.carried.take()
    {
        speech.unclosed(before, region);
    }
    let first = speech.open.first().copied();
    speech.open.clear();
    if let Some(first) = first {
        if line.form == Form::Heading {
            speech.faults.entry(first).or_insert(Fault::Opens);
        } else {
            if let Some(before) = speech.carried.take() {
                speech.unclosed(before, region);
            }
            speech.carried = Some(first);
        }
    }
}

/// Whether a sign is a quotation mark, of this language or another.
fn is_mark(c: char) -> bool {
    "\"“”„«»「」".contains(c)
}

/// What stands on both sides of a mark.
type Sides = (Option<char>, Option<char>);

/// Whether a mark stands behind a word or its stop and before a gap, where one closes.
fn is_behind((before, after): Sides) -> bool {
    before.is_some_and(|c| c.is_alphanumeric() || c == OBJECT || ".,;:!?…".contains(c))
        && after.is_none_or(|c| !c.is_alphanumeric())
}

/// Whether a mark stands before a word and behind none, where one opens.
fn is_ahead((before, after): Sides) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "([{)]—–".contains(c))
        && after.is_some_and(char::is_alphabetic)
}

/// Whether a mark is the sign of an inch or a second: straight, behind a number.
fn is_inch(
    page: &Page<'_>,
    line: &Line,
    at: usize,
    before: Option<char>,
    looks: &mut usize,
) -> bool {
    *looks += 1;
    *looks <= MOST && before.is_some_and(char::is_numeric) && typed(page, line, at) == Some('"')
}

/// What was typed at a place, which is another sign than is printed where a straight mark was made one of the language's.
fn typed(page: &Page<'_>, line: &Line, at: usize) -> Option<char> {
    let (_, typed) = line.typed(at, page.chapter, page.sources)?;
    Some(typed)
}

/// A mark of another language in a text, which was meant for this one's: the first after an opening mark, the last before a closing one.
fn strange(line: &Line, at: usize, opens: bool) -> Option<char> {
    const ALL: &str = "“”„«»";
    let Signs {
        opening, closing, ..
    } = Signs::of(&line.lang);
    let is_strange = |c: &char| ALL.contains(*c) && *c != opening && *c != closing;
    match opens {
        true => line.text[at..].chars().skip(1).find(is_strange),
        false => line.text[..at].chars().rev().find(is_strange),
    }
}

fn push(page: &Page<'_>, line: &Line, at: usize, fault: Fault, sink: &Sink) {
    let mark = line.text[at..].chars().next().unwrap_or_default();
    let span = page.span(line, at, at + mark.len_utf8());
    let shown = typed(page, line, at)
        .filter(|c| is_mark(*c))
        .unwrap_or(mark);
    let Signs {
        opening, closing, ..
    } = Signs::of(&line.lang);
    let opens = fault == Fault::Opens;
    let own = if opens { closing } else { opening };
    let (message, hint) = match (fault, strange(line, at, opens)) {
        (Fault::Turned, _) => {
            let other = if mark == opening { closing } else { opening };
            let what = if mark == opening { "opens" } else { "closes" };
            let hint = match shown == mark {
                true => format!("turn it: `{other}`"),
                false => format!("write `{other}` for it, or put a space beside it"),
            };
            (format!("`{shown}` {what} where it should not"), hint)
        }
        (Fault::Opens, Some(other)) => (
            format!("`{shown}` is never closed"),
            format!("write `{own}` for the `{other}` behind it"),
        ),
        (Fault::Closes, Some(other)) => (
            format!("`{shown}` closes nothing"),
            format!("write `{own}` for the `{other}` before it"),
        ),
        (Fault::Opens, None) => (
            format!("`{shown}` is never closed"),
            "close it, or take it out".to_owned(),
        ),
        (Fault::Closes, None) => (
            format!("`{shown}` closes nothing"),
            "open it, or take it out".to_owned(),
        ),
    };
    sink.push(Diagnostic::new(Code::UnbalancedQuote, span, message).hint(hint));
}
