//! Tables: columns as wide as their words ask for, rows that go over pages, heads repeated there.
//!
//! In: a table of the model. Out: children of the galley, one per row or, of a tall row, one per line. Steps: lay cells
//! out on the grid of columns and rows ([`place`]); find the columns' widths from their cells' least and natural widths
//! ([`measure`]); set the cells and make the rows ([`rows`]); cut rows that are too tall to stay whole ([`split`]).

mod measure;
mod place;
mod rows;
mod split;
