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
            counts.entry(name(*c)).or_insert((0, *c)).0 += 1;
        }
        for (script, (count, first)) in counts {
            let found = Found { count, first, at };
            self.scripts.entry(script).or_default().insert(node, found);
        }
    }

    /// One warning per script.
    pub(super) fn report(&self, sink: &Sink) {
        for (script, nodes) in &self.scripts {
            // What recto repeats from elsewhere (contents, title pages) has no place, and counts only by itself.
            let placed = nodes.values().any(|found| found.at.is_some());
            let mut found = nodes.values().filter(|found| found.at.is_some() == placed);
            let Some(first) = found.next() else {
                continue;
            };
            let count: usize = first.count + found.map(|found| found.count).sum::<usize>();
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

/// The script to look for a font by. Signs that several scripts share go with the one whose fonts have them.
fn name(c: char) -> &'static str {
    match c.script() {
        Script::Common | Script::Inherited | Script::Unknown => {}
        script => return script.full_name(),
    }
    // CJK punctuation, and full-width forms.
    if matches!(c as u32, 0x3000..=0x30ff | 0xfe30..=0xfe4f | 0xff00..=0xffef) {
        return Script::Han.full_name();
    }
    let shared = c.script_extension();
    if shared.is_common() || shared.is_inherited() {
        return "symbol";
    }
    shared.iter().next().map_or("symbol", Script::full_name)
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
