//! GitLab's code quality report: what a merge request adds and mends, shown beside its changes.

use std::collections::BTreeSet;

use serde::Serialize;

use super::report::Report;
use super::{Map, Place, concise};
use crate::diag::fingerprint::fingerprint;
use crate::diag::{Finding, Severity};

/// A finding; the names of its parts are GitLab's.
#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    /// One of its own for each finding of the report.
    fingerprint: String,
    severity: &'a str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// The report: a list.
pub(super) fn render(report: &Report<'_>) -> String {
    let issues = report.all().map(|(found, map)| issue(found, map));
    // A file that two of the paths named lead to is told of once.
    let mut seen = BTreeSet::new();
    let issues: Vec<Issue<'_>> = issues
        .filter(|issue| seen.insert(issue.fingerprint.clone()))
        .collect();
    super::json::pretty(&issues)
}

fn issue<'a>(found: &'a Finding, map: Map<'_>) -> Issue<'a> {
    let at = found.diagnostic.at.and_then(|at| Place::in_file(at, map));
    let location = match at {
        Some(at) => Location {
            lines: Lines {
                begin: at.line,
                end: at.last_line(),
            },
            path: at.path,
        },
        // GitLab wants a line of a file of everything.
        None => Location {
            path: map.first().unwrap_or_else(|| String::from("book.yaml")),
            lines: Lines { begin: 1, end: 1 },
        },
    };
    Issue {
        description: concise::said(&found.diagnostic),
        check_name: found.diagnostic.code.name(),
        // Two books of one run may have a finding in common.
        fingerprint: fingerprint(&[&location.path, &found.fingerprint]),
        severity: match found.diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location,
    }
}
