//! What a printer asks of a file: type, fonts, pictures, colours, no more than ink.

use std::collections::BTreeMap;

use super::{Print, breach, pages};
use crate::check::pdf::{Colour, Program};
use crate::diag::{Code, Sink};
use crate::profile::{Profile, Rule, Standard};

/// A size of type counts if so many letters are set in it: superior figures and signs are smaller than the text that they belong to.
const LETTERS: usize = 200;

/// A stretch of text with fewer letters may be a superior one, such as an ordinal's.
const STRETCH: usize = 6;

/// Type that is smaller by less than this, in points, is not.
const ROUNDING: f64 = 0.05;

/// Pictures smaller than this on the page, in points, are ornaments, of which nobody counts the pixels.
const ORNAMENT: f64 = 36.0;

pub(super) fn judge(print: Print<'_>, profile: &Profile, sink: &Sink) {
    text(print, profile, sink);
    fonts(print, profile, sink);
    pictures(print, profile, sink);
    colours(print, profile, sink);
    extras(print, profile, sink);
    standard(print, profile, sink);
    size(print, profile, sink);
}

fn text(print: Print<'_>, profile: &Profile, sink: &Sink) {
    let Some(Rule { value, sure }) = profile.limits.text else {
        return;
    };
    let least = value.to_pt() - ROUNDING;
    let (mut letters, mut smallest, mut labels) = (0, f64::INFINITY, Vec::new());
    for page in &print.pdf.pages {
        let before = letters;
        for text in page.text.iter().filter(|text| text.is_visible) {
            let count = text.text.chars().filter(|c| c.is_alphabetic()).count();
            if text.size > 0.0 && text.size < least && count >= STRETCH {
                letters += count;
                smallest = smallest.min(text.size);
            }
        }
        if letters > before {
            labels.push(page.label.as_str());
        }
    }
    if letters < LETTERS {
        return;
    }
    let message = format!(
        "text of `{}` is set in {:.1} pt, on {}; {} asks for {value} at least",
        print.pdf.name,
        smallest,
        pages(&labels),
        profile.printer
    );
    let found = breach(
        print,
        profile,
        Code::SmallText,
        ("limits.text", sure),
        message,
    );
    sink.push(found.hint("set it larger"));
}

fn fonts(print: Print<'_>, profile: &Profile, sink: &Sink) {
    let fonts = print.pdf.fonts.iter();
    let missing = fonts.filter(|font| font.program == Program::Missing && !font.pages.is_empty());
    let names: Vec<String> = missing.map(|font| format!("`{}`", font.name)).collect();
    if names.is_empty() {
        return;
    }
    let message = format!(
        "`{}` does not have the fonts {}; {} takes no file without its fonts",
        print.pdf.name,
        names.join(", "),
        profile.printer
    );
    let rule = ("file.embedding", true);
    let found = breach(print, profile, Code::UnembeddedFont, rule, message);
    sink.push(found.hint("embed all fonts"));
}

fn pictures(print: Print<'_>, profile: &Profile, sink: &Sink) {
    let Some(Rule { value, sure }) = profile.limits.resolution else {
        return;
    };
    let mut worst: BTreeMap<usize, (f64, &str)> = BTreeMap::new();
    for page in &print.pdf.pages {
        for placed in &page.images {
            let Some(image) = print.pdf.images.get(placed.image) else {
                continue;
            };
            let [wide, high] = placed.size;
            if wide < ORNAMENT || high < ORNAMENT {
                continue;
            }
            let across = f64::from(image.width) / (wide / 72.0);
            let down = f64::from(image.height) / (high / 72.0);
            let found = across.min(down);
            let known = worst.entry(placed.image).or_insert((found, &page.label));
            if found < known.0 {
                *known = (found, &page.label);
            }
        }
    }
    worst.retain(|_, (found, _)| found.round() < f64::from(value));
    let Some((least, label)) = worst
        .values()
        .min_by(|one, other| one.0.total_cmp(&other.0))
    else {
        return;
    };
    let message = format!(
        "{} in `{}` have fewer than the {value} pixels per inch that {} asks for; the coarsest, on page {label}, has {:.0}",
        match worst.len() {
            1 => String::from("1 picture"),
            number => format!("{number} pictures"),
        },
        print.pdf.name,
        profile.printer,
        least
    );
    let rule = ("limits.resolution", sure);
    let found = breach(print, profile, Code::LowResolution, rule, message);
    sink.push(found.hint("export them with more pixels from their source, or show them smaller"));
}

