//! What is printed on the paper around the bleed: crop marks and colour bars.
//!
//! In: a page, its file's marks and colours. Out: operators at the end of the page's stream. Nothing of it reaches the
//! bleed: crop marks stand on the trim's lines outside it, the bars below its foot.

use lopdf::{Dictionary, Object, dictionary};

use crate::profile::{ColorSpace, FileSpec};
use crate::typeset::pages::Page;
use crate::unit::{Abs, Point, Size};

use super::color::Paint;
use super::finish::boxes;
use super::syntax::{milli, name, write_milli};

/// Crop marks: how long, how thick, how far from the bleed, how far from the trim at least.
const LENGTH: Abs = Abs::mm(5.0);
const THICKNESS: Abs = Abs::pt(0.25);
const GAP: Abs = Abs::mm(1.0);
const CLEAR: Abs = Abs::mm(3.0);
/// Bars: a patch's side at most, how far they stand from the bleed, and from the trim's corners, where crop marks are.
const PATCH: Abs = Abs::mm(5.0);
const BELOW: Abs = Abs::mm(2.5);
const ASIDE: Abs = Abs::mm(10.0);

/// The colour of all plates, among the pages' resources.
const ALL: &str = "All";

/// Patches of four inks, in percent: each ink, two over each other, all three, half-tones, a grey of three inks and
/// greys of black alone.
const INKS: [[i64; 4]; 16] = [
    [100, 0, 0, 0],
    [0, 100, 0, 0],
    [0, 0, 100, 0],
    [0, 0, 0, 100],
    [0, 100, 100, 0],
    [100, 0, 100, 0],
    [100, 100, 0, 0],
    [100, 100, 100, 0],
    [50, 0, 0, 0],
    [0, 50, 0, 0],
    [0, 0, 50, 0],
    [0, 0, 0, 50],
    [50, 40, 40, 0],
    [0, 0, 0, 75],
    [0, 0, 0, 25],
    [0, 0, 0, 10],
];

/// Patches of black alone, in percent of ink.
const GREYS: [i64; 6] = [100, 75, 50, 25, 10, 5];

/// The name of the state that lets black go over what is there, or not, among the pages' resources.
pub fn state_name(over: bool) -> &'static str {
    if over { "Over" } else { "Out" }
}

/// Adds what pages name: the states, the colour of all plates.
pub fn resources(dict: &mut Dictionary, spec: &FileSpec) {
    if spec.color != ColorSpace::Cmyk {
        return;
    }
    let state = |over: bool| {
        // Mode 1: an ink of which a colour has none stays as it is (ISO 32000-1, 8.6.7).
        dictionary! { "Type" => name("ExtGState"), "OP" => over, "op" => over, "OPM" => i64::from(over) }
    };
    dict.set(
        "ExtGState",
        dictionary! { state_name(true) => state(true), state_name(false) => state(false) },
    );
    if spec.marks.crop {
        let tint = dictionary! {
            "FunctionType" => 2,
            "N" => 1,
            "Domain" => vec![0.into(), 1.into()],
            "C0" => vec![Object::Integer(0); 4],
            "C1" => vec![Object::Integer(1); 4],
        };
        let space = vec![
            name("Separation"),
            name(ALL),
            name("DeviceCMYK"),
            tint.into(),
        ];
        dict.set("ColorSpace", dictionary! { ALL => space });
    }
}

/// Draws a page's marks.
pub fn draw(out: &mut Vec<u8>, page: &Page, spec: &FileSpec) {
    if !spec.marks.crop && !spec.marks.bars {
        return;
    }
    let mut slug = Slug {
        out,
        page,
        around: boxes::slug(spec.marks),
    };
    if spec.tagged {
        slug.out.extend_from_slice(b"/Artifact BMC\n");
    }
    slug.out.extend_from_slice(b"q\n");
    if spec.color == ColorSpace::Cmyk {
        slug.out.extend_from_slice(b"/Out gs\n");
    }
    if spec.marks.crop {
        slug.crop(spec.color);
    }
    if spec.marks.bars {
        slug.bars(spec);
    }
    slug.out.extend_from_slice(b"Q\n");
    if spec.tagged {
        slug.out.extend_from_slice(b"EMC\n");
    }
}

