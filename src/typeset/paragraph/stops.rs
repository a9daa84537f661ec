//! A paragraph as the line breaker sees it: places where a line may end, and the widths between them.

use std::ops::Sub;

use crate::unit::Abs;

use super::super::hyphen::Joint;

/// Widths from the paragraph's start to a place, in scaled points. They are whole numbers: a line's width does not
/// depend on where in the paragraph it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// As it is.
    pub width: i64,
    /// How far spaces may be stretched at a price.
    pub stretch: i64,
    /// How far spaces may be shrunk at most.
    pub shrink: i64,
    /// How much glyphs give, either way.
    pub flex: i64,
    /// How much more glyphs give, apart only, in a line that is bad without.
    pub track: i64,
}

impl Sub for Sums {
    type Output = Sums;
    fn sub(self, other: Sums) -> Sums {
        Sums {
            width: self.width - other.width,
            stretch: self.stretch - other.stretch,
            shrink: self.shrink - other.shrink,
            flex: self.flex - other.flex,
            track: self.track - other.track,
        }
    }
}

/// Where in the paragraph a stop is: which chunk follows it, and which point within that chunk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The chunk at or in which the line ends.
    pub chunk: u32,
    /// The point of its word, counted from 1; 0 for the chunk's start.
    pub point: u32,
}

impl Place {
    /// Where the line after one that ends here begins: what stands at the end vanishes, but not a word.
    pub(super) fn next_line(self) -> Place {
        if self.point > 0 {
            self
        } else {
            Place {
                chunk: self.chunk + 1,
                point: 0,
            }
        }
    }
}

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopKind {
    /// A space, which vanishes, or nothing at all.
    Space,
    /// A joint of a word.
    Joint(Joint),
    /// The author, or the paragraph's end: the line is not stretched.
    End,
}

/// A place where a line may end.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// Up to here, if the line ends here.
    pub before: Sums,
    /// Up to here, if a line begins here.
    pub after: Sums,
    /// What the line's end adds to its width: a hyphen, less what hangs out.
    pub end: i64,
    /// What the next line's start adds: less than 0 where a character hangs out.
    pub start: i64,
    /// What ending a line here costs.
    pub cost: f64,
    /// What ends it.
    pub kind: StopKind,
    /// Where it is.
    pub place: Place,
}

/// The stops of a paragraph, gathered from its start to its end.
#[derive(Debug, Default)]
pub struct Stops {
    pub(super) list: Vec<Stop>,
    sums: Sums,
    /// What the first line's start adds to its width.
    pub(super) start: i64,
}

impl Stops {
    /// None yet.
    pub fn new() -> Stops {
        Stops::default()
    }

    /// Forgets all, keeps the memory.
    pub fn clear(&mut self) {
        self.list.clear();
        self.sums = Sums::default();
        self.start = 0;
    }

    /// One of them.
    ///
    /// # Panics
    /// When there is none of this number.
    pub fn get(&self, stop: u32) -> &Stop {
        &self.list[stop as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The first line's start adds this to its width.
    pub fn start(&mut self, start: Abs) {
        self.start = start.raw();
    }

    /// Words, or a space at which no line may end.
    pub fn push(&mut self, sums: Sums) {
        self.sums = self.plus(sums);
    }

    fn plus(&self, add: Sums) -> Sums {
        Sums {
            width: self.sums.width + add.width,
            stretch: self.sums.stretch + add.stretch,
            shrink: self.sums.shrink + add.shrink,
            flex: self.sums.flex + add.flex,
            track: self.sums.track + add.track,
        }
    }

    /// A space at which a line may end: it vanishes there.
    pub fn space(&mut self, space: Sums, end: Abs, start: Abs, cost: f64, place: Place) {
        let before = self.sums;
        self.push(space);
        self.list.push(Stop {
            before,
            after: self.sums,
            end: end.raw(),
            start: start.raw(),
            cost,
            kind: StopKind::Space,
            place,
        });
    }

    /// A joint of a word at which a line may end.
    pub fn joint(&mut self, joint: Joint, end: Abs, start: Abs, cost: f64, place: Place) {
        self.list.push(Stop {
            before: self.sums,
            after: self.sums,
            end: end.raw(),
            start: start.raw(),
            cost,
            kind: StopKind::Joint(joint),
            place,
        });
    }

    /// A place where a line must end; the last stop of every paragraph.
    pub fn end(&mut self, end: Abs, start: Abs, place: Place) {
        self.list.push(Stop {
            before: self.sums,
            after: self.sums,
            end: end.raw(),
            start: start.raw(),
            cost: 0.0,
            kind: StopKind::End,
            place,
        });
    }

    /// All widths up to here.
    pub fn total(&self) -> Sums {
        self.sums
    }
}
