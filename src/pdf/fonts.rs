//! Fonts: from whole files to the subsets that the book needs.
//!
//! In: the font files and the glyphs used of each. Out: printpdf's fonts, and for the content streams a [`Face`] each:
//! codes, widths, texts. Steps: read (by printpdf), subset, name with its tag, measure. Where a press asks for whole fonts
//! all glyphs stay, under their own numbers; the tables by which text is laid out go all the same, for nothing in a PDF
//! reads them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Dictionary, Object, Stream};
use printpdf::{Codepoint, Op, ParsedFont, PdfFont, PdfFontHandle, Pt, TextItem};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::profile::Embedding;
use crate::typeset::pages::FontFile;

use super::Error;
use super::face::{Face, NOTDEF};
use super::syntax::number;
use super::usage::Usage;

/// What stands for a glyph of which no text is known, so that every glyph has one (PDF/UA-1, 7.21.7).
const UNKNOWN: &str = "\u{fffd}";
/// Codes have two bytes.
const CODES: usize = 65_536;

/// A font, ready.
pub struct Prepared {
    /// For the content streams.
    pub face: Face,
    /// For printpdf: the subset and what stands in its descriptor.
    pub font: PdfFont,
    /// By code: the glyph of the subset and the text. The first codes are the glyphs' own numbers.
    pub codes: Vec<(u16, String)>,
    /// How many codes are the glyphs' own numbers.
    pub glyphs: u16,
    /// By code, in hundredths of a thousandth of the font size.
    pub widths: Vec<u32>,
    /// The height of capitals, in thousandths of the font size.
    pub cap_height: i64,
}

/// Prepares the fonts that are used; `None` for the others.
pub fn prepare(
    files: &[FontFile],
    usage: &Usage,
    embedding: Embedding,
) -> Result<Vec<Option<Prepared>>, Error> {
    files
        .par_iter()
        .zip(usage.fonts())
        .map(|(file, usage)| {
            let texts = usage.texts();
            if texts.is_empty() {
                return Ok(None);
            }
            // The libraries read untrusted files; were one to panic, the font is unreadable.
            catch_unwind(AssertUnwindSafe(|| prepare_one(file, texts, embedding)))
                .unwrap_or(Err("its reader gave up".to_owned()))
                .map(Some)
                .map_err(|reason| Error::Font {
                    name: file.name.clone(),
                    reason,
                })
        })
        .collect()
}

fn prepare_one(
    file: &FontFile,
    texts: Vec<(u16, Vec<String>)>,
    embedding: Embedding,
) -> Result<Prepared, String> {
    let mut parsed = ParsedFont::from_bytes(&file.data, file.index as usize, &mut Vec::new())
        .ok_or("it is not a font that can be read")?;
    let per_em = u64::from(parsed.units_per_em.max(1));
    let exists = |glyph: u16| glyph != NOTDEF && parsed.glyph_widths.contains_key(&glyph);
    let mut remapper = GlyphRemapper::new();
    if embedding == Embedding::Whole {
        // Then each keeps its number.
        for &glyph in parsed.glyph_widths.keys() {
            remapper.remap(glyph);
        }
    }
    for (glyph, _) in texts.iter().filter(|(glyph, _)| exists(*glyph)) {
        remapper.remap(*glyph);
    }
    // The place of a missing letter is found by a space that is not drawn.
    let missing = texts.iter().any(|(glyph, _)| !exists(*glyph));
    let space = parsed.codepoint_to_glyph.get(&0x20).copied();
    let space = space.filter(|space| missing && exists(*space));
    let space = space.map(|space| (space, remapper.remap(space)));
    let subset = subset(file, &remapper)?;
    if !file.settings.is_empty() {
        // What was read are the widths at the font's default.
        for (old, width) in remapper.remapped_gids().zip(advances(&subset)) {
            parsed.glyph_widths.insert(old, width);
        }
    }
    let units_of = |glyph: u16| parsed.glyph_widths.get(&glyph).copied().unwrap_or(0);
    let width_of =
        |glyph: u16| ((u64::from(units_of(glyph)) * 100_000 + per_em / 2) / per_em) as u32;
    let space = space.map(|(space, new)| (new, width_of(space)));

    let letters = Letters::of(&parsed);
    let mut face = Face::new(space);
    // By code: the glyph of the subset and the text.
    let count = remapper.num_gids();
    let mut codes: Vec<(u16, String)> = remapper
        .remapped_gids()
        .zip(0..count)
        .map(|(old, new)| (new, letters.text(old)))
        .collect();
    if let Some((space, _)) = space {
        codes[usize::from(space)].1 = " ".to_owned();
    }
    // TrueType glyphs can have several codes, by a map from codes to glyphs. CFF has no such map: there the content
    // has to say where a glyph stands for another text.
    let several = !subset.starts_with(b"OTTO");
    let mut widths: Vec<u32> = remapper.remapped_gids().map(width_of).collect();
    for (glyph, texts) in texts {
        let Some(new) = remapper.get(glyph).filter(|new| *new != NOTDEF) else {
            continue;
        };
        let width = width_of(glyph);
        let mut texts = texts
            .into_iter()
            .map(|text| allowed(&text))
            .filter(|text| !text.is_empty());
        let main = texts.next().unwrap_or_else(|| letters.text(glyph));
        face.add(glyph, new, &main, width);
        codes[usize::from(new)].1 = main;
        for text in texts.filter(|_| several) {
            if codes.len() < CODES {
                face.add_text(glyph, codes.len() as u16, &text);
                codes.push((new, text));
                widths.push(width);
            }
        }
    }

    let cap_height = cap_height(&file.data, file.index).unwrap_or(parsed.font_metrics.ascent);
    let cap_height = i64::from(cap_height) * 1000 / per_em as i64;
    let new_widths = remapper
        .remapped_gids()
        .zip(0..)
        .map(|(old, new)| (new, units_of(old)));
    let new_widths = new_widths.collect();
    parsed.font_name = Some(match embedding {
        Embedding::Subset => format!("{}+{}", tag(&subset), base_name(&file.name)),
        Embedding::Whole => base_name(&file.name),
    });
    parsed.original_bytes = subset;
    parsed.font_index = 0;
    parsed.glyph_widths = new_widths;
    parsed.codepoint_to_glyph.clear();
    Ok(Prepared {
        face,
        font: PdfFont::new(parsed),
        codes,
        glyphs: count,
        widths,
        cap_height,
    })
}

