//! The names of files in the container (OCF 3.3, 4.2.3 and 4.2.4).

use std::collections::BTreeMap;

use super::super::address::composed;
use super::super::publication::Publication;
use super::super::tally::{Tally, shown};
use crate::diag::{Code, Diagnostic};

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let at = publication.at;
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for entry in &publication.container.entries {
        let name = entry.name.as_str();
        let bad = |message: String| {
            let found = Diagnostic::new(Code::BadEntryName, at, message);
            tally.push(found.hint("name files by letters, digits, hyphens and full stops"));
        };
        match fault(name) {
            _ if !entry.is_utf8 => bad(format!("the name `{}` is not UTF-8", shown(name))),
            Some(fault) => bad(format!("the name `{}` {fault}", shown(name))),
            None if name.contains(' ') || !name.is_ascii() => {
                let message = format!("the name `{}` is not made of plain letters", shown(name));
                tally.tell(Code::AwkwardEntryName, at, message);
            }
            None => {}
        }
        match seen.insert(folded(name), name) {
            Some(other) if other == name => bad(format!("two files are called `{}`", shown(name))),
            Some(other) => {
                let message = format!(
                    "`{}` and `{}` differ in case alone",
                    shown(other),
                    shown(name)
                );
                bad(message);
            }
            None => {}
        }
    }
}

/// A name as those see it to whom upper and lower case are the same (Unicode, full case folding; of signs that become two, those that
/// languages of today have).
fn folded(name: &str) -> String {
    let lower = composed(name).to_lowercase();
    match lower.is_ascii() {
        true => lower,
        false => {
            let lower = lower
                .replace('\u{df}', "ss")
                .replace('\u{3c2}', "\u{3c3}")
                .replace('\u{17f}', "s");
            composed(
                &lower
                    .replace('\u{fb00}', "ff")
                    .replace('\u{fb01}', "fi")
                    .replace('\u{fb02}', "fl"),
            )
        }
    }
}

/// What is wrong with a name, in the part of a sentence.
fn fault(name: &str) -> Option<&'static str> {
    let drive = name.as_bytes().get(1) == Some(&b':');
    let forbidden = |c: char| {
        c.is_control()
            || matches!(c, '"' | '*' | ':' | '<' | '>' | '?' | '|' | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}')
    };
    match name {
        "" => Some("is empty"),
        _ if name.starts_with('/') || drive => Some("begins at the root of somebody's machine"),
        _ if name.split(['/', '\\']).any(|part| part == "..") => Some("leads out of the book"),
        _ if name.contains('\\') => Some("has `\\` where `/` belongs"),
        _ if name.contains(forbidden) => Some("holds a character that no name may have"),
        _ if name
            .trim_end_matches('/')
            .split('/')
            .any(|part| part.ends_with('.')) =>
        {
            Some("ends in a full stop")
        }
        _ if name.split('/').any(|part| part.len() > 255) => Some("is longer than 255 bytes"),
        _ => None,
    }
}
