//! Whether the two records that a file has of itself agree: the document information, and the metadata in XML.

use super::super::document::{Document, Xmp};
use super::super::fault::{Faults, Several};
use crate::diag::Code;

/// Tells of metadata that cannot be read or differ.
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

/// Keys of the document information that the metadata in XML do not have, or have otherwise (ISO 19005-1, 6.7.3).
pub(super) fn unrecorded(document: &Document) -> Option<String> {
    let xmp = document.xmp.as_ref()?;
    let creator = (xmp.creators.len() == 1).then(|| &xmp.creators[0]);
    let texts = [
        ("Title", xmp.title.as_ref()),
        ("Author", creator),
        ("Subject", xmp.description.as_ref()),
        ("Keywords", xmp.keywords.as_ref()),
        ("Creator", xmp.tool.as_ref()),
        ("Producer", xmp.producer.as_ref()),
    ];
    let dates = [
        ("CreationDate", xmp.created.as_ref()),
        ("ModDate", xmp.modified.as_ref()),
    ];
    let own = |key: &str| document.info.get(key).filter(|own| !own.trim().is_empty());
    let texts = texts.into_iter().filter(|(key, other)| {
        own(key).is_some_and(|own| other.is_none_or(|other| plain(own) != plain(other)))
    });
    let dates = dates.into_iter().filter(|(key, other)| {
        own(key).is_some_and(|own| {
            other.is_none_or(|other| {
                let pair = moment(own).zip(moment(other));
                pair.is_some_and(|(own, other)| own != other)
            })
        })
    });
    let keys = texts.chain(dates).map(|(key, _)| format!("`{key}`"));
    keys.collect::<Several>().told()
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
