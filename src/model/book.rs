//! Chapters and what is said of them.

use super::{Attrs, Block, Inline, Lang, NodeId, Spans};
use crate::source::FileId;

/// A chapter, or any other file of the book, or a page that recto made. Its [`super::ChapterId`] is its place among the
/// book's chapters, which it does not know itself: so one parsed chapter serves editions that number it differently.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// Where it came from.
    pub origin: Origin,
    /// Which third of the book it stands in.
    pub matter: Matter,
    /// What it is.
    pub role: ChapterRole,
    /// How deep it is nested: 0 for most; an mdBook's sub-chapters are deeper. Adds to its headings' levels.
    pub depth: u8,
    /// `title:` of its header, or the name its list of chapters gives it. Its first heading counts if there is one.
    pub title: Option<String>,
    /// `short-title:` of its header: what running heads call it.
    pub short_title: Option<String>,
    /// Its own language; the book's if `None`.
    pub lang: Option<Lang>,
    /// Whether it takes part in numbering; by matter and role if `None`.
    pub numbered: Option<bool>,
    /// Whether the contents list it; by role if `None`.
    pub listed: Option<bool>,
    /// `class:` of its header.
    pub attrs: Attrs,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Its notes, in the order of their first calls.
    pub notes: Vec<Note>,
    /// Where its nodes stand in the source.
    pub spans: Spans,
}

impl Chapter {
    /// A chapter that no file holds: without a title, a number or a word.
    pub fn made(origin: Origin, matter: Matter, role: ChapterRole) -> Chapter {
        Chapter {
            origin,
            matter,
            role,
            depth: 0,
            title: None,
            short_title: None,
            lang: None,
            numbered: Some(false),
            listed: None,
            attrs: Attrs::default(),
            blocks: Vec::new(),
            notes: Vec::new(),
            spans: Spans::default(),
        }
    }
}

/// Where a chapter came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file: its id and its path in the book's folder.
    File(FileId, String),
    /// recto itself: a short name that no other chapter has, fit for a file name.
    Made(String),
}

/// A note's body.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Note {
    /// Its number in the chapter.
    pub id: NodeId,
    /// The name between `[^` and `]`; `None` for an inline note.
    pub name: Option<String>,
    /// Where it belongs.
    pub kind: NoteKind,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Where a note belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// With the text: at the foot of its page, or at the end of its chapter or of the book.
    #[default]
    Text,
    /// With the table in which it is first called, by the table's node: right below it.
    Table(NodeId),
    /// Beside the line of its call; it has no mark there. A call in a table or in another note does not make one.
    Margin,
}

/// Where answers to exercises stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerPlace {
    /// Where they were written.
    #[default]
    Here,
    /// At the end of their chapter.
    Chapter,
    /// Behind the text of the book.
    Book,
}

/// Which third of a book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// Before the text: roman folios.
    Front,
    /// The text.
    #[default]
    Body,
    /// After it.
    Back,
}

/// What a file of a book is, in publishing's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the words an author types")]
pub enum ChapterRole {
    #[default]
    Chapter,
    /// A part's own page.
    Part,
    Cover,
    HalfTitle,
    TitlePage,
    Copyright,
    Dedication,
    Epigraph,
    Contents,
    Foreword,
    Preface,
    Acknowledgments,
    Introduction,
    Prologue,
    Epilogue,
    Afterword,
    Conclusion,
    Appendix,
    Glossary,
    Bibliography,
    Index,
    Notes,
    Colophon,
    Errata,
    AboutTheAuthor,
    Other,
}

impl ChapterRole {
    /// Whether it is a page before the contents that needs no title: what a book opens with, in the order of `Cover` to `Epigraph`.
    pub fn is_preliminary(self) -> bool {
        use ChapterRole as R;
        matches!(
            self,
            R::Cover | R::HalfTitle | R::TitlePage | R::Copyright | R::Dedication | R::Epigraph
        )
    }
}

/// A number as the book prints it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    /// From the outermost level to its own: `[3, 1]` for section 3.1.
    pub parts: Vec<u32>,
    /// As printed: `3.1`, `III`, `Three`, `A`.
    pub text: String,
    /// With its word: `Chapter 3`, `Part One`, `Figure 2`; the same as `text` where it has none.
    pub label: String,
}

/// How numbers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Numeral {
    /// Not at all.
    #[default]
    None,
    /// 1, 2, 3
    Arabic,
    /// I, II, III
    Roman,
    /// i, ii, iii
    LowerRoman,
    /// A, B, C
    Alpha,
    /// One, Two, Three
    Words,
}

impl Chapter {
    /// The heading that begins it, if one does: its content. Containers before it (an epigraph) and the picture above it
    /// do not count against it.
    pub fn opening(&self) -> Option<&[Inline]> {
        use super::BlockKind;
        self.blocks.iter().find_map(|block| match &block.kind {
            _ if block.is_opening_picture() => None,
            BlockKind::Heading { content, .. } => Some(Some(content.as_slice())),
            BlockKind::Container(_) | BlockKind::Only { .. } => None,
            _ => Some(None),
        })?
    }
}

/// The picture above a chapter's title, and the rest of its blocks. Whoever makes chapters puts it first.
pub fn split_picture(blocks: &[Block]) -> (Option<&Block>, &[Block]) {
    match blocks.split_first() {
        Some((picture, rest)) if picture.is_opening_picture() => (Some(picture), rest),
        _ => (None, blocks),
    }
}

/// Which Markdown a book is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dialect {
    /// Everything of the interface beyond CommonMark and GFM: attributes, containers, spans, notes, definition lists,
    /// figures, references, mathematics, includes.
    pub extensions: bool,
    /// Straight quotes, dashes and dots become the language's own.
    pub smart: bool,
    /// mdBook's: `{{#include}}`, hidden lines of Rust, `ignore` and `editable` after a fence's language.
    pub mdbook: bool,
}

impl Default for Dialect {
    fn default() -> Dialect {
        Dialect {
            extensions: true,
            smart: true,
            mdbook: false,
        }
    }
}
