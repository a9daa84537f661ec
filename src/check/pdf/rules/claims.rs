//! Whether a file keeps what it claims: PDF/UA, PDF/A or PDF/X.
//!
//! Each thing that it does not keep is told by itself, with its place. No whole standard is checked, but what books break.

use super::super::document::{Colour, Document, Page, Program};
use super::super::fault::{Faults, Several};
use super::access::accessible;
use super::record::unrecorded;
use super::restricted::{self, restricted};
use crate::diag::Code;

/// Something that a claim forbids.
pub(super) struct Broken {
    /// What, as the end of a sentence.
    pub(super) what: String,
    /// The first page that shows it.
    pub(super) page: Option<usize>,
    /// What to do.
    pub(super) hint: &'static str,
}

impl Broken {
    /// Something of the whole file.
    pub(super) fn new(what: impl Into<String>, hint: &'static str) -> Broken {
        Broken {
            what: what.into(),
            page: None,
            hint,
        }
    }
}

/// Tells of claims that the file does not keep.
pub(super) fn judge(document: &Document, faults: &mut Faults) {
    let Some(xmp) = &document.xmp else {
        return;
    };
    let mut all: Vec<(String, Vec<Broken>)> = Vec::new();
    if let Some(part) = &xmp.ua {
        let name = format!("PDF/UA-{part}");
        let broken = match part.as_str() {
            "1" => accessible(document, restricted::UA1),
            "2" => accessible(document, restricted::UA2),
            _ => vec![Broken::new(
                "there is no such part",
                "claim part 1 or 2, whichever the file keeps to",
            )],
        };
        all.push((name, broken));
    }
    if let Some(level) = &xmp.archive {
        all.push((format!("PDF/A-{level}"), archived(document, level)));
    }
    if let Some(press) = &xmp.press {
        all.push((press.clone(), printed(document)));
    }
    for (claim, broken) in all {
        for Broken { what, page, hint } in broken {
            let message = format!("the file claims to be {claim}, but {what}");
            match page {
                Some(page) => {
                    let page = document.label(page);
                    faults.tell_on(page, Code::FalseConformance, message, hint);
                }
                None => faults.tell(Code::FalseConformance, message, hint),
            }
        }
    }
}

/// What is not as PDF/A asks. `level` is the part and its letter: `2b`.
fn archived(document: &Document, level: &str) -> Vec<Broken> {
    let (part, letter) = level.split_at(level.len().min(1));
    let standard = match part {
        "1" => restricted::A1,
        "2" => restricted::A2,
        "3" => restricted::A3,
        "4" => restricted::A4,
        _ => {
            return vec![Broken::new(
                "there is no such part",
                "claim the part that the file keeps to",
            )];
        }
    };
    let is_level = match standard {
        restricted::A1 => matches!(letter, "a" | "b"),
        restricted::A4 => matches!(letter, "" | "e" | "f"),
        _ => matches!(letter, "a" | "b" | "u"),
    };
    let mut broken = Vec::new();
    if !is_level {
        broken.push(Broken::new(
            "there is no such level",
            "claim the level that the file keeps to",
        ));
    }
    broken.extend(unembedded(document));
    broken.extend(encrypted(document));
    broken.extend(colours(document));
    broken.extend(intents(document));
    let is_old = standard == restricted::A2 || standard == restricted::A3;
    if is_old && document.version >= (2, 0) {
        broken.push(Broken::new(
            "it is PDF 2.0, on which that part does not stand",
            "claim part 4, or export it as PDF 1.7",
        ));
    }
    if standard == restricted::A1 {
        broken.extend(unrecorded(document).map(|which| {
            Broken::new(
                format!(
                    "its metadata in XML do not have what the document information has: {which}"
                ),
                "set the metadata anew with a tool that writes both",
            )
        }));
    }
    if !document.actions.is_empty() && standard == restricted::A1 {
        let which: Several = document.actions.iter().cloned().collect();
        let what = format!("it runs {}", which.told().unwrap_or_default());
        broken.push(Broken::new(what, "remove what runs"));
    }
    if letter == "a" {
        let has_tags = document
            .structure
            .as_ref()
            .is_some_and(|tree| !tree.elements.is_empty());
        if !has_tags || !document.marked {
            broken.push(Broken::new("it is not tagged", "export it with tags"));
        }
    }
    if matches!(letter, "a" | "u") {
        let silent = document.fonts.iter().filter(|font| !font.has_unicode);
        let silent: Several = silent
            .filter(|font| !font.pages.is_empty())
            .map(|font| format!("`{}` (object {})", font.name, font.object))
            .collect();
        if let Some(which) = silent.told() {
            broken.push(Broken::new(
                format!("fonts do not tell which characters they show: {which}"),
                "export it with a tool that writes `ToUnicode`",
            ));
        }
    }
    broken.extend(restricted(document, standard));
    broken
}

