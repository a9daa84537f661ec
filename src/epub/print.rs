//! The pages of the print edition in the EPUB: where each begins, and the ways to them.
//!
//! In: [`Print`], where the pages of a PDF begin. Out: an anchor at each of these places, empty and unseen; the page list of
//! the navigation document and the NCX's. An anchor stands before the first letter of its page, even within a word; before
//! a heading or a table that begins a page, not in it. What the EPUB does not have at all is where it goes on behind it.

use std::collections::BTreeSet;

use super::names::Names;
use super::page::Page;
use super::xhtml::Xhtml;
use crate::model::{ChapterId, Inline, InlineKind, Locus, NodeId, NodeRef, Target};
use crate::resolve::{Edition, PageStarts};
use crate::source::Sources;

/// A PDF's pages.
#[derive(Clone, Copy)]
pub struct Print<'a> {
    /// Where they begin.
    pub starts: &'a PageStarts,
    /// The edition that they are of.
    pub edition: &'a Edition,
    /// That edition's name.
    pub name: &'a str,
    /// The texts that both editions were read from.
    pub sources: &'a Sources,
}

impl Print<'_> {
    /// What the package says that the pages are of: the book in print by its ISBN, else the edition by its title and name.
    pub(super) fn source(&self) -> String {
        let meta = &self.edition.book.manifest.metadata;
        match &meta.identifiers.isbn_print {
            Some(isbn) => super::package::isbn_urn(isbn),
            None => format!("{} ({}, PDF)", meta.title, self.name),
        }
    }
}

/// A page of the print.
#[derive(Debug)]
pub(super) struct PrintPage {
    /// As printed: `xii`, `47`.
    pub label: String,
    /// The id of its anchor: unique in its document.
    pub id: String,
    /// Where it begins.
    at: Locus,
}

/// All pages of the print, in order.
#[derive(Debug, Default)]
pub(super) struct PrintPages(Vec<PrintPage>);

impl PrintPages {
    /// Those of a print edition in this one. What begins behind all that the EPUB has is at its end.
    pub fn of(print: &Print<'_>, edition: &Edition, names: &Names) -> PrintPages {
        let shown = |id: ChapterId| names.chapter(id).is_some();
        let count = edition.book.chapters.len() as u32;
        let Some(last) = (0..count).rev().map(ChapterId).find(|id| shown(*id)) else {
            return PrintPages::default();
        };
        let end = Locus {
            node: NodeRef {
                chapter: last,
                node: NodeId(u32::MAX),
            },
            byte: 0,
        };
        let moved = print
            .starts
            .moved(print.edition, edition, print.sources, shown);
        let mut taken: BTreeSet<(ChapterId, &str)> = BTreeSet::new();
        let anchors = edition.facts.anchors.iter();
        taken.extend(anchors.map(|(node, id)| (node.chapter, id.as_str())));
        let pages = moved.0.into_iter().map(|start| {
            let at = start.at.unwrap_or(end);
            let mut id = format!("page-{}", start.label);
            while taken.contains(&(at.node.chapter, id.as_str())) {
                id.push('p');
            }
            PrintPage {
                label: start.label,
                id,
                at,
            }
        });
        PrintPages(pages.collect())
    }

    /// Those that begin in a chapter.
    fn in_chapter(&self, id: ChapterId) -> &[PrintPage] {
        let from = self.0.partition_point(|page| page.at.node.chapter < id);
        let to = self.0.partition_point(|page| page.at.node.chapter <= id);
        &self.0[from..to]
    }

    /// Each with the way to it from the package.
    fn links(&self, names: &Names) -> impl Iterator<Item = (&PrintPage, String)> {
        self.0.iter().map(|page| {
            let file = names.chapter(page.at.node.chapter).unwrap_or_default();
            (page, format!("{file}#{}", page.id))
        })
    }

    /// The page list of the navigation document.
    pub fn nav(&self, names: &Names, title: &str, out: &mut Xhtml) {
        out.open("nav")
            .attr("epub:type", "page-list")
            .attr("role", "doc-pagelist")
            .attr("id", "page-list")
            .attr("hidden", "hidden")
            .line();
        out.leaf("h2", title).line().open("ol").line();
        for (page, path) in self.links(names) {
            out.open("li").open("a").attr("href", &path);
            out.text(&page.label).close().close().line();
        }
        out.close().line().close().line();
    }

