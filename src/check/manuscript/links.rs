//! Links without words, and pictures whose description describes nothing.

use super::Page;
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{
    Block, BlockKind, Image, ImageSource, Inline, InlineKind, NodeId, Visit, plain_words,
    walk_blocks,
};

pub(super) fn judge(page: &Page<'_>, sink: &Sink) {
    let mut looker = Looker { page, sink };
    walk_blocks(&page.chapter.blocks, &mut looker);
    for note in &page.chapter.notes {
        walk_blocks(&note.blocks, &mut looker);
    }
}

struct Looker<'p> {
    page: &'p Page<'p>,
    sink: &'p Sink,
}

impl<'a> Visit<'a> for Looker<'_> {
    fn block(&mut self, block: &'a Block) {
        if let BlockKind::Figure(figure) = &block.kind {
            self.image(&figure.image, block.id);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match &inline.kind {
            InlineKind::Image(image) => self.image(image, inline.id),
            InlineKind::Link { to, content, .. } => self.link(to, content, inline.id),
            _ => {}
        }
    }
}

impl Looker<'_> {
    fn push(&self, code: Code, node: NodeId, message: String, hint: &str) {
        let at = self.page.chapter.spans.get(node);
        self.sink
            .push(Diagnostic::new(code, at, message).hint(hint));
    }

    fn link(&self, to: &str, content: &[Inline], node: NodeId) {
        // A picture without words is another code's.
        let shows = |inline: &Inline| {
            matches!(
                inline.kind,
                InlineKind::Image(_)
                    | InlineKind::Math { .. }
                    | InlineKind::Cite { .. }
                    | InlineKind::Ref { .. }
                    | InlineKind::NoteCall(_)
            )
        };
        // A link without a target is another code's too.
        if !to.trim().is_empty() && plain_words(content).trim().is_empty() && !any(content, &shows)
        {
            let message = format!("the link to `{to}` has no words");
            self.push(
                Code::EmptyLink,
                node,
                message,
                "write its words between the square brackets",
            );
        }
    }

    fn image(&self, image: &Image, node: NodeId) {
        let Some(alt) = image
            .described()
            .map(str::trim)
            .filter(|_| !image.is_decorative())
        else {
            return;
        };
        let file = match &image.source {
            ImageSource::File(path) => path.rsplit('/').next().unwrap_or_default(),
            ImageSource::Elsewhere(_) => "",
        };
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let is_name = is_file_name(alt) || alt == file;
        // `Ahab` may well describe `ahab.png`; `IMG_1234` and `fig-2` describe nothing.
        let is_stem = alt.eq_ignore_ascii_case(stem)
            && stem.contains(|c: char| c == '_' || c == '-' || c.is_ascii_digit());
        let message = if is_name || is_stem {
            format!("`{alt}` is the name of a file, not a description of the picture")
        } else if NOTHING.contains(&alt.to_lowercase().trim_end_matches('.')) {
            format!("`{alt}` says that there is a picture, not what it shows")
        } else {
            return;
        };
        self.push(
            Code::PoorAlt,
            node,
            message,
            "say in a few words what the picture shows, or say `{decorative}` if it only adorns",
        );
    }
}

fn any(content: &[Inline], what: &impl Fn(&Inline) -> bool) -> bool {
    content
        .iter()
        .any(|inline| what(inline) || any(inline.kind.content(), what))
}

/// One word with an ending of pictures.
fn is_file_name(alt: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "jpg", "jpeg", "png", "gif", "webp", "svg", "tif", "tiff", "bmp", "avif", "heic",
    ];
    let ending = alt
        .rsplit_once('.')
        .filter(|(stem, _)| !stem.is_empty() && !stem.contains(char::is_whitespace));
    ending.is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}

/// Words for any picture at all, in lower case, in the languages that books here are in most.
const NOTHING: &[&str] = &[
    "image",
    "picture",
    "photo",
    "photograph",
    "img",
    "pic",
    "graphic",
    "alt",
    "alt text",
    "image description",
    "untitled",
    "bild",
    "foto",
    "abbildung",
    "grafik",
    "figura",
    "imagen",
    "immagine",
    "imagem",
    "afbeelding",
    "illustration",
];
