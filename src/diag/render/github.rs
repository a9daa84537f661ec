//! Annotations for a workflow of GitHub: one workflow command a line, which its runner shows at the line of the file.
//!
//! The log shows the message alone, so that begins with the place as well. GitHub takes columns only where a finding ends on
//! the line on which it begins.

use super::{Map, Place, concise, tame};
use crate::diag::{Diagnostic, Severity};

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=code::path:line:column: message (hint)`.
pub(super) fn render(found: &Diagnostic, map: Map<'_>) -> String {
    let command = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = String::new();
    let mut before = String::new();
    if let Some(at) = found.at.and_then(|at| Place::in_file(at, map)) {
        let path = property(&tame(&at.path));
        properties = format!("file={path},line={},endLine={}", at.line, at.last_line());
        if at.line == at.end_line && at.column < at.end_column {
            // Its last column is part of what it marks.
            let (first, last) = (at.column, at.end_column - 1);
            properties.push_str(&format!(",col={first},endColumn={last}"));
        }
        properties.push(',');
        before = format!("{}:{}:{}: ", tame(&at.path), at.line, at.column);
    }
    let message = data(&format!("{before}{}", concise::said(found)));
    let title = property(found.code.name());
    format!("::{command} {properties}title={title}::{message}\n")
}

/// What stands behind the second `::`.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands behind a `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::source::{Sources, Span};

    #[test]
    fn nothing_in_a_finding_can_end_the_command() {
        let sources = Sources::new();
        let file = sources.add("a,b:c%.md", "![x](y)\n\n![x](y\nz)\n");
        let map = Map::from(&sources);
        let found = |start, end| {
            let at = Span::new(file.id, start, end);
            let found = Diagnostic::new(Code::MissingImage, at, "100 % of `y::z`\r\n::set-env");
            render(&found.hint("a"), map)
        };
        assert_eq!(
            found(0, 7),
            "::error file=a%2Cb%3Ac%25.md,line=1,endLine=1,col=1,endColumn=7,title=missing-image::\
             a,b:c%25.md:1:1: 100 %25 of `y::z`␍ ::set-env (a)\n"
        );
        assert!(
            found(9, 18).starts_with("::error file=a%2Cb%3Ac%25.md,line=3,endLine=4,title="),
            "{}",
            found(9, 18)
        );
        let nowhere = Diagnostic::new(Code::LooseLine, None, "x");
        assert_eq!(render(&nowhere, map), "::notice title=loose-line::x\n");
        let setting = sources.add("--set", "titel=X");
        let nowhere = Diagnostic::new(Code::UnknownKey, Span::new(setting.id, 0, 5), "x");
        assert_eq!(render(&nowhere, map), "::error title=unknown-key::x\n");
    }
}
