//! Lines for people.
//!
//! ```text
//! out/salt.pdf: 431 → 432 pages; 3 changed, 1 added
//!   p. 12   line 4   … upon the [-sea-]{+ocean+} and there …
//!           lines 4–9 broken anew
//!   p. 13   begins 2 lines later, with “and so the captain said” (was “the ship went down to”)
//! + p. 14   added
//!   title   “The Salt Road” → “The Salt Roads”
//! ```

use super::{Compared, Report, called, counted};
use crate::diff::changes::{Changes, Fact, Kind, Look, Moved, PartChange, TextChange};
use crate::diff::words::shortened;

/// Of a changed stretch, so many words are shown.
const SHOWN: usize = 12;

/// Changes of text on one page, and facts of one kind, that are shown.
const MOST: usize = 8;

/// Colours, or none.
struct Pen {
    color: bool,
}

impl Pen {
    fn paint(&self, text: &str, code: &str) -> String {
        match self.color && !text.is_empty() {
            true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            false => text.to_owned(),
        }
    }

    /// What is gone.
    fn gone(&self, text: &str) -> String {
        match self.color {
            true => self.paint(text, "31;9"),
            false => format!("[-{text}-]"),
        }
    }

    /// What has come.
    fn come(&self, text: &str) -> String {
        match self.color {
            true => self.paint(text, "32"),
            false => format!("{{+{text}+}}"),
        }
    }

    fn bold(&self, text: &str) -> String {
        self.paint(text, "1")
    }

    fn faint(&self, text: &str) -> String {
        self.paint(text, "2")
    }
}

/// As a list.
pub fn list(report: &Report<'_>, color: bool) -> String {
    let pen = Pen { color };
    let mut out = String::new();
    for pair in report.pairs {
        compared(pair, &pen, &mut out);
    }
    for (name, is_new) in report.single {
        let side = if *is_new { "new" } else { "old" };
        let line = format!("{}: only on the {side} side\n", pen.bold(&tame(name)));
        out.push_str(&line);
    }
    out
}

/// Without anything that a terminal obeys.
fn tame(text: &str) -> String {
    crate::diag::render::tame(text)
}

fn compared(pair: &Compared, pen: &Pen, out: &mut String) {
    let changes = &pair.changes;
    let name = match pair.old == pair.new {
        true => tame(&pair.new),
        false => format!("{} → {}", tame(&pair.old), tame(&pair.new)),
    };
    out.push_str(&format!("{}: {}\n", pen.bold(&name), summary(changes)));
    let names = changes.parts.iter().map(|part| title(changes, part));
    let names: Vec<String> = names.map(|name| tame(&name)).collect();
    let facts: Vec<_> = changes.facts.iter().collect();
    let widths = names.iter().map(|name| name.chars().count());
    let about = facts.iter().map(|fact| fact.about.name().len());
    // Long names of documents do not push all others aside.
    let width = widths.chain(about).max().unwrap_or(0).min(24);
    for (part, name) in changes.parts.iter().zip(&names) {
        let sign = match (part.old, part.new) {
            (None, _) => pen.paint("+", "32"),
            (_, None) => pen.paint("-", "31"),
            _ => String::from(" "),
        };
        let mut lines = lines(changes, part, pen);
        if lines.is_empty() {
            lines.push(String::from("changed"));
        }
        for (at, line) in lines.iter().enumerate() {
            let (sign, name) = match at {
                0 => (sign.as_str(), name.as_str()),
                _ => (" ", ""),
            };
            out.push_str(&format!(
                "{sign} {}  {line}\n",
                pen.bold(&format!("{name:width$}"))
            ));
        }
    }
    let mut last = None;
    let mut shown = 0;
    for (at, fact) in facts.iter().enumerate() {
        if last == Some(fact.about) {
            shown += 1;
        } else {
            (last, shown) = (Some(fact.about), 0);
        }
        let of_kind = facts[at..]
            .iter()
            .take_while(|other| other.about == fact.about)
            .count();
        let line = match shown {
            0..MOST => fact_line(changes, fact, pen),
            MOST => format!("and {} more", of_kind),
            _ => continue,
        };
        let name = format!("{:width$}", if shown == 0 { fact.about.name() } else { "" });
        out.push_str(&format!("  {}  {line}\n", pen.faint(&name)));
    }
}

/// `431 → 432 pages; 3 changed, 1 added`.
fn summary(changes: &Changes) -> String {
    let unit = changes.kind.unit();
    let (old, new) = (changes.names.0.len(), changes.names.1.len());
    let pages = match old == new {
        true => counted(new, unit),
        false => format!("{old} → {}", counted(new, unit)),
    };
    if changes.is_empty() {
        return format!("{pages}, no change");
    }
    let (changed, added, removed) = changes.counts();
    let texts = changes.texts.len();
    let parts = [(changed, "changed"), (added, "added"), (removed, "removed")];
    let mut parts: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    if texts > 0 {
        parts.push(counted(texts, "change") + " of text");
    }
    if parts.is_empty() {
        parts.push(format!("no {unit} changed"));
    }
    format!("{pages}; {}", parts.join(", "))
}

