//! Formulas: which elements of MathML stand where (MathML 3, as EPUB 3.3, 6.1.3.3 takes it: presentation, with content as an annotation).

use super::super::publication::{Document, Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use super::tables::{beside, has};
use crate::diag::Code;

/// What a formula is built of.
const PARTS: &str = "maction maligngroup malignmark menclose merror mfenced mfrac mi mlongdiv mmultiscripts mn mo mover mpadded mphantom mroot mrow \
    ms mspace msqrt mstack mstyle msub msubsup msup mtable mtext munder munderover semantics";

/// What holds words: names, numbers, signs.
const TOKENS: &str = "mi mn mo mtext ms";

/// What stands in some elements alone.
const KEPT: &[(&str, &str)] = &[
    ("mtr", "mtable"),
    ("mlabeledtr", "mtable"),
    ("mtd", "mtr mlabeledtr"),
    ("annotation", "semantics"),
    ("annotation-xml", "semantics"),
    ("mprescripts", "mmultiscripts"),
    ("none", "mmultiscripts"),
    ("mglyph", TOKENS),
    ("mscarries", "mstack mlongdiv"),
    ("mscarry", "mscarries"),
    ("msgroup", "mstack mlongdiv msgroup"),
    ("msline", "mstack mlongdiv msgroup"),
    ("msrow", "mstack mlongdiv msgroup"),
];

/// What holds nothing but some elements.
const HOLDERS: &[(&str, &str)] = &[
    ("mtable", "mtr mlabeledtr"),
    ("mtr", "mtd"),
    ("mlabeledtr", "mtd"),
    ("mspace", ""),
    ("mglyph", ""),
    ("none", ""),
    ("mprescripts", ""),
];

/// How many parts an element has, where that says what each of them is.
const COUNTED: &[(&str, &str)] = &[
    ("mfrac", "2"),
    ("mroot", "2"),
    ("msub", "2"),
    ("msup", "2"),
    ("munder", "2"),
    ("mover", "2"),
    ("msubsup", "3"),
    ("munderover", "3"),
];

/// Attributes that are `true` or `false`.
const SWITCHES: &str = "accent accentunder bevelled displaystyle equalcolumns equalrows fence largeop movablelimits separator stretchy symmetric";

/// Ways in which an annotation may be written, in small letters.
const ENCODINGS: &str = "mathml mathml-content mathml-presentation svg1.1 application/mathml+xml application/mathml-content+xml \
    application/mathml-presentation+xml application/xhtml+xml text/html image/svg+xml";

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    if publication.package.version == Version::Two {
        return;
    }
    for document in publication
        .documents
        .iter()
        .filter(|document| document.tree.is_whole)
    {
        let nodes = document.tree.nodes();
        for node in nodes.filter(|node| node.space() == Space::MathMl) {
            if let Some(message) = misplaced(node).or_else(|| lacks(node)) {
                tally.tell(Code::BadMarkup, node.span(), message);
            }
            attributes(node, tally);
        }
        words(document, tally);
    }
}

/// What is wrong with where an element stands.
fn misplaced(node: Node<'_>) -> Option<String> {
    let (name, parent) = (node.name(), node.parent()?);
    let up = parent.name();
    let stands = || Some(format!("`<{}>` stands in a `<{up}>`", shown(name)));
    // What an annotation says is its own, and in its own way.
    let annotation = node
        .ancestors()
        .find(|up| up.is(Space::MathMl, "annotation-xml") || up.is(Space::MathMl, "math"));
    let is_content = annotation.is_some_and(|up| up.name() == "annotation-xml" && is_content(up));
    if parent.space() != Space::MathMl {
        return (name != "math" && !matches!(parent.space(), Space::Ops))
            .then(|| format!("`<{}>` stands outside a `<math>`", shown(name)));
    }
    if is_content {
        return None;
    }
    if name == "math" {
        return (!has(TOKENS, up) && up != "annotation-xml")
            .then(stands)
            .flatten();
    }
    if let Some(parents) = beside(KEPT, name) {
        return (!has(parents, up)).then(stands).flatten();
    }
    if !has(PARTS, name) {
        return Some(format!(
            "`<{}>` is no part of a formula as it is shown",
            shown(name)
        ));
    }
    if has(TOKENS, up) && name != "malignmark"
        || beside(HOLDERS, up).is_some_and(|kids| !has(kids, name))
    {
        return stands();
    }
    let is_second = || {
        parent
            .children()
            .next()
            .is_some_and(|first| first.number() != node.number())
    };
    if up == "semantics" && is_second() {
        return Some(format!(
            "`<{name}>` is no annotation, and stands behind the first of a `<semantics>`"
        ));
    }
    None
}

