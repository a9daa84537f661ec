//! A content document as a value.
//!
//! In: its tree. Out: a [`Document`]: ids, addresses, headings, styles. One walk over the elements.

use std::collections::BTreeMap;

use super::address::follow;
use super::css;
use super::navigation::said;
use super::publication::{Document, Heading, Reference, Role};
use super::tree::{Node, Space, Tree};
use crate::source::Span;

/// Reads a document.
pub(super) fn read(path: String, tree: Tree, is_drawing: bool) -> Document {
    let mut ids = BTreeMap::new();
    let (mut references, mut headings, mut styles) = (Vec::new(), Vec::new(), Vec::new());
    let mut title = None;
    for node in tree.nodes() {
        let own = node
            .attr("id")
            .or_else(|| node.attr_of(Space::Xml, "id").map(|(id, _)| id));
        if let Some(id) = own {
            ids.entry(id.to_owned()).or_insert(node.number());
        }
        addresses(node, &path, &mut references);
        if let Some((declared, at)) = node.attr_of(Space::None, "style") {
            styles.push((at.start as usize, css::declarations(declared)));
        }
        match (node.space(), node.name()) {
            (Space::Xhtml | Space::Svg, "style") => {
                let text: String = node.texts().map(|(_, text)| text).collect();
                let first = node.texts().next().map(|(text, _)| tree.place(text));
                let at = first.unwrap_or_else(|| node.span()).start;
                styles.push((at as usize, css::read(&text)));
            }
            (Space::Xhtml, "title") if node.parent().is_some_and(|up| up.name() == "head") => {
                title = title.or(Some(node.words()));
            }
            (Space::Svg, "title")
                if is_drawing && node.parent().is_some_and(|up| up.number() == 0) =>
            {
                title = title.or(Some(node.words()));
            }
            (Space::Xhtml, name) => {
                if let Some(level) = level(name) {
                    headings.push(Heading {
                        level,
                        words: said(node),
                        at: node.span(),
                        node: node.number(),
                    });
                }
            }
            _ => {}
        }
    }
    references.splice(0..0, sheets(&tree, &path));
    let root = tree.root();
    let lang = |space| root.and_then(|root| root.attr_of(space, "lang"));
    let lang = lang(Space::Xml).or_else(|| lang(Space::None));
    Document {
        lang: lang.map(|(lang, _)| lang.to_owned()),
        path,
        is_drawing,
        title,
        ids,
        references,
        headings,
        styles,
        tree,
    }
}

/// The style sheets that instructions name: `<?xml-stylesheet href="…"?>`.
fn sheets(tree: &Tree, path: &str) -> Vec<Reference> {
    let named = tree.sheets.iter().filter_map(|at| {
        let text = tree.file.text.get(at.start as usize..at.end as usize)?;
        let (before, after) = text.split_once("href")?;
        let quote = after.find(['"', '\''])?;
        let sign = after[quote..].chars().next()?;
        let (address, _) = after[quote + 1..].split_once(sign)?;
        let start = at.start as usize + before.len() + "href".len() + quote + 1;
        Some(Reference {
            role: Role::Style,
            target: follow(path, address),
            address: address.to_owned(),
            label: String::new(),
            types: Vec::new(),
            node: 0,
            at: Span::new(tree.file.id, start, start + address.len()),
        })
    });
    named.collect()
}

/// The level of `h1` to `h6`.
fn level(name: &str) -> Option<u8> {
    let level: u8 = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// What an attribute of an element names, if it is an address that leads to something.
fn role(node: Node<'_>, attr: &str) -> Option<Role> {
    Some(match (node.space(), node.name(), attr) {
        (Space::Xhtml, "a" | "area", "href") | (Space::Svg, "a", "href") => Role::Link,
        (Space::Xhtml, "img" | "input", "src") | (Space::Xhtml, "video", "poster") => Role::Image,
        (Space::Svg, "image" | "feImage", "href") | (Space::MathMl, "math", "altimg") => {
            Role::Image
        }
        (Space::Xhtml, "link", "href") => {
            let mut kinds = node.listed(Space::None, "rel");
            return kinds
                .any(|kind| kind.eq_ignore_ascii_case("stylesheet"))
                .then_some(Role::Style);
        }
        (Space::Xhtml, "script", "src") | (Space::Svg, "script", "href") => Role::Script,
        (Space::Xhtml, "audio" | "video" | "source" | "track", "src") => Role::Media,
        (Space::Xhtml, "iframe" | "embed", "src") | (Space::Xhtml, "object", "data") => {
            Role::Embedded
        }
        (
            Space::Svg,
            "use" | "linearGradient" | "radialGradient" | "pattern" | "textPath" | "mpath",
            "href",
        ) => Role::Part,
        (Space::Xhtml, "blockquote" | "q" | "ins" | "del", "cite") => Role::Cited,
        _ => return None,
    })
}

fn addresses(node: Node<'_>, path: &str, references: &mut Vec<Reference>) {
    let mut push = |role: Role, address: &str, at: Span| {
        references.push(Reference {
            role,
            target: follow(path, address),
            address: address.to_owned(),
            label: String::new(),
            types: node.listed(Space::Ops, "type").map(str::to_owned).collect(),
            node: node.number(),
            at,
        });
    };
    for (space, name, value, at) in node.attrs() {
        if !matches!(space, Space::None | Space::Xlink) {
            continue;
        }
        if let Some(role) = role(node, name) {
            push(role, value, at);
        } else if name == "srcset" && matches!(node.name(), "img" | "source") {
            // Pictures with their widths, set apart by commas with white space behind them.
            for one in value.split(", ") {
                let address = one.split_ascii_whitespace().next().unwrap_or_default();
                push(Role::Image, address.trim_end_matches(','), at);
            }
        }
    }
}
