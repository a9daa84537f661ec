//! From a complaint to the place in the manuscript that it comes from.
//!
//! In: [`Complaint`]s of a file, and its [`Judged`] self: the texts inside it and, of one that was just made from a manuscript, the
//! [`Origins`] of its parts. Out: diagnostics. Steps: the line or the element is found in the inner text (`spot`); of the ids before it
//! the nearest that a part of the manuscript has leads there; from that place on, the words of the element are looked for. What leads
//! nowhere is told at its place in the inner text, or of the file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Complaint, Spot, Validator, Where, spot};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::{SourceFile, Sources, Span};

/// What a finding is found by in the manuscript, in words: fewer are found anywhere.
const WORDS: usize = 4;

/// Where the parts of a file come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// By the paths inside an EPUB, from its root.
    pub texts: BTreeMap<String, Origin>,
    /// Of each page of a PDF its printed number and where its words begin.
    pub pages: Vec<(String, Option<Span>)>,
}

/// Where a file inside an EPUB comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The file, or the place where the book names it.
    pub at: Option<Span>,
    /// By its ids: where what has them comes from.
    pub ids: BTreeMap<String, Span>,
}

/// A text inside a file: its path from the root, and the text.
pub type Inner = (String, Arc<SourceFile>);

/// A file that was judged.
#[derive(Clone, Copy)]
pub struct Judged<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its own place, if it has one.
    pub at: Option<Span>,
    /// Finds a text inside it by a path from its root or its package's folder: the path from the root, and the text.
    pub texts: &'a dyn Fn(&str) -> Option<Inner>,
    /// Where its parts come from, if it was made from a manuscript.
    pub origins: Option<&'a Origins>,
}

/// Tells what a validator complains of.
pub fn tell(
    validator: Validator,
    complaints: &[Complaint],
    file: Judged<'_>,
    sources: &Sources,
    sink: &Sink,
) {
    for complaint in complaints {
        sink.push(finding(validator, complaint, file, sources));
    }
}

fn finding(
    validator: Validator,
    complaint: &Complaint,
    file: Judged<'_>,
    sources: &Sources,
) -> Diagnostic {
    let rule = match complaint.rule.as_str() {
        "" => String::new(),
        rule => format!(" {rule}"),
    };
    let again = match complaint.more {
        0 => String::new(),
        1 => String::from(", and once more"),
        more => format!(", and {more} times more"),
    };
    let title = validator.title();
    let mut message = format!("{title}{rule}: {}{again}", complaint.message);
    let (mut at, mut page, mut traced) = (None, None, false);
    // Where in the file; where else it can be told.
    let mut place = format!("`{}`", file.name);
    match &complaint.at {
        Where::File => {}
        Where::Page(number) => {
            let index = (*number as usize).checked_sub(1);
            let pages = file.origins.map(|origins| &origins.pages);
            let known = pages.zip(index).and_then(|(pages, at)| pages.get(at));
            at = known.and_then(|(_, at)| *at);
            page = known.map(|(label, _)| label.clone());
            page = page.filter(|label| !label.is_empty());
            if page.is_none() {
                message.push_str(&format!(", on page {number}"));
                if file.at.is_none() {
                    message.push_str(&format!(" of {place}"));
                }
                place.clear();
            }
        }
        Where::Inner { path, spot } => {
            let found = (file.texts)(path);
            let whole = found.as_ref().map_or(path, |(path, _)| path);
            let whole = whole.trim_start_matches('/');
            place = format!("`{}/{whole}`", file.name);
            if let Spot::Line(line, _) = spot {
                place.push_str(&format!(", line {line}"));
            }
            let text = found.as_ref().map(|(_, text)| text);
            let here = text.and_then(|text| range(text, spot));
            let origin = file.origins.and_then(|origins| origins.texts.get(whole));
            at = origin.and_then(|origin| {
                let found = text.zip(here);
                found
                    .and_then(|(text, here)| home(origin, &text.text, here, sources))
                    .or(origin.at)
            });
            traced = at.is_some();
            let (start, end) = here.unwrap_or_default();
            at = at.or(text.map(|text| Span::new(text.id, start, end)));
        }
    }
    // A finding at the file itself still has to say where in it.
    let inner = matches!(complaint.at, Where::Inner { .. });
    if at.is_none() && (file.at.is_none() || inner) && !place.is_empty() {
        message.push_str(&format!(", in {place}"));
    }
    let mut found = Diagnostic::new(validator.code(), at.or(file.at), message);
    found.severity = complaint.severity;
    found.page = page;
    // What a rule says stands for what is to be done.
    if !complaint.hint.is_empty() {
        found = found.hint(complaint.hint.clone());
    }
    match traced {
        true => found.hint(format!("it is in {place}")),
        false => found,
    }
}

impl Origins {
    /// The place in the manuscript that a range of a text inside an EPUB comes from, as far as it is known.
    pub fn home(
        &self,
        path: &str,
        text: &str,
        range: (usize, usize),
        sources: &Sources,
    ) -> Option<Span> {
        let origin = self.texts.get(path)?;
        home(origin, text, range, sources).or(origin.at)
    }
}

/// The range of a text that is meant.
fn range(text: &SourceFile, spot: &Spot) -> Option<(usize, usize)> {
    match spot {
        Spot::Whole => None,
        Spot::Line(line, column) => Some(spot::line(&text.text, *line, *column)),
        Spot::Element(cfi) => spot::element(&text.text, cfi),
    }
}

/// The place in the manuscript that a range of an inner text comes from.
fn home(
    origin: &Origin,
    text: &str,
    (start, end): (usize, usize),
    sources: &Sources,
) -> Option<Span> {
    let mut before = spot::ids(text).take_while(|(at, _)| *at < end.max(start));
    let mut nearest = None;
    for (_, id) in before.by_ref() {
        nearest = origin.ids.get(id).copied().or(nearest);
    }
    let from = nearest.or(origin.at)?;
    let file = sources.get(from.file)?;
    // Up to the next part that has an id.
    let mut later = origin.ids.values();
    let to = later
        .by_ref()
        .filter(|span| span.file == from.file && span.start > from.end)
        .map(|span| span.start)
        .min();
    let rest = file.text.get(from.start as usize..)?;
    let near = to.and_then(|to| rest.get(..(to - from.start) as usize));
    let words = spot::words(text, start, WORDS);
    // Notes stand at the end of a document, wherever the manuscript has them: what is behind one there comes before it.
    let found = near
        .and_then(|near| spot::find(near, &words))
        .or_else(|| spot::find(rest, &words));
    Some(found.map_or(from, |(at, len)| {
        let start = from.start as usize + at;
        Span::new(from.file, start, start + len)
    }))
}

/// Whether a validator found errors.
pub fn errors(complaints: &[Complaint]) -> u32 {
    let errors = complaints
        .iter()
        .filter(|complaint| complaint.severity == Severity::Error);
    errors.count() as u32
}
