//! A picture as a book wants it.

use image::ImageFormat;

use super::encode::{self, Shades};
use super::raster::{Raster, open};
use super::scale::scaled;
use super::turn::upright;
use super::{Meaning, inks, jpeg};

/// What is wanted of every picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The most pixels, width by height.
    pub pixels: Option<u64>,
    /// The most bytes of the file.
    pub bytes: Option<u64>,
    /// How well photographs are coded, of 100.
    pub quality: u8,
    /// The ground of what lets something show through.
    pub ground: Option<[u8; 3]>,
    /// Whether four inks become red, green and blue.
    pub rgb: bool,
    /// Whether what its file says is to be turned is stored upright.
    pub upright: bool,
}

/// The kinds of files with pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the formats' own names")]
pub enum Kind {
    Png,
    Jpeg,
    Gif,
    WebP,
}

impl Kind {
    /// As the decoders call it.
    pub fn format(self) -> ImageFormat {
        match self {
            Kind::Png => ImageFormat::Png,
            Kind::Jpeg => ImageFormat::Jpeg,
            Kind::Gif => ImageFormat::Gif,
            Kind::WebP => ImageFormat::WebP,
        }
    }
}

/// A picture as it was given, and what its file says of it.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The file.
    pub data: &'a [u8],
    /// What it is.
    pub kind: Kind,
    /// In pixels, as stored.
    pub size: (u32, u32),
    /// EXIF's orientation, 1 to 8.
    pub orientation: u8,
    /// Whether it is in four inks.
    pub inks: bool,
    /// Whether it is black and white, and nothing between.
    pub line: bool,
    /// Whether something may show through.
    pub see_through: bool,
    /// Whether further pictures follow.
    pub animated: bool,
}

/// What became of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It may stay as it is.
    Fine,
    /// Made anew.
    Anew(Fitted),
    /// It should have been, and cannot be.
    Refused(Refusal),
}

/// A new file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitted {
    /// The file.
    pub data: Vec<u8>,
    /// What it is: JPEG or PNG.
    pub kind: Kind,
    /// In pixels; it stands upright.
    pub size: (u32, u32),
    /// Whether something shows through.
    pub see_through: bool,
}

/// Why a picture stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its movement would be lost.
    Animated,
    /// Its pixels cannot be read.
    Unreadable,
    /// Not even much smaller it has as few bytes as wanted.
    StillLarge,
}

/// How often a picture is made smaller still, to have fewer bytes: each time by what is missing, so that three are enough
/// for most.
const TRIES: u32 = 8;

/// No side is made shorter than this for the sake of bytes, in pixels: nobody could see what it shows.
const LEAST_SIDE: f64 = 64.0;

/// Makes a picture anew where it is not as wanted.
pub fn fit(given: &Given<'_>, wanted: &Wanted) -> Fit {
    let (width, height) = given.size;
    let pixels = u64::from(width) * u64::from(height);
    let large = wanted.pixels.is_some_and(|most| pixels > most);
    let heavy = |bytes: usize| wanted.bytes.is_some_and(|most| bytes as u64 > most);
    let lies = wanted.upright && given.orientation > 1;
    let ground = wanted.ground.filter(|_| given.see_through);
    let asked = large || heavy(given.data.len()) || lies || wanted.rgb && given.inks;
    if !asked && ground.is_none() {
        return Fit::Fine;
    }
    if given.animated {
        return Fit::Refused(Refusal::Animated);
    }
    let Some((raster, profile)) = decoded(given) else {
        return Fit::Refused(Refusal::Unreadable);
    };
    // Many files only say that something might show through.
    if !asked && !raster.see_through() {
        return Fit::Fine;
    }
    let mut raster = match ground {
        Some(ground) => raster.on(ground),
        None => raster.trimmed(),
    };
    let colors = encode::colors(&raster);
    if let Some(most) = wanted.pixels.filter(|_| large) {
        let part = (most as f64 / pixels as f64).sqrt();
        raster = shrunk(raster, part);
    }
    raster = upright(raster, given.orientation);
    let profile = profile.as_deref();
    for _ in 0..TRIES {
        let Some((data, kind)) = coded(&raster, given, (wanted.quality, colors), profile) else {
            return Fit::Refused(Refusal::Unreadable);
        };
        if !heavy(data.len()) {
            return Fit::Anew(Fitted {
                data,
                kind,
                size: (raster.width as u32, raster.height as u32),
                see_through: raster.see_through(),
            });
        }
        let most = wanted.bytes.unwrap_or(u64::MAX) as f64;
        // A little more than is missing: bytes shrink less than pixels do.
        let part = (most / data.len() as f64).sqrt() * 0.97;
        if raster.width.min(raster.height) as f64 * part < LEAST_SIDE {
            break;
        }
        raster = shrunk(raster, part);
    }
    Fit::Refused(Refusal::StillLarge)
}

/// Smaller by a part of its sides.
fn shrunk(raster: Raster, part: f64) -> Raster {
    let side = |pixels: usize| ((pixels as f64 * part).floor() as usize).max(1);
    let (width, height) = (side(raster.width), side(raster.height));
    scaled(raster, width, height)
}

/// The pixels, in grey or sRGB or in the colours of a profile that comes with them.
fn decoded(given: &Given<'_>) -> Option<(Raster, Option<Vec<u8>>)> {
    if given.kind != Kind::Jpeg {
        let (image, profile) = open(given.data, given.kind.format())?;
        // The profile is kept; if it is of other colours than the pixels, it says nothing of them.
        let raster = Raster::of(image);
        let fits = |profile: &Vec<u8>| {
            let space: &[u8] = if raster.channels < 3 {
                b"GRAY"
            } else {
                b"RGB "
            };
            profile.get(16..20) == Some(space)
        };
        let profile = profile.filter(fits);
        return Some((raster, profile));
    }
    let facts = jpeg::facts(given.data)?;
    let samples = jpeg::decode(given.data, &facts)?;
    let mut raster = Raster {
        width: usize::from(facts.width),
        height: usize::from(facts.height),
        channels: usize::from(facts.components),
        samples,
    };
    let profile = facts.profile();
    if facts.components != 4 {
        return Some((raster, profile));
    }
    let own = profile.and_then(|profile| Meaning::read(&profile, 4));
    let engine = own.as_ref().unwrap_or_else(|| inks()).to_srgb()?;
    let mut seen = vec![0; raster.width * raster.height * 3];
    engine.transform(&raster.samples, &mut seen).ok()?;
    (raster.channels, raster.samples) = (3, seen);
    Some((raster, None))
}

/// A photograph as a JPEG, and so what WebP holds; all else, and what lets something show through, as a PNG.
fn coded(
    raster: &Raster,
    given: &Given<'_>,
    (quality, colors): (u8, usize),
    profile: Option<&[u8]>,
) -> Option<(Vec<u8>, Kind)> {
    if matches!(given.kind, Kind::Jpeg | Kind::WebP) && !raster.has_opacity() {
        let data = encode::jpeg(raster, quality, profile)?;
        return Some((data, Kind::Jpeg));
    }
    let shades = match given.kind {
        _ if given.line => Shades::Sixteen,
        Kind::Gif => Shades::Palette(colors),
        Kind::Png if has_palette(given.data) => Shades::Palette(colors),
        _ => Shades::All,
    };
    Some((encode::png(raster, shades, profile)?, Kind::Png))
}

/// Whether a PNG has a palette: colour type 3, in the 26th byte.
fn has_palette(data: &[u8]) -> bool {
    data.get(25) == Some(&3)
}
