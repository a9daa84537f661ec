//! The key: what the book is, what lines and marks mean, which codes were found and how often, and what stands on no page.

mod codes;
mod title;

use std::sync::Arc;

use super::entry::put_sign;
use super::form::EDGE;
use super::ground::{bar, bleeds, dashes, has};
use super::impose::{Imposer, Slip};
use super::looks::{AREA, BLEED, GRID, HAIR, RULE, SAFETY, TRIM};
use super::scribe::Text;
use crate::diag::Severity;
use crate::theme::Color;
use crate::typeset::frame::Frame;
use crate::typeset::paragraph::Voice;
use crate::typeset::structure::{ElementId, Tag};
use crate::unit::{Abs, Point, Rect, Size};

pub use title::Title;

use title::counted;

/// How wide a sample of a line is, and where the words behind it begin.
const SAMPLE: (Abs, Abs) = (Abs::pt(22.0), Abs::pt(32.0));
/// Below a thing of the key, and below a group of them.
const BELOW: (Abs, Abs) = (Abs::pt(4.0), Abs::pt(14.0));

/// A kind of line: what it is called, what it means, how it is drawn.
struct Line {
    name: &'static str,
    means: String,
    color: Color,
    dashed: bool,
}

impl Imposer<'_, '_> {
    /// Makes the first sheet, and those behind it that its lists need.
    pub(super) fn key(&mut self) {
        let sheet = self.sheet();
        let section = self.scribe.section(true);
        let tray = self.tray();
        let width = tray.width();
        let mut column = vec![self.title(width, section)];
        column.extend(self.lines(width, section));
        column.extend(self.signs(width, section));
        let heights: Vec<Abs> = column.iter().map(|frame| frame.size.height).collect();
        let mut y = Abs::ZERO;
        for (frame, height) in column.into_iter().zip(heights) {
            let top = Abs::mm(16.0) + y;
            self.on(sheet).push_frame(Point::new(EDGE, top), frame);
            y += height;
        }
        let mut slips = self.codes(width, section);
        let findings = Arc::clone(&self.findings);
        if !findings.elsewhere().is_empty() {
            let heading = self.heading("On no page", width, section);
            let entries = self.entries(findings.elsewhere(), width, section);
            slips.extend(headed(heading, entries));
        }
        self.lay(slips, sheet, tray.behind_first());
    }

    /// What each kind of line means.
    fn lines(&mut self, width: Abs, section: ElementId) -> Vec<Frame> {
        let grid = self.setting.grid;
        let mut lines = vec![Line {
            name: "Trim",
            means: String::from("The page as it is cut."),
            color: TRIM,
            dashed: false,
        }];
        if self.setting.pages.pages.iter().any(bleeds) {
            lines.push(Line {
                name: "Bleed",
                means: String::from("What runs off the page reaches this far."),
                color: BLEED,
                dashed: true,
            });
        }
        if has(self.case.safety) {
            lines.push(Line {
                name: "Safety",
                means: format!("{} wants text to keep inside.", self.case.printer),
                color: SAFETY,
                dashed: true,
            });
        }
        lines.push(Line {
            name: "Type area",
            means: String::from("What text fills."),
            color: AREA,
            dashed: false,
        });
        let step = (grid.step.to_pt() * 100.0).round() / 100.0;
        lines.push(Line {
            name: "Baseline grid",
            means: format!("{}, {step} pt apart.", counted(grid.lines as usize, "line")),
            color: GRID,
            dashed: false,
        });
        let mut frames = vec![self.heading("The lines", width, section)];
        for line in lines {
            let mut sample = Frame::new(Size::new(SAMPLE.0, Abs::ZERO));
            let size = Size::new(SAMPLE.0, HAIR * 2);
            if line.dashed {
                let rect = Rect {
                    at: Point::ZERO,
                    size: Size::new(SAMPLE.0, Abs::ZERO),
                };
                dashes(&mut sample, rect, HAIR * 2, line.color);
            } else {
                bar(&mut sample, Point::ZERO, size, line.color);
            }
            let place = |baseline: Abs| Point::new(Abs::ZERO, baseline - Abs::pt(2.8));
            frames.push(self.explained(sample, place, (line.name, &line.means), width, section));
        }
        pad(&mut frames);
        frames
    }

