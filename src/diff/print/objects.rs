//! A PDF's objects: its texts, its trees of names and numbers, its destinations. All of it is bounded, for trees can be cycles.

use std::collections::BTreeMap;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{
    Array, Dict, Name, Number, Object, ObjectIdentifier, String as Bytes,
};

/// Nodes of a tree that are looked at: the largest books have some ten thousand names.
const MOST_NODES: usize = 200_000;

/// How deep trees are.
const DEEPEST: usize = 32;

/// A text string: UTF-16 or UTF-8 by its first bytes, else PDFDocEncoding (ISO 32000-2, 7.9.2.2), whose letters beyond ASCII are here
/// those of Latin 1 but for the punctuation that differs.
pub fn text_of(bytes: &Bytes<'_>) -> String {
    decoded(bytes.as_bytes())
}

/// The same of its bytes.
pub fn decoded(bytes: &[u8]) -> String {
    let wide = |pair: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2);
        let units: Vec<u16> = units.map(|unit| pair([unit[0], unit[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => bytes.iter().map(|byte| letter(*byte)).collect(),
    }
}

/// A letter of PDFDocEncoding (ISO 32000-1, annex D.2).
fn letter(byte: u8) -> char {
    const FROM_80: [char; 30] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚',
        '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š',
    ];
    match byte {
        0x80..=0x9d => FROM_80[usize::from(byte - 0x80)],
        0x9e => 'ž',
        0xa0 => '€',
        byte => char::from(byte),
    }
}

/// The root of the file.
pub fn catalogue(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get(pdf.xref().root_id())
}

/// A tree of numbers, or of names, as a list of its leaves; keys are decoded for the caller.
fn leaves<'a, K>(
    root: Dict<'a>,
    entries: &str,
    key: impl Fn(Object<'a>) -> Option<K>,
) -> Vec<(K, Object<'a>)> {
    let mut found = Vec::new();
    let mut left = MOST_NODES;
    let mut open = vec![(root, 0)];
    while let Some((node, depth)) = open.pop() {
        if let Some(list) = node.get::<Array<'a>>(entries) {
            let mut list = list.iter::<Object<'a>>();
            while let (Some(name), Some(value), 1..) = (list.next(), list.next(), left) {
                left -= 1;
                found.extend(key(name).map(|key| (key, value)));
            }
        }
        let kids = node.get::<Array<'a>>("Kids").filter(|_| depth < DEEPEST);
        let mut kids: Vec<_> = kids
            .into_iter()
            .flat_map(|kids| kids.iter::<Dict<'a>>().take(left).collect::<Vec<_>>())
            .map(|kid| (kid, depth + 1))
            .collect();
        left = left.saturating_sub(kids.len());
        kids.reverse();
        open.append(&mut kids);
    }
    found
}

/// A tree of numbers.
pub fn numbers<'a>(root: Dict<'a>) -> Vec<(i64, Object<'a>)> {
    leaves(root, "Nums", |key| key.into_number().map(|n| n.as_i64()))
}

/// A tree of names.
fn names<'a>(root: Dict<'a>) -> Vec<(Vec<u8>, Object<'a>)> {
    let bytes = |key: Bytes<'_>| key.as_bytes().to_vec();
    leaves(root, "Names", |key| key.into_string().map(bytes))
}

/// A place on a page: its number in the file, and how far from its upper edge; the edge itself for a page as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spot {
    /// From 0.
    pub page: usize,
    /// In points.
    pub down: f64,
}

/// All that is needed to find where a destination is.
pub struct Destinations<'a> {
    pages: BTreeMap<ObjectIdentifier, usize>,
    /// The upper edge of each page.
    tops: Vec<f64>,
    named: BTreeMap<Vec<u8>, Object<'a>>,
}

impl<'a> Destinations<'a> {
    /// Of a file.
    pub fn of(pdf: &'a Pdf) -> Destinations<'a> {
        let pages = pdf.pages();
        let ids = pages.iter().enumerate();
        let ids = ids.filter_map(|(at, page)| Some((page.raw().obj_id()?, at)));
        let root = catalogue(pdf);
        let tree = root.as_ref().and_then(|root| root.get::<Dict<'a>>("Names"));
        let tree = tree.and_then(|names| names.get::<Dict<'a>>("Dests"));
        let mut named: BTreeMap<_, _> = tree.map(names).unwrap_or_default().into_iter().collect();
        // As PDF 1.1 had them.
        if let Some(old) = root.and_then(|root| root.get::<Dict<'a>>("Dests")) {
            let entries = old.keys().take(MOST_NODES);
            let entries = entries.filter_map(|key| Some((key.to_vec(), old.get(&*key)?)));
            named.extend(entries);
        }
        Destinations {
            pages: ids.collect(),
            tops: pages
                .iter()
                .map(|page| page.intersected_crop_box().y1)
                .collect(),
            named,
        }
    }

    /// Where a destination is: an array, a name, or a dictionary around one.
    pub fn spot(&self, dest: Object<'a>) -> Option<Spot> {
        self.find(dest, 0)
    }

    fn find(&self, dest: Object<'a>, depth: usize) -> Option<Spot> {
        if depth > 4 {
            return None;
        }
        let named = |name: &[u8]| self.find(self.named.get(name)?.clone(), depth + 1);
        match dest {
            Object::String(name) => named(name.as_bytes()),
            Object::Name(name) => named(&name),
            Object::Dict(dict) => self.find(dict.get("D")?, depth + 1),
            Object::Array(array) => {
                let first = array.raw_iter().next()?;
                let page = match first.as_obj_ref() {
                    Some(page) => *self.pages.get(&page.into())?,
                    None => array.iter::<Number>().next()?.as_i64().try_into().ok()?,
                };
                let top = *self.tops.get(page)?;
                let mut rest = array.iter::<Object<'_>>().skip(1);
                let kind = rest.next().and_then(Object::into_name);
                let at = match kind.as_ref().map(|kind: &Name<'_>| kind.as_str()) {
                    Some("XYZ") => rest.nth(1),
                    Some("FitH" | "FitBH") => rest.next(),
                    _ => None,
                };
                let at = at.and_then(Object::into_number).map(|at| at.as_f64());
                Some(Spot {
                    page,
                    down: at.map_or(0.0, |at| top - at).max(0.0),
                })
            }
            _ => None,
        }
    }

    /// Where an action, or a link or an outline's entry with one, leads within the file.
    pub fn target(&self, holder: &Dict<'a>) -> Option<Spot> {
        if let Some(dest) = holder.get("Dest") {
            return self.spot(dest);
        }
        let action = holder.get::<Dict<'a>>("A")?;
        let kind = action.get::<Name<'_>>("S")?;
        (kind.as_str() == "GoTo").then(|| self.spot(action.get("D")?))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_three_codings() {
        assert_eq!(decoded(b"\xfe\xff\x00S\x20\x14"), "S—");
        assert_eq!(decoded(b"\xff\xfeS\x00"), "S");
        assert_eq!(decoded(b"\xef\xbb\xbf\xc3\xa9"), "é");
        assert_eq!(decoded(b"caf\xe9 \x84 \x8dx\x8e"), "café — “x”");
        assert_eq!(decoded(b""), "");
    }
}
