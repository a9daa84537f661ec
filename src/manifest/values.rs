//! Reads single values out of a tree, and says what is wrong with each.

use crate::diag::{Code, Diagnostic, Sink};
use crate::source::{Span, Spanned};
use crate::yaml::{self, Node, Value};

/// Text; a number counts as it was written. A value that says nothing is no fault and no text.
pub(super) fn text(node: &Node, name: &str, sink: &Sink) -> Option<String> {
    if node.is_null() {
        return None;
    }
    let Some(text) = node.text() else {
        sink.push(yaml::wrong_type(node, name, "text"));
        return None;
    };
    // What is no character to XML would be lost later, and could leave nothing.
    let is_lost = |c: char| c.is_control() && !c.is_whitespace();
    let text: String = text.chars().filter(|c| !is_lost(*c)).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Text and its place.
pub(super) fn spanned(node: &Node, name: &str, sink: &Sink) -> Option<Spanned<String>> {
    let value = text(node, name, sink)?;
    Some(Spanned { value, at: node.at })
}

/// A text, or a list of texts.
pub(super) fn texts(node: &Node, name: &str, sink: &Sink) -> Vec<Spanned<String>> {
    match &node.value {
        Value::List(items) => items
            .iter()
            .filter_map(|item| spanned(item, name, sink))
            .collect(),
        Value::Map(_) | Value::Bool(_) => {
            sink.push(yaml::wrong_type(node, name, "text or a list of texts"));
            Vec::new()
        }
        _ => spanned(node, name, sink).into_iter().collect(),
    }
}

/// `true` or `false`.
pub(super) fn flag(node: &Node, name: &str, sink: &Sink) -> Option<bool> {
    if node.is_null() {
        return None;
    }
    let flag = node.bool();
    if flag.is_none() {
        let mut found = yaml::wrong_type(node, name, "`true` or `false`");
        let word = node.text().unwrap_or_default().to_lowercase();
        let meant = match word.as_str() {
            "yes" | "on" | "y" => Some("true"),
            "no" | "off" | "n" => Some("false"),
            _ => None,
        };
        if let Some(meant) = meant {
            found = found.hint(format!("write `{meant}`"));
        }
        sink.push(found);
    }
    flag
}

/// One of a few words.
pub(super) fn word<T: Copy>(
    node: &Node,
    name: &str,
    words: &[(&str, T)],
    sink: &Sink,
) -> Option<T> {
    if node.is_null() {
        return None;
    }
    let written = match node.value {
        Value::Bool(value) => Some(if value { "true" } else { "false" }),
        _ => node.text(),
    };
    let Some(written) = written else {
        sink.push(yaml::wrong_type(node, name, "a word"));
        return None;
    };
    let found = words.iter().find(|(word, _)| *word == written);
    if found.is_none() {
        let allowed = words.iter().map(|(word, _)| *word);
        sink.push(yaml::invalid_value(node, name, allowed));
    }
    found.map(|(_, meaning)| *meaning)
}

/// A whole number within bounds, both included.
pub(super) fn whole(node: &Node, name: &str, least: u8, most: u8, sink: &Sink) -> Option<u8> {
    if node.is_null() {
        return None;
    }
    let Some(number) = node.number() else {
        sink.push(yaml::wrong_type(node, name, "a whole number"));
        return None;
    };
    if number.fract() != 0.0 || number < f64::from(least) || number > f64::from(most) {
        let message = format!("`{name}` cannot be `{}`", node.text().unwrap_or_default());
        let hint = format!("allowed: a whole number from {least} to {most}");
        sink.push(Diagnostic::new(Code::InvalidValue, node.at, message).hint(hint));
        return None;
    }
    Some(number as u8)
}

/// Whether it is a mapping, or says nothing; any other is reported, as are keys that are none of `known`.
pub(super) fn mapping(node: &Node, name: &str, known: &[&str], sink: &Sink) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Map(entries) => {
            for (key, _) in entries {
                if !known.contains(&key.name.as_str()) {
                    sink.push(yaml::unknown_key(key, Some(name), known.iter().copied()));
                }
            }
            true
        }
        _ => {
            let keys: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
            let wanted = format!("a mapping with {}", keys.join(", "));
            sink.push(yaml::wrong_type(node, name, &wanted));
            false
        }
    }
}

/// A value that cannot be what it says, with what would be right.
pub(super) fn invalid(at: Option<Span>, message: impl Into<String>, hint: &str) -> Diagnostic {
    Diagnostic::new(Code::InvalidValue, at, message).hint(hint)
}
