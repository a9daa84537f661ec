//! The sheet that goes round a book: where back, spine and front lie, and what is cut off.

use crate::profile::CoverRules;
use crate::unit::{Abs, Point, Rect, Size};

/// The sheet, flat on a table, its outside up. Places are from the upper left corner of what remains after trimming; of a
/// hardcover, after its edges were turned in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// The front, and the back: the page, and what boards add to it.
    pub panel: Size,
    /// How wide the spine is.
    pub spine: Abs,
    /// What is cut off or turned in on each side.
    pub bleed: Abs,
    /// How much of a panel bends with the spine: nothing is to be read there.
    pub hinge: Abs,
    /// The book is read from right to left: its front lies to the left.
    pub rtl: bool,
}

impl Sheet {
    /// For a book of a trim and a spine, as a printer wants it.
    pub fn new(trim: Size, spine: Abs, rules: &CoverRules, rtl: bool) -> Sheet {
        let (wider, higher) = (rules.overhang_width.value, rules.overhang_height.value);
        Sheet {
            panel: Size::new(trim.width + wider, trim.height + higher * 2),
            spine: spine.max(Abs::ZERO),
            bleed: rules.bleed.value.max(Abs::ZERO),
            hinge: rules.hinge.value.max(Abs::ZERO),
            rtl,
        }
    }

    /// What remains after trimming.
    pub fn trim(&self) -> Size {
        Size::new(self.panel.width * 2 + self.spine, self.panel.height)
    }

    /// The whole sheet.
    pub fn whole(&self) -> Rect {
        let (trim, bleed) = (self.trim(), self.bleed);
        Rect {
            at: Point::new(Abs::ZERO - bleed, Abs::ZERO - bleed),
            size: Size::new(trim.width + bleed * 2, trim.height + bleed * 2),
        }
    }

    /// The front.
    pub fn front(&self) -> Rect {
        self.panel_at(!self.rtl)
    }

    /// The back.
    pub fn back(&self) -> Rect {
        self.panel_at(self.rtl)
    }

    /// The spine.
    pub fn spine(&self) -> Rect {
        Rect {
            at: Point::new(self.panel.width, Abs::ZERO),
            size: Size::new(self.spine, self.panel.height),
        }
    }

    /// What of a panel can be read: without the part that bends.
    pub fn face(&self, panel: Rect) -> Rect {
        let mut face = panel;
        face.size.width = panel.size.width - self.hinge;
        if self.is_right(panel) {
            face.at.x = panel.at.x + self.hinge;
        }
        face
    }

    /// A panel with what is cut off around it, up to the spine.
    pub fn bleeding(&self, panel: Rect) -> Rect {
        let left = if self.is_right(panel) {
            panel.at.x
        } else {
            panel.at.x - self.bleed
        };
        Rect {
            at: Point::new(left, panel.at.y - self.bleed),
            size: Size::new(
                panel.size.width + self.bleed,
                panel.size.height + self.bleed * 2,
            ),
        }
    }

    /// Whether a panel lies right of the spine.
    pub fn is_right(&self, panel: Rect) -> bool {
        panel.at.x > Abs::ZERO
    }

    fn panel_at(&self, right: bool) -> Rect {
        let left = if right {
            self.panel.width + self.spine
        } else {
            Abs::ZERO
        };
        Rect {
            at: Point::new(left, Abs::ZERO),
            size: self.panel,
        }
    }
}

/// A rectangle, smaller by a length on all sides; never less than nothing.
pub fn inset(rect: Rect, by: Abs) -> Rect {
    let side = |length: Abs| (length - by * 2).max(Abs::ZERO);
    Rect {
        at: Point::new(rect.at.x + by, rect.at.y + by),
        size: Size::new(side(rect.size.width), side(rect.size.height)),
    }
}

/// Whether two rectangles have room in common.
pub fn overlap(a: Rect, b: Rect) -> bool {
    let apart = |a: Abs, a_long: Abs, b: Abs, b_long: Abs| a + a_long <= b || b + b_long <= a;
    !apart(a.at.x, a.size.width, b.at.x, b.size.width)
        && !apart(a.at.y, a.size.height, b.at.y, b.size.height)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Rule;

    /// Amazon's paperback on cream paper: 312 pages of 0.0025 inches each.
    #[test]
    fn a_paperback_is_as_wide_as_its_printer_computes() {
        let spine = Abs::inches(0.0025) * 312;
        let rules = CoverRules {
            bleed: Rule::sure(Abs::inches(0.125)),
            ..CoverRules::default()
        };
        let trim = Size::new(Abs::inches(6.0), Abs::inches(9.0));
        let sheet = Sheet::new(trim, spine, &rules, false);
        let inches = |length: Abs| (length.to_pt() / 72.0 * 1000.0).round() / 1000.0;
        assert_eq!(inches(sheet.spine), 0.78);
        let whole = sheet.whole();
        // 2 × 6 + 0.78 + 0.25 by 9 + 0.25.
        assert_eq!(inches(whole.size.width), 13.03);
        assert_eq!(inches(whole.size.height), 9.25);
        assert_eq!(inches(whole.at.x), -0.125);
        assert_eq!(inches(sheet.back().at.x), 0.0);
        assert_eq!(inches(sheet.spine().at.x), 6.0);
        assert_eq!(inches(sheet.front().at.x), 6.78);
        // From right to left, front and back change places.
        let sheet = Sheet { rtl: true, ..sheet };
        assert_eq!(inches(sheet.back().at.x), 6.78);
        assert_eq!(inches(sheet.front().at.x), 0.0);
    }

    #[test]
    fn nothing_is_read_in_the_hinge() {
        let sheet = Sheet {
            panel: Size::new(Abs::pt(400.0), Abs::pt(600.0)),
            spine: Abs::pt(30.0),
            bleed: Abs::pt(40.0),
            hinge: Abs::pt(25.0),
            rtl: false,
        };
        let left = |rect: Rect| (rect.at.x.to_pt(), rect.size.width.to_pt());
        assert_eq!(left(sheet.face(sheet.back())), (0.0, 375.0));
        assert_eq!(left(sheet.face(sheet.front())), (455.0, 375.0));
        assert_eq!(left(sheet.bleeding(sheet.back())), (-40.0, 440.0));
        assert_eq!(left(sheet.bleeding(sheet.front())), (430.0, 440.0));
    }
}
