//! The first line of a container: `::: note Mind the gap {#gap}`.

use std::ops::Range;

use super::attrs;
use crate::model::{Attrs, ContainerKind, Target};

/// What a container's first line says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Opening {
    pub kind: Kind,
    /// For one format alone.
    pub only: Option<Target>,
    pub attrs: Attrs,
    /// The words behind, inline Markdown; empty if there are none.
    pub title: String,
    /// Where they begin in what stands behind the colons; `None` for those of `title="…"`.
    pub title_at: Option<usize>,
    /// Where behind the colons an attribute list stands that could not be read.
    pub malformed: Option<Range<usize>>,
}

/// What it becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Verse,
    PageBreak,
    /// Nothing of its own: `::: {only=pdf}`.
    Bare,
    Container(ContainerKind),
}

/// The words that an author types, beside those that only recto uses.
const KINDS: &[(&str, Kind)] = &[
    ("epigraph", Kind::Container(ContainerKind::Epigraph)),
    ("dedication", Kind::Container(ContainerKind::Dedication)),
    ("aside", Kind::Container(ContainerKind::Aside)),
    ("sidebar", Kind::Container(ContainerKind::Sidebar)),
    ("note", Kind::Container(ContainerKind::Note)),
    ("tip", Kind::Container(ContainerKind::Tip)),
    ("important", Kind::Container(ContainerKind::Important)),
    ("warning", Kind::Container(ContainerKind::Warning)),
    ("caution", Kind::Container(ContainerKind::Caution)),
    ("letter", Kind::Container(ContainerKind::Letter)),
    ("center", Kind::Container(ContainerKind::Center)),
    ("centre", Kind::Container(ContainerKind::Center)),
    ("right", Kind::Container(ContainerKind::Right)),
    ("columns", Kind::Container(ContainerKind::Columns)),
    ("exercise", Kind::Container(ContainerKind::Exercise)),
    ("answer", Kind::Container(ContainerKind::Answer)),
    ("description", Kind::Container(ContainerKind::Description)),
    ("verse", Kind::Verse),
    ("pagebreak", Kind::PageBreak),
    // Quarto's callouts.
    ("callout-note", Kind::Container(ContainerKind::Note)),
    ("callout-tip", Kind::Container(ContainerKind::Tip)),
    (
        "callout-important",
        Kind::Container(ContainerKind::Important),
    ),
    ("callout-warning", Kind::Container(ContainerKind::Warning)),
    ("callout-caution", Kind::Container(ContainerKind::Caution)),
];

/// The kind a word names.
pub(super) fn kind(word: &str) -> Option<Kind> {
    KINDS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, kind)| *kind)
}

/// `only=epub`
pub(super) fn target(value: &str) -> Option<Target> {
    match value {
        "epub" | "html" => Some(Target::Epub),
        "pdf" | "print" => Some(Target::Pdf),
        _ => None,
    }
}

/// Whether what stands behind the colons opens verse.
pub(super) fn is_verse(inside: &str) -> bool {
    inside.contains("verse") && read(inside).kind == Kind::Verse
}

/// Whether it holds nothing and needs no end: a page break that no `:::` follows on the next line with words.
pub(super) fn is_leaf(inside: &str, after: &str) -> bool {
    if !inside.contains("pagebreak") || read(inside).kind != Kind::PageBreak {
        return false;
    }
    let next = after
        .lines()
        .map(|line| line.trim_start_matches(['>', ' ', '\t']).trim_end())
        .find(|line| !line.is_empty());
    !next.is_some_and(|line| line.len() >= 3 && line.bytes().all(|b| b == b':'))
}

