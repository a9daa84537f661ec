//! The manual's appendix of diagnostics, made from the codes themselves.

use super::Code;

/// A Markdown file: each code with its level and what `recto explain` says of it, in groups.
pub fn appendix() -> String {
    let mut text = String::from(
        "---\nrole: appendix\n---\n\n# Diagnostic Codes\n\nThis is what `recto explain` prints of each, made from the program \
         itself by\n`recto explain --markdown`.\n",
    );
    for (group, codes) in Code::GROUPS {
        text.push_str(&format!("\n## {group}\n"));
        if let Some(family) = codes.first().map(|code| code.family()) {
            let name = family.name();
            text.push_str(&format!("\nThe family `{name}`: {}.\n", family.about()));
        }
        for code in *codes {
            let (name, level) = (code.name(), code.level().name());
            let said = code.explanation();
            text.push_str(&format!(
                "\n[`{name}`]{{#code-{name}}} ({level})\n: {} {}\n\n  For example: {}\n\n  {}\n",
                said.what, said.why, said.example, said.instead
            ));
        }
    }
    text
}
