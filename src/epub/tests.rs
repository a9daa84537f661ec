//! Whole EPUBs of small books made by hand: what reading systems rely on.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::{CompressionMethod, ZipArchive};

use super::write;
use crate::diag::Sink;
use crate::font::Fonts;
use crate::manifest::{Contributor, Generated, Manifest, Metadata};
use crate::model::{
    Attrs, Block, BlockKind, Chapter, ChapterRole, Figure, Image, ImageSource, Inline, InlineKind,
    Matter, NodeId, Note, NoteKind, Origin, Spans, Target,
};
use crate::resolve::access::{Means, access};
use crate::resolve::{Edition, resolve};
use crate::source::{FileId, MemoryWorld, Sources};

/// Numbers nodes as it makes them.
struct Maker(u32);

impl Maker {
    fn id(&mut self) -> NodeId {
        self.0 += 1;
        NodeId(self.0)
    }

    fn inline(&mut self, kind: InlineKind) -> Inline {
        Inline {
            id: self.id(),
            kind,
        }
    }

    fn text(&mut self, text: &str) -> Inline {
        self.inline(InlineKind::Text(text.to_owned()))
    }

    fn link(&mut self, to: &str) -> Inline {
        let id = self.id();
        let content = vec![self.text(to)];
        let kind = InlineKind::Link {
            to: to.to_owned(),
            title: None,
            attrs: Box::default(),
            content,
        };
        Inline { id, kind }
    }

    fn block(&mut self, kind: BlockKind) -> Block {
        Block {
            id: self.id(),
            attrs: None,
            kind,
        }
    }
}

fn chapter(path: &str, blocks: Vec<Block>, notes: Vec<Note>) -> Arc<Chapter> {
    Arc::new(Chapter {
        origin: Origin::File(FileId(0), path.to_owned()),
        matter: Matter::Body,
        role: ChapterRole::Chapter,
        depth: 0,
        title: None,
        short_title: None,
        lang: None,
        numbered: None,
        listed: None,
        attrs: Attrs::default(),
        blocks,
        notes,
        spans: Spans::default(),
    })
}

/// Two chapters that link to each other, with a note, a drawing and what is for the PDF alone.
fn book(generate: Vec<Generated>) -> Edition {
    let mut m = Maker(0);
    let heading = vec![m.text("One & \u{1}only")];
    let heading = m.block(BlockKind::Heading {
        level: 1,
        content: heading,
    });
    let line = vec![
        m.text("Words"),
        m.inline(InlineKind::NoteCall(0)),
        m.link("two.md#two"),
        m.link("#secret"),
        m.link("#nowhere"),
        m.link("https://example.org/a b"),
    ];
    let line = m.block(BlockKind::Paragraph(line));
    let drawing = Image {
        source: ImageSource::File("a/map.svg".to_owned()),
        alt: "A \"map\" <of> it".to_owned(),
        title: None,
        attrs: Attrs::default(),
    };
    let drawing = m.block(BlockKind::Figure(Figure {
        image: drawing,
        caption: vec![],
    }));
    let hidden = vec![m.text("Paper only")];
    let mut hidden = m.block(BlockKind::Paragraph(hidden));
    hidden.attrs = Some(Box::new(Attrs {
        id: Some("secret".to_owned()),
        ..Attrs::default()
    }));
    let hidden = m.block(BlockKind::Only {
        target: Target::Pdf,
        blocks: vec![hidden],
    });
    let note = vec![m.text("A note")];
    let note = vec![m.block(BlockKind::Paragraph(note))];
    let note = Note {
        id: m.id(),
        name: None,
        kind: NoteKind::Text,
        blocks: note,
    };
    let one = chapter("one.md", vec![heading, line, drawing, hidden], vec![note]);
    let mut m = Maker(0);
    let heading = vec![m.text("Two")];
    let heading = m.block(BlockKind::Heading {
        level: 1,
        content: heading,
    });
    let section = vec![m.text("Two")];
    let section = m.block(BlockKind::Heading {
        level: 2,
        content: section,
    });
    let line = vec![m.link("one.md"), m.text("☞")];
    let line = m.block(BlockKind::Paragraph(line));
    let two = chapter("two.md", vec![heading, section, line], vec![]);
    let manifest = Manifest {
        metadata: Metadata {
            title: "A & B".to_owned(),
            contributors: vec![Contributor {
                name: "Ada Lind".to_owned(),
                role: "aut".to_owned(),
                more_roles: Vec::new(),
                sort: Some("Lind, Ada".to_owned()),
                scripts: Vec::new(),
            }],
            rights: Some("© 2026 Ada Lind".to_owned()),
            ..Metadata::default()
        },
        generate,
        contents_depth: 2,
        ..Manifest::default()
    };
    let world = MemoryWorld::new(0).with(
        "a/map.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><path d='M0 0h9'/></svg>",
    );
    resolve(vec![one, two], &Arc::new(manifest), &world, &Sink::new())
}