/// What a page or a document is called, in both copies where it has two names.
pub(super) fn title(changes: &Changes, part: &PartChange) -> String {
    let old = part.old.map(|old| called(&changes.names.0, old));
    let new = part.new.map(|new| called(&changes.names.1, new));
    let name = match (old, new) {
        (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
        (old, new) => new.or(old).unwrap_or_default(),
    };
    match changes.kind {
        Kind::Pdf => format!("p. {name}"),
        Kind::Epub => name,
    }
}

fn lines(changes: &Changes, part: &PartChange, pen: &Pen) -> Vec<String> {
    let texts = part
        .texts
        .iter()
        .filter_map(|number| changes.texts.get(*number));
    let mut out = Vec::new();
    match (part.old, part.new) {
        (None, _) => out.push(String::from("added")),
        (_, None) => out.push(String::from("removed")),
        _ => {
            out.extend(texts.take(MOST).map(|text| text_line(changes, text, pen)));
            if let Some(more @ 1..) = part.texts.len().checked_sub(MOST) {
                out.push(format!("and {} of text", counted(more, "more change")));
            }
        }
    }
    out.extend(notes(part).into_iter().map(|line| tame(&line)));
    out
}

fn text_line(changes: &Changes, text: &TextChange, pen: &Pen) -> String {
    let place = match (changes.kind, text.is.line) {
        (_, 0) => String::new(),
        (Kind::Pdf, line) => format!("line {line}: "),
        (Kind::Epub, line) => format!("paragraph {line}: "),
    };
    let mut line = pen.faint(&place);
    let before = tame(&text.around.0);
    let mut words: Vec<String> = Vec::new();
    words.extend(Some(before).filter(|text| !text.is_empty()));
    let cut = |text: &str| tame(&shortened(text, SHOWN));
    if !text.old.is_empty() {
        words.push(pen.gone(&cut(&text.old)));
    }
    if !text.new.is_empty() {
        words.push(pen.come(&cut(&text.new)));
    }
    words.extend(Some(tame(&text.around.1)).filter(|text| !text.is_empty()));
    line.push_str(&words.join(" "));
    line
}

/// What is different on a page beside its words, a line each.
pub(super) fn notes(part: &PartChange) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(begins) = &part.begins {
        out.push(moved("begins", begins));
    }
    if let (None, Some(ends)) = (&part.begins, &part.ends) {
        out.push(moved("ends", ends));
    }
    if !part.lines.is_empty() {
        out.push(format!("{} broken elsewhere", stretches(&part.lines)));
    }
    for look in &part.looks {
        out.push(match look {
            Look::Markup => String::from("other markup"),
            Look::Size => String::from("another size"),
            Look::Setting(lines) => format!("{} set otherwise", stretches(lines)),
            Look::Pictures => String::from("other pictures"),
            Look::Drawings => String::from("other rules or drawings"),
            Look::Heads(old, new) => format!("another running head: “{old}” → “{new}”"),
        });
    }
    out
}

/// `begins 2 lines later, with “…” (was “…”)`.
fn moved(what: &str, moved: &Moved) -> String {
    let by = match moved.lines {
        0 => String::from("elsewhere"),
        lines => {
            let far = counted(lines.unsigned_abs() as usize, "line");
            let way = if lines > 0 { "later" } else { "earlier" };
            format!("{far} {way}")
        }
    };
    format!("{what} {by}, with “{}” (was “{}”)", moved.is, moved.was)
}

/// `line 4`, `lines 4–9, 12`.
fn stretches(lines: &[usize]) -> String {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for line in lines {
        match out.last_mut() {
            Some(last) if last.1 + 1 == *line => last.1 = *line,
            _ => out.push((*line, *line)),
        }
    }
    let texts = out.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}\u{2013}{last}"),
    });
    let texts: Vec<_> = texts.collect();
    let word = if lines.len() == 1 { "line" } else { "lines" };
    format!("{word} {}", texts.join(", "))
}

fn fact_line(changes: &Changes, fact: &Fact, pen: &Pen) -> String {
    let cut = |text: &str| tame(&shortened(text, 2 * SHOWN));
    let page = |names: &[String], place: Option<usize>| match (changes.kind, place) {
        (_, None) => String::new(),
        (Kind::Pdf, Some(place)) => format!(" (p. {})", called(names, place)),
        (Kind::Epub, Some(place)) => format!(" ({})", called(names, place)),
    };
    let at = match fact.places.1 {
        Some(place) => page(&changes.names.1, Some(place)),
        None => page(&changes.names.0, fact.places.0),
    };
    let values = match (&fact.old, &fact.new) {
        (Some(old), Some(new)) => format!("{} {}", pen.gone(&cut(old)), pen.come(&cut(new))),
        (Some(old), None) => pen.gone(&cut(old)),
        (None, Some(new)) => pen.come(&cut(new)),
        (None, None) => String::new(),
    };
    format!("{}: {values}{}", cut(&fact.name), pen.faint(&tame(&at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_in_stretches() {
        assert_eq!(stretches(&[4]), "line 4");
        assert_eq!(stretches(&[4, 5, 6, 9]), "lines 4\u{2013}6, 9");
    }
}
