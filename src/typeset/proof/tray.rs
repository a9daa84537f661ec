//! Columns, and what is shared out among them.

use crate::unit::{Abs, Point, Size};

/// A column is as wide as some sixty letters of a finding's type, about.
const COLUMN: Abs = Abs::mm(86.0);
/// Between columns.
const GUTTER: Abs = Abs::mm(7.0);

/// A room with columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tray {
    at: Point,
    size: Size,
    columns: i64,
    /// Columns are no longer than they must be; else each is filled before the next.
    even: bool,
}

impl Tray {
    /// A room cut into columns.
    pub(super) fn new(at: Point, size: Size) -> Tray {
        let columns = (size.width + GUTTER).raw() / (COLUMN + GUTTER).raw();
        Tray {
            at,
            size,
            columns: columns.max(1),
            even: true,
        }
    }

    /// How wide a column is.
    pub(super) fn width(&self) -> Abs {
        (self.size.width - GUTTER * (self.columns - 1)) / self.columns
    }

    /// The same without its first column (it has several: no sheet is narrower than A4), to be filled column after column.
    pub(super) fn behind_first(&self) -> Tray {
        let aside = self.width() + GUTTER;
        Tray {
            at: Point::new(self.at.x + aside, self.at.y),
            size: Size::new(self.size.width - aside, self.size.height),
            columns: (self.columns - 1).max(1),
            even: false,
        }
    }

    /// Where things of these heights stand, one below the other, column after column: as many as there is room for.
    pub(super) fn share(&self, heights: &[Abs]) -> Vec<Point> {
        let all = |depth: Abs| self.fill(heights, depth).len() == heights.len();
        let (mut low, mut high) = (Abs::ZERO, self.size.height);
        if !self.even || !all(high) {
            return self.fill(heights, high);
        }
        // To a sixteenth of a point.
        while high - low > Abs::pt(0.0625) {
            let middle = low + (high - low) / 2;
            if all(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        self.fill(heights, high)
    }

    fn fill(&self, heights: &[Abs], depth: Abs) -> Vec<Point> {
        let mut places = Vec::new();
        let (mut column, mut y) = (0, Abs::ZERO);
        for height in heights {
            if y + *height > depth && y > Abs::ZERO {
                (column, y) = (column + 1, Abs::ZERO);
            }
            if column == self.columns || *height > depth {
                break;
            }
            let x = (self.width() + GUTTER) * column;
            places.push(self.at + Point::new(x, y));
            y += *height;
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_even_and_nothing_is_lost() {
        let tray = Tray::new(
            Point::new(Abs::pt(10.0), Abs::pt(20.0)),
            Size::new(Abs::mm(404.0), Abs::pt(100.0)),
        );
        assert_eq!(tray.columns, 4);
        let places = |heights: &[f64]| {
            let heights: Vec<Abs> = heights.iter().map(|height| Abs::pt(*height)).collect();
            let column = |at: Abs| ((at - tray.at.x).raw() / tray.width().raw()) as usize;
            let places = tray.share(&heights);
            places
                .iter()
                .map(|place| (column(place.x), (place.y - tray.at.y).to_pt() as i64))
                .collect::<Vec<_>>()
        };
        assert_eq!(places(&[30.0]), [(0, 0)]);
        assert_eq!(places(&[30.0, 20.0, 40.0]), [(0, 0), (1, 0), (2, 0)]);
        assert_eq!(
            places(&[30.0, 20.0, 40.0, 30.0, 10.0]),
            [(0, 0), (1, 0), (2, 0), (3, 0), (3, 30)]
        );
        // Five columns of them: the last one is left over.
        assert_eq!(places(&[60.0, 60.0, 60.0, 60.0, 60.0]).len(), 4);
        assert_eq!(places(&[60.0, 101.0, 60.0]).len(), 1);
        let filled = tray.behind_first().share(&[Abs::pt(30.0); 4]);
        assert_eq!(filled.iter().filter(|at| at.x == filled[0].x).count(), 3);
    }
}
