//! A page's content stream.
//!
//! In: a page's frame, the faces, what images look like. Out: a [`Sheet`]: the compressed stream, and what stands where:
//! marks, links, the extent of figures. Pages know nothing of each other, so they are encoded on all threads.

use crate::profile::{ColorSpace, FileSpec};
use crate::theme::Color;
use crate::typeset::frame::{Artifact, Frame, Item, LinkTarget, Owner};
use crate::typeset::pages::Page;
use crate::typeset::structure::{ElementId, SlotId};
use crate::unit::{Abs, Point, Size};

use super::color::{Paint, Palette};
use super::face::Face;
use super::finish::boxes;
use super::images::Gallery;
use super::marks::Marks;
use super::slug;
use super::syntax::{deflate, milli, write_int, write_milli};
use super::tagging::Tagging;
use super::text::{Paper, State, Text};

/// How high letters stand, in font sizes: for what a formula covers.
const ASCENT: f64 = 0.8;

/// What pages are encoded with.
pub struct Kit<'a> {
    /// How the file is written.
    pub spec: &'a FileSpec,
    /// What colours become.
    pub palette: &'a Palette,
    /// By font number; `None` for what is not used or does not exist.
    pub faces: Vec<Option<&'a Face>>,
    /// What images look like.
    pub images: &'a Gallery,
    /// What is known of slots before anything is written.
    pub tagging: &'a Tagging,
}

impl<'a> Kit<'a> {
    /// The name of the element that an owner is in.
    fn tag(&self, owner: Owner) -> &'a [u8] {
        match owner {
            Owner::Slot(slot) => self.tagging.tag(slot),
            Owner::Artifact(_) => b"Artifact",
        }
    }
}

/// A page, written.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The compressed stream.
    pub stream: Vec<u8>,
    /// By MCID: whose it is.
    pub marks: Vec<SlotId>,
    /// Places to tap.
    pub links: Vec<Spot>,
    /// What figures cover: two corners, in thousandths of a point from the page's lower left.
    pub figures: Vec<(SlotId, Corners)>,
    /// The text of slots in links, figures and formulas.
    pub texts: Vec<(SlotId, String)>,
}

/// A place to tap.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Where, in thousandths of a point from the page's lower left.
    pub corners: Corners,
    /// Where it leads.
    pub target: LinkTarget,
    /// The link's element.
    pub element: ElementId,
}

/// Lower left and upper right.
pub type Corners = [i64; 4];

/// From the coordinates of a frame to those of the page: quarter turns and shifts, in scaled points, y upwards.
#[derive(Clone, Copy, Debug)]
struct Plane {
    turns: u8,
    x: Abs,
    y: Abs,
    /// The height from which frames' places are measured downwards.
    top: Abs,
}

impl Plane {
    fn on_page(&self, x: Abs, down: Abs) -> (i64, i64) {
        let up = self.top - down;
        let (x, y) = match self.turns % 4 {
            0 => (x, up),
            1 => (Abs::ZERO - up, x),
            2 => (Abs::ZERO - x, Abs::ZERO - up),
            _ => (up, Abs::ZERO - x),
        };
        (milli(self.x + x), milli(self.y + y))
    }

    fn corners(&self, at: Point, size: Size) -> Corners {
        let (x0, y0) = self.on_page(at.x, at.y);
        let (x1, y1) = self.on_page(at.x + size.width, at.y + size.height);
        [x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)]
    }

    /// A turned frame's plane, as seen on the page.
    fn turned(&self, at: Point, frame: &Frame) -> Plane {
        // The frame's upper left corner lies at the lower left of the place, which is as high as the frame is wide.
        let (x, up) = (at.x, self.top - at.y - frame.size.width);
        let (x, y) = match self.turns % 4 {
            0 => (x, up),
            1 => (Abs::ZERO - up, x),
            2 => (Abs::ZERO - x, Abs::ZERO - up),
            _ => (up, Abs::ZERO - x),
        };
        Plane {
            turns: self.turns + 1,
            x: self.x + x,
            y: self.y + y,
            top: Abs::ZERO,
        }
    }
}

/// What of a rectangle lies within another.
fn within(inner: Corners, outer: Corners) -> Corners {
    let [x0, y0, x1, y1] = outer;
    [
        inner[0].clamp(x0, x1),
        inner[1].clamp(y0, y1),
        inner[2].clamp(x0, x1),
        inner[3].clamp(y0, y1),
    ]
}

/// A frame under way.
struct Level<'a> {
    items: std::slice::Iter<'a, (Point, Item)>,
    origin: Point,
    /// For a turned or clipped frame: what to go back to.
    back: Option<Back>,
}

/// What was true around a frame that has graphics of its own.
struct Back {
    plane: Plane,
    text: State,
    ink: Ink,
    clip: Option<Corners>,
}

/// What the reader fills areas with.
#[derive(Clone, Copy, Debug, Default)]
struct Ink {
    color: Option<Color>,
    /// Over what is there: it keeps its other inks.
    over: bool,
}

