//! Notes on pages as archives look at them: their kinds, whether they are printed, and how they look (ISO 19005-2, 6.3).

use super::super::document::Rect;
use super::super::feature::{Feature, Features};
use super::super::syntax::{Dict, File, Object};
use super::pages::{named, rect};

/// Kinds of PDF 1.4, and those that came until 1.7 and are no moving pictures.
const OLD: &[&str] = &[
    "Text",
    "Link",
    "FreeText",
    "Line",
    "Square",
    "Circle",
    "Highlight",
    "Underline",
    "Squiggly",
    "StrikeOut",
    "Stamp",
    "Ink",
    "Popup",
    "Widget",
    "PrinterMark",
    "TrapNet",
];
const NEW: &[&str] = &[
    "Polygon",
    "PolyLine",
    "Caret",
    "FileAttachment",
    "Redact",
    "Watermark",
    "Projection",
];

/// Looks at the notes of a page, by its place.
pub(crate) fn notes(file: &File<'_>, page: &Dict, index: usize, features: &mut Features) {
    for note in file.list(page, "Annots") {
        let (own, value) = file.follow(note);
        let Some(note) = value.dict() else {
            continue;
        };
        let kind = file.name(note, "Subtype").unwrap_or_default();
        let mut add_if = |holds: bool, feature: Feature| {
            if holds {
                features.add(feature, Some(index), || {
                    format!("`{kind}` ({}) on page {}", named(own), index + 1)
                });
            }
        };
        let (is_old, is_new) = (OLD.contains(&kind.as_str()), NEW.contains(&kind.as_str()));
        add_if(!is_old && !is_new, Feature::ForbiddenNote);
        add_if(is_new, Feature::NewNote);
        add_if(kind == "TrapNet", Feature::TrapNote);
        let flags = file.get(note, "F").integer();
        // Invisible, hidden, printed, not viewed, viewed only sometimes (table 165).
        let is_printed = flags.is_some_and(|flags| flags & 4 != 0 && flags & 0b1_0010_0011 == 0);
        let is_shown = !matches!(kind.as_str(), "Popup" | "Projection");
        add_if(is_shown && !is_printed, Feature::UnprintedNote);
        let opacity = file.get(note, "CA").number();
        add_if(
            opacity.is_some_and(|opacity| opacity < 1.0),
            Feature::FaintNote,
        );
        let looks = file.dict(note, "AP");
        let place = rect(file, file.get(note, "Rect"));
        let needs = !matches!(kind.as_str(), "Popup" | "Link") && place.is_some_and(has_size);
        add_if(needs && looks.is_none(), Feature::NoAppearance);
        add_if(
            kind == "Widget" && looks.is_none(),
            Feature::NoFieldAppearance,
        );
        let more = looks.is_some_and(|looks| looks.0.keys().any(|key| key != b"N"));
        let several = looks.is_some_and(|looks| {
            let (own, normal) = file.follow(looks.raw("N"));
            let is_stream = own.is_some_and(|own| file.stream(&Object::Reference(own)).is_some());
            let is_button = file.get(note, "FT").is_name("Btn");
            // Buttons have one look for each state, all else has one.
            normal.dict().is_some() && is_stream == (kind == "Widget" && is_button)
        });
        add_if(more || several, Feature::MoreAppearances);
        add_if(
            kind == "Widget" && (note.has("A") || note.has("AA")),
            Feature::FieldAction,
        );
    }
}

fn has_size([left, bottom, right, top]: Rect) -> bool {
    left < right || bottom < top
}
