//! XML of composites and of single values, as ONIX has it: a tree, written by one serializer.

/// An element: with a value, or with elements in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// The reference name.
    pub name: &'static str,
    attrs: Vec<(&'static str, String)>,
    content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    Value(String),
    Elements(Vec<Element>),
}

impl Element {
    /// A composite without anything in it yet.
    pub fn new(name: &'static str) -> Element {
        Element {
            name,
            attrs: Vec::new(),
            content: Content::Elements(Vec::new()),
        }
    }

    /// An element with a value, its white space made even.
    pub fn of(name: &'static str, value: &str) -> Element {
        let words: Vec<&str> = value.split_whitespace().collect();
        Element {
            name,
            attrs: Vec::new(),
            content: Content::Value(words.join(" ")),
        }
    }

    /// With an attribute.
    pub fn attr(mut self, name: &'static str, value: &str) -> Element {
        self.attrs.push((name, value.to_owned()));
        self
    }

    /// With an element in it, behind those it has.
    pub fn with(mut self, element: Element) -> Element {
        self.push(element);
        self
    }

    /// With a value in an element in it.
    pub fn leaf(self, name: &'static str, value: &str) -> Element {
        self.with(Element::of(name, value))
    }

    /// With a value in an element in it, if there is one.
    pub fn leaf_some(self, name: &'static str, value: Option<&str>) -> Element {
        match value.filter(|value| !value.trim().is_empty()) {
            Some(value) => self.leaf(name, value),
            None => self,
        }
    }

    /// Puts an element in.
    pub fn push(&mut self, element: Element) {
        if let Content::Elements(elements) = &mut self.content {
            elements.push(element);
        }
    }

    /// As a document: a tab for each step down, a line for each element.
    pub fn document(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(0, &mut out);
        out
    }

    fn write(&self, depth: usize, out: &mut String) {
        let indent = |out: &mut String| (0..depth).for_each(|_| out.push('\t'));
        indent(out);
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attrs {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, out);
            out.push('"');
        }
        match &self.content {
            Content::Elements(elements) if elements.is_empty() => {
                out.push_str("/>\n");
                return;
            }
            Content::Elements(elements) => {
                out.push_str(">\n");
                elements
                    .iter()
                    .for_each(|element| element.write(depth + 1, out));
                indent(out);
            }
            Content::Value(value) => {
                out.push('>');
                escape(value, out);
            }
        }
        out.push_str("</");
        out.push_str(self.name);
        out.push_str(">\n");
    }
}

/// Characters that XML 1.0 cannot hold at all (production 2) are left out.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_can_say_anything() {
        let element = Element::new("A")
            .attr("b", "\"1\"")
            .leaf("C", " x <\u{1}y>\n& z ")
            .leaf_some("D", Some(" "))
            .with(Element::new("E"));
        assert_eq!(
            element.document(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<A b=\"&quot;1&quot;\">\n\t<C>x &lt;y&gt; &amp; z</C>\n\t<E/>\n</A>\n"
        );
    }
}