fn bytes() -> Vec<u8> {
    bytes_with(vec![
        Generated::HalfTitle,
        Generated::TitlePage,
        Generated::Copyright,
        Generated::Contents,
    ])
}

fn bytes_with(generate: Vec<Generated>) -> Vec<u8> {
    let world = MemoryWorld::new(0);
    let theme = crate::theme::load(None, &[], &world, &Sources::new(), &Sink::new());
    let edition = book(generate);
    let access = access(&edition, &Means::default(), &Sink::new());
    let fonts = Fonts::bundled();
    write(&edition, &theme, &fonts, &access, 1_793_534_400, None).unwrap()
}

/// All entries by name.
fn unpack(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut data = Vec::new();
        entry.read_to_end(&mut data).unwrap();
        assert!(files.insert(entry.name().to_owned(), data).is_none());
    }
    files
}

/// The values of an attribute in all elements of a document.
fn values(markup: &[u8], names: &[&str]) -> Vec<String> {
    let mut reader = Reader::from_reader(markup);
    let mut found = Vec::new();
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap();
                    let name = attribute.key.as_ref().to_owned();
                    let name: &str = &name;
                    if names.contains(&name) {
                        found.push(attribute.value.into_owned());
                    }
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn the_container_is_as_readers_ask_and_the_same_each_time() {
    let bytes = bytes();
    assert_eq!(bytes, self::bytes());
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let first = archive.by_index(0).unwrap();
    assert_eq!(first.name(), "mimetype");
    assert_eq!(first.compression(), CompressionMethod::Stored);
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
}

#[test]
fn every_link_leads_to_something_and_every_id_is_given_once() {
    let files = unpack(&bytes());
    let ids: BTreeMap<&str, BTreeSet<String>> = files
        .iter()
        .filter(|(name, _)| name.ends_with("html"))
        .map(|(name, data)| {
            let all = values(data, &["id"]);
            let unique: BTreeSet<String> = all.iter().cloned().collect();
            assert_eq!(all.len(), unique.len(), "{name}: {all:?}");
            (name.as_str(), unique)
        })
        .collect();
    let mut seen = 0;
    for (name, data) in &files {
        if ![".xhtml", ".ncx", ".opf"]
            .iter()
            .any(|ending| name.ends_with(ending))
        {
            continue;
        }
        let folder = name.rsplit_once('/').unwrap().0;
        for link in values(data, &["href", "src"]) {
            if link.starts_with("https:") {
                assert_eq!(link, "https://example.org/a%20b");
                continue;
            }
            let (path, fragment) = link.split_once('#').unwrap_or((&link, ""));
            let target = match (path, path.strip_prefix("../")) {
                ("", _) => name.clone(),
                (_, Some(path)) => format!("OEBPS/{path}"),
                (path, None) => format!("{folder}/{path}"),
            };
            assert!(files.contains_key(&target), "{name}: {link}");
            if !fragment.is_empty() {
                assert!(ids[target.as_str()].contains(fragment), "{name}: {link}");
            }
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn landmarks_name_only_what_is_read() {
    let landmarks = |generate| {
        let files = unpack(&bytes_with(generate));
        let nav = String::from_utf8(files["OEBPS/nav.xhtml"].clone()).unwrap();
        nav.split("id=\"landmarks\"").nth(1).unwrap().to_owned()
    };
    // The navigation document is no part of the spine: no landmark may lead to it.
    assert!(!landmarks(vec![]).contains("\"toc\""));
    let toc = "epub:type=\"toc\" href=\"text/contents.xhtml\"";
    assert!(landmarks(vec![Generated::Contents]).contains(toc));
}

#[test]
fn a_chapter_says_what_it_is() {
    let files = unpack(&bytes());
    let one = String::from_utf8(files["OEBPS/text/one.xhtml"].clone()).unwrap();
    for part in [
        "<section id=\"one\" epub:type=\"chapter\" role=\"doc-chapter\" aria-labelledby=\"one--only\">",
        "<h1 id=\"one--only\">One &amp; only</h1>",
        "epub:type=\"noteref\" role=\"doc-noteref\"><sup>1</sup></a>",
        "<a class=\"link\" href=\"two.xhtml#two\">",
        "#nowhere<a ",
        "alt=\"A &quot;map&quot; &lt;of&gt; it\"",
        "role=\"doc-backlink\"",
    ] {
        assert!(one.contains(part), "{part}\n{one}");
    }
    assert!(!one.contains("Paper only"));
    let package = String::from_utf8(files["OEBPS/content.opf"].clone()).unwrap();
    for part in [
        "<dc:title id=\"title\">A &amp; B</dc:title>",
        "<meta refines=\"#person-1\" property=\"file-as\">Lind, Ada</meta>",
        "<meta property=\"dcterms:modified\">2026-11-01T12:00:00Z</meta>",
        "alternativeText",
    ] {
        assert!(package.contains(part), "{part}\n{package}");
    }
}
