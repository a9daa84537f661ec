//! Notes in the margin: each at the height of its call, none over another.

use crate::typeset::galley::{ChildKind, Galley};
use crate::typeset::plan::Plan;
use crate::unit::Abs;

/// Between two notes, in parts of the leading.
const APART: f64 = 0.5;

/// The notes of some lines of a child whose first stands at a height: each with the height at which its first line
/// stands beside that of its call.
pub(super) fn wishes(
    galley: &Galley,
    child: &ChildKind,
    way: usize,
    (first, end): (u32, u32),
    y: Abs,
    out: &mut Vec<(u32, Abs)>,
) {
    let ChildKind::Lines(lines) = child else {
        return;
    };
    if lines.margins.is_empty() {
        return;
    }
    let Some(setting) = lines.paragraph.settings.get(way) else {
        return;
    };
    let mut margins = lines.margins.iter().peekable();
    let mut call = 0;
    for (number, line) in (0u32..).zip(&setting.lines) {
        call += line.calls.len() as u32;
        while let Some((_, margin)) = margins.next_if(|(at, _)| *at < call) {
            if !(first..end).contains(&number) {
                continue;
            }
            let frames = lines
                .paragraph
                .frames(way, number as usize..number as usize + 1);
            let baseline = frames.first().map_or(Abs::ZERO, |frame| frame.baseline);
            let note = galley.margins.get(*margin as usize);
            let own = note.map_or(Abs::ZERO, |note| note.frame.baseline);
            let top = y + lines.leading * i64::from(number - first) + baseline - own;
            out.push((*margin, top));
        }
    }
}

/// Puts notes one below the other: as near to where each should stand as the others and the page allow. `wishes` are the
/// heights at which they should stand, and their own. Returns where they stand; those for which there is no height, from the
/// last up, find no room.
pub(super) fn stack(wishes: &[(Abs, Abs)], plan: &Plan<'_>) -> Vec<Abs> {
    place(wishes, plan.grid.scale(APART), plan.depth)
}

fn place(wishes: &[(Abs, Abs)], apart: Abs, depth: Abs) -> Vec<Abs> {
    let mut count = 0;
    let mut height = Abs::ZERO;
    for (_, own) in wishes {
        height += *own + if count > 0 { apart } else { Abs::ZERO };
        if height > depth {
            break;
        }
        count += 1;
    }
    let mut tops = Vec::with_capacity(count);
    let mut free = Abs::ZERO;
    for (wish, own) in &wishes[..count] {
        let top = (*wish).max(free);
        tops.push(top);
        free = top + *own + apart;
    }
    let mut end = depth;
    for (top, (_, own)) in tops.iter_mut().zip(wishes).rev() {
        *top = (*top).min(end - *own);
        end = *top - apart;
    }
    tops
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn placed(wishes: &[(i64, i64)]) -> Vec<i64> {
        let wishes: Vec<_> = wishes
            .iter()
            .map(|(top, own)| (Abs::from_raw(*top), Abs::from_raw(*own)))
            .collect();
        let tops = place(&wishes, Abs::from_raw(5), Abs::from_raw(100));
        tops.into_iter().map(Abs::raw).collect()
    }

    #[test]
    fn notes_give_way_to_each_other_and_to_the_page() {
        assert_eq!(placed(&[(10, 20), (60, 20)]), [10, 60]);
        assert_eq!(placed(&[(10, 20), (15, 20)]), [10, 35]);
        assert_eq!(placed(&[(50, 20), (90, 30)]), [45, 70]);
        assert_eq!(placed(&[(10, 60), (15, 60)]), [10]);
        assert_eq!(placed(&[(10, 101)]), [0; 0]);
    }

    proptest! {
        #[test]
        fn none_stands_over_another_or_off_the_page(
            wishes in prop::collection::vec((-5i64..120, 1i64..40), 0..8)
        ) {
            let tops = placed(&wishes);
            let mut free = 0;
            for (top, (_, own)) in tops.iter().zip(&wishes) {
                prop_assert!(*top >= free && top + own <= 100);
                free = top + own + 5;
            }
        }
    }
}
