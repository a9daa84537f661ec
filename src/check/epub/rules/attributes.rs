//! Attributes of HTML: that their element has them, and what they may say.

use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use super::super::xml::is_name;
use super::oldtables::{OLD_ATTRIBUTES, OLD_BARE, OLD_GLOBAL, OLD_NEEDED};
use super::tables::{ARIA, ATTRIBUTES, GLOBAL, NEEDED, NUMBERS, UNROLED, beside, has};
use super::values;
use crate::diag::Code;

/// An element of EPUB 3.
pub(super) fn judge(node: Node<'_>, tally: &Tally<'_>) {
    let element = node.name();
    let bad = |at, message: String| tally.tell(Code::BadMarkup, at, message);
    for (space, name, value, at) in node.attrs() {
        if space == Space::Ops
            && name == "type"
            && has("head html meta title base link style", element)
        {
            bad(at, format!("a `<{element}>` has no `epub:type`"));
        }
        if space == Space::Ops && name == "prefix" && element != "html" {
            bad(at, "`epub:prefix` stands on `<html>` alone".to_owned());
        }
        if space != Space::None {
            continue;
        }
        if let Some(state) = name.strip_prefix("aria-")
            && !has(ARIA, state)
        {
            bad(at, format!("ARIA has no `{}`", shown(name)));
        } else if (name == "role" || name.starts_with("aria-"))
            && let Some(should) = values::aria(name, value)
        {
            bad(at, format!("`{name}` is {should}, not `{}`", shown(value)));
        }
        if let Some(own) = name.strip_prefix("data-")
            && (!is_name(own) || own.contains(':') || own.bytes().any(|b| b.is_ascii_uppercase()))
        {
            bad(
                at,
                format!(
                    "`{}` is no name of data: small letters behind `data-`",
                    shown(name)
                ),
            );
        }
        let open = ["data-", "aria-", "its-", "on"]
            .iter()
            .any(|start| name.starts_with(start))
            || name.contains(':')
            || element.contains('-')
            || element == "embed";
        let own = || beside(ATTRIBUTES, element).is_some_and(|list| has(list, name));
        let is_odd = name == "role" && has(UNROLED, element)
            || name == "rev" && element == "a"
            || name == "value" && element == "li" && !numbered(node);
        if is_odd || !open && !has(GLOBAL, name) && !own() {
            bad(
                at,
                format!(
                    "a `<{}>` has no attribute `{}`",
                    shown(element),
                    shown(name)
                ),
            );
            continue;
        }
        let is_number = beside(NUMBERS, name).is_some_and(|elements| has(elements, element));
        let least = match name {
            "start" | "value" => i64::MIN,
            "colspan" | "span" => 1,
            _ => 0,
        };
        if is_number
            && !value
                .trim()
                .parse::<i64>()
                .is_ok_and(|number| number >= least)
        {
            let should = if least == 1 { " from 1 on" } else { "" };
            bad(
                at,
                format!("`{name}` is a whole number{should}, not `{}`", shown(value)),
            );
        }
        if let Some(should) = values::wrong(element, name, value) {
            bad(
                at,
                format!(
                    "the `{name}` of a `<{element}>` is {should}, not `{}`",
                    shown(value)
                ),
            );
        }
    }
    values::together(node, tally);
    let needed = beside(NEEDED, element).filter(|name| node.attr(name).is_none());
    // Data of microdata are what `content` says.
    if let Some(name) = needed.filter(|_| element != "img" || node.attr("srcset").is_none()) {
        bad(node.span(), format!("a `<{element}>` has no `{name}`"));
    }
}

/// Whether an entry is of a list that is numbered.
fn numbered(entry: Node<'_>) -> bool {
    entry.parent().is_none_or(|list| list.name() == "ol")
}

/// An element of EPUB 2.
pub(super) fn old(node: Node<'_>, tally: &Tally<'_>) {
    let element = node.name();
    for (space, name, value, at) in node.attrs() {
        let own = || beside(OLD_ATTRIBUTES, element).is_some_and(|list| has(list, name));
        let known = match space {
            Space::None => !has(OLD_BARE, element) && has(OLD_GLOBAL, name) || own(),
            Space::Xml => name == "lang" || name == "space" && has("pre script style", element),
            _ => false,
        };
        let bad = |message: String| tally.tell(Code::BadMarkup, at, message);
        if !known {
            bad(format!(
                "in EPUB 2 a `<{element}>` has no attribute `{}`",
                shown(name)
            ));
        } else if name == "dir" && !matches!(value, "ltr" | "rtl") {
            bad(format!("`dir` is `ltr` or `rtl`, not `{}`", shown(value)));
        }
    }
    for name in beside(OLD_NEEDED, element)
        .unwrap_or_default()
        .split_ascii_whitespace()
    {
        if node.attr(name).is_none() {
            tally.tell(
                Code::BadMarkup,
                node.span(),
                format!("a `<{element}>` has no `{name}`"),
            );
        }
    }
}
