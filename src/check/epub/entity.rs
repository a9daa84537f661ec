//! References in XML: `&amp;`, `&#x2014;`, and what a document's type declares.
//!
//! In: text as it stands. Out: what it says. A declared entity may not hold others: that is how a line of text becomes gigabytes.

use std::collections::BTreeMap;

use super::limits;

/// The entities of a document.
#[derive(Debug, Default)]
pub(super) struct Entities {
    /// Declared in the document itself.
    own: BTreeMap<String, Option<String>>,
    /// The type is one of XHTML's, which declares those of HTML.
    pub has_html: bool,
    /// How many bytes they have been replaced with so far.
    expanded: usize,
}

/// What is wrong with a reference, in a sentence.
pub(super) enum Wrong {
    Malformed(String),
    Outsized(String),
}

impl Entities {
    /// Takes in what an internal subset declares.
    ///
    /// # Errors
    /// When an entity is a file elsewhere: what is wrong, in a sentence.
    pub fn declare(&mut self, subset: &str) -> Result<(), String> {
        let mut rest = subset;
        while let Some(at) = rest.find("<!ENTITY") {
            rest = rest[at + 8..].trim_start();
            let (name, after) = match rest.split_once(|c: char| c.is_ascii_whitespace()) {
                Some((name, after)) => (name, after.trim_start()),
                None => return Ok(()),
            };
            // `%` begins an entity of the definition itself, which no text refers to.
            if name == "%" {
                continue;
            }
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let Some(quote) = quote else {
                return Err(format!("the entity `{name}` is a file elsewhere"));
            };
            let Some((value, after)) = after[1..].split_once(quote) else {
                return Ok(());
            };
            rest = after;
            // What holds markup or further entities is known by name only.
            let plain = !value.contains(['&', '<', '%']);
            let value = match plain {
                true => Some(value.to_owned()),
                false => character(value.strip_prefix('&').and_then(|v| v.strip_suffix(';')))
                    .map(String::from),
            };
            self.own.entry(name.to_owned()).or_insert(value);
        }
        Ok(())
    }

    /// What a reference, without `&` and `;`, stands for.
    pub fn resolve(&mut self, name: &str) -> Result<String, Wrong> {
        if name.starts_with('#') {
            let found = character(Some(name)).map(String::from);
            return found.ok_or_else(|| Wrong::Malformed(format!("`&{name};` is no character")));
        }
        if let Some(found) = quick_xml::escape::resolve_xml_entity(name) {
            return Ok(found.to_owned());
        }
        if let Some(own) = self.own.get(name) {
            let Some(value) = own else {
                let wrong = format!("the entity `{name}` holds other entities, or markup");
                return Err(Wrong::Outsized(wrong));
            };
            self.expanded += value.len();
            if self.expanded > limits::EXPANDED {
                let wrong = "entities are replaced with more text than any book needs";
                return Err(Wrong::Outsized(wrong.to_owned()));
            }
            return Ok(value.clone());
        }
        let html = quick_xml::escape::resolve_html5_entity(name).filter(|_| self.has_html);
        html.map(str::to_owned)
            .ok_or_else(|| Wrong::Malformed(format!("`&{name};` is declared nowhere")))
    }

    /// A text with its references resolved; `None` if it has none.
    pub fn unescape(&mut self, text: &str) -> Result<Option<String>, Wrong> {
        if !text.contains('&') {
            return Ok(None);
        }
        let mut said = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            said.push_str(before);
            let name = after.split_once(';').filter(|(name, _)| is_reference(name));
            let Some((name, after)) = name else {
                let wrong = "`&` begins no reference; it is written `&amp;`";
                return Err(Wrong::Malformed(wrong.to_owned()));
            };
            said.push_str(&self.resolve(name)?);
            rest = after;
        }
        said.push_str(rest);
        Ok(Some(said))
    }
}

/// Whether it could be the name in a reference.
pub(super) fn is_reference(name: &str) -> bool {
    super::xml::is_name(name.strip_prefix('#').map_or(name, |_| "n"))
}

/// `#8212` and `#x2014`, if that is a character that XML allows.
fn character(reference: Option<&str>) -> Option<char> {
    let digits = reference?.strip_prefix('#')?;
    let number = match digits.strip_prefix('x') {
        Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16),
        None if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse(),
        _ => return None,
    };
    char::from_u32(number.ok()?).filter(|c| super::xml::is_allowed(*c))
}
