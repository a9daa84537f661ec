//! Fonts: from whole files to the subsets that the book needs.
//!
//! In: the font files and the glyphs used of each. Out: printpdf's fonts, and for the content streams a [`Face`] each:
//! new glyph numbers, widths, texts. Steps: read (by printpdf), subset, name with its tag, measure.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Dictionary, Object};
use printpdf::{Codepoint, Op, ParsedFont, PdfFont, PdfFontHandle, Pt, TextItem};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::typeset::pages::FontFile;

use super::Error;
use super::syntax::number;
use super::usage::Usage;

/// What stands for a glyph of which no text is known, so that every glyph has one (PDF/UA-1, 7.21.7).
const UNKNOWN: &str = "\u{fffd}";
/// In [`Face::texts`]: the glyph stands for several letters, of which this is the bit before their place.
const SEVERAL: u32 = 0x8000_0000;
/// The font's own way to say "missing".
const NOTDEF: u16 = 0;

/// What content streams need to know of a font.
#[derive(Debug)]
pub struct Face {
    /// New numbers, by old ones.
    remap: Vec<u16>,
    /// Widths in hundredths of a thousandth of the font size, by old numbers: as the file says them, so that glyphs
    /// stand where the layout put them.
    widths: Vec<u32>,
    /// The text that `ToUnicode` gives, by old numbers: a letter, or with [`SEVERAL`] a place in `strings`.
    texts: Vec<u32>,
    strings: Vec<Box<str>>,
    /// The space's number and width, for what has to be found but not seen.
    space: Option<(u16, u32)>,
}

impl Face {
    /// A glyph's number in the file; zero for what the font does not have.
    #[inline]
    pub fn glyph(&self, old: u16) -> u16 {
        self.remap.get(usize::from(old)).copied().unwrap_or(NOTDEF)
    }

    /// A glyph's width, in hundredths of a thousandth of the font size.
    #[inline]
    pub fn width(&self, old: u16) -> u32 {
        self.widths.get(usize::from(old)).copied().unwrap_or(0)
    }

    /// Whether a reader finds just this letter in this glyph.
    #[inline]
    pub fn says_letter(&self, old: u16, letter: char) -> bool {
        self.texts.get(usize::from(old)) == Some(&u32::from(letter))
    }

    /// Whether a reader finds just this text in this glyph.
    pub fn says(&self, old: u16, text: &str) -> bool {
        match self.texts.get(usize::from(old)) {
            Some(&place) if place & SEVERAL != 0 => self
                .strings
                .get((place & !SEVERAL) as usize)
                .is_some_and(|known| **known == *text),
            Some(&letter) => {
                let mut letters = text.chars();
                letters.next().map(u32::from) == Some(letter) && letters.next().is_none()
            }
            None => false,
        }
    }

    /// The space's number in the file, and its width.
    pub fn space(&self) -> Option<(u16, u32)> {
        self.space
    }
}

/// A font, ready.
pub struct Prepared {
    /// For the content streams.
    pub face: Face,
    /// For printpdf: the subset and what stands in its descriptor.
    pub font: PdfFont,
    /// Each glyph of the subset with its text, by new numbers.
    pub glyphs: Vec<(u16, String)>,
    /// Widths by new numbers, in hundredths of a thousandth of the font size.
    pub widths: Vec<u32>,
    /// The height of capitals, in thousandths of the font size.
    pub cap_height: i64,
}

/// Prepares the fonts that are used; `None` for the others.
pub fn prepare(files: &[FontFile], usage: &Usage) -> Result<Vec<Option<Prepared>>, Error> {
    files
        .par_iter()
        .zip(usage.fonts())
        .map(|(file, usage)| {
            let texts = usage.texts();
            if texts.is_empty() {
                return Ok(None);
            }
            // The libraries read untrusted files; were one to panic, the font is unreadable.
            catch_unwind(AssertUnwindSafe(|| prepare_one(file, texts)))
                .unwrap_or(Err("its reader gave up".to_owned()))
                .map(Some)
                .map_err(|reason| Error::Font {
                    name: file.name.clone(),
                    reason,
                })
        })
        .collect()
}

