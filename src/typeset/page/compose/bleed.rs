//! Pictures that run off the page.
//!
//! In: a picture and what it covers. Out: the picture behind what else stands on the page: over the trim and the bleed around
//! it, centred, cut at two of its edges where it is of another shape.

use std::sync::Arc;

use super::Composer;
use crate::typeset::frame::{Frame, Item};
use crate::typeset::galley::{Bleed, Covers};
use crate::unit::{Abs, Point, Size};

impl Composer<'_> {
    /// Puts a picture on the page that runs off it.
    pub(super) fn bleed(&mut self, bleed: &Bleed) {
        let page = self.plan.page;
        let spine_left = self.plan.spine_left(self.side);
        let (whole, area) = (page.bled(spine_left), page.area(spine_left));
        let height = match bleed.covers {
            Covers::Nothing => return,
            Covers::Head(down) | Covers::PageTo(down) => area.y + down - whole.at.y,
            Covers::Page => whole.size.height,
        };
        let window = Size::new(whole.size.width, height);
        let size = covering(bleed.shape, window);
        let mut seen = Frame::new(window);
        let at = Point::new(
            (window.width - size.width) / 2,
            (window.height - size.height) / 2,
        );
        let (image, owner) = (bleed.image, bleed.owner);
        seen.push(at, Item::Image { image, size, owner });
        // From the type area's corner.
        let at = Point::new(whole.at.x - area.x, whole.at.y - area.y);
        self.area.frame.push(at, Item::Clipped(Arc::new(seen)));
        self.area.covered = bleed.covers;
    }
}

/// The least size of a shape that leaves nothing of a window free.
fn covering(shape: Size, window: Size) -> Size {
    let across = |height: Abs| height.fraction(shape.width.raw(), shape.height.raw().max(1));
    let down = |width: Abs| width.fraction(shape.height.raw(), shape.width.raw().max(1));
    let height = down(window.width);
    if height >= window.height {
        Size::new(window.width, height)
    } else {
        Size::new(across(window.height).max(window.width), window.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_leaves_nothing_of_its_window_free() {
        let size = |width: f64, height: f64| Size::new(Abs::pt(width), Abs::pt(height));
        let window = size(100.0, 200.0);
        assert_eq!(covering(size(1.0, 2.0), window), window);
        assert_eq!(covering(size(4.0, 4.0), window), size(200.0, 200.0));
        assert_eq!(covering(size(1.0, 4.0), window), size(100.0, 400.0));
    }
}
