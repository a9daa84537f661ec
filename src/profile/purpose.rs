//! What an edition says of what its PDF is made for.
//!
//! In: the keys `profile paper bleed standard marks icc` of an edition. Out: a [`Purpose`], each value with its place, to
//! be laid over the profile that it names.

use crate::diag::Sink;
use crate::source::Spanned;
use crate::yaml::{self, Node, Value};

use super::file::{Marks, Standard};

/// What an edition asks of its PDF. What it does not say, its profile does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Purpose {
    /// A built-in profile's name, or a YAML file in the book's folder.
    pub profile: Option<Spanned<String>>,
    /// One of the profile's papers.
    pub paper: Option<Spanned<String>>,
    /// Whether anything runs off the page.
    pub bleed: Option<Spanned<bool>>,
    /// The standards to keep to, instead of the profile's own.
    pub standards: Option<Vec<Spanned<Standard>>>,
    /// What is printed outside the trim.
    pub marks: Option<Spanned<Marks>>,
    /// The press's colours: an ICC profile in the book's folder.
    pub icc: Option<Spanned<String>>,
}

/// The keys that a purpose is read from.
pub const KEYS: &[&str] = &["profile", "paper", "bleed", "standard", "marks", "icc"];

const STANDARDS: &[(&str, Standard)] = &[
    ("ua-1", Standard::Ua1),
    ("ua-2", Standard::Ua2),
    ("a-2a", Standard::A2a),
    ("a-2u", Standard::A2u),
    ("a-2b", Standard::A2b),
    ("a-4", Standard::A4),
    ("x-1a", Standard::X1a),
    ("x-4", Standard::X4),
];

impl Purpose {
    /// Reads an edition's keys; unknown ones are not its concern.
    pub fn read(tree: &Node, sink: &Sink) -> Purpose {
        let get = |key: &str| tree.get(key).filter(|node| !node.is_null());
        let text = |key: &str| {
            let node = get(key)?;
            let text = node.text().map(str::trim).filter(|text| !text.is_empty());
            let Some(text) = text else {
                sink.push(yaml::wrong_type(node, key, "text"));
                return None;
            };
            Some(Spanned {
                value: text.to_owned(),
                at: node.at,
            })
        };
        let bleed = get("bleed").and_then(|node| {
            let value = node.bool();
            if value.is_none() {
                let found = yaml::wrong_type(node, "bleed", "`true` or `false`");
                sink.push(found.hint("how far it runs, and over which edges, the profile says"));
            }
            Some(Spanned {
                value: value?,
                at: node.at,
            })
        });
        let marks = get("marks").and_then(|node| {
            let value = marks(node, sink)?;
            Some(Spanned { value, at: node.at })
        });
        Purpose {
            profile: text("profile"),
            paper: text("paper"),
            bleed,
            standards: get("standard").map(|node| standards(node, sink)),
            marks,
            icc: text("icc"),
        }
    }
}

/// One standard, or several; `false` for none.
pub(super) fn standards(node: &Node, sink: &Sink) -> Vec<Spanned<Standard>> {
    let mut out: Vec<Spanned<Standard>> = Vec::new();
    for (word, at) in words(node, "standard", sink) {
        let name = word.text().unwrap_or_default().to_ascii_lowercase();
        // As people write them elsewhere: PDF/UA-1, PDF/A-2a.
        let name = name.strip_prefix("pdf/").unwrap_or(&name);
        match STANDARDS.iter().find(|(known, _)| *known == name) {
            Some((_, standard)) if out.iter().any(|known| known.value == *standard) => {}
            Some((_, standard)) => out.push(Spanned {
                value: *standard,
                at,
            }),
            None => {
                let known = STANDARDS.iter().map(|(name, _)| *name);
                sink.push(yaml::invalid_value(word, "standard", known));
            }
        }
    }
    out
}

/// `crop`, `bars`, a list of them, or `false`; `None` if it is none of these.
pub(super) fn marks(node: &Node, sink: &Sink) -> Option<Marks> {
    let mut marks = Marks::default();
    let mut read = true;
    for (word, _) in words(node, "marks", sink) {
        match word.text() {
            Some("crop") => marks.crop = true,
            Some("bars") => marks.bars = true,
            Some("none") => {}
            _ => {
                sink.push(yaml::invalid_value(word, "marks", ["crop", "bars", "none"]));
                read = false;
            }
        }
    }
    read.then_some(marks)
}

/// The words of a list, or the only one, with their places.
fn words<'n>(
    node: &'n Node,
    name: &str,
    sink: &Sink,
) -> Vec<(&'n Node, Option<crate::source::Span>)> {
    let items = match &node.value {
        Value::Null | Value::Bool(false) => return Vec::new(),
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let texts = items.iter().filter(|item| {
        let fits = item.text().is_some();
        if !fits {
            sink.push(yaml::wrong_type(item, name, "a word or a list of words"));
        }
        fits
    });
    texts.map(|item| (item, item.at)).collect()
}
