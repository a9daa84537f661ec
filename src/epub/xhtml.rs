//! The one place where markup is written and text is escaped.
//!
//! In: elements opened and closed, attributes, text. Out: well-formed XML, whatever the text holds, and the shapes of its
//! elements. An element that gets
//! no content is closed in its own tag, so the output reads the same to XML and HTML parsers only for void elements: for
//! all others [`Xhtml::close`] writes an end tag.

use std::ops::Range;

use super::shapes::Shapes;

/// Elements that HTML knows to have no content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// A document under way.
#[derive(Debug, Default)]
pub struct Xhtml {
    out: String,
    open: Vec<&'static str>,
    /// The last start tag still takes attributes.
    in_tag: bool,
    /// Where its value of `class` stands in `out`.
    class: Range<usize>,
    shapes: Shapes,
}

impl Xhtml {
    /// Nothing yet; room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Xhtml {
        Xhtml {
            out: String::with_capacity(bytes),
            ..Xhtml::default()
        }
    }

    /// A declaration or a document type, as it stands; only before the first element.
    pub fn prolog(&mut self, text: &'static str) {
        self.out.push_str(text);
    }

    fn end_tag_start(&mut self) {
        if self.in_tag {
            self.enter();
            self.out.push('>');
            self.in_tag = false;
        }
    }

    /// The start tag is whole.
    fn enter(&mut self) {
        if let Some(name) = self.open.last() {
            let class = std::mem::take(&mut self.class);
            self.shapes.enter(name, &self.out[class]);
        }
    }

    /// Opens an element; [`Xhtml::attr`] may follow at once.
    pub fn open(&mut self, name: &'static str) -> &mut Xhtml {
        self.end_tag_start();
        self.out.push('<');
        self.out.push_str(name);
        self.open.push(name);
        self.in_tag = true;
        self
    }

    /// An attribute of the element just opened. Without effect once content has begun.
    pub fn attr(&mut self, name: &str, value: &str) -> &mut Xhtml {
        debug_assert!(self.in_tag, "attribute {name} behind content");
        if self.in_tag {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            let from = self.out.len();
            escape(value, true, &mut self.out);
            if name == "class" {
                self.class = from..self.out.len();
            }
            self.out.push('"');
        }
        self
    }

    /// An attribute, if there is a value.
    pub fn attr_some(&mut self, name: &str, value: Option<&str>) -> &mut Xhtml {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Text.
    pub fn text(&mut self, text: &str) -> &mut Xhtml {
        self.end_tag_start();
        escape(text, false, &mut self.out);
        self
    }

    /// A line end between blocks: for those who read the markup.
    pub fn line(&mut self) -> &mut Xhtml {
        self.end_tag_start();
        self.out.push('\n');
        self
    }

    /// Closes the element opened last in its own tag, where that is XML for programs: HTML would not read it so.
    pub(super) fn end_empty(&mut self) -> &mut Xhtml {
        if !self.in_tag {
            return self.close();
        }
        self.enter();
        self.in_tag = false;
        self.open.pop();
        self.shapes.leave();
        self.out.push_str("/>");
        self
    }

    /// Closes the element opened last.
    pub fn close(&mut self) -> &mut Xhtml {
        let Some(name) = self.open.last().copied() else {
            return self;
        };
        if self.in_tag && VOID.contains(&name) {
            self.enter();
            self.out.push_str("/>");
            self.in_tag = false;
            self.open.pop();
            self.shapes.leave();
            return self;
        }
        self.end_tag_start();
        self.open.pop();
        self.shapes.leave();
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        self
    }

    /// An element with nothing but text.
    pub fn leaf(&mut self, name: &'static str, text: &str) -> &mut Xhtml {
        self.open(name).text(text).close()
    }

    /// How many bytes were written so far.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// The document, all open elements closed.
    pub fn finish(self) -> String {
        self.finish_with_shapes().0
    }

    /// The document, all open elements closed, and which elements it has.
    pub(super) fn finish_with_shapes(mut self) -> (String, Shapes) {
        while !self.open.is_empty() {
            self.close();
        }
        (self.out, self.shapes)
    }
}

/// Characters that XML 1.0 cannot hold at all (production 2) are left out.
pub(super) fn allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

fn escape(text: &str, attribute: bool, out: &mut String) {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' if attribute => "&quot;",
            // A parser would make a space of it.
            '\n' if attribute => "&#10;",
            '\t' if attribute => "&#9;",
            '\r' => "&#13;",
            // These are invisible in a listing; named, they can be seen and survive an editor.
            '\u{A0}' => "&#160;",
            c if allowed(c) => continue,
            _ => "",
        };
        out.push_str(&text[from..at]);
        out.push_str(instead);
        from = at + c.len_utf8();
    }
    out.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_can_say_anything() {
        let mut doc = Xhtml::default();
        doc.open("p")
            .attr("title", "a \"b\" <c>\n")
            .text("1 < 2 & \u{0}\u{1F}3\u{A0}km ]]>")
            .open("br")
            .close()
            .close();
        assert_eq!(
            doc.finish(),
            "<p title=\"a &quot;b&quot; &lt;c&gt;&#10;\">1 &lt; 2 &amp; 3&#160;km ]]&gt;<br/></p>"
        );
    }

    #[test]
    fn only_void_elements_close_themselves() {
        let mut doc = Xhtml::default();
        doc.open("div")
            .open("i")
            .close()
            .open("img")
            .attr("alt", "")
            .close();
        assert_eq!(doc.finish(), "<div><i></i><img alt=\"\"/></div>");
    }
}