struct Slug<'a> {
    out: &'a mut Vec<u8>,
    page: &'a Page,
    around: Abs,
}

impl Slug<'_> {
    /// Lines on the trim's corners, in the colour of all plates.
    fn crop(&mut self, color: ColorSpace) {
        self.out.extend_from_slice(match color {
            ColorSpace::Cmyk => b"/All CS 1 SCN\n".as_slice(),
            ColorSpace::Grey | ColorSpace::Rgb => b"0 G\n",
        });
        write_milli(self.out, milli(THICKNESS));
        self.out.extend_from_slice(b" w\n");
        let (trim, bleed) = (self.page.trim, boxes::media(self.page, Abs::ZERO));
        // From the trim to the near end of a line, by side.
        let from = |bleed: Abs| (bleed + GAP).max(CLEAR);
        let left = from(-bleed.at.x);
        let top = from(-bleed.at.y);
        let right = from(bleed.at.x + bleed.size.width - trim.width);
        let bottom = from(bleed.at.y + bleed.size.height - trim.height);
        for y in [Abs::ZERO, trim.height] {
            self.line(Point::new(-left, y), Point::new(-left - LENGTH, y));
            let x = trim.width + right;
            self.line(Point::new(x, y), Point::new(x + LENGTH, y));
        }
        for x in [Abs::ZERO, trim.width] {
            self.line(Point::new(x, -top), Point::new(x, -top - LENGTH));
            let y = trim.height + bottom;
            self.line(Point::new(x, y), Point::new(x, y + LENGTH));
        }
    }

    /// Patches side by side below the foot.
    fn bars(&mut self, spec: &FileSpec) {
        let paints: Vec<Paint> = match spec.color {
            ColorSpace::Cmyk => INKS
                .iter()
                // Who limits inks reports what is over, wherever it stands.
                .filter(|inks| {
                    let sum = inks.iter().sum::<i64>();
                    spec.ink_limit.is_none_or(|limit| sum <= i64::from(limit))
                })
                .map(|inks| Paint::Inks(inks.map(|percent| percent * 10)))
                .collect(),
            ColorSpace::Grey | ColorSpace::Rgb => GREYS
                .iter()
                .map(|percent| Paint::Grey(1000 - percent * 10))
                .collect(),
        };
        let room = self.page.trim.width - ASIDE * 2;
        let side = PATCH.min(room / paints.len().max(1) as i64);
        if side <= Abs::ZERO {
            return;
        }
        let bleed = boxes::media(self.page, Abs::ZERO);
        let top = bleed.at.y + bleed.size.height + BELOW;
        for (number, paint) in paints.iter().enumerate() {
            let at = Point::new(ASIDE + side * number as i64, top);
            paint.write(self.out);
            self.area(at, Size::new(side, PATCH));
        }
    }

    fn line(&mut self, from: Point, to: Point) {
        for (point, operator) in [(from, "m"), (to, "l")] {
            let (x, y) = boxes::on_page(self.page, self.around, point);
            self.numbers(&[x, y], operator);
        }
        self.out.extend_from_slice(b"S\n");
    }

    fn area(&mut self, at: Point, size: Size) {
        let lower = Point::new(at.x, at.y + size.height);
        let (x, y) = boxes::on_page(self.page, self.around, lower);
        self.numbers(&[x, y, milli(size.width), milli(size.height)], "re f");
    }

    fn numbers(&mut self, thousandths: &[i64], operator: &str) {
        for value in thousandths {
            write_milli(self.out, *value);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(operator.as_bytes());
        self.out.push(b'\n');
    }
}
