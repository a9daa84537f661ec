//! Where a PDF's faults gather while it is read and judged.

use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// Names shown in one message, at most; the rest are counted.
const SHOWN: usize = 4;

/// Messages of one code, at most: a file that is wrong all through is told of in pages, not in volumes.
const TOLD: usize = 40;

/// The faults of one file, each placed at the file.
#[derive(Debug)]
pub(crate) struct Faults {
    at: Span,
    found: Vec<Diagnostic>,
    /// Told of each code, and not.
    counts: std::collections::BTreeMap<Code, usize>,
}

impl Faults {
    pub(crate) fn new(at: Span) -> Faults {
        Faults {
            at,
            found: Vec::new(),
            counts: std::collections::BTreeMap::new(),
        }
    }

    /// Takes one in.
    pub(crate) fn tell(&mut self, code: Code, message: impl Into<String>, hint: &str) {
        self.push(Diagnostic::new(code, self.at, message).hint(hint));
    }

    /// Takes one in that shows on a page, by its label.
    pub(crate) fn tell_on(
        &mut self,
        page: &str,
        code: Code,
        message: impl Into<String>,
        hint: &str,
    ) {
        self.push(
            Diagnostic::new(code, self.at, message)
                .on_page(page)
                .hint(hint),
        );
    }

    fn push(&mut self, found: Diagnostic) {
        let count = self.counts.entry(found.code).or_default();
        *count += 1;
        if *count <= TOLD {
            self.found.push(found);
        }
    }

    /// Whether any was told.
    pub(crate) fn any(&self, code: Code) -> bool {
        self.counts.contains_key(&code)
    }

    /// All, in the order in which they were told; of a code told too often, at the end how many more.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        for (code, count) in self.counts {
            if let Some(more) = count.checked_sub(TOLD).filter(|more| *more > 0) {
                let message = format!("{more} more of this kind");
                self.found.push(Diagnostic::new(code, self.at, message));
            }
        }
        self.found
    }
}

/// Things of one kind, of which a message names the first few.
#[derive(Clone, Debug, Default)]
pub(crate) struct Several {
    shown: Vec<String>,
    count: usize,
}

impl Several {
    pub(crate) fn add(&mut self, name: impl FnOnce() -> String) {
        if self.shown.len() < SHOWN {
            self.shown.push(name());
        }
        self.count += 1;
    }

    /// Adds unless it was the last.
    pub(crate) fn add_new(&mut self, name: String) {
        if self.shown.last() != Some(&name) {
            self.add(|| name);
        }
    }

    /// The first of them.
    pub(crate) fn first(&self) -> &str {
        self.shown.first().map_or("", String::as_str)
    }

    /// `a`, `a and b`, `a, b, c, d and 5 more`; `None` for none.
    pub(crate) fn told(&self) -> Option<String> {
        let (last, before) = self.shown.split_last()?;
        let more = self.count - self.shown.len();
        Some(match (before, more) {
            ([], 0) => last.clone(),
            (_, 0) => format!("{} and {last}", before.join(", ")),
            _ => format!("{} and {more} more", self.shown.join(", ")),
        })
    }
}

impl std::iter::FromIterator<String> for Several {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Several {
        let mut several = Several::default();
        for name in names {
            several.add(|| name);
        }
        several
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_are_named_and_the_rest_counted() {
        let told = |count: usize| {
            (1..=count)
                .map(|n| n.to_string())
                .collect::<Several>()
                .told()
        };
        assert_eq!(told(0), None);
        assert_eq!(told(1).unwrap(), "1");
        assert_eq!(told(3).unwrap(), "1, 2 and 3");
        assert_eq!(told(9).unwrap(), "1, 2, 3, 4 and 5 more");
    }
}
