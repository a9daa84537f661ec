//! The outline of the book and what the printed contents show of it.
//!
//! In: chapters, surveys, numbers. Out: an [`Entry`] for each part, chapter and heading, in order; its depth grows by at
//! most one from entry to entry, as outlines and NCX ask.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::anchors::stem;
use super::survey::Survey;
use super::words::Words;
use crate::manifest::Manifest;
use crate::model::{
    Chapter, ChapterId, ChapterRole, Entry, Inline, InlineKind, NodeId, NodeRef, Number, Origin,
    plain_inlines,
};

/// Makes the outline. `in_part` says of each chapter whether it stands in a part.
pub(super) fn contents(
    chapters: &[Arc<Chapter>],
    surveys: &[Survey<'_>],
    in_part: &[bool],
    numbers: &BTreeMap<NodeRef, Number>,
    manifest: &Manifest,
) -> Vec<Entry> {
    let mut toc: Vec<Entry> = Vec::new();
    let mut push = |mut entry: Entry| {
        let deepest = toc.last().map_or(0, |last| last.depth + 1);
        entry.depth = entry.depth.min(deepest);
        toc.push(entry);
    };
    for (index, ((chapter, survey), in_part)) in
        chapters.iter().zip(surveys).zip(in_part).enumerate()
    {
        if matches!(chapter.role, ChapterRole::HalfTitle | ChapterRole::Cover) {
            continue;
        }
        let id = ChapterId(index as u32);
        let here = |node| NodeRef { chapter: id, node };
        let lang = chapter.lang.as_ref().unwrap_or(&manifest.metadata.language);
        let words = Words::of(lang);
        let is_part = chapter.role == ChapterRole::Part;
        let number = numbers.get(&here(NodeId(0)));
        let title = title(chapter, words, number.is_some());
        let long = is_part || chapter.role == ChapterRole::Appendix || title.is_empty();
        let listed = chapter.listed.unwrap_or_else(|| by_role(chapter));
        let depth = u8::from(*in_part) + chapter.depth;
        push(Entry {
            depth,
            to: here(NodeId(0)),
            number: number
                .map(|n| if long { &n.label } else { &n.text })
                .cloned()
                .unwrap_or_default(),
            title,
            is_part,
            listed: listed && (is_part || chapter.depth < manifest.contents_depth),
        });
        // The heading that is the chapter's title has its entry already; levels below count from it.
        let opening = chapter.opening().and(survey.outline.first());
        let top = opening.map_or(1, |heading| heading.level);
        for heading in &survey.outline[usize::from(opening.is_some())..] {
            let title = bare(heading.content);
            if !has_words(&title) {
                continue;
            }
            let below = match opening {
                Some(_) => heading.level.saturating_sub(top),
                None => heading.level.max(2) - 1,
            };
            let shown = chapter.depth + below < manifest.contents_depth;
            push(Entry {
                depth: depth + below,
                to: here(heading.node),
                number: numbers
                    .get(&here(heading.node))
                    .map(|n| n.text.clone())
                    .unwrap_or_default(),
                title,
                is_part: false,
                listed: listed && shown && !heading.unlisted,
            });
        }
    }
    toc
}

/// Whether contents list a chapter that does not say so itself: not what stands before them, nor recto's own pages.
fn by_role(chapter: &Chapter) -> bool {
    use ChapterRole as R;
    !chapter.role.is_preliminary()
        && chapter.role != R::Contents
        && (chapter.role != R::Colophon || !matches!(chapter.origin, Origin::Made(_)))
}

/// What a chapter is called in contents; empty only for one that its number names.
pub(super) fn title(chapter: &Chapter, words: &Words, numbered: bool) -> Vec<Inline> {
    if let Some(content) = chapter.opening() {
        let content = bare(content);
        if has_words(&content) {
            return content;
        }
    }
    let text = match (&chapter.title, words.role(chapter.role)) {
        (Some(title), _) => title.clone(),
        (None, Some(word)) => word.to_owned(),
        (None, None) if numbered => return Vec::new(),
        (None, None) => readable(&stem(&chapter.origin)),
    };
    vec![Inline {
        id: NodeId(0),
        kind: InlineKind::Text(text),
    }]
}

/// Whether there is anything to read: outlines refuse entries without.
fn has_words(title: &[Inline]) -> bool {
    plain_inlines(title)
        .chars()
        .any(|c| !c.is_whitespace() && !c.is_control())
}

/// A file's name as a title: `003-the_salt-road` becomes `The salt road`.
fn readable(stem: &str) -> String {
    let name =
        stem.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | ' '));
    let name = if name.is_empty() { stem } else { name };
    let name = name.replace(['-', '_'], " ");
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "–".to_owned(),
    }
}

/// Words fit for contents and outlines: without note calls, links, ids and images.
pub(super) fn bare(inlines: &[Inline]) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        let text = |text: &str| Inline {
            id: inline.id,
            kind: InlineKind::Text(text.to_owned()),
        };
        match &inline.kind {
            InlineKind::NoteCall(_) => {}
            InlineKind::HardBreak | InlineKind::SoftBreak => out.push(text(" ")),
            InlineKind::Image(image) => {
                out.extend((!image.alt.is_empty()).then(|| text(&image.alt)))
            }
            InlineKind::Ref { plain, .. } | InlineKind::Cite { plain, .. } => out.push(text(plain)),
            InlineKind::Link { content, .. } | InlineKind::Index { content, .. } => {
                out.extend(bare(content));
            }
            InlineKind::Span { attrs, content }
                if attrs.lang.is_none() && attrs.classes.is_empty() =>
            {
                out.extend(bare(content));
            }
            _ => {
                let mut kept = inline.clone();
                if let InlineKind::Span { attrs, .. }
                | InlineKind::Code { attrs, .. }
                | InlineKind::Math { attrs, .. } = &mut kept.kind
                {
                    attrs.id = None;
                }
                if let Some(content) = kept.kind.content_mut() {
                    *content = bare(content);
                }
                out.push(kept);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_become_titles() {
        assert_eq!(readable("003-the_salt-road"), "The salt road");
        assert_eq!(readable("1984"), "1984");
        assert_eq!(readable(""), "–");
    }
}