/// The glyphs of a font that are used; of a variable one as they are at its place.
fn subset(file: &FontFile, glyphs: &GlyphRemapper) -> Result<Vec<u8>, String> {
    let settings = file.settings.iter();
    let settings: Vec<_> = settings
        .map(|(tag, value)| (subsetter::Tag::new(tag), *value))
        .collect();
    let moved = || subsetter::subset_with_variations(&file.data, file.index, &settings, glyphs);
    let subset = if settings.is_empty() {
        // Outlines that can vary (CFF2) have to be frozen even at the default.
        subsetter::subset(&file.data, file.index, glyphs).or_else(|_| moved())
    } else {
        moved()
    };
    subset.map_err(|error| error.to_string())
}

/// The advances of a subset's glyphs, in font units, in order: `hhea` says how many are told, the rest are as the last.
fn advances(subset: &[u8]) -> impl Iterator<Item = u16> + '_ {
    let told = table(subset, 0, b"hhea").and_then(|hhea| u16_at(subset, hhea + 34));
    let told = usize::from(told.unwrap_or(0));
    let widths = table(subset, 0, b"hmtx");
    (0..).map_while(move |glyph: usize| {
        let entry = glyph.min(told.checked_sub(1)?);
        u16_at(subset, widths? + 4 * entry)
    })
}

/// The font's own letters, for glyphs whose text the book does not tell.
struct Letters(std::collections::BTreeMap<u16, char>);

impl Letters {
    fn of(font: &ParsedFont) -> Letters {
        let mut letters = std::collections::BTreeMap::new();
        for (&letter, &glyph) in &font.codepoint_to_glyph {
            if let Some(letter) = char::from_u32(letter) {
                letters.entry(glyph).or_insert(letter);
            }
        }
        Letters(letters)
    }

    fn text(&self, glyph: u16) -> String {
        self.0
            .get(&glyph)
            .map(|letter| allowed(letter.encode_utf8(&mut [0; 4])))
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| UNKNOWN.to_owned())
    }
}

/// Without the values that `ToUnicode` must not give (PDF/UA-1, 7.21.7).
fn allowed(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\0' | '\u{feff}' | '\u{fffe}'))
        .collect()
}

/// Six letters that say which subset this is (ISO 32000-1, 9.6.4).
fn tag(subset: &[u8]) -> String {
    Sha256::digest(subset)
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}

/// A font's name as a PDF name can hold it.
fn base_name(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|c| c.is_ascii_graphic() && !"()<>[]{}/%#+".contains(*c))
        .collect();
    if name.is_empty() {
        "Font".to_owned()
    } else {
        name
    }
}

