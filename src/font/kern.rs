//! The kerning of old fonts, which have it in a table of its own, not among their layout features.
//!
//! In: a font and which of its glyphs remain. Out: its `kern` table with the pairs of these (OpenType 1.9, `kern`, format
//! 0).

use std::collections::BTreeMap;

use skrifa::GlyphId;
use skrifa::raw::tables::kern::SubtableKind;
use skrifa::raw::{FontRef, TableProvider};

/// The most pairs that a table's own length, of 16 bits, can tell.
const MOST: usize = 10_920;

/// The table; `None` where no pair of it remains. `glyphs`: what each glyph that remains is called in the part.
pub(super) fn kern(font: &FontRef<'_>, glyphs: &BTreeMap<GlyphId, GlyphId>) -> Option<Vec<u8>> {
    let mut pairs: BTreeMap<(u16, u16), i32> = BTreeMap::new();
    let called = |glyph: GlyphId| u16::try_from(glyphs.get(&glyph)?.to_u32()).ok();
    let mut add = |left: GlyphId, right: GlyphId, value: i32| {
        if let (Some(left), Some(right)) = (called(left), called(right)) {
            let sum = pairs.entry((left, right)).or_default();
            *sum = sum.saturating_add(value);
        }
    };
    for table in font.kern().ok()?.subtables().flatten() {
        if table.is_vertical() || table.is_cross_stream() || table.is_variable() {
            continue;
        }
        match table.kind() {
            Ok(SubtableKind::Format0(table)) => {
                for pair in table.pairs() {
                    let [left, right] = [pair.left(), pair.right()].map(GlyphId::from);
                    add(left, right, i32::from(pair.value()));
                }
            }
            Ok(SubtableKind::Format2(table)) => {
                for left in glyphs.keys() {
                    for right in glyphs.keys() {
                        if let Some(value) = table.kerning(*left, *right) {
                            add(*left, *right, value);
                        }
                    }
                }
            }
            // Of Apple's own kinds, which no OpenType font has.
            _ => {}
        }
    }
    pairs.retain(|_, value| *value != 0);
    let count = pairs.len().min(MOST) as u16;
    if count == 0 {
        return None;
    }
    let selector = count.ilog2();
    let range = 6 * (1u16 << selector);
    let words = [
        // The table: its version, and how many there are in it.
        0,
        1,
        // The one: its version, length and kind (across the line), and how its pairs are searched.
        0,
        14 + 6 * count,
        1,
        count,
        range,
        selector as u16,
        6 * count - range,
    ];
    let mut out: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
    for ((left, right), value) in pairs.into_iter().take(MOST) {
        let value = value.clamp(i16::MIN.into(), i16::MAX.into()) as i16;
        out.extend(left.to_be_bytes());
        out.extend(right.to_be_bytes());
        out.extend(value.to_be_bytes());
    }
    Some(out)
}
