//! The package document as a value.

use super::address::{Target, follow};
use super::publication::{Item, Itemref, Meta, Package, Reference, Role, Version};
use super::tree::{Node, Space, Tree};

/// Reads the package at a path; without a tree it is empty.
pub(super) fn read(path: String, tree: Option<Tree>) -> Package {
    let mut package = Package {
        path,
        ..Package::default()
    };
    if let Some(root) = tree.as_ref().and_then(Tree::root) {
        let version = root.attr("version").unwrap_or_default().trim();
        package.version = match version.starts_with(['1', '2']) {
            true => Version::Two,
            false => Version::Three,
        };
        for part in root.children() {
            match part.name() {
                "metadata" => package.metadata = metadata(part),
                "manifest" => manifest(part, &mut package),
                "guide" => guide(part, &mut package),
                _ => {}
            }
        }
        // Its places name items, whatever comes first.
        if let Some(part) = root.children().find(|part| part.name() == "spine") {
            spine(part, &mut package);
        }
        let unique = root.attr("unique-identifier").map(str::trim);
        package.identifier = package
            .metadata
            .iter()
            .find(|meta| meta.name == "dc:identifier" && meta.id.as_deref() == unique)
            .map(|meta| meta.value.clone());
    }
    package.tree = tree;
    package
}

fn metadata(part: Node<'_>) -> Vec<Meta> {
    // EPUB 1 and some of EPUB 2 have further elements around.
    part.descendants().filter_map(meta).collect()
}

fn meta(node: Node<'_>) -> Option<Meta> {
    let own = |name: &str| node.attr(name).map(str::to_owned);
    let (name, value) = match (node.space(), node.name()) {
        (Space::DublinCore, name) => (format!("dc:{name}"), node.words()),
        (_, "meta") => match own("property") {
            Some(property) => (property.trim().to_owned(), node.words()),
            None => (
                own("name").unwrap_or_default(),
                own("content").unwrap_or_default(),
            ),
        },
        (_, "link") => (
            own("rel").unwrap_or_default(),
            own("href").unwrap_or_default(),
        ),
        _ => return None,
    };
    Some(Meta {
        name,
        value: value.trim().to_owned(),
        id: own("id"),
        refines: own("refines"),
        lang: node
            .attr_of(Space::Xml, "lang")
            .map(|(lang, _)| lang.to_owned()),
        at: node.span(),
        node: node.number(),
    })
}

fn manifest(part: Node<'_>, package: &mut Package) {
    for node in part.children().filter(|node| node.name() == "item") {
        let own = |name: &str| node.attr(name).unwrap_or_default().to_owned();
        let href = own("href");
        // A fragment names no file.
        let target = follow(&package.path, &href);
        let item = Item {
            id: own("id").trim().to_owned(),
            media_type: own("media-type"),
            properties: node
                .listed(Space::None, "properties")
                .map(str::to_owned)
                .collect(),
            fallback: node.attr("fallback").map(|id| id.trim().to_owned()),
            at: node.span(),
            href_at: node.span_of("href"),
            node: node.number(),
            href,
            target,
        };
        let at = package.items.len();
        package.by_id.entry(item.id.clone()).or_insert(at);
        if let Target::Inside { path, .. } = &item.target
            && !item.href.is_empty()
        {
            package.by_path.entry(path.clone()).or_insert(at);
        }
        package.items.push(item);
    }
}

fn spine(part: Node<'_>, package: &mut Package) {
    package.toc = part
        .attr("toc")
        .map(|id| (id.trim().to_owned(), part.span_of("toc")));
    for node in part.children().filter(|node| node.name() == "itemref") {
        let idref = node.attr("idref").unwrap_or_default().trim().to_owned();
        let item = package.by_id.get(&idref).copied();
        let path = item.and_then(|item| package.items[item].target.path());
        if let Some(path) = path {
            let at = package.spine.len();
            package.in_spine.entry(path.to_owned()).or_insert(at);
        }
        package.spine.push(Itemref {
            item,
            is_linear: node
                .attr("linear")
                .is_none_or(|linear| linear.trim() != "no"),
            at: node.span(),
            idref,
        });
    }
}

fn guide(part: Node<'_>, package: &mut Package) {
    for node in part.children().filter(|node| node.name() == "reference") {
        let address = node.attr("href").unwrap_or_default();
        package.guide.push(Reference {
            role: Role::Link,
            target: follow(&package.path, address),
            address: address.to_owned(),
            label: node.attr("title").unwrap_or_default().to_owned(),
            types: node
                .listed(Space::None, "type")
                .map(str::to_owned)
                .collect(),
            node: node.number(),
            at: node.span_of("href"),
        });
    }
}
