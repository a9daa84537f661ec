//! What stands in a line.

use super::page::Page;
use crate::model::{Attrs, Image, ImageSource, Inline, InlineKind, NodeId, NoteKind, Role, Target};
use crate::resolve::CALL_PREFIX;

impl<'a> Page<'a> {
    /// Inlines, in order.
    pub fn inlines(&mut self, inlines: &'a [Inline]) {
        for (index, inline) in inlines.iter().enumerate() {
            self.inline(inline, &inlines[index + 1..]);
        }
    }

    fn inline(&mut self, inline: &'a Inline, rest: &'a [Inline]) {
        let id = inline.id;
        match &inline.kind {
            InlineKind::Text(text) => self.words_of(id, 0, text),
            InlineKind::SoftBreak => self.soft_break(rest),
            InlineKind::HardBreak => {
                self.out.open("br").close().line();
                self.last = ' ';
            }
            InlineKind::Emph(content) => self.within("em", Some(Role::Emphasis), content),
            InlineKind::Strong(content) => self.within("strong", Some(Role::Strong), content),
            InlineKind::Strike(content) => self.within("s", None, content),
            InlineKind::Sub(content) => self.within("sub", None, content),
            InlineKind::Sup(content) => self.within("sup", None, content),
            InlineKind::Underline(content) => self.within("u", None, content),
            InlineKind::Mark(content) => self.within("mark", Some(Role::Mark), content),
            InlineKind::Kbd(content) => self.within("kbd", Some(Role::Kbd), content),
            // Their marks are words of the text; an element would have others put around them.
            InlineKind::Quoted(content) => self.inlines(content),
            InlineKind::SmallCaps(content) => {
                self.open("span", Some(Role::SmallCaps))
                    .attr("class", "smallcaps");
                self.inlines(content);
                self.close();
            }
            InlineKind::Abbr { expansion, content } => {
                self.open("abbr", None)
                    .attr_some("title", expansion.as_deref());
                self.inlines(content);
                self.close();
            }
            InlineKind::Span { attrs, content } => self.plain_span(id, attrs, content),
            InlineKind::Code { text, attrs } => {
                self.open_node("code", Some(Role::Code), &[], id, Some(attrs));
                self.left_to_right();
                self.words_of(id, 0, text);
                self.close();
            }
            InlineKind::Math { tex, attrs, .. } => {
                self.open_node("code", Some(Role::Code), &[], id, Some(attrs));
                self.words_of(id, 0, tex);
                self.close();
            }
            InlineKind::Link {
                title,
                attrs,
                content,
                ..
            } => {
                let Some(href) = self.href(id) else {
                    // It leads nowhere: its words stay.
                    return self.plain_span(id, attrs, content);
                };
                self.open_node("a", Some(Role::Link), &["link"], id, Some(attrs))
                    .attr("href", &href)
                    .attr_some("title", title.as_deref());
                let around = std::mem::replace(&mut self.in_link, true);
                self.inlines(content);
                self.in_link = around;
                self.close();
            }
            InlineKind::Ref { plain, .. } => match self.href(id) {
                Some(href) => {
                    self.open("a", Some(Role::Link))
                        .attr("class", "link")
                        .attr("href", &href);
                    self.words_of(id, 0, plain);
                    self.close();
                }
                None => self.words_of(id, 0, plain),
            },
            InlineKind::Cite { plain, .. } => self.words_of(id, 0, plain),
            InlineKind::Image(image) => {
                self.turn_at(id, 0);
                self.image(image, Some(id));
            }
            InlineKind::NoteCall(note) => self.note_call(*note),
            InlineKind::Index { content, .. } => self.inlines(content),
            InlineKind::Only { target, content } => {
                if *target == Target::Epub {
                    self.inlines(content);
                }
            }
        }
    }

    /// Words with what the author hung on them; without a span where that says nothing to a reading system.
    fn plain_span(&mut self, id: NodeId, attrs: &'a Attrs, content: &'a [Inline]) {
        let theme = self.volume.theme;
        let styled = attrs.classes.iter().any(|c| theme.classes.contains_key(c));
        if self.anchor(id).is_none() && attrs.lang.is_none() && !styled {
            return self.inlines(content);
        }
        self.open_node("span", None, &[], id, Some(attrs));
        self.inlines(content);
        self.close();
    }

    fn within(&mut self, name: &'static str, role: Option<Role>, content: &'a [Inline]) {
        self.open(name, role);
        self.inlines(content);
        self.close();
    }

    /// Where a link leads from here; `None` inside another link.
    pub fn href(&self, node: NodeId) -> Option<String> {
        if self.in_link {
            return None;
        }
        let edition = self.volume.edition;
        let to = edition.facts.links.get(&self.node(node))?;
        self.volume.names.href(edition, self.id, to)
    }

