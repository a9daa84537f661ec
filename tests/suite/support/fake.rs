//! A font of which everything is known: every glyph is half an em wide and empty, capitals are 0.7 em and an x is half an em
//! high, lines reach from 0.8 em above to 0.2 em below. With it and the theme beside it, dumps have round numbers.

/// A book's `fonts/` folder: names and bytes of the upright, italic, bold and bold italic faces of the family `Fake`.
pub fn files() -> Vec<(String, Vec<u8>)> {
    let faces = [
        ("Regular", 0u16),
        ("Bold", 1),
        ("Italic", 2),
        ("Bold Italic", 3),
    ];
    faces
        .iter()
        .map(|(style, mac)| (format!("fonts/{style}.ttf"), face(style, *mac)))
        .collect()
}

/// A theme in it: a type area of 200 × 120 pt, so 40 letters wide and 10 lines of 12 pt deep, which begins 30 pt below the
/// top of the page, 20 pt from its inner and 30 pt from its outer edge. On such small pages the space below titles keeps its lines.
pub const THEME: &str = "\
extends: novel
page:
  trim: {width: 250pt, height: 180pt}
  margins: {inner: 20pt, outer: 30pt, head: 30pt, foot: 30pt}
  head-gap: 10pt
  ends: {like: strict, opening: 10000000}
  folio-gap: 20pt
roles:
  body: {family: Fake, size: 10pt, leading: 12pt, indent: 10pt, hyphenate: false, figures: lining}
  heading-1: {size: 10pt, leading: 1line, align: start, sink: 2lines, after: 1line}
  heading-2: {size: 10pt, before: 1line, after: 1line}
  heading-3: {size: 10pt}
  heading-4: {caps: none, tracking: 0}
  quote: {start: 20pt, end: 20pt}
  code: {family: Fake, size: 10pt}
  code-block: {family: Fake, size: 10pt, leading: 1line, padding: 0}
  code-title: {family: Fake, size: 10pt}
  caption: {size: 10pt, leading: 1line}
  caption-label: {caps: none}
  table: {size: 10pt, leading: 1line}
  admonition-title: {caps: none, tracking: 0}
  chapter-number: {caps: none, tracking: 0}
  list-item: {start: 20pt}
  footnote: {size: 8pt, leading: 10pt}
  running-head: {size: 10pt}
  folio: {size: 10pt, figures: lining}
";

/// The characters that it has: Latin letters, and the punctuation that is made of typed quotes, dashes and spaces.
const RANGES: &[(u32, u32)] = &[(0x20, 0x24f), (0x2000, 0x206f), (0x2190, 0x21ff)];

fn face(style: &str, mac: u16) -> Vec<u8> {
    let glyphs = RANGES.iter().map(|(a, b)| b - a + 1).sum::<u32>() + 1;
    let mut tables = vec![
        (*b"cmap", cmap()),
        (*b"head", head(mac)),
        (
            *b"hhea",
            words(&[
                1, 0, 800, 0xff38, 0, 500, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, 1,
            ]),
        ),
        // One advance, and a left side bearing of 0 for every glyph.
        (*b"hmtx", {
            let mut all = vec![0; glyphs as usize + 1];
            all[0] = 500;
            words(&all)
        }),
        (*b"maxp", words(&[0, 0x5000, glyphs as u16])),
        (*b"name", name(style)),
    ];
    tables.sort();
    let mut out = words(&[1, 0, tables.len() as u16, 0, 0, 0]);
    let mut at = out.len() + 16 * tables.len();
    for (tag, data) in &tables {
        out.extend(tag);
        out.extend([0; 4]);
        out.extend((at as u32).to_be_bytes());
        out.extend((data.len() as u32).to_be_bytes());
        at += data.len().next_multiple_of(4);
    }
    for (_, mut data) in tables {
        data.resize(data.len().next_multiple_of(4), 0);
        out.extend(data);
    }
    out
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn head(mac: u16) -> Vec<u8> {
    let mut out = words(&[1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000]);
    out.extend([0; 16]);
    out.extend(words(&[0, 0xff38, 500, 800, mac, 6, 2, 0, 0]));
    out
}

/// Groups of characters, each to its own glyph.
fn cmap() -> Vec<u8> {
    let mut out = words(&[0, 1, 3, 10, 0, 12, 12, 0]);
    let groups = RANGES.len() as u32;
    out.extend(
        [16 + 12 * groups, 0, groups]
            .iter()
            .flat_map(|n| n.to_be_bytes()),
    );
    let mut glyph = 1u32;
    for (first, last) in RANGES {
        out.extend([*first, *last, glyph].iter().flat_map(|n| n.to_be_bytes()));
        glyph += last - first + 1;
    }
    out
}

fn name(style: &str) -> Vec<u8> {
    let texts = [
        (1, "Fake".to_owned()),
        (2, style.to_owned()),
        (6, format!("Fake-{}", style.replace(' ', ""))),
    ];
    let mut out = words(&[0, texts.len() as u16, 6 + 12 * texts.len() as u16]);
    let mut storage = Vec::new();
    for (id, text) in &texts {
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let length = 2 * utf16.len() as u16;
        out.extend(words(&[3, 1, 0x409, *id, length, storage.len() as u16]));
        storage.extend(words(&utf16));
    }
    out.extend(storage);
    out
}
