//! Where a row may be cut.

use crate::typeset::galley::NoteLine;
use crate::unit::Abs;

/// A piece of a cell at its height in the row.
#[derive(Clone, Debug)]
pub(super) struct Set {
    /// From the top of the row.
    pub top: Abs,
    /// Where it ends.
    pub bottom: Abs,
    /// From the left edge of the type area.
    pub x: Abs,
    /// What stands there.
    pub piece: NoteLine,
}

/// The heights at which a row of a height can be cut without cutting a piece: ascending, without 0, with the height.
pub(super) fn cuts(pieces: &[Set], height: Abs) -> Vec<Abs> {
    let mut ends: Vec<Abs> = pieces
        .iter()
        .map(|set| set.bottom)
        .filter(|y| *y < height)
        .collect();
    ends.sort_unstable();
    ends.dedup();
    let mut spans: Vec<(Abs, Abs)> = pieces.iter().map(|set| (set.top, set.bottom)).collect();
    spans.sort_unstable();
    // One sweep: how far down the pieces that begin above a height reach.
    let mut cuts = Vec::new();
    let mut next = 0;
    let mut reach = Abs::ZERO;
    for end in ends {
        while let Some((_, bottom)) = spans.get(next).filter(|(top, _)| *top < end) {
            reach = reach.max(*bottom);
            next += 1;
        }
        if reach <= end && end > Abs::ZERO {
            cuts.push(end);
        }
    }
    cuts.push(height);
    cuts
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::typeset::frame::Frame;

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
        }
    }

    #[test]
    fn a_row_is_cut_only_where_all_its_cells_can_be() {
        let pieces = [
            set(0.0, 10.0),
            set(10.0, 20.0),
            set(0.0, 15.0),
            set(20.0, 30.0),
        ];
        assert_eq!(
            cuts(&pieces, Abs::pt(32.0)),
            [Abs::pt(20.0), Abs::pt(30.0), Abs::pt(32.0)]
        );
    }
}
