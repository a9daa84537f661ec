//! What lines and pages are like, in columns of numbers that other programs' books can be measured by too.
//!
//! In: a [`Report`]. Out: [`Spacing`], how even the lines of running text are, and [`Report::columns`].

use std::fmt::Write as _;

use super::report::{LineFigures, PageFigures, Report};
use super::style::Style;
use crate::unit::Abs;

/// A line whose word spaces are wider than this, in parts of the font's own, is one that a typographer would mend: as TeX
/// speaks of a line from a badness of 1000 on, which in its own fonts are spaces of 2.08.
pub const GAPING: f32 = 2.0;

/// Word spaces as they are measured: how many justified lines of running text have which.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spacing {
    /// Justified lines of running text.
    pub lines: usize,
    /// The word spaces' spread: their standard deviation, in parts of the font's own space.
    pub spread: f64,
    /// The mean difference between neighbouring lines of a paragraph.
    pub contrast: f64,
    /// Lines with spaces wider than 1.33 of the font's own.
    pub wide: usize,
    /// Wider than 1.5.
    pub loose: usize,
    /// Wider than [`GAPING`].
    pub gaping: usize,
    /// Narrower than 0.8.
    pub tight: usize,
    /// Lines that end in a hyphen.
    pub hyphens: usize,
    /// Runs of two such lines or more.
    pub pairs: usize,
    /// Runs of three or more.
    pub ladders: usize,
}

impl Spacing {
    /// Of lines in their order.
    fn of<'a>(lines: impl Iterator<Item = &'a LineFigures>) -> Spacing {
        let mut found = Spacing::default();
        let (mut spaces, mut steps) = (Vec::new(), Vec::new());
        let mut last: Option<f64> = None;
        let mut run = 0;
        for line in lines {
            if !(line.body && line.justified) {
                last = None;
                found.end_run(&mut run);
                continue;
            }
            found.lines += 1;
            if let Some(space) = line.space {
                found.gaping += usize::from(space > GAPING);
                let space = f64::from(space);
                spaces.push(space);
                if let Some(last) = last.filter(|_| !line.begins) {
                    steps.push((space - last).abs());
                }
                last = Some(space);
                found.wide += usize::from(space > 1.33);
                found.loose += usize::from(space > 1.5);
                found.tight += usize::from(space < 0.8);
            }
            if line.hyphenated {
                found.hyphens += 1;
                run += 1;
            } else {
                found.end_run(&mut run);
            }
        }
        found.end_run(&mut run);
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let middle = mean(&spaces);
        let squares: Vec<f64> = spaces.iter().map(|s| (s - middle) * (s - middle)).collect();
        found.spread = mean(&squares).sqrt();
        found.contrast = mean(&steps);
        found
    }

    fn end_run(&mut self, run: &mut u32) {
        self.pairs += usize::from(*run >= 2);
        self.ladders += usize::from(*run >= 3);
        *run = 0;
    }
}

impl Style {
    /// How wide the word spaces of a line are that are stretched (above 0) or shrunk (below 0) by so many parts of what
    /// they may be: in parts of the font's own space.
    pub fn word_space(&self, ratio: f32) -> f32 {
        let space = self.text.word_space;
        let give = if ratio < 0.0 {
            space.shrink
        } else {
            space.stretch
        };
        space.natural.get() as f32 + ratio * give.get() as f32
    }
}

impl Report {
    /// How the lines of running text are spaced.
    pub fn spacing(&self) -> Spacing {
        Spacing::of(self.pages.iter().flat_map(|page| &page.lines))
    }

    /// What each line and each page is like, in columns that tabs part: for programs, and to compare. A page's own line has its
    /// faults; a line of its text, how far it stands below the top of the type area, how wide its spaces are in parts of the font's
    /// own, how far it sticks out, and what else holds of it.
    pub fn lines(&self) -> String {
        let mut out = String::from("page\ttop\tspace\tover\tis\n");
        for page in &self.pages {
            let faults = [
                ("widow", page.widows),
                ("orphan", page.orphans),
                ("stranded", u32::from(page.stranded)),
                ("hyphen-at-turn", u32::from(page.hyphen_at_turn)),
                ("note-away", u32::from(page.note_away)),
                ("free", u32::from(page.free)),
                ("short", page.short),
            ];
            let faults = faults.iter().filter(|(_, many)| *many > 0);
            let faults: Vec<String> = faults.map(|(is, many)| format!("{is}={many}")).collect();
            let _ = writeln!(out, "{}\t-\t-\t-\t{}", page.page + 1, faults.join(" "));
            for line in &page.lines {
                let is = [
                    ("body", line.body),
                    ("justified", line.justified),
                    ("begins", line.begins),
                    ("hyphenated", line.hyphenated),
                ];
                let is = is.iter().filter(|(_, is)| *is).map(|(name, _)| *name);
                let space = line
                    .space
                    .map_or("-".to_owned(), |space| format!("{space:.3}"));
                let _ = writeln!(
                    out,
                    "{}\t{:.1}\t{space}\t{:.2}\t{}",
                    page.page + 1,
                    line.top.to_pt(),
                    line.overfull.to_pt(),
                    is.collect::<Vec<_>>().join(" ")
                );
            }
        }
        out
    }

    /// What lines and pages are like, a name and a number on each line: for programs, and to compare.
    pub fn columns(&self) -> String {
        let spacing = self.spacing();
        let sum = |of: fn(&PageFigures) -> u32| self.pages.iter().map(of).sum::<u32>();
        let part = |many: usize, of: usize| 100.0 * many as f64 / of.max(1) as f64;
        let share = |many: usize| part(many, spacing.lines);
        let spreads = self.spreads();
        let level = (spreads.full + spreads.higher) as usize;
        let facing = level + spreads.uneven as usize;
        let paragraphs = sum(|page| page.paragraphs) as usize;
        let overfull = self.pages.iter().flat_map(|page| &page.lines);
        let mut out = String::new();
        for (name, value) in [
            ("pages", self.pages.len() as f64),
            ("just_lines", spacing.lines as f64),
            ("gt133", share(spacing.wide)),
            ("gt150", share(spacing.loose)),
            ("gt200", share(spacing.gaping)),
            ("lt080", share(spacing.tight)),
            ("sd", spacing.spread),
            ("contrast", spacing.contrast),
            ("hyphen_pct", share(spacing.hyphens)),
            ("ladders2", spacing.pairs as f64),
            ("ladders3", spacing.ladders as f64),
            (
                "overfull",
                overfull.filter(|line| line.overfull > Abs::ZERO).count() as f64,
            ),
            ("widows", f64::from(sum(|page| page.widows))),
            ("orphans", f64::from(sum(|page| page.orphans))),
            ("stranded", f64::from(sum(|page| u32::from(page.stranded)))),
            (
                "hyphens_at_turns",
                f64::from(sum(|page| u32::from(page.hyphen_at_turn))),
            ),
            ("short_pages", self.short_pages() as f64),
            ("spreads_higher", f64::from(spreads.higher)),
            (
                "stretched_pages",
                f64::from(sum(|page| u32::from(page.stretched > 0))),
            ),
            ("level_pct", part(level, facing)),
            (
                "reset_pct",
                part(sum(|page| page.reset) as usize, paragraphs),
            ),
        ] {
            let _ = writeln!(out, "{name:<17} {}", (value * 1000.0).round() / 1000.0);
        }
        out
    }
}
