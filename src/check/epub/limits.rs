//! How much of a file is read at most. A reader of hostile files has to stop somewhere: each limit is far above what books have
//! and far below what a machine lacks.

/// Entries of a container. The largest of books, atlases of one picture a page, have some thousands.
pub(super) const ENTRIES: usize = 20_000;

/// A file of text that is read as XML or CSS, in bytes: ten times the Bible in one document.
pub(super) const TEXT: u64 = 40 << 20;

/// All such files of a book together, in bytes.
pub(super) const TEXTS: u64 = 200 << 20;

/// A picture, in bytes; larger ones are not looked into.
pub(super) const PICTURE: u64 = 100 << 20;

/// An entry may be so many times larger than it is packed, once it is larger than [`EASY`]. Deflate packs 1 : 1032 at most; texts
/// come to 1 : 10, a sheet of one colour to 1 : 100.
pub(super) const RATIO: u64 = 200;

/// Below this many bytes no ratio is asked for.
pub(super) const EASY: u64 = 32 << 20;

/// Elements, attributes and texts of a document.
pub(super) const NODES: usize = 1_000_000;

/// The same of all documents of a book.
pub(super) const ALL_NODES: usize = 6_000_000;

/// Elements in elements.
pub(super) const DEPTH: usize = 200;

/// An attribute's value, in bytes: a cover written into an address comes to a million and more.
pub(super) const VALUE: usize = 16 << 20;

/// Attributes of an element.
pub(super) const ATTRIBUTES: usize = 500;

/// What all entities of a document may be replaced with, in bytes.
pub(super) const EXPANDED: usize = 1 << 20;

/// Pixels of a picture: a page of A2 at 600 dots per inch. Opened, it takes four bytes for each.
pub(super) const PIXELS: u64 = 150_000_000;

/// Findings of one code in one file, after which the rest is only counted.
pub(super) const TOLD: usize = 50;
