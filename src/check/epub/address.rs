//! Addresses in documents, and where they lead.
//!
//! In: the path of the file that holds an address, and the address. Out: its [`Target`]. An address inside the book is a path from the
//! file's folder; nothing leads out of the container.

use crate::source::undo_percent;
use unicode_normalization::UnicodeNormalization as _;

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A file of the container, with the fragment behind `#`, both as they are meant: `%20` is a space.
    Inside {
        /// The path from the container's root.
        path: String,
        /// An id, or another way to say a place, such as `epubcfi(…)`.
        fragment: Option<String>,
    },
    /// Elsewhere: `https:` and its like, with a host.
    Remote(String),
    /// What it names stands in it: `data:`.
    Data(String),
    /// What reading systems hand on: `mailto:`, `tel:`.
    Other(String),
    /// Nowhere, and why, in the part of a sentence.
    Nowhere(&'static str),
}

impl Target {
    /// The path, of one in the book.
    pub fn path(&self) -> Option<&str> {
        match self {
            Target::Inside { path, .. } => Some(path),
            _ => None,
        }
    }

    /// The fragment, of one in the book.
    pub fn fragment(&self) -> Option<&str> {
        match self {
            Target::Inside { fragment, .. } => fragment.as_deref(),
            _ => None,
        }
    }
}

/// Follows an address from the file of this path.
pub fn follow(from: &str, address: &str) -> Target {
    let address = address.trim_matches([' ', '\t', '\n', '\r']);
    if let Some((scheme, rest)) = scheme(address) {
        return match scheme.to_ascii_lowercase().as_str() {
            "data" => Target::Data(address.to_owned()),
            "file" => Target::Nowhere("leads to a file of somebody's machine"),
            "http" | "https" | "ftp" | "ftps" => match rest.strip_prefix("//") {
                Some(host) if !host.is_empty() && !host.contains(' ') => {
                    Target::Remote(address.to_owned())
                }
                _ => Target::Nowhere("is no address of the net"),
            },
            _ => Target::Other(address.to_owned()),
        };
    }
    if address.starts_with("//") {
        return Target::Remote(address.to_owned());
    }
    if address.starts_with('/') {
        return Target::Nowhere("begins at a root that a book does not have");
    }
    if address.contains('\\') {
        return Target::Nowhere("has `\\` where `/` belongs");
    }
    let (place, fragment) = match address.split_once('#') {
        Some((place, fragment)) => (place, Some(fragment)),
        None => (address, None),
    };
    if place.contains('?') {
        return Target::Nowhere("asks a question, which no file in a book answers");
    }
    let fragment = fragment.map(undo_percent);
    let path = match place.is_empty() {
        true => Some(from.to_owned()),
        false => join(from, &composed(&undo_percent(place))),
    };
    match path {
        Some(path) => Target::Inside { path, fragment },
        None => Target::Nowhere("leads out of the book"),
    }
}

/// A path as files are looked up by it: `ü` is one letter, whether it was written as one or as two (EPUB 3.3, 4.2.3).
pub(super) fn composed(path: &str) -> String {
    match path.is_ascii() {
        true => path.to_owned(),
        false => path.nfc().collect(),
    }
}

/// The scheme of an address and what follows its colon (RFC 3986, 3.1).
fn scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    let is_scheme =
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(plain);
    is_scheme.then_some((scheme, rest))
}

/// A path from the folder of `from`; `None` if it leads out of the root.
fn join(from: &str, to: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in to.split('/') {
        match part {
            ".." => {
                parts.pop()?;
            }
            "." => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_files_places_and_elsewhere() {
        let inside = |path: &str, fragment: Option<&str>| Target::Inside {
            path: path.to_owned(),
            fragment: fragment.map(str::to_owned),
        };
        let from = "OEBPS/text/one.xhtml";
        for (address, target) in [
            ("#a", inside(from, Some("a"))),
            ("two.xhtml", inside("OEBPS/text/two.xhtml", None)),
            ("../a%20b.png", inside("OEBPS/a b.png", None)),
            ("./../text/./x#%C3%A9", inside("OEBPS/text/x", Some("é"))),
            ("a:b", Target::Other("a:b".to_owned())),
            ("1:b", inside("OEBPS/text/1:b", None)),
        ] {
            assert_eq!(follow(from, address), target, "{address}");
        }
        for nowhere in ["../../../x", "/x", "file:///x", "x?y", "a\\b", "http:x"] {
            let found = follow(from, nowhere);
            assert!(matches!(found, Target::Nowhere(_)), "{nowhere}");
        }
        for remote in ["https://example.org/a", "//example.org"] {
            assert!(
                matches!(follow(from, remote), Target::Remote(_)),
                "{remote}"
            );
        }
    }
}
