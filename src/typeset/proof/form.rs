//! How large the sheets of a proof are, and where pages lie on them.

use crate::typeset::pages::Page;
use crate::unit::{Abs, Point, Side, Size};

/// Beside the pages at least: for marks, and for a pen.
const BESIDE: Abs = Abs::mm(42.0);
/// Above them: what the sheet is called.
const ABOVE: Abs = Abs::mm(18.0);
/// Below them at least: for findings.
const BELOW: Abs = Abs::mm(36.0);
/// From the paper's edges to everything on it: what printers of offices and homes do not reach.
pub(super) const EDGE: Abs = Abs::mm(8.0);
/// No page of a PDF is longer on any side (ISO 32000-1, annex C).
const LONGEST: Abs = Abs::pt(14_400.0);

/// ISO 216, from A4 to A1, lying: width and height in millimetres.
const PAPERS: [(f64, f64); 4] = [
    (297.0, 210.0),
    (420.0, 297.0),
    (594.0, 420.0),
    (841.0, 594.0),
];

/// The sheets of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// The whole sheet.
    pub size: Size,
    /// A page of the book.
    pub trim: Size,
    /// Two pages lie side by side.
    pub facing: bool,
    /// The book is read from right to left: its left-hand pages come behind the right-hand ones.
    pub rtl: bool,
}

impl Form {
    /// For pages of a trim: the smallest paper of the usual sizes that has room around them; a size of their own for those
    /// that are larger.
    pub(super) fn new(trim: Size, facing: bool, rtl: bool) -> Form {
        // What is too wide for a file is shown page by page.
        let facing = facing && trim.width * 2 + BESIDE * 2 <= LONGEST;
        let across = if facing { trim.width * 2 } else { trim.width };
        let least = Size::new(across + BESIDE * 2, trim.height + ABOVE + BELOW);
        let papers = PAPERS.iter().map(|&(long, short)| {
            let (long, short) = (Abs::mm(long), Abs::mm(short));
            match facing || across > trim.height {
                true => Size::new(long, short),
                false => Size::new(short, long),
            }
        });
        let fits = |paper: &Size| paper.width >= least.width && paper.height >= least.height;
        let size = papers.into_iter().find(fits).unwrap_or(least);
        Form {
            size,
            trim,
            facing,
            rtl,
        }
    }

    /// Whether a page's outer edge is its right one, where its marks stand.
    pub(super) fn is_right(&self, side: Side) -> bool {
        !self.facing || (side == Side::Recto) != self.rtl
    }

    /// Where a page's upper left corner lies.
    pub(super) fn place(&self, side: Side) -> Point {
        let middle = self.size.width / 2;
        let x = match (self.facing, self.is_right(side)) {
            (false, _) => middle - self.trim.width / 2,
            (true, true) => middle,
            (true, false) => middle - self.trim.width,
        };
        Point::new(x, ABOVE)
    }

    /// Below the pages.
    pub(super) fn foot(&self) -> Abs {
        ABOVE + self.trim.height
    }

    /// The pages of each sheet, by their places in the book: the first right-hand page lies alone, then left and right ones
    /// together.
    pub(super) fn spreads(&self, pages: &[Page]) -> Vec<std::ops::Range<usize>> {
        let mut spreads = Vec::new();
        let mut at = 0;
        while at < pages.len() {
            let faces = |verso: &Page, recto: Option<&Page>| {
                verso.side == Side::Verso && recto.is_some_and(|recto| recto.side == Side::Recto)
            };
            let together = self.facing && faces(&pages[at], pages.get(at + 1));
            let end = at + 1 + usize::from(together);
            spreads.push(at..end);
            at = end;
        }
        spreads
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mm(length: Abs) -> i64 {
        length.to_mm().round() as i64
    }

    #[test]
    fn sheets_are_usual_papers_where_these_have_room() {
        let size = |width, height, facing| {
            let trim = Size::new(Abs::mm(width), Abs::mm(height));
            let form = Form::new(trim, facing, false);
            (mm(form.size.width), mm(form.size.height), form.facing)
        };
        assert_eq!(size(148.0, 210.0, true), (420, 297, true));
        assert_eq!(size(152.4, 228.6, true), (420, 297, true));
        assert_eq!(size(210.0, 297.0, true), (594, 420, true));
        assert_eq!(size(210.0, 297.0, false), (297, 420, false));
        assert_eq!(size(297.0, 210.0, false), (420, 297, false));
        assert_eq!(size(25.4, 25.4, true), (297, 210, true));
        // A poster: wider than any page of a PDF, if there were two of it.
        assert_eq!(size(2540.0, 2540.0, true), (2624, 2594, false));
    }

    #[test]
    fn pages_lie_as_in_the_book() {
        let trim = Size::new(Abs::mm(100.0), Abs::mm(160.0));
        let left = |facing, rtl, side| mm(Form::new(trim, facing, rtl).place(side).x);
        // A4 is too low for them, so the sheet is 420 mm wide.
        assert_eq!(left(true, false, Side::Verso), 110);
        assert_eq!(left(true, false, Side::Recto), 210);
        assert_eq!(left(true, true, Side::Verso), 210);
        assert_eq!(left(true, true, Side::Recto), 110);
        // One page on an upright sheet of 210 mm.
        assert_eq!(left(false, false, Side::Recto), 55);
    }
}
