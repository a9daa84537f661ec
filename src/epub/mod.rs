//! Writes an edition as an EPUB.
//!
//! Markup goes through one serializer (`xhtml`), looks through one table (`css`); nothing else writes a tag or a rule.

pub mod css;
mod xhtml;

pub use xhtml::Xhtml;
