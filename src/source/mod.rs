//! Where text comes from: the [`World`] of files and the date, the texts read from it, and places in them.
//!
//! Nothing else in recto opens a file or asks what day it is. A text gets a [`FileId`] when it is read; a [`Span`]
//! is a range of bytes in one such text, and [`Sources`] turns it back into a path, a line and a column.

mod expanded;
mod file;
mod percent;
mod span;
mod world;

pub use expanded::{Expanded, Segment};
pub use file::{FileId, SourceFile, Sources};
pub use percent::undo_percent;
pub use span::{Place, Span, Spanned};
pub(crate) use world::inside;
pub use world::{DiskWorld, MemoryWorld, World};
