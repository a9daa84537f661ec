//! Figures: an image as large as its author or its own size says, never larger than the room, and its caption.

use std::sync::Arc;

use super::ChildKind;
use super::block::classes;
use super::float::{Kind, height_of};
use super::opening::{text, text_as};
use super::stick::Stick;
use crate::diag::{Code, Diagnostic};
use crate::model::{Block, Figure, Image, ImageSource, Inline, NodeId, Role};
use crate::resolve::{Asset, AssetKind};
use crate::theme::Justify;
use crate::typeset::frame::{Artifact, Frame, ImageId, Item, Owner};
use crate::typeset::page::cost;
use crate::typeset::structure::{Element, ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Size};

/// CSS pixels per inch: what a bare number or `px` counts.
const CSS_PIXELS: f64 = 96.0;

impl Stick<'_, '_> {
    /// A figure and its caption, together.
    pub(super) fn figure(&mut self, block: &Block, figure: &Figure) {
        let style = self
            .plan
            .style(Role::Figure, classes(block.attrs.as_deref()), &self.text);
        let captioned = !figure.caption.is_empty();
        let attrs = Some(&figure.image.attrs);
        if self.plate(block, figure, &style) {
            return;
        }
        self.float(Kind::Figure, attrs, &style, captioned, |stick| {
            stick.figure_in(block, figure, &style);
        });
    }

    /// A figure where it stands.
    fn figure_in(&mut self, block: &Block, figure: &Figure, style: &Arc<Style>) {
        let image = &figure.image;
        let element = self.figure_element(block, image);
        self.stretchable_space(style.before);
        let from = self.galley.children.len();
        let entered = self.enter(style, element);
        let caption = self.plan.style(Role::Caption, &[], style);
        // Room for two lines of caption and the space around.
        let below = if figure.caption.is_empty() {
            Abs::ZERO
        } else {
            caption.before + caption.leading * 2
        };
        let owner = self.owner_of(image, element);
        match self.picture(image, self.room.width, self.plan.depth - below, owner) {
            Some(picture) => {
                let x = self.indent_of(&picture, style.align);
                self.push_block(picture).x += x;
            }
            None if image.alt.is_empty() => {}
            None => {
                // What stands in for an image that could not be had.
                let words = text(block.id, format!("[{}]", image.alt));
                let element = self.open(Tag::P, block.id);
                self.paragraph_in(&[words], &caption, element);
            }
        }
        if !figure.caption.is_empty() {
            self.keep_last(cost::KEEP);
            let picture = self.galley.children.len() - 1;
            self.caption(figure, &caption, block.id);
            self.shrink(picture, style.align);
        }
        self.leave(entered);
        self.keep_together(from);
        self.stretchable_space(style.after);
        self.first = false;
    }

    /// A figure's element, with what its picture shows in words. What only adorns is no figure to who hears the book.
    pub(super) fn figure_element(&mut self, block: &Block, image: &Image) -> ElementId {
        if image.is_decorative() {
            return self.room.parent;
        }
        let mut element = Element::of(Tag::Figure, self.node(block.id));
        element.alt = image.described().map(str::to_owned);
        self.cx.structure.open(self.room.parent, element)
    }

    /// What an image of a figure belongs to.
    pub(super) fn owner_of(&mut self, image: &Image, element: ElementId) -> Owner {
        if image.is_decorative() {
            Owner::Artifact(Artifact::Layout)
        } else {
            Owner::Slot(self.cx.structure.slot(element))
        }
    }

    /// A figure's caption with its label; a paragraph where the figure only adorns.
    pub(super) fn caption(&mut self, figure: &Figure, style: &Arc<Style>, id: NodeId) {
        let words = self.caption_words(&figure.caption, id);
        let tag = match figure.image.is_decorative() {
            true => Tag::P,
            false => Tag::Caption,
        };
        self.paragraph(&words, style, tag, id);
    }

    /// How far from the start of the room a picture stands.
    pub(super) fn indent_of(&self, picture: &Frame, align: Justify) -> Abs {
        let free = self.room.width - picture.size.width;
        match align {
            Justify::Both | Justify::Center => free / 2,
            Justify::Start if self.plan.rtl => free,
            Justify::Start => Abs::ZERO,
            Justify::End if self.plan.rtl => Abs::ZERO,
            Justify::End => free,
        }
    }

    /// Makes a picture smaller whose caption was set below it, if both are taller than a page.
    fn shrink(&mut self, at: usize, align: Justify) {
        let Some((child, caption)) = self.galley.children[at..].split_first() else {
            return;
        };
        let ChildKind::Block(block) = &child.kind else {
            return;
        };
        let Some((_, Item::Image { image, size, owner })) = block.frame.items.first() else {
            return;
        };
        let below = caption.iter().map(height_of).sum::<Abs>();
        let height = (self.plan.depth - below).max(self.plan.grid * 3);
        if size.height <= height {
            return;
        }
        let size = Size::new(proportion(size.width, height, size.height), height);
        let picture = frame_of(*image, size, *owner);
        let before = self.indent_of(&block.frame, align);
        let x = self.indent_of(&picture, align);
        let child = &mut self.galley.children[at];
        child.x += x - before;
        if let ChildKind::Block(block) = &mut child.kind {
            block.frame = picture.into();
        }
    }

