//! The document model: what a manuscript says, free of Markdown and free of looks.
//!
//! In: nothing; these are the nouns that `manuscript` makes, `refine` and `resolve` read, and both writers show.
//! A [`Chapter`] is immutable once refined and holds nothing that another chapter decides: numbers, targets and pages
//! stand beside it, in `resolve::Facts`, under its nodes' names ([`NodeRef`]).
//!
//! Blocks and inlines are separate types, so that no block can stand inside a line. Every block, inline, note, list
//! item, table row and cell has a [`NodeId`]: its number in a walk of the chapter in reading order (notes last).
//! [`Spans`] leads from it to the Markdown.

mod attrs;
mod block;
mod book;
mod dump;
mod id;
mod inline;
mod role;
mod text;
mod walk;

pub use attrs::{Attrs, ColumnWidth};
pub use block::{
    Align, Block, BlockKind, CHAPTER_SUBTITLE, Cell, Code, Container, ContainerKind, Definition,
    Entry, Figure, Item, List, ListKind, OPENING_PICTURE, Row, Stanza, Table, Target, Token,
    TokenKind, VerseLine,
};
pub use book::{
    AnswerPlace, Chapter, ChapterRole, Dialect, Matter, Note, NoteKind, Number, Numeral, Origin,
    split_picture,
};
pub use dump::dump;
pub use id::{ChapterId, Lang, Locus, NodeId, NodeRef, Spans};
pub use inline::{CiteForm, Image, ImageSource, IndexMark, Inline, InlineKind, RefForm};
pub use role::Role;
pub use text::{LITERAL, plain, plain_block, plain_in, plain_inlines, plain_words};
pub use walk::{Visit, walk_blocks, walk_inlines};
