//! From any colours to those of the device that a file is made for.
//!
//! In: a [`FileSpec`], then samples of eight bits with what they mean ([`Origin`]). Out: samples of the device, whose inks
//! keep to the limit. Steps: the samples' own profile to the device's, or to sRGB and from there to grey by the light that
//! the colours give; then the limit.
//!
//! What is grey stays grey in every space: a press prints it with black alone, which cannot be out of register. What is in
//! inks already stays so where inks are wanted: who gives inks has chosen them for the press.

use std::panic::catch_unwind;
use std::sync::Arc;

use moxcms::{ColorProfile, DataColorSpace, Layout, Transform8BitExecutor};

use crate::profile::{ColorSpace, FileSpec, Intent};

use super::ink::{keep_limit, keep_paper, plain};
use super::light::light;
use crate::picture::{Origin, executor, inks};

/// The way into a file's colours.
#[derive(Debug)]
pub struct Conversion {
    space: ColorSpace,
    /// The press; `None` if none is wanted, or if nothing is known of it.
    press: Option<ColorProfile>,
    /// The most ink, in 255ths of one: 612 for 240 %.
    limit: u32,
}

impl Conversion {
    /// For a file.
    pub fn new(spec: &FileSpec) -> Conversion {
        let press = (spec.color == ColorSpace::Cmyk)
            .then(|| Intent::conversion(spec.intent.as_ref()))
            // The library reads a file of the author's; were it to panic, the profile cannot be used.
            .and_then(|bytes| catch_unwind(|| ColorProfile::new_from_slice(bytes).ok()).ok()?)
            .filter(|profile| profile.color_space == DataColorSpace::Cmyk);
        Conversion {
            space: spec.color,
            press,
            limit: spec.ink_limit.map_or(4 * 255, |percent| {
                u32::from(percent.clamp(100, 400)) * 255 / 100
            }),
        }
    }

    /// What brings pixels of an origin to the device; `None` if they can stay as they are.
    pub fn converter(&self, origin: &Origin) -> Option<Converter> {
        let limit = self.limit;
        let from = origin.channels();
        let (step, to) = match (origin, self.space) {
            (Origin::Grey, _) | (Origin::Srgb, ColorSpace::Rgb) => return None,
            (Origin::Srgb, ColorSpace::Grey) => (Step::Light(None), 1),
            (Origin::Srgb, ColorSpace::Cmyk) => (self.to_inks(&ColorProfile::new_srgb()), 4),
            (Origin::Inks, ColorSpace::Cmyk) => (Step::Limit, 4),
            (Origin::Inks, space) => rgb_or_grey(inks().to_srgb(), 4, space),
            (Origin::Profiled(meaning), ColorSpace::Cmyk) => match meaning.channels {
                1 => (Step::FirstOfThree(meaning.to_srgb()?), 1),
                4 => (Step::Limit, 4),
                _ => (self.to_inks(&meaning.profile), 4),
            },
            (Origin::Profiled(meaning), _) if meaning.channels == 1 => {
                (Step::FirstOfThree(meaning.to_srgb()?), 1)
            }
            (Origin::Profiled(meaning), space) => rgb_or_grey(meaning.to_srgb(), from, space),
        };
        Some(Converter {
            step,
            from,
            to,
            limit,
        })
    }

    fn to_inks(&self, from: &ColorProfile) -> Step {
        let press = self.press.as_ref();
        match press.and_then(|press| executor(from, press, Layout::Rgba)) {
            Some(executor) => Step::Engine(executor),
            None => Step::Plain,
        }
    }
}

fn rgb_or_grey(
    engine: Option<Arc<Transform8BitExecutor>>,
    channels: usize,
    space: ColorSpace,
) -> (Step, usize) {
    match (space, engine) {
        (ColorSpace::Grey, engine) => (Step::Light(engine), 1),
        (_, Some(engine)) => (Step::Engine(engine), 3),
        // Cannot be: that it leads to sRGB was tried when it was read. The bare samples are then the best there is.
        (_, None) => (Step::Bare, channels.min(3)),
    }
}

/// Converts pixels; knows nothing of those before.
pub struct Converter {
    step: Step,
    from: usize,
    to: usize,
    limit: u32,
}

enum Step {
    /// By profiles.
    Engine(Arc<Transform8BitExecutor>),
    /// A grey profile's sRGB, of which one channel says all.
    FirstOfThree(Arc<Transform8BitExecutor>),
    /// The light that colours give, after their own profile if they have one.
    Light(Option<Arc<Transform8BitExecutor>>),
    /// Inks that stay.
    Limit,
    /// To inks of a press of which nothing is known.
    Plain,
    /// The first samples as they are.
    Bare,
}

impl std::fmt::Debug for Converter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Converter({} to {})", self.from, self.to)
    }
}

/// Pixels that the engine is given at a time.
const STRIP: usize = 4096;

impl Converter {
    /// Samples a pixel has afterwards.
    pub fn channels(&self) -> usize {
        self.to
    }

    /// The same with so much less ink at most, in 255ths of one: room for what is done with the pixels afterwards.
    pub fn with_room(self, room: u32) -> Converter {
        Converter {
            limit: self.limit.saturating_sub(room),
            ..self
        }
    }

    /// Converts whole pixels and adds them to `out`.
    pub fn run(&self, samples: &[u8], out: &mut Vec<u8>) {
        let mut seen = Vec::new();
        for strip in samples.chunks(STRIP * self.from) {
            let pixels = strip.len() / self.from;
            let strip = &strip[..pixels * self.from];
            // A failing engine leaves zeros: its inputs' sizes are right here, which is all that it asks for.
            let mut by = |engine: &Transform8BitExecutor, channels: usize| {
                seen.clear();
                seen.resize(pixels * channels, 0);
                let _ = engine.transform(strip, &mut seen);
            };
            match &self.step {
                Step::Engine(engine) => {
                    by(engine.as_ref(), self.to);
                    if self.to == 4 {
                        for (inks, own) in
                            seen.chunks_exact_mut(4).zip(strip.chunks_exact(self.from))
                        {
                            keep_paper(own, inks);
                            keep_limit(inks, self.limit);
                        }
                    }
                    out.extend_from_slice(&seen);
                }
                Step::FirstOfThree(engine) => {
                    by(engine.as_ref(), 3);
                    out.extend(seen.iter().step_by(3));
                }
                Step::Light(engine) => {
                    let rgb = match engine {
                        Some(engine) => {
                            by(engine.as_ref(), 3);
                            &seen
                        }
                        None => strip,
                    };
                    out.extend(rgb.chunks_exact(3).map(|c| light([c[0], c[1], c[2]])));
                }
                Step::Limit => {
                    for pixel in strip.chunks_exact(4) {
                        let mut inks = [pixel[0], pixel[1], pixel[2], pixel[3]];
                        keep_limit(&mut inks, self.limit);
                        out.extend_from_slice(&inks);
                    }
                }
                Step::Plain => {
                    for pixel in strip.chunks_exact(self.from) {
                        let mut inks = plain([pixel[0], pixel[1], pixel[2]]);
                        keep_limit(&mut inks, self.limit);
                        out.extend_from_slice(&inks);
                    }
                }
                Step::Bare => {
                    for pixel in strip.chunks_exact(self.from) {
                        out.extend_from_slice(&pixel[..self.to]);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
