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

/// What is wrong with how an address is written, in the part of a sentence (the URL standard, as EPUB 3.3, 1.2 asks for it).
pub(super) fn fault(address: &str) -> Option<&'static str> {
    let address = address.trim_matches([' ', '\t', '\n', '\r']);
    let (name, rest) = scheme(address).unwrap_or(("", address));
    if name.eq_ignore_ascii_case("data") {
        return None;
    }
    let (place, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let sign = |c: char| c <= ' ' || "\"<>\\^`{|}\u{7f}".contains(c);
    // Of the net, the host comes first and has rules of its own.
    let is_host = matches!(name.to_ascii_lowercase().as_str(), "http" | "https" | "ftp");
    let mut path = place;
    if let Some(after) = place.strip_prefix("//").filter(|_| is_host) {
        let (host, rest) = after.split_at(after.find(['/', '?']).unwrap_or(after.len()));
        path = rest;
        let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
        let is_number = host.starts_with('[');
        let (host, port) = match host.rsplit_once(':').filter(|_| !is_number) {
            Some((host, port)) => (host, port),
            None => (host, ""),
        };
        let plain = host.strip_suffix('.').unwrap_or(host);
        if !is_number
            && (plain.split('.').any(str::is_empty)
                || plain.contains("%20")
                || plain.contains(['[', ']']))
        {
            return Some("names no host");
        }
        if !port.is_empty() && port.parse::<u16>().is_err() {
            return Some("has no number where its port stands");
        }
    }
    if place.contains(sign) || fragment.contains(sign) || path.contains(['[', ']']) {
        let is_space = place.contains(' ') || fragment.contains(' ');
        return Some(match is_space {
            true => "holds a space, which is written `%20`",
            false => "holds a sign that is written with `%`, such as `%7C` for `|`",
        });
    }
    // Places told by EPUB's own way have brackets.
    if fragment.contains(['[', ']']) && !fragment.starts_with("epubcfi(") {
        return Some("holds a sign that is written with `%`, such as `%5B` for `[`");
    }
    if fragment.contains('#') {
        return Some("has a second `#`");
    }
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let bytes = address.as_bytes();
    let mut percents = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    percents
        .any(|(at, _)| !digit(bytes.get(at + 1)) || !digit(bytes.get(at + 2)))
        .then_some("has a `%` without its two digits")
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
    fn addresses_are_written_as_the_net_has_them() {
        for good in [
            "a.xhtml#b",
            "a%20b",
            "https://u:p@example.org:80/a_b'(c)*!,;$?q=1&r=2?3#x",
            "mailto:a@example.org",
            "https://[::1]/",
            "ä.xhtml",
            "data:image/png;base64,A|A",
            "#epubcfi(/6/4!/2)",
            "https://ä.example/",
            " a ",
            "tel:+49-30",
            "https://example.org./",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "a b.xhtml",
            "https://example.org/a|b",
            "https://example.org/?q={x}",
            "https://example..org/",
            "https://example.org:port/",
            "https://example.org:99999/",
            "a%zz",
            "a#b#c",
            "https://example.org/[1]",
            "mailto: a@example.org",
            "a^b",
            "https://a%20b/",
            "https://example.org\\x",
            "x\ny",
            "https:///x",
            "100%",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }

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
