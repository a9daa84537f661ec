//! Markdown to the model.
//!
//! In: files of a manuscript. Out: a [`Chapter`] each. Steps:
//! 1. [`read()`]: bytes to text; includes and variables put in (`include`), each byte still knowing its file;
//! 2. [`parse`]: the header taken off (`header`); what is none of Markdown's business hidden from its parser (`mask`);
//!    its events, HTML (`html`) and containers (`directive`) opening and closing frames (`events`, `frame`); signs of
//!    ours found among the words (`run`); each closed frame made a node (`finish`);
//! 3. notes put in the order of their calls and nodes numbered in reading order (`number`).
//!
//! Nothing here fails: a mistake gives the nearest sensible model and a diagnostic.

mod alert;
mod answers;
mod attrs;
mod autolink;
mod builder;
mod cite;
mod code;
mod container;
mod directive;
mod events;
mod figure;
mod finish;
mod frame;
mod header;
mod html;
mod include;
mod margin;
mod mask;
mod number;
mod opening;
mod read;
mod role;
mod run;
mod slice;
mod span;
mod split;
mod table;
#[cfg(test)]
mod tests;
mod verse;

pub use self::answers::gather;
pub use self::split::split;

use std::collections::{BTreeMap, BTreeSet};

use self::builder::{Builder, Features, Place};
use crate::diag::{Code, Sink};
use crate::model::{
    Attrs, Block, BlockKind, Chapter, ChapterRole, Dialect, Image, Matter, Origin, Spans,
    plain_inlines,
};
use crate::source::{Expanded, FileId, Sources, Span, World};

/// A file of the manuscript, its includes put in, and what the book says of it.
#[derive(Clone, Debug)]
pub struct Script {
    /// The file.
    pub file: FileId,
    /// Its path in the book's folder.
    pub path: String,
    /// Its text.
    pub text: Expanded,
    /// Which third of the book it stands in.
    pub matter: Matter,
    /// How deep it is nested among the chapters.
    pub depth: u8,
    /// What the list of chapters calls it.
    pub title: Option<String>,
    /// Whether the list of chapters wants it numbered.
    pub numbered: Option<bool>,
}

/// Reads a chapter's file and puts its includes and variables in. `None`, and a diagnostic, if it cannot be read.
/// `at` is where the book names it.
pub fn read(
    world: &dyn World,
    sources: &Sources,
    path: &str,
    at: Option<Span>,
    dialect: &Dialect,
    variables: &BTreeMap<String, String>,
    sink: &Sink,
) -> Option<(FileId, Expanded)> {
    let file = read::file(world, sources, path, at, Code::MissingChapter, sink)?;
    let start = include::body_start(&file.text);
    if !dialect.extensions || !file.text.contains("{{") {
        let mut text = Expanded::default();
        text.push_copy(file.id, start, &file.text[start..]);
        return Some((file.id, text));
    }
    let mut expander = include::Expander {
        world,
        sources,
        dialect,
        variables,
        sink,
        files: BTreeMap::new(),
        stack: Vec::from([read::clean(path).unwrap_or_else(|| path.to_owned())]),
        out: Expanded::default(),
        unknown: BTreeSet::new(),
        count: 0,
        full: false,
    };
    expander.markdown(&file, start..file.text.len());
    Some((file.id, expander.out))
}

/// Parses a chapter.
pub fn parse(script: &Script, dialect: &Dialect, sink: &Sink) -> Chapter {
    let header = if dialect.extensions {
        header::read(&script.text, &script.path, sink)
    } else {
        header::Header::default()
    };
    let features = Features::of(dialect);
    let text = &script.text.text[header.end..];
    let masked = mask::mask(text, events::options(features), events::hide(features));
    let place = Place::Chapter(&script.text, header.end);
    let mut builder = Builder::new(text, &masked, place, &script.path, features, sink);
    builder.events();
    let (picture, picture_at) = header.picture.unzip();
    let mut numbered = finish(&mut builder, picture, Span::new(script.file, 0, 0));
    opening::locate(&mut numbered, picture_at.flatten());
    let mut chapter = Chapter {
        origin: Origin::File(script.file, script.path.clone()),
        matter: script.matter,
        role: ChapterRole::Chapter,
        depth: script.depth,
        title: header.title.or_else(|| script.title.clone()),
        short_title: header.short_title,
        lang: header.lang,
        numbered: header.numbered.or(script.numbered),
        listed: header.listed,
        attrs: Attrs {
            classes: header.classes,
            ..Attrs::default()
        },
        ..numbered
    };
    chapter.role = header
        .role
        .or_else(|| role::of_file_name(&script.path, script.matter))
        .or_else(|| {
            let heading = chapter.opening()?;
            role::of_heading(&plain_inlines(heading), script.matter)
        })
        .unwrap_or_default();
    chapter
}

/// A part's own page. `name` is one that no other chapter has, `at` where the book names the part, `title` is inline
/// Markdown.
pub fn part(
    title: &str,
    name: &str,
    at: Option<Span>,
    matter: Matter,
    dialect: &Dialect,
    sink: &Sink,
) -> Chapter {
    let features = Features::of(dialect);
    let mut builder = Builder::new("", "", Place::At(at), "", features, sink);
    let content = builder.words(title, 0..0);
    builder.block(
        BlockKind::Heading { level: 1, content },
        Attrs::default(),
        0..0,
    );
    let chapter = finish(
        &mut builder,
        None,
        at.unwrap_or_else(|| Span::new(FileId::default(), 0, 0)),
    );
    Chapter {
        origin: Origin::Made(name.to_owned()),
        matter,
        role: ChapterRole::Part,
        ..chapter
    }
}

/// The blocks, notes and spans of a chapter that has been read.
fn finish(builder: &mut Builder<'_>, picture: Option<Image>, start: Span) -> Chapter {
    let mut blocks: Vec<Block> = std::mem::take(&mut builder.frames[0].blocks);
    builder.call_margins(&mut blocks);
    match picture {
        Some(picture) => {
            let id = builder.node(0..0);
            blocks.insert(0, opening::block(picture, id));
        }
        None => opening::raise(&mut blocks),
    }
    let numbered = number::number(builder, blocks);
    let mut spans = Vec::with_capacity(numbered.ranges.len() + 1);
    spans.push(start);
    spans.extend(numbered.ranges.into_iter().map(|range| {
        // Markdown counts a block's last line end to it.
        let words = builder.text[range.clone()].trim_end_matches(['\n', '\r']);
        let range = range.start..range.start + words.len();
        builder.span(range).unwrap_or(start)
    }));
    Chapter {
        origin: Origin::Made(String::new()),
        matter: Matter::Body,
        role: ChapterRole::Chapter,
        depth: 0,
        title: None,
        short_title: None,
        lang: None,
        numbered: None,
        listed: None,
        attrs: Attrs::default(),
        blocks: numbered.blocks,
        notes: numbered.notes,
        spans: Spans(spans),
    }
}
