//! What a paragraph is made of, once its words are glyphs.

use std::sync::Arc;

use super::super::frame::{DestId, ImageId, LinkTarget, Owner};
use super::super::shape::{Dress, Word};
use super::super::structure::ElementId;
use super::super::style::{Style, TextStyle};
use super::Call;
use super::collect::Source;
use crate::model::{Locus, NodeId, NodeRef};
use crate::unit::{Abs, Size};

/// A paragraph's words and what stands among them, ready to be cut into lines.
#[derive(Debug)]
pub(super) struct Content {
    /// In reading order.
    pub chunks: Vec<Chunk>,
    /// What chunks have in common; by [`Chunk::run`].
    pub runs: Vec<RunStyle>,
    /// Note calls, each with the chunk that is its mark.
    pub calls: Vec<(u32, Call)>,
    /// Links; by [`RunStyle::link`].
    pub links: Vec<(LinkTarget, ElementId)>,
    /// The paragraph's style.
    pub style: Arc<Style>,
    /// From a line's top to its baseline.
    pub baseline: Abs,
    /// The block that it came from.
    pub origin: NodeRef,
    /// Its lines begin at the right.
    pub rtl: bool,
    /// Its text.
    pub text: String,
    /// Where its text came from, in order.
    pub sources: Vec<Source>,
    /// More of its text follows in lines that are set on their own: a space stands at its end for who hears it.
    pub goes_on: bool,
}

/// A piece of a paragraph that is not cut but within a word.
#[derive(Debug)]
pub(super) struct Chunk {
    /// What it is.
    pub kind: ChunkKind,
    /// How it looks and whose it is.
    pub run: u16,
    /// Its bidirectional level: odd from right to left.
    pub level: u8,
    /// Its first byte in [`Content::text`].
    pub at: u32,
}

impl Content {
    /// Where a chunk's text goes on behind so much of it: a byte of [`Content::text`]. Some of what the text has is not in
    /// words: soft hyphens, what parts ligatures.
    pub fn byte_behind(&self, chunk: &Chunk, said: &str) -> u32 {
        let from = (chunk.at as usize).min(self.text.len());
        let mut source = self.text.get(from..).unwrap_or_default().char_indices();
        let mut end = from;
        for c in said.chars() {
            for (at, other) in source.by_ref() {
                end = from + at + other.len_utf8();
                if c == other || !is_ignorable(other) {
                    break;
                }
            }
        }
        // A soft hyphen belongs to what stands before it.
        let rest = self.text.get(end..).unwrap_or_default();
        let left = rest.trim_start_matches(is_ignorable);
        (end + rest.len() - left.len()) as u32
    }

    /// Where a byte of [`Content::text`] came from.
    pub fn locus(&self, byte: u32) -> Option<Locus> {
        let behind = self.sources.partition_point(|source| source.at <= byte);
        let source = self.sources.get(behind.checked_sub(1)?)?;
        let further = if source.fixed { 0 } else { byte - source.at };
        Some(Locus {
            node: NodeRef {
                chapter: self.origin.chapter,
                node: source.node,
            },
            byte: source.byte + further,
        })
    }
}

/// What steers where lines break and what ligatures do, and is no letter.
fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// What a piece of a paragraph is.
#[derive(Debug)]
pub(super) enum ChunkKind {
    /// A word, or the part of one that has one face and one script.
    Word(Arc<Word>),
    /// A space; a line may end at it if it is an ordinary one.
    Space(char),
    /// Nothing, where a line may end: between words of scripts without spaces.
    Gap,
    /// The line ends here.
    Break,
    /// An image.
    Image(ImageId, Size),
    /// A place that links lead to.
    Anchor(DestId),
}

/// How chunks look and whose they are.
#[derive(Clone)]
pub(super) struct RunStyle {
    /// Voice, size and height.
    pub dress: Dress,
    /// The style asked for.
    pub style: Arc<TextStyle>,
    /// Whose words they are.
    pub owner: Owner,
    /// The link they are in.
    pub link: Option<u16>,
    /// The inline they came from.
    pub node: NodeId,
    /// A line is drawn under them.
    pub underline: bool,
    /// A line is drawn through them.
    pub strike: bool,
}

impl std::fmt::Debug for RunStyle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunStyle")
            .field("size", &self.dress.size)
            .field("owner", &self.owner)
            .field("node", &self.node)
            .finish_non_exhaustive()
    }
}

impl RunStyle {
    /// Whether its glyphs give.
    pub fn is_flexible(&self) -> bool {
        !self.style.fixed_pitch
    }

    /// The width of so much of a word: font units, and letters before its end.
    pub fn width(&self, units: i32, letters: u16) -> Abs {
        self.dress.units(units) + self.style.tracking * i64::from(letters)
    }

    /// How much so much of a word gives: by expansion and tracking together, and by tracking once more.
    pub fn give(&self, units: i32, letters: u16) -> (Abs, Abs) {
        if !self.is_flexible() {
            return (Abs::ZERO, Abs::ZERO);
        }
        let give = self.style.give;
        let track = give.tracking.at(self.dress.size) * i64::from(letters);
        (give.expansion.at(self.dress.units(units)) + track, track)
    }

    /// The width of a space, whether a line may end at it, and whether it gives.
    pub fn space(&self, c: char) -> (Abs, bool, bool) {
        let size = self.dress.size;
        let em = |parts: i64| size / parts;
        match c {
            ' ' => (self.dress.space.width, true, true),
            '\u{a0}' => (self.dress.space.width, false, true),
            '\u{2000}' | '\u{2002}' => (em(2), true, false),
            '\u{2001}' | '\u{2003}' => (em(1), true, false),
            '\u{2004}' => (em(3), true, false),
            '\u{2005}' => (em(4), true, false),
            '\u{2006}' => (em(6), false, false),
            // As wide as a digit; near enough half an em.
            '\u{2007}' => (em(2), false, false),
            '\u{2008}' => (em(4), false, false),
            '\u{2009}' => (em(6), false, false),
            '\u{200a}' => (em(10), false, false),
            '\u{202f}' => (em(6), false, false),
            '\u{205f}' => (em(5), true, false),
            '\u{3000}' => (em(1), true, true),
            _ => (self.dress.space.width, true, true),
        }
    }
}

/// Whether a character is a space of some width.
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}
