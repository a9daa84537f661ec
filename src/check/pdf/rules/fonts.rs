//! Fonts, and whether what is set in them can be had as text.

use std::collections::BTreeSet;

use super::super::document::{Document, Font, Kid, Program};
use super::super::fault::{Faults, Several};
use crate::diag::Code;

/// Tells of fonts that are missing, broken or do not tell what they show.
pub(super) fn judge(document: &Document, faults: &mut Faults) {
    let said = said_otherwise(document);
    let mut drawn = Several::default();
    for font in &document.fonts {
        let Some(first) = font.pages.first() else {
            continue;
        };
        let page = document.label(*first);
        let named = named(font);
        match &font.program {
            // Letters behind a scan need no shapes.
            Program::Missing if !font.is_visible => {}
            Program::Missing => {
                let message =
                    format!("{named} is not embedded; page {page} is the first to show it");
                faults.tell_on(
                    page,
                    Code::UnembeddedFont,
                    message,
                    "embed all fonts where you export the file",
                );
            }
            Program::Broken(why) => {
                let message = format!("{named} cannot be read: {why}");
                faults.tell_on(
                    page,
                    Code::BrokenFont,
                    message,
                    "export the file anew, or with another version of the font",
                );
            }
            Program::Drawn => drawn.add(|| format!("{named} from page {page} on")),
            Program::Sound(_) => {}
        }
        missing(document, font, faults);
        lost(document, font, &said, faults);
    }
    if let Some(which) = drawn.told() {
        let message = format!("letters that the file draws itself: {which}");
        faults.tell(Code::TypeThreeFont, message, "use outline fonts");
    }
}

/// How a message names a font.
fn named(font: &Font) -> String {
    if font.name.is_empty() {
        return format!("a font without a name (object {})", font.object);
    }
    format!("the font `{}` (object {})", font.name, font.object)
}

fn missing(document: &Document, font: &Font, faults: &mut Faults) {
    let Some((_, first)) = font
        .notdef
        .iter()
        .min_by_key(|(code, page)| (**page, **code))
    else {
        return;
    };
    let codes: Several = font
        .notdef
        .keys()
        .map(|code| format!("<{code:04X}>"))
        .collect();
    let page = document.label(*first);
    let message = format!(
        "{} has no glyph for the codes {}; page {page} is the first to show one",
        named(font),
        codes.told().unwrap_or_default()
    );
    faults.tell_on(
        page,
        Code::ShownNotdef,
        message,
        "set these characters in a font that has them",
    );
}

fn lost(document: &Document, font: &Font, said: &BTreeSet<(usize, u32)>, faults: &mut Faults) {
    let is_lost = |(page, mark): &(usize, Option<u32>)| {
        !mark.is_some_and(|mark| said.contains(&(*page, mark)))
    };
    let lost = || font.lost.iter().filter(|(_, place)| is_lost(place));
    let Some((_, (first, _))) = lost().min_by_key(|(code, (page, _))| (*page, **code)) else {
        return;
    };
    let page = document.label(*first);
    let hint = "export the file anew with a tool that writes `ToUnicode`";
    let message = if font.has_unicode {
        let codes: Several = lost().map(|(code, _)| format!("<{code:04X}>")).collect();
        let codes = codes.told().unwrap_or_default();
        format!(
            "{} does not tell the characters of the codes {codes}; page {page} is the first to show one",
            named(font)
        )
    } else {
        format!(
            "{} does not tell which characters it shows; page {page} is the first to show it",
            named(font)
        )
    };
    faults.tell_on(page, Code::LostText, message, hint);
}

/// Content for which a tag says other words, by page and mark.
fn said_otherwise(document: &Document) -> BTreeSet<(usize, u32)> {
    let mut said = BTreeSet::new();
    let Some(structure) = &document.structure else {
        return said;
    };
    let mut covered = vec![false; structure.elements.len()];
    for (index, element) in structure.elements.iter().enumerate() {
        // Parents stand before their kids.
        let above = element.parent.is_some_and(|parent| covered[parent]);
        covered[index] = above || element.actual.is_some() || element.alt.is_some();
        if covered[index] {
            said.extend(element.kids.iter().filter_map(|kid| match kid {
                Kid::Content {
                    page: Some(page),
                    form: None,
                    mark,
                } => Some((*page, *mark)),
                _ => None,
            }));
        }
    }
    said
}
