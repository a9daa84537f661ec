//! Page boxes: what is shown, what is cut off.
//!
//! The media box holds the bleed and, where there are marks, the slug around it. The bleed lies on the sides that the
//! layout says: at a binding it may have none. No crop box is written: it is the media box then.

use lopdf::{Dictionary, Object};

use crate::profile::Marks;
use crate::typeset::pages::Page;
use crate::unit::{Abs, Point, Rect, Size};

use crate::pdf::syntax::{milli, number, real};

/// The smallest and largest side of a page (ISO 19005-2, 6.1.13).
const SMALLEST: Abs = Abs::pt(3.0);
const LARGEST: Abs = Abs::pt(14_400.0);

/// How wide the paper is beyond the bleed where marks are printed on it.
const SLUG: Abs = Abs::mm(10.0);

/// What is left around the bleed for marks.
pub fn slug(marks: Marks) -> Abs {
    if marks.crop || marks.bars {
        SLUG
    } else {
        Abs::ZERO
    }
}

/// All that is shown of a page, from its trim's upper left corner: the trim, the bleed and the slug around it.
pub fn media(page: &Page, slug: Abs) -> Rect {
    let (trim, bleed) = (page.trim, page.bleed);
    let at = Point::new(
        bleed.at.x.min(Abs::ZERO) - slug,
        bleed.at.y.min(Abs::ZERO) - slug,
    );
    let side = |trim: Abs, bleed_at: Abs, bleed: Abs, at: Abs| {
        (trim.max(bleed_at + bleed) + slug - at).clamp(SMALLEST, LARGEST)
    };
    Rect {
        at,
        size: Size::new(
            side(trim.width, bleed.at.x, bleed.size.width, at.x),
            side(trim.height, bleed.at.y, bleed.size.height, at.y),
        ),
    }
}

/// Where a point of a page is in the file, in thousandths of a point.
pub fn on_page(page: &Page, slug: Abs, at: Point) -> (i64, i64) {
    let media = media(page, slug);
    let x = at.x - media.at.x;
    let y = media.size.height - (at.y - media.at.y);
    (milli(x), milli(y))
}

/// Sets a page's boxes.
pub fn set(dict: &mut Dictionary, page: &Page, slug: Abs) {
    let media = media(page, slug);
    let whole = vec![
        0.into(),
        0.into(),
        real(media.size.width),
        real(media.size.height),
    ];
    let corners = |at: Point, size: Size| -> Vec<Object> {
        let (x0, y1) = on_page(page, slug, at);
        let (x1, y0) = on_page(
            page,
            slug,
            Point::new(at.x + size.width, at.y + size.height),
        );
        [x0, y0, x1, y1].map(number).to_vec()
    };
    dict.remove(b"CropBox");
    dict.remove(b"TrimBox");
    dict.remove(b"Annots");
    let is_trim = media.at == Point::ZERO && media.size == page.trim;
    dict.set("MediaBox", whole.clone());
    if is_trim || page.trim.width.is_zero() || page.trim.height.is_zero() {
        dict.set("TrimBox", whole);
        return;
    }
    let bleed = self::media(page, Abs::ZERO);
    dict.set("BleedBox", corners(bleed.at, bleed.size));
    dict.set("TrimBox", corners(Point::ZERO, page.trim));
}
