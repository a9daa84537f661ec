//! Which tags may stand in which: lists, contents, tables (ISO 32000-1, 14.8.4.3; ISO 14289-1, 7.2).

use super::super::document::{Document, Element, Kid, Structure};
use super::super::fault::Faults;
use super::meaning::{named, pages};
use crate::diag::Code;

/// Tags that stand only in these.
const WITHIN: &[(&str, &[&str])] = &[
    ("TR", &["Table", "THead", "TBody", "TFoot"]),
    ("THead", &["Table"]),
    ("TBody", &["Table"]),
    ("TFoot", &["Table"]),
    ("TH", &["TR"]),
    ("TD", &["TR"]),
    ("LI", &["L"]),
    ("LBody", &["LI"]),
    ("TOCI", &["TOC"]),
];

/// Tags that hold only these. What a table holds stands with the tables.
const HOLDS: &[(&str, &[&str])] = &[
    ("TR", &["TH", "TD"]),
    ("THead", &["TR"]),
    ("TBody", &["TR"]),
    ("TFoot", &["TR"]),
    ("L", &["L", "LI", "Caption"]),
    ("LI", &["Lbl", "LBody"]),
    ("TOC", &["TOC", "TOCI", "Caption"]),
];

/// Tags that a reader passes over as if they were not there; PDF 2.0 has more of them.
fn is_passed(role: &str, is_new: bool) -> bool {
    matches!(role, "" | "NonStruct" | "Private" | "Artifact")
        || is_new
            && matches!(
                role,
                "Div" | "Part" | "Sect" | "Reference" | "P" | "Caption"
            )
}

/// Tells of parts of lists, contents and tables that stand elsewhere, and of what is no part of them.
pub(super) fn judge(document: &Document, faults: &mut Faults) {
    let Some(structure) = &document.structure else {
        return;
    };
    let at = pages(structure);
    let is_new = document.version >= (2, 0);
    for (index, element) in structure.elements.iter().enumerate() {
        let page = at[index].map_or("", |page| document.label(page));
        let mut tell = |what: String, hint: &str| {
            let message = format!("{} {what}", named(element, page));
            faults.tell_on(page, code(&element.role), message, hint);
        };
        if let Some(inside) = element.parent.and_then(|parent| {
            let above = &structure.elements[parent];
            wrong(WITHIN, &element.role, &above.role, is_new).then_some(above)
        }) {
            let hint = "tag it within what it is a part of";
            tell(format!("stands in `{}`", inside.tag), hint);
        }
        if let Some(odd) =
            kids(structure, element).find(|kid| wrong(HOLDS, &element.role, &kid.role, is_new))
        {
            let hint = "tag it as a part of that, or outside it";
            tell(format!("holds `{}`, which is no part of it", odd.tag), hint);
        }
        let late = kids(structure, element)
            .skip(1)
            .any(|kid| kid.role == "Caption");
        if matches!(element.role.as_str(), "L" | "TOC") && late {
            tell(
                "has a caption that is not its first part".to_owned(),
                "let the caption come first",
            );
        }
    }
}

fn code(role: &str) -> Code {
    if matches!(role, "L" | "LI" | "LBody" | "TOC" | "TOCI") {
        Code::ListTags
    } else {
        Code::TableTags
    }
}

/// Whether a list of rules has one for a tag, and the other tag is not in it.
fn wrong(rules: &[(&str, &[&str])], role: &str, other: &str, is_new: bool) -> bool {
    let rule = rules.iter().find(|(own, _)| *own == role);
    rule.is_some_and(|(_, allowed)| !allowed.contains(&other) && !is_passed(other, is_new))
}

fn kids<'s>(
    structure: &'s Structure,
    element: &'s Element,
) -> impl Iterator<Item = &'s Element> + 's {
    element.kids.iter().filter_map(|kid| match kid {
        Kid::Element(kid) => Some(&structure.elements[*kid]),
        _ => None,
    })
}