struct Encoder<'a> {
    kit: &'a Kit<'a>,
    page: &'a Page,
    out: Vec<u8>,
    plane: Plane,
    text: Text,
    marks: Marks,
    ink: Ink,
    /// Nothing outside is seen.
    clip: Option<Corners>,
    sheet: Sheet,
}

/// Encodes a page.
pub fn encode(page: &Page, kit: &Kit<'_>) -> Sheet {
    let slug = boxes::slug(kit.spec.marks);
    let media = boxes::media(page, slug);
    let mut encoder = Encoder {
        kit,
        page,
        out: Vec::with_capacity(8 * 1024),
        plane: Plane {
            turns: 0,
            x: Abs::ZERO,
            y: Abs::ZERO,
            top: media.size.height,
        },
        text: Text::default(),
        marks: Marks::new(kit.spec.tagged),
        ink: Ink::default(),
        clip: None,
        sheet: Sheet::default(),
    };
    encoder.page(Point::new(Abs::ZERO - media.at.x, Abs::ZERO - media.at.y));
    encoder.text.end(&mut encoder.out);
    encoder.marks.close(&mut encoder.out);
    slug::draw(&mut encoder.out, page, kit.spec);
    let mut sheet = encoder.sheet;
    sheet.marks = encoder.marks.slots;
    sheet.stream = deflate(&encoder.out);
    sheet
}

impl<'a> Encoder<'a> {
    /// Writes all that stands on the page. The frames under way are a list, not a recursion: nesting has no limit.
    fn page(&mut self, origin: Point) {
        let page: &'a Page = self.page;
        let mut levels = vec![Level {
            items: page.frame.items.iter(),
            origin,
            back: None,
        }];
        while let Some(level) = levels.last_mut() {
            let origin = level.origin;
            let Some((place, item)) = level.items.next() else {
                if let Some(back) = levels.pop().and_then(|level| level.back) {
                    self.text.end(&mut self.out);
                    self.marks.close(&mut self.out);
                    self.out.extend_from_slice(b"Q\n");
                    self.text.restore(back.text);
                    (self.plane, self.ink, self.clip) = (back.plane, back.ink, back.clip);
                }
                continue;
            };
            let at = origin + *place;
            match item {
                Item::Group(frame) => levels.push(Level {
                    items: frame.items.iter(),
                    origin: at,
                    back: None,
                }),
                Item::Clipped(frame) => {
                    let back = self.begin_own();
                    let corners = self.plane.corners(at, frame.size);
                    self.clip = Some(match self.clip {
                        Some(outer) => within(corners, outer),
                        None => corners,
                    });
                    let size = frame.size;
                    let bottom = self.plane.top - at.y - size.height;
                    self.out.extend_from_slice(b"q ");
                    self.numbers(
                        &[at.x, bottom, size.width, size.height].map(milli),
                        b"re W n",
                    );
                    levels.push(Level {
                        items: frame.items.iter(),
                        origin: at,
                        back: Some(back),
                    });
                }
                Item::Turned(frame) => {
                    let back = self.begin_own();
                    let up = self.plane.top - at.y - frame.size.width;
                    self.out.extend_from_slice(b"q\n0 1 -1 0 ");
                    self.numbers(&[milli(at.x), milli(up)], b"cm");
                    levels.push(Level {
                        items: frame.items.iter(),
                        origin: Point::ZERO,
                        back: Some(back),
                    });
                    self.plane = self.plane.turned(at, frame);
                }
                item => self.item(at, item),
            }
        }
    }

    /// Ends text and mark before a frame that has graphics of its own; what to go back to behind it.
    fn begin_own(&mut self) -> Back {
        self.text.end(&mut self.out);
        self.marks.close(&mut self.out);
        Back {
            plane: self.plane,
            text: self.text.state(),
            ink: self.ink,
            clip: self.clip,
        }
    }

