//! What a PDF says of itself: its metadata, its outline, its page labels.

use std::collections::BTreeMap;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Dict, Name, Stream};

use super::Page;
use super::links::{Aim, aim};
use super::objects::{Destinations, catalogue, decoded, numbers, text_of};
use crate::diff::xmp;
use crate::numeral::{doubled, roman};

/// Entries of an outline that are looked at.
const MOST_ENTRIES: usize = 100_000;

/// How deep an outline is.
const DEEPEST: usize = 64;

/// What a file says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// By name: `title`, `author`, `language` and so on.
    pub metadata: BTreeMap<String, String>,
    /// The outline, in order.
    pub outline: Vec<Entry>,
    /// Stretches of page labels: `i–xii, 1–431`.
    pub labels: String,
}

/// An entry of an outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// From 0.
    pub depth: usize,
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub aim: Aim,
}

/// Reads it.
pub fn read(pdf: &Pdf, pages: &[Page]) -> Record {
    Record {
        metadata: metadata(pdf),
        outline: outline(pdf, pages),
        labels: stretches(pages),
    }
}

fn metadata(pdf: &Pdf) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let root = catalogue(pdf);
    let info = pdf.metadata();
    let texts = [
        ("title", &info.title),
        ("author", &info.author),
        ("subject", &info.subject),
        ("keywords", &info.keywords),
        ("creator", &info.creator),
        ("producer", &info.producer),
    ];
    for (name, text) in texts {
        let text = text.as_ref().map(|text| decoded(text));
        found.extend(text.map(|text| (name.to_owned(), text)));
    }
    let dates = [
        ("created", info.creation_date),
        ("modified", info.modification_date),
    ];
    for (name, date) in dates {
        let text = date.map(|date| {
            format!(
                "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
                date.year, date.month, date.day, date.hour, date.minute, date.second
            )
        });
        found.extend(text.map(|text| (name.to_owned(), text)));
    }
    let version = format!("{:?}", pdf.version());
    let version = version.trim_start_matches("Pdf");
    if let (Some(whole), Some(part)) = (version.get(..1), version.get(1..)) {
        found.insert(String::from("PDF version"), format!("{whole}.{part}"));
    }
    let Some(root) = root else {
        return found;
    };
    let language = root.get("Lang").map(|text| text_of(&text));
    found.extend(language.map(|text| (String::from("language"), text)));
    for (key, name) in [("PageLayout", "page layout"), ("PageMode", "page mode")] {
        let value = root.get::<Name<'_>>(key);
        found.extend(value.map(|value| (name.to_owned(), value.as_str().to_owned())));
    }
    let tagged = root.contains_key("StructTreeRoot");
    found.insert(
        String::from("tagged"),
        String::from(if tagged { "yes" } else { "no" }),
    );
    let packet = root.get::<Stream<'_>>("Metadata");
    if let Some(packet) =
        packet.and_then(|packet| packet.decoded_data().ok().map(|data| data.into_owned()))
    {
        for (name, value) in xmp::properties(&packet) {
            found.entry(name).or_insert(value);
        }
    }
    found
}

