//! What the pages are like, in numbers: for tests, for `check`, for those who compare.

use std::fmt::Write as _;

use crate::unit::Abs;

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
    /// How many lines are missing at its foot; not counted where the text ends.
    pub short: u32,
    /// How many lines were added to its spaces.
    pub stretched: u32,
    /// Paragraphs that were set in more or fewer lines than is best for them.
    pub reset: u32,
}

/// What a line is like.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LineFigures {
    /// How far its spaces are stretched (above 0) or shrunk (below 0), in parts of what they may be.
    pub ratio: f32,
    /// It ends within a word.
    pub hyphenated: bool,
    /// How far it sticks out.
    pub overfull: Abs,
}

impl Report {
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
            "{} widows, {} orphans, {} short pages, {} stranded, {} hyphens at turns, {} stretched, {} paragraphs re-set",
            sum(|page| page.widows),
            sum(|page| page.orphans),
            sum(|page| u32::from(page.short > 0)),
            sum(|page| u32::from(page.stranded)),
            sum(|page| u32::from(page.hyphen_at_turn)),
            sum(|page| u32::from(page.stretched > 0)),
            sum(|page| page.reset),
        );
        out
    }
}
