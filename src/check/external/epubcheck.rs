//! EPUBCheck's report: `--json`.
//!
//! Messages with an id and a severity, each with the places where it holds. Of a message that holds at very many places, the report
//! lists some and counts the others.

use serde_json::Value;

use super::{Complaint, Spot, Where, items, json, sentence, text};
use crate::diag::Severity;

/// What it says of every fault of markup; says nothing.
const PREFIX: &str = "Error while parsing file: ";

/// Reads a report, or a list of reports.
pub(super) fn read(report: &str) -> Result<Vec<Complaint>, String> {
    let report = json(report)?;
    let reports = match &report {
        Value::Array(reports) => reports.as_slice(),
        _ => std::slice::from_ref(&report),
    };
    let mut found = Vec::new();
    for report in reports {
        if !report["messages"].is_array() || !report["checker"].is_object() {
            return Err(String::from("its report has no list of messages"));
        }
        for message in items(report, "messages") {
            of_message(message, &mut found);
        }
    }
    Ok(found)
}

fn of_message(message: &Value, found: &mut Vec<Complaint>) {
    let severity = match text(message, "severity") {
        "FATAL" | "ERROR" => Severity::Error,
        "WARNING" => Severity::Warning,
        "SUPPRESSED" => return,
        _ => Severity::Note,
    };
    let said = text(message, "message");
    let complaint = |at: Where, more: u64| Complaint {
        rule: text(message, "ID").to_owned(),
        severity,
        message: sentence(said.strip_prefix(PREFIX).unwrap_or(said)),
        at,
        more,
        hint: sentence(text(message, "suggestion")),
    };
    let locations = items(message, "locations");
    let mut more = message["additionalLocations"].as_u64().unwrap_or(0);
    if locations.is_empty() {
        found.push(complaint(Where::File, more));
    }
    for location in locations {
        // It says -1 where it knows none.
        let number = |key: &str| location[key].as_u64().and_then(|n| u32::try_from(n).ok());
        let spot = match number("line") {
            Some(line @ 1..) => Spot::Line(line, number("column").unwrap_or(1).max(1)),
            _ => Spot::Whole,
        };
        let at = match text(location, "path") {
            // The EPUB itself.
            path if path.is_empty() || path.to_ascii_lowercase().ends_with(".epub") => Where::File,
            path => Where::Inner {
                path: path.to_owned(),
                spot,
            },
        };
        found.push(complaint(at, std::mem::take(&mut more)));
    }
}
