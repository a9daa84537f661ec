#![doc = include_str!("ARCHITECTURE.md")]
#![forbid(unsafe_code)]

pub mod build;
pub mod check;
pub mod cli;
pub mod diag;
pub mod diff;
pub mod epub;
pub mod font;
pub mod manifest;
pub mod manuscript;
pub mod markup;
pub mod model;
pub mod numeral;
pub mod onix;
pub mod pdf;
pub mod picture;
pub mod profile;
pub mod refine;
pub mod resolve;
pub mod shop;
pub mod source;
pub mod theme;
pub mod typeset;
pub mod unit;
pub mod yaml;
