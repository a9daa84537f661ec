//! The fonts: what their codes stand for, how wide they are, and whether there is a glyph (ISO 32000-1, 9.5 to 9.10).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::super::document::{Font, Program};
use super::super::feature::Feature;
use super::super::syntax::{Dict, File, Object, Ref};
use super::cmap::Cmap;
use super::details::odd;
use super::encoding::{Base, characters};
use super::program::Glyphs;
use super::shared::{Shared, below};

/// A font, made ready to read what is set in it.
#[derive(Debug)]
pub(crate) struct Reader {
    pub(crate) font: Font,
    pub(super) codes: Codes,
    unicode: Option<Arc<Cmap>>,
    /// Widths by ranges of codes or of CIDs, in thousandths of the size.
    widths: BTreeMap<u32, (u32, f64)>,
    width: f64,
    pub(super) glyphs: Arc<Glyphs>,
    /// What the file says of it and is not so.
    pub(super) odd: Vec<Feature>,
    /// Whether a width that is shown is not that of the program.
    pub(crate) is_wide: bool,
}

/// How codes are made, and what leads from them to glyphs.
#[derive(Debug)]
pub(super) enum Codes {
    /// One byte each; the names and the characters that the encoding gives them.
    Simple {
        names: BTreeMap<u8, String>,
        chars: BTreeMap<u8, String>,
        /// Characters for which the program has a glyph, if it has names.
        drawn: Option<BTreeSet<String>>,
    },
    /// Two bytes each, which are the CID.
    Identity {
        to_glyph: Option<Arc<Vec<u16>>>,
        known: bool,
    },
    /// As a CMap in the file says.
    Mapped {
        cmap: Arc<Cmap>,
        to_glyph: Option<Arc<Vec<u16>>>,
        known: bool,
    },
    /// Two bytes of UTF-16.
    Unicode,
    /// As a CMap says that every viewer has, and the file not.
    Foreign,
}

/// What a code stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Text(String),
    /// Nothing that is told, or nothing at all.
    Lost,
    /// Something that only viewers know.
    Foreign,
}

/// All fonts, and by the place of their dictionary in memory which is which.
pub(crate) struct Fonts {
    pub(crate) readers: Vec<Reader>,
    by_address: BTreeMap<usize, usize>,
}

impl Fonts {
    /// The number of the font with this dictionary.
    pub(crate) fn number(&self, dict: &Dict) -> Option<usize> {
        self.by_address.get(&address(dict)).copied()
    }
}

/// Where a dictionary lies in memory: it tells dictionaries apart that have no number, and is never seen outside.
fn address(dict: &Dict) -> usize {
    std::ptr::from_ref(dict).addr()
}

/// All dictionaries that some `Font` of resources leads to, in the order of the file.
pub(crate) fn fonts(file: &File<'_>) -> Fonts {
    let mut found: Vec<(Option<Ref>, &Dict)> = Vec::new();
    let mut by_address = BTreeMap::new();
    // Lists of fonts that were looked at: resources often share one.
    let mut seen = BTreeSet::new();
    for object in file.objects.values() {
        let mut stack = vec![&object.value];
        while let Some(value) = stack.pop() {
            match value {
                Object::Array(items) => stack.extend(items),
                Object::Dict(dict) => {
                    if let Some(named) = file.dict(dict, "Font")
                        && seen.insert(address(named))
                    {
                        for value in named.0.values() {
                            let (own, value) = file.follow(value);
                            if let Some(font) = value.dict() {
                                by_address.entry(address(font)).or_insert_with(|| {
                                    found.push((own, font));
                                    found.len() - 1
                                });
                            }
                        }
                    }
                    stack.extend(dict.0.values());
                }
                _ => {}
            }
        }
    }
    let shared = Shared::read(file, &found);
    let readers = found
        .par_iter()
        .map(|(own, dict)| reader(file, *own, dict, &shared))
        .collect();
    Fonts {
        readers,
        by_address,
    }
}

fn reader(file: &File<'_>, own: Option<Ref>, dict: &Dict, shared: &Shared) -> Reader {
    let kind = file.name(dict, "Subtype").unwrap_or_default();
    let mut font = Font {
        object: own.map_or(0, |own| own.number),
        kind: kind.clone(),
        ..Font::default()
    };
    let name = file.name(dict, "BaseFont").unwrap_or_default();
    let tag = name
        .split_once('+')
        .filter(|(tag, _)| tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()));
    font.is_subset = tag.is_some();
    font.name = tag.map_or(name.as_str(), |(_, rest)| rest).to_owned();
    let unicode = shared.cmap(dict.raw("ToUnicode"));
    let unicode = unicode.filter(|unicode| unicode.has_text());
    let mut reader = if kind == "Type0" {
        composite(file, dict, font, shared)
    } else {
        simple(file, dict, font, shared)
    };
    reader.odd = odd(file, dict, &reader.glyphs, reader.font.is_subset);
    reader.font.has_unicode = unicode.is_some() || reader.is_known();
    reader.unicode = unicode;
    reader
}

