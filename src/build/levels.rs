//! How bad each diagnostic is in this run.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Severity};
use crate::manifest::{Level, Manifest};

/// What the command line says of levels; the book's `check:` says the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// `--deny warnings`: every warning that nothing names is an error.
    pub deny_warnings: bool,
    /// Codes named, one by one or by their families.
    pub codes: BTreeMap<Code, Level>,
}

impl Levels {
    /// Gives a diagnostic its level, or drops it. A code's own level holds unless the book says otherwise, the book's unless
    /// the command line does.
    pub fn judge(&self, book: &BTreeMap<Code, Level>, mut found: Diagnostic) -> Option<Diagnostic> {
        if let Some(level) = book.get(&found.code) {
            found.severity = level.severity()?;
        }
        match self.codes.get(&found.code) {
            Some(level) => found.severity = level.severity()?,
            None if self.deny_warnings && found.severity == Severity::Warning => {
                found.severity = Severity::Error;
            }
            None => {}
        }
        Some(found)
    }

    /// Gives each diagnostic the severest level that any of some editions has for it: what all of them have in common is told if
    /// one of them wants it told.
    pub(super) fn strictest(
        &self,
        editions: &[&Manifest],
        found: &[Diagnostic],
    ) -> Vec<Diagnostic> {
        let judged = |found: &Diagnostic| {
            let by = |edition: &&Manifest| self.judge(&edition.levels, found.clone());
            let all = editions.iter().filter_map(by);
            all.max_by_key(|found| found.severity)
        };
        found.iter().filter_map(judged).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_has_the_last_word() {
        let book = BTreeMap::from([
            (Code::MissingAlt, Level::Deny),
            (Code::HeadingSkip, Level::Allow),
        ]);
        let levels = Levels {
            deny_warnings: true,
            codes: BTreeMap::from([
                (Code::MissingAlt, Level::Warn),
                (Code::DeadLink, Level::Allow),
            ]),
        };
        let severity = |levels: &Levels, code| {
            let found = levels.judge(&book, Diagnostic::new(code, None, ""));
            found.map(|found| found.severity)
        };
        let plain = Levels::default();
        assert_eq!(severity(&plain, Code::MissingAlt), Some(Severity::Error));
        assert_eq!(severity(&plain, Code::HeadingSkip), None);
        assert_eq!(severity(&plain, Code::DeadLink), Some(Severity::Warning));
        assert_eq!(severity(&levels, Code::MissingAlt), Some(Severity::Warning));
        assert_eq!(severity(&levels, Code::HeadingSkip), None);
        assert_eq!(severity(&levels, Code::DeadLink), None);
        assert_eq!(severity(&levels, Code::TooDeep), Some(Severity::Error));
        assert_eq!(severity(&levels, Code::ColouredText), Some(Severity::Note));
    }
}
