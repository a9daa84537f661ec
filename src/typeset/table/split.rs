//! Where a row may be cut.

use crate::typeset::galley::{NoteBody, NoteLine};
use crate::unit::Abs;

/// A piece of a cell at its height in the row: a line, or something that is not broken.
#[derive(Debug)]
pub(super) struct Set {
    /// From the top of the row.
    pub top: Abs,
    /// Where it ends.
    pub bottom: Abs,
    /// From the left edge of the table.
    pub x: Abs,
    /// What stands there.
    pub piece: NoteLine,
    /// The notes called in it for the first time.
    pub notes: Vec<NoteBody>,
}

/// A height at which a row can be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// From the top of the row.
    pub at: Abs,
    /// A cell of several lines would leave one alone above or below.
    pub lonely: bool,
}

/// The heights at which a row can be cut without cutting a piece: ascending, between 0 and the lowest piece's end.
pub(super) fn cuts(cells: &[Vec<Set>]) -> Vec<Cut> {
    let pieces = || cells.iter().flatten();
    let mut ends: Vec<Abs> = pieces().map(|set| set.bottom).collect();
    ends.sort_unstable();
    ends.dedup();
    // Below the last end there is nothing to be cut off.
    ends.pop();
    let mut spans: Vec<(Abs, Abs)> = pieces().map(|set| (set.top, set.bottom)).collect();
    spans.sort_unstable();
    // One sweep: how far down the pieces that begin above a height reach, and how many of each cell do.
    let mut cuts = Vec::new();
    let (mut next, mut reach) = (0, Abs::ZERO);
    let mut above = vec![0; cells.len()];
    for end in ends {
        while let Some((_, bottom)) = spans.get(next).filter(|(top, _)| *top < end) {
            reach = reach.max(*bottom);
            next += 1;
        }
        for (above, cell) in above.iter_mut().zip(cells) {
            while cell.get(*above).is_some_and(|set| set.top < end) {
                *above += 1;
            }
        }
        if reach <= end && end > Abs::ZERO {
            let counts = above.iter().zip(cells);
            let lonely = counts
                .filter(|(_, cell)| cell.len() > 1)
                .any(|(above, cell)| *above == 1 || cell.len() - *above == 1);
            cuts.push(Cut { at: end, lonely });
        }
    }
    cuts
}

/// How often a row is loosened at most: enough for a row of hundreds of pages.
const MOST: usize = 2000;

/// Makes room for cuts in a row whose cells' lines are of different heights: where there is none for so long a stretch,
/// what stands across the best height for one is moved below it.
pub(super) fn loosen(cells: &mut [Vec<Set>], far: Abs) {
    let mut from = Abs::ZERO;
    for _ in 0..MOST {
        let cuts = cuts(cells);
        let bottom = cells
            .iter()
            .flatten()
            .map(|set| set.bottom)
            .max()
            .unwrap_or_default();
        let ends = cuts.iter().map(|cut| cut.at).chain([bottom]);
        let mut last = from;
        let mut gap = None;
        for end in ends.filter(|end| *end > from) {
            if end - last > far {
                gap = Some(end);
                break;
            }
            last = end;
        }
        let Some(end) = gap else { return };
        // The lowest end of a piece within reach; else the first behind it.
        let inside = |set: &&Set| set.bottom > last && set.bottom < end;
        let pieces = || cells.iter().flatten().filter(inside).map(|set| set.bottom);
        let within = pieces().filter(|end| *end <= last + far).max();
        let Some(at) = within.or_else(|| pieces().min()) else {
            // A piece as tall as that.
            from = end;
            continue;
        };
        for cell in cells.iter_mut() {
            let Some(first) = cell.iter().position(|set| set.top < at && set.bottom > at) else {
                continue;
            };
            let down = at - cell[first].top;
            for set in &mut cell[first..] {
                set.top += down;
                set.bottom += down;
            }
        }
        from = at;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::typeset::frame::Frame;
    use proptest::prelude::*;

    fn set(top: f64, bottom: f64) -> Set {
        Set {
            top: Abs::pt(top),
            bottom: Abs::pt(bottom),
            x: Abs::ZERO,
            piece: NoteLine {
                x: Abs::ZERO,
                height: Abs::pt(bottom - top),
                frame: Arc::new(Frame::default()),
                end_cost: 0.0,
            },
            notes: Vec::new(),
        }
    }

    fn cell(heights: &[u8]) -> Vec<Set> {
        let mut y = 0.0;
        heights
            .iter()
            .map(|height| {
                let top = y;
                y += f64::from(*height);
                set(top, y)
            })
            .collect()
    }

    #[test]
    fn a_row_is_cut_only_where_all_its_cells_can_be() {
        let cells = [cell(&[10, 10, 10]), cell(&[15, 5, 10, 10, 10])];
        let found: Vec<(f64, bool)> = cuts(&cells)
            .iter()
            .map(|cut| (cut.at.to_pt(), cut.lonely))
            .collect();
        assert_eq!(found, [(20.0, true), (30.0, false), (40.0, true)]);
    }

    #[test]
    fn lines_of_unlike_heights_are_moved_apart() {
        let mut cells = [cell(&[10; 12]), cell(&[7; 12])];
        loosen(&mut cells, Abs::pt(40.0));
        let ends: Vec<Abs> = cuts(&cells).iter().map(|cut| cut.at).collect();
        let mut last = Abs::ZERO;
        for end in ends.into_iter().chain([Abs::pt(120.0)]) {
            assert!(end - last <= Abs::pt(40.0), "{last:?} {end:?}");
            last = end;
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_when_a_row_is_loosened_and_cut(
            heights in proptest::collection::vec(proptest::collection::vec(1u8..60, 0..20), 1..5),
            far in 10u8..80,
        ) {
            let mut cells: Vec<Vec<Set>> = heights.iter().map(|cell_heights| cell(cell_heights)).collect();
            loosen(&mut cells, Abs::pt(f64::from(far)));
            for (cell, heights) in cells.iter().zip(&heights) {
                prop_assert_eq!(cell.len(), heights.len());
                for pair in cell.windows(2) {
                    prop_assert!(pair[0].bottom <= pair[1].top);
                }
            }
            let mut last = Abs::ZERO;
            for cut in cuts(&cells) {
                prop_assert!(cut.at > last);
                last = cut.at;
                for set in cells.iter().flatten() {
                    prop_assert!(set.bottom <= cut.at || set.top >= cut.at);
                }
            }
        }
    }
}
