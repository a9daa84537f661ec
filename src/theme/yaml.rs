//! YAML with a way back to its place.
//!
//! `serde_yaml` forgets where a value stood. A [`Layer`] keeps the text beside the values, and finds a dotted path in it
//! by its keys, one after the other: enough to point at the line that an author has to mend.

use serde_yaml::{Mapping, Value};

use crate::diag::{Code, Diagnostic, Sink};
use crate::source::{Fragment, SourceFile, Sources, Span, Spanned, World};

/// A piece of a theme: its values, and the text they were read from.
pub(super) struct Layer {
    /// `page`, `roles`, `style`, …: the values by their keys.
    pub values: Mapping,
    file: Option<std::sync::Arc<SourceFile>>,
    range: (usize, usize),
}

impl Layer {
    /// A theme inside the program.
    pub fn builtin(text: &str) -> Layer {
        let values = serde_yaml::from_str(text).unwrap_or_default();
        Layer {
            values,
            file: None,
            range: (0, 0),
        }
    }

    /// A theme file of the book; `None`, with a diagnostic, if it cannot be used.
    pub fn file(
        name: &Spanned<String>,
        world: &dyn World,
        sources: &Sources,
        sink: &Sink,
    ) -> Option<Layer> {
        let bytes = match world.read(name.value.as_ref()) {
            Ok(bytes) => bytes,
            Err(error) => {
                let outside = error.kind() == std::io::ErrorKind::PermissionDenied;
                let code = if outside {
                    Code::OutsideFolder
                } else {
                    Code::UnknownTheme
                };
                sink.push(Diagnostic::new(
                    code,
                    name.at,
                    format!("the theme `{}` cannot be read: {error}", name.value),
                ));
                return None;
            }
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let file = sources.add(name.value.clone(), text);
        match serde_yaml::from_str::<Value>(&file.text) {
            Ok(Value::Mapping(values)) => Some(Layer {
                values,
                range: (0, file.text.len()),
                file: Some(file),
            }),
            Ok(_) => {
                let at = Span::new(file.id, 0, 0);
                sink.push(Diagnostic::new(
                    Code::WrongType,
                    at,
                    "a theme is a list of keys and values",
                ));
                None
            }
            Err(error) => {
                let at = error.location().map_or(0, |place| place.index());
                sink.push(Diagnostic::new(
                    Code::BadYaml,
                    Span::new(file.id, at, at),
                    error.to_string(),
                ));
                None
            }
        }
    }

    /// A piece of book.yaml. One that is not YAML was reported where it was found.
    pub fn fragment(fragment: &Fragment, sources: &Sources) -> Layer {
        let mut value = serde_yaml::from_str(&fragment.yaml).unwrap_or(Value::Null);
        for key in fragment.key.split('.').rev() {
            value = Value::Mapping(Mapping::from_iter([(Value::from(key), value)]));
        }
        let file = fragment.at.and_then(|at| sources.get(at.file));
        let range = fragment
            .at
            .map_or((0, 0), |at| (at.start as usize, at.end as usize));
        let Value::Mapping(values) = value else {
            return Layer {
                values: Mapping::new(),
                file: None,
                range,
            };
        };
        Layer {
            values,
            file,
            range,
        }
    }

    /// Where a path of keys stands: its last key, or as much of the path as can be found.
    pub fn span(&self, path: &[&str]) -> Option<Span> {
        let file = self.file.as_ref()?;
        let text = file.text.get(self.range.0..self.range.1)?;
        let (mut from, mut found) = (0, (0, 0));
        for key in path {
            let Some(at) = find_key(text, from, key) else {
                continue;
            };
            found = (at, at + key.len());
            from = found.1;
        }
        Some(Span::new(
            file.id,
            self.range.0 + found.0,
            self.range.0 + found.1,
        ))
    }
}

/// The first place from `from` on where `key` stands as a key: not inside a word, a colon behind it.
fn find_key(text: &str, from: usize, key: &str) -> Option<usize> {
    let mut start = from;
    while let Some(at) = text.get(start..)?.find(key).map(|at| at + start) {
        let before = text[..at].chars().next_back();
        let after = text[at + key.len()..].trim_start_matches(['"', '\'', ' ']);
        if after.starts_with(':') && before.is_none_or(|c| c.is_whitespace() || "{,\"'".contains(c))
        {
            return Some(at);
        }
        start = at + key.len().max(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_under_their_parents() {
        let text = "style:\n  quote: {size: 9pt}\n  body: {size: 11pt, 'indent': 0}\n";
        let body = find_key(text, 0, "body").unwrap();
        assert_eq!(
            &text[find_key(text, body, "size").unwrap()..][..10],
            "size: 11pt"
        );
        assert!(find_key(text, body, "indent").is_some());
        assert_eq!(find_key(text, 0, "tyle"), None);
    }
}
