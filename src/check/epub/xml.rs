//! XML read strictly, by quick-xml and by what it leaves to others.
//!
//! In: a text. Out: its [`Tree`], and the first fault, where reading ends. The reader finds tags, texts and their nesting; here it is
//! seen to that names are names, that prefixes are bound, that references lead to something, that there is one root, and that
//! nothing is larger or deeper than books have it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::entity::{Entities, Wrong, is_reference};
use super::limits;
use super::tree::{Attr, Element, Space, Text, Tree};
use crate::source::SourceFile;

/// Why reading ended before the end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where, in bytes.
    pub at: Range<usize>,
    /// What is wrong, in a sentence.
    pub message: String,
    /// It is more than is read, rather than malformed.
    pub is_outsized: bool,
}

impl Fault {
    fn new(at: Range<usize>, message: impl Into<String>) -> Fault {
        Fault {
            at,
            message: message.into(),
            is_outsized: false,
        }
    }

    fn outsized(at: Range<usize>, message: impl Into<String>) -> Fault {
        Fault {
            is_outsized: true,
            ..Fault::new(at, message)
        }
    }

    fn of(at: Range<usize>, wrong: Wrong) -> Fault {
        match wrong {
            Wrong::Malformed(message) => Fault::new(at, message),
            Wrong::Outsized(message) => Fault::outsized(at, message),
        }
    }
}

/// Whether XML 1.0 allows a character (section 2.2).
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Whether a text is a name; beyond ASCII all letters and signs are taken as such (section 2.3 leaves out a few).
pub(super) fn is_name(text: &str) -> bool {
    let starts = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':') || !c.is_ascii();
    let goes_on = |c: char| starts(c) || c.is_ascii_digit() || matches!(c, '-' | '.');
    text.starts_with(starts) && text.chars().all(goes_on)
}

/// Reads a document. `nodes` is how many elements, attributes and texts it may have.
pub(super) fn read(file: &Arc<SourceFile>, nodes: usize) -> (Tree, Option<Fault>) {
    let mut building = Building {
        tree: Tree {
            file: Arc::clone(file),
            is_wide: false,
            doctype: None,
            sheets: Vec::new(),
            is_whole: false,
            elements: Vec::new(),
            attrs: Vec::new(),
            texts: Vec::new(),
        },
        nodes: nodes.min(limits::NODES),
        text: &file.text,
        open: Vec::new(),
        spaces: BTreeMap::new(),
        entities: Entities::default(),
    };
    let fault = building.all().err();
    // What is still open after a fault ends with the text that was read.
    while building.open.last().is_some() {
        building.close();
    }
    building.tree.is_whole = fault.is_none();
    (building.tree, fault)
}

/// A tree under way.
struct Building<'s> {
    tree: Tree,
    nodes: usize,
    text: &'s str,
    /// The elements that are open, each with the prefixes that it binds.
    open: Vec<(u32, Vec<&'s str>)>,
    /// What each prefix is bound to, from outer to inner; the empty one is the default.
    spaces: BTreeMap<&'s str, Vec<Space>>,
    entities: Entities,
}

