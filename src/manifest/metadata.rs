//! What shops and libraries ask of a book.

use super::{chapters, people, schema, values};
use crate::diag::{Severity, Sink};
use crate::model::Lang;
use crate::source::Spanned;
use crate::yaml::{Node, Value};

/// What is said of the book, by the author, once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title; the folder's or file's name, made readable, if none was given.
    pub title: String,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// In the order given.
    pub contributors: Vec<Contributor>,
    /// The book's language.
    pub language: Lang,
    /// Right to left; from the language unless given.
    pub rtl: bool,
    /// `2026-11-01`, `2026-11` or `2026`.
    pub date: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The copyright line.
    pub rights: Option<String>,
    /// A paragraph for the shops.
    pub description: Option<String>,
    /// Keywords.
    pub subjects: Vec<String>,
    /// The series it belongs to.
    pub series: Option<Series>,
    /// ISBN and the like.
    pub identifiers: Identifiers,
    /// The cover's image file, relative to the book's folder.
    pub cover: Option<Spanned<String>>,
}

impl Metadata {
    /// The names of those with a role, in order: `aut` for the authors.
    pub fn names(&self, role: &str) -> impl Iterator<Item = &str> {
        self.contributors
            .iter()
            .filter(move |c| c.role == role)
            .map(|c| c.name.as_str())
    }
}

/// Someone who made the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contributor {
    /// As printed.
    pub name: String,
    /// A MARC relator code: `aut`, `edt`, `trl`, `ill`, …
    pub role: String,
    /// As sorted: `Berg, Jo`.
    pub sort: Option<String>,
}

/// A series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The book's place in it, as written.
    pub position: Option<String>,
}

/// What names the book to machines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identifiers {
    /// Of the EPUB.
    pub isbn_epub: Option<String>,
    /// Of the printed book.
    pub isbn_print: Option<String>,
    /// A DOI.
    pub doi: Option<String>,
    /// A UUID; made from the book's own data if none is given.
    pub uuid: Option<String>,
}

/// Reads what the book's keys say of it. Without a title, the book is called `fallback`.
pub(super) fn read(tree: &Node, fallback: &str, sink: &Sink) -> Metadata {
    let text = |key: &str| tree.get(key).and_then(|node| values::text(node, key, sink));
    let language = tree
        .get("language")
        .and_then(|node| schema::language(node, sink))
        .unwrap_or_default();
    let directions = [("ltr", Some(false)), ("rtl", Some(true)), ("auto", None)];
    let rtl = tree
        .get("direction")
        .and_then(|node| values::word(node, "direction", &directions, sink))
        .flatten()
        .unwrap_or_else(|| language.is_rtl());
    Metadata {
        title: text("title").unwrap_or_else(|| fallback.to_owned()),
        subtitle: text("subtitle"),
        contributors: tree
            .get("authors")
            .map(|node| people::contributors(node, sink))
            .unwrap_or_default(),
        language,
        rtl,
        date: tree.get("date").and_then(|node| date(node, sink)),
        publisher: text("publisher"),
        rights: text("rights"),
        description: text("description"),
        subjects: tree
            .get("subjects")
            .map(|node| values::texts(node, "subjects", sink))
            .unwrap_or_default()
            .into_iter()
            .map(|subject| subject.value)
            .collect(),
        series: tree.get("series").and_then(|node| series(node, sink)),
        identifiers: tree
            .get("identifiers")
            .map(|node| identifiers(node, sink))
            .unwrap_or_default(),
        cover: tree.get("cover").and_then(|node| {
            let cover = values::spanned(node, "cover", sink)?;
            let value = chapters::clean(&cover.value);
            Some(Spanned { value, ..cover })
        }),
    }
}

/// `2026-11-01`, `2026-11` or `2026`.
fn date(node: &Node, sink: &Sink) -> Option<String> {
    let written = values::text(node, "date", sink)?;
    if days_of(&written).is_none() {
        let message = format!("`{written}` is not a date");
        let hint = "write it as `2026-11-01`, `2026-11` or `2026`";
        sink.push(values::invalid(node.at, message, hint));
        return None;
    }
    Some(written)
}

