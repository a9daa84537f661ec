//! Links: annotations on the pages, each known to its element.

use std::collections::BTreeMap;

use lopdf::{Object, ObjectId};

use crate::pdf::content::Corners;
use crate::pdf::syntax::{name, write_corners, write_int, write_string, write_text};
use crate::typeset::frame::LinkTarget;

use super::dests::Targets;
use super::{Book, Draft};

/// A link's description is no longer than this: it is read aloud.
const LONGEST: usize = 200;

/// An annotation.
pub struct Link {
    /// Where it leads.
    pub target: LinkTarget,
    /// What it covers.
    corners: Corners,
    /// Its object.
    pub id: ObjectId,
    /// The page it is on.
    pub page: usize,
    /// Its element.
    pub element: u32,
    /// Its number in the parent tree: pages come first.
    pub parent: usize,
}

/// Finds the links of all pages.
pub fn collect(draft: &mut Draft, book: &Book<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    for (page, sheet) in book.sheets.iter().enumerate() {
        for spot in &sheet.links {
            if let LinkTarget::Dest(dest) = spot.target
                && dest.0 as usize >= book.list.dests.len()
            {
                continue;
            }
            links.push(Link {
                target: spot.target.clone(),
                corners: spot.corners,
                id: draft.id(),
                page,
                element: spot.element.0,
                parent: book.sheets.len() + links.len(),
            });
        }
    }
    links
}

/// Writes the annotations and hangs them to their pages.
pub fn write(draft: &mut Draft, book: &Book<'_>, links: &[Link], targets: &Targets<'_>) {
    let mut texts: BTreeMap<u32, String> = BTreeMap::new();
    for (slot, text) in book.sheets.iter().flat_map(|sheet| &sheet.texts) {
        if let Some(link) = book.tagging.link(*slot) {
            texts.entry(link).or_default().push_str(text);
        }
    }
    for link in links {
        let out = draft.packed.begin(link.id);
        out.extend_from_slice(b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
        write_corners(out, link.corners);
        out.push(b']');
        if book.spec.tagged {
            out.extend_from_slice(b"/StructParent ");
            write_int(out, link.parent as i64);
        }
        out.extend_from_slice(b"/Contents");
        let fallback = match &link.target {
            LinkTarget::Url(url) => url,
            LinkTarget::Dest(dest) => targets.name(*dest),
        };
        let said = texts.get(&link.element).map(|text| spoken(text));
        let said = said.filter(|text| !text.is_empty());
        write_text(out, &said.unwrap_or_else(|| spoken(fallback)));
        match &link.target {
            LinkTarget::Url(url) => {
                out.extend_from_slice(b"/A<</S/URI/URI");
                write_string(out, &ascii(url));
                out.extend_from_slice(b">>");
            }
            LinkTarget::Dest(dest) => targets.lead(out, *dest),
        }
        out.extend_from_slice(b">>");
    }
    for links in links.chunk_by(|a, b| a.page == b.page) {
        let page = links.first().and_then(|link| draft.pages.get(link.page));
        if let Some(Ok(dict)) = page.map(|id| draft.doc.get_dictionary_mut(*id)) {
            let refs: Vec<_> = links.iter().map(|link| Object::from(link.id)).collect();
            dict.set("Annots", refs);
            dict.set("Tabs", name("S"));
        }
    }
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
