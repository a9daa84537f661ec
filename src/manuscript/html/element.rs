//! What each element of HTML is to the model.

use super::super::attrs;
use super::super::directive::division;
use super::super::frame::Kind;
use super::token::Tag;
use crate::model::{Align, Attrs, ContainerKind, ListKind};

/// What to do with an opening tag. The name given is the one that its closing tag must have.
pub(super) enum Element {
    /// It says nothing; its text stays.
    Ignored,
    /// The model has no place for it; its text stays.
    Unknown,
    /// It can only run or be filled in; its text stays.
    Script,
    /// It goes with all its text.
    Dropped(&'static str),
    Break,
    WordBreak,
    Rule,
    Image,
    Inline(&'static str, Kind, Attrs),
    Block(&'static str, Kind, Attrs),
    /// Of a list, a table, a figure.
    Part(&'static str, Kind, Attrs),
}

pub(super) fn element(tag: &Tag) -> Element {
    let attrs = tag.attrs();
    inline(tag, &attrs)
        .or_else(|| block(tag, &attrs))
        .unwrap_or(match tag.name.as_str() {
            "br" => Element::Break,
            "wbr" => Element::WordBreak,
            "hr" => Element::Rule,
            "img" => Element::Image,
            "html" | "body" | "picture" | "source" | "colgroup" | "col" | "thead" | "tbody"
            | "tfoot" | "hgroup" | "search" | "label" | "fieldset" => Element::Ignored,
            "head" => Element::Dropped("head"),
            "svg" => Element::Dropped("svg"),
            "math" => Element::Dropped("math"),
            "template" => Element::Dropped("template"),
            "rp" => Element::Dropped("rp"),
            "script" | "style" | "form" | "input" | "button" | "select" | "option" | "textarea"
            | "noscript" => Element::Script,
            _ => Element::Unknown,
        })
}

/// Elements among words.
fn inline(tag: &Tag, attrs: &Attrs) -> Option<Element> {
    let class = |class: &str| {
        let mut attrs = attrs.clone();
        attrs::add_class(&mut attrs, class);
        attrs
    };
    let own = || attrs.clone();
    let (name, kind, attrs) = match tag.name.as_str() {
        "em" => ("em", Kind::Emph, own()),
        "i" => ("i", Kind::Emph, own()),
        "cite" => ("cite", Kind::Emph, own()),
        "dfn" => ("dfn", Kind::Emph, own()),
        "var" => ("var", Kind::Emph, own()),
        "strong" => ("strong", Kind::Strong, own()),
        "b" => ("b", Kind::Strong, own()),
        "u" => ("u", Kind::Underline, own()),
        "ins" => ("ins", Kind::Underline, own()),
        "s" => ("s", Kind::Strike, own()),
        "strike" => ("strike", Kind::Strike, own()),
        "del" => ("del", Kind::Strike, own()),
        "sub" => ("sub", Kind::Sub, own()),
        "sup" => ("sup", Kind::Sup, own()),
        "mark" => ("mark", Kind::Mark, own()),
        "kbd" => ("kbd", Kind::Kbd, own()),
        "q" => ("q", Kind::Quoted, own()),
        "code" => ("code", Kind::CodeElement, own()),
        "tt" => ("tt", Kind::CodeElement, own()),
        "samp" => ("samp", Kind::CodeElement, own()),
        "small" => ("small", Kind::Span, class("small")),
        "big" => ("big", Kind::Span, class("big")),
        "span" => ("span", Kind::Span, own()),
        "font" => ("font", Kind::Span, own()),
        "bdo" => ("bdo", Kind::Span, own()),
        "bdi" => ("bdi", Kind::Span, own()),
        "time" => ("time", Kind::Span, own()),
        "data" => ("data", Kind::Span, own()),
        "abbr" => (
            "abbr",
            Kind::Abbr(tag.get("title").map(str::to_owned)),
            own(),
        ),
        "acronym" => (
            "acronym",
            Kind::Abbr(tag.get("title").map(str::to_owned)),
            own(),
        ),
        "a" => match tag.get("href") {
            Some(to) => (
                "a",
                Kind::Link {
                    to: to.trim().to_owned(),
                    title: tag
                        .get("title")
                        .filter(|title| !title.is_empty())
                        .map(str::to_owned),
                    shortcut: false,
                },
                own(),
            ),
            // A place to link to: `<a name="x">`.
            None => {
                let mut attrs = own();
                if attrs.id.is_none() {
                    attrs.id = tag
                        .get("name")
                        .filter(|name| !name.is_empty())
                        .map(str::to_owned);
                }
                ("a", Kind::Span, attrs)
            }
        },
        _ => return None,
    };
    Some(Element::Inline(name, kind, attrs))
}

/// Elements that stand alone, and their parts.
fn block(tag: &Tag, attrs: &Attrs) -> Option<Element> {
    let own = || attrs.clone();
    let align = tag.get("align").map(str::to_ascii_lowercase);
    let aligned = || division(align.as_deref());
    let list = |kind| Kind::List {
        kind,
        loose: false,
        items: Vec::new(),
    };
    let number = |name: &str| {
        tag.get(name)
            .and_then(|value| value.trim().parse::<u32>().ok())
            .filter(|value| (1..=1000).contains(value))
            .unwrap_or(1)
    };
    let plain = |name: &'static str| {
        let mut attrs = own();
        attrs::add_class(&mut attrs, name);
        (name, Kind::Division(ContainerKind::Plain), attrs)
    };
    let (name, kind, attrs) = match tag.name.as_str() {
        "p" if aligned() != ContainerKind::Plain => ("p", Kind::Division(aligned()), own()),
        "p" => ("p", Kind::Paragraph, own()),
        "div" => ("div", Kind::Division(aligned()), own()),
        "main" => ("main", Kind::Division(aligned()), own()),
        "section" => ("section", Kind::Division(aligned()), own()),
        "article" => ("article", Kind::Division(aligned()), own()),
        "center" => ("center", Kind::Division(ContainerKind::Center), own()),
        "aside" => ("aside", Kind::Division(ContainerKind::Aside), own()),
        "header" => plain("header"),
        "footer" => plain("footer"),
        "nav" => plain("nav"),
        "address" => plain("address"),
        "blockquote" => ("blockquote", Kind::Quote, own()),
        "h1" => ("h1", Kind::Heading(1), own()),
        "h2" => ("h2", Kind::Heading(2), own()),
        "h3" => ("h3", Kind::Heading(3), own()),
        "h4" => ("h4", Kind::Heading(4), own()),
        "h5" => ("h5", Kind::Heading(5), own()),
        "h6" => ("h6", Kind::Heading(6), own()),
        "ul" => ("ul", list(ListKind::Bullet), own()),
        "menu" => ("menu", list(ListKind::Bullet), own()),
        "ol" => {
            let start = tag
                .get("start")
                .and_then(|start| start.trim().parse().ok())
                .unwrap_or(1);
            let kind = ListKind::Ordered {
                start,
                delimiter: '.',
            };
            ("ol", list(kind), own())
        }
        "dl" => ("dl", Kind::Definitions(Vec::new()), own()),
        "pre" => (
            "pre",
            Kind::Pre {
                lang: None,
                text: String::new(),
            },
            own(),
        ),
        "table" => (
            "table",
            Kind::Table {
                aligns: Vec::new(),
                head: Vec::new(),
                body: Vec::new(),
                caption: Vec::new(),
            },
            own(),
        ),
        "details" => (
            "details",
            Kind::Details {
                summary: Vec::new(),
            },
            own(),
        ),
        "figure" => (
            "figure",
            Kind::FigureElement {
                caption: Vec::new(),
            },
            own(),
        ),
        name => {
            let (name, kind) = match name {
                "li" => (
                    "li",
                    Kind::Item {
                        task: None,
                        loose: false,
                    },
                ),
                "dt" => ("dt", Kind::Term),
                "dd" => ("dd", Kind::Body),
                "tr" => (
                    "tr",
                    Kind::Row {
                        head: false,
                        cells: Vec::new(),
                    },
                ),
                "td" | "th" => (
                    if name == "td" { "td" } else { "th" },
                    Kind::Cell {
                        header: name == "th",
                        align: align_of(tag),
                        columns: number("colspan"),
                        rows: number("rowspan"),
                    },
                ),
                "summary" => ("summary", Kind::Caption),
                "figcaption" => ("figcaption", Kind::Caption),
                "caption" => ("caption", Kind::Caption),
                _ => return None,
            };
            return Some(Element::Part(name, kind, own()));
        }
    };
    Some(Element::Block(name, kind, attrs))
}

/// Where a cell's lines stand: its `align`, or the `text-align` of its `style`.
fn align_of(tag: &Tag) -> Option<Align> {
    let style = tag.get("style").and_then(|style| {
        let mut properties = style.split(';').filter_map(|part| part.split_once(':'));
        properties.find(|(name, _)| name.trim().eq_ignore_ascii_case("text-align"))
    });
    let said = tag.get("align").or(style.map(|(_, value)| value))?;
    match said.trim().to_ascii_lowercase().as_str() {
        "left" | "start" => Some(Align::Start),
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::End),
        _ => None,
    }
}

/// An image's attributes: those of any element, and its width where it is a share of the measure.
pub(super) fn image_attrs(tag: &Tag) -> Attrs {
    let mut attrs = tag.attrs();
    if let Some(width) = tag.get("width").map(str::trim)
        && width.ends_with('%')
    {
        attrs.rest.insert("width".to_owned(), width.to_owned());
    }
    if tag.get("role") == Some("presentation") || tag.get("alt") == Some("") {
        // An empty `alt` in HTML says that the image only adorns.
        attrs.rest.insert("decorative".to_owned(), String::new());
    }
    attrs
}

/// `<code class="language-rust">`
pub(super) fn code_lang(tag: &Tag) -> Option<String> {
    let class = tag.get("class")?;
    class
        .split_whitespace()
        .find_map(|class| {
            class
                .strip_prefix("language-")
                .or(class.strip_prefix("lang-"))
        })
        .map(str::to_owned)
}
