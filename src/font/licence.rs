//! What a font's maker allows to be done with it, as the font's own file says (OpenType 1.9, OS/2 `fsType`).

use std::collections::BTreeSet;

use super::families::place;
use super::{Face, FaceOrigin, Fonts};
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::theme::{Declaration, Family, Theme};
use crate::yaml::Fragment;

/// The bits of a font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Licence(pub u16);

/// The four bits of which the lowest that is set counts; none means that anybody may install it.
const KINDS: u16 = 0x000f;
/// Who has no leave of the maker's own may not embed the font.
const RESTRICTED: u16 = 0x0002;
/// No subsets.
const NO_SUBSET: u16 = 0x0100;
/// Only bitmaps may be embedded.
const BITMAP_ONLY: u16 = 0x0200;

impl Licence {
    /// Why its outlines may not go into a file at all, as the end of a sentence; `None` if they may.
    pub fn forbids(self) -> Option<&'static str> {
        if self.0 & KINDS == RESTRICTED {
            Some("forbids to embed it")
        } else if self.0 & BITMAP_ONLY != 0 {
            Some("forbids to embed its outlines")
        } else {
            None
        }
    }

    /// It may be embedded as a whole only.
    pub fn is_whole_only(self) -> bool {
        self.0 & NO_SUBSET != 0
    }

    /// It may be read with the book, but not taken out of it and installed: "preview and print", "editable".
    pub fn is_for_reading(self) -> bool {
        self.0 & KINDS != 0
    }
}

impl Face {
    /// What its maker allows.
    pub fn licence(&self) -> Licence {
        Licence(self.embedding())
    }
}

impl Fonts {
    /// Reports each font of the book's own that the theme names and an EPUB has to do without, where the book's `style:`
    /// names its family.
    pub fn report_closed(&self, theme: &Theme, style: &[Fragment], sink: &Sink) {
        let declarations = theme.roles.values().chain(theme.classes.values()).flatten();
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for declaration in declarations {
            if let Declaration::Family(families) = declaration {
                named.extend(families.iter().filter_map(|family| match family {
                    Family::Named(name) => Some(name.as_str()),
                    Family::Serif | Family::Sans | Family::Mono => None,
                }));
            }
        }
        let mut said: BTreeSet<&str> = BTreeSet::new();
        for name in named {
            for id in self.family(name) {
                let face = self.face(*id);
                let own = matches!(face.origin(), FaceOrigin::Book(_));
                let Some(why) = face.licence().forbids().filter(|_| own && face.leads()) else {
                    continue;
                };
                if !said.insert(face.name()) {
                    continue;
                }
                let at = style
                    .iter()
                    .find_map(|fragment| place(&fragment.node, name));
                let message = format!(
                    "the licence of the font `{}` {why}: the EPUB goes without it",
                    face.name()
                );
                let mut found = Diagnostic::new(Code::FontLicence, at, message);
                // Nothing unlawful was made, only something plainer.
                found.severity = Severity::Warning;
                sink.push(found.hint(
                    "ask its maker for a licence and a file without the restriction, or take another font",
                ));
            }
        }
    }
}
