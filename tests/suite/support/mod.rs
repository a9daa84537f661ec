//! What the tests stand on.

pub mod book;
pub mod case;
pub mod diff;
pub mod pages;
pub mod programs;
pub mod run;
