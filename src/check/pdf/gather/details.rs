//! Whether what a file says of a font fits the font itself (ISO 32000-1, 9.6 to 9.8), as archives look at it.

use std::collections::BTreeSet;

use super::super::feature::Feature;
use super::super::syntax::{Dict, File, Lexer, Object, Token};
use super::program::{Glyphs, named};
use super::shared::below;

/// CMaps that every viewer has (ISO 32000-1, table 118), without their direction, and the ordering of their characters.
const KNOWN: &[(&str, &str)] = &[
    ("GB-EUC", "GB1"),
    ("GBpc-EUC", "GB1"),
    ("GBK-EUC", "GB1"),
    ("GBKp-EUC", "GB1"),
    ("GBK2K", "GB1"),
    ("UniGB-UCS2", "GB1"),
    ("UniGB-UTF16", "GB1"),
    ("B5pc", "CNS1"),
    ("HKscs-B5", "CNS1"),
    ("ETen-B5", "CNS1"),
    ("ETenms-B5", "CNS1"),
    ("CNS-EUC", "CNS1"),
    ("UniCNS-UCS2", "CNS1"),
    ("UniCNS-UTF16", "CNS1"),
    ("83pv-RKSJ", "Japan1"),
    ("90ms-RKSJ", "Japan1"),
    ("90msp-RKSJ", "Japan1"),
    ("90pv-RKSJ", "Japan1"),
    ("Add-RKSJ", "Japan1"),
    ("EUC", "Japan1"),
    ("Ext-RKSJ", "Japan1"),
    ("", "Japan1"),
    ("UniJIS-UCS2", "Japan1"),
    ("UniJIS-UCS2-HW", "Japan1"),
    ("UniJIS-UTF16", "Japan1"),
    ("KSC-EUC", "Korea1"),
    ("KSCms-UHC", "Korea1"),
    ("KSCms-UHC-HW", "Korea1"),
    ("KSCpc-EUC", "Korea1"),
    ("UniKS-UCS2", "Korea1"),
    ("UniKS-UTF16", "Korea1"),
];

/// What is not as it should be with a font that has its program in the file.
pub(super) fn odd(file: &File<'_>, dict: &Dict, glyphs: &Glyphs, is_subset: bool) -> Vec<Feature> {
    let inner = below(file, dict);
    let descriptor = file.dict(inner.unwrap_or(dict), "FontDescriptor");
    let Some((key, _)) = named(descriptor) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if let Some(inner) = inner {
        let kind = file.name(inner, "Subtype").unwrap_or_default();
        let map = file.get(inner, "CIDToGIDMap");
        let is_map = map.is_name("Identity") || map.dict().is_some();
        if kind == "CIDFontType2" && key == "FontFile2" && !is_map {
            found.push(Feature::NoGlyphMap);
        }
        codes(file, dict, inner, &mut found);
    } else if file.get(dict, "Subtype").is_name("TrueType") {
        let flags = descriptor.and_then(|own| file.get(own, "Flags").integer());
        let encoding = file.get(dict, "Encoding");
        let base = encoding
            .name()
            .or_else(|| file.name(encoding.dict()?, "BaseEncoding"));
        let is_plain = matches!(
            base.as_deref(),
            Some("WinAnsiEncoding" | "MacRomanEncoding")
        );
        // A font of symbols has codes of its own; all others have one of two encodings.
        match flags.map(|flags| flags & 4 != 0) {
            Some(true) if !encoding.is_null() => found.push(Feature::Encoding),
            Some(false) if !is_plain => found.push(Feature::Encoding),
            _ => {}
        }
    }
    if let Some(descriptor) = descriptor {
        lists(
            file,
            descriptor,
            glyphs,
            is_subset,
            inner.is_some(),
            &mut found,
        );
    }
    found
}

