//! A finished EPUB of any origin, read and judged without the code that writes them.
//!
//! In: a file's name and its bytes, whoever made them. Out: a [`Publication`], and what is wrong with it. Steps: [`read()`] opens the
//! archive by its own structures, reads what can be read and tells what cannot; [`judge`] holds it against EPUB 3.3 or, if
//! it says so, EPUB 2.0.1, one family of rules after the other.
//!
//! Files are hostile: whatever they hold, time and memory are bounded by their size and by the `limits`, and nothing recurses.

mod address;
mod archive;
mod container;
mod css;
mod doctype;
mod document;
mod entity;
mod limits;
mod media;
mod navigation;
mod package;
mod publication;
mod read;
mod rules;
mod tally;
mod text;
mod tree;
mod unpack;
mod xml;

pub use address::Target;
pub use archive::Entry;
pub use css::{Sheet, Use};
pub use media::{Medium, Raster};
pub use publication::{
    Cipher, Container, Document, File, Heading, Hidden, Item, Itemref, Meta, Nav, NavEntry,
    NavList, Ncx, Overlay, Package, Publication, Reference, Role, StyleFile, Version,
};
pub use read::read;
pub use rules::judge;
pub use tree::{Attr, Doctype, Node, Space, Text, Tree};
