//! What stands in HTML and is of another vocabulary: EPUB's own elements and attributes, and those of nobody.

use std::collections::BTreeMap;

use super::super::publication::{Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use crate::diag::Code;

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let documents = publication.documents.iter();
    for document in documents.filter(|document| document.tree.is_whole && !document.is_drawing) {
        for node in document.tree.nodes() {
            let bad = |at, message: String| tally.tell(Code::BadMarkup, at, message);
            let in_html = node.parent().is_some_and(|up| up.space() == Space::Xhtml);
            let is_old = publication.package.version == Version::Two;
            match node.space() {
                Space::Ops if !is_old => {
                    if let Some(message) = own(node, &document.ids) {
                        bad(node.span(), message);
                    }
                }
                Space::Xhtml if !is_old => types(node, tally),
                Space::Svg => {}
                Space::MathMl if !is_old => {}
                Space::Xhtml => {}
                _ if in_html => {
                    bad(
                        node.span(),
                        format!(
                            "`<{}>` is of another vocabulary than HTML",
                            shown(node.name())
                        ),
                    );
                }
                _ => {}
            }
        }
    }
}

/// `epub:` attributes of an element of HTML.
fn types(node: Node<'_>, tally: &Tally<'_>) {
    for (_, name, value, at) in node.attrs().filter(|(space, ..)| *space == Space::Ops) {
        let message = match name {
            "type" if value.trim().is_empty() => "`epub:type` is empty".to_owned(),
            "type" | "prefix" => continue,
            _ => format!("there is no attribute `epub:{}`", shown(name)),
        };
        tally.tell(Code::BadMarkup, at, message);
    }
}

/// The elements that EPUB 3.0 brought: ways to choose between vocabularies, and to steer sound.
fn own(node: Node<'_>, ids: &BTreeMap<String, u32>) -> Option<String> {
    let kids = |name: &str| {
        node.children()
            .filter(|kid| kid.is(Space::Ops, name))
            .count()
    };
    match node.name() {
        "switch" => {
            let last = node.children().last();
            let fits = kids("case") > 0
                && kids("default") == 1
                && kids("case") + 1 == node.children().count()
                && last.is_some_and(|last| last.is(Space::Ops, "default"));
            (!fits).then(|| "an `<epub:switch>` has one `<epub:case>` or more, and one `<epub:default>` behind them".to_owned())
        }
        "case" if node.attr("required-namespace").is_none() => {
            Some("an `<epub:case>` has a `required-namespace`".to_owned())
        }
        "trigger" => {
            let mut named = node
                .attrs()
                .filter(|(_, name, ..)| matches!(*name, "ref" | "observer"));
            let missing = named.find(|(_, _, id, _)| !ids.contains_key(*id));
            missing.map(|(_, name, id, _)| {
                format!(
                    "`{name}` names `{}`, and nothing here has that id",
                    shown(id)
                )
            })
        }
        "case" | "default" => None,
        other => Some(format!("there is no `<epub:{}>`", shown(other))),
    }
}
