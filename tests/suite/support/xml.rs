//! XML as a tree, for looking into EPUBs with a parser that recto's writers do not use.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{EscapeError, resolve_xml_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    /// With its prefix, as written.
    pub name: String,
    /// In order, values unescaped.
    pub attrs: Vec<(String, String)>,
    /// What is in it.
    pub kids: Vec<Kid>,
}

/// What is in an element.
#[derive(Debug)]
pub enum Kid {
    /// A further element.
    Element(Element),
    /// Text, unescaped.
    Text(String),
}

impl Element {
    /// An attribute's value.
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attrs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether `epub:type` or `role` holds a word.
    pub fn is(&self, word: &str) -> bool {
        ["epub:type", "role"]
            .iter()
            .filter_map(|name| self.attr(name))
            .any(|value| value.split_whitespace().any(|one| one == word))
    }

    /// The elements right below.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.kids.iter().filter_map(|kid| match kid {
            Kid::Element(element) => Some(element),
            Kid::Text(_) => None,
        })
    }

    /// All elements of a name below, in order.
    pub fn all<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            }
            found.extend(element.all(name));
        }
        found
    }

    /// Shows it and all elements below, in order.
    pub fn each<'a>(&'a self, see: &mut impl FnMut(&'a Element)) {
        see(self);
        self.elements().for_each(|inner| inner.each(see));
    }

    /// All text below.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for kid in &self.kids {
            match kid {
                Kid::Element(element) => text.push_str(&element.text()),
                Kid::Text(own) => text.push_str(own),
            }
        }
        text
    }
}

fn open(tag: &BytesStart) -> Result<Element, String> {
    let mut element = Element {
        name: tag.name().as_ref().to_owned(),
        ..Element::default()
    };
    for attr in tag.attributes() {
        let attr = attr.map_err(|error| error.to_string())?;
        let value = of_xml(&attr.value).map_err(|error| error.to_string())?;
        let key = attr.key.as_ref().to_owned();
        element.attrs.push((key, value.into_owned()));
    }
    Ok(element)
}

/// Reads a document.
///
/// # Errors
/// When it is not well formed.
pub fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut stack = vec![Element::default()];
    let top = "the document itself is never closed";
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) => stack.push(open(&tag)?),
            Event::Empty(tag) => {
                let element = open(&tag)?;
                stack
                    .last_mut()
                    .expect(top)
                    .kids
                    .push(Kid::Element(element));
            }
            Event::End(_) => {
                let element = stack.pop().expect(top);
                let parent = stack.last_mut().ok_or("an end without a start")?;
                parent.kids.push(Kid::Element(element));
            }
            Event::Text(text) => {
                stack
                    .last_mut()
                    .expect(top)
                    .kids
                    .push(Kid::Text(text.to_string()));
            }
            Event::GeneralRef(name) => {
                let text = of_xml(&format!("&{};", &*name))
                    .map_err(|error| error.to_string())?
                    .into_owned();
                stack.last_mut().expect(top).kids.push(Kid::Text(text));
            }
            Event::CData(text) => {
                let text = text.to_string();
                stack.last_mut().expect(top).kids.push(Kid::Text(text));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let document = stack.pop().expect(top);
    if !stack.is_empty() {
        return Err("an element is never closed".to_owned());
    }
    let root = document.kids.into_iter().find_map(|kid| match kid {
        Kid::Element(element) => Some(element),
        Kid::Text(_) => None,
    });
    root.ok_or_else(|| "no root element".to_owned())
}

/// A text with its references resolved: XML itself knows five names, whatever else the library knows of HTML's.
fn of_xml(text: &str) -> Result<Cow<'_, str>, EscapeError> {
    unescape_with(text, resolve_xml_entity)
}

#[test]
fn xml_is_read_or_refused() {
    let root =
        parse("<a b='1 &amp; 2'>x<c epub:type='x noteref'/>&lt;&#8212;y</a>").expect("well formed");
    assert_eq!(root.attr("b"), Some("1 & 2"));
    assert_eq!(root.text(), "x<—y");
    assert!(root.all("c")[0].is("noteref"));
    for bad in ["<a>", "<a></b>", "<a>&nbsp;</a>", ""] {
        assert!(parse(bad).is_err(), "{bad}");
    }
}
