//! The tags that standards know.

/// Standard tags of PDF 1.7 and 2.0 (ISO 32000-1, 14.8.4; ISO 32000-2, 14.8.4), but for headings of any level.
const STANDARD: &[&str] = &[
    "Document",
    "DocumentFragment",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "Aside",
    "Title",
    "P",
    "H",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "FENote",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "RB",
    "RT",
    "RP",
    "Warichu",
    "WT",
    "WP",
    "Figure",
    "Formula",
    "Form",
    "Sub",
    "Em",
    "Strong",
    "Artifact",
];

/// Tags that came with PDF 2.0.
const NEW: &[&str] = &[
    "DocumentFragment",
    "Aside",
    "Title",
    "FENote",
    "Sub",
    "Em",
    "Strong",
    "Artifact",
];

/// Whether PDF 1.7 knows a tag.
pub(crate) fn is_old(tag: &str) -> bool {
    is_standard(tag)
        && !NEW.contains(&tag)
        && !(tag.len() > 1 && tag.starts_with('H') && !("1"..="6").contains(&&tag[1..]))
}

/// Whether a standard knows a tag.
pub(crate) fn is_standard(tag: &str) -> bool {
    let level = tag.strip_prefix('H').filter(|level| !level.is_empty());
    STANDARD.contains(&tag)
        || level.is_some_and(|level| level.bytes().all(|byte| byte.is_ascii_digit()))
}
