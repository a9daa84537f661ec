//! A document for programs, as `diff.schema.json` describes it: one change on each line.

use serde::Serialize;

use super::{Compared, Report};
use crate::diff::changes::{Changes, Fact, Look, Moved, PartChange, Place, TextChange};

/// The JSON Schema of what is written here. Its version goes up when a program that reads it would have to change.
pub const SCHEMA: &str = include_str!("diff.schema.json");

/// The version in it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Summary {
    changed: usize,
    added: usize,
    removed: usize,
    texts: usize,
    facts: usize,
    files: usize,
    exit: u8,
}

/// A page or a document in a copy.
#[derive(Serialize)]
struct Part<'a> {
    number: usize,
    name: &'a str,
}

#[derive(Serialize)]
struct PartLine<'a> {
    change: &'static str,
    old: Option<Part<'a>>,
    new: Option<Part<'a>>,
    texts: &'a [usize],
    lines: &'a [usize],
    begins: Option<MovedLine<'a>>,
    ends: Option<MovedLine<'a>>,
    looks: Vec<&'static str>,
}

#[derive(Serialize)]
struct MovedLine<'a> {
    was: &'a str,
    is: &'a str,
    lines: i64,
}

#[derive(Serialize)]
struct TextLine<'a> {
    old: &'a str,
    new: &'a str,
    old_words: u32,
    new_words: u32,
    before: &'a str,
    after: &'a str,
    was: Spot<'a>,
    is: Spot<'a>,
}

#[derive(Serialize)]
struct Spot<'a> {
    number: usize,
    name: &'a str,
    line: usize,
}

#[derive(Serialize)]
struct FactLine<'a> {
    about: &'static str,
    name: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
    was: Option<Part<'a>>,
    is: Option<Part<'a>>,
}

#[derive(Serialize)]
struct Single<'a> {
    path: &'a str,
    side: &'static str,
}

/// The document: an object.
pub fn json(report: &Report<'_>) -> String {
    let tool = Tool {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
    };
    let pairs = report.pairs.iter().map(|pair| indented(&compared(pair), 4));
    let single = report.single.iter().map(|(path, is_new)| {
        let side = if *is_new { "new" } else { "old" };
        compact(&Single { path, side })
    });
    let single: Vec<String> = single.collect();
    let all = || report.pairs.iter().map(|pair| &pair.changes);
    let sum = |of: fn(&Changes) -> usize| all().map(of).sum();
    let summary = Summary {
        changed: sum(|changes| changes.counts().0),
        added: sum(|changes| changes.counts().1),
        removed: sum(|changes| changes.counts().2),
        texts: sum(|changes| changes.texts.len()),
        facts: sum(|changes| changes.facts.len()),
        files: report.single.len(),
        exit: u8::from(!report.is_empty()),
    };
    format!(
        "{{\n  \"version\": {VERSION},\n  \"tool\": {},\n  \"files\": [{}],\n  \"single\": {},\n  \"summary\": {}\n}}\n",
        compact(&tool),
        pairs.collect::<Vec<_>>().join(","),
        array(single, 2),
        compact(&summary)
    )
}

fn compared(pair: &Compared) -> String {
    let changes = &pair.changes;
    let lines = |lines: Vec<String>| array(lines, 2);
    let parts = changes
        .parts
        .iter()
        .map(|part| compact(&part_line(changes, part)));
    let texts = changes
        .texts
        .iter()
        .map(|text| compact(&text_line(changes, text)));
    let facts = changes
        .facts
        .iter()
        .map(|fact| compact(&fact_line(changes, fact)));
    format!(
        "{{\n  \"old\": {},\n  \"new\": {},\n  \"kind\": {},\n  \"old_count\": {},\n  \"new_count\": {},\n  \"parts\": {},\n  \"texts\": {},\n  \"facts\": {}\n}}",
        compact(&pair.old),
        compact(&pair.new),
        compact(&changes.kind.name()),
        changes.names.0.len(),
        changes.names.1.len(),
        lines(parts.collect()),
        lines(texts.collect()),
        lines(facts.collect()),
    )
}

/// Values on a line each.
fn array(lines: Vec<String>, indent: usize) -> String {
    if lines.is_empty() {
        return String::from("[]");
    }
    let space = " ".repeat(indent);
    format!(
        "[\n{space}  {}\n{space}]",
        lines.join(&format!(",\n{space}  "))
    )
}

/// A text of lines, farther to the right.
fn indented(text: &str, by: usize) -> String {
    let space = " ".repeat(by);
    let lines = text.lines().map(|line| format!("\n{space}{line}"));
    lines.collect()
}

fn part<'a>(names: &'a [String], number: Option<usize>) -> Option<Part<'a>> {
    let number = number?;
    Some(Part {
        number: number + 1,
        name: names.get(number).map_or("", String::as_str),
    })
}

fn moved(moved: &Moved) -> MovedLine<'_> {
    MovedLine {
        was: &moved.was,
        is: &moved.is,
        lines: moved.lines,
    }
}

fn part_line<'a>(changes: &'a Changes, of: &'a PartChange) -> PartLine<'a> {
    let look = |look: &Look| match look {
        Look::Size => "size",
        Look::Setting(_) => "setting",
        Look::Pictures => "pictures",
        Look::Drawings => "drawings",
        Look::Heads(..) => "heads",
        Look::Markup => "markup",
    };
    PartLine {
        change: match (of.old, of.new) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        },
        old: part(&changes.names.0, of.old),
        new: part(&changes.names.1, of.new),
        texts: &of.texts,
        lines: &of.lines,
        begins: of.begins.as_ref().map(moved),
        ends: of.ends.as_ref().map(moved),
        looks: of.looks.iter().map(look).collect(),
    }
}

fn spot<'a>(names: &'a [String], place: Place) -> Spot<'a> {
    Spot {
        number: place.part + 1,
        name: names.get(place.part).map_or("", String::as_str),
        line: place.line,
    }
}

fn text_line<'a>(changes: &'a Changes, text: &'a TextChange) -> TextLine<'a> {
    TextLine {
        old: &text.old,
        new: &text.new,
        old_words: text.words.0,
        new_words: text.words.1,
        before: &text.around.0,
        after: &text.around.1,
        was: spot(&changes.names.0, text.was),
        is: spot(&changes.names.1, text.is),
    }
}

fn fact_line<'a>(changes: &'a Changes, fact: &'a Fact) -> FactLine<'a> {
    FactLine {
        about: fact.about.name(),
        name: &fact.name,
        old: fact.old.as_deref(),
        new: fact.new.as_deref(),
        was: part(&changes.names.0, fact.places.0),
        is: part(&changes.names.1, fact.places.1),
    }
}

/// On one line. Text and numbers are always JSON.
fn compact(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
