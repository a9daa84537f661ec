//! What is behind the type of a cover: colours, pictures, a pattern.

use super::sheet::{inset, overlap};
use super::{Cover, bar};
use crate::model::Role;
use crate::theme::Color;
use crate::typeset::frame::{Artifact, Frame, ImageId, Item, Owner};
use crate::typeset::galley::stick::Stick;
use crate::typeset::paragraph::Voice;
use crate::typeset::structure::{ElementId, Tag};
use crate::unit::{Abs, Point, Rect, Size};

/// A row of a pattern is so far below the last, in parts of the way from one ornament to the next: with each second row
/// shifted by half, ornaments are then about as far from each other in all directions.
const ROW: (i64, i64) = (5, 6);
/// An ornament nearer to its next than this is no pattern any more.
const CLOSEST: Abs = Abs::pt(6.0);

impl Cover<'_> {
    /// Whether there is a picture that could be read.
    fn picture(&self, path: Option<&str>) -> Option<(ImageId, Size)> {
        let (id, asset) = self.plan.image(path?)?;
        let (width, height) = asset.shown();
        let side = |pixels: u32| Abs::pt(f64::from(pixels.clamp(1, 1 << 24)));
        Some((id, Size::new(side(width), side(height))))
    }

    /// The picture on the front, if there is one that could be read.
    fn front_picture(&self) -> Option<(ImageId, Size)> {
        let own = self.plan.edition.book.manifest.metadata.cover.as_ref();
        let front = self.wrap.front_picture(own);
        self.picture(front.map(|front| front.value.as_str()))
    }

    /// The picture all round, if there is one that could be read.
    fn wrap_picture(&self) -> Option<(ImageId, Size)> {
        self.picture(self.wrap.wrap.as_ref().map(|wrap| wrap.value.as_str()))
    }

    /// Whether a picture shows on the front.
    pub(super) fn is_pictured(&self) -> bool {
        self.is_wrapped() || self.front_picture().is_some()
    }

    /// Whether a picture goes all round.
    pub(super) fn is_wrapped(&self) -> bool {
        self.wrap_picture().is_some()
    }

    /// Colours the sheet and puts its pictures on it.
    pub(super) fn pictures(&mut self) {
        let whole = self.sheet.whole();
        let paper = self.style.background.unwrap_or(Color::WHITE);
        self.ground.push(whole.at, bar(whole.size, paper));
        let alt = self.name();
        if let Some(picture) = self.wrap_picture() {
            self.fill(picture, whole, &alt);
        }
        if let Some(picture) = self.front_picture() {
            let front = self.sheet.bleeding(self.sheet.front());
            self.fill(picture, front, &alt);
        }
        let spine = self.role(Role::CoverSpine, &self.style);
        if let Some(color) = spine.background.filter(|_| !self.is_wrapped()) {
            let mut field = self.sheet.spine();
            field.at.y = whole.at.y;
            field.size.height = whole.size.height;
            self.ground.push(field.at, bar(field.size, color));
        }
    }

    /// The book by its title and its authors: what a picture of the whole says to those who do not see it.
    pub(super) fn name(&self) -> String {
        let meta = &self.plan.edition.book.manifest.metadata;
        let authors: Vec<&str> = meta.names("aut").collect();
        if authors.is_empty() {
            meta.title.clone()
        } else {
            format!("{}, {}", meta.title, authors.join(", "))
        }
    }

    /// Fills a place with a picture, its middle in the middle; what is over is not seen.
    fn fill(&mut self, (image, size): (ImageId, Size), place: Rect, alt: &str) {
        let by = place.size.width.ratio(size.width);
        let by = by.max(place.size.height.ratio(size.height));
        let shown = Size::new(
            size.width.scale(by).max(place.size.width),
            size.height.scale(by).max(place.size.height),
        );
        let at = Point::new(
            (place.size.width - shown.width) / 2,
            (place.size.height - shown.height) / 2,
        );
        let mut seen = Frame::new(place.size);
        seen.push(at, self.figure(image, shown, alt));
        self.ground.push(place.at, Item::Clipped(seen.into()));
    }

    /// A picture of a size.
    fn figure(&mut self, image: ImageId, size: Size, alt: &str) -> Item {
        let element = self.element(ElementId(0), Tag::Figure, Some(alt.to_owned()));
        let slot = self.cx.structure.slot(element);
        Item::Image {
            image,
            size,
            owner: Owner::Slot(slot),
        }
    }

    /// The picture for the back as it fits into a room, if there is one that could be read.
    pub(super) fn portrait(&mut self, room: Size) -> Option<Frame> {
        let path = self.wrap.back_image.as_ref()?;
        let (image, size) = self.picture(Some(&path.value))?;
        let by = room.width.ratio(size.width);
        let by = by.min(room.height.ratio(size.height));
        let size = Size::new(size.width.scale(by), size.height.scale(by));
        let authors = self.plan.edition.book.manifest.metadata.names("aut");
        let alt = authors.collect::<Vec<_>>().join(", ");
        let alt = if alt.is_empty() { self.name() } else { alt };
        let item = self.figure(image, size, &alt);
        let mut frame = Frame::new(size);
        frame.push(Point::ZERO, item);
        Some(frame)
    }

    /// Repeats the theme's ornament over front and back, where nothing else stands.
    pub(super) fn pattern(&mut self) {
        let style = self.role(Role::CoverPattern, &self.style);
        let ornament = style.ornament.clone().filter(|o| !o.trim().is_empty());
        let Some(ornament) = ornament.filter(|_| !style.hidden && !self.is_pictured()) else {
            return;
        };
        let step = style.leading;
        let voice = Voice::Artifact(Artifact::Layout);
        let mut stick = Stick::new(&mut self.cx, self.plan, step, ElementId(0));
        let figure = stick.label(&ornament, &style.into(), voice);
        let size = figure.size;
        if step < CLOSEST || size.width > step || size.width.is_zero() {
            return;
        }
        let row = step.fraction(ROW.0, ROW.1);
        for panel in [self.sheet.front(), self.sheet.back()] {
            let field = self.sheet.bleeding(panel);
            // From the middle out, so that both sides end alike.
            let middle = Point::new(
                panel.at.x + panel.size.width / 2,
                panel.at.y + panel.size.height / 2,
            );
            let columns = field.size.width.raw() / step.raw() / 2 + 2;
            let rows = field.size.height.raw() / row.raw() / 2 + 2;
            for down in -rows..=rows {
                let shift = if down % 2 == 0 { Abs::ZERO } else { step / 2 };
                for across in -columns..=columns {
                    let at = Point::new(
                        middle.x + step * across + shift - size.width / 2,
                        middle.y + row * down - size.height / 2,
                    );
                    let cell = Rect { at, size };
                    // Not across a fold, not outside, not under type.
                    let folded = overlap(cell, inset(self.sheet.spine(), Abs::ZERO - step / 8));
                    let outside = !overlap(cell, field);
                    let clear = |taken: &Rect| !overlap(cell, inset(*taken, Abs::ZERO - step / 6));
                    if !folded && !outside && self.taken.iter().all(clear) {
                        self.ground.push_frame(at, figure.clone());
                    }
                }
            }
        }
    }
}