/// The characters that codes stand for, and those of the font.
fn codes(file: &File<'_>, dict: &Dict, inner: &Dict, found: &mut Vec<Feature>) {
    let own = file.dict(inner, "CIDSystemInfo");
    let ordering = own.and_then(|own| file.text(own, "Ordering"));
    let encoding = file.get(dict, "Encoding");
    if let Some(name) = encoding.name() {
        match known(&name) {
            Known::Any => {}
            Known::Of(other) if ordering.as_deref() != Some(other) => {
                found.push(Feature::Collection);
            }
            Known::Of(_) => {}
            Known::Not => found.push(Feature::OutsideCmap),
        }
        return;
    }
    let Some(cmap) = encoding.dict() else {
        return;
    };
    if let Some(info) = file.dict(cmap, "CIDSystemInfo") {
        let same = |key: &str| own.and_then(|own| file.text(own, key)) == file.text(info, key);
        if !same("Registry") || !same("Ordering") {
            found.push(Feature::Collection);
        }
    }
    let other = file.name(cmap, "UseCMap");
    if other.is_some_and(|name| matches!(known(&name), Known::Not)) {
        found.push(Feature::OutsideCmap);
    }
    let told = file.get(cmap, "WMode").integer().unwrap_or(0);
    let bytes = file.decoded(dict.raw("Encoding")).map(|(bytes, _)| bytes);
    if bytes.is_some_and(|bytes| direction(&bytes).is_some_and(|own| own != told)) {
        found.push(Feature::WritingMode);
    }
}

/// What is known of a CMap by its name.
enum Known {
    /// Its codes are the numbers themselves.
    Any,
    /// Its characters are of this ordering.
    Of(&'static str),
    Not,
}

fn known(name: &str) -> Known {
    let stem = name.strip_suffix(['H', 'V']);
    let stem = stem.map(|stem| stem.strip_suffix('-').unwrap_or(stem));
    match stem {
        Some("Identity") => Known::Any,
        Some(stem) => KNOWN
            .iter()
            .find(|(own, _)| *own == stem)
            .map_or(Known::Not, |(_, ordering)| Known::Of(ordering)),
        None => Known::Not,
    }
}

/// The direction of writing that a CMap says itself.
fn direction(bytes: &[u8]) -> Option<i64> {
    let mut lexer = Lexer::new(bytes, 0);
    loop {
        match lexer.token() {
            Token::Name(name) if name == b"WMode" => {
                return match lexer.token() {
                    Token::Integer(own) => Some(own),
                    _ => None,
                };
            }
            Token::End => return None,
            _ => {}
        }
    }
}

/// Lists of the glyphs that a font has.
fn lists(
    file: &File<'_>,
    descriptor: &Dict,
    glyphs: &Glyphs,
    is_subset: bool,
    is_composite: bool,
    found: &mut Vec<Feature>,
) {
    if is_composite {
        let set = file.decoded(descriptor.raw("CIDSet")).map(|(set, _)| set);
        match (set, &glyphs.cids) {
            (Some(set), Some(cids)) => {
                let has = |cid: &u32| {
                    let byte = set.get(*cid as usize / 8);
                    byte.is_some_and(|byte| byte >> (7 - cid % 8) & 1 == 1)
                };
                if !cids.iter().filter(|cid| **cid > 0).all(has) {
                    found.push(Feature::GlyphList);
                }
            }
            (None, _) if is_subset => found.push(Feature::NoGlyphList),
            _ => {}
        }
        return;
    }
    if !descriptor.has("FontFile") && !descriptor.has("FontFile3") {
        return;
    }
    match (file.get(descriptor, "CharSet"), &glyphs.names) {
        (Object::String(list), Some(names)) => {
            let list = String::from_utf8_lossy(list);
            let listed: BTreeSet<&str> = list.split('/').map(str::trim).collect();
            let mut own = names.iter().filter(|name| *name != ".notdef");
            if !own.all(|name| listed.contains(name.as_str())) {
                found.push(Feature::GlyphList);
            }
        }
        (Object::Null, _) if is_subset => found.push(Feature::NoGlyphList),
        _ => {}
    }
}
