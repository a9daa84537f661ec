//! SARIF 2.1.0 (OASIS, 2020), for code scanning and for viewers in editors.
//!
//! One run. Its rules are the codes found, each with what `recto explain` says of it. A finding's place is relative to the
//! folder that the paths of the report are relative to, `SRCROOT`; columns count Unicode code points; further places are related
//! locations. There is no time and no absolute path in it, unless a file lies outside that folder.

mod form;
mod uri;

use std::collections::BTreeMap;

use super::report::Report;
use super::{Map, Place, concise, tame};
use crate::diag::{Code, Diagnostic, Finding, Severity};
use crate::source::Span;
use form::{
    Area, Base, Configuration, Details, Driver, File, Invocation, Location, Log, Physical, Region,
    RelatedLocation, Result, ResultProperties, Rule, RuleProperties, Run, Text, Tool,
};

/// Where a report's paths start.
const ROOT: &str = "SRCROOT";

/// A passage longer than this is not quoted; in characters. Viewers have the file.
const QUOTED: usize = 200;

/// The report: a log of one run.
pub(super) fn render(report: &Report<'_>) -> String {
    let codes: BTreeMap<Code, usize> = {
        let codes: std::collections::BTreeSet<Code> = report
            .all()
            .map(|(found, _)| found.diagnostic.code)
            .collect();
        codes.into_iter().zip(0..).collect()
    };
    let results = report.all().map(|(found, map)| result(found, map, &codes));
    // A set of editions is an analysis of its own: its findings do not take the place of those of all editions.
    let editions = match report.editions {
        [] => String::new(),
        names => format!("{}/", names.join("+")),
    };
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: env!("CARGO_PKG_NAME"),
                full_name: concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")),
                semantic_version: env!("CARGO_PKG_VERSION"),
                short_description: text(env!("CARGO_PKG_DESCRIPTION")),
                rules: codes.keys().map(|code| rule(*code)).collect(),
            },
        },
        language: "en-GB",
        automation_details: Details {
            id: format!("recto/{editions}"),
        },
        invocations: [Invocation {
            execution_successful: report.exit < 2,
            exit_code: report.exit,
        }],
        original_uri_base_ids: BTreeMap::from([(
            ROOT,
            Base {
                description: text("The folder that the paths are relative to."),
            },
        )]),
        column_kind: "unicodeCodePoints",
        results: results.collect(),
    };
    super::json::pretty(&Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [run],
    })
}

fn text(text: impl Into<String>) -> Text {
    Text {
        text: text.into(),
        markdown: None,
    }
}

fn rule(code: Code) -> Rule {
    let said = code.explanation();
    let plain = format!(
        "{} {}\n\nFor example: {}\n\n{}",
        said.what, said.why, said.example, said.instead
    );
    let markdown = format!(
        "**{}** {}\n\n*For example:* {}\n\n*Instead:* {}",
        said.what, said.why, said.example, said.instead
    );
    Rule {
        id: code.name(),
        name: code
            .name()
            .split('-')
            .filter_map(|word| {
                let first = word.get(..1)?.to_uppercase();
                Some(first + word.get(1..)?)
            })
            .collect(),
        short_description: text(said.what),
        full_description: text(format!("{} {}", said.what, said.why)),
        help: Text {
            text: plain,
            markdown: Some(markdown),
        },
        default_configuration: Configuration {
            level: code.level().name(),
        },
        properties: RuleProperties {
            tags: [code.family().name()],
            // The name under which code scanning looks for it.
            problem_severity: match code.level() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "recommendation",
            },
        },
    }
}

fn result(found: &Finding, map: Map<'_>, codes: &BTreeMap<Code, usize>) -> Result {
    let diagnostic = &found.diagnostic;
    let at = diagnostic.at.and_then(|at| physical(at, map));
    // A finding of the whole book is shown at the file that the book begins with.
    let at = at.or_else(|| {
        let first = map.first()?;
        Some(Physical {
            artifact_location: file(&first),
            region: None,
        })
    });
    let related = diagnostic.labels.iter().zip(0..);
    let related = related.filter_map(|((at, said), id)| {
        Some(RelatedLocation {
            id,
            physical_location: physical(*at, map)?,
            message: text(tame(said)),
        })
    });
    Result {
        rule_id: diagnostic.code.name(),
        rule_index: codes.get(&diagnostic.code).copied().unwrap_or_default(),
        level: diagnostic.severity.name(),
        message: message(diagnostic),
        locations: at
            .into_iter()
            .map(|physical_location| Location { physical_location })
            .collect(),
        related_locations: related.collect(),
        partial_fingerprints: BTreeMap::from([("rectoFinding/v1", found.fingerprint.clone())]),
        properties: ResultProperties {
            page: diagnostic.page.clone(),
            hints: diagnostic.hints.iter().map(|hint| tame(hint)).collect(),
        },
    }
}

/// Everything that is said: viewers show no more than this.
fn message(found: &Diagnostic) -> Text {
    let said = concise::said(found);
    // `[…](…)` is a link in a message; a backslash takes that from it, and not every viewer takes away the backslash.
    if said.contains("](") {
        return text(
            said.replace('\\', "\\\\")
                .replace('[', "\\[")
                .replace(']', "\\]"),
        );
    }
    text(said)
}

fn physical(at: Span, map: Map<'_>) -> Option<Physical> {
    let place = Place::in_file(at, map)?;
    let source = map.sources.get(at.file)?;
    let passage = source.text.get(at.start as usize..at.end as usize);
    let short = passage.filter(|text| !text.is_empty() && text.chars().count() <= QUOTED);
    Some(Physical {
        artifact_location: file(&place.path),
        region: Some(Region {
            area: Area {
                start_line: place.line,
                start_column: place.column,
                end_line: place.end_line,
                end_column: place.end_column,
            },
            snippet: short.map(text),
        }),
    })
}

fn file(path: &str) -> File {
    let (uri, relative) = uri::of(path);
    File {
        uri,
        uri_base_id: relative.then_some(ROOT),
    }
}
