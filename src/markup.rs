//! Elements, and the one place where their texts are escaped.
//!
//! In: a tree of [`Element`]s, made by what writes reports, records of the book trade and pages of changes. Out: a document, as XML
//! ([`Element::xml`]) or as HTML ([`Element::html`]). (An EPUB's documents have a serializer of their own, which knows their model.)

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Without attributes, empty.
    pub fn new(name: &'static str) -> Element {
        Element {
            name,
            attributes: Vec::new(),
            children: Vec::new(),
        }
    }

    /// With a value alone: its white space made even, and without characters that nobody sees.
    pub fn value(name: &'static str, value: &str) -> Element {
        let words: Vec<String> = value
            .split_whitespace()
            .map(|word| word.chars().filter(|c| is_held(*c)).collect())
            .collect();
        Element::new(name).text(words.join(" "))
    }

    /// What it is called.
    pub fn name(&self) -> &'static str {
        self.name
    }

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

    /// With an element at the end.
    pub fn child(mut self, child: Element) -> Element {
        self.push(child);
        self
    }

    /// With elements at the end.
    pub fn and(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.children
            .extend(children.into_iter().map(Node::Element));
        self
    }

    /// With an element at the end that has a value ([`Element::value`]).
    pub fn leaf(self, name: &'static str, value: &str) -> Element {
        self.child(Element::value(name, value))
    }

    /// With an element at the end that has a value, if there is one.
    pub fn leaf_some(self, name: &'static str, value: Option<&str>) -> Element {
        match value.filter(|value| !value.trim().is_empty()) {
            Some(value) => self.leaf(name, value),
            None => self,
        }
    }

    /// Puts an element at the end.
    pub fn push(&mut self, child: Element) {
        self.children.push(Node::Element(child));
    }

    /// As an XML document: a line for each element, `step` more before it for each step down; texts stand as they are.
    pub fn xml(&self, step: &str) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write_xml(step, 0, &mut out);
        out
    }

    /// As an HTML document.
    pub fn html(&self) -> String {
        let mut out = String::from("<!DOCTYPE html>\n");
        self.write_html(&mut out);
        out.push('\n');
        out
    }

    fn write_xml(&self, step: &str, depth: usize, out: &mut String) {
        let indent = step.repeat(depth);
        out.push_str(&indent);
        self.open(out);
        if self.children.is_empty() {
            out.push_str("/>\n");
            return;
        }
        out.push('>');
        let elements = matches!(self.children.first(), Some(Node::Element(_)));
        if elements {
            out.push('\n');
        }
        for child in &self.children {
            match child {
                Node::Element(element) => element.write_xml(step, depth + 1, out),
                Node::Text(text) => escape(text, false, out),
            }
        }
        if elements {
            out.push_str(&indent);
        }
        self.close(out);
        out.push('\n');
    }

    fn write_html(&self, out: &mut String) {
        self.open(out);
        out.push('>');
        if matches!(self.name, "meta" | "img" | "br") {
            return;
        }
        for child in &self.children {
            match child {
                Node::Element(element) => element.write_html(out),
                // A style sheet is not escaped (HTML, 13.3); ours is our own.
                Node::Text(text) if self.name == "style" => out.push_str(text),
                Node::Text(text) => escape(text, false, out),
            }
        }
        self.close(out);
        if matches!(
            self.name,
            "article" | "section" | "header" | "head" | "li" | "figure" | "tr"
        ) {
            out.push('\n');
        }
    }

    /// `<name a="b"`.
    fn open(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, true, out);
            out.push('"');
        }
    }

    fn close(&self, out: &mut String) {
        out.push_str("</");
        out.push_str(self.name);
        out.push('>');
    }
}

/// Whether documents can hold a character: XML 1.0 (production 2) has no way to write most control characters and the last two of
/// its first plane, HTML (13.2.3.5) none to mean them.
fn is_held(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\n' | '\t');
    !control && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// What documents cannot hold is replaced.
fn escape(text: &str, attribute: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            // In an attribute they would be read as spaces (XML 1.0, 3.3.3).
            '\n' | '\t' if attribute => out.push_str(&format!("&#{};", u32::from(c))),
            c if is_held(c) => out.push(c),
            _ => out.push('\u{fffd}'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        let inner = Element::new("b").text("]]> & <c>\u{0}\u{ffff}\n");
        let outer = Element::new("a").with("x", "\"<&\n\u{1b}").child(inner);
        assert_eq!(
            outer.xml("  "),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a x=\"&quot;&lt;&amp;&#10;\u{fffd}\">\n  \
             <b>]]&gt; &amp; &lt;c&gt;\u{fffd}\u{fffd}\n</b>\n</a>\n"
        );
        assert!(Element::new("a").xml("").ends_with("<a/>\n"));
    }

    #[test]
    fn values_are_made_even() {
        let element = Element::new("A")
            .with("b", "\"1\"")
            .leaf("C", " x <\u{1}y>\n& z ")
            .leaf_some("D", Some(" "))
            .child(Element::new("E"));
        assert_eq!(
            element.xml("\t"),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<A b=\"&quot;1&quot;\">\n\t<C>x &lt;y&gt; &amp; z</C>\n\t<E/>\n</A>\n"
        );
    }

    #[test]
    fn pages_are_escaped_once() {
        let page = Element::new("p")
            .with("title", "a \"b\"")
            .text("<i> & \u{0}");
        let bold = Element::new("b").with("class", "x").text("y");
        let page = page.and([Element::new("br"), bold]);
        assert_eq!(
            page.html(),
            "<!DOCTYPE html>\n<p title=\"a &quot;b&quot;\">&lt;i&gt; &amp; \u{fffd}<br><b class=\"x\">y</b></p>\n"
        );
    }
}
