//! A face as an EPUB carries it: cut down to what is set in it, with its layout kept.
//!
//! In: a face, the characters that are set in it, with which features. Out: a font file that shapes those characters to the
//! same glyphs in the same places as the whole font does.
//!
//! Steps: one font of its file, standing still; the glyphs that its characters can become, for each set of
//! features on its own, since small capitals are wanted of few letters; everything cut down to those glyphs by `skera`;
//! outlines of the PostScript kind, which it leaves alone, by `subsetter`, in the same order, and the kerning of old fonts
//! by `kern`.

use std::collections::{BTreeMap, BTreeSet};

use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use skrifa::GlyphId;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{NameId, Tag};
use skrifa::raw::{FontRef, TableProvider};
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;

use super::kern::kern;
use super::{Face, freeze};

/// The characters that are set with a set of features, beside those that every text has.
pub type Wanted = BTreeMap<BTreeSet<[u8; 4]>, BTreeSet<char>>;

/// Outlines of the PostScript kind.
const CFF: Tag = Tag::new(b"CFF ");

/// Names that a licence or a menu needs: copyright to PostScript name, trademark, maker, licence and its address,
/// family and style (OpenType, `name`).
const NAMES: [u16; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17];

/// English of the United States, in which nearly all fonts have their names.
const ENGLISH: u16 = 0x0409;

/// Features of lines that run from top to bottom.
const VERTICAL: [[u8; 4]; 7] = [
    *b"valt", *b"vert", *b"vkrn", *b"vpal", *b"vrt2", *b"vchw", *b"vhal",
];

/// Fractions: readers make them of digits round a fraction slash, unasked.
const FRACTIONS: [[u8; 4]; 3] = [*b"frac", *b"numr", *b"dnom"];
const FRACTION_SLASH: char = '\u{2044}';

/// Features of `skera`'s list that no reading system turns on by itself.
const UNASKED: [[u8; 4]; 2] = [*b"rand", *b"jalt"];

/// A face with only these characters. `None` if it shows none of them, or cannot be read; whole, if it cannot be cut.
/// `vertical`: lines run from top to bottom.
pub fn cut(face: &Face, wanted: &Wanted, vertical: bool) -> Option<Vec<u8>> {
    let shown: Vec<(&BTreeSet<[u8; 4]>, IntSet<u32>)> = wanted
        .iter()
        .map(|(features, chars)| {
            let chars = chars.iter().filter(|c| face.has(**c));
            (features, chars.map(|c| *c as u32).collect())
        })
        .collect();
    let all: IntSet<u32> = shown.iter().flat_map(|(_, chars)| chars.iter()).collect();
    let is_space = |code: u32| char::from_u32(code).is_none_or(char::is_whitespace);
    if all.iter().all(is_space) {
        return None;
    }
    let bytes = whole(face)?;
    let font = FontRef::new(&bytes).ok()?;
    let features = |more: &BTreeSet<[u8; 4]>, chars: &IntSet<u32>| -> IntSet<Tag> {
        let slashed = chars.contains(FRACTION_SLASH as u32);
        let usual = DEFAULT_LAYOUT_FEATURES.iter().copied().filter(|tag| {
            let tag = tag.to_be_bytes();
            !UNASKED.contains(&tag)
                && (vertical || !VERTICAL.contains(&tag))
                && (slashed || !FRACTIONS.contains(&tag))
        });
        usual.chain(more.iter().map(Tag::new)).collect()
    };
    if let [(more, chars)] = shown.as_slice() {
        let flags = SubsetFlags::SUBSET_FLAGS_NO_HINTING;
        let plan = plan(
            &font,
            chars,
            &IntSet::empty(),
            &features(more, chars),
            flags,
        );
        return Some(subset(&font, &plan).unwrap_or_else(|| bytes.clone()));
    }
    // What the characters can become by each set of features, and by all of them.
    let mut glyphs: IntSet<GlyphId> = IntSet::empty();
    let mut asked: IntSet<Tag> = IntSet::empty();
    for (more, chars) in &shown {
        let features = features(more, chars);
        let plan = plan(
            &font,
            chars,
            &IntSet::empty(),
            &features,
            SubsetFlags::default(),
        );
        glyphs.extend(plan.old_to_new_glyph_mapping().map(|(old, _)| old));
        asked.extend(features.iter());
    }
    let flags = SubsetFlags::SUBSET_FLAGS_NO_HINTING | SubsetFlags::SUBSET_FLAGS_NO_LAYOUT_CLOSURE;
    let plan = plan(&font, &all, &glyphs, &asked, flags);
    Some(subset(&font, &plan).unwrap_or_else(|| bytes.clone()))
}

