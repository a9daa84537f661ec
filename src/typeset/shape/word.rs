//! A word in glyphs.

use crate::font::FaceId;

use super::super::hyphen::Joint;

/// A word in glyphs of one face, in font units; or, where that face does not have all of it, how it falls apart.
#[derive(Debug, Default)]
pub struct Word {
    /// What it says, without what only steers breaking (soft hyphens, joiners of words).
    pub text: Box<str>,
    /// From left to right.
    pub glyphs: Box<[WordGlyph]>,
    /// The sum of the advances.
    pub width: i32,
    /// Clusters: letters and ligatures.
    pub clusters: u16,
    /// The bytes of the text before which no ligature may reach over, in order.
    pub apart: Box<[u16]>,
    /// Where it may be broken, in order.
    pub points: Box<[Point]>,
    /// How far it sticks out at the start of a line.
    pub hang_start: i32,
    /// How far it sticks out at the end of a line.
    pub hang_end: i32,
    /// It must be shaped piece by piece; all else is empty then.
    pub split: Option<Box<[Segment]>>,
}

/// A glyph of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordGlyph {
    /// Its number in the font.
    pub id: u16,
    /// How many bytes of the text it stands for; 0 but for the first glyph of a cluster, as the text runs.
    pub bytes: u16,
    /// To the next glyph.
    pub advance: i32,
    /// To the right of the pen.
    pub dx: i32,
    /// Above the pen.
    pub dy: i32,
}

/// A place in a word where a line may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The first byte, of [`Word::text`], that goes to the next line.
    pub at: u16,
    /// What kind of place.
    pub kind: Joint,
    /// The width before it.
    pub width: i32,
    /// The clusters before it.
    pub clusters: u16,
    /// How much the line's end adds: a hyphen, less what sticks out.
    pub end: i32,
    /// How far the rest sticks out at the start of a line.
    pub hang: i32,
}

/// A stretch of a word that one face has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The byte after its last, in the word as it was asked for.
    pub end: usize,
    /// The face that has it; `None` if none has.
    pub face: Option<FaceId>,
}
