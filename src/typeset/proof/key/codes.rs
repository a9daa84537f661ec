//! Which codes were found: the worst first, each with its count and what it means.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::entry::{put_sign, readable};
use super::super::impose::{Imposer, Slip};
use super::super::scribe::Text;
use super::{BELOW, headed};
use crate::diag::{Code, Severity};
use crate::typeset::frame::Frame;
use crate::typeset::paragraph::Voice;
use crate::typeset::structure::{ElementId, Tag};
use crate::unit::{Abs, Point, Size};

impl Imposer<'_, '_> {
    /// The list of them.
    pub(super) fn codes(&mut self, width: Abs, section: ElementId) -> Vec<Slip> {
        let mut codes: BTreeMap<(Reverse<Severity>, &str), (Code, usize)> = BTreeMap::new();
        for noted in &self.findings.all {
            let code = noted.found.code;
            let key = (Reverse(noted.found.severity), code.name());
            codes.entry(key).or_insert((code, 0)).1 += 1;
        }
        let heading = self.heading("What was found", width, section);
        let mut slips = Vec::new();
        let mut said = Vec::new();
        if codes.is_empty() {
            said.push(String::from("Nothing."));
        }
        if self.findings.left_out > 0 {
            said.push(format!(
                "{} more, which are not listed here: recto check tells of all.",
                self.findings.left_out
            ));
        }
        for ((severity, name), (code, count)) in codes {
            let frame = self.code((severity.0, name), code, count, width, section);
            let number = None;
            slips.push(Slip { frame, number });
        }
        let looks = self.scribe.looks.clone();
        for words in said {
            let element = self.scribe.open(section, Tag::P);
            let text = Text {
                words: &words,
                style: &looks.text,
                element,
                above: Abs::ZERO,
            };
            let frame = self.scribe.column(width, &[text]);
            let number = None;
            slips.push(Slip { frame, number });
        }
        if let Some(last) = slips.last_mut() {
            last.frame.size.height += BELOW.1;
        }
        headed(heading, slips)
    }

    fn code(
        &mut self,
        (severity, name): (Severity, &str),
        code: Code,
        count: usize,
        width: Abs,
        section: ElementId,
    ) -> Frame {
        let looks = self.scribe.looks.clone();
        let element = self.scribe.open(section, Tag::P);
        let voice = Voice::Element(element);
        let style = looks.mark(severity);
        let number = self.scribe.line(&count.to_string(), style, voice);
        let term = self.scribe.line(name, style, voice);
        let says = code.explanation();
        let texts = [(says.what, &looks.message), (says.instead, &looks.hint)];
        let texts = texts.map(|(words, style)| (readable(words), style));
        let texts = texts.each_ref().map(|(words, style)| Text {
            words,
            style,
            element,
            above: Abs::ZERO,
        });
        let left = Abs::pt(27.0);
        let text = self.scribe.column(width - left, &texts);
        let baseline = term.baseline;
        let below = term.size.height;
        let height = below + text.size.height + BELOW.0 + Abs::pt(2.0);
        let mut frame = Frame::new(Size::new(width, height));
        put_sign(&mut frame, Point::new(Abs::ZERO, baseline), severity);
        frame.push_frame(Point::new(Abs::pt(7.0), Abs::ZERO), number);
        frame.push_frame(Point::new(left, Abs::ZERO), term);
        frame.push_frame(Point::new(left, below), text);
        frame
    }
}
