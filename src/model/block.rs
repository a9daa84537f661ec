//! What stands on a page of its own accord.

use std::ops::RangeInclusive;

use super::{Attrs, Image, Inline, NodeId};

/// A block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    /// Its number in the chapter.
    pub id: NodeId,
    /// What the author hung on it.
    pub attrs: Option<Box<Attrs>>,
    /// What it is.
    pub kind: BlockKind,
}

impl Block {
    /// A class was hung on it.
    pub fn has_class(&self, class: &str) -> bool {
        self.attrs.as_ref().is_some_and(|a| a.has_class(class))
    }

    /// The words below a chapter's title, if it is these: a paragraph of the class, or a container with one.
    pub fn subtitle(&self) -> Option<&[Inline]> {
        match &self.kind {
            BlockKind::Paragraph(content) if self.has_class(CHAPTER_SUBTITLE) => Some(content),
            BlockKind::Container(Container {
                kind: ContainerKind::Plain,
                blocks,
                ..
            }) if self.has_class(CHAPTER_SUBTITLE) => match blocks.as_slice() {
                [
                    Block {
                        kind: BlockKind::Paragraph(content),
                        ..
                    },
                ] => Some(content),
                _ => None,
            },
            _ => None,
        }
    }

    /// What describes the block before it at length, if it does; in print a picture says it, unseen.
    pub fn description(&self) -> Option<&Block> {
        let BlockKind::Only {
            target: Target::Epub,
            blocks,
        } = &self.kind
        else {
            return None;
        };
        match blocks.as_slice() {
            [only] if matches!(&only.kind, BlockKind::Container(c) if c.kind == ContainerKind::Description) => {
                Some(only)
            }
            _ => None,
        }
    }

    /// Whether it is a picture for the place above a chapter's title, in both formats or in one.
    pub fn is_opening_picture(&self) -> bool {
        match &self.kind {
            BlockKind::Figure(figure) => figure.image.attrs.has_class(OPENING_PICTURE),
            BlockKind::Only { blocks, .. } => blocks.first().is_some_and(Block::is_opening_picture),
            _ => false,
        }
    }
}

/// The class of what stands below a chapter's title.
pub const CHAPTER_SUBTITLE: &str = "subtitle";

/// The class of a picture that stands above a chapter's title.
pub const OPENING_PICTURE: &str = "opening";

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Text.
    Paragraph(Vec<Inline>),
    /// A heading of a level from 1 to 6, as written in its file.
    Heading {
        /// 1 to 6.
        level: u8,
        /// What it says.
        content: Vec<Inline>,
    },
    /// A block quotation.
    Quote(Vec<Block>),
    /// A list.
    List(List),
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// A code block.
    Code(Code),
    /// An image with its caption.
    Figure(Figure),
    /// A table.
    Table(Table),
    /// `::: verse`
    Verse(Vec<Stanza>),
    /// `:::` of any other kind, and GFM alerts.
    Container(Container),
    /// `***` alone.
    SceneBreak,
    /// `::: pagebreak`
    PageBreak,
    /// `$$…$$` alone.
    Math {
        /// LaTeX.
        tex: String,
    },
    /// `::: {only=epub}`: for one format alone.
    Only {
        /// The format.
        target: Target,
        /// What is shown there.
        blocks: Vec<Block>,
    },
    /// Where the table of contents stands; its entries are `resolve::Facts::toc`. Only recto makes it.
    Contents,
}

/// One of the two formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The EPUB.
    Epub,
    /// The PDF.
    Pdf,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct List {
    /// Bullets or numbers.
    pub kind: ListKind,
    /// No blank lines between its items: their paragraphs are set without space.
    pub tight: bool,
    /// At least one.
    pub items: Vec<Item>,
}

/// Bullets or numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// `-`
    Bullet,
    /// `1.`
    Ordered {
        /// The first number.
        start: u64,
        /// What is printed behind it: `.` or `)`.
        delimiter: char,
    },
}

/// A list item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Item {
    /// Its number in the chapter.
    pub id: NodeId,
    /// `[x]`, `[ ]` or no task at all.
    pub task: Option<bool>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// Terms and their definitions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Definition {
    /// Its number in the chapter.
    pub id: NodeId,
    /// One or more.
    pub terms: Vec<Vec<Inline>>,
    /// One or more.
    pub bodies: Vec<Vec<Block>>,
}

