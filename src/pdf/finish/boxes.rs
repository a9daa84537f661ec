//! Page boxes: what is shown, what is cut off.

use lopdf::{Dictionary, Object};

use crate::typeset::pages::Page;
use crate::unit::{Abs, Point, Rect, Size};

use crate::pdf::syntax::{milli, number, real};

/// The smallest and largest side of a page (ISO 19005-2, 6.1.13).
const SMALLEST: Abs = Abs::pt(3.0);
const LARGEST: Abs = Abs::pt(14_400.0);

/// All that is shown of a page, from its trim's upper left corner: the trim and the bleed around it.
pub fn media(page: &Page) -> Rect {
    let (trim, bleed) = (page.trim, page.bleed);
    let at = Point::new(bleed.at.x.min(Abs::ZERO), bleed.at.y.min(Abs::ZERO));
    let side = |trim: Abs, bleed_at: Abs, bleed: Abs, at: Abs| {
        (trim.max(bleed_at + bleed) - at).clamp(SMALLEST, LARGEST)
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
pub fn on_page(page: &Page, at: Point) -> (i64, i64) {
    let media = media(page);
    let x = at.x - media.at.x;
    let y = media.size.height - (at.y - media.at.y);
    (milli(x), milli(y))
}

/// Sets a page's boxes.
pub fn set(dict: &mut Dictionary, page: &Page) {
    let media = media(page);
    let whole = vec![
        0.into(),
        0.into(),
        real(media.size.width),
        real(media.size.height),
    ];
    let corners = |at: Point, size: Size| -> Vec<Object> {
        let (x0, y1) = on_page(page, at);
        let (x1, y0) = on_page(page, Point::new(at.x + size.width, at.y + size.height));
        [x0, y0, x1, y1].map(number).to_vec()
    };
    dict.remove(b"CropBox");
    dict.remove(b"TrimBox");
    dict.remove(b"Annots");
    let has_bleed = media.at != Point::ZERO || media.size != page.trim;
    dict.set("MediaBox", whole.clone());
    if has_bleed && !page.trim.width.is_zero() && !page.trim.height.is_zero() {
        dict.set("BleedBox", whole);
        dict.set("TrimBox", corners(Point::ZERO, page.trim));
    } else {
        dict.set("TrimBox", whole);
    }
}
