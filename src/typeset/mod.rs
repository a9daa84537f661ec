//! Sets an edition: from the model to pages.

pub mod frame;
pub mod hyphen;
pub mod page;
pub mod pages;
pub mod paragraph;
pub mod shape;
pub mod structure;
pub mod style;
