//! A chapter as one XHTML document.
//!
//! In: a chapter and what is known of its nodes. Out: the document, and the characters set in each face. Its sections
//! nest as its headings do; its notes stand at its end (`note`).

use std::collections::BTreeSet;

use super::block::{HEADINGS, ROLES};
use super::looks::Usage;
use super::page::{Page, Volume, head};
use super::print::Turns;
use super::shapes::Shapes;
use crate::model::{
    Block, BlockKind, Chapter, ChapterId, ChapterRole, ContainerKind, Inline, Matter, NodeId,
    Number, Role, Target, plain_in, split_picture,
};
use crate::theme::Declaration;

/// A document and what its words are set in.
pub(super) struct Document<'a> {
    pub markup: String,
    /// Which elements it has.
    pub shapes: Shapes,
    pub usage: Usage<'a>,
    /// The files of the images that it shows.
    pub images: BTreeSet<&'a str>,
}

/// Writes a chapter.
pub(super) fn write<'a>(volume: Volume<'a>, id: ChapterId, chapter: &'a Chapter) -> Document<'a> {
    // Text is most of the markup; what is said once per paragraph is little beside it.
    let capacity = 2048 + chapter.spans.0.len() * 96;
    let mut page = Page::new(volume, id, chapter, capacity);
    page.turns = Turns::of(volume.print, id);
    let title = page.title();
    let lang = page.lang().clone();
    // A chapter in a language of its own is written that language's way; the others the book's, which its author may
    // have turned round.
    let rtl = match &chapter.lang {
        Some(lang) => lang.is_rtl(),
        None => volume.edition.book.manifest.metadata.rtl,
    };
    head(&mut page.out, &lang, rtl, &title, "../");
    page.out
        .open("body")
        .attr("epub:type", division(chapter.matter))
        .line();
    page.section();
    page.out.close().line();
    page.out.close().line();
    let (markup, shapes) = page.out.finish_with_shapes();
    Document {
        markup,
        shapes,
        usage: page.looks.finish(),
        images: page.images,
    }
}

/// Where in the book a document stands.
pub(super) fn division(matter: Matter) -> &'static str {
    match matter {
        Matter::Front => "frontmatter",
        Matter::Body => "bodymatter",
        Matter::Back => "backmatter",
    }
}

/// What a chapter is to a reading system and to a screen reader: its `epub:type` and its ARIA role, where there is one.
pub(super) fn semantics(
    role: ChapterRole,
    matter: Matter,
) -> (Option<&'static str>, Option<&'static str>) {
    use ChapterRole as R;
    let (kind, aria) = match role {
        R::Chapter if matter == Matter::Body => ("chapter", "doc-chapter"),
        R::Chapter | R::Other | R::AboutTheAuthor => return (None, None),
        R::Part => ("part", "doc-part"),
        R::Cover => ("cover", ""),
        R::HalfTitle => ("halftitlepage", ""),
        R::TitlePage => ("titlepage", ""),
        R::Copyright => ("copyright-page", ""),
        R::Dedication => ("dedication", "doc-dedication"),
        R::Epigraph => ("epigraph", "doc-epigraph"),
        R::Contents => ("toc", "doc-toc"),
        R::Foreword => ("foreword", "doc-foreword"),
        R::Preface => ("preface", "doc-preface"),
        R::Acknowledgments => ("acknowledgments", "doc-acknowledgments"),
        R::Introduction => ("introduction", "doc-introduction"),
        R::Prologue => ("prologue", "doc-prologue"),
        R::Epilogue => ("epilogue", "doc-epilogue"),
        R::Afterword => ("afterword", "doc-afterword"),
        R::Conclusion => ("conclusion", "doc-conclusion"),
        R::Appendix => ("appendix", "doc-appendix"),
        R::Glossary => ("glossary", "doc-glossary"),
        R::Bibliography => ("bibliography", "doc-bibliography"),
        R::Index => ("index", "doc-index"),
        R::Notes => ("endnotes", "doc-endnotes"),
        R::Colophon => ("colophon", "doc-colophon"),
        R::Errata => ("errata", "doc-errata"),
    };
    (Some(kind), (!aria.is_empty()).then_some(aria))
}

impl<'a> Page<'a> {
    /// The document's title: the chapter's, else the book's.
    fn title(&self) -> String {
        let edition = self.volume.edition;
        let start = self.node(NodeId(0));
        let entry = edition.facts.toc.iter().find(|entry| entry.to == start);
        let title = entry.map(|entry| {
            let words = plain_in(&entry.title, Target::Epub);
            if words.trim().is_empty() {
                entry.number.clone()
            } else {
                words
            }
        });
        title
            .filter(|title| !title.trim().is_empty())
            .unwrap_or_else(|| edition.book.manifest.metadata.title.clone())
    }