/// A font of several bytes a code (9.7).
fn composite(file: &File<'_>, dict: &Dict, mut font: Font, shared: &Shared) -> Reader {
    let none = Dict::default();
    let below = below(file, dict).unwrap_or(&none);
    font.kind = file.name(below, "Subtype").unwrap_or_default();
    let glyphs = shared.program(file.dict(below, "FontDescriptor"), false);
    font.program = glyphs.program.clone();
    let map = below.raw("CIDToGIDMap").reference();
    let to_glyph = map.and_then(|map| shared.to_glyph.get(&map).cloned());
    let order = file
        .dict(below, "CIDSystemInfo")
        .and_then(|info| file.text(info, "Ordering"));
    // Collections of characters that viewers know (9.7.5.2).
    let known = matches!(
        order.as_deref(),
        Some("GB1" | "CNS1" | "Japan1" | "Korea1" | "KR")
    );
    let encoding = file.get(dict, "Encoding");
    let codes = match encoding.name().as_deref() {
        Some("Identity-H" | "Identity-V") => Codes::Identity { to_glyph, known },
        Some(name) if name.contains("UCS2") || name.contains("UTF16") => Codes::Unicode,
        Some(_) => Codes::Foreign,
        None => match shared.cmap(dict.raw("Encoding")) {
            Some(cmap) => Codes::Mapped {
                cmap,
                to_glyph,
                known,
            },
            None => Codes::Foreign,
        },
    };
    Reader {
        font,
        codes,
        unicode: None,
        widths: wide(file, file.list(below, "W")),
        width: file.get(below, "DW").number().unwrap_or(1000.0),
        glyphs,
        odd: Vec::new(),
        is_wide: false,
    }
}

/// The widths of a composite font (9.7.4.3): `first [w w w]` or `first last w`.
fn wide(file: &File<'_>, list: &[Object]) -> BTreeMap<u32, (u32, f64)> {
    let mut widths = BTreeMap::new();
    let code = |value: &Object| u32::try_from(file.resolve(value).integer()?).ok();
    let mut rest = list;
    while let [first, second, behind @ ..] = rest {
        let Some(first) = code(first) else {
            break;
        };
        if let Object::Array(each) = file.resolve(second) {
            for (at, width) in each.iter().enumerate() {
                let code = first.saturating_add(at as u32);
                widths.insert(
                    code,
                    (code, file.resolve(width).number().unwrap_or_default()),
                );
            }
            rest = behind;
        } else {
            let ([width, behind @ ..], Some(last)) = (behind, code(second)) else {
                break;
            };
            widths.insert(
                first,
                (last, file.resolve(width).number().unwrap_or_default()),
            );
            rest = behind;
        }
    }
    widths
}

/// A font of one byte a code (9.6).
fn simple(file: &File<'_>, dict: &Dict, mut font: Font, shared: &Shared) -> Reader {
    let descriptor = file.dict(dict, "FontDescriptor");
    let is_drawn = font.kind == "Type3";
    let mut glyphs = shared.program(descriptor, font.kind == "TrueType");
    if is_drawn {
        let drawn = file.dict(dict, "CharProcs");
        let names = drawn.map(|drawn| {
            drawn
                .0
                .keys()
                .map(|name| String::from_utf8_lossy(name).into_owned())
                .collect()
        });
        glyphs = Arc::new(Glyphs {
            program: Program::Drawn,
            names,
            ..Glyphs::default()
        });
    }
    font.program = glyphs.program.clone();
    let flags = descriptor.and_then(|descriptor| file.get(descriptor, "Flags").integer());
    let is_symbolic = flags.is_some_and(|flags| flags & 4 != 0);
    let encoding = file.get(dict, "Encoding");
    let named = encoding
        .name()
        .or_else(|| file.name(encoding.dict()?, "BaseEncoding"));
    let base = named.and_then(|name| Base::named(&name));
    // Symbol and ZapfDingbats have codes of their own, which viewers know.
    let is_foreign = matches!(font.name.as_str(), "Symbol" | "ZapfDingbats");
    let base = base.or(
        (!is_symbolic && !is_drawn && !is_foreign && glyphs.codes.is_empty())
            .then_some(Base::Standard),
    );
    let mut names = match base {
        None => glyphs.codes.clone(),
        Some(_) => BTreeMap::new(),
    };
    let mut chars: BTreeMap<u8, String> = BTreeMap::new();
    if let Some(base) = base {
        chars.extend((0..=255).filter_map(|code| Some((code, base.character(code)?.to_string()))));
    }
    let mut code = 0i64;
    for item in encoding
        .dict()
        .map_or(&[][..], |own| file.list(own, "Differences"))
        .iter()
        .take(1024)
    {
        match file.resolve(item) {
            Object::Name(name) => {
                if let Ok(code) = u8::try_from(code) {
                    chars.remove(&code);
                    names.insert(code, String::from_utf8_lossy(name).into_owned());
                }
                code = code.saturating_add(1);
            }
            other => code = other.integer().unwrap_or(code),
        }
    }
    for (code, name) in &names {
        if let Some(found) = characters(name) {
            chars.insert(*code, found);
        }
    }
    let drawn = glyphs
        .names
        .as_ref()
        .map(|names| names.iter().filter_map(|name| characters(name)).collect());
    let first = file
        .get(dict, "FirstChar")
        .integer()
        .and_then(|first| u32::try_from(first).ok());
    let mut widths = BTreeMap::new();
    for (at, width) in file.list(dict, "Widths").iter().take(256).enumerate() {
        let code = first.unwrap_or(0).saturating_add(at as u32);
        widths.insert(
            code,
            (code, file.resolve(width).number().unwrap_or_default()),
        );
    }
    if is_drawn {
        // Widths of such fonts are in units of their own.
        let matrix = file.numbers(file.list(dict, "FontMatrix"));
        let unit = matrix.first().copied().unwrap_or(0.001) * 1000.0;
        widths.values_mut().for_each(|(_, width)| *width *= unit);
    }
    let missing = descriptor.and_then(|descriptor| file.get(descriptor, "MissingWidth").number());
    let codes = if is_foreign {
        Codes::Foreign
    } else {
        Codes::Simple {
            names,
            chars,
            drawn,
        }
    };
    Reader {
        font,
        codes,
        unicode: None,
        widths,
        // A letter's width in most faces, for fonts that tell none: those of viewers.
        width: missing.unwrap_or(500.0),
        glyphs,
        odd: Vec::new(),
        is_wide: false,
    }
}

