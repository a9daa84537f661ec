//! The pages that recto makes, and where they stand among the author's.
//!
//! In: the author's chapters and parts, the manifest. Out: all chapters in reading order — half title, title page,
//! copyright, then the author's dedication and epigraph, contents, the rest of the front, body, back, notes, colophon —
//! and for each whether it stands in a part. A page that the author wrote (by its role) is not made again.

use std::sync::Arc;

use super::words::Words;
use crate::diag::{Code, Diagnostic, Sink};
use crate::manifest::{Contributor, Generated, Manifest, Metadata, NotePlace, SpineKind};
use crate::model::{
    Attrs, Block, BlockKind, Chapter, ChapterRole, Container, ContainerKind, Inline, InlineKind,
    Lang, Matter, NodeId, Origin,
};

/// The chapters in reading order, and whether each stands in a part.
pub(super) fn arrange(
    chapters: Vec<Arc<Chapter>>,
    manifest: &Manifest,
    sink: &Sink,
) -> (Vec<Arc<Chapter>>, Vec<bool>) {
    let in_part = parts(&chapters, manifest);
    let own: Vec<(Arc<Chapter>, bool)> = chapters.into_iter().zip(in_part).collect();
    let wanted = |page, role| {
        manifest.generate.contains(&page) && own.iter().all(|(chapter, _)| chapter.role != role)
    };
    let meta = &manifest.metadata;
    let words = Words::of(&meta.language);
    let made = |chapter: Chapter| (Arc::new(chapter), false);
    let mut book = Vec::with_capacity(own.len() + 6);
    if wanted(Generated::HalfTitle, ChapterRole::HalfTitle) {
        book.push(made(half_title(meta)));
    }
    if wanted(Generated::TitlePage, ChapterRole::TitlePage) {
        book.push(made(title_page(meta, words)));
    }
    if wanted(Generated::Copyright, ChapterRole::Copyright) {
        book.extend(copyright(meta, words).map(made));
    }
    let contents = wanted(Generated::Contents, ChapterRole::Contents) && !own.is_empty();
    let contents = contents.then(|| made(contents_page(words)));
    let notes = manifest.notes == NotePlace::Book
        && own.iter().any(|(chapter, _)| !chapter.notes.is_empty())
        && own
            .iter()
            .all(|(chapter, _)| chapter.role != ChapterRole::Notes);
    let colophon = wanted(Generated::Colophon, ChapterRole::Colophon);
    for (page, role, name) in [
        (
            Generated::Bibliography,
            ChapterRole::Bibliography,
            "bibliography",
        ),
        (Generated::Index, ChapterRole::Index, "index"),
    ] {
        if wanted(page, role) {
            sink.push(Diagnostic::new(
                Code::UnresolvedReference,
                None,
                format!("no {name} was made: this release does not yet make one"),
            ));
        }
    }

    let before_contents = own
        .iter()
        .take_while(|(chapter, _)| chapter.matter == Matter::Front && chapter.role.is_preliminary())
        .count();
    let mut own = own.into_iter();
    book.extend(own.by_ref().take(before_contents));
    book.extend(contents);
    book.extend(own);
    if notes {
        book.push(made(notes_page(words)));
    }
    if colophon {
        book.push(made(colophon_page(meta, words)));
    }
    book.into_iter().unzip()
}

/// Which chapters stand in a part: those of its matter that follow it, up to where the spine ends it.
fn parts(chapters: &[Arc<Chapter>], manifest: &Manifest) -> Vec<bool> {
    let mut spine = manifest.spine.iter().peekable();
    let mut current: Option<Matter> = None;
    let mut in_part = Vec::with_capacity(chapters.len());
    for chapter in chapters {
        // A file that could not be read has an entry in the spine and no chapter: entries are passed over up to the
        // chapter's own; a chapter that the spine does not have (there is none such) passes over none.
        let mut ahead = spine.clone();
        let own = ahead.position(|item| match (&item.kind, &chapter.origin) {
            (SpineKind::File { path, .. }, Origin::File(_, own)) => path == own,
            (SpineKind::Part { .. }, _) => chapter.role == ChapterRole::Part,
            _ => false,
        });
        if let Some(steps) = own {
            for item in spine.by_ref().take(steps + 1) {
                if item.kind == SpineKind::EndPart {
                    current = None;
                }
            }
        }
        if chapter.role == ChapterRole::Part {
            current = Some(chapter.matter);
            in_part.push(false);
        } else {
            if current.is_some_and(|matter| matter != chapter.matter) {
                current = None;
            }
            in_part.push(current.is_some());
        }
    }
    in_part
}

/// Numbers the nodes of a page as it is made.
struct Maker(u32);

impl Maker {
    fn id(&mut self) -> NodeId {
        self.0 += 1;
        NodeId(self.0)
    }

    fn text(&mut self, text: &str) -> Vec<Inline> {
        vec![Inline {
            id: self.id(),
            kind: InlineKind::Text(text.to_owned()),
        }]
    }

    fn block(&mut self, class: Option<&str>, kind: impl FnOnce(&mut Maker) -> BlockKind) -> Block {
        let id = self.id();
        let attrs = class.map(|class| {
            Box::new(Attrs {
                classes: vec![class.to_owned()],
                ..Attrs::default()
            })
        });
        Block {
            id,
            attrs,
            kind: kind(self),
        }
    }