    fn item(&mut self, at: Point, item: &Item) {
        match item {
            Item::Glyphs { run, color, owner } => {
                let Some(face) = self
                    .kit
                    .faces
                    .get(usize::from(run.font.0))
                    .copied()
                    .flatten()
                else {
                    return;
                };
                let owner = self.whole(*owner, at, Size::ZERO);
                if let Owner::Slot(slot) = owner
                    && self.kit.tagging.in_figure(slot)
                {
                    // From the ascenders to the descenders, about.
                    let top = Point::new(at.x, at.y - run.size.scale(ASCENT));
                    let size = Size::new(run.width(), run.size);
                    let corners = self.plane.corners(top, size);
                    self.sheet.figures.push((slot, corners));
                }
                if let Owner::Slot(slot) = owner
                    && (self.kit.tagging.in_link(slot) || self.kit.tagging.in_figure(slot))
                {
                    self.sheet.texts.push((slot, run.text.clone()));
                }
                if !self.marks.is_open(owner) {
                    self.text.end(&mut self.out);
                }
                self.fill(*color, true);
                let mut paper = Paper {
                    out: &mut self.out,
                    marks: &mut self.marks,
                    owner,
                    tag: self.kit.tag(owner),
                    top: self.plane.top,
                };
                self.text.run(&mut paper, at, run, face);
            }
            Item::Rule { size, color, owner } => {
                if size.width.is_zero() || size.height.is_zero() {
                    return;
                }
                self.own(*owner, at, *size);
                self.fill(*color, false);
                let bottom = self.plane.top - at.y - size.height;
                self.numbers(
                    &[
                        milli(at.x),
                        milli(bottom),
                        milli(size.width),
                        milli(size.height),
                    ],
                    b"re f",
                );
            }
            Item::Path {
                points,
                color,
                owner,
            } => self.polygon(at, points, *color, *owner),
            Item::Image { image, size, owner } => {
                let Some((object, picture)) = self.kit.images.of(image.0) else {
                    return;
                };
                self.own(*owner, at, *size);
                self.over(false);
                self.out.extend_from_slice(b"q ");
                let bottom = self.plane.top - at.y - size.height;
                let [a, b, c, d, e, f] = picture.orientation.matrix();
                let (width, height) = (milli(size.width), milli(size.height));
                self.numbers(
                    &[
                        a * width,
                        b * height,
                        c * width,
                        d * height,
                        milli(at.x) + e * width,
                        milli(bottom) + f * height,
                    ],
                    b"cm",
                );
                self.out.extend_from_slice(b"/I");
                write_int(&mut self.out, object as i64);
                self.out.extend_from_slice(b" Do Q\n");
            }
            Item::Link {
                size,
                target,
                element,
            } if self.kit.spec.interactive => self.sheet.links.push(Spot {
                corners: self.plane.corners(at, *size),
                target: target.clone(),
                element: ElementId(element.0.saturating_add(self.page.element_base)),
            }),
            // Where anchors are is known of all pages already; groups were opened by the caller.
            Item::Link { .. }
            | Item::Anchor(_)
            | Item::Group(_)
            | Item::Turned(_)
            | Item::Clipped(_) => {}
        }
    }

    fn polygon(&mut self, at: Point, points: &[Point], color: Color, owner: Owner) {
        if points.len() < 3 {
            return;
        }
        self.own(owner, at, Size::ZERO);
        self.fill(color, false);
        for (index, point) in points.iter().enumerate() {
            let place = at + *point;
            let op: &[u8] = if index == 0 { b"m" } else { b"l" };
            self.numbers(&[milli(place.x), milli(self.plane.top - place.y)], op);
            if let Owner::Slot(slot) = owner {
                self.cover(slot, place, Size::ZERO);
            }
        }
        self.out.extend_from_slice(b"f\n");
    }

    /// An owner by its number in the whole book; notes what it covers.
    fn whole(&mut self, owner: Owner, at: Point, size: Size) -> Owner {
        match owner {
            Owner::Slot(slot) => {
                self.cover(slot, at, size);
                Owner::Slot(self.slot(slot))
            }
            artifact => artifact,
        }
    }

    /// Makes what follows, which is no text, an owner's.
    fn own(&mut self, owner: Owner, at: Point, size: Size) {
        let owner = self.whole(owner, at, size);
        self.text.end(&mut self.out);
        if owner == Owner::Artifact(Artifact::Background) {
            let corners = self.plane.corners(at, size);
            self.marks.open_background(&mut self.out, corners);
        } else if !self.marks.is_open(owner) {
            self.marks.open(&mut self.out, owner, self.kit.tag(owner));
        }
    }

    /// Notes what a figure covers.
    fn cover(&mut self, slot: SlotId, at: Point, size: Size) {
        let slot = self.slot(slot);
        if self.kit.tagging.in_figure(slot) {
            let corners = self.plane.corners(at, size);
            let seen = self.clip.map_or(corners, |clip| within(corners, clip));
            self.sheet.figures.push((slot, seen));
        }
    }

    /// A slot's number in the whole book.
    fn slot(&self, slot: SlotId) -> SlotId {
        SlotId(slot.0.saturating_add(self.page.slot_base))
    }

    /// Sets the colour of what follows. Black text goes over what is there, so that no light shows around letters where
    /// plates do not meet; areas do not, for what they cover would shine through.
    fn fill(&mut self, color: Color, text: bool) {
        self.over(text && color == Color::BLACK);
        if self.ink.color != Some(color) {
            self.text.pause(&mut self.out);
            let paint = self.kit.palette.paint(color);
            // The reader begins with black, but not with that of four inks.
            if self.ink.color.is_some() || paint != Paint::Grey(0) {
                paint.write(&mut self.out);
            }
            self.ink.color = Some(color);
        }
    }

    /// Sets whether black goes over other inks.
    fn over(&mut self, over: bool) {
        if self.ink.over != over && self.kit.palette.space() == ColorSpace::Cmyk {
            self.text.pause(&mut self.out);
            let name = slug::state_name(over);
            self.out
                .extend_from_slice(format!("/{name} gs\n").as_bytes());
            self.ink.over = over;
        }
    }

    fn numbers(&mut self, thousandths: &[i64], operator: &[u8]) {
        for &value in thousandths {
            write_milli(&mut self.out, value);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(operator);
        self.out.push(b'\n');
    }
}
