//! Links: annotations on the pages, each known to its element.

use std::collections::BTreeMap;

use lopdf::{Object, ObjectId};

use crate::pdf::syntax::{name, write_int, write_milli, write_string, write_text};
use crate::typeset::frame::LinkTarget;

use super::{Book, Draft};

/// A link's description is no longer than this: it is read aloud.
const LONGEST: usize = 200;

/// An annotation.
pub struct Link {
    /// Its object.
    pub id: ObjectId,
    /// The page it is on.
    pub page: usize,
    /// Its element.
    pub element: u32,
    /// Its number in the parent tree: pages come first.
    pub parent: usize,
}

/// Writes the annotations and hangs them to their pages.
pub fn write(draft: &mut Draft, book: &Book<'_>) -> Vec<Link> {
    let mut texts: BTreeMap<u32, String> = BTreeMap::new();
    for (slot, text) in book.sheets.iter().flat_map(|sheet| &sheet.texts) {
        if let Some(link) = book.tagging.link(*slot) {
            texts.entry(link).or_default().push_str(text);
        }
    }
    let mut links: Vec<Link> = Vec::new();
    for (page, sheet) in book.sheets.iter().enumerate() {
        let before = links.len();
        for spot in &sheet.links {
            let dest = match &spot.target {
                LinkTarget::Url(_) => None,
                LinkTarget::Dest(id) => match book.list.dests.get(id.0 as usize) {
                    Some(dest) => Some(dest),
                    None => continue,
                },
            };
            let link = Link {
                id: draft.id(),
                page,
                element: spot.element.0,
                parent: book.sheets.len() + links.len(),
            };
            let out = draft.packed.begin(link.id);
            out.extend_from_slice(b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
            for (index, side) in spot.corners.into_iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write_milli(out, side);
            }
            out.push(b']');
            if book.spec.tagged {
                out.extend_from_slice(b"/StructParent ");
                write_int(out, link.parent as i64);
            }
            out.extend_from_slice(b"/Contents");
            let fallback = match &spot.target {
                LinkTarget::Url(url) => url,
                LinkTarget::Dest(_) => dest.map_or("", |dest| dest.name.as_str()),
            };
            let said = texts.get(&spot.element.0).map(|text| spoken(text));
            let said = said.filter(|text| !text.is_empty());
            write_text(out, &said.unwrap_or_else(|| spoken(fallback)));
            match (&spot.target, dest) {
                (LinkTarget::Url(url), _) => {
                    out.extend_from_slice(b"/A<</S/URI/URI");
                    write_string(out, &ascii(url));
                    out.extend_from_slice(b">>");
                }
                (LinkTarget::Dest(_), dest) => {
                    out.extend_from_slice(b"/Dest");
                    write_string(out, dest.map_or("", |dest| dest.name.as_str()).as_bytes());
                }
            }
            out.extend_from_slice(b">>");
            links.push(link);
        }
        if links.len() > before
            && let Some(dict) = draft
                .pages
                .get(page)
                .and_then(|id| draft.doc.get_dictionary_mut(*id).ok())
        {
            let refs: Vec<_> = links[before..].iter().map(|l| Object::from(l.id)).collect();
            dict.set("Annots", refs);
            dict.set("Tabs", name("S"));
        }
    }
    links
}

/// A link's text as it is read aloud: without soft hyphens, with single spaces.
fn spoken(text: &str) -> String {
    let mut said = String::new();
    for word in text.split_whitespace() {
        if !said.is_empty() {
            said.push(' ');
        }
        said.extend(word.chars().filter(|c| *c != '\u{ad}'));
        if said.len() > LONGEST {
            break;
        }
    }
    said
}

/// A URL in ASCII: everything else as `%` and two digits.
fn ascii(url: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() {
            out.push(byte);
        } else {
            out.extend_from_slice(format!("%{byte:02X}").as_bytes());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_ascii_and_words_are_whole() {
        assert_eq!(ascii("http://a/é b"), b"http://a/%C3%A9%20b");
        assert_eq!(spoken(" the\n com\u{ad}mon  way"), "the common way");
    }
}
