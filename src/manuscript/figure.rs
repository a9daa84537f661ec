//! Images and figures.

use std::ops::Range;

use super::builder::{Builder, trim_line};
use super::frame::Piece;
use super::{attrs, read, table};
use crate::model::{
    Attrs, Block, BlockKind, Container, ContainerKind, Figure, Image, ImageSource, Inline,
    InlineKind,
};
use crate::source::undo_percent;

/// Where an image comes from, as a file at `path` names it.
pub(super) fn source(path: &str, to: &str) -> ImageSource {
    let elsewhere = || ImageSource::Elsewhere(to.to_owned());
    let has_scheme = to.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    });
    if has_scheme || to.starts_with("//") || to.is_empty() {
        return elsewhere();
    }
    let bare = to.split(['?', '#']).next().unwrap_or(to);
    let decoded = undo_percent(bare);
    // A slash at the start means the root of a site: here, the book's folder.
    let path = match decoded.strip_prefix('/') {
        Some(rooted) => read::outward(rooted),
        None => read::beside(path, &decoded),
    };
    // Whether a path that leads out of the folder may be followed, the world says.
    match path.is_empty() {
        true => elsewhere(),
        false => ImageSource::File(path),
    }
}

/// The image that stands alone in a line, with the attributes behind it.
pub(super) fn alone(pieces: &mut Vec<Piece>) -> Option<Image> {
    let mut images = 0;
    for piece in pieces.iter() {
        match piece {
            Piece::Attrs(..) if images == 1 => {}
            Piece::Inline(Inline { kind, .. }) => match kind {
                InlineKind::Image(_) => images += 1,
                InlineKind::Text(text) if text.trim().is_empty() => {}
                InlineKind::SoftBreak => {}
                _ => return None,
            },
            Piece::Attrs(..) => return None,
        }
    }
    if images != 1 {
        return None;
    }
    let mut image = None;
    for piece in pieces.drain(..) {
        match (piece, &mut image) {
            (
                Piece::Inline(Inline {
                    kind: InlineKind::Image(found),
                    ..
                }),
                _,
            ) => image = Some(*found),
            (Piece::Attrs(more, _), Some(image)) => attrs::merge(&mut image.attrs, *more),
            _ => {}
        }
    }
    image
}

/// The images, two or more, that are all a paragraph holds, each with the attributes behind it.
pub(super) fn several(pieces: &mut Vec<Piece>) -> Option<Vec<Image>> {
    let is_image = |piece: &Piece| matches!(piece, Piece::Inline(inline) if matches!(inline.kind, InlineKind::Image(_)));
    let all = pieces.iter().all(|piece| match piece {
        Piece::Attrs(..) => true,
        Piece::Inline(inline) => match &inline.kind {
            InlineKind::Image(_) | InlineKind::SoftBreak => true,
            InlineKind::Text(text) => text.trim().is_empty(),
            _ => false,
        },
    });
    let images = pieces.iter().filter(|piece| is_image(piece)).count();
    if !all || images < 2 || !pieces.first().is_some_and(is_image) {
        return None;
    }
    let mut found: Vec<Image> = Vec::with_capacity(images);
    for piece in pieces.drain(..) {
        match piece {
            Piece::Inline(Inline {
                kind: InlineKind::Image(image),
                ..
            }) => found.push(*image),
            Piece::Attrs(more, _) => {
                if let Some(last) = found.last_mut() {
                    attrs::merge(&mut last.attrs, *more);
                }
            }
            Piece::Inline(_) => {}
        }
    }
    Some(found)
}

