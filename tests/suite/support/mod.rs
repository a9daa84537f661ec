//! What the tests stand on.

pub mod book;
pub mod built;
pub mod case;
pub mod closed;
pub mod css;
pub mod diff;
pub mod epub;
pub mod fake;
pub mod made;
pub mod nesting;
pub mod outline;
pub mod pagelist;
pub mod pages;
pub mod pdf;
pub mod press;
pub mod programs;
pub mod run;
pub mod tools;
pub mod xml;
