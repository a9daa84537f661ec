//! The mark of a line that was turned over.

use crate::theme::Color;
use crate::typeset::frame::{Artifact, Frame, Item, Owner};
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Size};

/// Puts it on a line, in the two columns from `x` on: a small hooked arrow, drawn, since code fonts often lack it.
pub(super) fn turnover(frame: &mut Frame, x: Abs, column: Abs, style: &Style) {
    let grey = Color {
        r: 0x8c,
        g: 0x8c,
        b: 0x88,
    };
    let owner = Owner::Artifact(Artifact::Layout);
    let thin = style.text.size / 16;
    let height = style.text.size / 3;
    let (left, right) = (x + column / 3, x + column * 5 / 3);
    let middle = frame.baseline - style.text.size / 4;
    let mut bar = |at: Point, size: Size| {
        frame.push(
            at,
            Item::Rule {
                size,
                color: grey,
                owner,
            },
        )
    };
    bar(Point::new(left, middle - height), Size::new(thin, height));
    bar(
        Point::new(left, middle - thin),
        Size::new(right - left - height / 2, thin),
    );
    let head = Point::new(right, middle - thin / 2);
    let points = vec![
        head,
        Point::new(head.x - height * 2 / 3, head.y - height / 2),
        Point::new(head.x - height * 2 / 3, head.y + height / 2),
    ];
    frame.push(
        Point::ZERO,
        Item::Path {
            points,
            color: grey,
            owner,
        },
    );
}