    /// The page list of the NCX; nothing for a book without pages.
    pub fn ncx(&self, names: &Names, title: &str) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let mut out = Xhtml::with_capacity(128 * self.0.len());
        let label = |out: &mut Xhtml, text: &str| {
            out.open("navLabel").leaf("text", text).close();
        };
        // The schema that files are checked by wants a class.
        out.open("pageList")
            .attr("id", "page-list")
            .attr("class", "page-list")
            .line();
        label(&mut out, title);
        for (page, path) in self.links(names) {
            let number = page.number().map(|number| number.to_string());
            out.line()
                .open("pageTarget")
                .attr("id", &format!("target-{}", page.id))
                .attr("type", if number.is_some() { "normal" } else { "front" })
                .attr_some("value", number.as_deref());
            label(&mut out, &page.label);
            out.open("content").attr("src", &path).close().close();
        }
        out.line().close();
        out.finish()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are, and the highest number that one has.
    pub fn extent(&self) -> (usize, u32) {
        let numbers = self.0.iter().filter_map(PrintPage::number);
        (self.0.len(), numbers.max().unwrap_or(0))
    }
}

impl PrintPage {
    /// Its number, if it is not in roman numerals.
    fn number(&self) -> Option<u32> {
        self.label.parse().ok()
    }
}

/// The first of a line's inlines that says or shows something.
fn first_words(inlines: &[Inline]) -> Option<NodeId> {
    inlines.iter().find_map(|inline| match &inline.kind {
        InlineKind::Text(text) if text.trim().is_empty() => None,
        InlineKind::Only {
            target: Target::Pdf,
            ..
        } => None,
        InlineKind::Text(_)
        | InlineKind::Code { .. }
        | InlineKind::Math { .. }
        | InlineKind::Image(_)
        | InlineKind::Ref { .. }
        | InlineKind::Cite { .. } => Some(inline.id),
        kind => first_words(kind.content()),
    })
}

/// The pages that begin in a document under way.
#[derive(Clone, Copy, Default)]
pub(super) struct Turns<'a> {
    /// Those that were not yet reached.
    waiting: &'a [PrintPage],
    /// What is written now stands elsewhere in print, or there too.
    held: bool,
}

impl<'a> Turns<'a> {
    /// Those of a chapter.
    pub fn of(pages: &'a PrintPages, id: ChapterId) -> Turns<'a> {
        Turns {
            waiting: pages.in_chapter(id),
            held: false,
        }
    }

    /// The next, if it begins at a place or before it.
    fn take(&mut self, node: NodeId, byte: u32) -> Option<&'a PrintPage> {
        let (first, rest) = self.waiting.split_first().filter(|_| !self.held)?;
        ((first.at.node.node, first.at.byte) <= (node, byte)).then(|| {
            self.waiting = rest;
            first
        })
    }
}

impl<'a> Page<'a> {
    /// Words of a node, from a byte of its text on, with the pages that begin among them.
    pub fn words_of(&mut self, node: NodeId, from: usize, text: &str) {
        let mut done = 0;
        while !self.again
            && let Some((next, byte)) = self.next_turn()
        {
            let at = match next == node {
                true => (byte as usize).saturating_sub(from),
                false if next < node => done,
                false => break,
            };
            // It may be in what else the node says.
            if at >= text.len() {
                break;
            }
            let at = (done..=at).rev().find(|at| text.is_char_boundary(*at));
            let at = at.unwrap_or(done);
            if at > done {
                self.text(&text[done..at]);
                done = at;
            }
            self.turn_at(node, byte.max((from + at) as u32));
        }
        self.text(&text[done..]);
    }

    fn next_turn(&self) -> Option<(NodeId, u32)> {
        let first = self.turns.waiting.first().filter(|_| !self.turns.held)?;
        Some((first.at.node.node, first.at.byte))
    }

    /// The anchors of pages that begin at a place in a line or before it.
    pub fn turn_at(&mut self, node: NodeId, byte: u32) {
        while !self.again
            && let Some(page) = self.turns.take(node, byte)
        {
            self.mark("span", page);
        }
    }

    /// The anchors of pages that begin with a block or before it.
    pub fn turn_before(&mut self, node: NodeId) {
        while let Some(page) = self.turns.take(node, 0) {
            self.mark("div", page);
            self.out.line();
        }
    }

    /// The anchors of pages that begin with a line's first words or before them: outside what would read a page's number as
    /// part of its own words, as a heading does.
    pub fn turn_before_words(&mut self, words: &[Inline]) {
        if let Some(first) = first_words(words) {
            self.turn_before(first);
        }
    }

    /// The anchors of all other pages of the document.
    pub fn turn_at_end(&mut self) {
        while let Some(page) = self.turns.take(NodeId(u32::MAX), u32::MAX) {
            self.mark("div", page);
            self.out.line();
        }
    }

    /// Writes what stands elsewhere in print: no page begins there.
    pub fn aside(&mut self, write: impl FnOnce(&mut Self)) {
        let held = std::mem::replace(&mut self.turns.held, true);
        write(self);
        self.turns.held = held;
    }

    fn mark(&mut self, name: &'static str, page: &PrintPage) {
        self.out
            .open(name)
            .attr("epub:type", "pagebreak")
            .attr("role", "doc-pagebreak")
            .attr("id", &page.id)
            .attr("aria-label", &page.label)
            .close();
    }
}
