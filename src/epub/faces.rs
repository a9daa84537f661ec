//! The fonts that an EPUB carries.
//!
//! In: what the chapters' words are set in, the faces at hand. Out: a font file per face that is used, cut down to the
//! characters set in it with their layout features kept, and the `@font-face` rules that name them. Only faces of the
//! book's own and bundled ones are carried: those of the machine are not the author's to give away.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rayon::prelude::*;
use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{NameId, Tag};
use skrifa::raw::{FontRef, TableProvider};

use super::css::quoted;
use super::looks::Usage;
use crate::font::{Face, FaceId, FaceOrigin, Fonts, freeze};
use crate::theme::{Caps, Declaration, Family, Theme};
use crate::unit::Abs;

/// OS/2 `fsType`: "restricted licence embedding", the maker allows none.
const RESTRICTED: u16 = 2;

/// The size that readers' systems begin with, give or take; nobody knows which one a reader chooses.
const READING_SIZE: Abs = Abs::pt(12.0);

/// A font file of the EPUB.
pub(super) struct FontFile {
    /// From the package.
    pub path: String,
    pub mime: &'static str,
    pub data: Vec<u8>,
}

/// Cuts out what was used. The second value is the style sheet's `@font-face` rules.
pub(super) fn embed(
    usages: Vec<Usage<'_>>,
    fonts: &Fonts,
    theme: &Theme,
) -> (Vec<FontFile>, String) {
    let mut wanted: BTreeMap<FaceId, BTreeSet<char>> = BTreeMap::new();
    for (look, chars) in usages.into_iter().flatten() {
        let id = fonts.select(look.families, look.weight, look.italic, READING_SIZE);
        // A style sheet names families: a face found for lack of the one named would never be asked for.
        if named(look.families, fonts.face(id)) {
            wanted.entry(id).or_default().extend(chars);
        }
    }
    let features = features(theme);
    let faces: Vec<_> = wanted
        .into_iter()
        .filter(|(id, _)| may_embed(fonts.face(*id)))
        .collect();
    let files: Vec<Option<FontFile>> = faces
        .par_iter()
        .map(|(id, chars)| {
            let face = fonts.face(*id);
            cut(face, chars, &features).map(|data| FontFile {
                path: format!("fonts/{}.{}", file_name(face), ending(&data)),
                mime: mime(&data),
                data,
            })
        })
        .collect();
    let mut rules = String::new();
    for ((id, _), file) in faces.iter().zip(&files) {
        let (face, Some(file)) = (fonts.face(*id), file) else {
            continue;
        };
        let family = quoted(face.family());
        let style = if face.italic() { "italic" } else { "normal" };
        let _ = writeln!(
            rules,
            "@font-face {{\n  font-family: {family};\n  font-style: {style};\n  font-weight: {};\n  src: url(\"{}\");\n}}",
            face.weight(),
            file.path,
        );
    }
    (files.into_iter().flatten().collect(), rules)
}

fn named(families: &[Family], face: &Face) -> bool {
    families.iter().any(|family| match family {
        Family::Named(name) => name.trim().eq_ignore_ascii_case(face.family()),
        Family::Serif | Family::Sans | Family::Mono => false,
    })
}

fn may_embed(face: &Face) -> bool {
    // One face of a collection would drag its siblings along.
    let lone = face.index() == 0 && !face.bytes().starts_with(b"ttcf");
    lone && !matches!(face.origin(), FaceOrigin::System(_)) && face.embedding() & 0xf != RESTRICTED
}

fn file_name(face: &Face) -> String {
    let name: String = face
        .name()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    if name.is_empty() {
        format!("font-{}", face.weight())
    } else {
        name
    }
}

fn is_cff(data: &[u8]) -> bool {
    data.starts_with(b"OTTO")
}

fn ending(data: &[u8]) -> &'static str {
    if is_cff(data) { "otf" } else { "ttf" }
}

fn mime(data: &[u8]) -> &'static str {
    if is_cff(data) { "font/otf" } else { "font/ttf" }
}

/// The features that a reading system may be asked for: what every text needs, and what the theme turns on.
fn features(theme: &Theme) -> BTreeSet<[u8; 4]> {
    let mut tags: BTreeSet<[u8; 4]> = BTreeSet::new();
    let all = theme.roles.values().chain(theme.classes.values()).flatten();
    for declaration in all {
        match declaration {
            Declaration::Caps(Caps::Small) => tags.extend([*b"smcp"]),
            Declaration::Caps(Caps::AllSmall) => tags.extend([*b"smcp", *b"c2sc"]),
            Declaration::Figures(figures) => {
                tags.insert(if figures.old_style {
                    *b"onum"
                } else {
                    *b"lnum"
                });
                tags.insert(if figures.tabular { *b"tnum" } else { *b"pnum" });
            }
            Declaration::Caps(Caps::All) => tags.extend([*b"case"]),
            Declaration::Ligatures(ligatures) => {
                let kinds = [
                    (ligatures.discretionary, *b"dlig"),
                    (ligatures.historical, *b"hlig"),
                ];
                tags.extend(kinds.iter().filter(|kind| kind.0).map(|kind| kind.1));
            }
            Declaration::Features(list) => {
                let on = list.iter().filter(|(_, value)| *value > 0);
                tags.extend(on.map(|(tag, _)| *tag));
            }
            _ => {}
        }
    }
    tags
}

/// A face with only these characters; whole, if it cannot be cut. `None` if it has none of them.
fn cut(face: &Face, chars: &BTreeSet<char>, features: &BTreeSet<[u8; 4]>) -> Option<Vec<u8>> {
    let chars: Vec<char> = chars.iter().copied().filter(|c| face.has(*c)).collect();
    if chars.iter().all(|c| c.is_whitespace()) {
        return None;
    }
    let bytes = face.bytes();
    let font = FontRef::from_index(bytes, face.index()).ok()?;
    // Old reading systems know no axes: they would show every weight as the same.
    let frozen = font.fvar().is_ok().then(|| freeze(bytes, face.settings()));
    let frozen = frozen.flatten();
    let (bytes, font) = match &frozen {
        Some(frozen) => (frozen.as_slice(), FontRef::new(frozen).ok()?),
        None => (bytes, font),
    };
    // CFF outlines cannot be cut: such a face goes along whole.
    if font.glyf().is_err() {
        return Some(bytes.to_vec());
    }
    let unicodes: IntSet<u32> = chars.iter().map(|c| *c as u32).collect();
    let drop: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().collect();
    let mut scripts: IntSet<Tag> = IntSet::empty();
    scripts.invert();
    let mut layout: IntSet<Tag> = DEFAULT_LAYOUT_FEATURES.iter().copied().collect();
    layout.extend(features.iter().map(Tag::new));
    // Names that a licence or a menu needs: copyright to PostScript name, licence and its address.
    let names: IntSet<NameId> = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
        .map(NameId::new)
        .into_iter()
        .collect();
    let mut languages: IntSet<u16> = IntSet::empty();
    languages.insert(0x0409);
    let plan = Plan::new(
        &IntSet::empty(),
        &unicodes,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &drop,
        &scripts,
        &layout,
        &names,
        &languages,
    );
    Some(subset_font(&font, &plan).unwrap_or_else(|_| bytes.to_vec()))
}
