//! The fonts that an EPUB carries.
//!
//! In: what the chapters' words are set in, the faces at hand. Out: a font file per face that is used, cut down to the
//! characters set in it with their layout features kept, the `@font-face` rules that name them, and the theme with the
//! families that have what its own lack: a word in another script is set in the same face as in print. Only faces of the
//! book's own and bundled ones are carried: those of the machine are not the author's to give away; and of the book's own
//! those that their makers let go, whole or hidden where they ask for that.
//!
//! They are TrueType and OpenType as they are. WOFF2 is a third smaller and EPUB 3.3 has it, but Kindle's converter and
//! readers built on Adobe's do not know it, and a book that falls back there to another font is no gain.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rayon::prelude::*;

use super::css::quoted;
use super::looks::Usage;
use crate::font::{Face, FaceId, FaceOrigin, Fonts, Wanted, cut, whole};
use crate::theme::{Declaration, Family, Theme};
use crate::unit::Abs;

/// The size that readers' systems begin with, give or take; nobody knows which one a reader chooses.
const READING_SIZE: Abs = Abs::pt(12.0);

/// Hyphens: where a reading system breaks a word, it writes one of them.
const HYPHENS: [char; 2] = ['-', '\u{2010}'];

/// A font file of the EPUB.
pub(super) struct FontFile {
    /// From the package.
    pub path: String,
    pub mime: &'static str,
    pub data: Vec<u8>,
    /// It must not be of use outside the book.
    pub is_hidden: bool,
}

/// How the book wants its fonts.
#[derive(Clone, Copy)]
pub(super) struct Ways {
    /// Lines run from top to bottom.
    pub vertical: bool,
    /// Whether fonts of the book's own are hidden; by what each of them says, if the book does not.
    pub hide: Option<bool>,
}

/// What the package and the style sheet take in of fonts.
pub(super) struct Embedded {
    pub files: Vec<FontFile>,
    /// The style sheet's `@font-face` rules.
    pub rules: String,
    /// The families that stand in for characters that those of the theme lack.
    pub others: BTreeSet<String>,
}

/// Cuts out what was used.
pub(super) fn embed(usages: Vec<Usage<'_>>, fonts: &Fonts, ways: Ways) -> Embedded {
    let mut used: BTreeMap<FaceId, Wanted> = BTreeMap::new();
    // What the theme calls each: a family may have a name for each size that it is drawn for.
    let mut names: BTreeMap<FaceId, BTreeSet<String>> = BTreeMap::new();
    let mut others = BTreeSet::new();
    for (look, mut chars) in merged(usages) {
        let id = fonts.select(look.families, look.weight, look.italic, READING_SIZE);
        let face = fonts.face(id);
        // A style sheet names families: a face found for lack of the one named would never be asked for.
        let Some(name) = name_of(look.families, id, fonts) else {
            continue;
        };
        names.entry(id).or_default().insert(name.to_owned());
        for c in chars
            .iter()
            .copied()
            .filter(|c| is_drawn(*c) && !face.has(*c))
        {
            let other = fonts.fallback(c, id);
            if let Some(other) = other.filter(|other| may_embed(fonts.face(*other))) {
                let family = fonts.face(other).family().to_owned();
                names.entry(other).or_default().insert(family.clone());
                others.insert(family);
                let wanted = used.entry(other).or_default();
                wanted.entry(look.features.clone()).or_default().insert(c);
            }
        }
        if chars.iter().any(|c| c.is_alphabetic()) {
            chars.extend(HYPHENS);
        }
        let wanted = used.entry(id).or_default();
        wanted.entry(look.features).or_default().extend(chars);
    }
    let faces: Vec<_> = used
        .into_iter()
        .filter(|(id, _)| may_embed(fonts.face(*id)))
        .collect();
    let data: Vec<Option<Vec<u8>>> = faces
        .par_iter()
        .map(|(id, wanted)| file(fonts.face(*id), wanted, ways.vertical))
        .collect();
    let (mut files, mut rules, mut taken) = (Vec::new(), String::new(), BTreeSet::new());
    for ((id, _), data) in faces.iter().zip(data) {
        let (face, Some(data)) = (fonts.face(*id), data) else {
            continue;
        };
        let name = file_name(face, &mut taken);
        let path = format!("fonts/{name}.{}", ending(&data));
        let style = if face.italic() { "italic" } else { "normal" };
        for family in names.get(id).into_iter().flatten() {
            let _ = writeln!(
                rules,
                "@font-face {{\n  font-family: {};\n  font-style: {style};\n  font-weight: {};\n  src: url(\"{path}\");\n}}",
                quoted(family),
                face.weight(),
            );
        }
        let own = matches!(face.origin(), FaceOrigin::Book(_));
        let asks = face.licence().is_for_reading();
        files.push(FontFile {
            path,
            mime: mime(&data),
            data,
            is_hidden: own && ways.hide.unwrap_or(asks),
        });
    }
    Embedded {
        files,
        rules,
        others,
    }
}

