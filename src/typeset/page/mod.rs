//! Pages: where a column ends, what stands on each page, and the book that they make.

pub mod column;
pub mod cost;
pub mod paginate;
mod walk;

#[cfg(test)]
mod paginate_tests;