    /// The chapter's own section: opening, text, notes.
    fn section(&mut self) {
        let chapter = self.chapter;
        let (kind, aria) = semantics(chapter.role, chapter.matter);
        let name = self.name(aria);
        let opening = chapter.opening().is_some();
        // A motto stands low on a page of its own, as a dedication does anywhere.
        let alone = chapter.role == ChapterRole::Epigraph && !opening;
        let classes: &[&str] = if alone { &["motto"] } else { &[] };
        self.open_node("section", None, classes, NodeId(0), Some(&chapter.attrs))
            .attr_some("epub:type", kind)
            .attr_some("role", aria);
        match &name {
            Some(Name::Heading(id)) => self.out.attr("aria-labelledby", id),
            Some(Name::Words(words)) => self.out.attr("aria-label", words),
            None => &mut self.out,
        }
        .line();
        let (picture, blocks) = split_picture(&chapter.blocks);
        if let Some(picture) = picture {
            self.block(picture);
            self.first = true;
        }
        if !opening && !chapter.role.is_preliminary() {
            self.opening(None, None);
        }
        if let Some(role) = self.motto(opening, blocks) {
            self.open("div", Some(role))
                .attr("class", role.name())
                .line();
            match role {
                Role::Epigraph => self.epigraph(blocks),
                _ => self.blocks(blocks),
            }
            self.close_block();
            return self.end();
        }
        let mut before_opening = opening;
        let mut chapter_level = self.section_level;
        // Of each open section, the level that its author gave it and the one that it is shown at.
        let mut levels: Vec<(usize, usize)> = Vec::new();
        let mut rest = blocks.iter().peekable();
        while let Some(block) = rest.next() {
            let BlockKind::Heading { level, content } = &block.kind else {
                self.described_by(rest.peek().copied());
                self.block(block);
                continue;
            };
            if before_opening {
                before_opening = false;
                let below = rest.next_if(|below| below.subtitle().is_some());
                self.opening(Some((block, *level, content)), below);
                chapter_level = self.section_level;
                continue;
            }
            self.opened = false;
            let level = self.level(*level);
            while levels.last().is_some_and(|(open, _)| *open >= level) {
                levels.pop();
                self.close_block();
            }
            let around = levels.last().map_or(chapter_level, |(_, shown)| *shown);
            let silent = self.is_silent(block.id, content);
            let shown = if silent {
                around
            } else {
                level.min(around + 1)
            };
            levels.push((level, shown));
            self.section_level = shown;
            self.open_node("section", None, &[], block.id, None).line();
            self.turn_before(block.id);
            self.turn_before_words(content);
            self.first = true;
            if silent {
                self.unheaded(content);
                continue;
            }
            let classes = block.attrs.as_deref();
            // The section has the heading's id.
            let again = std::mem::replace(&mut self.again, true);
            self.heading(shown, level, block.id, classes);
            self.again = again;
            self.section_number(block.id);
            self.inlines(content);
            self.close_block();
            self.margin_notes();
        }
        for _ in levels {
            self.close_block();
        }
        self.end();
    }

    /// What stands at the chapter's end: its notes.
    fn end(&mut self) {
        self.notes();
        self.turn_at_end();
        self.close_block();
    }

    /// A page of its own with a dedication or a motto looks as a container of that kind does, unless it holds one.
    fn motto(&self, titled: bool, blocks: &[Block]) -> Option<Role> {
        let role = match self.chapter.role {
            ChapterRole::Dedication => Role::Dedication,
            ChapterRole::Epigraph => Role::Epigraph,
            _ => return None,
        };
        let boxed = |block: &Block| match &block.kind {
            BlockKind::Container(container) => matches!(
                container.kind,
                ContainerKind::Dedication | ContainerKind::Epigraph
            ),
            _ => false,
        };
        (!titled && !blocks.iter().any(boxed)).then_some(role)
    }