/// Whether an annotation says what a formula means rather than how it looks.
fn is_content(annotation: Node<'_>) -> bool {
    let encoding = annotation.attr("encoding").unwrap_or_default();
    let encoding = encoding.trim().to_ascii_lowercase();
    encoding == "mathml-content" || encoding == "application/mathml-content+xml"
}

/// What an element must hold, and does not.
fn lacks(node: Node<'_>) -> Option<String> {
    let name = node.name();
    let parts = || node.children().filter(|kid| kid.space() == Space::MathMl);
    if let Some(should) = beside(COUNTED, name) {
        let count = parts().count();
        return (count.to_string() != should)
            .then(|| format!("a `<{name}>` has {should} parts, not {count}"));
    }
    match name {
        "semantics"
            if parts()
                .next()
                .is_none_or(|kid| kid.name().starts_with("annotation")) =>
        {
            Some("a `<semantics>` begins with what is shown".to_owned())
        }
        "mlabeledtr" if parts().next().is_none() => {
            Some("a row with a label has a first cell, which is the label".to_owned())
        }
        _ => None,
    }
}

fn attributes(node: Node<'_>, tally: &Tally<'_>) {
    let element = node.name();
    let bad = |at, message: String| tally.tell(Code::BadMarkup, at, message);
    for (space, name, value, at) in node.attrs() {
        if space != Space::None {
            continue;
        }
        let should = match name {
            _ if has(SWITCHES, name) && !matches!(value, "true" | "false") => "`true` or `false`",
            "display" if element == "math" && !matches!(value, "block" | "inline") => {
                "`block` or `inline`"
            }
            "form" if !matches!(value, "prefix" | "infix" | "postfix") => {
                "`prefix`, `infix` or `postfix`"
            }
            "encoding"
                if element == "annotation-xml"
                    && !has(ENCODINGS, &value.trim().to_ascii_lowercase()) =>
            {
                "one of MathML, XHTML or SVG"
            }
            _ => continue,
        };
        let message = format!(
            "the `{name}` of a `<{}>` is {should}, not `{}`",
            shown(element),
            shown(value)
        );
        bad(at, message);
    }
    if element == "annotation-xml" && is_content(node) && node.attr("name") != Some("contentequiv")
    {
        let message = "an annotation of what a formula means has the `name` `contentequiv`";
        bad(node.span_of("name"), message.to_owned());
    }
}

/// Words that stand in no token; one finding an element.
fn words(document: &Document, tally: &Tally<'_>) {
    let mut last = None;
    for (text, said) in document.tree.texts() {
        if last == Some(text.owner) || said.trim_matches([' ', '\t', '\n', '\r']).is_empty() {
            continue;
        }
        let owner = document.tree.node(text.owner);
        let Some(owner) = owner.filter(|node| node.space() == Space::MathMl) else {
            continue;
        };
        let name = owner.name();
        if name == "math"
            || has(PARTS, name) && !has(TOKENS, name)
            || beside(HOLDERS, name).is_some()
        {
            last = Some(text.owner);
            let message = format!(
                "words stand right in a `<{name}>`, and belong in an `<mtext>` or its like"
            );
            tally.tell(Code::BadMarkup, document.tree.place(text), message);
        }
    }
}
