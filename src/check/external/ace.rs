//! Ace's report: `report.json`.
//!
//! Assertions by document, each with a test and its impact, and the element by an EPUB CFI. Its paths start from the package's
//! folder.

use serde_json::Value;

use super::{Complaint, Spot, Where, items, json, sentence, text};
use crate::diag::Severity;

/// Reads a report.
pub(super) fn read(report: &str) -> Result<Vec<Complaint>, String> {
    let report = json(report)?;
    if !report["assertions"].is_array() {
        return Err(String::from("its report has no assertions"));
    }
    let mut found = Vec::new();
    for document in items(&report, "assertions") {
        let path = text(&document["earl:testSubject"], "url");
        for assertion in items(document, "assertions") {
            if text(&assertion["earl:result"], "earl:outcome") == "fail" {
                of_assertion(path, assertion, &mut found);
            }
        }
    }
    Ok(found)
}

fn of_assertion(path: &str, assertion: &Value, found: &mut Vec<Complaint>) {
    let (test, result) = (&assertion["earl:test"], &assertion["earl:result"]);
    let severity = match text(test, "earl:impact") {
        "critical" | "serious" => Severity::Error,
        "moderate" => Severity::Warning,
        _ => Severity::Note,
    };
    // The first line says what is wrong, the others what would also have served.
    let first = |value: &Value| {
        let lines = text(value, "dct:description").lines().map(str::trim);
        let mut lines = lines.filter(|line| !line.is_empty());
        lines.next().map(sentence)
    };
    let message = first(result).or_else(|| first(test)).unwrap_or_default();
    let hint = match text(&test["help"], "url") {
        "" => String::new(),
        url => format!("see {url}"),
    };
    let pointers = items(&result["earl:pointer"], "cfi");
    let spots = pointers.iter().filter_map(Value::as_str);
    let mut spots: Vec<Spot> = spots.map(|cfi| Spot::Element(cfi.to_owned())).collect();
    if spots.is_empty() {
        spots.push(Spot::Whole);
    }
    for spot in spots {
        found.push(Complaint {
            rule: text(test, "dct:title").to_owned(),
            severity,
            message: message.clone(),
            at: match path {
                "" => Where::File,
                path => Where::Inner {
                    path: path.to_owned(),
                    spot,
                },
            },
            more: 0,
            hint: hint.clone(),
        });
    }
}