    /// A caption's words behind its label.
    pub fn caption_words(&self, content: &[Inline], id: NodeId) -> Vec<Inline> {
        let number = self.plan.edition.facts.numbers.get(&self.node(id));
        let mut words = Vec::new();
        if let Some(number) = number {
            words.push(text_as(
                id,
                format!("{}.", number.label),
                Role::CaptionLabel,
            ));
            words.push(text(id, "\u{2002}".to_owned()));
        }
        words.extend_from_slice(content);
        words
    }

    /// An image in a frame of its shown size; `None` if there is no such image.
    pub fn picture(
        &mut self,
        image: &Image,
        width: Abs,
        height: Abs,
        owner: Owner,
    ) -> Option<Frame> {
        let ImageSource::File(path) = &image.source else {
            return None;
        };
        let (id, asset) = self.plan.image(path)?;
        let size = self.shown_size(image, asset, width, height.max(self.plan.grid * 3));
        Some(frame_of(id, size, owner))
    }

    fn shown_size(&mut self, image: &Image, asset: &Asset, width: Abs, height: Abs) -> Size {
        let natural = natural_size(asset);
        let across = image
            .attrs
            .get("width")
            .and_then(|text| length(text, width));
        let down = image
            .attrs
            .get("height")
            .and_then(|text| length(text, self.plan.depth));
        let asked = match (across, down) {
            (Some(w), Some(h)) => Size::new(w, h),
            (Some(w), None) => Size::new(w, proportion(natural.height, w, natural.width)),
            (None, Some(h)) => Size::new(proportion(natural.width, h, natural.height), h),
            (None, None) => natural,
        };
        let mut size = Size::new(
            asked.width.max(Abs::pt(1.0)),
            asked.height.max(Abs::pt(1.0)),
        );
        if size.width > width {
            size = Size::new(width, proportion(size.height, width, size.width));
        }
        if size.height > height {
            // Twice the page is more than a large file; the author should know.
            if asked.height > self.plan.depth * 2 && (across.is_some() || down.is_some()) {
                let message = format!(
                    "the image is {:.0} mm tall, the page has {:.0} mm",
                    asked.height.to_mm(),
                    height.to_mm()
                );
                self.cx
                    .report(Diagnostic::new(Code::TooTall, None, message), self.origin);
            }
            size = Size::new(proportion(size.width, height, size.height), height);
        }
        size
    }
}

fn frame_of(image: ImageId, size: Size, owner: Owner) -> Frame {
    let mut frame = Frame::new(size);
    frame.push(Point::ZERO, Item::Image { image, size, owner });
    frame
}

/// The size that an image's own resolution gives it.
pub(super) fn natural_size(asset: &Asset) -> Size {
    let dpi = match asset.kind {
        AssetKind::Svg => CSS_PIXELS,
        _ if asset.dpi.is_finite() && asset.dpi >= 1.0 => asset.dpi,
        _ => CSS_PIXELS,
    };
    let length = |pixels: u32| Abs::inches(f64::from(pixels.max(1)) / dpi);
    let (width, height) = asset.shown();
    Size::new(length(width), length(height))
}

/// `of` times `part` by `whole`, without overflow for the longest of strips.
pub(super) fn proportion(of: Abs, part: Abs, whole: Abs) -> Abs {
    of.fraction(part.raw(), whole.raw())
        .clamp(Abs::pt(1.0), Abs::MAX)
}

/// `80%`, `5cm`, `300px`, `300`.
pub(super) fn length(text: &str, whole: Abs) -> Option<Abs> {
    let text = text.trim();
    let number = |digits: &str| {
        digits
            .trim()
            .parse::<f64>()
            .ok()
            .filter(|n| n.is_finite() && *n > 0.0)
    };
    let length = if let Some(percent) = text.strip_suffix('%') {
        whole.scale(number(percent)? / 100.0)
    } else if let Some(pixels) = text.strip_suffix("px") {
        Abs::inches(number(pixels)? / CSS_PIXELS)
    } else if let Some(pixels) = number(text) {
        Abs::inches(pixels / CSS_PIXELS)
    } else {
        text.parse().ok()?
    };
    (length > Abs::ZERO && length < Abs::inches(10_000.0)).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::{Nature, Tone};

    #[test]
    fn lengths_of_images_are_parts_of_the_measure_pixels_or_lengths() {
        let whole = Abs::pt(300.0);
        for (text, points) in [
            ("80%", 240.0),
            ("96px", 72.0),
            ("96", 72.0),
            ("1in", 72.0),
            ("25.4mm", 72.0),
        ] {
            assert_eq!(length(text, whole), Some(Abs::pt(points)), "{text}");
        }
        for text in ["", "-5%", "wide", "nan", "0", "1e300"] {
            assert_eq!(length(text, whole), None, "{text}");
        }
    }

    /// A photograph taken upright is stored on its side.
    #[test]
    fn turned_photographs_are_as_wide_as_they_are_shown() {
        let asset = |orientation| Asset {
            bytes: Arc::from([]),
            kind: AssetKind::Jpeg,
            size: (960, 480),
            dpi: 96.0,
            orientation,
            nature: Nature::of(Tone::Color),
            at: None,
        };
        let (lying, standing) = ((10.0, 5.0), (5.0, 10.0));
        for (orientation, (width, height)) in [(1, lying), (3, lying), (6, standing), (8, standing)]
        {
            let size = Size::new(Abs::inches(width), Abs::inches(height));
            assert_eq!(natural_size(&asset(orientation)), size, "{orientation}");
        }
    }

    #[test]
    fn proportions_hold() {
        assert_eq!(
            proportion(Abs::pt(100.0), Abs::pt(50.0), Abs::pt(200.0)),
            Abs::pt(25.0)
        );
    }
}
