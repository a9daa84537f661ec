//! What a run looks for: a finding that a baseline lists is not gone because nobody looked for it.

use std::collections::BTreeSet;

use super::panel::Panel;
use crate::build::{self, Depth};
use crate::check::external::Validator;
use crate::diag::{Code, Family};

/// Codes of what the EPUBs of a manuscript are like, known before they are made.
const BEFORE: [Code; 4] = [
    Code::InksOnScreen,
    Code::TurnedImage,
    Code::LargeImage,
    Code::IncompleteRecord,
];

/// Codes of finished PDFs for printers.
const PRINTS: [Code; 5] = [
    Code::PageSize,
    Code::LastPage,
    Code::PressColours,
    Code::PressExtras,
    Code::PressStandard,
];

/// What a run looks at, and how closely.
pub struct Sought<'a> {
    /// How far it goes; `None` for one that looks at finished files.
    pub depth: Option<Depth>,
    /// All editions are looked at: else what is not found need not be gone.
    pub whole: bool,
    /// The validators that are asked.
    pub panel: Option<&'a Panel>,
    /// Shops and printers, by what the user calls them.
    pub outlets: &'a [String],
    /// Pages are compared with frozen ones.
    pub freezes: bool,
    /// Codes that the command line silences.
    pub allowed: BTreeSet<Code>,
}

impl Sought<'_> {
    /// The names of the codes that it does not look for; or not for all of those `asked`, for whom earlier runs did.
    pub fn unsought(&self, asked: &BTreeSet<String>) -> BTreeSet<&'static str> {
        let fewer = asked.iter().any(|one| !self.outlets.contains(one));
        let all = Code::ALL.iter();
        let unsought = all.filter(|code| {
            self.allowed.contains(code) || !self.looks_for(**code) || fewer && is_outlet(**code)
        });
        unsought.map(|code| code.name()).collect()
    }

    fn looks_for(&self, code: Code) -> bool {
        let mut validators = Validator::ALL.into_iter();
        if let Some(validator) = validators.find(|validator| validator.code() == code) {
            return self.panel.is_some_and(|panel| panel.asks(validator));
        }
        // Of files, whoever made them.
        let finished = match code.family() {
            Family::Pdf | Family::Agree => true,
            Family::Epub => !BEFORE.contains(&code),
            _ => PRINTS.contains(&code),
        };
        match (code, self.depth) {
            (Code::MovedPageBreak, _) => self.freezes,
            (Code::MissingValidator | Code::FailedValidator, _)
            | (Code::NothingAsked | Code::NothingClaimed, _) => self.panel.is_some(),
            (_, None) => finished || code.family() == Family::Store,
            (_, Some(depth)) if finished => depth == Depth::Prove,
            (_, Some(Depth::Make)) => !build::ONLY_CHECKED.contains(&code),
            (_, Some(Depth::Prove)) => code != Code::CannotWrite,
            (_, Some(Depth::Check)) => !build::ONLY_MADE.contains(&code),
        }
    }
}

/// Whether a code of this name is of what shops and printers ask.
pub fn of_outlets(name: &str) -> bool {
    Code::named(name).is_some_and(is_outlet)
}

fn is_outlet(code: Code) -> bool {
    code.family() == Family::Store || PRINTS.contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_looked_for_is_not_gone() {
        let mut run = Sought {
            depth: Some(Depth::Check),
            whole: true,
            panel: None,
            outlets: &[],
            freezes: false,
            allowed: BTreeSet::from([Code::Runt]),
        };
        let asked = BTreeSet::new();
        let names = |run: &Sought<'_>, asked: &BTreeSet<String>| run.unsought(asked);
        let plain = names(&run, &asked);
        for code in [
            Code::MovedPageBreak,
            Code::EpubCheck,
            Code::BadMarkup,
            Code::UnlikeText,
            Code::PageSize,
            Code::LargeFile,
            Code::Runt,
        ] {
            assert!(plain.contains(code.name()), "{}", code.name());
        }
        for code in [
            Code::OddName,
            Code::MissingAlt,
            Code::InksOnScreen,
            Code::MissingCover,
        ] {
            assert!(!plain.contains(code.name()), "{}", code.name());
        }
        let kdp = [String::from("kdp")];
        (run.freezes, run.depth, run.outlets) = (true, Some(Depth::Prove), &kdp);
        let proved = names(&run, &asked);
        for code in [
            Code::MovedPageBreak,
            Code::BadMarkup,
            Code::PageSize,
            Code::MissingCover,
        ] {
            assert!(!proved.contains(code.name()), "{}", code.name());
        }
        let more = names(&run, &["apple", "kdp"].map(String::from).into());
        assert!(more.contains(Code::MissingCover.name()));
        run.depth = Some(Depth::Make);
        assert!(names(&run, &asked).contains(Code::OddName.name()));
        run.depth = None;
        let finished = names(&run, &asked);
        assert!(finished.contains(Code::MissingAlt.name()));
        assert!(!finished.contains(Code::BadMarkup.name()));
    }
}