impl<'s> Building<'s> {
    fn all(&mut self) -> Result<(), Fault> {
        let text = self.text;
        let skipped = text.len() - text.trim_start_matches('\u{feff}').len();
        if let Some((at, c)) = text[skipped..]
            .char_indices()
            .find(|(_, c)| !is_allowed(*c))
        {
            let at = skipped + at..skipped + at + c.len_utf8();
            let message = format!("U+{:04X} is no character that XML allows", u32::from(c));
            return Err(Fault::new(at, message));
        }
        let mut reader = Reader::from_str(&text[skipped..]);
        reader.config_mut().check_comments = true;
        loop {
            let start = skipped + reader.buffer_position() as usize;
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let at = skipped + reader.error_position() as usize;
                    let at = floor(text, at.max(start).min(text.len()));
                    return Err(Fault::new(at..at, sentence(&error.to_string())));
                }
            };
            let at = start..skipped + reader.buffer_position() as usize;
            if self.tree.weight() > self.nodes {
                let message = "the document has more parts than are read of any";
                return Err(Fault::outsized(at, message));
            }
            match event {
                Event::Start(tag) => self.start(&tag, at)?,
                Event::Empty(tag) => {
                    self.start(&tag, at)?;
                    self.close();
                }
                Event::End(_) => self.close(),
                Event::Text(said) => self.said(&said.into_inner(), at)?,
                Event::CData(_) => self.push(at, 9, 3)?,
                Event::GeneralRef(name) => self.reference(&name.into_inner(), at)?,
                Event::DocType(said) => self.doctype(&said.into_inner(), at)?,
                Event::Decl(said) if said.version().is_ok_and(|version| version != "1.0") => {
                    return Err(Fault::new(at, "it is of another version of XML than 1.0"));
                }
                Event::Decl(_) if at.start > skipped => {
                    return Err(Fault::new(at, "the XML declaration does not come first"));
                }
                Event::PI(pi) if pi.target().eq_ignore_ascii_case("xml") => {
                    return Err(Fault::new(at, "the XML declaration is none"));
                }
                Event::PI(pi) if pi.target() == "xml-stylesheet" => {
                    if self.tree.sheets.len() < limits::TOLD {
                        self.tree.sheets.push(short(at));
                    }
                }
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                Event::Eof => break,
            }
        }
        let end = text.len()..text.len();
        if let Some((open, _)) = self.open.last() {
            let node = self.tree.node(*open);
            let name = node.map_or("", |node| node.name());
            return Err(Fault::new(end, format!("`<{name}>` is never closed")));
        }
        match self.tree.elements.is_empty() {
            true => Err(Fault::new(end, "there is no element in it")),
            false => Ok(()),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: Range<usize>) -> Result<(), Fault> {
        let (open, text) = (self.open.len(), self.text);
        if open == 0 && !self.tree.elements.is_empty() {
            return Err(Fault::new(at, "a second element stands outside the first"));
        }
        if open >= limits::DEPTH {
            return Err(Fault::outsized(at, "elements nest deeper than are read"));
        }
        // Behind `<`.
        let named = at.start + 1;
        let name = text.get(named..named + tag.name().as_ref().len());
        let name = name.unwrap_or_default();
        if !is_name(name) {
            return Err(Fault::new(at, format!("`{name}` is no name of an element")));
        }
        let first = self.tree.attrs.len();
        // The prefix, the place of its name and value of each; prefixes may be bound behind their use.
        let mut prefixes: Vec<&'s str> = Vec::new();
        let mut binds: Vec<&'s str> = Vec::new();
        let mut before = named + name.len();
        for attr in tag.attributes() {
            let attr =
                attr.map_err(|error| Fault::new(at.clone(), sentence(&error.to_string())))?;
            let (key, value) = (attr.key.as_ref(), attr.value.as_ref());
            if prefixes.len() == limits::ATTRIBUTES {
                return Err(Fault::outsized(
                    at,
                    "an element has more attributes than are read",
                ));
            }
            let ahead = text.get(before..at.end).unwrap_or_default();
            let gap = ahead.len() - ahead.trim_start().len();
            let key_at = before + gap;
            let key = match text.get(key_at..key_at + key.len()) {
                Some(own) if own == key && is_name(key) => own,
                _ => {
                    return Err(Fault::new(
                        at,
                        format!("`{key}` is no name of an attribute"),
                    ));
                }
            };
            let place = key_at..key_at + key.len();
            if gap == 0 {
                return Err(Fault::new(place, format!("no space stands before `{key}`")));
            }
            // `=` and white space around it, and the quotation mark.
            let rest = text.get(place.end..at.end).unwrap_or_default();
            let skip = rest.find(['"', '\'']).map_or(0, |quote| quote + 1);
            let said = place.end + skip..place.end + skip + value.len();
            before = (said.end + 1).min(at.end);
            if value.len() > limits::VALUE {
                let message = format!("the value of `{key}` is {} bytes long", value.len());
                return Err(Fault::outsized(place, message));
            }
            if value.contains('<') {
                return Err(Fault::new(
                    place,
                    format!("`<` stands in the value of `{key}`"),
                ));
            }
            let unescaped = self.entities.unescape(value);
            let unescaped = unescaped.map_err(|wrong| Fault::of(said.clone(), wrong))?;
            let (prefix, local) = key.split_once(':').unwrap_or(("", key));
            let bound = match (prefix, local) {
                ("", "xmlns") => Some(""),
                ("xmlns", local) => Some(local),
                _ => None,
            };
            if let Some(bound) = bound {
                let space = Space::named(unescaped.as_deref().unwrap_or(value).trim());
                self.spaces.entry(bound).or_default().push(space);
                binds.push(bound);
                continue;
            }
            prefixes.push(prefix);
            self.tree.attrs.push(Attr {
                space: Space::None,
                name: short(place.end - local.len()..place.end),
                at: short(said),
                value: unescaped.map(String::into_boxed_str),
            });
        }
        let number = self.tree.elements.len() as u32;
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let space = self.space(prefix).filter(|_| !local.is_empty());
        let space = space.ok_or_else(|| {
            Fault::new(
                at.clone(),
                format!("the prefix of `{name}` is bound to nothing"),
            )
        })?;
        for (attr, prefix) in prefixes.iter().enumerate() {
            if prefix.is_empty() {
                continue;
            }
            let Some(space) = self.space(prefix) else {
                let message = format!("the prefix `{prefix}` is bound to nothing");
                return Err(Fault::new(at, message));
            };
            self.tree.attrs[first + attr].space = space;
        }
        let texts = self.tree.texts.len() as u32;
        self.tree.elements.push(Element {
            parent: self.open.last().map(|(open, _)| *open),
            space,
            name: short(named + name.len() - local.len()..named + name.len()),
            attrs: first as u32..self.tree.attrs.len() as u32,
            tag: short(at),
            end: number + 1,
            texts: texts..texts,
        });
        self.open.push((number, binds));
        Ok(())
    }

    fn space(&self, prefix: &str) -> Option<Space> {
        let bound = self.spaces.get(prefix).and_then(|all| all.last()).copied();
        match prefix {
            "" => Some(bound.unwrap_or(Space::None)),
            "xml" => Some(Space::Xml),
            _ => bound,
        }
    }

    fn close(&mut self) {
        let Some((number, binds)) = self.open.pop() else {
            return;
        };
        for prefix in binds {
            if let Some(all) = self.spaces.get_mut(prefix) {
                all.pop();
            }
        }
        let (elements, texts) = (self.tree.elements.len(), self.tree.texts.len());
        let element = &mut self.tree.elements[number as usize];
        element.end = elements as u32;
        element.texts.end = texts as u32;
    }

    fn said(&mut self, said: &str, at: Range<usize>) -> Result<(), Fault> {
        if let Some(end) = said.find("]]>") {
            let end = at.start + end;
            return Err(Fault::new(end..end + 3, "`]]>` stands in a text"));
        }
        self.push(at, 0, 0)
    }

    /// Takes a text in, without so many bytes at its start and its end.
    fn push(&mut self, at: Range<usize>, before: usize, behind: usize) -> Result<(), Fault> {
        let at = at.start + before..at.end.saturating_sub(behind).max(at.start + before);
        let Some((owner, _)) = self.open.last() else {
            let said = self.text.get(at.clone()).unwrap_or_default();
            return match before == 0 && said.trim().is_empty() {
                true => Ok(()),
                false => Err(Fault::new(at, "text stands outside the outermost element")),
            };
        };
        self.tree.texts.push(Text {
            owner: *owner,
            at: short(at),
            value: None,
        });
        Ok(())
    }

    fn reference(&mut self, name: &str, at: Range<usize>) -> Result<(), Fault> {
        if !is_reference(name) {
            let message = "`&` begins no reference; it is written `&amp;`";
            return Err(Fault::new(at, message));
        }
        let value = self.entities.resolve(name);
        let value = value.map_err(|wrong| Fault::of(at.clone(), wrong))?;
        let Some((owner, _)) = self.open.last() else {
            return Err(Fault::new(at, "text stands outside the outermost element"));
        };
        self.tree.texts.push(Text {
            owner: *owner,
            at: short(at),
            value: Some(value.into_boxed_str()),
        });
        Ok(())
    }

    fn doctype(&mut self, said: &str, at: Range<usize>) -> Result<(), Fault> {
        if !self.tree.elements.is_empty() || self.tree.doctype.is_some() {
            return Err(Fault::new(at, "the document type does not come first"));
        }
        let (doctype, subset) = super::doctype::read(said, self.tree.span(&short(at.clone())));
        // The document types of XHTML declare the entities of HTML; nothing is fetched for that.
        let public = doctype.public.as_deref().unwrap_or_default();
        self.entities.has_html = public.contains("DTD XHTML");
        self.tree.doctype = Some(doctype);
        self.entities
            .declare(subset)
            .map_err(|message| Fault::new(at, message))
    }
}

/// Texts are shorter than four gigabytes: [`limits::TEXT`].
fn short(at: Range<usize>) -> Range<u32> {
    at.start as u32..at.end as u32
}

/// The last place at or before a byte at which a character begins.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A reader's message as ours begin and end.
fn sentence(message: &str) -> String {
    let message = message.split_once(": ").map_or(message, |(head, rest)| {
        match head.starts_with("syntax error") || head.starts_with("ill-formed document") {
            true => rest,
            false => message,
        }
    });
    message.trim_end_matches('.').to_owned()
}
