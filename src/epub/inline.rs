//! Inlines as markup.

use crate::model::{
    Attrs, ChapterId, Image, ImageSource, Inline, InlineKind, NodeId, NodeRef, Target,
};
use crate::resolve::Destination;

use super::chapter::Pen;

impl Pen<'_> {
    /// A line's content.
    pub fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            self.inline(inline);
        }
    }

    fn wrap(&mut self, name: &'static str, class: &str, node: NodeId, content: &[Inline]) {
        self.doc.open(name);
        let outer = self.enter(node, None, &[class]);
        self.inlines(content);
        self.leave(outer);
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(text) => {
                self.doc.text(text);
            }
            InlineKind::SoftBreak => {
                self.doc.text("\n");
            }
            InlineKind::HardBreak if self.bare => {
                self.doc.text(" ");
            }
            InlineKind::HardBreak => {
                self.doc.open("br").close().line();
            }
            InlineKind::Emph(content) => self.wrap("em", "", inline.id, content),
            InlineKind::Strong(content) => self.wrap("strong", "", inline.id, content),
            InlineKind::Strike(content) => self.wrap("s", "", inline.id, content),
            InlineKind::Sub(content) => self.wrap("sub", "", inline.id, content),
            InlineKind::Sup(content) => self.wrap("sup", "", inline.id, content),
            InlineKind::SmallCaps(content) => self.wrap("span", "smallcaps", inline.id, content),
            InlineKind::Underline(content) => self.wrap("u", "", inline.id, content),
            InlineKind::Mark(content) => self.wrap("mark", "", inline.id, content),
            InlineKind::Kbd(content) => self.wrap("kbd", "", inline.id, content),
            // The marks are in the text already, as the language has them.
            InlineKind::Quoted(content) => self.wrap("q", "", inline.id, content),
            InlineKind::Abbr { expansion, content } => {
                self.doc
                    .open("abbr")
                    .attr_some("title", expansion.as_deref());
                self.node_id(inline.id);
                self.inlines(content);
                self.doc.close();
            }
            InlineKind::Span { attrs, content } => {
                self.doc.open("span");
                let outer = self.enter(inline.id, Some(attrs), &[]);
                self.inlines(content);
                self.leave(outer);
            }
            InlineKind::Code { text, attrs } => {
                self.doc.open("code");
                let outer = self.enter(inline.id, Some(attrs), &[]);
                self.doc.text(text);
                self.leave(outer);
            }
            InlineKind::Link {
                title,
                attrs,
                content,
                ..
            } => self.link(inline.id, title.as_deref(), attrs, content),
            InlineKind::Image(image) => self.image(inline.id, image, "inline-image"),
            InlineKind::NoteCall(_) if self.bare => {}
            InlineKind::NoteCall(index) => self.note_call(*index),
            InlineKind::Math { tex, attrs, .. } => {
                self.doc.open("span");
                let outer = self.enter(inline.id, Some(attrs), &["math"]);
                self.doc.text(tex);
                self.leave(outer);
            }
            InlineKind::Cite { plain, .. } => {
                self.doc.text(plain);
            }
            InlineKind::Ref { plain, .. } => match self.href(inline.id) {
                Some((href, _)) if !self.bare => {
                    self.doc
                        .open("a")
                        .attr("class", "link")
                        .attr("href", &href)
                        .text(plain)
                        .close();
                }
                _ => {
                    self.doc.text(plain);
                }
            },
            InlineKind::Index { content, .. } => self.inlines(content),
            InlineKind::Only {
                target: Target::Epub,
                content,
            } => self.inlines(content),
            InlineKind::Only {
                target: Target::Pdf,
                ..
            } => {}
        }
    }

    /// Where a link leads, and whether out of the book; `None` if nowhere.
    fn href(&self, node: NodeId) -> Option<(String, bool)> {
        match self.edition.facts.links.get(&self.node(node))? {
            Destination::Url(url) => Some((url.clone(), true)),
            Destination::Node(target) => Some((self.way_to(*target), false)),
        }
    }

    /// From this document to a place in the book.
    pub fn way_to(&self, target: NodeRef) -> String {
        let file = if target.chapter == self.id {
            ""
        } else {
            self.names.chapter(target.chapter)
        };
        match self.edition.facts.anchors.get(&target) {
            Some(anchor) if target.node != NodeId(0) || file.is_empty() => {
                format!("{file}#{anchor}")
            }
            _ if file.is_empty() => self.names.chapter(target.chapter).to_owned(),
            _ => file.to_owned(),
        }
    }

    fn link(&mut self, node: NodeId, title: Option<&str>, attrs: &Attrs, content: &[Inline]) {
        let Some((href, _)) = self.href(node).filter(|_| !self.bare) else {
            // Dead, and reported: its words stay, as words.
            if attrs.is_empty() || self.bare {
                return self.inlines(content);
            }
            self.doc.open("span");
            let outer = self.enter(node, Some(attrs), &[]);
            self.inlines(content);
            return self.leave(outer);
        };
        self.doc
            .open("a")
            .attr("href", &href)
            .attr_some("title", title);
        let outer = self.enter(node, Some(attrs), &["link"]);
        self.inlines(content);
        self.leave(outer);
    }

    /// An image; its alternative text where the image cannot be had.
    pub fn image(&mut self, node: NodeId, image: &Image, class: &str) {
        let file = match &image.source {
            ImageSource::File(path) => self.names.image(path),
            ImageSource::Elsewhere(_) => None,
        };
        let Some(file) = file else {
            if !image.alt.is_empty() {
                self.doc
                    .open("span")
                    .attr("class", "missing-image")
                    .text(&image.alt)
                    .close();
            }
            return;
        };
        let alt = if image.is_decorative() {
            ""
        } else {
            image.alt.as_str()
        };
        let src = format!("../images/{file}");
        self.doc.open("img").attr("src", &src).attr("alt", alt);
        if image.is_decorative() {
            self.doc.attr("role", "presentation");
        }
        let width = image
            .attrs
            .get("width")
            .filter(|width| is_css_length(width));
        let style = width.map(|width| format!("width: {width}"));
        self.doc.attr_some("style", style.as_deref());
        // A figure's id stands on the figure.
        if class == "inline-image" {
            let outer = self.enter(node, Some(&image.attrs), &[class]);
            self.leave(outer);
        } else {
            self.doc.close();
        }
    }

    /// The chapter that a place belongs to has a file here.
    pub fn has_file(&self, chapter: ChapterId) -> bool {
        !self.names.chapter(chapter).is_empty()
    }
}

/// `80%`, `5cm`: what may stand in a style without being looked at again.
fn is_css_length(text: &str) -> bool {
    let at = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    number.parse::<f64>().is_ok_and(f64::is_finite)
        && matches!(unit, "%" | "px" | "pt" | "mm" | "cm" | "in" | "em" | "pc")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_lengths_reach_a_style() {
        assert!(is_css_length("80%") && is_css_length("2.5cm"));
        assert!(
            !is_css_length("80") && !is_css_length("1px;color:red") && !is_css_length("calc(1px)")
        );
    }
}
