//! What a run has to tell, as the formats take it.

use super::{Format, Map, concise, full, github, gitlab, json, junit, sarif};
use crate::diag::{Finding, Severity};

/// What was found in one book or one finished file.
pub struct Subject<'a> {
    /// What the user called it.
    pub name: &'a str,
    /// What was found, in order.
    pub found: Vec<&'a Finding>,
    /// Where that points.
    pub map: Map<'a>,
}

/// What a run has to tell.
pub struct Report<'a> {
    /// One for each path that was named, in their order.
    pub subjects: Vec<Subject<'a>>,
    /// The editions that were looked at, if they were chosen.
    pub editions: &'a [String],
    /// How many findings the baseline knows; they are not among those of the subjects.
    pub known: usize,
    /// The code with which the run will end: 0, 1 or 2.
    pub exit: u8,
}

impl<'a> Report<'a> {
    /// Everything found, in order, with the map of its subject.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'a Finding, Map<'a>)> + '_ {
        let pairs = |subject: &'_ Subject<'a>| {
            let map = subject.map;
            let found: Vec<&'a Finding> = subject.found.clone();
            found.into_iter().map(move |found| (found, map))
        };
        self.subjects.iter().flat_map(pairs)
    }

    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let of = |found: &&Finding| found.diagnostic.severity == severity;
        let counts = self.subjects.iter();
        counts
            .map(|subject| {
                subject
                    .found
                    .iter()
                    .copied()
                    .filter(|found| of(found))
                    .count()
            })
            .sum()
    }
}

/// A report as text; `color` is heeded by [`Format::Full`] alone.
pub fn render(report: &Report<'_>, format: Format, color: bool) -> String {
    let each = |one: &dyn Fn(&Finding, Map<'_>) -> String| -> String {
        report.all().map(|(found, map)| one(found, map)).collect()
    };
    match format {
        Format::Full => each(&|found, map| full::render(&found.diagnostic, map, color)),
        Format::Concise => each(&|found, map| concise::render(&found.diagnostic, map)),
        Format::Github => each(&|found, map| github::render(&found.diagnostic, map)),
        Format::Json => json::render(report),
        Format::Sarif => sarif::render(report),
        Format::Junit => junit::render(report),
        Format::Gitlab => gitlab::render(report),
    }
}
