//! A small tree of HTML, and the one place where it is escaped.

/// An element.
#[derive(Clone, Debug)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

/// An element without attributes, empty.
pub fn tag(name: &'static str) -> Element {
    Element {
        name,
        attributes: Vec::new(),
        children: Vec::new(),
    }
}

/// One of a class.
pub fn of(name: &'static str, class: &'static str) -> Element {
    tag(name).with("class", class)
}

impl Element {
    /// With an attribute.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Element {
        self.attributes.push((name, value.into()));
        self
    }

    /// With a text at the end.
    pub fn text(mut self, text: impl Into<String>) -> Element {
        self.children.push(Node::Text(text.into()));
        self
    }

    /// With elements at the end.
    pub fn and(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.children
            .extend(children.into_iter().map(Node::Element));
        self
    }

    /// As a document.
    pub fn document(&self) -> String {
        let mut out = String::from("<!DOCTYPE html>\n");
        self.write(&mut out);
        out.push('\n');
        out
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, out);
            out.push('"');
        }
        out.push('>');
        if matches!(self.name, "meta" | "img" | "br") {
            return;
        }
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out),
                // A style sheet is not escaped (HTML, 13.3); ours is our own.
                Node::Text(text) if self.name == "style" => out.push_str(text),
                Node::Text(text) => escape(text, out),
            }
        }
        out.push_str("</");
        out.push_str(self.name);
        out.push('>');
        if matches!(
            self.name,
            "article" | "section" | "header" | "head" | "li" | "figure" | "tr"
        ) {
            out.push('\n');
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // No character of HTML (13.2.3.5), nor of any use.
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_escaped_once() {
        let page = tag("p").with("title", "a \"b\"").text("<i> & \u{0}");
        let page = page.and([tag("br"), of("b", "x").text("y")]);
        assert_eq!(
            page.document(),
            "<!DOCTYPE html>\n<p title=\"a &quot;b&quot;\">&lt;i&gt; &amp; \u{fffd}<br><b class=\"x\">y</b></p>\n"
        );
    }
}