impl Builder<'_> {
    /// Images alone in a paragraph are figures side by side; their titles are their captions.
    pub fn images_alone(&mut self, images: Vec<Image>, mut own: Attrs, range: Range<usize>) {
        let mut blocks = Vec::with_capacity(images.len());
        for mut image in images {
            let caption = match image.title.take() {
                Some(title) => self.words(&title, range.clone()),
                None => Vec::new(),
            };
            blocks.push(Block {
                id: self.node(range.clone()),
                attrs: None,
                kind: BlockKind::Figure(Figure { image, caption }),
            });
        }
        attrs::add_class(&mut own, "row");
        let container = Container {
            kind: ContainerKind::Plain,
            title: Vec::new(),
            blocks,
        };
        self.block(BlockKind::Container(container), own, range);
    }

    /// An image alone in a paragraph is a figure; its title is the caption.
    pub fn image_alone(&mut self, mut image: Image, own: Attrs, range: Range<usize>) {
        let mut merged = own;
        attrs::merge(&mut merged, std::mem::take(&mut image.attrs));
        image.attrs = merged;
        let caption = match image.title.take() {
            Some(title) => self.words(&title, range.clone()),
            None => Vec::new(),
        };
        self.figure(image, caption, range);
    }

    /// Adds a figure; with `only=`, for one format alone.
    fn figure(&mut self, mut image: Image, caption: Vec<Inline>, range: Range<usize>) {
        let only = image.attrs.get("only").and_then(super::container::target);
        if only.is_some() {
            image.attrs.rest.remove("only");
        }
        let kind = BlockKind::Figure(Figure { image, caption });
        match only {
            Some(target) => {
                let id = self.node(range.clone());
                let blocks = Vec::from([Block {
                    id,
                    attrs: None,
                    kind,
                }]);
                self.block(BlockKind::Only { target, blocks }, Attrs::default(), range);
            }
            None => self.block(kind, Attrs::default(), range),
        }
    }

    /// `<figure>`: a figure if it holds one image, else whatever it holds with the caption below.
    pub fn finish_figure(
        &mut self,
        mut blocks: Vec<Block>,
        mut caption: Vec<Inline>,
        own: Attrs,
        range: Range<usize>,
    ) {
        if let [block] = blocks.as_mut_slice() {
            // What is wrong with it is told at the image itself.
            let own_id = match &block.kind {
                BlockKind::Paragraph(content) => content
                    .iter()
                    .find(|inline| matches!(inline.kind, InlineKind::Image(_)))
                    .map_or(block.id, |image| image.id),
                _ => block.id,
            };
            let image = match &mut block.kind {
                BlockKind::Figure(figure) => {
                    if caption.is_empty() {
                        caption = std::mem::take(&mut figure.caption);
                    }
                    Some(figure.image.clone())
                }
                BlockKind::Paragraph(content) => lone_image(content),
                BlockKind::Table(table) if table.caption.is_empty() => {
                    table.caption = std::mem::take(&mut caption);
                    None
                }
                _ => None,
            };
            if let Some(mut image) = image {
                let mut merged = own;
                attrs::merge(&mut merged, std::mem::take(&mut image.attrs));
                image.attrs = merged;
                let range = self.range(own_id);
                return self.figure(image, caption, range);
            }
        }
        if !caption.is_empty() {
            let id = self.node(range.clone());
            let mut class = Attrs::default();
            attrs::add_class(&mut class, "caption");
            blocks.push(Block {
                id,
                attrs: Some(Box::new(class)),
                kind: BlockKind::Paragraph(caption),
            });
        }
        let mut own = own;
        attrs::add_class(&mut own, "figure");
        let container = Container {
            kind: ContainerKind::Plain,
            title: Vec::new(),
            blocks,
        };
        self.block(BlockKind::Container(container), own, range);
    }

    /// `<div align="center">` and its kin: nothing of its own without a kind or attributes.
    pub fn finish_division(
        &mut self,
        kind: ContainerKind,
        blocks: Vec<Block>,
        own: Attrs,
        range: Range<usize>,
    ) {
        if kind == ContainerKind::Plain && own.is_empty() {
            for block in blocks {
                self.add_block(block);
            }
            return;
        }
        let container = Container {
            kind,
            title: Vec::new(),
            blocks,
        };
        self.block(BlockKind::Container(container), own, range);
    }

    /// A term that is an image with a definition below is a figure with its caption; a definition of nothing above a
    /// table is the table's; else these are definitions.
    pub fn finish_definitions(
        &mut self,
        definitions: Vec<crate::model::Definition>,
        own: Attrs,
        range: Range<usize>,
    ) {
        let mut kept = Vec::new();
        for mut definition in definitions {
            let image = match (
                definition.terms.as_mut_slice(),
                definition.bodies.as_slice(),
            ) {
                ([term], [body])
                    if matches!(
                        body.as_slice(),
                        [Block {
                            kind: BlockKind::Paragraph(_),
                            ..
                        }]
                    ) =>
                {
                    lone_image(term)
                }
                _ => None,
            };
            let Some(mut image) = image else {
                kept.push(definition);
                continue;
            };
            self.definitions(std::mem::take(&mut kept), &own, &range);
            let range = self.range(definition.id);
            let Some(Block {
                kind: BlockKind::Paragraph(caption),
                attrs: more,
                ..
            }) = definition.bodies.pop().and_then(|mut body| body.pop())
            else {
                continue;
            };
            if let Some(more) = more {
                attrs::merge(&mut image.attrs, *more);
            }
            image.title = None;
            self.figure(image, caption, range);
        }
        self.definitions(kept, &own, &range);
    }

    fn definitions(
        &mut self,
        definitions: Vec<crate::model::Definition>,
        own: &Attrs,
        range: &Range<usize>,
    ) {
        if definitions.is_empty() {
            return;
        }
        let start = self.range(definitions[0].id).start;
        let end = definitions
            .last()
            .map_or(range.end, |last| self.range(last.id).end);
        self.block(
            BlockKind::Definitions(definitions),
            own.clone(),
            start..end.max(start),
        );
    }

    /// A caption's attributes stand at its end; it hangs on the table above.
    pub fn is_caption_below(&mut self, line: &[Inline], own: &Attrs, range: &Range<usize>) -> bool {
        if !table::is_caption(&self.text[range.clone()]) {
            return false;
        }
        let mut line = line.to_vec();
        table::strip_mark(&mut line);
        trim_line(&mut line);
        let end = range.end;
        let Some(Block {
            id,
            attrs: on,
            kind: BlockKind::Table(table),
        }) = self.host().blocks.last_mut()
        else {
            return false;
        };
        if !table.caption.is_empty() {
            return false;
        }
        let id = *id;
        table.caption = line;
        if !own.is_empty() {
            attrs::merge(on.get_or_insert_default(), own.clone());
        }
        self.ranges[id.0 as usize].end = end;
        true
    }
}

/// The image that is all a line holds.
fn lone_image(content: &mut Vec<Inline>) -> Option<Image> {
    trim_line(content);
    match content.as_mut_slice() {
        [
            Inline {
                kind: InlineKind::Image(image),
                ..
            },
        ] => Some((**image).clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_found_from_their_file() {
        let file = |path: &str| ImageSource::File(path.to_owned());
        for (from, to, wanted) in [
            ("a/b.md", "../img/x.png", file("img/x.png")),
            ("a/b.md", "x%20y.png", file("a/x y.png")),
            ("b.md", "/img/x.png", file("img/x.png")),
            ("b.md", "x.svg#part", file("x.svg")),
            ("b.md", "../x.png", file("../x.png")),
            ("a/b.md", "../../x.png", file("../x.png")),
        ] {
            assert_eq!(source(from, to), wanted, "{to}");
        }
        for to in [
            "https://a.b/c.png",
            "data:image/png;base64,x",
            "//a.b/c",
            "",
        ] {
            assert_eq!(
                source("b.md", to),
                ImageSource::Elsewhere(to.to_owned()),
                "{to}"
            );
        }
    }
}
