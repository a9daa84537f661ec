//! The numbers by which machines know a book: ISBN, ISSN, DOI, UUID.

use super::values;
use crate::diag::{Severity, Sink};
use crate::yaml::Node;

/// What names the book to machines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identifiers {
    /// Of the EPUB, as written.
    pub isbn_epub: Option<String>,
    /// Of the printed book, as written.
    pub isbn_print: Option<String>,
    /// A DOI without what stands before it: `10.1000/182`.
    pub doi: Option<String>,
    /// A UUID in lower case, without `urn:uuid:`; made from the book's own data if none is given.
    pub uuid: Option<String>,
}

/// An ISBN as shops and libraries exchange it: 13 digits without hyphens; one of 10 digits gets its 978 and a new check
/// digit. `None` if it has neither 10 nor 13 places.
pub fn isbn13(written: &str) -> Option<String> {
    let places = places(written)?;
    match places.len() {
        13 => Some(places.iter().map(|digit| digit.to_string()).collect()),
        10 => {
            let mut digits = vec![9, 7, 8];
            digits.extend_from_slice(&places[..9]);
            let check = (10 - ean_sum(&digits) % 10) % 10;
            digits.push(check);
            Some(digits.iter().map(|digit| digit.to_string()).collect())
        }
        _ => None,
    }
}

/// The digits of a number that hyphens and spaces may part; an X at the end of ten or eight stands for 10.
fn places(written: &str) -> Option<Vec<u32>> {
    let bare: Vec<char> = written
        .chars()
        .filter(|c| !matches!(c, '-' | ' ' | '\u{2010}' | '\u{2011}'))
        .collect();
    let last = bare.len().checked_sub(1)?;
    let place = |(at, c): (usize, &char)| match c {
        'X' | 'x' if at == last && matches!(last, 7 | 9) => Some(10),
        c => c.to_digit(10),
    };
    bare.iter().enumerate().map(place).collect()
}

/// ISO 2108: digits count 1 and 3 by turns.
fn ean_sum(digits: &[u32]) -> u32 {
    let weights = [1, 3].into_iter().cycle();
    weights
        .zip(digits)
        .map(|(weight, digit)| weight * digit)
        .sum()
}

/// ISO 2108 of old and ISO 3297: digits count by their places from the end, the last one 1, and the sum is a multiple of
/// 11.
fn is_right_by_eleven(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .zip(1..)
        .map(|(digit, weight)| digit * weight)
        .sum();
    sum.is_multiple_of(11)
}

/// `identifiers:`.
pub(super) fn identifiers(node: &Node, sink: &Sink) -> Identifiers {
    values::mapping(
        node,
        "identifiers",
        &["isbn-epub", "isbn-print", "doi", "uuid"],
        sink,
    );
    let isbn = |key: &str| node.get(key).and_then(|node| isbn(node, key, sink));
    let found = Identifiers {
        isbn_epub: isbn("isbn-epub"),
        isbn_print: isbn("isbn-print"),
        doi: node.get("doi").and_then(|node| doi(node, sink)),
        uuid: node.get("uuid").and_then(|node| uuid(node, sink)),
    };
    let normal = |isbn: &Option<String>| isbn.as_deref().and_then(isbn13);
    if found.isbn_epub.is_some() && normal(&found.isbn_epub) == normal(&found.isbn_print) {
        let message = "the EPUB has the ISBN of the printed book";
        let hint = "give each form of the book a number of its own, or leave `isbn-epub` out";
        let at = node.get("isbn-epub").and_then(|node| node.at);
        doubt(at, message, hint, sink);
    }
    found
}

/// A number may be a stand-in, so a wrong one is only a warning.
fn doubt(at: Option<crate::source::Span>, message: impl Into<String>, hint: &str, sink: &Sink) {
    let mut found = values::invalid(at, message, hint);
    found.severity = Severity::Warning;
    sink.push(found);
}

/// An ISBN of 10 or 13 digits, as written.
fn isbn(node: &Node, name: &str, sink: &Sink) -> Option<String> {
    let written = values::text(node, name, sink)?;
    let right = places(&written).and_then(|digits| match digits.len() {
        10 => Some(is_right_by_eleven(&digits)),
        13 => Some(ean_sum(&digits).is_multiple_of(10)),
        _ => None,
    });
    let Some(right) = right else {
        let message = format!("`{written}` is not an ISBN");
        let hint = "an ISBN has 13 digits (or 10), which hyphens may part";
        sink.push(values::invalid(node.at, message, hint));
        return None;
    };
    if !right {
        let message = format!("the check digit of the ISBN `{written}` is wrong");
        doubt(
            node.at,
            message,
            "compare it with the number you were given",
            sink,
        );
    }
    Some(written)
}

/// An ISSN, as `1234-5679`.
pub(super) fn issn(node: &Node, sink: &Sink) -> Option<String> {
    let written = values::text(node, "issn", sink)?;
    let Some(digits) = places(&written).filter(|digits| digits.len() == 8) else {
        let message = format!("`{written}` is not an ISSN");
        let hint = "an ISSN has eight places in two groups, such as `0317-8471`";
        sink.push(values::invalid(node.at, message, hint));
        return None;
    };
    if !is_right_by_eleven(&digits) {
        let message = format!("the check digit of the ISSN `{written}` is wrong");
        doubt(
            node.at,
            message,
            "compare it with the number you were given",
            sink,
        );
    }
    let shown = |digit: &u32| match digit {
        10 => 'X',
        digit => char::from_digit(*digit, 10).unwrap_or('0'),
    };
    let (first, second) = digits.split_at(4);
    let group = |digits: &[u32]| digits.iter().map(shown).collect::<String>();
    Some(format!("{}-{}", group(first), group(second)))
}

fn doi(node: &Node, sink: &Sink) -> Option<String> {
    let written = values::text(node, "doi", sink)?;
    let prefixes = [
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "doi:",
    ];
    let bare = prefixes
        .iter()
        .find_map(|prefix| written.strip_prefix(prefix))
        .unwrap_or(&written)
        .trim();
    let is_doi = bare.starts_with("10.")
        && bare
            .split_once('/')
            .is_some_and(|(_, rest)| !rest.is_empty())
        && !bare.contains(char::is_whitespace);
    if !is_doi {
        let message = format!("`{written}` is not a DOI");
        let hint = "write it from its `10.` on, such as `10.1000/182`";
        sink.push(values::invalid(node.at, message, hint));
        return None;
    }
    Some(bare.to_owned())
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
    fn an_isbn_of_ten_places_becomes_one_of_thirteen() {
        for (written, thirteen) in [
            ("0-306-40615-2", Some("9780306406157")),
            ("0-8044-2957-X", Some("9780804429573")),
            ("978-0-306-40615-7", Some("9780306406157")),
            ("979\u{2011}10\u{2010}90636 07-1", Some("9791090636071")),
            ("978-0-306-40615", None),
            ("X", None),
            ("", None),
        ] {
            assert_eq!(isbn13(written).as_deref(), thirteen, "{written}");
        }
    }
}