/// Colours that depend on the device, and that the file's output intent does not cover.
fn colours(document: &Document) -> Vec<Broken> {
    let mut meant = document
        .intents
        .iter()
        .filter(|intent| intent.kind == "GTS_PDFA1")
        .filter_map(|intent| intent.space.as_deref());
    let meant = meant.next();
    let kinds = [
        (Colour::Grey, "grey", ""),
        (Colour::Rgb, "RGB", "RGB"),
        (Colour::Cmyk, "CMYK", "CMYK"),
    ];
    let mut broken = Vec::new();
    for (colour, name, space) in kinds {
        // Greys are within any profile.
        let covers = |meant: &str| space.is_empty() || meant == space;
        if meant.is_some_and(covers) {
            continue;
        }
        let mut pages = document.pages.iter().enumerate();
        let uses = |page: &Page| {
            let is_used = page.colours.contains(&colour) || page.alternates.contains(&colour);
            is_used && !page.meant.as_deref().is_some_and(covers)
        };
        let Some((first, page)) = pages.find(|(_, page)| uses(page)) else {
            continue;
        };
        let intent = match meant {
            Some(meant) => format!("the output intent is for {meant}"),
            None => "there is no output intent with a profile".to_owned(),
        };
        broken.push(Broken {
            what: format!(
                "page {} has colours in {name} of no profile, and {intent}",
                page.label
            ),
            page: Some(first),
            hint: "export it with an output intent for its colours, or give these a profile",
        });
    }
    broken
}

/// Output intents that are none.
fn intents(document: &Document) -> Option<Broken> {
    let own = document
        .intents
        .iter()
        .filter(|intent| intent.kind == "GTS_PDFA1");
    let is_output = |class: &str, space: &str| {
        matches!(class, "prtr" | "mntr") && matches!(space, "RGB" | "CMYK" | "GRAY")
    };
    let mut odd = own.filter_map(|intent| {
        let (class, space) = (intent.class.as_deref()?, intent.space.as_deref()?);
        (!is_output(class, space)).then(|| format!("`{class}` in `{space}`"))
    });
    odd.next().map(|what| {
        Broken::new(
            format!("the profile of its output intent is for no output: {what}"),
            "take the profile of a printer or a screen",
        )
    })
}

/// What is not as PDF/X asks.
fn printed(document: &Document) -> Vec<Broken> {
    let is_meant = document
        .intents
        .iter()
        .any(|intent| intent.kind == "GTS_PDFX");
    let mut broken: Vec<Broken> = unembedded(document).into_iter().collect();
    broken.extend(encrypted(document));
    if !is_meant {
        broken.push(Broken::new(
            "it has no output intent for a press",
            "export it for the printing condition that the press names",
        ));
    }
    let untrimmed = document.pages.iter().enumerate().filter(|(_, page)| {
        page.boxes.contains_key("TrimBox") == page.boxes.contains_key("ArtBox")
    });
    let mut which = Several::default();
    let mut first = None;
    for (index, page) in untrimmed {
        first = first.or(Some(index));
        which.add(|| page.label.clone());
    }
    if let Some(which) = which.told() {
        broken.push(Broken {
            what: format!("these pages do not say where they are trimmed: {which}"),
            page: first,
            hint: "export it with trim boxes",
        });
    }
    if !document.actions.is_empty() {
        broken.push(Broken::new("it runs programs", "remove what runs"));
    }
    broken.extend(restricted(document, restricted::X));
    broken
}

/// Fonts that pages show and the file has not.
pub(super) fn unembedded(document: &Document) -> Option<Broken> {
    let missing = document
        .fonts
        .iter()
        .filter(|font| font.program == Program::Missing && font.is_visible);
    let mut which = Several::default();
    let mut page = None;
    for font in missing {
        page = page.or(font.pages.first().copied());
        which.add(|| format!("`{}` (object {})", font.name, font.object));
    }
    Some(Broken {
        what: format!("some of its fonts are not embedded: {}", which.told()?),
        page,
        hint: "embed all fonts where you export the file",
    })
}

fn encrypted(document: &Document) -> Option<Broken> {
    document.forbidden.as_ref().map(|_| {
        Broken::new(
            "it is encrypted",
            "save it without a password and without restrictions",
        )
    })
}
