//! A chapter as an XHTML document.
//!
//! In: a chapter of an edition. Out: a [`Document`]. Steps: the head; a `section` of the chapter's role; the blocks in
//! order (`block`, `inline`, `table`); the notes, each an `aside` with the way back (`note`).

use crate::model::{
    Attrs, Chapter, ChapterId, ChapterRole, Lang, Matter, NodeId, NodeRef, plain_inlines,
};
use crate::resolve::{Edition, Words};

use super::names::Names;
use super::xhtml::Xhtml;

/// A content document.
#[derive(Debug)]
pub(super) struct Document {
    /// Its file in `text/`.
    pub name: String,
    /// The whole file.
    pub xhtml: String,
}

/// Writes one chapter.
pub(super) fn document(
    edition: &Edition,
    names: &Names,
    id: ChapterId,
    chapter: &Chapter,
) -> Document {
    let lang = edition.book.lang(chapter);
    let mut pen = Pen {
        doc: Xhtml::with_capacity(chapter.spans.0.len() * 80 + 2048),
        edition,
        names,
        chapter,
        id,
        words: Words::of(&lang),
        lang,
        calls: vec![0; chapter.notes.len()],
        fresh: true,
        bare: false,
        numbered: false,
    };
    pen.document();
    Document {
        name: names.chapter(id).to_owned(),
        xhtml: pen.doc.finish(),
    }
}

/// `epub:type` and DPUB-ARIA role of a chapter's section. Where no role fits, none is claimed.
fn semantics(role: ChapterRole) -> (Option<&'static str>, Option<&'static str>) {
    use ChapterRole as R;
    match role {
        R::Chapter => (Some("chapter"), Some("doc-chapter")),
        R::Part => (Some("part"), Some("doc-part")),
        R::Cover => (Some("cover"), None),
        R::HalfTitle => (Some("halftitlepage"), None),
        R::TitlePage => (Some("titlepage"), None),
        R::Copyright => (Some("copyright-page"), None),
        R::Dedication => (Some("dedication"), Some("doc-dedication")),
        R::Epigraph => (Some("epigraph"), Some("doc-epigraph")),
        R::Contents => (Some("toc"), None),
        R::Foreword => (Some("foreword"), Some("doc-foreword")),
        R::Preface => (Some("preface"), Some("doc-preface")),
        R::Acknowledgments => (Some("acknowledgments"), Some("doc-acknowledgments")),
        R::Introduction => (Some("introduction"), Some("doc-introduction")),
        R::Prologue => (Some("prologue"), Some("doc-prologue")),
        R::Epilogue => (Some("epilogue"), Some("doc-epilogue")),
        R::Afterword => (Some("afterword"), Some("doc-afterword")),
        R::Conclusion => (Some("conclusion"), Some("doc-conclusion")),
        R::Appendix => (Some("appendix"), Some("doc-appendix")),
        R::Glossary => (Some("glossary"), Some("doc-glossary")),
        R::Bibliography => (Some("bibliography"), Some("doc-bibliography")),
        R::Index => (Some("index"), Some("doc-index")),
        R::Notes => (Some("endnotes"), Some("doc-endnotes")),
        R::Colophon => (Some("colophon"), Some("doc-colophon")),
        R::Errata => (Some("errata"), Some("doc-errata")),
        R::AboutTheAuthor | R::Other => (None, None),
    }
}

/// `epub:type` of a matter.
fn matter_type(matter: Matter) -> &'static str {
    match matter {
        Matter::Front => "frontmatter",
        Matter::Body => "bodymatter",
        Matter::Back => "backmatter",
    }
}

/// Writes a chapter; its parts are in the modules beside this one.
pub(super) struct Pen<'a> {
    pub doc: Xhtml,
    pub edition: &'a Edition,
    pub names: &'a Names,
    pub chapter: &'a Chapter,
    pub id: ChapterId,
    pub words: &'static Words,
    /// The language of the text under the pen.
    pub lang: Lang,
    /// How often each note was called so far.
    pub calls: Vec<u32>,
    /// The next paragraph is the first after a break.
    pub fresh: bool,
    /// A heading's words in the contents: no links, notes or ids inside.
    pub bare: bool,
    /// The chapter's number was printed.
    pub numbered: bool,
}

