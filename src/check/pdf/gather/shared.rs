//! What fonts share: CMaps and programs, each read once.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::super::syntax::{Dict, File, Object, Ref};
use super::cmap::Cmap;
use super::program::{self, Glyphs};

/// What fonts lead to, each read once however many fonts share it.
pub(super) struct Shared {
    cmaps: BTreeMap<Ref, Arc<Cmap>>,
    /// Programs, without and with their character maps.
    programs: BTreeMap<(Ref, bool), Arc<Glyphs>>,
    /// From CIDs to glyphs.
    pub(super) to_glyph: BTreeMap<Ref, Arc<Vec<u16>>>,
}

impl Shared {
    /// Reads what these fonts lead to.
    pub(super) fn read(file: &File<'_>, fonts: &[(Option<Ref>, &Dict)]) -> Shared {
        let (mut cmaps, mut programs, mut maps) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (_, dict) in fonts {
            for key in ["ToUnicode", "Encoding"] {
                let value = dict.raw(key);
                cmaps.extend(value.reference().map(|own| (own, value)));
            }
            let below = below(file, dict);
            let own = below.unwrap_or(dict);
            let value = own.raw("CIDToGIDMap");
            maps.extend(value.reference().map(|own| (own, value)));
            if let Some((key, value)) = program::named(file.dict(own, "FontDescriptor")) {
                let mapped = is_mapped(file, dict);
                programs.extend(value.reference().map(|own| ((own, mapped), (key, value))));
            }
        }
        let cmap = |(own, value): (Ref, &Object)| {
            Some((own, Arc::new(Cmap::read(&file.decoded(value)?.0))))
        };
        let map = |(own, value): (Ref, &Object)| {
            let bytes = file.decoded(value)?.0;
            let pairs = bytes.chunks_exact(2);
            let pairs = pairs.map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            // CIDs have two bytes.
            Some((own, Arc::new(pairs.take(1 << 16).collect())))
        };
        Shared {
            cmaps: cmaps.into_par_iter().filter_map(cmap).collect(),
            programs: programs
                .into_par_iter()
                .map(|((own, mapped), (key, value))| {
                    (
                        (own, mapped),
                        Arc::new(program::read(file, key, value, mapped)),
                    )
                })
                .collect(),
            to_glyph: maps.into_par_iter().filter_map(map).collect(),
        }
    }

    /// The program of a descriptor.
    pub(super) fn program(&self, descriptor: Option<&Dict>, mapped: bool) -> Arc<Glyphs> {
        let own = program::named(descriptor).map(|(_, value)| value.reference());
        match own {
            None => Arc::default(),
            Some(own) => own
                .and_then(|own| self.programs.get(&(own, mapped)).cloned())
                .unwrap_or_else(|| {
                    Arc::new(Glyphs::broken("it is not there, though the font names it"))
                }),
        }
    }

    /// The CMap that a value leads to.
    pub(super) fn cmap(&self, value: &Object) -> Option<Arc<Cmap>> {
        self.cmaps.get(&value.reference()?).cloned()
    }
}

/// The font below a composite one.
pub(super) fn below<'f>(file: &'f File<'_>, dict: &'f Dict) -> Option<&'f Dict> {
    file.resolve(file.list(dict, "DescendantFonts").first()?)
        .dict()
}

/// Whether a font's codes find their glyphs by the program's own character maps.
pub(super) fn is_mapped(file: &File<'_>, dict: &Dict) -> bool {
    file.get(dict, "Subtype").is_name("TrueType")
}
