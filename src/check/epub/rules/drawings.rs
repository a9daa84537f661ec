//! Drawings: SVG in documents and alone (EPUB 3.3, 6.1.3.2 and 6.2). What SVG itself has is for those who draw; what EPUB asks is judged.

use super::super::publication::{Document, Publication, Role, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use super::super::xml::is_name;
use super::tables::{beside, has};
use crate::diag::Code;

/// Elements of a drawing that are no part of its picture, and so of no kind of part.
const UNTYPED: &str = "title desc metadata defs style script tref";

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    if publication.package.version == Version::Two {
        return old(publication, tally);
    }
    for document in publication
        .documents
        .iter()
        .filter(|document| document.tree.is_whole)
    {
        for node in document.tree.nodes() {
            let parent = node.parent();
            match node.space() {
                Space::Svg => drawn(document, node, tally),
                // Other vocabularies are told where they stand in HTML.
                space => {
                    if let Some(parent) = parent.filter(|up| up.space() == Space::Svg)
                        && let Some(message) = foreign(node, space, parent)
                    {
                        tally.tell(Code::BadMarkup, node.span(), message);
                    }
                }
            }
        }
        used(publication, document, tally);
    }
}

/// The elements of SVG 1.1, which EPUB 2 uses, those of its animations among them.
const OLD: &str = "a altGlyph altGlyphDef altGlyphItem animate animateColor animateMotion animateTransform circle clipPath color-profile cursor \
    defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap \
    feDistantLight feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight \
    feSpecularLighting feSpotLight feTile feTurbulence filter font font-face font-face-format font-face-name font-face-src font-face-uri \
    foreignObject g glyph glyphRef hkern image line linearGradient marker mask metadata missing-glyph mpath path pattern polygon polyline \
    radialGradient rect script set stop style svg switch symbol text textPath title tref tspan use view vkern";

/// What its elements must say.
const OLD_NEEDED: &[(&str, &str)] = &[
    ("image", "width height"),
    ("rect", "width height"),
    ("circle", "r"),
    ("ellipse", "rx ry"),
    ("path", "d"),
    ("polygon", "points"),
    ("polyline", "points"),
];

/// Drawings of EPUB 2 keep to SVG 1.1.
fn old(publication: &Publication, tally: &Tally<'_>) {
    for document in publication
        .documents
        .iter()
        .filter(|document| document.tree.is_whole)
    {
        for node in document
            .tree
            .nodes()
            .filter(|node| node.space() == Space::Svg)
        {
            let name = node.name();
            let needed = beside(OLD_NEEDED, name).unwrap_or_default();
            let lacks = needed
                .split_ascii_whitespace()
                .find(|name| node.attr(name).is_none());
            let message = match lacks {
                _ if !has(OLD, name) => {
                    format!("SVG 1.1, which EPUB 2 uses, has no `<{}>`", shown(name))
                }
                Some(attr) => format!("a `<{name}>` has no `{attr}`"),
                None if node.attr("href").is_some() => {
                    format!("the address of a `<{name}>` is `xlink:href` in EPUB 2")
                }
                None => continue,
            };
            tally.tell(Code::BadMarkup, node.span(), message);
        }
    }
}

fn drawn(document: &Document, node: Node<'_>, tally: &Tally<'_>) {
    let name = node.name();
    let bad = |at, message: String| tally.tell(Code::BadMarkup, at, message);
    match node.parent() {
        Some(up) if up.space() == Space::Xhtml && name != "svg" => {
            bad(
                node.span(),
                format!("`<{}>` stands outside an `<svg>`", shown(name)),
            );
        }
        Some(up) if up.space() == Space::Svg && matches!(up.name(), "title" | "desc") => {
            bad(
                node.span(),
                format!(
                    "`<{}>` stands in a `<{}>`, which holds words",
                    shown(name),
                    up.name()
                ),
            );
        }
        Some(up) if up.is(Space::Svg, "foreignObject") && name != "svg" => {
            bad(
                node.span(),
                format!(
                    "`<{}>` stands in a `<foreignObject>`, which holds HTML",
                    shown(name)
                ),
            );
        }
        _ => {}
    }
    for (space, attr, value, at) in node.attrs() {
        match (space, attr) {
            (Space::None, "id")
                if document.is_drawing && (!is_name(value) || value.contains(':')) =>
            {
                bad(
                    at,
                    format!(
                        "`{}` is no id in a drawing: it begins with a letter",
                        shown(value)
                    ),
                );
            }
            (Space::Ops, "type") if has(UNTYPED, name) => {
                bad(at, format!("a `<{name}>` has no `epub:type`"));
            }
            (Space::Ops, "type") => {}
            (Space::Ops, "prefix") if document.is_drawing && node.number() == 0 => {}
            (Space::Ops, _) => {
                bad(
                    at,
                    format!("a `<{}>` has no `epub:{}`", shown(name), shown(attr)),
                );
            }
            _ => {}
        }
    }
    let mut bodies = node.children().filter(|kid| kid.is(Space::Xhtml, "body"));
    if name == "foreignObject"
        && let Some(body) = bodies.nth(usize::from(document.is_drawing))
    {
        bad(
            body.span(),
            "a `<body>` too many stands in a `<foreignObject>`".to_owned(),
        );
    }
}

/// What stands in a drawing and is not drawn.
fn foreign(node: Node<'_>, space: Space, parent: Node<'_>) -> Option<String> {
    let (name, up) = (node.name(), parent.name());
    let fits = match up {
        "foreignObject" => matches!(space, Space::Xhtml | Space::MathMl | Space::Ops),
        "title" | "desc" => space == Space::Xhtml,
        _ => true,
    };
    (!fits).then(|| format!("`<{}>` stands in a `<{up}>`, which holds HTML", shown(name)))
}

/// Parts are `use`d, not whole files.
fn used(publication: &Publication, document: &Document, tally: &Tally<'_>) {
    for reference in &document.references {
        let is_use = document
            .tree
            .node(reference.node)
            .is_some_and(|node| node.name() == "use");
        let (path, fragment) = (reference.target.path(), reference.target.fragment());
        let is_there = path.is_some_and(|path| publication.container.files.contains_key(path));
        if reference.role == Role::Part && is_use && is_there && fragment.is_none_or(str::is_empty)
        {
            let message = format!(
                "`{}` names a file, not a part of a drawing: `#` and its id",
                shown(&reference.address)
            );
            tally.tell(Code::BadAddress, reference.at, message);
        }
    }
}
