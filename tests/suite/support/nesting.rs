//! Which elements may stand in which: as much of HTML's content models as a writer of ours could break.

use usvg::roxmltree::{Document, Node};

use super::closed::XHTML;

/// What only words and what stands among them may be in.
const LINES: &[&str] = &[
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dt", "span", "em", "strong", "s", "sub",
    "sup", "u", "mark", "kbd", "q", "abbr", "code", "cite", "dfn", "small", "i", "b", "var",
    "samp", "bdi", "bdo", "ruby", "rt", "rp", "time",
];
/// What stands among words.
const WORDS: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img",
    "ins", "kbd", "mark", "math", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong",
    "sub", "sup", "svg", "time", "u", "var", "wbr",
];
/// What has no content.
const VOID: &[&str] = &["br", "hr", "img", "meta", "link", "col", "wbr"];
/// What may stand only in some elements.
const KEPT: &[(&str, &[&str])] = &[
    ("li", &["ul", "ol", "menu"]),
    ("dt", &["dl", "div"]),
    ("dd", &["dl", "div"]),
    ("figcaption", &["figure"]),
    ("caption", &["table"]),
    ("colgroup", &["table"]),
    ("col", &["colgroup"]),
    ("thead", &["table"]),
    ("tbody", &["table"]),
    ("tfoot", &["table"]),
    ("tr", &["thead", "tbody", "tfoot", "table"]),
    ("td", &["tr"]),
    ("th", &["tr"]),
    ("rt", &["ruby"]),
    ("rp", &["ruby"]),
    ("summary", &["details"]),
    ("body", &["html"]),
    ("head", &["html"]),
    ("title", &["head", "svg"]),
];
/// What may hold nothing but some elements.
const HOLDERS: &[(&str, &[&str])] = &[
    ("ul", &["li"]),
    ("ol", &["li"]),
    ("dl", &["dt", "dd", "div"]),
    (
        "table",
        &["caption", "colgroup", "thead", "tbody", "tfoot", "tr"],
    ),
    ("thead", &["tr"]),
    ("tbody", &["tr"]),
    ("tr", &["td", "th"]),
    ("colgroup", &["col"]),
];

/// Adds what stands where it must not.
pub fn faults(path: &str, document: &Document<'_>, wrong: &mut Vec<String>) {
    for node in document.descendants().filter(|node| node.is_element()) {
        if node.tag_name().namespace() == Some(XHTML) {
            element(path, node, wrong);
        }
    }
}

fn element(path: &str, node: Node<'_, '_>, wrong: &mut Vec<String>) {
    let name = node.tag_name().name();
    let mut fault = |what: &str| wrong.push(format!("{path}: {what}"));
    let kids = || {
        node.children()
            .filter(|kid| kid.is_element())
            .map(|kid| kid.tag_name().name())
    };
    let parent = node.parent().map_or("", |parent| parent.tag_name().name());
    let allowed = |list: &'static [(&str, &'static [&str])], name: &str| {
        list.iter()
            .find(|(one, _)| *one == name)
            .map(|(_, others)| *others)
    };
    if let Some(parents) = allowed(KEPT, name)
        && !parents.contains(&parent)
    {
        fault(&format!("{name} in {parent}"));
    }
    if let Some(held) = allowed(HOLDERS, name) {
        for kid in kids().filter(|kid| !held.contains(kid)) {
            fault(&format!("{kid} in {name}"));
        }
        let bare = node
            .children()
            .filter(|kid| kid.is_text())
            .filter_map(|kid| kid.text());
        if bare.into_iter().any(|text| !text.trim().is_empty()) {
            fault(&format!("words in {name}"));
        }
        if matches!(name, "ul" | "ol" | "table") && kids().next().is_none() {
            fault(&format!("{name} of nothing"));
        }
    }
    let in_line =
        LINES.contains(&name) || (name == "a" && WORDS.contains(&name) && LINES.contains(&parent));
    if in_line {
        for kid in kids().filter(|kid| !WORDS.contains(kid)) {
            fault(&format!("{kid} in {name}"));
        }
    }
    if VOID.contains(&name) && node.has_children() {
        fault(&format!("something in {name}"));
    }
    match name {
        "a" if node
            .ancestors()
            .skip(1)
            .any(|above| above.has_tag_name((XHTML, "a"))) =>
        {
            fault("a link in a link")
        }
        "img" if node.attribute("alt").is_none() => fault("an image without alt"),
        "dl" => {
            let kids: Vec<&str> = kids().collect();
            if kids.first() == Some(&"dd") || kids.last() == Some(&"dt") || kids.is_empty() {
                fault("a list of definitions that begins or ends wrong");
            }
        }
        "table" => {
            let captions = kids().filter(|kid| *kid == "caption").count();
            if captions > 1 || (captions == 1 && kids().next() != Some("caption")) {
                fault("a caption that does not come first");
            }
        }
        "figure" if kids().filter(|kid| *kid == "figcaption").count() > 1 => fault("two captions"),
        _ => {}
    }
    for attribute in ["lang", "class", "id"] {
        if node
            .attribute(attribute)
            .is_some_and(|value| value.trim().is_empty())
            && attribute != "lang"
        {
            fault(&format!("an empty {attribute} on {name}"));
        }
    }
}
