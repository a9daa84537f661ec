//! Pages: where a column ends, what stands on each page, and the book that they make.

pub mod collect;
pub mod column;
pub mod compose;
pub mod cost;
pub mod figures;
pub mod finalize;
pub mod findings;
pub mod float;
mod foot;
pub mod furniture;
pub mod heads;
mod margin;
pub mod paginate;
pub mod standing;
pub mod starts;
pub mod thumb;
mod walk;
pub mod whereabouts;

#[cfg(test)]
mod exhaustive;
#[cfg(test)]
mod float_tests;
#[cfg(test)]
mod optimum_tests;
#[cfg(test)]
mod paginate_tests;
#[cfg(test)]
mod proof;
