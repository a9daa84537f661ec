//! A chapter as one XHTML document.
//!
//! In: a chapter and what is known of its nodes. Out: the document, and the characters set in each face. Its sections
//! nest as its headings do; its notes stand at its end.

use super::block::{HEADINGS, ROLES, is_unsaid};
use super::inline::call_id;
use super::looks::Usage;
use super::page::{Page, Volume, head};
use super::shapes::Shapes;
use crate::model::{
    Block, BlockKind, Chapter, ChapterId, ChapterRole, Inline, Matter, NodeId, Note, NoteKind,
    Role, Target, plain_in, split_picture,
};
use crate::theme::Declaration;

/// A document and what its words are set in.
pub(super) struct Document<'a> {
    pub markup: String,
    /// Which elements it has.
    pub shapes: Shapes,
    pub usage: Usage<'a>,
}

/// Writes a chapter.
pub(super) fn write<'a>(volume: Volume<'a>, id: ChapterId, chapter: &'a Chapter) -> Document<'a> {
    // Text is most of the markup; what is said once per paragraph is little beside it.
    let capacity = 2048 + chapter.spans.0.len() * 96;
    let mut page = Page::new(volume, id, chapter, capacity);
    let title = page.title();
    let lang = page.lang().clone();
    // A chapter in a language of its own is written that language's way; the others the book's, which its author may
    // have turned round.
    let rtl = match &chapter.lang {
        Some(lang) => lang.is_rtl(),
        None => volume.edition.book.manifest.metadata.rtl,
    };
    head(&mut page.out, &lang, rtl, &title, "../stylesheet.css");
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
        self.open_node("section", None, &[], NodeId(0), Some(&chapter.attrs))
            .attr_some("epub:type", kind)
            .attr_some("role", aria)
            .line();
        let opening = chapter.opening().is_some();
        let (picture, blocks) = split_picture(&chapter.blocks);
        if let Some(picture) = picture {
            self.block(picture);
            self.first = true;
        }
        if !opening && !is_bare(chapter.role) {
            self.opening(None);
        }
        let mut before_opening = opening;
        let mut levels: Vec<usize> = Vec::new();
        let mut titled = false;
        for block in blocks {
            let BlockKind::Heading { level, content } = &block.kind else {
                match block.subtitle().filter(|_| titled) {
                    Some(words) => self.subtitle(block, words),
                    None => self.block(block),
                }
                titled = false;
                continue;
            };
            titled = before_opening;
            if before_opening {
                before_opening = false;
                self.opening(Some((block, *level, content)));
                continue;
            }
            self.opened = false;
            let level = self.level(*level);
            while levels.last().is_some_and(|open| *open >= level) {
                levels.pop();
                self.close_block();
            }
            levels.push(level);
            self.open_node("section", None, &[], block.id, None).line();
            self.first = true;
            if is_unsaid(content) {
                continue;
            }
            let classes = block.attrs.as_deref();
            // The section has the heading's id.
            let again = std::mem::replace(&mut self.again, true);
            self.open_node(HEADINGS[level], Some(ROLES[level]), &[], block.id, classes);
            self.again = again;
            self.section_number(block.id);
            self.inlines(content);
            self.close_block();
            self.margin_notes();
        }
        for _ in levels {
            self.close_block();
        }
        self.notes();
        self.close_block();
    }

    /// The chapter's title, its number above it.
    fn opening(&mut self, heading: Option<(&'a Block, u8, &'a [Inline])>) {
        let chapter = self.chapter;
        let number = self
            .volume
            .edition
            .facts
            .numbers
            .get(&self.node(NodeId(0)))
            .filter(|_| chapter.depth == 0);
        let title = chapter.title.as_deref().filter(|_| heading.is_none());
        if heading.is_none() && number.is_none() && title.is_none_or(|t| t.trim().is_empty()) {
            return;
        }
        if let Some((block, ..)) =
            heading.filter(|(_, _, words)| is_unsaid(words) && number.is_none())
        {
            return self.node_start(block);
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
            let said = self.volume.theme.role(above);
            let bare = said.contains(&Declaration::Label(false));
            self.text(if bare { &number.text } else { &number.label });
            self.ornament(above);
            self.close();
            if heading.is_some() || title.is_some() {
                self.text("\n");
            }
        }
        match heading {
            Some((_, _, content)) => self.inlines(content),
            None => self.text(title.unwrap_or_default()),
        }
        self.ornament(role);
        self.close_block();
        self.margin_notes();
        self.first = true;
        self.opened = true;
    }

    /// What stands below the chapter's title.
    fn subtitle(&mut self, block: &'a Block, words: &'a [Inline]) {
        let role = Role::ChapterSubtitle;
        self.open_node("p", Some(role), &[role.name()], block.id, None)
            .attr("role", "doc-subtitle");
        self.inlines(words);
        self.close_block();
        self.margin_notes();
    }

    /// The notes that were called, at the end of the chapter; reading systems show them where they are called.
    fn notes(&mut self) {
        self.notes_of("footnotes", |_| true);
    }

    /// The notes that were called in a table, right below it.
    pub fn table_notes(&mut self, table: NodeId) {
        self.notes_of("table-notes", |note| note.kind == NoteKind::Table(table));
    }

    /// The notes for the margin that were called in what was written last.
    pub fn margin_notes(&mut self) {
        for index in std::mem::take(&mut self.margins) {
            let Some(note) = self.chapter.notes.get(index as usize) else {
                continue;
            };
            self.open_node(
                "aside",
                Some(Role::MarginNote),
                &["margin-note"],
                note.id,
                None,
            )
            .attr("role", "note")
            .line();
            self.blocks(&note.blocks);
            self.close_block();
        }
    }

    /// The notes of some kind that were called and not yet written.
    fn notes_of(&mut self, class: &str, takes: impl Fn(&Note) -> bool) {
        let notes = &self.chapter.notes;
        let next = |page: &Self| {
            let mut waiting = page.waiting.iter().copied();
            waiting.find(|index| notes.get(*index as usize).is_some_and(&takes))
        };
        let Some(mut index) = next(self) else {
            return;
        };
        self.open("div", None).attr("class", class).line();
        // A note may call another, before it or behind it.
        loop {
            self.waiting.remove(&index);
            self.note(index, &notes[index as usize]);
            match next(self) {
                Some(further) => index = further,
                None => break,
            }
        }
        self.close_block();
    }

    fn note(&mut self, index: u32, note: &'a Note) {
        self.open_node("aside", Some(Role::Footnote), &["footnote"], note.id, None)
            .attr("epub:type", "footnote")
            .attr("role", "doc-footnote")
            .line();
        match note.blocks.split_first() {
            Some((first, rest)) => {
                if let BlockKind::Paragraph(content) = &first.kind {
                    self.open_node("p", None, &[], first.id, first.attrs.as_deref());
                    self.back_link(index, note);
                    self.inlines(content);
                    self.close_block();
                    self.blocks(rest);
                } else {
                    self.open("p", None);
                    self.back_link(index, note);
                    self.close_block();
                    self.blocks(&note.blocks);
                }
            }
            None => {
                self.open("p", None);
                self.back_link(index, note);
                self.close_block();
            }
        }
        self.close_block();
    }

    /// The note's mark leads back to its call; it stands first, where Kindle looks for it.
    fn back_link(&mut self, index: u32, note: &'a Note) {
        let facts = &self.volume.edition.facts;
        let mark = facts.note_marks.get(&self.node(note.id));
        let back = self.words.back;
        self.open("a", Some(Role::NoteMark))
            .attr("class", "note-mark")
            .attr("href", &format!("#{}", call_id(index, 1)))
            .attr("epub:type", "backlink")
            .attr("role", "doc-backlink")
            .attr("title", back);
        self.text(mark.map_or("*", String::as_str));
        self.close();
        self.text(" ");
    }
}

/// Pages that no title is put over.
fn is_bare(role: ChapterRole) -> bool {
    use ChapterRole as R;
    matches!(
        role,
        R::HalfTitle | R::TitlePage | R::Copyright | R::Cover | R::Dedication | R::Epigraph
    )
}