    /// What a screen reader calls the chapter's section: its title, or what kind of page it is.
    fn name(&self, aria: Option<&str>) -> Option<Name<'a>> {
        let chapter = self.chapter;
        let (_, blocks) = split_picture(&chapter.blocks);
        let heading = chapter.opening().and_then(|_| {
            let mut headings = blocks.iter().filter_map(|block| match &block.kind {
                BlockKind::Heading { content, .. } => Some((block.id, content)),
                _ => None,
            });
            headings.next()
        });
        match heading {
            Some((id, words)) if self.chapter_number().is_none() && self.is_silent(id, words) => {
                None
            }
            Some((id, _)) => self
                .anchor(id)
                .filter(|_| aria.is_some())
                .map(Name::Heading),
            None if chapter.role.is_preliminary() && chapter.role != ChapterRole::TitlePage => {
                let words = self.words.role(chapter.role);
                words.filter(|_| aria.is_none()).map(Name::Words)
            }
            None => None,
        }
    }

    /// The chapter's title, its number above it, its subtitle below it.
    fn opening(
        &mut self,
        heading: Option<(&'a Block, u8, &'a [Inline])>,
        below: Option<&'a Block>,
    ) {
        let chapter = self.chapter;
        let number = self.chapter_number();
        let title = chapter.title.as_deref().filter(|_| heading.is_none());
        if heading.is_none() && number.is_none() && title.is_none_or(|t| t.trim().is_empty()) {
            return;
        }
        self.turn_before(heading.map_or(NodeId(0), |(block, ..)| block.id));
        if let Some((_, _, content)) = heading {
            self.turn_before_words(content);
        }
        if let Some((block, _, words)) = heading
            && number.is_none()
            && self.is_silent(block.id, words)
        {
            self.node_start(block);
            self.unheaded(words);
            below.into_iter().for_each(|below| self.block(below));
            return;
        }
        let level = self.level(heading.map_or(1, |(_, level, _)| level));
        let (role, class, above) = match chapter.role {
            ChapterRole::Part => (Role::PartTitle, Some("part-title"), Role::PartNumber),
            ChapterRole::Contents => (
                Role::ContentsTitle,
                Some("contents-title"),
                Role::ChapterNumber,
            ),
            _ if chapter.matter == Matter::Body || number.is_some() || level > 0 => {
                (ROLES[level], None, Role::ChapterNumber)
            }
            _ => (Role::FrontTitle, Some("front-title"), Role::ChapterNumber),
        };
        let classes: &[&str] = class.as_slice();
        let name = HEADINGS[level];
        (self.section_level, self.last_level) = (level, level);
        let below = below.and_then(|block| Some((block, block.subtitle()?)));
        if below.is_some() {
            self.open("hgroup", None).line();
        }
        match heading {
            Some((block, _, _)) => {
                self.open_node(name, Some(role), classes, block.id, block.attrs.as_deref());
            }
            None => {
                self.open(name, Some(role));
                if let Some(class) = class {
                    self.out.attr("class", class);
                }
            }
        }
        if let Some(number) = number {
            self.open("span", Some(above)).attr("class", above.name());
            self.number(number, above);
            self.ornament(above);
            self.close();
            if heading.is_some() || title.is_some() {
                // For readers without style sheets; with one, the number is a block.
                self.out.open("br").close().line();
                self.last = ' ';
            }
        }
        match heading {
            Some((_, _, content)) => self.inlines(content),
            None => self.text(title.unwrap_or_default()),
        }
        self.ornament(role);
        self.close_block();
        if let Some((block, words)) = below {
            let role = Role::ChapterSubtitle;
            self.open_node("p", Some(role), &[role.name()], block.id, None)
                .attr("epub:type", "subtitle")
                .attr("role", "doc-subtitle");
            self.inlines(words);
            self.close_block();
            self.close_block();
        }
        self.margin_notes();
        self.first = true;
        self.opened = true;
    }

    /// The chapter's number; nested ones show none.
    fn chapter_number(&self) -> Option<&'a Number> {
        let numbers = &self.volume.edition.facts.numbers;
        let number = numbers.get(&self.node(NodeId(0)));
        number.filter(|_| self.chapter.depth == 0)
    }

    /// A chapter's number, told apart from the word before or behind it.
    fn number(&mut self, number: &Number, role: Role) {
        let said = self.volume.theme.role(role);
        let bare = said.contains(&Declaration::Label(false));
        let (before, after) = match number.label.split_once(&number.text) {
            Some(around) if !bare => around,
            _ => ("", ""),
        };
        self.part_of_number("label", before);
        self.part_of_number("ordinal", &number.text);
        self.part_of_number("label", after);
    }

    fn part_of_number(&mut self, kind: &str, text: &str) {
        let words = text.trim();
        let at = text.len() - text.trim_start().len();
        self.text(&text[..at]);
        if !words.is_empty() {
            self.open("span", None).attr("epub:type", kind);
            self.text(words);
            self.close();
        }
        self.text(&text[at + words.len()..]);
    }
}

/// What names a section.
enum Name<'a> {
    /// The heading of this id.
    Heading(&'a str),
    /// What kind of page it is.
    Words(&'static str),
}
