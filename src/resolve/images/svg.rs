//! SVG: read as XML, measured, and cleaned of what a book may not hold.
//!
//! Scripts, event handlers, animation, foreign objects, references out of the file and ids that are none are left out; a file without
//! any of these (and without a DTD, whose entities readers refuse) is kept byte for byte.

use std::collections::BTreeSet;

use usvg::roxmltree::{Document, Node, NodeType, ParsingOptions};

use super::{Fault, Header, Nature, Tone, effort};

/// More nodes than any drawing of a book has; keeps a hostile file from filling the memory.
const MOST_NODES: u32 = 2_000_000;

/// Deeper than any drawing is nested; keeps a hostile file from filling the stack of a thread, of which SVG's readers
/// take some ten kilobytes a level.
const MOST_DEPTH: u32 = 96;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// Whether a text's first element is `svg`, by a look at its start.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(8192)];
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    text.starts_with('<')
        && text
            .find("<svg")
            .or_else(|| text.find(":svg"))
            .is_some_and(|at| !text[..at].to_ascii_lowercase().contains("<html"))
}

fn parse(text: &str) -> Result<Document<'_>, Fault> {
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: MOST_NODES,
    };
    if nests_deeper(text, MOST_DEPTH) {
        return Err(Fault::Broken("it is nested too deeply"));
    }
    let document = Document::parse_with_options(text, options)
        .map_err(|_| Fault::Broken("it is no well-formed XML"))?;
    if too_deep(document.root_element()) {
        return Err(Fault::Broken("it is nested too deeply"));
    }
    if document.root_element().has_tag_name((SVG, "svg")) {
        Ok(document)
    } else {
        Err(Fault::Unknown)
    }
}

/// Whether a text's tags are nested deeper than so, by a look at its angle brackets: the XML reader itself needs the
/// stack that this guards.
fn nests_deeper(text: &str, most: u32) -> bool {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0u32, 0);
    while let Some(step) = text[at..].find('<') {
        at += step + 1;
        match bytes.get(at) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(c) if c.is_ascii_alphabetic() || *c == b'_' => {
                let mut quote = None;
                let end = bytes[at..].iter().position(|c| match (quote, *c) {
                    (Some(open), c) => {
                        if c == open {
                            quote = None;
                        }
                        false
                    }
                    (None, b'"' | b'\'') => {
                        quote = Some(*c);
                        false
                    }
                    (None, c) => c == b'>',
                });
                let Some(end) = end else { return depth > most };
                if bytes[at + end - 1] != b'/' {
                    depth += 1;
                }
                if depth > most {
                    return true;
                }
                at += end;
            }
            _ => {}
        }
    }
    false
}

/// Walks without recursion, which is what it guards.
fn too_deep(root: Node<'_, '_>) -> bool {
    let (mut node, mut depth) = (root, 0);
    loop {
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            if depth > MOST_DEPTH {
                return true;
            }
            continue;
        }
        while node.next_sibling().is_none() || node == root {
            match node.parent() {
                Some(parent) if node != root => node = parent,
                _ => return false,
            }
            depth -= 1;
        }
        if let Some(next) = node.next_sibling() {
            node = next;
        }
    }
}

fn text(bytes: &[u8]) -> Result<&str, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Broken("it is not UTF-8"))?;
    Ok(text.trim_start_matches('\u{feff}'))
}

