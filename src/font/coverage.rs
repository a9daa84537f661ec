//! Which glyphs a font's features have something for.
//!
//! In: a font and a feature's tag. Out: the glyphs that some lookup of the feature begins with, in any script and
//! language. Lookups that only look at what stands around (contextual ones) say nothing of single glyphs and are left
//! out.

use std::collections::BTreeSet;

use skrifa::Font;
use skrifa::raw::tables::gsub::{AlternateSubst, SingleSubst, SubstitutionSubtables};
use skrifa::raw::tables::layout::CoverageTable;
use skrifa::raw::types::Tag;
use skrifa::raw::{ReadError, TableProvider};

/// The glyphs, in order. Empty where the font has no such feature or is damaged.
pub(super) fn coverage(font: &Font, tag: [u8; 4]) -> Vec<u16> {
    let mut found = BTreeSet::new();
    // What was found before a fault counts.
    let _ = collect(font, Tag::new(&tag), &mut found);
    found.into_iter().collect()
}

fn collect(font: &Font, tag: Tag, found: &mut BTreeSet<u16>) -> Result<(), ReadError> {
    let gsub = font.tables().gsub()?;
    let features = gsub.feature_list()?;
    let lookups = gsub.lookup_list()?;
    let mut numbers: BTreeSet<u16> = BTreeSet::new();
    for record in features.feature_records() {
        if record.feature_tag() == tag {
            let feature = record.feature(features.offset_data())?;
            numbers.extend(feature.lookup_list_indices().iter().map(|n| n.get()));
        }
    }
    let mut add = |coverage: Result<CoverageTable<'_>, ReadError>| {
        let glyphs = coverage?;
        found.extend(
            glyphs
                .iter()
                .filter_map(|glyph| u16::try_from(glyph.to_u32()).ok()),
        );
        Ok::<(), ReadError>(())
    };
    for number in numbers {
        let lookup = lookups.lookups().get(usize::from(number))?;
        match lookup.subtables()? {
            SubstitutionSubtables::Single(tables) => {
                for table in tables.iter() {
                    match table? {
                        SingleSubst::Format1(table) => add(table.coverage())?,
                        SingleSubst::Format2(table) => add(table.coverage())?,
                        _ => {}
                    }
                }
            }
            SubstitutionSubtables::Alternate(tables) => {
                for table in tables.iter() {
                    match table? {
                        AlternateSubst::Format1(table) => add(table.coverage())?,
                        AlternateSubst::Format2(table) => add(table.coverage())?,
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}
