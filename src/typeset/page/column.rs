//! A flow unit as the paginator sees it: numbers alone.

use super::cost::{self, Costs};
use super::float::Floats;
use crate::unit::Abs;

/// Text that runs on from page to page, with its notes.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// How deep a page is: a whole number of steps, at least one. Nothing is taller.
    pub depth: Abs,
    /// The step of the baseline grid: the body's leading.
    pub step: Abs,
    /// What follows what.
    pub items: Vec<Item>,
    /// The notes called in it.
    pub notes: Notes,
    /// What page ends cost.
    pub costs: Costs,
    /// What floats; one for each [`Item::Float`].
    pub floats: Floats,
}

/// A thing in a column.
#[derive(Clone, Debug)]
pub enum Item {
    /// Lines, or something that is not broken: one line as tall as it is.
    Text(Text),
    /// Room between things; it vanishes at the top of a page.
    Space {
        /// How much.
        height: Abs,
        /// A line may be added to it to fill the page.
        stretch: bool,
    },
    /// The page ends here, however full it is.
    Break,
    /// The next of [`Column::floats`] is called.
    Float,
}

/// Lines of one height.
#[derive(Clone, Debug)]
pub struct Text {
    /// In how many lines it can be set; at least one way.
    pub ways: Vec<Way>,
    /// The cheapest way's index.
    pub best: u8,
    /// Of each line.
    pub height: Abs,
    /// Its lines stand on the grid. Only such text may have several ways, and its height is the grid's step.
    pub grid: bool,
    /// How many lines must stay together at either end.
    pub least: u32,
    /// What a page end within costs, beside widows and orphans.
    pub within: f64,
    /// What a page end behind it costs.
    pub after: f64,
    /// What follows belongs to it.
    pub tied: bool,
    /// How many notes were called before it.
    pub calls_before: u32,
    /// The height of what is repeated above it where a page begins with it.
    pub repeat: Abs,
}

/// A way to set a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Way {
    /// In so many lines; at least one.
    pub lines: u32,
    /// What it costs more than the best.
    pub cost: f64,
    /// The lines in which notes are called, one entry per note, ascending.
    pub calls: Vec<u32>,
    /// The lines that end within a word, ascending.
    pub hyphens: Vec<u32>,
    /// The last line is but a word.
    pub runt: bool,
}

/// The lines of all notes, one after the other.
#[derive(Clone, Debug)]
pub struct Notes {
    /// From the last line of text to the first note.
    pub gap: Abs,
    /// The sum of the heights of all lines before each; one longer than there are lines.
    sums: Vec<Abs>,
    /// What going overleaf behind each line costs.
    ends: Vec<f64>,
    /// Each note's first line, and the number of lines at the end.
    starts: Vec<u32>,
}

impl Default for Notes {
    fn default() -> Notes {
        Notes {
            gap: Abs::ZERO,
            sums: vec![Abs::ZERO],
            ends: Vec::new(),
            starts: vec![0],
        }
    }
}

impl Notes {
    /// Adds a note by its lines' heights, at least one, and none taller than a page less the gap; with what going overleaf
    /// behind each costs.
    pub fn push(&mut self, lines: impl IntoIterator<Item = (Abs, f64)>) {
        let mut sum = self.sums.last().copied().unwrap_or_default();
        for (height, end) in lines {
            sum += height;
            self.sums.push(sum);
            self.ends.push(end);
        }
        self.starts.push(self.sums.len() as u32 - 1);
    }

    /// The number of the first line that belongs to the note after the first `notes`.
    pub fn start(&self, notes: u32) -> u32 {
        let last = self.starts.len() - 1;
        self.starts[(notes as usize).min(last)]
    }

    /// The height of the lines from one to before another.
    pub fn height(&self, from: u32, to: u32) -> Abs {
        let at = |line: u32| self.sums[(line as usize).min(self.sums.len() - 1)];
        at(to) - at(from)
    }

    /// The most lines, counted from the first of all, that end within `room` below line `from`.
    pub fn fitting(&self, from: u32, room: Abs) -> u32 {
        let limit = self.sums[(from as usize).min(self.sums.len() - 1)] + room;
        (self.sums.partition_point(|sum| *sum <= limit) as u32).saturating_sub(1)
    }

    /// Whether a line is the first of its note.
    pub fn begins(&self, line: u32) -> bool {
        self.starts.binary_search(&line).is_ok()
    }

    /// The number of the note that a line belongs to, and how many lines of it stand before that one.
    pub fn note_of(&self, line: u32) -> (usize, usize) {
        let note = self.starts.partition_point(|start| *start <= line);
        let note = note.saturating_sub(1);
        (note, (line - self.starts[note]) as usize)
    }

    /// What going overleaf before a line costs, where the notes up to `called` are called, beside that one is split at all.
    pub fn end_before(&self, line: u32, called: u32, costs: &Costs) -> f64 {
        let before = line.checked_sub(1).filter(|_| !self.begins(line));
        let end = before.and_then(|line| self.ends.get(line as usize));
        let lone = if called - line == 1 {
            cost::LONELY_IN_NOTE
        } else {
            0.0
        };
        costs.galley(end.copied().unwrap_or_default().max(lone))
    }

    /// How many notes there are.
    pub fn count(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    /// How many lines all notes have.
    pub fn lines(&self) -> u32 {
        self.sums.len() as u32 - 1
    }
}

impl Text {
    /// Something that is not broken.
    pub fn block(height: Abs) -> Text {
        Text {
            ways: vec![Way {
                lines: 1,
                ..Way::default()
            }],
            best: 0,
            height,
            grid: false,
            least: 1,
            within: 0.0,
            after: 0.0,
            tied: false,
            calls_before: 0,
            repeat: Abs::ZERO,
        }
    }

    /// The height of what is repeated above it at the head of a page; nothing where it would leave no room.
    pub fn repeated(&self, depth: Abs) -> Abs {
        let room = self.repeat + self.height <= depth;
        if room { self.repeat } else { Abs::ZERO }
    }

    /// What a page end costs behind the first `line` lines of a way, beside a hyphen there.
    pub fn end_within(&self, way: &Way, line: u32, costs: &Costs) -> f64 {
        let mut cost = self.within;
        if line < self.least {
            cost += costs.orphan();
        }
        let left = way.lines - line;
        if left < self.least {
            cost += costs.widow();
        }
        if way.runt && left <= 2 {
            cost += costs.runt();
        }
        cost
    }
}

impl Way {
    /// Whether a line ends within a word; the last line of none is line 0.
    pub fn hyphen_before(&self, line: u32) -> bool {
        line > 0 && self.hyphens.binary_search(&(line - 1)).is_ok()
    }

    /// How many notes are called in the first `line` lines.
    pub fn calls_to(&self, line: u32) -> u32 {
        self.calls.partition_point(|call| *call < line) as u32
    }
}