/// The usages of all chapters as one.
fn merged(usages: Vec<Usage<'_>>) -> Usage<'_> {
    let mut all = Usage::new();
    for (look, chars) in usages.into_iter().flatten() {
        all.entry(look).or_default().extend(chars);
    }
    all
}

/// Whether a character needs a glyph: spaces, and what only steers, do not.
fn is_drawn(c: char) -> bool {
    !(c.is_whitespace()
        || c.is_control()
        || matches!(c as u32, 0xad | 0x34f | 0x61c | 0x200b..=0x200f | 0x202a..=0x202e
            | 0x2060..=0x206f | 0xfe00..=0xfe0f | 0xfeff | 0xe0000..=0xe0fff))
}

/// The theme, with other families behind those that it names, before the kind of font that the reader has.
pub(super) fn with_others(theme: &Theme, others: &BTreeSet<String>) -> Theme {
    let mut theme = theme.clone();
    let lists = theme.roles.values_mut().chain(theme.classes.values_mut());
    for declaration in lists.flatten() {
        let Declaration::Family(families) = declaration else {
            continue;
        };
        let is_named = |family: &Family| matches!(family, Family::Named(_));
        let at = families.iter().position(|family| !is_named(family));
        let at = at.unwrap_or(families.len());
        if at == 0 {
            // The reader's own font, which has what its reader needs.
            continue;
        }
        let new = |name: &&String| {
            let named = |family: &Family| matches!(family, Family::Named(own) if own.trim().eq_ignore_ascii_case(name));
            !families.iter().any(named)
        };
        let more: Vec<Family> = others
            .iter()
            .filter(new)
            .cloned()
            .map(Family::Named)
            .collect();
        families.splice(at..at, more);
    }
    theme
}

/// The face with what is wanted of it; whole, if its maker wants it so.
fn file(face: &Face, wanted: &Wanted, vertical: bool) -> Option<Vec<u8>> {
    let cut = cut(face, wanted, vertical)?;
    if face.licence().is_whole_only() {
        return whole(face);
    }
    Some(cut)
}

/// The name by which a style sheet asks for a face.
fn name_of<'f>(families: &'f [Family], id: FaceId, fonts: &Fonts) -> Option<&'f str> {
    families.iter().find_map(|family| match family {
        Family::Named(name) => fonts.is_of(id, name).then(|| name.trim()),
        Family::Serif | Family::Sans | Family::Mono => None,
    })
}

fn may_embed(face: &Face) -> bool {
    !matches!(face.origin(), FaceOrigin::System(_)) && face.licence().forbids().is_none()
}

/// A name of ASCII letters, digits and hyphens that no other has, in any case.
fn file_name(face: &Face, taken: &mut BTreeSet<String>) -> String {
    let mut base: String = face
        .name()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    if base.is_empty() {
        base = format!("font-{}", face.weight());
    }
    let (mut name, mut count) = (base.clone(), 1);
    while !taken.insert(name.to_ascii_lowercase()) {
        count += 1;
        name = format!("{base}-{count}");
    }
    name
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
