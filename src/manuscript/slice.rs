//! Which lines of a file an include takes: `:10:20`, `:10`, `:10:`, `::20`, `:anchor`.
//!
//! In: what stands after the path, and the file's text. Out: ranges of bytes, whole lines each.

use std::ops::Range;

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// Lines counted from 1, both ends included; the last is open if `None`.
    Lines(usize, Option<usize>),
    /// Between `ANCHOR: name` and `ANCHOR_END: name`.
    Anchor(String),
}

/// Splits `code.rs:10:20` into its path and its part; `None` if the part is malformed.
pub(super) fn split(spec: &str) -> Option<(&str, Part)> {
    let Some((path, part)) = spec.split_once(':') else {
        return Some((spec, Part::Whole));
    };
    let mut numbers = part.split(':').map(str::trim);
    let first = numbers.next().unwrap_or_default();
    let second = numbers.next();
    // mdBook takes `a:1:2:` as well.
    if numbers.any(|more| !more.is_empty()) {
        return None;
    }
    let count = |text: &str| text.parse::<usize>().ok().filter(|n| *n > 0);
    let part = match (first, second) {
        ("", None | Some("")) => Part::Whole,
        ("", Some(to)) => Part::Lines(1, Some(count(to)?)),
        (from, None) => match count(from) {
            Some(line) => Part::Lines(line, Some(line)),
            None if from.bytes().all(|b| b.is_ascii_digit()) => return None,
            None => Part::Anchor(from.to_owned()),
        },
        (from, Some("")) => Part::Lines(count(from)?, None),
        (from, Some(to)) => Part::Lines(count(from)?, Some(count(to)?)),
    };
    Some((path, part))
}

/// The bytes of a part of a text, or what is missing.
pub(super) fn take(text: &str, part: &Part) -> Result<Vec<Range<usize>>, String> {
    match part {
        Part::Whole => Ok(std::iter::once(0..text.len()).collect()),
        Part::Lines(from, to) => lines(text, *from, *to),
        Part::Anchor(name) => anchored(text, name),
    }
}

/// Each line's bytes, its end included.
fn each_line(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end;
        range
    })
}

fn lines(text: &str, from: usize, to: Option<usize>) -> Result<Vec<Range<usize>>, String> {
    let count = to.map_or(usize::MAX, |to| (to + 1).saturating_sub(from));
    let mut taken = each_line(text).skip(from - 1).take(count);
    match taken.next() {
        Some(first) => {
            let end = taken.last().map_or(first.end, |last| last.end);
            Ok(std::iter::once(first.start..end).collect())
        }
        None => Err(format!(
            "no lines {from} to {}: it has {}",
            to.map_or("the end".to_owned(), |to| to.to_string()),
            each_line(text).count()
        )),
    }
}

/// The lines between an anchor's marks, without the marks of other anchors among them.
fn anchored(text: &str, name: &str) -> Result<Vec<Range<usize>>, String> {
    let mut taken: Vec<Range<usize>> = Vec::new();
    let (mut found, mut inside) = (false, false);
    for range in each_line(text) {
        let line = &text[range.clone()];
        if let Some(end) = mark(line, "ANCHOR_END:") {
            inside &= end != name;
        } else if let Some(start) = mark(line, "ANCHOR:") {
            let ours = start == name;
            found |= ours;
            inside |= ours;
        } else if inside {
            match taken.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ => taken.push(range),
            }
        }
    }
    if found {
        Ok(taken)
    } else {
        Err(format!("no anchor `{name}`"))
    }
}

/// The name behind an anchor's mark.
fn mark<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let rest = line[line.find(word)? + word.len()..].trim_start();
    let end = rest
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
        .unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read() {
        for (spec, part) in [
            ("a.rs", Some(Part::Whole)),
            ("a.rs:2:3", Some(Part::Lines(2, Some(3)))),
            ("a.rs:2", Some(Part::Lines(2, Some(2)))),
            ("a.rs:2:", Some(Part::Lines(2, None))),
            ("a.rs::3", Some(Part::Lines(1, Some(3)))),
            ("a.rs:main", Some(Part::Anchor("main".to_owned()))),
            ("a.rs:0", None),
            ("a.rs:2:x", None),
        ] {
            assert_eq!(split(spec), part.map(|p| ("a.rs", p)), "{spec}");
        }
    }

    #[test]
    fn parts_are_taken() {
        let text = "1\n// ANCHOR: a\n3\n// ANCHOR: b\n5\n// ANCHOR_END: a\n7\n";
        let text_of = |spec: &str| {
            let (_, part) = split(spec).unwrap();
            take(text, &part).map(|ranges| ranges.into_iter().map(|r| &text[r]).collect::<String>())
        };
        assert_eq!(text_of("f:a").unwrap(), "3\n5\n");
        assert_eq!(text_of("f:1:1").unwrap(), "1\n");
        assert_eq!(text_of("f:7:99").unwrap(), "7\n");
        assert_eq!(text_of("f:9").unwrap_err(), "no lines 9 to 9: it has 7");
        assert_eq!(text_of("f:c").unwrap_err(), "no anchor `c`");
        assert_eq!(text_of("f:5:2").unwrap_err(), "no lines 5 to 2: it has 7");
    }
}