fn outline(pdf: &Pdf, pages: &[Page]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let first = catalogue(pdf)
        .and_then(|root| root.get::<Dict<'_>>("Outlines"))
        .and_then(|outlines| outlines.get::<Dict<'_>>("First"));
    let destinations = Destinations::of(pdf);
    let mut open: Vec<(Dict<'_>, usize)> = first.into_iter().map(|first| (first, 0)).collect();
    // An outline may be a ring: then it ends where it is too long.
    while let Some((entry, depth)) = open.pop() {
        if entries.len() >= MOST_ENTRIES {
            break;
        }
        let title = entry.get("Title").map(|title| text_of(&title));
        entries.push(Entry {
            depth,
            title: title.unwrap_or_default(),
            aim: aim(&entry, &destinations, pages),
        });
        open.extend(entry.get::<Dict<'_>>("Next").map(|next| (next, depth)));
        let kid = entry.get::<Dict<'_>>("First").filter(|_| depth < DEEPEST);
        open.extend(kid.map(|kid| (kid, depth + 1)));
    }
    entries
}

/// The printed number of each page.
pub fn labels(pdf: &Pdf, pages: usize) -> Vec<String> {
    let tree = catalogue(pdf).and_then(|root| root.get::<Dict<'_>>("PageLabels"));
    let mut stretches: BTreeMap<usize, Dict<'_>> = BTreeMap::new();
    for (first, value) in tree.map(numbers).unwrap_or_default() {
        if let (Ok(first), Some(dict)) = (usize::try_from(first), value.into_dict()) {
            stretches.insert(first, dict);
        }
    }
    if stretches.is_empty() {
        return (1..=pages).map(|number| number.to_string()).collect();
    }
    let mut labels: Vec<String> = Vec::with_capacity(pages);
    for page in 0..pages {
        let Some((first, dict)) = stretches.range(..=page).next_back() else {
            labels.push((page + 1).to_string());
            continue;
        };
        let start = dict.get::<u32>("St").unwrap_or(1);
        let number = start.saturating_add((page - first) as u32);
        let style = dict.get::<Name<'_>>("S");
        let prefix = dict.get("P").map(|text| text_of(&text));
        let number = match style.as_ref().map(|style| style.as_str()) {
            Some("D") => number.to_string(),
            Some("r") => roman(number).to_lowercase(),
            Some("R") => roman(number),
            Some("a") => doubled(number),
            Some("A") => doubled(number).to_uppercase(),
            _ => String::new(),
        };
        labels.push(prefix.unwrap_or_default() + &number);
    }
    labels
}

/// Labels in stretches: `i–xii, 1–431`.
fn stretches(pages: &[Page]) -> String {
    let mut out: Vec<(&str, &str)> = Vec::new();
    let mut last: Option<(Kind, u32)> = None;
    for page in pages {
        let kind = kind(&page.label);
        let goes_on = match (last, kind) {
            (Some((one, number)), Some((other, next))) => one == other && next == number + 1,
            _ => false,
        };
        match out.last_mut() {
            Some(stretch) if goes_on => stretch.1 = &page.label,
            _ if page.label.is_empty() => {}
            _ => out.push((&page.label, &page.label)),
        }
        last = kind;
    }
    let texts = out.iter().map(|(first, last)| match first == last {
        true => (*first).to_owned(),
        false => format!("{first}\u{2013}{last}"),
    });
    texts.collect::<Vec<_>>().join(", ")
}

/// How a label is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Arabic,
    Roman,
}

fn kind(label: &str) -> Option<(Kind, u32)> {
    if let Ok(number) = label.parse() {
        return Some((Kind::Arabic, number));
    }
    let value = |c: char| {
        Some(match c {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            'd' => 500,
            'm' => 1000,
            _ => return None,
        })
    };
    let values: Vec<u32> = label.chars().take(20).map(value).collect::<Option<_>>()?;
    let sum = values.iter().enumerate().fold(0_i64, |sum, (at, value)| {
        let less = values.get(at + 1).is_some_and(|next| next > value);
        sum + if less {
            -i64::from(*value)
        } else {
            i64::from(*value)
        }
    });
    let number = u32::try_from(sum).ok().filter(|sum| *sum > 0)?;
    Some((Kind::Roman, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_make_stretches() {
        let page = |label: &&str| Page {
            label: (*label).to_owned(),
            ..Page::default()
        };
        let shown = |labels: &[&str]| stretches(&labels.iter().map(page).collect::<Vec<_>>());
        assert_eq!(
            shown(&["i", "ii", "iii", "iv", "1", "2", "5"]),
            "i\u{2013}iv, 1\u{2013}2, 5"
        );
        assert_eq!(shown(&["cover", "1"]), "cover, 1");
        assert_eq!(shown(&[]), "");
    }
}
