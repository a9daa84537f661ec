//! What was found, numbered as the pages are read.

use super::Case;
use super::locate::{Places, Stand};
use crate::diag::{Diagnostic, Severity};
use crate::typeset::pages::PageList;
use crate::unit::Abs;

/// A proof lists no more findings than this: some hundred sheets of them. Nobody reads so many.
pub(super) const MOST: usize = 10_000;

/// A finding with its number.
#[derive(Clone, Debug)]
pub(super) struct Noted<'a> {
    /// From 1, on through the book.
    pub number: usize,
    /// What was found.
    pub found: &'a Diagnostic,
    /// Where it stands; `None` if on no page.
    pub stand: Option<Stand>,
}

/// All findings: those on no page first, then page by page from top to bottom.
#[derive(Debug)]
pub(super) struct Findings<'a> {
    /// In the order of their numbers.
    pub all: Vec<Noted<'a>>,
    /// How many were left out.
    pub left_out: usize,
}

impl<'a> Findings<'a> {
    /// Finds their lines and gives them their numbers.
    pub(super) fn of(list: &PageList, case: &Case<'a>) -> Findings<'a> {
        let mut places = Places::of(list, case.edition, case.sources);
        let mut worst: Vec<&'a Diagnostic> = case.found.iter().collect();
        let left_out = worst.len().saturating_sub(MOST);
        if left_out > 0 {
            worst.sort_by_key(|found| std::cmp::Reverse(found.severity));
            worst.truncate(MOST);
        }
        let stands = worst.into_iter().map(|found| (places.find(found), found));
        let mut stands: Vec<_> = stands.collect();
        // They come sorted by file and place, which holds among equals.
        stands.sort_by_key(|(stand, _)| {
            stand.map(|stand| {
                let at = stand.line.map(|line| (line.at.y, line.at.x));
                (stand.page, at.unwrap_or((Abs::ZERO, Abs::ZERO)))
            })
        });
        let all = stands.into_iter().zip(1..);
        Findings {
            all: all
                .map(|((stand, found), number)| Noted {
                    number,
                    found,
                    stand,
                })
                .collect(),
            left_out,
        }
    }

    /// Those on no page.
    pub(super) fn elsewhere(&self) -> &[Noted<'a>] {
        &self.all[..self.all.partition_point(|noted| noted.stand.is_none())]
    }

    /// Those on some pages.
    pub(super) fn on(&self, pages: &std::ops::Range<usize>) -> &[Noted<'a>] {
        let before = |end: usize| {
            let at = |noted: &Noted<'_>| noted.stand.map(|stand| stand.page as usize);
            self.all.partition_point(|noted| at(noted) < Some(end))
        };
        &self.all[before(pages.start)..before(pages.end)]
    }

    /// How many are of a severity.
    pub(super) fn count(&self, severity: Severity) -> usize {
        let all = self.all.iter();
        all.filter(|noted| noted.found.severity == severity).count()
    }
}
