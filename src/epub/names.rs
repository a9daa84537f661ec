//! What each file of the EPUB is called, and what a link to it says.
//!
//! Names are ASCII, lower case, unique, and made from the author's own file names, so that a build names the same things
//! the same way every time.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Block, BlockKind, Chapter, ChapterId, ChapterRole, Inline, InlineKind, NodeId, NodeRef, Origin,
    Target, Visit, walk_blocks, walk_inlines,
};
use crate::resolve::{AssetKind, Destination, Edition};

/// No file's name is longer than this many bytes: some readers unpack to disks that take little more.
const LONGEST: usize = 64;

/// All names of one EPUB. Paths are relative to the package.
#[derive(Debug)]
pub(super) struct Names {
    /// By chapter; `None` for one that has no place in an EPUB.
    pub chapters: Vec<Option<String>>,
    /// By the image's path in the book's folder.
    pub images: BTreeMap<String, String>,
    /// Nodes with anchors that the EPUB does not show.
    hidden: BTreeSet<NodeRef>,
}

impl Names {
    /// Names everything of an edition.
    pub fn of(edition: &Edition) -> Names {
        // The cover's own page, which no chapter may be called.
        let mut taken = BTreeMap::from([("cover".to_owned(), 1)]);
        let chapters = edition
            .book
            .chapters
            .iter()
            .enumerate()
            .map(|(index, chapter)| {
                let fallback = format!("chapter-{index}");
                shown(chapter).then(|| {
                    let name = unique(stem(&chapter.origin), &fallback, &mut taken);
                    format!("text/{name}.xhtml")
                })
            })
            .collect();
        let mut taken = BTreeMap::new();
        // The same bytes under two names are one file of the EPUB.
        let mut known: BTreeMap<&[u8], String> = BTreeMap::new();
        let images = edition
            .book
            .assets
            .iter()
            .enumerate()
            .map(|(index, (path, asset))| {
                let file = known.entry(&asset.bytes).or_insert_with(|| {
                    let name = path.rsplit('/').next().unwrap_or(path);
                    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                    let name = unique(name, &format!("image-{index}"), &mut taken);
                    format!("images/{name}.{}", ending(asset.kind))
                });
                (path.clone(), file.clone())
            })
            .collect();
        let hidden = edition
            .book
            .chapters
            .iter()
            .enumerate()
            .flat_map(|(index, chapter)| {
                let chapter_id = ChapterId(index as u32);
                hidden(chapter).into_iter().map(move |node| NodeRef {
                    chapter: chapter_id,
                    node,
                })
            })
            .collect();
        Names {
            chapters,
            images,
            hidden,
        }
    }

    /// A chapter's path; `None` for one that has no place in an EPUB.
    pub fn chapter(&self, id: ChapterId) -> Option<&str> {
        self.chapters.get(id.0 as usize)?.as_deref()
    }

    /// Whether the EPUB shows a node.
    pub fn shows(&self, node: NodeRef) -> bool {
        self.chapter(node.chapter).is_some() && !self.hidden.contains(&node)
    }

    /// The path and fragment of a node, from the package.
    pub fn path(&self, edition: &Edition, to: NodeRef) -> Option<String> {
        let file = self.chapter(to.chapter)?;
        Some(match self.anchor(edition, to) {
            Some(anchor) if to.node != NodeId(0) => format!("{file}#{anchor}"),
            _ => file.to_owned(),
        })
    }

    fn anchor<'e>(&self, edition: &'e Edition, to: NodeRef) -> Option<&'e str> {
        if self.hidden.contains(&to) {
            return None;
        }
        edition.facts.anchors.get(&to).map(String::as_str)
    }

    /// A link from a chapter to a destination. What the EPUB does not show leads to where its chapter begins, a chapter
    /// that it does not have, nowhere.
    pub fn href(&self, edition: &Edition, from: ChapterId, to: &Destination) -> Option<String> {
        let to = match to {
            Destination::Url(url) => return Some(url.clone()),
            Destination::Node(to) => *to,
        };
        if to.chapter != from {
            // All chapters lie in one folder.
            let path = self.path(edition, to)?;
            return Some(path.trim_start_matches("text/").to_owned());
        }
        let start = NodeRef {
            node: NodeId(0),
            ..to
        };
        let anchor = self
            .anchor(edition, to)
            .or_else(|| self.anchor(edition, start))?;
        Some(format!("#{anchor}"))
    }
}

