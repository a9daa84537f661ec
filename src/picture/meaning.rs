//! What samples mean: sRGB, or what an ICC profile says.

use std::sync::{Arc, OnceLock};

use moxcms::{
    ColorProfile, DataColorSpace, Layout, RenderingIntent, Transform8BitExecutor, TransformOptions,
};

/// What inks of no profile are taken for: CGATS TR 001, web offset on coated paper, which most of them were meant for. Made
/// by the Compact ICC Profiles project (CC0); it only says how inks look, not how to print a colour.
const INKS: &[u8] = include_bytes!("cgats-tr-001.icc");

/// What samples mean.
#[derive(Clone, Debug)]
pub enum Origin {
    /// Grey, with sRGB's curve.
    Grey,
    /// sRGB.
    Srgb,
    /// Cyan, magenta, yellow, black of an unknown press; 255 is full ink.
    Inks,
    /// What a profile says; of grey, RGB or CMYK.
    Profiled(Arc<Meaning>),
}

impl Origin {
    /// Samples a pixel.
    pub fn channels(&self) -> usize {
        match self {
            Origin::Grey => 1,
            Origin::Srgb => 3,
            Origin::Inks => 4,
            Origin::Profiled(meaning) => meaning.channels,
        }
    }
}

/// A colour profile, read.
#[derive(Debug)]
pub struct Meaning {
    /// As the engine has it.
    pub profile: ColorProfile,
    /// Samples a pixel.
    pub channels: usize,
}

impl Meaning {
    /// Reads an ICC profile for pixels of so many samples; `None` if it cannot be used for them.
    pub fn read(bytes: &[u8], channels: usize) -> Option<Meaning> {
        Meaning::of(ColorProfile::new_from_slice(bytes).ok()?)
            .filter(|meaning| meaning.channels == channels)
    }

    /// A profile that was made, not read.
    pub fn of(profile: ColorProfile) -> Option<Meaning> {
        let channels = match profile.color_space {
            DataColorSpace::Gray => 1,
            DataColorSpace::Rgb => 3,
            DataColorSpace::Cmyk => 4,
            _ => return None,
        };
        let meaning = Meaning { profile, channels };
        // A profile without the tables that it needs is found out by trying.
        meaning.to_srgb().map(|_| meaning)
    }

    /// Whether it says no more than that samples are sRGB, or grey with its curve: no colour of a lattice is moved by more
    /// than three steps of 255, which no eye tells apart.
    pub fn is_srgb(&self) -> bool {
        let levels = [0u8, 51, 102, 153, 204, 255];
        let mut samples = Vec::new();
        match self.channels {
            1 => samples.extend(levels),
            3 => samples.extend(levels.iter().flat_map(|&r| {
                let pairs = levels.iter().flat_map(|&g| levels.map(|b| (g, b)));
                pairs.flat_map(|(g, b)| [r, g, b]).collect::<Vec<_>>()
            })),
            _ => return false,
        }
        let Some(executor) = self.to_srgb() else {
            return false;
        };
        let mut seen = vec![0; samples.len() / self.channels * 3];
        if executor.transform(&samples, &mut seen).is_err() {
            return false;
        }
        let same = |(at, shown): (usize, &u8)| {
            let meant = match self.channels {
                1 => samples[at / 3],
                _ => samples[at],
            };
            shown.abs_diff(meant) <= 3
        };
        seen.iter().enumerate().all(same)
    }

    /// To sRGB; `None` where the profile leads nowhere.
    pub fn to_srgb(&self) -> Option<Arc<Transform8BitExecutor>> {
        executor(&self.profile, &ColorProfile::new_srgb(), Layout::Rgb)
    }
}

/// What inks of no profile mean.
pub fn inks() -> &'static Meaning {
    static MEANING: OnceLock<Meaning> = OnceLock::new();
    MEANING.get_or_init(|| {
        // The bundled profile is known to be good: a test reads it.
        Meaning::read(INKS, 4).expect("the bundled profile is one of four inks")
    })
}

/// How one profile's colours become another's: pictures as a whole should look alike, so the intent is perceptual; a profile
/// that has no tables for it is asked for what it has.
pub fn executor(
    from: &ColorProfile,
    to: &ColorProfile,
    layout: Layout,
) -> Option<Arc<Transform8BitExecutor>> {
    let own = match from.color_space {
        DataColorSpace::Gray => Layout::Gray,
        DataColorSpace::Cmyk => Layout::Rgba,
        _ => Layout::Rgb,
    };
    let intents = [
        RenderingIntent::Perceptual,
        RenderingIntent::RelativeColorimetric,
    ];
    intents.into_iter().find_map(|rendering_intent| {
        let options = TransformOptions {
            rendering_intent,
            ..TransformOptions::default()
        };
        from.create_transform_8bit(own, to, layout, options).ok()
    })
}
