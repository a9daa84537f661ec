//! Inks: how much of them a place may have, and colours as inks by arithmetic.

/// White is paper: not a trace of ink, whatever the tables say.
pub fn keep_paper(rgb: &[u8], inks: &mut [u8]) {
    if rgb.iter().all(|&sample| sample == 255) {
        inks.fill(0);
    }
}

/// Keeps cyan, magenta, yellow and black of a place to a sum. What is grey among the colours goes to black, which covers
/// as well as the three together; what is still too much is taken from the colours evenly.
pub fn keep_limit(inks: &mut [u8], limit: u32) {
    let [c, m, y, k] = inks else {
        return;
    };
    let sum = [&*c, m, y, k]
        .into_iter()
        .map(|&ink| u32::from(ink))
        .sum::<u32>();
    if sum <= limit {
        return;
    }
    // Each step takes three and gives one.
    let grey = (sum - limit)
        .div_ceil(2)
        .min(u32::from((*c).min(*m).min(*y)));
    let grey = grey.min(u32::from(255 - *k)) as u8;
    *k += grey;
    let colors = [c, m, y].map(|ink| {
        *ink -= grey;
        ink
    });
    let sum: u32 = colors.iter().map(|ink| u32::from(**ink)).sum();
    let room = limit.saturating_sub(u32::from(*k));
    if sum > room {
        for ink in colors {
            *ink = (u32::from(*ink) * room / sum) as u8;
        }
    }
}

/// Inks by arithmetic alone: black for the grey that a colour holds.
pub fn plain(rgb: [u8; 3]) -> [u8; 4] {
    let [c, m, y] = rgb.map(|light| 255 - light);
    let k = c.min(m).min(y);
    let scale = |ink: u8| match 255 - u32::from(k) {
        0 => 0,
        rest => (u32::from(ink - k) * 255 / rest) as u8,
    };
    [scale(c), scale(m), scale(y), k]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_has_more_ink_than_it_may() {
        for limit in [260, 612, 816] {
            for c in (0..=255).step_by(51) {
                for m in (0..=255).step_by(51) {
                    for k in (0..=255).step_by(51) {
                        let before = [c, m, 200, k];
                        let mut after = before;
                        keep_limit(&mut after, limit);
                        let sum = |inks: [u8; 4]| inks.map(u32::from).iter().sum::<u32>();
                        assert!(sum(after) <= limit, "{before:?} became {after:?}");
                        if sum(before) <= limit {
                            assert_eq!(after, before);
                        } else {
                            // Not lighter than need be, and never less black.
                            assert!(sum(after) + 4 >= limit, "{before:?} became {after:?}");
                            assert!(after[3] >= k);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn arithmetic_puts_grey_on_black() {
        assert_eq!(plain([255, 255, 255]), [0; 4]);
        assert_eq!(plain([0, 0, 0]), [0, 0, 0, 255]);
        assert_eq!(plain([255, 0, 0]), [0, 255, 255, 0]);
        assert_eq!(plain([128, 128, 128]), [0, 0, 0, 127]);
    }
}