fn colours(print: Print<'_>, profile: &Profile, sink: &Sink) {
    // Other printers convert what they are given.
    if !profile.file.standards.contains(&Standard::X1a) {
        return;
    }
    let wrong = |colour: &Colour| matches!(colour, Colour::Rgb | Colour::Measured);
    let pages_with = print.pdf.pages.iter();
    let pages_with = pages_with.filter(|page| page.colours.iter().any(wrong));
    let labels: Vec<&str> = pages_with.map(|page| page.label.as_str()).collect();
    if labels.is_empty() {
        return;
    }
    let message = format!(
        "{} of `{}` has colours for screens; {} takes inks alone",
        pages(&labels),
        print.pdf.name,
        profile.printer
    );
    let rule = ("file.standards", true);
    let found = breach(print, profile, Code::PressColours, rule, message);
    sink.push(found.hint("convert them to grey or to four inks"));
}

/// What is for screens alone.
fn extras(print: Print<'_>, profile: &Profile, sink: &Sink) {
    if profile.file.interactive {
        return;
    }
    let annotations = || print.pdf.pages.iter().flat_map(|page| &page.annotations);
    let links = annotations().filter(|one| one.kind == "Link").count();
    let notes = annotations()
        .filter(|one| !matches!(one.kind.as_str(), "Link" | "PrinterMark" | "TrapNet"))
        .count();
    let mut told = Vec::new();
    let mut tell = |count: usize, what: &str| {
        if count > 0 {
            told.push(format!(
                "{count} {what}{}",
                if count == 1 { "" } else { "s" }
            ));
        }
    };
    tell(links, "link");
    tell(notes, "comment or field");
    tell(print.pdf.actions.len(), "action");
    if !print.pdf.outline.is_empty() {
        told.push("an outline".to_owned());
    }
    if told.is_empty() {
        return;
    }
    let message = format!(
        "`{}` has {}; {} asks for files without them",
        print.pdf.name,
        told.join(", "),
        profile.printer
    );
    let rule = ("file.interactive", true);
    let found = breach(print, profile, Code::PressExtras, rule, message);
    sink.push(found.hint("export it for print"));
}

fn standard(print: Print<'_>, profile: &Profile, sink: &Sink) {
    let asked = profile.file.standards.iter();
    let mut asked = asked.filter(|standard| matches!(standard, Standard::X1a | Standard::X4));
    let Some(asked) = asked.next() else { return };
    if print.pdf.claims_press() {
        return;
    }
    let message = format!(
        "`{}` does not claim to be made for a press; {} asks for {}",
        print.pdf.name,
        profile.printer,
        asked.name()
    );
    let rule = ("file.standards", false);
    let found = breach(print, profile, Code::PressStandard, rule, message);
    sink.push(found.hint("export it as PDF/X"));
}

fn size(print: Print<'_>, profile: &Profile, sink: &Sink) {
    let Some(Rule { value, sure }) = profile.limits.file else {
        return;
    };
    if print.bytes <= value {
        return;
    }
    let mega = |bytes: u64| bytes.div_ceil(1_000_000);
    let message = format!(
        "`{}` has {} MB; {} takes {} MB",
        print.pdf.name,
        mega(print.bytes),
        profile.printer,
        mega(value)
    );
    sink.push(breach(
        print,
        profile,
        Code::LargeFile,
        ("limits.file", sure),
        message,
    ));
}