/// A code block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// The first word after the fence.
    pub lang: Option<String>,
    /// Line ends as `\n`; none at the end.
    pub text: String,
    /// `title="main.rs"`
    pub title: Option<String>,
    /// The number of the first line, if lines are to be numbered: `lines`, `from=10`.
    pub number_from: Option<u32>,
    /// Lines to mark, counted as they are numbered (from 1 if they are not).
    pub marked: Vec<RangeInclusive<u32>>,
    /// What each stretch of `text` is, in order and without overlap; gaps are plain. Filled by `refine`.
    pub tokens: Vec<Token>,
}

/// A coloured stretch of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    /// The first byte in [`Code::text`].
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// What it is.
    pub kind: TokenKind,
}

/// What a stretch of code is: as few kinds as a reader can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// `if`, `fn`
    Keyword,
    /// `Vec`, `u8`
    Type,
    /// A function's name where it is defined or called.
    Function,
    /// `"…"`
    String,
    /// `42`, `true`
    Constant,
    /// `// …`
    Comment,
    /// `#[…]`, `@…`
    Attribute,
    /// A tag or key of markup and data.
    Tag,
    /// A line that a diff adds.
    Inserted,
    /// A line that a diff removes.
    Deleted,
}

impl TokenKind {
    /// All of them.
    pub const ALL: &'static [TokenKind] = &[
        TokenKind::Keyword,
        TokenKind::Type,
        TokenKind::Function,
        TokenKind::String,
        TokenKind::Constant,
        TokenKind::Comment,
        TokenKind::Attribute,
        TokenKind::Tag,
        TokenKind::Inserted,
        TokenKind::Deleted,
    ];
}

/// An image with its caption.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Figure {
    /// The image; its attributes are the figure's too (`#fig-map`).
    pub image: Image,
    /// Empty if it has none.
    pub caption: Vec<Inline>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Table {
    /// One per column.
    pub aligns: Vec<Align>,
    /// The head's rows; may be empty.
    pub head: Vec<Row>,
    /// The body's rows.
    pub body: Vec<Row>,
    /// Empty if it has none.
    pub caption: Vec<Inline>,
}

/// How a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the start of the line.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the end.
    End,
}

/// A table row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    /// Its number in the chapter.
    pub id: NodeId,
    /// As many as the table has columns, less those that spans cover.
    pub cells: Vec<Cell>,
}

/// A table cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    /// Its number in the chapter.
    pub id: NodeId,
    /// How many columns it takes; 1 or more.
    pub columns: u32,
    /// How many rows it takes; 1 or more.
    pub rows: u32,
    /// It names its row: the first cell of a row that an author marked so.
    pub header: bool,
    /// Where its lines stand, if an author says so of this cell; else as its column's.
    pub align: Option<Align>,
    /// What it holds: usually one paragraph.
    pub blocks: Vec<Block>,
}

/// Lines of verse that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stanza {
    /// Its number in the chapter.
    pub id: NodeId,
    /// One or more.
    pub lines: Vec<VerseLine>,
}

/// A line of verse.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VerseLine {
    /// Leading spaces, as typed.
    pub indent: u32,
    /// What it says.
    pub content: Vec<Inline>,
}

/// Blocks with a purpose.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Container {
    /// What for.
    pub kind: ContainerKind,
    /// The first line's words behind its kind, or the alert's own title.
    pub title: Vec<Inline>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// What a container is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the words an author types")]
pub enum ContainerKind {
    Epigraph,
    Dedication,
    Aside,
    Sidebar,
    Note,
    Tip,
    Important,
    Warning,
    Caution,
    Letter,
    Center,
    Right,
    Columns,
    Exercise,
    Answer,
    /// What a picture or a table shows, told to those who do not see it; stands behind it.
    Description,
    /// The generated half title, title page and copyright page.
    HalfTitle,
    TitlePage,
    Copyright,
    /// `::: {.any-class}`: its classes say what it is.
    Plain,
}

/// An entry of the contents. `resolve` makes them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// 0 for parts and for chapters outside parts; one more for each step down.
    pub depth: u8,
    /// What it leads to.
    pub to: super::NodeRef,
    /// "Chapter 3", "3.1", "III": as printed, empty if unnumbered.
    pub number: String,
    /// What it says.
    pub title: Vec<Inline>,
    /// What kind of thing it leads to, for the looks.
    pub is_part: bool,
    /// Shown in the printed contents (the outline and the EPUB's nav show all).
    pub listed: bool,
}