/// Reads what stands behind the colons: a word or attributes, then words for a title, then attributes.
pub(super) fn read(inside: &str) -> Opening {
    let mut opening = Opening {
        kind: Kind::Container(ContainerKind::Plain),
        only: None,
        attrs: Attrs::default(),
        title: String::new(),
        title_at: None,
        malformed: None,
    };
    // Pandoc allows colons behind, too.
    let text = inside.trim_end_matches(':').trim_end();
    let mut rest = text.trim_start();
    let mut named = None;
    if rest.starts_with('{') {
        match attrs::parse(rest, true) {
            Some((found, len)) => {
                opening.attrs = found;
                rest = &rest[len..];
            }
            None => opening.malformed = Some(text.len() - rest.len()..text.len()),
        }
    } else {
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '{')
            .unwrap_or(rest.len());
        named = Some(&rest[..end]);
        rest = &rest[end..];
    }
    let behind = text.len() - rest.len();
    if let Some(at) = rest.rfind('{').filter(|_| opening.malformed.is_none()) {
        match attrs::parse(&rest[at..], true) {
            Some((found, len)) if rest[at + len..].trim().is_empty() => {
                attrs::merge(&mut opening.attrs, found);
                rest = &rest[..at];
            }
            None if attrs::is_meant(&rest[at..]) => {
                opening.malformed = Some(behind + at..text.len());
                rest = &rest[..at];
            }
            _ => {}
        }
    } else if opening.malformed.is_some() {
        rest = "";
    }
    let title = rest.trim();
    if !title.is_empty() {
        opening.title = title.to_owned();
        opening.title_at = Some(behind + rest.len() - rest.trim_start().len());
    }
    if let Some(title) = opening.attrs.rest.remove("title")
        && opening.title.is_empty()
    {
        opening.title = title;
    }
    match named {
        Some(word) => match kind(word) {
            Some(kind) => opening.kind = kind,
            None => attrs::add_class(&mut opening.attrs, word.trim_start_matches('.')),
        },
        None => {
            let found = opening
                .attrs
                .classes
                .iter()
                .enumerate()
                .find_map(|(index, class)| kind(class).map(|kind| (index, kind)));
            if let Some((index, kind)) = found {
                opening.kind = kind;
                opening.attrs.classes.remove(index);
            } else if let Some(kind) = lone_word(&opening.attrs) {
                opening.kind = kind.1;
                opening.attrs.rest.remove(kind.0);
            }
        }
    }
    if let Some(value) = opening.attrs.get("only") {
        opening.only = target(value);
        if opening.only.is_some() {
            opening.attrs.rest.remove("only");
        }
    }
    // In print it is not seen.
    if opening.kind == Kind::Container(ContainerKind::Description) {
        opening.only.get_or_insert(Target::Epub);
    }
    if opening.only.is_some()
        && opening.kind == Kind::Container(ContainerKind::Plain)
        && opening.attrs.is_empty()
        && opening.title.is_empty()
    {
        opening.kind = Kind::Bare;
    }
    opening
}

/// `:::{note}`, as MyST writes it.
fn lone_word(attrs: &Attrs) -> Option<(&'static str, Kind)> {
    let found = KINDS.iter().find(|(name, _)| attrs.get(name) == Some(""))?;
    Some(*found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_lines_are_read() {
        let plain = Kind::Container(ContainerKind::Plain);
        let note = Kind::Container(ContainerKind::Note);
        for (text, kind, classes, id, title) in [
            (" note", note, "", "", ""),
            (
                " note Mind the *gap* {#gap .big}",
                note,
                "big",
                "gap",
                "Mind the *gap*",
            ),
            (" {.note #a} Title", note, "", "a", "Title"),
            (" {.callout-note title=\"T\"}", note, "", "", "T"),
            (" {.poem .long}", plain, "poem long", "", ""),
            (" poem :::", plain, "poem", "", ""),
            ("{note}", note, "", "", ""),
            (" verse", Kind::Verse, "", "", ""),
            (" {only=pdf}", Kind::Bare, "", "", ""),
        ] {
            let opening = read(text);
            assert_eq!(
                (
                    opening.kind,
                    opening.attrs.classes.join(" ").as_str(),
                    opening.attrs.id.as_deref().unwrap_or_default(),
                    opening.title.as_str(),
                    opening.malformed
                ),
                (kind, classes, id, title, None),
                "{text}"
            );
        }
        assert_eq!(read(" note {only=pdf}").only, Some(Target::Pdf));
        assert_eq!(read(" {only=paper}").only, None);
        assert_eq!(read(" {.a").malformed, Some(1..4));
        assert_eq!(read(" note One {#a .b c=}").malformed, Some(10..20));
    }
}
