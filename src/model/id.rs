//! Names of nodes, languages, and the way back to the source.

use std::fmt;
use std::sync::Arc;

use crate::source::Span;

/// A chapter's place in the book, generated chapters included; from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChapterId(pub u32);

/// A node's number in its chapter, in reading order; from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A node of the book. The chapter's own start is its node 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeRef {
    /// The chapter.
    pub chapter: ChapterId,
    /// The node in it.
    pub node: NodeId,
}

/// A place in the book's words. Ordered as they are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locus {
    /// The node that says them: words of a line, code, an image; or any other, which stands for its beginning.
    pub node: NodeRef,
    /// So many bytes into the node's own text. In a table of contents: so many entries into the outline.
    pub byte: u32,
}

/// Where each node of a chapter stands in the source, by [`NodeId`]. Kept out of the nodes, so that typing in one
/// paragraph does not change the next.
#[derive(Clone, Debug, Default)]
pub struct Spans(pub Vec<Span>);

impl Spans {
    /// A node's source; `None` for what recto made itself.
    pub fn get(&self, node: NodeId) -> Option<Span> {
        self.0.get(node.0 as usize).copied()
    }
}

/// A language tag as BCP 47 has it: `en-GB`, `sr-Cyrl`. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(Arc<str>);

impl Lang {
    /// From a tag, taken as it is but for `_`, which becomes `-`. `None` if it is no well-formed tag.
    pub fn new(tag: &str) -> Option<Lang> {
        let tag = tag.trim().replace('_', "-");
        let mut parts = tag.split('-');
        let primary = parts.next()?;
        let letters =
            (2..=8).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
        let rest = parts
            .all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        (letters && rest).then(|| Lang(tag.into()))
    }

    /// The whole tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The language alone, in lower case: `en`.
    pub fn primary(&self) -> String {
        self.0
            .split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    }

    /// The region, in upper case: `GB`.
    pub fn region(&self) -> Option<String> {
        let is_region =
            |p: &&str| p.len() == 2 || (p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit()));
        self.0
            .split('-')
            .skip(1)
            .find(is_region)
            .map(str::to_ascii_uppercase)
    }

    /// The script, as written: `Cyrl`.
    pub fn script(&self) -> Option<&str> {
        self.0
            .split('-')
            .skip(1)
            .find(|p| p.len() == 4 && p.bytes().all(|b| b.is_ascii_alphabetic()))
    }

    /// Whether it is written from right to left.
    pub fn is_rtl(&self) -> bool {
        match self.script() {
            Some(script) => matches!(script, "Arab" | "Hebr" | "Syrc" | "Thaa" | "Nkoo"),
            None => matches!(
                self.primary().as_str(),
                "ar" | "fa"
                    | "he"
                    | "ur"
                    | "yi"
                    | "ps"
                    | "sd"
                    | "ug"
                    | "dv"
                    | "ckb"
                    | "arc"
                    | "syr"
            ),
        }
    }
}

impl Default for Lang {
    /// English.
    fn default() -> Lang {
        Lang("en".into())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_come_apart() {
        let lang = Lang::new("zh_Hant-TW").unwrap();
        assert_eq!(
            (
                lang.primary().as_str(),
                lang.script(),
                lang.region().as_deref()
            ),
            ("zh", Some("Hant"), Some("TW"))
        );
        assert!(Lang::new("he").unwrap().is_rtl());
        assert!(!Lang::new("en-GB").unwrap().is_rtl());
        for bad in ["", "e", "en--GB", "en gb", "12"] {
            assert_eq!(Lang::new(bad), None, "{bad}");
        }
    }
}
