//! Which standard restricts what, and in which words that is told.

use super::super::document::Document;
use super::super::feature::Feature;
use super::claims::Broken;

/// Standards, as bits: parts of PDF/UA and PDF/A, and PDF/X.
pub(super) const UA1: u16 = 1;
pub(super) const UA2: u16 = 2;
pub(super) const A1: u16 = 4;
pub(super) const A2: u16 = 8;
pub(super) const A3: u16 = 16;
pub(super) const A4: u16 = 32;
pub(super) const X: u16 = 64;

/// Parts 2 and 3 of PDF/A differ in files within the file alone.
const A23: u16 = A2 | A3;
const A: u16 = A1 | A23 | A4;
const UA: u16 = UA1 | UA2;

const EXPORT: &str = "export it with your tool's setting for this standard";
const FONT: &str = "export it anew with another tool, or another version of the font";

/// What is restricted, by which standards, how it is told, and what to do.
#[rustfmt::skip]
const ALL: &[(Feature, u16, &str, &str)] = &[
    (Feature::NoBinaryMark, A1 | A23, "the line behind its header does not say that it is no text", EXPORT),
    (Feature::NoIdentifier, A, "it has no identifiers (`ID`)", EXPORT),
    (Feature::Stray, A, "something stands before its header or behind its end", EXPORT),
    (Feature::PackedObjects, A1, "objects are packed into streams, which came after PDF 1.4", "save it as PDF 1.4, or claim part 2"),
    (Feature::Lzw, A, "streams are packed by LZW", EXPORT),
    (Feature::OutsideData, A | X, "streams have their data in other files", EXPORT),
    (Feature::HugeNumber, A1 | A23, "numbers are larger than 32 bits hold", EXPORT),
    (Feature::LongString, A23, "strings are longer than 32,767 bytes", EXPORT),
    (Feature::LongName, A1 | A23, "names are longer than 127 bytes", EXPORT),
    (Feature::Transparency, A1, "it uses transparency", "flatten it, or claim part 2"),
    (Feature::UnknownBlend, A, "it blends in ways that no standard knows", EXPORT),
    (Feature::Transfer, A | X, "states of graphics have transfer curves", EXPORT),
    (Feature::Halftone, A23 | A4, "states of graphics have screens of their own", EXPORT),
    (Feature::UnknownIntent, A, "rendering intents are named that there are not", EXPORT),
    (Feature::Alternates, A, "pictures have alternates", "take the alternates out"),
    (Feature::Opi, A | X, "pictures are to be replaced by a server (`OPI`)", "export it with the pictures themselves"),
    (Feature::Smoothed, A, "pictures are to be smoothed (`Interpolate`)", "set `Interpolate` to false; it is of no use in print"),
    (Feature::PostScript, A | X, "it holds programs in PostScript", EXPORT),
    (Feature::PostScriptKey, A23 | A4, "forms name programs in PostScript", EXPORT),
    (Feature::ReferenceForm, A | UA1, "forms stand for pages of other files", EXPORT),
    (Feature::ForbiddenNote, A, "notes are of a kind that the standard does not take", "remove them"),
    (Feature::NewNote, A1, "notes are of a kind that came after PDF 1.4", "remove them, or claim part 2"),
    (Feature::UnprintedNote, A, "notes are hidden or not printed", "set their flag `Print`, and no other"),
    (Feature::FaintNote, A1, "notes are transparent", "give them no `CA`"),
    (Feature::NoAppearance, A23 | A4, "notes do not say how they look (`AP`)", "export it with their appearances"),
    (Feature::NoFieldAppearance, A1, "fields do not say how they look (`AP`)", "export it with their appearances"),
    (Feature::MoreAppearances, A1 | A23, "notes have more or other looks than one (`N`)", "export it with their normal appearances alone"),
    (Feature::TrapNote, UA, "it has traps as notes", "remove them"),
    (Feature::ForbiddenAction, A1 | A23 | X, "actions are of a kind that the standard does not take", "remove them"),
    (Feature::FieldAction, A1 | A23, "fields of forms have actions", "remove them"),
    (Feature::CatalogAction, A1 | A23, "the file has actions of its own", "remove them"),
    (Feature::PageAction, A23, "pages have actions", "remove them"),
    (Feature::Xfa, A23 | A4 | UA, "it has a form in XML (`XFA`)", "save it as a plain PDF"),
    (Feature::NeedAppearances, A, "viewers are to draw its form", "save it with the form drawn"),
    (Feature::Embedded, A1, "it holds other files", "take them out, or claim part 3"),
    (Feature::EmbeddedForeign, A2, "it holds files that are no PDFs", "take them out, or claim part 3"),
    (Feature::EmbeddedUnnamed, A23 | UA, "files in it do not have both of their names (`F` and `UF`)", "attach them anew with another tool"),
    (Feature::Layers, A1, "it has layers", "merge them, or claim part 2"),
    (Feature::UnnamedLayers, A23 | UA, "sets of layers have no name", "name them, or merge the layers"),
    (Feature::AutoLayers, A23 | A4 | UA, "layers switch by themselves (`AS`)", "take `AS` out, or merge the layers"),
    (Feature::PackedMetadata, A1, "its metadata are packed", EXPORT),
    (Feature::MetadataHeader, A, "the header of its metadata has attributes that were given up", EXPORT),
    (Feature::Suspects, UA1, "it calls its own tags guesses (`Suspects`)", "look through the tags, then set `Suspects` to false"),
    (Feature::TabOrder, UA1, "pages do not put their notes into the order of the tags (`Tabs`)", "set the tab order of each page to the structure"),
    (Feature::DecorationInTags, UA1, "decoration stands within what is tagged", "tag what is around it in two pieces"),
    (Feature::TagsInDecoration, UA1, "what is tagged stands within decoration", "mark the decoration around it in two pieces"),
    (Feature::Widths, A | UA, "widths are not those of the font itself", FONT),
    (Feature::Collection, A | UA, "the characters of a font are of another collection than its codes", FONT),
    (Feature::NoGlyphMap, A23 | A4 | UA, "fonts do not say which glyphs they mean (`CIDToGIDMap`)", FONT),
    (Feature::WritingMode, A | UA, "the direction of writing is told in two ways", FONT),
    (Feature::OutsideCmap, A | UA, "codes are explained by a CMap that is not in the file", FONT),
    (Feature::GlyphList, A23 | A4 | UA1, "lists of a font's glyphs leave some out", FONT),
    (Feature::NoGlyphList, A1, "fonts that were cut do not list their glyphs", FONT),
    (Feature::Encoding, A | UA, "TrueType fonts have encodings that such fonts may not have", FONT),
];

/// What a file uses and a standard restricts.
pub(super) fn restricted(document: &Document, standard: u16) -> Vec<Broken> {
    let mut broken = Vec::new();
    for (feature, by, what, hint) in ALL {
        let found = document.features.get(*feature);
        if let Some(found) = found.filter(|_| by & standard != 0) {
            broken.push(Broken {
                what: format!("{what}: {}", found.places.told().unwrap_or_default()),
                page: found.page,
                hint,
            });
        }
    }
    // Without a space of the file's own, each page has to say in which colours it is blended.
    let is_meant = document
        .intents
        .iter()
        .any(|intent| intent.kind == "GTS_PDFA1" && intent.space.is_some());
    let blended = document.features.get(Feature::UngroupedTransparency);
    if let Some(found) = blended.filter(|_| !is_meant && standard & (A23 | A4) != 0) {
        broken.push(Broken {
            what: format!(
                "transparency has no space to blend in on {}",
                found.places.told().unwrap_or_default()
            ),
            page: found.page,
            hint: "export it with an output intent",
        });
    }
    broken
}
