//! Where an edition's chapters are in another edition, and the places in them.

use std::collections::BTreeMap;

use crate::model::{
    Block, BlockKind, Chapter, ChapterId, Inline, InlineKind, Locus, NodeId, NodeRef, Origin,
    Visit, walk_blocks,
};
use crate::resolve::Book;
use crate::source::{Sources, Span};

/// Where a chapter's places are in another book.
pub(super) enum Home {
    /// At the same nodes of this chapter.
    Same(ChapterId),
    /// In this chapter, which was read otherwise.
    Other(Box<Other>),
    /// At the start of this chapter, which comes next.
    Next(ChapterId),
    /// Nowhere.
    None,
}

/// The beginning of a chapter.
pub(super) fn begin(chapter: ChapterId) -> Locus {
    let node = NodeRef {
        chapter,
        node: NodeId(0),
    };
    Locus { node, byte: 0 }
}

/// Where a node stands in the source: the number of its file's path, its first byte, the byte after its last. A file that
/// is read twice has two ids, but one path.
type Place = (usize, u32, u32);

/// A chapter that was read otherwise.
pub(super) struct Other {
    chapter: ChapterId,
    own: Vec<Place>,
    own_texts: BTreeMap<NodeId, String>,
    theirs: Vec<(Place, NodeId)>,
    their_texts: BTreeMap<NodeId, String>,
}

impl Other {
    fn new(chapter: &Chapter, id: ChapterId, other: &Chapter, sources: &Sources) -> Other {
        let mut paths: Vec<String> = Vec::new();
        let mut place = |span: &Span| {
            let path = sources
                .get(span.file)
                .map_or_else(String::new, |file| file.path.clone());
            let known = paths.iter().position(|known| *known == path);
            let path = known.unwrap_or_else(|| {
                paths.push(path);
                paths.len() - 1
            });
            (path, span.start, span.end)
        };
        let own = chapter.spans.0.iter().map(&mut place).collect();
        let theirs = other.spans.0.iter().map(&mut place);
        Other {
            chapter: id,
            own,
            own_texts: texts(chapter),
            theirs: theirs.zip((0u32..).map(NodeId)).collect(),
            their_texts: texts(other),
        }
    }

    /// Where a place of the chapter is in the other: at the node with the same source, as many letters in if it says as
    /// many; else at what stands behind it.
    pub fn find(&self, at: Locus) -> Locus {
        // A page that recto makes has no source, and nothing in it that both editions would know.
        let Some(wanted) = self.own.get(at.node.node.0 as usize).copied() else {
            return begin(self.chapter);
        };
        // Several nodes may have one source: a paragraph of one word, and the word.
        let before = &self.own[..at.node.node.0 as usize];
        let nth = before.iter().filter(|place| **place == wanted).count();
        let mut same = self.theirs.iter().filter(|(place, _)| *place == wanted);
        let found = same
            .nth(nth)
            .and_then(|(_, node)| Some((*node, self.byte(at, *node)?)));
        let behind = || {
            let (path, start, _) = wanted;
            let behind = self.theirs.iter().filter(|((other, from, _), _)| {
                *other == path && (*from > start || at.byte == 0 && *from == start)
            });
            (behind.map(|(_, node)| *node).min(), 0)
        };
        let (node, byte) = found.map_or_else(behind, |(node, byte)| (Some(node), byte));
        let node = NodeRef {
            chapter: self.chapter,
            node: node.unwrap_or(NodeId(u32::MAX)),
        };
        Locus { node, byte }
    }

    /// The byte of a node's text that stands where one of the chapter's own does: texts may differ in quotation marks and
    /// spaces, but not in how many letters they have.
    fn byte(&self, at: Locus, node: NodeId) -> Option<u32> {
        let (own, theirs) = (
            self.own_texts.get(&at.node.node),
            self.their_texts.get(&node),
        );
        let Some((own, theirs)) = own.zip(theirs).filter(|(own, theirs)| own != theirs) else {
            return Some(at.byte);
        };
        let letters = own.get(..at.byte as usize)?.chars().count();
        if own.chars().count() != theirs.chars().count() {
            return None;
        }
        let byte = theirs.char_indices().map(|(byte, _)| byte).nth(letters);
        Some(byte.unwrap_or(theirs.len()) as u32)
    }
}

/// What each node says itself.
fn texts(chapter: &Chapter) -> BTreeMap<NodeId, String> {
    #[derive(Default)]
    struct Texts(BTreeMap<NodeId, String>);
    impl Visit<'_> for Texts {
        fn block(&mut self, block: &Block) {
            if let BlockKind::Code(code) = &block.kind {
                self.0.insert(block.id, code.text.clone());
            }
        }
        fn inline(&mut self, inline: &Inline) {
            let (InlineKind::Text(text)
            | InlineKind::Code { text, .. }
            | InlineKind::Math { tex: text, .. }
            | InlineKind::Ref { plain: text, .. }
            | InlineKind::Cite { plain: text, .. }) = &inline.kind
            else {
                return;
            };
            self.0.insert(inline.id, text.clone());
        }
    }
    let mut texts = Texts::default();
    walk_blocks(&chapter.blocks, &mut texts);
    for note in &chapter.notes {
        walk_blocks(&note.blocks, &mut texts);
    }
    texts.0
}

/// The home of each chapter of a book in another, as far as `has` says that it is shown there.
pub(super) fn homes(
    from: &Book,
    to: &Book,
    sources: &Sources,
    has: impl Fn(ChapterId) -> bool,
) -> Vec<Home> {
    let ids = (0u32..).map(ChapterId);
    let known: BTreeMap<(&str, usize), ChapterId> = names(to).into_iter().zip(ids).collect();
    // What stands in another order than in print has no place that is not out of it.
    let mut latest = None;
    let own: Vec<Option<ChapterId>> = names(from)
        .iter()
        .map(|name| {
            let home = known.get(name).copied();
            let home = home.filter(|id| Some(*id) > latest && has(*id));
            latest = home.or(latest);
            home
        })
        .collect();
    let mut next = None;
    let mut homes: Vec<Home> = Vec::with_capacity(own.len());
    for (chapter, id) in from.chapters.iter().zip(own).rev() {
        homes.push(match (id, next) {
            (Some(id), _) => home(chapter, id, to, sources),
            (None, Some(next)) => Home::Next(next),
            (None, None) => Home::None,
        });
        next = id.or(next);
    }
    homes.reverse();
    homes
}

/// What each chapter was made from, and the how manieth of that it is.
fn names(book: &Book) -> Vec<(&str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    book.chapters
        .iter()
        .map(|chapter| {
            let (Origin::File(_, name) | Origin::Made(name)) = &chapter.origin;
            let count = counts.entry(name).or_default();
            *count += 1;
            (name.as_str(), *count)
        })
        .collect()
}

fn home(chapter: &Chapter, id: ChapterId, to: &Book, sources: &Sources) -> Home {
    let Some(other) = to.chapter(id) else {
        return Home::None;
    };
    let same = std::ptr::eq(chapter, &**other)
        || chapter.spans.0 == other.spans.0 && chapter.blocks == other.blocks;
    if same {
        return Home::Same(id);
    }
    Home::Other(Box::new(Other::new(chapter, id, other, sources)))
}