/// Its size in CSS pixels: `width` and `height`, else the view box, else 300 × 150 as browsers take it.
pub(super) fn svg(bytes: &[u8]) -> Result<Header, Fault> {
    let source = text(bytes)?;
    let document = parse(source)?;
    effort::bounded(&document, source)?;
    let root = document.root_element();
    let view: Vec<f64> = root
        .attribute("viewBox")
        .unwrap_or_default()
        .split([' ', ',', '\t', '\n'])
        .filter_map(|n| n.parse().ok())
        .collect();
    let (view_width, view_height) = match view[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => (Some(width), Some(height)),
        _ => (None, None),
    };
    let own_width = root.attribute("width").and_then(pixels);
    let own_height = root.attribute("height").and_then(pixels);
    let given = own_width.into_iter().chain(own_height);
    if given.fold(1.0, f64::min) <= 0.0 {
        return Err(Fault::Broken("it has no extent"));
    }
    let ratio = view_width.zip(view_height).map(|(w, h)| w / h);
    let (width, height) = match (own_width, own_height) {
        (Some(width), Some(height)) => (width, height),
        (Some(width), None) => (width, width / ratio.unwrap_or(2.0)),
        (None, Some(height)) => (height * ratio.unwrap_or(2.0), height),
        (None, None) => (view_width.unwrap_or(300.0), view_height.unwrap_or(150.0)),
    };
    let whole = |side: f64| side.round().clamp(1.0, 1e6) as u32;
    Ok(Header {
        nature: Nature::of(Tone::Drawing),
        ..Header::new(whole(width), whole(height))
    })
}

/// A length in CSS pixels; `None` for percentages.
fn pixels(length: &str) -> Option<f64> {
    let length = length.trim();
    let at = length
        .find(|c: char| c.is_ascii_alphabetic() || c == '%')
        .unwrap_or(length.len());
    let value: f64 = length[..at].trim().parse().ok()?;
    let unit = match length[at..].trim() {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        "em" | "rem" => 16.0,
        "ex" => 8.0,
        _ => return None,
    };
    Some(value * unit)
}

/// The drawing without what a book may not hold, and what that was; `None` if it may stay as it is.
pub(super) fn clean(bytes: &[u8]) -> Result<Option<(String, Vec<&'static str>)>, Fault> {
    let source = text(bytes)?;
    let document = parse(source)?;
    let mut dropped = Vec::new();
    let mut ids = Ids::default();
    let mut sound = true;
    for node in document.descendants() {
        sound &= node.attribute("id").is_none_or(|id| ids.takes(id));
        let own = refused(node);
        let attributes = node
            .attributes()
            .filter_map(|own| refused_attribute(own.name(), own.value()));
        for what in own.into_iter().chain(attributes) {
            if !dropped.contains(&what) {
                dropped.push(what);
            }
        }
    }
    if dropped.is_empty() && sound && !source.contains("<!DOCTYPE") {
        return Ok(None);
    }
    let mut out = String::with_capacity(source.len());
    write(document.root_element(), true, &mut Ids::default(), &mut out);
    Ok(Some((out, dropped)))
}

/// The ids of a drawing so far. Drawing programs write some that are no names, and copies that keep theirs: an EPUB may
/// have neither, and nothing can lead to them.
#[derive(Default)]
struct Ids<'a>(BTreeSet<&'a str>);

impl<'a> Ids<'a> {
    /// Whether a new id is a name that no other element has.
    fn takes(&mut self, id: &'a str) -> bool {
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let named =
            id.starts_with(|c: char| c.is_alphabetic() || c == '_') && id.chars().all(inside);
        named && self.0.insert(id)
    }
}

/// Why an element may not be in a book.
fn refused(node: Node<'_, '_>) -> Option<&'static str> {
    if !node.is_element() {
        return None;
    }
    match node.tag_name().name() {
        "script" | "handler" | "listener" => Some("a script"),
        "foreignObject" => Some("a foreign object"),
        "animate" | "animateMotion" | "animateTransform" | "animateColor" | "set" | "discard" => {
            Some("an animation")
        }
        "audio" | "video" | "iframe" | "embed" | "object" => Some("an embedded medium"),
        "style" if node.text().is_some_and(reaches_out) => Some("a reference out of the file"),
        _ => None,
    }
}

/// Why an attribute may not be in a book.
fn refused_attribute(name: &str, value: &str) -> Option<&'static str> {
    if name.len() > 2 && name.starts_with("on") {
        return Some("a script");
    }
    let value = value.trim_start();
    if name == "href" || name == "src" {
        let inside = value.starts_with('#') || value.starts_with("data:image/");
        return (!inside && !value.is_empty()).then_some("a reference out of the file");
    }
    reaches_out(value).then_some("a reference out of the file")
}

