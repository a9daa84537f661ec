//! Families that a theme asks for and that are not at hand.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Sink, nearest};
use crate::source::Span;
use crate::theme::{Declaration, Family, Theme};
use crate::yaml::{Fragment, Node, Value};

use super::Fonts;

impl Fonts {
    /// Reports each list of families of which none is at hand, by its first name, where the book's own `style:` says it.
    pub fn report_missing(&self, theme: &Theme, style: &[Fragment], sink: &Sink) {
        let declarations = theme.roles.values().chain(theme.classes.values()).flatten();
        let mut wanted: BTreeSet<&str> = BTreeSet::new();
        for declaration in declarations {
            let Declaration::Family(families) = declaration else {
                continue;
            };
            let mut names = families.iter().filter_map(|family| match family {
                Family::Named(name) => Some(name.as_str()),
                Family::Serif | Family::Sans | Family::Mono => None,
            });
            if let Some(first) = names.clone().next()
                && !names.any(|name| self.has_family(name))
            {
                wanted.insert(first);
            }
        }
        let known: BTreeSet<&str> = self.iter().map(|(_, face)| face.family()).collect();
        for name in wanted {
            let at = style
                .iter()
                .find_map(|fragment| place(&fragment.node, name));
            let message = format!("no font of the family `{name}` is at hand");
            let hint = match nearest(name, known.iter().copied()) {
                Some(other) => format!("did you mean `{other}`?"),
                None => "put its files into the book's `fonts` folder, or say `system-fonts: true`"
                    .to_owned(),
            };
            sink.push(Diagnostic::new(Code::MissingFamily, at, message).hint(hint));
        }
    }
}

/// Where a text stands in a tree.
pub(super) fn place(node: &Node, text: &str) -> Option<Span> {
    match &node.value {
        Value::Text(found) if found == text => node.at,
        Value::List(items) => items.iter().find_map(|item| place(item, text)),
        Value::Map(entries) => entries.iter().find_map(|(_, node)| place(node, text)),
        _ => None,
    }
}
