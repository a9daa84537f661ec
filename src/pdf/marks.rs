//! Whose is what: the brackets around what is drawn (marked content, ISO 32000-1, 14.6).
//!
//! In: the owners of things as they are drawn. Out: `BDC … EMC` in the page's stream, and which slot each number stands
//! for. Brackets open and close outside text objects only, so the two never cross.

use crate::typeset::frame::{Artifact, Owner};
use crate::typeset::structure::SlotId;

use super::content::Corners;
use super::syntax::{write_corners, write_int, write_text};

/// A page's brackets.
#[derive(Debug, Default)]
pub struct Marks {
    /// There are none: the file has no structure.
    untagged: bool,
    open: Option<Owner>,
    /// A bracket for another text is open.
    instead: bool,
    /// By number (MCID): the slot it belongs to.
    pub slots: Vec<SlotId>,
}

impl Marks {
    /// For a file with a structure, or without.
    pub fn new(tagged: bool) -> Marks {
        Marks {
            untagged: !tagged,
            ..Marks::default()
        }
    }

    /// Whether a bracket of this owner is open.
    pub fn is_open(&self, owner: Owner) -> bool {
        self.open == Some(owner)
    }

    /// Opens a bracket of a slot's own for a stretch that stands for another text than its glyphs say. It is closed by
    /// whatever opens next. (A bracket within the slot's would do by the standard, but readers lose the rest of the
    /// slot there.)
    pub fn open_instead(&mut self, out: &mut Vec<u8>, slot: SlotId, text: &str) {
        self.close(out);
        if self.untagged {
            return;
        }
        out.extend_from_slice(b"/Span<</MCID ");
        write_int(out, self.slots.len() as i64);
        out.extend_from_slice(b"/ActualText");
        write_text(out, text);
        out.extend_from_slice(b">>BDC\n");
        self.slots.push(slot);
        self.instead = true;
    }

    /// Closes the bracket that is open and opens one for another owner. `tag` names the element that a slot is in.
    pub fn open(&mut self, out: &mut Vec<u8>, owner: Owner, tag: &[u8]) {
        self.close(out);
        self.open = Some(owner);
        if self.untagged {
            return;
        }
        match owner {
            Owner::Slot(slot) => {
                out.push(b'/');
                out.extend_from_slice(tag);
                out.extend_from_slice(b"<</MCID ");
                write_int(out, self.slots.len() as i64);
                out.extend_from_slice(b">>BDC\n");
                self.slots.push(slot);
            }
            Owner::Artifact(kind) => out.extend_from_slice(match kind {
                Artifact::Header => b"/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
                Artifact::Footer => b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
                Artifact::Layout | Artifact::Background => {
                    b"/Artifact<</Type/Layout>>BDC\n".as_slice()
                }
            }),
        }
    }

    /// Opens a bracket for something that lies behind text. It says what it covers (ISO 32000-1, 14.8.2.2.2), so each such
    /// thing has one of its own.
    pub fn open_background(&mut self, out: &mut Vec<u8>, corners: Corners) {
        self.close(out);
        self.open = Some(Owner::Artifact(Artifact::Background));
        if self.untagged {
            return;
        }
        out.extend_from_slice(b"/Artifact<</Type/Background/BBox[");
        write_corners(out, corners);
        out.extend_from_slice(b"]>>BDC\n");
    }

    /// Closes the bracket that is open, if one is.
    pub fn close(&mut self, out: &mut Vec<u8>) {
        let open = self.open.take().is_some() || std::mem::take(&mut self.instead);
        if open && !self.untagged {
            out.extend_from_slice(b"EMC\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_structure_has_no_brackets() {
        let (mut out, mut marks) = (Vec::new(), Marks::new(false));
        marks.open(&mut out, Owner::Slot(SlotId(7)), b"P");
        assert!(marks.is_open(Owner::Slot(SlotId(7))));
        marks.open_instead(&mut out, SlotId(8), "a");
        marks.close(&mut out);
        assert!(out.is_empty() && marks.slots.is_empty());
    }

    #[test]
    fn numbers_count_slots_alone() {
        let (mut out, mut marks) = (Vec::new(), Marks::default());
        marks.open(&mut out, Owner::Slot(SlotId(7)), b"P");
        marks.open(&mut out, Owner::Artifact(Artifact::Layout), b"");
        marks.open(&mut out, Owner::Slot(SlotId(7)), b"P");
        marks.open_instead(&mut out, SlotId(8), "a");
        marks.close(&mut out);
        marks.close(&mut out);
        assert_eq!(marks.slots, [SlotId(7), SlotId(7), SlotId(8)]);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "/P<</MCID 0>>BDC\nEMC\n/Artifact<</Type/Layout>>BDC\nEMC\n/P<</MCID 1>>BDC\nEMC\n\
             /Span<</MCID 2/ActualText(a)>>BDC\nEMC\n"
        );
    }
}