/// `sCapHeight` of the font's OS/2 table, version 2 and later.
fn cap_height(data: &[u8], index: u32) -> Option<i16> {
    let table = table(data, index, b"OS/2")?;
    // The offsets are those of the OpenType specification.
    (u16_at(data, table)? >= 2)
        .then(|| u16_at(data, table.checked_add(88)?).map(|height| height as i16))?
        .filter(|height| *height > 0)
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(bytes.try_into().ok()?))
}

/// Where a table of a font begins in its file.
fn table(data: &[u8], index: u32, tag: &[u8; 4]) -> Option<usize> {
    let u32_at = |at: usize| {
        let bytes = data.get(at..at.checked_add(4)?)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?) as usize)
    };
    let start = if data.starts_with(b"ttcf") {
        u32_at(12 + 4 * index as usize)?
    } else {
        0
    };
    let tables = usize::from(u16_at(data, start.checked_add(4)?)?);
    let entry = (0..tables)
        .map(|table| start + 12 + 16 * table)
        .find(|&entry| data.get(entry..entry + 4) == Some(tag))?;
    u32_at(entry + 8)
}

/// The font's name among the pages' resources.
pub fn resource_name(font: usize) -> String {
    format!("F{font}")
}

/// printpdf embeds the fonts that some page's operators use, with the texts they give for the glyphs. The pages'
/// streams are ours; these operators, which name each used glyph once, stand on the first page until the pages'
/// streams are set.
pub fn naming_ops(fonts: &[Option<Prepared>]) -> Vec<Op> {
    let mut ops = vec![Op::StartTextSection];
    for (index, font) in fonts.iter().enumerate() {
        let Some(font) = font else { continue };
        ops.push(Op::SetFont {
            font: PdfFontHandle::External(printpdf::FontId(resource_name(index))),
            size: Pt(10.0),
        });
        let glyphs = font
            .codes
            .iter()
            .zip(0..)
            .map(|((_, text), code)| Codepoint::with_cid(code, 0.0, text.clone()))
            .collect();
        ops.push(Op::ShowText {
            items: vec![TextItem::GlyphIds(glyphs)],
        });
    }
    ops.push(Op::EndTextSection);
    ops
}

/// Makes printpdf's font objects exact: widths with their fractions, the height of capitals.
pub fn finish(doc: &mut lopdf::Document, objects: &Dictionary, fonts: &[Option<Prepared>]) {
    for (index, prepared) in fonts.iter().enumerate() {
        let Some(prepared) = prepared else { continue };
        let Some(descriptor) = complete(doc, objects, index, prepared) else {
            continue;
        };
        if let Ok(descriptor) = doc.get_dictionary_mut(descriptor) {
            descriptor.set("CapHeight", prepared.cap_height);
        }
    }
}

/// Sets widths and codes in the descendant font; returns its descriptor.
fn complete(
    doc: &mut lopdf::Document,
    objects: &Dictionary,
    index: usize,
    prepared: &Prepared,
) -> Option<lopdf::ObjectId> {
    let id = objects
        .get(resource_name(index).as_bytes())
        .ok()?
        .as_reference()
        .ok()?;
    let map = (prepared.codes.len() > usize::from(prepared.glyphs)).then(|| {
        let glyphs = prepared.codes.iter();
        let map = glyphs.flat_map(|(glyph, _)| glyph.to_be_bytes()).collect();
        doc.add_object(Stream::new(Dictionary::new(), map))
    });
    let font = doc.get_dictionary_mut(id).ok()?;
    let descendants = font.get_mut(b"DescendantFonts").ok()?.as_array_mut().ok()?;
    let descendant = descendants.first_mut()?.as_dict_mut().ok()?;
    // Thousandths of the font size, with as many digits as the content streams count on.
    let widths = prepared.widths.iter().map(|w| number(i64::from(*w) * 10));
    let widths = Object::Array(widths.collect());
    descendant.set("W", vec![Object::Integer(0), widths]);
    if let Some(map) = map {
        descendant.set("CIDToGIDMap", map);
    }
    descendant.get(b"FontDescriptor").ok()?.as_reference().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_pdf_allows() {
        assert_eq!(base_name("EB Garamond/Regular"), "EBGaramondRegular");
        assert_eq!(base_name("\u{5e9}"), "Font");
        assert_eq!(tag(b"").len(), 6);
        assert!(tag(b"x").bytes().all(|b| b.is_ascii_uppercase()));
    }

    #[test]
    fn broken_tables_have_no_capitals() {
        for data in [&b""[..], b"ttcf", &[0, 1, 0, 0, 255, 255], &[0; 40]] {
            assert_eq!(cap_height(data, 7), None);
        }
    }
}
