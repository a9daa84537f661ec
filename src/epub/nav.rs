//! The ways into the book: the navigation document, the contents page, and what NCX needs to know.
//!
//! All show the outline (`Facts::toc`): the navigation document all of it, the contents page what is listed.

use super::chapter::semantics;
use super::names::Names;
use super::page::{Page, Volume, head};
use super::shapes::Shapes;
use super::xhtml::{Xhtml, allowed};
use crate::model::{ChapterId, ChapterRole, Entry, Matter, NodeId, Role, Target, plain_in};
use crate::resolve::{Edition, Words};

/// The entries of the outline that the EPUB shows and has words for.
pub(super) fn outline<'a>(edition: &'a Edition, names: &Names) -> Vec<&'a Entry> {
    let has = |entry: &&Entry| names.shows(entry.to) && !label(entry).is_empty();
    edition.facts.toc.iter().filter(has).collect()
}

/// What an entry says, without markup.
pub(super) fn label(entry: &Entry) -> String {
    // The builder escapes what it is given, but would pass on what no XML can hold.
    let title: String = plain_in(&entry.title, Target::Epub)
        .chars()
        .filter(|c| allowed(*c))
        .collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    match (entry.number.as_str(), title.as_str()) {
        ("", title) => title.to_owned(),
        (number, "") => number.to_owned(),
        (number, title) => format!("{number}. {title}"),
    }
}

/// Entries as nested lists of the name `list`. `item` opens an entry's list item and writes what it says.
fn nested<'a>(
    page: &mut Page<'a>,
    list: &'static str,
    entries: &[&'a Entry],
    mut item: impl FnMut(&mut Page<'a>, &'a Entry),
) {
    page.out.open(list).line();
    // The depths of the items that are open, each but the last with an open list in it.
    let mut open: Vec<u8> = Vec::new();
    for entry in entries {
        if let Some(last) = open.last() {
            if entry.depth > *last {
                page.out.line().open(list).line();
            } else {
                open.pop();
                page.out.close().line();
                while open.last().is_some_and(|depth| *depth >= entry.depth) {
                    open.pop();
                    page.out.close().line().close().line();
                }
            }
        }
        item(page, entry);
        open.push(entry.depth);
    }
    for _ in 1..open.len() {
        page.out.close().line().close().line();
    }
    if !open.is_empty() {
        page.out.close().line();
    }
    page.out.close().line();
}

impl<'a> Page<'a> {
    fn entry(&mut self, entry: &'a Entry) {
        let (again, in_link) = (self.again, self.in_link);
        (self.again, self.in_link) = (true, true);
        if !entry.number.is_empty() {
            self.text(&entry.number);
            if !entry.title.is_empty() {
                self.text(". ");
            }
        }
        self.inlines(&entry.title);
        (self.again, self.in_link) = (again, in_link);
    }

    /// The contents page's list.
    pub fn contents(&mut self, block: NodeId) {
        let Volume { edition, names, .. } = self.volume;
        let has_page = |entry: &Entry| names.chapter(entry.to.chapter).is_some();
        let shown = |entry: &Entry| entry.listed && has_page(entry) && !label(entry).is_empty();
        let entries = (0u32..).zip(&edition.facts.toc);
        let (numbers, listed): (Vec<u32>, Vec<&Entry>) =
            entries.filter(|(_, entry)| shown(entry)).unzip();
        if listed.is_empty() {
            return;
        }
        self.open("div", None).attr("class", "contents").line();
        // Entries bring their numbers along, so the list has none to add.
        let mut numbers = numbers.into_iter();
        nested(self, "ul", &listed, |page, entry| {
            let number = numbers.next().unwrap_or(u32::MAX);
            let chapter = edition.book.chapter(entry.to.chapter);
            let (role, class) = if entry.is_part {
                (Role::ContentsPart, "contents-part")
            } else if entry.to.node.0 == 0 && chapter.is_some_and(|c| c.depth == 0) {
                (Role::ContentsChapter, "contents-chapter")
            } else {
                (Role::ContentsSection, "contents-section")
            };
            page.out.open("li");
            page.turn_at(block, number);
            let path = names.path(edition, entry.to).unwrap_or_default();
            page.open("a", Some(role))
                .attr("class", class)
                .attr("href", path.trim_start_matches("text/"));
            page.entry(entry);
            page.close();
        });
        self.close_block();
    }
}

