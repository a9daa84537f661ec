//! A chapter's document under way: what all writers of blocks and inlines share.

use std::collections::{BTreeMap, BTreeSet};

use super::Xhtml;
use super::items::{FINE_SHEET, STYLE_SHEET};
use super::looks::Looks;
use super::names::Names;
use super::print::{PrintPages, Turns};
use crate::model::{Attrs, Chapter, ChapterId, Lang, NodeId, NodeRef, Role};
use crate::resolve::{Edition, Words};
use crate::theme::{Declaration, Theme};

/// What stays the same from chapter to chapter.
#[derive(Clone, Copy)]
pub(super) struct Volume<'a> {
    pub edition: &'a Edition,
    pub theme: &'a Theme,
    pub names: &'a Names,
    /// The pages of the print edition.
    pub print: &'a PrintPages,
}

/// A document of one chapter.
pub(super) struct Page<'a> {
    pub volume: Volume<'a>,
    pub id: ChapterId,
    pub chapter: &'a Chapter,
    /// In the chapter's language.
    pub words: &'static Words,
    pub out: Xhtml,
    /// Which faces the words are set in.
    pub looks: Looks<'a>,
    /// Inside a link, where none may stand.
    pub in_link: bool,
    /// In a title that is shown again elsewhere: without ids.
    pub again: bool,
    /// The id of what describes the block at hand at length.
    pub described: Option<&'a str>,
    /// The next paragraph follows a heading, a scene break or an opening.
    pub first: bool,
    /// It is the first of the chapter's text.
    pub opened: bool,
    /// The level of the heading of the section at hand, from 0.
    pub section_level: usize,
    /// That of the last heading.
    pub last_level: usize,
    /// How often each note was called so far.
    pub calls: BTreeMap<u32, u32>,
    /// How often each will have been called at the end.
    pub called: BTreeMap<u32, u32>,
    /// The notes that were called and whose bodies were not yet written.
    pub waiting: BTreeSet<u32>,
    /// Notes for the margin that were called and stand behind the block at hand.
    pub margins: Vec<u32>,
    /// The files of the images that it shows.
    pub images: BTreeSet<&'a str>,
    /// The last character of text.
    pub last: char,
    /// The pages of the print edition that begin here.
    pub turns: Turns<'a>,
    lang: Lang,
    /// For each open element, the language around it, if it has its own.
    around: Vec<Option<Lang>>,
}

