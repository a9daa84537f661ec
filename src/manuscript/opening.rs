//! The picture above a chapter's title: `opening-image:` in the header, or an image of the class `opening` beside the title.
//!
//! However it was written, it becomes the first of the chapter's blocks.

use super::figure;
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{Attrs, Block, BlockKind, Chapter, Figure, Image, NodeId, OPENING_PICTURE};
use crate::source::Span;
use crate::yaml::{self, Node};

/// What may be said of a picture in a header.
const KEYS: [&str; 5] = ["file", "alt", "bleed", "height", "decorative"];

/// Reads `opening-image: map.jpg` or `{file: map.jpg, alt: A map, bleed: true}` in the header of a file at `path`; `place`
/// finds where a node stands.
pub(super) fn read(
    node: &Node,
    path: &str,
    place: &dyn Fn(Option<Span>) -> Option<Span>,
    sink: &Sink,
) -> Option<Image> {
    let text = |node: &Node| node.text().map(|text| text.trim().to_owned());
    let mut attrs = Attrs {
        classes: vec![OPENING_PICTURE.to_owned()],
        ..Attrs::default()
    };
    let wrong = |node: &Node| {
        let message = "`opening-image` must be a file, or a mapping with one".to_owned();
        let found = Diagnostic::new(Code::BadHeader, place(node.at), message);
        sink.push(found.hint("write `opening-image: {file: images/map.jpg, alt: A map}`"));
    };
    let file = text(node).or_else(|| node.get("file").and_then(text));
    let Some(file) = file.filter(|file| !file.is_empty()) else {
        wrong(node);
        return None;
    };
    for (key, value) in node.entries() {
        match key.name.as_str() {
            "bleed" if value.bool() == Some(true) => attrs.classes.push("bleed".to_owned()),
            "decorative" if value.bool() == Some(true) => {
                attrs.rest.insert("decorative".to_owned(), String::new());
            }
            "height" => attrs
                .rest
                .extend(text(value).map(|height| ("height".to_owned(), height))),
            _ => {}
        }
        if !KEYS.contains(&key.name.as_str()) {
            let mut found = yaml::unknown_key(key, Some("opening-image"), KEYS.iter().copied());
            found.at = place(found.at);
            sink.push(found);
        }
    }
    Some(Image {
        source: figure::source(path, &file),
        alt: node.get("alt").and_then(text).unwrap_or_default(),
        title: None,
        attrs,
    })
}

/// A block of a picture that no block of the text is: `id` is its number until the chapter is whole.
pub(super) fn block(image: Image, id: NodeId) -> Block {
    Block {
        id,
        attrs: None,
        kind: BlockKind::Figure(Figure {
            image,
            caption: Vec::new(),
        }),
    }
}

/// Puts the picture that stands beside the title before all.
pub(super) fn raise(blocks: &mut [Block]) {
    let Some(title) = blocks
        .iter()
        .position(|block| matches!(block.kind, BlockKind::Heading { .. }))
    else {
        return;
    };
    let near = &blocks[..blocks.len().min(title + 2)];
    if let Some(at) = near.iter().position(Block::is_opening_picture) {
        blocks[..=at].rotate_right(1);
    }
}

/// Gives the picture of a header its place in the file.
pub(super) fn locate(chapter: &mut Chapter, at: Option<Span>) {
    let first = chapter.blocks.first().map(|block| block.id.0 as usize);
    if let (Some(span), Some(at)) = (first.and_then(|id| chapter.spans.0.get_mut(id)), at) {
        *span = at;
    }
}
