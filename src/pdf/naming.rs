//! What elements are called in the file.
//!
//! PDF 1.7 and PDF 2.0 know different names; a file of PDF 2.0 may use both, and says of each where it is from.

use crate::typeset::structure::{Numbering, Tag};

use super::version::Version;

/// An element's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// As it is written.
    pub text: &'static str,
    /// It is one of PDF 2.0's own (ISO 32000-2, 14.8.6); else one of PDF 1.7's.
    pub modern: bool,
}

/// A tag's name. Those that no version knows are mapped by [`role`].
pub fn name(tag: &Tag, version: Version) -> Name {
    let modern = version == Version::V2_0;
    // Names that PDF 2.0 has no longer keep their meaning as PDF 1.7's.
    let old = |text| Name {
        text,
        modern: false,
    };
    let both = |text| Name { text, modern };
    match tag {
        Tag::Document => both("Document"),
        Tag::Part => both("Part"),
        Tag::Sect => both("Sect"),
        Tag::Div => both("Div"),
        Tag::Aside => both("Aside"),
        Tag::Title => both("Title"),
        Tag::Heading(0 | 1) => both("H1"),
        Tag::Heading(2) => both("H2"),
        Tag::Heading(3) => both("H3"),
        Tag::Heading(4) => both("H4"),
        Tag::Heading(5) => both("H5"),
        Tag::Heading(_) => both("H6"),
        Tag::P => both("P"),
        Tag::BlockQuote => old("BlockQuote"),
        Tag::Quote => old("Quote"),
        Tag::Caption => both("Caption"),
        Tag::List { .. } => both("L"),
        Tag::ListItem => both("LI"),
        Tag::Label => both("Lbl"),
        Tag::ListBody => both("LBody"),
        Tag::Table => both("Table"),
        Tag::TableHead => both("THead"),
        Tag::TableBody => both("TBody"),
        Tag::TableRow => both("TR"),
        Tag::TableHeader { .. } => both("TH"),
        Tag::TableCell { .. } => both("TD"),
        Tag::Figure => both("Figure"),
        Tag::Formula => both("Formula"),
        Tag::Code => old("Code"),
        Tag::Note if modern => both("FENote"),
        Tag::Note => old("Note"),
        Tag::Reference => old("Reference"),
        Tag::Link => both("Link"),
        Tag::Span => both("Span"),
        Tag::Em => both("Em"),
        Tag::Strong => both("Strong"),
        Tag::Toc => old("TOC"),
        Tag::TocItem => old("TOCI"),
        Tag::Index => old("Index"),
        Tag::Bibliography if modern => both("Sect"),
        Tag::Bibliography => old("Bibliography"),
    }
}

/// What a name that PDF 1.7 does not know stands for there.
pub fn role(tag: &Tag, version: Version) -> Option<&'static str> {
    match tag {
        _ if version == Version::V2_0 => None,
        Tag::Em | Tag::Strong => Some("Span"),
        Tag::Bibliography => Some("Sect"),
        Tag::Aside => Some("Div"),
        Tag::Title => Some("P"),
        _ => None,
    }
}

/// What stands before a list's items.
pub fn numbering(numbering: Numbering, version: Version) -> &'static str {
    match numbering {
        Numbering::Decimal => "Decimal",
        Numbering::Disc => "Disc",
        Numbering::Circle => "Circle",
        Numbering::Square => "Square",
        // PDF 1.7: labels may stand there, and are not numbered.
        Numbering::Other | Numbering::Terms if version < Version::V2_0 => "None",
        Numbering::Other => "Unordered",
        Numbering::Terms => "Description",
    }
}
