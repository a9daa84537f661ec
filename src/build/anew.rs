//! An EPUB's pictures made anew, as `images:` asks.
//!
//! In: a resolved book. Out: the same with other files for some of its pictures, and what was done to each, in the sink at
//! the line that shows it. Nothing is done that the book does not ask for.

use rayon::prelude::*;

use super::shops::raster;
use crate::diag::{Code, Diagnostic, Sink};
use crate::picture::{Fit, Fitted, Given, Kind, Refusal, Wanted, fit};
use crate::resolve::{Asset, AssetKind, Edition, Nature, Tone};

/// Pictures of more pixels are made one after the other: decoded, each may take a hundred megabytes and more.
const LARGE: u64 = 32_000_000;

/// Makes pictures anew; how many.
pub(super) fn pictures(edition: &mut Edition, sink: &Sink) -> usize {
    let Some(wanted) = edition.book.manifest.images else {
        return 0;
    };
    let assets: Vec<(&String, &mut Asset)> = edition.book.assets.iter_mut().collect();
    let is_large = |asset: &Asset| u64::from(asset.size.0) * u64::from(asset.size.1) > LARGE;
    let mut fits: Vec<Option<Fit>> = assets
        .par_iter()
        .map(|(_, asset)| (!is_large(asset)).then(|| made(asset, &wanted)))
        .collect();
    let mut number = 0;
    for ((path, asset), fit) in assets.into_iter().zip(&mut fits) {
        let fit = fit.take().unwrap_or_else(|| made(asset, &wanted));
        match fit {
            Fit::Fine => {}
            Fit::Anew(fitted) => {
                number += 1;
                let message = told(path, asset, &fitted);
                sink.push(Diagnostic::new(Code::ScaledImage, asset.at, message));
                take(asset, fitted);
            }
            Fit::Refused(refusal) => sink.push(refused(path, asset, refusal)),
        }
    }
    number
}

fn made(asset: &Asset, wanted: &Wanted) -> Fit {
    let Some(kind) = raster(asset.kind) else {
        // A drawing has no pixels, and its bytes are its lines.
        let heavy = wanted
            .bytes
            .is_some_and(|most| asset.bytes.len() as u64 > most);
        return match heavy {
            true => Fit::Refused(Refusal::StillLarge),
            false => Fit::Fine,
        };
    };
    let given = Given {
        data: &asset.bytes,
        kind,
        size: asset.size,
        orientation: asset.orientation,
        inks: asset.nature.tone == Tone::Inks,
        line: asset.nature.tone == Tone::Line,
        see_through: asset.nature.see_through,
        animated: asset.nature.animated,
    };
    // The decoders read untrusted files; were one to panic, the file stays as it is.
    std::panic::catch_unwind(|| fit(&given, wanted)).unwrap_or(Fit::Refused(Refusal::Unreadable))
}

/// What was done to a picture.
fn told(path: &str, asset: &Asset, fitted: &Fitted) -> String {
    let mut done = Vec::new();
    let (old, new) = (asset.shown(), fitted.size);
    if old != new {
        done.push(format!(
            "{} × {} pixels became {} × {}",
            old.0, old.1, new.0, new.1
        ));
    }
    if asset.nature.tone == Tone::Inks {
        done.push("its four inks became the colours that they show".to_owned());
    }
    if asset.nature.see_through && !fitted.see_through {
        done.push("it was laid on its ground".to_owned());
    }
    if asset.orientation > 1 {
        done.push("it was turned upright".to_owned());
    }
    let kind = match (asset.kind, fitted.kind) {
        (AssetKind::Jpeg, Kind::Jpeg) | (AssetKind::Png, Kind::Png) => "",
        (_, Kind::Jpeg) => " as a JPEG",
        (_, _) => " as a PNG",
    };
    done.push(format!(
        "{} became {}{kind}",
        size(asset.bytes.len()),
        size(fitted.data.len())
    ));
    format!("`{path}` was made anew: {}", done.join(", "))
}

fn take(asset: &mut Asset, fitted: Fitted) {
    asset.kind = match fitted.kind {
        Kind::Jpeg => AssetKind::Jpeg,
        _ => AssetKind::Png,
    };
    asset.bytes = fitted.data.into();
    asset.size = fitted.size;
    asset.orientation = 1;
    asset.nature = Nature {
        tone: match asset.nature.tone {
            Tone::Inks => Tone::Color,
            // Its edges have greys now.
            Tone::Line => Tone::Grey,
            tone => tone,
        },
        see_through: fitted.see_through,
        animated: false,
    };
}

fn refused(path: &str, asset: &Asset, refusal: Refusal) -> Diagnostic {
    let (why, hint) = match refusal {
        Refusal::Animated => (
            "is an animation, which would be lost",
            "export a still picture, or a smaller animation",
        ),
        Refusal::Unreadable => ("cannot be decoded", "export it again"),
        Refusal::StillLarge => (
            "has more bytes than `max-bytes`, even much smaller",
            "export it smaller, or ask for less",
        ),
    };
    let message = format!("`{path}` stays as it is: it {why}");
    Diagnostic::new(Code::UnscaledImage, asset.at, message).hint(hint)
}

/// `4.1 MB`, `86 kB`.
fn size(bytes: usize) -> String {
    match bytes {
        1_000_000.. => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{} kB", bytes.div_ceil(1000)),
    }
}
