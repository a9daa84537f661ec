//! Letters that no font has.

use crate::pdf::clusters::Cluster;
use crate::pdf::face::Face;
use crate::pdf::syntax::{milli, write_milli};
use crate::typeset::frame::Run;
use crate::unit::{Abs, Point, Size};

use super::{Paper, Text, advance};

/// How high the box for a missing letter is, and how thick its rim, in font sizes: about a capital.
const BOX: f64 = 0.7;
const BOX_RIM: f64 = 0.05;

impl Text {
    /// Letters that no font has: an empty box each. The font's own "missing" glyph must not be shown (PDF/A-2,
    /// 6.2.11.8); spaces that are not drawn carry the letters, so that they are found by searching all the same.
    pub(super) fn missing(
        &mut self,
        paper: &mut Paper<'_>,
        unit: i64,
        run: &Run,
        boxes: &[Cluster],
        face: &Face,
    ) {
        let (Some(first), Some(last)) = (boxes.first(), boxes.last()) else {
            return;
        };
        let text = run.text.get(first.text.start..last.text.end);
        let text = text.unwrap_or_default();
        let from = first.glyphs.start.min(last.glyphs.start);
        let to = first.glyphs.end.max(last.glyphs.end);
        let whole = advance(&run.glyphs[from..to]);
        if let Some(left) = &mut self.left {
            *left -= whole;
            let left = *left;
            self.jump(left);
        }
        let at = self.pen;
        self.begin_instead(paper, text);
        if let Some((space, width)) = face.space {
            self.close_array(paper.out);
            paper.out.extend_from_slice(b"3 Tr\n");
            self.show(paper.out, space);
            // A second space, so that what is not drawn ends where the boxes do; else readers see a gap after it.
            let two = i64::from(width)
                .saturating_mul(unit / 50)
                .saturating_add(self.spaced);
            let whole = whole.raw().saturating_mul(100_000_000);
            self.ahead = whole.saturating_sub(two);
            self.correct(paper.out, unit);
            self.show(paper.out, space);
            self.close_array(paper.out);
            paper.out.extend_from_slice(b"0 Tr\n");
        }
        self.end(paper.out);
        let mut left = at;
        for glyphs in boxes
            .iter()
            .map(|cluster| &run.glyphs[cluster.glyphs.clone()])
        {
            let width = advance(glyphs);
            let (height, rim) = (run.size.scale(BOX), run.size.scale(BOX_RIM));
            write_box(paper, left, Size::new(width, height), rim);
            left.x += width;
        }
        self.end_instead(paper);
        self.pen = Point::new(at.x + whole, at.y);
        self.away = true;
    }
}

/// An empty box on the baseline, in the colour that is set.
fn write_box(paper: &mut Paper<'_>, at: Point, size: Size, rim: Abs) {
    let (x, y) = (milli(at.x), milli(paper.top - at.y));
    let (width, height, rim) = (milli(size.width), milli(size.height), milli(rim));
    // A little air at both sides, and a frame between two rectangles.
    for inset in [rim, rim * 2] {
        for value in [
            x + inset,
            y + inset - rim,
            width - 2 * inset,
            height - 2 * inset,
        ] {
            write_milli(paper.out, value);
            paper.out.push(b' ');
        }
        paper.out.extend_from_slice(b"re\n");
    }
    paper.out.extend_from_slice(b"f*\n");
}
