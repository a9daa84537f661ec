//! What every reader of YAML says of a wrong key or value.

use super::{Key, Node};
use crate::diag::{Code, Diagnostic, nearest};

/// A hint that lists more words than this helps no one.
const MOST_LISTED: usize = 12;

/// A key that none of `known` is; `of` says where it stands, `None` at the top: `series`.
pub fn unknown_key<'a>(
    key: &Key,
    of: Option<&str>,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    let message = match of {
        Some(of) => format!("`{of}` has no key `{}`", key.name),
        None => format!("there is no key `{}`", key.name),
    };
    let found = Diagnostic::new(Code::UnknownKey, key.at, message);
    match nearest(&key.name, known.iter().copied()) {
        Some(near) => found.hint(format!("did you mean `{near}`?")),
        None if known.len() > MOST_LISTED => found.hint("the manual lists the keys that there are"),
        None => found.hint(format!("known here: {}", listing(&known))),
    }
}

/// A value of the wrong kind; `wanted` in an author's words: `text`, `a list of file names`.
pub fn wrong_type(node: &Node, name: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(
        Code::WrongType,
        node.at,
        format!("`{name}` must be {wanted}, not {}", node.kind()),
    )
}

/// A value that is none of `allowed`.
pub fn invalid_value<'a>(
    node: &Node,
    name: &str,
    allowed: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let allowed: Vec<&str> = allowed.into_iter().collect();
    let written = node.text().map_or_else(
        || {
            node.bool()
                .map_or_else(|| node.kind().to_owned(), |b| b.to_string())
        },
        str::to_owned,
    );
    let found = Diagnostic::new(
        Code::InvalidValue,
        node.at,
        format!("`{name}` cannot be `{}`", shorten(&written)),
    );
    let found = match nearest(&written, allowed.iter().copied()) {
        Some(near) => found.hint(format!("did you mean `{near}`?")),
        None => found,
    };
    found.hint(format!("allowed: {}", listing(&allowed)))
}

fn listing(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A message stays one line that can be read.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= LONGEST && line.len() == text.trim_end().len() {
        return line.to_owned();
    }
    line.chars().take(LONGEST).chain(['…']).collect()
}
