//! From codes to glyphs: whether a font has one, and whether it is as wide as the file says (ISO 32000-1, 9.6.6 and 9.7.4).

use std::sync::Arc;

use super::super::feature::{Feature, Features};
use super::encoding::Base;
use super::fonts::{Codes, Reader, Told};

/// Widths may differ by as much, in thousandths of the size: writers round (ISO 19005-2, 6.2.11.5).
const ROUNDED: f64 = 1.0;

impl Reader {
    /// Whether the program has no glyph for a code. False where that cannot be known, or the code stands for a space.
    pub(crate) fn is_missing(&self, code: u32) -> bool {
        if let Told::Text(text) = self.told(code)
            && text.chars().all(|c| c.is_whitespace() || c == '\u{ad}')
        {
            return false;
        }
        match &self.codes {
            Codes::Identity { to_glyph, .. } => self.lacks(code, to_glyph.as_ref()),
            Codes::Mapped { cmap, to_glyph, .. } => {
                let cid = cmap.glyph(code);
                cid.is_some_and(|cid| self.lacks(cid, to_glyph.as_ref()))
            }
            Codes::Simple {
                names,
                chars,
                drawn,
            } => {
                let Ok(code) = u8::try_from(code) else {
                    return false;
                };
                let (name, text) = (names.get(&code), chars.get(&code));
                if let (Some(own), Some(drawn)) = (&self.glyphs.names, drawn) {
                    let by_name = name.is_some_and(|name| own.contains(name) && name != ".notdef");
                    let by_char = text.is_some_and(|text| drawn.contains(text));
                    return !by_name && !by_char;
                }
                self.is_unmapped(code, text)
            }
            Codes::Unicode | Codes::Foreign => false,
        }
    }

    /// Whether a CID leads to no glyph.
    fn lacks(&self, cid: u32, to_glyph: Option<&Arc<Vec<u16>>>) -> bool {
        let Some(count) = self.glyphs.count() else {
            return false;
        };
        if let Some(cids) = &self.glyphs.cids {
            return cid == 0 || !cids.contains(&cid);
        }
        let glyph = match to_glyph {
            Some(map) => map.get(cid as usize).copied().map_or(0, u32::from),
            None => cid,
        };
        glyph == 0 || glyph >= count
    }

    /// Whether no character map of a TrueType font leads from a code to a glyph. Fonts without any have other ways.
    fn is_unmapped(&self, code: u8, text: Option<&String>) -> bool {
        if self.glyphs.maps.is_empty() {
            return false;
        }
        let code = u32::from(code);
        let character = text.and_then(|text| text.chars().next()).map(u32::from);
        // Characters that the maps were not asked for.
        if character.is_some_and(|c| c > 0x2FFF && !(0xFB00..=0xFB06).contains(&c)) {
            return false;
        }
        let on_mac = (0x80..=0xFF).find(|code| {
            character.is_some() && Base::Mac.character(*code).map(u32::from) == character
        });
        let ways = [
            Some(code),
            Some(0xF000 + code),
            character,
            on_mac.map(u32::from),
        ];
        let maps = &self.glyphs.maps;
        !ways
            .iter()
            .flatten()
            .any(|way| maps.iter().any(|map| map.contains_key(way)))
    }

    /// Whether the file says another width of a code than its program has. False where that cannot be known.
    pub(crate) fn differs(&self, code: u32) -> bool {
        let advances = &self.glyphs.advances;
        if advances.is_empty() {
            return false;
        }
        let by_cid = |cid: u32, to_glyph: Option<&Arc<Vec<u16>>>| match to_glyph {
            Some(map) => map.get(cid as usize).map(|glyph| u32::from(*glyph)),
            None => Some(cid),
        };
        let glyphs: Vec<u32> = match &self.codes {
            Codes::Identity { to_glyph, .. } => {
                by_cid(code, to_glyph.as_ref()).into_iter().collect()
            }
            Codes::Mapped { cmap, to_glyph, .. } => cmap
                .glyph(code)
                .and_then(|cid| by_cid(cid, to_glyph.as_ref()))
                .into_iter()
                .collect(),
            Codes::Simple { chars, .. } => {
                let text = u8::try_from(code).ok().and_then(|code| chars.get(&code));
                let character = text.and_then(|text| text.chars().next()).map(u32::from);
                let ways = [Some(code), Some(0xF000 + code), character];
                let maps = &self.glyphs.maps;
                let found = ways.into_iter().flatten();
                found
                    .flat_map(|way| maps.iter().filter_map(move |map| map.get(&way).copied()))
                    .collect()
            }
            Codes::Unicode | Codes::Foreign => Vec::new(),
        };
        let told = self.width(code);
        let mut own = glyphs
            .into_iter()
            .filter_map(|glyph| advances.get(glyph as usize))
            .peekable();
        own.peek().is_some() && own.all(|own| (f64::from(*own) - told).abs() > ROUNDED)
    }

    /// Tells what is not so of a font that pages show.
    pub(crate) fn told_odd(&self, features: &mut Features) {
        let Some(page) = self.font.pages.first().copied() else {
            return;
        };
        let wide = self.is_wide.then_some(Feature::Widths);
        for feature in self.odd.iter().copied().chain(wide) {
            features.add(feature, Some(page), || {
                format!(
                    "the font `{}` (object {})",
                    self.font.name, self.font.object
                )
            });
        }
    }
}