/// Days from 1970-01-01 to a date as a book may write it; to its first day where it is a month or a year. `None` if it
/// is no date.
pub fn days_of(date: &str) -> Option<i64> {
    let mut parts = date.split('-');
    let mut next = |digits: usize| match parts.next() {
        None => Some(1),
        Some(part) if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) => {
            part.parse::<i64>().ok()
        }
        Some(_) => None,
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if parts.next().is_some() || !(1..=longest).contains(&day) {
        return None;
    }
    // Years from March make the leap day the last of its year; 719 468 days lie between 0000-03-01 and 1970-01-01.
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(days + day_of_year - 719_468)
}

fn series(node: &Node, sink: &Sink) -> Option<Series> {
    if let Value::Text(name) = &node.value {
        return Some(Series {
            name: name.trim().to_owned(),
            position: None,
        });
    }
    if !values::mapping(node, "series", &["name", "position"], sink) || node.is_null() {
        return None;
    }
    let position = node
        .get("position")
        .and_then(|node| values::text(node, "position", sink));
    let Some(name) = node.get("name") else {
        let wrong = "the series has no name";
        sink.push(values::invalid(node.at, wrong, "add `name: …`"));
        return None;
    };
    Some(Series {
        name: values::text(name, "name", sink)?,
        position,
    })
}

fn identifiers(node: &Node, sink: &Sink) -> Identifiers {
    values::mapping(
        node,
        "identifiers",
        &["isbn-epub", "isbn-print", "doi", "uuid"],
        sink,
    );
    let text = |key: &str| node.get(key).and_then(|node| values::text(node, key, sink));
    let isbn = |key: &str| node.get(key).and_then(|node| isbn(node, key, sink));
    Identifiers {
        isbn_epub: isbn("isbn-epub"),
        isbn_print: isbn("isbn-print"),
        doi: text("doi").map(|doi| {
            let prefixes = ["https://doi.org/", "doi:"];
            let bare = prefixes.iter().find_map(|prefix| doi.strip_prefix(prefix));
            bare.unwrap_or(&doi).to_owned()
        }),
        uuid: node.get("uuid").and_then(|node| uuid(node, sink)),
    }
}

/// An ISBN of 10 or 13 digits, as written. A wrong check digit is only a warning: the number may be a stand-in.
fn isbn(node: &Node, name: &str, sink: &Sink) -> Option<String> {
    let written = values::text(node, name, sink)?;
    let digits: Vec<u32> = written
        .chars()
        .filter(|c| !matches!(c, '-' | ' ' | '\u{2010}' | '\u{2011}'))
        .enumerate()
        .map(|(at, c)| match c {
            'X' | 'x' if at == 9 => Some(10),
            c => c.to_digit(10),
        })
        .collect::<Option<_>>()
        .unwrap_or_default();
    let sum: u32 = match digits.len() {
        10 => {
            (1..=10)
                .rev()
                .zip(&digits)
                .map(|(weight, digit)| weight * digit)
                .sum::<u32>()
                % 11
        }
        13 => {
            [1, 3]
                .iter()
                .cycle()
                .zip(&digits)
                .map(|(weight, digit)| weight * digit)
                .sum::<u32>()
                % 10
        }
        _ => {
            let message = format!("`{written}` is not an ISBN");
            let hint = "an ISBN has 13 digits (or 10), which hyphens may part";
            sink.push(values::invalid(node.at, message, hint));
            return None;
        }
    };
    if sum != 0 {
        let message = format!("the check digit of the ISBN `{written}` is wrong");
        let mut found = values::invalid(
            node.at,
            message,
            "compare it with the number you were given",
        );
        found.severity = Severity::Warning;
        sink.push(found);
    }
    Some(written)
}

fn uuid(node: &Node, sink: &Sink) -> Option<String> {
    let written = values::text(node, "uuid", sink)?;
    let bare = written.strip_prefix("urn:uuid:").unwrap_or(&written);
    let groups = bare.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    if groups && bare.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit()) {
        return Some(bare.to_ascii_lowercase());
    }
    let message = format!("`{written}` is not a UUID");
    let hint = "write 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12; or leave it out, and recto makes one";
    sink.push(values::invalid(node.at, message, hint));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        for (date, days) in [
            ("1970-01-01", Some(0)),
            ("2000-03-01", Some(11_017)),
            ("1851-10-18", Some(-43_174)),
            ("2024-02-29", Some(19_782)),
            ("2026", Some(20_454)),
            ("2026-11", Some(20_758)),
            ("2025-02-29", None),
            ("2025-13", None),
            ("1 May 2025", None),
            ("2025-1-1", None),
        ] {
            assert_eq!(days_of(date), days, "{date}");
        }
    }
}
