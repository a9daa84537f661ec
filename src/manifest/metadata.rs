//! What shops and libraries ask of a book.

use super::identifiers::{Identifiers, identifiers};
use super::people::{Contributor, contributors};
use super::series::{Series, series};
use super::subjects::{Subject, subjects};
use super::{chapters, titles, values};
use crate::diag::Sink;
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
    /// The title as sorted, if the author says so; [`Metadata::sorted_title`] works it out otherwise.
    pub title_sort: Option<String>,
    /// The title as spelt in other languages and scripts.
    pub title_scripts: Vec<(Lang, String)>,
    /// What the book is called for short.
    pub short_title: Option<String>,
    /// `Second edition, revised`.
    pub edition_statement: Option<String>,
    /// In the order given.
    pub contributors: Vec<Contributor>,
    /// The book's language.
    pub language: Lang,
    /// Those that it is written in besides, none twice.
    pub more_languages: Vec<Lang>,
    /// Words run from right to left; from the language unless given.
    pub rtl: bool,
    /// Lines run from top to bottom and follow each other from right to left, in the EPUB.
    pub vertical: bool,
    /// `2026-11-01`, `2026-11` or `2026`.
    pub date: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The copyright line.
    pub rights: Option<String>,
    /// A paragraph for the shops.
    pub description: Option<String>,
    /// Keywords, and entries of the lists that shops and libraries have.
    pub subjects: Vec<Subject>,
    /// The series it belongs to.
    pub series: Vec<Series>,
    /// ISBN and the like.
    pub identifiers: Identifiers,
    /// The cover's image file, relative to the book's folder.
    pub cover: Option<Spanned<String>>,
    /// What is to be seen on it, for those who cannot see it; the title says enough where nothing is said.
    pub cover_alt: Option<String>,
}

impl Metadata {
    /// The names of those with a role, in order: `aut` for the authors.
    pub fn names(&self, role: &str) -> impl Iterator<Item = &str> {
        self.contributors
            .iter()
            .filter(move |c| c.roles().any(|own| own == role))
            .map(|c| c.name.as_str())
    }

    /// The title as sorted, where that differs: as the author says, or without its leading article in languages that have
    /// one.
    pub fn sorted_title(&self) -> Option<String> {
        let sorted = match &self.title_sort {
            Some(sort) => sort.clone(),
            None => titles::sorted(&self.title, &self.language)?,
        };
        (sorted != self.title).then_some(sorted)
    }

    /// Whether pages follow each other from right to left.
    pub fn pages_run_left(&self) -> bool {
        self.rtl || self.vertical
    }
}

/// Where lines and pages run.
#[derive(Clone, Copy)]
enum Direction {
    Auto,
    Ltr,
    Rtl,
    Vertical,
}

const DIRECTIONS: &[(&str, Direction)] = &[
    ("ltr", Direction::Ltr),
    ("rtl", Direction::Rtl),
    ("vertical", Direction::Vertical),
    ("auto", Direction::Auto),
];

/// Reads what the book's keys say of it. Without a title, the book is called `fallback`.
pub(super) fn read(tree: &Node, fallback: &str, sink: &Sink) -> Metadata {
    let text = |key: &str| tree.get(key).and_then(|node| values::text(node, key, sink));
    let mut languages = tree
        .get("language")
        .map(|node| titles::languages(node, sink))
        .unwrap_or_default();
    let more_languages = languages.split_off(languages.len().min(1));
    let language = languages.pop().unwrap_or_default();
    let direction = tree
        .get("direction")
        .and_then(|node| values::word(node, "direction", DIRECTIONS, sink))
        .unwrap_or(Direction::Auto);
    let rtl = match direction {
        Direction::Rtl => true,
        Direction::Ltr | Direction::Vertical => false,
        Direction::Auto => language.is_rtl(),
    };
    let (cover, cover_alt) = cover(tree.get("cover"), sink);
    Metadata {
        title: text("title").unwrap_or_else(|| fallback.to_owned()),
        subtitle: text("subtitle"),
        title_sort: text("title-sort"),
        title_scripts: tree
            .get("title-scripts")
            .map(|node| titles::scripts(node, "title-scripts", sink))
            .unwrap_or_default(),
        short_title: text("short-title"),
        edition_statement: text("edition-statement"),
        contributors: tree
            .get("authors")
            .map(|node| contributors(node, sink))
            .unwrap_or_default(),
        language,
        more_languages,
        rtl,
        vertical: matches!(direction, Direction::Vertical),
        date: tree.get("date").and_then(|node| date(node, sink)),
        publisher: text("publisher"),
        rights: text("rights"),
        description: text("description"),
        subjects: tree
            .get("subjects")
            .map(|node| subjects(node, sink))
            .unwrap_or_default(),
        series: tree
            .get("series")
            .map(|node| series(node, sink))
            .unwrap_or_default(),
        identifiers: tree
            .get("identifiers")
            .map(|node| identifiers(node, sink))
            .unwrap_or_default(),
        cover,
        cover_alt,
    }
}

/// A picture's file, or `{file: …, alt: …}`.
fn cover(node: Option<&Node>, sink: &Sink) -> (Option<Spanned<String>>, Option<String>) {
    let Some(node) = node else {
        return (None, None);
    };
    let (file, alt) = match node.value {
        Value::Map(_) => {
            values::mapping(node, "cover", &["file", "alt"], sink);
            let alt = node.get("alt");
            (
                node.get("file"),
                alt.and_then(|node| values::text(node, "alt", sink)),
            )
        }
        _ => (Some(node), None),
    };
    let file = file.and_then(|node| {
        let file = values::spanned(node, "cover", sink)?;
        let value = chapters::clean(&file.value);
        Some(Spanned { value, ..file })
    });
    (file, alt)
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

/// The date of a day counted from 1970-01-01, in the proleptic Gregorian calendar: years are counted from March, so that
/// the leap day comes last (Howard Hinnant's method).
pub fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
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