/// Whether CSS names something out of the file.
fn reaches_out(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    css.contains("@import")
        || css.match_indices("url(").any(|(at, found)| {
            let address = css[at + found.len()..].trim_start_matches([' ', '"', '\'']);
            !address.starts_with('#') && !address.starts_with("data:")
        })
}

/// Writes an element with the prefixes that SVG's own names need; elements and attributes of other vocabularies
/// (an editor's own notes) are left out.
fn write<'a>(node: Node<'a, '_>, root: bool, ids: &mut Ids<'a>, out: &mut String) {
    out.push('<');
    out.push_str(node.tag_name().name());
    if root {
        attribute("xmlns", SVG, out);
        attribute("xmlns:xlink", XLINK, out);
    }
    for own in node.attributes() {
        let name = match own.namespace() {
            None => own.name().to_owned(),
            Some(XLINK) => format!("xlink:{}", own.name()),
            Some("http://www.w3.org/XML/1998/namespace") => format!("xml:{}", own.name()),
            Some(_) => continue,
        };
        let sound = name != "id" || ids.takes(own.value());
        if sound && refused_attribute(own.name(), own.value()).is_none() {
            attribute(&name, own.value(), out);
        }
    }
    out.push('>');
    for child in node.children() {
        match child.node_type() {
            NodeType::Text => escape(child.text().unwrap_or_default(), false, out),
            NodeType::Element
                if child.tag_name().namespace() == Some(SVG) && refused(child).is_none() =>
            {
                write(child, false, ids, out);
            }
            _ => {}
        }
    }
    out.push_str("</");
    out.push_str(node.tag_name().name());
    out.push('>');
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(value, true, out);
    out.push('"');
}

fn escape(text: &str, quoted: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quoted => out.push_str("&quot;"),
            '\n' | '\t' | '\r' if quoted => out.push_str(&format!("&#{};", c as u32)),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_come_from_attributes_or_the_view_box() {
        let size = |attributes: &str| {
            let text = format!("<svg xmlns='{SVG}' {attributes}/>");
            svg(text.as_bytes()).unwrap().size
        };
        assert_eq!(size("width='1in' height='48'"), (96, 48));
        assert_eq!(size("viewBox='0 0 40 20'"), (40, 20));
        assert_eq!(size("width='100%' viewBox='0,0,40,20'"), (40, 20));
        assert_eq!(size("width='80' viewBox='0 0 40 20'"), (80, 40));
        assert_eq!(size(""), (300, 150));
    }

    #[test]
    fn only_what_may_stay_stays() {
        let fine = format!("<svg xmlns='{SVG}'><rect fill='url(#a)'/></svg>");
        assert_eq!(clean(fine.as_bytes()), Ok(None));
        let bad = format!(
            "<svg xmlns='{SVG}' xmlns:xlink='{XLINK}' onload='x()'><script>x()</script>\
             <image xlink:href='https://a.b/c.png'/><use xlink:href='#a'/><text>a &lt; b</text></svg>"
        );
        let (text, dropped) = clean(bad.as_bytes()).unwrap().unwrap();
        assert_eq!(dropped, ["a script", "a reference out of the file"]);
        assert_eq!(
            text,
            format!(
                "<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\"><image></image>\
                 <use xlink:href=\"#a\"></use><text>a &lt; b</text></svg>"
            )
        );
        assert!(matches!(clean(b"<svg"), Err(Fault::Broken(_))));
        let copied = format!("<svg xmlns='{SVG}'><g id='1 a'/><g id='b'/><g id='b'/></svg>");
        let (text, dropped) = clean(copied.as_bytes()).unwrap().unwrap();
        assert!(dropped.is_empty());
        assert!(
            text.ends_with("><g></g><g id=\"b\"></g><g></g></svg>"),
            "{text}"
        );
    }
}
