//! Pictures as pixels: what files mean by them, and pictures made anew for a book that asks for it.
//!
//! In: a picture's file, and what is wanted of it ([`Wanted`]). Out: a new file, or that the old one may stay ([`fit()`]).
//! Steps: the pixels are decoded (`jpeg`, `open`) into a [`Raster`] of eight bits; four inks become the colours that they
//! show (`meaning`); the picture is laid on a ground if one is asked for, made smaller in linear light (`scale`), turned
//! upright (`turn`) and coded again (`encode`), as a JPEG if it was a photograph and as a PNG if not. Nothing of the old
//! file is taken over but its colour profile: neither a place nor a camera nor a thumbnail.
//!
//! Our own arithmetic is of whole numbers and in one order, so that the bytes are the same on every machine. What four inks
//! show is worked out by `moxcms`, which chooses its code by the processor: there the last bit may differ between machines.

mod encode;
mod fit;
pub mod jpeg;
mod meaning;
mod raster;
mod scale;
#[cfg(test)]
mod tests;
mod turn;

pub use encode::{Shades, png};
pub use fit::{Fit, Fitted, Given, Kind, Refusal, Wanted, fit};
pub use meaning::{Meaning, Origin, executor, inks};
pub use raster::{Raster, open, shows_through};
