//! veraPDF's report: `--format json`.
//!
//! A job with the results of each standard that the file claims, each with the rules that fail and the checks of them. A check names
//! its object by the way to it: `root/document[0]/pages[3](12 0 obj PDPage)/contentStream[0]…`, where pages count from 0. Of a rule,
//! one complaint per page is told, since one fault of a page may fail a thousand checks.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Complaint, Where, items, json, sentence, text};
use crate::diag::Severity;

/// Reads a report.
pub(super) fn read(report: &str) -> Result<Vec<Complaint>, String> {
    let report = json(report)?;
    let jobs = items(&report["report"], "jobs");
    if jobs.is_empty() {
        return Err(String::from("its report has no job"));
    }
    let mut found = Vec::new();
    for job in jobs {
        if let Some(why) = exception(&job["taskException"]) {
            return Err(why);
        }
        // A list since it judges several claims in one run.
        let results = match &job["validationResult"] {
            Value::Array(results) => results.as_slice(),
            Value::Object(_) => std::slice::from_ref(&job["validationResult"]),
            _ => return Err(String::from("its report has no result")),
        };
        for result in results {
            if let Some(why) = exception(&result["taskException"]) {
                return Err(why);
            }
            let rules = items(&result["details"], "ruleSummaries");
            for rule in rules {
                of_rule(rule, &mut found);
            }
            if result["compliant"] == Value::Bool(false) && rules.is_empty() {
                found.push(Complaint {
                    rule: String::new(),
                    severity: Severity::Error,
                    message: sentence(text(result, "statement")),
                    at: Where::File,
                    more: 0,
                    hint: String::new(),
                });
            }
        }
    }
    Ok(found)
}

/// Why it could not judge.
fn exception(task: &Value) -> Option<String> {
    task.is_object().then(|| {
        let why = text(task, "exceptionMessage");
        let why = why.strip_prefix("Exception: ").unwrap_or(why);
        format!("it cannot read the file: {}", sentence(why))
    })
}

fn of_rule(rule: &Value, found: &mut Vec<Complaint>) {
    let is = |key: &str, word: &str| text(rule, key).eq_ignore_ascii_case(word);
    if is("status", "passed") || is("ruleStatus", "passed") {
        return;
    }
    let number = rule["testNumber"].as_u64().unwrap_or(0);
    let complaint = |message: &str, at: Where, more: u64| Complaint {
        rule: format!("{}-{number}", text(rule, "clause")),
        severity: Severity::Error,
        message: sentence(message),
        at,
        more,
        hint: match text(rule, "specification") {
            "" => String::new(),
            standard => format!("{standard}: {}", sentence(text(rule, "description"))),
        },
    };
    // By page, what is on none first: the first message, and how many there are.
    let mut places: BTreeMap<Option<u32>, (&str, u64)> = BTreeMap::new();
    let mut told = 0;
    for check in items(rule, "checks") {
        if text(check, "status").eq_ignore_ascii_case("passed") {
            continue;
        }
        let said = match text(check, "errorMessage") {
            "" => text(rule, "description"),
            said => said,
        };
        places
            .entry(page(text(check, "context")))
            .or_insert((said, 0))
            .1 += 1;
        told += 1;
    }
    if places.is_empty() {
        places.insert(None, (text(rule, "description"), 1));
        told = 1;
    }
    // It lists a hundred checks of a rule and counts the others.
    let mut untold = rule["failedChecks"].as_u64().unwrap_or(0);
    untold = untold.saturating_sub(told);
    for (page, (said, times)) in places {
        let at = page.map_or(Where::File, Where::Page);
        let more = times - 1 + std::mem::take(&mut untold);
        found.push(complaint(said, at, more));
    }
}

/// The page that an object is on, from 1.
fn page(context: &str) -> Option<u32> {
    let (_, rest) = context.split_once("/pages[")?;
    let (number, _) = rest.split_once(']')?;
    number.parse::<u32>().ok()?.checked_add(1)
}