    fn line(&mut self, class: &str, text: &str) -> Block {
        self.block(Some(class), |maker| BlockKind::Paragraph(maker.text(text)))
    }

    fn heading(&mut self, text: &str) -> Block {
        self.block(None, |maker| BlockKind::Heading {
            level: 1,
            content: maker.text(text),
        })
    }
}

fn page(name: &str, matter: Matter, role: ChapterRole, blocks: Vec<Block>) -> Chapter {
    Chapter {
        blocks,
        ..Chapter::made(Origin::Made(name.to_owned()), matter, role)
    }
}

/// A page that is one container, its lines named by their classes.
fn boxed(
    name: &str,
    role: ChapterRole,
    kind: ContainerKind,
    lines: impl FnOnce(&mut Maker) -> Vec<Block>,
) -> Chapter {
    let mut maker = Maker(0);
    let block = maker.block(None, |maker| {
        BlockKind::Container(Container {
            kind,
            title: Vec::new(),
            blocks: lines(maker),
        })
    });
    page(name, Matter::Front, role, vec![block])
}

fn half_title(meta: &Metadata) -> Chapter {
    boxed(
        "half-title",
        ChapterRole::HalfTitle,
        ContainerKind::HalfTitle,
        |maker| vec![maker.line("half-title", &meta.title)],
    )
}

fn title_page(meta: &Metadata, words: &Words) -> Chapter {
    boxed(
        "title-page",
        ChapterRole::TitlePage,
        ContainerKind::TitlePage,
        |maker| {
            let mut lines = vec![maker.line("title", &meta.title)];
            if let Some(subtitle) = &meta.subtitle {
                lines.push(maker.line("subtitle", subtitle));
            }
            let authors: Vec<&str> = meta.names("aut").collect();
            if !authors.is_empty() {
                lines.push(maker.line("author", &words.list(&authors)));
            }
            let mut roles: Vec<&str> = Vec::new();
            for role in meta.contributors.iter().flat_map(Contributor::roles) {
                if role != "aut" && !roles.contains(&role) {
                    roles.push(role);
                }
            }
            for role in roles {
                let names: Vec<&str> = meta.names(role).collect();
                lines.push(maker.line("contributor", &words.credit(role, &names)));
            }
            if let Some(publisher) = &meta.publisher {
                lines.push(maker.line("publisher", publisher));
            }
            lines
        },
    )
}

/// Nothing is made up: where the author gave none of rights, publisher, date and numbers, there is no page.
fn copyright(meta: &Metadata, words: &Words) -> Option<Chapter> {
    let year = meta.date.as_deref().and_then(|date| date.get(..4));
    let mut lines: Vec<String> = Vec::new();
    lines.extend(meta.rights.clone());
    let new_year = year.filter(|year| !meta.rights.as_deref().unwrap_or_default().contains(year));
    match (&meta.publisher, new_year) {
        (Some(publisher), Some(year)) => {
            lines.push(words.published_by.replace("{}", publisher) + ", " + year);
        }
        (Some(publisher), None) => lines.push(words.published_by.replace("{}", publisher)),
        (None, Some(year)) => lines.push(year.to_owned()),
        (None, None) => {}
    }
    let ids = &meta.identifiers;
    lines.extend(ids.isbn_print.as_ref().map(|isbn| format!("ISBN {isbn}")));
    lines.extend(
        ids.isbn_epub
            .as_ref()
            .map(|isbn| format!("ISBN {isbn} (EPUB)")),
    );
    lines.extend(ids.doi.as_ref().map(|doi| format!("DOI {doi}")));
    if lines.is_empty() {
        return None;
    }
    Some(boxed(
        "copyright",
        ChapterRole::Copyright,
        ContainerKind::Copyright,
        |maker| {
            lines
                .iter()
                .map(|line| maker.line("copyright", line))
                .collect()
        },
    ))
}

fn contents_page(words: &Words) -> Chapter {
    let mut maker = Maker(0);
    let blocks = vec![
        maker.heading(words.contents),
        maker.block(None, |_| BlockKind::Contents),
    ];
    page("contents", Matter::Front, ChapterRole::Contents, blocks)
}

/// Where the typesetter sets the notes of the whole book, under this heading.
fn notes_page(words: &Words) -> Chapter {
    let blocks = vec![Maker(0).heading(words.notes)];
    page("notes", Matter::Back, ChapterRole::Notes, blocks)
}

fn colophon_page(meta: &Metadata, words: &Words) -> Chapter {
    let mut maker = Maker(0);
    let heading = maker.heading(words.colophon);
    let text = concat!(
        "Made from its manuscript by recto ",
        env!("CARGO_PKG_VERSION"),
        "."
    );
    let mut line = maker.block(None, |maker| BlockKind::Paragraph(maker.text(text)));
    if meta.language.primary() != "en" {
        line.attrs = Some(Box::new(Attrs {
            lang: Some(Lang::default()),
            ..Attrs::default()
        }));
    }
    page(
        "colophon",
        Matter::Back,
        ChapterRole::Colophon,
        vec![heading, line],
    )
}