/// The navigation document: the outline, landmarks, the pages of the print edition.
pub(super) fn document(volume: Volume<'_>, cover: Option<&str>) -> (String, Shapes) {
    let Volume { edition, names, .. } = volume;
    let words = Words::of(&edition.book.manifest.metadata.language);
    let Some(first) = edition.book.chapters.first() else {
        return Default::default();
    };
    // Titles are written as in a chapter; which one does not matter, for they have neither ids nor links.
    let mut page = Page::new(volume, ChapterId(0), first, 16 * 1024);
    let meta = &edition.book.manifest.metadata;
    head(&mut page.out, &meta.language, meta.rtl, words.contents, "");
    page.out.open("body").line();
    page.out
        .open("nav")
        .attr("epub:type", "toc")
        .attr("role", "doc-toc")
        .attr("id", "toc")
        .line();
    page.out.leaf("h1", words.contents).line();
    let entries = outline(edition, names);
    if entries.is_empty() {
        // A list must not be empty: without an outline there is the text itself.
        if let Some(path) = names.chapters.iter().flatten().next() {
            page.out.open("ol").open("li").open("a").attr("href", path);
            page.out.text(words.start).close().close().close().line();
        }
    } else {
        nested(&mut page, "ol", &entries, |page, entry| {
            let path = names.path(edition, entry.to).unwrap_or_default();
            page.out.open("li").open("a").attr("href", &path);
            page.entry(entry);
            page.out.close();
        });
    }
    page.out.close().line();
    landmarks(&mut page.out, volume, words, cover);
    if !volume.print.is_empty() {
        volume.print.nav(names, words.pages, &mut page.out);
    }
    page.out.close().line();
    page.out.close().line();
    page.out.finish_with_shapes()
}

fn landmarks(out: &mut Xhtml, volume: Volume<'_>, words: &Words, cover: Option<&str>) {
    let Volume { edition, names, .. } = volume;
    out.open("nav")
        .attr("epub:type", "landmarks")
        .attr("id", "landmarks")
        .attr("hidden", "hidden")
        .line();
    out.leaf("h2", words.landmarks).line();
    out.open("ol").line();
    let mut landmark = |kind: &str, path: &str, label: &str| {
        out.open("li")
            .open("a")
            .attr("epub:type", kind)
            .attr("href", path);
        out.text(label).close().close().line();
    };
    if let Some(cover) = cover {
        landmark("cover", cover, words.cover);
    }
    let mut told = Vec::new();
    let mut begun = false;
    for (index, chapter) in edition.book.chapters.iter().enumerate() {
        let Some(path) = names.chapter(ChapterId(index as u32)) else {
            continue;
        };
        if chapter.matter == Matter::Body && !begun {
            begun = true;
            landmark("bodymatter", path, words.start);
        }
        use ChapterRole as R;
        let known = matches!(
            chapter.role,
            R::TitlePage
                | R::Copyright
                | R::Contents
                | R::Dedication
                | R::Epigraph
                | R::Foreword
                | R::Preface
                | R::Acknowledgments
                | R::Introduction
                | R::Prologue
                | R::Epilogue
                | R::Afterword
                | R::Conclusion
                | R::Glossary
                | R::Bibliography
                | R::Index
                | R::Colophon
        );
        let (kind, _) = semantics(chapter.role, chapter.matter);
        if let (true, Some(kind), Some(label)) = (
            known && !told.contains(&chapter.role),
            kind,
            words.role(chapter.role),
        ) {
            told.push(chapter.role);
            landmark(kind, path, label);
        }
    }
    out.close().line().close().line();
}