    /// A line end of the Markdown: a space, but not between characters of scripts that have none.
    fn soft_break(&mut self, rest: &[Inline]) {
        let next = rest.iter().find_map(first_char);
        if !(is_spaceless(self.last) && next.is_some_and(is_spaceless)) {
            self.text("\n");
        }
    }

    /// An image; its alternative text where it could not be had.
    pub fn image(&mut self, image: &'a Image, node: Option<NodeId>) {
        let file = match &image.source {
            ImageSource::File(path) => self.volume.names.images.get(path),
            ImageSource::Elsewhere(_) => None,
        };
        let anchor = node.and_then(|node| self.anchor(node));
        let Some(file) = file else {
            if !image.alt.is_empty() {
                self.open("span", None)
                    .attr("class", "missing-image")
                    .attr_some("id", anchor);
                self.text(&format!("[{}]", image.alt));
                self.close();
            }
            return;
        };
        self.images.insert(file);
        let href = format!("../{file}");
        let mut style = String::new();
        for side in ["width", "height"] {
            if let Some(length) = image.attrs.get(side).and_then(css_length) {
                style.push_str(&format!("{side}: {length};"));
            }
        }
        self.out.open("img").attr("src", &href);
        if image.is_decorative() {
            self.out.attr("alt", "").attr("role", "presentation");
        } else {
            self.out.attr("alt", &image.alt);
        }
        self.out.attr_some("id", anchor);
        if node.is_none() {
            self.out.attr_some("aria-details", self.described.take());
        }
        if !style.is_empty() {
            self.out.attr("style", &style);
        }
        self.out.close();
        self.last = ' ';
    }

    fn note_call(&mut self, note: u32) {
        let Some(body) = self.chapter.notes.get(note as usize) else {
            return;
        };
        if self.again {
            return;
        }
        if body.kind == NoteKind::Margin {
            self.margins.push(note);
            return;
        }
        let facts = &self.volume.edition.facts;
        let mark = facts.note_marks.get(&self.node(body.id));
        let (Some(mark), Some(anchor)) = (mark, self.anchor(body.id)) else {
            return;
        };
        let count = self.calls.entry(note).or_insert(0);
        *count += 1;
        if *count == 1 {
            self.waiting.insert(note);
        }
        let id = call_id(note, *count);
        if self.in_link {
            self.open("sup", Some(Role::NoteCall)).attr("id", &id);
            self.text(mark);
        } else {
            self.open("a", Some(Role::NoteCall))
                .attr("class", "note-call")
                .attr("id", &id)
                .attr("href", &format!("#{anchor}"))
                .attr("epub:type", "noteref")
                .attr("role", "doc-noteref");
            // Without a style sheet, the mark of 1914¹ is not to be a digit of it.
            self.open("sup", None);
            self.text(mark);
            self.close();
        }
        self.close();
    }
}

/// The id of a note's call: `noteref-3`, and `noteref-3-2` where it is called again.
pub(super) fn call_id(note: u32, count: u32) -> String {
    match count {
        0 | 1 => format!("{CALL_PREFIX}{}", note + 1),
        count => format!("{CALL_PREFIX}{}-{count}", note + 1),
    }
}

fn first_char(inline: &Inline) -> Option<char> {
    match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code { text, .. } => text.chars().next(),
        InlineKind::HardBreak | InlineKind::SoftBreak => Some(' '),
        InlineKind::Image(_) => Some('\u{FFFC}'),
        kind => kind.content().iter().find_map(first_char),
    }
}

/// Chinese and Japanese put no space between lines; Korean does.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{312F}' | '\u{3190}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// A length of an author's as CSS has it; a bare number counts pixels. `None` for what is no length.
fn css_length(text: &str) -> Option<String> {
    let text = text.trim();
    let at = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let value: f64 = text[..at].parse().ok().filter(|v: &f64| *v > 0.0)?;
    let unit = match text[at..].trim() {
        "" => "px",
        unit @ ("%" | "px" | "em" | "rem" | "pt" | "pc" | "mm" | "cm" | "in") => unit,
        _ => return None,
    };
    Some(format!("{value}{unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_checked() {
        assert_eq!(css_length("80%").as_deref(), Some("80%"));
        assert_eq!(css_length("120").as_deref(), Some("120px"));
        assert_eq!(css_length("5 cm").as_deref(), Some("5cm"));
        for bad in ["", "wide", "-3px", "1px;color:red", "0"] {
            assert_eq!(css_length(bad), None, "{bad}");
        }
    }
}
