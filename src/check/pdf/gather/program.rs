//! A font's program: whether it can be read, and which glyphs it has (ISO 32000-1, 9.9).

use std::collections::{BTreeMap, BTreeSet};

use skrifa::FontRef;
use skrifa::raw::TableProvider;
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::type1::Type1Font;

use super::super::document::Program;
use super::super::syntax::{Dict, File, Object};

/// What is known of a program's glyphs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Glyphs {
    pub(crate) program: Program,
    /// The names of glyphs, where it has such.
    pub(crate) names: Option<BTreeSet<String>>,
    /// The names by the program's own codes.
    pub(crate) codes: BTreeMap<u8, String>,
    /// Of a font that numbers its glyphs anew: those numbers.
    pub(crate) cids: Option<BTreeSet<u32>>,
    /// TrueType alone: for each of its character maps, from codes to glyphs.
    pub(crate) maps: Vec<BTreeMap<u32, u32>>,
    /// TrueType alone: how wide glyphs are, in thousandths of the size.
    pub(crate) advances: Vec<f32>,
}

impl Glyphs {
    /// One that cannot be read.
    pub(crate) fn broken(why: &str) -> Glyphs {
        Glyphs {
            program: Program::Broken(why.to_owned()),
            ..Glyphs::default()
        }
    }

    /// How many glyphs there are, if it can be read.
    pub(crate) fn count(&self) -> Option<u32> {
        match self.program {
            Program::Sound(count) => Some(count),
            _ => None,
        }
    }
}

/// The program that a descriptor names: its key there, and the stream.
pub(crate) fn named(descriptor: Option<&Dict>) -> Option<(&'static str, &Object)> {
    let descriptor = descriptor?;
    let keys = ["FontFile", "FontFile2", "FontFile3"];
    let key = keys.into_iter().find(|key| descriptor.has(key))?;
    Some((key, descriptor.raw(key)))
}

/// Reads a program. `mapped`: whether codes find their glyphs by its own character maps.
pub(crate) fn read(file: &File<'_>, key: &str, value: &Object, mapped: bool) -> Glyphs {
    let (Some((bytes, damage)), Some((dict, _))) = (file.decoded(value), file.stream(value)) else {
        return Glyphs::broken("it is not there, though the font names it");
    };
    if damage.is_some() {
        return Glyphs::broken("its data are damaged");
    }
    match (key, file.name(dict, "Subtype").as_deref()) {
        ("FontFile", _) => type_1(&bytes),
        ("FontFile2", _) | (_, Some("OpenType")) => sfnt(&bytes, mapped),
        _ => cff(&bytes),
    }
}

fn type_1(bytes: &[u8]) -> Glyphs {
    let Ok(font) = Type1Font::new(bytes) else {
        return Glyphs::broken("it is no font of Type 1");
    };
    let mut codes = BTreeMap::new();
    if let Some(encoding) = font.encoding() {
        for code in 0..=255 {
            if let Some(name) = encoding.glyph_name(code).filter(|name| *name != ".notdef") {
                codes.insert(code, name.to_owned());
            }
        }
    }
    Glyphs {
        program: Program::Sound(font.num_glyphs()),
        names: Some(
            font.glyph_names()
                .map(|(_, name)| name.to_owned())
                .collect(),
        ),
        codes,
        ..Glyphs::default()
    }
}

fn cff(bytes: &[u8]) -> Glyphs {
    let Ok(font) = CffFontRef::new_cff(bytes, 0, None) else {
        return Glyphs::broken("it is no CFF font");
    };
    let count = font.num_glyphs();
    // An index tells its count first; each glyph has at least a byte of its own.
    if count as usize > bytes.len() {
        return Glyphs::broken("it has more glyphs than bytes");
    }
    let mut found = Glyphs {
        program: Program::Sound(count),
        ..Glyphs::default()
    };
    let Some(charset) = font.charset() else {
        return found;
    };
    let listed: Vec<_> = charset.iter().take(count as usize).collect();
    if font.is_cid() {
        found.cids = Some(
            listed
                .iter()
                .map(|(_, sid)| u32::from(sid.to_u16()))
                .collect(),
        );
        return found;
    }
    let by_glyph: BTreeMap<u32, String> = listed
        .iter()
        .filter_map(|(glyph, sid)| {
            let name = font.string(*sid)?;
            Some((glyph.to_u32(), String::from_utf8_lossy(name).into_owned()))
        })
        .collect();
    if let Some(encoding) = font.encoding() {
        for code in 0..=255 {
            let glyph = encoding.map(code).filter(|glyph| glyph.to_u32() > 0);
            if let Some(name) = glyph.and_then(|glyph| by_glyph.get(&glyph.to_u32())) {
                found.codes.insert(code, name.clone());
            }
        }
    }
    found.names = Some(by_glyph.into_values().collect());
    found
}

fn sfnt(bytes: &[u8], mapped: bool) -> Glyphs {
    let Ok(font) = FontRef::new(bytes) else {
        return Glyphs::broken("it is no TrueType or OpenType font");
    };
    if let Some(table) = font.table_data(skrifa::Tag::new(b"CFF ")) {
        let mut inner = cff(table.as_bytes());
        if mapped {
            inner.maps = maps(&font);
        }
        return inner;
    }
    let (Ok(maxp), Ok(head)) = (font.maxp(), font.head()) else {
        return Glyphs::broken("it lacks the tables `maxp` or `head`");
    };
    let count = u32::from(maxp.num_glyphs());
    let is_long = head.index_to_loc_format() == 1;
    let Ok(loca) = font.loca(is_long) else {
        return Glyphs::broken("it lacks the table `loca`");
    };
    if font.glyf().is_err() {
        return Glyphs::broken("it lacks the table `glyf`");
    }
    if (loca.len() as u64) < u64::from(count) {
        return Glyphs::broken("its table `loca` is shorter than its number of glyphs");
    }
    let unit = f32::from(head.units_per_em().max(1)) / 1000.0;
    let widths = font.hmtx().ok();
    let advances = widths.map(|widths| {
        (0..count)
            .map_while(|glyph| widths.advance(skrifa::GlyphId::new(glyph)))
            .map(|width| f32::from(width) / unit)
            .collect()
    });
    Glyphs {
        program: Program::Sound(count),
        advances: advances.unwrap_or_default(),
        maps: if mapped { maps(&font) } else { Vec::new() },
        ..Glyphs::default()
    }
}

/// The character maps of a font, those that map single codes.
fn maps(font: &FontRef<'_>) -> Vec<BTreeMap<u32, u32>> {
    let Ok(cmap) = font.cmap() else {
        return Vec::new();
    };
    let data = cmap.offset_data();
    cmap.encoding_records()
        .iter()
        .take(8)
        .filter_map(|record| record.subtable(data).ok())
        .map(|subtable| {
            // Codes of a font in a PDF are one byte; the symbols of some start at 0xF000.
            let codes = (0..=0xFF)
                .chain(0xF000..=0xF0FF)
                .chain(0x100..=0x2FFF)
                .chain(0xFB00..=0xFB06);
            codes
                .filter_map(|code: u32| Some((code, subtable.map_codepoint(code)?.to_u32())))
                .filter(|(_, glyph)| *glyph > 0)
                .collect()
        })
        .collect()
}
