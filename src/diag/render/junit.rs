//! JUnit's XML, for servers that show tests: a suite for each file, a test for each finding.
//!
//! A test fails where the finding is an error, so that a server calls a run failed when recto does. Warnings and notes are
//! tests that were skipped, with what there is to say: servers show them, and nothing fails. A book without findings has one test
//! that passed. A test's name says nothing of lines, so that a server can tell which tests are new. There is no time in it.

use super::report::{Report, Subject};
use super::{Map, Place, concise, full, tame};
use crate::diag::{Finding, Severity};
use crate::markup::Element;

/// A test's element, and what it adds to its suite's counts.
struct Case {
    element: Element,
    failed: bool,
    skipped: bool,
}

/// The report: suites in a document.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut all = Element::new("testsuites").with("name", env!("CARGO_PKG_NAME"));
    let (mut suites, mut tests, mut failures) = (Vec::new(), 0, 0);
    for subject in &report.subjects {
        for (name, cases) in cases(subject) {
            let failed = cases.iter().filter(|case| case.failed).count();
            let skipped = cases.iter().filter(|case| case.skipped).count();
            (tests, failures) = (tests + cases.len(), failures + failed);
            let suite = Element::new("testsuite")
                .with("name", tame(&name))
                .with("tests", cases.len().to_string())
                .with("failures", failed.to_string())
                .with("errors", "0")
                .with("skipped", skipped.to_string());
            let cases = cases.into_iter().map(|case| case.element);
            suites.push(cases.fold(suite, Element::child));
        }
    }
    all = all.with("tests", tests.to_string());
    all = all
        .with("failures", failures.to_string())
        .with("errors", "0");
    suites.into_iter().fold(all, Element::child).xml("  ")
}

/// The tests of a book, by file; a book without findings has passed one.
fn cases(subject: &Subject<'_>) -> Vec<(String, Vec<Case>)> {
    let name = match subject.name {
        "" | "." => String::from("book"),
        name => name.to_owned(),
    };
    if subject.found.is_empty() {
        let element = Element::new("testcase").with("name", "nothing found");
        let passed = Case {
            element: element.with("classname", tame(&name)),
            failed: false,
            skipped: false,
        };
        return vec![(name, vec![passed])];
    }
    let mut files: Vec<(String, Vec<&Finding>)> = Vec::new();
    for found in &subject.found {
        let at = found.diagnostic.at;
        let place = at.and_then(|at| Place::in_file(at, subject.map));
        let path = place.map_or_else(|| name.clone(), |place| place.path);
        match files.last_mut() {
            Some((last, list)) if *last == path => list.push(found),
            _ => files.push((path, vec![found])),
        }
    }
    let of_file = |(path, found): (String, Vec<&Finding>)| {
        let cases = (0..found.len()).map(|at| {
            let code = found[at].diagnostic.code;
            let before = found[..at].iter();
            let before = before.filter(|one| one.diagnostic.code == code).count();
            case(found[at], before, &path, subject.map)
        });
        let cases = cases.collect();
        (path, cases)
    };
    files.into_iter().map(of_file).collect()
}

fn case(found: &Finding, before: usize, path: &str, map: Map<'_>) -> Case {
    let diagnostic = &found.diagnostic;
    let code = diagnostic.code.name();
    let name = match before {
        0 => code.to_owned(),
        before => format!("{code} ({})", before + 1),
    };
    let failed = diagnostic.severity == Severity::Error;
    let line = diagnostic.at.and_then(|at| Place::in_file(at, map));
    let line = line.map_or(String::new(), |at| format!("line {}: ", at.line));
    let shown = full::render(diagnostic, map, false);
    let verdict = Element::new(if failed { "failure" } else { "skipped" })
        .with("type", diagnostic.severity.name())
        .with("message", format!("{line}{}", concise::said(diagnostic)))
        .text(shown.trim_end());
    let element = Element::new("testcase").with("name", name);
    Case {
        element: element.with("classname", tame(path)).child(verdict),
        failed,
        skipped: !failed,
    }
}
