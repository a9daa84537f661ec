//! A finding as it is listed: its sign and number, its code, where it stands in the manuscript, what is the matter and what
//! helps.

use std::collections::BTreeSet;

use super::Case;
use super::looks::{SIGN, ink, sign};
use super::noted::Noted;
use super::scribe::{Scribe, Text};
use crate::diag::{Code, Severity};
use crate::source::Span;
use crate::typeset::frame::{Artifact, DestId, Frame, Item, LinkTarget, Owner};
use crate::typeset::paragraph::Voice;
use crate::typeset::structure::{ElementId, Tag};
use crate::unit::{Abs, Point, Size};

/// From the left edge to the number, and to the text.
const NUMBER: Abs = Abs::pt(7.0);
const TEXT: Abs = Abs::pt(27.0);
/// Between a code and the place behind it.
const GAP: Abs = Abs::pt(6.0);
/// Below an entry.
const BELOW: Abs = Abs::pt(6.0);
/// So much of a message or a hint is shown, in characters: no more is read, and what a message quotes has no limit.
const LONGEST: usize = 400;
/// So many hints and further places are shown.
const HINTS: usize = 3;

/// The hints of a list: what helps is said once.
pub(super) type Said<'a> = BTreeSet<(Code, &'a str)>;

/// A sign on a baseline.
pub(super) fn put_sign(frame: &mut Frame, at: Point, severity: Severity) {
    let item = Item::Path {
        points: sign(severity),
        color: ink(severity),
        owner: Owner::Artifact(Artifact::Layout),
    };
    frame.push(Point::new(at.x, at.y - SIGN), item);
}

impl Scribe<'_> {
    /// An entry of a width, for a list. `back` leads to its mark.
    pub(super) fn entry<'s>(
        &mut self,
        noted: &Noted<'s>,
        case: &Case<'_>,
        width: Abs,
        list: ElementId,
        back: Option<DestId>,
        said: &mut Said<'s>,
    ) -> Frame {
        let found = noted.found;
        let severity = found.severity;
        let item = self.open(list, Tag::ListItem);
        let label = self.open(item, Tag::Label);
        let link = match back {
            Some(_) => self.open(label, Tag::Link),
            None => label,
        };
        let (style, looks) = (self.looks.mark(severity).clone(), self.looks.clone());
        let number = self.line(&noted.number.to_string(), &style, Voice::Element(link));
        let body = self.open(item, Tag::ListBody);
        let first = self.open(body, Tag::P);
        let code = self.line(found.code.name(), &style, Voice::Element(first));

        let mut entry = Frame::new(Size::new(width, Abs::ZERO));
        let baseline = number.baseline;
        put_sign(&mut entry, Point::new(Abs::ZERO, baseline), severity);
        let head = Size::new(TEXT + code.size.width, style.leading);
        let after_code = TEXT + code.size.width + GAP;
        entry.push_frame(Point::new(NUMBER, Abs::ZERO), number);
        entry.push_frame(Point::new(TEXT, Abs::ZERO), code);
        if let Some(dest) = back {
            let link = Item::Link {
                size: head,
                target: LinkTarget::Dest(dest),
                element: link,
            };
            entry.push(Point::ZERO, link);
        }
        let place = found.at.and_then(|at| place_of(case, at));
        let mut below = Vec::new();
        if let Some(place) = place {
            let line = self.line(&place, &looks.place, Voice::Element(first));
            if after_code + line.size.width <= width {
                let top = baseline - line.baseline;
                entry.push_frame(Point::new(after_code, top), line);
            } else {
                below.push((place, &looks.place));
            }
        }
        below.push((readable(&found.message), &looks.message));
        let hints = found
            .hints
            .iter()
            .filter(|hint| said.insert((found.code, hint.as_str())));
        let hints = hints.map(|hint| readable(hint));
        let labels = found.labels.iter().filter_map(|(at, text)| {
            let place = place_of(case, *at)?;
            Some(format!("{place}: {}", readable(text)))
        });
        let more = hints.take(HINTS).chain(labels.take(HINTS));
        below.extend(more.map(|words| (words, &looks.hint)));
        let texts: Vec<Text<'_>> = below
            .iter()
            .map(|(words, style)| Text {
                words,
                style,
                element: self.open(body, Tag::P),
                above: Abs::ZERO,
            })
            .collect();
        let text = self.column(width - TEXT, &texts);
        entry.size.height = head.height + text.size.height + BELOW;
        entry.push_frame(Point::new(TEXT, head.height), text);
        entry
    }
}

/// A place of the manuscript: `one.md:12:5`.
fn place_of(case: &Case<'_>, at: Span) -> Option<String> {
    let place = case.sources.place(at)?;
    let path = readable(&place.path);
    Some(format!("{path}:{}:{}", place.line, place.column))
}

/// A message as it is read on paper: what stands in backticks in quotation marks, and no more of it than is read.
pub(super) fn readable(message: &str) -> String {
    let mut out = String::with_capacity(message.len().min(4 * LONGEST));
    let mut open = false;
    for (count, c) in message.chars().enumerate() {
        if count == LONGEST {
            out.push('\u{2026}');
            if open {
                out.push('\u{2019}');
            }
            break;
        }
        match c {
            '`' => {
                open = !open;
                out.push(if open { '\u{2018}' } else { '\u{2019}' });
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_on_paper() {
        assert_eq!(readable("`a` and `b`\n"), "‘a’ and ‘b’ ");
        let long = format!("the word `{}` again", "x".repeat(999));
        let cut = readable(&long);
        assert!(cut.ends_with("xx…’") && cut.chars().count() == LONGEST + 2);
    }
}