/// Whether the EPUB has a page for a chapter: it has no half title, and its notes stand with their chapters.
fn shown(chapter: &Chapter) -> bool {
    let made = matches!(chapter.origin, Origin::Made(_));
    !(made && matches!(chapter.role, ChapterRole::HalfTitle | ChapterRole::Notes))
}

fn stem(origin: &Origin) -> &str {
    let path = match origin {
        Origin::Made(name) => name,
        Origin::File(_, path) => path,
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The usual ending for a kind of image: a reading system goes by it.
fn ending(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Png => "png",
        AssetKind::Jpeg => "jpg",
        AssetKind::Gif => "gif",
        AssetKind::WebP => "webp",
        AssetKind::Svg => "svg",
    }
}

/// The nearest name of ASCII letters, digits and hyphens that is not yet taken. `taken` has with each name the last number that was put
/// behind it.
fn unique(wish: &str, otherwise: &str, taken: &mut BTreeMap<String, u32>) -> String {
    let mut name = String::new();
    for c in wish.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => name.push(c.to_ascii_lowercase()),
            '-' | '_' | ' ' | '.' if !name.is_empty() && !name.ends_with('-') => name.push('-'),
            _ => {}
        }
    }
    name.truncate(LONGEST);
    let name = name.trim_end_matches('-');
    let base = if name.is_empty() { otherwise } else { name };
    let mut name = base.to_owned();
    if let Some(mut count) = taken.get(base).copied() {
        while taken.contains_key(&name) {
            count += 1;
            name = format!("{base}-{count}");
        }
        taken.insert(base.to_owned(), count);
    }
    taken.insert(name.clone(), 1);
    name
}

/// The nodes of a chapter that are for the PDF alone, and the notes that only those call.
fn hidden(chapter: &Chapter) -> Vec<NodeId> {
    #[derive(Default)]
    struct Seen {
        inside: Vec<NodeId>,
        called: BTreeSet<u32>,
    }
    impl Visit<'_> for Seen {
        fn block(&mut self, block: &Block) {
            self.inside.push(block.id);
        }
        fn inline(&mut self, inline: &Inline) {
            self.inside.push(inline.id);
            if let InlineKind::NoteCall(note) = inline.kind {
                self.called.insert(note);
            }
        }
    }
    #[derive(Default)]
    struct Finder {
        hidden: Seen,
        calls: BTreeMap<u32, u32>,
        hidden_calls: BTreeMap<u32, u32>,
    }
    impl Finder {
        fn take(&mut self, walk: impl FnOnce(&mut Seen)) {
            let mut seen = Seen::default();
            walk(&mut seen);
            for note in seen.called {
                *self.hidden_calls.entry(note).or_insert(0) += 1;
            }
            self.hidden.inside.extend(seen.inside);
        }
    }
    impl<'a> Visit<'a> for Finder {
        fn block(&mut self, block: &'a Block) {
            if let BlockKind::Only {
                target: Target::Pdf,
                blocks,
            } = &block.kind
            {
                self.take(|seen| walk_blocks(blocks, seen));
            }
        }
        fn inline(&mut self, inline: &'a Inline) {
            match &inline.kind {
                InlineKind::Only {
                    target: Target::Pdf,
                    content,
                } => self.take(|seen| walk_inlines(content, seen)),
                InlineKind::NoteCall(note) => *self.calls.entry(*note).or_insert(0) += 1,
                _ => {}
            }
        }
    }
    let mut finder = Finder::default();
    walk_blocks(&chapter.blocks, &mut finder);
    for note in &chapter.notes {
        walk_blocks(&note.blocks, &mut finder);
    }
    let mut hidden = finder.hidden.inside;
    for (index, note) in chapter.notes.iter().enumerate() {
        let index = index as u32;
        let calls = finder.calls.get(&index).copied().unwrap_or(0);
        if calls <= finder.hidden_calls.get(&index).copied().unwrap_or(0) {
            hidden.push(note.id);
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_unique() {
        let mut taken = BTreeMap::new();
        assert_eq!(unique("01 The Start_", "x", &mut taken), "01-the-start");
        assert_eq!(unique("01-the-start", "x", &mut taken), "01-the-start-2");
        assert_eq!(unique("01-the-start-3", "x", &mut taken), "01-the-start-3");
        assert_eq!(unique("01-the-start", "x", &mut taken), "01-the-start-4");
        assert_eq!(unique("第一章", "chapter-3", &mut taken), "chapter-3");
    }
}