fn plan(
    font: &FontRef<'_>,
    chars: &IntSet<u32>,
    glyphs: &IntSet<GlyphId>,
    features: &IntSet<Tag>,
    flags: SubsetFlags,
) -> Plan {
    let mut drop: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().collect();
    drop.insert(CFF);
    let mut scripts: IntSet<Tag> = IntSet::empty();
    scripts.invert();
    let names: IntSet<NameId> = NAMES.map(NameId::new).into_iter().collect();
    let mut languages: IntSet<u16> = IntSet::empty();
    languages.insert(ENGLISH);
    Plan::new(
        glyphs, chars, font, flags, &drop, &scripts, features, &names, &languages,
    )
}

/// `None` if it cannot be done.
fn subset(font: &FontRef<'_>, plan: &Plan) -> Option<Vec<u8>> {
    let cut = subset_font(font, plan).ok()?;
    let glyphs: BTreeMap<GlyphId, GlyphId> = plan.old_to_new_glyph_mapping().collect();
    let mut more: Vec<(Tag, Vec<u8>)> = Vec::new();
    if font.cff().is_ok() {
        more.push((CFF, outlines(font, &glyphs)?));
    }
    let kerned = font.gpos().is_err().then(|| kern(font, &glyphs)).flatten();
    more.extend(kerned.map(|table| (Tag::new(b"kern"), table)));
    if more.is_empty() {
        return Some(cut);
    }
    let mut builder = FontBuilder::new();
    for (tag, table) in more {
        builder.add_raw(tag, table);
    }
    Some(
        builder
            .copy_missing_tables(FontRef::new(&cut).ok()?)
            .build(),
    )
}

/// Outlines of the PostScript kind, in the order of the new glyphs.
fn outlines(font: &FontRef<'_>, glyphs: &BTreeMap<GlyphId, GlyphId>) -> Option<Vec<u8>> {
    let mut order: Vec<(GlyphId, GlyphId)> = glyphs.iter().map(|(old, new)| (*old, *new)).collect();
    order.sort_by_key(|(_, new)| *new);
    let mut remapper = GlyphRemapper::new();
    for (old, new) in order {
        let at = remapper.remap(u16::try_from(old.to_u32()).ok()?);
        if u32::from(at) != new.to_u32() {
            return None;
        }
    }
    let cut = subsetter::subset(font.data().as_bytes(), 0, &remapper).ok()?;
    let table = FontRef::new(&cut).ok()?.data_for_tag(CFF)?;
    Some(table.as_bytes().to_vec())
}

/// A face's font alone and standing still: out of its collection, off its axes, for old reading systems know neither.
pub fn whole(face: &Face) -> Option<Vec<u8>> {
    let bytes = face.bytes();
    let font = FontRef::from_index(bytes, face.index()).ok()?;
    let alone = if bytes.starts_with(b"ttcf") {
        FontBuilder::new().copy_missing_tables(font.clone()).build()
    } else {
        bytes.to_vec()
    };
    if font.fvar().is_err() {
        return Some(alone);
    }
    Some(freeze(&alone, face.settings()).unwrap_or(alone))
}
