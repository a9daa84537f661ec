//! What the pages are like, in numbers: for tests, for `check`, for those who compare.

use std::fmt::Write as _;

use crate::unit::{Abs, Side};

/// What an edition's pages are like.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// In order; pages that were left blank are not among them.
    pub pages: Vec<PageFigures>,
}

/// What a page is like.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageFigures {
    /// The page's place in the file, from 0.
    pub page: u32,
    /// Left or right.
    pub side: Side,
    /// Its lines of text, notes and tables left out.
    pub lines: Vec<LineFigures>,
    /// Last lines of paragraphs alone at its top.
    pub widows: u32,
    /// First lines of paragraphs alone at its foot.
    pub orphans: u32,
    /// A heading without its text, or a break in what must stay together, at its foot.
    pub stranded: bool,
    /// Its last line ends within a word that goes on overleaf.
    pub hyphen_at_turn: bool,
    /// How many lines are missing at its foot.
    pub short: u32,
    /// Its foot may be anywhere: a chapter ends, or a page end was asked for.
    pub free: bool,
    /// How many lines were added to its spaces, and between its text and its notes.
    pub stretched: u32,
    /// A note that is called on it begins overleaf, or before it.
    pub note_away: bool,
    /// How many paragraphs begin on it that can be set in several ways.
    pub paragraphs: u32,
    /// Paragraphs that were set in more or fewer lines than is best for them.
    pub reset: u32,
}

/// What a line is like.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LineFigures {
    /// How far it stands below the top of the type area.
    pub top: Abs,
    /// How far its spaces are stretched (above 0) or shrunk (below 0), in parts of what they may be.
    pub ratio: f32,
    /// How wide its word spaces are, in parts of the font's own; `None` if it has none that give.
    pub space: Option<f32>,
    /// Running text: of the body's size, across the whole type area but for an indent.
    pub body: bool,
    /// It was fitted to the measure.
    pub justified: bool,
    /// Its paragraph begins with it.
    pub begins: bool,
    /// It ends within a word.
    pub hyphenated: bool,
    /// How far it sticks out.
    pub overfull: Abs,
}

/// How the facing pages of a book end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spreads {
    /// Both pages are full.
    pub full: u32,
    /// Both end as many lines higher: as a rule one.
    pub higher: u32,
    /// One ends higher than the other.
    pub uneven: u32,
}

impl Report {
    /// The spreads of the book, but those with a chapter's end or another page that may end anywhere.
    pub fn spreads(&self) -> Spreads {
        let mut spreads = Spreads::default();
        for (verso, recto) in self.facing() {
            match (verso.short, recto.short) {
                _ if verso.free || recto.free => {}
                (0, 0) => spreads.full += 1,
                (a, b) if a == b => spreads.higher += 1,
                _ => spreads.uneven += 1,
            }
        }
        spreads
    }

    /// How many pages end above where they should: by two lines or more, or by one beside a page that does not.
    pub fn short_pages(&self) -> usize {
        let short = |page: &&PageFigures| page.short > 1 && !page.free;
        let uneven = self.facing().filter(|(verso, recto)| {
            !verso.free
                && !recto.free
                && verso.short.max(recto.short) == 1
                && verso.short != recto.short
        });
        self.pages.iter().filter(short).count() + uneven.count()
    }

    fn facing(&self) -> impl Iterator<Item = (&PageFigures, &PageFigures)> {
        self.pages.windows(2).filter_map(|pair| match pair {
            [verso, recto] if verso.side == Side::Verso && recto.page == verso.page + 1 => {
                Some((verso, recto))
            }
            _ => None,
        })
    }

    /// All faults and figures in a few lines.
    pub fn summary(&self) -> String {
        let sum = |of: fn(&PageFigures) -> u32| self.pages.iter().map(of).sum::<u32>();
        let lines = || self.pages.iter().flat_map(|page| &page.lines);
        let count = lines().count();
        let part = |many: usize| 100.0 * many as f64 / count.max(1) as f64;
        let mut out = String::new();
        let _ = writeln!(
            out,
            "{} pages, {count} lines: {:.2} % hyphenated, {:.2} % loose, {:.2} % tight, {} overfull",
            self.pages.len(),
            part(lines().filter(|line| line.hyphenated).count()),
            part(lines().filter(|line| line.ratio > 1.0).count()),
            part(lines().filter(|line| line.ratio < -1.0).count()),
            lines().filter(|line| line.overfull > Abs::ZERO).count(),
        );
        let _ = writeln!(
            out,
            "{} widows, {} orphans, {} short pages, {} stranded, {} hyphens at turns, {} stretched, {} of {} paragraphs re-set",
            sum(|page| page.widows),
            sum(|page| page.orphans),
            self.short_pages(),
            sum(|page| u32::from(page.stranded)),
            sum(|page| u32::from(page.hyphen_at_turn)),
            sum(|page| u32::from(page.stretched > 0)),
            sum(|page| page.reset),
            sum(|page| page.paragraphs),
        );
        let spreads = self.spreads();
        let _ = writeln!(
            out,
            "{} spreads full, {} a line higher, {} uneven",
            spreads.full, spreads.higher, spreads.uneven
        );
        out
    }
}