impl Pen<'_> {
    fn document(&mut self) {
        let meta = &self.edition.book.manifest.metadata;
        self.doc
            .prolog("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n");
        let lang = self.lang.clone();
        self.doc
            .open("html")
            .attr("xmlns", "http://www.w3.org/1999/xhtml")
            .attr("xmlns:epub", "http://www.idpf.org/2007/ops");
        self.doc
            .attr("xml:lang", lang.tag())
            .attr("lang", lang.tag());
        let rtl = if self.chapter.lang.is_some() {
            lang.is_rtl()
        } else {
            meta.rtl
        };
        self.doc.attr("dir", if rtl { "rtl" } else { "ltr" });
        self.doc
            .line()
            .open("head")
            .line()
            .open("meta")
            .attr("charset", "utf-8")
            .close()
            .line();
        let title = self.title();
        self.doc
            .leaf(
                "title",
                if title.trim().is_empty() {
                    &meta.title
                } else {
                    &title
                },
            )
            .line();
        self.doc
            .open("meta")
            .attr("name", "viewport")
            .attr("content", "width=device-width, initial-scale=1")
            .close()
            .line();
        self.doc
            .open("link")
            .attr("rel", "stylesheet")
            .attr("type", "text/css")
            .attr("href", "../css/book.css")
            .close()
            .line();
        self.doc.close().line();
        self.doc
            .open("body")
            .attr("epub:type", matter_type(self.chapter.matter))
            .line();
        self.section();
        self.doc.line().close().line();
    }

    fn section(&mut self) {
        let (kind, role) = semantics(self.chapter.role);
        self.doc
            .open("section")
            .attr_some("epub:type", kind)
            .attr_some("role", role);
        self.node_id(NodeId(0));
        let mut classes: Vec<&str> = self
            .chapter
            .attrs
            .classes
            .iter()
            .map(String::as_str)
            .collect();
        if self.chapter.role == ChapterRole::Part {
            classes.push("part");
        }
        if !classes.is_empty() {
            self.doc.attr("class", &classes.join(" "));
        }
        self.doc.attr_some("aria-label", self.label().as_deref());
        self.doc.line();
        let chapter = self.chapter;
        self.blocks(&chapter.blocks);
        self.notes();
        self.doc.close();
    }

    /// What the chapter is called.
    fn title(&self) -> String {
        let opening = self.chapter.opening().map(plain_inlines);
        opening
            .or_else(|| self.chapter.title.clone())
            .unwrap_or_else(|| {
                self.words
                    .role(self.chapter.role)
                    .unwrap_or_default()
                    .to_owned()
            })
    }

    /// A name for a section that shows none: a landmark without one helps nobody.
    fn label(&self) -> Option<String> {
        if self.chapter.opening().is_some() || semantics(self.chapter.role).1.is_none() {
            return None;
        }
        Some(self.title()).filter(|title| !title.trim().is_empty())
    }

    /// A node's name in the book.
    pub fn node(&self, node: NodeId) -> NodeRef {
        NodeRef {
            chapter: self.id,
            node,
        }
    }

    /// The node's anchor as the id of the element just opened.
    pub fn node_id(&mut self, node: NodeId) {
        if self.bare {
            return;
        }
        let anchor = self.edition.facts.anchors.get(&self.node(node));
        self.doc.attr_some("id", anchor.map(String::as_str));
    }

    /// An author's attributes and our own classes, on the element just opened; then the language changes until
    /// [`Pen::leave`].
    pub fn enter(&mut self, node: NodeId, attrs: Option<&Attrs>, own: &[&str]) -> Lang {
        self.node_id(node);
        let mut classes: Vec<&str> = own
            .iter()
            .copied()
            .filter(|class| !class.is_empty())
            .collect();
        classes.extend(
            attrs
                .iter()
                .flat_map(|a| a.classes.iter().map(String::as_str))
                .filter(|class| !own.contains(class)),
        );
        if !classes.is_empty() {
            self.doc.attr("class", &classes.join(" "));
        }
        let outer = self.lang.clone();
        if let Some(lang) = attrs.and_then(|a| a.lang.as_ref()) {
            self.doc
                .attr("xml:lang", lang.tag())
                .attr("lang", lang.tag());
            if lang.is_rtl() != outer.is_rtl() {
                self.doc
                    .attr("dir", if lang.is_rtl() { "rtl" } else { "ltr" });
            }
            self.lang = lang.clone();
        } else if let Some(dir) = attrs
            .and_then(|a| a.get("dir"))
            .filter(|dir| matches!(*dir, "ltr" | "rtl" | "auto"))
        {
            self.doc.attr("dir", dir);
        }
        outer
    }

    /// Closes what [`Pen::enter`] was called on.
    pub fn leave(&mut self, outer: Lang) {
        self.doc.close();
        self.lang = outer;
    }
}