fn prepare_one(file: &FontFile, texts: Vec<(u16, Option<String>)>) -> Result<Prepared, String> {
    let mut parsed = ParsedFont::from_bytes(&file.data, file.index as usize, &mut Vec::new())
        .ok_or("it is not a font that can be read")?;
    let per_em = u64::from(parsed.units_per_em.max(1));
    let width_of = |glyph: u16| {
        let units = parsed.glyph_widths.get(&glyph).copied().unwrap_or(0);
        ((u64::from(units) * 100_000 + per_em / 2) / per_em) as u32
    };

    let exists = |glyph: &u16| parsed.glyph_widths.contains_key(glyph);
    let space = parsed.codepoint_to_glyph.get(&0x20).copied();
    let missing = texts
        .iter()
        .any(|(glyph, _)| *glyph == NOTDEF || !exists(glyph));
    let mut remapper = GlyphRemapper::new();
    for (glyph, _) in texts.iter().filter(|(glyph, _)| exists(glyph)) {
        remapper.remap(*glyph);
    }
    // The place of a missing letter is found by a space that is not drawn.
    if let Some(space) = space.filter(|_| missing) {
        remapper.remap(space);
    }
    let subset = subsetter::subset(&file.data, file.index, &remapper).map_err(|e| e.to_string())?;

    let letters = Letters::of(&parsed);
    let last = texts.last().map_or(0, |(glyph, _)| *glyph);
    let mut face = Face {
        remap: vec![NOTDEF; usize::from(last) + 1],
        widths: vec![0; usize::from(last) + 1],
        texts: vec![u32::from('\u{fffd}'); usize::from(last) + 1],
        strings: Vec::new(),
        space: space.and_then(|old| Some((remapper.get(old)?, width_of(old)))),
    };
    let mut known = vec![None; usize::from(remapper.num_gids())];
    for (glyph, text) in texts {
        let Some(new) = remapper.get(glyph) else {
            continue;
        };
        let text = text
            .map(|text| allowed(&text))
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| letters.text(glyph));
        let index = usize::from(glyph);
        face.remap[index] = new;
        face.widths[index] = width_of(glyph);
        let mut chars = text.chars();
        face.texts[index] = match (chars.next(), chars.next()) {
            (Some(letter), None) => u32::from(letter),
            _ => {
                face.strings.push(text.as_str().into());
                SEVERAL | (face.strings.len() - 1) as u32
            }
        };
        known[usize::from(new)] = Some(text);
    }

    let widths: Vec<u32> = remapper.remapped_gids().map(width_of).collect();
    let new_widths = remapper
        .remapped_gids()
        .enumerate()
        .map(|(new, old)| {
            (
                new as u16,
                parsed.glyph_widths.get(&old).copied().unwrap_or(0),
            )
        })
        .collect();
    let glyphs = known
        .into_iter()
        .enumerate()
        .map(|(new, text)| {
            let space = face
                .space
                .is_some_and(|(space, _)| usize::from(space) == new);
            let text = text.unwrap_or_else(|| if space { " " } else { UNKNOWN }.to_owned());
            (new as u16, text)
        })
        .collect();
    let cap_height = cap_height(&file.data, file.index).unwrap_or(parsed.font_metrics.ascent);
    let cap_height = i64::from(cap_height) * 1000 / per_em as i64;
    parsed.font_name = Some(format!("{}+{}", tag(&subset), base_name(&file.name)));
    parsed.original_bytes = subset;
    parsed.font_index = 0;
    parsed.glyph_widths = new_widths;
    parsed.codepoint_to_glyph.clear();
    Ok(Prepared {
        face,
        font: PdfFont::new(parsed),
        glyphs,
        widths,
        cap_height,
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
    let u16_at = |at: usize| Some(u16::from_be_bytes(data.get(at..at + 2)?.try_into().ok()?));
    let u32_at =
        |at: usize| Some(u32::from_be_bytes(data.get(at..at + 4)?.try_into().ok()?) as usize);
    let start = if data.starts_with(b"ttcf") {
        u32_at(12 + 4 * index as usize)?
    } else {
        0
    };
    let tables = usize::from(u16_at(start.checked_add(4)?)?);
    let entry = (0..tables)
        .map(|table| start + 12 + 16 * table)
        .find(|&entry| data.get(entry..entry + 4) == Some(b"OS/2"))?;
    let table = u32_at(entry + 8)?;
    // The offsets are those of the OpenType specification.
    (u16_at(table)? >= 2)
        .then(|| u16_at(table.checked_add(88)?).map(|height| height as i16))?
        .filter(|height| *height > 0)
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
            .glyphs
            .iter()
            .map(|(glyph, text)| Codepoint::with_cid(*glyph, 0.0, text.clone()))
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
        let Some(descriptor) = widths(doc, objects, index, prepared) else {
            continue;
        };
        if let Ok(descriptor) = doc.get_dictionary_mut(descriptor) {
            descriptor.set("CapHeight", prepared.cap_height);
        }
    }
}

/// Sets the widths in the descendant font; returns its descriptor.
fn widths(
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
    let font = doc.get_dictionary_mut(id).ok()?;
    let descendants = font.get_mut(b"DescendantFonts").ok()?.as_array_mut().ok()?;
    let descendant = descendants.first_mut()?.as_dict_mut().ok()?;
    let widths = prepared
        .widths
        .iter()
        // Thousandths of the font size, with as many digits as the content streams count on.
        .map(|width| {
            if width % 100 == 0 {
                Object::Integer(i64::from(width / 100))
            } else {
                number(i64::from(*width) * 10)
            }
        })
        .collect();
    descendant.set("W", vec![Object::Integer(0), Object::Array(widths)]);
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
