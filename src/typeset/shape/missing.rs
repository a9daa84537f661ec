//! Characters that no face has.

use std::collections::BTreeMap;

use unicode_script::{Script, UnicodeScript};

use crate::diag::{Code, Diagnostic, Sink};
use crate::model::NodeRef;
use crate::source::Span;

/// Counts characters that no face has. Setting the same text again counts nothing twice.
#[derive(Debug, Default)]
pub struct Missing {
    /// By script, then by the node they stand in.
    scripts: BTreeMap<&'static str, BTreeMap<NodeRef, Found>>,
}

#[derive(Debug)]
struct Found {
    count: usize,
    first: char,
    at: Option<Span>,
}

impl Missing {
    /// Takes in the characters of one stretch of text that no face has.
    pub fn add(&mut self, node: NodeRef, at: Option<Span>, characters: &[char]) {
        let mut counts: BTreeMap<&'static str, (usize, char)> = BTreeMap::new();
        for c in characters {
            let script = match c.script() {
                Script::Common | Script::Inherited | Script::Unknown => "symbol",
                script => script.full_name(),
            };
            counts.entry(script).or_insert((0, *c)).0 += 1;
        }
        for (script, (count, first)) in counts {
            let found = Found { count, first, at };
            self.scripts.entry(script).or_default().insert(node, found);
        }
    }

    /// One warning per script.
    pub(super) fn report(&self, sink: &Sink) {
        for (script, nodes) in &self.scripts {
            let count: usize = nodes.values().map(|found| found.count).sum();
            let Some(first) = nodes.values().next() else {
                continue;
            };
            let many = if count == 1 { "" } else { "s" };
            let name = script.replace('_', " ");
            let message = format!(
                "no font at hand has {count} {name} character{many}; the first is `{}` (U+{:04X})",
                first.first, first.first as u32
            );
            sink.push(Diagnostic::new(Code::MissingGlyph, first.at, message).hint(hint(&name)));
        }
    }
}

fn hint(script: &str) -> String {
    let example = match script {
        "Han" | "Hiragana" | "Katakana" | "Bopomofo" => "Noto Serif CJK",
        "Hangul" => "Noto Serif KR",
        "symbol" => "Noto Sans Symbols 2",
        script => {
            return format!(
                "Put a font with {script} letters (such as Noto Serif {script}) into the book's `fonts` folder."
            );
        }
    };
    format!("Put a font that has them (such as {example}) into the book's `fonts` folder.")
}
