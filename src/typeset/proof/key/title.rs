//! What a proof is called, and the head of its key.

use super::super::Case;
use super::super::impose::Imposer;
use super::super::scribe::{Scribe, Text};
use crate::diag::Severity;
use crate::manifest::date_of;
use crate::typeset::Setting;
use crate::typeset::frame::Frame;
use crate::typeset::structure::{ElementId, Tag};
use crate::unit::Abs;

/// A title has no more characters here, and above the sheets.
const LONGEST: (usize, usize) = (200, 90);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What a proof is called.
pub struct Title {
    /// The book's title.
    pub long: String,
    /// The same above the sheets.
    pub short: String,
    /// `9 November 2026`: the day that the edition says it was made on.
    pub date: String,
}

impl Title {
    /// Of a book.
    pub fn of(setting: &Setting, case: &Case<'_>) -> Title {
        let (year, month, day) = date_of(setting.pages.info.date.div_euclid(86_400));
        let month = MONTHS[(month - 1).rem_euclid(12) as usize];
        let title = &case.edition.book.manifest.metadata.title;
        let cut = |most: usize| match title.char_indices().nth(most) {
            Some((at, _)) => format!("{}\u{2026}", title[..at].trim_end()),
            None => title.clone(),
        };
        Title {
            long: cut(LONGEST.0),
            short: cut(LONGEST.1),
            date: format!("{day} {month} {year}"),
        }
    }
}

/// `1 error`, `3 errors`.
pub(super) fn counted(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        number => format!("{number} {what}s"),
    }
}

impl Imposer<'_, '_> {
    /// The book's title, and what the proof is of.
    pub(super) fn title(&mut self, width: Abs, section: ElementId) -> Frame {
        let looks = self.scribe.looks.clone();
        let title = Title::of(self.setting, self.case);
        let metadata = &self.case.edition.book.manifest.metadata;
        let authors: Vec<&str> = metadata.names("aut").take(4).collect();
        let pages = self.setting.pages.pages.len();
        let trim = self.form.trim;
        let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note]
            .map(|severity| counted(self.findings.count(severity), severity.name()));
        let heading = self.scribe.open(section, Tag::Heading(1));
        let mut texts = vec![(title.long.clone(), &looks.title, heading, Abs::ZERO)];
        let mut say = |scribe: &mut Scribe<'_>, words: String, style, above| {
            let element = scribe.open(section, Tag::P);
            texts.push((words, style, element, above));
        };
        let scribe = &mut self.scribe;
        if !authors.is_empty() {
            say(scribe, authors.join(", "), &looks.byline, Abs::pt(3.0));
        }
        let edition = format!(
            "Proof of the edition \u{2018}{}\u{2019}, {}",
            self.case.name, title.date
        );
        say(scribe, edition, &looks.text, Abs::pt(12.0));
        let size = format!(
            "{} of {:.0} \u{d7} {:.0} mm",
            counted(pages, "page"),
            trim.width.to_mm(),
            trim.height.to_mm()
        );
        say(scribe, size, &looks.text, Abs::ZERO);
        say(
            scribe,
            format!("{errors}, {warnings}, {notes}"),
            &looks.text,
            Abs::ZERO,
        );
        let texts: Vec<Text<'_>> = texts
            .iter()
            .map(|(words, style, element, above)| Text {
                words,
                style,
                element: *element,
                above: *above,
            })
            .collect();
        let mut frame = self.scribe.column(width, &texts);
        frame.size.height += Abs::pt(26.0);
        frame
    }
}