impl Reader {
    /// Whether codes stand for characters without a table in the file.
    fn is_known(&self) -> bool {
        match &self.codes {
            Codes::Simple { chars, .. } => !chars.is_empty(),
            Codes::Identity { known, .. } | Codes::Mapped { known, .. } => *known,
            Codes::Unicode | Codes::Foreign => true,
        }
    }

    /// The code that a text begins with, and its bytes; `None` at the end.
    pub(crate) fn code(&self, text: &[u8]) -> Option<(u32, usize)> {
        let [first, rest @ ..] = text else {
            return None;
        };
        let first = u32::from(*first);
        let two = || match rest {
            [second, ..] => Some((first << 8 | u32::from(*second), 2)),
            [] => Some((first, 1)),
        };
        match &self.codes {
            Codes::Simple { .. } => Some((first, 1)),
            Codes::Foreign
                if self.font.kind != "CIDFontType0" && self.font.kind != "CIDFontType2" =>
            {
                Some((first, 1))
            }
            Codes::Identity { .. } | Codes::Unicode | Codes::Foreign => two(),
            Codes::Mapped { cmap, .. } => {
                let mut code = 0;
                for (at, byte) in text.iter().take(4).enumerate() {
                    code = code << 8 | u32::from(*byte);
                    let is_code = |(length, from, to): &(usize, u32, u32)| {
                        *length == at + 1 && (*from..=*to).contains(&code)
                    };
                    if cmap.spaces.iter().any(is_code) {
                        return Some((code, at + 1));
                    }
                }
                two()
            }
        }
    }

    /// What a code stands for.
    pub(crate) fn told(&self, code: u32) -> Told {
        if let Some(text) = self.unicode.as_ref().and_then(|unicode| unicode.text(code)) {
            // These are no characters (ISO 14289-1, 7.21.7).
            let is_lost =
                text.is_empty() || text.contains(['\0', '\u{feff}', '\u{fffe}', '\u{fffd}']);
            return if is_lost {
                Told::Lost
            } else {
                Told::Text(text)
            };
        }
        let found = match &self.codes {
            Codes::Simple { chars, .. } => u8::try_from(code)
                .ok()
                .and_then(|code| chars.get(&code).cloned()),
            Codes::Unicode => char::from_u32(code).map(String::from),
            Codes::Foreign => return Told::Foreign,
            Codes::Identity { known, .. } | Codes::Mapped { known, .. } if *known => {
                return Told::Foreign;
            }
            Codes::Identity { .. } | Codes::Mapped { .. } => None,
        };
        found.map_or(Told::Lost, Told::Text)
    }

    /// How far a code goes, in thousandths of the size.
    pub(crate) fn width(&self, code: u32) -> f64 {
        let code = match &self.codes {
            Codes::Mapped { cmap, .. } => cmap.glyph(code).unwrap_or(code),
            _ => code,
        };
        let found = self.widths.range(..=code).next_back();
        let found = found.filter(|(_, (last, _))| code <= *last);
        found.map_or(self.width, |(_, (_, width))| *width)
    }
}