    /// What each kind of mark means.
    fn signs(&mut self, width: Abs, section: ElementId) -> Vec<Frame> {
        let mut frames = vec![self.heading("The marks", width, section)];
        let said = [
            (
                Severity::Error,
                "Error",
                "The book is not as its author meant it.",
            ),
            (Severity::Warning, "Warning", "Probably a mistake."),
            (Severity::Note, "Note", "Worth knowing."),
        ];
        for (severity, name, means) in said {
            let mut sample = Frame::new(Size::ZERO);
            let middle = SAMPLE.0 - Abs::pt(10.0);
            put_sign(&mut sample, Point::new(middle, Abs::ZERO), severity);
            let place = |baseline: Abs| Point::new(Abs::ZERO, baseline - Abs::pt(0.6));
            frames.push(self.explained(sample, place, (name, means), width, section));
        }
        let element = self.scribe.open(section, Tag::P);
        let style = self.scribe.looks.text.clone();
        let words = "A bar stands beside each line that something was found in. Its number leads to the list below the pages, which \
                     says what is the matter, where it stands in the manuscript (file, line, column) and what helps. On a \
                     screen, marks and entries lead to each other.";
        let text = Text {
            words,
            style: &style,
            element,
            above: Abs::ZERO,
        };
        let column = self.scribe.column(width, &[text]);
        let mut frame = Frame::new(Size::new(width, column.size.height + BELOW.0));
        frame.push_frame(Point::new(Abs::ZERO, BELOW.0), column);
        frames.push(frame);
        frames
    }

    /// A sample, and behind it a term and what it means.
    fn explained(
        &mut self,
        sample: Frame,
        place: impl Fn(Abs) -> Point,
        (name, means): (&str, &str),
        width: Abs,
        section: ElementId,
    ) -> Frame {
        let looks = self.scribe.looks.clone();
        let element = self.scribe.open(section, Tag::P);
        let term = self.scribe.line(name, &looks.term, Voice::Element(element));
        let text = Text {
            words: means,
            style: &looks.text,
            element,
            above: Abs::ZERO,
        };
        let text = self.scribe.column(width - SAMPLE.1, &[text]);
        let height = term.size.height + text.size.height + BELOW.0;
        let mut frame = Frame::new(Size::new(width, height));
        frame.push_frame(place(term.baseline), sample);
        let below = term.size.height;
        frame.push_frame(Point::new(SAMPLE.1, Abs::ZERO), term);
        frame.push_frame(Point::new(SAMPLE.1, below), text);
        frame
    }

    /// A heading with a rule above it.
    fn heading(&mut self, words: &str, width: Abs, section: ElementId) -> Frame {
        let style = self.scribe.looks.heading.clone();
        let element = self.scribe.open(section, Tag::Heading(2));
        let line = self.scribe.line(words, &style, Voice::Element(element));
        let above = Abs::pt(4.0);
        let height = above + line.size.height + BELOW.0;
        let mut frame = Frame::new(Size::new(width, height));
        bar(&mut frame, Point::ZERO, Size::new(width, HAIR), RULE);
        frame.push_frame(Point::new(Abs::ZERO, above), line);
        frame
    }
}

/// Slips with a heading, which stands with the first of them.
fn headed(heading: Frame, mut slips: Vec<Slip>) -> Vec<Slip> {
    if let Some(first) = slips.first_mut() {
        let below = heading.size.height;
        let height = below + first.frame.size.height;
        let mut both = Frame::new(Size::new(heading.size.width, height));
        both.push_frame(Point::ZERO, heading);
        both.push_frame(
            Point::new(Abs::ZERO, below),
            std::mem::take(&mut first.frame),
        );
        first.frame = both;
    }
    slips
}

/// Adds the space behind a group.
fn pad(frames: &mut [Frame]) {
    if let Some(last) = frames.last_mut() {
        last.size.height += BELOW.1;
    }
}
