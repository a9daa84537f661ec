//! What a check looks at, and what it need not tell again.
//!
//! In: a path's name and first bytes; the findings of a run and a list of those known. Out: the [`Kind`] of what lies there; the
//! findings that are new. A manuscript is read and set by the stages of a build and judged by them, and besides by what its words say
//! ([`manuscript`]). Finished files are read anew, whoever made them ([`epub`], [`pdf`]); nothing here shares code with the writers.

pub mod agree;
mod baseline;
pub mod epub;
pub mod external;
mod frozen;
mod kept;
mod kind;
pub mod manuscript;
pub mod pdf;
pub mod store;

pub use baseline::{Baseline, Entry};
pub use frozen::{Frozen, FrozenPage};
pub use kind::{HEAD, Kind, kind};
