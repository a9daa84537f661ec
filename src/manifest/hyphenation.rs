//! `hyphenation:` words that are broken as the author says.

use super::values;
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::Lang;
use crate::source::Spanned;
use crate::yaml::{Node, Value};

/// `[man-u-script, …]`, or a mapping of languages to such lists.
pub(super) fn read(node: &Node, sink: &Sink) -> Vec<(Option<Lang>, String)> {
    let mut out = Vec::new();
    let Value::Map(entries) = &node.value else {
        return words(node, None, sink);
    };
    for (key, value) in entries {
        let Some(lang) = Lang::new(&key.name) else {
            let message = format!("`{}` is no language", key.name);
            let found = Diagnostic::new(Code::InvalidValue, key.at, message);
            sink.push(found.hint("give a language such as `en` or `de`, then its words"));
            continue;
        };
        out.extend(words(value, Some(lang), sink));
    }
    out
}

fn words(node: &Node, lang: Option<Lang>, sink: &Sink) -> Vec<(Option<Lang>, String)> {
    let good = |word: &Spanned<String>| {
        let good = word.value.chars().all(|c| {
            c.is_alphabetic() || matches!(c, '-' | '\u{2010}' | '\u{ad}' | '\u{300}'..='\u{36f}')
        });
        if !good {
            let message = format!("`{}` is not a word with hyphens", word.value);
            let found = Diagnostic::new(Code::InvalidValue, word.at, message);
            sink.push(
                found.hint("write letters, with a hyphen where it may be broken: `man-u-script`"),
            );
        }
        good
    };
    let found = values::texts(node, "hyphenation", sink).into_iter();
    found
        .filter(good)
        .map(|word| (lang.clone(), word.value))
        .collect()
}
