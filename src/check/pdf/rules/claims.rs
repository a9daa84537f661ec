//! What a file says of itself: whether its two records agree, and whether it keeps what it claims.

use super::super::document::{Colour, Document, Program, Xmp};
use super::super::fault::Faults;
use crate::diag::Code;

/// Tells of metadata that differ and of claims that the file does not keep.
pub(super) fn judge(document: &Document, faults: &mut Faults) {
    let Some(xmp) = &document.xmp else {
        return;
    };
    if !xmp.is_sound {
        let hint = "set the metadata anew where you export the file";
        faults.tell(
            Code::MetadataDiffers,
            "the metadata in XML cannot be read",
            hint,
        );
    }
    differences(document, xmp, faults);
    let claims = [
        (
            xmp.ua.as_ref().map(|part| format!("PDF/UA-{part}")),
            accessible(document),
        ),
        (
            xmp.archive.as_ref().map(|part| format!("PDF/A-{part}")),
            archived(document),
        ),
        (xmp.press.clone(), printed(document)),
    ];
    for (claim, broken) in claims {
        if let (Some(claim), false) = (claim, broken.is_empty()) {
            let message = format!(
                "the file claims to be {claim}, but {}",
                broken.join(", and ")
            );
            faults.tell(
                Code::FalseConformance,
                message,
                "mend that, or remove the claim",
            );
        }
    }
}

fn differences(document: &Document, xmp: &Xmp, faults: &mut Faults) {
    let info = |key: &str| {
        document
            .info
            .get(key)
            .map(|text| plain(text))
            .filter(|text| !text.is_empty())
    };
    let mut tell = |what: &str, own: &str, other: &str| {
        let message = format!(
            "the {what} is `{}` in the document information and `{}` in XML",
            cut(own),
            cut(other)
        );
        faults.tell(
            Code::MetadataDiffers,
            message,
            "set it anew with a tool that writes both",
        );
    };
    let pairs = [
        ("title", "Title", xmp.title.as_ref()),
        ("description", "Subject", xmp.description.as_ref()),
        ("producer", "Producer", xmp.producer.as_ref()),
        ("tool", "Creator", xmp.tool.as_ref()),
    ];
    for (what, key, other) in pairs {
        if let (Some(own), Some(other)) = (info(key), other.map(|text| plain(text)))
            && own != other
        {
            tell(what, &own, &other);
        }
    }
    if let (Some(own), [first, ..]) = (info("Author"), xmp.creators.as_slice())
        && !own.contains(&plain(first))
    {
        tell("author", &own, &plain(&xmp.creators.join("; ")));
    }
    for (what, key, other) in [
        ("date", "CreationDate", &xmp.created),
        ("date of change", "ModDate", &xmp.modified),
    ] {
        if let (Some(own), Some(other)) = (info(key), other)
            && let (Some(day), Some(written)) = (moment(&own), moment(other))
            && day != written
        {
            tell(what, &own, other);
        }
    }
}

/// A text without the white space that does not matter.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    text.chars().take(80).collect()
}

/// Day, hour and zone of a date in either notation (`D:20260101120000+01'00'`, `2026-01-01T12:00:00+01:00`); `None` if it does
/// not go as far. Where zones are written differently the hour says nothing, so zones belong to it.
fn moment(text: &str) -> Option<(String, String)> {
    let text = text.trim_start_matches("D:");
    // What follows the day may have a sign; the day has hyphens of its own.
    let (day, rest) = match text.split_once('T') {
        Some((day, rest)) => (day.replace('-', ""), rest.to_owned()),
        None => (text.get(..8)?.to_owned(), text.get(8..)?.to_owned()),
    };
    let zone = rest.find(['Z', '+', '-'])?;
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let clock = digits(&rest[..zone]);
    let zone = digits(&rest[zone..]);
    let zone = zone.trim_end_matches('0');
    (day.len() == 8 && clock.len() >= 4).then(|| (day, format!("{}{zone}", &clock[..4])))
}

/// What is not as PDF/UA asks.
fn accessible(document: &Document) -> Vec<&'static str> {
    let tree = document.structure.as_ref();
    let has_tags = tree.is_some_and(|tree| !tree.elements.is_empty()) && document.marked;
    let untagged = document.pages.iter().any(|page| page.untagged != [0; 3]);
    let title = document.xmp.as_ref().is_some_and(|xmp| xmp.title.is_some());
    listed([
        (!has_tags, "it is not tagged"),
        (has_tags && untagged, "some of its content is not tagged"),
        (document.lang.is_none(), "it does not say its language"),
        (!title, "its metadata in XML have no title"),
        (!document.shows_title, "it does not show its title"),
        (
            has_unembedded(document),
            "some of its fonts are not embedded",
        ),
    ])
}

/// What is not as PDF/A asks.
fn archived(document: &Document) -> Vec<&'static str> {
    let device = |page: &super::super::document::Page| {
        [Colour::Grey, Colour::Rgb, Colour::Cmyk]
            .iter()
            .any(|colour| page.colours.contains(colour))
    };
    let is_meant = document.intents.iter().any(|intent| intent.space.is_some());
    listed([
        (
            has_unembedded(document),
            "some of its fonts are not embedded",
        ),
        (
            !is_meant && document.pages.iter().any(device),
            "its colours have no output intent",
        ),
        (!document.actions.is_empty(), "it runs programs"),
    ])
}

/// What is not as PDF/X asks.
fn printed(document: &Document) -> Vec<&'static str> {
    let is_meant = document
        .intents
        .iter()
        .any(|intent| intent.kind == "GTS_PDFX");
    let is_trimmed = |page: &super::super::document::Page| {
        page.boxes.contains_key("TrimBox") != page.boxes.contains_key("ArtBox")
    };
    listed([
        (
            has_unembedded(document),
            "some of its fonts are not embedded",
        ),
        (!is_meant, "it has no output intent for a press"),
        (
            !document.pages.iter().all(is_trimmed),
            "some pages do not say where they are trimmed",
        ),
        (!document.actions.is_empty(), "it runs programs"),
    ])
}

fn has_unembedded(document: &Document) -> bool {
    let shown = document.fonts.iter().filter(|font| !font.pages.is_empty());
    shown
        .into_iter()
        .any(|font| font.program == Program::Missing)
}

fn listed<const N: usize>(all: [(bool, &'static str); N]) -> Vec<&'static str> {
    all.into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, what)| what)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_the_same_in_both_notations() {
        assert_eq!(moment("D:20260101120000Z"), moment("2026-01-01T12:00:00Z"));
        assert_eq!(
            moment("D:20260101120000+01'00'"),
            moment("2026-01-01T12:00:00+01:00")
        );
        assert_eq!(
            moment("D:20260101120000+00'00'"),
            moment("2026-01-01T12:00:00Z")
        );
        assert_ne!(moment("D:20260101120000Z"), moment("2026-01-02T12:00:00Z"));
        assert_eq!(moment("D:2026"), None);
        assert_eq!(moment("2026-01-01"), None);
    }
}
