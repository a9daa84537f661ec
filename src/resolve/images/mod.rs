//! The images of a book: read, checked to be whole, measured.
//!
//! In: every image of every chapter and the cover. Out: the [`Asset`]s by path, and what is wrong with the others, at
//! each place that uses them. What a file is, its bytes say, not its name. Files are read in parallel, each once.

mod effort;
mod jpeg;
mod raster;
mod svg;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::links::nearest;
use super::survey::Survey;
use super::{Asset, AssetKind, Nature, Tone};
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{Chapter, Image, ImageSource};
use crate::source::{Span, Spanned, World};

/// More pixels than any page can show; decoding them would take gigabytes.
const MOST_PIXELS: u64 = 250_000_000;

/// What is wrong with a file.
#[derive(Debug, PartialEq, Eq)]
enum Fault {
    /// None of the kinds known here.
    Unknown,
    /// Cut short or damaged; how.
    Broken(&'static str),
    /// Whole, but of a kind that neither PDF nor readers of EPUBs know; which.
    Rare(&'static str),
}

/// An image's header, as its format's reader found it.
#[derive(Debug, PartialEq)]
struct Header {
    size: (u32, u32),
    dpi: Option<f64>,
    /// EXIF's orientation, 1 to 8.
    orientation: u8,
    nature: Nature,
}

impl Header {
    fn new(width: u32, height: u32) -> Header {
        Header {
            size: (width, height),
            dpi: None,
            orientation: 1,
            nature: Nature::of(Tone::Color),
        }
    }
}

/// What became of a file.
enum Outcome {
    Good(Asset, Vec<&'static str>),
    Bad(Code, String, Option<String>),
}

/// Reads all images, and those that stand `besides` the chapters: on the cover; reports alternative texts that are missing on the way.
pub(super) fn images(
    chapters: &[Arc<Chapter>],
    surveys: &[Survey<'_>],
    besides: &[&Spanned<String>],
    world: &dyn World,
    sink: &Sink,
) -> BTreeMap<String, Asset> {
    let mut uses: BTreeMap<&str, Vec<Option<Span>>> = BTreeMap::new();
    for (chapter, survey) in chapters.iter().zip(surveys) {
        for (node, image) in &survey.images {
            let at = chapter.spans.get(*node);
            check_alt(image, at, sink);
            match &image.source {
                ImageSource::File(path) => uses.entry(path).or_default().push(at),
                ImageSource::Elsewhere(address) => elsewhere(address, at, sink),
            }
        }
    }
    for image in besides {
        uses.entry(&image.value).or_default().push(image.at);
    }
    let uses: Vec<_> = uses.into_iter().collect();
    let outcomes: Vec<Outcome> = uses.par_iter().map(|(path, _)| read(path, world)).collect();
    let mut assets = BTreeMap::new();
    for ((path, places), outcome) in uses.into_iter().zip(outcomes) {
        match outcome {
            Outcome::Good(asset, dropped) => {
                for what in dropped {
                    sink.push(Diagnostic::new(
                        Code::ScriptDropped,
                        places[0],
                        format!("{what} in `{path}` was left out"),
                    ));
                }
                let at = places[0];
                assets.insert(path.to_owned(), Asset { at, ..asset });
            }
            Outcome::Bad(code, message, hint) => {
                for at in places {
                    let told = Diagnostic::new(code, at, message.clone());
                    sink.push(match &hint {
                        Some(hint) => told.hint(hint.clone()),
                        None => told,
                    });
                }
            }
        }
    }
    assets
}

fn check_alt(image: &Image, at: Option<Span>, sink: &Sink) {
    if image.alt.trim().is_empty() && !image.is_decorative() {
        let told = Diagnostic::new(Code::MissingAlt, at, "an image has no alternative text");
        sink.push(told.hint("describe it between the brackets, or add `{decorative}`"));
    }
}

fn elsewhere(address: &str, at: Option<Span>, sink: &Sink) {
    if address.is_empty() {
        let told = Diagnostic::new(Code::MissingImage, at, "an image names no file");
        sink.push(told.hint("write its path between the parentheses"));
        return;
    }
    let shown: String = address.chars().take(60).collect();
    let told = Diagnostic::new(
        Code::RemoteImage,
        at,
        format!("the image `{shown}` is not in the book's folder"),
    );
    sink.push(told.hint("download it into the book's folder"));
}

fn read(path: &str, world: &dyn World) -> Outcome {
    let bytes = match world.read(Path::new(path)) {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(path, &error, world),
    };
    match inspect(&bytes) {
        Ok((kind, header)) => {
            let (width, height) = header.size;
            if kind != AssetKind::Svg && u64::from(width) * u64::from(height) > MOST_PIXELS {
                return Outcome::Bad(
                    Code::BrokenImage,
                    format!(
                        "`{path}` says it is {width} × {height} pixels, more than any page can show"
                    ),
                    Some("export it smaller".to_owned()),
                );
            }
            let asset = Asset {
                bytes,
                kind,
                size: header.size,
                dpi: header.dpi.unwrap_or(96.0),
                orientation: header.orientation,
                nature: header.nature,
                at: None,
            };
            if kind != AssetKind::Svg {
                return Outcome::Good(asset, Vec::new());
            }
            match svg::clean(&asset.bytes) {
                Ok(None) => Outcome::Good(asset, Vec::new()),
                Ok(Some((text, dropped))) => Outcome::Good(
                    Asset {
                        bytes: text.into_bytes().into(),
                        ..asset
                    },
                    dropped,
                ),
                Err(_) => broken(path, "it is no well-formed XML"),
            }
        }
        Err(Fault::Unknown) => Outcome::Bad(
            Code::NotAnImage,
            format!("`{path}` is not an image that recto can read"),
            Some("use PNG, JPEG, GIF, WebP or SVG".to_owned()),
        ),
        Err(Fault::Broken(how)) => broken(path, how),
        Err(Fault::Rare(kind)) => Outcome::Bad(
            Code::NotAnImage,
            format!("`{path}` is {kind}, which hardly any program shows"),
            Some("export it as a plain JPEG".to_owned()),
        ),
    }
}

fn broken(path: &str, how: &str) -> Outcome {
    Outcome::Bad(
        Code::BrokenImage,
        format!("`{path}` is damaged: {how}"),
        Some("export or download it again".to_owned()),
    )
}

fn unreadable(path: &str, error: &io::Error, world: &dyn World) -> Outcome {
    match error.kind() {
        io::ErrorKind::NotFound => {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let names = world.list(Path::new(folder)).unwrap_or_default();
            let files = names
                .iter()
                .map(String::as_str)
                .filter(|n| !n.ends_with('/'));
            let hint = match nearest(name, files) {
                Some(name) => format!("did you mean `{name}`?"),
                None => "mend the path, or add the file".to_owned(),
            };
            Outcome::Bad(
                Code::MissingImage,
                format!("there is no image `{path}`"),
                Some(hint),
            )
        }
        io::ErrorKind::PermissionDenied if !world.exists(Path::new(path)) => Outcome::Bad(
            Code::OutsideFolder,
            format!("`{path}` is outside the book's folder"),
            Some(
                "copy it into the folder, or build with `--allow-outside` if you trust the manuscript"
                    .to_owned(),
            ),
        ),
        _ => Outcome::Bad(
            Code::UnreadableFile,
            format!("`{path}` could not be read: {error}"),
            None,
        ),
    }
}

/// What a file is by its bytes, and its header; all of it is walked, but no pixel decoded.
fn inspect(bytes: &[u8]) -> Result<(AssetKind, Header), Fault> {
    let (kind, header) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        (AssetKind::Png, raster::png(bytes)?)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        (AssetKind::Jpeg, jpeg::jpeg(bytes)?)
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        (AssetKind::Gif, raster::gif(bytes)?)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        (AssetKind::WebP, raster::webp(bytes)?)
    } else if svg::is_svg(bytes) {
        (AssetKind::Svg, svg::svg(bytes)?)
    } else {
        return Err(Fault::Unknown);
    };
    if header.size.0 == 0 || header.size.1 == 0 {
        return Err(Fault::Broken("it has no extent"));
    }
    Ok((kind, header))
}