impl<'a> Page<'a> {
    /// A document about to begin.
    pub fn new(
        volume: Volume<'a>,
        id: ChapterId,
        chapter: &'a Chapter,
        capacity: usize,
    ) -> Page<'a> {
        let lang = volume.edition.book.lang(chapter);
        Page {
            volume,
            id,
            chapter,
            words: Words::of(&lang),
            out: Xhtml::with_capacity(capacity),
            looks: Looks::new(volume.theme),
            in_link: false,
            again: false,
            described: None,
            first: true,
            opened: false,
            section_level: usize::from(chapter.depth.min(5)),
            last_level: usize::from(chapter.depth.min(5)),
            calls: BTreeMap::new(),
            called: super::note::calls(chapter),
            waiting: BTreeSet::new(),
            margins: Vec::new(),
            images: BTreeSet::new(),
            last: ' ',
            turns: Turns::default(),
            lang,
            around: Vec::new(),
        }
    }

    /// The ornament that the style sheet draws is set in a face too.
    pub fn ornament(&mut self, role: Role) {
        for declaration in self.volume.theme.role(role) {
            if let Declaration::Ornament(text) = declaration {
                self.looks.read(text);
            }
        }
    }

    /// The language here.
    pub fn lang(&self) -> &Lang {
        &self.lang
    }

    /// A node of this chapter.
    pub fn node(&self, node: NodeId) -> NodeRef {
        NodeRef {
            chapter: self.id,
            node,
        }
    }

    /// The id of a node, if it has one and this is where it is shown.
    pub fn anchor(&self, node: NodeId) -> Option<&'a str> {
        if self.again {
            return None;
        }
        let anchors = &self.volume.edition.facts.anchors;
        anchors.get(&self.node(node)).map(String::as_str)
    }

    /// Opens an element that has a role (or only the looks of its parent).
    pub fn open(&mut self, name: &'static str, role: Option<Role>) -> &mut Xhtml {
        self.looks.enter(role);
        self.around.push(None);
        self.out.open(name)
    }

    /// Opens the element of a node: with its classes, its id and its language.
    pub fn open_node(
        &mut self,
        name: &'static str,
        role: Option<Role>,
        classes: &[&str],
        node: NodeId,
        attrs: Option<&'a Attrs>,
    ) -> &mut Xhtml {
        self.open(name, role);
        let theme = self.volume.theme;
        // A class that the theme does not style says nothing to a reading system.
        let own = attrs
            .iter()
            .flat_map(|attrs| &attrs.classes)
            .map(String::as_str)
            .filter(|class| {
                // One that is called like a role looks like it, as in print.
                theme.classes.contains_key(*class) || Role::named(class).is_some()
            });
        let mut classes: Vec<&str> = classes.to_vec();
        for class in own {
            self.looks.dress(class);
            classes.push(class);
        }
        if !classes.is_empty() {
            self.out.attr("class", &classes.join(" "));
        }
        let anchor = self.anchor(node);
        self.out.attr_some("id", anchor);
        self.speak(attrs.and_then(|attrs| attrs.lang.as_ref()));
        &mut self.out
    }

    /// Says the language of the element just opened, where it is another than around it.
    fn speak(&mut self, lang: Option<&Lang>) {
        let Some(lang) = lang.filter(|lang| **lang != self.lang) else {
            return;
        };
        self.out
            .attr("lang", lang.tag())
            .attr("xml:lang", lang.tag());
        if lang.is_rtl() != self.lang.is_rtl() {
            self.out
                .attr("dir", if lang.is_rtl() { "rtl" } else { "ltr" });
        }
        let around = std::mem::replace(&mut self.lang, lang.clone());
        if let Some(last) = self.around.last_mut() {
            *last = Some(around);
        }
    }

    /// Code runs from left to right, also where the words around it do not. Of the element just opened.
    pub fn left_to_right(&mut self) {
        if self.lang.is_rtl() {
            self.out.attr("dir", "ltr");
        }
    }

    /// Closes the element opened last.
    pub fn close(&mut self) -> &mut Xhtml {
        self.looks.leave();
        if let Some(Some(lang)) = self.around.pop() {
            self.lang = lang;
        }
        self.out.close()
    }

    /// Closes a block: what follows it stands on a line of its own in the markup.
    pub fn close_block(&mut self) {
        self.close().line();
    }

    /// Words.
    pub fn text(&mut self, text: &str) {
        if let Some(last) = text.chars().next_back() {
            self.last = last;
        }
        self.looks.read(text);
        self.out.text(text);
    }
}

/// All of a document that stands before its body. `root` leads from it to where the style sheets lie.
pub(super) fn head(out: &mut Xhtml, lang: &Lang, rtl: bool, title: &str, root: &str) {
    out.prolog("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n");
    out.open("html")
        .attr("xmlns", "http://www.w3.org/1999/xhtml")
        .attr("xmlns:epub", "http://www.idpf.org/2007/ops")
        .attr("lang", lang.tag())
        .attr("xml:lang", lang.tag());
    if rtl {
        out.attr("dir", "rtl");
    }
    out.line().open("head").line();
    out.open("meta").attr("charset", "utf-8").close().line();
    out.leaf("title", title).line();
    for sheet in [STYLE_SHEET, FINE_SHEET] {
        out.open("link")
            .attr("rel", "stylesheet")
            .attr("type", "text/css")
            .attr("href", &format!("{root}{sheet}"))
            .close()
            .line();
    }
    out.close().line();
}
