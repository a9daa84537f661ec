//! Colours and pictures, as presses and archives look at them.

use std::collections::BTreeMap;

use super::super::document::{Colour, Document};
use super::super::fault::{Faults, Several};
use crate::diag::Code;

/// A picture looks coarse below as many pixels per inch: on paper, where 300 are asked for, and on a screen.
const ON_PAPER: f64 = 150.0;
const ON_SCREEN: f64 = 72.0;

/// Pictures of fewer pixels a side are ornaments or tints, which may be stretched.
const SMALL: u32 = 32;

/// Tells of colours without an intent, and of pictures with few pixels.
pub(super) fn judge(document: &Document, faults: &mut Faults) {
    let claims = document
        .xmp
        .as_ref()
        .is_some_and(|xmp| xmp.archive.is_some());
    if claims || document.claims_press() {
        colours(document, faults);
    }
    coarse(document, faults);
}

fn colours(document: &Document, faults: &mut Faults) {
    let press = document.claims_press();
    // A condition that is only named is that of a press.
    let meant: Vec<&str> = document
        .intents
        .iter()
        .map(|intent| intent.space.as_deref().unwrap_or("CMYK"))
        .collect();
    let covers = |colour: Colour| match colour {
        Colour::Grey => !meant.is_empty(),
        Colour::Rgb => meant.contains(&"RGB"),
        Colour::Cmyk => meant.contains(&"CMYK"),
        Colour::Measured | Colour::Spot | Colour::Pattern => true,
    };
    let mut found: BTreeMap<Colour, Several> = BTreeMap::new();
    for page in &document.pages {
        for colour in page
            .colours
            .iter()
            .filter(|colour| page.meant.is_none() && !covers(**colour))
        {
            found.entry(*colour).or_default().add(|| page.label.clone());
        }
    }
    let what = if press { "PDF/X" } else { "PDF/A" };
    for (colour, pages) in found {
        let name = match colour {
            Colour::Grey => "grey",
            Colour::Rgb => "RGB",
            _ => "CMYK",
        };
        let meant = if meant.is_empty() {
            "without an output intent".to_owned()
        } else {
            format!("for an output intent in {}", meant.join(", "))
        };
        let message = format!(
            "colours in {name} of no profile, in a file for {what} {meant}, on page {}",
            pages.told().unwrap_or_default()
        );
        let hint = "convert them to the colours of the output intent, or give them a profile";
        faults.tell_on(pages.first(), Code::DeviceColour, message, hint);
    }
}

fn coarse(document: &Document, faults: &mut Faults) {
    let limit = if document.is_for_press() {
        ON_PAPER
    } else {
        ON_SCREEN
    };
    // Of each picture the place where it is shown largest.
    let mut worst: BTreeMap<usize, (f64, &str)> = BTreeMap::new();
    for page in &document.pages {
        for placed in &page.images {
            let image = &document.images[placed.image];
            let [width, height] = placed.size;
            if image.width.min(image.height) < SMALL
                || width < 1.0
                || height < 1.0
                || image.colour.is_none()
            {
                continue;
            }
            let along = |pixels: u32, points: f64| f64::from(pixels) * 72.0 / points;
            let density = along(image.width, width).min(along(image.height, height));
            if density < limit
                && worst
                    .get(&placed.image)
                    .is_none_or(|(least, _)| density < *least)
            {
                worst.insert(placed.image, (density, &page.label));
            }
        }
    }
    for (image, (density, page)) in worst {
        let object = document.images[image].object;
        let message =
            format!("a picture (object {object}) has {density:.0} pixels per inch on page {page}");
        faults.tell_on(
            page,
            Code::CoarseImage,
            message,
            "take the original, or show it smaller",
        );
    }
}
